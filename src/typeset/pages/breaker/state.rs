//! How far the making of pages has come.

use crate::model::NoteId;
use crate::typeset::chunk::Gap;

use super::PageSpec;

/// How far the making of pages has come.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct State {
    /// Grid lines filled from the top.
    pub y: usize,
    /// Lines of notes at the foot.
    pub note_lines: usize,
    /// Grid lines that figures take at the foot.
    pub foot: usize,
    /// Pages before this one.
    pub page: usize,
    /// Figures waiting for the head of the next page, with their distance.
    pub waiting: Vec<usize>,
    /// A figure that already stands at the head of a page, before its place.
    pub ahead: Option<(usize, bool)>,
    /// How many lines the left page of this spread is short.
    pub left_short: usize,
    /// Lines of a note that go on on the next page.
    pub carry: Option<(NoteId, usize, usize)>,
    /// The space the last chunk wants after it.
    pub after: Gap,
    /// The last chunk must not end the page.
    pub keep: bool,
    pub cost: f64,
}

pub(super) type Key = (
    usize,
    usize,
    usize,
    bool,
    Vec<usize>,
    Option<(usize, bool)>,
    usize,
    Option<(NoteId, usize, usize)>,
    bool,
);

impl State {
    pub(super) fn key(&self) -> Key {
        (
            self.y,
            self.note_lines,
            self.foot,
            self.page.is_multiple_of(2),
            self.waiting.clone(),
            self.ahead,
            self.left_short,
            self.carry,
            self.keep,
        )
    }

    /// The grid lines free for text on the page at hand.
    pub(super) fn capacity(&self, spec: &PageSpec<'_>, more_notes: usize) -> usize {
        let area = spec.note_area(self.note_lines + more_notes);
        spec.lines.saturating_sub(area + self.foot)
    }
}

/// Before anything is placed.
pub(super) fn beginning() -> State {
    State {
        y: 0,
        note_lines: 0,
        foot: 0,
        page: 0,
        waiting: Vec::new(),
        ahead: None,
        left_short: 0,
        carry: None,
        after: Gap::NONE,
        keep: false,
        cost: 0.0,
    }
}
