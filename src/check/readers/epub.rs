//! The EPUB as words: its documents in the order of the spine.

use std::io::{Cursor, Read};

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};
use thiserror::Error;
use zip::ZipArchive;

use super::html::separates_words;
use crate::check::streams::{Note, Streams};
use crate::check::words::{At, Words};

/// Why an EPUB can't be read.
#[derive(Debug, Error)]
#[error("{0}")]
pub(in crate::check) struct EpubFault(String);

impl EpubFault {
    fn of(error: impl std::fmt::Display) -> EpubFault {
        EpubFault(error.to_string())
    }
}

/// What each document of the spine says, but for the cover's and the
/// navigation's.
///
/// # Errors
/// If the archive or one of its documents can't be read.
pub(in crate::check) fn read(bytes: &[u8]) -> Result<Vec<Streams>, EpubFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(EpubFault::of)?;
    let container = text(&mut archive, "META-INF/container.xml")?;
    let mut package = None;
    for_each(&container, |tag| {
        if tag.name == "rootfile" {
            package = package.take().or_else(|| tag.get("full-path"));
        }
    })?;
    let package = package.ok_or_else(|| EpubFault("the container names no package".into()))?;
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let document = text(&mut archive, &package)?;
    let (mut items, mut spine) = (Vec::new(), Vec::new());
    for_each(&document, |tag| match tag.name.as_str() {
        "item" => items.push((tag.get("id"), tag.get("href"), tag.get("properties"))),
        "itemref" => spine.extend(tag.get("idref")),
        _ => {}
    })?;
    let mut out = Vec::new();
    for id in spine {
        let item = items.iter().find(|(item, ..)| item.as_ref() == Some(&id));
        let Some((_, Some(href), properties)) = item else {
            return Err(EpubFault(format!("the spine names `{id}`, which is not there")));
        };
        if properties.as_deref().is_some_and(|p| p.split(' ').any(|p| p == "nav")) {
            continue;
        }
        let name = if folder.is_empty() { href.clone() } else { format!("{folder}/{href}") };
        let document = text(&mut archive, &name)?;
        out.extend(read_document(&document)?);
    }
    Ok(out)
}

fn text(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, EpubFault> {
    let fault = |e: &dyn std::fmt::Display| EpubFault(format!("{name}: {e}"));
    let mut out = String::new();
    let mut file = archive.by_name(name).map_err(|e| fault(&e))?;
    file.read_to_string(&mut out).map_err(|e| fault(&e))?;
    Ok(out)
}

/// Text with its references resolved; as it stands where one is unknown.
fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), |text| text.into_owned())
}

/// A start tag.
struct Tag {
    /// Its name without a prefix.
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn of(start: &BytesStart<'_>) -> Tag {
        let attributes = start.attributes().flatten().map(|attribute| {
            let value = unescaped(&attribute.value);
            (attribute.key.as_ref().to_owned(), value)
        });
        let name = start.local_name().as_ref().to_owned();
        Tag { name, attributes: attributes.collect() }
    }

    fn get(&self, name: &str) -> Option<String> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone())
    }

    fn has(&self, name: &str, word: &str) -> bool {
        let found = self.attributes.iter().find(|(n, _)| n == name);
        found.is_some_and(|(_, value)| value.split_ascii_whitespace().any(|w| w == word))
    }
}

fn for_each(xml: &str, mut each: impl FnMut(&Tag)) -> Result<(), EpubFault> {
    let mut reader = XmlReader::from_str(xml);
    loop {
        match reader.read_event().map_err(EpubFault::of)? {
            Event::Start(start) | Event::Empty(start) => each(&Tag::of(&start)),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// What a document says; `None` for the page that shows the cover.
fn read_document(xml: &str) -> Result<Option<Streams>, EpubFault> {
    let mut reader = XmlReader::from_str(xml);
    let mut page = Page::default();
    loop {
        match reader.read_event().map_err(EpubFault::of)? {
            Event::Start(start) => page.open(&Tag::of(&start)),
            Event::Empty(start) => {
                page.open(&Tag::of(&start));
                page.close();
            }
            Event::End(_) => page.close(),
            Event::Text(text) => page.text(&text),
            Event::CData(text) => page.text(&text),
            Event::GeneralRef(name) => {
                page.text(&unescaped(&format!("&{};", &*name)));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if page.is_cover {
        return Ok(None);
    }
    page.out.finish();
    Ok(Some(page.out))
}

/// A document as it is read.
#[derive(Default)]
struct Page {
    out: Streams,
    open: Vec<Frame>,
    is_cover: bool,
}

/// An open element.
#[derive(Clone, Copy, Default)]
struct Frame {
    /// Its text is the tool's, or none of the book's.
    skipped: bool,
    /// Its text is the number of the note.
    number: bool,
    note: bool,
    caption: bool,
    inline: bool,
}

impl Page {
    fn open(&mut self, tag: &Tag) {
        let mut frame = self.open.last().copied().unwrap_or_default();
        frame.inline = !separates_words(&tag.name) && !tag.has("class", "math");
        frame.number = false;
        let role = |role| tag.has("role", role);
        match tag.name.as_str() {
            "section" if tag.has("epub:type", "cover") => self.is_cover = true,
            "head" | "rp" | "nav" => frame.skipped = true,
            "figcaption" | "caption" => frame.caption = true,
            "img" if !frame.skipped => {
                self.to(frame).boundary();
                if let Some(alt) = tag.get("alt") {
                    self.out.pictures.text(&alt, At::Unknown);
                    self.out.pictures.boundary();
                }
            }
            "math" => {
                frame.inline = false;
                if let Some(tex) = tag.get("alttext") {
                    self.to(frame).boundary();
                    self.to(frame).text(&tex, At::Unknown);
                }
                frame.skipped = true;
            }
            _ => {}
        }
        if role("doc-footnote") {
            frame.note = true;
            self.out.notes.push(Note::default());
        } else if role("doc-backlink") {
            frame.skipped = true;
            frame.number = frame.note && tag.has("class", "note-number");
        } else if role("doc-noteref") || role("doc-pagebreak") || role("separator") {
            frame.skipped = true;
        }
        if !frame.inline || role("doc-noteref") {
            // A mark of a page parts nothing, and a note's mark does.
            if !role("doc-pagebreak") || tag.name == "div" {
                self.to(frame).boundary();
            }
        }
        self.open.push(frame);
    }

    fn close(&mut self) {
        let Some(frame) = self.open.pop() else { return };
        if !frame.inline {
            self.to(frame).boundary();
        }
    }

    fn text(&mut self, text: &str) {
        let Some(frame) = self.open.last().copied() else { return };
        if frame.number {
            if let (Some(note), Ok(number)) = (self.out.notes.last_mut(), text.trim().parse()) {
                note.number = number;
            }
        } else if !frame.skipped {
            self.to(frame).text(text, At::Unknown);
        }
    }

    fn to(&mut self, frame: Frame) -> &mut Words {
        let Streams { flow, captions, notes, .. } = &mut self.out;
        match notes.last_mut().filter(|_| frame.note) {
            Some(note) => &mut note.words,
            None if frame.caption => captions,
            None => flow,
        }
    }
}
