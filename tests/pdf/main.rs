//! The PDF writer, from pages made by hand to what lopdf reads in the file.

mod dump;
mod sample;
mod support;

mod file;
mod structure;
mod text;
