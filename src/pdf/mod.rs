//! The PDF: pages, fonts, pictures, structure and metadata.

use thiserror::Error;

use crate::assets::Assets;
use crate::model::Metadata;
use crate::page::Pages;
use crate::text::FontBook;

/// Why no PDF could be made.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct PdfError(pub String);

/// Everything a PDF is made from.
#[derive(Debug, Clone, Copy)]
pub struct PdfInput<'a> {
    /// The pages.
    pub pages: &'a Pages,
    /// Title, authors, language.
    pub meta: &'a Metadata,
    /// The pictures.
    pub assets: &'a Assets,
    /// The fonts.
    pub fonts: &'a FontBook,
}

/// Makes the PDF's bytes; the same input gives the same bytes.
///
/// # Errors
/// If a font can't be subset or a picture can't be decoded.
pub fn write(_input: &PdfInput<'_>) -> Result<Vec<u8>, PdfError> {
    todo!()
}
