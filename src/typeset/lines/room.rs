//! Room above and below the lines of a paragraph for what is taller than its
//! letters: a formula, a picture. Two lines that would touch are set further
//! apart, by whole lines of the grid.

use crate::typeset::inline::Stretch;
use crate::units::Pt;

use crate::typeset::chunk::Para;

/// How far letters go above the baseline, in em: capitals and ascenders.
const LETTERS_ABOVE: f64 = 0.72;
/// How far letters go below the baseline, in em.
const LETTERS_BELOW: f64 = 0.235;

/// Lines of the grid that a line needs beside its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Room {
    /// Above its baseline.
    pub above: usize,
    /// Below its baseline; only the last line of a paragraph has any.
    pub below: usize,
}

/// The room each line of a fit needs between lines of text; `pitch` is the
/// distance of its lines.
pub fn rooms(para: &Para, fit: usize, pitch: Pt) -> Vec<Room> {
    let letters = letters(para, pitch);
    rooms_between(para, fit, pitch, letters)
}

/// How far the letters of a paragraph go above and below the line.
fn letters(para: &Para, pitch: Pt) -> (Pt, Pt) {
    let stretches = &para.text.stretches;
    let size = stretches.iter().find(|s| s.object.is_none()).or(stretches.first());
    let size = size.map_or(pitch, |s| s.style.size);
    (size * LETTERS_ABOVE, size * LETTERS_BELOW)
}

/// The same between other things: what stands below goes up by the first
/// length, what stands above goes down by the second.
fn rooms_between(para: &Para, fit: usize, pitch: Pt, around: (Pt, Pt)) -> Vec<Room> {
    let Some(fit) = para.fitting.fits.get(fit) else { return Vec::new() };
    if para.text.stretches.iter().all(|s| s.object.is_none()) {
        return vec![Room::default(); fit.breaks.len()];
    }
    let letters = letters(para, pitch);
    let mut start = 0;
    let mut extents = vec![around];
    for &to in &fit.breaks {
        let end = para.items.candidates.get(to).map_or(start, |c| c.next);
        let on_line = para.text.stretches.iter().filter(|s| {
            s.object.is_some() && s.range.start >= start && s.range.start < end.max(start + 1)
        });
        extents.push(on_line.map(extent).fold(letters, |(h, d), (a, b)| (h.max(a), d.max(b))));
        start = end;
    }
    extents.push(around);
    let mut rooms: Vec<Room> = extents
        .windows(2)
        .map(|pair| match pair {
            [(_, depth), (height, _)] => {
                Room { above: lines_more(*depth, *height, pitch), below: 0 }
            }
            _ => Room::default(),
        })
        .collect();
    // What the next block would have to leave above itself, the last line leaves.
    let after = rooms.pop().unwrap_or_default();
    if let Some(last) = rooms.last_mut() {
        last.below = after.above;
    }
    rooms
}

/// Where each line of a fit stands, in pitches below the first place, and how
/// many places all of them take.
pub fn places(para: &Para, fit: usize, pitch: Pt) -> (Vec<usize>, usize) {
    placed(rooms(para, fit, pitch))
}

/// The same between two rules, so far above the first baseline and so far below
/// the last.
pub fn places_between_rules(
    para: &Para,
    fit: usize,
    pitch: Pt,
    (above, below): (Pt, Pt),
) -> (Vec<usize>, usize) {
    placed(rooms_between(para, fit, pitch, (pitch - below, pitch - above)))
}

fn placed(rooms: Vec<Room>) -> (Vec<usize>, usize) {
    let mut at = 0;
    let place = |room: Room| {
        let own = at + room.above;
        at = own + 1 + room.below;
        own
    };
    let places = rooms.into_iter().map(place).collect();
    (places, at)
}

/// How far the object of a stretch goes above and below the line.
fn extent(stretch: &Stretch) -> (Pt, Pt) {
    let (height, depth) =
        stretch.object.as_ref().map_or((Pt::ZERO, Pt::ZERO), |o| (o.height(), o.depth()));
    (height + stretch.style.rise, depth - stretch.style.rise)
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
