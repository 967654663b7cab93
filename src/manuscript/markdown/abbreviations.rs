//! Abbreviations that are explained once for a whole file, as PHP Markdown
//! Extra has them: `*[HTML]: Hyper Text Markup Language` on a line of its own.
//!
//! The lines are taken out of the text; wherever the short form stands as a
//! whole word after that, in notes and tables too, it is a span that knows what
//! it means. Code is left alone, and so is what is explained already.

use std::collections::BTreeMap;

use super::ParsedText;
use crate::model::{
    Block, BlockKind, Inline, InlineKind, VisitorMut, plain_text, walk_block_mut, walk_inline_mut,
};

/// Takes the explanations out of a file and marks what they explain.
pub(super) fn apply(parsed: &mut ParsedText) {
    let mut abbreviations = Abbreviations::default();
    abbreviations.take(&mut parsed.blocks);
    for note in &mut parsed.notes {
        abbreviations.take(&mut note.blocks);
    }
    if abbreviations.0.is_empty() {
        return;
    }
    abbreviations.blocks(&mut parsed.blocks);
    for note in &mut parsed.notes {
        abbreviations.blocks(&mut note.blocks);
    }
}

/// Short forms and what they stand for.
#[derive(Debug, Default)]
struct Abbreviations(BTreeMap<String, String>);

impl Abbreviations {
    /// Takes out every paragraph that consists of explanations alone.
    fn take(&mut self, blocks: &mut Vec<Block>) {
        blocks.retain(|block| match explanations(block) {
            Some(found) => {
                // Where one is explained twice, the first holds.
                for (short, meaning) in found {
                    self.0.entry(short).or_insert(meaning);
                }
                false
            }
            None => true,
        });
    }

    /// A text with the abbreviations in it as spans; nothing if it has none.
    fn marked(&self, inline: &Inline, text: &str) -> Option<Vec<Inline>> {
        let mut out: Vec<Inline> = Vec::new();
        let mut done = 0;
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let before = text.get(..at).and_then(|t| t.chars().next_back());
            let found = (!before.is_some_and(char::is_alphanumeric))
                .then(|| self.at_the_beginning(rest))
                .flatten();
            let Some((short, meaning)) = found else {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            };
            if done < at {
                out.push(Inline::text(text.get(done..at).unwrap_or(""), inline.span));
            }
            let words = vec![Inline::text(short, inline.span)];
            let mut span = Inline::new(InlineKind::group(words), inline.span);
            span.attrs.set_expansion(meaning);
            out.push(span);
            at += short.len();
            done = at;
        }
        if out.is_empty() {
            return None;
        }
        if done < text.len() {
            out.push(Inline::text(text.get(done..).unwrap_or(""), inline.span));
        }
        Some(out)
    }

    /// The longest short form that a text begins with as a whole word.
    fn at_the_beginning(&self, text: &str) -> Option<(&str, &str)> {
        let whole = |short: &str| {
            let after = text.strip_prefix(short).map(|rest| rest.chars().next());
            after.is_some_and(|next| !next.is_some_and(char::is_alphanumeric))
        };
        let found = self.0.iter().filter(|(short, _)| whole(short));
        found.max_by_key(|(short, _)| short.len()).map(|(s, m)| (s.as_str(), m.as_str()))
    }
}

impl VisitorMut for Abbreviations {
    fn block(&mut self, block: &mut Block) {
        walk_block_mut(self, block);
        if let BlockKind::Paragraph(content) = &mut block.kind {
            self.run(content);
        } else if let BlockKind::Table(table) = &mut block.kind {
            for row in table.head.iter_mut().chain(&mut table.rows) {
                row.cells.iter_mut().for_each(|cell| self.run(&mut cell.content));
            }
        } else if let BlockKind::Figure { caption, .. } = &mut block.kind {
            self.run(caption);
        }
    }

    fn inline(&mut self, inline: &mut Inline) {
        if inline.attrs.expansion().is_some() {
            return;
        }
        walk_inline_mut(self, inline);
        match &mut inline.kind {
            InlineKind::Emph(content)
            | InlineKind::Strong(content)
            | InlineKind::Strike(content)
            | InlineKind::SmallCaps(content)
            | InlineKind::Sub(content)
            | InlineKind::Sup(content)
            | InlineKind::Link { content, .. }
            | InlineKind::Span(_, content) => self.run(content),
            InlineKind::Text(_)
            | InlineKind::Code(..)
            | InlineKind::Ref { .. }
            | InlineKind::Image(_)
            | InlineKind::Note(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak
            | InlineKind::Math(_)
            | InlineKind::Ruby(_)
            | InlineKind::IndexMark(_) => {}
        }
    }
}

impl Abbreviations {
    /// Marks the texts of a run of inlines.
    fn run(&self, inlines: &mut Vec<Inline>) {
        let mut at = 0;
        while let Some(inline) = inlines.get(at) {
            let marked = match &inline.kind {
                InlineKind::Text(text) if inline.attrs.is_empty() => self.marked(inline, text),
                _ => None,
            };
            at += match marked {
                Some(parts) => {
                    let count = parts.len();
                    inlines.splice(at..=at, parts);
                    count
                }
                None => 1,
            };
        }
    }
}

/// What a paragraph explains, if it does nothing else: lines of
/// `*[short]: meaning`.
fn explanations(block: &Block) -> Option<Vec<(String, String)>> {
    let BlockKind::Paragraph(content) = &block.kind else { return None };
    let first = content.first()?;
    if !matches!(&first.kind, InlineKind::Text(text) if text.starts_with("*[")) {
        return None;
    }
    content.split(|inline| inline.kind == InlineKind::SoftBreak).map(explanation).collect()
}

fn explanation(line: &[Inline]) -> Option<(String, String)> {
    let words = plain_text(line);
    let (short, meaning) = words.strip_prefix("*[")?.split_once("]:")?;
    let (short, meaning) = (short.trim(), meaning.trim());
    let sound = !short.is_empty() && !short.contains(['[', ']']) && !meaning.is_empty();
    sound.then(|| (short.to_owned(), meaning.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;
    use crate::manuscript::markdown::{Origin, parse};
    use crate::model::Lang;
    use crate::source::FileId;

    fn read(text: &str) -> Vec<String> {
        let mut diagnostics = Diagnostics::default();
        let parsed = parse(text, Origin::Part(FileId(0), 0), &Lang::default(), &mut diagnostics);
        let notes = parsed.notes.iter().flat_map(|n| &n.blocks);
        parsed.blocks.iter().chain(notes).map(shown).collect()
    }

    /// A paragraph with the expansions in braces after what they explain.
    fn shown(block: &Block) -> String {
        let BlockKind::Paragraph(content) = &block.kind else { return String::from("other") };
        words(content)
    }

    fn words(content: &[Inline]) -> String {
        let one = |inline: &Inline| match (&inline.kind, inline.attrs.expansion()) {
            (InlineKind::Span(_, inner), Some(meaning)) => format!("{}{{{meaning}}}", words(inner)),
            (InlineKind::Emph(inner), _) => words(inner),
            (InlineKind::Code(_, code), _) => format!("`{code}`"),
            (InlineKind::Note(_), _) => String::from("^"),
            _ => plain_text(std::slice::from_ref(inline)),
        };
        content.iter().map(one).collect()
    }

    #[test]
    fn whole_words_are_marked_and_the_explanations_gone() {
        let text = "HTML and XHTML, *HTML*'s\n`HTML`.[^1]\n\n*[HTML]: Hyper Text\n*[W3C]: Web\n\n\
                    [^1]: The W3C.\n";
        let found = read(text);
        assert_eq!(
            found,
            ["HTML{Hyper Text} and XHTML, HTML{Hyper Text}’s `HTML`.^", "The W3C{Web}."]
        );
    }

    #[test]
    fn the_longest_form_wins_and_the_first_explanation_holds() {
        let text = "HTML 5 it is.\n\n*[HTML]: one\n*[HTML 5]: two\n*[HTML]: three\n";
        assert_eq!(read(text), ["HTML 5{two} it is."]);
    }

    #[test]
    fn what_is_no_explanation_stays() {
        assert_eq!(read("*[a] is text: yes\n"), ["*[a] is text: yes"]);
        assert_eq!(read("One:\n*[a]: b\n"), ["One: *[a]: b"]);
    }

    #[test]
    fn an_element_is_not_explained_again() {
        let text = "<abbr title=\"mine\">HTML</abbr>\n\n*[HTML]: yours\n";
        assert_eq!(read(text), ["HTML{mine}"]);
    }
}
