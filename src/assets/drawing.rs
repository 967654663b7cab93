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
