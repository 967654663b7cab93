//! Blocks of the model into chunks on the grid.
//!
//! One exhaustive match; each kind of block has a file of its own.

mod admonition;
mod caption;
mod figure;
mod formula;
mod heading;
pub mod index;
pub mod leader;
mod list;
mod listing;
mod opening;
mod paragraph;
mod quote;
mod table;
mod toc;
mod verse;

pub use figure::{picture_tag, top_above_baseline};
pub use opening::{lines_at, opening};
pub use paragraph::{chunk_of, paragraph};

use crate::model::{Block, BlockKind, Direction, Lang};
use crate::page::{StructId, StructKind};
use crate::typeset::chunk::{Chunk, ChunkKind, Gap};
use crate::typeset::context::{Context, Output};
use crate::typeset::paragraph::ParaSpec;
use crate::typeset::scope::Scope;

/// Sets blocks in order.
pub fn blocks(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    blocks: &[Block],
) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for block in blocks {
        let first = chunks.len();
        block_into(cx, output, scope, block, &mut chunks);
        if let (Some(anchor), Some(chunk)) = (block.attrs.anchor(), chunks.get_mut(first)) {
            for variant in &mut chunk.variants {
                if let Some(row) = variant.rows.first_mut() {
                    row.anchors.push(anchor);
                }
            }
        }
    }
    chunks
}

fn block_into(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    block: &Block,
    out: &mut Vec<Chunk>,
) {
    let lang = block.attrs.lang();
    let direction = match &block.kind {
        // Code and formulas run to the right in every language.
        BlockKind::Code { .. } | BlockKind::Math(_) => Direction::Ltr,
        _ => block.attrs.dir().unwrap_or(lang.map_or(scope.direction, Lang::direction)),
    };
    let scope = Scope { span: block.span, lang: lang.unwrap_or(scope.lang), direction, ..scope };
    let first_new = output.structure.len();
    match &block.kind {
        BlockKind::Paragraph(content) => {
            let hanging = block.attrs.is_hanging();
            let spec = match hanging {
                true => ParaSpec::hanging(cx, scope),
                false => ParaSpec::body(scope).indented(cx, block.indent),
            };
            out.push(paragraph(cx, output, content, StructKind::P, &spec));
        }
        BlockKind::Heading { level, content } => {
            let number = block.attrs.number();
            out.push(heading::heading(cx, output, scope, *level, number, content));
        }
        BlockKind::List(list) => list::list(cx, output, scope, list, out),
        BlockKind::Quote { role, blocks, source } => {
            quote::quote(cx, output, scope, *role, blocks, source, out);
        }
        BlockKind::Admonition { kind, blocks } => {
            admonition::admonition(cx, output, scope, *kind, blocks, out)
        }
        BlockKind::Code { text, tokens, .. } => {
            out.push(listing::listing(cx, output, scope, text, tokens));
        }
        BlockKind::Toc(entries) => toc::list(cx, output, scope, entries, out),
        BlockKind::Index(entries) => out.extend(index::columns(cx, output, scope, entries, 0)),
        BlockKind::Math(tex) => {
            // A formula belongs to the words that lead to it.
            if let Some(chunk) = out.last_mut()
                && chunk.kind == ChunkKind::Flow
            {
                chunk.keep_next = true;
            }
            out.push(formula::formula(cx, output, scope, tex, block.attrs.number()));
        }
        BlockKind::Figure { images, caption } => {
            let label = block.attrs.number().map(|number| cx.locale().figure(number));
            let caption = caption::labelled(scope, label, caption);
            out.extend(figure::figure(cx, output, scope, images, &caption));
        }
        BlockKind::Table(table) => {
            let label = block.attrs.number().map(|number| cx.locale().table(number));
            out.extend(table::table(cx, output, scope, table, label));
        }
        BlockKind::DefinitionList(definitions) => {
            list::definitions(cx, output, scope, definitions, out)
        }
        BlockKind::Verse(stanzas) => verse::verse(cx, output, scope, stanzas, out),
        BlockKind::SceneBreak => out.push(heading::scene_break(cx, output, scope)),
        BlockKind::Div(inner) => {
            let node = output.structure.add(scope.node, StructKind::Div);
            out.extend(blocks(cx, output, Scope { node, ..scope }, inner));
        }
        BlockKind::PageBreak => out.push(page_break(scope)),
    }
    if let (Some(lang), Some(node)) = (
        block.attrs.lang(),
        output.structure.get_mut(StructId(u32::try_from(first_new).unwrap_or(u32::MAX))),
    ) {
        node.lang = Some(lang.clone());
    }
}

fn page_break(scope: Scope<'_>) -> Chunk {
    Chunk { kind: ChunkKind::PageBreak, ..Chunk::of_rows(Vec::new(), Gap::NONE, scope.span) }
}
