//! Tables, from Markdown and from HTML.

use super::Lower;
use crate::diag::{Code, Diagnostic};
use crate::manuscript::markdown::tree::{CellKind, Kind, Node, is_white};
use crate::model::{Align, Attrs, Block, BlockKind, Cell, Inline, Row, Table};
use crate::source::Span;

/// How many cells a table may have, empty ones included: more than fill a hundred
/// pages.
const MOST_CELLS: usize = 100_000;

/// A row as it is found: whether it is in the head, and its cells.
struct FoundRow {
    head: bool,
    cells: Vec<(CellKind, Node)>,
}

impl FoundRow {
    /// How many columns its cells take.
    fn width(&self) -> usize {
        self.cells.iter().fold(0, |sum: usize, (kind, _)| sum.saturating_add(kind.columns.max(1)))
    }
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
        let captions = nodes.iter().filter(|node| node.kind == Kind::Caption);
        let caption_id = captions.filter_map(|n| n.attrs.id()).next().map(str::to_owned);
        let mut found = Found::default();
        found.collect(nodes, false);
        let Found { mut rows, caption, before, after } = found;
        let columns_found = rows.iter().map(FoundRow::width).max().unwrap_or(0).max(columns.len());
        if rows.len().saturating_mul(columns_found) > MOST_CELLS {
            return self.rows_as_paragraphs(rows, [before, caption, after], span);
        }
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
        let mut out = self.blocks(before);
        if width > 0 && !(head.is_empty() && body.is_empty()) {
            let table = Table { columns: aligns, head, rows: body, caption };
            let mut block = Block::new(BlockKind::Table(table), span);
            block.attrs = attrs;
            out.push(block);
        }
        out.extend(self.blocks(after));
        out
    }

    /// What is left of a table that is too large to be set as one: a paragraph for
    /// each row.
    fn rows_as_paragraphs(
        &mut self,
        rows: Vec<FoundRow>,
        [before, caption, after]: [Vec<Node>; 3],
        span: Span,
    ) -> Vec<Block> {
        let message = format!("a table can't have more than {MOST_CELLS} cells");
        let hint = "Each of its rows is set as a paragraph. Split it into several tables.";
        self.diagnostics.push(Diagnostic::at(Code::OverLimit, span, message).hint(hint));
        let mut out = self.blocks(before);
        let caption = self.line(caption);
        out.extend((!caption.is_empty()).then(|| Block::new(BlockKind::Paragraph(caption), span)));
        for row in rows {
            let mut words = Vec::new();
            let mut row_span = span;
            for (_, cell) in row.cells {
                row_span = if words.is_empty() { cell.span } else { row_span };
                let content = self.line_with_captions(cell.children);
                if !words.is_empty() && !content.is_empty() {
                    words.push(Inline::text(" | ", cell.span));
                }
                words.extend(content);
            }
            if !words.is_empty() {
                out.push(Block::new(BlockKind::Paragraph(words), row_span));
            }
        }
        out.extend(self.blocks(after));
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

/// What is found in a table. What is no row and no caption stays in its order, before
/// or after the table.
#[derive(Default)]
struct Found {
    rows: Vec<FoundRow>,
    caption: Vec<Node>,
    before: Vec<Node>,
    after: Vec<Node>,
}

impl Found {
    fn collect(&mut self, nodes: Vec<Node>, head: bool) {
        let mut row = FoundRow { head, cells: Vec::new() };
        // The tags of rows and groups of rows part words that are in no cell.
        let mut tag_before = true;
        for node in nodes {
            match node.kind.clone() {
                Kind::TableHead => self.collect(node.children, true),
                Kind::Transparent | Kind::TableRow => self.collect(node.children, head),
                Kind::Caption => self.caption.extend(node.children),
                Kind::Cell(kind) => row.cells.push((kind, node)),
                _ => {
                    let no_rows = self.rows.is_empty() && row.cells.is_empty();
                    let rest = if no_rows { &mut self.before } else { &mut self.after };
                    if !rest.is_empty() && (tag_before || is_white(&node)) {
                        rest.push(Node::new(Kind::SoftBreak, node.span));
                    }
                    if is_white(&node) {
                        continue;
                    }
                    rest.push(node);
                    tag_before = false;
                    continue;
                }
            }
            tag_before = true;
        }
        if !row.cells.is_empty() {
            self.rows.push(row);
        }
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
