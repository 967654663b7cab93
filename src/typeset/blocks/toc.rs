//! Lists of figures and tables: numbers, words, leaders, pages.

use std::sync::Arc;

use crate::model::{Inline, InlineKind, LinkTarget, TocEntry};
use crate::page::{Item, StructKind, Tag};
use crate::typeset::chunk::{Chunk, Gap, NEVER};
use crate::typeset::context::{Context, Output};
use crate::typeset::inline::{flatten, label};
use crate::typeset::lines::Alignment;
use crate::typeset::paragraph::{ParaSpec, break_lines};
use crate::typeset::scope::Scope;
use crate::units::Pt;

use super::leader::{last_line_width, leader};
use super::paragraph::chunk_of;

/// Sets a list of places, one below the other, their numbers in a column.
pub fn list(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    entries: &[TocEntry],
    out: &mut Vec<Chunk>,
) {
    if entries.is_empty() {
        return;
    }
    let node = output.structure.add(scope.node, StructKind::Toc);
    let mut widest = Pt::ZERO;
    for entry in entries.iter().filter(|entry| !entry.label.is_empty()) {
        let runs = label(cx, output, scope, &entry.label, Tag::Node(node));
        widest = widest.max(runs.iter().map(|r| r.width()).sum());
    }
    let column = if widest > Pt::ZERO { widest + scope.style.size } else { Pt::ZERO };
    let scope = Scope { node, listed: true, ..scope };
    for (nth, entry) in entries.iter().enumerate() {
        let mut chunk = line(cx, output, scope, entry, column);
        if nth == 0 && !out.is_empty() {
            chunk.before = Gap::LINE;
        }
        out.push(chunk);
    }
}

fn line(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    entry: &TocEntry,
    column: Pt,
) -> Chunk {
    let item = output.structure.add(scope.node, StructKind::TocItem);
    let page = cx.page_of(entry.anchor).unwrap_or_default();
    let beside: Vec<Item> = label(cx, output, scope, &entry.label, Tag::Node(item))
        .into_iter()
        .map(|mut run| {
            run.origin.x -= column;
            Item::Glyphs(run)
        })
        .collect();
    let width = scope.width - column - scope.style.size * cx.theme.contents.folio_room;
    let here = Scope { node: item, left: scope.left + column, width, ..scope };
    let spec = ParaSpec::block(here, Alignment::Ragged);
    let target = LinkTarget::Anchor(entry.anchor);
    let kind = InlineKind::link(target, entry.content.clone());
    let linked = [Inline::new(kind, scope.span)];
    let words = output.structure.add(item, StructKind::Span);
    let text = flatten(cx, output, Scope { node: words, ..scope }, &linked);
    let para = Arc::new(break_lines(cx, output, text, words, &spec, beside));
    let mut chunk = chunk_of(&para, &spec);
    chunk.variants.truncate(1);
    let from = last_line_width(cx, &chunk) + column;
    leader(cx, output, Scope { node: item, ..scope }, &mut chunk, from, &page);
    if let Some(variant) = chunk.variants.first_mut() {
        let last = variant.rows.len().saturating_sub(1);
        variant.rows.iter_mut().take(last).for_each(|row| row.break_after = NEVER);
    }
    chunk
}
