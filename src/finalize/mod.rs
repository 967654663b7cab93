//! What both outputs share, decided once and written into the model.
//!
//! # Why a step of its own
//!
//! Whether a paragraph is indented, which words lead in, what a chapter is
//! labelled and whether the contents list it are questions about the book, not
//! about its look on paper or on a screen. Answered in each exporter, the
//! answers begin to differ; so they are answered here, and an exporter only says
//! how an answer looks.
//!
//! ```text
//! book ─► generated   title page, copyright page, contents page
//!      ─► resolve
//!      ─► labels      above a chapter's title
//!      ─► contents    which chapters are listed: depth, label, title
//!      ─► opening     epigraphs, lead-in, drop cap
//!      ─► indent      the first lines of paragraphs
//! ```
//!
//! The pages that are made come before `resolve`, so that what is on them is
//! numbered with the rest of the book. All else comes after it, since labels are
//! made of its numbers, and after the theme is known, which says whether a book
//! wants a drop cap and its own word for a chapter.

mod contents;
mod generated;
mod indent;
mod labels;
mod lead_in;
mod opening;
mod phrases;

use crate::locale::Locale;
use crate::model::Book;
use crate::theme::Theme;

/// Gives the pages that are made from the metadata their content, in a book that
/// is not resolved yet. Doing it again changes nothing.
pub fn make_pages(book: &mut Book) {
    generated::fill(book, Locale::of(&book.meta.language));
}

/// Writes the decisions that both outputs share into a resolved book. Doing it
/// again changes nothing.
pub fn finalize(book: &mut Book, theme: &Theme) {
    let locale = Locale::of(&book.meta.language);
    labels::set(book, locale, &theme.chapter_label);
    contents::set(book, locale);
    opening::set(book, theme);
    indent::set(book);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Chapter, GeneratedPage, Inline, Role};
    use crate::source::{FileId, Span};

    #[test]
    fn finalizing_a_book_again_changes_nothing() {
        let span = Span::new(FileId(0), 0, 0);
        let made = |role| Chapter::bare(role, "x", span);
        let text = vec![Inline::text("Once upon a time, there was", span)];
        let mut book = Book {
            chapters: vec![
                made(Role::TitlePage),
                made(Role::Copyright),
                made(Role::Contents),
                Chapter {
                    title: vec![Inline::text("One", span)],
                    blocks: vec![Block::new(BlockKind::Paragraph(text), span)],
                    ..made(Role::Chapter)
                },
            ],
            ..Book::default()
        };
        make_pages(&mut book);
        finalize(&mut book, &Theme::default());
        let once = book.clone();
        assert!(matches!(once.chapters[0].generated, Some(GeneratedPage::TitlePage(_))));
        make_pages(&mut book);
        finalize(&mut book, &Theme::default());
        assert_eq!(book, once);
    }
}
