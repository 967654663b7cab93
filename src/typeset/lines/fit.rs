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

use super::items::{BreakKind, Candidate, Sums};

/// The widths of a paragraph's lines.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LineShape {
    /// The width of a full line, in points.
    pub measure: f64,
    /// What the first line is shorter by, at its beginning; below zero where it
    /// sticks out.
    pub indent: f64,
    /// What the first `dropped` lines are shorter by instead, at their beginning.
    pub drop_width: f64,
    /// How many lines stand beside an initial.
    pub dropped: usize,
}

impl LineShape {
    /// Lines of one width.
    pub fn block(measure: f64) -> LineShape {
        LineShape { measure, ..LineShape::default() }
    }

    /// How far a line's beginning is moved in, counted from zero.
    pub fn start(&self, line: usize) -> f64 {
        if line < self.dropped {
            self.drop_width
        } else if line == 0 {
            self.indent
        } else {
            0.0
        }
    }

    /// The width of a line, counted from zero.
    pub fn width(&self, line: usize) -> f64 {
        self.measure - self.start(line)
    }

    /// From this line on all lines are alike.
    fn settled(&self) -> usize {
        self.dropped.max(1)
    }
}

/// How lines are to fill the measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Flush at both sides.
    Justified,
    /// Ragged at one side, lines about as long as they can be.
    Ragged,
    /// Ragged, with lines as nearly of one length as can be: for titles.
    Balanced,
}

/// How one line comes out.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LineFit {
    /// How spaces differ from their natural width: 0 not at all, 1 twice as wide.
    pub space: f64,
    /// How much of what the glyphs can give or take is used, from -1 to 1.
    pub glyphs: f64,
    /// What is too much for the measure, in points; nothing if the line fits.
    pub over: f64,
}

/// One way to set a paragraph.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fit {
    /// The candidates at which the lines end, the last of them the end.
    pub breaks: Vec<usize>,
    /// How each line comes out.
    pub lines: Vec<LineFit>,
    /// What it costs, all in all.
    pub cost: f64,
}

/// The ways to set a paragraph, by their number of lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fitting {
    /// The cheapest way for each number of lines, the fewest first; never empty.
    pub fits: Vec<Fit>,
    /// The cheapest of all, in `fits`.
    pub best: usize,
}

/// The prices. A line whose spaces are a quarter too wide costs about a hundred.
mod price {
    /// Spaces off by all of their width, squared.
    pub const SPACE: f64 = 1_400.0;
    /// Glyphs strained to their limit, squared.
    pub const GLYPHS: f64 = 8.0;
    /// What spaces may not go beyond without being steeply dearer.
    pub const WIDE: f64 = 0.42;
    /// For what is beyond that, squared.
    pub const WIDER: f64 = 30_000.0;
    /// Spaces may not be narrower than this share less.
    pub const NARROWEST: f64 = 0.25;
    /// The widest spaces that are tried at first.
    pub const WIDEST: f64 = 0.9;
    /// A hyphen under a hyphen.
    pub const LADDER: f64 = 500.0;
    /// A third one.
    pub const LADDER_OF_THREE: f64 = 100_000.0;
    /// A hyphen in the last line but one.
    pub const LAST_HYPHEN: f64 = 400.0;
    /// The same word at the edge of two lines, one above the other.
    pub const STACK: f64 = 130.0;
    /// How much two neighbouring lines differ, squared.
    pub const CONTRAST: f64 = 250.0;
    /// The same for what their glyphs do.
    pub const GLYPH_CONTRAST: f64 = 3.0;
    /// A last line shorter than it should be, for all that is missing.
    pub const RUNT: f64 = 4_000.0;
    /// A last line that looks full but isn't.
    pub const NEARLY_FULL: f64 = 30.0;
    /// A line that is too long, for each point.
    pub const OVER: f64 = 1_000_000.0;
    /// A ragged line short by all of its measure, squared.
    pub const RAGGED: f64 = 2_000.0;
    /// A word broken in ragged text.
    pub const RAGGED_HYPHEN: f64 = 200.0;
}

/// The last line should be at least this long, in points of measure share.
const RUNT_SHARE: f64 = 0.12;

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
    fit: LineFit,
    cost: f64,
}

/// Finds the best breaks; see the module's text.
///
/// `candidates` begin with the paragraph's beginning and end with its end.
/// There is always an answer: a word wider than the measure is set and sticks
/// out. `slack` is how much dearer than the best a setting may be and still be
/// offered with another number of lines.
pub fn fit(candidates: &[Candidate], shape: &LineShape, manner: Manner) -> Fitting {
    let goal = match manner {
        Manner::Balanced => Goal::balanced(candidates, shape),
        Manner::Justified | Manner::Ragged => Goal { manner, share: 1.0 },
    };
    let first = search(candidates, shape, goal, price::WIDEST);
    if first.fits.is_empty() { search(candidates, shape, goal, f64::INFINITY) } else { first }
}

/// What is aimed at.
#[derive(Debug, Clone, Copy)]
struct Goal {
    manner: Manner,
    /// Lines should be this share of the measure long; less than one to balance.
    share: f64,
}

impl Goal {
    fn balanced(candidates: &[Candidate], shape: &LineShape) -> Goal {
        let total = match (candidates.first(), candidates.last()) {
            (Some(a), Some(b)) => b.end.width + b.end.space - a.start.width - a.start.space,
            _ => 0.0,
        };
        let lines = (total / shape.measure.max(1.0)).ceil().max(1.0);
        let share = (total / lines / shape.measure.max(1.0)).min(1.0);
        Goal { manner: Manner::Balanced, share: (share * 1.04).min(1.0) }
    }
}

fn search(candidates: &[Candidate], shape: &LineShape, goal: Goal, widest: f64) -> Fitting {
    let Some(end) = candidates.len().checked_sub(1).filter(|&end| end > 0) else {
        return Fitting::default();
    };
    let mut states: Vec<Vec<State>> = vec![Vec::new(); candidates.len()];
    states[0].push(State {
        from: 0,
        before: usize::MAX,
        line: 0,
        hyphens: 0,
        fit: LineFit::default(),
        cost: 0.0,
    });
    let mut active = vec![0];
    for b in 1..=end {
        let mut found: Vec<State> = Vec::new();
        let mut alive = Vec::with_capacity(active.len());
        for &a in &active {
            let reach = extend(candidates, shape, goal, widest, &states, a, b, &mut found);
            if reach == Reach::Open {
                alive.push(a);
            }
        }
        let forced = candidates[b].kind == BreakKind::Forced;
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
    collect(candidates, &states, end)
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
    let best = found.iter().min_by(|a, b| a.cost.total_cmp(&b.cost)).map_or(0, |s| s.line);
    found.retain(|s| s.line.abs_diff(best) <= NEAR_COUNTS);
    found.sort_by(|a, b| a.line.cmp(&b.line).then(a.cost.total_cmp(&b.cost)));
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
    candidates: &[Candidate],
    shape: &LineShape,
    goal: Goal,
    widest: f64,
    states: &[Vec<State>],
    a: usize,
    b: usize,
    found: &mut Vec<State>,
) -> Reach {
    let (ca, cb) = (&candidates[a], &candidates[b]);
    let settled = shape.settled();
    let last = cb.kind == BreakKind::End;
    let mut reach = Reach::Over;
    // All lines from `settled` on are of one width: their fit is found once.
    let mut known: Option<(usize, Option<(LineFit, f64)>)> = None;
    for (index, state) in states[a].iter().enumerate() {
        let class = state.line.min(settled);
        let line = match known {
            Some((c, line)) if c == class => line,
            _ => {
                let line = line_between(ca, cb, shape.width(class), goal, widest, a + 1 == b);
                known = Some((class, line));
                line
            }
        };
        if shortest(ca, cb) <= shape.width(class) {
            reach = Reach::Open;
        }
        let Some((fit, own)) = line else { continue };
        let hyphen = cb.kind == BreakKind::Hyphen;
        let mut cost = state.cost + own;
        if a > 0 {
            cost += between(ca, cb, &candidates[state.from], state, &fit, goal);
        }
        let mut hyphens = 0;
        if hyphen {
            hyphens = state.hyphens + 1;
            if hyphens >= 2 {
                cost += price::LADDER;
            }
            if hyphens >= 3 {
                cost += price::LADDER_OF_THREE;
                hyphens = 3;
            }
        }
        if last && ca.kind == BreakKind::Hyphen {
            cost += price::LAST_HYPHEN;
        }
        let new = State { from: a, before: index, line: state.line + 1, hyphens, fit, cost };
        // What comes after can tell apart only these three.
        let same = |s: &&mut State| s.from == a && s.line == new.line && s.hyphens == new.hyphens;
        match found.iter_mut().rev().take_while(|s| s.from == a).find(|s| same(s)) {
            Some(old) if new.cost < old.cost => *old = new,
            Some(_) => {}
            None => found.push(new),
        }
    }
    reach
}

/// The sums of a line, with what its ends add.
fn sums(ca: &Candidate, cb: &Candidate) -> Sums {
    Sums {
        width: cb.end.width - ca.start.width + ca.start_extra + cb.end_extra,
        space: cb.end.space - ca.start.space,
        flex: cb.end.flex - ca.start.flex,
    }
}

/// The shortest a line could be made.
fn shortest(ca: &Candidate, cb: &Candidate) -> f64 {
    let sums = sums(ca, cb);
    // An end may gain by reshaping or hanging what a later one doesn't.
    sums.width + sums.space * (1.0 - price::NARROWEST) - sums.flex - 12.0
}

/// How a line comes out and what it costs by itself; nothing where it can't be.
fn line_between(
    ca: &Candidate,
    cb: &Candidate,
    width: f64,
    goal: Goal,
    widest: f64,
    next: bool,
) -> Option<(LineFit, f64)> {
    let sums = sums(ca, cb);
    let natural = sums.width + sums.space;
    let slack = width - natural;
    let stops = matches!(cb.kind, BreakKind::End | BreakKind::Forced);
    if goal.manner != Manner::Justified {
        return ragged(slack, width, cb, goal, next, stops);
    }
    let mut fit = share_out(slack, &sums);
    if stops && slack >= 0.0 {
        fit = LineFit::default();
    }
    if fit.space < -price::NARROWEST - 1e-9 {
        // Too long, however it is squeezed: only if there is no shorter line.
        if !next {
            return None;
        }
        fit.over = (-slack - sums.flex - sums.space * price::NARROWEST).max(0.01);
        fit.space = -price::NARROWEST;
        fit.glyphs = -1.0;
    }
    if fit.space > widest {
        return None;
    }
    let beyond = (fit.space - price::WIDE).clamp(0.0, 1e3);
    let space = fit.space.min(1e3);
    let mut cost = price::SPACE * space * space
        + price::WIDER * beyond * beyond
        + price::GLYPHS * fit.glyphs * fit.glyphs
        + price::OVER * fit.over
        + cb.penalty;
    if cb.kind == BreakKind::End {
        cost += last_line(natural, width);
    }
    Some((fit, cost))
}

/// What the length of the last line costs.
fn last_line(natural: f64, width: f64) -> f64 {
    let wanted = width * RUNT_SHARE;
    let missing = ((wanted - natural) / wanted).max(0.0);
    let gap = width - natural;
    let nearly = if (0.5..width * 0.045).contains(&gap) { price::NEARLY_FULL } else { 0.0 };
    price::RUNT * missing + nearly
}

fn ragged(
    slack: f64,
    width: f64,
    cb: &Candidate,
    goal: Goal,
    next: bool,
    stops: bool,
) -> Option<(LineFit, f64)> {
    let mut fit = LineFit::default();
    if slack < -0.01 {
        if !next {
            return None;
        }
        fit.over = -slack;
    }
    let balanced = goal.manner == Manner::Balanced;
    let short = if stops && !balanced { 0.0 } else { (slack - width * (1.0 - goal.share)) / width };
    let hyphen = if cb.kind == BreakKind::Hyphen { price::RAGGED_HYPHEN } else { 0.0 };
    let cost = price::RAGGED * short * short + hyphen + cb.penalty + price::OVER * fit.over + 1.0;
    Some((fit, cost))
}

/// Shares a line's slack between its spaces and its glyphs, so that the sum of
/// the squared strains, each at its price, is least.
pub fn share_out(slack: f64, sums: &Sums) -> LineFit {
    let (space, flex) = (sums.space.max(0.0), sums.flex.max(0.0));
    let weight = space * space / price::SPACE + flex * flex / price::GLYPHS;
    if weight <= 0.0 {
        // A line that can't give at all, such as a formula alone, is as loose as
        // can be if it is too short.
        let space = if slack > 1e-6 { f64::INFINITY } else { 0.0 };
        return LineFit { over: (-slack).max(0.0), space, glyphs: 0.0 };
    }
    let mut glyphs = slack * (flex / price::GLYPHS) / weight;
    glyphs = glyphs.clamp(-1.0, 1.0);
    let rest = slack - glyphs * flex;
    let space_strain = if space > 0.0 {
        rest / space
    } else if rest.abs() < 1e-6 {
        0.0
    } else {
        f64::INFINITY.copysign(rest)
    };
    LineFit { space: space_strain, glyphs, over: 0.0 }
}

/// What two neighbouring lines cost each other.
fn between(
    ca: &Candidate,
    cb: &Candidate,
    before: &Candidate,
    state: &State,
    fit: &LineFit,
    goal: Goal,
) -> f64 {
    let mut cost = 0.0;
    if ca.word_before != 0 && ca.word_before == cb.word_before && cb.kind != BreakKind::End {
        cost += price::STACK;
    }
    if ca.word_after != 0 && before.word_after == ca.word_after {
        cost += price::STACK;
    }
    if goal.manner == Manner::Justified {
        let contrast = (fit.space - state.fit.space).abs().min(2.0);
        let glyphs = fit.glyphs - state.fit.glyphs;
        cost += price::CONTRAST * contrast * contrast + price::GLYPH_CONTRAST * glyphs * glyphs;
    }
    cost
}

/// Follows the states back from the end, for every number of lines.
fn collect(candidates: &[Candidate], states: &[Vec<State>], end: usize) -> Fitting {
    let mut ends: Vec<&State> = Vec::new();
    for state in &states[end] {
        match ends.iter_mut().find(|s| s.line == state.line) {
            Some(old) if state.cost < old.cost => *old = state,
            Some(_) => {}
            None => ends.push(state),
        }
    }
    ends.sort_by_key(|s| s.line);
    let fits: Vec<Fit> = ends
        .iter()
        .map(|last| {
            let mut fit = Fit { cost: last.cost, ..Fit::default() };
            let mut at = end;
            let mut state = **last;
            loop {
                fit.breaks.push(at);
                fit.lines.push(state.fit);
                at = state.from;
                match states.get(at).and_then(|s| s.get(state.before)) {
                    Some(before) if at > 0 => state = *before,
                    _ => break,
                }
            }
            fit.breaks.reverse();
            fit.lines.reverse();
            fit
        })
        .collect();
    debug_assert!(fits.iter().all(|f| f.breaks.iter().all(|&b| b < candidates.len())));
    let best = fits
        .iter()
        .enumerate()
        .min_by(|(_, a), (_, b)| a.cost.total_cmp(&b.cost))
        .map_or(0, |(i, _)| i);
    Fitting { fits, best }
}

#[cfg(test)]
mod tests;
