//! A PDF as text that a person can read.

use std::collections::BTreeMap;
use std::fmt::Write;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::support::{dict, string};

/// The structure tree: one line an element, with what hangs below it.
pub fn structure(document: &Document) -> String {
    let catalog = document.catalog().expect("a catalog");
    let root = dict(document, catalog, "StructTreeRoot");
    let pages: BTreeMap<ObjectId, u32> =
        document.get_pages().into_iter().map(|(n, id)| (id, n)).collect();
    let mut out = String::new();
    for kid in root.get(b"K").and_then(Object::as_array).expect("kids") {
        element(&mut out, document, &pages, kid.as_reference().expect("an element"), 0);
    }
    out
}

fn element(
    out: &mut String,
    document: &Document,
    pages: &BTreeMap<ObjectId, u32>,
    id: ObjectId,
    depth: usize,
) {
    let dict = document.get_dictionary(id).expect("an element");
    let kind = dict.get(b"S").and_then(Object::as_name).expect("a type");
    let _ = write!(out, "{:1$}{2}", "", depth * 2, String::from_utf8_lossy(kind));
    for key in ["Lang", "Alt", "ID"] {
        if let Ok(value) = dict.get(key.as_bytes()) {
            let _ = write!(out, " {key}={:?}", string(value));
        }
    }
    if let Ok(attributes) = dict.get(b"A") {
        let _ = write!(out, " {}", shown(attributes));
    }
    let home = dict.get(b"Pg").and_then(Object::as_reference).ok();
    let kids = match dict.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(kid) => vec![kid.clone()],
        Err(_) => Vec::new(),
    };
    let page = |id: Option<ObjectId>| id.and_then(|id| pages.get(&id)).copied().unwrap_or(0);
    let mut below = Vec::new();
    for kid in &kids {
        match kid {
            Object::Integer(id) => {
                let _ = write!(out, " [{}:{id}]", page(home));
            }
            Object::Reference(id) => {
                let _ = write!(out, " *");
                below.push(*id);
            }
            Object::Dictionary(kid) if kid.has(b"MCID") => {
                let on = page(kid.get(b"Pg").and_then(Object::as_reference).ok());
                let _ = write!(out, " [{on}:{}]", shown(kid.get(b"MCID").expect("a number")));
            }
            Object::Dictionary(kid) => {
                let link = kid.get(b"Obj").and_then(Object::as_reference).expect("a link");
                let link = document.get_dictionary(link).expect("a link");
                let on = page(kid.get(b"Pg").and_then(Object::as_reference).ok());
                let words = string(link.get(b"Contents").expect("contents"));
                let _ = write!(out, " [{on} link {words:?}]");
            }
            other => panic!("no kid: {other:?}"),
        }
    }
    out.push('\n');
    for kid in below {
        let parent = document.get_dictionary(kid).and_then(|d| d.get(b"P")?.as_reference());
        assert_eq!(parent.ok(), Some(id), "a kid knows its parent");
        element(out, document, pages, kid, depth + 1);
    }
}

/// A page's content stream, glyph numbers in hexadecimal.
pub fn content(document: &Document, page: u32) -> String {
    let id = document.get_pages()[&page];
    let content = Content::decode(&document.get_page_content(id)).expect("operators");
    let mut out = String::new();
    for operation in content.operations {
        for operand in &operation.operands {
            let shows = operation.operator == "TJ";
            let _ = write!(out, "{} ", if shows { glyphs(operand) } else { shown(operand) });
        }
        let _ = writeln!(out, "{}", operation.operator);
    }
    out
}

fn glyphs(operand: &Object) -> String {
    match operand {
        Object::Array(items) => items.iter().map(glyphs).collect::<Vec<_>>().join(" "),
        Object::String(bytes, _) => {
            let codes =
                bytes.chunks(2).map(|c| format!("{:02x}", u16::from(c[0]) << 8 | u16::from(c[1])));
            format!("<{}>", codes.collect::<Vec<_>>().join(" "))
        }
        other => shown(other),
    }
}

/// An object as it is written, references as `ref`, text as text.
pub fn shown(object: &Object) -> String {
    match object {
        Object::Null => "null".into(),
        Object::Boolean(b) => b.to_string(),
        Object::Integer(n) => n.to_string(),
        Object::Real(n) => n.to_string(),
        Object::Name(name) => format!("/{}", String::from_utf8_lossy(name)),
        Object::String(..) => format!("{:?}", string(object)),
        Object::Array(items) => {
            format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(" "))
        }
        Object::Dictionary(dict) => format!("<<{}>>", entries(dict)),
        Object::Stream(stream) => format!("<<{}>> stream", entries(&stream.dict)),
        Object::Reference(_) => "ref".into(),
    }
}

fn entries(dict: &Dictionary) -> String {
    let entry = |(key, value): (&Vec<u8>, &Object)| {
        format!("/{} {}", String::from_utf8_lossy(key), shown(value))
    };
    dict.iter().map(entry).collect::<Vec<_>>().join(" ")
}
