//! Chunks into pages.
//!
//! [`breaker`] decides what goes where: by dynamic programming over a whole
//! chapter, spread by spread. [`emit`] sets the chosen lines and puts
//! everything in its place; [`furniture`] adds running heads and folios.

pub mod breaker;
pub mod emit;
pub mod furniture;
pub mod notes;

pub use breaker::{Event, PageBreaks, PageSpec, break_pages};
pub use furniture::left_margin;
