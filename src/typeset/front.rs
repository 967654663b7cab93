//! Pages that are composed and not flowed: half title, title page, copyright,
//! contents, and the few lines of a dedication or motto.

use crate::model::{
    Alt, Book, Chapter, Direction, Inline, InlineKind, Matter, Role, VisitorMut, walk_inline_mut,
};
use crate::page::{Artifact, Item, Picture, PictureSource, Rect, StructKind, Tag};
use crate::text::Features;
use crate::units::{Em, Pt};

use super::blocks::{self, ParaSpec, Place};
use super::body::paged;
use super::chapter::Setter;
use super::chunk::{Chunk, Gap, NEVER, Row, RowContent};
use super::pages::emit::Draft;
use super::style::TextStyle;

/// The grid line of the half title.
const HALF_TITLE_LINE: f64 = 7.0;
/// The grid line of the title on the title page.
const TITLE_LINE: f64 = 7.0;
/// The grid line of a motto or dedication.
const MOTTO_LINE: usize = 9;

/// How far a chapter within a chapter or part is set in, in the contents, to the
/// size of the text.
const CONTENTS_INDENT: f64 = 1.4;
/// What is deeper is not set in further.
const DEEPEST_INDENT: u8 = 5;

/// Sets a page without running text, or a page or two with very little.
pub fn front(setter: &mut Setter<'_>, chapter: &Chapter) -> Option<Vec<Draft>> {
    let place = whole(setter);
    let own_text = !chapter.blocks.is_empty();
    let mut pages = match chapter.role {
        Role::HalfTitle if !own_text => composed(setter, half_title, place, true),
        Role::TitlePage if !own_text => {
            let mark = chapter.opener.clone();
            composed(setter, |s, p| title_page(s, p, mark.as_ref()), place, true)
        }
        Role::Copyright => {
            let rows = copyright(setter, chapter, place);
            paged(setter, &[rows], place, false)
        }
        Role::Contents => return Some(contents(setter, chapter, place)),
        Role::Dedication | Role::Epigraph => motto(setter, chapter, place),
        _ => return None,
    };
    for page in &mut pages {
        page.head = false;
        page.folio = false;
    }
    Some(pages)
}

fn whole(setter: &Setter<'_>) -> Place {
    Place {
        node: setter.section,
        left: Pt::ZERO,
        width: setter.theme.measure,
        style: TextStyle::text(setter.theme.size),
        flush: true,
        ragged: false,
    }
}

fn composed(
    setter: &mut Setter<'_>,
    parts: impl FnOnce(&mut Setter<'_>, Place) -> Vec<RowContent>,
    place: Place,
    recto: bool,
) -> Vec<Draft> {
    let parts = parts(setter, place);
    let chunk = rigid(setter, setter.theme.lines, RowContent::Group(parts));
    paged(setter, &[chunk], place, recto)
}

fn rigid(setter: &Setter<'_>, lines: usize, content: RowContent) -> Chunk {
    let mut row = Row::items(lines.max(1), Vec::new());
    row.content = content;
    row.break_after = NEVER;
    Chunk::of_rows(vec![row], Gap::NONE, setter.span)
}

fn words(setter: &Setter<'_>, text: &str) -> Vec<Inline> {
    vec![Inline::text(text, setter.span)]
}

fn half_title(setter: &mut Setter<'_>, place: Place) -> Vec<RowContent> {
    let style = TextStyle::text(setter.theme.pull_size);
    let title = words(setter, &setter.book.meta.title);
    let y = setter.theme.leading * HALF_TITLE_LINE;
    let leading = setter.theme.leading * 1.5;
    vec![blocks::lines_at(setter, &title, StructKind::P, style, place, y, leading).0]
}

/// Title, subtitle and author above the middle; a mark and the imprint at the foot.
fn title_page(
    setter: &mut Setter<'_>,
    place: Place,
    mark: Option<&crate::model::Image>,
) -> Vec<RowContent> {
    let theme = setter.theme;
    let grid = theme.leading;
    let meta = &setter.book.meta;
    let mut parts = Vec::new();
    let mut at = TITLE_LINE;
    // The title page may speak up: half as large again as a chapter's title.
    let mut style = TextStyle::text(theme.title_size * 1.5);
    style.tracking = Em(-0.01);
    let title = words(setter, &meta.title);
    let (lines, count) =
        blocks::lines_at(setter, &title, StructKind::P, style, place, grid * at, grid * 3.0);
    parts.push(lines);
    at += 3.0 * (count as f64 - 1.0);
    if let Some(subtitle) = &meta.subtitle {
        at += 3.0;
        let style = TextStyle::text(theme.pull_size).italic();
        let subtitle = words(setter, subtitle);
        let (lines, count) =
            blocks::lines_at(setter, &subtitle, StructKind::P, style, place, grid * at, grid * 1.5);
        parts.push(lines);
        at += 1.5 * (count as f64 - 1.0);
    }
    let byline = meta.byline();
    if !byline.is_empty() {
        at = (at + 4.0).ceil();
        let style = blocks::spaced_caps(theme.size, theme.caps_tracking);
        parts.push(caps_at(setter, &byline, style, place, grid * at));
    }
    let foot = theme.lines as f64 - 1.0;
    if let Some(publisher) = &meta.publisher {
        let style = blocks::spaced_caps(theme.caption_size, theme.caps_tracking);
        parts.push(caps_at(setter, publisher, style, place, grid * foot));
    }
    if let Some(mark) = mark {
        parts.push(printers_mark(setter, mark, place, grid * (foot - 2.0)));
    }
    parts
}

/// Small capitals on one line, shrunk if there is no room.
fn caps_at(
    setter: &mut Setter<'_>,
    text: &str,
    style: TextStyle,
    place: Place,
    y: Pt,
) -> RowContent {
    let node = setter.structure.add(place.node, StructKind::P);
    let runs = blocks::label(setter, text, style, Tag::Node(node));
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

fn printers_mark(
    setter: &mut Setter<'_>,
    mark: &crate::model::Image,
    place: Place,
    foot: Pt,
) -> RowContent {
    let Some(asset) = setter.input.assets.get(mark.source) else {
        return RowContent::Items(Vec::new());
    };
    let (w, h) = (f64::from(asset.size.0.0.max(1)), f64::from(asset.size.1.0.max(1)));
    let height = setter.theme.leading * 3.0;
    let width = height * (w / h);
    let node = setter.structure.add(place.node, blocks::figure_kind(mark));
    let tag = match mark.alt {
        Alt::Decorative => Tag::Artifact(Artifact::Layout),
        Alt::Text(_) | Alt::Missing => Tag::Node(node),
    };
    let x = place.at(setter.direction, Pt::ZERO, width);
    let rect = Rect { x, y: foot - height, width, height };
    let what = PictureSource::Image(mark.source);
    RowContent::Items(vec![Item::Picture(Picture { what, rect, tag })])
}

/// The copyright page: small, ranged to the foot.
fn copyright(setter: &mut Setter<'_>, chapter: &Chapter, place: Place) -> Chunk {
    let theme = setter.theme;
    let leading = theme.note_size * (12.0 / 8.5);
    let style = TextStyle::text(theme.note_size);
    let inner = Place { style, ragged: true, flush: true, ..place };
    let mut groups: Vec<Vec<RowContent>> = Vec::new();
    if chapter.blocks.is_empty() {
        for text in imprint(setter.book) {
            let spec = ParaSpec { hyphenate: false, ..ParaSpec::body(setter, inner) };
            let content = words(setter, &text);
            let chunk = blocks::paragraph(setter, &content, StructKind::P, &spec);
            groups.push(contents_of(chunk));
        }
    } else {
        groups.extend(blocks::blocks(setter, &chapter.blocks, inner).into_iter().map(contents_of));
    }
    // From the last line of the page upwards, half a line between paragraphs.
    let mut y = theme.leading * (theme.lines as f64 - 1.0);
    let mut parts = Vec::new();
    for group in groups.into_iter().rev() {
        for content in group.into_iter().rev() {
            parts.push(RowContent::Offset { down: y, content: Box::new(content) });
            y -= leading;
        }
        y -= leading * 0.5;
    }
    parts.reverse();
    let lines = theme.lines;
    rigid(setter, lines, RowContent::Group(parts))
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
fn motto(setter: &mut Setter<'_>, chapter: &Chapter, place: Place) -> Vec<Draft> {
    let mut chunks = vec![rigid(setter, MOTTO_LINE, RowContent::Items(Vec::new()))];
    let style = match chapter.role {
        Role::Dedication => place.style.italic(),
        _ => place.style,
    };
    let inner = Place { style, ragged: true, ..place };
    chunks.extend(blocks::blocks(setter, &chapter.blocks, inner));
    paged(setter, &chunks, place, true)
}

/// The contents: titles with their subtitles, leaders and pages.
fn contents(setter: &mut Setter<'_>, chapter: &Chapter, place: Place) -> Vec<Draft> {
    let theme = setter.theme;
    let title = match chapter.title.is_empty() {
        true => words(setter, setter.words().role(Role::Contents)),
        false => chapter.title.clone(),
    };
    let heading = Chapter { title, opener: None, number: None, ..chapter.clone() };
    let mut chunks: Vec<Chunk> = blocks::opening(setter, &heading, place).into_iter().collect();
    for chunk in &mut chunks {
        chunk.keep_next = false;
    }
    let toc = setter.structure.add(place.node, StructKind::Toc);
    let place = Place { node: toc, ..place };
    let depths = setter.book.contents_depths();
    let listed: Vec<(&Chapter, u8)> = setter
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
        let indent = theme.size * CONTENTS_INDENT * f64::from(depth.min(DEEPEST_INDENT));
        let here = Place { left: place.left + indent, width: place.width - indent, ..place };
        let mut chunk = contents_entry(setter, entry, here, with_subtitle);
        chunk.before = gap;
        chunk.keep_next = entry.role == Role::Part;
        chunks.push(chunk);
    }
    paged(setter, &chunks, place, true)
}

fn contents_entry(setter: &mut Setter<'_>, entry: &Chapter, place: Place, subtitle: bool) -> Chunk {
    let theme = setter.theme;
    let item = setter.structure.add(place.node, StructKind::TocItem);
    let here = Place { node: item, ..place };
    let page = entry.anchor.and_then(|a| setter.page_of(a)).unwrap_or_default();
    let room = theme.size * 3.5;
    let spec = ParaSpec {
        shape: super::lines::LineShape::block((place.width - room).0),
        alignment: super::lines::Alignment::Ragged,
        hyphenate: false,
        left: match setter.direction {
            Direction::Ltr => place.left,
            Direction::Rtl => place.left + room,
        },
        ..ParaSpec::body(setter, here)
    };
    let mut title = without_notes(entry.name());
    let listed = setter.words().listed(setter.book, entry);
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
    // The entry's own page stands at the end of its line, not after its words.
    let folios = std::mem::replace(&mut setter.folios, &super::NO_FOLIOS);
    setter.listing = true;
    let mut chunk = blocks::paragraph(setter, &linked, StructKind::Span, &spec);
    setter.folios = folios;
    let width = last_line_width(setter, &chunk);
    leader(setter, &mut chunk, here, width, &page);
    if subtitle {
        let style = TextStyle::text(theme.quote_size).italic();
        let spec = ParaSpec { style, ..spec };
        let words = without_notes(&entry.subtitle);
        let more = blocks::paragraph(setter, &words, StructKind::Span, &spec);
        if let (Some(variant), Some(more)) =
            (chunk.variants.first_mut(), more.variants.into_iter().next())
        {
            variant.rows.extend(more.rows);
        }
    }
    setter.listing = false;
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

/// How far the last line of a chunk goes.
pub fn last_line_width(setter: &Setter<'_>, chunk: &Chunk) -> Pt {
    let last = chunk.variants.first().and_then(|v| v.rows.last()).and_then(|r| r.content.line());
    match last {
        Some((para, breaking, line)) => {
            super::pages::emit::plain_line(setter.shaper, para, breaking, line).width
        }
        None => Pt::ZERO,
    }
}

/// Dots from the end of an entry's last line to the page it is on.
pub fn leader(setter: &mut Setter<'_>, chunk: &mut Chunk, place: Place, from: Pt, page: &str) {
    if page.is_empty() {
        return;
    }
    let theme = setter.theme;
    let style = TextStyle::text(theme.size);
    let number = blocks::label(setter, page, style, Tag::Node(place.node));
    let width: Pt = number.iter().map(|r| r.width()).sum();
    let mut items: Vec<Item> = Vec::new();
    let step = theme.size * 0.6;
    let dot_style = TextStyle { features: Features::NONE, ..style };
    let dots_end = place.width - width - theme.size * 0.6;
    let mut x = place.width - step * ((place.width - from - theme.size * 0.8) / step).floor();
    while x + step * 0.4 < dots_end {
        for mut run in blocks::label(setter, ".", dot_style, Tag::Artifact(Artifact::Layout)) {
            run.origin.x += place.at(setter.direction, x, run.width());
            items.push(Item::Glyphs(run));
        }
        x += step;
    }
    for mut run in number {
        run.origin.x += place.at(setter.direction, place.width - width, width);
        items.push(Item::Glyphs(run));
    }
    if let Some(row) = chunk.variants.first_mut().and_then(|v| v.rows.last_mut()) {
        let own = std::mem::replace(&mut row.content, RowContent::Items(Vec::new()));
        row.content = RowContent::Group(vec![own, RowContent::Items(items)]);
    }
}
