//! A table too wide for its page: row after row as a list, each cell beside the
//! words of its head.
//!
//! The words of the head stand beside the cells of every row. They are the heads
//! themselves beside those of the first row, and furniture after that, as the
//! repeated heads of a table that goes on are. So the structure is that of the
//! table: head cells, rows, cells, each once and in order.

use crate::model::Table;
use crate::page::{Artifact, Color, CompromiseKind, Item, Tag};
use crate::typeset::chunk::{Chunk, Gap, NEVER, RowContent};
use crate::typeset::context::{Context, Output};
use crate::typeset::lines::Range;
use crate::typeset::page_costs::{BETWEEN_RECORDS, WITHIN_TABLE, WITHIN_TABLE_ROW};
use crate::typeset::scope::Scope;
use crate::units::Pt;

use super::columns::{Words, whole};
use super::{CellPlace, CellText, SetLine, SetRow, faint, set_cell, zoomed};

/// Sets a table that has a head row by row.
pub(super) fn stacked(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    table: &Table,
    cells: Vec<Vec<CellText>>,
) -> Chunk {
    let count = table.columns.len();
    let mut cells = cells.into_iter();
    let heads: Vec<CellText> = cells.next().unwrap_or_default();
    let width = head_width(cx, scope, &heads, scope.width);
    let body: Vec<Vec<CellText>> = cells.collect();
    let total = body.len();
    let mut rows = Vec::new();
    for (record, texts) in body.into_iter().enumerate() {
        let tag = (record > 0).then_some(Tag::Artifact(Artifact::Header));
        for (column, cell) in texts.into_iter().enumerate() {
            let Some(head) = heads.get(column) else { continue };
            let mut set = pair(cx, output, scope, head.clone(), cell, width, tag);
            let (first, last) = (column == 0, column + 1 == count);
            if first && record == 0 {
                set.rule(cx, scope, 0, -cx.theme.table.rule_above, Color::Black);
            }
            if last {
                let foot = set.lines.len().saturating_sub(1);
                let color = if record + 1 == total { Color::Black } else { faint(&cx.theme.table) };
                set.rule(cx, scope, foot, cx.theme.table.rule_below, color);
            }
            let tied = first || column + 2 == count;
            let break_after = match (last, tied) {
                (true, _) if record + 1 == total => WITHIN_TABLE,
                (true, _) => BETWEEN_RECORDS,
                (false, true) => NEVER,
                (false, false) => WITHIN_TABLE_ROW,
            };
            rows.push(set.whole(cx.theme.leading, break_after));
        }
    }
    let chunk = Chunk::of_rows(rows, Gap::LINE, scope.span);
    Chunk { compromise: Some(CompromiseKind::StackedTable(count)), ..chunk }
}

/// As wide as the longest head, but not too wide.
fn head_width(cx: &Context<'_>, scope: Scope<'_>, heads: &[CellText], measure: Pt) -> Pt {
    let widths =
        heads.iter().map(|(text, _)| whole(cx, scope, text).1 * cx.theme.table.stacked_zoom);
    widths.fold(Pt::ZERO, Pt::max).min(measure * cx.theme.table.stacked_heads)
}

/// A head and its cell beside each other; as furniture, the head is no part of
/// the text.
fn pair(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    head: CellText,
    cell: CellText,
    width: Pt,
    furniture: Option<Tag>,
) -> SetRow {
    let mut row = SetRow { lines: vec![SetLine::default()] };
    let at = |column: usize, left: Pt, width: Pt| CellPlace {
        column,
        left,
        width,
        range: Range::Left,
        style: scope.style,
        words: Words::Broken,
    };
    let (text, node) = head;
    set_cell(
        cx,
        output,
        scope,
        zoomed(text, cx.theme.table.stacked_zoom),
        node,
        &at(0, scope.at(Pt::ZERO, width), width),
        &mut row,
    );
    if let Some(tag) = furniture {
        for line in &mut row.lines {
            line.notes.clear();
            for (_, part) in &mut line.parts {
                *part = untold(cx, part, tag);
            }
        }
    }
    let inner = scope.inset(width + cx.theme.table.stacked_gutter, Pt::ZERO);
    let (text, node) = cell;
    set_cell(
        cx,
        output,
        scope,
        zoomed(text, cx.theme.table.stacked_zoom),
        node,
        &at(1, inner.left, inner.width),
        &mut row,
    );
    row
}

/// What is to be seen of a line, as furniture.
fn untold(cx: &Context<'_>, content: &RowContent, tag: Tag) -> RowContent {
    match content {
        RowContent::Line { para, breaking, line } => {
            let set = para.set_line(cx.shaper, *breaking, *line);
            let items = set.items.into_iter().map(|mut item| {
                match &mut item {
                    Item::Glyphs(run) => {
                        run.origin.x += para.left;
                        run.tag = tag;
                        run.source = None;
                    }
                    Item::Picture(picture) => {
                        picture.rect.x += para.left;
                        picture.tag = tag;
                    }
                    Item::Rule(rule) => {
                        rule.rect.x += para.left;
                        rule.tag = tag;
                    }
                    Item::Link(link) => link.rect.x += para.left,
                }
                item
            });
            RowContent::Items(items.collect())
        }
        RowContent::Offset { down, content } => {
            RowContent::Offset { down: *down, content: Box::new(untold(cx, content, tag)) }
        }
        RowContent::Group(parts) => {
            RowContent::Group(parts.iter().map(|part| untold(cx, part, tag)).collect())
        }
        RowContent::Items(items) => RowContent::Items(items.clone()),
    }
}
