//! How much of a chapter's first paragraph leads in, in small capitals.
//!
//! Three to five words: up to the first punctuation that ends a phrase among
//! them, else four. Only plain words count; a note, a picture or code ends it.

use crate::model::{Inline, InlineKind};

const FEWEST: usize = 3;
const USUAL: usize = 4;
const MOST: usize = 5;

/// The length of the lead-in in bytes of running text; soft breaks count one.
pub(super) fn length(inlines: &[Inline]) -> usize {
    let mut text = String::new();
    collect(inlines, &mut text);
    // Only letters that have capitals have small ones.
    let first = text.chars().find(|c| c.is_alphabetic());
    if !first.is_some_and(|c| c.is_uppercase() || c.is_lowercase()) {
        return 0;
    }
    let ends = word_ends(&text);
    let phrase = ends.iter().take(MOST).skip(FEWEST - 1).find(|end| closes_phrase(&text, **end));
    let usual = ends.get(USUAL - 1).or(ends.last());
    phrase.or(usual).copied().unwrap_or(0)
}

/// The bytes after the last letter of each word.
fn word_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut inside = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            if std::mem::take(&mut inside) {
                ends.push(at);
            }
        } else if c.is_alphanumeric() {
            inside = true;
        }
        if ends.len() == MOST {
            return ends;
        }
    }
    if inside {
        ends.push(text.len());
    }
    ends
}

fn closes_phrase(text: &str, end: usize) -> bool {
    let word = text.get(..end).unwrap_or("");
    word.trim_end_matches(['”', '’', '»', '"', '\'']).ends_with([',', ';', ':', '.', '!', '?', '—'])
}

/// Adds the text up to the first thing that isn't plain words; whether there
/// is more to come.
fn collect(inlines: &[Inline], text: &mut String) -> bool {
    inlines.iter().all(|inline| match &inline.kind {
        InlineKind::Text(t) => {
            text.push_str(t);
            true
        }
        InlineKind::SoftBreak => {
            text.push(' ');
            true
        }
        InlineKind::Emph(content) | InlineKind::Strong(content) | InlineKind::Span(_, content) => {
            collect(content, text)
        }
        InlineKind::IndexMark(_) => true,
        InlineKind::Strike(_)
        | InlineKind::SmallCaps(_)
        | InlineKind::Sub(_)
        | InlineKind::Sup(_)
        | InlineKind::Code(..)
        | InlineKind::Link { .. }
        | InlineKind::Ref { .. }
        | InlineKind::Image(_)
        | InlineKind::Note(_)
        | InlineKind::HardBreak
        | InlineKind::Math(_)
        | InlineKind::Ruby(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    fn lead(parts: Vec<InlineKind>) -> usize {
        let span = Span::new(FileId(0), 0, 0);
        let inlines: Vec<Inline> = parts.into_iter().map(|k| Inline::new(k, span)).collect();
        length(&inlines)
    }

    fn text(t: &str) -> InlineKind {
        InlineKind::Text(t.into())
    }

    #[test]
    fn four_words_or_a_phrase() {
        assert_eq!(lead(vec![text("In the long run we are")]), "In the long run".len());
        assert_eq!(lead(vec![text("In the end, nothing is")]), "In the end,".len());
        assert_eq!(lead(vec![text("Yes, it is so, they say")]), "Yes, it is so,".len());
        assert_eq!(lead(vec![text("Well.")]), 5);
        assert_eq!(lead(vec![]), 0);
        assert_eq!(lead(vec![text("川辺の 小さな 町に 住む。")]), 0);
    }

    #[test]
    fn it_runs_through_emphasis_and_stops_at_a_note() {
        let span = Span::new(FileId(0), 0, 0);
        let emph = InlineKind::Emph(vec![Inline::text("long", span)]);
        let parts = vec![text("In the "), emph.clone(), InlineKind::SoftBreak, text("run we are")];
        assert_eq!(lead(parts), "In the long run".len());
        let code = vec![text("Use "), InlineKind::code("ls"), text(" to list files")];
        assert_eq!(lead(code), 4 - 1);
    }
}
