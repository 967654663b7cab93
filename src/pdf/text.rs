//! Shaped text in a content stream: glyph runs become `TJ` arrays.
//!
//! The advance of every glyph is the typesetter's; the font's own width is only
//! what a viewer moves on by. The difference is written as an adjustment, always
//! reckoned from where the glyph must stand and never from the one before it,
//! so that rounding can't add up along a line.

use std::ops::Range;

use super::color::Inks;
use super::fonts::{Face, Fonts};
use super::syntax::{escaped, scale, scaled};
use crate::page::{Color, GlyphRun};
use crate::text::FaceId;
use crate::units::Pt;

/// Decimals of positions: a hundredth of a point is a fifth of the dot of a
/// platesetter.
const POSITION: u32 = 2;

/// Up to this size a whole unit of adjustment, 1/1000 em, is finer than a
/// hundredth of a point either way.
const FINE_SIZE: f64 = 16.0;

/// Writes the text of one page. What is set once (font, size, colour, scaling)
/// is not said again.
pub(super) struct TextWriter<'a> {
    fonts: &'a Fonts,
    inks: Inks,
    state: State,
    object: Option<TextObject>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct State {
    font: Option<(FaceId, i64)>,
    stretch: i64,
    rise: i64,
    color: Color,
}

/// What is known between `BT` and `ET`.
struct TextObject {
    /// Where the line matrix is, in hundredths of a point.
    line: (i64, i64),
    /// Where the next glyph would be drawn, in points.
    pen: f64,
    /// The array that is being written.
    array: Array,
}

/// How far the array of a `TJ` has got.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Array {
    None,
    InString,
    BetweenStrings,
}

impl<'a> TextWriter<'a> {
    /// At the top of a page, with the page's defaults and black as it is in these inks.
    pub(super) fn new(fonts: &'a Fonts, inks: Inks) -> Self {
        let state = State { font: None, stretch: scale(100.0, 2), rise: 0, color: Color::Black };
        TextWriter { fonts, inks, state, object: None }
    }

    /// Writes some glyphs of a run; `y` is the baseline above the foot of the page.
    pub(super) fn glyphs(&mut self, out: &mut Vec<u8>, run: &GlyphRun, at: Range<usize>, y: Pt) {
        let Some(face) = self.fonts.get(run.face) else { return };
        let line = Setting::of(run, face, y);
        self.color(out, run.color);
        let before: Pt = run.glyphs.iter().take(at.start).map(|g| g.advance).sum();
        let mut x = (run.origin.x + before).0;
        for glyph in run.glyphs.get(at).unwrap_or(&[]) {
            // A missing glyph was reported; drawing it would only make the file invalid.
            if let Some(cid) = face.cid(glyph.id) {
                self.set(out, &line, scale(glyph.dy.0, POSITION));
                self.show(out, &line, cid, x + glyph.dx.0);
            }
            x += glyph.advance.0;
        }
    }

    /// Sets the colour of what is filled from here on.
    pub(super) fn color(&mut self, out: &mut Vec<u8>, color: Color) {
        if self.state.color == color {
            return;
        }
        self.flush(out);
        self.state.color = color;
        self.inks.fill(out, color);
    }

    /// Whether a text object is open.
    pub(super) fn is_open(&self) -> bool {
        self.object.is_some()
    }

    /// Begins a text object, if none is open.
    pub(super) fn begin(&mut self, out: &mut Vec<u8>) {
        if self.object.is_none() {
            out.extend(*b"BT\n");
            self.object = Some(TextObject { line: (0, 0), pen: f64::NAN, array: Array::None });
        }
    }

    /// Ends the text object, if one is open.
    pub(super) fn end(&mut self, out: &mut Vec<u8>) {
        self.flush(out);
        if self.object.take().is_some() {
            out.extend(*b"ET\n");
        }
    }

    /// Brings font, scaling and rise up to date.
    fn set(&mut self, out: &mut Vec<u8>, line: &Setting<'_>, rise: i64) {
        let font = Some((line.font, line.size));
        if self.state.font != font {
            self.flush(out);
            self.state.font = font;
            out.push(b'/');
            out.extend(line.face.resource().as_bytes());
            out.push(b' ');
            scaled(out, line.size, 3);
            out.extend(*b" Tf\n");
        }
        if self.state.stretch != line.stretch {
            self.flush(out);
            self.state.stretch = line.stretch;
            scaled(out, line.stretch, 2);
            out.extend(*b" Tz\n");
        }
        if self.state.rise != rise {
            self.flush(out);
            self.state.rise = rise;
            scaled(out, rise, POSITION);
            out.extend(*b" Ts\n");
        }
    }

    /// Draws one glyph at `x`.
    fn show(&mut self, out: &mut Vec<u8>, line: &Setting<'_>, cid: u16, x: f64) {
        self.begin(out);
        self.place(out, line, x);
        let Some(object) = &mut self.object else { return };
        // How far a whole unit of adjustment, 1/1000 em, moves the pen.
        let unit = line.unit();
        let decimals = if unit * 1000.0 > FINE_SIZE { 1 } else { 0 };
        let adjustment = scale((object.pen - x) / unit, decimals);
        if adjustment != 0 {
            if object.array == Array::InString {
                out.push(b')');
            } else if object.array == Array::None {
                out.push(b'[');
            }
            object.array = Array::BetweenStrings;
            scaled(out, adjustment, decimals);
            object.pen -= adjustment as f64 / 10f64.powi(decimals.cast_signed()) * unit;
        }
        match object.array {
            Array::None => out.extend(*b"[("),
            Array::BetweenStrings => out.push(b'('),
            Array::InString => {}
        }
        object.array = Array::InString;
        for byte in cid.to_be_bytes() {
            escaped(out, byte);
        }
        object.pen += line.face.width(cid) * unit;
    }

    /// Goes to another baseline, or stays on this one.
    fn place(&mut self, out: &mut Vec<u8>, line: &Setting<'_>, x: f64) {
        let Some(object) = &self.object else { return };
        if object.pen.is_finite() && object.line.1 == line.y {
            return;
        }
        self.flush(out);
        let Some(object) = &mut self.object else { return };
        let to = (scale(x, POSITION), line.y);
        scaled(out, to.0 - object.line.0, POSITION);
        out.push(b' ');
        scaled(out, to.1 - object.line.1, POSITION);
        out.extend(*b" Td\n");
        object.line = to;
        object.pen = to.0 as f64 / 100.0;
    }

    /// Ends the array that is being written.
    pub(super) fn flush(&mut self, out: &mut Vec<u8>) {
        if let Some(object) = &mut self.object {
            match object.array {
                Array::None => {}
                Array::InString => out.extend(*b")]TJ\n"),
                Array::BetweenStrings => out.extend(*b"]TJ\n"),
            }
            object.array = Array::None;
        }
    }
}

/// A run with what the stream needs to know of it.
struct Setting<'a> {
    face: &'a Face,
    font: FaceId,
    /// The baseline in hundredths of a point.
    y: i64,
    /// The size in thousandths of a point.
    size: i64,
    /// The scaling in hundredths of a percent.
    stretch: i64,
}

impl<'a> Setting<'a> {
    fn of(run: &GlyphRun, face: &'a Face, y: Pt) -> Self {
        Setting {
            face,
            font: run.face,
            y: scale(y.0, POSITION),
            size: scale(run.size.0, 3).max(1),
            stretch: scale(run.stretch * 100.0, 2).max(1),
        }
    }

    /// How many points 1/1000 em is, with the numbers as they are written.
    fn unit(&self) -> f64 {
        self.size as f64 / 1000.0 * (self.stretch as f64 / 10_000.0) / 1000.0
    }
}
