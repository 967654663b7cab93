//! The PDF, for the screen or for the press.

use crate::page::Pages;
use crate::pdf::{self, OutputProfile, PdfInput};
use crate::pipeline::load::LoadedBook;

/// What a PDF is made for, as it can be said before the book is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PdfProfile {
    /// To be read: accessible, with the cover.
    #[default]
    Screen,
    /// To be printed: PDF/X-4 with bleed, without the cover, which a printer
    /// gets as a file of its own.
    Press {
        /// Whether crop marks are drawn.
        marks: bool,
    },
}

/// Makes the PDF's bytes.
pub(super) fn write(
    book: &LoadedBook,
    pages: &Pages,
    profile: PdfProfile,
) -> Result<Vec<u8>, String> {
    let profile = match profile {
        PdfProfile::Screen => OutputProfile::Screen,
        PdfProfile::Press { marks } => OutputProfile::Press { bleed: book.theme.bleed, marks },
    };
    let meta = &book.manuscript.book.meta;
    let input = PdfInput { pages, meta, assets: &book.assets, fonts: &book.fonts, profile };
    pdf::write(&input).map_err(|e| e.to_string())
}
