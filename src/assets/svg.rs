//! SVG files: read in full, and turned into plain paths where paths can say it.
//!
//! usvg resolves style sheets, `use`, units and text. What remains are groups
//! and paths; as long as those are painted in plain colours, one over the
//! other, they become a [`Drawing`] that a PDF can hold and that can be
//! written back as harmless SVG. Gradients, clips, masks, filters and embedded
//! pictures are left to the pixel road. Nothing outside the file is read.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use resvg::tiny_skia::{Path, PathSegment as SkiaSegment, Transform};
use usvg::{FillRule, ImageHrefResolver, ImageKind, LineCap, LineJoin, Node, Paint, PaintOrder};

use super::{DrawPath, Drawing, Fill, PathSegment, PictureError, Stroke, probe};
use crate::text::FontBook;

/// How far from a similarity (in relative units) a transform may be for a
/// stroke still to be called of one width.
const SIMILAR: f32 = 1e-4;

/// Parses SVG text; `data:` pictures in it are checked, others are refused.
///
/// # Errors
/// If it is not SVG, has no size, or refers to another file.
pub(super) fn parse(bytes: &[u8]) -> Result<usvg::Tree, PictureError> {
    let refused: Arc<Mutex<Option<String>>> = Arc::default();
    let mut options = usvg::Options {
        font_family: "Libertinus Serif".into(),
        image_href_resolver: resolver(&refused),
        ..usvg::Options::default()
    };
    if bytes.windows(5).any(|w| matches!(w, b"<text" | b":text")) {
        options.fontdb = fonts();
    }
    let tree = usvg::Tree::from_data(bytes, &options)
        .map_err(|e| PictureError(format!("it can't be read as SVG: {e}")))?;
    let refused = refused.lock().unwrap_or_else(PoisonError::into_inner).take();
    match refused {
        Some(why) => Err(PictureError(why)),
        None => Ok(tree),
    }
}

/// Answers every picture in the SVG: with the checked data, or not at all,
/// noting the first that was refused.
fn resolver(refused: &Arc<Mutex<Option<String>>>) -> ImageHrefResolver<'static> {
    let note = |slot: &Arc<Mutex<Option<String>>>, why: String| {
        slot.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(why);
        None::<ImageKind>
    };
    let default = ImageHrefResolver::default_data_resolver();
    let (for_data, for_href) = (Arc::clone(refused), Arc::clone(refused));
    ImageHrefResolver {
        resolve_data: Box::new(move |mime, data, options| {
            if probe::is_svg(&data) {
                return default(mime, data, options);
            }
            match probe::probe(&data) {
                Ok(_) => default(mime, data, options),
                Err(e) => note(&for_data, format!("a picture embedded in it is broken: {e}")),
            }
        }),
        resolve_string: Box::new(move |href, _| {
            let short: String = href.chars().take(60).collect();
            note(&for_href, format!("it refers to another file, `{short}`, which is not read"))
        }),
    }
}

/// The shipped fonts for text in drawings, loaded at the first need.
fn fonts() -> Arc<usvg::fontdb::Database> {
    static FONTS: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut db = usvg::fontdb::Database::new();
        for (_, face) in FontBook::shipped().iter() {
            let data = Arc::new(Arc::clone(&face.data));
            db.load_font_source(usvg::fontdb::Source::Binary(data));
        }
        db.set_serif_family("Libertinus Serif");
        db.set_cursive_family("Libertinus Serif");
        db.set_fantasy_family("Libertinus Serif");
        db.set_sans_serif_family("Source Sans 3");
        db.set_monospace_family("Source Code Pro");
        Arc::new(db)
    });
    Arc::clone(fonts)
}

/// The drawing as SVG text again, text as paths: nothing is left that runs, or
/// that leads out of it.
pub(super) fn rewritten(tree: &usvg::Tree) -> String {
    tree.to_string(&usvg::WriteOptions {
        coordinates_precision: 3,
        transforms_precision: 5,
        indent: usvg::Indent::None,
        ..usvg::WriteOptions::default()
    })
}

/// The drawing as paths in plain colours; `None` if it holds more than that.
pub(super) fn to_drawing(tree: &usvg::Tree) -> Option<Drawing> {
    let size = tree.size();
    let mut drawing = Drawing {
        width: f64::from(size.width()),
        height: f64::from(size.height()),
        paths: Vec::new(),
    };
    group(tree.root(), 1.0, &mut drawing.paths)?;
    Some(drawing)
}

fn group(g: &usvg::Group, opacity: f64, out: &mut Vec<DrawPath>) -> Option<()> {
    let plain = g.clip_path().is_none()
        && g.mask().is_none()
        && g.filters().is_empty()
        && g.blend_mode() == usvg::BlendMode::Normal;
    let own = opacity * f64::from(g.opacity().get());
    // The opacity of a group is that of its shapes only if none lies on another.
    if !plain || (own < 1.0 && !is_one_shape(g)) {
        return None;
    }
    for node in g.children() {
        match node {
            Node::Group(inner) => group(inner, own, out)?,
            Node::Text(text) => group(text.flattened(), own, out)?,
            Node::Path(path) => shape(path, own, out)?,
            Node::Image(image) if !image.is_visible() => {}
            Node::Image(_) => return None,
        }
    }
    Some(())
}

fn is_one_shape(g: &usvg::Group) -> bool {
    match g.children() {
        [] => true,
        [Node::Path(path)] => path.fill().is_none() || path.stroke().is_none(),
        [Node::Group(inner)] => is_one_shape(inner),
        _ => false,
    }
}

fn shape(path: &usvg::Path, opacity: f64, out: &mut Vec<DrawPath>) -> Option<()> {
    if !path.is_visible() {
        return Some(());
    }
    let to_page = path.abs_transform();
    let fill = match path.fill() {
        Some(fill) => Some(Fill {
            rgb: plain_colour(fill.paint())?,
            opacity: opacity * f64::from(fill.opacity().get()),
            even_odd: fill.rule() == FillRule::EvenOdd,
        }),
        None => None,
    };
    let filled = |fill: Fill| {
        let segments = outline(path.data(), to_page);
        DrawPath { segments, fill: Some(fill), stroke: None }
    };
    let stroked = match path.stroke() {
        Some(stroke) => stroke_path(path.data(), stroke, to_page, opacity)?,
        None => None,
    };
    match (fill, stroked) {
        (Some(fill), Some(line)) => match path.paint_order() {
            PaintOrder::FillAndStroke if line.stroke.is_some() => {
                out.push(DrawPath { fill: Some(fill), ..line });
            }
            PaintOrder::FillAndStroke => out.extend([filled(fill), line]),
            PaintOrder::StrokeAndFill => out.extend([line, filled(fill)]),
        },
        (Some(fill), None) => out.push(filled(fill)),
        (None, Some(line)) => out.push(line),
        (None, None) => {}
    }
    Some(())
}

/// A stroke as a stroke where the transform leaves it one width, else as the
/// outline of its ink. The outer `None` is for a paint that is no plain colour.
fn stroke_path(
    data: &Path,
    stroke: &usvg::Stroke,
    to_page: Transform,
    opacity: f64,
) -> Option<Option<DrawPath>> {
    let rgb = plain_colour(stroke.paint())?;
    let opacity = opacity * f64::from(stroke.opacity().get());
    let Some(scale) = similarity(to_page) else {
        let detail = resvg::tiny_skia::PathStroker::compute_resolution_scale(&to_page);
        let ink = data.stroke(&stroke.to_tiny_skia(), detail);
        return Some(ink.map(|ink| DrawPath {
            segments: outline(&ink, to_page),
            fill: Some(Fill { rgb, opacity, even_odd: false }),
            stroke: None,
        }));
    };
    let scaled = |n: f32| f64::from(n) * scale;
    Some(Some(DrawPath {
        segments: outline(data, to_page),
        fill: None,
        stroke: Some(Stroke {
            rgb,
            opacity,
            width: scaled(stroke.width().get()),
            cap: match stroke.linecap() {
                LineCap::Butt => 0,
                LineCap::Round => 1,
                LineCap::Square => 2,
            },
            join: match stroke.linejoin() {
                LineJoin::Miter | LineJoin::MiterClip => 0,
                LineJoin::Round => 1,
                LineJoin::Bevel => 2,
            },
            miter_limit: f64::from(stroke.miterlimit().get()),
            dash: stroke.dasharray().unwrap_or(&[]).iter().map(|d| scaled(*d)).collect(),
            dash_offset: scaled(stroke.dashoffset()),
        }),
    }))
}

/// The factor of a transform that scales alike in all directions.
fn similarity(t: Transform) -> Option<f64> {
    let (a, b) = (t.sx.hypot(t.ky), t.kx.hypot(t.sy));
    let skew = t.sx * t.kx + t.ky * t.sy;
    let alike = (a - b).abs() <= SIMILAR * a.max(b) && skew.abs() <= SIMILAR * a * b;
    (alike && a > 0.0).then(|| f64::from(a))
}

fn plain_colour(paint: &Paint) -> Option<[u8; 3]> {
    match paint {
        Paint::Color(c) => Some([c.red, c.green, c.blue]),
        Paint::LinearGradient(_) | Paint::RadialGradient(_) | Paint::Pattern(_) => None,
    }
}

fn outline(path: &Path, t: Transform) -> Vec<PathSegment> {
    let [sx, kx, ky, sy, tx, ty] = [t.sx, t.kx, t.ky, t.sy, t.tx, t.ty].map(f64::from);
    let map = |p: resvg::tiny_skia::Point| {
        let (x, y) = (f64::from(p.x), f64::from(p.y));
        (sx * x + kx * y + tx, ky * x + sy * y + ty)
    };
    let mut at = (0.0, 0.0);
    path.segments()
        .map(|segment| match segment {
            SkiaSegment::MoveTo(p) => {
                at = map(p);
                PathSegment::Move(at.0, at.1)
            }
            SkiaSegment::LineTo(p) => {
                at = map(p);
                PathSegment::Line(at.0, at.1)
            }
            SkiaSegment::QuadTo(c, p) => {
                let (from, c, to) = (at, map(c), map(p));
                at = to;
                PathSegment::quadratic(from, c, to)
            }
            SkiaSegment::CubicTo(c, d, p) => {
                let (c, d) = (map(c), map(d));
                at = map(p);
                PathSegment::Cubic(c.0, c.1, d.0, d.1, at.0, at.1)
            }
            SkiaSegment::Close => PathSegment::Close,
        })
        .collect()
}
