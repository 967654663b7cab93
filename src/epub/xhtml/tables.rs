//! Tables as XHTML.

use super::blocks::HEADING;
use super::writer::PageWriter;
use crate::epub::xml::Tag;
use crate::model::{Align, Block, Cell, Row, Table, plain_text};

/// From so many columns on, words may be broken anywhere.
const MANY_COLUMNS: usize = 5;
/// So many letters of a table's type go on a line of 320 px, if a reader has
/// chosen text of 160 %.
const NARROWEST: f64 = 26.0;
/// The space between columns, in letters.
const GUTTER: f64 = 1.6;

impl PageWriter<'_> {
    /// A table. One that may be wider than a telephone is in a box that can be
    /// moved sideways, by keys as well, and so has a place in their order and a
    /// name.
    pub(super) fn table(&mut self, block: &Block, table: &Table) {
        let class = if table.columns.len() >= MANY_COLUMNS { "many" } else { "" };
        let label = block.attrs.number().map(|number| self.plan.locale.table(number));
        let any = self.plan.locale.any_table();
        let inner = |p: &mut Self| {
            p.node(Tag::new("table"), &block.attrs, class, |p, tag| p.rows(tag, table, label));
        };
        if !is_wide(table) {
            return inner(self);
        }
        let caption = plain_text(&table.caption);
        let name = if caption.trim().is_empty() { any.as_str() } else { caption.trim() };
        // A group and no region: regions are landmarks, and each would need a
        // name of its own.
        let tag = Tag::classed("div", "wide").with("role", "group");
        self.block(tag.with("aria-label", name).with("tabindex", "0"), inner);
    }

    /// The rows. Heads carry their scope.
    fn rows(&mut self, tag: Tag, table: &Table, label: Option<String>) {
        self.block(tag, |p| {
            if !table.caption.is_empty() {
                p.line(Tag::new("caption"), |p| {
                    if let Some(label) = &label {
                        p.in_typeface(HEADING, |p| p.label_before("caption-label", label));
                    }
                    p.inlines(&table.caption);
                });
            }
            if !table.head.is_empty() {
                let scope = |_, cell: &Cell| table.heads_column(cell).then_some("col");
                p.block(Tag::new("thead"), |p| {
                    table.head.iter().for_each(|row| p.row(table, row, scope));
                });
            }
            if !table.rows.is_empty() {
                let scope = |column, cell: &Cell| table.heads_row(column, cell).then_some("row");
                p.block(Tag::new("tbody"), |p| {
                    table.rows.iter().for_each(|row| p.row(table, row, scope));
                });
            }
        });
    }

    fn row(
        &mut self,
        table: &Table,
        row: &Row,
        scope: impl Fn(usize, &Cell) -> Option<&'static str>,
    ) {
        self.line(Tag::new("tr"), |p| {
            for (column, cell) in row.cells.iter().enumerate() {
                let align = table.columns.get(column).copied().unwrap_or_default();
                p.cell(cell, scope(column, cell), align);
            }
        });
    }

    fn cell(&mut self, cell: &Cell, scope: Option<&str>, align: Align) {
        let name = if scope.is_some() { "th" } else { "td" };
        let class = match align {
            Align::Start => None,
            Align::Center => Some("center"),
            Align::End => Some("end"),
        };
        let typeface = if scope.is_some() { HEADING } else { self.typeface };
        let tag = Tag::new(name).with_some("scope", scope).with_some("class", class);
        self.element(tag, |p| p.in_typeface(typeface, |p| p.inlines(&cell.content)));
    }
}

/// Whether the longest words of all columns don't fit beside each other on the
/// narrowest screen. Few readers hyphenate in every language.
fn is_wide(table: &Table) -> bool {
    let mut longest = vec![0; table.columns.len()];
    for (row, _) in table.all_rows() {
        for (cell, longest) in row.cells.iter().zip(&mut longest) {
            let text = plain_text(&cell.content);
            let words = text.split_whitespace().map(|word| word.chars().count());
            *longest = words.max().unwrap_or(0).max(*longest);
        }
    }
    let letters: usize = longest.iter().sum();
    let gutters = GUTTER * longest.len().saturating_sub(1) as f64;
    letters as f64 + gutters > NARROWEST
}
