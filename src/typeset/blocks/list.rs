//! Lists and definition lists.

use crate::model::{BlockKind, Definition, List, ListItem, ListStyle};
use crate::page::{Item, ListNumbering, StructId, StructKind, Tag};
use crate::text::Weight;
use crate::typeset::chapter::Setter;
use crate::typeset::chunk::{Chunk, Gap, RowContent};
use crate::units::Pt;

use super::para::{ParaSpec, label, paragraph};
use super::quote::surround;
use super::{Place, blocks};

/// Sets a list: items hang, their labels stand in the indent.
pub fn list(setter: &mut Setter<'_>, list: &List, place: Place, out: &mut Vec<Chunk>) {
    let numbering = match (list.start, list.numbering) {
        (None, _) => ListNumbering::Disc,
        (Some(_), ListStyle::Decimal) => ListNumbering::Decimal,
        (Some(_), ListStyle::LowerAlpha) => ListNumbering::LowerAlpha,
        (Some(_), ListStyle::UpperAlpha) => ListNumbering::UpperAlpha,
        (Some(_), ListStyle::LowerRoman) => ListNumbering::LowerRoman,
        (Some(_), ListStyle::UpperRoman) => ListNumbering::UpperRoman,
    };
    let node = setter.structure.add(place.node, StructKind::List(numbering));
    let first = out.len();
    let hang = hang_of(setter, list, place);
    for (number, item) in list.numbers().zip(&list.items) {
        let words = match (item.checked, list.start) {
            (Some(true), _) => String::from("☑"),
            (Some(false), _) => String::from("☐"),
            (None, Some(_)) => format!("{}.", list.numbering.show(number)),
            (None, None) => String::from("•"),
        };
        list_item(setter, item, &words, Place { node, ..place }, hang, out);
    }
    let outermost = place.left == Pt::ZERO || first == 0;
    let gap = if outermost || !list.tight { Gap::LINE } else { Gap::NONE };
    surround(out, first, gap);
}

/// How far the text of items stands in: the widest label and a little air.
fn hang_of(setter: &mut Setter<'_>, list: &List, place: Place) -> Pt {
    if list.start.is_none() {
        return setter.theme.indent;
    }
    let shown = list.numbers().map(|n| list.numbering.show(n).len());
    let digits = shown.max().unwrap_or(1) as f64;
    let figure = place.style.size * 0.5;
    setter.theme.indent.max(figure * digits + place.style.size * 0.7)
}

fn list_item(
    setter: &mut Setter<'_>,
    item: &ListItem,
    words: &str,
    place: Place,
    hang: Pt,
    out: &mut Vec<Chunk>,
) {
    let node = setter.structure.add(place.node, StructKind::ListItem);
    let label_node = setter.structure.add(node, StructKind::Label);
    let body = setter.structure.add(node, StructKind::ListBody);
    let first = out.len();
    let inner = Place { node: body, flush: true, ..place.inset(setter.direction, hang, Pt::ZERO) };
    // Without a paragraph to stand beside, a label has a line of its own.
    let begins_with_text = match item.blocks.first().map(|b| &b.kind) {
        Some(BlockKind::Paragraph(_)) => true,
        Some(BlockKind::Code { text, .. }) => !text.trim().is_empty(),
        Some(_) | None => false,
    };
    if begins_with_text {
        out.extend(blocks(setter, &item.blocks, inner));
    } else {
        let spec = ParaSpec::body(setter, inner);
        out.push(paragraph(setter, &[], StructKind::P, &spec));
        out.extend(blocks(setter, &item.blocks, inner));
    }
    let items = label_items(setter, words, place, hang, label_node);
    if let Some(chunk) = out.get_mut(first) {
        stand_beside(chunk, &items);
    }
}

/// A label ranged right before the hanging text; bullets in the middle of the indent.
fn label_items(
    setter: &mut Setter<'_>,
    words: &str,
    place: Place,
    hang: Pt,
    node: StructId,
) -> Vec<Item> {
    let mut runs = label(setter, words, place.style, Tag::Node(node));
    let width: Pt = runs.iter().map(|r| r.width()).sum();
    let bullet = words.starts_with(['•', '☑', '☐']);
    let air = if bullet { (hang - width).max(Pt::ZERO) * 0.5 } else { place.style.size * 0.4 };
    let x = place.at(setter.direction, hang - width - air, width);
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
    setter: &mut Setter<'_>,
    definitions: &[Definition],
    place: Place,
    out: &mut Vec<Chunk>,
) {
    let node = setter.structure.add(place.node, StructKind::List(ListNumbering::Disc));
    let first = out.len();
    for definition in definitions {
        let item = setter.structure.add(node, StructKind::ListItem);
        for term in &definition.terms {
            let here = Place { node: item, flush: true, ..place };
            let style = place.style.weight(Weight::Bold);
            let spec = ParaSpec::body(setter, Place { style, ..here });
            let mut chunk = paragraph(setter, term, StructKind::Label, &spec);
            chunk.keep_next = true;
            out.push(chunk);
        }
        let body = setter.structure.add(item, StructKind::ListBody);
        for meaning in &definition.meanings {
            let inner = Place {
                node: body,
                flush: true,
                ..place.inset(setter.direction, setter.theme.indent, Pt::ZERO)
            };
            out.extend(blocks(setter, meaning, inner));
        }
    }
    surround(out, first, Gap::LINE);
}
