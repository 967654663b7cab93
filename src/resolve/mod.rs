//! Completing the model: ids, numbers, links, node identities.
//!
//! Why a step of its own: only when all chapters are there is it known what a
//! name leads to. After it both exporters see the same ids and numbers, and no
//! names.
//!
//! ```text
//! chapters, sections, figures numbered ─► terms of glossaries named
//!     ─► nodes numbered, anchors collected ─► links ─► lists of figures and
//!     tables, index
//! ```
//!
//! No link is passed over: one that names nothing, or that nobody has read, is
//! reported and becomes its words.

mod anchors;
mod glossary;
mod index;
mod links;
mod lists;
mod numbers;

use crate::diag::Diagnostics;
use crate::model::{Book, Number, Role};

/// Numbers the nodes and chapters, collects the anchors and turns every name
/// into an [`AnchorId`](crate::model::AnchorId). What leads nowhere is
/// reported, and its words stay.
pub fn resolve(book: &mut Book, diagnostics: &mut Diagnostics) {
    number_chapters(book);
    glossary::name_terms(book);
    numbers::parts_and_appendices(book);
    numbers::within_chapters(book);
    lists::make_room(book);
    let names = anchors::collect(book, diagnostics);
    links::resolve(book, &names, diagnostics);
    lists::fill(book);
    index::fill(book, diagnostics);
}

/// Chapters proper are numbered throughout the book, other roles are not; a
/// chapter under another has that one's number before its own. What is under a
/// chapter without a number has none either.
fn number_chapters(book: &mut Book) {
    // The chapters that are open, the outermost first: the number of each and
    // how many were numbered below it.
    let mut open: Vec<(Option<Number>, u32)> = Vec::new();
    let mut top = 0;
    for chapter in &mut book.chapters {
        open.truncate(usize::from(chapter.depth));
        let counts = chapter.role == Role::Chapter && chapter.numbered && book.numbering.chapters;
        chapter.number = match open.last_mut() {
            _ if !counts => None,
            None => {
                top += 1;
                Some(top.into())
            }
            Some((number, below)) => {
                *below += 1;
                number.as_ref().map(|number| number.below(*below))
            }
        };
        open.push((chapter.number.clone(), 0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Chapter, Matter};
    use crate::source::{FileId, Span};

    fn chapter(role: Role, depth: u8, numbered: bool) -> Chapter {
        let span = Span::new(FileId(0), 0, 0);
        Chapter { depth, numbered, matter: Matter::Main, ..Chapter::bare(role, "", span) }
    }

    #[test]
    fn numbers_have_a_part_for_every_chapter_above() {
        let plain = |depth| chapter(Role::Chapter, depth, true);
        let mut book = Book {
            chapters: vec![
                chapter(Role::Chapter, 0, false),
                plain(1),
                plain(0),
                plain(1),
                plain(2),
                plain(2),
                plain(1),
                chapter(Role::Part, 0, true),
                plain(0),
                plain(3),
                chapter(Role::Chapter, 0, false),
            ],
            ..Book::default()
        };
        number_chapters(&mut book);
        let numbers: Vec<String> = book
            .chapters
            .iter()
            .map(|c| c.number.as_ref().map_or("-".to_owned(), ToString::to_string))
            .collect();
        let wanted = ["-", "-", "1", "1.1", "1.1.1", "1.1.2", "1.2", "-", "2", "2.1", "-"];
        assert_eq!(numbers, wanted);
    }
}
