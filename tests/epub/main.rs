//! The EPUB from models built by hand: goldens of its documents, and what
//! must hold for any book.

mod builder;
mod documents;
mod goldens;
mod guarantees;
