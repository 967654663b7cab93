//! Lines taller than their letters, because a formula or a picture stands in
//! them. Two lines that would touch are set further apart, by whole lines of the
//! grid.

use crate::typeset::styled_text::TextRun;
use crate::units::Pt;

use crate::typeset::lines::Para;

/// How far letters go above the baseline, in em: capitals and ascenders.
const LETTERS_ABOVE: f64 = 0.72;
/// How far letters go below the baseline, in em.
const LETTERS_BELOW: f64 = 0.235;

/// Lines of the grid that a line needs beside its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExtraLines {
    /// Above its baseline.
    pub above: usize,
    /// Below its baseline; only the last line of a paragraph has any.
    pub below: usize,
}

/// The grid lines that each line of a breaking needs beside its own, where lines
/// of text stand above and below the paragraph; `pitch` is the distance of its
/// lines.
pub fn extra_lines(para: &Para, breaking: usize, pitch: Pt) -> Vec<ExtraLines> {
    let letters = letters(para, pitch);
    extra_lines_between(para, breaking, pitch, letters)
}

/// How far the letters of a paragraph go above and below the line.
fn letters(para: &Para, pitch: Pt) -> (Pt, Pt) {
    let runs = &para.text.runs;
    let size = runs.iter().find(|s| s.object.is_none()).or(runs.first());
    let size = size.map_or(pitch, |s| s.style.size);
    (size * LETTERS_ABOVE, size * LETTERS_BELOW)
}

/// The same between other things: what stands below goes up by the first
/// length, what stands above goes down by the second.
fn extra_lines_between(
    para: &Para,
    breaking: usize,
    pitch: Pt,
    around: (Pt, Pt),
) -> Vec<ExtraLines> {
    let Some(breaking) = para.breakings.by_line_count.get(breaking) else { return Vec::new() };
    if para.text.runs.iter().all(|s| s.object.is_none()) {
        return vec![ExtraLines::default(); breaking.breaks.len()];
    }
    let letters = letters(para, pitch);
    let mut start = 0;
    let mut extents = vec![around];
    for &to in &breaking.breaks {
        let end = para.items.breakpoints.get(to).map_or(start, |c| c.next);
        let on_line = para.text.runs.iter().filter(|s| {
            s.object.is_some() && s.range.start >= start && s.range.start < end.max(start + 1)
        });
        extents.push(on_line.map(extent).fold(letters, |(h, d), (a, b)| (h.max(a), d.max(b))));
        start = end;
    }
    extents.push(around);
    let mut extra: Vec<ExtraLines> = extents
        .windows(2)
        .map(|pair| match pair {
            [(_, depth), (height, _)] => {
                ExtraLines { above: lines_more(*depth, *height, pitch), below: 0 }
            }
            _ => ExtraLines::default(),
        })
        .collect();
    // What the next block would have to leave above itself, the last line leaves.
    let after = extra.pop().unwrap_or_default();
    if let Some(last) = extra.last_mut() {
        last.below = after.above;
    }
    extra
}

/// Which grid line each line of a breaking stands on, counted from the first, and
/// how many all of them take.
pub fn line_offsets(para: &Para, breaking: usize, pitch: Pt) -> (Vec<usize>, usize) {
    offsets(extra_lines(para, breaking, pitch))
}

/// The same between two rules, so far above the first baseline and so far below
/// the last.
pub fn line_offsets_between_rules(
    para: &Para,
    breaking: usize,
    pitch: Pt,
    (above, below): (Pt, Pt),
) -> (Vec<usize>, usize) {
    offsets(extra_lines_between(para, breaking, pitch, (pitch - below, pitch - above)))
}

fn offsets(extra: Vec<ExtraLines>) -> (Vec<usize>, usize) {
    let mut at = 0;
    let place = |extra: ExtraLines| {
        let own = at + extra.above;
        at = own + 1 + extra.below;
        own
    };
    let offsets = extra.into_iter().map(place).collect();
    (offsets, at)
}

/// How far the object of a run goes above and below the line.
fn extent(run: &TextRun) -> (Pt, Pt) {
    let (height, depth) =
        run.object.as_ref().map_or((Pt::ZERO, Pt::ZERO), |o| (o.height(), o.depth()));
    (height + run.style.rise, depth - run.style.rise)
}

/// By how many lines more two baselines must be apart.
fn lines_more(depth: Pt, height: Pt, pitch: Pt) -> usize {
    if pitch.0 <= 0.0 {
        return 0;
    }
    ((depth + height) / pitch - 1.0).ceil().clamp(0.0, 100.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_as_far_apart_as_what_is_in_them_asks() {
        let more = |depth, height| lines_more(Pt(depth), Pt(height), Pt(14.0));
        assert_eq!(more(2.6, 7.9), 0, "letters");
        assert_eq!(more(2.6, 10.5), 0, "a fraction in the line");
        assert_eq!(more(6.0, 9.0), 1, "two that would touch");
        assert_eq!(more(2.6, 26.0), 2);
        assert_eq!(more(f64::NAN, 1.0), 0);
    }
}
