//! The cover: art with title and author set on it in the book's own fonts.

use super::{Drawing, PictureError};
use crate::model::{Alt, Metadata};
use crate::text::FontBook;
use crate::theme::Theme;
use crate::units::{Pt, Px};

/// What lies under the words of a cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoverArt {
    /// One of the covers that come with bindery, by name: `plain`, `tap`.
    Shipped(String),
    /// The SVG text of a file of the book.
    Svg(String),
}

/// A cover, ready to be drawn at any size near 5:8.
#[derive(Debug, Clone)]
pub struct Cover {
    /// What a reader who can't see it is told.
    pub alt: Alt,
}

impl Cover {
    /// The names of the covers that come with bindery.
    pub const SHIPPED: [&str; 2] = ["plain", "tap"];

    /// Sets title and authors on the art.
    ///
    /// # Errors
    /// If the art can't be read or no shipped cover has that name.
    pub fn compose(
        _art: &CoverArt,
        _meta: &Metadata,
        _theme: &Theme,
        _fonts: &FontBook,
    ) -> Result<Cover, PictureError> {
        todo!()
    }

    /// The cover as a JPEG of this size, for the EPUB.
    ///
    /// # Errors
    /// If it can't be drawn or encoded.
    pub fn jpeg(&self, _size: (Px, Px)) -> Result<Vec<u8>, PictureError> {
        todo!()
    }

    /// The cover as paths that fill a page of this size to its edges.
    pub fn drawing(&self, _size: (Pt, Pt)) -> Drawing {
        todo!()
    }
}
