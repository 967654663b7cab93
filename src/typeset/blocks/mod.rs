//! Blocks of the model into chunks on the grid.
//!
//! One exhaustive match; each kind of block has a file of its own.

mod code;
mod figure;
mod formula;
pub mod index;
mod list;
mod listing;
mod opening;
mod para;
mod quote;
mod table;
mod toc;

pub use figure::{figure_kind, top_above_baseline};
pub use opening::{lines_at, opening};
pub use para::{ParaSpec, chunk_of, fitted, label, line_of, paragraph, spaced_caps};

use crate::model::{Block, BlockKind, Direction, QuoteRole};
use crate::page::{StructId, StructKind};
use crate::units::Pt;

use super::chapter::Setter;
use super::chunk::{Chunk, ChunkKind, Gap};
use super::style::TextStyle;

/// What surrounds a block.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The node it goes below.
    pub node: StructId,
    /// The left edge of its lines, from that of the measure.
    pub left: Pt,
    /// The width of its lines.
    pub width: Pt,
    /// How its text is set.
    pub style: TextStyle,
    /// The first paragraph is not indented.
    pub flush: bool,
    /// Lines are ragged and words are left whole, as in narrow columns.
    pub ragged: bool,
}

impl Place {
    /// The same, moved in where lines of a direction begin, and where they end.
    #[must_use]
    pub fn inset(self, direction: Direction, start: Pt, end: Pt) -> Place {
        let width = (self.width - start - end).max(Pt(36.0));
        let left = match direction {
            Direction::Ltr => start,
            Direction::Rtl => end,
        };
        Place { left: self.left + left, width, ..self }
    }

    /// Where something of a width stands that begins so far in from where lines
    /// of a direction begin: its left edge.
    pub fn at(self, direction: Direction, start: Pt, width: Pt) -> Pt {
        match direction {
            Direction::Ltr => self.left + start,
            Direction::Rtl => self.left + self.width - start - width,
        }
    }
}

/// Sets blocks in order.
pub fn blocks(setter: &mut Setter<'_>, blocks: &[Block], place: Place) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut flush = place.flush;
    for block in blocks {
        let here = Place { flush, ..place };
        let first = chunks.len();
        block_into(setter, block, here, &mut chunks);
        if let (Some(anchor), Some(chunk)) = (block.attrs.anchor(), chunks.get_mut(first)) {
            for variant in &mut chunk.variants {
                if let Some(row) = variant.rows.first_mut() {
                    row.anchors.push(anchor);
                }
            }
        }
        flush = flush_after(&block.kind) && !setter.indents_always();
    }
    chunks
}

/// Whether a paragraph after a block begins without an indent.
fn flush_after(kind: &BlockKind) -> bool {
    match kind {
        BlockKind::Heading { .. }
        | BlockKind::SceneBreak
        | BlockKind::PageBreak
        | BlockKind::List(_)
        | BlockKind::Code { .. }
        | BlockKind::Table(_)
        | BlockKind::Math(_)
        | BlockKind::Toc(_)
        | BlockKind::Index(_)
        | BlockKind::Verse(_)
        | BlockKind::Admonition { .. }
        | BlockKind::DefinitionList(_) => true,
        BlockKind::Quote { role, .. } => *role != QuoteRole::Pull,
        BlockKind::Paragraph(_) | BlockKind::Figure { .. } | BlockKind::Div(_) => false,
    }
}

fn block_into(setter: &mut Setter<'_>, block: &Block, place: Place, out: &mut Vec<Chunk>) {
    let outer = (setter.lang.clone(), setter.span, setter.direction);
    setter.span = block.span;
    if let Some(lang) = block.attrs.lang() {
        setter.lang = lang.clone();
        setter.direction = lang.direction();
    }
    setter.direction = match &block.kind {
        // Code and formulas run to the right in every language.
        BlockKind::Code { .. } | BlockKind::Math(_) => Direction::Ltr,
        _ => block.attrs.dir().unwrap_or(setter.direction),
    };
    let first_new = setter.structure.len();
    match &block.kind {
        BlockKind::Paragraph(content) => {
            let hanging = block.attrs.is_hanging();
            let spec = if hanging {
                ParaSpec::hanging(setter, place)
            } else {
                ParaSpec::body(setter, place)
            };
            out.push(paragraph(setter, content, StructKind::P, &spec));
        }
        BlockKind::Heading { level, content } => {
            let number = block.attrs.number();
            out.push(para::heading(setter, *level, number, content, place));
        }
        BlockKind::List(list) => list::list(setter, list, place, out),
        BlockKind::Quote { role, blocks, source } => {
            quote::quote(setter, *role, blocks, source, place, out);
        }
        BlockKind::Admonition { kind, blocks } => {
            quote::admonition(setter, *kind, blocks, place, out)
        }
        BlockKind::Code { text, tokens, .. } => {
            out.push(listing::listing(setter, text, tokens, place));
        }
        BlockKind::Toc(entries) => toc::list(setter, entries, place, out),
        BlockKind::Index(entries) => out.extend(index::columns(setter, entries, place, 0)),
        BlockKind::Math(tex) => {
            // A formula belongs to the words that lead to it.
            if let Some(chunk) = out.last_mut()
                && chunk.kind == ChunkKind::Flow
            {
                chunk.keep_next = true;
            }
            out.push(formula::formula(setter, tex, block.attrs.number(), place));
        }
        BlockKind::Figure { images, caption } => {
            let label = block.attrs.number().map(|number| setter.words().figure(number));
            let caption = para::labelled(setter, label, caption);
            out.extend(figure::figure(setter, images, &caption, place));
        }
        BlockKind::Table(table) => {
            let label = block.attrs.number().map(|number| setter.words().table(number));
            out.extend(table::table(setter, table, label, place));
        }
        BlockKind::DefinitionList(definitions) => {
            list::definitions(setter, definitions, place, out)
        }
        BlockKind::Verse(stanzas) => quote::verse(setter, stanzas, place, out),
        BlockKind::SceneBreak => out.push(para::scene_break(setter, place)),
        BlockKind::Div(inner) => {
            let node = setter.structure.add(place.node, StructKind::Div);
            out.extend(blocks(setter, inner, Place { node, ..place }));
        }
        BlockKind::PageBreak => out.push(page_break(setter)),
    }
    if let (Some(lang), Some(node)) = (
        block.attrs.lang(),
        setter.structure.get_mut(StructId(u32::try_from(first_new).unwrap_or(u32::MAX))),
    ) {
        node.lang = Some(lang.clone());
    }
    (setter.lang, setter.span, setter.direction) = outer;
}

fn page_break(setter: &Setter<'_>) -> Chunk {
    Chunk { kind: ChunkKind::PageBreak, ..Chunk::of_rows(Vec::new(), Gap::NONE, setter.span) }
}
