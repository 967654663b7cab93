//! The best breaks for a whole paragraph.
//!
//! Total fit after Donald E. Knuth and Michael F. Plass (*Breaking Paragraphs
//! into Lines*, Software: Practice and Experience 11, 1981), with three
//! departures:
//!
//! * A state is a *line*, not a break: what two neighbouring lines do to each
//!   other (a hyphen under a hyphen, a word under itself, a loose line under a
//!   tight one) is part of the optimum and not a guess at it.
//! * Glyph scaling and tracking take part (after Hàn Thế Thành's pdfTeX): a
//!   line's slack is shared between glyphs and spaces so that the sum of the
//!   squared strains is least.
//! * The best setting is kept for every number of lines, since the pages may
//!   want a line more or less.

use super::demerits::{
    Adjustment, Goal, WIDEST, adjacency_demerits, ladder_demerits, last_hyphen_demerits,
    line_demerits, shortest,
};
use super::items::{BreakKind, Breakpoint};
use super::line_shape::{Alignment, LineShape};

/// One way to set a paragraph.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Breaking {
    /// The breakpoints at which the lines end, the last of them the end.
    pub breaks: Vec<usize>,
    /// How each line comes out.
    pub lines: Vec<Adjustment>,
    /// What it costs, all in all.
    pub demerits: f64,
}

/// The ways to set a paragraph, by their number of lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Breakings {
    /// The cheapest way for each number of lines, the fewest first; never empty.
    pub by_line_count: Vec<Breaking>,
    /// The cheapest of all, in `by_line_count`.
    pub best: usize,
}

/// A way to reach a candidate: the line that ends there, and the way before it.
#[derive(Debug, Clone, Copy)]
struct State {
    /// The candidate where the line begins.
    from: usize,
    /// The state at `from`, by its place in the list of that candidate.
    before: usize,
    /// How many lines there are up to here.
    line: usize,
    /// How many lines in a row end in a hyphen here.
    hyphens: u8,
    adjustment: Adjustment,
    demerits: f64,
}

/// Finds the best breaks; see the module's text.
///
/// `breakpoints` begin with the paragraph's beginning and end with its end.
/// There is always an answer: a word wider than the measure is set and sticks
/// out. `slack` is how much dearer than the best a setting may be and still be
/// offered with another number of lines.
pub fn break_paragraph(
    breakpoints: &[Breakpoint],
    shape: &LineShape,
    alignment: Alignment,
) -> Breakings {
    let goal = Goal::of(breakpoints, shape, alignment);
    let first = search(breakpoints, shape, goal, WIDEST);
    if first.by_line_count.is_empty() {
        search(breakpoints, shape, goal, f64::INFINITY)
    } else {
        first
    }
}

fn search(breakpoints: &[Breakpoint], shape: &LineShape, goal: Goal, widest: f64) -> Breakings {
    let Some(end) = breakpoints.len().checked_sub(1).filter(|&end| end > 0) else {
        return Breakings::default();
    };
    let mut states: Vec<Vec<State>> = vec![Vec::new(); breakpoints.len()];
    states[0].push(State {
        from: 0,
        before: usize::MAX,
        line: 0,
        hyphens: 0,
        adjustment: Adjustment::default(),
        demerits: 0.0,
    });
    let mut active = vec![0];
    for b in 1..=end {
        let mut found: Vec<State> = Vec::new();
        let mut alive = Vec::with_capacity(active.len());
        for &a in &active {
            let reach = extend(breakpoints, shape, goal, widest, &states, a, b, &mut found);
            if reach == Reach::Open {
                alive.push(a);
            }
        }
        let forced = breakpoints[b].kind == BreakKind::Forced;
        prune(&mut found);
        if !found.is_empty() {
            alive.push(b);
        }
        if forced {
            alive.retain(|&a| a == b);
        }
        states[b] = found;
        active = alive;
    }
    collect(breakpoints, &states, end)
}

/// More states at a candidate than this, and only the best are kept.
const MANY_STATES: usize = 64;
/// So many of each number of lines.
const BEST_OF_A_COUNT: usize = 4;
/// For numbers of lines that are this near the best.
const NEAR_COUNTS: usize = 2;

/// Keeps the search from growing with the square of the paragraph's length: the
/// number of lines that lead to a place varies the more, the further on it is.
/// Paragraphs of the usual length never have so many states.
fn prune(found: &mut Vec<State>) {
    if found.len() <= MANY_STATES {
        return;
    }
    let best = found.iter().min_by(|a, b| a.demerits.total_cmp(&b.demerits)).map_or(0, |s| s.line);
    found.retain(|s| s.line.abs_diff(best) <= NEAR_COUNTS);
    found.sort_by(|a, b| a.line.cmp(&b.line).then(a.demerits.total_cmp(&b.demerits)));
    let (mut line, mut kept) = (usize::MAX, 0);
    found.retain(|s| {
        kept = if s.line == line { kept + 1 } else { 1 };
        line = s.line;
        kept <= BEST_OF_A_COUNT
    });
    found.sort_by_key(|s| (s.from, s.before));
}

/// Whether longer lines from the same beginning may still fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Open,
    Over,
}

#[allow(clippy::too_many_arguments, reason = "the inner loop of the search, called from one place")]
fn extend(
    breakpoints: &[Breakpoint],
    shape: &LineShape,
    goal: Goal,
    widest: f64,
    states: &[Vec<State>],
    a: usize,
    b: usize,
    found: &mut Vec<State>,
) -> Reach {
    let (ca, cb) = (&breakpoints[a], &breakpoints[b]);
    let uniform_from = shape.uniform_from();
    let mut reach = Reach::Over;
    // All lines from `uniform_from` on are of one width: their demerits are found once.
    let mut known: Option<(usize, Option<(Adjustment, f64)>)> = None;
    for (index, state) in states[a].iter().enumerate() {
        let class = state.line.min(uniform_from);
        let line = match known {
            Some((c, line)) if c == class => line,
            _ => {
                let line = line_demerits(ca, cb, shape.width(class), goal, widest, a + 1 == b);
                known = Some((class, line));
                line
            }
        };
        if shortest(ca, cb) <= shape.width(class) {
            reach = Reach::Open;
        }
        let Some((adjustment, own)) = line else { continue };
        let mut demerits = state.demerits + own;
        if a > 0 {
            demerits += adjacency_demerits(
                ca,
                cb,
                &breakpoints[state.from],
                &state.adjustment,
                &adjustment,
                goal,
            );
        }
        let hyphens = if cb.kind == BreakKind::Hyphen { (state.hyphens + 1).min(3) } else { 0 };
        demerits += ladder_demerits(hyphens);
        demerits += last_hyphen_demerits(ca, cb);
        let new =
            State { from: a, before: index, line: state.line + 1, hyphens, adjustment, demerits };
        // What comes after can tell apart only these three.
        let same = |s: &&mut State| s.from == a && s.line == new.line && s.hyphens == new.hyphens;
        match found.iter_mut().rev().take_while(|s| s.from == a).find(|s| same(s)) {
            Some(old) if new.demerits < old.demerits => *old = new,
            Some(_) => {}
            None => found.push(new),
        }
    }
    reach
}

/// Follows the states back from the end, for every number of lines.
fn collect(breakpoints: &[Breakpoint], states: &[Vec<State>], end: usize) -> Breakings {
    let mut ends: Vec<&State> = Vec::new();
    for state in &states[end] {
        match ends.iter_mut().find(|s| s.line == state.line) {
            Some(old) if state.demerits < old.demerits => *old = state,
            Some(_) => {}
            None => ends.push(state),
        }
    }
    ends.sort_by_key(|s| s.line);
    let by_line_count: Vec<Breaking> = ends
        .iter()
        .map(|last| {
            let mut breaking = Breaking { demerits: last.demerits, ..Breaking::default() };
            let mut at = end;
            let mut state = **last;
            loop {
                breaking.breaks.push(at);
                breaking.lines.push(state.adjustment);
                at = state.from;
                match states.get(at).and_then(|s| s.get(state.before)) {
                    Some(before) if at > 0 => state = *before,
                    _ => break,
                }
            }
            breaking.breaks.reverse();
            breaking.lines.reverse();
            breaking
        })
        .collect();
    debug_assert!(by_line_count.iter().all(|f| f.breaks.iter().all(|&b| b < breakpoints.len())));
    let best = by_line_count
        .iter()
        .enumerate()
        .min_by(|(_, a), (_, b)| a.demerits.total_cmp(&b.demerits))
        .map_or(0, |(i, _)| i);
    Breakings { by_line_count, best }
}

#[cfg(test)]
mod tests;
