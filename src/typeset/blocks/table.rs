//! Tables: ragged columns between three hairlines, broken between rows only.
//!
//! The widths of the columns are found first ([`columns`]), from small type down
//! to broken words. A table of too many columns is set as a list of its rows,
//! each cell beside the words of its head ([`stacked`]). Its structure is that of
//! a table either way.

mod columns;
mod stacked;

use std::sync::Arc;

use crate::model::{Align, Alt, Inline, Row as TableRow, Table};
use crate::page::{Artifact, Color, HeaderScope, Item, Rect, Rule, StructId, StructKind, Tag};
use crate::text::{Features, Weight};
use crate::theme::TableTokens;
use crate::typeset::chunk::{Chunk, Cost, Gap, NEVER, Row, RowContent};
use crate::typeset::context::{Context, Output};
use crate::typeset::inline::flatten;
use crate::typeset::lines::{Alignment, Para, Range};
use crate::typeset::page_costs::{WITHIN_TABLE, WITHIN_TABLE_ROW};
use crate::typeset::paragraph::{Hyphenation, ParaSpec, break_lines};
use crate::typeset::scope::Scope;
use crate::typeset::style::{Family, TextStyle};
use crate::typeset::styled_text::{ParaText, TextRun};
use crate::typeset::tall_lines::line_offsets_between_rules;
use crate::typeset::widows::leaves_line_alone;
use crate::units::Pt;

use super::caption::labelled;
use super::paragraph::{paragraph, rows_of};

use columns::{Columns, Words};

/// The colour of the rules between rows.
fn faint(tokens: &TableTokens) -> Color {
    Color::Gray(tokens.faint_ink)
}

/// A cell's characters with its node.
type CellText = (ParaText, StructId);

/// Sets a table, with its caption above it.
pub fn table(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    table: &Table,
    label: Option<String>,
) -> Vec<Chunk> {
    let count = table.columns.len();
    if count == 0 {
        return Vec::new();
    }
    let node = output.structure.add(scope.node, StructKind::Table);
    let mut out = Vec::new();
    if !table.caption.is_empty() {
        let words = labelled(scope, label, &table.caption);
        out.push(caption(cx, output, Scope { node, ..scope }, &words));
    }
    let cells = cells(cx, output, scope, table, node);
    let texts = cells.iter().map(|row| row.iter().map(|(text, _)| text).collect::<Vec<_>>());
    match columns::columns(cx, scope, texts, count, scope.width) {
        Some(columns) => out.push(in_columns(cx, output, scope, table, cells, &columns)),
        None if table.head.len() == 1 => {
            out.push(stacked::stacked(cx, output, scope, table, cells))
        }
        None => {
            let columns = columns::forced(cx, count, scope.width);
            out.push(in_columns(cx, output, scope, table, cells, &columns));
        }
    }
    out
}

/// The rows below each other, the head above them on every page.
fn in_columns(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    table: &Table,
    cells: Vec<Vec<CellText>>,
    columns: &Columns,
) -> Chunk {
    let tokens = &cx.theme.table;
    let heads = table.head.len();
    let total = cells.len();
    let tall = cx.theme.lines / 2;
    let mut set: Vec<SetRow> = Vec::with_capacity(total);
    for texts in cells {
        set.push(table_row(cx, output, scope, texts, columns, &table.columns));
    }
    // Where rows have several lines, it must be seen where one ends.
    let parted = set.iter().skip(heads).any(|row| row.lines.len() > 1);
    let mut rows: Vec<Row> = Vec::new();
    for (index, mut row) in set.into_iter().enumerate() {
        let lines = row.lines.len();
        let last = index + 1 == total;
        if index == 0 {
            row.rule(cx, scope, 0, -tokens.rule_above, Color::Black);
        }
        if last || (heads > 0 && index + 1 == heads) {
            row.rule(cx, scope, lines - 1, tokens.rule_below, Color::Black);
        } else if parted && index >= heads {
            row.rule(cx, scope, lines - 1, tokens.rule_below, faint(tokens));
        }
        let tied = index <= heads || index + 2 == total;
        let after = if tied && !last { NEVER } else { WITHIN_TABLE };
        if lines > tall && index >= heads {
            rows.extend(row.in_lines(after));
        } else {
            rows.push(row.whole(cx.theme.leading, after));
        }
    }
    Chunk { repeat: heads, ..Chunk::of_rows(rows, Gap::LINE, scope.span) }
}

fn caption(cx: &Context<'_>, output: &mut Output, scope: Scope<'_>, words: &[Inline]) -> Chunk {
    let style = TextStyle::text(cx.theme.caption_size).family(Family::Sans);
    let spec = ParaSpec {
        alignment: Alignment::Ragged,
        hyphenation: Hyphenation::Off,
        gaps: (Gap::LINE, Gap::NONE),
        ..ParaSpec::body(Scope { style, ..scope })
    };
    let mut chunk = paragraph(cx, output, words, StructKind::Caption, &spec);
    chunk.keep_next = true;
    chunk
}

/// The characters of all cells, row by row, each row with as many as there are
/// columns.
fn cells(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    table: &Table,
    node: StructId,
) -> Vec<Vec<CellText>> {
    let style = TextStyle {
        size: cx.theme.table_size.min(scope.style.size),
        features: Features::TABULAR,
        ..scope.style
    };
    let head_style = TextStyle::text(cx.theme.caption_size.min(scope.style.size))
        .family(Family::Sans)
        .weight(Weight::Semibold);
    let head_group = output.structure.add(node, StructKind::TableHead);
    let body_group = output.structure.add(node, StructKind::TableBody);
    let mut cells = Vec::new();
    for (row, head) in table.all_rows() {
        let (group, style) = if head { (head_group, head_style) } else { (body_group, style) };
        let node = output.structure.add(group, StructKind::TableRow);
        cells.push(row_texts(cx, output, Scope { node, style, ..scope }, table, row, head));
    }
    cells
}

fn row_texts(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    table: &Table,
    row: &TableRow,
    head: bool,
) -> Vec<CellText> {
    (0..table.columns.len())
        .map(|column| {
            let cell = row.cells.get(column);
            let kind = match cell {
                Some(cell) if head && table.heads_column(cell) => {
                    StructKind::TableHeader(HeaderScope::Column)
                }
                Some(cell) if !head && table.heads_row(column, cell) => {
                    StructKind::TableHeader(HeaderScope::Row)
                }
                Some(_) | None => StructKind::TableData,
            };
            let node = output.structure.add(scope.node, kind);
            let content = cell.map_or(&[][..], |cell| &cell.content);
            (cell_text(cx, output, Scope { node, ..scope }, content), node)
        })
        .collect()
}

/// The characters of a cell. One that says nothing gets a space: a node
/// without anything on the page is left out of the structure, and then its row
/// would be a cell short (ISO 14289-1, 7.2; Matterhorn 15-003).
fn cell_text(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    content: &[Inline],
) -> ParaText {
    let text = flatten(cx, output, scope, content);
    let unsaid = |s: &TextRun| match output.structure.get(s.node).map(|n| &n.kind) {
        Some(StructKind::Figure { alt, .. }) => *alt == Alt::Decorative,
        Some(_) | None => text.text.get(s.range.clone()).is_none_or(|t| t.trim().is_empty()),
    };
    if !text.runs.iter().all(unsaid) {
        return text;
    }
    let mut content = content.to_vec();
    content.push(Inline::text("\u{a0}", scope.span));
    flatten(cx, output, scope, &content)
}

/// A text in smaller type; pictures and formulas stay as they are.
fn zoomed(mut text: ParaText, zoom: f64) -> ParaText {
    for run in &mut text.runs {
        run.style.size = run.style.size * zoom;
        run.style.rise = run.style.rise * zoom;
    }
    text
}

/// A row that is set: what stands on each of its lines.
struct SetRow {
    lines: Vec<SetLine>,
}

#[derive(Default)]
struct SetLine {
    rules: Vec<Item>,
    /// Each with the column it is of.
    parts: Vec<(usize, RowContent)>,
    notes: Vec<crate::model::NoteId>,
}

impl SetRow {
    /// A hairline at one of its lines, so many lines below its baseline.
    fn rule(&mut self, cx: &Context<'_>, scope: Scope<'_>, line: usize, below: f64, color: Color) {
        let y = scope.leading * below;
        if let Some(line) = self.lines.get_mut(line) {
            line.rules.push(Item::Rule(Rule {
                rect: Rect { x: scope.left, y, width: scope.width, height: cx.theme.table.rule },
                color,
                tag: Tag::Artifact(Artifact::Layout),
            }));
        }
    }

    /// As a row that is not broken.
    fn whole(self, grid: Pt, break_after: Cost) -> Row {
        let count = self.lines.len();
        let mut row = Row { break_after, ..Row::items(count, Vec::new()) };
        // Rules first, then cell after cell, as they are read.
        let mut parts: Vec<(usize, RowContent)> = Vec::new();
        for (at, line) in self.lines.into_iter().enumerate() {
            row.notes.extend(line.notes);
            let down = grid * at as f64;
            let offset = |content| RowContent::Offset { down, content: Box::new(content) };
            if !line.rules.is_empty() {
                parts.push((0, offset(RowContent::Items(line.rules))));
            }
            parts.extend(line.parts.into_iter().map(|(cell, part)| (cell + 1, offset(part))));
        }
        parts.sort_by_key(|(cell, _)| *cell);
        row.content = RowContent::Group(parts.into_iter().map(|(_, part)| part).collect());
        row
    }

    /// As rows of a line each, for one that is taller than half a page. At
    /// least two lines stay together.
    fn in_lines(self, after: Cost) -> impl Iterator<Item = Row> {
        let count = self.lines.len();
        self.lines.into_iter().enumerate().map(move |(at, line)| {
            let break_after = match (at + 1 == count, leaves_line_alone(at, count)) {
                (true, _) => after,
                (false, true) => NEVER,
                (false, false) => WITHIN_TABLE_ROW,
            };
            let notes = line.notes.clone();
            Row { break_after, notes, content: line.content(), ..Row::items(1, Vec::new()) }
        })
    }
}

impl SetLine {
    fn content(self) -> RowContent {
        let mut parts: Vec<RowContent> = self.parts.into_iter().map(|(_, part)| part).collect();
        if !self.rules.is_empty() {
            parts.insert(0, RowContent::Items(self.rules));
        }
        RowContent::Group(parts)
    }
}

/// A cell's lines into the lines of its row.
struct CellPlace {
    column: usize,
    left: Pt,
    width: Pt,
    range: Range,
    style: TextStyle,
    words: Words,
}

fn table_row(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    texts: Vec<CellText>,
    columns: &Columns,
    aligns: &[Align],
) -> SetRow {
    let mut row = SetRow { lines: vec![SetLine::default()] };
    let mut x = Pt::ZERO;
    let cells = texts.into_iter().zip(&columns.widths).zip(aligns).enumerate();
    for (column, (((text, node), &width), align)) in cells {
        let left = scope.at(x, width);
        let range = match align {
            Align::Start => Range::Left,
            Align::Center => Range::Center,
            Align::End => Range::Right,
        };
        let cell =
            CellPlace { column, left, width, range, style: scope.style, words: columns.words };
        set_cell(cx, output, scope, zoomed(text, columns.zoom), node, &cell, &mut row);
        x += width + columns.gutter;
    }
    row
}

fn set_cell(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    text: ParaText,
    node: StructId,
    cell: &CellPlace,
    row: &mut SetRow,
) {
    let scope = Scope { node, style: cell.style, left: cell.left, width: cell.width, ..scope };
    let broken = cell.words == Words::Broken && columns::hyphenated(cx, scope, &text) > cell.width;
    let spec = ParaSpec {
        range: cell.range,
        hyphenation: if broken { Hyphenation::Anywhere } else { Hyphenation::Language },
        ..ParaSpec::block(scope, Alignment::Ragged)
    };
    let para: Arc<Para> = Arc::new(break_lines(cx, output, text, node, &spec, Vec::new()));
    let best = para.breakings.best;
    let Some(breaking) = para.breakings.by_line_count.get(best) else { return };
    let tokens = &cx.theme.table;
    let clear = (
        para.leading * (tokens.rule_above - tokens.rule_clearance),
        para.leading * (tokens.rule_below - tokens.rule_clearance),
    );
    let (places, count) = line_offsets_between_rules(&para, best, para.leading, clear);
    if row.lines.len() < count {
        row.lines.resize_with(count, SetLine::default);
    }
    let set = rows_of(&para, best, breaking).into_iter();
    for (index, (set, at)) in set.zip(places).enumerate() {
        if let Some(line) = row.lines.get_mut(at) {
            line.notes.extend(set.notes);
            line.parts.push((cell.column, RowContent::line_at(&para, index, Pt::ZERO)));
        }
    }
}
