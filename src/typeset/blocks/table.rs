//! Tables: ragged columns between three hairlines, broken between rows only.

use std::sync::Arc;

use crate::model::{Align, Alt, Cell, Inline, Row as TableRow, Table};
use crate::page::{Artifact, Color, Item, Rect, Rule, Scope, StructId, StructKind, Tag};
use crate::text::{Features, Weight};
use crate::typeset::chapter::Setter;
use crate::typeset::chunk::{Chunk, Gap, NEVER, Para, Range, Row, RowContent};
use crate::typeset::inline::{ParaText, Stretch, flatten};
use crate::typeset::lines::items::{Element, Measuring};
use crate::typeset::lines::room::places;
use crate::typeset::lines::{Items, LineShape, Manner};
use crate::typeset::style::{Family, TextStyle};
use crate::units::Pt;

use super::Place;
use super::para::{ParaSpec, fitted, labelled, paragraph};
use super::quote::shifted;

/// The space between two columns.
const GUTTER: Pt = Pt(12.0);
/// How thick the rules are.
const HAIRLINE: Pt = Pt(0.4);

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
    let style =
        TextStyle { size: setter.theme.table_size, features: Features::TABULAR, ..place.style };
    let head_style =
        TextStyle::text(setter.theme.caption_size).family(Family::Sans).weight(Weight::Semibold);
    let head_group = setter.structure.add(node, StructKind::TableHead);
    let body_group = setter.structure.add(node, StructKind::TableBody);
    let mut cells: Vec<Vec<(ParaText, StructId)>> = Vec::new();
    for (row, head) in
        table.head.iter().map(|r| (r, true)).chain(table.rows.iter().map(|r| (r, false)))
    {
        let group = if head { head_group } else { body_group };
        let style = if head { head_style } else { style };
        cells.push(row_texts(setter, row, count, group, head, style));
    }
    let widths = column_widths(setter, &cells, count, place.width);
    let heads = table.head.len();
    let total = cells.len();
    let mut rows = Vec::new();
    for (index, texts) in cells.into_iter().enumerate() {
        let mut row = table_row(setter, texts, &widths, &table.columns, place);
        let first = index == 0;
        let under_head = heads > 0 && index + 1 == heads;
        let last = index + 1 == total;
        let rules = rules_of(setter, row.lines, place, first, under_head || last);
        let own = std::mem::replace(&mut row.content, RowContent::Items(Vec::new()));
        row.content = RowContent::Group(vec![RowContent::Items(rules), own]);
        let tied = index <= heads || index + 2 == total;
        row.break_after = if tied && !last { NEVER } else { 30.0 };
        rows.push(row);
    }
    out.push(Chunk { repeat: heads, ..Chunk::of_rows(rows, Gap::LINE, setter.span) });
    out
}

fn caption(setter: &mut Setter<'_>, words: &[Inline], place: Place) -> Chunk {
    let style = TextStyle::text(setter.theme.caption_size).family(Family::Sans);
    let spec = ParaSpec {
        style,
        manner: Manner::Ragged,
        hyphenate: false,
        gaps: (Gap::LINE, Gap::NONE),
        ..ParaSpec::body(setter, Place { flush: true, ..place })
    };
    let mut chunk = paragraph(setter, words, StructKind::Caption, &spec);
    chunk.keep_next = true;
    chunk
}

fn row_texts(
    setter: &mut Setter<'_>,
    row: &TableRow,
    count: usize,
    group: StructId,
    head: bool,
    style: TextStyle,
) -> Vec<(ParaText, StructId)> {
    let node = setter.structure.add(group, StructKind::TableRow);
    let kind = || if head { StructKind::TableHeader(Scope::Column) } else { StructKind::TableData };
    let mut texts: Vec<(ParaText, StructId)> = row
        .cells
        .iter()
        .take(count)
        .map(|cell: &Cell| {
            let node = setter.structure.add(node, kind());
            (cell_text(setter, &cell.content, style, node), node)
        })
        .collect();
    while texts.len() < count {
        let node = setter.structure.add(node, kind());
        texts.push((cell_text(setter, &[], style, node), node));
    }
    texts
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
    let unsaid = |s: &Stretch| match setter.structure.get(s.node).map(|n| &n.kind) {
        Some(StructKind::Figure { alt, .. }) => *alt == Alt::Decorative,
        Some(_) | None => text.text.get(s.range.clone()).is_none_or(|t| t.trim().is_empty()),
    };
    if !text.stretches.iter().all(unsaid) {
        return text;
    }
    let mut content = content.to_vec();
    content.push(Inline::text("\u{a0}", setter.span));
    flatten(setter, &content, style, node)
}

/// Shares the measure among the columns: each gets its longest word at least,
/// what it wants at most, and what is left in the measure of what they lack.
fn column_widths(
    setter: &Setter<'_>,
    cells: &[Vec<(ParaText, StructId)>],
    count: usize,
    measure: Pt,
) -> Vec<Pt> {
    let mut least = vec![Pt(12.0); count];
    let mut wanted = vec![Pt(12.0); count];
    for row in cells {
        for ((text, _), (least, wanted)) in row.iter().zip(least.iter_mut().zip(&mut wanted)) {
            let (word, line) = extents(setter, text);
            *least = least.max(word);
            *wanted = wanted.max(line);
        }
    }
    let room = measure - GUTTER * (count as f64 - 1.0);
    let sum = |v: &[Pt]| v.iter().copied().sum::<Pt>();
    if sum(&wanted) <= room {
        return wanted;
    }
    let base = sum(&least);
    if base >= room {
        let share = room / base.max(Pt(1.0));
        return least.iter().map(|&w| w * share).collect();
    }
    // Long cells are weighed by their root: twice the text is not twice the width.
    let lack: Vec<f64> =
        least.iter().zip(&wanted).map(|(l, w)| (*w - *l).0.max(0.0).sqrt()).collect();
    let all: f64 = lack.iter().sum::<f64>().max(1e-9);
    let spare = room - base;
    least.iter().zip(&lack).map(|(l, k)| *l + spare * (k / all)).collect()
}

/// The longest word of a text and its length on one line.
fn extents(setter: &Setter<'_>, text: &ParaText) -> (Pt, Pt) {
    let measuring = Measuring { shaper: setter.shaper, hyphenator: None, lang: &setter.lang };
    let items = Items::new(text, &measuring);
    let mut longest = Pt::ZERO;
    let mut word = Pt::ZERO;
    let mut line = Pt::ZERO;
    for element in &items.elements {
        match element {
            Element::Word { width, .. }
            | Element::Fixed { width, .. }
            | Element::Object { width, .. } => {
                word += *width;
                line += *width;
            }
            Element::Space { width, .. } | Element::Gap { width, .. } => {
                longest = longest.max(word);
                word = Pt::ZERO;
                line += *width;
            }
        }
    }
    (longest.max(word) + Pt(0.5), line + Pt(0.5))
}

fn table_row(
    setter: &mut Setter<'_>,
    texts: Vec<(ParaText, StructId)>,
    widths: &[Pt],
    columns: &[Align],
    place: Place,
) -> Row {
    let mut x = place.left;
    let mut parts = Vec::new();
    let mut lines = 1;
    let mut notes = Vec::new();
    for (((text, node), &width), align) in texts.into_iter().zip(widths).zip(columns) {
        notes.extend(text.notes.iter().map(|(_, id)| *id));
        let range = match align {
            Align::Start => Range::Left,
            Align::Center => Range::Center,
            Align::End => Range::Right,
        };
        let spec = ParaSpec {
            node,
            style: place.style,
            left: x,
            shape: LineShape::block(width.0),
            manner: Manner::Ragged,
            range,
            hyphenate: true,
            grid: 1,
            gaps: (Gap::NONE, Gap::NONE),
        };
        let para: Arc<Para> = Arc::new(fitted(setter, text, node, &spec, Vec::new()));
        let grid = para.leading;
        let (at, count) = places(&para, para.fitting.best, grid);
        lines = lines.max(count);
        let down = at.into_iter().map(|at| grid * at as f64).enumerate();
        parts.extend(down.map(|(line, down)| shifted(&para, line, down)));
        x += width + GUTTER;
    }
    let mut row = Row::items(lines, Vec::new());
    row.content = RowContent::Group(parts);
    row.notes = notes;
    row
}

/// The rules above and below a row.
fn rules_of(
    setter: &Setter<'_>,
    lines: usize,
    place: Place,
    above: bool,
    below: bool,
) -> Vec<Item> {
    let grid = setter.theme.leading;
    let rule = |y: Pt| {
        Item::Rule(Rule {
            rect: Rect { x: place.left, y, width: place.width, height: HAIRLINE },
            color: Color::Black,
            tag: Tag::Artifact(Artifact::Layout),
        })
    };
    let mut rules = Vec::new();
    if above {
        rules.push(rule(-grid * 0.82));
    }
    if below {
        rules.push(rule(grid * (lines as f64 - 1.0) + grid * 0.3));
    }
    rules
}
