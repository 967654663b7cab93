//! Tables, from Markdown and from HTML.

use super::Lower;
use crate::manuscript::markdown::tree::{CellKind, Kind, Node, is_white};
use crate::model::{Align, Attrs, Block, BlockKind, Cell, Row, Table};
use crate::source::Span;

/// A row as it is found: whether it is in the head, and its cells.
struct FoundRow {
    head: bool,
    cells: Vec<(CellKind, Node)>,
}

impl Lower<'_> {
    /// A table. Cells over several columns or rows leave empty ones beside or
    /// below them, so that every row has as many as there are columns.
    pub(super) fn table(
        &mut self,
        columns: Vec<Align>,
        nodes: Vec<Node>,
        span: Span,
        attrs: Attrs,
    ) -> Vec<Block> {
        let mut rows = Vec::new();
        let mut caption = Vec::new();
        let mut rest = Vec::new();
        let captions = nodes.iter().filter(|node| node.kind == Kind::Caption);
        let caption_id = captions.filter_map(|n| n.attrs.id()).next().map(str::to_owned);
        sort_out(nodes, false, &mut rows, &mut caption, &mut rest);
        let caption = self.line(caption);
        let mut attrs = attrs;
        if let (Some(id), None) = (caption_id, attrs.id()) {
            attrs.set_id(id);
        }
        if let Some(first) = rows.first_mut()
            && !first.cells.is_empty()
            && first.cells.iter().all(|(kind, _)| kind.head)
        {
            first.head = true;
        }
        let mut below: Vec<usize> = Vec::new();
        let mut aligns = columns;
        let (mut head, mut body) = (Vec::new(), Vec::new());
        for row in rows {
            let in_head = row.head && body.is_empty();
            let made = self.row(row, span, &mut below, &mut aligns);
            if in_head { head.push(made) } else { body.push(made) }
        }
        // Markdown has no tables without a head: writers leave its cells empty.
        if head.iter().flat_map(|row: &Row| &row.cells).all(Cell::is_empty) && !body.is_empty() {
            head.clear();
        }
        let width = head.iter().chain(&body).map(|row| row.cells.len()).max().unwrap_or(0);
        let width = width.max(aligns.len());
        aligns.resize(width, Align::Start);
        for row in head.iter_mut().chain(&mut body) {
            row.cells.resize_with(width, || Cell { content: Vec::new(), head: false, span });
        }
        let mut out = Vec::new();
        if width > 0 && !(head.is_empty() && body.is_empty()) {
            let table = Table { columns: aligns, head, rows: body, caption };
            let mut block = Block::new(BlockKind::Table(table), span);
            block.attrs = attrs;
            out.push(block);
        }
        out.extend(self.blocks(rest));
        out
    }

    /// A row; `below` says for each column how many rows it is still taken.
    fn row(
        &mut self,
        row: FoundRow,
        span: Span,
        below: &mut Vec<usize>,
        aligns: &mut Vec<Align>,
    ) -> Row {
        let mut cells: Vec<Cell> = Vec::new();
        let empty = || Cell { content: Vec::new(), head: false, span };
        let skip_taken = |cells: &mut Vec<Cell>, below: &mut Vec<usize>| {
            while let Some(left) = below.get_mut(cells.len()).filter(|left| **left > 0) {
                *left -= 1;
                cells.push(empty());
            }
        };
        for (kind, node) in row.cells {
            skip_taken(&mut cells, below);
            let at = cells.len();
            if let Some(align) = kind.align
                && !row.head
            {
                aligns.resize(aligns.len().max(at + 1), Align::Start);
                if let Some(column) = aligns.get_mut(at) {
                    *column = align;
                }
            }
            let span = node.span;
            cells.push(Cell {
                content: self.line_with_captions(node.children),
                head: kind.head,
                span,
            });
            cells.resize_with(at + kind.columns.max(1), || Cell {
                content: Vec::new(),
                head: false,
                span,
            });
            if kind.rows > 1 {
                below.resize(below.len().max(cells.len()), 0);
                for left in below.iter_mut().take(cells.len()).skip(at) {
                    *left = kind.rows - 1;
                }
            }
        }
        skip_taken(&mut cells, below);
        Row { cells }
    }
}

fn sort_out(
    nodes: Vec<Node>,
    head: bool,
    rows: &mut Vec<FoundRow>,
    caption: &mut Vec<Node>,
    rest: &mut Vec<Node>,
) {
    let mut loose = FoundRow { head, cells: Vec::new() };
    for node in nodes {
        match node.kind.clone() {
            Kind::TableHead => sort_out(node.children, true, rows, caption, rest),
            Kind::Transparent => sort_out(node.children, head, rows, caption, rest),
            Kind::TableRow => sort_out(node.children, head, rows, caption, rest),
            Kind::Caption => caption.extend(node.children),
            Kind::Cell(kind) => loose.cells.push((kind, node)),
            _ if is_white(&node) => {}
            _ => rest.push(node),
        }
    }
    if !loose.cells.is_empty() {
        rows.push(loose);
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::{Code, Diagnostics};
    use crate::manuscript::markdown::{Origin, parse};
    use crate::model::{BlockKind, Lang, Table, plain_text};
    use crate::source::FileId;

    fn table(text: &str) -> (Table, Vec<Code>) {
        let mut diagnostics = Diagnostics::default();
        let parsed = parse(text, Origin::Part(FileId(0), 0), &Lang::default(), &mut diagnostics);
        let mut tables = parsed.blocks.into_iter().filter_map(|block| match block.kind {
            BlockKind::Table(table) => Some(table),
            _ => None,
        });
        let codes = diagnostics.iter().map(|found| found.code).collect();
        (tables.next().expect("a table"), codes)
    }

    fn cells(table: &Table) -> Vec<String> {
        let rows = table.all_rows().flat_map(|(row, _)| &row.cells);
        rows.map(|cell| plain_text(&cell.content)).collect()
    }

    #[test]
    fn a_head_of_empty_cells_is_none() {
        let (found, codes) = table("|  |  |\n|--|--|\n| a | b |");
        assert!(found.head.is_empty() && codes.is_empty());
        assert_eq!(cells(&found), ["a", "b"]);
        assert_eq!(table("| | x |\n|--|--|\n| a | b |").0.head.len(), 1);
    }

    #[test]
    fn cells_beyond_the_last_column_are_part_of_the_last_cell() {
        let (found, codes) = table("| a | b |\n|--|--|\n| 1 | 2 | *3* | 4 |\n| 5 | 6 |\n");
        assert_eq!(cells(&found), ["a", "b", "1", "2 | 3 | 4", "5", "6"]);
        assert_eq!(codes, [Code::TableCell]);
        let (found, _) = table("| a | b |\n|--|--|\n| `ls | wc -l` | counts |");
        assert_eq!(cells(&found)[2..].join(" "), "`ls wc -l` | counts");
    }
}
