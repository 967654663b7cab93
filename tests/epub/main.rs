//! The EPUB from models built by hand: goldens of its documents, and what
//! must hold for any book.

mod builder;
mod documents;
#[path = "../support/golden.rs"]
mod golden;
mod guarantees;
mod torture;
