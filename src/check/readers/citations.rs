//! Where a manuscript cites works: the words that a style writes anew.
//!
//! Of `[see @key, p. 12]` the key and the `p` become what the style makes of
//! them; `see` and `12` are the writer's and must be found. Where a style cites
//! in notes, all of it goes there.

use std::ops::Range;

/// How the works of a book are cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum CitationForm {
    /// It cites none.
    Nowhere,
    /// In the text.
    InText,
    /// In notes.
    InNotes,
}

/// The bytes of a text that a style writes anew, in order.
pub(super) fn rewritten(text: &str, cites: CitationForm) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    if cites == CitationForm::Nowhere {
        return out;
    }
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('@')) {
        let start = at + found;
        at = start + 1;
        let before = text.get(..start).unwrap_or("");
        let after = text.get(at..).unwrap_or("");
        let glued = before.ends_with(|c: char| c.is_alphanumeric() || c == '\\');
        let inside = |c: char| c.is_alphanumeric() || "_:.#$%&-+?<>~/".contains(c);
        let key = after.find(|c| !inside(c)).unwrap_or(after.len());
        if glued || key == 0 {
            continue;
        }
        at += key;
        let rest = text.get(at..).unwrap_or("");
        let open =
            before.rfind('[').filter(|open| !before.get(*open..).unwrap_or("").contains(']'));
        let locator = rest.strip_prefix([',', ' ']).map(str::trim_start).unwrap_or("");
        let locator = locator.strip_prefix('[').unwrap_or(locator);
        let label = locator.chars().take_while(|c| c.is_alphabetic()).collect::<String>();
        let mut range = start..at;
        if is_label(&label) && (open.is_some() || rest.starts_with(" [")) {
            range.end += rest.find(&label).map_or(0, |n| n + label.len());
        }
        if let (CitationForm::InNotes, Some(open)) = (cites, open) {
            let close = rest.find(']').map_or(rest.len(), |n| n + 1);
            range = open..at + close;
        }
        if cites == CitationForm::InNotes && open.is_none() && rest.starts_with(" [") {
            range.end = at + rest.find(']').map_or(rest.len(), |n| n + 1);
        }
        at = at.max(range.end);
        out.push(range);
    }
    out
}

/// The bytes of a text that are marks for the tool: `{ref #id}`,
/// `{index: term}`, `{#id}` after a picture or a caption.
pub(super) fn marks(text: &str) -> Vec<Range<usize>> {
    const OPENERS: [&str; 7] =
        ["{ref ", "{index:", "{index-begin:", "{index-end:", "{#", "{width=", "{height="];
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('{')) {
        let start = at + found;
        let rest = text.get(start..).unwrap_or("");
        at = start + 1;
        let before = text.get(..start).unwrap_or("");
        let escaped = before.ends_with(['\\', '{']);
        let opened = OPENERS.iter().any(|opener| {
            let bare = opener.trim_end();
            let after = rest.strip_prefix(bare);
            after.is_some_and(|after| bare == *opener || after.starts_with([' ', '\n']))
        });
        if let (true, false, Some(length)) = (opened, escaped, rest.find('}'))
            && !rest.get(..length).unwrap_or("").contains("\n\n")
            && (!["{#", "{width=", "{height="].iter().any(|opener| rest.starts_with(opener))
                || is_attribute(before, rest.get(length + 1..).unwrap_or("")))
        {
            at = start + length + 1;
            out.push(start..at);
        }
    }
    out
}

/// Whether braces between two texts belong to something: a picture, a link or a
/// formula before them, or the line that they end.
fn is_attribute(before: &str, after: &str) -> bool {
    let line_ends = after.split('\n').next().is_some_and(|rest| rest.trim().is_empty());
    line_ends || before.ends_with([')', ']', '$', '`'])
}

/// Whether a word says what kind of place the number after it is.
fn is_label(word: &str) -> bool {
    const LABELS: [&str; 22] = [
        "p", "pp", "page", "pages", "S", "ch", "chap", "chapter", "sec", "section", "vol", "no",
        "fig", "fol", "col", "l", "ll", "n", "nn", "para", "pt", "v",
    ];
    LABELS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, cites: CitationForm) -> Vec<&str> {
        rewritten(text, cites).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn keys_and_labels_are_written_anew() {
        let text = "a [see @one, p. 12; also @two] by @three [pp. 4] at a@b.c";
        assert_eq!(parts(text, CitationForm::InText), ["@one, p", "@two", "@three [pp"]);
        assert_eq!(parts(text, CitationForm::Nowhere), [""; 0]);
    }

    #[test]
    fn marks_are_for_the_tool() {
        let text = "a{index: b} {ref\n#c page} {d} {references} \\{ref #e} {{#include g}} x{#f}";
        let parts: Vec<&str> = marks(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(parts, ["{index: b}", "{ref\n#c page}", "{#f}"]);
    }

    #[test]
    fn in_notes_all_of_a_citation_goes() {
        let text = "a [see @one, p. 12] b @two c @three [p. 4]";
        let parts = parts(text, CitationForm::InNotes);
        assert_eq!(parts, ["[see @one, p. 12]", "@two", "@three [p. 4]"]);
    }
}
