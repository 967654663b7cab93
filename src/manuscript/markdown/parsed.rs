//! What one text says by itself.

use crate::model::Block;
use crate::source::Span;

/// What a file says.
#[derive(Debug, Default)]
pub(crate) struct ParsedText {
    /// Its blocks; headings still of levels 1 to 6 as they are written.
    pub blocks: Vec<Block>,
    /// Its footnotes, in the order they are written. The model's `NoteId`s
    /// point into this list.
    pub notes: Vec<ParsedNote>,
    /// The addresses of the pictures, as the file gives them, one for each use.
    /// The model's `ImageId`s point into this list.
    pub pictures: Vec<String>,
}

/// A footnote as it is written.
#[derive(Debug)]
pub(crate) struct ParsedNote {
    /// Its name.
    pub label: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it stands.
    pub span: Span,
    /// Whether a mark refers to it.
    pub used: bool,
}
