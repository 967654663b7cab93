//! What a line costs: badness, demerits and penalties in the sense of Knuth and
//! Plass, all in one place.
//!
//! The unit: a line whose spaces are a quarter too wide costs about a hundred
//! demerits. Penalties of single breaks (a hyphen, a name) are found when the
//! paragraph is measured, see [`super::measure`] and [`super::no_break`]; the
//! costs of rivers stand in [`super::rivers`].

use super::items::{BreakKind, Breakpoint};
use super::line_shape::{Alignment, LineShape};
use super::sums::Sums;

/// How one line comes out.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Adjustment {
    /// How spaces differ from their natural width: 0 not at all, 1 twice as wide.
    pub space: f64,
    /// How much of what the glyphs can give or take is used, from -1 to 1.
    pub glyphs: f64,
    /// What is too much for the measure, in points; nothing if the line by_line_count.
    pub over: f64,
}

/// Spaces off by all of their width, squared: the badness of a line.
const SPACE: f64 = 1_400.0;
/// Glyphs scaled and tracked to their limit, squared. Far cheaper than spaces,
/// since nobody sees it.
const GLYPHS: f64 = 8.0;
/// Beyond this share too wide a space is seen as a hole in the line.
const WIDE: f64 = 0.42;
/// What a space is wider than that, squared; steep, so that a hyphen or another
/// number of lines is preferred.
const WIDER: f64 = 30_000.0;
/// Spaces are narrowed by at most this share; words run together below it.
const NARROWEST: f64 = 0.25;
/// The widest spaces that are tried at first; the search is done again without
/// a limit only if there is no way within it.
pub(super) const WIDEST: f64 = 0.9;
/// A hyphen under a hyphen: a ladder of two is seen, but better than a hole.
const LADDER: f64 = 500.0;
/// A ladder of three or more, at any price avoided.
const LADDER_OF_THREE: f64 = 100_000.0;
/// A hyphen in the last line but one, which leaves a part of a word as the last line's first.
const LAST_HYPHEN: f64 = 400.0;
/// The same word at the edge of two lines, one above the other: the eye slips
/// from one to the other.
const STACK: f64 = 130.0;
/// How much the spaces of two neighbouring lines differ, squared: a loose line
/// under a tight one is seen where two of one kind are not. The fitness classes
/// of Knuth and Plass, without their steps.
const CONTRAST: f64 = 250.0;
/// The same for what their glyphs do.
const GLYPH_CONTRAST: f64 = 3.0;
/// A runt: a last line shorter than [`RUNT_SHARE`], for all that is missing.
const RUNT: f64 = 4_000.0;
/// The share of the measure that a last line should fill at least, more than
/// the indent of the next paragraph.
const RUNT_SHARE: f64 = 0.12;
/// A last line that looks full but isn't: its end is taken for a fault.
const NEARLY_FULL: f64 = 30.0;
/// A line that is too long, for each point: only if there is no other way.
const OVERFULL: f64 = 1_000_000.0;
/// A ragged line short by all of its measure, squared.
const RAGGED: f64 = 2_000.0;
/// A word broken in ragged text, which has no need of it.
const RAGGED_HYPHEN: f64 = 200.0;

/// What is aimed at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Goal {
    pub alignment: Alignment,
    /// Lines should be this share of the measure long; less than one to balance.
    pub share: f64,
}

impl Goal {
    pub(super) fn of(breakpoints: &[Breakpoint], shape: &LineShape, alignment: Alignment) -> Goal {
        match alignment {
            Alignment::Balanced => Goal::balanced(breakpoints, shape),
            Alignment::Justified | Alignment::Ragged => Goal { alignment, share: 1.0 },
        }
    }

    /// Lines of about one length: the whole text shared out among as many lines
    /// as it takes, and a little more, since words don't break where they should.
    fn balanced(breakpoints: &[Breakpoint], shape: &LineShape) -> Goal {
        let total = match (breakpoints.first(), breakpoints.last()) {
            (Some(a), Some(b)) => b.end.width + b.end.space - a.start.width - a.start.space,
            _ => 0.0,
        };
        let lines = (total / shape.measure.max(1.0)).ceil().max(1.0);
        let share = (total / lines / shape.measure.max(1.0)).min(1.0);
        Goal { alignment: Alignment::Balanced, share: (share * 1.04).min(1.0) }
    }
}

/// The sums of a line, with what its ends add.
fn line_sums(ca: &Breakpoint, cb: &Breakpoint) -> Sums {
    Sums {
        width: cb.end.width - ca.start.width + ca.start_extra + cb.end_extra,
        space: cb.end.space - ca.start.space,
        flex: cb.end.flex - ca.start.flex,
    }
}

/// The shortest a line could be made.
pub(super) fn shortest(ca: &Breakpoint, cb: &Breakpoint) -> f64 {
    let sums = line_sums(ca, cb);
    // An end may gain by reshaping or hanging what a later one doesn't.
    sums.width + sums.space * (1.0 - NARROWEST) - sums.flex - 12.0
}

/// How a line comes out and its own demerits; `None` where there can be no such line.
///
/// `next` says that no shorter line begins at the same breakpoint: then it is
/// set even if it sticks out of the measure.
pub(super) fn line_demerits(
    ca: &Breakpoint,
    cb: &Breakpoint,
    width: f64,
    goal: Goal,
    widest: f64,
    next: bool,
) -> Option<(Adjustment, f64)> {
    let sums = line_sums(ca, cb);
    let natural = sums.width + sums.space;
    let slack = width - natural;
    let stops = matches!(cb.kind, BreakKind::End | BreakKind::Forced);
    if goal.alignment != Alignment::Justified {
        return ragged_demerits(slack, width, cb, goal, next, stops);
    }
    let mut adjustment = distribute_slack(slack, &sums);
    if stops && slack >= 0.0 {
        adjustment = Adjustment::default();
    }
    if adjustment.space < -NARROWEST - 1e-9 {
        // Too long, however it is squeezed: only if there is no shorter line.
        if !next {
            return None;
        }
        adjustment.over = (-slack - sums.flex - sums.space * NARROWEST).max(0.01);
        adjustment.space = -NARROWEST;
        adjustment.glyphs = -1.0;
    }
    if adjustment.space > widest {
        return None;
    }
    let beyond = (adjustment.space - WIDE).clamp(0.0, 1e3);
    let space = adjustment.space.min(1e3);
    let mut cost = SPACE * space * space
        + WIDER * beyond * beyond
        + GLYPHS * adjustment.glyphs * adjustment.glyphs
        + OVERFULL * adjustment.over
        + cb.penalty;
    if cb.kind == BreakKind::End {
        cost += runt_demerits(natural, width);
    }
    Some((adjustment, cost))
}

/// What the length of the last line costs: whether it is a runt, or looks full.
fn runt_demerits(natural: f64, width: f64) -> f64 {
    let wanted = width * RUNT_SHARE;
    let missing = ((wanted - natural) / wanted).max(0.0);
    let gap = width - natural;
    let nearly = if (0.5..width * 0.045).contains(&gap) { NEARLY_FULL } else { 0.0 };
    RUNT * missing + nearly
}

fn ragged_demerits(
    slack: f64,
    width: f64,
    cb: &Breakpoint,
    goal: Goal,
    next: bool,
    stops: bool,
) -> Option<(Adjustment, f64)> {
    let mut adjustment = Adjustment::default();
    if slack < -0.01 {
        if !next {
            return None;
        }
        adjustment.over = -slack;
    }
    let balanced = goal.alignment == Alignment::Balanced;
    let short = if stops && !balanced { 0.0 } else { (slack - width * (1.0 - goal.share)) / width };
    let hyphen = if cb.kind == BreakKind::Hyphen { RAGGED_HYPHEN } else { 0.0 };
    let cost = RAGGED * short * short + hyphen + cb.penalty + OVERFULL * adjustment.over + 1.0;
    Some((adjustment, cost))
}

/// Distributes a line's slack over its spaces and its glyphs, so that the sum of
/// the squared strains, each at its weight, is least.
pub(super) fn distribute_slack(slack: f64, sums: &Sums) -> Adjustment {
    let (space, flex) = (sums.space.max(0.0), sums.flex.max(0.0));
    let weight = space * space / SPACE + flex * flex / GLYPHS;
    if weight <= 0.0 {
        // A line that can't give at all, such as a formula alone, is as loose as
        // can be if it is too short.
        let space = if slack > 1e-6 { f64::INFINITY } else { 0.0 };
        return Adjustment { over: (-slack).max(0.0), space, glyphs: 0.0 };
    }
    let mut glyphs = slack * (flex / GLYPHS) / weight;
    glyphs = glyphs.clamp(-1.0, 1.0);
    let rest = slack - glyphs * flex;
    let space_strain = if space > 0.0 {
        rest / space
    } else if rest.abs() < 1e-6 {
        0.0
    } else {
        f64::INFINITY.copysign(rest)
    };
    Adjustment { space: space_strain, glyphs, over: 0.0 }
}

/// What two neighbouring lines cost each other: the same word at both their
/// edges, a loose line under a tight one. The upper line begins at `before`, the
/// lower goes from `ca` to `cb`.
pub(super) fn adjacency_demerits(
    ca: &Breakpoint,
    cb: &Breakpoint,
    before: &Breakpoint,
    above: &Adjustment,
    own: &Adjustment,
    goal: Goal,
) -> f64 {
    let mut cost = 0.0;
    if ca.word_before != 0 && ca.word_before == cb.word_before && cb.kind != BreakKind::End {
        cost += STACK;
    }
    if ca.word_after != 0 && before.word_after == ca.word_after {
        cost += STACK;
    }
    if goal.alignment == Alignment::Justified {
        let contrast = (own.space - above.space).abs().min(2.0);
        let glyphs = own.glyphs - above.glyphs;
        cost += CONTRAST * contrast * contrast + GLYPH_CONTRAST * glyphs * glyphs;
    }
    cost
}

/// What a hyphen at the end of a line costs besides its penalty, where so many
/// lines in a row now end in one.
pub(super) fn ladder_demerits(hyphens_in_a_row: u8) -> f64 {
    match hyphens_in_a_row {
        0 | 1 => 0.0,
        2 => LADDER,
        _ => LADDER + LADDER_OF_THREE,
    }
}

/// What it costs that the last line begins within a word.
pub(super) fn last_hyphen_demerits(ca: &Breakpoint, cb: &Breakpoint) -> f64 {
    if cb.kind == BreakKind::End && ca.kind == BreakKind::Hyphen { LAST_HYPHEN } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn slack_is_shared_out_whole(slack in -30.0f64..60.0, space in 1.0f64..40.0, flex in 0.0f64..12.0) {
            let adjustment = distribute_slack(slack, &Sums { width: 200.0, space, flex });
            prop_assert!((adjustment.space * space + adjustment.glyphs * flex - slack).abs() < 1e-9);
            prop_assert!(adjustment.glyphs.abs() <= 1.0);
        }
    }

    #[test]
    fn a_ladder_of_three_hyphens_is_dearer_than_any_line() {
        assert_eq!(ladder_demerits(1), 0.0);
        assert!(ladder_demerits(2) > 0.0);
        assert!(ladder_demerits(3) > 100.0 * ladder_demerits(2));
    }

    #[test]
    fn a_runt_costs_more_the_shorter_it_is() {
        assert!(runt_demerits(5.0, 300.0) > runt_demerits(20.0, 300.0));
        assert_eq!(runt_demerits(150.0, 300.0), 0.0);
        assert!(runt_demerits(295.0, 300.0) > 0.0, "nearly full");
    }
}
