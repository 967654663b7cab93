//! How a chapter opens: picture, number, title, subtitle, air, first line.

use std::sync::Arc;

use crate::model::{Chapter, Inline, InlineKind, NoteId, Role, Visitor, shown_text, walk_inline};
use crate::page::{Item, Picture, PictureSource, Rect, StructKind, Tag};
use crate::theme::Theme;
use crate::typeset::chunk::{Chunk, ChunkKind, Cost, Gap, NEVER, Row, RowContent, Variant};
use crate::typeset::context::{Context, Output};
use crate::typeset::inline::{flatten, label};
use crate::typeset::lines::{Alignment, Para};
use crate::typeset::margins::left_margin;
use crate::typeset::paragraph::{ParaSpec, break_lines};
use crate::typeset::scope::Scope;
use crate::typeset::style::TextStyle;
use crate::units::{Em, Pt};

use super::figure::picture_tag;

/// Sets the opening of a chapter; its first baseline is that of the page.
/// Nothing for a chapter without title or picture.
pub fn opening(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    chapter: &Chapter,
) -> Option<Chunk> {
    if chapter.title.is_empty() && chapter.opener.is_none() {
        return None;
    }
    let theme = cx.theme;
    let grid = theme.leading;
    let nested = chapter.depth > 0;
    let tokens = if nested { &theme.nested_opening } else { &theme.opening };
    let mut parts: Vec<RowContent> = Vec::new();
    // The grid line of what was set last, counted from zero.
    let mut at = match &chapter.opener {
        Some(image) => {
            let foot = opener_foot(theme);
            let items = opener_picture(cx, output, scope, image, foot);
            let has_picture = !items.is_empty();
            parts.push(RowContent::Items(items));
            match (has_picture, chapter.opening.epigraphs > 0) {
                (true, false) => foot + tokens.below_picture,
                // The epigraph must leave room for the first lines of the text.
                (true, true) => foot + tokens.below_picture - 1.0,
                (false, _) => tokens.sink,
            }
        }
        None => tokens.sink,
    };
    if let Some(label) = &chapter.opening.label {
        // A numeral or letter is a capital; of words, only their small capitals are seen.
        let label = match chapter.role {
            Role::Chapter => label.to_lowercase(),
            _ => label.clone(),
        };
        parts.push(number_line(cx, output, scope, &label, grid * at));
        at += tokens.number_to_title;
    }
    if !chapter.title.is_empty() {
        let style = title_style(cx, chapter);
        let leading = match chapter.role {
            Role::Chapter => tokens.title_leading,
            _ => tokens.other_title_leading,
        };
        let kind = StructKind::Heading(1);
        let (lines, count) = lines_at(
            cx,
            output,
            Scope { style, ..scope },
            &chapter.title,
            kind,
            grid * at,
            grid * leading,
        );
        parts.push(lines);
        at += leading * (count as f64 - 1.0);
    }
    if !chapter.subtitle.is_empty() {
        at += tokens.title_to_subtitle;
        let style = TextStyle::text(theme.section_size).italic();
        let (lines, count) = lines_at(
            cx,
            output,
            Scope { style, ..scope },
            &chapter.subtitle,
            StructKind::P,
            grid * at,
            grid,
        );
        parts.push(lines);
        at += count as f64 - 1.0;
    }
    let rows = at.ceil().max(0.0) as usize + 1;
    let mut row = Row::items(rows.min(theme.lines), Vec::new());
    row.content = RowContent::Group(parts);
    row.break_after = NEVER;
    row.bookmark = (!chapter.title.is_empty()).then(|| (1, bookmark(chapter)));
    row.anchors.extend(chapter.anchor);
    row.notes = notes_in(&[&chapter.title, &chapter.subtitle]);
    Some(Chunk {
        variants: vec![Variant { rows: vec![row], cost: Cost::ZERO }],
        before: Gap::NONE,
        after: Gap { min: tokens.air.0, ideal: tokens.air.1, max: tokens.air.2 },
        keep_next: true,
        kind: ChunkKind::Flow,
        repeat: 0,
        compromise: None,
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
fn opener_foot(theme: &Theme) -> f64 {
    (theme.lines as f64 * theme.opening.picture_foot).floor()
}

/// What the outline calls a chapter: as the contents do, if they list it.
fn bookmark(chapter: &Chapter) -> String {
    match &chapter.contents_entry {
        Some(entry) => entry.label.before(&shown_text(&entry.title)),
        None => shown_text(chapter.name()),
    }
}

/// A picture that bleeds off the top and both sides, down to a grid line.
fn opener_picture(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    image: &crate::model::Image,
    foot: f64,
) -> Vec<Item> {
    let Some(asset) = cx.assets.get(image.source) else { return Vec::new() };
    let (w, h) = (f64::from(asset.size.0.0.max(1)), f64::from(asset.size.1.0.max(1)));
    let theme = cx.theme;
    let bleed = theme.bleed;
    let height = theme.top + theme.leading * foot + bleed;
    let width = (height * (w / h)).max(theme.trim.0 + bleed * 2.0);
    let tall = width * (h / w);
    // The measure begins a margin in.
    let margin = left_margin(theme, scope.recto, cx.book.meta.direction());
    let x = -margin - (width - theme.trim.0) / 2.0;
    let rect = Rect { x, y: theme.leading * foot - tall, width, height: tall };
    let tag = picture_tag(output, scope.node, image);
    vec![Item::Picture(Picture { what: PictureSource::Image(image.source), rect, tag })]
}

fn number_line(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    words: &str,
    y: Pt,
) -> RowContent {
    let theme = cx.theme;
    let style = TextStyle::spaced_caps(
        theme.caption_size,
        Em(theme.caps_tracking.0 * theme.opening.number_tracking),
    );
    let node = output.structure.add(scope.node, StructKind::P);
    let runs = label(cx, output, Scope { style, ..scope }, words, Tag::Node(node));
    let width: Pt = runs.iter().map(|r| r.width()).sum();
    let x = scope.at(Pt::ZERO, width);
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

/// The type of a chapter's title.
fn title_style(cx: &Context<'_>, chapter: &Chapter) -> TextStyle {
    let theme = cx.theme;
    let size = match chapter.role {
        _ if chapter.depth > 0 => theme.pull_size * theme.nested_opening.title_zoom,
        Role::Chapter | Role::Part | Role::Introduction | Role::Appendix | Role::Afterword => {
            theme.title_size * theme.opening.title_zoom
        }
        _ => theme.pull_size,
    };
    let mut style = TextStyle::text(size);
    style.tracking = theme.opening.title_tracking;
    style
}

/// Sets ragged lines of equal length from a height down; says how many there are.
#[allow(clippy::too_many_arguments, reason = "titles differ in all of them")]
pub fn lines_at(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    content: &[Inline],
    kind: StructKind,
    y: Pt,
    leading: Pt,
) -> (RowContent, usize) {
    let node = output.structure.add(scope.node, kind);
    let text = flatten(cx, output, Scope { node, ..scope }, content);
    let spec = ParaSpec::block(Scope { node, ..scope }, Alignment::Balanced);
    let para: Arc<Para> = Arc::new(break_lines(cx, output, text, node, &spec, Vec::new()));
    let count = para.breakings.by_line_count.get(para.breakings.best).map_or(0, |f| f.breaks.len());
    let lines = (0..count).map(|i| RowContent::line_at(&para, i, y + leading * i as f64)).collect();
    (RowContent::Group(lines), count.max(1))
}
