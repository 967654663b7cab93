//! bindery turns a folder of Markdown into a book: an EPUB 3 and a typeset
//! PDF, both from one document model.
//!
//! # Using it from a program
//!
//! A [`Project`] is a folder that was read. It builds, checks and dumps; it
//! prints nothing and writes no file. `examples/build_book.rs` is a whole
//! program.
//!
//! ```no_run
//! use std::path::Path;
//!
//! use bindery::{Output, PdfProfile, Project};
//!
//! let mut project = Project::read(Path::new("my-book"));
//! let pdf = Output::Pdf { profile: PdfProfile::Screen };
//! let built = project.build(&[Output::Epub { page_list: true }, pdf]);
//! for found in project.diagnostics() {
//!     let place = found.span.map(|span| project.sources().place(span));
//!     eprintln!("{}: {}", place.unwrap_or_default(), found.message);
//! }
//! for file in built.iter().flat_map(|book| &book.files) {
//!     println!("{}: {} bytes", file.output.name(), file.bytes.len());
//! }
//! ```
//!
//! # Inside
//!
//! Every step is a module with a plain data type at each end, so that a step
//! can be tested, dumped and read without the others:
//!
//! ```text
//! manuscript ─► model ─► resolve ─► finalize ─┬─► epub
//!                                             └─► typeset ─► page ─┬─► pdf
//!                                                                  └─► preview
//! ```
//!
//! [`pipeline`] walks that road; [`cli`] is the only code that prints. Which
//! module may know which is written down in ARCHITECTURE.md and kept true by
//! `tests/architecture/`.

pub mod check;
pub mod diag;
mod hash;
pub mod page;
pub mod pipeline;
pub mod preview;
pub mod source;

pub use pipeline::{
    BuiltBook, BuiltFile, Dump, Output, PdfProfile, Project, ReadOptions, Stats, Step, Timing,
};

// The steps themselves and the command line. They are public so that the tests
// in `tests/` and the binary reach them; nothing is promised about them.
#[doc(hidden)]
pub mod assets;
#[doc(hidden)]
pub mod citations;
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod epub;
#[doc(hidden)]
pub mod finalize;
#[doc(hidden)]
pub mod highlight;
#[doc(hidden)]
pub mod locale;
#[doc(hidden)]
pub mod manuscript;
#[doc(hidden)]
pub mod math;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod names;
#[doc(hidden)]
pub mod pdf;
#[doc(hidden)]
pub mod resolve;
#[doc(hidden)]
pub mod text;
#[doc(hidden)]
pub mod theme;
#[doc(hidden)]
pub mod typeset;
#[doc(hidden)]
pub mod units;
