//! Whether a file is a whole book: whether its headings of the first level are
//! chapters, or the sections of an essay, which writers give that level as well.

use crate::model::{Block, BlockKind, Inline, InlineKind, Visitor, plain_text, walk_inline};
use crate::source::Span;

/// A first heading with no more words below it is the title of the book.
const MOST_WORDS_BELOW_TITLE: usize = 40;
/// No essay is as long: in words.
const LONGER_THAN_ESSAYS: usize = 20_000;

/// Whether the headings of the first level beside the title, given by their places,
/// are chapters: there is hardly a word between the title and the first of them, most
/// are numbered like chapters, or the text is longer than essays are.
pub(crate) fn is_whole_book(title: &[Inline], blocks: &[Block], first_level: &[Span]) -> bool {
    let mut headings = blocks.iter().enumerate().filter_map(|(at, block)| match &block.kind {
        BlockKind::Heading { content, .. } => Some((at, block.span, plain_text(content))),
        _ => None,
    });
    let Some((first, span, name)) = headings.next() else { return false };
    if !first_level.contains(&span) {
        return false;
    }
    let others = headings.filter(|(_, span, _)| first_level.contains(span)).map(|(.., name)| name);
    let numbered =
        others.chain([name, plain_text(title)]).filter(|name| is_numbered_name(name)).count();
    count_words(blocks.get(..first).unwrap_or_default()) <= MOST_WORDS_BELOW_TITLE
        || numbered * 2 > first_level.len()
        || count_words(blocks) > LONGER_THAN_ESSAYS
}

/// Whether a heading is called like a chapter: `Chapter 1`, `7.`, `IV`.
pub(crate) fn is_numbered_name(name: &str) -> bool {
    let is_number = |word: &str| {
        let word = word.trim_end_matches(['.', ':', ')']);
        let roman = word.chars().all(|c| "IVXLC".contains(c));
        !word.is_empty() && (roman || word.chars().all(|c| c.is_ascii_digit()))
    };
    name.split_whitespace().take(2).any(is_number)
}

fn count_words(blocks: &[Block]) -> usize {
    let mut count = WordCount(0);
    count.blocks(blocks);
    count.0
}

struct WordCount(usize);

impl Visitor for WordCount {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Text(text) = &inline.kind {
            self.0 += text.split_whitespace().count();
        }
        walk_inline(self, inline);
    }
}

#[cfg(test)]
mod tests {
    use super::is_numbered_name;

    #[test]
    fn names_of_chapters_are_told_from_those_of_sections() {
        for name in ["Chapter 1", "Kapitel 12: Der Fluss", "7.", "IV", "Глава 3"] {
            assert!(is_numbered_name(name), "{name}");
        }
        for name in ["Introduction", "What we did in 1999", "Civil life"] {
            assert!(!is_numbered_name(name), "{name}");
        }
    }
}
