//! From marks on pages to the tree: which contents, links and nodes hang below
//! which node, in the order in which they are met on the pages.

use std::collections::HashMap;

use super::marks::Event;
use crate::model::AnchorId;
use crate::page::{Item, Link, Pages, StructId, Structure, Tag, Target};
use crate::units::Pt;

/// What hangs below a node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kid {
    /// Marked content: its page and its number there.
    Content { page: usize, id: usize },
    /// A link, by its number in [`Tagging::links`].
    Link(usize),
    /// Another node.
    Node(StructId),
}

/// A link that leads somewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlacedLink<'a> {
    /// Its page.
    pub(super) page: usize,
    /// The link.
    pub(super) link: &'a Link,
    /// Where it leads.
    pub(super) to: Destination<'a>,
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Destination<'a> {
    /// Out of the book.
    Uri(&'a str),
    /// To a page, from zero, and a height on it, from the top.
    Page(usize, Pt),
}

/// The tree as it is in use.
#[derive(Debug)]
pub(super) struct Tagging<'a> {
    /// The links of all pages that lead somewhere, in order.
    pub(super) links: Vec<PlacedLink<'a>>,
    /// The nodes that have content, each after the one above it.
    pub(super) nodes: Vec<StructId>,
    /// What hangs below each node, by its id.
    pub(super) kids: Vec<Vec<Kid>>,
}

impl<'a> Tagging<'a> {
    /// Makes the tree from what was met on each page.
    pub(super) fn assemble(pages: &'a Pages, events: &[Vec<Event>]) -> Tagging<'a> {
        let places = Places::of(pages);
        let mut tree = Tree::new(&pages.structure);
        let mut links = Vec::new();
        for (page, (model, events)) in pages.pages.iter().zip(events).enumerate() {
            let mut id = 0;
            for event in events {
                match *event {
                    Event::Content(node) => {
                        tree.attach(Tag::Node(node), Kid::Content { page, id });
                        id += 1;
                    }
                    Event::Link(at) => {
                        let Some(Item::Link(link)) = model.items.get(at) else { continue };
                        let Some(to) = places.find(&link.target) else { continue };
                        tree.attach(link.tag, Kid::Link(links.len()));
                        links.push(PlacedLink { page, link, to });
                    }
                }
            }
        }
        Tagging { links, nodes: tree.nodes, kids: tree.kids }
    }
}

/// The part of the structure that is in use, in the order of first use.
struct Tree<'a> {
    structure: &'a Structure,
    attached: Vec<bool>,
    nodes: Vec<StructId>,
    kids: Vec<Vec<Kid>>,
}

impl<'a> Tree<'a> {
    fn new(structure: &'a Structure) -> Self {
        let count = structure.len();
        let mut tree = Tree {
            structure,
            attached: vec![false; count],
            nodes: Vec::new(),
            kids: vec![Vec::new(); count],
        };
        tree.enter(Structure::ROOT);
        tree
    }

    /// Hangs something below a node; links of furniture hang below the document,
    /// since every link must be in the tree (ISO 14289-1, 7.18.5).
    fn attach(&mut self, tag: Tag, kid: Kid) {
        let node = match tag {
            Tag::Node(id) if self.structure.get(id).is_some() => id,
            Tag::Node(_) | Tag::Artifact(_) => Structure::ROOT,
        };
        self.enter(node);
        if let Some(kids) = self.kids.get_mut(node.0 as usize) {
            kids.push(kid);
        }
    }

    /// Brings a node and all above it into the tree, outermost first.
    fn enter(&mut self, id: StructId) {
        let mut path = Vec::new();
        let mut next = Some(id);
        while let Some(id) = next {
            match self.attached.get_mut(id.0 as usize) {
                Some(attached) if !*attached => *attached = true,
                Some(_) | None => break,
            }
            path.push(id);
            next = self.structure.get(id).and_then(|n| n.parent);
        }
        for id in path.into_iter().rev() {
            self.nodes.push(id);
            let parent = self.structure.get(id).and_then(|n| n.parent);
            let above = match parent {
                Some(parent) if self.structure.get(parent).is_some() => parent,
                Some(_) | None if id != Structure::ROOT => Structure::ROOT,
                Some(_) | None => continue,
            };
            if let Some(kids) = self.kids.get_mut(above.0 as usize) {
                kids.push(Kid::Node(id));
            }
        }
    }
}

/// The destinations, to be found by target.
struct Places<'a> {
    anchors: HashMap<AnchorId, Destination<'a>>,
    names: HashMap<&'a str, Destination<'a>>,
}

impl<'a> Places<'a> {
    fn of(pages: &'a Pages) -> Self {
        let mut places = Places { anchors: HashMap::new(), names: HashMap::new() };
        for destination in pages.destinations.iter().filter(|d| d.page < pages.pages.len()) {
            let place = Destination::Page(destination.page, destination.y);
            match &destination.target {
                Target::Uri(_) => {}
                Target::Anchor(id) => {
                    places.anchors.entry(*id).or_insert(place);
                }
                Target::Named(name) => {
                    places.names.entry(name).or_insert(place);
                }
            }
        }
        places
    }

    fn find(&self, target: &'a Target) -> Option<Destination<'a>> {
        match target {
            Target::Uri(uri) => Some(Destination::Uri(uri)),
            Target::Anchor(id) => self.anchors.get(id).copied(),
            Target::Named(name) => self.names.get(name.as_str()).copied(),
        }
    }
}
