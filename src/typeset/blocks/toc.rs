//! Lists of figures and tables: numbers, words, leaders, pages.

use std::sync::Arc;

use crate::model::{Inline, InlineKind, LinkTarget, TocEntry};
use crate::page::{Item, StructKind, Tag};
use crate::typeset::chapter::Setter;
use crate::typeset::chunk::{Chunk, Gap, NEVER, Range};
use crate::typeset::front::{last_line_width, leader};
use crate::typeset::inline::flatten;
use crate::typeset::lines::{Alignment, LineShape};
use crate::units::Pt;

use super::Place;
use super::para::{ParaSpec, chunk_of, fitted, label};

/// Sets a list of places, one below the other, their numbers in a column.
pub fn list(setter: &mut Setter<'_>, entries: &[TocEntry], place: Place, out: &mut Vec<Chunk>) {
    if entries.is_empty() {
        return;
    }
    let node = setter.structure.add(place.node, StructKind::Toc);
    let mut widest = Pt::ZERO;
    for entry in entries.iter().filter(|entry| !entry.label.is_empty()) {
        let runs = label(setter, &entry.label, place.style, Tag::Node(node));
        widest = widest.max(runs.iter().map(|r| r.width()).sum());
    }
    let column = if widest > Pt::ZERO { widest + place.style.size } else { Pt::ZERO };
    let outer = std::mem::replace(&mut setter.listing, true);
    for (nth, entry) in entries.iter().enumerate() {
        let mut chunk = line(setter, entry, Place { node, ..place }, column);
        if nth == 0 && !out.is_empty() {
            chunk.before = Gap::LINE;
        }
        out.push(chunk);
    }
    setter.listing = outer;
}

fn line(setter: &mut Setter<'_>, entry: &TocEntry, place: Place, column: Pt) -> Chunk {
    let item = setter.structure.add(place.node, StructKind::TocItem);
    let page = setter.page_of(entry.anchor).unwrap_or_default();
    let beside: Vec<Item> = label(setter, &entry.label, place.style, Tag::Node(item))
        .into_iter()
        .map(|mut run| {
            run.origin.x -= column;
            Item::Glyphs(run)
        })
        .collect();
    let spec = ParaSpec {
        node: item,
        style: place.style,
        left: place.left + column,
        shape: LineShape::block((place.width - column - place.style.size * 3.5).0),
        alignment: Alignment::Ragged,
        range: Range::Left,
        hyphenate: false,
        grid: 1,
        gaps: (Gap::NONE, Gap::NONE),
    };
    let target = LinkTarget::Anchor(entry.anchor);
    let kind = InlineKind::link(target, entry.content.clone());
    let linked = [Inline::new(kind, setter.span)];
    // The entry's own page stands at the end of its line, not after its words.
    let folios = std::mem::replace(&mut setter.folios, &crate::typeset::NO_FOLIOS);
    let words = setter.structure.add(item, StructKind::Span);
    let text = flatten(setter, &linked, place.style, words);
    setter.folios = folios;
    let para = Arc::new(fitted(setter, text, words, &spec, beside));
    let mut chunk = chunk_of(setter, &para, &spec);
    chunk.variants.truncate(1);
    let from = last_line_width(setter, &chunk) + column;
    leader(setter, &mut chunk, Place { node: item, ..place }, from, &page);
    if let Some(variant) = chunk.variants.first_mut() {
        let last = variant.rows.len().saturating_sub(1);
        variant.rows.iter_mut().take(last).for_each(|row| row.break_after = NEVER);
    }
    chunk
}
