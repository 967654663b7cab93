//! Ending a page and beginning the next.

use crate::typeset::chunk::{Gap, NEVER};

use super::state::State;
use super::{Event, Search, price};

impl Search<'_> {
    /// Ends the page at hand and begins the next one.
    pub(super) fn end_page(
        &self,
        s: &mut State,
        index: usize,
        between: bool,
        ahead: bool,
        events: &mut Option<&mut Vec<Event>>,
    ) {
        if between && s.keep {
            s.cost += NEVER;
        }
        let capacity = s.capacity(self.spec, 0);
        let short = capacity.saturating_sub(s.y);
        let hidden = s.note_lines > 0 || s.foot > 0;
        let price = if hidden { price::SHORT_ABOVE_NOTES } else { price::SHORT };
        s.cost += price * (short * (short + 1)) as f64 / 2.0;
        let visible = if hidden { 0 } else { short };
        let recto = s.page.is_multiple_of(2) == self.spec.starts_recto;
        if recto {
            s.cost += price::UNLEVEL * s.left_short.abs_diff(visible) as f64;
            s.left_short = 0;
        } else {
            s.left_short = visible;
        }
        self.turn(s, index, ahead, recto, events);
    }

    /// Begins a new page, with what waits for its head.
    pub(super) fn turn(
        &self,
        s: &mut State,
        index: usize,
        ahead: bool,
        overleaf: bool,
        events: &mut Option<&mut Vec<Event>>,
    ) {
        s.page += 1;
        s.cost += price::PAGE;
        s.y = 0;
        s.note_lines = 0;
        s.foot = 0;
        s.after = Gap::NONE;
        if let Some(events) = events.as_deref_mut() {
            events.push(Event::Turn);
        }
        if let Some((note, from, to)) = s.carry.take() {
            s.note_lines = to - from;
            if let Some(events) = events.as_deref_mut() {
                events.push(Event::Note { note, from, to });
            }
        }
        match &mut s.ahead {
            // It stands a page before its place: on the same spread, or not at all.
            Some((_, same)) if *same && !overleaf => *same = false,
            Some(_) => s.cost += NEVER,
            None => {}
        }
        for figure in std::mem::take(&mut s.waiting) {
            if overleaf {
                s.cost += price::OVERLEAF;
            }
            self.at_head(s, figure, events);
        }
        if ahead
            && s.ahead.is_none()
            && let Some(figure) = self.next_figure(index)
        {
            s.cost += price::AHEAD;
            s.ahead = Some((figure, true));
            self.at_head(s, figure, events);
        }
    }
}
