//! Readings above characters.
//!
//! Characters and reading are one thing in the line ([`InlineBox`]), which may
//! be broken before and after it as beside ideographs. The reading is of half
//! the size and stands above the middle of its characters; what is shorter of
//! the two is spread over the width of the other, half a share at its ends
//! (*Requirements for Japanese Text Layout*, W3C, section 3.3). A reading never
//! hangs over the characters beside its own.

use crate::page::{GlyphRun, Item, StructId, Tag};
use crate::text::is_cjk;
use crate::typeset::object::{InlineBox, Object};
use crate::units::Pt;

/// How far the top of a square is above the baseline, in em.
const SQUARE_TOP: f64 = 0.88;
/// How far the letters of a reading go below and above its baseline, in em of
/// its own.
const READING_DEPTH: f64 = 0.14;
const READING_HEIGHT: f64 = 0.78;

/// Puts characters and their reading together, each with its node. `sizes` are
/// those of the characters and of the reading, which keeps `gap` from those of
/// its neighbours.
pub(super) fn ruby(
    (mut base, base_node): (Vec<GlyphRun>, StructId),
    (mut reading, reading_node): (Vec<GlyphRun>, StructId),
    (size, small): (Pt, Pt),
    gap: Pt,
) -> Object {
    let width = |runs: &[GlyphRun]| runs.iter().map(GlyphRun::width).sum::<Pt>();
    let whole = width(&base).max(width(&reading) + gap);
    spread(&mut base, whole);
    spread(&mut reading, whole);
    let up = size * SQUARE_TOP + small * READING_DEPTH;
    for run in &mut reading {
        run.origin.y -= up;
    }
    let tag = |runs: Vec<GlyphRun>, node| {
        runs.into_iter().map(move |run| Item::Glyphs(GlyphRun { tag: Tag::Node(node), ..run }))
    };
    let items = tag(base, base_node).chain(tag(reading, reading_node)).collect();
    Object::Composed(InlineBox {
        width: whole,
        height: up + small * READING_HEIGHT,
        depth: size * (1.0 - SQUARE_TOP),
        items,
        ideographic: true,
        break_after: None,
    })
}

/// Brings runs to a width: letters of East Asian scripts stand apart, others
/// are moved to the middle.
fn spread(runs: &mut [GlyphRun], whole: Pt) {
    let width: Pt = runs.iter().map(GlyphRun::width).sum();
    let slack = whole - width;
    if slack <= Pt(0.01) {
        return;
    }
    let glyphs: usize = runs.iter().map(|run| run.glyphs.len()).sum();
    let apart = runs.iter().all(|run| run.text.chars().all(is_cjk));
    let (before, share) = match apart && glyphs > 1 {
        true => (slack / (glyphs as f64 * 2.0), slack / glyphs as f64),
        false => (slack / 2.0, Pt::ZERO),
    };
    let mut x = before;
    for run in runs {
        run.origin.x += x;
        if share > Pt::ZERO {
            // Letters set apart are still one word to who copies them.
            run.actual_text = Some(run.text.to_string());
        }
        for glyph in &mut run.glyphs {
            glyph.advance += share;
            x += share;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::page::{Color, Glyph, Point};
    use crate::text::FaceId;

    fn run(text: &str, advance: f64) -> GlyphRun {
        let glyph =
            |_| Glyph { id: 1, advance: Pt(advance), dx: Pt::ZERO, dy: Pt::ZERO, text: 0..0 };
        GlyphRun {
            face: FaceId(0),
            size: Pt(5.0),
            stretch: 1.0,
            origin: Point::default(),
            color: Color::Black,
            glyphs: text.chars().map(glyph).collect(),
            text: Arc::from(text),
            actual_text: None,
            lang: None,
            tag: Tag::Node(StructId(0)),
            source: None,
        }
    }

    #[test]
    fn a_short_reading_is_spread_and_a_latin_one_centred() {
        let mut kana = [run("かわ", 5.0)];
        spread(&mut kana, Pt(20.0));
        assert_eq!(kana[0].origin.x, Pt(2.5));
        assert_eq!(kana[0].width(), Pt(20.0));
        assert_eq!(kana[0].actual_text.as_deref(), Some("かわ"));
        let mut latin = [run("shan", 2.0)];
        spread(&mut latin, Pt(10.0));
        assert_eq!((latin[0].origin.x, latin[0].width()), (Pt(1.0), Pt(8.0)));
        let mut wide = [run("かわ", 5.0)];
        spread(&mut wide, Pt(10.0));
        assert_eq!(wide[0].origin.x, Pt::ZERO);
    }
}
