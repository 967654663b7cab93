//! The PDF writer, from pages made by hand to what lopdf reads in the file.

mod dump;
#[path = "../support/golden.rs"]
mod golden;
mod replay;
mod sample;
mod support;
mod truetype;

mod file;
mod press;
mod structure;
mod text;
