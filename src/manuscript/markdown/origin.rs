//! Where a text that is parsed comes from.

use std::ops::Range;

use crate::manuscript::located::Located;
use crate::source::{FileId, SourceFile, Span};

/// Turns bytes of the text at hand into places in the sources.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Origin {
    /// It stands as it is in a file, from this byte on.
    Part(FileId, usize),
    /// It was made from what stands here.
    Made(Span),
}

impl Origin {
    /// The origin of a string that a file holds as a value: its own characters
    /// where they stand there unescaped, or else the value as a whole.
    pub fn of_value(text: &Located<String>, file: &SourceFile) -> Origin {
        let span = text.span;
        let raw = file.text().get(span.start as usize..span.end as usize).unwrap_or("");
        match raw.find(text.value.as_str()) {
            Some(at) if !text.value.is_empty() => Origin::Part(span.file, span.start as usize + at),
            _ => Origin::Made(span),
        }
    }

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
