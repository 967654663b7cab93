//! How a chapter opens: picture, number, title, subtitle, air, first line.

use std::sync::Arc;

use crate::model::{
    BlockKind, Chapter, Inline, InlineKind, NoteId, QuoteRole, Role, Visitor, plain_text,
    walk_inline,
};
use crate::page::{Item, Picture, PictureSource, Rect, StructKind, Tag};
use crate::typeset::chapter::Setter;
use crate::typeset::chunk::{
    Chunk, ChunkKind, Cost, Gap, NEVER, Para, Range, Row, RowContent, Variant,
};
use crate::typeset::inline::flatten;
use crate::typeset::lines::{Alignment, LineShape};
use crate::typeset::pages::left_margin;
use crate::typeset::style::TextStyle;
use crate::units::{Em, Pt};

use super::Place;
use super::figure::figure_kind;
use super::para::{ParaSpec, fitted, label, spaced_caps};
use super::quote::shifted;

/// Grid lines between the parts of an opening.
struct Sink {
    /// From the top to the number or title, where there is no picture.
    bare: f64,
    /// From the foot of the picture to the number or title.
    below_picture: f64,
    /// From the number to the title.
    title: f64,
    /// From the last line of the title to the subtitle.
    subtitle: f64,
}

/// The space between an opening and the text: what gives so that the pages of
/// the chapter come out full.
const AIR: Gap = Gap { min: 1, ideal: 2, max: 5 };

const SINK: Sink = Sink { bare: 7.0, below_picture: 3.0, title: 2.0, subtitle: 2.0 };

/// A chapter within a chapter opens close to the head of its page: there may be
/// many of them, and short ones.
const NESTED_SINK: Sink = Sink { bare: 1.0, below_picture: 2.0, title: 1.5, subtitle: 1.5 };
const NESTED_AIR: Gap = Gap { min: 1, ideal: 1, max: 3 };

/// Sets the opening of a chapter; its first baseline is that of the page.
/// Nothing for a chapter without title or picture.
pub fn opening(setter: &mut Setter<'_>, chapter: &Chapter, place: Place) -> Option<Chunk> {
    if chapter.title.is_empty() && chapter.opener.is_none() {
        return None;
    }
    let theme = setter.theme;
    let grid = theme.leading;
    let nested = chapter.depth > 0;
    let (sink, air) = if nested { (NESTED_SINK, NESTED_AIR) } else { (SINK, AIR) };
    let mut parts: Vec<RowContent> = Vec::new();
    // The grid line of what was set last, counted from zero.
    let mut at = match &chapter.opener {
        Some(image) => {
            let foot = opener_foot(theme.lines);
            let items = opener_picture(setter, image, place, foot);
            let has_picture = !items.is_empty();
            parts.push(RowContent::Items(items));
            match (has_picture, has_motto(chapter)) {
                (true, false) => foot + sink.below_picture,
                // The motto must leave room for the first lines of the text.
                (true, true) => foot + sink.below_picture - 1.0,
                (false, _) => sink.bare,
            }
        }
        None => sink.bare,
    };
    let own = setter.theme.chapter_label.as_str();
    let label = setter.words().opening(chapter, own, true);
    if let Some(label) = label.filter(|_| chapter.role != Role::Chapter || has_others(setter)) {
        // A numeral or letter is a capital; of words, only their small capitals are seen.
        let label = if chapter.role == Role::Chapter { label.to_lowercase() } else { label };
        parts.push(number_line(setter, &label, place, grid * at));
        at += sink.title;
    }
    if !chapter.title.is_empty() {
        let style = title_style(setter, chapter);
        let leading = if chapter.role == Role::Chapter && !nested { 2.0 } else { 1.5 };
        let kind = StructKind::Heading(1);
        let (lines, count) =
            lines_at(setter, &chapter.title, kind, style, place, grid * at, grid * leading);
        parts.push(lines);
        at += leading * (count as f64 - 1.0);
    }
    if !chapter.subtitle.is_empty() {
        at += sink.subtitle;
        let style = TextStyle::text(theme.section_size).italic();
        let (lines, count) =
            lines_at(setter, &chapter.subtitle, StructKind::P, style, place, grid * at, grid);
        parts.push(lines);
        at += count as f64 - 1.0;
    }
    let rows = at.ceil().max(0.0) as usize + 1;
    let mut row = Row::items(rows.min(theme.lines), Vec::new());
    row.content = RowContent::Group(parts);
    row.break_after = NEVER;
    let listed = setter.words().listed(setter.book, chapter);
    let bookmark = || (1, listed + &plain_text(chapter.name()));
    row.bookmark = (!chapter.title.is_empty()).then(bookmark);
    row.anchors.extend(chapter.anchor);
    row.notes = notes_in(&[&chapter.title, &chapter.subtitle]);
    Some(Chunk {
        variants: vec![Variant { rows: vec![row], cost: Cost::ZERO }],
        before: Gap::NONE,
        after: air,
        keep_next: true,
        kind: ChunkKind::Flow,
        repeat: 0,
        remark: None,
        span: chapter.span,
    })
}

/// The notes whose marks stand in some lines.
fn notes_in(lines: &[&[Inline]]) -> Vec<NoteId> {
    struct Notes(Vec<NoteId>);
    impl Visitor for Notes {
        fn inline(&mut self, inline: &Inline) {
            if let InlineKind::Note(id) = &inline.kind {
                self.0.push(*id);
            }
            walk_inline(self, inline);
        }
    }
    let mut notes = Notes(Vec::new());
    lines.iter().for_each(|line| notes.inlines(line));
    notes.0
}

/// The grid line where an opener's foot stands: a little above the middle.
fn opener_foot(lines: usize) -> f64 {
    (lines as f64 * 0.44).floor()
}

/// Whether there is more than one chapter: one alone needs no number.
fn has_others(setter: &Setter<'_>) -> bool {
    setter.book.chapters.iter().filter(|c| c.role == Role::Chapter).count() > 1
}

/// Whether a motto stands between the title and the text.
fn has_motto(chapter: &Chapter) -> bool {
    chapter
        .blocks
        .first()
        .is_some_and(|b| matches!(b.kind, BlockKind::Quote { role: QuoteRole::Epigraph, .. }))
}

/// A picture that bleeds off the top and both sides, down to a grid line.
fn opener_picture(
    setter: &mut Setter<'_>,
    image: &crate::model::Image,
    place: Place,
    foot: f64,
) -> Vec<Item> {
    let Some(asset) = setter.input.assets.get(image.source) else { return Vec::new() };
    let (w, h) = (f64::from(asset.size.0.0.max(1)), f64::from(asset.size.1.0.max(1)));
    let theme = setter.theme;
    let bleed = theme.bleed;
    let height = theme.top + theme.leading * foot + bleed;
    let width = (height * (w / h)).max(theme.trim.0 + bleed * 2.0);
    let tall = width * (h / w);
    // The measure begins a margin in.
    let margin = left_margin(theme, setter.recto, setter.book.meta.direction());
    let x = -margin - (width - theme.trim.0) / 2.0;
    let rect = Rect { x, y: theme.leading * foot - tall, width, height: tall };
    let node = setter.structure.add(place.node, figure_kind(image));
    let tag = match image.alt {
        crate::model::Alt::Decorative => Tag::Artifact(crate::page::Artifact::Layout),
        crate::model::Alt::Text(_) | crate::model::Alt::Missing => Tag::Node(node),
    };
    vec![Item::Picture(Picture { what: PictureSource::Image(image.source), rect, tag })]
}

fn number_line(setter: &mut Setter<'_>, words: &str, place: Place, y: Pt) -> RowContent {
    let theme = setter.theme;
    let style = spaced_caps(theme.caption_size, Em(theme.caps_tracking.0 * 1.6));
    let node = setter.structure.add(place.node, StructKind::P);
    let runs = label(setter, words, style, Tag::Node(node));
    let width: Pt = runs.iter().map(|r| r.width()).sum();
    let x = place.at(setter.direction, Pt::ZERO, width);
    let items = runs
        .into_iter()
        .map(|mut run| {
            run.origin.x += x;
            run.origin.y += y;
            Item::Glyphs(run)
        })
        .collect();
    RowContent::Items(items)
}

/// The title of a chapter within a chapter, to a pull quote.
const NESTED_TITLE: f64 = 1.2;

/// The type of a chapter's title.
fn title_style(setter: &Setter<'_>, chapter: &Chapter) -> TextStyle {
    let theme = setter.theme;
    let size = match chapter.role {
        _ if chapter.depth > 0 => theme.pull_size * NESTED_TITLE,
        Role::Chapter | Role::Part | Role::Introduction | Role::Appendix | Role::Afterword => {
            theme.title_size
        }
        _ => theme.pull_size,
    };
    let mut style = TextStyle::text(size);
    style.tracking = Em(-0.005);
    style
}

/// Sets ragged lines of equal length from a height down; says how many there are.
#[allow(clippy::too_many_arguments, reason = "titles differ in all of them")]
pub fn lines_at(
    setter: &mut Setter<'_>,
    content: &[Inline],
    kind: StructKind,
    style: TextStyle,
    place: Place,
    y: Pt,
    leading: Pt,
) -> (RowContent, usize) {
    let node = setter.structure.add(place.node, kind);
    let text = flatten(setter, content, style, node);
    let spec = ParaSpec {
        node,
        style,
        left: place.left,
        shape: LineShape::block(place.width.0),
        alignment: Alignment::Balanced,
        range: Range::Left,
        hyphenate: false,
        grid: 1,
        gaps: (Gap::NONE, Gap::NONE),
    };
    let para: Arc<Para> = Arc::new(fitted(setter, text, node, &spec, Vec::new()));
    let count = para.breakings.by_line_count.get(para.breakings.best).map_or(0, |f| f.breaks.len());
    let lines = (0..count).map(|i| shifted(&para, i, y + leading * i as f64)).collect();
    (RowContent::Group(lines), count.max(1))
}
