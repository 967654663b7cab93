//! Citations, and the bibliography they lead to.
//!
//! # Why before `resolve`
//!
//! What a citation says depends on all others (two works of one author and
//! year become 1984a and 1984b), so that all are set at once. What comes of
//! them is ordinary text, links and notes; numbers and anchors are given to
//! these by `resolve` as to any others, and no exporter knows of works.
//!
//! ```text
//! texts ─ scan ─► citations ─ render ─► text and links, or notes
//! files ─ library ─► works ─────┴─────► entries of the bibliography
//! ```
//!
//! Citations are written as pandoc has them: `[@key]`, `[see @key, p. 12; @other]`,
//! `@key` as part of a sentence, `[-@key]` without the author. Only books with
//! a `[bibliography]` have any.

mod bibtex;
mod citation;
mod library;
mod limits;
mod notes;
mod render;
mod scan;

use crate::diag::Diagnostics;
use crate::locale::Locale;
use crate::model::{Block, BlockKind, Book, Chapter, Inline, Role};
use crate::source::SourceMap;

/// Finds the citations of a book, sets them in its style, and puts the list of
/// the works at its end or into its chapter of role `bibliography`.
///
/// Works that no list has are reported and their citations left as they are
/// written; a list or style that can't be read leaves them all.
pub fn cite(book: &mut Book, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let Some(works) = book.works.clone() else { return };
    let Some(library) = library::read(&works, sources, diagnostics) else { return };
    let citations = scan::scan(book, &library, sources, diagnostics);
    let rendered = render::render(&library, &citations, &book.meta.language, works.all);
    notes::place(book, &library, rendered.citations);
    if !rendered.entries.is_empty() {
        add_bibliography(book, rendered.entries, works.span);
    }
}

/// Puts the entries into the chapter for them; a book without one gets it,
/// before what comes last in books.
fn add_bibliography(book: &mut Book, entries: Vec<render::Entry>, span: crate::source::Span) {
    let blocks = entries.into_iter().map(|entry| {
        let mut block = Block::new(BlockKind::Paragraph(entry.content), span);
        block.attrs.set_id(entry.id);
        block.attrs.set_hanging();
        block
    });
    if let Some(given) = book.chapters.iter_mut().find(|c| c.role == Role::Bibliography) {
        given.blocks.extend(blocks);
        return;
    }
    let last = |c: &Chapter| matches!(c.role, Role::Index | Role::AboutAuthor | Role::Colophon);
    let after = book.chapters.iter().rev().take_while(|c| last(c)).count();
    let at = book.chapters.len().saturating_sub(after);
    for note in &mut book.notes {
        if note.chapter.0 as usize >= at {
            note.chapter.0 += 1;
        }
    }
    let stem = crate::names::unique("bibliography", |s| book.chapters.iter().any(|c| c.stem == s));
    let title = Locale::of(&book.meta.language).role(Role::Bibliography);
    let chapter = Chapter {
        numbered: false,
        title: vec![Inline::text(title, span)],
        blocks: blocks.collect(),
        ..Chapter::bare(Role::Bibliography, stem, span)
    };
    book.chapters.insert(at, chapter);
}
