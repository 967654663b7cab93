//! Pages as pictures, to be looked at while a book is made.
//!
//! The page model has everything that is drawn, where it is drawn; a preview
//! draws it without asking back and without a PDF in between.

mod svg;

pub use svg::{BaselineGrid, SvgOptions, SvgRenderer};
