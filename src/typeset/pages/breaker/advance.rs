//! Advancing a state over one chunk.

use crate::typeset::chunk::{Chunk, ChunkKind};
use crate::typeset::page_costs::{
    Cost, FIGURE_AHEAD_OF_PAGE, FIGURE_AT_HEAD, FIGURE_AWAY, NARROW_GAP, SEPARATOR_AT_HEAD,
    WIDE_GAP,
};

use super::chapter::{ChunkList, height};
use super::end_page::Turn;
use super::recorder::{CostKind, PageEnd, Recorder};
use super::rows::Placing;
use super::state::State;

/// One way to set a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    pub variant: usize,
    /// The space above it, in grid lines.
    pub gap: u8,
    /// The page is ended before the chunk.
    pub new_page: bool,
    /// The page is ended this many lines early where the chunk is broken.
    pub short: usize,
    /// A note that doesn't fit is continued on the next page.
    pub split_note: bool,
    /// After a page's end, the next figure is put at the head of the new page.
    pub figure_ahead: bool,
    pub position: Position,
}

/// Where a chunk goes; all but figures have no choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// Where it is written.
    InPlace,
    /// At the foot of the page at hand.
    Foot,
    /// At the head of the next page.
    NextHead,
}

impl ChunkList<'_> {
    /// Advances a state over a chunk; `None` where the choice can't be made.
    pub(super) fn advance(
        &self,
        state: &State,
        index: usize,
        choice: Choice,
        recorder: &mut impl Recorder,
    ) -> Option<State> {
        let chunk = self.get(index)?;
        let variant = chunk.variants.get(choice.variant)?;
        let mut s = state.clone();
        if chunk.kind == ChunkKind::PageBreak {
            if s.filled > 0 {
                recorder.page_end(PageEnd { chunk: index, row: 0 });
                let turn = Turn { text_follows: true, ..Turn::default() };
                self.new_page(&mut s, turn, recorder);
            }
            return Some(s);
        }
        if let Some(ahead) = s.ahead.filter(|ahead| ahead.figure == index) {
            // It stands already; there is one way to pass it by.
            if !ahead.on_this_page {
                s.charge(CostKind::FigureMoved, FIGURE_AHEAD_OF_PAGE, recorder);
            }
            s.ahead = None;
            let only = choice.variant == 0 && choice.position == Position::InPlace;
            return only.then_some(s);
        }
        match choice.position {
            Position::InPlace => self.in_place(s, state, chunk, (index, choice), recorder),
            Position::Foot => {
                s.charge(CostKind::Variant, variant.cost, recorder);
                self.figure_at_foot(&mut s, index, choice.variant, recorder)?;
                Some(s)
            }
            Position::NextHead => {
                s.waiting.push(index);
                let waiting = s.waiting.len();
                s.charge(CostKind::FigureMoved, FIGURE_AT_HEAD * (waiting * waiting), recorder);
                Some(s)
            }
        }
    }

    /// Sets a chunk where it is written; `s` is a copy of the state `before`.
    fn in_place(
        &self,
        mut s: State,
        before: &State,
        chunk: &Chunk,
        (index, choice): (usize, Choice),
        recorder: &mut impl Recorder,
    ) -> Option<State> {
        if chunk.kind == ChunkKind::Float && !s.waiting.is_empty() {
            return None;
        }
        let end = PageEnd { chunk: index, row: 0 };
        if choice.new_page {
            if s.filled == 0 {
                return None;
            }
            self.end_page(&mut s, end, choice.figure_ahead, recorder);
        }
        let variant = chunk.variants.get(choice.variant)?;
        let first_height = variant.rows.first().map_or(0, |r| r.lines);
        let mut at = s.next_line(usize::from(choice.gap));
        if s.filled > 0 && at + first_height > s.capacity(self.spec, 0) {
            self.end_page(&mut s, end, choice.figure_ahead, recorder);
            at = s.next_line(usize::from(chunk.before.ideal.max(1)));
        } else if s.filled > 0 {
            let ideal = before.gap_after.meet(chunk.before).ideal;
            let off = usize::from(choice.gap.abs_diff(ideal));
            match choice.gap < ideal {
                true => s.charge(CostKind::NarrowGap, NARROW_GAP * off, recorder),
                false => s.charge(CostKind::WideGap, WIDE_GAP * off, recorder),
            }
        }
        if chunk.kind == ChunkKind::NotAtPageTop && at == 0 {
            s.charge(CostKind::SeparatorAtHead, SEPARATOR_AT_HEAD, recorder);
        }
        s.charge(CostKind::Variant, variant.cost, recorder);
        let placing = Placing {
            chunk: index,
            variant: choice.variant,
            short: choice.short,
            split_note: choice.split_note,
            figure_ahead: choice.figure_ahead,
        };
        self.place_rows(&mut s, placing, at, recorder);
        s.gap_after = chunk.after;
        // A heading with its figure is not yet a heading with its text.
        let still_kept =
            before.keep_with_next && chunk.kind == ChunkKind::Float && s.page == before.page;
        s.keep_with_next = chunk.keep_next || still_kept;
        let away = FIGURE_AWAY * height(chunk, choice.variant);
        let waiting: Cost = s.waiting.iter().map(|_| away).sum();
        s.charge(CostKind::FigureMoved, waiting, recorder);
        Some(s)
    }

    /// Makes choices again and tells what they do; the state they lead to.
    pub(super) fn replay(&self, choices: &[Choice], recorder: &mut impl Recorder) -> State {
        let mut state = State::beginning();
        for (index, choice) in choices.iter().enumerate() {
            match self.advance(&state, index, *choice, recorder) {
                Some(next) => state = next,
                None => debug_assert!(false, "a choice that was made can be made again"),
            }
        }
        state
    }

    /// Figures that found no page, after the text if there is room, else on the
    /// next page; and what is left of notes.
    pub(super) fn place_the_rest(&self, mut state: State, recorder: &mut impl Recorder) {
        let count = self.chunks.len();
        let rest: usize = state.note_rest.iter().map(|rest| rest.to - rest.from).sum();
        // Each page takes a figure or a line of a note.
        for _ in 0..count + rest + 2 {
            if state.waiting.is_empty() && state.note_rest.is_empty() {
                break;
            }
            let fits = state.waiting.first().and_then(|&f| self.get(f)).is_some_and(|chunk| {
                let lines = height(chunk, 0);
                state.note_rest.is_empty()
                    && state.filled + 1 + lines <= state.capacity(self.spec, 0)
            });
            if fits {
                let figure = state.waiting.remove(0);
                self.figure_at_head(&mut state, figure, recorder);
            } else {
                recorder.page_end(PageEnd { chunk: count, row: 0 });
                self.new_page(&mut state, Turn::default(), recorder);
            }
        }
    }
}
