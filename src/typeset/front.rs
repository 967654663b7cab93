//! Pages that are composed and not flowed: half title, title page, copyright,
//! contents, and the few lines of a dedication or epigraph.

use crate::model::{
    Chapter, ContentsEntry, Direction, EntryLabel, GeneratedPage, Image, Inline, InlineKind,
    LinkTarget, Matter, Role, TitlePage,
};
use crate::page::{Item, Picture, PictureSource, Rect, StructKind, Tag};
use crate::units::Pt;

use super::blocks;
use super::blocks::leader::{last_line_width, leader};
use super::chunk::{Chunk, Gap, NEVER, Row, RowContent};
use super::context::{Context, Output};
use super::inline::label;
use super::lines::Alignment;
use super::pages::emit::ChapterPage;
use super::pages::paginate;
use super::paragraph::ParaSpec;
use super::scope::Scope;
use super::style::TextStyle;

/// Sets a page without running text, or a page or two with very little.
pub fn front(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    chapter: &Chapter,
) -> Option<Vec<ChapterPage>> {
    let mut pages = match (&chapter.generated, chapter.role) {
        (Some(GeneratedPage::HalfTitle(title)), _) => {
            let parts = half_title(cx, output, scope, title);
            composed(cx, output, scope, parts)
        }
        (Some(GeneratedPage::TitlePage(page)), _) => {
            let parts = title_page(cx, output, scope, page, chapter.opener.as_ref());
            composed(cx, output, scope, parts)
        }
        (Some(GeneratedPage::Contents), _) => return Some(contents(cx, output, scope, chapter)),
        (Some(GeneratedPage::Copyright), _) | (None, Role::Copyright) => {
            let rows = copyright(cx, output, scope, chapter);
            paginate(cx, output, scope, &[rows], false)
        }
        (None, Role::Dedication | Role::Epigraph) => short_text(cx, output, scope, chapter),
        (None, _) => return None,
    };
    for page in &mut pages {
        page.head = false;
        page.folio = false;
    }
    Some(pages)
}

/// A page whose parts stand where they stand.
fn composed(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    parts: Vec<RowContent>,
) -> Vec<ChapterPage> {
    let chunk = rigid(scope, cx.theme.lines, RowContent::Group(parts));
    paginate(cx, output, scope, &[chunk], true)
}

fn rigid(scope: Scope<'_>, lines: usize, content: RowContent) -> Chunk {
    let mut row = Row::items(lines.max(1), Vec::new());
    row.content = content;
    row.break_after = NEVER;
    Chunk::of_rows(vec![row], Gap::NONE, scope.span)
}

fn words(scope: Scope<'_>, text: &str) -> Vec<Inline> {
    vec![Inline::text(text, scope.span)]
}

fn half_title(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    title: &str,
) -> Vec<RowContent> {
    let style = TextStyle::text(cx.theme.pull_size);
    let title = words(scope, title);
    let y = cx.theme.leading * cx.theme.front.half_title_line;
    let leading = cx.theme.leading * cx.theme.front.half_title_leading;
    vec![
        blocks::lines_at(cx, output, Scope { style, ..scope }, &title, StructKind::P, y, leading).0,
    ]
}

/// Title, subtitle and author above the middle; a mark and the imprint at the foot.
fn title_page(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    page: &TitlePage,
    mark: Option<&Image>,
) -> Vec<RowContent> {
    let theme = cx.theme;
    let grid = theme.leading;
    let mut parts = Vec::new();
    let tokens = &theme.front;
    let mut at = tokens.title_line;
    // The title page may speak up: half as large again as a chapter's title.
    let mut style = TextStyle::text(theme.title_size * tokens.title_zoom);
    style.tracking = tokens.title_tracking;
    let title = words(scope, &page.title);
    let (lines, count) = blocks::lines_at(
        cx,
        output,
        Scope { style, ..scope },
        &title,
        StructKind::P,
        grid * at,
        grid * tokens.title_leading,
    );
    parts.push(lines);
    at += tokens.title_leading * (count as f64 - 1.0);
    if let Some(subtitle) = &page.subtitle {
        at += tokens.title_to_subtitle;
        let style = TextStyle::text(theme.pull_size).italic();
        let subtitle = words(scope, subtitle);
        let (lines, count) = blocks::lines_at(
            cx,
            output,
            Scope { style, ..scope },
            &subtitle,
            StructKind::P,
            grid * at,
            grid * tokens.subtitle_leading,
        );
        parts.push(lines);
        at += tokens.subtitle_leading * (count as f64 - 1.0);
    }
    let byline = cx.book.meta.byline();
    if !byline.is_empty() {
        at = (at + tokens.title_to_authors).ceil();
        let style = TextStyle::spaced_caps(theme.size, theme.caps_tracking);
        parts.push(caps_at(cx, output, Scope { style, ..scope }, &byline, grid * at));
    }
    let foot = theme.lines as f64 - 1.0;
    if let Some(publisher) = &page.publisher {
        let style = TextStyle::spaced_caps(theme.caption_size, theme.caps_tracking);
        parts.push(caps_at(cx, output, Scope { style, ..scope }, publisher, grid * foot));
    }
    if let Some(mark) = mark {
        parts.push(printers_mark(
            cx,
            output,
            scope,
            mark,
            grid * (foot - tokens.mark_to_publisher),
        ));
    }
    parts
}

/// Small capitals on one line, shrunk if there is no room.
fn caps_at(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    text: &str,
    y: Pt,
) -> RowContent {
    let node = output.structure.add(scope.node, StructKind::P);
    let runs = label(cx, output, scope, text, Tag::Node(node));
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

fn printers_mark(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    mark: &Image,
    foot: Pt,
) -> RowContent {
    let Some(asset) = cx.assets.get(mark.source) else {
        return RowContent::Items(Vec::new());
    };
    let (w, h) = (f64::from(asset.size.0.0.max(1)), f64::from(asset.size.1.0.max(1)));
    let height = cx.theme.leading * cx.theme.front.mark_height;
    let width = height * (w / h);
    let tag = blocks::picture_tag(output, scope.node, mark);
    let x = scope.at(Pt::ZERO, width);
    let rect = Rect { x, y: foot - height, width, height };
    let what = PictureSource::Image(mark.source);
    RowContent::Items(vec![Item::Picture(Picture { what, rect, tag })])
}

/// The copyright page: small, ranged to the foot.
fn copyright(cx: &Context<'_>, output: &mut Output, scope: Scope<'_>, chapter: &Chapter) -> Chunk {
    let theme = cx.theme;
    let leading = theme.note_size * theme.front.copyright_leading;
    let style = TextStyle::text(theme.note_size);
    let inner = Scope { style, ragged: true, ..scope };
    let chunks = blocks::blocks(cx, output, inner, &chapter.blocks);
    let groups: Vec<Vec<RowContent>> = chunks.into_iter().map(contents_of).collect();
    // From the last line of the page upwards, half a line between paragraphs.
    let mut y = theme.leading * (theme.lines as f64 - 1.0);
    let mut parts = Vec::new();
    for group in groups.into_iter().rev() {
        for content in group.into_iter().rev() {
            parts.push(RowContent::Offset { down: y, content: Box::new(content) });
            y -= leading;
        }
        y -= leading * theme.front.copyright_gap;
    }
    parts.reverse();
    let lines = theme.lines;
    rigid(scope, lines, RowContent::Group(parts))
}

fn contents_of(chunk: Chunk) -> Vec<RowContent> {
    chunk
        .variants
        .into_iter()
        .next()
        .map(|v| v.rows.into_iter().map(|r| r.content).collect())
        .unwrap_or_default()
}

/// A few lines alone on a page, a little above its middle.
fn short_text(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    chapter: &Chapter,
) -> Vec<ChapterPage> {
    let mut chunks =
        vec![rigid(scope, cx.theme.front.dedication_line, RowContent::Items(Vec::new()))];
    let style = match chapter.role {
        Role::Dedication => scope.style.italic(),
        _ => scope.style,
    };
    let inner = Scope { style, ragged: true, ..scope };
    chunks.extend(blocks::blocks(cx, output, inner, &chapter.blocks));
    paginate(cx, output, scope, &chunks, true)
}

/// The contents: the text that the chapter has, then titles with their
/// subtitles, leaders and pages.
fn contents(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    chapter: &Chapter,
) -> Vec<ChapterPage> {
    let theme = cx.theme;
    let mut chunks: Vec<Chunk> = blocks::opening(cx, output, scope, chapter).into_iter().collect();
    for chunk in &mut chunks {
        chunk.keep_next = false;
    }
    chunks.extend(blocks::blocks(cx, output, scope, &chapter.blocks));
    let toc = output.structure.add(scope.node, StructKind::Toc);
    let chapters = cx.book.chapters.iter();
    let listed: Vec<(&Chapter, &ContentsEntry)> =
        chapters.filter_map(|c| Some((c, c.contents_entry.as_ref()?))).collect();
    let many = listed.len() * 3 > theme.lines * 2;
    let parts = listed.iter().any(|(c, _)| c.role == Role::Part);
    let mut before: Option<Matter> = None;
    for (listed, entry) in listed {
        let with_subtitle = !entry.subtitle.is_empty() && !many;
        let main = listed.matter == Matter::Main;
        let gap = match before {
            None => Gap::NONE,
            Some(matter) if matter != listed.matter => Gap::LINE,
            // What belongs together stands together.
            Some(_) if listed.role == Role::Part => Gap::LINE,
            Some(_) if main && !many && entry.depth == 0 && !parts => Gap::LINE,
            Some(_) => Gap::NONE,
        };
        before = Some(listed.matter);
        let indent = theme.size
            * theme.contents.indent
            * f64::from(entry.depth.min(theme.contents.deepest_indent));
        let (left, width) = (scope.left + indent, scope.width - indent);
        let here = Scope { node: toc, left, width, ..scope };
        let mut chunk = contents_line(cx, output, here, listed, entry, with_subtitle);
        chunk.before = gap;
        chunk.keep_next = listed.role == Role::Part;
        chunks.push(chunk);
    }
    paginate(cx, output, scope, &chunks, true)
}

fn contents_line(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    chapter: &Chapter,
    entry: &ContentsEntry,
    subtitle: bool,
) -> Chunk {
    let theme = cx.theme;
    let item = output.structure.add(scope.node, StructKind::TocItem);
    let here = Scope { node: item, listed: true, ..scope };
    let page = chapter.anchor.and_then(|a| cx.page_of(a)).unwrap_or_default();
    let room = theme.size * theme.contents.folio_room;
    // The page's number stands alone beside the last line.
    let left = match scope.direction {
        Direction::Ltr => scope.left,
        Direction::Rtl => scope.left + room,
    };
    let beside_folio = Scope { left, width: scope.width - room, ..here };
    let spec = ParaSpec::block(beside_folio, Alignment::Ragged);
    let mut title = entry.title.clone();
    // A number alone keeps a little further from the title than a word does.
    let label = match &entry.label {
        EntryLabel::None => None,
        EntryLabel::Number(number) => Some(format!("{number}\u{a0}\u{a0}")),
        EntryLabel::Words(words) => Some(format!("{words}: ")),
    };
    if let Some(label) = label {
        title.insert(0, Inline::text(label, chapter.span));
    }
    let linked = match chapter.anchor {
        Some(anchor) => {
            let link = InlineKind::link(LinkTarget::Anchor(anchor), title);
            vec![Inline::new(link, chapter.span)]
        }
        None => title,
    };
    let mut chunk = blocks::paragraph(cx, output, &linked, StructKind::Span, &spec);
    let width = last_line_width(cx, &chunk);
    leader(cx, output, here, &mut chunk, width, &page);
    if subtitle {
        let style = TextStyle::text(theme.quote_size).italic();
        let spec = ParaSpec::block(Scope { style, ..beside_folio }, Alignment::Ragged);
        let more = blocks::paragraph(cx, output, &entry.subtitle, StructKind::Span, &spec);
        if let (Some(variant), Some(more)) =
            (chunk.variants.first_mut(), more.variants.into_iter().next())
        {
            variant.rows.extend(more.rows);
        }
    }
    chunk.variants.truncate(1);
    if let Some(variant) = chunk.variants.first_mut() {
        let count = variant.rows.len();
        for row in variant.rows.iter_mut().take(count.saturating_sub(1)) {
            row.break_after = NEVER;
        }
    }
    chunk
}
