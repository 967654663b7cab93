//! Bookmarks, nested by level (ISO 32000-1, 12.3.3).

use lopdf::{Document, Object, ObjectId, dictionary};

use super::annotations::destination;
use super::syntax::text;
use crate::page::{OutlineEntry, Pages};

/// An entry with its place among the others, all by index.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Node {
    parent: Option<usize>,
    kids: Vec<usize>,
}

/// Adds the outline; `None` if there is none.
pub(super) fn add(document: &mut Document, model: &Pages, pages: &[ObjectId]) -> Option<ObjectId> {
    let entries: Vec<&OutlineEntry> =
        model.outline.iter().filter(|entry| entry.page < pages.len()).collect();
    let (nodes, top) = nest(&entries);
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| document.new_object_id()).collect();
    let id = |at: Option<&usize>| at.and_then(|at| ids.get(*at)).map(|id| Object::Reference(*id));
    for (at, (entry, node)) in entries.iter().zip(&nodes).enumerate() {
        let siblings = node.parent.and_then(|p| nodes.get(p)).map_or(&top, |p| &p.kids);
        let place = siblings.iter().position(|s| *s == at).unwrap_or(0);
        let mut dict = dictionary! {
            "Title" => text(&entry.title),
            "Parent" => id(node.parent.as_ref()).unwrap_or(root.into()),
        };
        if let (Some(page), Some(page_id)) = (model.pages.get(entry.page), pages.get(entry.page)) {
            dict.set("Dest", destination(page, *page_id, entry.y));
        }
        let before = place.checked_sub(1).and_then(|place| siblings.get(place));
        let neighbours = [
            ("Prev", id(before)),
            ("Next", id(siblings.get(place + 1))),
            ("First", id(node.kids.first())),
            ("Last", id(node.kids.last())),
        ];
        for (key, value) in neighbours {
            value.into_iter().for_each(|value| dict.set(key, value));
        }
        if !node.kids.is_empty() {
            // Below zero: closed, so that a reader sees the chapters first.
            dict.set("Count", -(node.kids.len() as i64));
        }
        if let Some(id) = ids.get(at) {
            document.set_object(*id, dict);
        }
    }
    let mut dict = dictionary! { "Type" => "Outlines", "Count" => top.len() as i64 };
    dict.set("First", id(top.first())?);
    dict.set("Last", id(top.last())?);
    document.set_object(root, dict);
    Some(root)
}

/// Hangs each entry below the last one before it of a lower level.
fn nest(entries: &[&OutlineEntry]) -> (Vec<Node>, Vec<usize>) {
    let mut nodes: Vec<Node> = vec![Node::default(); entries.len()];
    let mut top = Vec::new();
    let mut open: Vec<(u8, usize)> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        while open.last().is_some_and(|(level, _)| *level >= entry.level) {
            open.pop();
        }
        let parent = open.last().map(|(_, at)| *at);
        match parent.and_then(|p| nodes.get_mut(p)) {
            Some(node) => node.kids.push(at),
            None => top.push(at),
        }
        if let Some(node) = nodes.get_mut(at) {
            node.parent = parent;
        }
        open.push((entry.level, at));
    }
    (nodes, top)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Pt;

    #[test]
    fn levels_nest_even_where_one_is_skipped() {
        let entry = |level| OutlineEntry { level, title: String::new(), page: 0, y: Pt::ZERO };
        let entries: Vec<_> = [2, 1, 2, 4, 3, 1].map(entry).to_vec();
        let (nodes, top) = nest(&entries.iter().collect::<Vec<_>>());
        assert_eq!(top, [0, 1, 5]);
        let parents: Vec<_> = nodes.iter().map(|n| n.parent).collect();
        assert_eq!(parents, [None, None, Some(1), Some(2), Some(2), None]);
        assert_eq!(nodes[2].kids, [3, 4]);
    }
}
