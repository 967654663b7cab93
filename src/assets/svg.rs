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

use super::drawing::{DrawPath, Drawing, Fill, PathSegment, Stroke};
use super::error::PictureError;
use super::{probe, svg_limits};
use crate::text::FontBook;

/// How far from a similarity (in relative units) a transform may be for a
/// stroke still to be called of one width.
const SIMILAR: f32 = 1e-4;

/// Groups within groups that are each painted apart and then laid on the rest;
/// every one takes the memory of a whole picture.
const MOST_LAYERS: usize = 24;

/// The stack of the thread that reads a drawing: `usvg` goes down into elements
/// and through chains of `use` by recursion.
const STACK: usize = 256 << 20;

/// Parses SVG text; `data:` pictures in it are checked, others are refused.
///
/// # Errors
/// If it is not SVG, has no size, refers to another file, or asks for more than
/// can be painted.
pub(super) fn parse(bytes: &[u8]) -> Result<usvg::Tree, PictureError> {
    svg_limits::check_text(bytes)?;
    let failed = || PictureError("it can't be read as SVG".into());
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().stack_size(STACK);
        let reader = reader.spawn_scoped(scope, || parse_here(bytes)).map_err(|_| failed())?;
        reader.join().map_err(|_| failed())?
    })
}

fn parse_here(bytes: &[u8]) -> Result<usvg::Tree, PictureError> {
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
    svg_limits::check_tree(&tree)?;
    let refused = refused.lock().unwrap_or_else(PoisonError::into_inner).take();
    match refused {
        Some(why) => Err(PictureError(why)),
        None if layers(tree.root()) > MOST_LAYERS => Err(PictureError(format!(
            "more than {MOST_LAYERS} groups with opacity or effects lie within each other"
        ))),
        None => Ok(tree),
    }
}

/// How many layers of a group are open at once while it is painted.
fn layers(g: &usvg::Group) -> usize {
    let within = g.children().iter().map(|node| match node {
        Node::Group(inner) => layers(inner),
        Node::Path(_) | Node::Image(_) | Node::Text(_) => 0,
    });
    within.max().unwrap_or(0) + usize::from(g.should_isolate())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(body: &str) -> String {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' \
             width='100' height='50' viewBox='0 0 200 100'>{body}</svg>"
        )
    }

    fn drawn(body: &str) -> Option<Drawing> {
        to_drawing(&parse(svg(body).as_bytes()).expect("it is SVG"))
    }

    #[test]
    fn shapes_become_paths_in_the_drawings_own_coordinates() {
        let drawing = drawn(
            "<g transform='translate(20 10)' fill='#c8452b'>\
             <rect width='40' height='20'/></g>",
        )
        .expect("it is plain");
        assert_eq!((drawing.width, drawing.height), (100.0, 50.0));
        let fill = Fill { rgb: [0xC8, 0x45, 0x2B], opacity: 1.0, even_odd: false };
        assert_eq!(drawing.paths[0].fill, Some(fill));
        assert_eq!(drawing.paths[0].segments[0], PathSegment::Move(10.0, 5.0));
        assert!(drawing.paths[0].segments.contains(&PathSegment::Line(30.0, 15.0)));
    }

    #[test]
    fn a_stroke_keeps_its_width_unless_it_is_skewed() {
        let line = |transform: &str| {
            let body = format!(
                "<path d='M0 0h50' fill='none' transform='{transform}' stroke='#000' stroke-width='4'/>"
            );
            drawn(&body).expect("it is plain").paths.remove(0)
        };
        let turned = line("rotate(30) scale(2)");
        assert!((turned.stroke.expect("it is a stroke").width - 4.0).abs() < 1e-3);
        let skewed = line("scale(1 3)");
        assert_eq!(skewed.stroke, None);
        assert!(skewed.fill.is_some() && skewed.segments.len() >= 4);
    }

    #[test]
    fn opacity_of_one_shape_is_taken_over_and_of_several_is_not() {
        let one = drawn("<g opacity='.5'><rect width='9' height='9' fill-opacity='.5'/></g>");
        let fill = one.and_then(|d| d.paths[0].fill).expect("it is plain");
        assert!((fill.opacity - 0.25).abs() < 0.01);
        assert_eq!(drawn("<g opacity='.5'><rect width='9' height='9'/><circle r='9'/></g>"), None);
    }

    #[test]
    fn what_paths_cannot_say_is_left_to_pixels() {
        for body in [
            "<linearGradient id='g'><stop stop-color='red'/><stop offset='1' stop-color='blue'/>\
             </linearGradient><rect width='9' height='9' fill='url(#g)'/>",
            "<clipPath id='c'><circle r='9'/></clipPath>\
             <rect width='9' height='9' clip-path='url(#c)'/>",
            "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter>\
             <rect width='9' height='9' filter='url(#f)'/>",
            "<g style='mix-blend-mode:multiply'><rect width='9' height='9'/></g>",
        ] {
            assert_eq!(drawn(body), None, "{body}");
        }
    }

    #[test]
    fn text_becomes_outlines_of_the_shipped_fonts() {
        let text = "<text x='10' y='50' font-family='sans-serif' font-size='20'>Hi</text>";
        let drawing = drawn(text).expect("it is plain");
        assert!(drawing.paths.iter().map(|p| p.segments.len()).sum::<usize>() > 10);
    }

    #[test]
    fn another_file_is_refused_and_named() {
        for href in ["secret.png", "/etc/passwd", "https://example.org/x.png"] {
            let body = format!("<image xlink:href='{href}' width='9' height='9'/>");
            let error = parse(svg(&body).as_bytes()).expect_err("it is refused");
            assert!(error.0.contains(&format!("`{href}`")), "{error}");
        }
    }

    #[test]
    fn drawings_that_would_hang_or_fill_the_memory_are_refused() {
        let deep = format!("{}{}", "<svg>".repeat(5000), "</svg>".repeat(5000));
        let chain: String = (0..3000)
            .map(|i| format!("<g id='g{i}'><use xlink:href='#g{}'/></g>", i + 1))
            .collect();
        for (body, what) in [
            (deep, "deep"),
            (chain, ""),
            (
                "<pattern id='p' width='1e8' height='1e8' patternUnits='userSpaceOnUse'>\
                 <rect width='9' height='9'/></pattern>\
                 <rect width='9' height='9' fill='url(#p)'/>"
                    .to_owned(),
                "tile",
            ),
            (
                "<filter id='f'><feTurbulence baseFrequency='1' numOctaves='1000000'/></filter>\
                 <rect width='9' height='9' filter='url(#f)'/>"
                    .to_owned(),
                "octaves",
            ),
            (
                "<filter id='f'><feMorphology operator='dilate' radius='5000'/></filter>\
                 <rect width='9' height='9' filter='url(#f)'/>"
                    .to_owned(),
                "radius",
            ),
        ] {
            match parse(svg(&body).as_bytes()) {
                Ok(_) => assert!(what.is_empty(), "{what} is not refused"),
                Err(error) => assert!(error.0.contains(what), "{error}"),
            }
        }
    }

    #[test]
    fn a_broken_picture_within_is_found() {
        let body = "<image xlink:href='data:image/png;base64,iVBORw0KGgo=' width='9' height='9'/>";
        let error = parse(svg(body).as_bytes()).expect_err("it is refused");
        assert!(error.0.contains("embedded"), "{error}");
    }

    #[test]
    fn nothing_that_runs_is_written_again() {
        let body = "<script>alert(1)</script><rect width='9' height='9' onclick='alert(2)'/>\
                    <foreignObject><b xmlns='http://www.w3.org/1999/xhtml'>3</b></foreignObject>\
                    <a xlink:href='javascript:alert(4)'><circle r='9'/></a>";
        let tree = parse(svg(body).as_bytes()).expect("it is SVG");
        let drawing = to_drawing(&tree).expect("it is plain");
        for text in [rewritten(&tree), drawing.to_svg()] {
            for bad in ["script", "alert", "onclick", "foreign", "href"] {
                assert!(!text.contains(bad), "{bad} in {text}");
            }
        }
    }

    #[test]
    fn nesting_without_end_is_an_error_and_no_crash() {
        let deep = svg(&format!("{}<rect/>{}", "<g>".repeat(50_000), "</g>".repeat(50_000)));
        let handle = std::thread::Builder::new()
            .stack_size(2 << 20)
            .spawn(move || parse(deep.as_bytes()).map(|tree| to_drawing(&tree)))
            .expect("a thread");
        assert!(handle.join().expect("no crash").is_err());
        for (open, levels) in [("<g>", 1000), ("<g opacity='.9'>", 1000), ("<g opacity='.9'>", 200)]
        {
            let shapes = "<rect width='9' height='9'/>";
            let much = format!("{}{shapes}{}", open.repeat(levels), "</g>".repeat(levels));
            let asset = crate::assets::Asset::read("x", svg(&much).into_bytes().into());
            // What is read can be drawn.
            if let Ok(asset) = asset {
                let handle = std::thread::Builder::new()
                    .stack_size(2 << 20)
                    .spawn(move || crate::assets::epub_form(&asset).is_ok())
                    .expect("a thread");
                assert!(handle.join().expect("no crash"));
            }
        }
    }
}
