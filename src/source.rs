//! The texts a book is made of, and places in them.
//!
//! Everything that comes from a manuscript carries a [`Span`]; a [`SourceMap`]
//! turns it back into a file, a line and a column when something must be said
//! to the writer.

use std::sync::Arc;

/// A file known to the [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A range of bytes in one source file: `start` inclusive, `end` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file the bytes are in.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Makes a span; offsets past 4 GiB are clamped.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { file, start: clamp(start), end: clamp(end) }
    }

    /// The span that covers both, which must be of one file.
    pub fn to(self, other: Span) -> Span {
        debug_assert_eq!(self.file, other.file, "spans of one file");
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A line and a column, both counted from one; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineCol {
    /// The line, from one.
    pub line: usize,
    /// The column in characters, from one.
    pub column: usize,
}

/// One text of the manuscript.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: String,
    text: Arc<str>,
    line_starts: Vec<u32>,
    /// Of what it was put together, in order; empty for a file as it is.
    pieces: Vec<Piece>,
}

/// A stretch of a text that was put together of others: it goes to the next
/// piece, or to the end of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// The byte where it begins.
    pub at: u32,
    /// Where it comes from.
    pub from: Span,
    /// Whether it stands there byte for byte; otherwise it was made of that.
    pub verbatim: bool,
}

impl Piece {
    /// Where a range of the text comes from; what goes past the piece ends with it.
    fn origin(&self, span: Span) -> Span {
        if !self.verbatim {
            return self.from;
        }
        let place = |byte: u32| {
            let moved = self.from.start.saturating_add(byte.saturating_sub(self.at));
            moved.min(self.from.end)
        };
        Span { file: self.from.file, start: place(span.start), end: place(span.end) }
    }
}

impl SourceFile {
    /// The path as the writer knows it, relative to the book's folder, with `/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The line and column of a byte; a byte past the end is the last place.
    pub fn line_col(&self, byte: u32) -> LineCol {
        let byte = (byte as usize).min(self.text.len());
        let line = self.line_starts.partition_point(|&s| s as usize <= byte).max(1);
        let start = self.line_starts.get(line - 1).map_or(0, |&s| s as usize);
        let column = self.text.get(start..byte).map_or(0, |s| s.chars().count()) + 1;
        LineCol { line, column }
    }

    /// The text of a line counted from one, without its line end.
    pub fn line(&self, line: usize) -> &str {
        let start = self.line_starts.get(line.wrapping_sub(1)).map_or(0, |&s| s as usize);
        let rest = self.text.get(start..).unwrap_or("");
        rest.lines().next().unwrap_or("")
    }
}

/// All texts of one book, in the order they were read.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Adds a text under the path the writer knows it by.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        self.compose(path, text, Vec::new())
    }

    /// Adds a text that was put together of others; places in it are told as
    /// places in those. The pieces must be in order and the first at its
    /// beginning.
    pub fn compose(
        &mut self,
        path: impl Into<String>,
        text: impl Into<Arc<str>>,
        pieces: Vec<Piece>,
    ) -> FileId {
        let text = text.into();
        let starts = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        let line_starts = std::iter::once(0)
            .chain(starts)
            .map(|n| u32::try_from(n).unwrap_or(u32::MAX))
            .collect();
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { path: path.into(), text, line_starts, pieces });
        id
    }

    /// The file with this id, if it is one of this map.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The text a span covers; empty if the span is not of this map.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file)
            .and_then(|f| f.text.get(span.start as usize..span.end as usize))
            .unwrap_or("")
    }

    /// The place in a file that the writer has, for one in a text that was put
    /// together of files; every other place is itself.
    pub fn origin(&self, span: Span) -> Span {
        let mut span = span;
        // A text may be made of one that was put together itself, which was there
        // before it.
        while let Some(piece) = self.piece(span) {
            let from = piece.origin(span);
            if from.file >= span.file {
                return from;
            }
            span = from;
        }
        span
    }

    /// The piece that a span begins in.
    fn piece(&self, span: Span) -> Option<&Piece> {
        let pieces = &self.get(span.file)?.pieces;
        let after = pieces.partition_point(|piece| piece.at <= span.start);
        pieces.get(after.checked_sub(1)?)
    }

    /// `file:line:column` of a span's start, as compilers write it.
    pub fn place(&self, span: Span) -> String {
        let span = self.origin(span);
        match self.get(span.file) {
            Some(f) => {
                let at = f.line_col(span.start);
                format!("{}:{}:{}", f.path(), at.line, at.column)
            }
            None => String::from("?"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let mut map = SourceMap::default();
        let file = map.add("a.md", "eins\nzwei über\n");
        let at = map.text(Span::new(file, 5, 9));
        assert_eq!(at, "zwei");
        assert_eq!(map.place(Span::new(file, 12, 13)), "a.md:2:7");
        assert_eq!(map.get(file).map(|f| f.line(2)), Some("zwei über"));
        assert_eq!(map.place(Span::new(file, 999, 999)), "a.md:3:1");
    }

    #[test]
    fn places_in_a_composed_text_are_told_where_they_come_from() {
        let mut map = SourceMap::default();
        let a = map.add("a.md", "one {{x}} two");
        let b = map.add("b.md", "head\nEINS\n");
        let piece = |at, from, verbatim| Piece { at, from, verbatim };
        let all = map.compose(
            "a.md",
            "one EINS two",
            vec![
                piece(0, Span::new(a, 0, 4), true),
                piece(4, Span::new(b, 5, 9), true),
                piece(8, Span::new(a, 9, 13), true),
            ],
        );
        assert_eq!(map.place(Span::new(all, 5, 6)), "b.md:2:2");
        assert_eq!(map.origin(Span::new(all, 6, 12)), Span::new(b, 7, 9));
        assert_eq!(map.origin(Span::new(all, 9, 12)), Span::new(a, 10, 13));
        let made = map.compose("a.md", "X", vec![piece(0, Span::new(a, 4, 9), false)]);
        assert_eq!(map.origin(Span::new(made, 0, 1)), Span::new(a, 4, 9));
    }
}
