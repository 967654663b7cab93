//! Tables as XHTML.

use super::PageWriter;
use super::blocks::HEADING;
use crate::epub::xml::Tag;
use crate::model::{Align, Cell, Inline, InlineKind, Row, Table};

impl PageWriter<'_> {
    /// A table. Heads carry their scope; where the head leaves its first cell
    /// empty, the first column holds the heads of the rows.
    pub(super) fn table(&mut self, tag: Tag, table: &Table, label: Option<String>) {
        let row_heads = table.head.first().and_then(|r| r.cells.first()).is_some_and(is_empty);
        self.block(tag, |p| {
            if !table.caption.is_empty() {
                p.line(Tag::new("caption"), |p| {
                    if let Some(label) = &label {
                        p.voiced(HEADING, |p| p.label_before("caption-label", label));
                    }
                    p.inlines(&table.caption);
                });
            }
            if !table.head.is_empty() {
                p.block(Tag::new("thead"), |p| {
                    table.head.iter().for_each(|row| p.row(table, row, |_| Some("col")));
                });
            }
            if !table.rows.is_empty() {
                let scope = |column| (row_heads && column == 0).then_some("row");
                p.block(Tag::new("tbody"), |p| {
                    table.rows.iter().for_each(|row| p.row(table, row, scope));
                });
            }
        });
    }

    fn row(&mut self, table: &Table, row: &Row, scope: impl Fn(usize) -> Option<&'static str>) {
        self.line(Tag::new("tr"), |p| {
            for (column, cell) in row.cells.iter().enumerate() {
                let align = table.columns.get(column).copied().unwrap_or_default();
                p.cell(cell, scope(column).filter(|_| !is_empty(cell)), align);
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
        let voice = if scope.is_some() { HEADING } else { self.voice };
        let tag = Tag::new(name).with_some("scope", scope).with_some("class", class);
        self.element(tag, |p| p.voiced(voice, |p| p.inlines(&cell.content)));
    }
}

/// Whether a cell says nothing, and so is no head of anything: a head without
/// words is none to those who listen (axe rule `empty-table-header`).
fn is_empty(cell: &Cell) -> bool {
    cell.content.iter().all(says_nothing)
}

fn says_nothing(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(text) | InlineKind::Math(text) => {
            text.trim().is_empty()
        }
        InlineKind::Emph(content)
        | InlineKind::Strong(content)
        | InlineKind::Strike(content)
        | InlineKind::SmallCaps(content)
        | InlineKind::Sub(content)
        | InlineKind::Sup(content)
        | InlineKind::Link { content, .. }
        | InlineKind::Span(content) => content.iter().all(says_nothing),
        InlineKind::Image(image) => image.alt.text().is_empty(),
        InlineKind::Ref { .. }
        | InlineKind::Note(_)
        | InlineKind::Ruby(_)
        | InlineKind::Cite(_) => false,
        InlineKind::SoftBreak | InlineKind::HardBreak | InlineKind::IndexMark(_) => true,
    }
}
