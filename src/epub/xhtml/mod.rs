//! XHTML from the model: one document a chapter.
//!
//! # Why by hand over the model
//!
//! Every kind of block and inline is written by one exhaustive match
//! (`blocks`, `inlines`), through the XML writer, so that a document can't be
//! anything but well formed, and a new kind can't be forgotten.
//!
//! # The flow
//!
//! [`chapter`] opens a document, writes the opening (`opening`), then the
//! blocks, then the footnotes that the chapter's marks call for (`notes`).
//! Pages without a text of their own are made from the metadata
//! (`generated`). Beside the bytes a [`Page`] says which characters it sets in
//! which face and which printed pages begin in it.

mod blocks;
mod gathered;
mod generated;
mod inlines;
mod lead_in;
mod listings;
mod mathml;
mod notes;
mod opening;
mod tables;

use std::collections::BTreeMap;

pub(in crate::epub) use generated::cover;

use super::plan::{Mark, Plan};
use super::usage::{FontUse, Voice};
use super::xml::{Meaning, Tag, Xml};
use crate::model::{
    Attrs, ChapterId, Direction, Inline, Lang, Matter, NodeId, NoteId, Visitor, walk_inline,
};

/// A document of the book.
#[derive(Debug)]
pub(super) struct Page {
    /// Its place in the archive, relative to the package document.
    pub href: String,
    /// The document.
    pub bytes: Vec<u8>,
    /// What it sets in which face.
    pub usage: FontUse,
    /// The printed pages that begin in it, by their place in the list of
    /// marks, with the address of each.
    pub pages: BTreeMap<usize, String>,
    /// It holds MathML.
    pub math: bool,
    /// It holds a formula that isn't MathML, because it can't be read.
    pub raw_math: bool,
}

/// Writes a chapter.
pub(super) fn chapter(plan: &Plan<'_>, id: ChapterId, href: &str) -> Option<Page> {
    let chapter = plan.input.book.chapter(id)?;
    let lang = chapter.lang.as_ref().unwrap_or(&plan.input.book.meta.language);
    let mut page = PageWriter::new(plan, href, lang);
    let head = Head { title: &plan.chapter_name(chapter), lang, matter: Some(chapter.matter) };
    page.document(&head, |p| {
        if chapter.role.is_generated() && chapter.blocks.is_empty() {
            p.generated(chapter, id);
        } else {
            p.text_chapter(chapter, id);
        }
    });
    Some(page.finish())
}

/// What the head of a document says.
struct Head<'a> {
    title: &'a str,
    lang: &'a Lang,
    matter: Option<Matter>,
}

/// A document being written.
struct PageWriter<'a> {
    plan: &'a Plan<'a>,
    href: &'a str,
    x: Xml,
    usage: FontUse,
    pages: BTreeMap<usize, String>,
    /// The face that is set in.
    voice: Voice,
    /// The direction that text runs in.
    dir: Direction,
    /// How many bytes of the lead-in are still to come.
    lead: usize,
    /// Whether marks of printed pages are written where they stand.
    marking: bool,
    /// How many marks of each footnote there have been.
    note_refs: BTreeMap<NoteId, usize>,
    /// The footnote whose first paragraph comes next.
    note_ahead: Option<NoteId>,
    /// Whether there has been a formula.
    math: bool,
    /// Whether there has been one that can't be read.
    raw_math: bool,
}

impl<'a> PageWriter<'a> {
    fn new(plan: &'a Plan<'a>, href: &'a str, lang: &Lang) -> PageWriter<'a> {
        PageWriter {
            plan,
            href,
            x: Xml::document(),
            usage: FontUse::default(),
            pages: BTreeMap::new(),
            voice: Voice::TEXT,
            dir: plan.direction_of(lang),
            lead: 0,
            marking: true,
            note_refs: BTreeMap::new(),
            note_ahead: None,
            math: false,
            raw_math: false,
        }
    }

    fn finish(self) -> Page {
        Page {
            href: self.href.to_owned(),
            bytes: self.x.into_bytes(),
            usage: self.usage,
            pages: self.pages,
            math: self.math,
            raw_math: self.raw_math,
        }
    }

    /// The frame of a document around its body.
    fn document(&mut self, head: &Head<'_>, body: impl FnOnce(&mut Self)) {
        let dir = self.plan.direction_of(head.lang);
        let extra_css = self.has_extra_css();
        let frame = Frame { title: head.title, lang: head.lang, dir, extra_css };
        let html = frame.open(&mut self.x);
        let matter = head.matter.map(|m| match m {
            Matter::Front => "frontmatter",
            Matter::Main => "bodymatter",
            Matter::Back => "backmatter",
        });
        let tag = Tag::new("body").with_some("epub:type", matter).with_some("dir", unusual(dir));
        self.block(tag, body);
        self.x.end(html);
        self.x.newline();
    }

    fn has_extra_css(&self) -> bool {
        self.plan.input.extra_css.is_some()
    }

    /// An element around what `body` writes.
    fn element(&mut self, tag: Tag, body: impl FnOnce(&mut Self)) {
        let name = self.x.start(tag);
        body(self);
        self.x.end(name);
    }

    /// An element that holds blocks, each on a line of its own.
    fn block(&mut self, tag: Tag, body: impl FnOnce(&mut Self)) {
        let name = self.x.start(tag);
        self.x.newline();
        body(self);
        self.x.end(name);
        self.x.newline();
    }

    /// An element that holds text, on a line of its own.
    fn line(&mut self, tag: Tag, body: impl FnOnce(&mut Self)) {
        self.element(tag, body);
        self.x.newline();
    }

    /// Writes `body` in another face.
    fn voiced(&mut self, voice: Voice, body: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.voice, voice);
        body(self);
        self.voice = before;
    }

    /// Adds what a node carries to its tag, and writes `body` in its direction.
    fn node(&mut self, tag: Tag, attrs: &Attrs, class: &str, body: impl FnOnce(&mut Self, Tag)) {
        let (tag, dir) = self.carrying(tag, attrs, class);
        let before = std::mem::replace(&mut self.dir, dir);
        body(self, tag);
        self.dir = before;
    }

    fn carrying(&self, tag: Tag, attrs: &Attrs, class: &str) -> (Tag, Direction) {
        let mut tag = tag.with_some("id", self.plan.anchor_id(attrs.anchor()));
        let own = Some(class).filter(|c| !c.is_empty());
        let given = attrs.classes().iter().map(String::as_str).filter(|c| !c.trim().is_empty());
        let classes: Vec<&str> = own.into_iter().chain(given).collect();
        if !classes.is_empty() {
            tag = tag.with("class", &classes.join(" "));
        }
        let mut dir = attrs.dir();
        if let Some(lang) = attrs.lang() {
            tag = tag.with("lang", lang.tag()).with("xml:lang", lang.tag());
            dir = dir.or(Some(lang.direction()).filter(|d| *d != self.dir));
        }
        tag = tag.with_some("dir", dir.map(dir_name));
        (tag, dir.unwrap_or(self.dir))
    }

    /// The tag of code, which runs to the right in every language.
    fn runs_right(&self, tag: Tag, attrs: &Attrs) -> Tag {
        let said = self.dir == Direction::Rtl && attrs.dir().is_none() && attrs.lang().is_none();
        tag.with_some("dir", said.then_some(dir_name(Direction::Ltr)))
    }

    /// Words the tool says, in the face at hand.
    fn say(&mut self, text: &str) {
        self.usage.note(self.voice, text);
        self.x.text(text);
    }

    /// Marks of printed pages that begin with a block.
    fn block_marks(&mut self, node: NodeId) {
        let plan = self.plan;
        for mark in plan.marks(node) {
            self.page_mark("div", *mark);
            self.x.newline();
        }
    }

    /// Marks of printed pages that begin within a title, before it: inside it
    /// they would become part of its name.
    fn marks_ahead(&mut self, runs: &[&[Inline]]) {
        struct Nodes(Vec<NodeId>);
        impl Visitor for Nodes {
            fn inline(&mut self, inline: &Inline) {
                self.0.push(inline.id);
                walk_inline(self, inline);
            }
        }
        let mut nodes = Nodes(Vec::new());
        runs.iter().for_each(|run| nodes.inlines(run));
        nodes.0.into_iter().for_each(|node| self.block_marks(node));
    }

    /// Writes `body` without marks of printed pages; they are ahead of it.
    fn unmarked(&mut self, body: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.marking, false);
        body(self);
        self.marking = before;
    }

    fn page_mark(&mut self, name: &'static str, mark: Mark) {
        let plan = self.plan;
        let id = plan.page_id(mark.index);
        if !self.marking || self.pages.contains_key(&mark.index) {
            return;
        }
        self.pages.insert(mark.index, format!("{}#{id}", self.href));
        let tag = Tag::new(name)
            .means(Meaning::both("pagebreak", "doc-pagebreak"))
            .with("id", id)
            .with("aria-label", plan.page_label(mark.index));
        self.x.element(tag, |_| {});
    }
}

/// What every document of the archive begins with.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    /// The title of the document.
    pub title: &'a str,
    /// Its language.
    pub lang: &'a Lang,
    /// Which way it runs.
    pub dir: Direction,
    /// Whether the book adds rules of its own.
    pub extra_css: bool,
}

impl Frame<'_> {
    /// Opens the document up to its body; the name closes it.
    pub fn open(&self, x: &mut Xml) -> &'static str {
        x.doctype("html");
        let tag = Tag::new("html")
            .with("xmlns", "http://www.w3.org/1999/xhtml")
            .with("xmlns:epub", "http://www.idpf.org/2007/ops")
            .with("lang", self.lang.tag())
            .with("xml:lang", self.lang.tag())
            .with_some("dir", unusual(self.dir));
        let html = x.start(tag);
        x.newline();
        x.element(Tag::new("head"), |x| {
            x.newline();
            x.empty(Tag::new("meta").with("charset", "utf-8"));
            x.newline();
            x.line(Tag::new("title"), self.title);
            style_link(x, "stylesheet.css");
            if self.extra_css {
                style_link(x, "extra.css");
            }
        });
        x.newline();
        html
    }
}

fn style_link(x: &mut Xml, href: &str) {
    let tag = Tag::new("link").with("rel", "stylesheet").with("type", "text/css");
    x.empty(tag.with("href", href));
    x.newline();
}

/// The direction of a document, where it must be said.
pub(super) fn unusual(dir: Direction) -> Option<&'static str> {
    match dir {
        Direction::Ltr => None,
        Direction::Rtl => Some(dir_name(dir)),
    }
}

fn dir_name(dir: Direction) -> &'static str {
    match dir {
        Direction::Ltr => "ltr",
        Direction::Rtl => "rtl",
    }
}
