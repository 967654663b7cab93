//! The search for the cheapest pages: dynamic programming over the chunks.

use std::collections::HashMap;

use crate::typeset::chunk::ChunkKind;
use crate::typeset::page_costs::{
    Cost, FIGURE_OVERLEAF, HOLE_ABOVE_FIGURE, LAST_PAGE_LINES, SHORT_LAST_PAGE, SPLIT_NOTE,
};

use super::advance::{Choice, Position};
use super::chapter::ChunkList;
use super::recorder::{CostKind, PageEnd, Recorder};
use super::state::{Key, State};

/// How many states are kept after each chunk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beam {
    /// No more than so many, the cheapest.
    pub states: usize,
    /// None that is so much dearer than the cheapest.
    pub excess: Cost,
}

impl Beam {
    /// Narrow enough that a chapter takes milliseconds. Within it the search is
    /// exact; a way that is cut off here could in principle still have won.
    pub(super) const DEFAULT: Beam = Beam { states: 300, excess: Cost(60_000.0) };
}

/// A page is ended before a chunk that would fit only if it lacks at most so
/// many lines; two lines short are dear already.
const MOST_LINES_LEFT: usize = 4;
/// A page is ended within a chunk at most so many lines early.
const MOST_LINES_EARLY: usize = 2;

/// The cheapest way that was found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// One for each chunk.
    pub choices: Vec<Choice>,
    pub cost: Cost,
}

/// A state with the way it was reached.
struct Node {
    state: State,
    before: usize,
    choice: Option<Choice>,
}

/// A search through the pages of a chapter.
pub(super) struct Search<'a> {
    list: ChunkList<'a>,
    beam: Beam,
    barred: &'a [PageEnd],
}

impl<'a> Search<'a> {
    pub(super) fn new(list: ChunkList<'a>, beam: Beam) -> Search<'a> {
        Search { list, beam, barred: &[] }
    }

    /// The same, but no page may end at some places.
    pub(super) fn without(self, barred: &'a [PageEnd]) -> Search<'a> {
        Search { barred, ..self }
    }

    /// Finds the cheapest way; `None` if there is none that isn't barred.
    pub(super) fn run(&self) -> Option<Found> {
        let mut nodes = vec![Node { state: State::beginning(), before: usize::MAX, choice: None }];
        let mut frontier = vec![0];
        for index in 0..self.list.chunks.len() {
            frontier = self.step(&mut nodes, &frontier, index);
        }
        let (end, cost) = frontier
            .iter()
            .filter_map(|&i| Some((i, self.total(&nodes.get(i)?.state))))
            .min_by(|(_, a), (_, b)| a.total_cmp(b))?;
        let mut choices = Vec::new();
        let mut at = end;
        while let Some(Node { choice: Some(choice), before, .. }) = nodes.get(at) {
            choices.push(*choice);
            at = *before;
        }
        choices.reverse();
        Some(Found { choices, cost })
    }

    /// Advances all states over a chunk and keeps the cheapest for each key.
    fn step(&self, nodes: &mut Vec<Node>, frontier: &[usize], index: usize) -> Vec<usize> {
        let mut best: HashMap<Key, usize> = HashMap::new();
        let mut next: Vec<usize> = Vec::new();
        for &from in frontier {
            let before = nodes[from].state.clone();
            self.choices(&before, index, &mut |choice, state| {
                let key = state.key();
                let node = Node { state, before: from, choice: Some(choice) };
                match best.get(&key) {
                    Some(&old) if nodes[old].state.cost <= node.state.cost => {}
                    Some(&old) => nodes[old] = node,
                    None => {
                        best.insert(key, nodes.len());
                        next.push(nodes.len());
                        nodes.push(node);
                    }
                }
            });
        }
        next.sort_by(|&a, &b| nodes[a].state.cost.total_cmp(&nodes[b].state.cost).then(a.cmp(&b)));
        let least = next.first().map_or(Cost::ZERO, |&i| nodes[i].state.cost);
        next.retain(|&i| nodes[i].state.cost <= least + self.beam.excess);
        next.truncate(self.beam.states);
        next
    }

    /// Every way to advance a state over a chunk.
    pub(super) fn choices(
        &self,
        state: &State,
        index: usize,
        found: &mut impl FnMut(Choice, State),
    ) {
        let Some(chunk) = self.list.get(index) else { return };
        let gap = state.gap_after.meet(chunk.before);
        let gaps = if state.filled == 0 { 0..=0 } else { gap.min..=gap.max };
        // A figure that comes soon could stand at the head of a page that begins.
        let figure_near = state.ahead.is_none()
            && state.waiting.is_empty()
            && self.list.next_figure(index).is_some();
        let positions: &[Position] = match chunk.kind {
            ChunkKind::Float => &[Position::InPlace, Position::Foot, Position::NextHead],
            ChunkKind::Flow | ChunkKind::NotAtPageTop | ChunkKind::PageBreak => {
                &[Position::InPlace]
            }
        };
        for &position in positions {
            // Away from its place a figure has no gap, and its size at the next
            // head is not chosen before it stands there.
            let variants = if position == Position::NextHead { 1 } else { chunk.variants.len() };
            for variant in 0..variants {
                for gap in gaps.clone() {
                    let plain = Choice {
                        variant,
                        gap,
                        new_page: false,
                        short: 0,
                        split_note: false,
                        figure_ahead: false,
                        position,
                    };
                    self.choices_of(state, index, (plain, figure_near), found);
                    if position != Position::InPlace {
                        break;
                    }
                }
            }
        }
    }

    /// A choice, and what differs from it where it comes to a page's end.
    fn choices_of(
        &self,
        state: &State,
        index: usize,
        (plain, figure_near): (Choice, bool),
        found: &mut impl FnMut(Choice, State),
    ) {
        let Some(reached) = self.list.advance(state, index, plain, &mut ()) else { return };
        let turned = reached.page > state.page;
        let noted = turned || reached.note_lines != state.note_lines;
        if self.allowed(state, index, plain) {
            found(plain, reached);
        }
        let mut also = |choice: Choice| {
            if let Some(reached) = self.list.advance(state, index, choice, &mut ())
                && self.allowed(state, index, choice)
            {
                found(choice, reached);
            }
        };
        if turned {
            for short in 1..=MOST_LINES_EARLY {
                also(Choice { short, ..plain });
            }
            if noted {
                also(Choice { split_note: true, ..plain });
            }
            if figure_near {
                also(Choice { figure_ahead: true, ..plain });
            }
        } else if state.filled > 0
            && plain.position == Position::InPlace
            && state.filled + MOST_LINES_LEFT >= state.capacity(self.list.spec, 0)
        {
            // The page may also be ended before the chunk.
            let choice = Choice { new_page: true, ..plain };
            also(choice);
            if figure_near {
                also(Choice { figure_ahead: true, ..choice });
            }
        }
    }

    /// Whether a choice ends no page where none may end.
    fn allowed(&self, state: &State, index: usize, choice: Choice) -> bool {
        if self.barred.is_empty() {
            return true;
        }
        let mut ends: Vec<PageEnd> = Vec::new();
        self.list.advance(state, index, choice, &mut ends);
        !ends.iter().any(|end| self.barred.contains(end))
    }

    /// What a way costs whose last state this is.
    pub(super) fn total(&self, last: &State) -> Cost {
        let mut s = last.clone();
        self.list.close(&mut s, &mut ());
        s.cost
    }
}

impl ChunkList<'_> {
    /// Pays for what is wrong with the last page of a chapter.
    pub(super) fn close(&self, s: &mut State, recorder: &mut impl Recorder) {
        if s.page > 0 && s.filled < LAST_PAGE_LINES {
            let missing = LAST_PAGE_LINES - s.filled;
            s.charge(CostKind::LastPage, SHORT_LAST_PAGE * missing, recorder);
        }
        let unplaced = FIGURE_OVERLEAF * 2.0 * s.waiting.len();
        s.charge(CostKind::FigureMoved, unplaced, recorder);
        if !s.note_rest.is_empty() {
            s.charge(CostKind::SplitNote, SPLIT_NOTE, recorder);
        }
        if s.figure_lines > 0 {
            // A figure at the foot of a page that the text doesn't fill.
            let hole = s.capacity(self.spec, 0).saturating_sub(s.filled);
            s.charge(CostKind::LastPage, HOLE_ABOVE_FIGURE * hole, recorder);
        }
    }
}
