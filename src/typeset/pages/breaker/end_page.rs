//! Ending a page and beginning the next.

use crate::typeset::chunk::{Gap, NEVER};
use crate::typeset::page_costs::{
    FIGURE_AHEAD, FIGURE_OVERLEAF, PAGE, SHORT_ABOVE_NOTES, SHORT_PAGE, UNLEVEL_SPREAD,
};

use super::chapter::ChunkList;
use super::recorder::{CostKind, Event, PageEnd, Recorder};
use super::state::{FigureAhead, State};

/// How a new page begins.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Turn {
    /// A figure put at its head, before its place in the text.
    pub ahead: Option<usize>,
    /// The leaf is turned for it.
    pub overleaf: bool,
    /// More is to come than figures and notes that found no room before.
    pub text_follows: bool,
}

impl ChunkList<'_> {
    /// Ends the page at hand, which may be short, and begins the next one; with
    /// `figure_ahead` the next figure is put at its head.
    pub(super) fn end_page(
        &self,
        s: &mut State,
        end: PageEnd,
        figure_ahead: bool,
        recorder: &mut impl Recorder,
    ) {
        if end.row == 0 && s.keep_with_next {
            s.charge(CostKind::HeadingAtFoot, NEVER, recorder);
        }
        let short = s.capacity(self.spec, 0).saturating_sub(s.filled);
        let hidden = s.note_lines > 0 || s.figure_lines > 0;
        let each = if hidden { SHORT_ABOVE_NOTES } else { SHORT_PAGE };
        s.charge(CostKind::ShortPage, each * ((short * (short + 1)) as f64 / 2.0), recorder);
        let visible = if hidden { 0 } else { short };
        let recto = s.page.is_multiple_of(2) == self.spec.starts_recto;
        if recto {
            let apart = s.left_short.abs_diff(visible);
            s.charge(CostKind::UnlevelSpread, UNLEVEL_SPREAD * apart, recorder);
            s.left_short = 0;
        } else {
            s.left_short = visible;
        }
        recorder.page_end(end);
        let ahead = if figure_ahead { self.next_figure(end.chunk) } else { None };
        let turn = Turn { ahead, overleaf: recto, text_follows: true };
        self.new_page(s, turn, recorder);
    }

    /// Begins a new page, with what waits for its head and what is left of notes.
    pub(super) fn new_page(&self, s: &mut State, turn: Turn, recorder: &mut impl Recorder) {
        let Turn { ahead, overleaf, text_follows } = turn;
        s.page += 1;
        s.charge(CostKind::Page, PAGE, recorder);
        s.filled = 0;
        s.note_lines = 0;
        s.figure_lines = 0;
        s.gap_after = Gap::NONE;
        recorder.event(Event::NewPage);
        self.carry_notes(s, text_follows, recorder);
        match &mut s.ahead {
            // It stands a page before its place: on the same spread, or not at all.
            Some(figure) if figure.on_this_page && !overleaf => figure.on_this_page = false,
            Some(_) => s.charge(CostKind::FigureMoved, NEVER, recorder),
            None => {}
        }
        for figure in std::mem::take(&mut s.waiting) {
            if overleaf {
                s.charge(CostKind::FigureMoved, FIGURE_OVERLEAF, recorder);
            }
            self.figure_at_head(s, figure, recorder);
        }
        if let Some(figure) = ahead.filter(|_| s.ahead.is_none()) {
            s.charge(CostKind::FigureMoved, FIGURE_AHEAD, recorder);
            s.ahead = Some(FigureAhead { figure, on_this_page: true });
            self.figure_at_head(s, figure, recorder);
        }
    }
}
