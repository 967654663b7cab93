//! Quotations, pull quotes, epigraphs, verse and admonitions.

use std::sync::Arc;

use crate::model::{Block, BlockKind, Inline, QuoteRole};
use crate::page::{Artifact, Color, Item, Rect, Rule, StructKind, Tag};
use crate::typeset::chunk::{Chunk, ChunkKind, Gap, Row, RowContent, keep_with_next, surround};
use crate::typeset::context::{Context, Output};
use crate::typeset::inline::flatten;
use crate::typeset::lines::{Alignment, LineShape, Para, Range};
use crate::typeset::paragraph::{Hyphenation, ParaSpec, break_lines};
use crate::typeset::scope::Scope;
use crate::typeset::style::TextStyle;
use crate::typeset::tall_lines::line_offsets;
use crate::units::Pt;

use super::paragraph::paragraph;

/// A quotation of any role.
pub fn quote(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    role: QuoteRole,
    blocks: &[Block],
    source: &[Inline],
    out: &mut Vec<Chunk>,
) {
    let node = output.structure.add(scope.node, StructKind::BlockQuote);
    let scope = Scope { node, ..scope };
    match role {
        QuoteRole::Plain => plain(cx, output, scope, blocks, source, out),
        // What is more than sentences can't be set as one.
        QuoteRole::Pull if blocks.iter().all(|b| matches!(b.kind, BlockKind::Paragraph(_))) => {
            out.push(pull(cx, output, scope, blocks, source));
        }
        QuoteRole::Pull => plain(cx, output, scope, blocks, source, out),
        QuoteRole::Epigraph => epigraph(cx, output, scope, blocks, source, out),
    }
}

fn plain(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    blocks: &[Block],
    source: &[Inline],
    out: &mut Vec<Chunk>,
) {
    let theme = cx.theme;
    let style = TextStyle { size: theme.quote_size.min(scope.style.size), ..scope.style };
    let inset = theme.indent;
    let inner = Scope { style, ..scope.inset(inset, inset) };
    let first = out.len();
    out.extend(super::blocks(cx, output, inner, blocks));
    if !source.is_empty() {
        keep_with_next(out);
        let spec = ParaSpec {
            alignment: Alignment::Ragged,
            range: Range::Right,
            hyphenation: Hyphenation::Off,
            ..ParaSpec::body(inner)
        };
        out.push(paragraph(cx, output, source, StructKind::P, &spec));
    }
    surround(out, first, Gap::LINE);
}

/// A sentence across the measure, large and italic, between two hairlines, and
/// whose it is.
fn pull(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    blocks: &[Block],
    source: &[Inline],
) -> Chunk {
    let theme = cx.theme;
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
    let leading = theme.pull_size * theme.quote.pull_leading;
    let spec = ParaSpec {
        shape: LineShape::block(scope.width.0),
        alignment: Alignment::Balanced,
        hyphenation: Hyphenation::Off,
        ..ParaSpec::body(Scope { style, ..scope })
    };
    let node = output.structure.add(scope.node, StructKind::P);
    let text = flatten(cx, output, Scope { style, node, ..scope }, &content);
    let para = Arc::new(break_lines(cx, output, text, node, &spec, Vec::new()));
    let (at, count) = line_offsets(&para, para.breakings.best, leading);
    // Room for the lines and a little air, in whole grid lines.
    let grid = theme.leading;
    let source = (!source.is_empty()).then(|| pull_source(cx, output, scope, source));
    let (source_at, source_count) =
        source.as_ref().map_or((Vec::new(), 0), |s| line_offsets(s, s.breakings.best, grid));
    let own_height = leading * (count as f64 - 1.0);
    let text_height = own_height + grid * source_count as f64;
    let rows = ((text_height + grid * theme.quote.pull_air) / grid).ceil().max(1.0);
    let top = (grid * (rows - 1.0) - text_height) / 2.0 + theme.quote.pull_drop;
    let contents: Vec<RowContent> = at
        .into_iter()
        .enumerate()
        .map(|(line, at)| {
            RowContent::Group(vec![RowContent::line_at(&para, line, top + leading * at as f64)])
        })
        .collect();
    let hairline = |y: Pt| {
        Item::Rule(Rule {
            rect: Rect { x: scope.left, y, width: scope.width, height: theme.quote.pull_rule },
            color: Color::Rgb(theme.accent),
            tag: Tag::Artifact(Artifact::Layout),
        })
    };
    let above = hairline(-grid * theme.quote.pull_rule_above);
    let below = hairline(grid * (rows - 1.0) + grid * theme.quote.pull_rule_below);
    let mut group = vec![RowContent::Items(vec![above, below])];
    group.extend(contents);
    if let Some(source) = &source {
        let first = top + own_height + grid;
        let down = source_at.into_iter().map(|at| first + grid * at as f64).enumerate();
        group.extend(down.map(|(line, down)| RowContent::line_at(source, line, down)));
    }
    let mut row = Row::items(rows as usize, Vec::new());
    row.content = RowContent::Group(group);
    Chunk { kind: ChunkKind::NotAtPageTop, ..Chunk::of_rows(vec![row], Gap::LINE, scope.span) }
}

/// Whose a pull quote is, in small capitals below it.
fn pull_source(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    source: &[Inline],
) -> Arc<Para> {
    let style = TextStyle::text(cx.theme.caption_size).small_caps(cx.theme.quote.source_tracking);
    let spec = ParaSpec {
        alignment: Alignment::Ragged,
        hyphenation: Hyphenation::Off,
        ..ParaSpec::body(Scope { style, ..scope })
    };
    let node = output.structure.add(scope.node, StructKind::P);
    let text = flatten(cx, output, Scope { style, node, ..scope }, source);
    Arc::new(break_lines(cx, output, text, node, &spec, Vec::new()))
}

/// A motto: italic in the right half of the measure, its source in small capitals.
fn epigraph(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    blocks: &[Block],
    source: &[Inline],
    out: &mut Vec<Chunk>,
) {
    let theme = cx.theme;
    let style = TextStyle { size: theme.quote_size.min(scope.style.size), ..scope.style }.italic();
    let left = scope.width * theme.quote.epigraph_indent;
    let inner = Scope { style, ragged: true, ..scope.inset(left, Pt::ZERO) };
    let first = out.len();
    out.extend(super::blocks(cx, output, inner, blocks));
    if !source.is_empty() {
        keep_with_next(out);
        let style = TextStyle::text(theme.caption_size).small_caps(theme.quote.source_tracking);
        let spec =
            ParaSpec { hyphenation: Hyphenation::Off, ..ParaSpec::body(Scope { style, ..inner }) };
        out.push(paragraph(cx, output, source, StructKind::P, &spec));
    }
    surround(out, first, Gap::LINE);
}
