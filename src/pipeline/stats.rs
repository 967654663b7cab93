//! How much there is of everything in a book.

use super::timing::Timing;
use crate::model::{
    Block, BlockKind, Book, Chapter, ChapterId, Inline, InlineKind, Visitor, walk_block,
    walk_chapter, walk_inline,
};

/// The figures of a finished book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Printed pages, cover and blanks among them; `None` if none were set.
    pub pages: Option<usize>,
    /// Words of the text, notes and captions among them.
    pub words: usize,
    /// Picture files that are used.
    pub pictures: usize,
    /// How many of them are missing or broken, so that a frame is shown.
    pub missing_pictures: usize,
    /// The steps in the order they ended.
    pub timings: Vec<Timing>,
}

impl Stats {
    /// What can be counted in the model alone.
    pub fn of(book: &Book) -> Stats {
        Stats { words: count_words(book), pictures: count_pictures(book), ..Stats::default() }
    }
}

/// The picture files a book uses, each once.
fn count_pictures(book: &Book) -> usize {
    book.images.len()
}

/// The words of a book: titles, text, captions, tables and notes; not code or
/// formulas. A word is a run of characters between spaces or dashes with at
/// least one letter or digit in it.
fn count_words(book: &Book) -> usize {
    let mut text = Text::default();
    text.book(book);
    text.words()
}

/// Gathers the text of one run of inlines after the other, so that a word with
/// emphasis in its middle is one word.
#[derive(Default)]
struct Text {
    /// The text since the last count.
    run: String,
    /// How deep in inlines the walk is; 0 between runs.
    depth: usize,
    counted: usize,
}

impl Text {
    fn words(mut self) -> usize {
        self.count();
        self.counted
    }

    fn count(&mut self) {
        let is_break = |c: char| c.is_whitespace() || matches!(c, '\u{2013}' | '\u{2014}');
        let words = self.run.split(is_break).filter(|w| w.chars().any(char::is_alphanumeric));
        self.counted += words.count();
        self.run.clear();
    }
}

impl Visitor for Text {
    /// The words of pages that the tool makes are not the manuscript's.
    fn chapter(&mut self, _: ChapterId, chapter: &Chapter) {
        if chapter.generated.is_none() || chapter.file.is_some() {
            walk_chapter(self, chapter);
        }
    }

    /// The words of a title are counted once, whatever lists call it.
    fn listed(&mut self, _: &[Inline]) {}

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Code { .. } | BlockKind::Math(_) => {}
            _ => walk_block(self, block),
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        self.depth += 1;
        for inline in inlines {
            self.inline(inline);
        }
        self.depth -= 1;
        if self.depth == 0 {
            self.count();
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text(text) => self.run.push_str(text),
            InlineKind::SoftBreak | InlineKind::HardBreak => self.run.push(' '),
            InlineKind::Code(..) | InlineKind::Math(_) => {}
            _ => walk_inline(self, inline),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    fn span() -> Span {
        Span::new(FileId(0), 0, 0)
    }

    fn text(words: &str) -> Inline {
        Inline::text(words, span())
    }

    fn words(blocks: Vec<Block>) -> usize {
        let mut text = Text::default();
        text.blocks(&blocks);
        text.words()
    }

    #[test]
    fn emphasis_inside_a_word_does_not_make_two_of_it() {
        let emph = Inline::new(InlineKind::Emph(vec![text("believ")]), span());
        let content = vec![text("un"), emph, text("able — but true…")];
        let paragraph = Block::new(BlockKind::Paragraph(content), span());
        assert_eq!(words(vec![paragraph.clone()]), 3);
        assert_eq!(words(vec![paragraph.clone(), paragraph]), 6, "blocks part words");
    }

    #[test]
    fn dashes_part_words_and_code_has_none() {
        let content = vec![
            text("slow—then sudden"),
            Inline::new(InlineKind::SoftBreak, span()),
            text("a well-known 1–2 "),
            Inline::new(InlineKind::code("let x"), span()),
        ];
        let code = BlockKind::Code { lang: None, text: "one two".into(), tokens: Vec::new() };
        let blocks =
            vec![Block::new(BlockKind::Paragraph(content), span()), Block::new(code, span())];
        assert_eq!(words(blocks), 7);
    }
}
