//! A drawing as a form: path operators in the drawing's own coordinates.

use std::collections::BTreeMap;

use super::color::{Inks, Paint};
use super::syntax::{number, scale};
use crate::assets::{DrawPath, Drawing, Fill, PathSegment, Stroke};

/// How far a point may be off, in points on the page: 1/2400 inch, the raster
/// of a platesetter.
const TOLERANCE: f64 = 0.03;

/// A drawing as a content stream.
#[derive(Debug, Default)]
pub(super) struct FormContent {
    /// The stream, not yet pressed.
    pub(super) content: Vec<u8>,
    /// The opacities in use, of fill and line in thousandths, with the numbers
    /// of their graphics states.
    pub(super) opacities: BTreeMap<(i64, i64), usize>,
}

/// Encodes a drawing; `points` is how many points on the page one unit of its
/// coordinates is where it is placed largest.
pub(super) fn encode(drawing: &Drawing, points: f64, inks: Inks) -> FormContent {
    let segments: usize = drawing.paths.iter().map(|p| p.segments.len()).sum();
    let mut writer = FormWriter {
        form: FormContent { content: Vec::with_capacity(segments * 24), ..FormContent::default() },
        decimals: decimals(points),
        inks,
        state: State::default(),
    };
    for path in &drawing.paths {
        writer.path(path);
    }
    writer.form
}

/// As many decimals as keep a point within the tolerance.
fn decimals(points: f64) -> u32 {
    (0..5u32).find(|d| points / 10f64.powi(d.cast_signed()) <= TOLERANCE).unwrap_or(5)
}

/// What is set in the graphics state. A form begins with whatever the page had,
/// hence the options.
#[derive(Debug, Default)]
struct State {
    fill: Option<[u8; 3]>,
    line: Option<[u8; 3]>,
    width: Option<i64>,
    cap: Option<u8>,
    join: Option<u8>,
    miter_limit: Option<i64>,
    dash: Option<(Vec<f64>, f64)>,
    opacity: Option<(i64, i64)>,
}

struct FormWriter {
    form: FormContent,
    decimals: u32,
    inks: Inks,
    state: State,
}

impl FormWriter {
    fn path(&mut self, path: &DrawPath) {
        match (&path.fill, &path.stroke) {
            (Some(fill), Some(stroke)) if fill.opacity >= 1.0 && stroke.opacity >= 1.0 => {
                self.prepare_fill(fill);
                self.prepare_line(stroke);
                self.opacity(1.0, 1.0);
                self.outline(&path.segments);
                self.push(if fill.even_odd { b"B*\n" } else { b"B\n" });
            }
            // Painted at once, a clear line would not let its fill show through.
            (fill, stroke) => {
                if let Some(fill) = fill {
                    self.prepare_fill(fill);
                    self.opacity(fill.opacity, 1.0);
                    self.outline(&path.segments);
                    self.push(if fill.even_odd { b"f*\n" } else { b"f\n" });
                }
                if let Some(stroke) = stroke {
                    self.prepare_line(stroke);
                    self.opacity(1.0, stroke.opacity);
                    self.outline(&path.segments);
                    self.push(b"S\n");
                }
            }
        }
    }

    fn prepare_fill(&mut self, fill: &Fill) {
        if self.state.fill.replace(fill.rgb) != Some(fill.rgb) {
            self.inks.rgb(&mut self.form.content, fill.rgb, Paint::Fill);
        }
    }

    fn prepare_line(&mut self, stroke: &Stroke) {
        if self.state.line.replace(stroke.rgb) != Some(stroke.rgb) {
            self.inks.rgb(&mut self.form.content, stroke.rgb, Paint::Line);
        }
        let width = scale(stroke.width.max(0.0), 3);
        if self.state.width.replace(width) != Some(width) {
            self.operator([stroke.width.max(0.0)], 3, b"w\n");
        }
        let (cap, join) = (stroke.cap.min(2), stroke.join.min(2));
        if self.state.cap.replace(cap) != Some(cap) {
            self.operator([f64::from(cap)], 0, b"J\n");
        }
        if self.state.join.replace(join) != Some(join) {
            self.operator([f64::from(join)], 0, b"j\n");
        }
        let limit = stroke.miter_limit.max(1.0);
        if join == 0 && self.state.miter_limit.replace(scale(limit, 2)) != Some(scale(limit, 2)) {
            self.operator([limit], 2, b"M\n");
        }
        self.dash(&stroke.dash, stroke.dash_offset);
    }

    fn dash(&mut self, dash: &[f64], offset: f64) {
        // Lengths below zero, or none above it, are not a pattern (8.4.3.6).
        let sound = dash.iter().all(|d| *d >= 0.0) && dash.iter().any(|d| scale(*d, 3) > 0);
        let dash = if sound { dash } else { &[] };
        let pattern = (dash.to_vec(), offset);
        if self.state.dash.as_ref() == Some(&pattern) {
            return;
        }
        self.push(b"[");
        for length in dash {
            number(&mut self.form.content, *length, 3);
            self.push(b" ");
        }
        self.push(b"]");
        number(&mut self.form.content, offset, 3);
        self.push(b" d\n");
        self.state.dash = Some(pattern);
    }

    fn opacity(&mut self, fill: f64, line: f64) {
        let wanted = (scale(fill.clamp(0.0, 1.0), 3), scale(line.clamp(0.0, 1.0), 3));
        let opaque = self.state.opacity.is_none() && wanted == (1000, 1000);
        if opaque || self.state.opacity == Some(wanted) {
            return;
        }
        self.state.opacity = Some(wanted);
        let next = self.form.opacities.len();
        let id = *self.form.opacities.entry(wanted).or_insert(next);
        self.form.content.extend(format!("/G{id} gs\n").as_bytes());
    }

    fn outline(&mut self, segments: &[PathSegment]) {
        let decimals = self.decimals;
        for segment in segments {
            match *segment {
                PathSegment::Move(x, y) => self.operator([x, y], decimals, b"m\n"),
                PathSegment::Line(x, y) => self.operator([x, y], decimals, b"l\n"),
                PathSegment::Cubic(a, b, c, d, x, y) => {
                    self.operator([a, b, c, d, x, y], decimals, b"c\n");
                }
                PathSegment::Close => self.push(b"h\n"),
            }
        }
    }

    fn operator<const N: usize>(&mut self, operands: [f64; N], decimals: u32, operator: &[u8]) {
        for operand in operands {
            number(&mut self.form.content, operand, decimals);
            self.form.content.push(b' ');
        }
        self.push(operator);
    }

    fn push(&mut self, bytes: &[u8]) {
        self.form.content.extend(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(paths: Vec<DrawPath>) -> (String, usize) {
        let form = encode(&Drawing { width: 10.0, height: 10.0, paths }, 1.0, Inks::Light);
        (String::from_utf8_lossy(&form.content).into_owned(), form.opacities.len())
    }

    fn fill(rgb: [u8; 3], opacity: f64) -> Option<Fill> {
        Some(Fill { rgb, opacity, even_odd: false })
    }

    fn stroke(opacity: f64) -> Option<Stroke> {
        let (rgb, dash) = ([255, 0, 0], vec![2.0, 1.0]);
        Some(Stroke {
            rgb,
            opacity,
            width: 0.5,
            cap: 1,
            join: 0,
            miter_limit: 4.0,
            dash,
            dash_offset: 0.0,
        })
    }

    fn line() -> Vec<PathSegment> {
        vec![PathSegment::Move(0.0, 0.0), PathSegment::Line(1.234, 5.0)]
    }

    #[test]
    fn what_stays_the_same_is_said_once() {
        let path = |stroke| DrawPath { segments: line(), fill: fill([9, 9, 9], 1.0), stroke };
        let (content, opacities) = shown(vec![path(stroke(1.0)), path(None), path(stroke(1.0))]);
        assert_eq!(
            content,
            ".035 g\n1 0 0 RG\n.5 w\n1 J\n0 j\n4 M\n[2 1 ]0 d\n0 0 m\n1.23 5 l\nB\n\
             0 0 m\n1.23 5 l\nf\n0 0 m\n1.23 5 l\nB\n"
        );
        assert_eq!(opacities, 0);
    }

    #[test]
    fn clear_paint_is_laid_on_in_two_goes() {
        let path = DrawPath { segments: line(), fill: fill([0, 0, 0], 0.5), stroke: stroke(0.25) };
        let opaque = DrawPath { segments: line(), fill: fill([0, 0, 0], 1.0), stroke: None };
        let (content, opacities) = shown(vec![path, opaque]);
        assert_eq!(content.matches(" gs\n").count(), 3);
        assert_eq!(opacities, 3);
        assert!(content.ends_with("/G2 gs\n0 0 m\n1.23 5 l\nf\n"), "{content}");
    }

    #[test]
    fn decimals_follow_the_size_on_the_page() {
        assert_eq!([0.01, 0.3, 1.0, 72.0, f64::MAX, 0.0].map(decimals), [0, 1, 2, 4, 5, 0]);
    }
}
