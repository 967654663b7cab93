//! The look of the book, as one set of design tokens.
//!
//! Page layout and the EPUB's style sheet read the same [`Theme`], so that one
//! change shows in both. The default lies in `default.toml`; a book overrides
//! single values by [`Overrides`].

mod css;
mod length;
mod tokens;

pub use css::{CssFace, style_sheet};
pub use length::{ParseLengthError, parse_length, parse_trim};
pub use tokens::{CodeHues, Lead, Overrides, Theme};
