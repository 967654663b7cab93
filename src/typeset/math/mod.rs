//! Formulas, set.
//!
//! Why our own: the crates that lay out TeX bring Computer Modern with its
//! metrics built in, which beside Libertinus looks like a quotation from
//! another book. The MATH table of Libertinus Math says all that is needed.
//!
//! ```text
//! crate::math tree ─► layout (rows, spaces, breaks)
//!                       ├─ structures: fractions, roots, scripts
//!                       ├─ accents, grow: marks and signs of any size
//!                       ├─ tables: matrices, cases, aligned equations
//!                       └─ words: text among it
//!                     ─► boxes ─► page items with tags
//! ```

mod accents;
mod boxes;
mod font;
mod grow;
mod layout;
mod structures;
mod table;
mod tables;
#[cfg(test)]
mod tests;
mod words;

pub use boxes::MathBox;
pub use font::{MathFace, MathFont};
pub use layout::{Layouter, Piece, Style};
pub use words::TextFaces;
