//! What the marks mean: the tree, the way back to it, links.

use std::collections::BTreeMap;

use bindery::model::{Alt, AnchorId};
use bindery::page::{Artifact, Destination, Folio, PictureSource, StructKind, Structure, Target};
use bindery::units::Pt;
use lopdf::{Dictionary, Document, Object};

use crate::golden::golden;
use crate::replay::{catalog, number, page};
use crate::support::{Maker, dict, rect, string};
use crate::{dump, sample};

#[test]
fn every_kind_is_in_the_tree() {
    golden("pdf/structure.txt", &dump::structure(&sample::book().document()));
}

#[test]
fn content_is_marked() {
    let document = sample::book().document();
    let page = |n| format!("page {n}\n{}", dump::content(&document, n));
    golden("pdf/content.txt", &(1..=4).map(page).collect::<String>());
}

/// The parent tree as a map.
fn parents(document: &Document) -> BTreeMap<i64, Object> {
    let tree = dict(document, catalog(document, "StructTreeRoot"), "ParentTree");
    let numbers = tree.get(b"Nums").and_then(Object::as_array).expect("numbers");
    numbers.chunks(2).map(|pair| (number(&pair[0]) as i64, pair[1].clone())).collect()
}

fn type_of(document: &Document, element: &Object) -> String {
    let id = element.as_reference().expect("an element");
    let element = document.get_dictionary(id).expect("an element");
    String::from_utf8_lossy(element.get(b"S").and_then(Object::as_name).expect("a type")).into()
}

#[test]
fn there_is_a_way_back_from_every_mark() {
    let document = sample::book().document();
    let parents = parents(&document);
    let content = std::fs::read_to_string("tests/goldens/pdf/content.txt").expect("a golden file");
    let pages = content.split("page ").skip(1);
    for (index, text) in pages.enumerate() {
        let key = page(&document, index as u32 + 1).get(b"StructParents").map(number);
        assert_eq!(key.ok(), Some(index as f64));
        let (_, owners) = document.dereference(&parents[&(index as i64)]).expect("owners");
        let owners = owners.as_array().expect("owners");
        assert_eq!(owners.len(), text.matches("/MCID").count(), "page {}", index + 1);
    }
    let (_, owners) = document.dereference(&parents[&2]).expect("owners");
    let owners = owners.as_array().expect("owners");
    assert_eq!(type_of(&document, &owners[0]), "H1");
    // The mark of a note belongs to the link around it.
    assert_eq!(type_of(&document, &owners[9]), "Link");
}

fn annotations(document: &Document, number: u32) -> Vec<&Dictionary> {
    document.get_page_annotations(document.get_pages()[&number]).expect("annotations")
}

#[test]
fn links_lead_somewhere_and_say_what_they_are() {
    let document = sample::book().document();
    let parents = parents(&document);
    let links = annotations(&document, 3);
    assert_eq!(links.len(), 3, "a link over two lines has two areas");
    for link in &links {
        let key = link.get(b"StructParent").map(number).expect("a key") as i64;
        assert_eq!(type_of(&document, &parents[&key]), "Link");
        assert_eq!(link.get(b"F").map(number).ok(), Some(4.0));
    }
    let action = dict(&document, links[0], "A");
    assert_eq!(string(action.get(b"URI").expect("a URI")), "https://a.b/%C3%A9?x=1&y");
    assert_eq!(dump::shown(links[0].get(b"Rect").expect("an area")), "[130 420 190 432]");
    let destination = links[2].get(b"Dest").and_then(Object::as_array).expect("a place");
    assert_eq!(destination[0].as_reference().ok(), document.get_pages().get(&4).copied());
    assert_eq!(dump::shown(&Object::Array(destination[1..].to_vec())), "[/XYZ 0 60 null]");
    assert_eq!(dump::shown(page(&document, 3).get(b"Tabs").expect("an order")), "/S");
    assert!(!page(&document, 1).has(b"Annots"));
}

#[test]
fn a_link_that_leads_nowhere_is_left_out() {
    let mut m = Maker::new();
    m.page(Folio::Arabic(1));
    let p = m.node(Structure::ROOT, StructKind::P);
    m.text(p, 40.0, 100.0, "word");
    let area = rect(40.0, 90.0, 30.0, 12.0);
    m.link(p, area, Target::Anchor(AnchorId(7)), "nowhere");
    m.link(p, area, Target::Named("off".into()), "off the pages");
    m.pages.destinations =
        vec![Destination { target: Target::Named("off".into()), page: 9, y: Pt(0.0) }];
    assert_eq!(dump::structure(&m.document()), "Document *\n  P [1:0]\n");
}

#[test]
fn links_outside_links_get_one() {
    let mut m = Maker::new();
    m.page(Folio::Arabic(1));
    let p = m.node(Structure::ROOT, StructKind::P);
    m.text(p, 40.0, 100.0, "word");
    let area = rect(40.0, 90.0, 30.0, 12.0);
    m.link(p, area, Target::Uri("https://a.b".into()), "");
    m.link(Artifact::Header, area, Target::Uri("https://c.d".into()), "furniture");
    assert_eq!(
        dump::structure(&m.document()),
        "Document * *\n  P [1:0] *\n    Link [1 link \"https://a.b\"]\n  \
         Link [1 link \"furniture\"]\n"
    );
}

fn one_figure(alt: Alt) -> Maker {
    let mut m = Maker::new();
    m.page(Folio::Arabic(1));
    let bbox = rect(10.0, 10.0, 50.0, 50.0);
    let figure = m.node(Structure::ROOT, StructKind::Figure { alt, image: None, bbox });
    m.picture(figure, PictureSource::Drawing(sample::triangle().into()), bbox);
    let caption = m.node(figure, StructKind::Caption);
    m.text(caption, 10.0, 80.0, "Caption");
    m
}

fn claims(m: &Maker) -> (bool, bool) {
    let document = m.document();
    let id = document.catalog().and_then(|c| c.get(b"Metadata")?.as_reference()).expect("XMP");
    let xmp = document.get_object(id).and_then(Object::as_stream).expect("XMP").content.clone();
    let xmp = String::from_utf8(xmp).expect("UTF-8");
    let archive = xmp.contains("<pdfaid:part>2</pdfaid:part>")
        && xmp.contains("<pdfaid:conformance>A</pdfaid:conformance>");
    (archive, xmp.contains("pdfuaid:part"))
}

#[test]
fn a_picture_without_alternative_text_takes_the_claim_away() {
    assert_eq!(claims(&one_figure(Alt::Text("A".into()))), (true, true));
    assert_eq!(claims(&one_figure(Alt::Decorative)), (true, true));
    assert_eq!(claims(&one_figure(Alt::Missing)), (true, false));
    let mut untitled = one_figure(Alt::Text("A".into()));
    untitled.meta.title.clear();
    assert_eq!(claims(&untitled), (true, false));
    let missing = one_figure(Alt::Missing);
    let tree = dump::structure(&missing.document());
    assert!(!tree.contains("Alt="), "{tree}");
    missing.keep("missing-alt.pdf");
}

#[test]
fn a_decorative_picture_is_furniture_and_its_caption_is_not() {
    let document = one_figure(Alt::Decorative).document();
    assert_eq!(dump::structure(&document), "Document *\n  Div *\n    Caption [1:0]\n");
    let content = dump::content(&document, 1);
    assert!(content.starts_with("/Artifact <</Type /Layout>> BDC\nq\n"), "{content}");
}

#[test]
fn notes_are_known_by_name() {
    let document = sample::book().document();
    let tree = dict(&document, catalog(&document, "StructTreeRoot"), "IDTree");
    let kids = tree.get(b"Kids").and_then(Object::as_array).expect("kids");
    let leaf = document.get_dictionary(kids[0].as_reference().expect("a leaf")).expect("a leaf");
    assert_eq!(dump::shown(leaf.get(b"Names").expect("names")), "[\"note-000001\" ref]");
}
