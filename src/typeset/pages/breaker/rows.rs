//! A chunk's rows, with their notes, on as many pages as they take.

use crate::typeset::chunk::{Chunk, Row};
use crate::typeset::page_costs::{Cost, HIGHER_THAN_PAGE, NOT_TRIED, SPLIT_NOTE};

use super::chapter::{ChunkList, heights};
use super::notes::Split;
use super::recorder::{CostKind, Event, PageEnd, Recorder};
use super::state::State;

/// How a chunk's rows are to be placed where the page ends among them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placing {
    pub chunk: usize,
    pub variant: usize,
    /// The first page is ended this many lines early.
    pub short: usize,
    /// A note that doesn't fit is continued on the next page.
    pub split_note: bool,
    /// The next figure is put at the head of a page that begins.
    pub figure_ahead: bool,
}

/// Rows that go on the page at hand.
struct Run {
    from: usize,
    to: usize,
    /// Lines of their notes.
    notes: usize,
    /// Grid lines that the page is filled to.
    used: usize,
    split: Option<Split>,
}

impl ChunkList<'_> {
    /// Places a chunk's rows from a grid line on, over as many pages as it takes.
    pub(super) fn place_rows(
        &self,
        s: &mut State,
        placing: Placing,
        mut at: usize,
        recorder: &mut impl Recorder,
    ) {
        let Some((chunk, rows)) = self.rows_of(placing) else { return };
        let mut short = placing.short;
        let (mut from, mut repeat) = (0, 0);
        while from < rows.len() {
            let head = at + heights(&rows[..repeat]);
            let mut run = self.fill(s, rows, from, head, placing.split_note);
            if run.split.is_some() {
                s.charge(CostKind::SplitNote, SPLIT_NOTE, recorder);
            } else if run.to < rows.len() && run.to > from {
                // The page ends within the chunk: at the last place that is allowed.
                run.to = break_row(rows, from, run.to, short);
                short = 0;
            }
            // Above notes that go on there may be no room either.
            if run.to == from && (at > 0 || s.note_lines > 0) {
                at = self.rows_on_next_page(s, rows, from, placing, recorder);
                repeat = if from > 0 { chunk.repeat } else { 0 };
                continue;
            }
            if run.to == from {
                self.force_row(s, rows, &mut run, recorder);
            }
            self.place_run(s, rows, &run, (placing, at, repeat), recorder);
            if run.to == rows.len() {
                return;
            }
            let penalty = rows.get(run.to - 1).map_or(Cost::ZERO, |r| r.break_after);
            s.charge(CostKind::BreakWithin, penalty, recorder);
            let end = PageEnd { chunk: placing.chunk, row: run.to };
            self.end_page(s, end, placing.figure_ahead, recorder);
            at = s.next_line(1);
            repeat = chunk.repeat.min(run.to);
            from = run.to;
        }
    }

    fn rows_of(&self, placing: Placing) -> Option<(&Chunk, &[Row])> {
        let chunk = self.get(placing.chunk)?;
        Some((chunk, &chunk.variants.get(placing.variant)?.rows))
    }

    /// As many rows as fit on the page at hand below a grid line, with their notes.
    fn fill(&self, s: &State, rows: &[Row], from: usize, head: usize, split_note: bool) -> Run {
        let mut run = Run { from, to: from, notes: 0, used: head, split: None };
        while let Some(row) = rows.get(run.to) {
            let own = self.note_lines(std::slice::from_ref(row));
            let used = run.used + row.lines;
            if own > 0 && !s.note_rest.is_empty() {
                break;
            }
            if used <= s.capacity(self.spec, run.notes + own) {
                run.notes += own;
            } else if let Some(room) = self.note_room(s, used, run.notes, own)
                && split_note
            {
                run.split = Some(Split { room, own });
                run.notes += room;
            } else {
                break;
            }
            run.used = used;
            run.to += 1;
            if run.split.is_some() {
                break;
            }
        }
        run
    }

    /// Ends a page that has no room for the next row and says on which grid line
    /// of the new page, or the one after it, the row stands.
    fn rows_on_next_page(
        &self,
        s: &mut State,
        rows: &[Row],
        from: usize,
        placing: Placing,
        recorder: &mut impl Recorder,
    ) -> usize {
        let end = PageEnd { chunk: placing.chunk, row: from };
        self.end_page(s, end, placing.figure_ahead, recorder);
        s.keep_with_next = false;
        let at = s.next_line(1);
        let lines = rows.get(from).map_or(0, |r| r.lines);
        if at == 0 || at + lines <= s.capacity(self.spec, 0) {
            return at;
        }
        // Figures have filled the new page.
        self.end_page(s, end, false, recorder);
        s.next_line(1)
    }

    /// Places rows on the page at hand.
    fn place_run(
        &self,
        s: &mut State,
        rows: &[Row],
        run: &Run,
        (placing, at, repeat): (Placing, usize, usize),
        recorder: &mut impl Recorder,
    ) {
        let placed = &rows[run.from..run.to];
        s.keep_with_next = false;
        s.filled = at + heights(&rows[..repeat]) + heights(placed);
        let Placing { chunk, variant, .. } = placing;
        if run.to > run.from {
            let (from, to) = (run.from, run.to);
            recorder.event(Event::Rows { chunk, variant, from, to, at, repeat });
        }
        self.place_notes(s, placed, run.split, recorder);
    }

    /// Sets a row at the head of a page that hasn't room for it and its notes: the
    /// notes go on on the next page, and a row that is itself too high sticks out.
    fn force_row(&self, s: &mut State, rows: &[Row], run: &mut Run, recorder: &mut impl Recorder) {
        let row = rows.get(run.from..=run.from).unwrap_or(&[]);
        run.used += heights(row);
        run.to = run.from + 1;
        run.split = self.split_below(s, run.used, self.note_lines(row));
        match run.split {
            Some(_) if run.used <= s.capacity(self.spec, 0) => {
                s.charge(CostKind::SplitNote, SPLIT_NOTE, recorder);
            }
            Some(_) | None => {
                s.charge(CostKind::HigherThanPage, HIGHER_THAN_PAGE, recorder);
            }
        }
    }

    /// How lines of notes are split that must begin below so many grid lines of a
    /// page without other notes; `None` where all find room.
    pub(super) fn split_below(&self, s: &State, used: usize, own: usize) -> Option<Split> {
        if own == 0 || used <= s.capacity(self.spec, own) {
            return None;
        }
        let room = (0..own).rev().find(|m| used <= s.capacity(self.spec, *m)).unwrap_or(0);
        Some(Split { room, own })
    }
}

/// How many lines a page may be ended earlier for a better break.
const MOST_LINES_BACK: usize = 4;

/// The row before which the page is best ended, `short` lines early if that is
/// asked for, at a place where it is allowed if there is one. `from` says that
/// none of the rows goes on this page.
fn break_row(rows: &[Row], from: usize, to: usize, short: usize) -> usize {
    let wanted = to.saturating_sub(short).max(from);
    let allowed =
        |at: usize| at > from && rows.get(at - 1).is_some_and(|r| r.break_after < NOT_TRIED);
    let mut at = wanted;
    while at > from && !allowed(at) && wanted - at < MOST_LINES_BACK {
        at -= 1;
    }
    if allowed(at) {
        at
    } else if wanted - from <= MOST_LINES_BACK {
        from
    } else {
        wanted
    }
}
