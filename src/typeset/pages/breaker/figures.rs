//! Figures at the head or the foot of a page.

use crate::typeset::chunk::Gap;
use crate::typeset::page_costs::{FIGURE_AT_FOOT, FIGURE_AWAY, FIGURE_OVERLEAF};

use super::chapter::{ChunkList, height};
use super::recorder::{CostKind, Event, Recorder};
use super::state::State;

impl ChunkList<'_> {
    /// Puts a figure at the head of the page, below what is there already; where
    /// it finds no room it waits for the next.
    pub(super) fn figure_at_head(
        &self,
        s: &mut State,
        figure: usize,
        recorder: &mut impl Recorder,
    ) {
        let Some(chunk) = self.get(figure) else { return };
        let rows = chunk.variants.first().map_or(&[][..], |v| &v.rows);
        let lines = height(chunk, 0);
        let notes = self.note_lines(rows);
        let at = s.next_line(1);
        let alone = at == 0 && s.note_lines == 0;
        let behind_others = notes > 0 && !s.note_rest.is_empty();
        if behind_others || (!alone && at + lines > s.capacity(self.spec, notes)) {
            s.waiting.push(figure);
            s.charge(CostKind::FigureMoved, FIGURE_OVERLEAF, recorder);
            return;
        }
        s.filled = at + lines;
        s.gap_after = Gap::LINE;
        if !rows.is_empty() {
            recorder.event(Event::Rows {
                chunk: figure,
                variant: 0,
                from: 0,
                to: rows.len(),
                at,
                repeat: 0,
            });
        }
        let split = self.split_below(s, s.filled, notes);
        self.place_notes(s, rows, split, recorder);
    }

    /// Puts a figure at the foot of the page at hand; `None` where that can't be.
    pub(super) fn figure_at_foot(
        &self,
        s: &mut State,
        figure: usize,
        variant: usize,
        recorder: &mut impl Recorder,
    ) -> Option<()> {
        let chunk = self.get(figure)?;
        let rows = chunk.variants.get(variant).map_or(&[][..], |v| &v.rows);
        let lines = height(chunk, variant);
        let free = s.capacity(self.spec, 0).checked_sub(s.filled)?;
        let taken = s.figure_lines > 0 || s.note_lines > 0;
        if taken || s.filled == 0 || !s.waiting.is_empty() || s.ahead.is_some() {
            return None;
        }
        // Above it a line of air, and at least two lines of text before that.
        if free < lines + 3 || self.note_lines(rows) > 0 {
            return None;
        }
        s.figure_lines += lines + 1;
        let cost = FIGURE_AT_FOOT + FIGURE_AWAY * (free - lines - 1);
        s.charge(CostKind::FigureMoved, cost, recorder);
        recorder.event(Event::FigureAtFoot { chunk: figure, variant });
        Some(())
    }
}
