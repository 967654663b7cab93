//! Setting the pages: lines, blocks, pages.

use crate::assets::{Assets, Cover};
use crate::diag::Diagnostics;
use crate::model::Book;
use crate::page::Pages;
use crate::text::FontBook;
use crate::theme::Theme;

/// Everything pages are set from.
#[derive(Debug, Clone, Copy)]
pub struct TypesetInput<'a> {
    /// The resolved book.
    pub book: &'a Book,
    /// Its pictures.
    pub assets: &'a Assets,
    /// Its look.
    pub theme: &'a Theme,
    /// Its fonts.
    pub fonts: &'a FontBook,
    /// Its cover.
    pub cover: Option<&'a Cover>,
    /// Words with their own hyphenation.
    pub hyphenation: &'a [String],
}

/// Sets the whole book, chapters in parallel.
pub fn typeset(_input: &TypesetInput<'_>, _diagnostics: &mut Diagnostics) -> Pages {
    todo!()
}
