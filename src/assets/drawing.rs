//! Drawings as filled and stroked paths, without anything left to interpret.

/// A drawing in its own coordinates: x to the right, y down, from (0, 0) to
/// (`width`, `height`). Paths are painted in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    /// Width of the drawing's own coordinates.
    pub width: f64,
    /// Height of the drawing's own coordinates.
    pub height: f64,
    /// The paths, back to front.
    pub paths: Vec<DrawPath>,
}

/// One path with how it is painted.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawPath {
    /// The outline.
    pub segments: Vec<PathSegment>,
    /// Its inside.
    pub fill: Option<Fill>,
    /// Its line.
    pub stroke: Option<Stroke>,
}

/// A piece of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PathSegment {
    /// Begins a contour.
    Move(f64, f64),
    /// A straight line.
    Line(f64, f64),
    /// A cubic Bézier curve: two control points and the end.
    Cubic(f64, f64, f64, f64, f64, f64),
    /// Closes the contour.
    Close,
}

impl PathSegment {
    /// A quadratic Bézier curve from one point to another, as the cubic one
    /// that is the same.
    pub fn quadratic(from: (f64, f64), control: (f64, f64), to: (f64, f64)) -> PathSegment {
        let towards = |p: (f64, f64)| {
            (p.0 + (control.0 - p.0) * 2.0 / 3.0, p.1 + (control.1 - p.1) * 2.0 / 3.0)
        };
        let (c, d) = (towards(from), towards(to));
        PathSegment::Cubic(c.0, c.1, d.0, d.1, to.0, to.1)
    }

    /// The same piece, scaled and then moved.
    #[must_use]
    pub fn placed(self, scale: f64, (dx, dy): (f64, f64)) -> PathSegment {
        let (x, y) = (|v: f64| v * scale + dx, |v: f64| v * scale + dy);
        match self {
            PathSegment::Move(a, b) => PathSegment::Move(x(a), y(b)),
            PathSegment::Line(a, b) => PathSegment::Line(x(a), y(b)),
            PathSegment::Cubic(a, b, c, d, e, f) => {
                PathSegment::Cubic(x(a), y(b), x(c), y(d), x(e), y(f))
            }
            PathSegment::Close => PathSegment::Close,
        }
    }
}

/// How an inside is painted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fill {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// 0 is clear, 1 is opaque.
    pub opacity: f64,
    /// Whether overlapping contours cut holes by the even-odd rule instead of
    /// the nonzero one.
    pub even_odd: bool,
}

/// How a line is painted.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// 0 is clear, 1 is opaque.
    pub opacity: f64,
    /// Width in the drawing's coordinates.
    pub width: f64,
    /// 0 butt, 1 round, 2 square, as in PDF.
    pub cap: u8,
    /// 0 miter, 1 round, 2 bevel, as in PDF.
    pub join: u8,
    /// The limit of mitred joins.
    pub miter_limit: f64,
    /// Lengths of dashes and gaps; empty for a solid line.
    pub dash: Vec<f64>,
    /// Where in the pattern the line begins.
    pub dash_offset: f64,
}

impl DrawPath {
    /// The same path, scaled and then moved; its line grows with it.
    #[must_use]
    pub fn placed(&self, scale: f64, by: (f64, f64)) -> DrawPath {
        DrawPath {
            segments: self.segments.iter().map(|s| s.placed(scale, by)).collect(),
            fill: self.fill,
            stroke: self.stroke.clone().map(|s| Stroke {
                width: s.width * scale,
                dash: s.dash.iter().map(|d| d * scale).collect(),
                dash_offset: s.dash_offset * scale,
                ..s
            }),
        }
    }
}
