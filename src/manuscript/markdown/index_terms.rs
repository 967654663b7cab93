//! Marks of the index in a paragraph of their own: they belong to the text
//! beside them, and leave no empty paragraph behind.

use crate::model::{Block, BlockKind, Inline, InlineKind, TermRange};

/// Moves the marks of such paragraphs: the end of a range to the text before
/// it, others to the text after them; where there is none, to the other side.
pub(super) fn attach(mut blocks: Vec<Block>) -> Vec<Block> {
    if !blocks.iter().any(is_stray) {
        return blocks;
    }
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut ahead: Vec<Inline> = Vec::new();
    for mut block in blocks.drain(..) {
        if is_stray(&block) {
            let BlockKind::Paragraph(marks) = block.kind else { continue };
            for mark in marks {
                let ends =
                    matches!(&mark.kind, InlineKind::IndexMark(t) if t.range == TermRange::End);
                match out.last_mut().filter(|_| ends && ahead.is_empty()).and_then(last_line) {
                    Some(line) => line.push(mark),
                    None => ahead.push(mark),
                }
            }
            continue;
        }
        if !ahead.is_empty()
            && let Some(line) = first_line(&mut block)
        {
            line.splice(0..0, ahead.drain(..));
        }
        out.push(block);
    }
    if let Some(first) = ahead.first() {
        let span = first.span;
        match out.last_mut().and_then(last_line) {
            Some(line) => line.append(&mut ahead),
            None => out.push(Block::new(BlockKind::Paragraph(ahead), span)),
        }
    }
    out
}

fn is_stray(block: &Block) -> bool {
    let is_mark =
        |inline: &Inline| matches!(inline.kind, InlineKind::IndexMark(_) | InlineKind::SoftBreak);
    match &block.kind {
        BlockKind::Paragraph(content) => {
            !content.is_empty() && content.iter().all(is_mark) && block.attrs.is_empty()
        }
        _ => false,
    }
}

fn first_line(block: &mut Block) -> Option<&mut Vec<Inline>> {
    match &mut block.kind {
        BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => Some(content),
        BlockKind::Quote { blocks, .. }
        | BlockKind::Admonition { blocks, .. }
        | BlockKind::Div(blocks) => blocks.first_mut().and_then(first_line),
        BlockKind::List(list) => {
            list.items.first_mut().and_then(|item| item.blocks.first_mut()).and_then(first_line)
        }
        BlockKind::Figure { caption, .. } => Some(caption).filter(|c| !c.is_empty()),
        BlockKind::Table(table) => Some(&mut table.caption).filter(|c| !c.is_empty()),
        BlockKind::DefinitionList(all) => all.first_mut().and_then(|d| d.terms.first_mut()),
        BlockKind::Verse(stanzas) => {
            stanzas.first_mut().and_then(|s| s.first_mut()).map(|line| &mut line.content)
        }
        BlockKind::Code { .. }
        | BlockKind::SceneBreak
        | BlockKind::PageBreak
        | BlockKind::Math(_)
        | BlockKind::Toc(_)
        | BlockKind::Index(_) => None,
    }
}

fn last_line(block: &mut Block) -> Option<&mut Vec<Inline>> {
    match &mut block.kind {
        BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => Some(content),
        BlockKind::Quote { blocks, .. }
        | BlockKind::Admonition { blocks, .. }
        | BlockKind::Div(blocks) => blocks.last_mut().and_then(last_line),
        BlockKind::List(list) => {
            list.items.last_mut().and_then(|item| item.blocks.last_mut()).and_then(last_line)
        }
        BlockKind::Figure { caption, .. } => Some(caption).filter(|c| !c.is_empty()),
        BlockKind::Table(table) => Some(&mut table.caption).filter(|c| !c.is_empty()),
        BlockKind::DefinitionList(all) => all
            .last_mut()
            .and_then(|d| d.meanings.last_mut())
            .and_then(|m| m.last_mut())
            .and_then(last_line),
        BlockKind::Verse(stanzas) => {
            stanzas.last_mut().and_then(|s| s.last_mut()).map(|line| &mut line.content)
        }
        BlockKind::Code { .. }
        | BlockKind::SceneBreak
        | BlockKind::PageBreak
        | BlockKind::Math(_)
        | BlockKind::Toc(_)
        | BlockKind::Index(_) => None,
    }
}
