//! How far the making of pages has come.

use crate::model::NoteId;
use crate::typeset::chunk::Gap;
use crate::typeset::page_costs::Cost;

use super::chapter::PageSpec;
use super::recorder::{CostKind, Recorder};

/// A figure that stands at the head of a page, before its place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct FigureAhead {
    /// The chunk.
    pub figure: usize,
    /// Whether the page at hand is the one it stands on.
    pub on_this_page: bool,
}

/// The lines of a note that go on on the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct NoteRest {
    pub note: NoteId,
    pub from: usize,
    pub to: usize,
}

/// How far the making of pages has come.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct State {
    /// Grid lines filled from the top.
    pub filled: usize,
    /// Lines of notes at the foot.
    pub note_lines: usize,
    /// Grid lines that a figure takes at the foot.
    pub figure_lines: usize,
    /// Pages before this one.
    pub page: usize,
    /// Figures waiting for the head of the next page.
    pub waiting: Vec<usize>,
    /// A figure that already stands at the head of a page.
    pub ahead: Option<FigureAhead>,
    /// How many lines the left page of this spread is visibly short.
    pub left_short: usize,
    /// What goes on on the next page, in the order of the notes.
    pub note_rest: Vec<NoteRest>,
    /// The space the last chunk wants after it.
    pub gap_after: Gap,
    /// The last chunk must not end the page.
    pub keep_with_next: bool,
    /// What it cost to come here.
    pub cost: Cost,
}

/// All that the future of a state depends on. Of two states with the same key,
/// after the same chunk, the dearer can never become the cheaper.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    filled: usize,
    note_lines: usize,
    figure_lines: usize,
    /// The last page of a chapter may be short only if it is its first.
    first_page: bool,
    even_page: bool,
    waiting: Vec<usize>,
    ahead: Option<FigureAhead>,
    left_short: usize,
    note_rest: Vec<NoteRest>,
    gap_after: Gap,
    keep_with_next: bool,
}

impl State {
    /// Before anything is placed.
    pub(super) fn beginning() -> State {
        State {
            filled: 0,
            note_lines: 0,
            figure_lines: 0,
            page: 0,
            waiting: Vec::new(),
            ahead: None,
            left_short: 0,
            note_rest: Vec::new(),
            gap_after: Gap::NONE,
            keep_with_next: false,
            cost: Cost::ZERO,
        }
    }

    pub(super) fn key(&self) -> Key {
        // Every field is named, so that a new one is not forgotten.
        let State {
            filled,
            note_lines,
            figure_lines,
            page,
            ref waiting,
            ahead,
            left_short,
            ref note_rest,
            gap_after,
            keep_with_next,
            cost: _,
        } = *self;
        Key {
            filled,
            note_lines,
            figure_lines,
            first_page: page == 0,
            even_page: page.is_multiple_of(2),
            waiting: waiting.clone(),
            ahead,
            left_short,
            note_rest: note_rest.clone(),
            // At the head of a page there is no space above the next chunk.
            gap_after: if filled == 0 { Gap::NONE } else { gap_after },
            keep_with_next,
        }
    }

    /// The grid lines for text on the page at hand, with so many lines of notes
    /// more at its foot.
    pub(super) fn capacity(&self, spec: &PageSpec<'_>, more_notes: usize) -> usize {
        let area = spec.note_area(self.note_lines + more_notes);
        spec.lines.saturating_sub(area + self.figure_lines)
    }

    /// The grid line of what comes next on the page, below so wide a gap unless
    /// it is at the head.
    pub(super) fn next_line(&self, gap: usize) -> usize {
        if self.filled == 0 { 0 } else { self.filled + gap }
    }

    /// Pays for something.
    pub(super) fn charge(&mut self, kind: CostKind, cost: Cost, recorder: &mut impl Recorder) {
        self.cost += cost;
        recorder.charge(kind, cost);
    }
}
