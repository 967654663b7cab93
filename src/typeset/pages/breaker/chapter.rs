//! What the page breaker is given: the chunks of a chapter and the page.

use crate::model::NoteId;
use crate::typeset::chunk::{Chunk, ChunkKind, Row};

/// The page as the search sees it.
#[derive(Clone, Copy)]
pub struct PageSpec<'a> {
    /// Grid lines on a full page.
    pub lines: usize,
    /// From baseline to baseline of the text, in points.
    pub leading: f64,
    /// From baseline to baseline of notes, in points.
    pub note_leading: f64,
    /// How many lines each note takes.
    pub note_lines: &'a dyn Fn(NoteId) -> usize,
    /// The last place in a note, at this line or before it, where it may go on
    /// on another page.
    pub note_break: &'a dyn Fn(NoteId, usize) -> usize,
    /// Whether the first page is a right-hand one.
    pub starts_recto: bool,
}

impl PageSpec<'_> {
    /// The grid lines that so many lines of notes take from the foot of a page.
    pub fn note_area(&self, lines: usize) -> usize {
        if lines == 0 {
            return 0;
        }
        // Above the first note's baseline: its height, the rule and some air.
        let height = self.note_leading * (lines as f64 - 1.0) + self.leading * 1.45;
        (height / self.leading).ceil() as usize
    }

    /// How many lines of notes find room in so many grid lines.
    pub fn note_room(&self, grid_lines: usize) -> usize {
        let room = (grid_lines as f64 * self.leading / self.note_leading).ceil().max(0.0) as usize;
        (0..=room).rev().find(|lines| self.note_area(*lines) <= grid_lines).unwrap_or(0)
    }
}

/// The chunks of a chapter and the page they go on.
#[derive(Clone, Copy)]
pub(super) struct ChunkList<'a> {
    pub chunks: &'a [Chunk],
    pub spec: &'a PageSpec<'a>,
}

impl<'a> ChunkList<'a> {
    pub(super) fn get(&self, index: usize) -> Option<&'a Chunk> {
        self.chunks.get(index)
    }

    /// The lines of the notes that are marked in some rows.
    pub(super) fn note_lines(&self, rows: &[Row]) -> usize {
        rows.iter().flat_map(|r| &r.notes).map(|n| (self.spec.note_lines)(*n)).sum()
    }

    /// The first figure after a chunk that comes soon enough to stand at the
    /// head of the page that begins there.
    pub(super) fn next_figure(&self, index: usize) -> Option<usize> {
        let mut lines = 0;
        for (i, chunk) in self.chunks.iter().enumerate().skip(index + 1) {
            if chunk.kind == ChunkKind::Float {
                return Some(i);
            }
            lines += height(chunk, 0);
            if lines > self.spec.lines || chunk.kind == ChunkKind::PageBreak {
                return None;
            }
        }
        None
    }
}

/// The grid lines of a chunk's variant.
pub(super) fn height(chunk: &Chunk, variant: usize) -> usize {
    chunk.variants.get(variant).map_or(0, |v| heights(&v.rows))
}

/// The grid lines of some rows.
pub(super) fn heights(rows: &[Row]) -> usize {
    rows.iter().map(|r| r.lines).sum()
}
