//! Matrices, cases, aligned equations.

use crate::math::{Column, Level, Node, Row, Table, TableKind};

use super::boxes::MathBox;
use super::grow::moved;
use super::layout::{Layouter, Style};

/// A row goes so far above and below its baseline at least, in em: a line of
/// 12 pt at 10 pt (`\strutbox`).
const STRUT: (f64, f64) = (0.84, 0.36);
/// More room between equations (`\jot`).
const JOT: f64 = 0.3;
/// Between columns (twice `\arraycolsep`).
const GUTTER: f64 = 1.0;
/// Between pairs of columns of aligned equations.
const PAIRS: f64 = 2.0;
/// Beside the delimiters of a matrix.
const EDGE: f64 = 0.1;
/// A line of a table.
const RULE: f64 = 0.04;

impl Layouter<'_> {
    /// Rows and columns, centred on the axis.
    pub fn table(&self, table: &Table, style: Style) -> MathBox {
        let usual = match table.kind {
            TableKind::Aligned | TableKind::Gathered => Level::Display,
            TableKind::Substack => style.level,
            TableKind::Matrix | TableKind::Array | TableKind::Cases(_) => {
                style.level.max(Level::Text)
            }
        };
        let inner = Style { level: table.level.unwrap_or(usual), ..style };
        let em = self.size_of(inner);
        let tight = inner.level >= Level::Script;
        let cells = self.cells(table, inner);
        let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<f64> = (0..columns)
            .map(|i| cells.iter().filter_map(|r| r.get(i)).map(|c| c.width).fold(0.0, f64::max))
            .collect();
        let lefts = lefts(table, &widths, em, tight);
        let edge = match table.kind {
            TableKind::Array => GUTTER / 2.0 * em,
            TableKind::Matrix | TableKind::Cases(_) => EDGE * em,
            TableKind::Aligned | TableKind::Gathered | TableKind::Substack => 0.0,
        };
        let end = lefts.last().zip(widths.last()).map_or(0.0, |(l, w)| l + w);
        let width = end + 2.0 * edge;
        let mut out = MathBox { width, ..MathBox::default() };
        let mut rules = Vec::new();
        let mut y = 0.0;
        for (i, (row, set)) in table.rows.iter().zip(cells).enumerate() {
            let (strut_above, strut_below) = match table.kind {
                TableKind::Substack => (0.0, 0.0),
                _ => (STRUT.0 * em, STRUT.1 * em),
            };
            let height = set.iter().map(|c| c.height).fold(strut_above, f64::max);
            let depth = set.iter().map(|c| c.depth).fold(strut_below, f64::max);
            if i > 0 && table.kind == TableKind::Substack {
                y += 0.2 * em;
            }
            rules.extend((0..row.rules_above).map(|n| y + n as f64 * 0.2 * em));
            y += row.rules_above.saturating_sub(1) as f64 * 0.2 * em + height;
            for (j, cell) in set.into_iter().enumerate() {
                let left = lefts.get(j).copied().unwrap_or(0.0);
                let room = widths.get(j).copied().unwrap_or(0.0) - cell.width;
                let x = match table.column(j) {
                    Column::Left => left,
                    Column::Center => left + room / 2.0,
                    Column::Right => left + room,
                };
                out.place(cell, edge + x, y);
            }
            y += depth + row.space_below * em;
            if matches!(table.kind, TableKind::Aligned | TableKind::Gathered)
                && i + 1 < table.rows.len()
            {
                y += JOT * em;
            }
        }
        rules.extend((0..table.rules_below).map(|n| y + n as f64 * 0.2 * em));
        out.height = 0.0;
        out.depth = y;
        self.rule(&mut out, &rules, table, &lefts, edge, inner);
        let out = moved(out, -(y / 2.0) - self.axis(style));
        match table.kind {
            TableKind::Cases(true) => self.fenced(Some('{'), out, None, style),
            TableKind::Cases(false) => self.fenced(None, out, Some('}'), style),
            TableKind::Matrix
            | TableKind::Array
            | TableKind::Aligned
            | TableKind::Gathered
            | TableKind::Substack => out,
        }
    }

    fn cells(&self, table: &Table, style: Style) -> Vec<Vec<MathBox>> {
        let cell = |(i, cell): (usize, &Row)| {
            if table.kind == TableKind::Aligned && i % 2 == 1 {
                // A relation at the beginning of a cell has something before it.
                let mut row: Row = vec![Node::Group(Row::new())];
                row.extend(cell.iter().cloned());
                return self.row(&row, style);
            }
            self.row(cell, style)
        };
        table.rows.iter().map(|row| row.cells.iter().enumerate().map(cell).collect()).collect()
    }

    fn rule(
        &self,
        out: &mut MathBox,
        rows: &[f64],
        table: &Table,
        lefts: &[f64],
        edge: f64,
        style: Style,
    ) {
        let thickness = RULE * self.size_of(style);
        let (width, depth) = (out.width, out.depth);
        for y in rows {
            out.bar(0.0, y - thickness / 2.0, width, thickness, style.color);
        }
        for column in &table.rules {
            let x = match lefts.get(*column) {
                Some(_) if *column == 0 => 0.0,
                Some(left) => edge + left - GUTTER / 2.0 * self.size_of(style),
                None => width,
            };
            out.bar(x - thickness / 2.0, 0.0, thickness, depth, style.color);
        }
        out.height = 0.0;
        out.depth = depth;
    }
}

/// Where the columns begin.
fn lefts(table: &Table, widths: &[f64], em: f64, tight: bool) -> Vec<f64> {
    let mut x = 0.0;
    let mut lefts = Vec::with_capacity(widths.len());
    for (i, width) in widths.iter().enumerate() {
        if i > 0 {
            x += em
                * match table.kind {
                    TableKind::Aligned if i % 2 == 1 => 0.0,
                    TableKind::Aligned => PAIRS,
                    TableKind::Matrix if tight => 0.6,
                    TableKind::Matrix | TableKind::Array | TableKind::Cases(_) => GUTTER,
                    TableKind::Gathered | TableKind::Substack => GUTTER,
                };
        }
        lefts.push(x);
        x += width;
    }
    lefts
}
