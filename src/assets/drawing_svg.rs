//! Drawings as SVG.

use std::fmt::Write;

use super::drawing::{DrawPath, Drawing, PathSegment, Stroke};

impl Drawing {
    /// A whole SVG document of the drawing's own size, in CSS pixels.
    pub fn svg(&self) -> String {
        let (width, height) = (short(self.width), short(self.height));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\">{}</svg>\n",
            self.svg_paths()
        )
    }

    /// Its paths as elements of SVG, in the drawing's own coordinates.
    pub fn svg_paths(&self) -> String {
        let mut out = String::new();
        self.paths.iter().for_each(|path| element(&mut out, path));
        out
    }
}

fn element(out: &mut String, path: &DrawPath) {
    out.push_str("<path");
    match &path.fill {
        Some(fill) => {
            colour(out, "fill", fill.rgb, fill.opacity);
            if fill.even_odd {
                out.push_str(" fill-rule=\"evenodd\"");
            }
        }
        None => out.push_str(" fill=\"none\""),
    }
    if let Some(stroke) = &path.stroke {
        line(out, stroke);
    }
    let _ = write!(out, " d=\"{}\"/>", outline(&path.segments));
}

fn line(out: &mut String, stroke: &Stroke) {
    colour(out, "stroke", stroke.rgb, stroke.opacity);
    let _ = write!(out, " stroke-width=\"{}\"", short(stroke.width));
    match stroke.cap {
        0 => {}
        1 => out.push_str(" stroke-linecap=\"round\""),
        _ => out.push_str(" stroke-linecap=\"square\""),
    }
    match stroke.join {
        0 => {
            let _ = write!(out, " stroke-miterlimit=\"{}\"", short(stroke.miter_limit));
        }
        1 => out.push_str(" stroke-linejoin=\"round\""),
        _ => out.push_str(" stroke-linejoin=\"bevel\""),
    }
    if !stroke.dash.is_empty() {
        let dash: Vec<String> = stroke.dash.iter().map(|length| short(*length)).collect();
        let _ = write!(out, " stroke-dasharray=\"{}\"", dash.join(" "));
        let _ = write!(out, " stroke-dashoffset=\"{}\"", short(stroke.dash_offset));
    }
}

fn colour(out: &mut String, what: &str, [r, g, b]: [u8; 3], opacity: f64) {
    let _ = write!(out, " {what}=\"#{r:02x}{g:02x}{b:02x}\"");
    if opacity < 1.0 {
        let _ = write!(out, " {what}-opacity=\"{}\"", short(opacity));
    }
}

/// Path data.
fn outline(segments: &[PathSegment]) -> String {
    let mut out = String::new();
    let mut command = |letter: char, numbers: &[f64]| {
        out.push(letter);
        for (index, number) in numbers.iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            out.push_str(&short(*number));
        }
    };
    for segment in segments {
        match *segment {
            PathSegment::Move(x, y) => command('M', &[x, y]),
            PathSegment::Line(x, y) => command('L', &[x, y]),
            PathSegment::Cubic(a, b, c, d, x, y) => command('C', &[a, b, c, d, x, y]),
            PathSegment::Close => command('Z', &[]),
        }
    }
    out
}

/// A number with two decimals at most.
fn short(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    // No negative zero.
    (rounded + 0.0).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::drawing::Fill;

    #[test]
    fn fills_and_lines_are_written_with_all_they_have() {
        let segments = vec![
            PathSegment::Move(0.0, -0.001),
            PathSegment::Line(10.0, 0.5),
            PathSegment::Cubic(1.0, 2.0, 3.0, 4.0, 5.0, 6.123),
            PathSegment::Close,
        ];
        let fill = Fill { rgb: [255, 0, 16], opacity: 0.5, even_odd: true };
        let stroke = Stroke {
            rgb: [0; 3],
            opacity: 1.0,
            width: 2.0,
            cap: 1,
            join: 2,
            miter_limit: 4.0,
            dash: vec![1.0, 2.5],
            dash_offset: 0.5,
        };
        let path = DrawPath { segments, fill: Some(fill), stroke: Some(stroke) };
        let drawing = Drawing { width: 10.0, height: 8.0, paths: vec![path] };
        assert_eq!(
            drawing.svg_paths(),
            "<path fill=\"#ff0010\" fill-opacity=\"0.5\" fill-rule=\"evenodd\" stroke=\"#000000\" \
             stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"bevel\" \
             stroke-dasharray=\"1 2.5\" stroke-dashoffset=\"0.5\" \
             d=\"M0 0L10 0.5C1 2 3 4 5 6.12Z\"/>"
        );
    }
}
