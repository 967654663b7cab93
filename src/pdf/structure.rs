//! The structure tree as objects (ISO 32000-1, 14.7): elements, the way back
//! from marked content and links to their elements, and the names of notes.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::roles::role;
use super::syntax::{real, text};
use super::tags::{Kid, Tagging};
use crate::model::Alt;
use crate::page::{
    HeaderScope, ListNumbering, Page, Pages, Rect, StructId, StructKind, StructNode,
};

/// Adds the tree to the document and says where its root is. `pages` are the page objects, `links` the
/// annotations, in the order of [`Tagging::links`].
pub(super) fn add(
    document: &mut Document,
    model: &Pages,
    tagging: &Tagging<'_>,
    pages: &[ObjectId],
    links: &[ObjectId],
) -> ObjectId {
    let root = document.new_object_id();
    let elements: BTreeMap<StructId, ObjectId> =
        tagging.nodes.iter().map(|id| (*id, document.new_object_id())).collect();
    let mut builder = Builder {
        document,
        model,
        tagging,
        pages,
        links,
        root,
        elements: &elements,
        owners: vec![Vec::new(); pages.len()],
        link_owners: BTreeMap::new(),
        notes: Vec::new(),
    };
    for node in &tagging.nodes {
        builder.element(*node);
    }
    let Builder { owners, link_owners, notes, .. } = builder;
    let parent_tree = parent_tree(document, owners, &link_owners);
    let first = elements.values().next().map(|id| Object::Reference(*id));
    let mut dict = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => first.into_iter().collect::<Vec<_>>(),
        "ParentTree" => parent_tree,
        "ParentTreeNextKey" => (pages.len() + links.len()) as i64,
    };
    if let (Some((low, _)), Some((high, _))) = (notes.first(), notes.last()) {
        let limits = vec![text(low), text(high)];
        let names = notes.iter().flat_map(|(id, element)| [text(id), (*element).into()]).collect();
        let leaf: Vec<Object> = names;
        let kid = document.add_object(dictionary! { "Limits" => limits, "Names" => leaf });
        let tree = document.add_object(dictionary! { "Kids" => vec![kid.into()] });
        dict.set("IDTree", tree);
    }
    document.set_object(root, dict);
    root
}

/// The number tree from pages and annotations to elements: pages have the keys
/// from zero on, annotations those after them (14.7.4.4).
fn parent_tree(
    document: &mut Document,
    owners: Vec<Vec<ObjectId>>,
    links: &BTreeMap<usize, ObjectId>,
) -> ObjectId {
    let pages = owners.len();
    let mut numbers: Vec<Object> = Vec::new();
    for (page, owners) in owners.into_iter().enumerate() {
        let owners: Vec<Object> = owners.into_iter().map(Object::Reference).collect();
        numbers.extend([(page as i64).into(), document.add_object(owners).into()]);
    }
    for (link, owner) in links {
        numbers.extend([((pages + link) as i64).into(), (*owner).into()]);
    }
    document.add_object(dictionary! { "Nums" => numbers })
}

struct Builder<'a> {
    document: &'a mut Document,
    model: &'a Pages,
    tagging: &'a Tagging<'a>,
    pages: &'a [ObjectId],
    links: &'a [ObjectId],
    root: ObjectId,
    elements: &'a BTreeMap<StructId, ObjectId>,
    owners: Vec<Vec<ObjectId>>,
    link_owners: BTreeMap<usize, ObjectId>,
    notes: Vec<(String, ObjectId)>,
}

impl Builder<'_> {
    fn element(&mut self, id: StructId) {
        let (Some(node), Some(&element)) = (self.model.structure.get(id), self.elements.get(&id))
        else {
            return;
        };
        let above = node.parent.and_then(|p| self.elements.get(&p)).copied();
        let kids = self.tagging.kids.get(id.0 as usize).map_or(&[][..], Vec::as_slice);
        let mut dict = dictionary! {
            "Type" => "StructElem",
            "S" => role(&node.kind),
            "P" => above.unwrap_or(self.root),
        };
        if let Some(lang) = &node.lang {
            dict.set("Lang", text(lang.tag()));
        }
        if let Some(expansion) = &node.expansion {
            dict.set("E", text(expansion));
        }
        self.attributes(&mut dict, node, element, first_page(kids));
        let has_links = kids.iter().any(|kid| matches!(kid, Kid::Link(_)));
        let is_link = matches!(node.kind, StructKind::Link);
        // A note's mark is a reference that is also a link: the words belong to both.
        let kids = if has_links && matches!(node.kind, StructKind::Reference) {
            vec![self.link_element(element, kids).into()]
        } else {
            self.kids(&mut dict, element, kids, is_link)
        };
        set_kids(&mut dict, kids);
        self.document.set_object(element, dict);
    }

    /// An element `Link` around kids of something else.
    fn link_element(&mut self, above: ObjectId, kids: &[Kid]) -> ObjectId {
        let element = self.document.new_object_id();
        let mut dict = dictionary! { "Type" => "StructElem", "S" => "Link", "P" => above };
        let kids = self.kids(&mut dict, element, kids, true);
        set_kids(&mut dict, kids);
        self.document.set_object(element, dict);
        element
    }

    /// The kids as objects; every link must be in a `Link` (ISO 14289-1, 7.18.5).
    fn kids(
        &mut self,
        dict: &mut Dictionary,
        element: ObjectId,
        kids: &[Kid],
        is_link: bool,
    ) -> Vec<Object> {
        let home = first_page(kids);
        if let Some(page) = home.and_then(|page| self.pages.get(page)) {
            dict.set("Pg", *page);
        }
        let mut objects = Vec::with_capacity(kids.len());
        for kid in kids {
            match *kid {
                Kid::Node(id) => {
                    objects.extend(self.elements.get(&id).map(|id| Object::Reference(*id)));
                }
                Kid::Content { page, id } => {
                    if let Some(owners) = self.owners.get_mut(page) {
                        owners.resize(owners.len().max(id + 1), element);
                        if let Some(owner) = owners.get_mut(id) {
                            *owner = element;
                        }
                    }
                    objects.push(self.content(page, id, home == Some(page)));
                }
                Kid::Link(_) if !is_link => {
                    objects.push(self.link_element(element, &[*kid]).into());
                }
                Kid::Link(link) => {
                    self.link_owners.insert(link, element);
                    objects.extend(self.link_reference(link));
                }
            }
        }
        objects
    }

    fn content(&self, page: usize, id: usize, at_home: bool) -> Object {
        let number = Object::Integer(id as i64);
        match self.pages.get(page) {
            Some(page) if !at_home => {
                dictionary! { "Type" => "MCR", "Pg" => *page, "MCID" => number }.into()
            }
            Some(_) | None => number,
        }
    }

    fn link_reference(&self, link: usize) -> Option<Object> {
        let annotation = *self.links.get(link)?;
        let page = *self.pages.get(self.tagging.links.get(link)?.page)?;
        Some(dictionary! { "Type" => "OBJR", "Obj" => annotation, "Pg" => page }.into())
    }

    /// What only some kinds have.
    fn attributes(
        &mut self,
        dict: &mut Dictionary,
        node: &StructNode,
        element: ObjectId,
        page: Option<usize>,
    ) {
        match &node.kind {
            StructKind::Figure { alt: Alt::Text(alt), bbox, .. } => {
                dict.set("Alt", text(alt));
                dict.set("A", self.layout(page, bbox));
            }
            StructKind::Figure { alt: Alt::Missing, bbox, .. } => {
                dict.set("A", self.layout(page, bbox));
            }
            StructKind::Formula(said) => dict.set("Alt", text(said)),
            StructKind::List(numbering) => {
                let numbering = match numbering {
                    ListNumbering::Disc => "Disc",
                    ListNumbering::Decimal => "Decimal",
                    ListNumbering::Unmarked => "None",
                    ListNumbering::LowerAlpha => "LowerAlpha",
                    ListNumbering::UpperAlpha => "UpperAlpha",
                    ListNumbering::LowerRoman => "LowerRoman",
                    ListNumbering::UpperRoman => "UpperRoman",
                };
                dict.set("A", dictionary! { "O" => "List", "ListNumbering" => numbering });
            }
            StructKind::TableHeader(scope) => {
                let scope = match scope {
                    HeaderScope::Column => "Column",
                    HeaderScope::Row => "Row",
                };
                dict.set("A", dictionary! { "O" => "Table", "Scope" => scope });
            }
            StructKind::Note => {
                // In the order of the tree, and so that sorting keeps it.
                let id = format!("note-{:06}", self.notes.len() + 1);
                dict.set("ID", text(&id));
                self.notes.push((id, element));
            }
            StructKind::Figure { alt: Alt::Decorative, .. }
            | StructKind::Document
            | StructKind::Part
            | StructKind::Sect
            | StructKind::Div
            | StructKind::Heading(_)
            | StructKind::P
            | StructKind::ListItem
            | StructKind::Label
            | StructKind::ListBody
            | StructKind::BlockQuote
            | StructKind::Caption
            | StructKind::Table
            | StructKind::TableHead
            | StructKind::TableBody
            | StructKind::TableRow
            | StructKind::TableData
            | StructKind::Reference
            | StructKind::Link
            | StructKind::Toc
            | StructKind::Index
            | StructKind::TocItem
            | StructKind::Code
            | StructKind::Ruby
            | StructKind::RubyBase
            | StructKind::RubyText
            | StructKind::Span => {}
        }
    }

    /// Where a figure is on its page (14.8.5.4).
    fn layout(&self, page: Option<usize>, rect: &Rect) -> Dictionary {
        let page = page.and_then(|page| self.model.pages.get(page));
        let mut dict = dictionary! { "O" => "Layout", "Placement" => "Block" };
        if let Some(page) = page {
            dict.set("BBox", upright(page, rect));
        }
        dict
    }
}

fn set_kids(dict: &mut Dictionary, mut kids: Vec<Object>) {
    match kids.len() {
        0 => {}
        1 => dict.set("K", kids.remove(0)),
        2.. => dict.set("K", kids),
    }
}

/// The page that most of an element's own content is on: that of the first.
fn first_page(kids: &[Kid]) -> Option<usize> {
    kids.iter().find_map(|kid| match kid {
        Kid::Content { page, .. } => Some(*page),
        Kid::Link(_) | Kid::Node(_) => None,
    })
}

/// A rectangle as PDF has it: lower left and upper right, from the lower left.
pub(super) fn upright(page: &Page, rect: &Rect) -> Vec<Object> {
    let top = (page.size.1 - rect.y).0;
    let corners = [rect.x.0, top - rect.height.0, (rect.x + rect.width).0, top];
    corners.map(real).to_vec()
}
