//! The paragraphs and tables of a document, as blocks of Markdown.

use std::collections::{BTreeMap, BTreeSet};

use super::inlines::{Piece, markdown};
use super::lines::{Line, Picture};
use super::numbering::Lists;
use super::reading::{Reading, Remark};
use super::styles::{Kind, numbering_of};
use super::xml::Element;

/// A block of Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph, table or figure that stands by itself.
    Plain(String),
    /// A heading: its level, words and id.
    Heading(u8, String, Option<String>),
    /// A paragraph of a kind that goes on over several paragraphs.
    Part(Kind, String),
    /// An item of a list: how far it is moved in, its mark, and its words.
    Item { indent: usize, mark: String, text: String },
    /// A figure that has no caption yet.
    Figure(Vec<FigurePicture>),
    /// A paragraph without anything in it.
    Empty,
}

/// A picture of a figure, with its caption as Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FigurePicture {
    bare: String,
    caption: String,
    path_alt: (String, String, Option<u32>),
}

/// Where a list stands: how many items of each level were counted.
#[derive(Default)]
pub(super) struct Counts {
    /// By pattern and level.
    counts: BTreeMap<(String, usize), u64>,
    /// The lists and levels that had an item.
    seen: BTreeSet<(String, usize)>,
    /// The levels that are open, and how far their text is moved in.
    open: Vec<(usize, usize)>,
}

impl Reading<'_> {
    /// The blocks of a body, note, cell or box.
    pub fn blocks(&mut self, parent: &Element) -> Vec<Block> {
        let mut out = Vec::new();
        let mut counts = Counts::default();
        self.blocks_into(parent, &mut counts, &mut out);
        out
    }

    fn blocks_into(&mut self, parent: &Element, counts: &mut Counts, out: &mut Vec<Block>) {
        for child in &parent.children {
            match child.name.as_str() {
                "w:p" => self.paragraph(child, counts, out),
                "w:tbl" => {
                    counts.open.clear();
                    let table = self.table(child);
                    if let Some(Block::Part(Kind::Caption, caption)) = out.last() {
                        let caption = format!("Table: {caption}");
                        out.pop();
                        out.push(Block::Plain(caption));
                    }
                    out.push(table);
                }
                "w:del" | "w:moveFrom" => self.remark(Remark::Deletion),
                "mc:AlternateContent" => {
                    let shown = child.child("mc:Choice").or_else(|| child.child("mc:Fallback"));
                    shown.iter().for_each(|shown| self.blocks_into(shown, counts, out));
                }
                name if name.ends_with("Pr") => {}
                _ => self.blocks_into(child, counts, out),
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element, counts: &mut Counts, out: &mut Vec<Block>) {
        let properties = paragraph.child("w:pPr");
        let style = properties.and_then(|p| p.value_of("w:pStyle"));
        let own_level = properties.and_then(|p| p.value_of("w:outlineLvl")?.parse::<u8>().ok());
        let kind = match (self.styles.kind(style), own_level) {
            (Kind::Text, Some(level)) if level < 9 => Kind::Heading(level + 1),
            (kind, _) => kind,
        };
        let line = self.line(paragraph);
        if kind == Kind::Contents {
            return;
        }
        let list = properties.and_then(numbering_of).or_else(|| self.styles.numbering(style));
        let boxes = line.boxes.clone();
        let block = self.block_of(kind, line, list, counts);
        if !matches!(block, Block::Item { .. } | Block::Empty) {
            counts.open.clear();
        }
        match (block, out.last_mut()) {
            (Block::Part(Kind::Caption, caption), Some(Block::Figure(pictures))) => {
                pictures
                    .last_mut()
                    .into_iter()
                    .for_each(|picture| picture.caption = caption.clone());
            }
            (block, _) => out.push(block),
        }
        for text in boxes {
            self.remark(Remark::TextBox);
            self.blocks_into(&text, counts, out);
        }
    }

    fn block_of(
        &mut self,
        kind: Kind,
        line: Line,
        list: Option<(String, usize)>,
        counts: &mut Counts,
    ) -> Block {
        let text = match kind {
            Kind::Code => code_line(&line.pieces),
            _ => markdown(&line.pieces),
        };
        if text.is_empty() && line.ids.is_empty() && kind != Kind::Code {
            return Block::Empty;
        }
        if !line.pictures.is_empty() && !line.has_words {
            return Block::Figure(line.pictures.iter().map(FigurePicture::of).collect());
        }
        if let Kind::Heading(level) = kind {
            return Block::Heading(
                level.min(6),
                text.replace("\\\n", " "),
                line.ids.first().cloned(),
            );
        }
        let places: String =
            line.ids.iter().map(|id| format!("<span id=\"{id}\"></span>")).collect();
        let text = format!("{places}{text}");
        let level = list.and_then(|(id, level)| Some((self.lists.level(&id, level)?, id, level)));
        match (kind, level) {
            (Kind::Text, Some((level, id, depth))) => {
                let number = counts.next(self.lists, &id, depth, level.start);
                let mark = if level.numbered { format!("{number}. ") } else { "- ".to_owned() };
                Block::Item { indent: counts.indent(depth, mark.len()), mark, text }
            }
            (Kind::Text, None) => Block::Plain(text),
            (kind, _) => Block::Part(kind, text),
        }
    }

    /// A table with as many cells in each row. Cells over several columns or rows
    /// leave empty ones, as readers of tables without spans expect.
    fn table(&mut self, table: &Element) -> Block {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut has_head = false;
        for row in table.children.iter().filter(|child| child.name == "w:tr") {
            if rows.is_empty() {
                has_head = is_head(table, row);
            }
            let mut cells = Vec::new();
            self.cells(row, &mut cells);
            rows.push(cells);
        }
        let width = rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
        if !has_head {
            rows.insert(0, vec![String::new(); width]);
        }
        let mut out = String::new();
        for (index, mut row) in rows.into_iter().enumerate() {
            row.resize(width, String::new());
            out.push_str(&format!("| {} |\n", row.join(" | ")));
            if index == 0 {
                out.push_str(&format!("|{}\n", " --- |".repeat(width)));
            }
        }
        Block::Plain(out.trim_end().to_owned())
    }

    fn cells(&mut self, row: &Element, cells: &mut Vec<String>) {
        for child in &row.children {
            match child.name.as_str() {
                "w:tc" => {
                    let properties = child.child("w:tcPr");
                    let span = properties.and_then(|p| p.value_of("w:gridSpan")?.parse().ok());
                    let span: usize = span.unwrap_or(1).clamp(1, 100);
                    let merged = properties.and_then(|p| p.child("w:vMerge"));
                    let goes_on = merged.is_some_and(|m| m.get("val") != Some("restart"));
                    if span > 1 || merged.is_some() && !goes_on {
                        self.remark(Remark::MergedCells);
                    }
                    let text = self.cell(child);
                    cells.push(if goes_on && text.is_empty() { String::new() } else { text });
                    cells.resize(cells.len() + span - 1, String::new());
                }
                name if name.ends_with("Pr") => {}
                _ => self.cells(child, cells),
            }
        }
    }

    /// What a cell says, in one line.
    fn cell(&mut self, cell: &Element) -> String {
        if cell.find("w:tbl").is_some() {
            self.remark(Remark::NestedTable);
        }
        let lines: Vec<String> = self.blocks(cell).iter().filter_map(Block::in_a_line).collect();
        lines.join("<br>")
    }
}

/// Whether the first row of a table is its head: marked to be repeated, or set like
/// one by the style of the table.
fn is_head(table: &Element, row: &Element) -> bool {
    let repeated = row.child("w:trPr").and_then(|p| p.switch("w:tblHeader")) == Some(true);
    let look = table.child("w:tblPr").and_then(|p| p.child("w:tblLook"));
    let by_style = look.is_some_and(|look| match (look.get("firstRow"), look.get("val")) {
        (Some(first), _) => first == "1" || first == "true",
        // Bit 5 (ISO 29500-4, 9.7.2).
        (None, Some(bits)) => u32::from_str_radix(bits, 16).is_ok_and(|bits| bits & 0x20 != 0),
        (None, None) => false,
    });
    repeated || by_style
}

impl Counts {
    /// The number of the next item; deeper levels begin anew.
    fn next(&mut self, lists: &Lists, list: &str, level: usize, start: u64) -> u64 {
        let pattern = lists.pattern(list);
        self.counts.retain(|(other, depth), _| other != pattern || *depth <= level);
        let first = self.seen.insert((list.to_owned(), level));
        if first && lists.restarts(list, level) {
            self.counts.remove(&(pattern.to_owned(), level));
        }
        let key = (pattern.to_owned(), level);
        let count = self.counts.entry(key).or_insert(start.saturating_sub(1));
        *count = count.saturating_add(1);
        *count
    }

    /// How far an item is moved in: as far as the text of the item it is under.
    fn indent(&mut self, level: usize, mark: usize) -> usize {
        while self.open.last().is_some_and(|(depth, _)| *depth >= level) {
            self.open.pop();
        }
        let indent = self.open.last().map_or(0, |(_, inner)| *inner);
        self.open.push((level, indent + mark));
        indent
    }
}

impl FigurePicture {
    fn of(picture: &Picture) -> FigurePicture {
        FigurePicture {
            bare: picture.markdown("", true),
            caption: String::new(),
            path_alt: (picture.path.clone(), picture.alt.clone(), picture.percent),
        }
    }

    /// The picture with its caption.
    pub fn markdown(&self) -> String {
        if self.caption.is_empty() {
            return self.bare.clone();
        }
        let (path, alt, percent) = self.path_alt.clone();
        Picture { path, alt, percent }.markdown(&self.caption.replace("\\\n", " "), true)
    }
}

impl Block {
    /// What it says in one line, as in the cell of a table.
    fn in_a_line(&self) -> Option<String> {
        let text = match self {
            Block::Plain(text) | Block::Heading(_, text, _) | Block::Part(_, text) => text.clone(),
            Block::Item { mark, text, .. } if mark.starts_with('-') => format!("• {text}"),
            Block::Item { mark, text, .. } => format!("{}{text}", mark.replace('.', "\\.")),
            Block::Figure(pictures) => {
                pictures.iter().map(|p| p.bare.clone()).collect::<Vec<_>>().join(" ")
            }
            Block::Empty => return None,
        };
        // A table within a cell is the words of its rows.
        let rows = text.lines().filter(|line| !line.starts_with("| ---"));
        let cells = |row: &str| match row.strip_prefix("| ").and_then(|r| r.strip_suffix(" |")) {
            Some(row) => {
                row.split(" | ").filter(|c| !c.trim().is_empty()).collect::<Vec<_>>().join(", ")
            }
            None => row.trim_end_matches('\\').to_owned(),
        };
        let lines: Vec<String> = rows.map(cells).filter(|line| !line.is_empty()).collect();
        Some(lines.join("<br>"))
    }
}

/// A line of a listing: as it is, without marks.
fn code_line(pieces: &[Piece]) -> String {
    let words = pieces.iter().map(|piece| match piece {
        Piece::Words(words, _) | Piece::Markdown(words) => words.as_str(),
        Piece::Break => "\n",
    });
    words.collect()
}
