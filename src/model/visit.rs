//! Walking the model in reading order.
//!
//! A visitor overrides what it cares about and calls `walk_*` to go on below.

use super::{Block, BlockKind, Inline, InlineKind};

macro_rules! walkers {
    ($trait:ident, $walk_block:ident, $walk_inline:ident, [$($m:tt)?], $iter:ident) => {
        /// Called for every block and inline, parents before children.
        pub trait $trait {
            /// A block; goes on below by default.
            fn block(&mut self, block: &$($m)? Block) {
                $walk_block(self, block);
            }

            /// An inline; goes on below by default.
            fn inline(&mut self, inline: &$($m)? Inline) {
                $walk_inline(self, inline);
            }

            /// A run of blocks in order.
            fn blocks(&mut self, blocks: &$($m)? [Block]) {
                for block in blocks.$iter() {
                    self.block(block);
                }
            }

            /// A run of inlines in order.
            fn inlines(&mut self, inlines: &$($m)? [Inline]) {
                for inline in inlines.$iter() {
                    self.inline(inline);
                }
            }
        }

        /// Visits what is below a block, in reading order.
        pub fn $walk_block<V: $trait + ?Sized>(v: &mut V, block: &$($m)? Block) {
            match &$($m)? block.kind {
                BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => v.inlines(content),
                BlockKind::List(list) => {
                    for item in list.items.$iter() {
                        v.blocks(&$($m)? item.blocks);
                    }
                }
                BlockKind::Quote { blocks, source, .. } => {
                    v.blocks(blocks);
                    v.inlines(source);
                }
                BlockKind::Admonition { blocks, .. } | BlockKind::Div(blocks) => v.blocks(blocks),
                BlockKind::Figure { caption, .. } => v.inlines(caption),
                BlockKind::Table(table) => {
                    v.inlines(&$($m)? table.caption);
                    for row in table.head.$iter().chain(table.rows.$iter()) {
                        for cell in row.cells.$iter() {
                            v.inlines(&$($m)? cell.content);
                        }
                    }
                }
                BlockKind::DefinitionList(definitions) => {
                    for definition in definitions.$iter() {
                        for term in definition.terms.$iter() {
                            v.inlines(term);
                        }
                        for meaning in definition.meanings.$iter() {
                            v.blocks(meaning);
                        }
                    }
                }
                BlockKind::Verse(stanzas) => {
                    for line in stanzas.$iter().flatten() {
                        v.inlines(&$($m)? line.content);
                    }
                }
                BlockKind::Code { .. }
                | BlockKind::SceneBreak
                | BlockKind::PageBreak
                | BlockKind::Math(_)
                | BlockKind::Index(_) => {}
                BlockKind::Toc(entries) => {
                    for entry in entries.$iter() {
                        v.inlines(&$($m)? entry.content);
                    }
                }
            }
        }

        /// Visits what is below an inline, in reading order.
        pub fn $walk_inline<V: $trait + ?Sized>(v: &mut V, inline: &$($m)? Inline) {
            match &$($m)? inline.kind {
                InlineKind::Emph(content)
                | InlineKind::Strong(content)
                | InlineKind::Strike(content)
                | InlineKind::SmallCaps(content)
                | InlineKind::Sub(content)
                | InlineKind::Sup(content)
                | InlineKind::Link { content, .. }
                | InlineKind::Span(_, content) => v.inlines(content),
                InlineKind::Text(_)
                | InlineKind::Code(..)
                | InlineKind::Ref { .. }
                | InlineKind::Image(_)
                | InlineKind::Note(_)
                | InlineKind::SoftBreak
                | InlineKind::HardBreak
                | InlineKind::Math(_)
                | InlineKind::IndexMark(_)
                | InlineKind::Cite(_) => {}
                InlineKind::Ruby(parts) => {
                    for part in parts.$iter() {
                        v.inlines(&$($m)? part.base);
                    }
                }
            }
        }
    };
}

walkers!(Visitor, walk_block, walk_inline, [], iter);
walkers!(VisitorMut, walk_block_mut, walk_inline_mut, [mut], iter_mut);

/// The words of a run of inlines, without marks of notes, with breaks as spaces.
pub fn plain_text(inlines: &[Inline]) -> String {
    struct Words(String);
    impl Visitor for Words {
        fn inline(&mut self, inline: &Inline) {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(_, text) | InlineKind::Math(text) => {
                    self.0.push_str(text);
                }
                InlineKind::SoftBreak | InlineKind::HardBreak => self.0.push(' '),
                InlineKind::Image(image) => self.0.push_str(image.alt.text()),
                _ => walk_inline(self, inline),
            }
        }
    }
    let mut words = Words(String::new());
    words.inlines(inlines);
    words.0
}
