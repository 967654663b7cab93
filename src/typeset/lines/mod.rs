//! Paragraphs into lines.
//!
//! The road: [`items`] measures a paragraph's words and finds every place it
//! may be broken; [`fit`] chooses the best set of breaks for the whole
//! paragraph, and the best with a line more or a line less; [`rivers`] keeps
//! white from running down through it; [`set`] reshapes the words at the chosen
//! breaks and places the glyphs.

pub mod fit;
pub mod hang;
pub mod items;
mod marks;
mod opportunities;
pub mod order;
pub mod rivers;
pub mod room;
pub mod set;
mod squares;
mod ties;

pub use fit::{Fit, Fitting, LineShape, Manner};
pub use items::{BreakKind, Items};
pub use set::{SetLine, set_line};
