//! What a page's stream begins with on a printer's sheet: crop marks, and the
//! way to the corner of the trimmed page.

use super::output_profile::{OutputProfile, Sheet};
use super::syntax::number;
use crate::units::Pt;

/// How long crop marks are, and how far from the bleed they end.
const MARK_LENGTH: f64 = 18.0;
const MARK_GAP: f64 = 3.0;

/// What a page's stream begins with: crop marks, the way to the trimmed page's
/// corner, and black as an ink. Nothing for the screen.
pub(super) fn opening(size: (Pt, Pt), profile: OutputProfile) -> Vec<u8> {
    let mut out = Vec::new();
    let OutputProfile::Press { marks, .. } = profile else { return out };
    let sheet = profile.sheet();
    if marks {
        crop_marks(&mut out, sheet, size);
        // A picture that is larger than the bleed must not run into the marks.
        let [left, bottom, right, top] = sheet.bled(size);
        numbers(&mut out, [left, bottom, right - left, top - bottom]);
        out.extend(*b"re W n\n");
    }
    out.extend(*b"1 0 0 1 ");
    numbers(&mut out, [sheet.margin.0, sheet.margin.0]);
    out.extend(*b"cm\n0 0 0 1 k\n");
    out
}

/// Eight fine lines on all four plates, as an artifact of the page
/// (ISO 32000-1, table 330).
fn crop_marks(out: &mut Vec<u8>, sheet: Sheet, size: (Pt, Pt)) {
    let [left, bottom, right, top] = sheet.trim(size);
    let near = sheet.bleed.0 + MARK_GAP;
    let far = near + MARK_LENGTH;
    out.extend(*b"/Artifact<</Type/Page>>BDC\nq .25 w 1 1 1 1 K\n");
    let mut line = |from: (f64, f64), to: (f64, f64)| {
        numbers(out, [from.0, from.1]);
        out.extend(*b"m ");
        numbers(out, [to.0, to.1]);
        out.extend(*b"l\n");
    };
    for y in [bottom, top] {
        line((left - far, y), (left - near, y));
        line((right + near, y), (right + far, y));
    }
    for x in [left, right] {
        line((x, bottom - far), (x, bottom - near));
        line((x, top + near), (x, top + far));
    }
    out.extend(*b"S Q\nEMC\n");
}

fn numbers<const N: usize>(out: &mut Vec<u8>, values: [f64; N]) {
    for value in values {
        number(out, value, 3);
        out.push(b' ');
    }
}
