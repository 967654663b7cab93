//! Writing XML that is well formed whatever the text says.
//!
//! Everything the EPUB holds as XML goes through [`Xml`]: tags are opened and
//! closed in pairs, text and attribute values are escaped, and characters that
//! XML 1.0 has no place for are dropped ([`clean`]), because no reference can
//! stand for them either.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// A start tag in the making.
#[derive(Debug, Clone)]
pub(super) struct Tag {
    name: &'static str,
    start: BytesStart<'static>,
}

impl Tag {
    /// A tag without attributes.
    pub fn new(name: &'static str) -> Tag {
        Tag { name, start: BytesStart::new(name) }
    }

    /// A tag with a class.
    pub fn classed(name: &'static str, class: &str) -> Tag {
        Tag::new(name).with("class", class)
    }

    /// Adds an attribute.
    pub fn with(mut self, key: &'static str, value: &str) -> Tag {
        self.start.push_attribute((key, clean(value).as_ref()));
        self
    }

    /// Adds an attribute if there is a value.
    pub fn with_some(self, key: &'static str, value: Option<&str>) -> Tag {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Adds what a piece of text is, for reading systems (`epub:type`) and for
    /// assistive technology (`role`).
    pub fn means(self, meaning: Meaning) -> Tag {
        self.with_some("epub:type", meaning.epub_type).with_some("role", meaning.role)
    }
}

/// What an element is: a term of the EPUB Structural Semantics Vocabulary and
/// the role of the Digital Publishing WAI-ARIA Module 1.1 that matches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Meaning {
    /// For `epub:type`.
    pub epub_type: Option<&'static str>,
    /// For `role`.
    pub role: Option<&'static str>,
}

impl Meaning {
    /// Both a term and its role.
    pub const fn both(epub_type: &'static str, role: &'static str) -> Meaning {
        Meaning { epub_type: Some(epub_type), role: Some(role) }
    }

    /// A term that no role matches.
    pub const fn term(epub_type: &'static str) -> Meaning {
        Meaning { epub_type: Some(epub_type), role: None }
    }

    /// Neither.
    pub const NONE: Meaning = Meaning { epub_type: None, role: None };
}

/// An XML document as it is written.
pub(super) struct Xml {
    out: Writer<Vec<u8>>,
}

impl Xml {
    /// An empty document with its XML declaration.
    pub fn document() -> Xml {
        let mut xml = Xml::fragment();
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml.newline();
        xml
    }

    /// Nothing yet, not even a declaration.
    pub fn fragment() -> Xml {
        Xml { out: Writer::new(Vec::new()) }
    }

    /// A document type declaration.
    pub fn doctype(&mut self, name: &str) {
        self.event(Event::DocType(BytesText::from_escaped(name)));
        self.newline();
    }

    /// Opens an element and gives the name to close it by.
    pub fn start(&mut self, tag: Tag) -> &'static str {
        self.event(Event::Start(tag.start));
        tag.name
    }

    /// Closes an element.
    pub fn end(&mut self, name: &'static str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element without content.
    pub fn empty(&mut self, tag: Tag) {
        self.event(Event::Empty(tag.start));
    }

    /// An element around what `body` writes.
    pub fn element(&mut self, tag: Tag, body: impl FnOnce(&mut Xml)) {
        let name = self.start(tag);
        body(self);
        self.end(name);
    }

    /// An element around a text, on a line of its own.
    pub fn line(&mut self, tag: Tag, text: &str) {
        self.element(tag, |x| x.text(text));
        self.newline();
    }

    /// Text, escaped.
    pub fn text(&mut self, text: &str) {
        if !text.is_empty() {
            let cleaned = clean(text);
            self.event(Event::Text(BytesText::from_escaped(partial_escape(cleaned))));
        }
    }

    /// A line end between elements, for those who read the source.
    pub fn newline(&mut self) {
        self.out.get_mut().push(b'\n');
    }

    /// The bytes of the document.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out.into_inner()
    }

    fn event(&mut self, event: Event<'_>) {
        let written = self.out.write_event(event);
        debug_assert!(written.is_ok(), "writing to memory cannot fail");
    }
}

/// The text without what XML 1.0 cannot say (section 2.2, production `Char`)
/// and without the C1 controls, which HTML calls errors; line ends become `\n`.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| is_sayable(c) && c != '\r') {
        return Cow::Borrowed(text);
    }
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(unix.chars().filter(|c| is_sayable(*c)).collect())
}

fn is_sayable(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => false,
        '\u{fdd0}'..='\u{fdef}' => false,
        c => u32::from(c) & 0xfffe != 0xfffe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use quick_xml::Reader;
    use quick_xml::escape::unescape;

    fn read_back(bytes: &[u8]) -> (String, String) {
        let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let mut reader = Reader::from_str(&text);
        let (mut attr, mut body) = (String::new(), String::new());
        loop {
            match reader.read_event().expect("well formed") {
                Event::Start(tag) => {
                    let value = tag.attributes().next().expect("one").expect("sound");
                    attr = unescape(&value.value).expect("known entities").into_owned();
                }
                Event::Text(text) => body.push_str(&text.xml10_content()),
                Event::GeneralRef(name) => {
                    body.push_str(&unescape(&format!("&{};", &*name)).expect("known"));
                }
                Event::Eof => return (attr, body),
                _ => {}
            }
        }
    }

    #[test]
    fn characters_that_xml_forbids_are_dropped() {
        assert_eq!(clean("a\u{0}b\u{b}c\u{ffff}d\u{85}e"), "abcde");
        assert_eq!(clean("a\r\nb\rc\td"), "a\nb\nc\td");
        assert!(matches!(clean("plain ❦ text"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn any_text_survives(text in any::<String>()) {
            let mut xml = Xml::fragment();
            xml.element(Tag::new("p").with("title", &text), |x| x.text(&text));
            let (attr, body) = read_back(&xml.into_bytes());
            prop_assert_eq!(&body, &clean(&text));
            prop_assert_eq!(&attr, &clean(&text));
        }
    }
}
