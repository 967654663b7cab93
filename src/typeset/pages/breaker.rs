//! The best pages for a whole chapter.
//!
//! All heights are whole grid lines, so that a page is full or it is not, and
//! the search is one over whole numbers: a state says how far the page at hand
//! is filled, by text from the top and by notes and figures from the foot, and
//! chunk by chunk every state is carried on in every way that is allowed. The
//! cheapest way to reach a state is kept (dynamic programming after Michael F.
//! Plass, *Optimal Pagination Techniques for Automatic Typesetting Systems*,
//! 1981), and the whole chapter is followed back from its cheapest end. What
//! gives: paragraphs set a line longer or shorter, pictures a little smaller,
//! the space above headings, figures moved to the head or foot of a page.

use std::collections::HashMap;

mod advance;
mod end_page;
mod state;

use crate::model::NoteId;
use crate::typeset::chunk::{Chunk, ChunkKind};

use state::{Key, State, beginning};

/// The page as the search sees it.
#[derive(Clone, Copy)]
pub struct PageSpec<'a> {
    /// Grid lines on a full page.
    pub lines: usize,
    /// From baseline to baseline of the text, in points.
    pub leading: f64,
    /// From baseline to baseline of notes, in points.
    pub note_leading: f64,
    /// How many lines each note takes.
    pub note_lines: &'a dyn Fn(NoteId) -> usize,
    /// Whether the first page is a right-hand one.
    pub starts_recto: bool,
}

impl PageSpec<'_> {
    /// The grid lines that so many lines of notes take from the foot of a page.
    pub fn note_area(&self, lines: usize) -> usize {
        if lines == 0 {
            return 0;
        }
        // Above the first note's baseline: its height, the rule and some air.
        let height = self.note_leading * (lines as f64 - 1.0) + self.leading * 1.45;
        (height / self.leading).ceil() as usize
    }
}

/// One step in the making of pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A new page begins.
    Turn,
    /// Rows of a chunk are placed, their first line on this grid line.
    Place {
        /// The chunk.
        chunk: usize,
        /// Which of its variants.
        variant: usize,
        /// Its first row.
        from: usize,
        /// One past its last row.
        to: usize,
        /// The grid line of the first row.
        at: usize,
        /// So many rows of the variant's head are repeated above.
        repeat: usize,
    },
    /// A figure stands at the foot of the page at hand, above its notes.
    Foot {
        /// The chunk.
        chunk: usize,
        /// Which of its variants.
        variant: usize,
    },
    /// Lines of a note stand at the foot of the page at hand.
    Note {
        /// The note.
        note: NoteId,
        /// Its first line.
        from: usize,
        /// One past its last line.
        to: usize,
    },
}

/// The pages of a chapter.
#[derive(Debug, Clone, Default)]
pub struct PageBreaks {
    /// What happens, from the first page to the last.
    pub events: Vec<Event>,
    /// What it costs.
    pub cost: f64,
}

mod price {
    /// A page that ends a line early.
    pub const SHORT: f64 = 4_000.0;
    /// The same where notes stand below and hide it.
    pub const SHORT_ABOVE_NOTES: f64 = 250.0;
    /// Facing pages that don't end level, for each line.
    pub const UNLEVEL: f64 = 3_000.0;
    /// A gap that isn't what it should be, for each line.
    pub const GAP: f64 = 150.0;
    /// A gap that is too narrow, for each line: headings must not crowd the text.
    pub const NARROW_GAP: f64 = 700.0;
    /// A page more.
    pub const PAGE: f64 = 20.0;
    /// A figure at the foot of its page instead of its place.
    pub const FOOT: f64 = 70.0;
    /// A figure at the head of the next page.
    pub const HEAD: f64 = 90.0;
    /// The same over the leaf.
    pub const OVERLEAF: f64 = 250.0;
    /// A figure at the head of the page it is mentioned on.
    pub const AHEAD: f64 = 80.0;
    /// A figure that stands ahead on the left of a spread mentioned on the right.
    pub const AHEAD_OF_PAGE: f64 = 400.0;
    /// Each line of text between a figure's place and where it stands.
    pub const AWAY: f64 = 6.0;
    /// A last page with fewer lines than this, for each line missing.
    pub const LAST_LINES: usize = 5;
    /// See above.
    pub const LAST_SHORT: f64 = 2_500.0;
    /// A note carried over to the next page.
    pub const NOTE_SPLIT: f64 = 900.0;
    /// States this much dearer than the best are given up.
    pub const BEAM: f64 = 60_000.0;
    /// More states than this are not kept.
    pub const MOST_STATES: usize = 300;
}

/// How a state is carried over one chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Choice {
    variant: usize,
    gap: u8,
    /// The page is ended before the chunk.
    turn: bool,
    /// The page is ended this many lines early where the chunk is broken.
    short: usize,
    /// A note that doesn't fit is continued on the next page.
    split_note: bool,
    /// After a turn, the next figure is put at the head of the new page.
    ahead: bool,
    place: Placing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Placing {
    Here,
    Foot,
    Wait,
}

/// A state with the way it was reached.
struct Node {
    state: State,
    before: usize,
    choice: Option<Choice>,
}

/// Finds the cheapest pages for the chunks of a chapter.
pub fn break_pages(chunks: &[Chunk], spec: &PageSpec<'_>) -> PageBreaks {
    let mut nodes = vec![Node { state: beginning(), before: usize::MAX, choice: None }];
    let mut frontier = vec![0];
    let search = Search { chunks, spec };
    for index in 0..chunks.len() {
        let mut best: HashMap<Key, usize> = HashMap::new();
        let mut next: Vec<usize> = Vec::new();
        for &from in &frontier {
            search.choices(&nodes[from].state.clone(), index, |choice, state| {
                let key = state.key();
                match best.get(&key) {
                    Some(&old) if nodes[old].state.cost <= state.cost => {}
                    Some(&old) => {
                        nodes[old] = Node { state, before: from, choice: Some(choice) };
                    }
                    None => {
                        best.insert(key, nodes.len());
                        next.push(nodes.len());
                        nodes.push(Node { state, before: from, choice: Some(choice) });
                    }
                }
            });
        }
        next.sort_by(|&a, &b| nodes[a].state.cost.total_cmp(&nodes[b].state.cost).then(a.cmp(&b)));
        let least = next.first().map_or(0.0, |&i| nodes[i].state.cost);
        next.retain(|&i| nodes[i].state.cost <= least + price::BEAM);
        next.truncate(price::MOST_STATES);
        frontier = next;
    }
    let end = frontier
        .iter()
        .copied()
        .map(|i| (i, search.closing_cost(&nodes[i].state)))
        .min_by(|(_, a), (_, b)| a.total_cmp(b));
    let Some((end, cost)) = end else { return PageBreaks::default() };
    let mut choices = Vec::new();
    let mut at = end;
    while let Some(choice) = nodes[at].choice {
        choices.push(choice);
        at = nodes[at].before;
    }
    choices.reverse();
    PageBreaks { events: search.replay(&choices), cost }
}

struct Search<'a> {
    chunks: &'a [Chunk],
    spec: &'a PageSpec<'a>,
}

impl Search<'_> {
    /// Every way to carry a state over a chunk.
    fn choices(&self, state: &State, index: usize, mut found: impl FnMut(Choice, State)) {
        let Some(chunk) = self.chunks.get(index) else { return };
        let gap = state.after.meet(chunk.before);
        let gaps = if state.y == 0 { 0..=0 } else { gap.min..=gap.max };
        let figure_near = self.figure_near(index, state);
        let placings: &[Placing] = match chunk.kind {
            ChunkKind::Float => &[Placing::Here, Placing::Foot, Placing::Wait],
            ChunkKind::Flow | ChunkKind::NotFirst | ChunkKind::PageBreak => &[Placing::Here],
        };
        for &place in placings {
            for variant in 0..chunk.variants.len() {
                for gap in gaps.clone() {
                    let base = Choice {
                        variant,
                        gap,
                        turn: false,
                        short: 0,
                        split_note: false,
                        ahead: false,
                        place,
                    };
                    self.try_choice(state, index, base, figure_near, &mut found);
                    if place != Placing::Here {
                        break;
                    }
                }
                if place == Placing::Wait {
                    break;
                }
            }
        }
    }

    /// A choice, and what differs from it where it comes to a page's end.
    fn try_choice(
        &self,
        state: &State,
        index: usize,
        base: Choice,
        figure_near: bool,
        found: &mut impl FnMut(Choice, State),
    ) {
        let Some(plain) = self.advance(state, index, base, &mut None) else { return };
        let turned = plain.page > state.page;
        let noted = plain.note_lines != state.note_lines || turned;
        found(base, plain);
        let mut more = |choice: Choice| {
            if let Some(state) = self.advance(state, index, choice, &mut None) {
                found(choice, state);
            }
        };
        if turned {
            for short in 1..=2 {
                more(Choice { short, ..base });
            }
            if noted {
                more(Choice { split_note: true, ..base });
            }
            if figure_near {
                more(Choice { ahead: true, ..base });
            }
        } else if state.y > 0 && base.place == Placing::Here {
            // The page may also be ended before the chunk.
            let choice = Choice { turn: true, ..base };
            if state.y + 4 >= state.capacity(self.spec, 0) {
                more(choice);
                if figure_near {
                    more(Choice { ahead: true, ..choice });
                }
            }
        }
    }

    /// Whether a figure comes soon that could stand at the head of the page.
    fn figure_near(&self, index: usize, state: &State) -> bool {
        state.ahead.is_none() && state.waiting.is_empty() && self.next_figure(index).is_some()
    }

    fn next_figure(&self, index: usize) -> Option<usize> {
        let mut lines = 0;
        for (i, chunk) in self.chunks.iter().enumerate().skip(index + 1) {
            if chunk.kind == ChunkKind::Float {
                return Some(i);
            }
            lines += height(chunk, 0);
            if lines > self.spec.lines || chunk.kind == ChunkKind::PageBreak {
                return None;
            }
        }
        None
    }

    /// What a state costs if the chapter ends with it.
    fn closing_cost(&self, s: &State) -> f64 {
        let mut cost = s.cost;
        if s.page > 0 && s.y < price::LAST_LINES {
            cost += price::LAST_SHORT * (price::LAST_LINES - s.y) as f64;
        }
        cost += price::OVERLEAF * 2.0 * s.waiting.len() as f64;
        if s.carry.is_some() {
            cost += price::NOTE_SPLIT;
        }
        if s.foot > 0 {
            // A figure at the foot of a page that the text doesn't fill.
            cost += 30.0 * s.capacity(self.spec, 0).saturating_sub(s.y) as f64;
        }
        cost
    }

    /// Makes the same choices again and writes down what they do.
    fn replay(&self, choices: &[Choice]) -> Vec<Event> {
        let mut events = Vec::new();
        let mut state = beginning();
        for (index, choice) in choices.iter().enumerate() {
            match self.advance(&state, index, *choice, &mut Some(&mut events)) {
                Some(next) => state = next,
                None => debug_assert!(false, "a choice that was made can be made again"),
            }
        }
        let mut guard = 0;
        while (!state.waiting.is_empty() || state.carry.is_some()) && guard < self.chunks.len() + 2
        {
            guard += 1;
            // Figures that found no page: after the text if there is room, else overleaf.
            let fits =
                state.waiting.first().and_then(|&f| self.chunks.get(f)).is_some_and(|chunk| {
                    state.carry.is_none()
                        && state.y + 1 + height(chunk, 0) <= state.capacity(self.spec, 0)
                });
            if fits {
                let figure = state.waiting.remove(0);
                self.at_head(&mut state, figure, &mut Some(&mut events));
            } else {
                self.turn(&mut state, self.chunks.len(), false, false, &mut Some(&mut events));
            }
        }
        events
    }
}

/// The grid lines of a chunk's variant.
fn height(chunk: &Chunk, variant: usize) -> usize {
    chunk.variants.get(variant).map_or(0, |v| heights(&v.rows))
}

fn heights(rows: &[crate::typeset::chunk::Row]) -> usize {
    rows.iter().map(|r| r.lines).sum()
}

#[cfg(test)]
mod tests;
