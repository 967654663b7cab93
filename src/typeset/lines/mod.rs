//! Paragraphs into lines.
//!
//! The road: [`measure`] measures a paragraph's words and finds every place it
//! may be broken; [`line_breaker`] chooses the best set of breaks for the whole
//! paragraph, and the best with a line more or a line less; [`rivers`] keeps
//! white from running down through it; [`set_line`] reshapes the words at the chosen
//! breaks and places the glyphs.

mod decorations;
pub mod demerits;
mod full_width;
pub mod items;
pub mod line_breaker;
pub mod line_shape;
pub mod measure;
mod no_break;
mod opportunities;
pub mod para;
pub mod protrusion;
pub mod rivers;
pub mod set_line;
pub mod sums;
pub mod visual_order;

pub use items::{BreakKind, Items};
pub use line_breaker::{Breaking, Breakings};
pub use line_shape::{Alignment, LineShape};
pub use para::{Para, Range};
pub use set_line::{SetLine, set_line};
