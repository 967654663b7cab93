//! Environments of rows and columns.

use pulldown_latex::event::{
    ArrayColumn, ColumnAlignment, EnvironmentFlow, Event, StateChange, Style,
};

use super::builder::Builder;
use super::error::ParseError;
use super::lengths::em;
use super::symbols::level_of;
use crate::math::{Alphabet, Column, Level, Node, Table, TableKind, TableRow};

impl Builder<'_> {
    /// An environment up to its end.
    pub(super) fn table(
        &mut self,
        kind: TableKind,
        spec: &[ArrayColumn],
    ) -> Result<Node, ParseError> {
        let mut columns = Vec::new();
        let mut rules = Vec::new();
        for column in spec {
            match column {
                ArrayColumn::Column(ColumnAlignment::Left) => columns.push(Column::Left),
                ArrayColumn::Column(ColumnAlignment::Center) => columns.push(Column::Center),
                ArrayColumn::Column(ColumnAlignment::Right) => columns.push(Column::Right),
                ArrayColumn::Separator(_) => rules.push(columns.len()),
            }
        }
        let mut level = None;
        if let Some(Event::StateChange(StateChange::Style(style))) = self.events.peek() {
            // The parser asks for text size where it means a small matrix.
            level = Some(match (kind, style) {
                (TableKind::Matrix, Style::Text) => Level::Script,
                (_, style) => level_of(*style),
            });
            self.events.next();
        }
        let mut rows = vec![TableRow::default()];
        loop {
            let cell = self.row(Alphabet::Default)?;
            if let Some(row) = rows.last_mut() {
                row.cells.push(cell);
            }
            match self.events.next() {
                None | Some(Event::End) => break,
                Some(Event::EnvironmentFlow(EnvironmentFlow::StartLines { lines })) => {
                    if let Some(row) = rows.last_mut() {
                        row.rules_above = lines.len();
                        row.cells.pop();
                    }
                }
                Some(Event::EnvironmentFlow(EnvironmentFlow::NewLine {
                    spacing,
                    horizontal_lines,
                })) => {
                    if let Some(row) = rows.last_mut() {
                        row.space_below = spacing.map_or(0.0, em);
                    }
                    rows.push(TableRow {
                        rules_above: horizontal_lines.len(),
                        ..TableRow::default()
                    });
                }
                // Everything else has been read as part of the cell.
                Some(_) => {}
            }
        }
        // A row end after the last row begins none.
        let empty = |row: &TableRow| row.cells.iter().all(Vec::is_empty);
        let mut rules_below = 0;
        if rows.len() > 1 && rows.last().is_some_and(empty) {
            rules_below = rows.pop().map_or(0, |row| row.rules_above);
        }
        Ok(Node::Table(Table { kind, rows, columns, rules, rules_below, level }))
    }
}
