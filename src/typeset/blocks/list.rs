//! Lists and definition lists.

use crate::model::{BlockKind, Definition, List, ListItem, ListStyle};
use crate::page::{Item, ListNumbering, StructId, StructKind, Tag};
use crate::text::Weight;
use crate::typeset::chunk::{Chunk, Gap, RowContent, surround};
use crate::typeset::context::{Context, Output};
use crate::typeset::inline::label;
use crate::typeset::paragraph::ParaSpec;
use crate::typeset::scope::Scope;
use crate::units::Pt;

use super::blocks;
use super::paragraph::paragraph;

/// Sets a list: items hang, their labels stand in the indent.
pub fn list(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    list: &List,
    out: &mut Vec<Chunk>,
) {
    let numbering = match (list.start, list.numbering) {
        (None, _) => ListNumbering::Disc,
        (Some(_), ListStyle::Decimal) => ListNumbering::Decimal,
        (Some(_), ListStyle::LowerAlpha) => ListNumbering::LowerAlpha,
        (Some(_), ListStyle::UpperAlpha) => ListNumbering::UpperAlpha,
        (Some(_), ListStyle::LowerRoman) => ListNumbering::LowerRoman,
        (Some(_), ListStyle::UpperRoman) => ListNumbering::UpperRoman,
    };
    let node = output.structure.add(scope.node, StructKind::List(numbering));
    let first = out.len();
    let hang = hang_of(cx, scope, list);
    for (number, item) in list.numbers().zip(&list.items) {
        let words = match (item.checked, list.start) {
            (Some(done), None) => task_box(done).to_owned(),
            (Some(done), Some(_)) => {
                format!("{}.\u{a0}{}", list.numbering.show(number), task_box(done))
            }
            (None, Some(_)) => format!("{}.", list.numbering.show(number)),
            (None, None) => String::from("•"),
        };
        list_item(cx, output, Scope { node, ..scope }, item, &words, hang, out);
    }
    let outermost = scope.left == Pt::ZERO || first == 0;
    let gap = if outermost || !list.tight { Gap::LINE } else { Gap::NONE };
    surround(out, first, gap);
}

fn task_box(done: bool) -> &'static str {
    if done { "☑" } else { "☐" }
}

/// How far the text of items stands in: the widest label and a little air.
fn hang_of(cx: &Context<'_>, scope: Scope<'_>, list: &List) -> Pt {
    if list.start.is_none() {
        return cx.theme.indent;
    }
    let shown = list.numbers().map(|n| list.numbering.show(n).len());
    // The box of a task takes about as much as a point and two figures.
    let tasks = list.items.iter().any(|item| item.checked.is_some());
    let digits = shown.max().unwrap_or(1) as f64 + if tasks { 2.5 } else { 0.0 };
    let figure = scope.style.size * cx.theme.list.figure;
    cx.theme.indent.max(figure * digits + scope.style.size * cx.theme.list.label_room)
}

fn list_item(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    item: &ListItem,
    words: &str,
    hang: Pt,
    out: &mut Vec<Chunk>,
) {
    let node = output.structure.add(scope.node, StructKind::ListItem);
    let label_node = output.structure.add(node, StructKind::Label);
    let body = output.structure.add(node, StructKind::ListBody);
    let first = out.len();
    let inner = Scope { node: body, ..scope.inset(hang, Pt::ZERO) };
    // Without a paragraph to stand beside, a label has a line of its own.
    let begins_with_text = match item.blocks.first().map(|b| &b.kind) {
        Some(BlockKind::Paragraph(_)) => true,
        Some(BlockKind::Code { text, .. }) => !text.trim().is_empty(),
        Some(_) | None => false,
    };
    if begins_with_text {
        out.extend(blocks(cx, output, inner, &item.blocks));
    } else {
        let spec = ParaSpec::body(inner);
        out.push(paragraph(cx, output, &[], StructKind::P, &spec));
        out.extend(blocks(cx, output, inner, &item.blocks));
    }
    let items = label_items(cx, output, scope, words, hang, label_node);
    if let Some(chunk) = out.get_mut(first) {
        stand_beside(chunk, &items);
    }
}

/// A label ranged right before the hanging text; bullets in the middle of the indent.
fn label_items(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    words: &str,
    hang: Pt,
    node: StructId,
) -> Vec<Item> {
    let mut runs = label(cx, output, scope, words, Tag::Node(node));
    let width: Pt = runs.iter().map(|r| r.width()).sum();
    let bullet = words.starts_with(['•', '☑', '☐']);
    let tokens = &cx.theme.list;
    let gap = match bullet {
        true => (hang - width).max(Pt::ZERO) * tokens.bullet_gap,
        false => scope.style.size * tokens.number_gap,
    };
    let x = scope.at(hang - width - gap, width);
    for run in &mut runs {
        run.origin.x += x;
    }
    runs.into_iter().map(Item::Glyphs).collect()
}

/// Adds items to the first row of every variant of a chunk, before its own.
pub fn stand_beside(chunk: &mut Chunk, items: &[Item]) {
    for variant in &mut chunk.variants {
        if let Some(row) = variant.rows.first_mut() {
            let own = std::mem::replace(&mut row.content, RowContent::Items(Vec::new()));
            row.content = RowContent::Group(vec![RowContent::Items(items.to_vec()), own]);
        }
    }
}

/// Terms in bold, what they mean moved in below them.
pub fn definitions(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    definitions: &[Definition],
    out: &mut Vec<Chunk>,
) {
    let node = output.structure.add(scope.node, StructKind::List(ListNumbering::Disc));
    let first = out.len();
    for definition in definitions {
        let item = output.structure.add(node, StructKind::ListItem);
        for term in &definition.terms {
            let here = Scope { node: item, ..scope };
            let style = scope.style.weight(Weight::Bold);
            let spec = ParaSpec::body(Scope { style, ..here });
            let mut chunk = paragraph(cx, output, term, StructKind::Label, &spec);
            chunk.keep_next = true;
            out.push(chunk);
        }
        let body = output.structure.add(item, StructKind::ListBody);
        for meaning in &definition.meanings {
            let inner = Scope { node: body, ..scope.inset(cx.theme.indent, Pt::ZERO) };
            out.extend(blocks(cx, output, inner, meaning));
        }
    }
    surround(out, first, Gap::LINE);
}
