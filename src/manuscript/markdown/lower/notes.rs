//! Footnotes: taken out of the tree first, so that marks find them.

use super::Lower;
use crate::diag::{Code, Diagnostic};
use crate::manuscript::markdown::ParsedNote;
use crate::manuscript::markdown::tree::{Kind, Node};
use crate::model::{Block, BlockKind, Inline, InlineKind, VisitorMut, walk_block_mut};
use crate::source::Span;

impl Lower<'_> {
    /// A whole file: notes first, so that marks find them.
    pub fn file(&mut self, mut nodes: Vec<Node>) -> Vec<Block> {
        let mut texts = Vec::new();
        take_notes(&mut nodes, &mut texts);
        let mut bodies = Vec::new();
        for (label, node) in texts {
            let key = label_key(&label);
            if self.labels.contains_key(&key) {
                let message = format!("there are two footnotes `{label}`");
                let found =
                    Diagnostic::at(Code::DuplicateNote, first_line(node.span, &label), message);
                self.diagnostics.push(found.hint("Rename one of them."));
                continue;
            }
            self.labels.insert(key, self.parsed.notes.len());
            let (span, blocks) = (node.span, Vec::new());
            self.parsed.notes.push(ParsedNote { label, blocks, span, used: false });
            bodies.push(node.children);
        }
        let blocks = self.blocks(nodes);
        for (index, body) in bodies.into_iter().enumerate() {
            let mut blocks = self.blocks(body);
            NoHeadings.blocks(&mut blocks);
            if let Some(note) = self.parsed.notes.get_mut(index) {
                note.blocks = blocks;
            }
        }
        blocks
    }
}

/// A note has no sections: a heading in it is a line in bold.
struct NoHeadings;

impl VisitorMut for NoHeadings {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Heading { content, .. } = &mut block.kind {
            let strong = InlineKind::Strong(std::mem::take(content));
            block.kind = BlockKind::Paragraph(vec![Inline::new(strong, block.span)]);
        }
        walk_block_mut(self, block);
    }
}

/// Takes the footnotes' texts out of the tree, wherever they stand.
fn take_notes(nodes: &mut Vec<Node>, out: &mut Vec<(String, Node)>) {
    let mut kept = Vec::with_capacity(nodes.len());
    for mut node in std::mem::take(nodes) {
        match &node.kind {
            Kind::NoteText(label) => {
                let label = label.clone();
                let at = out.len();
                let mut inner = Vec::new();
                take_notes(&mut node.children, &mut inner);
                out.insert(at, (label, node));
                out.append(&mut inner);
            }
            _ => {
                take_notes(&mut node.children, out);
                kept.push(node);
            }
        }
    }
    *nodes = kept;
}

/// Names of notes are the same whatever their case and spaces.
pub(super) fn label_key(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The place of a note's name, `[^x]:`, at its beginning.
pub(crate) fn first_line(span: Span, label: &str) -> Span {
    let length = u32::try_from(label.len() + 4).unwrap_or(u32::MAX);
    Span { end: span.end.min(span.start.saturating_add(length)), ..span }
}
