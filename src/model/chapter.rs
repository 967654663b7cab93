//! Chapters: what they are, where they belong, what is in them.

use super::{AnchorId, Block, ContentsEntry, GeneratedPage, Image, Inline, Lang, Number, Opening};
use crate::source::{FileId, Span};

/// Which part of the book a chapter belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Matter {
    /// Before the text: title page, contents, preface. Roman folios.
    Front,
    /// The text.
    Main,
    /// After the text: notes, colophon.
    Back,
}

/// What a chapter is in the book.
///
/// Those from `HalfTitle` to `Contents` may come without a file: they are made
/// from the metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The title alone, on the first leaf.
    HalfTitle,
    /// Title, subtitle, author, imprint.
    TitlePage,
    /// Rights and edition, on the back of the title page.
    Copyright,
    /// The table of contents.
    Contents,
    /// The figures with their pages.
    ListOfFigures,
    /// The tables with their pages.
    ListOfTables,
    /// To whom the book is given.
    Dedication,
    /// A quotation before the text.
    Epigraph,
    /// A foreword by somebody else.
    Foreword,
    /// A preface by the author.
    Preface,
    /// An introduction.
    Introduction,
    /// A page that opens a part of the book.
    Part,
    /// A chapter or essay.
    Chapter,
    /// An appendix.
    Appendix,
    /// An afterword.
    Afterword,
    /// Thanks.
    Acknowledgements,
    /// Notes on sources and the like.
    Notes,
    /// A list of books.
    Bibliography,
    /// A glossary.
    Glossary,
    /// Terms with the pages they are on.
    Index,
    /// About the author.
    AboutAuthor,
    /// How the book was made.
    Colophon,
}

impl Role {
    /// All roles, in the order of the enum.
    pub const ALL: [Role; 22] = [
        Role::HalfTitle,
        Role::TitlePage,
        Role::Copyright,
        Role::Contents,
        Role::ListOfFigures,
        Role::ListOfTables,
        Role::Dedication,
        Role::Epigraph,
        Role::Foreword,
        Role::Preface,
        Role::Introduction,
        Role::Part,
        Role::Chapter,
        Role::Appendix,
        Role::Afterword,
        Role::Acknowledgements,
        Role::Notes,
        Role::Bibliography,
        Role::Glossary,
        Role::Index,
        Role::AboutAuthor,
        Role::Colophon,
    ];

    /// The name used in `book.toml` and in dumps.
    pub fn name(self) -> &'static str {
        match self {
            Role::HalfTitle => "half-title",
            Role::TitlePage => "title-page",
            Role::Copyright => "copyright",
            Role::Contents => "contents",
            Role::ListOfFigures => "list-of-figures",
            Role::ListOfTables => "list-of-tables",
            Role::Dedication => "dedication",
            Role::Epigraph => "epigraph",
            Role::Foreword => "foreword",
            Role::Preface => "preface",
            Role::Introduction => "introduction",
            Role::Part => "part",
            Role::Chapter => "chapter",
            Role::Appendix => "appendix",
            Role::Afterword => "afterword",
            Role::Acknowledgements => "acknowledgements",
            Role::Notes => "notes",
            Role::Bibliography => "bibliography",
            Role::Glossary => "glossary",
            Role::Index => "index",
            Role::AboutAuthor => "about-author",
            Role::Colophon => "colophon",
        }
    }

    /// The matter a chapter of this role belongs to unless `book.toml` says otherwise.
    pub fn matter(self) -> Matter {
        match self {
            Role::HalfTitle
            | Role::TitlePage
            | Role::Copyright
            | Role::Contents
            | Role::ListOfFigures
            | Role::ListOfTables
            | Role::Dedication
            | Role::Epigraph
            | Role::Foreword
            | Role::Preface => Matter::Front,
            Role::Introduction | Role::Part | Role::Chapter => Matter::Main,
            Role::Appendix
            | Role::Afterword
            | Role::Acknowledgements
            | Role::Notes
            | Role::Bibliography
            | Role::Glossary
            | Role::Index
            | Role::AboutAuthor
            | Role::Colophon => Matter::Back,
        }
    }

    /// Whether it is a page made from the metadata when no file is given.
    pub fn is_generated(self) -> bool {
        matches!(self, Role::HalfTitle | Role::TitlePage | Role::Copyright | Role::Contents)
    }

    /// Whether it is gathered from the rest of the book when no file is given:
    /// it needs none, and a file gives it only a title and what goes before.
    pub fn is_gathered(self) -> bool {
        matches!(self, Role::ListOfFigures | Role::ListOfTables | Role::Bibliography | Role::Index)
    }

    /// Whether the contents list it.
    pub fn in_contents(self) -> bool {
        !matches!(
            self,
            Role::HalfTitle
                | Role::TitlePage
                | Role::Copyright
                | Role::Contents
                | Role::Dedication
                | Role::Epigraph
        )
    }
}

/// One chapter: one file of the manuscript, one XHTML file, one run of pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// The file it was read from; `None` for a page made from the metadata.
    pub file: Option<FileId>,
    /// A short name, unique in the book, fit for file names: `01-guide`.
    pub stem: String,
    /// The id the writer gave its title.
    pub id: Option<String>,
    /// What it is.
    pub role: Role,
    /// Where it belongs.
    pub matter: Matter,
    /// How many chapters it is under: 0 for most, 1 for a chapter within a
    /// chapter, and so on.
    pub depth: u8,
    /// Whether it is numbered if its role is; `false` for a chapter that the
    /// writer wants without a number.
    pub numbered: bool,
    /// Its number among the numbered chapters of its role, from one, below that
    /// of the chapter it is under; set by `resolve`.
    pub number: Option<Number>,
    /// Its title; empty where it has none.
    pub title: Vec<Inline>,
    /// What the contents and running heads call it; empty where that is its title.
    pub listed: Vec<Inline>,
    /// Its subtitle; empty where it has none.
    pub subtitle: Vec<Inline>,
    /// Who wrote it, where that is not the book's author.
    pub authors: Vec<String>,
    /// The picture that opens it.
    pub opener: Option<Image>,
    /// The text without the title, subtitle and opener.
    pub blocks: Vec<Block>,
    /// Its language, where it is not the book's.
    pub lang: Option<Lang>,
    /// The address under which it was published before.
    pub canonical: Option<String>,
    /// The anchor of its beginning; set by `resolve`.
    pub anchor: Option<AnchorId>,
    /// How it begins; set by `finalize`.
    pub opening: Opening,
    /// Its line in the contents; `None` where they don't list it. Set by
    /// `finalize`.
    pub contents_entry: Option<ContentsEntry>,
    /// What the tool makes of it; `None` for a chapter that is the manuscript's
    /// alone. Set by `finalize`.
    pub generated: Option<GeneratedPage>,
    /// Where it is named: in `book.toml`, or its title in its file.
    pub span: Span,
}

impl Chapter {
    /// What lists and running heads call it.
    pub fn name(&self) -> &[Inline] {
        if self.listed.is_empty() { &self.title } else { &self.listed }
    }

    /// A chapter of which nothing but role and name is known.
    pub fn bare(role: Role, stem: impl Into<String>, span: Span) -> Self {
        Self {
            file: None,
            stem: stem.into(),
            id: None,
            role,
            matter: role.matter(),
            depth: 0,
            numbered: true,
            number: None,
            title: Vec::new(),
            listed: Vec::new(),
            subtitle: Vec::new(),
            authors: Vec::new(),
            opener: None,
            blocks: Vec::new(),
            lang: None,
            canonical: None,
            anchor: None,
            opening: Opening::default(),
            contents_entry: None,
            generated: None,
            span,
        }
    }
}
