//! Shaped text in a content stream: glyph runs become `TJ` arrays.
//!
//! The advance of every glyph is the typesetter's; the font's own width is only
//! what a viewer moves on by. The difference is written as an adjustment, always
//! reckoned from where the glyph must stand and never from the one before it,
//! so that rounding can't add up along a line.
//!
//! Where the glyphs don't say the text by themselves (ISO 32000-1, 14.9.4), the
//! words get an `ActualText`: a ligature's glyph that also stands for something
//! else, letters made of several glyphs, right-to-left words, which are drawn
//! from their end.

use std::ops::Range;

use super::fonts::{Face, Fonts};
use super::syntax::{literal, number, scale, scaled, text_bytes};
use crate::page::{Color, Glyph, GlyphRun};
use crate::text::FaceId;
use crate::units::Pt;

/// Decimals of positions: a hundredth of a point is a fifth of the dot of a
/// platesetter.
const POSITION: u32 = 2;

/// Up to this size a whole unit of adjustment, 1/1000 em, is finer than a
/// hundredth of a point either way.
const FINE_SIZE: f64 = 16.0;

/// The glyphs of one letter or ligature with the text they stand for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cluster<'a> {
    /// Which glyphs of the run.
    pub(super) glyphs: Range<usize>,
    /// The text.
    pub(super) text: &'a str,
}

/// The clusters of a run in the order they are drawn.
pub(super) fn clusters(run: &GlyphRun) -> impl Iterator<Item = Cluster<'_>> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let first = run.glyphs.get(next)?;
        let start = next;
        next += 1;
        while run.glyphs.get(next).is_some_and(|g| g.text.is_empty()) {
            next += 1;
        }
        Some(Cluster { glyphs: start..next, text: text_of(run, first) })
    })
}

fn text_of<'a>(run: &'a GlyphRun, glyph: &Glyph) -> &'a str {
    let text = run.text.get(glyph.text.start as usize..glyph.text.end as usize).unwrap_or("");
    // A soft hyphen where no line ends is nothing to be read or copied.
    match text.trim_matches('\u{ad}') {
        "" => text,
        trimmed => trimmed,
    }
}

/// Whether the glyphs of a run, drawn from the left, stand for text that is
/// read from the right.
fn is_right_to_left(run: &GlyphRun) -> bool {
    let mut starts = run.glyphs.iter().filter(|g| !g.text.is_empty()).map(|g| g.text.start);
    match (starts.next(), starts.next_back()) {
        (Some(first), Some(last)) => first > last,
        (Some(_) | None, _) => false,
    }
}

/// Writes the text of one page. What is set once (font, size, colour, scaling)
/// is not said again.
pub(super) struct TextWriter<'a> {
    fonts: &'a Fonts,
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
    /// At the top of a page, with the page's defaults.
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        let state = State { font: None, stretch: scale(100.0, 2), rise: 0, color: Color::Black };
        TextWriter { fonts, state, object: None }
    }

    /// Writes a run; `y` is the baseline above the foot of the page.
    pub(super) fn run(&mut self, out: &mut Vec<u8>, run: &GlyphRun, y: Pt) {
        let Some(face) = self.fonts.get(run.face) else { return };
        self.color(out, run.color);
        let line = Setting::of(run, face, y);
        let span = run.lang.as_ref().map(|lang| lang.tag());
        if let Some(lang) = span {
            self.open_span(out, b"/Lang", lang);
        }
        match &run.actual_text {
            Some(text) => {
                self.open_span(out, b"/ActualText", text);
                self.glyphs(out, &line, 0..run.glyphs.len());
                self.close_span(out);
            }
            None if is_right_to_left(run) => self.backwards(out, &line),
            None => self.forwards(out, &line),
        }
        if span.is_some() {
            self.close_span(out);
        }
    }

    /// Sets the colour of what is filled from here on.
    pub(super) fn color(&mut self, out: &mut Vec<u8>, color: Color) {
        if self.state.color == color {
            return;
        }
        self.flush(out);
        self.state.color = color;
        fill_color(out, color);
    }

    /// Ends the text object, if one is open.
    pub(super) fn end(&mut self, out: &mut Vec<u8>) {
        self.flush(out);
        if self.object.take().is_some() {
            out.extend(*b"ET\n");
        }
    }

    /// Writes the clusters as they come; neighbours whose glyphs don't say
    /// their text share one `ActualText`.
    fn forwards(&mut self, out: &mut Vec<u8>, line: &Setting<'_>) {
        let mut pending: Option<(Range<usize>, String)> = None;
        let mut plain = 0..0;
        for cluster in clusters(line.run) {
            if line.says(&cluster) {
                if let Some((glyphs, text)) = pending.take() {
                    self.replaced(out, line, glyphs, &text);
                }
                if plain.is_empty() {
                    plain = cluster.glyphs;
                } else {
                    plain.end = cluster.glyphs.end;
                }
            } else {
                self.glyphs(out, line, std::mem::take(&mut plain));
                match &mut pending {
                    Some((glyphs, text)) => {
                        glyphs.end = cluster.glyphs.end;
                        text.push_str(cluster.text);
                    }
                    None => pending = Some((cluster.glyphs, cluster.text.to_owned())),
                }
            }
        }
        self.glyphs(out, line, plain);
        if let Some((glyphs, text)) = pending {
            self.replaced(out, line, glyphs, &text);
        }
    }

    /// Writes the words of a right-to-left run in the order they are read,
    /// each with its text; within a word the glyphs are drawn left to right.
    fn backwards(&mut self, out: &mut Vec<u8>, line: &Setting<'_>) {
        let is_space = |g: &Glyph| text_of(line.run, g).chars().all(char::is_whitespace);
        let glyphs = &line.run.glyphs;
        let mut end = glyphs.len();
        while end > 0 {
            let space = |i: usize| glyphs.get(i).is_some_and(|g| !g.text.is_empty() && is_space(g));
            let kind = space(end - 1);
            let mut start = end - 1;
            while start > 0 && space(start - 1) == kind {
                start -= 1;
            }
            if kind {
                self.glyphs(out, line, start..end);
            } else {
                let text = logical_text(line.run, start..end);
                self.replaced(out, line, start..end, text);
            }
            end = start;
        }
    }

    fn replaced(&mut self, out: &mut Vec<u8>, line: &Setting<'_>, at: Range<usize>, text: &str) {
        self.open_span(out, b"/ActualText", text);
        self.glyphs(out, line, at);
        self.close_span(out);
    }

    fn open_span(&mut self, out: &mut Vec<u8>, key: &[u8], text: &str) {
        self.flush(out);
        self.begin(out);
        out.extend(*b"/Span<<");
        out.extend(key);
        literal(out, text_bytes(text));
        out.extend(*b">>BDC\n");
    }

    fn close_span(&mut self, out: &mut Vec<u8>) {
        self.flush(out);
        out.extend(*b"EMC\n");
    }

    fn begin(&mut self, out: &mut Vec<u8>) {
        if self.object.is_none() {
            out.extend(*b"BT\n");
            self.object = Some(TextObject { line: (0, 0), pen: f64::NAN, array: Array::None });
        }
    }

    /// Writes some of a run's glyphs, each where it must stand.
    fn glyphs(&mut self, out: &mut Vec<u8>, line: &Setting<'_>, at: Range<usize>) {
        let Some(glyphs) = line.run.glyphs.get(at.clone()) else { return };
        let before: Pt = line.run.glyphs.iter().take(at.start).map(|g| g.advance).sum();
        let mut x = (line.run.origin.x + before).0;
        for glyph in glyphs {
            // A missing glyph was reported; drawing it would only make the file invalid.
            if let Some(cid) = line.face.cid(glyph.id) {
                self.set(out, line, scale(glyph.dy.0, POSITION));
                self.show(out, line, cid, x + glyph.dx.0);
            }
            x += glyph.advance.0;
        }
    }

    /// Brings font, scaling and rise up to date.
    fn set(&mut self, out: &mut Vec<u8>, line: &Setting<'_>, rise: i64) {
        let font = Some((line.run.face, line.size));
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
            super::syntax::escaped(out, byte);
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
    fn flush(&mut self, out: &mut Vec<u8>) {
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

/// Sets the fill colour.
pub(super) fn fill_color(out: &mut Vec<u8>, color: Color) {
    match color {
        Color::Black => out.extend(*b"0 g\n"),
        Color::Gray(ink) => {
            number(out, 1.0 - f64::from(ink).clamp(0.0, 1.0), 3);
            out.extend(*b" g\n");
        }
        Color::Rgb(rgb) => {
            rgb_operands(out, rgb);
            out.extend(if is_gray(rgb) { b" g\n".as_slice() } else { b" rg\n" });
        }
    }
}

/// Whether a colour is a shade of gray, which needs one number, not three.
pub(super) fn is_gray([r, g, b]: [u8; 3]) -> bool {
    r == g && g == b
}

/// Writes a colour's numbers: one for grays, three for others.
pub(super) fn rgb_operands(out: &mut Vec<u8>, rgb: [u8; 3]) {
    let parts = if is_gray(rgb) { 1 } else { 3 };
    for (i, part) in rgb.iter().take(parts).enumerate() {
        if i > 0 {
            out.push(b' ');
        }
        number(out, f64::from(*part) / 255.0, 3);
    }
}

/// A stretch of a right-to-left run's text: its glyphs' texts lie side by side.
fn logical_text(run: &GlyphRun, at: Range<usize>) -> &str {
    let ranges = || run.glyphs.get(at.clone()).unwrap_or(&[]).iter().filter(|g| !g.text.is_empty());
    let start = ranges().map(|g| g.text.start).min().unwrap_or(0);
    let end = ranges().map(|g| g.text.end).max().unwrap_or(0);
    run.text.get(start as usize..end as usize).unwrap_or("")
}

/// A run with what the stream needs to know of it.
struct Setting<'a> {
    run: &'a GlyphRun,
    face: &'a Face,
    /// The baseline in hundredths of a point.
    y: i64,
    /// The size in thousandths of a point.
    size: i64,
    /// The scaling in hundredths of a percent.
    stretch: i64,
}

impl<'a> Setting<'a> {
    fn of(run: &'a GlyphRun, face: &'a Face, y: Pt) -> Self {
        Setting {
            run,
            face,
            y: scale(y.0, POSITION),
            size: scale(run.size.0, 3).max(1),
            stretch: scale(run.stretch * 100.0, 2).max(1),
        }
    }

    /// How many points 1/1000 em is, with the numbers as they are written.
    fn unit(&self) -> f64 {
        self.size as f64 / 1000.0 * (self.stretch as f64 / 10_000.0) / 1000.0
    }

    /// Whether a cluster's glyph says its text by the font's own table.
    fn says(&self, cluster: &Cluster<'_>) -> bool {
        let mut glyphs = self.run.glyphs.get(cluster.glyphs.clone()).unwrap_or(&[]).iter();
        match (glyphs.next(), glyphs.next()) {
            (Some(glyph), None) => {
                self.face.cid(glyph.id).is_none_or(|cid| self.face.text(cid) == cluster.text)
            }
            (Some(_) | None, _) => false,
        }
    }
}
