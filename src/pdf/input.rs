//! What a PDF is made from, and why none could be made.

use thiserror::Error;

use super::output_profile::OutputProfile;
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
    /// What the file is made for.
    pub profile: OutputProfile,
}
