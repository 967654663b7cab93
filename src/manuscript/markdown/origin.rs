//! Where a text that is parsed comes from.

use std::ops::Range;

use crate::source::{FileId, Span};

/// Turns bytes of the text at hand into places in the sources.
#[derive(Debug, Clone, Copy)]
pub(in crate::manuscript) enum Origin {
    /// It stands as it is in a file, from this byte on.
    Part(FileId, usize),
    /// It was made from what stands here.
    Made(Span),
}

impl Origin {
    /// The place of a range of bytes.
    pub fn span(self, range: Range<usize>) -> Span {
        match self {
            Origin::Part(file, base) => Span::new(file, base + range.start, base + range.end),
            Origin::Made(span) => span,
        }
    }

    /// The origin of the text from a byte on.
    pub fn at(self, start: usize) -> Origin {
        match self {
            Origin::Part(file, base) => Origin::Part(file, base + start),
            Origin::Made(_) => self,
        }
    }
}
