//! Chunks into pages.
//!
//! [`fit`] decides what goes where: by dynamic programming over a whole
//! chapter, spread by spread. [`emit`] sets the chosen lines and puts
//! everything in its place; [`furniture`] adds running heads and folios.

pub mod emit;
pub mod fit;
pub mod furniture;
pub mod notes;

pub use fit::{Event, PageFit, PageSpec, fit_pages};
pub use furniture::left_margin;
