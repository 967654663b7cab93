//! Notes at the foot of a page, and those that go on on the pages after it.

use crate::typeset::chunk::Row;

use super::chapter::ChunkList;
use super::recorder::{Event, Recorder};
use super::state::{NoteRest, State};

/// How many of a row's `own` lines of notes find room below it; the others go on
/// on the next page.
#[derive(Clone, Copy)]
pub(super) struct Split {
    pub room: usize,
    pub own: usize,
}

/// Of a page on which notes go on, this part is kept for the text.
const KEPT_FOR_TEXT: usize = 4;

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

    /// Puts the notes of some rows at the foot of the page, the last of the rows
    /// with as many lines of its own as a split leaves room for.
    pub(super) fn place_notes(
        &self,
        s: &mut State,
        rows: &[Row],
        split: Option<Split>,
        recorder: &mut impl Recorder,
    ) {
        let all = self.note_lines(rows);
        let mut room = split.map_or(all, |split| all - split.own + split.room);
        for &note in rows.iter().flat_map(|r| &r.notes) {
            let lines = (self.spec.note_lines)(note);
            // What is behind a note that goes on goes on, too.
            let to = match s.note_rest.is_empty() {
                true if lines <= room => lines,
                true => (self.spec.note_break)(note, room).min(room),
                false => 0,
            };
            room -= to;
            s.note_lines += to;
            if to > 0 {
                recorder.event(Event::NoteLines { note, from: 0, to });
            }
            if to < lines {
                s.note_rest.push(NoteRest { note, from: to, to: lines });
            }
        }
    }

    /// Goes on with what is left of notes on a page that begins. Some of it is
    /// kept for the text, if there is more of it.
    pub(super) fn carry_notes(
        &self,
        s: &mut State,
        text_follows: bool,
        recorder: &mut impl Recorder,
    ) {
        let lines = self.spec.lines;
        let whole = self.spec.note_room(lines);
        let kept = if text_follows { (lines / KEPT_FOR_TEXT).max(1) } else { 0 };
        let beside_text = self.spec.note_room(lines.saturating_sub(kept));
        for rest in std::mem::take(&mut s.note_rest) {
            let to = match s.note_rest.is_empty() {
                true => self.carried(rest, s.note_lines, beside_text, whole),
                false => rest.from,
            };
            if to > rest.from {
                s.note_lines += to - rest.from;
                recorder.event(Event::NoteLines { note: rest.note, from: rest.from, to });
            }
            if to < rest.to {
                s.note_rest.push(NoteRest { from: to, ..rest });
            }
        }
    }

    /// Up to which of its lines a note goes on below others: beside the text if it
    /// can, else on the whole page. As the first of its page it goes on by
    /// one row at least, even by one higher than the page.
    fn carried(&self, rest: NoteRest, taken: usize, beside_text: usize, whole: usize) -> usize {
        let NoteRest { note, from, to } = rest;
        let up_to = |room: usize| {
            let end = from.saturating_add(room.saturating_sub(taken));
            if end >= to { to } else { (self.spec.note_break)(note, end).clamp(from, to) }
        };
        let least = || (from + 1..to).find(|&at| (self.spec.note_break)(note, at) == at);
        match (up_to(beside_text), up_to(whole)) {
            (at, _) if at > from || taken > 0 => at,
            (_, at) if at > from => at,
            _ => least().unwrap_or(to),
        }
    }
}
