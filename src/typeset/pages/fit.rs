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

use crate::model::NoteId;
use crate::typeset::chunk::{Chunk, ChunkKind, Gap, NEVER};

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
pub struct PageFit {
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

/// How far the making of pages has come.
#[derive(Debug, Clone, PartialEq)]
struct State {
    /// Grid lines filled from the top.
    y: usize,
    /// Lines of notes at the foot.
    note_lines: usize,
    /// Grid lines that figures take at the foot.
    foot: usize,
    /// Pages before this one.
    page: usize,
    /// Figures waiting for the head of the next page, with their distance.
    waiting: Vec<usize>,
    /// A figure that already stands at the head of a page, before its place.
    ahead: Option<(usize, bool)>,
    /// How many lines the left page of this spread is short.
    left_short: usize,
    /// Lines of a note that go on on the next page.
    carry: Option<(NoteId, usize, usize)>,
    /// The space the last chunk wants after it.
    after: Gap,
    /// The last chunk must not end the page.
    keep: bool,
    cost: f64,
}

type Key = (
    usize,
    usize,
    usize,
    bool,
    Vec<usize>,
    Option<(usize, bool)>,
    usize,
    Option<(NoteId, usize, usize)>,
    bool,
);

impl State {
    fn key(&self) -> Key {
        (
            self.y,
            self.note_lines,
            self.foot,
            self.page.is_multiple_of(2),
            self.waiting.clone(),
            self.ahead,
            self.left_short,
            self.carry,
            self.keep,
        )
    }

    /// The grid lines free for text on the page at hand.
    fn capacity(&self, spec: &PageSpec<'_>, more_notes: usize) -> usize {
        let area = spec.note_area(self.note_lines + more_notes);
        spec.lines.saturating_sub(area + self.foot)
    }
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
pub fn fit_pages(chunks: &[Chunk], spec: &PageSpec<'_>) -> PageFit {
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
    let Some((end, cost)) = end else { return PageFit::default() };
    let mut choices = Vec::new();
    let mut at = end;
    while let Some(choice) = nodes[at].choice {
        choices.push(choice);
        at = nodes[at].before;
    }
    choices.reverse();
    PageFit { events: search.replay(&choices), cost }
}

fn beginning() -> State {
    State {
        y: 0,
        note_lines: 0,
        foot: 0,
        page: 0,
        waiting: Vec::new(),
        ahead: None,
        left_short: 0,
        carry: None,
        after: Gap::NONE,
        keep: false,
        cost: 0.0,
    }
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
        let Some(plain) = self.carry_over(state, index, base, &mut None) else { return };
        let turned = plain.page > state.page;
        let noted = plain.note_lines != state.note_lines || turned;
        found(base, plain);
        let mut more = |choice: Choice| {
            if let Some(state) = self.carry_over(state, index, choice, &mut None) {
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

    /// Carries a state over a chunk; nothing where the choice can't be made.
    fn carry_over(
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
            s.cost += price::GAP * f64::from(choice.gap.abs_diff(gap.ideal));
        }
        if chunk.kind == ChunkKind::NotFirst && y == 0 {
            s.cost += 1_500.0;
        }
        self.rows(&mut s, index, choice, y, events);
        s.after = chunk.after;
        s.keep = chunk.keep_next;
        s.waiting.iter().for_each(|_| s.cost += price::AWAY * height(chunk, choice.variant) as f64);
        Some(s)
    }

    /// Places a chunk's rows from a grid line on, over as many pages as it takes.
    fn rows(
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
                if own > 0 && choice.split_note && used + row.lines <= s.capacity(spec, notes + 1) {
                    let room = (1..own)
                        .rev()
                        .find(|m| used + row.lines <= s.capacity(spec, notes + m))
                        .unwrap_or(1);
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

    /// Remembers which note goes on on the next page, and from which line.
    fn carry(
        &self,
        s: &mut State,
        rows: &[crate::typeset::chunk::Row],
        row: usize,
        room: usize,
        own: usize,
    ) {
        let Some(note) = rows.get(row).and_then(|r| r.notes.last()) else { return };
        let lines = (self.spec.note_lines)(*note);
        let before = own - lines;
        let from = room.saturating_sub(before).min(lines);
        s.carry = Some((*note, from, lines));
    }

    /// The row before which the page is best ended, `short` lines early if that
    /// is asked for, at a place where it is allowed if there is one.
    fn break_row(
        &self,
        rows: &[crate::typeset::chunk::Row],
        from: usize,
        to: usize,
        short: usize,
    ) -> usize {
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

    /// Ends the page at hand and begins the next one.
    fn end_page(
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
    fn turn(
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

    /// Puts a figure at the head of the page, below what is there already.
    fn at_head(&self, s: &mut State, figure: usize, events: &mut Option<&mut Vec<Event>>) {
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
    fn at_foot(
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

    fn notes_of(&self, chunk: &Chunk, variant: usize) -> usize {
        let rows = chunk.variants.get(variant).map_or(&[][..], |v| &v.rows);
        rows.iter().flat_map(|r| &r.notes).map(|n| (self.spec.note_lines)(*n)).sum()
    }

    #[allow(clippy::too_many_arguments, reason = "the fields of one event")]
    fn tell(
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

    fn tell_notes(
        &self,
        events: &mut Option<&mut Vec<Event>>,
        rows: &[crate::typeset::chunk::Row],
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
            match self.carry_over(&state, index, *choice, &mut Some(&mut events)) {
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
