//! XHTML from the model: one document a chapter.
//!
//! # Why by hand over the model
//!
//! Every kind of block and inline is written by one exhaustive match
//! (`blocks`, `inlines`), through the XML writer, so that a document can't be
//! anything but well formed, and a new kind can't be forgotten.
//!
//! # The flow
//!
//! [`chapter`] opens a document, writes the opening (`opening`), then the
//! blocks, then the footnotes that the chapter's marks call for (`notes`).
//! Title pages have a form of their own (`generated`). Beside the bytes a [`Page`]
//! says which characters it sets in which face and which printed pages begin in it.

mod alt_text;
mod blocks;
mod frame;
mod generated;
mod index;
mod inlines;
mod list_of_places;
mod listings;
mod mathml;
mod notes;
mod opening;
mod tables;
mod writer;

pub(in crate::epub) use frame::{Frame, unusual};
pub(in crate::epub) use generated::{COVER_FILE, cover};
pub(in crate::epub) use writer::Page;

use super::plan::Plan;
use crate::model::{ChapterId, GeneratedPage};
use writer::{Head, PageWriter};

/// Writes a chapter.
pub(super) fn chapter(plan: &Plan<'_>, id: ChapterId, href: &str) -> Option<Page> {
    let chapter = plan.input.book.chapter(id)?;
    let lang = chapter.lang.as_ref().unwrap_or(&plan.input.book.meta.language);
    let mut page = PageWriter::new(plan, href, lang);
    let head = Head { title: &plan.chapter_name(chapter), lang, matter: Some(chapter.matter) };
    page.document(&head, |p| match &chapter.generated {
        Some(GeneratedPage::HalfTitle(title)) => p.half_title(chapter, id, title),
        Some(GeneratedPage::TitlePage(page)) => p.title_page(chapter, id, page),
        Some(GeneratedPage::Copyright | GeneratedPage::Contents) | None => {
            p.text_chapter(chapter, id);
        }
    });
    Some(page.finish())
}
