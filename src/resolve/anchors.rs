//! Every place that can be linked to, with an id that is unique in the book.

use std::collections::{BTreeMap, BTreeSet};

use super::{index, lists};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Anchor, AnchorId, AnchorTarget, Attrs, Block, BlockKind, Book, Chapter, ChapterId, Inline,
    InlineKind, NodeId, Note, Number, Role, Visitor, VisitorMut, plain_text, walk_block,
    walk_block_mut, walk_chapter_mut, walk_inline, walk_inline_mut,
};
use crate::names::{slug, slug_or, unique};
use crate::source::Span;

/// The names by which links find anchors.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The anchors of the chapters, by stem.
    pub chapters: BTreeMap<String, (ChapterId, AnchorId)>,
    /// The anchors within each chapter, by given id, slug and final id.
    pub within: Vec<BTreeMap<String, AnchorId>>,
}

impl Names {
    /// The anchor of a name in a chapter: as it is, or by its slug, which takes
    /// in the ids that other tools make of a heading.
    pub fn in_chapter(&self, chapter: ChapterId, name: &str) -> Option<AnchorId> {
        let names = self.within.get(chapter.0 as usize)?;
        names.get(name).or_else(|| names.get(&slug(name))).copied()
    }

    /// The anchor of a name anywhere, the first in reading order.
    pub fn anywhere(&self, name: &str) -> Option<AnchorId> {
        let exact = self.within.iter().find_map(|names| names.get(name));
        let slug = slug(name);
        exact.or_else(|| self.within.iter().find_map(|names| names.get(&slug))).copied()
    }
}

/// Numbers all nodes in reading order and gives an anchor to every chapter,
/// heading and node with an id.
pub(super) fn collect(book: &mut Book, diagnostics: &mut Diagnostics) -> Names {
    let mut collector = Collector {
        given: given_ids(book),
        used: BTreeSet::new(),
        anchors: Vec::new(),
        names: Names { within: vec![BTreeMap::new(); book.chapters.len()], ..Names::default() },
        seen: vec![BTreeSet::new(); book.chapters.len()],
        words: vec![BTreeMap::new(); book.chapters.len()],
        chapter: ChapterId(0),
        opened: Vec::with_capacity(book.chapters.len()),
        stem: String::new(),
        title: String::new(),
        figures: book.chapters.iter().any(|c| c.role == Role::ListOfFigures),
        tables: book.chapters.iter().any(|c| c.role == Role::ListOfTables),
        index: index::wanted(book),
        marks: 0,
        next: 0,
        diagnostics,
    };
    collector.book(book);
    book.anchors = collector.anchors;
    collector.names
}

/// All ids that writers have given, as XML ids: no made one may be the same.
fn given_ids(book: &Book) -> BTreeSet<String> {
    struct Given(BTreeSet<String>);
    impl Visitor for Given {
        fn block(&mut self, block: &Block) {
            self.0.extend(block.attrs.id().map(|id| xml_id(id, "id-")));
            walk_block(self, block);
        }
        fn inline(&mut self, inline: &Inline) {
            self.0.extend(inline.attrs.id().map(|id| xml_id(id, "id-")));
            walk_inline(self, inline);
        }
    }
    let mut given = Given(BTreeSet::new());
    given.book(book);
    given.0
}

struct Collector<'d> {
    given: BTreeSet<String>,
    used: BTreeSet<String>,
    anchors: Vec<Anchor>,
    names: Names,
    /// The given ids of each chapter so far.
    seen: Vec<BTreeSet<String>>,
    /// How often each chapter has had a heading of the same words.
    words: Vec<BTreeMap<String, u32>>,
    chapter: ChapterId,
    /// The stem and the words of the title of each chapter so far.
    opened: Vec<(String, String)>,
    stem: String,
    /// The words of the last heading.
    title: String,
    /// Whether figures with a caption are listed somewhere.
    figures: bool,
    /// Whether tables with a caption are.
    tables: bool,
    /// Whether there is an index.
    index: bool,
    /// How many marks of the index there have been.
    marks: u32,
    next: u32,
    diagnostics: &'d mut Diagnostics,
}

impl Collector<'_> {
    fn number(&mut self) -> NodeId {
        let id = NodeId(self.next);
        self.next = self.next.saturating_add(1).min(u32::MAX - 1);
        id
    }

    /// Adds an anchor under the wanted id or the next that is free. Its title is
    /// its own, or that of the last heading.
    fn add(
        &mut self,
        wanted: &str,
        target: AnchorTarget,
        number: Option<Number>,
        own: Option<String>,
    ) -> AnchorId {
        let id = unique(wanted, |id| self.used.contains(id));
        self.used.insert(id.clone());
        let anchor = AnchorId(u32::try_from(self.anchors.len()).unwrap_or(u32::MAX));
        let title = own.filter(|own| !own.is_empty()).unwrap_or_else(|| self.title.clone());
        let chapter = self.chapter;
        self.anchors.push(Anchor { chapter, id: id.clone(), target, title, number });
        self.name(id, anchor);
        anchor
    }

    /// Lets a name of this chapter lead to an anchor, if it leads nowhere yet.
    fn name(&mut self, name: String, anchor: AnchorId) {
        if let Some(names) = self.names.within.get_mut(self.chapter.0 as usize) {
            names.entry(name).or_insert(anchor);
        }
    }

    /// Takes an id that the writer has given; whether it is the first of its
    /// name in the chapter. A second one is reported.
    fn claim(&mut self, id: &str, span: Span) -> bool {
        let seen = self.seen.get_mut(self.chapter.0 as usize);
        let first = seen.is_none_or(|seen| seen.insert(id.to_owned()));
        if !first {
            let message = format!("this chapter has two ids `{id}`");
            let found = Diagnostic::at(Code::DuplicateId, span, message);
            self.diagnostics.push(found.hint("Change one of the two ids."));
        }
        first
    }

    /// Adds the anchor of a node whose id the writer has given.
    fn add_given(
        &mut self,
        id: &str,
        span: Span,
        target: AnchorTarget,
        number: Option<Number>,
        own: Option<String>,
    ) -> AnchorId {
        let first = self.claim(id, span);
        let xml = xml_id(id, "id-");
        // The same id in another chapter: this one gets the chapter's name before it.
        let wanted = if self.used.contains(&xml) {
            xml_id(&format!("{}-{xml}", self.stem), "id-")
        } else {
            xml
        };
        let anchor = self.add(&wanted, target, number, own);
        if first && let Some(names) = self.names.within.get_mut(self.chapter.0 as usize) {
            names.insert(id.to_owned(), anchor);
        }
        anchor
    }

    /// Lets the words of a heading lead to it, as other tools make ids of them:
    /// the second of the same words has `-1` after it, and so on.
    fn name_of_words(&mut self, anchor: AnchorId) {
        let (slug, web) = (slug(&self.title), web_id(&self.title));
        if web != slug {
            self.name_as_counted(web, anchor);
        }
        self.name_as_counted(slug, anchor);
    }

    fn name_as_counted(&mut self, name: String, anchor: AnchorId) {
        if let Some(times) = self.words.get_mut(self.chapter.0 as usize) {
            let before = times.entry(name.clone()).or_insert(0);
            let numbered = format!("{name}-{before}");
            let first = *before == 0;
            *before += 1;
            self.name(if first { name } else { numbered }, anchor);
        }
    }

    /// Adds the anchor of a heading without an id: its words make one.
    fn add_made(&mut self, target: AnchorTarget, number: Option<Number>) -> AnchorId {
        let name = slug_or(&self.title, "section");
        let wanted = xml_id(&name, "s-");
        let free = unique(&wanted, |id| self.used.contains(id) || self.given.contains(id));
        self.add(&free, target, number, None)
    }

    fn given(&mut self, attrs: &mut Attrs, span: Span, node: NodeId) {
        if let Some(id) = attrs.id().map(str::to_owned) {
            let anchor = self.add_given(&id, span, AnchorTarget::Node(node), None, None);
            attrs.set_anchor(anchor);
        }
    }

    /// The anchor of a figure, table or formula: of one with an id, and of one
    /// that a list will name.
    fn captioned(
        &mut self,
        (attrs, span): (&mut Attrs, Span),
        target: AnchorTarget,
        caption: &[Inline],
        listed: Option<&str>,
    ) {
        let own = Some(lists::title_of(caption));
        let number = attrs.number().cloned();
        match (attrs.id().map(str::to_owned), listed) {
            (Some(id), _) => {
                attrs.set_anchor(self.add_given(&id, span, target, number, own));
            }
            (None, Some(name)) if !caption.is_empty() => {
                let wanted = match &number {
                    Some(number) => format!("{name}-{number}"),
                    None => format!("{name}-{}", self.anchors.len()),
                };
                let free = unique(&wanted, |id| self.used.contains(id) || self.given.contains(id));
                attrs.set_anchor(self.add(&free, target, number, own));
            }
            (None, _) => {}
        }
    }
}

impl VisitorMut for Collector<'_> {
    fn chapter(&mut self, id: ChapterId, chapter: &mut Chapter) {
        self.chapter = id;
        self.stem.clone_from(&chapter.stem);
        self.title = plain_text(&chapter.title);
        self.opened.push((self.stem.clone(), self.title.clone()));
        let wanted = xml_id(&chapter.stem, "ch-");
        let number = chapter.number.clone();
        let anchor = self.add(&wanted, AnchorTarget::Chapter, number, None);
        chapter.anchor = Some(anchor);
        if !self.title.is_empty() {
            self.name_of_words(anchor);
        }
        if let Some(id) = &chapter.id {
            self.claim(id, chapter.span);
            self.name(id.clone(), anchor);
        }
        self.names.chapters.insert(chapter.stem.clone(), (id, anchor));
        walk_chapter_mut(self, chapter);
    }

    /// Other words for a title are no place of their own.
    fn listed(&mut self, _: &mut [Inline]) {}

    fn note(&mut self, note: &mut Note) {
        self.chapter = note.chapter;
        let of = self.opened.get(note.chapter.0 as usize).cloned();
        (self.stem, self.title) = of.unwrap_or_default();
        self.blocks(&mut note.blocks);
    }

    fn block(&mut self, block: &mut Block) {
        block.id = self.number();
        let node = block.id;
        let place = (&mut block.attrs, block.span);
        match &block.kind {
            BlockKind::Heading { level, content } => {
                self.title = plain_text(content);
                let target = AnchorTarget::Heading(node, *level);
                let number = block.attrs.number().cloned();
                let anchor = match block.attrs.id().map(str::to_owned) {
                    Some(id) => self.add_given(&id, block.span, target, number, None),
                    None => self.add_made(target, number),
                };
                self.name_of_words(anchor);
                block.attrs.set_anchor(anchor);
            }
            BlockKind::Figure { caption, .. } => {
                let listed = self.figures.then_some("figure");
                self.captioned(place, AnchorTarget::Figure(node), caption, listed);
            }
            BlockKind::Table(table) => {
                let listed = self.tables.then_some("table");
                self.captioned(place, AnchorTarget::Table(node), &table.caption, listed);
            }
            BlockKind::Math(_) => self.captioned(place, AnchorTarget::Equation(node), &[], None),
            _ => self.given(&mut block.attrs, block.span, node),
        }
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        inline.id = self.number();
        let node = inline.id;
        match &inline.kind {
            InlineKind::IndexMark(term) if self.index && term.see.is_none() => {
                self.marks = self.marks.saturating_add(1);
                let wanted = format!("ix-{}", self.marks);
                let free = unique(&wanted, |id| self.used.contains(id) || self.given.contains(id));
                let anchor = self.add(&free, AnchorTarget::Node(node), None, None);
                inline.attrs.set_anchor(anchor);
            }
            _ => self.given(&mut inline.attrs, inline.span, node),
        }
        walk_inline_mut(self, inline);
    }
}

/// The id that mdBook and GitHub make of a heading: letters and digits of any
/// script, hyphens for spaces, other marks left out.
fn web_id(title: &str) -> String {
    let kept = title.trim().chars().flat_map(char::to_lowercase).filter_map(|c| match c {
        c if c.is_alphanumeric() || matches!(c, '_' | '-') => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.collect()
}

/// A name as an XML id (XML 1.0, section 2.3, without colons): letters, digits,
/// `.`, `-` and `_`, and neither digit nor mark at the beginning; where there
/// is one, the given prefix goes before it.
fn xml_id(name: &str, prefix: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' })
        .collect();
    if plain.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        plain
    } else {
        format!("{prefix}{plain}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_the_web_keep_letters_and_hyphens_alone() {
        assert_eq!(web_id("The `Vec<T>` type & co."), "the-vect-type--co");
        assert_eq!(web_id("Über C++"), "über-c");
    }

    #[test]
    fn ids_are_fit_for_xml() {
        assert_eq!(xml_id("the-well", "s-"), "the-well");
        assert_eq!(xml_id("1492", "s-"), "s-1492");
        assert_eq!(xml_id("a b:c", "s-"), "a-b-c");
        assert_eq!(xml_id("", "s-"), "s-");
    }
}
