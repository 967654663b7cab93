//! Walking the model in reading order.
//!
//! A visitor overrides what it cares about and calls `walk_*` to go on below.
//! [`Visitor::book`] goes through all of a book, so that no walk forgets what
//! another remembers: titles, subtitles, openers, notes.

use crate::math;

use super::{Block, BlockKind, Book, Chapter, ChapterId, Image, Inline, InlineKind, Note};

macro_rules! walkers {
    (
        $trait:ident, $walk_book:ident, $walk_chapter:ident, $walk_block:ident, $walk_inline:ident,
        [$($m:tt)?], $iter:ident
    ) => {
        /// Called for every part of a book, parents before children.
        pub trait $trait {
            /// A book: its chapters in their order, then its notes in theirs.
            fn book(&mut self, book: &$($m)? Book) {
                $walk_book(self, book);
            }

            /// A chapter with its place in the book; goes on below by default.
            fn chapter(&mut self, _: ChapterId, chapter: &$($m)? Chapter) {
                $walk_chapter(self, chapter);
            }

            /// What the contents and running heads call a chapter, if that isn't
            /// its title; goes on below by default.
            fn listed(&mut self, words: &$($m)? [Inline]) {
                self.inlines(words);
            }

            /// A footnote; goes on below by default.
            fn note(&mut self, note: &$($m)? Note) {
                self.blocks(&$($m)? note.blocks);
            }

            /// A picture: an opener, one of a figure, or one within a line.
            fn image(&mut self, _: &$($m)? Image) {}

            /// A block; goes on below by default.
            fn block(&mut self, block: &$($m)? Block) {
                $walk_block(self, block);
            }

            /// An inline; goes on below by default.
            fn inline(&mut self, inline: &$($m)? Inline) {
                $walk_inline(self, inline);
            }

            /// A run of blocks in order.
            fn blocks(&mut self, blocks: &$($m)? [Block]) {
                for block in blocks.$iter() {
                    self.block(block);
                }
            }

            /// A run of inlines in order.
            fn inlines(&mut self, inlines: &$($m)? [Inline]) {
                for inline in inlines.$iter() {
                    self.inline(inline);
                }
            }
        }

        /// Visits the chapters of a book, then its notes.
        pub fn $walk_book<V: $trait + ?Sized>(v: &mut V, book: &$($m)? Book) {
            for (id, chapter) in (0..).map(ChapterId).zip(book.chapters.$iter()) {
                v.chapter(id, chapter);
            }
            for note in book.notes.$iter() {
                v.note(note);
            }
        }

        /// Visits what is in a chapter, in reading order; its notes are not.
        pub fn $walk_chapter<V: $trait + ?Sized>(v: &mut V, chapter: &$($m)? Chapter) {
            v.inlines(&$($m)? chapter.title);
            v.listed(&$($m)? chapter.listed);
            v.inlines(&$($m)? chapter.subtitle);
            if let Some(opener) = &$($m)? chapter.opener {
                v.image(opener);
            }
            v.blocks(&$($m)? chapter.blocks);
        }

        /// Visits what is below a block, in reading order.
        pub fn $walk_block<V: $trait + ?Sized>(v: &mut V, block: &$($m)? Block) {
            match &$($m)? block.kind {
                BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => v.inlines(content),
                BlockKind::List(list) => {
                    for item in list.items.$iter() {
                        v.blocks(&$($m)? item.blocks);
                    }
                }
                BlockKind::Quote { blocks, source, .. } => {
                    v.blocks(blocks);
                    v.inlines(source);
                }
                BlockKind::Admonition { blocks, .. } | BlockKind::Div(blocks) => v.blocks(blocks),
                BlockKind::Figure { images, caption } => {
                    for image in images.$iter() {
                        v.image(image);
                    }
                    v.inlines(caption);
                }
                BlockKind::Table(table) => {
                    v.inlines(&$($m)? table.caption);
                    for row in table.head.$iter().chain(table.rows.$iter()) {
                        for cell in row.cells.$iter() {
                            v.inlines(&$($m)? cell.content);
                        }
                    }
                }
                BlockKind::DefinitionList(definitions) => {
                    for definition in definitions.$iter() {
                        for term in definition.terms.$iter() {
                            v.inlines(term);
                        }
                        for meaning in definition.meanings.$iter() {
                            v.blocks(meaning);
                        }
                    }
                }
                BlockKind::Verse(stanzas) => {
                    for line in stanzas.$iter().flatten() {
                        v.inlines(&$($m)? line.content);
                    }
                }
                BlockKind::Code { .. }
                | BlockKind::SceneBreak
                | BlockKind::PageBreak
                | BlockKind::Math(_)
                | BlockKind::Index(_) => {}
                BlockKind::Toc(entries) => {
                    for entry in entries.$iter() {
                        v.inlines(&$($m)? entry.content);
                    }
                }
            }
        }

        /// Visits what is below an inline, in reading order.
        pub fn $walk_inline<V: $trait + ?Sized>(v: &mut V, inline: &$($m)? Inline) {
            match &$($m)? inline.kind {
                InlineKind::Emph(content)
                | InlineKind::Strong(content)
                | InlineKind::Strike(content)
                | InlineKind::SmallCaps(content)
                | InlineKind::Sub(content)
                | InlineKind::Sup(content)
                | InlineKind::Link { content, .. }
                | InlineKind::Span(_, content) => v.inlines(content),
                InlineKind::Text(_)
                | InlineKind::Code(..)
                | InlineKind::Ref { .. }
                | InlineKind::Note(_)
                | InlineKind::SoftBreak
                | InlineKind::HardBreak
                | InlineKind::Math(_)
                | InlineKind::IndexMark(_) => {}
                InlineKind::Image(image) => v.image(image),
                InlineKind::Ruby(parts) => {
                    for part in parts.$iter() {
                        v.inlines(&$($m)? part.base);
                    }
                }
            }
        }
    };
}

walkers!(Visitor, walk_book, walk_chapter, walk_block, walk_inline, [], iter);
walkers!(
    VisitorMut,
    walk_book_mut,
    walk_chapter_mut,
    walk_block_mut,
    walk_inline_mut,
    [mut],
    iter_mut
);

/// The words of a run of inlines, without marks of notes, with breaks as spaces
/// and formulas as they are written.
pub fn plain_text(inlines: &[Inline]) -> String {
    words_of(inlines, str::to_owned)
}

/// The words of a title where it can only be shown as plain text (outline,
/// running heads, navigation): as [`plain_text`], but with formulas in one line
/// of Unicode.
pub fn shown_text(inlines: &[Inline]) -> String {
    words_of(inlines, |tex| match math::parse(tex) {
        Ok(row) => math::alt_text(&row),
        Err(_) => tex.to_owned(),
    })
}

fn words_of(inlines: &[Inline], formula: fn(&str) -> String) -> String {
    struct Words {
        text: String,
        formula: fn(&str) -> String,
    }
    impl Visitor for Words {
        fn inline(&mut self, inline: &Inline) {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(_, text) => self.text.push_str(text),
                InlineKind::Math(tex) => self.text.push_str(&(self.formula)(tex)),
                InlineKind::SoftBreak | InlineKind::HardBreak => self.text.push(' '),
                InlineKind::Image(image) => self.text.push_str(image.alt.text()),
                _ => walk_inline(self, inline),
            }
        }
    }
    let mut words = Words { text: String::new(), formula };
    words.inlines(inlines);
    words.text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    #[test]
    fn formulas_of_titles_are_shown_without_tex() {
        let span = Span::new(FileId(0), 0, 0);
        let formula = |tex: &str| Inline::new(InlineKind::Math(tex.into()), span);
        let title = [Inline::text("The ", span), formula(r"\beta"), formula(r"\sqrt{2}")];
        assert_eq!(shown_text(&title), "The β√2");
        assert_eq!(plain_text(&title), r"The \beta\sqrt{2}");
        assert_eq!(shown_text(&[formula(r"\nonsense{")]), r"\nonsense{");
    }
}
