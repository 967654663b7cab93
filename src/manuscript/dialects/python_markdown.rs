//! What MkDocs and Python-Markdown have: `!!! note "Title"`, `??? tip` and
//! `=== "Tab"`, each with a body that is indented, and `[TOC]`.

use std::ops::Range;

use super::admonition::{admonition_kind, class_of};
use super::attributes::Attributes;
use super::containers::{close, title_line};
use super::draft::{Draft, Edits, Part, RemovedReason, made};
use super::lines::{Line, lines};

/// The columns that a body is indented by.
const INDENT: usize = 4;

/// A block whose body is indented.
struct Opened {
    /// The column of its mark.
    column: usize,
    /// The white space before its mark, as it comes out.
    prefix: String,
}

/// Brings blocks with indented bodies to elements of HTML.
pub(super) fn indented_blocks(draft: &mut Draft) {
    let marks = ["!!!", "???", "===", "[TOC]", "[[_TOC_]]"];
    if !marks.iter().any(|mark| draft.text.contains(mark)) {
        return;
    }
    let mut edits = Edits::default();
    let mut open: Vec<Opened> = Vec::new();
    for line in lines(&draft.text) {
        if line.is_blank() {
            continue;
        }
        while open.last().is_some_and(|last| line.indent() < last.column + INDENT) {
            if let Some(last) = open.pop() {
                close_before(&line, &last, &mut edits);
            }
        }
        let depth = open.len();
        let cut = cut_of(line.prefix, depth * INDENT);
        let opener =
            (!line.code && (!line.indented || depth > 0)).then(|| opener(line.words)).flatten();
        if let Some(opener) = opener {
            let prefix = line.prefix.get(cut..).unwrap_or("").to_owned();
            edits.replace(line.range.clone(), opening(&line, &opener, &prefix));
            open.push(Opened { column: line.indent(), prefix });
        } else if line.is_text() && matches!(line.words, "[TOC]" | "[[_TOC_]]") {
            edits.remove(line.start()..line.range.end, RemovedReason::Directive);
        } else if cut > 0 {
            edits.drop(line.range.start..line.range.start + cut);
        }
    }
    let end = draft.text.len();
    let closes: Vec<Part> =
        open.iter().rev().flat_map(|last| close(&format!("\n{}", last.prefix), "</div>")).collect();
    if !closes.is_empty() {
        edits.replace(end..end, closes);
    }
    draft.apply(edits);
}

/// Reads kramdown's `{: .class #id}`: the attributes of a heading are its own,
/// of those on a line by themselves the id is kept.
pub(super) fn attribute_lists(draft: &mut Draft) {
    if !draft.text.contains("{:") {
        return;
    }
    let mut edits = Edits::default();
    for line in lines(&draft.text).into_iter().filter(|line| line.is_text()) {
        let Some(at) = line.words.rfind("{:") else { continue };
        let braces = line.words.get(at..).unwrap_or("");
        let range = line.start() + at..line.start() + line.words.len();
        match Attributes::at_start(braces) {
            Some((_, length)) if length < braces.len() => {}
            Some(_) if line.words.starts_with('#') => {
                edits.drop(range.start + 1..range.start + 2);
            }
            Some((attributes, _)) if at == 0 => match attributes.id {
                Some(id) => edits.replace(range, vec![made(format!("<a id=\"{id}\"></a>"))]),
                None => edits.drop(range),
            },
            None if at == 0 && braces == "{:toc}" => {
                edits.remove(range, RemovedReason::Directive);
            }
            Some(_) | None => {}
        }
    }
    draft.apply(edits);
}

fn close_before(line: &Line<'_>, opened: &Opened, edits: &mut Edits) {
    let at = line.range.start;
    edits.insert(at, format!("{0}\n{0}</div>\n{0}\n", opened.prefix));
}

/// How many bytes of white space are so many columns.
fn cut_of(prefix: &str, columns: usize) -> usize {
    let (mut bytes, mut at) = (0, 0);
    for c in prefix.chars() {
        if at >= columns || c == '>' {
            break;
        }
        at = if c == '\t' { (at / 4 + 1) * 4 } else { at + 1 };
        bytes += c.len_utf8();
    }
    bytes
}

/// A mark that opens a block.
struct Opener {
    class: String,
    /// The title, in bytes of the line's words.
    title: Option<Range<usize>>,
}

fn opener(words: &str) -> Option<Opener> {
    let mark =
        ["!!!", "???+", "???", "===!", "===+", "==="].into_iter().find(|m| words.starts_with(m))?;
    let rest = words.get(mark.len()..)?;
    let title = quoted(words, mark.len());
    if mark.starts_with("===") {
        title.clone()?;
        return rest.starts_with(' ').then(|| Opener { class: "tab".to_owned(), title });
    }
    let before = title.as_ref().map_or(words.len(), |t| t.start.saturating_sub(1));
    let names = words.get(mark.len()..before)?.trim();
    let shaped = |c: char| c.is_alphanumeric() || "-_ |".contains(c);
    if names.is_empty() && title.is_none() || !names.chars().all(shaped) {
        return None;
    }
    let kind = names.split_whitespace().find_map(admonition_kind);
    let kind = kind.unwrap_or(crate::model::AdmonitionKind::Note);
    let title = title.filter(|title| !title.is_empty());
    Some(Opener { class: format!("admonition {}", class_of(kind)), title })
}

/// What stands in quotation marks.
fn quoted(words: &str, from: usize) -> Option<Range<usize>> {
    let start = from + words.get(from..)?.find('"')? + 1;
    let end = words.rfind('"').filter(|end| *end >= start)?;
    Some(start..end)
}

fn opening(line: &Line<'_>, opener: &Opener, prefix: &str) -> Vec<Part> {
    let mut parts =
        vec![made(format!("{prefix}\n{prefix}<div class=\"{}\">\n{prefix}", opener.class))];
    if let Some(title) = &opener.title {
        let range = line.start() + title.start..line.start() + title.end;
        parts.extend(title_line(prefix, vec![Part::Kept(range)]));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn brought(text: &str) -> String {
        let mut draft = Draft::new(text, FileId(0), 0);
        indented_blocks(&mut draft);
        draft.text.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn admonitions_lose_the_indent_of_their_bodies() {
        let text = "!!! tip \"Do *it*\"\n    a\n\n    - b\n\n        c\n\nd\n";
        let html = "<div class=\"admonition tip\">|<strong>Do *it*</strong>|a|- b|    c|</div>|d";
        assert_eq!(brought(text), html);
    }

    #[test]
    fn blocks_nest() {
        let text =
            "??? note\n    a\n\n    !!! danger \"\"\n        b\n\n    c\n=== \"Tab\"\n\n    d";
        let html = "<div class=\"admonition note\">|a|<div class=\"admonition danger\">|b|</div>|c|\
                    </div>|<div class=\"tab\">|<strong>Tab</strong>|d|</div>";
        assert_eq!(brought(text), html);
    }

    #[test]
    fn exclamations_and_listings_stay() {
        for text in ["!!! What? No!", "Really???", "a|===|b", "===|a", "    !!! note"] {
            let text = text.replace('|', "\n");
            assert_eq!(brought(&text), text.replace('\n', "|"), "{text}");
        }
        let code = "```|!!! note|    a|```";
        assert_eq!(brought(&code.replace('|', "\n")), code);
    }

    #[test]
    fn lists_of_attributes_are_no_text() {
        let mut draft = Draft::new("# A {: #b }\n\nc\n{: .d}\n\n{: #e}\nf\n", FileId(0), 0);
        attribute_lists(&mut draft);
        assert_eq!(draft.text, "# A { #b }\n\nc\n\n\n<a id=\"e\"></a>\nf\n");
    }

    #[test]
    fn the_place_of_a_table_of_contents_is_taken_out() {
        let mut draft = Draft::new("[TOC]\n\na\n", FileId(0), 0);
        indented_blocks(&mut draft);
        assert_eq!(draft.text, "\n\na\n");
        assert_eq!(draft.removed.len(), 1);
    }
}
