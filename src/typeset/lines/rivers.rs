//! Rivers: white that runs down a paragraph through the spaces of its lines.
//!
//! Whether spaces meet depends on more lines than two, so the search for the
//! best breaks can't see it. It is looked for in what was found; the breaks in
//! its course are made dearer and the paragraph is fitted again, and the
//! cheapest of the settings wins, rivers counted.

use super::fit::{Fit, Fitting, LineShape, Manner, fit};
use super::items::{Candidate, Element, Items};

/// Lines that a river runs through before it counts.
const LONG: usize = 4;
/// Spaces meet if they overlap by this share of a natural space.
const OVERLAP: f64 = 0.6;
/// What a river costs.
const RIVER: f64 = 260.0;
/// What is added to a break in a river's course.
const DETOUR: f64 = 160.0;
/// So often is a paragraph fitted again.
const TRIES: usize = 3;

/// The best breaks for every number of lines, rivers among what they cost.
pub fn fit_without_rivers(items: &Items, shape: &LineShape, manner: Manner) -> Fitting {
    let mut found = fit(&items.candidates, shape, manner);
    if manner != Manner::Justified {
        return found;
    }
    charge(items, shape, &mut found);
    let mut candidates: Option<Vec<Candidate>> = None;
    for _ in 0..TRIES {
        let Some(best) = found.fits.get(found.best) else { break };
        let course = rivers(items, shape, best);
        if course.is_empty() {
            break;
        }
        let list = candidates.get_or_insert_with(|| items.candidates.clone());
        for &at in &course {
            if let Some(candidate) = list.get_mut(at) {
                candidate.penalty += DETOUR;
            }
        }
        let mut other = fit(list, shape, manner);
        for fit in &mut other.fits {
            let added = |&at: &usize| match (list.get(at), items.candidates.get(at)) {
                (Some(new), Some(old)) => new.penalty - old.penalty,
                _ => 0.0,
            };
            fit.cost -= fit.breaks.iter().map(added).sum::<f64>();
        }
        charge(items, shape, &mut other);
        found = cheapest(found, other);
    }
    found
}

/// Adds the price of its rivers to every fit.
fn charge(items: &Items, shape: &LineShape, fitting: &mut Fitting) {
    for fit in &mut fitting.fits {
        if fit.breaks.len() >= LONG {
            fit.cost += RIVER * rivers(items, shape, fit).len() as f64;
        }
    }
    fitting.best = best_of(&fitting.fits);
}

fn best_of(fits: &[Fit]) -> usize {
    let cheapest = fits.iter().enumerate().min_by(|(_, a), (_, b)| a.cost.total_cmp(&b.cost));
    cheapest.map_or(0, |(i, _)| i)
}

/// For each number of lines the cheaper of two.
fn cheapest(one: Fitting, two: Fitting) -> Fitting {
    let mut fits = one.fits;
    for fit in two.fits {
        match fits.iter_mut().find(|f| f.breaks.len() == fit.breaks.len()) {
            Some(old) if fit.cost < old.cost => *old = fit,
            Some(_) => {}
            None => fits.push(fit),
        }
    }
    fits.sort_by_key(|f| f.breaks.len());
    let best = best_of(&fits);
    Fitting { fits, best }
}

/// A space in a line: from where to where, and how many lines above meet it.
#[derive(Debug, Clone, Copy)]
struct Gap {
    from: f64,
    to: f64,
    natural: f64,
    depth: usize,
}

/// The breaks at the lines in which rivers have become long, one for each river.
pub fn rivers(items: &Items, shape: &LineShape, fit: &Fit) -> Vec<usize> {
    let mut course = Vec::new();
    let mut above: Vec<Gap> = Vec::new();
    let mut from = 0;
    for (line, &to) in fit.breaks.iter().enumerate() {
        let mut gaps = gaps_of(items, shape, fit, line, from, to);
        for gap in &mut gaps {
            let meets = |g: &&Gap| g.to.min(gap.to) - g.from.max(gap.from) >= OVERLAP * gap.natural;
            gap.depth = 1 + above.iter().filter(meets).map(|g| g.depth).max().unwrap_or(0);
            if gap.depth == LONG {
                course.push(from);
            }
        }
        above = gaps;
        from = to;
    }
    course
}

/// Where the spaces of a line stand.
fn gaps_of(
    items: &Items,
    shape: &LineShape,
    fit: &Fit,
    line: usize,
    from: usize,
    to: usize,
) -> Vec<Gap> {
    let (Some(a), Some(b)) = (items.candidates.get(from), items.candidates.get(to)) else {
        return Vec::new();
    };
    let strain = fit.lines.get(line).copied().unwrap_or_default();
    let width = (b.end.width - a.start.width).max(1.0);
    let stretch = 1.0 + strain.glyphs * (b.end.flex - a.start.flex) / width;
    let mut x = shape.start(line) + a.start_extra * stretch;
    let mut gaps = Vec::new();
    for (index, element) in items.elements.iter().enumerate().take(b.element).skip(a.element) {
        match element {
            Element::Word { width, range, .. } => {
                // The line may begin within a word: what stands above it counts not.
                let all = range.len().max(1) as f64;
                let cut = if index == a.element { a.next.saturating_sub(range.start) } else { 0 };
                x += width.0 * stretch * (1.0 - (cut as f64 / all).min(1.0));
            }
            Element::Fixed { width, .. } | Element::Object { width, .. } => x += width.0,
            Element::Gap { width, elastic, .. } => x += width.0 + elastic.0 * strain.space,
            Element::Space { width, range, .. } => {
                let wide = width.0 * (1.0 + strain.space);
                if range.start < b.byte {
                    gaps.push(Gap { from: x, to: x + wide, natural: width.0, depth: 0 });
                }
                x += wide;
            }
        }
    }
    gaps
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::fit::LineFit;
    use super::super::items::{BreakKind, Sums};
    use super::*;
    use crate::text::Shaped;
    use crate::units::Pt;

    /// Lines of two words, the first of the widths given, each line broken
    /// after its second word.
    fn two_columns(firsts: &[f64]) -> (Items, Fit) {
        let mut items = Items::default();
        let mut sums = Sums::default();
        let mut byte = 0;
        let candidate = |element, byte, sums: Sums, kind| Candidate {
            kind,
            element,
            byte,
            next: byte,
            end: sums,
            start: sums,
            end_extra: 0.0,
            start_extra: 0.0,
            penalty: 0.0,
            word_before: 0,
            word_after: 0,
        };
        items.candidates.push(candidate(0, 0, sums, BreakKind::Forced));
        for first in firsts {
            for (i, width) in [*first, 100.0 - first].into_iter().enumerate() {
                let shaped = Arc::new(Shaped::default());
                let range = byte..byte + 4;
                items.elements.push(Element::Word { stretch: 0, range, shaped, width: Pt(width) });
                byte += 4;
                sums.width += width;
                if i == 0 {
                    let range = byte..byte + 1;
                    items.elements.push(Element::Space { stretch: 0, range, width: Pt(3.0) });
                    byte += 1;
                    sums.space += 3.0;
                }
            }
            items.candidates.push(candidate(items.elements.len(), byte, sums, BreakKind::Space));
        }
        let breaks: Vec<usize> = (1..=firsts.len()).collect();
        let lines = vec![LineFit::default(); firsts.len()];
        (items, Fit { breaks, lines, cost: 0.0 })
    }

    #[test]
    fn spaces_that_meet_over_four_lines_are_a_river() {
        let shape = LineShape::block(103.0);
        let (items, fit) = two_columns(&[40.0, 40.5, 41.0, 40.0, 39.5]);
        assert_eq!(rivers(&items, &shape, &fit), [3], "found once, in its fourth line");
        let (items, fit) = two_columns(&[40.0, 40.5, 60.0, 40.0, 39.5]);
        assert!(rivers(&items, &shape, &fit).is_empty());
    }
}
