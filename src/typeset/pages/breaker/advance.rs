//! Carrying a state over one chunk: its rows, its notes, its figure.

use crate::model::NoteId;
use crate::typeset::chunk::{Chunk, ChunkKind, Gap, NEVER, Row};

use super::state::State;
use super::{Choice, Event, Placing, Search, height, heights, price};

impl Search<'_> {
    /// Carries a state over a chunk; nothing where the choice can't be made.
    pub(super) fn advance(
        &self,
        state: &State,
        index: usize,
        choice: Choice,
        events: &mut Option<&mut Vec<Event>>,
    ) -> Option<State> {
        let chunk = self.chunks.get(index)?;
        let variant = chunk.variants.get(choice.variant)?;
        let mut s = state.clone();
        if chunk.kind == ChunkKind::PageBreak {
            if s.y > 0 {
                self.turn(&mut s, index, false, false, events);
            }
            return Some(s);
        }
        if let Some((_, same_page)) = s.ahead.filter(|(figure, _)| *figure == index) {
            // It stands already; there is one way to pass it by.
            s.cost += if same_page { 0.0 } else { price::AHEAD_OF_PAGE };
            s.ahead = None;
            return (choice.variant == 0 && choice.place == Placing::Here).then_some(s);
        }
        s.cost += variant.cost;
        match choice.place {
            Placing::Here => {}
            Placing::Foot => return self.at_foot(s, index, choice, events),
            Placing::Wait => {
                s.cost -= variant.cost;
                s.waiting.push(index);
                s.cost += price::HEAD * (s.waiting.len() * s.waiting.len()) as f64;
                return Some(s);
            }
        }
        if chunk.kind == ChunkKind::Float && !s.waiting.is_empty() {
            return None;
        }
        if choice.turn {
            if s.y == 0 {
                return None;
            }
            self.end_page(&mut s, index, true, choice.ahead, events);
        }
        let first_height = variant.rows.first().map_or(0, |r| r.lines);
        let mut y = if s.y == 0 { 0 } else { s.y + usize::from(choice.gap) };
        if s.y > 0 && y + first_height > s.capacity(self.spec, 0) {
            self.end_page(&mut s, index, true, choice.ahead, events);
            y = if s.y == 0 { 0 } else { s.y + usize::from(chunk.before.ideal.max(1)) };
        } else if s.y > 0 {
            let gap = state.after.meet(chunk.before);
            let off = f64::from(choice.gap.abs_diff(gap.ideal));
            let price = if choice.gap < gap.ideal { price::NARROW_GAP } else { price::GAP };
            s.cost += price * off;
        }
        if chunk.kind == ChunkKind::NotFirst && y == 0 {
            s.cost += 1_500.0;
        }
        self.rows(&mut s, index, choice, y, events);
        s.after = chunk.after;
        // A heading with its figure is not yet a heading with its text.
        let still_kept = state.keep && chunk.kind == ChunkKind::Float && s.page == state.page;
        s.keep = chunk.keep_next || still_kept;
        s.waiting.iter().for_each(|_| s.cost += price::AWAY * height(chunk, choice.variant) as f64);
        Some(s)
    }

    /// Places a chunk's rows from a grid line on, over as many pages as it takes.
    pub(super) fn rows(
        &self,
        s: &mut State,
        index: usize,
        choice: Choice,
        mut y: usize,
        events: &mut Option<&mut Vec<Event>>,
    ) {
        let (Some(chunk), spec) = (self.chunks.get(index), self.spec) else { return };
        let Some(variant) = chunk.variants.get(choice.variant) else { return };
        let rows = &variant.rows;
        let mut short = choice.short;
        let mut from = 0;
        let mut repeat = 0;
        while from < rows.len() {
            // As many rows as fit on this page, with their notes.
            let start = y;
            let mut used = y + heights(&rows[..repeat]);
            let mut notes = 0;
            let mut to = from;
            let mut split = None;
            while let Some(row) = rows.get(to) {
                let own: usize = row.notes.iter().map(|n| (spec.note_lines)(*n)).sum();
                if used + row.lines <= s.capacity(spec, notes + own) {
                    used += row.lines;
                    notes += own;
                    to += 1;
                    continue;
                }
                if let Some(room) = self.note_room(s, used + row.lines, notes, own)
                    && choice.split_note
                {
                    split = Some((to, room, own));
                    used += row.lines;
                    notes += room;
                    to += 1;
                    s.cost += price::NOTE_SPLIT;
                }
                break;
            }
            if to == rows.len() && split.is_none() {
                s.keep = false;
                s.note_lines += notes;
                self.tell(events, index, choice.variant, from, to, start, repeat);
                self.tell_notes(events, rows, from, to, None);
                s.y = used;
                return;
            }
            // The page ends within the chunk: at the last place that is allowed.
            if to > from && split.is_none() {
                to = self.break_row(rows, from, to, short);
                short = 0;
            }
            if to == from {
                if start == 0 {
                    // Higher than a page: set it all the same, once.
                    s.cost += NEVER * 2.0;
                    to = from + 1;
                } else {
                    self.end_page(s, index, from == 0, choice.ahead, events);
                    s.keep = false;
                    y = if s.y == 0 { 0 } else { s.y + 1 };
                    if s.y > 0 && y + rows.get(from).map_or(0, |r| r.lines) > s.capacity(spec, 0) {
                        self.end_page(s, index, false, false, events);
                        y = 0;
                    }
                    repeat = if from > 0 { chunk.repeat } else { 0 };
                    continue;
                }
            }
            s.keep = false;
            let placed = &rows[from..to];
            let kept: usize = match split {
                Some((_, room, own)) => {
                    let all: usize =
                        placed.iter().flat_map(|r| &r.notes).map(|n| (spec.note_lines)(*n)).sum();
                    all - own + room
                }
                None => placed.iter().flat_map(|r| &r.notes).map(|n| (spec.note_lines)(*n)).sum(),
            };
            s.note_lines += kept;
            s.y = start + heights(&rows[..repeat]) + heights(placed);
            self.tell(events, index, choice.variant, from, to, start, repeat);
            if let Some((row, room, own)) = split {
                self.carry(s, rows, row, room, own);
            }
            self.tell_notes(events, rows, from, to, s.carry);
            if to == rows.len() {
                return;
            }
            s.cost += rows.get(to - 1).map_or(0.0, |r| r.break_after);
            self.end_page(s, index, false, choice.ahead, events);
            y = if s.y == 0 { 0 } else { s.y + 1 };
            repeat = chunk.repeat.min(to);
            from = to;
        }
    }

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
    pub(super) fn carry(&self, s: &mut State, rows: &[Row], row: usize, room: usize, own: usize) {
        let Some(note) = rows.get(row).and_then(|r| r.notes.last()) else { return };
        let lines = (self.spec.note_lines)(*note);
        let before = own - lines;
        let from = room.saturating_sub(before).min(lines);
        s.carry = Some((*note, from, lines));
    }

    /// The row before which the page is best ended, `short` lines early if that
    /// is asked for, at a place where it is allowed if there is one.
    pub(super) fn break_row(&self, rows: &[Row], from: usize, to: usize, short: usize) -> usize {
        let wanted = to.saturating_sub(short).max(from);
        let allowed =
            |at: usize| at > from && rows.get(at - 1).is_some_and(|r| r.break_after < NEVER / 8.0);
        let mut at = wanted;
        while at > from && !allowed(at) && wanted - at < 4 {
            at -= 1;
        }
        if allowed(at) {
            at
        } else if wanted - from <= 4 {
            // Nothing allowed on this page: the chunk begins on the next.
            from
        } else {
            wanted
        }
    }

    /// Puts a figure at the head of the page, below what is there already.
    pub(super) fn at_head(
        &self,
        s: &mut State,
        figure: usize,
        events: &mut Option<&mut Vec<Event>>,
    ) {
        let Some(chunk) = self.chunks.get(figure) else { return };
        let lines = height(chunk, 0);
        let notes = self.notes_of(chunk, 0);
        let at = if s.y == 0 { 0 } else { s.y + 1 };
        if at > 0 && at + lines > s.capacity(self.spec, notes) {
            s.waiting.push(figure);
            s.cost += price::OVERLEAF;
            return;
        }
        s.y = at + lines;
        s.note_lines += notes;
        s.after = Gap::LINE;
        let rows = chunk.variants.first().map_or(0, |v| v.rows.len());
        self.tell(events, figure, 0, 0, rows, at, 0);
        if let Some(variant) = chunk.variants.first() {
            self.tell_notes(events, &variant.rows, 0, rows, None);
        }
    }

    /// Puts a figure at the foot of the page at hand.
    pub(super) fn at_foot(
        &self,
        mut s: State,
        index: usize,
        choice: Choice,
        events: &mut Option<&mut Vec<Event>>,
    ) -> Option<State> {
        let chunk = self.chunks.get(index)?;
        let lines = height(chunk, choice.variant);
        // Above it a line of air; and at least two lines of text must follow before it.
        let free = s.capacity(self.spec, 0).checked_sub(s.y)?;
        if s.foot > 0 || s.y == 0 || !s.waiting.is_empty() || s.ahead.is_some() || s.note_lines > 0
        {
            return None;
        }
        if free < lines + 3 || self.notes_of(chunk, choice.variant) > 0 {
            return None;
        }
        s.foot += lines + 1;
        s.cost += price::FOOT + price::AWAY * (free - lines - 1) as f64;
        if let Some(events) = events.as_deref_mut() {
            events.push(Event::Foot { chunk: index, variant: choice.variant });
        }
        Some(s)
    }

    pub(super) fn notes_of(&self, chunk: &Chunk, variant: usize) -> usize {
        let rows = chunk.variants.get(variant).map_or(&[][..], |v| &v.rows);
        rows.iter().flat_map(|r| &r.notes).map(|n| (self.spec.note_lines)(*n)).sum()
    }

    #[allow(clippy::too_many_arguments, reason = "the fields of one event")]
    pub(super) fn tell(
        &self,
        events: &mut Option<&mut Vec<Event>>,
        chunk: usize,
        variant: usize,
        from: usize,
        to: usize,
        at: usize,
        repeat: usize,
    ) {
        if let Some(events) = events.as_deref_mut()
            && to > from
        {
            events.push(Event::Place { chunk, variant, from, to, at, repeat });
        }
    }

    pub(super) fn tell_notes(
        &self,
        events: &mut Option<&mut Vec<Event>>,
        rows: &[Row],
        from: usize,
        to: usize,
        carry: Option<(NoteId, usize, usize)>,
    ) {
        let Some(events) = events.as_deref_mut() else { return };
        for &note in rows.get(from..to).unwrap_or(&[]).iter().flat_map(|r| &r.notes) {
            let lines = match carry {
                Some((carried, from, _)) if carried == note => from,
                _ => (self.spec.note_lines)(note),
            };
            if lines > 0 {
                events.push(Event::Note { note, from: 0, to: lines });
            }
        }
    }
}
