//! Marked content in a content stream (ISO 32000-1, 14.6): which items belong
//! to which node, and what they say.
//!
//! Marks of content are never nested: what must be said of a few words gets a
//! mark of its own below the same node, since readers exist that lose the rest
//! of a sequence after one inside it has ended (poppler 22).

use super::roles::{effective, role};
use super::syntax::{literal, text_bytes};
use crate::page::{Artifact, StructId, Structure, Tag};

/// What a sequence is and says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mark<'a> {
    /// What it belongs to.
    pub(super) tag: Tag,
    /// Its language, where it differs.
    pub(super) lang: Option<&'a str>,
    /// What it says, where the glyphs don't say it.
    pub(super) text: Option<&'a str>,
    /// Whether the glyphs are drawn from the end of the text.
    pub(super) reversed: bool,
}

impl<'a> Mark<'a> {
    /// Of something that isn't text.
    pub(super) fn of(tag: Tag) -> Mark<'a> {
        Mark { tag, lang: None, text: None, reversed: false }
    }
}

/// What the structure must know of a page, in the order it was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// Marked content of a node; the numbers on a page go up by one.
    Content(StructId),
    /// A link, by its number among the page's items.
    Link(usize),
}

/// The marks of one page.
#[derive(Debug)]
pub(super) struct Marks<'a> {
    structure: &'a Structure,
    written: bool,
    open: Option<Mark<'a>>,
    /// How many sequences are open: two for an artifact that says something.
    depth: usize,
    contents: usize,
    /// What was met.
    pub(super) events: Vec<Event>,
}

impl<'a> Marks<'a> {
    /// At the top of a page; in a file without a structure nothing is `written`.
    pub(super) fn new(structure: &'a Structure, written: bool) -> Self {
        Marks { structure, written, open: None, depth: 0, contents: 0, events: Vec::new() }
    }

    /// Whether what comes now is part of the sequence that is open.
    pub(super) fn continues(&self, mark: &Mark<'a>) -> bool {
        mark.text.is_none() && self.open == Some(self.effective(*mark))
    }

    /// Begins a sequence, after the end of the one before.
    pub(super) fn open(&mut self, out: &mut Vec<u8>, mark: Mark<'a>) {
        self.close(out);
        let mark = self.effective(mark);
        match mark.tag {
            _ if !self.written => {}
            Tag::Node(id) => self.content(out, id, &mark),
            Tag::Artifact(kind) => self.artifact(out, kind, &mark),
        }
        self.open = Some(mark);
    }

    /// Ends the sequence that is open.
    pub(super) fn close(&mut self, out: &mut Vec<u8>) {
        for _ in 0..std::mem::take(&mut self.depth) {
            out.extend(*b"EMC\n");
        }
        self.open = None;
    }

    fn effective(&self, mark: Mark<'a>) -> Mark<'a> {
        let tag = effective(self.structure, mark.tag);
        let lang = mark.lang.filter(|_| matches!(tag, Tag::Node(_)));
        Mark { tag, lang, ..mark }
    }

    fn content(&mut self, out: &mut Vec<u8>, id: StructId, mark: &Mark<'_>) {
        let role = if mark.reversed {
            "ReversedChars"
        } else if mark.text.is_some() || mark.lang.is_some() {
            // What says something of words is a span (14.9.2, 14.9.4).
            "Span"
        } else {
            self.structure.get(id).map_or("Span", |node| role(&node.kind))
        };
        out.extend(format!("/{role}<</MCID {}", self.contents).as_bytes());
        property(out, b"/Lang", mark.lang);
        property(out, b"/ActualText", mark.text);
        out.extend(*b">>BDC\n");
        self.contents += 1;
        self.depth = 1;
        self.events.push(Event::Content(id));
    }

    /// ISO 32000-1, table 330; a folio is pagination wherever it stands.
    fn artifact(&mut self, out: &mut Vec<u8>, kind: Artifact, mark: &Mark<'_>) {
        out.extend(match kind {
            Artifact::Header => b"/Artifact<</Type/Pagination/Subtype/Header>>BDC\n".as_slice(),
            Artifact::Footer => b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
            Artifact::Layout => b"/Artifact<</Type/Layout>>BDC\n",
            Artifact::Background => b"/Artifact<</Type/Background>>BDC\n",
        });
        self.depth = 1;
        if mark.text.is_some() {
            out.extend(*b"/Span<<");
            property(out, b"/ActualText", mark.text);
            out.extend(*b">>BDC\n");
            self.depth = 2;
        }
    }
}

fn property(out: &mut Vec<u8>, key: &[u8], value: Option<&str>) {
    if let Some(value) = value {
        out.extend(key);
        literal(out, text_bytes(value));
    }
}
