//! Sections to leave out: the same "Explore the series" list at both ends of
//! every essay of a blog.
//!
//! A section goes to the next heading of its level or above. Such a list is
//! often put between rules in the middle of a text that goes on after it; so a
//! rule ends the section if there is a list in it, and what follows a list of
//! links without a heading or rule stays in the book: better a line too many
//! than a lost page.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Block, BlockKind, Inline, InlineKind, Visitor, plain_text, walk_inline};
use crate::source::Span;

/// A heading as headings are compared: its words without case and without
/// marks at the ends.
pub(crate) fn comparable_heading(text: &str) -> String {
    let plain = text.replace(['’', '‘'], "'");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let line = words.join(" ");
    line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// What was left out of a chapter.
#[derive(Debug, Default)]
pub(crate) struct Omitted {
    /// Where the blocks stand that were taken out.
    pub spans: Vec<Span>,
    /// For each heading to omit, whether it was there.
    pub found: Vec<bool>,
}

/// Takes the sections with these headings out.
pub(super) fn omit_sections(blocks: &mut Vec<Block>, headings: &[String]) -> Omitted {
    let mut omitted = Omitted { spans: Vec::new(), found: vec![false; headings.len()] };
    omit_from(blocks, headings, &mut omitted);
    omitted
}

/// The sections that [`omit_sections`] would take out, each with its heading.
pub(crate) fn sections_with<'b>(blocks: &'b [Block], headings: &[String]) -> Vec<&'b [Block]> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let level = match &block.kind {
            BlockKind::Heading { level, content } => {
                headings.contains(&comparable_heading(&plain_text(content))).then_some(*level)
            }
            _ => None,
        };
        let end = level.map_or(at + 1, |level| section_end(blocks, at, level));
        if level.is_some() {
            found.extend(blocks.get(at..end));
        }
        at = end;
    }
    found
}

fn omit_from(blocks: &mut Vec<Block>, headings: &[String], omitted: &mut Omitted) {
    let mut at = 0;
    while let Some(block) = blocks.get_mut(at) {
        if let BlockKind::Div(inner) = &mut block.kind {
            omit_from(inner, headings, omitted);
        }
        let named = match &block.kind {
            BlockKind::Heading { level, content } => {
                let text = comparable_heading(&plain_text(content));
                headings.iter().position(|h| *h == text).map(|index| (index, *level))
            }
            _ => None,
        };
        let Some((index, level)) = named else {
            at += 1;
            continue;
        };
        if let Some(found) = omitted.found.get_mut(index) {
            *found = true;
        }
        let end = section_end(blocks, at, level);
        omitted.spans.extend(blocks.drain(at..end).map(|block| block.span));
    }
}

/// One past the last block of the section that begins here.
fn section_end(blocks: &[Block], at: usize, level: u8) -> usize {
    let is = |block: &Block, rule: bool| match &block.kind {
        BlockKind::Heading { level: other, .. } => *other <= level,
        BlockKind::SceneBreak => rule,
        _ => false,
    };
    let find = |from: usize, rule: bool| {
        let rest = blocks.get(from..).unwrap_or(&[]);
        rest.iter().position(|block| is(block, rule)).map_or(blocks.len(), |n| from + n)
    };
    let end = find(at + 1, false);
    let is_rule = |block: &&Block| block.kind == BlockKind::SceneBreak;
    let first = at + 1 + blocks.iter().skip(at + 1).take_while(is_rule).count();
    let part_end = find(first, true).min(end);
    let part = blocks.get(first..part_end).unwrap_or(&[]);
    if let Some(last_link) = part.iter().rposition(is_list_of_links) {
        let first_link = part.iter().position(is_list_of_links).unwrap_or(0);
        if first_link <= MOST_INTRODUCED {
            return first + last_link + 1;
        }
    }
    if part.iter().any(|block| matches!(block.kind, BlockKind::List(_))) { part_end } else { end }
}

/// How many blocks may introduce a list of links.
const MOST_INTRODUCED: usize = 2;

/// Whether a block is a list of links, or a paragraph that begins with one.
pub(crate) fn is_list_of_links(block: &Block) -> bool {
    match &block.kind {
        BlockKind::List(list) => {
            let linked = list.items.iter().filter(|item| has_link(&item.blocks)).count();
            linked > 0 && linked * 2 >= list.items.len()
        }
        BlockKind::Paragraph(content) => content.first().is_some_and(begins_with_link),
        _ => false,
    }
}

fn begins_with_link(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Link { .. } | InlineKind::Ref { .. } => true,
        InlineKind::Strong(inner) | InlineKind::Emph(inner) => {
            inner.first().is_some_and(begins_with_link)
        }
        _ => false,
    }
}

fn has_link(blocks: &[Block]) -> bool {
    struct Links(bool);
    impl Visitor for Links {
        fn inline(&mut self, inline: &Inline) {
            self.0 |= matches!(inline.kind, InlineKind::Link { .. } | InlineKind::Ref { .. });
            walk_inline(self, inline);
        }
    }
    let mut links = Links(false);
    links.blocks(blocks);
    links.0
}

/// Says that a heading to omit was nowhere.
pub(crate) fn nothing_omitted(heading: &str, span: Span, place: &str) -> Diagnostic {
    let message = format!("{place} has no section with the heading `{heading}`");
    let hint = "Write the text of the heading without markup.";
    Diagnostic::at(Code::NothingOmitted, span, message).hint(hint)
}

/// The findings that are not about omitted parts.
pub(super) fn without_omitted(diagnostics: Diagnostics, omitted: &[Span]) -> Diagnostics {
    let is_omitted = |span: Span| {
        omitted.iter().any(|o| o.file == span.file && o.start <= span.start && span.start < o.end)
    };
    let mut kept = Diagnostics::default();
    for diagnostic in &diagnostics {
        if !diagnostic.span.is_some_and(is_omitted) {
            kept.push(diagnostic.clone());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_compared_by_their_words() {
        assert_eq!(comparable_heading("  **Explore the   Series:** "), "explore the series");
        assert_eq!(comparable_heading("What’s next?"), comparable_heading("what's next"));
    }
}
