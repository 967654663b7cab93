//! Completing the model: ids, numbers, links, node identities.
//!
//! Why a step of its own: only when all chapters are there is it known what a
//! name leads to. After it both exporters see the same ids and numbers, and no
//! names.
//!
//! ```text
//! chapters numbered ─► terms of glossaries named ─► nodes numbered, anchors collected ─► links
//! ```
//!
//! What a name may look like is said where names are made, at
//! `manuscript::references`: `#id`, `stem`, `stem#id`, `stem#?id`.

mod anchors;
mod glossary;
mod links;

use crate::diag::Diagnostics;
use crate::model::{Book, Role};

/// Numbers the nodes and chapters, collects the anchors and turns every name
/// into an [`AnchorId`](crate::model::AnchorId). What leads nowhere is
/// reported, and its words stay.
pub fn resolve(book: &mut Book, diagnostics: &mut Diagnostics) {
    number_chapters(book);
    glossary::name_terms(book);
    let names = anchors::collect(book, diagnostics);
    links::resolve(book, &names, diagnostics);
}

/// Chapters proper are numbered throughout the book; other roles are not.
fn number_chapters(book: &mut Book) {
    let mut last = 0;
    for chapter in &mut book.chapters {
        chapter.number = None;
        if chapter.role == Role::Chapter {
            last += 1;
            chapter.number = Some(last.into());
        }
    }
}
