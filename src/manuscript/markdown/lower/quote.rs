//! Quotations and their sources.

use super::Lower;
use crate::manuscript::markdown::inline::is_blank;
use crate::manuscript::markdown::tree::{Kind, Node, is_white};
use crate::model::{Attrs, Block, BlockKind, Inline, InlineKind, QuoteRole, plain_text};
use crate::source::Span;

/// A longer line is text, whatever it begins with.
const LONGEST_SOURCE: usize = 240;

impl Lower<'_> {
    /// A quotation. A group that only says what the quotation in it is for
    /// gives it its role and vanishes.
    pub(super) fn quote(
        &mut self,
        role: QuoteRole,
        mut nodes: Vec<Node>,
        span: Span,
        attrs: Attrs,
    ) -> Vec<Block> {
        let mut source = match take_cited(&mut nodes) {
            Some(cited) => self.line(cited),
            None => Vec::new(),
        };
        strip_dash(&mut source);
        let mut blocks = self.blocks(nodes);
        if role != QuoteRole::Plain && is_quotes(&blocks) {
            return with_role(role, blocks, source, attrs);
        }
        if source.is_empty() {
            source = take_source(&mut blocks);
        }
        if blocks.is_empty() && source.is_empty() {
            return Vec::new();
        }
        let mut block = Block::new(BlockKind::Quote { role, blocks, source }, span);
        block.attrs = attrs;
        vec![block]
    }
}

/// Whether there are only plain quotations, the last perhaps with its source
/// after it.
fn is_quotes(blocks: &[Block]) -> bool {
    let plain =
        |block: &Block| matches!(block.kind, BlockKind::Quote { role: QuoteRole::Plain, .. });
    match blocks.split_last() {
        Some((last, rest)) => {
            let after = match &last.kind {
                BlockKind::Paragraph(content) => !rest.is_empty() && begins_with_dash(content),
                _ => plain(last),
            };
            after && rest.iter().all(plain)
        }
        None => false,
    }
}

fn with_role(
    role: QuoteRole,
    mut blocks: Vec<Block>,
    mut source: Vec<Inline>,
    attrs: Attrs,
) -> Vec<Block> {
    let after = blocks.pop_if(|block| matches!(block.kind, BlockKind::Paragraph(_)));
    if let Some(Block { kind: BlockKind::Paragraph(mut content), .. }) = after {
        strip_dash(&mut content);
        source.append(&mut content);
    }
    for block in &mut blocks {
        if let BlockKind::Quote { role: given, .. } = &mut block.kind {
            *given = role;
        }
    }
    if !source.is_empty()
        && let Some(Block { kind: BlockKind::Quote { source: last, .. }, .. }) = blocks.last_mut()
    {
        if !last.is_empty() {
            let at = source.first().map(|s| s.span);
            last.extend(at.map(|span| Inline::new(InlineKind::SoftBreak, span)));
        }
        last.append(&mut source);
    }
    if let Some(first) = blocks.first_mut()
        && first.attrs.is_empty()
    {
        first.attrs = attrs;
    }
    blocks
}

/// Takes what HTML marks as the source: a `footer`, a `cite` at the end, or a
/// `cite` that is a paragraph or line of its own at the end.
fn take_cited(nodes: &mut Vec<Node>) -> Option<Vec<Node>> {
    let last = nodes.iter().rposition(|node| !is_white(node))?;
    let node = nodes.get_mut(last)?;
    match &node.kind {
        Kind::Footer | Kind::Cite => {
            let node = nodes.remove(last);
            Some(node.children)
        }
        Kind::Paragraph => {
            let cited = cited_line(&node.children)?;
            let found = node.children.remove(cited);
            node.children.truncate(cited);
            let dash = |n: &Node| matches!(&n.kind, Kind::Text(t) if is_dash(t));
            while node.children.last().is_some_and(|n| is_white(n) || dash(n)) {
                node.children.pop();
            }
            if node.children.is_empty() {
                nodes.remove(last);
            }
            Some(found.children)
        }
        _ => None,
    }
}

/// Where a `cite` stands that is the last line of a paragraph by itself.
fn cited_line(children: &[Node]) -> Option<usize> {
    let at = children.iter().rposition(|node| !is_white(node))?;
    if children.get(at)?.kind != Kind::Cite {
        return None;
    }
    let before = children.get(..at)?;
    let line = before.iter().rposition(|n| matches!(n.kind, Kind::SoftBreak | Kind::HardBreak));
    let on_its_line = before.get(line.map_or(0, |at| at + 1)..)?;
    let only_dash =
        on_its_line.iter().all(|n| is_white(n) || matches!(&n.kind, Kind::Text(t) if is_dash(t)));
    only_dash.then_some(at)
}

fn is_dash(text: &str) -> bool {
    matches!(text.trim(), "—" | "―" | "–" | "--" | "---")
}

/// Takes the source from the last paragraph: all of it, if it begins with a
/// dash and the one before doesn't (that would be talk); or its last line.
fn take_source(blocks: &mut Vec<Block>) -> Vec<Inline> {
    let talk = blocks.iter().rev().nth(1).is_none_or(|block| match &block.kind {
        BlockKind::Paragraph(content) => begins_with_dash(content),
        _ => false,
    });
    let Some(Block { kind: BlockKind::Paragraph(content), .. }) = blocks.last_mut() else {
        return Vec::new();
    };
    if begins_with_dash(content) {
        if talk || plain_text(content).chars().count() > LONGEST_SOURCE {
            return Vec::new();
        }
        let mut source = std::mem::take(content);
        blocks.pop();
        strip_dash(&mut source);
        return source;
    }
    take_last_line(content)
}

/// The last line of a paragraph if it begins with a dash: after a line end that
/// is meant, or after the end of a sentence.
fn take_last_line(content: &mut Vec<Inline>) -> Vec<Inline> {
    let is_break = |i: &Inline| matches!(i.kind, InlineKind::SoftBreak | InlineKind::HardBreak);
    let Some(at) = content.iter().rposition(is_break) else { return Vec::new() };
    let (before, rest) = content.split_at(at);
    let [line_end, line @ ..] = rest else { return Vec::new() };
    let sentence_ends = plain_text(before)
        .trim_end()
        .ends_with(['.', '!', '?', '…', '”', '’', '“', '»', '«', '‹', '›', ':']);
    let meant = line_end.kind == InlineKind::HardBreak || sentence_ends;
    if !meant || !begins_with_dash(line) || plain_text(line).chars().count() > LONGEST_SOURCE {
        return Vec::new();
    }
    let mut source = content.split_off(at + 1);
    content.pop();
    strip_dash(&mut source);
    source
}

fn begins_with_dash(content: &[Inline]) -> bool {
    match content.first().map(|inline| &inline.kind) {
        Some(InlineKind::Text(text)) => {
            let dash = text.trim_start().starts_with(['—', '―', '–']);
            let words = content.len() > 1 || text.trim().chars().count() > 1;
            dash && words
        }
        Some(InlineKind::Emph(inner)) => begins_with_dash(inner),
        _ => false,
    }
}

/// Takes the dash before a source away: how it is shown is up to the theme.
fn strip_dash(content: &mut Vec<Inline>) {
    match content.first_mut().map(|inline| &mut inline.kind) {
        Some(InlineKind::Text(text)) => {
            let rest = text.trim_start().trim_start_matches(['—', '―', '–']);
            *text = rest.trim_start_matches([' ', '\u{A0}', '\u{202F}', '\u{2009}']).to_owned();
            if text.is_empty() {
                content.remove(0);
            }
        }
        Some(InlineKind::Emph(inner)) => strip_dash(inner),
        _ => {}
    }
    if is_blank(content) {
        content.clear();
    }
}
