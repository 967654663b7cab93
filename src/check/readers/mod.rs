//! Readers of a book's text, each for one form that the book has: the manuscript,
//! the model, the EPUB and the PDF.
//!
//! They share no code with what wrote these forms: a mistake that both make would
//! not be seen.

pub(super) mod citations;
pub(super) mod epub;
mod html;
pub(super) mod manuscript;
pub(super) mod model;
pub(super) mod pdf;
