//! The structure tree: what the marks on the pages mean, for readers that
//! can't see them (ISO 32000-1, 14.7 and 14.8; ISO 14289-1).

use crate::model::{Alt, ImageId, Lang};

use super::Rect;

/// A node of the [`Structure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StructId(pub u32);

/// What an item is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tag {
    /// A node of the structure tree.
    Node(StructId),
    /// Nothing: it is furniture of the page.
    Artifact(Artifact),
}

/// Kinds of furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Artifact {
    /// A running head.
    Header,
    /// A folio.
    Footer,
    /// Rules, ornaments, leaders.
    Layout,
    /// The ground of a page or a box.
    Background,
}

/// The kind of a node, with what only that kind has. Names are those of the
/// standard structure types.
#[derive(Debug, Clone, PartialEq)]
pub enum StructKind {
    /// The whole book.
    Document,
    /// A part of the book.
    Part,
    /// A chapter.
    Sect,
    /// A group without a meaning of its own.
    Div,
    /// A heading, level 1 to 6.
    Heading(u8),
    /// A paragraph.
    P,
    /// A list.
    List(ListNumbering),
    /// An item of a list.
    ListItem,
    /// Its number or bullet.
    Label,
    /// What it says.
    ListBody,
    /// A quotation set off from the text.
    BlockQuote,
    /// A picture; its alternative text, or none said.
    Figure {
        /// What a reader who can't see it is told.
        alt: Alt,
        /// The file, for reports.
        image: Option<ImageId>,
        /// Where on its page.
        bbox: Rect,
    },
    /// The caption of a picture or table.
    Caption,
    /// A table.
    Table,
    /// Its head.
    TableHead,
    /// Its body.
    TableBody,
    /// A row.
    TableRow,
    /// A cell of the head.
    TableHeader(HeaderScope),
    /// A cell.
    TableData,
    /// A footnote.
    Note,
    /// The mark of a footnote, or a cross-reference.
    Reference,
    /// A link.
    Link,
    /// The contents.
    Toc,
    /// An entry of the contents.
    TocItem,
    /// The index.
    Index,
    /// Code.
    Code,
    /// Characters with their reading.
    Ruby,
    /// The characters.
    RubyBase,
    /// Their reading.
    RubyText,
    /// A formula, with its text.
    Formula(String),
    /// Words within a block, with a language or emphasis of their own.
    Span,
}

/// How a list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListNumbering {
    /// Bullets.
    Disc,
    /// Numbers.
    Decimal,
    /// Not at all.
    Unmarked,
    /// Small letters.
    LowerAlpha,
    /// Capital letters.
    UpperAlpha,
    /// Roman numerals in small letters.
    LowerRoman,
    /// Roman numerals in capital letters.
    UpperRoman,
}

/// What a head cell is the head of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeaderScope {
    /// Its column.
    Column,
    /// Its row.
    Row,
}

/// A node: its kind, its place, its language.
#[derive(Debug, Clone, PartialEq)]
pub struct StructNode {
    /// What it is.
    pub kind: StructKind,
    /// The node above; `None` for the root alone.
    pub parent: Option<StructId>,
    /// Its language, where it is not that of the node above.
    pub lang: Option<Lang>,
    /// What it stands for, if it is an abbreviation.
    pub expansion: Option<String>,
    /// The nodes below, in reading order.
    pub children: Vec<StructId>,
}

/// The tree. Node 0 is the document.
///
/// Items point at their node; a node doesn't know its items. The PDF writer
/// orders a node's items and child nodes by where the first item of each is
/// met in the pages; an empty node is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    nodes: Vec<StructNode>,
}

impl Default for Structure {
    fn default() -> Self {
        let root = StructNode {
            kind: StructKind::Document,
            parent: None,
            lang: None,
            expansion: None,
            children: Vec::new(),
        };
        Structure { nodes: vec![root] }
    }
}

impl Structure {
    /// The document itself.
    pub const ROOT: StructId = StructId(0);

    /// Adds a node as the last child of another.
    pub fn add(&mut self, parent: StructId, kind: StructKind) -> StructId {
        let id = StructId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(StructNode {
            kind,
            parent: Some(parent),
            lang: None,
            expansion: None,
            children: Vec::new(),
        });
        if let Some(node) = self.nodes.get_mut(parent.0 as usize) {
            node.children.push(id);
        }
        id
    }

    /// The node with this id.
    pub fn get(&self, id: StructId) -> Option<&StructNode> {
        self.nodes.get(id.0 as usize)
    }

    /// The node with this id, to be changed.
    pub fn get_mut(&mut self, id: StructId) -> Option<&mut StructNode> {
        self.nodes.get_mut(id.0 as usize)
    }

    /// All nodes, parents before children.
    pub fn iter(&self) -> impl Iterator<Item = (StructId, &StructNode)> {
        self.nodes
            .iter()
            .enumerate()
            .map(|(i, n)| (StructId(u32::try_from(i).unwrap_or(u32::MAX)), n))
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Never: there is always the document.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Hangs another tree's nodes below this root and says by how much their
    /// ids have moved: a node `n` of the other is now `n + offset`.
    pub fn graft(&mut self, other: Structure) -> u32 {
        let offset = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX) - 1;
        let moved = |id: StructId| if id == Self::ROOT { id } else { StructId(id.0 + offset) };
        let mut nodes = other.nodes.into_iter();
        if let (Some(root), Some(here)) = (nodes.next(), self.nodes.first_mut()) {
            here.children.extend(root.children.into_iter().map(moved));
        }
        self.nodes.extend(nodes.map(|mut node| {
            node.parent = node.parent.map(moved);
            for child in &mut node.children {
                *child = moved(*child);
            }
            node
        }));
        offset
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grafted_trees_keep_their_shape() {
        let mut book = Structure::default();
        book.add(Structure::ROOT, StructKind::Sect);
        let mut chapter = Structure::default();
        let sect = chapter.add(Structure::ROOT, StructKind::Sect);
        let p = chapter.add(sect, StructKind::P);
        let offset = book.graft(chapter);
        let p = StructId(p.0 + offset);
        let above = book.get(p).and_then(|n| n.parent).and_then(|id| book.get(id));
        assert_eq!(above.map(|n| &n.kind), Some(&StructKind::Sect));
        assert_eq!(book.get(Structure::ROOT).map(|n| n.children.len()), Some(2));
    }
}
