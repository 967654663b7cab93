//! Rivers: white that runs down a paragraph through the spaces of its lines.
//!
//! Whether spaces meet depends on more lines than two, so the search for the
//! best breaks can't see it. It is looked for in what was found; the breaks in
//! its course are made dearer and the paragraph is fitted again, and the
//! cheapest of the settings wins, rivers counted.

use super::items::{Breakpoint, Element, Items};
use super::line_breaker::{Breaking, Breakings, break_paragraph};
use super::line_shape::{Alignment, LineShape};

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
pub fn break_without_rivers(items: &Items, shape: &LineShape, alignment: Alignment) -> Breakings {
    let mut found = break_paragraph(&items.breakpoints, shape, alignment);
    if alignment != Alignment::Justified {
        return found;
    }
    charge(items, shape, &mut found);
    let mut breakpoints: Option<Vec<Breakpoint>> = None;
    for _ in 0..TRIES {
        let Some(best) = found.by_line_count.get(found.best) else { break };
        let course = rivers(items, shape, best);
        if course.is_empty() {
            break;
        }
        let list = breakpoints.get_or_insert_with(|| items.breakpoints.clone());
        for &at in &course {
            if let Some(candidate) = list.get_mut(at) {
                candidate.penalty += DETOUR;
            }
        }
        let mut other = break_paragraph(list, shape, alignment);
        for breaking in &mut other.by_line_count {
            let added = |&at: &usize| match (list.get(at), items.breakpoints.get(at)) {
                (Some(new), Some(old)) => new.penalty - old.penalty,
                _ => 0.0,
            };
            breaking.demerits -= breaking.breaks.iter().map(added).sum::<f64>();
        }
        charge(items, shape, &mut other);
        found = cheapest(found, other);
    }
    found
}

/// Adds to each breaking what its rivers cost.
fn charge(items: &Items, shape: &LineShape, breakings: &mut Breakings) {
    for breaking in &mut breakings.by_line_count {
        if breaking.breaks.len() >= LONG {
            breaking.demerits += RIVER * rivers(items, shape, breaking).len() as f64;
        }
    }
    breakings.best = best_of(&breakings.by_line_count);
}

fn best_of(by_line_count: &[Breaking]) -> usize {
    let cheapest =
        by_line_count.iter().enumerate().min_by(|(_, a), (_, b)| a.demerits.total_cmp(&b.demerits));
    cheapest.map_or(0, |(i, _)| i)
}

/// For each number of lines the cheaper of two.
fn cheapest(one: Breakings, two: Breakings) -> Breakings {
    let mut by_line_count = one.by_line_count;
    for breaking in two.by_line_count {
        match by_line_count.iter_mut().find(|f| f.breaks.len() == breaking.breaks.len()) {
            Some(old) if breaking.demerits < old.demerits => *old = breaking,
            Some(_) => {}
            None => by_line_count.push(breaking),
        }
    }
    by_line_count.sort_by_key(|f| f.breaks.len());
    let best = best_of(&by_line_count);
    Breakings { by_line_count, best }
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
pub fn rivers(items: &Items, shape: &LineShape, breaking: &Breaking) -> Vec<usize> {
    let mut course = Vec::new();
    let mut above: Vec<Gap> = Vec::new();
    let mut from = 0;
    for (line, &to) in breaking.breaks.iter().enumerate() {
        let mut gaps = gaps_of(items, shape, breaking, line, from, to);
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
    breaking: &Breaking,
    line: usize,
    from: usize,
    to: usize,
) -> Vec<Gap> {
    let (Some(a), Some(b)) = (items.breakpoints.get(from), items.breakpoints.get(to)) else {
        return Vec::new();
    };
    let strain = breaking.lines.get(line).copied().unwrap_or_default();
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

    use super::super::demerits::Adjustment;
    use super::super::items::BreakKind;
    use super::super::sums::Sums;
    use super::*;
    use crate::text::Shaped;
    use crate::units::Pt;

    /// Lines of two words, the first of the widths given, each line broken
    /// after its second word.
    fn two_columns(firsts: &[f64]) -> (Items, Breaking) {
        let mut items = Items::default();
        let mut sums = Sums::default();
        let mut byte = 0;
        let breakpoint = |element, byte, sums: Sums, kind| Breakpoint {
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
        items.breakpoints.push(breakpoint(0, 0, sums, BreakKind::Forced));
        for first in firsts {
            for (i, width) in [*first, 100.0 - first].into_iter().enumerate() {
                let shaped = Arc::new(Shaped::default());
                let range = byte..byte + 4;
                items.elements.push(Element::Word { run: 0, range, shaped, width: Pt(width) });
                byte += 4;
                sums.width += width;
                if i == 0 {
                    let range = byte..byte + 1;
                    items.elements.push(Element::Space { run: 0, range, width: Pt(3.0) });
                    byte += 1;
                    sums.space += 3.0;
                }
            }
            items.breakpoints.push(breakpoint(items.elements.len(), byte, sums, BreakKind::Space));
        }
        let breaks: Vec<usize> = (1..=firsts.len()).collect();
        let lines = vec![Adjustment::default(); firsts.len()];
        (items, Breaking { breaks, lines, demerits: 0.0 })
    }

    #[test]
    fn spaces_that_meet_over_four_lines_are_a_river() {
        let shape = LineShape::block(103.0);
        let (items, breaking) = two_columns(&[40.0, 40.5, 41.0, 40.0, 39.5]);
        assert_eq!(rivers(&items, &shape, &breaking), [3], "found once, in its fourth line");
        let (items, breaking) = two_columns(&[40.0, 40.5, 60.0, 40.0, 39.5]);
        assert!(rivers(&items, &shape, &breaking).is_empty());
    }
}
