//! Drawings as pixels.

use resvg::tiny_skia::{self, Color, FillRule, LineCap, LineJoin, Pixmap, StrokeDash, Transform};

use super::drawing::{Drawing, PathSegment, Stroke};
use super::error::PictureError;
use super::raster::Raster;
use crate::units::Px;

/// More than this many picture elements are never drawn or decoded: a bomb,
/// or a mistake.
pub(super) const MOST_ELEMENTS: u64 = 200_000_000;

/// What a drawing is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    Clear,
    White,
}

/// The size a drawing has at a width: the height follows.
///
/// # Errors
/// If it would be larger than anything sensible.
pub(super) fn size_at(width: u32, drawing: (f64, f64)) -> Result<(u32, u32), PictureError> {
    let width = width.max(1);
    let height = (f64::from(width) * drawing.1 / drawing.0).round().max(1.0);
    if !height.is_finite() || f64::from(width) * height > MOST_ELEMENTS as f64 {
        return Err(PictureError(format!("it is too tall to be drawn {width} px wide")));
    }
    Ok((width, height as u32))
}

impl Drawing {
    /// Draws on a pixmap; `(scale, x, y)` places the drawing's coordinates.
    pub(super) fn paint(&self, onto: &mut Pixmap, (scale, x, y): (f64, f64, f64)) {
        let place = Transform::from_row(scale as f32, 0.0, 0.0, scale as f32, x as f32, y as f32);
        for path in &self.paths {
            let Some(outline) = skia_path(&path.segments) else { continue };
            if let Some(fill) = path.fill {
                let rule = if fill.even_odd { FillRule::EvenOdd } else { FillRule::Winding };
                onto.fill_path(&outline, &paint(fill.rgb, fill.opacity), rule, place, None);
            }
            if let Some(stroke) = &path.stroke {
                let ink = paint(stroke.rgb, stroke.opacity);
                onto.stroke_path(&outline, &ink, &skia_stroke(stroke), place, None);
            }
        }
    }

    /// The drawing as pixels, `width` of them wide.
    pub(super) fn pixels(&self, width: u32, ground: Ground) -> Result<Pixmap, PictureError> {
        let (width, height) = size_at(width, (self.width, self.height))?;
        let mut pixmap = canvas(width, height, ground)?;
        self.paint(&mut pixmap, (f64::from(width) / self.width, 0.0, 0.0));
        Ok(pixmap)
    }
}

/// An empty pixmap.
pub(super) fn canvas(width: u32, height: u32, ground: Ground) -> Result<Pixmap, PictureError> {
    let mut pixmap = Pixmap::new(width, height)
        .ok_or_else(|| PictureError(format!("no picture can be {width} × {height} px")))?;
    match ground {
        Ground::Clear => {}
        Ground::White => pixmap.fill(Color::WHITE),
    }
    Ok(pixmap)
}

/// Draws a parsed SVG with all it holds.
pub(super) fn tree_pixels(
    tree: &usvg::Tree,
    width: u32,
    ground: Ground,
) -> Result<Pixmap, PictureError> {
    let size = tree.size();
    let (width, height) = size_at(width, (f64::from(size.width()), f64::from(size.height())))?;
    let mut pixmap = canvas(width, height, ground)?;
    let scale = width as f32 / size.width();
    resvg::render(tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    Ok(pixmap)
}

/// A pixmap as the samples that exporters know.
pub(super) fn to_raster(pixmap: Pixmap) -> Raster {
    let (width, height) = (Px(pixmap.width()), Px(pixmap.height()));
    let opaque = pixmap.data().iter().skip(3).step_by(4).all(|a| *a == 255);
    let rgba = if opaque { pixmap.take() } else { pixmap.take_demultiplied() };
    Raster::from_rgba(width, height, &rgba)
}

fn paint(rgb: [u8; 3], opacity: f64) -> tiny_skia::Paint<'static> {
    let mut paint = tiny_skia::Paint { anti_alias: true, ..tiny_skia::Paint::default() };
    let mut colour = Color::from_rgba8(rgb[0], rgb[1], rgb[2], 255);
    colour.set_alpha(opacity as f32);
    paint.set_color(colour);
    paint
}

fn skia_stroke(stroke: &Stroke) -> tiny_skia::Stroke {
    tiny_skia::Stroke {
        width: stroke.width as f32,
        miter_limit: stroke.miter_limit as f32,
        line_cap: match stroke.cap {
            1 => LineCap::Round,
            2 => LineCap::Square,
            _ => LineCap::Butt,
        },
        line_join: match stroke.join {
            1 => LineJoin::Round,
            2 => LineJoin::Bevel,
            _ => LineJoin::Miter,
        },
        dash: StrokeDash::new(
            stroke.dash.iter().map(|d| *d as f32).collect(),
            stroke.dash_offset as f32,
        ),
    }
}

fn skia_path(segments: &[PathSegment]) -> Option<tiny_skia::Path> {
    let mut path = tiny_skia::PathBuilder::with_capacity(segments.len(), segments.len() * 2);
    for segment in segments {
        match *segment {
            PathSegment::Move(x, y) => path.move_to(x as f32, y as f32),
            PathSegment::Line(x, y) => path.line_to(x as f32, y as f32),
            PathSegment::Cubic(a, b, c, d, x, y) => {
                path.cubic_to(a as f32, b as f32, c as f32, d as f32, x as f32, y as f32);
            }
            PathSegment::Close => path.close(),
        }
    }
    path.finish()
}
