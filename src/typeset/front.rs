//! Pages that are composed and not flowed: half title, title page, copyright,
//! contents, and the few lines of a dedication or motto.

use crate::model::{
    Alt, Book, Chapter, Direction, Inline, InlineKind, Matter, Role, VisitorMut, walk_inline_mut,
};
use crate::page::{Artifact, Item, Picture, PictureSource, Rect, StructKind, Tag};
use crate::units::Pt;

use super::blocks;
use super::blocks::leader::{last_line_width, leader};
use super::chunk::{Chunk, Gap, NEVER, Row, RowContent};
use super::context::{Context, Output};
use super::inline::label;
use super::lines::Alignment;
use super::pages::emit::ChapterPage;
use super::pages::paginate;
use super::paragraph::{Hyphenation, ParaSpec};
use super::scope::Scope;
use super::style::TextStyle;

/// Sets a page without running text, or a page or two with very little.
pub fn front(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    chapter: &Chapter,
) -> Option<Vec<ChapterPage>> {
    let scope = Scope { no_indent: true, ..scope };
    let own_text = !chapter.blocks.is_empty();
    let mut pages = match chapter.role {
        Role::HalfTitle if !own_text => {
            let parts = half_title(cx, output, scope);
            composed(cx, output, scope, parts)
        }
        Role::TitlePage if !own_text => {
            let parts = title_page(cx, output, scope, chapter.opener.as_ref());
            composed(cx, output, scope, parts)
        }
        Role::Copyright => {
            let rows = copyright(cx, output, scope, chapter);
            paginate(cx, output, scope, &[rows], false)
        }
        Role::Contents => return Some(contents(cx, output, scope, chapter)),
        Role::Dedication | Role::Epigraph => motto(cx, output, scope, chapter),
        _ => return None,
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

fn half_title(cx: &Context<'_>, output: &mut Output, scope: Scope<'_>) -> Vec<RowContent> {
    let style = TextStyle::text(cx.theme.pull_size);
    let title = words(scope, &cx.book.meta.title);
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
    mark: Option<&crate::model::Image>,
) -> Vec<RowContent> {
    let theme = cx.theme;
    let grid = theme.leading;
    let meta = &cx.book.meta;
    let mut parts = Vec::new();
    let tokens = &theme.front;
    let mut at = tokens.title_line;
    // The title page may speak up: half as large again as a chapter's title.
    let mut style = TextStyle::text(theme.title_size * tokens.title_zoom);
    style.tracking = tokens.title_tracking;
    let title = words(scope, &meta.title);
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
    if let Some(subtitle) = &meta.subtitle {
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
    let byline = meta.byline();
    if !byline.is_empty() {
        at = (at + tokens.title_to_authors).ceil();
        let style = TextStyle::spaced_caps(theme.size, theme.caps_tracking);
        parts.push(caps_at(cx, output, Scope { style, ..scope }, &byline, grid * at));
    }
    let foot = theme.lines as f64 - 1.0;
    if let Some(publisher) = &meta.publisher {
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
    mark: &crate::model::Image,
    foot: Pt,
) -> RowContent {
    let Some(asset) = cx.assets.get(mark.source) else {
        return RowContent::Items(Vec::new());
    };
    let (w, h) = (f64::from(asset.size.0.0.max(1)), f64::from(asset.size.1.0.max(1)));
    let height = cx.theme.leading * cx.theme.front.mark_height;
    let width = height * (w / h);
    let node = output.structure.add(scope.node, blocks::figure_kind(mark));
    let tag = match mark.alt {
        Alt::Decorative => Tag::Artifact(Artifact::Layout),
        Alt::Text(_) | Alt::Missing => Tag::Node(node),
    };
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
    let inner = Scope { style, ragged: true, no_indent: true, ..scope };
    let mut groups: Vec<Vec<RowContent>> = Vec::new();
    if chapter.blocks.is_empty() {
        for text in imprint(cx.book) {
            let spec = ParaSpec { hyphenation: Hyphenation::Off, ..ParaSpec::body(cx, inner) };
            let content = words(scope, &text);
            let chunk = blocks::paragraph(cx, output, &content, StructKind::P, &spec);
            groups.push(contents_of(chunk));
        }
    } else {
        groups.extend(
            blocks::blocks(cx, output, inner, &chapter.blocks).into_iter().map(contents_of),
        );
    }
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

/// What a copyright page says when the book says nothing of its own.
fn imprint(book: &Book) -> Vec<String> {
    let meta = &book.meta;
    let mut lines = Vec::new();
    let title = match &meta.subtitle {
        Some(subtitle) => format!("{}: {subtitle}", meta.title),
        None => meta.title.clone(),
    };
    lines.push(title);
    lines.extend(meta.rights.clone());
    let publisher = [meta.publisher.clone(), meta.date.clone()];
    let publisher: Vec<String> = publisher.into_iter().flatten().collect();
    if !publisher.is_empty() {
        lines.push(publisher.join(", "));
    }
    lines.extend(meta.isbn.as_ref().map(|isbn| format!("ISBN {isbn}")));
    lines
}

/// A few lines alone on a page, a little above its middle.
fn motto(
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

/// The contents: titles with their subtitles, leaders and pages.
fn contents(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    chapter: &Chapter,
) -> Vec<ChapterPage> {
    let theme = cx.theme;
    let title = match chapter.title.is_empty() {
        true => words(scope, cx.locale().role(Role::Contents)),
        false => chapter.title.clone(),
    };
    let heading = Chapter { title, opener: None, number: None, ..chapter.clone() };
    let mut chunks: Vec<Chunk> = blocks::opening(cx, output, scope, &heading).into_iter().collect();
    for chunk in &mut chunks {
        chunk.keep_next = false;
    }
    let toc = output.structure.add(scope.node, StructKind::Toc);
    let depths = cx.book.contents_depths();
    let listed: Vec<(&Chapter, u8)> = cx
        .book
        .chapters
        .iter()
        .zip(depths)
        .filter(|(c, _)| c.role.in_contents() && !c.title.is_empty())
        .collect();
    let many = listed.len() * 3 > theme.lines * 2;
    let parts = listed.iter().any(|(c, _)| c.role == Role::Part);
    let mut before: Option<Matter> = None;
    for (entry, depth) in listed {
        let with_subtitle = !entry.subtitle.is_empty() && !many;
        let main = entry.matter == Matter::Main;
        let gap = match before {
            None => Gap::NONE,
            Some(matter) if matter != entry.matter => Gap::LINE,
            // What belongs together stands together.
            Some(_) if entry.role == Role::Part => Gap::LINE,
            Some(_) if main && !many && depth == 0 && !parts => Gap::LINE,
            Some(_) => Gap::NONE,
        };
        before = Some(entry.matter);
        let indent = theme.size
            * theme.contents.indent
            * f64::from(depth.min(theme.contents.deepest_indent));
        let (left, width) = (scope.left + indent, scope.width - indent);
        let here = Scope { node: toc, left, width, ..scope };
        let mut chunk = contents_entry(cx, output, here, entry, with_subtitle);
        chunk.before = gap;
        chunk.keep_next = entry.role == Role::Part;
        chunks.push(chunk);
    }
    paginate(cx, output, scope, &chunks, true)
}

fn contents_entry(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    entry: &Chapter,
    subtitle: bool,
) -> Chunk {
    let theme = cx.theme;
    let item = output.structure.add(scope.node, StructKind::TocItem);
    let here = Scope { node: item, listed: true, ..scope };
    let page = entry.anchor.and_then(|a| cx.page_of(a)).unwrap_or_default();
    let room = theme.size * theme.contents.folio_room;
    // The page's number stands alone beside the last line.
    let left = match scope.direction {
        Direction::Ltr => scope.left,
        Direction::Rtl => scope.left + room,
    };
    let beside_folio = Scope { left, width: scope.width - room, ..here };
    let spec = ParaSpec::block(beside_folio, Alignment::Ragged);
    let mut title = without_notes(entry.name());
    let listed = cx.locale().listed(cx.book, entry);
    if !listed.is_empty() {
        // A number alone keeps a little further from the title than a word does.
        let label = match listed.strip_suffix(": ") {
            Some(_) => listed,
            None => format!("{}\u{a0}\u{a0}", listed.trim_end()),
        };
        title.insert(0, Inline::text(label, entry.span));
    }
    let linked = match entry.anchor {
        Some(anchor) => vec![Inline::new(
            crate::model::InlineKind::link(crate::model::LinkTarget::Anchor(anchor), title),
            entry.span,
        )],
        None => title,
    };
    let mut chunk = blocks::paragraph(cx, output, &linked, StructKind::Span, &spec);
    let width = last_line_width(cx, &chunk);
    leader(cx, output, here, &mut chunk, width, &page);
    if subtitle {
        let style = TextStyle::text(theme.quote_size).italic();
        let spec = ParaSpec::block(Scope { style, ..beside_folio }, Alignment::Ragged);
        let words = without_notes(&entry.subtitle);
        let more = blocks::paragraph(cx, output, &words, StructKind::Span, &spec);
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

/// A title as it is listed: a note on it stands where the title does.
fn without_notes(title: &[Inline]) -> Vec<Inline> {
    struct Unmarked;
    impl VisitorMut for Unmarked {
        fn inline(&mut self, inline: &mut Inline) {
            if matches!(inline.kind, InlineKind::Note(_)) {
                inline.kind = InlineKind::Text(String::new());
            }
            walk_inline_mut(self, inline);
        }
    }
    let mut title = title.to_vec();
    Unmarked.inlines(&mut title);
    title
}
