//! What a drawing may ask for: beyond these bounds it would take hours or all
//! memory to paint, and no book needs it.

use quick_xml::events::Event;
use usvg::filter::Kind;
use usvg::{ImageKind, Node, Tree};

use super::error::PictureError;

/// Elements within elements. Drawing programs stay below thirty.
const MOST_DEPTH: usize = 128;
/// How many times the area of its drawing a tile of a pattern may have.
const MOST_TILE: f32 = 16.0;
/// Octaves of noise; beyond ten nothing changes any more.
const MOST_OCTAVES: u32 = 16;
/// The radius of a morphology filter, as a share of the drawing's longer side.
const MOST_RADIUS: f32 = 0.02;
/// Numbers in the matrix of a convolution.
const MOST_MATRIX: u32 = 400;
/// Filter primitives in a drawing.
const MOST_PRIMITIVES: usize = 500;

fn refused<T>(what: &str) -> Result<T, PictureError> {
    Err(PictureError(format!("{what}, which no drawing in a book needs")))
}

/// Checks the text of a drawing before it is read: the reader goes down into
/// elements by recursion.
///
/// # Errors
/// If elements lie too deep within each other. What is no XML is left to the
/// reader.
pub(super) fn check_text(bytes: &[u8]) -> Result<(), PictureError> {
    let mut reader = quick_xml::Reader::from_reader(bytes);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
        if depth > MOST_DEPTH {
            return refused("its elements lie too deep within each other");
        }
    }
}

/// Checks what painting the drawing would take.
///
/// # Errors
/// If a pattern or filter is too large, or groups lie too deep within each
/// other after `use` was resolved.
pub(super) fn check_tree(tree: &Tree) -> Result<(), PictureError> {
    let (width, height) = (tree.size().width(), tree.size().height());
    for pattern in tree.patterns() {
        let (scale_x, scale_y) = pattern.transform().get_scale();
        let tile = pattern.rect().width() * scale_x * pattern.rect().height() * scale_y;
        if !tile.is_finite() || tile > width * height * MOST_TILE {
            return refused("a pattern in it has a huge tile");
        }
    }
    let primitives = tree.filters().iter().flat_map(|filter| filter.primitives());
    if primitives.clone().count() > MOST_PRIMITIVES {
        return refused("it has hundreds of filters");
    }
    let radius = width.max(height) * MOST_RADIUS;
    for primitive in primitives {
        match primitive.kind() {
            Kind::Turbulence(noise) if noise.num_octaves() > MOST_OCTAVES => {
                return refused("a filter in it asks for noise of very many octaves");
            }
            Kind::Morphology(brush)
                if brush.radius_x().get().max(brush.radius_y().get()) > radius.max(2.0) =>
            {
                return refused("a filter in it has a huge radius");
            }
            Kind::ConvolveMatrix(convolve)
                if convolve.matrix().columns().saturating_mul(convolve.matrix().rows())
                    > MOST_MATRIX =>
            {
                return refused("a filter in it has a huge matrix");
            }
            _ => {}
        }
    }
    check_depth(tree)
}

/// Walks all groups, without recursion.
fn check_depth(tree: &Tree) -> Result<(), PictureError> {
    let mut open = vec![(tree.root(), 0_usize)];
    open.extend(tree.patterns().iter().map(|pattern| (pattern.root(), 0)));
    open.extend(tree.masks().iter().map(|mask| (mask.root(), 0)));
    open.extend(tree.clip_paths().iter().map(|clip| (clip.root(), 0)));
    while let Some((group, depth)) = open.pop() {
        if depth > MOST_DEPTH {
            return refused("its groups lie too deep within each other");
        }
        for node in group.children() {
            match node {
                Node::Group(inner) => open.push((inner, depth + 1)),
                Node::Text(text) => open.push((text.flattened(), depth + 1)),
                Node::Image(image) => {
                    if let ImageKind::SVG(inner) = image.kind() {
                        open.push((inner.root(), depth + 1));
                    }
                }
                Node::Path(_) => {}
            }
        }
    }
    Ok(())
}
