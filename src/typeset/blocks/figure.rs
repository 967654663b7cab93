//! Figures: pictures with their captions, in whole grid lines.

use std::sync::Arc;

use crate::model::{Image, ImageWidth, Inline, NoteId};
use crate::page::{Artifact, Item, Picture, PictureSource, Rect, StructId, StructKind, Tag};
use crate::typeset::chunk::{Chunk, ChunkKind, Gap, Row, RowContent, Variant};
use crate::typeset::context::{Context, Output};
use crate::typeset::inline::flatten;
use crate::typeset::lines::Alignment;
use crate::typeset::page_costs::SMALLER_PICTURE;
use crate::typeset::paragraph::{ParaSpec, break_lines};
use crate::typeset::scope::Scope;
use crate::typeset::style::{Family, TextStyle};
use crate::typeset::tall_lines::line_offsets;
use crate::units::Pt;

/// Elements of a drawing to the inch, as CSS has them.
const CSS_DPI: f64 = 96.0;
/// Sets a figure, in several heights; nothing if none of its pictures was read.
pub fn figure(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    images: &[Image],
    caption: &[Inline],
) -> Option<Chunk> {
    let sizes: Vec<(f64, f64)> = images
        .iter()
        .filter_map(|image| {
            let (w, h) = cx.assets.get(image.source)?.size;
            Some((f64::from(w.0.max(1)), f64::from(h.0.max(1))))
        })
        .collect();
    if sizes.is_empty() || sizes.len() != images.len() {
        return None;
    }
    let grid = cx.theme.leading;
    let fullest = widest(cx, scope, images, &sizes);
    let top = top_above_baseline(cx);
    // The tallest that fits both the measure and the page.
    let page = cx
        .theme
        .lines
        .saturating_sub(if caption.is_empty() { 0 } else { cx.theme.figure.caption_lines })
        .max(2);
    let row_height = |width: Pt| row_height(&sizes, width, gutter(cx));
    let natural = row_height(fullest);
    let lines_of = |height: Pt| 1.0 + (height - top) / grid;
    let most = (lines_of(natural) + 0.12).floor().clamp(1.0, page as f64) as usize;
    let least = most.saturating_sub(cx.theme.figure.gives_way).max(most.div_ceil(2)).max(1);
    let node = output.structure.add(scope.node, StructKind::Div);
    let mut tags = Vec::new();
    for image in images {
        tags.push(picture_tag(output, node, image));
    }
    let caption_set = (!caption.is_empty()).then(|| {
        let caption_node = output.structure.add(node, StructKind::Caption);
        (caption_node, caption)
    });
    let mut variants = Vec::new();
    for lines in (least..=most).rev() {
        let height = (grid * (lines as f64 - 1.0) + top).min(natural);
        let width = width_at(&sizes, height, gutter(cx)).min(fullest);
        let mut parts = vec![RowContent::Items(picture_items(
            cx, scope, images, &sizes, &tags, lines, height, width,
        ))];
        let mut total = lines;
        let mut notes = Vec::new();
        if let Some((caption_node, words)) = &caption_set {
            let (content, more, marked) =
                caption_rows(cx, output, scope, words, *caption_node, width, lines);
            parts.push(content);
            total += more;
            notes = marked;
        }
        let mut row = Row::items(total, Vec::new());
        row.content = RowContent::Group(parts);
        row.notes = notes;
        variants.push(Variant { rows: vec![row], cost: SMALLER_PICTURE * (most - lines) });
    }
    // Notes belong to the page of their marks: such a figure stays where it is.
    let has_notes = variants.iter().flat_map(|v| &v.rows).any(|row| !row.notes.is_empty());
    Some(Chunk {
        variants,
        before: Gap::LINE,
        after: Gap::LINE,
        keep_next: false,
        kind: if has_notes { ChunkKind::Flow } else { ChunkKind::Float },
        repeat: 0,
        compromise: None,
        span: scope.span,
    })
}

/// What a picture is tagged with: a figure below a node, or for a decorative one
/// no content at all.
pub fn picture_tag(output: &mut Output, parent: StructId, image: &Image) -> Tag {
    if image.alt.is_decorative() {
        return Tag::Artifact(Artifact::Layout);
    }
    let alt = image.alt.clone();
    let kind = StructKind::Figure { alt, image: Some(image.source), bbox: Rect::default() };
    Tag::Node(output.structure.add(parent, kind))
}

/// The space between two pictures side by side.
fn gutter(cx: &Context<'_>) -> Pt {
    cx.theme.leading
}

/// How far above the first baseline a picture begins: as high as the capitals.
pub fn top_above_baseline(cx: &Context<'_>) -> Pt {
    let face = cx.faces.get(Family::Serif, crate::text::FaceStyle::default());
    let metrics = &cx.fonts.face(face).metrics;
    cx.theme.size * (metrics.cap_height / metrics.units_per_em)
}

/// How wide the pictures may be together: the measure, the share of it that the
/// book asks for, and never wider than they are sharp.
fn widest(cx: &Context<'_>, scope: Scope<'_>, images: &[Image], sizes: &[(f64, f64)]) -> Pt {
    let mut widest = scope.width;
    if let [image] = images {
        let asked = asked_width(cx, image);
        match asked {
            Some(ImageWidth::Percent(percent)) => {
                widest = scope.width * (f64::from(percent.clamp(5, 100)) / 100.0);
            }
            Some(ImageWidth::Pixels(pixels)) => {
                widest = widest.min(Pt::inches(f64::from(pixels) / CSS_DPI));
            }
            None => {}
        }
        let sharp = cx.assets.get(image.source).and_then(|a| a.sharp_width());
        if let (Some(sharp), None) = (sharp, asked) {
            widest = widest.min(sharp);
        }
        // A small drawing is a sign, not a picture: it is as large as it says.
        let drawing = cx.assets.get(image.source).filter(|a| a.sharp_width().is_none());
        let natural = drawing.map(|asset| asset.natural_width(CSS_DPI));
        if let (Some(natural), None) = (natural, asked)
            && natural < scope.width * cx.theme.figure.small_drawing
        {
            widest = widest.min(natural);
        }
        // A tall picture leaves room for its page's text or fills it.
        if let [(w, h)] = sizes {
            let page = cx.theme.leading * (cx.theme.lines as f64 * cx.theme.figure.tallest);
            if h / w > 1.0 {
                widest = widest.min(page * (w / h));
            }
        }
    }
    widest.max(cx.theme.figure.narrowest)
}

/// The width that the text gives a picture at its place, or `book.toml` in all.
fn asked_width(cx: &Context<'_>, image: &Image) -> Option<ImageWidth> {
    let in_book = || cx.book.image(image.source)?.width.map(ImageWidth::Percent);
    image.width.or_else(in_book)
}

/// The common height of pictures that share a width.
fn row_height(sizes: &[(f64, f64)], width: Pt, gutter: Pt) -> Pt {
    let ratios: f64 = sizes.iter().map(|(w, h)| w / h).sum();
    let gutters = gutter * (sizes.len() as f64 - 1.0);
    (width - gutters).max(Pt(12.0)) / ratios.max(0.01)
}

/// The width of pictures side by side at a common height.
fn width_at(sizes: &[(f64, f64)], height: Pt, gutter: Pt) -> Pt {
    let ratios: f64 = sizes.iter().map(|(w, h)| w / h).sum();
    height * ratios + gutter * (sizes.len() as f64 - 1.0)
}

#[allow(clippy::too_many_arguments, reason = "one place calls it, for each variant")]
fn picture_items(
    cx: &Context<'_>,
    scope: Scope<'_>,
    images: &[Image],
    sizes: &[(f64, f64)],
    tags: &[Tag],
    lines: usize,
    height: Pt,
    width: Pt,
) -> Vec<Item> {
    let foot = cx.theme.leading * (lines as f64 - 1.0);
    let mut x = scope.left + (scope.width - width) / 2.0;
    let mut items = Vec::new();
    for ((image, (w, h)), tag) in images.iter().zip(sizes).zip(tags) {
        let own = height * (w / h);
        let rect = Rect { x, y: foot - height, width: own, height };
        let what = PictureSource::Image(image.source);
        items.push(Item::Picture(Picture { what, rect, tag: *tag }));
        x += own + gutter(cx);
    }
    items
}

/// The caption below a picture: ragged, never wider than the picture, its last
/// line on the grid. Says how many grid lines it takes.
fn caption_rows(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    words: &[Inline],
    node: crate::page::StructId,
    width: Pt,
    lines: usize,
) -> (RowContent, usize, Vec<NoteId>) {
    let theme = cx.theme;
    let style = TextStyle::text(theme.caption_size).family(Family::Sans);
    // The text must not be read before the picture: captions keep clear of it.
    let left = scope.left + (scope.width - width) / 2.0;
    let width = width.max(theme.figure.narrowest_caption);
    let spec = ParaSpec::block(Scope { node, style, left, width, ..scope }, Alignment::Ragged);
    let text = flatten(cx, output, spec.scope, words);
    let notes = text.notes.iter().map(|(_, note)| *note).collect();
    let para = Arc::new(break_lines(cx, output, text, node, &spec, Vec::new()));
    let (at, count) = line_offsets(&para, para.breakings.best, theme.caption_leading);
    let count = count.max(1);
    let grid = theme.leading;
    let height = theme.caption_leading * (count as f64 - 1.0);
    let rows = ((height + theme.caption_leading * theme.figure.caption_gap) / grid).ceil().max(1.0);
    let last = grid * (lines as f64 - 1.0 + rows);
    let content = at
        .into_iter()
        .enumerate()
        .map(|(line, at)| {
            let up = theme.caption_leading * (count - 1 - at) as f64;
            RowContent::line_at(&para, line, last - up)
        })
        .collect();
    (RowContent::Group(content), rows as usize, notes)
}
