//! What the page breaker weighed, as text.

use std::fmt::Write;

use crate::page::Item;
use crate::typeset::chunk::{Chunk, ChunkKind, Cost, RowContent};
use crate::typeset::styled_text::{LINE_END, OBJECT};

use super::explain::{Alternative, ExplainedPage};
use super::recorder::{CostKind, PageEnd};

/// So many characters of a block are shown.
const SHOWN: usize = 40;

/// The pages of a chapter, each with where it ends, what it costs by name, and
/// where it could have ended for how much more.
pub fn dump_pages(chunks: &[Chunk], pages: &[ExplainedPage]) -> String {
    let mut out = String::new();
    for (index, page) in pages.iter().enumerate() {
        let cost: Cost = page.costs.iter().map(|(_, cost)| *cost).sum();
        let _ = writeln!(out, "  page {} ends {}", index + 1, place(chunks, page.end));
        let _ = writeln!(out, "    costs {:.0}{}", cost.0, costs(&page.costs, false));
        for other in &page.alternatives {
            let Alternative { end, more, differences } = other;
            let _ = writeln!(
                out,
                "    or {}: {:+.0}{}",
                place(chunks, *end),
                more.0,
                costs(differences, true)
            );
        }
    }
    out
}

/// Costs by name in brackets; where they are differences, with their sign.
fn costs(costs: &[(CostKind, Cost)], signed: bool) -> String {
    if costs.is_empty() {
        return String::new();
    }
    let each = costs.iter().map(|(kind, cost)| match signed {
        true => format!("{} {:+.0}", kind.name(), cost.0),
        false => format!("{} {:.0}", kind.name(), cost.0),
    });
    format!(" ({})", each.collect::<Vec<_>>().join(", "))
}

/// Where a page ends.
fn place(chunks: &[Chunk], end: Option<PageEnd>) -> String {
    let Some(end) = end else { return "with the chapter".into() };
    let Some(chunk) = chunks.get(end.chunk) else { return "before what is left".into() };
    match end.row {
        0 => format!("before {}", name(chunk)),
        row => format!("after line {row} of {}", name(chunk)),
    }
}

/// A chunk by its first words.
fn name(chunk: &Chunk) -> String {
    let rows = chunk.variants.first().map_or(&[][..], |v| &v.rows);
    let words: String = rows.first().map(|row| words(&row.content)).unwrap_or_default();
    let words: Vec<&str> = words.split_whitespace().collect();
    let words = words.join(" ");
    match (chunk.kind, words.is_empty()) {
        (ChunkKind::PageBreak, _) => "a page break".into(),
        (ChunkKind::Float, true) => "a figure".into(),
        (ChunkKind::Float, false) => format!("the figure \"{}\"", shortened(&words)),
        (ChunkKind::Flow | ChunkKind::NotAtPageTop, true) => "a block".into(),
        (ChunkKind::Flow | ChunkKind::NotAtPageTop, false) => format!("\"{}\"", shortened(&words)),
    }
}

fn shortened(words: &str) -> String {
    if words.chars().count() <= SHOWN {
        return words.into();
    }
    let head: String = words.chars().take(SHOWN).collect();
    let end = head.rfind(' ').unwrap_or(head.len());
    format!("{} …", head.get(..end).unwrap_or(&head))
}

/// The words of a row: of a paragraph as many as it has.
fn words(content: &RowContent) -> String {
    match content {
        RowContent::Line { para, .. } => para.text.text.replace([LINE_END, OBJECT], " "),
        RowContent::Offset { content, .. } => words(content),
        RowContent::Group(parts) => parts.iter().map(words).collect::<Vec<_>>().join(" "),
        RowContent::Items(items) => {
            let text = items.iter().filter_map(|item| match item {
                Item::Glyphs(run) => Some(run.text.as_ref()),
                Item::Picture(_) | Item::Rule(_) | Item::Link(_) => None,
            });
            text.collect::<Vec<_>>().join("")
        }
    }
}
