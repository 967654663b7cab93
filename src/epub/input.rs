//! What an EPUB is made from, and why none could be made.

use thiserror::Error;

use crate::assets::{Assets, Cover};
use crate::model::{Book, NodeId};
use crate::text::FontBook;
use crate::theme::Theme;

/// Why no EPUB could be made.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct EpubError(pub String);

/// Where a printed page begins in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageMark {
    /// The folio as it is printed.
    pub label: String,
    /// The inline in which the page's first word stands.
    pub node: NodeId,
    /// The byte in that inline's text.
    pub byte: u32,
}

/// Everything an EPUB is made from.
#[derive(Debug, Clone, Copy)]
pub struct EpubInput<'a> {
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
    /// Whether it carries its fonts.
    pub embed_fonts: bool,
    /// Rules of the book's own style sheet.
    pub extra_css: Option<&'a str>,
    /// Where the printed pages begin; empty for no page list.
    pub page_marks: &'a [PageMark],
}
