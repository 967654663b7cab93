//! Which cells of a table are heads: decided once, for both exporters.

use super::{Cell, Inline, InlineKind, Row, Table};

impl Table {
    /// Whether a cell of the head's rows is the head of its column. One that
    /// says nothing is none to those who listen (axe rule `empty-table-header`).
    pub fn heads_column(&self, cell: &Cell) -> bool {
        !cell.is_empty()
    }

    /// Whether a cell of a body row, in the column with this number, is the head
    /// of its row: because the manuscript says so, or because it is in the first
    /// column and the head leaves the cell above that column empty.
    pub fn heads_row(&self, column: usize, cell: &Cell) -> bool {
        let corner = self.head.first().and_then(|row| row.cells.first());
        let first = column == 0 && corner.is_some_and(Cell::is_empty);
        (cell.head || first) && !cell.is_empty()
    }

    /// The head's rows and the body's, each with whether it is of the head.
    pub fn all_rows(&self) -> impl Iterator<Item = (&Row, bool)> {
        let head = self.head.iter().map(|row| (row, true));
        head.chain(self.rows.iter().map(|row| (row, false)))
    }
}

impl Cell {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.content.iter().all(says_nothing)
    }
}

fn says_nothing(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(_, text) | InlineKind::Math(text) => {
            text.trim().is_empty()
        }
        InlineKind::Emph(content)
        | InlineKind::Strong(content)
        | InlineKind::Strike(content)
        | InlineKind::SmallCaps(content)
        | InlineKind::Sub(content)
        | InlineKind::Sup(content)
        | InlineKind::Link { content, .. }
        | InlineKind::Span(_, content) => content.iter().all(says_nothing),
        InlineKind::Image(image) => image.alt.text().is_empty(),
        InlineKind::Ref { .. } | InlineKind::Note(_) | InlineKind::Ruby(_) => false,
        InlineKind::SoftBreak | InlineKind::HardBreak | InlineKind::IndexMark(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    fn cell(text: &str, head: bool) -> Cell {
        let span = Span::new(FileId(0), 0, 0);
        let content = if text.is_empty() { vec![] } else { vec![Inline::text(text, span)] };
        Cell { content, head, span }
    }

    fn table(corner: &str) -> Table {
        let head = vec![Row { cells: vec![cell(corner, false), cell("Head", false)] }];
        Table { columns: vec![Default::default(); 2], head, rows: vec![], caption: vec![] }
    }

    #[test]
    fn first_cells_are_heads_under_an_empty_corner() {
        assert!(table("").heads_row(0, &cell("a", false)));
        assert!(!table("").heads_row(1, &cell("a", false)));
        assert!(!table("").heads_row(0, &cell(" ", false)), "it says nothing");
        assert!(!table("Corner").heads_row(0, &cell("a", false)));
    }

    #[test]
    fn what_the_manuscript_calls_a_head_is_one() {
        assert!(table("Corner").heads_row(0, &cell("a", true)));
        assert!(table("Corner").heads_row(1, &cell("a", true)));
        assert!(!table("Corner").heads_row(1, &cell("", true)));
        assert!(table("x").heads_column(&cell("a", false)));
        assert!(!table("x").heads_column(&cell("", true)));
    }
}
