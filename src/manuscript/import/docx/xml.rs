//! The XML of a part of a document as a small tree.

use std::collections::BTreeMap;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::DocxError;

/// Deeper elements are read as if they stood at this depth. Word nests some thirty.
const DEEPEST: usize = 200;
/// How many elements a part may have.
const MOST_ELEMENTS: usize = 4_000_000;

/// An element, or a text if it has no name.
#[derive(Debug, Default, Clone)]
pub(super) struct Element {
    /// The name with the usual prefix of its namespace: `w:p`, whatever prefix the
    /// document uses.
    pub name: String,
    /// The attributes by their names without prefix.
    pub attributes: BTreeMap<String, String>,
    /// What is in it.
    pub children: Vec<Element>,
    /// The words, of a text.
    pub text: String,
}

impl Element {
    /// The first child with a name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The first element with a name, at any depth.
    pub fn find(&self, name: &str) -> Option<&Element> {
        self.children
            .iter()
            .find_map(|child| if child.name == name { Some(child) } else { child.find(name) })
    }

    /// An attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// The `w:val` of a child.
    pub fn value_of(&self, child: &str) -> Option<&str> {
        self.child(child)?.get("val")
    }

    /// Whether a child says yes: it is there and not switched off (ISO 29500-1,
    /// 17.17.4).
    pub fn switch(&self, child: &str) -> Option<bool> {
        let child = self.child(child)?;
        Some(!matches!(child.get("val"), Some("0" | "false" | "off" | "none")))
    }

    /// All words in it.
    pub fn words(&self) -> String {
        let mut out = self.text.clone();
        self.children.iter().for_each(|child| out.push_str(&child.words()));
        out
    }
}

/// The usual prefix of a namespace.
fn prefix(namespace: &str) -> &'static str {
    let is = |end: &str| namespace.ends_with(end);
    match () {
        () if is("wordprocessingml/2006/main") || is("wordprocessingml/main") => "w",
        () if is("officeDocument/2006/math") || is("officeDocument/math") => "m",
        () if is("drawingml/2006/main") || is("drawingml/main") => "a",
        () if is("drawingml/2006/wordprocessingDrawing")
            || is("drawingml/wordprocessingDrawing") =>
        {
            "wp"
        }
        () if is("markup-compatibility/2006") => "mc",
        () if is("schemas-microsoft-com:vml") => "v",
        () => "x",
    }
}

/// Reads a part.
///
/// # Errors
/// If it is no well-formed XML, or larger than a document can be.
pub(super) fn parse(part: &str, bytes: &[u8]) -> Result<Element, DocxError> {
    let broken = |why: String| DocxError::Part(part.to_owned(), why);
    let mut reader = NsReader::from_reader(bytes);
    let mut open = vec![Element::default()];
    let mut buffer = Vec::new();
    let mut count = 0;
    // How many elements beyond the deepest are open.
    let mut beyond = 0;
    loop {
        let (namespace, event) = reader
            .read_resolved_event_into(&mut buffer)
            .map_err(|fault| broken(fault.to_string()))?;
        let namespace = match namespace {
            ResolveResult::Bound(namespace) => prefix(namespace.as_ref()),
            ResolveResult::Unbound | ResolveResult::Unknown(_) => "x",
        };
        match event {
            Event::Start(start) => {
                count += 1;
                if open.len() >= DEEPEST {
                    beyond += 1;
                } else {
                    open.push(element(namespace, &start));
                }
            }
            Event::Empty(start) => {
                count += 1;
                let element = element(namespace, &start);
                open.last_mut().into_iter().for_each(|e| e.children.push(element.clone()));
            }
            Event::End(_) if beyond > 0 => beyond -= 1,
            Event::End(_) => {
                if let (Some(done), Some(parent)) = (open.pop(), open.last_mut()) {
                    parent.children.push(done);
                }
            }
            Event::Text(text) => add_text(&mut open, &text),
            Event::CData(text) => add_text(&mut open, &text),
            // Entities of its own a document may not have; the five of XML and numbers are
            // read, and nothing is expanded.
            Event::GeneralRef(name) => {
                let written = format!("&{};", &*name);
                let text = quick_xml::escape::unescape(&written);
                add_text(&mut open, text.as_deref().unwrap_or_default());
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        if count > MOST_ELEMENTS {
            return Err(broken("it has too many elements".to_owned()));
        }
        buffer.clear();
    }
    if open.len() > 1 {
        return Err(broken("it ends too early".to_owned()));
    }
    Ok(open.pop().unwrap_or_default())
}

fn element(prefix: &str, start: &BytesStart<'_>) -> Element {
    let local = start.local_name().as_ref().to_owned();
    let attributes = start.attributes().flatten().map(|attribute| {
        let name = attribute.key.local_name().as_ref().to_owned();
        let raw = attribute.value.into_owned();
        let value = quick_xml::escape::unescape(&raw).map(|v| v.into_owned());
        let value = value.unwrap_or_else(|_| raw.clone());
        (name, value)
    });
    Element {
        name: format!("{prefix}:{local}"),
        attributes: attributes.collect(),
        ..Element::default()
    }
}

fn add_text(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(last) if last.name.is_empty() => last.text.push_str(text),
        _ => parent.children.push(Element { text: text.to_owned(), ..Element::default() }),
    }
}
