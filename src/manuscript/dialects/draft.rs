//! A text that is being brought to Markdown, step by step.
//!
//! A step looks at the text, gathers [`Edits`] and applies them. Of each stretch
//! the draft knows where the writer has it, through all steps.

use std::ops::Range;

use crate::source::{FileId, Piece, Span};

/// Something that a step took out of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Removed {
    /// Where it stands.
    pub span: Span,
    /// Why it is not shown.
    pub reason: RemovedReason,
}

/// Why a stretch of a text is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemovedReason {
    /// It is a comment.
    Comment,
    /// It speaks to another tool and has no words for readers: an import, the
    /// place of a table of contents.
    Directive,
    /// It is of another tool and nobody here knows what it stands for.
    LeftOver,
}

/// The text and what is known of it.
#[derive(Debug)]
pub(super) struct Draft {
    /// The text as it is now.
    pub text: String,
    /// What was taken out.
    pub removed: Vec<Removed>,
    /// Marks that were not understood: the kind of each and its place.
    pub left_over: Vec<(&'static str, Span)>,
    pieces: Vec<Piece>,
    changed: bool,
}

/// What a step does to a text.
#[derive(Debug, Default)]
pub(super) struct Edits {
    list: Vec<Edit>,
    removed: Vec<(Range<usize>, RemovedReason)>,
    left_over: Vec<(&'static str, Range<usize>)>,
}

#[derive(Debug)]
struct Edit {
    range: Range<usize>,
    with: Vec<Part>,
}

/// A stretch of what stands in a text instead of another.
#[derive(Debug, Clone)]
pub(super) enum Part {
    /// New characters.
    Made(String),
    /// Characters of the text before the step.
    Kept(Range<usize>),
}

/// New characters.
pub(super) fn made(text: impl Into<String>) -> Part {
    Part::Made(text.into())
}

impl Edits {
    /// Puts parts in the place of a range. Ranges may not overlap: of those that
    /// do, the first counts.
    pub fn replace(&mut self, range: Range<usize>, with: Vec<Part>) {
        self.list.push(Edit { range, with });
    }

    /// Whether there is nothing to change.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Puts characters before a byte.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, vec![made(text)]);
    }

    /// Takes out marks that have no words.
    pub fn drop(&mut self, range: Range<usize>) {
        self.replace(range, Vec::new());
    }

    /// Takes out a stretch and says why.
    pub fn remove(&mut self, range: Range<usize>, reason: RemovedReason) {
        self.removed.push((range.clone(), reason));
        self.drop(range);
    }

    /// Takes out a mark that nobody understands, or leaves it if it has words.
    pub fn left_over(&mut self, kind: &'static str, range: Range<usize>) {
        self.left_over.push((kind, range));
    }
}

impl Draft {
    /// A text as it stands in a file from a byte on.
    pub fn new(text: &str, file: FileId, start: usize) -> Self {
        let from = Span::new(file, start, start + text.len());
        let pieces = vec![Piece { at: 0, from, verbatim: true }];
        let text = text.to_owned();
        Self { text, removed: Vec::new(), left_over: Vec::new(), pieces, changed: false }
    }

    /// The text, with what stands before it in its file, and of what it was put
    /// together; `None` if it is as it was.
    pub fn finish(self, head: &str, file: FileId) -> Option<(String, Vec<Piece>)> {
        if !self.changed {
            return None;
        }
        let mut out = Output { text: String::new(), pieces: Vec::new() };
        out.add(head, Span::new(file, 0, head.len()), true);
        for (index, piece) in self.pieces.iter().enumerate() {
            let end = self.pieces.get(index + 1).map_or(self.text.len(), |p| p.at as usize);
            out.add(
                self.text.get(piece.at as usize..end).unwrap_or(""),
                piece.from,
                piece.verbatim,
            );
        }
        Some((out.text, out.pieces))
    }

    /// Applies what a step found.
    pub fn apply(&mut self, edits: Edits) {
        let Edits { mut list, removed, left_over } = edits;
        for (range, reason) in removed {
            self.removed.push(Removed { span: self.origin(&range), reason });
        }
        for (kind, range) in left_over {
            self.left_over.push((kind, self.origin(&range)));
        }
        if list.is_empty() {
            return;
        }
        list.sort_by_key(|edit| (edit.range.start, edit.range.end));
        self.changed = true;
        let mut out = Output { text: String::with_capacity(self.text.len()), pieces: Vec::new() };
        let mut at = 0;
        for Edit { range, with } in list {
            if range.start < at {
                continue;
            }
            self.keep(at..range.start, &mut out);
            let from = self.origin(&range);
            for part in with {
                match part {
                    Part::Made(text) => out.add(&text, from, false),
                    Part::Kept(range) => self.keep(range, &mut out),
                }
            }
            at = range.end;
        }
        self.keep(at..self.text.len(), &mut out);
        self.text = out.text;
        self.pieces = out.pieces;
    }

    fn keep(&self, range: Range<usize>, out: &mut Output) {
        let mut at = range.start;
        let mut index = self.piece_at(at);
        while at < range.end {
            let next = self.pieces.get(index + 1).map_or(self.text.len(), |p| p.at as usize);
            let end = next.min(range.end).max(at);
            let words = self.text.get(at..end).unwrap_or("");
            if let Some(piece) = self.pieces.get(index) {
                out.add(words, self.origin(&(at..end)), piece.verbatim);
            }
            index += 1;
            at = end;
            if index >= self.pieces.len() {
                break;
            }
        }
    }

    fn piece_at(&self, byte: usize) -> usize {
        self.pieces.partition_point(|piece| piece.at as usize <= byte).saturating_sub(1)
    }

    /// Where the writer has a range of the text.
    pub fn origin(&self, range: &Range<usize>) -> Span {
        let place = |byte: usize, at: usize| {
            let piece = self.pieces.get(self.piece_at(at));
            let piece = piece.or(self.pieces.last());
            piece.map(|piece| match piece.verbatim {
                true => {
                    let moved = piece.from.start as usize + byte.saturating_sub(piece.at as usize);
                    let moved = moved.min(piece.from.end as usize);
                    Span::new(piece.from.file, moved, moved)
                }
                false => piece.from,
            })
        };
        let start = place(range.start, range.start);
        let end = place(range.end, range.end.saturating_sub(1).max(range.start));
        match (start, end) {
            (Some(start), Some(end)) if start.file == end.file && start.start <= end.end => {
                Span { file: start.file, start: start.start, end: end.end }
            }
            (Some(start), _) => start,
            (None, _) => Span::new(FileId(0), 0, 0),
        }
    }
}

struct Output {
    text: String,
    pieces: Vec<Piece>,
}

impl Output {
    fn add(&mut self, words: &str, from: Span, verbatim: bool) {
        if words.is_empty() {
            return;
        }
        let at = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.pieces.push(Piece { at, from, verbatim });
        self.text.push_str(words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_kept_through_several_steps() {
        let mut draft = Draft::new("one two three four", FileId(3), 0);
        let mut edits = Edits::default();
        edits.drop(0..4);
        edits.replace(8..13, vec![made("<"), Part::Kept(8..13), made(">")]);
        draft.apply(edits);
        assert_eq!(draft.text, "two <three> four");
        let mut edits = Edits::default();
        edits.insert(0, "zero ");
        edits.remove(5..10, RemovedReason::Comment);
        draft.apply(edits);
        assert_eq!(draft.text, "zero two <> four");
        assert_eq!(draft.origin(&(5..9)), Span::new(FileId(3), 4, 8));
        assert_eq!(draft.origin(&(12..16)), Span::new(FileId(3), 14, 18));
        assert_eq!(draft.removed[0].span, Span::new(FileId(3), 8, 13));
    }

    #[test]
    fn a_text_without_other_marks_stays_the_file_it_was() {
        let mut draft = Draft::new("one", FileId(0), 0);
        draft.apply(Edits::default());
        assert!(draft.finish("", FileId(0)).is_none());
    }
}
