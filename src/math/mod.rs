//! Formulas: TeX into a small closed tree.
//!
//! Why a tree of our own: the EPUB writes it as MathML, the pages set it, and
//! both must understand a formula alike. The parser's events are a flat stream
//! of prefixes, in which the shape of a formula has to be found first.
//!
//! ```text
//! TeX ─ pulldown-latex ─► events ─ parse ─► Row ─┬─► epub: MathML
//!                                               └─► typeset/math: boxes
//! ```

mod alphabet;
mod alt_text;
mod classes;
mod parse;
mod tree;
mod width;

pub use alphabet::{Alphabet, styled};
pub use alt_text::alt_text;
pub use classes::classes;
pub use parse::{ParseError, parse};
pub use tree::{Class, Column, Level, Node, Row, ScriptPlace, Symbol, Table, TableKind, TableRow};
pub use width::rough_width;
