//! Optical margins: how far a character may hang over the edge of the measure.
//!
//! A full stop or a hyphen ranged exactly with the edge makes a dent in it;
//! hung partly outside, the edge looks straight. The shares are in the spirit
//! of Hermann Zapf's for Hàn Thế Thành's pdfTeX (*Micro-typographic extensions
//! to the TeX typesetting system*, 2000), chosen by eye for the fonts here.

use super::full_width;
use crate::units::{Em, Pt};

/// How far a character hangs over the right edge, as a share of its width.
fn right_share(c: char) -> f64 {
    match c {
        '.' | ',' => 0.70,
        '-' | '\u{2010}' | '\u{ad}' => 0.55,
        ':' | ';' => 0.45,
        '’' | '”' | '"' | '\'' | '“' | '‘' => 0.55,
        '»' | '›' => 0.35,
        '!' | '?' => 0.18,
        ')' | ']' => 0.14,
        '–' => 0.25,
        '—' => 0.15,
        'r' | 't' | 'y' | 'v' | 'w' | 'k' | 'A' | 'V' | 'W' | 'Y' | 'T' | 'L' | 'F' | 'K' | 'X' => {
            0.05
        }
        _ => 0.0,
    }
}

/// How far a character hangs over the left edge, as a share of its width.
fn left_share(c: char) -> f64 {
    match c {
        '“' | '‘' | '"' | '\'' | '„' | '‚' => 0.55,
        '«' | '‹' => 0.35,
        '(' | '[' => 0.12,
        '–' => 0.2,
        '—' => 0.12,
        'A' | 'T' | 'V' | 'W' | 'Y' | 'X' | 'v' | 'w' | 'y' => 0.05,
        _ => 0.0,
    }
}

/// No character hangs further than this, whatever its width.
const MOST: Em = Em(0.25);

/// How far the last character of a line hangs out, given its width.
pub fn right(c: char, width: Pt, size: Pt) -> Pt {
    (width * right_share(c)).min(MOST.at(size))
}

/// How far the first character of a line hangs out, given its width.
pub fn left(c: char, width: Pt, size: Pt) -> Pt {
    let half = if width >= size * 0.9 { size * full_width::empty_left(c) } else { Pt::ZERO };
    (width * left_share(c)).min(MOST.at(size)).max(half)
}
