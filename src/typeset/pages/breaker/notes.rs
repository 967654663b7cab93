//! Notes at the foot of a page, and those that go on on the next.

use crate::typeset::chunk::Row;

use super::chapter::ChunkList;
use super::recorder::{Event, Recorder};
use super::state::{NoteRest, State};

/// A row of which the last note is split: how many of its `own` lines of notes
/// find room.
#[derive(Clone, Copy)]
pub(super) struct Split {
    pub row: usize,
    pub room: usize,
    pub own: usize,
}

impl ChunkList<'_> {
    /// How many of a row's `own` lines of notes find room below it on the page,
    /// if it must be some and not all: at least two here and two on the next.
    pub(super) fn note_room(
        &self,
        s: &State,
        used: usize,
        notes: usize,
        own: usize,
    ) -> Option<usize> {
        (2..own.saturating_sub(1)).rev().find(|m| used <= s.capacity(self.spec, notes + m))
    }

    /// Remembers which note goes on on the next page, and from which line.
    pub(super) fn split_note(&self, s: &mut State, rows: &[Row], split: Split) {
        let Some(&note) = rows.get(split.row).and_then(|r| r.notes.last()) else { return };
        let lines = (self.spec.note_lines)(note);
        let from = split.room.saturating_sub(split.own - lines).min(lines);
        s.note_rest = Some(NoteRest { note, from, to: lines });
    }

    /// Tells of the notes that are marked in some rows.
    pub(super) fn record_notes(
        &self,
        rows: &[Row],
        rest: Option<NoteRest>,
        recorder: &mut impl Recorder,
    ) {
        for &note in rows.iter().flat_map(|r| &r.notes) {
            let to = match rest {
                Some(rest) if rest.note == note => rest.from,
                _ => (self.spec.note_lines)(note),
            };
            if to > 0 {
                recorder.event(Event::NoteLines { note, from: 0, to });
            }
        }
    }
}
