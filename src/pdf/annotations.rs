//! Links as annotations (ISO 32000-1, 12.5.6.5), one for each area, so that a
//! link broken over two lines can be clicked on both and nowhere else.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::structure::upright;
use super::syntax::{name, real, text};
use super::tags::{Destination, PlacedLink, Tagging};
use crate::page::{Page, Pages};
use crate::units::Pt;

/// Printed with the page, as ISO 19005-2, 6.3.2 wants it.
const PRINT: i64 = 4;

/// Adds all links to the document and to their pages.
pub(super) fn add(
    document: &mut Document,
    model: &Pages,
    tagging: &Tagging<'_>,
    pages: &[ObjectId],
) -> Vec<ObjectId> {
    let mut links = Vec::with_capacity(tagging.links.len());
    let mut on_page: Vec<Vec<Object>> = vec![Vec::new(); pages.len()];
    for (at, link) in tagging.links.iter().enumerate() {
        let key = (pages.len() + at) as i64;
        let id = document.add_object(annotation(model, link, pages, key));
        if let Some(annotations) = on_page.get_mut(link.page) {
            annotations.push(id.into());
        }
        links.push(id);
    }
    for (page, annotations) in pages.iter().zip(on_page) {
        let Ok(dict) = document.get_dictionary_mut(*page) else { continue };
        if annotations.is_empty() {
            dict.remove(b"Annots");
        } else {
            dict.set("Annots", annotations);
            // From link to link in the order of the structure.
            dict.set("Tabs", name("S"));
        }
    }
    links
}

fn annotation(model: &Pages, placed: &PlacedLink<'_>, pages: &[ObjectId], key: i64) -> Dictionary {
    let mut dict = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Border" => vec![0.into(), 0.into(), 0.into()],
        "F" => PRINT,
        "StructParent" => key,
    };
    if let Some(page) = model.pages.get(placed.page) {
        dict.set("Rect", upright(page, &placed.link.rect));
    }
    let contents = match (placed.link.contents.as_str(), placed.to) {
        ("", Destination::Uri(uri)) => uri.to_owned(),
        ("", Destination::Page(page, _)) => {
            let folio = model.pages.get(page).map(|p| p.folio.to_string()).unwrap_or_default();
            if folio.is_empty() { String::from("\u{2192}") } else { folio }
        }
        (words, _) => words.to_owned(),
    };
    dict.set("Contents", text(&contents));
    match placed.to {
        Destination::Uri(uri) => {
            let action = dictionary! { "S" => "URI", "URI" => text(&ascii_uri(uri)) };
            dict.set("A", action);
        }
        Destination::Page(page, y) => {
            if let (Some(target), Some(id)) = (model.pages.get(page), pages.get(page)) {
                dict.set("Dest", destination(target, *id, y));
            }
        }
    }
    dict
}

/// A place on a page at the magnification the reader has.
pub(super) fn destination(page: &Page, id: ObjectId, y: Pt) -> Vec<Object> {
    vec![id.into(), name("XYZ"), 0.into(), real((page.size.1 - y).0), Object::Null]
}

/// A URI in ASCII, as an action needs it: bytes beyond it in percent (RFC 3987, 3.1).
fn ascii_uri(uri: &str) -> String {
    let mut out = String::with_capacity(uri.len());
    for byte in uri.bytes() {
        match byte {
            b'!'..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_are_ascii() {
        assert_eq!(ascii_uri("https://a.b/caf\u{e9} x?q=1#z"), "https://a.b/caf%C3%A9%20x?q=1#z");
    }
}
