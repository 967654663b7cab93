//! What can be made of a book.
//!
//! An output is one variant of [`Output`] and one module beside this one, which
//! writes its bytes. The matches here say all that the pipeline has to know of
//! it: whether it needs the pages, how they begin, and what its file is called.

mod epub;
mod pdf;

pub use pdf::PdfProfile;

use super::load::{LoadedBook, PageSet};
use super::timing::Step;
use crate::page::Pages;

/// One file that can be made of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// An EPUB 3.
    Epub {
        /// Whether it says where the printed pages begin. That costs setting
        /// the pages, which a PDF needs anyway.
        page_list: bool,
    },
    /// A typeset PDF.
    Pdf {
        /// What it is made for.
        profile: PdfProfile,
    },
}

impl Output {
    /// What it is called in messages.
    pub fn name(self) -> &'static str {
        match self {
            Output::Epub { .. } => "EPUB",
            Output::Pdf { .. } => "PDF",
        }
    }

    /// How the name of its file ends, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Output::Epub { .. } => "epub",
            Output::Pdf { .. } => "pdf",
        }
    }

    /// The step in which it is written.
    pub(super) fn step(self) -> Step {
        match self {
            Output::Epub { .. } => Step::Epub,
            Output::Pdf { .. } => Step::Pdf,
        }
    }

    /// The pages it is made from; `None` if it needs none.
    pub(super) fn page_set(self) -> Option<PageSet> {
        match self {
            Output::Epub { page_list } => page_list.then_some(PageSet::WithCover),
            Output::Pdf { profile: PdfProfile::Screen } => Some(PageSet::WithCover),
            Output::Pdf { profile: PdfProfile::Press { .. } } => Some(PageSet::WithoutCover),
        }
    }

    /// Makes its bytes, from the pages that [`Output::page_set`] asks for.
    ///
    /// # Errors
    /// What kept it from being made, in words.
    pub(super) fn write(self, book: &LoadedBook, pages: Option<&Pages>) -> Result<Vec<u8>, String> {
        match (self, pages) {
            (Output::Epub { .. }, pages) => epub::write(book, pages),
            (Output::Pdf { profile }, Some(pages)) => pdf::write(book, pages, profile),
            (Output::Pdf { .. }, None) => Err("its pages were not set".into()),
        }
    }
}
