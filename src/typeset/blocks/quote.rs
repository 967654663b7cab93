//! Quotations, pull quotes, epigraphs, verse and admonitions.

use std::sync::Arc;

use crate::model::{AdmonitionKind, Block, BlockKind, Inline, QuoteRole, VerseLine};
use crate::page::{Artifact, Color, Item, Rect, Rule, StructKind, Tag};
use crate::text::Weight;
use crate::typeset::chapter::Setter;
use crate::typeset::chunk::{Chunk, ChunkKind, Gap, NEVER, Para, Range, Row, RowContent};
use crate::typeset::inline::flatten;
use crate::typeset::lines::{Alignment, LineShape};
use crate::typeset::page_costs::WITHIN_STANZA;
use crate::typeset::style::{Family, TextStyle};
use crate::typeset::tall_lines::line_offsets;
use crate::units::{Em, Pt};

use super::Place;
use super::para::{ParaSpec, fitted, label, paragraph};

/// How thick the rule beside a note set apart is.
const RULE: Pt = Pt(1.2);

/// A quotation of any role.
pub fn quote(
    setter: &mut Setter<'_>,
    role: QuoteRole,
    blocks: &[Block],
    source: &[Inline],
    place: Place,
    out: &mut Vec<Chunk>,
) {
    let node = setter.structure.add(place.node, StructKind::BlockQuote);
    let place = Place { node, ..place };
    match role {
        QuoteRole::Plain => plain(setter, blocks, source, place, out),
        // What is more than sentences can't be set as one.
        QuoteRole::Pull if blocks.iter().all(|b| matches!(b.kind, BlockKind::Paragraph(_))) => {
            out.push(pull(setter, blocks, source, place));
        }
        QuoteRole::Pull => plain(setter, blocks, source, place, out),
        QuoteRole::Epigraph => epigraph(setter, blocks, source, place, out),
    }
}

/// Gives the first and last of the chunks added since `first` a space around them.
pub fn surround(out: &mut [Chunk], first: usize, gap: Gap) {
    if let Some(chunk) = out.get_mut(first) {
        chunk.before = chunk.before.meet(gap);
    }
    if out.len() > first
        && let Some(chunk) = out.last_mut()
    {
        chunk.after = chunk.after.meet(gap);
    }
}

fn plain(
    setter: &mut Setter<'_>,
    blocks: &[Block],
    source: &[Inline],
    place: Place,
    out: &mut Vec<Chunk>,
) {
    let theme = setter.theme;
    let style = TextStyle { size: theme.quote_size, ..place.style };
    let inset = theme.indent;
    let inner = Place { style, flush: true, ..place.inset(setter.direction, inset, inset) };
    let first = out.len();
    out.extend(super::blocks(setter, blocks, inner));
    if !source.is_empty() {
        keep_last(out);
        let spec = ParaSpec {
            alignment: Alignment::Ragged,
            range: Range::Right,
            hyphenate: false,
            ..ParaSpec::body(setter, inner)
        };
        out.push(paragraph(setter, source, StructKind::P, &spec));
    }
    surround(out, first, Gap::LINE);
}

/// The chunk before must not end a page.
fn keep_last(out: &mut [Chunk]) {
    if let Some(chunk) = out.last_mut() {
        chunk.keep_next = true;
    }
}

/// A sentence across the measure, large and italic, between two hairlines, and
/// whose it is.
fn pull(setter: &mut Setter<'_>, blocks: &[Block], source: &[Inline], place: Place) -> Chunk {
    let theme = setter.theme;
    let mut content: Vec<Inline> = Vec::new();
    for block in blocks {
        if let BlockKind::Paragraph(inlines) = &block.kind {
            if !content.is_empty() {
                content.push(Inline::text(" ", block.span));
            }
            content.extend(inlines.iter().cloned());
        }
    }
    let style = TextStyle::text(theme.pull_size).italic();
    let leading = theme.pull_size * 1.4;
    let spec = ParaSpec {
        style,
        shape: LineShape::block(place.width.0),
        alignment: Alignment::Balanced,
        hyphenate: false,
        ..ParaSpec::body(setter, Place { flush: true, ..place })
    };
    let node = setter.structure.add(place.node, StructKind::P);
    let text = flatten(setter, &content, style, node);
    let para = Arc::new(fitted(setter, text, node, &spec, Vec::new()));
    let (at, count) = line_offsets(&para, para.breakings.best, leading);
    // Room for the lines and a little air, in whole grid lines.
    let grid = theme.leading;
    let source = (!source.is_empty()).then(|| pull_source(setter, source, place));
    let (source_at, source_count) =
        source.as_ref().map_or((Vec::new(), 0), |s| line_offsets(s, s.breakings.best, grid));
    let own_height = leading * (count as f64 - 1.0);
    let text_height = own_height + grid * source_count as f64;
    let rows = ((text_height + grid * 2.2) / grid).ceil().max(1.0);
    let top = (grid * (rows - 1.0) - text_height) / 2.0 + Pt(1.0);
    let contents: Vec<RowContent> = at
        .into_iter()
        .enumerate()
        .map(|(line, at)| RowContent::Group(vec![shifted(&para, line, top + leading * at as f64)]))
        .collect();
    let hairline = |y: Pt| {
        Item::Rule(Rule {
            rect: Rect { x: place.left, y, width: place.width, height: Pt(0.4) },
            color: Color::Rgb(theme.accent),
            tag: Tag::Artifact(Artifact::Layout),
        })
    };
    let above = hairline(-grid * 0.5);
    let below = hairline(grid * (rows - 1.0) + grid * 0.3);
    let mut group = vec![RowContent::Items(vec![above, below])];
    group.extend(contents);
    if let Some(source) = &source {
        let first = top + own_height + grid;
        let down = source_at.into_iter().map(|at| first + grid * at as f64).enumerate();
        group.extend(down.map(|(line, down)| shifted(source, line, down)));
    }
    let mut row = Row::items(rows as usize, Vec::new());
    row.content = RowContent::Group(group);
    Chunk { kind: ChunkKind::NotFirst, ..Chunk::of_rows(vec![row], Gap::LINE, setter.span) }
}

/// Whose a pull quote is, in small capitals below it.
fn pull_source(setter: &mut Setter<'_>, source: &[Inline], place: Place) -> Arc<Para> {
    let style = TextStyle::text(setter.theme.caption_size).small_caps(Em(0.05));
    let spec = ParaSpec {
        alignment: Alignment::Ragged,
        hyphenate: false,
        ..ParaSpec::body(setter, Place { style, flush: true, ..place })
    };
    let node = setter.structure.add(place.node, StructKind::P);
    let text = flatten(setter, source, style, node);
    Arc::new(fitted(setter, text, node, &spec, Vec::new()))
}

/// A line of a paragraph moved down by a distance that isn't on the grid.
pub fn shifted(para: &Arc<Para>, line: usize, down: Pt) -> RowContent {
    RowContent::Offset {
        down,
        content: Box::new(RowContent::Line {
            para: Arc::clone(para),
            breaking: para.breakings.best,
            line,
        }),
    }
}

/// A motto: italic in the right half of the measure, its source in small capitals.
fn epigraph(
    setter: &mut Setter<'_>,
    blocks: &[Block],
    source: &[Inline],
    place: Place,
    out: &mut Vec<Chunk>,
) {
    let theme = setter.theme;
    let style = TextStyle { size: theme.quote_size, ..place.style }.italic();
    let left = place.width * 0.36;
    let inner =
        Place { style, flush: true, ragged: true, ..place.inset(setter.direction, left, Pt::ZERO) };
    let first = out.len();
    out.extend(super::blocks(setter, blocks, inner));
    if !source.is_empty() {
        keep_last(out);
        let style = TextStyle::text(theme.caption_size).small_caps(Em(0.05));
        let spec =
            ParaSpec { hyphenate: false, ..ParaSpec::body(setter, Place { style, ..inner }) };
        out.push(paragraph(setter, source, StructKind::P, &spec));
    }
    surround(out, first, Gap::LINE);
}

/// Verse: each line as written, what doesn't fit turned over and indented further.
pub fn verse(
    setter: &mut Setter<'_>,
    stanzas: &[Vec<VerseLine>],
    place: Place,
    out: &mut Vec<Chunk>,
) {
    let theme = setter.theme;
    let step = theme.indent;
    let first = out.len();
    for stanza in stanzas {
        let begin = out.len();
        let node = setter.structure.add(place.node, StructKind::P);
        for line in stanza {
            let indent = step * f64::from(line.indent);
            let turnover = step * 2.0;
            let inner = place.inset(setter.direction, step + turnover, Pt::ZERO);
            let spec = ParaSpec {
                node,
                shape: LineShape {
                    measure: inner.width.0,
                    indent: (indent - turnover).0,
                    ..LineShape::default()
                },
                alignment: Alignment::Ragged,
                hyphenate: false,
                ..ParaSpec::body(setter, inner)
            };
            let mut chunk = paragraph(setter, &line.content, StructKind::Span, &spec);
            for row in chunk.variants.iter_mut().flat_map(|v| &mut v.rows) {
                row.break_after = row.break_after.max(WITHIN_STANZA);
            }
            out.push(chunk);
        }
        // The first two and the last two lines of a stanza stay together.
        let count = out.len() - begin;
        for (i, chunk) in out.iter_mut().skip(begin).enumerate() {
            chunk.keep_next = count > 1 && (i == 0 || i + 2 == count);
        }
        surround(out, begin, Gap::LINE);
    }
    surround(out, first, Gap::LINE);
}

/// A note set apart by a rule where its lines begin and its kind in bold.
pub fn admonition(
    setter: &mut Setter<'_>,
    kind: AdmonitionKind,
    blocks: &[Block],
    place: Place,
    out: &mut Vec<Chunk>,
) {
    let theme = setter.theme;
    let node = setter.structure.add(place.node, StructKind::Div);
    let inner =
        Place { node, flush: true, ..place.inset(setter.direction, theme.indent, Pt::ZERO) };
    let first = out.len();
    let title = match kind {
        AdmonitionKind::Note => "Note",
        AdmonitionKind::Tip => "Tip",
        AdmonitionKind::Important => "Important",
        AdmonitionKind::Warning => "Warning",
        AdmonitionKind::Caution => "Caution",
    };
    let style = TextStyle::text(theme.caption_size).family(Family::Sans).weight(Weight::Semibold);
    let p = setter.structure.add(node, StructKind::P);
    let runs = label(setter, title, style, Tag::Node(p));
    let width: Pt = runs.iter().map(|r| r.width()).sum();
    let x = inner.at(setter.direction, Pt::ZERO, width);
    let items = runs
        .into_iter()
        .map(|mut run| {
            run.origin.x += x;
            Item::Glyphs(run)
        })
        .collect();
    let mut row = Row::items(1, items);
    row.break_after = NEVER;
    out.push(Chunk { keep_next: true, ..Chunk::of_rows(vec![row], Gap::NONE, setter.span) });
    out.extend(super::blocks(setter, blocks, inner));
    for chunk in out.iter_mut().skip(first) {
        let x = place.at(setter.direction, Pt::ZERO, RULE);
        rule_beside(chunk, x, theme.leading, theme.accent);
    }
    surround(out, first, Gap::LINE);
}

/// Draws a rule beside every row of a chunk.
fn rule_beside(chunk: &mut Chunk, x: Pt, leading: Pt, accent: [u8; 3]) {
    for row in chunk.variants.iter_mut().flat_map(|v| &mut v.rows) {
        let height = leading * row.lines as f64;
        let rule = Item::Rule(Rule {
            rect: Rect { x, y: -leading * 0.72, width: RULE, height },
            color: Color::Rgb(accent),
            tag: Tag::Artifact(Artifact::Layout),
        });
        let inner = std::mem::replace(&mut row.content, RowContent::Items(vec![rule]));
        let rule = std::mem::replace(&mut row.content, RowContent::Items(Vec::new()));
        row.content = RowContent::Group(vec![rule, inner]);
    }
}
