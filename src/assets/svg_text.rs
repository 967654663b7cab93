//! Drawings written as SVG: paths and nothing else.
//!
//! What a reader's engine gets is not the file of the manuscript but this:
//! no script, no link, no style sheet, no name can have come along, and two
//! different readers draw it alike. Points lie on a grid fine enough for
//! print; steps between them are written relative and without a decimal
//! point's waste, so that the text is no longer than what it came from.

use std::fmt::Write;

use super::drawing::{DrawPath, Drawing, PathSegment, Stroke};

/// The finest detail kept is the drawing's longer side over this.
const GRID: f64 = 10_000.0;

/// No point is more steps of the grid away than this.
const FAR: f64 = 1e12;

impl Drawing {
    /// The drawing as the text of an SVG file.
    pub fn to_svg(&self) -> String {
        let decimals = (GRID / self.width.max(self.height)).log10().ceil().clamp(0.0, 6.0) as u32;
        let pen = Pen { unit: 10f64.powi(decimals as i32), decimals: decimals as usize };
        let segments: usize = self.paths.iter().map(|p| p.segments.len()).sum();
        let mut out = String::with_capacity(256 + segments * 16);
        let (w, h) = (pen.plain(self.width), pen.plain(self.height));
        let _ = write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" \
             viewBox=\"0 0 {w} {h}\">"
        );
        for path in &self.paths {
            pen.path(&mut out, path);
        }
        out.push_str("</svg>\n");
        out
    }
}

/// Writes numbers on the grid.
struct Pen {
    /// Steps of the grid to the unit.
    unit: f64,
    decimals: usize,
}

impl Pen {
    fn path(&self, out: &mut String, path: &DrawPath) {
        out.push_str("<path");
        match path.fill {
            Some(fill) => {
                // Black is what a fill is when nothing is said.
                if fill.rgb != [0; 3] {
                    let _ = write!(out, " fill=\"{}\"", colour(fill.rgb));
                }
                if fill.opacity < 1.0 {
                    let _ = write!(out, " fill-opacity=\"{}\"", short(fill.opacity));
                }
                if fill.even_odd {
                    out.push_str(" fill-rule=\"evenodd\"");
                }
            }
            None => out.push_str(" fill=\"none\""),
        }
        if let Some(stroke) = &path.stroke {
            self.stroke(out, stroke);
        }
        out.push_str(" d=\"");
        self.segments(out, &path.segments);
        out.push_str("\"/>");
    }

    fn stroke(&self, out: &mut String, stroke: &Stroke) {
        let _ = write!(out, " stroke=\"{}\"", colour(stroke.rgb));
        if stroke.width != 1.0 {
            let _ = write!(out, " stroke-width=\"{}\"", short(stroke.width));
        }
        if stroke.opacity < 1.0 {
            let _ = write!(out, " stroke-opacity=\"{}\"", short(stroke.opacity));
        }
        match stroke.cap {
            1 => out.push_str(" stroke-linecap=\"round\""),
            2 => out.push_str(" stroke-linecap=\"square\""),
            _ => {}
        }
        match stroke.join {
            1 => out.push_str(" stroke-linejoin=\"round\""),
            2 => out.push_str(" stroke-linejoin=\"bevel\""),
            _ if stroke.miter_limit != 4.0 => {
                let _ = write!(out, " stroke-miterlimit=\"{}\"", short(stroke.miter_limit));
            }
            _ => {}
        }
        if !stroke.dash.is_empty() {
            let dashes: Vec<String> = stroke.dash.iter().map(|d| short(*d)).collect();
            let _ = write!(out, " stroke-dasharray=\"{}\"", dashes.join(" "));
            if stroke.dash_offset != 0.0 {
                let _ = write!(out, " stroke-dashoffset=\"{}\"", short(stroke.dash_offset));
            }
        }
    }

    /// Path data: each contour begins absolute, its pieces are relative. Steps
    /// are taken between points of the grid, so that no error adds up.
    fn segments(&self, out: &mut String, segments: &[PathSegment]) {
        let (mut at, mut start) = ((0, 0), (0, 0));
        let mut last = ' ';
        for segment in segments {
            match *segment {
                PathSegment::Move(x, y) => {
                    at = self.on_grid(x, y);
                    start = at;
                    out.push('M');
                    self.numbers(out, &[at.0, at.1]);
                    last = 'M';
                }
                PathSegment::Line(x, y) => {
                    let to = self.on_grid(x, y);
                    let (dx, dy) = (to.0 - at.0, to.1 - at.1);
                    at = to;
                    let (letter, steps): (_, &[i64]) = match (dx, dy) {
                        (0, 0) => continue,
                        (_, 0) => ('h', &[dx]),
                        (0, _) => ('v', &[dy]),
                        _ => ('l', &[dx, dy]),
                    };
                    self.command(out, &mut last, letter, steps);
                }
                PathSegment::Cubic(a, b, c, d, x, y) => {
                    let (p, q, to) = (self.on_grid(a, b), self.on_grid(c, d), self.on_grid(x, y));
                    let steps =
                        [p.0 - at.0, p.1 - at.1, q.0 - at.0, q.1 - at.1, to.0 - at.0, to.1 - at.1];
                    at = to;
                    self.command(out, &mut last, 'c', &steps);
                }
                PathSegment::Close => {
                    out.push('z');
                    at = start;
                    last = 'z';
                }
            }
        }
    }

    /// The nearest point of the grid; what is absurdly far is brought so near
    /// that steps can be counted.
    fn on_grid(&self, x: f64, y: f64) -> (i64, i64) {
        let steps = |v: f64| (v * self.unit).round().clamp(-FAR, FAR) as i64;
        (steps(x), steps(y))
    }

    /// A command whose letter is left out when it is that of the last one.
    fn command(&self, out: &mut String, last: &mut char, letter: char, steps: &[i64]) {
        if *last == letter {
            if steps.first().is_some_and(|n| *n >= 0) {
                out.push(' ');
            }
        } else {
            out.push(letter);
            *last = letter;
        }
        self.numbers(out, steps);
    }

    fn numbers(&self, out: &mut String, steps: &[i64]) {
        for (i, step) in steps.iter().enumerate() {
            if i > 0 && *step >= 0 {
                out.push(' ');
            }
            self.number(out, *step);
        }
    }

    /// A count of grid steps as a decimal number without needless zeros.
    fn number(&self, out: &mut String, steps: i64) {
        let unit = self.unit as u64;
        let (whole, part) = (steps.unsigned_abs() / unit, steps.unsigned_abs() % unit);
        if steps < 0 {
            out.push('-');
        }
        if whole > 0 || part == 0 {
            let _ = write!(out, "{whole}");
        }
        if part > 0 {
            let digits = format!("{part:0width$}", width = self.decimals);
            out.push('.');
            out.push_str(digits.trim_end_matches('0'));
        }
    }

    fn plain(&self, n: f64) -> String {
        let mut out = String::new();
        self.number(&mut out, (n * self.unit).round() as i64);
        out
    }
}

/// A number with at most three decimals.
fn short(n: f64) -> String {
    let text = format!("{n:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.strip_prefix("0.").map_or_else(|| text.to_owned(), |rest| format!(".{rest}"))
}

fn colour([r, g, b]: [u8; 3]) -> String {
    let double = |n: u8| n >> 4 == n & 15;
    if double(r) && double(g) && double(b) {
        format!("#{:x}{:x}{:x}", r & 15, g & 15, b & 15)
    } else {
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::assets::{Fill, svg};

    fn drawing(segments: Vec<PathSegment>) -> Drawing {
        let fill = Some(Fill { rgb: [0, 0, 0], opacity: 1.0, even_odd: false });
        let paths = vec![DrawPath { segments, fill, stroke: None }];
        Drawing { width: 1000.0, height: 500.0, paths }
    }

    #[test]
    fn path_data_is_short_and_on_the_grid() {
        use PathSegment::{Close, Cubic, Line, Move};
        let text = drawing(vec![
            Move(10.04, 20.0),
            Line(30.0, 20.0),
            Line(30.0, -0.5),
            Line(29.5, -0.25),
            Line(29.0, 0.0),
            Cubic(1.0, 2.0, 3.0, 4.0, 5.0, 6.0),
            Close,
        ])
        .to_svg();
        assert_eq!(
            text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1000\" height=\"500\" \
             viewBox=\"0 0 1000 500\"><path d=\"M10 20h20v-20.5l-.5 .2-.5 .3c-28 2-26 4-24 6z\"/>\
             </svg>\n"
        );
    }

    #[test]
    fn how_a_path_is_painted_survives_the_round_trip() {
        let source = "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='80'>\
            <path d='M1 1h50v50z' fill='#123456' fill-opacity='.5' fill-rule='evenodd'/>\
            <path d='M1 1h50v50' fill='none' stroke='#c8452b' stroke-width='2.5' \
            stroke-linecap='round' stroke-linejoin='bevel' stroke-dasharray='3 2' \
            stroke-dashoffset='1' stroke-opacity='.25'/>\
            <path d='M5 5h9v9z' stroke='#000' stroke-miterlimit='7'/></svg>";
        let read = |text: &str| {
            let tree = svg::parse(text.as_bytes()).expect("it is SVG");
            svg::to_drawing(&tree).expect("it is plain")
        };
        let first = read(source);
        assert_eq!(first.paths.len(), 3);
        assert_eq!(read(&first.to_svg()), first);
    }

    proptest! {
        #[test]
        fn points_move_by_less_than_the_grid(
            points in prop::collection::vec((-9e3f64..9e3, -9e3f64..9e3), 2..40)
        ) {
            let mut segments: Vec<PathSegment> =
                points.iter().map(|(x, y)| PathSegment::Line(*x, *y)).collect();
            let (x, y) = points[0];
            segments[0] = PathSegment::Move(x, y);
            segments.push(PathSegment::Line(x + 1.0, y + 1.0));
            let tree = svg::parse(drawing(segments).to_svg().as_bytes()).expect("it is SVG");
            let again = svg::to_drawing(&tree).expect("it is plain");
            let ends = again.paths[0].segments.iter().filter_map(|s| match s {
                PathSegment::Move(x, y) | PathSegment::Line(x, y) => Some((*x, *y)),
                _ => None,
            });
            for ((x, y), (a, b)) in ends.zip(&points) {
                prop_assert!((x - a).abs() < 0.06 && (y - b).abs() < 0.06, "{x},{y} for {a},{b}");
            }
        }

        #[test]
        fn no_number_is_too_much(x in prop::num::f64::ANY, y in prop::num::f64::ANY) {
            use PathSegment::{Line, Move};
            let text = drawing(vec![Move(-y, x), Line(x, y), Line(0.0, 0.0)]).to_svg();
            prop_assert!(text.ends_with("\"/></svg>\n"));
        }
    }
}
