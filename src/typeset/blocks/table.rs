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
use crate::page::{Artifact, Color, Item, Rect, Rule, Scope, StructId, StructKind, Tag};
use crate::text::{Features, Hyphenator, Weight};
use crate::typeset::chapter::Setter;
use crate::typeset::chunk::{Chunk, Cost, Gap, NEVER, Para, Range, Row, RowContent};
use crate::typeset::inline::{ParaText, TextRun, flatten};
use crate::typeset::lines::{Alignment, LineShape};
use crate::typeset::page_costs::{WITHIN_TABLE, WITHIN_TABLE_ROW};
use crate::typeset::style::{Family, TextStyle};
use crate::typeset::tall_lines::line_offsets_between_rules;
use crate::units::Pt;

use super::Place;
use super::para::{ParaSpec, fitted, labelled, paragraph, rows_of};
use super::quote::shifted;
use columns::{Columns, Words};

/// How thick the rules are.
const HAIRLINE: Pt = Pt(0.4);
/// Rules stand so far above a row's first baseline and below its last, in
/// leadings; formulas keep so far from them.
const RULE_ABOVE: f64 = 0.82;
const RULE_BELOW: f64 = 0.3;
const CLEAR: f64 = 0.05;
/// The colour of the rules between rows.
const FAINT: Color = Color::Gray(0.3);

/// A cell's characters with its node.
type CellText = (ParaText, StructId);

/// Sets a table, with its caption above it.
pub fn table(
    setter: &mut Setter<'_>,
    table: &Table,
    label: Option<String>,
    place: Place,
) -> Vec<Chunk> {
    let count = table.columns.len();
    if count == 0 {
        return Vec::new();
    }
    let node = setter.structure.add(place.node, StructKind::Table);
    let mut out = Vec::new();
    if !table.caption.is_empty() {
        let words = labelled(setter, label, &table.caption);
        out.push(caption(setter, &words, Place { node, ..place }));
    }
    let cells = cells(setter, table, node, place);
    let texts = cells.iter().map(|row| row.iter().map(|(text, _)| text).collect::<Vec<_>>());
    match columns::columns(setter, texts, count, place.width) {
        Some(columns) => out.push(in_columns(setter, table, cells, &columns, place)),
        None if table.head.len() == 1 => out.push(stacked::stacked(setter, table, cells, place)),
        None => {
            let columns = columns::forced(setter, count, place.width);
            out.push(in_columns(setter, table, cells, &columns, place));
        }
    }
    out
}

/// The rows below each other, the head above them on every page.
fn in_columns(
    setter: &mut Setter<'_>,
    table: &Table,
    cells: Vec<Vec<CellText>>,
    columns: &Columns,
    place: Place,
) -> Chunk {
    let heads = table.head.len();
    let total = cells.len();
    let tall = setter.theme.lines / 2;
    let mut set: Vec<SetRow> = Vec::with_capacity(total);
    for texts in cells {
        set.push(table_row(setter, texts, columns, &table.columns, place));
    }
    // Where rows have several lines, it must be seen where one ends.
    let parted = set.iter().skip(heads).any(|row| row.lines.len() > 1);
    let mut rows: Vec<Row> = Vec::new();
    for (index, mut row) in set.into_iter().enumerate() {
        let lines = row.lines.len();
        let last = index + 1 == total;
        if index == 0 {
            row.rule(setter, place, 0, -RULE_ABOVE, Color::Black);
        }
        if last || (heads > 0 && index + 1 == heads) {
            row.rule(setter, place, lines - 1, RULE_BELOW, Color::Black);
        } else if parted && index >= heads {
            row.rule(setter, place, lines - 1, RULE_BELOW, FAINT);
        }
        let tied = index <= heads || index + 2 == total;
        let after = if tied && !last { NEVER } else { WITHIN_TABLE };
        if lines > tall && index >= heads {
            rows.extend(row.in_lines(after));
        } else {
            rows.push(row.whole(setter.theme.leading, after));
        }
    }
    Chunk { repeat: heads, ..Chunk::of_rows(rows, Gap::LINE, setter.span) }
}

fn caption(setter: &mut Setter<'_>, words: &[Inline], place: Place) -> Chunk {
    let style = TextStyle::text(setter.theme.caption_size).family(Family::Sans);
    let spec = ParaSpec {
        style,
        alignment: Alignment::Ragged,
        hyphenate: false,
        gaps: (Gap::LINE, Gap::NONE),
        ..ParaSpec::body(setter, Place { flush: true, ..place })
    };
    let mut chunk = paragraph(setter, words, StructKind::Caption, &spec);
    chunk.keep_next = true;
    chunk
}

/// The characters of all cells, row by row, each row with as many as there are
/// columns.
fn cells(
    setter: &mut Setter<'_>,
    table: &Table,
    node: StructId,
    place: Place,
) -> Vec<Vec<CellText>> {
    let style =
        TextStyle { size: setter.theme.table_size, features: Features::TABULAR, ..place.style };
    let head_style =
        TextStyle::text(setter.theme.caption_size).family(Family::Sans).weight(Weight::Semibold);
    let head_group = setter.structure.add(node, StructKind::TableHead);
    let body_group = setter.structure.add(node, StructKind::TableBody);
    let mut cells = Vec::new();
    for (row, head) in table.all_rows() {
        let (group, style) = if head { (head_group, head_style) } else { (body_group, style) };
        let node = setter.structure.add(group, StructKind::TableRow);
        cells.push(row_texts(setter, table, row, head, node, style));
    }
    cells
}

fn row_texts(
    setter: &mut Setter<'_>,
    table: &Table,
    row: &TableRow,
    head: bool,
    node: StructId,
    style: TextStyle,
) -> Vec<CellText> {
    (0..table.columns.len())
        .map(|column| {
            let cell = row.cells.get(column);
            let kind = match cell {
                Some(cell) if head && table.heads_column(cell) => {
                    StructKind::TableHeader(Scope::Column)
                }
                Some(cell) if !head && table.heads_row(column, cell) => {
                    StructKind::TableHeader(Scope::Row)
                }
                Some(_) | None => StructKind::TableData,
            };
            let node = setter.structure.add(node, kind);
            let content = cell.map_or(&[][..], |cell| &cell.content);
            (cell_text(setter, content, style, node), node)
        })
        .collect()
}

/// The characters of a cell. One that says nothing gets a space: a node
/// without anything on the page is left out of the structure, and then its row
/// would be a cell short (ISO 14289-1, 7.2; Matterhorn 15-003).
fn cell_text(
    setter: &mut Setter<'_>,
    content: &[Inline],
    style: TextStyle,
    node: StructId,
) -> ParaText {
    let text = flatten(setter, content, style, node);
    let unsaid = |s: &TextRun| match setter.structure.get(s.node).map(|n| &n.kind) {
        Some(StructKind::Figure { alt, .. }) => *alt == Alt::Decorative,
        Some(_) | None => text.text.get(s.range.clone()).is_none_or(|t| t.trim().is_empty()),
    };
    if !text.runs.iter().all(unsaid) {
        return text;
    }
    let mut content = content.to_vec();
    content.push(Inline::text("\u{a0}", setter.span));
    flatten(setter, &content, style, node)
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
    fn rule(&mut self, setter: &Setter<'_>, place: Place, line: usize, below: f64, color: Color) {
        let y = setter.theme.leading * below;
        if let Some(line) = self.lines.get_mut(line) {
            line.rules.push(Item::Rule(Rule {
                rect: Rect { x: place.left, y, width: place.width, height: HAIRLINE },
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
            let alone = at == 0 || at + 2 == count;
            let break_after = match (at + 1 == count, alone) {
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
    setter: &mut Setter<'_>,
    texts: Vec<CellText>,
    columns: &Columns,
    aligns: &[Align],
    place: Place,
) -> SetRow {
    let mut row = SetRow { lines: vec![SetLine::default()] };
    let mut x = Pt::ZERO;
    let cells = texts.into_iter().zip(&columns.widths).zip(aligns).enumerate();
    for (column, (((text, node), &width), align)) in cells {
        let left = place.at(setter.direction, x, width);
        let range = match align {
            Align::Start => Range::Left,
            Align::Center => Range::Center,
            Align::End => Range::Right,
        };
        let cell =
            CellPlace { column, left, width, range, style: place.style, words: columns.words };
        set_cell(setter, zoomed(text, columns.zoom), node, &cell, &mut row);
        x += width + columns.gutter;
    }
    row
}

fn set_cell(
    setter: &mut Setter<'_>,
    text: ParaText,
    node: StructId,
    cell: &CellPlace,
    row: &mut SetRow,
) {
    let spec = ParaSpec {
        node,
        style: cell.style,
        left: cell.left,
        shape: LineShape::block(cell.width.0),
        alignment: Alignment::Ragged,
        range: cell.range,
        hyphenate: true,
        grid: 1,
        gaps: (Gap::NONE, Gap::NONE),
    };
    let usual = setter.hyphenator;
    if cell.words == Words::Broken && columns::hyphenated(setter, &text) > cell.width {
        setter.hyphenator = Hyphenator::anywhere();
    }
    let para: Arc<Para> = Arc::new(fitted(setter, text, node, &spec, Vec::new()));
    setter.hyphenator = usual;
    let best = para.breakings.best;
    let Some(breaking) = para.breakings.by_line_count.get(best) else { return };
    let clear = (para.leading * (RULE_ABOVE - CLEAR), para.leading * (RULE_BELOW - CLEAR));
    let (places, count) = line_offsets_between_rules(&para, best, para.leading, clear);
    if row.lines.len() < count {
        row.lines.resize_with(count, SetLine::default);
    }
    let set = rows_of(&para, best, breaking, 1).into_iter();
    for (index, (set, at)) in set.zip(places).enumerate() {
        if let Some(line) = row.lines.get_mut(at) {
            line.notes.extend(set.notes);
            line.parts.push((cell.column, shifted(&para, index, Pt::ZERO)));
        }
    }
}
