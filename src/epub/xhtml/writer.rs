//! A document as it is written: its elements, the typeface its text is set in,
//! and the marks of printed pages.

use std::collections::BTreeMap;

use super::frame::{Frame, dir_name, unusual};
use crate::epub::font_usage::{FontUsage, Typeface};
use crate::epub::plan::{Mark, Plan};
use crate::epub::xml::{Meaning, Tag, Xml};
use crate::model::{Attrs, Direction, Inline, Lang, Matter, NodeId, NoteId, Visitor, walk_inline};

/// A document of the book.
#[derive(Debug)]
pub(in crate::epub) struct Page {
    /// Its place in the archive, relative to the package document.
    pub href: String,
    /// The document.
    pub bytes: Vec<u8>,
    /// What it sets in which face.
    pub usage: FontUsage,
    /// The printed pages that begin in it, by their place in the list of
    /// marks, with the address of each.
    pub pages: BTreeMap<usize, String>,
    /// It holds MathML.
    pub math: bool,
    /// It holds a formula that isn't MathML, because it can't be read.
    pub raw_math: bool,
}

/// What the head of a document says.
pub(super) struct Head<'a> {
    pub(super) title: &'a str,
    pub(super) lang: &'a Lang,
    pub(super) matter: Option<Matter>,
}

/// A document being written.
pub(super) struct PageWriter<'a> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) href: &'a str,
    pub(super) x: Xml,
    pub(super) usage: FontUsage,
    pub(super) pages: BTreeMap<usize, String>,
    /// The face that is set in.
    pub(super) typeface: Typeface,
    /// The direction that text runs in.
    pub(super) dir: Direction,
    /// How many bytes of the lead-in are still to come.
    pub(super) lead: usize,
    /// Whether marks of printed pages are written where they stand.
    pub(super) marking: bool,
    /// How many marks of each footnote there have been.
    pub(super) note_refs: BTreeMap<NoteId, usize>,
    /// The footnote whose first paragraph comes next.
    pub(super) note_ahead: Option<NoteId>,
    /// Whether the task is done whose text begins with the next paragraph.
    pub(super) task_ahead: Option<bool>,
    /// Whether there has been a formula.
    pub(super) math: bool,
    /// Whether there has been one that can't be read.
    pub(super) raw_math: bool,
}

impl<'a> PageWriter<'a> {
    pub(super) fn new(plan: &'a Plan<'a>, href: &'a str, lang: &Lang) -> PageWriter<'a> {
        PageWriter {
            plan,
            href,
            x: Xml::document(),
            usage: FontUsage::default(),
            pages: BTreeMap::new(),
            typeface: Typeface::TEXT,
            dir: plan.direction_of(lang),
            lead: 0,
            marking: true,
            note_refs: BTreeMap::new(),
            note_ahead: None,
            task_ahead: None,
            math: false,
            raw_math: false,
        }
    }

    pub(super) fn finish(self) -> Page {
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
    pub(super) fn document(&mut self, head: &Head<'_>, body: impl FnOnce(&mut Self)) {
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
    pub(super) fn element(&mut self, tag: Tag, body: impl FnOnce(&mut Self)) {
        let name = self.x.start(tag);
        body(self);
        self.x.end(name);
    }

    /// An element that holds blocks, each on a line of its own.
    pub(super) fn block(&mut self, tag: Tag, body: impl FnOnce(&mut Self)) {
        let name = self.x.start(tag);
        self.x.newline();
        body(self);
        self.x.end(name);
        self.x.newline();
    }

    /// An element that holds text, on a line of its own.
    pub(super) fn line(&mut self, tag: Tag, body: impl FnOnce(&mut Self)) {
        self.element(tag, body);
        self.x.newline();
    }

    /// Writes `body` in another face.
    pub(super) fn in_typeface(&mut self, typeface: Typeface, body: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.typeface, typeface);
        body(self);
        self.typeface = before;
    }

    /// Adds what a node carries to its tag, and writes `body` in its direction.
    pub(super) fn node(
        &mut self,
        tag: Tag,
        attrs: &Attrs,
        class: &str,
        body: impl FnOnce(&mut Self, Tag),
    ) {
        let (tag, dir) = self.with_attrs(tag, attrs, class);
        let before = std::mem::replace(&mut self.dir, dir);
        body(self, tag);
        self.dir = before;
    }

    pub(super) fn with_attrs(&self, tag: Tag, attrs: &Attrs, class: &str) -> (Tag, Direction) {
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
    pub(super) fn runs_right(&self, tag: Tag, attrs: &Attrs) -> Tag {
        let said = self.dir == Direction::Rtl && attrs.dir().is_none() && attrs.lang().is_none();
        tag.with_some("dir", said.then_some(dir_name(Direction::Ltr)))
    }

    /// Words the tool says, in the face at hand.
    pub(super) fn say(&mut self, text: &str) {
        self.usage.note(self.typeface, text);
        self.x.text(text);
    }

    /// Marks of printed pages that begin with a block.
    pub(super) fn block_marks(&mut self, node: NodeId) {
        let plan = self.plan;
        for mark in plan.marks(node) {
            self.page_mark("div", *mark);
            self.x.newline();
        }
    }

    /// Marks of printed pages that begin within a title, before it: inside it
    /// they would become part of its name.
    pub(super) fn marks_ahead(&mut self, runs: &[&[Inline]]) {
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
    pub(super) fn unmarked(&mut self, body: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.marking, false);
        body(self);
        self.marking = before;
    }

    pub(super) fn page_mark(&mut self, name: &'static str, mark: Mark) {
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
