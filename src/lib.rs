//! bindery turns a folder of Markdown into a book: an EPUB 3 and a typeset
//! PDF, both from one document model.
//!
//! # Why a library under a thin binary
//!
//! Every step of the road is a module with a plain data type at each end, so
//! that a step can be tested, dumped and read without the others:
//!
//! ```text
//! manuscript ─► model ─► resolve ─┬─► epub
//!                                 └─► typeset ─► page ─► pdf
//! ```
//!
//! [`pipeline`] walks that road; [`cli`] is the only code that prints. Which
//! module may know which is written down in ARCHITECTURE.md and kept true by
//! `tests/architecture.rs`.

pub mod assets;

pub mod check;
pub mod citations;
pub mod cli;
pub mod diag;
pub mod epub;
mod hash;
pub mod highlight;
pub mod manuscript;
pub mod math;
pub mod model;
pub mod names;
pub mod page;
pub mod pdf;
pub mod pipeline;
pub mod preview;
pub mod resolve;
pub mod source;
pub mod text;
pub mod theme;
pub mod typeset;
pub mod units;
pub mod words;
