//! The look of the book, as one set of design tokens.
//!
//! Page layout and the EPUB's style sheet read the same [`Theme`], so that one
//! change shows in both. The tokens of a whole book are in [`tokens`], those of
//! single parts of a page in [`parts`]; a book overrides some of them by
//! [`Overrides`].

mod css;
mod length;
mod parts;
mod tokens;

pub use css::{CssFace, style_sheet};
pub use length::{ParseLengthError, parse_length, parse_trim};
pub use parts::{
    ContentsTokens, FigureTokens, FormulaTokens, FrontTokens, IndexTokens, InitialTokens,
    InlineTokens, ListTokens, ListingTokens, NoteTokens, OpeningTokens, QuoteTokens,
    RunningHeadTokens, TableTokens,
};
pub use tokens::{CodeHues, Lead, Overrides, Theme};
