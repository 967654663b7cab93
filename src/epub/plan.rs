//! Where everything in the archive goes: decided once, before anything is
//! written, so that chapters can be written independently of each other.

use std::collections::BTreeMap;

use super::ids::{Ids, ascii_name};
use super::input::EpubInput;
use super::pictures::Pictures;
use crate::locale::Locale;
use crate::model::{
    AnchorId, AnchorTarget, Chapter, ChapterId, Direction, GeneratedPage, Lang, NodeId, NoteId,
    Role, plain_text,
};

/// A printed page's beginning inside one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    /// The byte in the inline's text.
    pub byte: u32,
    /// The place in [`EpubInput::page_marks`].
    pub index: usize,
}

/// Names of files and ids, and what a chapter needs to know of the others.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// What the EPUB is made from.
    pub input: EpubInput<'a>,
    /// The pictures with their names.
    pub pictures: &'a Pictures,
    /// The tool's own words in the book's language.
    pub locale: &'static Locale,
    files: Vec<Option<String>>,
    title_ids: Vec<String>,
    note_ids: Vec<String>,
    page_ids: Vec<String>,
    marks: BTreeMap<NodeId, Vec<Mark>>,
}

impl<'a> Plan<'a> {
    /// Which way a text in a language runs: the book's own as the book does.
    pub fn direction_of(&self, lang: &Lang) -> Direction {
        let meta = &self.input.book.meta;
        if *lang == meta.language { meta.direction() } else { lang.direction() }
    }

    /// Decides all names.
    pub fn new(input: &EpubInput<'a>, pictures: &'a Pictures) -> Plan<'a> {
        let book = input.book;
        let mut ids = Ids(book.anchors.iter().map(|a| a.id.clone()).collect());
        let files = file_names(&book.chapters);
        let title_ids = book.chapters.iter().map(|c| ids.make(&format!("title-{}", c.stem)));
        let title_ids = title_ids.collect();
        let note_ids = book
            .notes
            .iter()
            .map(|note| {
                let stem = book.chapter(note.chapter).map_or("", |c| c.stem.as_str());
                ids.make(&format!("note-{stem}-{}", note.number))
            })
            .collect();
        let page_ids =
            input.page_marks.iter().map(|m| ids.make(&format!("page-{}", m.label))).collect();
        let mut marks: BTreeMap<NodeId, Vec<Mark>> = BTreeMap::new();
        for (index, mark) in input.page_marks.iter().enumerate() {
            if mark.node != NodeId::NONE {
                marks.entry(mark.node).or_default().push(Mark { byte: mark.byte, index });
            }
        }
        marks.values_mut().for_each(|list| list.sort());
        let locale = Locale::of(&book.meta.language);
        Plan { input: *input, pictures, locale, files, title_ids, note_ids, page_ids, marks }
    }

    /// The file of a chapter; `None` for pages only paper needs.
    pub fn file(&self, id: ChapterId) -> Option<&str> {
        self.files.get(id.0 as usize)?.as_deref()
    }

    /// All chapters that have a file, in reading order.
    pub fn chapters(&self) -> impl Iterator<Item = (ChapterId, &'a Chapter, &str)> {
        let chapters = self.input.book.chapters.iter().zip(0..);
        chapters.filter_map(|(c, n)| {
            let id = ChapterId(n);
            self.file(id).map(|file| (id, c, file))
        })
    }

    /// The id of a chapter's title.
    pub fn title_id(&self, id: ChapterId) -> &str {
        self.title_ids.get(id.0 as usize).map_or("title", String::as_str)
    }

    /// The id of a footnote.
    pub fn note_id(&self, id: NoteId) -> &str {
        self.note_ids.get(id.0 as usize).map_or("note", String::as_str)
    }

    /// The id of the mark of a footnote, counted from one.
    pub fn note_ref_id(&self, id: NoteId, count: usize) -> String {
        match count {
            1 => format!("{}-ref", self.note_id(id)),
            n => format!("{}-ref-{n}", self.note_id(id)),
        }
    }

    /// Where an anchor is, seen from a file.
    pub fn anchor_href(&self, from: &str, id: AnchorId) -> Option<String> {
        let anchor = self.input.book.anchor(id)?;
        let file = self.file(anchor.chapter)?;
        let whole = matches!(anchor.target, AnchorTarget::Chapter) && file != from;
        Some(local_href(from, file, (!whole).then_some(anchor.id.as_str())))
    }

    /// The id an anchor gives its element.
    pub fn anchor_id(&self, id: Option<AnchorId>) -> Option<&'a str> {
        self.input.book.anchor(id?).map(|a| a.id.as_str())
    }

    /// The pages that begin in an inline or at a block.
    pub fn marks(&self, node: NodeId) -> &[Mark] {
        self.marks.get(&node).map_or(&[], Vec::as_slice)
    }

    /// The id of a page's mark.
    pub fn page_id(&self, index: usize) -> &str {
        self.page_ids.get(index).map_or("page", String::as_str)
    }

    /// The folio of a page as it is printed.
    pub fn page_label(&self, index: usize) -> &'a str {
        self.input.page_marks.get(index).map_or("", |m| m.label.as_str())
    }

    /// What a chapter is called by its title or its role.
    pub fn chapter_name(&self, chapter: &Chapter) -> String {
        let title = plain_text(&chapter.title);
        match (title.trim(), chapter.role) {
            ("", Role::TitlePage | Role::HalfTitle) => self.input.book.meta.title.clone(),
            ("", role) => self.locale.role(role).to_owned(),
            (title, _) => title.to_owned(),
        }
    }
}

/// One file a chapter; a half title that is made is left to paper.
fn file_names(chapters: &[Chapter]) -> Vec<Option<String>> {
    let mut taken = Ids(["nav", "cover"].map(String::from).into());
    let names = chapters.iter().map(|chapter| match chapter.generated {
        Some(GeneratedPage::HalfTitle(_)) => None,
        Some(_) | None => Some(format!("{}.xhtml", taken.make(&ascii_name(&chapter.stem)))),
    });
    names.collect()
}

fn local_href(from: &str, file: &str, id: Option<&str>) -> String {
    match id {
        Some(id) if from == file => format!("#{id}"),
        Some(id) => format!("{file}#{id}"),
        None => file.to_owned(),
    }
}
