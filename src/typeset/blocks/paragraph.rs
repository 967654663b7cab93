//! Paragraphs, headings and scene breaks.

use std::sync::Arc;

use crate::model::Inline;
use crate::page::StructKind;
use crate::typeset::chunk::{Chunk, ChunkKind, Cost, Row, RowContent, Variant};
use crate::typeset::context::{Context, Output};
use crate::typeset::inline::flatten;
use crate::typeset::lines::{Alignment, BreakKind, Breaking, Para};
use crate::typeset::paragraph::{ParaSpec, break_lines};
use crate::typeset::scope::Scope;
use crate::typeset::tall_lines::extra_lines;
use crate::typeset::widows::{Line, cost_of_page_break};

/// A paragraph that costs this much more than the best is not offered.
const DEAREST_VARIANT: f64 = 6_000.0;
/// A variant with a line whose spaces are this much too wide is not offered.
const LOOSEST_VARIANT: f64 = 0.6;

/// A paragraph is set by at most so many lines longer or shorter than is best.
const MOST_LINES_MORE: usize = 2;

/// Sets a run of inlines as a paragraph of a kind.
pub fn paragraph(
    cx: &Context<'_>,
    output: &mut Output,
    content: &[Inline],
    kind: StructKind,
    spec: &ParaSpec<'_>,
) -> Chunk {
    let node = output.structure.add(spec.scope.node, kind);
    let text = flatten(cx, output, Scope { node, ..spec.scope }, content);
    let para = break_lines(cx, output, text, node, spec, Vec::new());
    chunk_of(&Arc::new(para), spec)
}

/// The chunk of a fitted paragraph, with a line more and a line less where
/// that costs little.
pub fn chunk_of(para: &Arc<Para>, spec: &ParaSpec<'_>) -> Chunk {
    let breakings = &para.breakings.by_line_count;
    let best = para.breakings.best;
    let least = breakings.get(best).map_or(0.0, |b| b.demerits);
    let mut variants = vec![variant(para, best, Cost::ZERO)];
    let near = |i: usize| i != best && i.abs_diff(best) <= MOST_LINES_MORE;
    for (index, other) in breakings.iter().enumerate().filter(|(i, _)| near(*i)) {
        let cost = other.demerits - least;
        let loosest = other.lines.iter().map(|l| l.space).fold(0.0, f64::max);
        if cost < DEAREST_VARIANT
            && loosest < LOOSEST_VARIANT
            && spec.alignment == Alignment::Justified
        {
            variants.push(variant(para, index, Cost(cost)));
        }
    }
    Chunk {
        variants,
        before: spec.gaps.0,
        after: spec.gaps.1,
        keep_next: false,
        kind: ChunkKind::Flow,
        repeat: 0,
        compromise: None,
        span: spec.scope.span,
    }
}

fn variant(para: &Arc<Para>, index: usize, cost: Cost) -> Variant {
    let rows = match para.breakings.by_line_count.get(index) {
        Some(breaking) => rows_of(para, index, breaking),
        None => Vec::new(),
    };
    Variant { rows, cost }
}

/// One row for each line, with what it costs to break the page after it.
pub fn rows_of(para: &Arc<Para>, index: usize, breaking: &Breaking) -> Vec<Row> {
    let count = breaking.breaks.len();
    let extra_lines = extra_lines(para, index, para.leading);
    let mut from = 0;
    let mut rows = Vec::with_capacity(count);
    for (line, &to) in breaking.breaks.iter().enumerate() {
        let (begin, end) = match (para.items.breakpoints.get(from), para.items.breakpoints.get(to))
        {
            (Some(a), Some(b)) => (a.next, b),
            _ => break,
        };
        let last = line + 1 == count;
        let break_after = cost_of_page_break(&Line {
            index: line,
            count,
            hyphenated: end.kind == BreakKind::Hyphen,
            beside_initial: line < para.shape.dropped.max(1) - 1,
        });
        let within = |byte: &usize| (begin..end.next).contains(byte) || (last && *byte >= begin);
        let notes =
            para.text.notes.iter().filter(|(byte, _)| within(byte)).map(|(_, id)| *id).collect();
        let extra = extra_lines.get(line).copied().unwrap_or_default();
        let mut content = RowContent::Line { para: Arc::clone(para), breaking: index, line };
        if extra.above > 0 {
            let down = para.leading * extra.above as f64;
            content = RowContent::Offset { down, content: Box::new(content) };
        }
        rows.push(Row {
            lines: 1 + extra.above + extra.below,
            break_after,
            notes,
            content,
            anchors: Vec::new(),
            bookmark: None,
            compromise: None,
        });
        from = to;
    }
    rows
}
