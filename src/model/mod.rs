//! The shared document model: what the book means, never how it looks.
//!
//! The reader fills it, `resolve` completes it (ids, numbers, references), and
//! both exporters read it. The enums are closed on purpose: when a kind is
//! added, the compiler finds every exporter that must learn it.
//!
//! Before `resolve`, a link within the book is a name
//! ([`LinkTarget::Unresolved`]); after it, exporters see [`AnchorId`]s only.

mod attrs;
mod dump;
mod meta;
mod visit;

pub use attrs::{Attrs, Direction, Lang};
pub use dump::dump;
pub use meta::{Contributor, ContributorRole, Exemption, Metadata, Series};
pub use visit::{
    Visitor, VisitorMut, plain_text, walk_block, walk_block_mut, walk_inline, walk_inline_mut,
};

use crate::source::{FileId, Span};

/// A block or inline of a resolved book: unique in it, counted in reading
/// order. Before `resolve` every node has [`NodeId::NONE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

impl NodeId {
    /// Not numbered yet.
    pub const NONE: NodeId = NodeId(u32::MAX);
}

/// A chapter by its place in [`Book::chapters`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChapterId(pub u32);

/// A footnote by its place in [`Book::notes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NoteId(pub u32);

/// A picture by its place in [`Book::images`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ImageId(pub u32);

/// A place that can be linked to, by its place in [`Book::anchors`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AnchorId(pub u32);

/// A whole book.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Book {
    /// What is known about it: title, authors, language, rights.
    pub meta: Metadata,
    /// The chapters in reading order, front matter and back matter among them.
    pub chapters: Vec<Chapter>,
    /// The footnotes, chapter by chapter, in the order of their first mark.
    pub notes: Vec<Note>,
    /// The pictures, each file once.
    pub images: Vec<ImageSource>,
    /// The places that can be linked to; filled by `resolve`.
    pub anchors: Vec<Anchor>,
}

impl Book {
    /// The chapter with this id.
    pub fn chapter(&self, id: ChapterId) -> Option<&Chapter> {
        self.chapters.get(id.0 as usize)
    }

    /// The footnote with this id.
    pub fn note(&self, id: NoteId) -> Option<&Note> {
        self.notes.get(id.0 as usize)
    }

    /// The anchor with this id.
    pub fn anchor(&self, id: AnchorId) -> Option<&Anchor> {
        self.anchors.get(id.0 as usize)
    }

    /// The picture with this id.
    pub fn image(&self, id: ImageId) -> Option<&ImageSource> {
        self.images.get(id.0 as usize)
    }
}

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
    /// About the author.
    AboutAuthor,
    /// How the book was made.
    Colophon,
}

impl Role {
    /// All roles, in the order of the enum.
    pub const ALL: [Role; 19] = [
        Role::HalfTitle,
        Role::TitlePage,
        Role::Copyright,
        Role::Contents,
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
            | Role::AboutAuthor
            | Role::Colophon => Matter::Back,
        }
    }

    /// Whether it is a page made from the metadata when no file is given.
    pub fn is_generated(self) -> bool {
        matches!(self, Role::HalfTitle | Role::TitlePage | Role::Copyright | Role::Contents)
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
    /// What it is.
    pub role: Role,
    /// Where it belongs.
    pub matter: Matter,
    /// Its number among the numbered chapters of its role, from one; set by `resolve`.
    pub number: Option<u32>,
    /// Its title; empty where it has none.
    pub title: Vec<Inline>,
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
    /// Where it is named: in `book.toml`, or its title in its file.
    pub span: Span,
}

/// A block of text with its identity and place.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Its identity; set by `resolve`.
    pub id: NodeId,
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
    /// Id, classes, language, and its anchor once resolved.
    pub attrs: Attrs,
}

impl Block {
    /// A block without attributes.
    pub fn new(kind: BlockKind, span: Span) -> Self {
        Self { id: NodeId::NONE, kind, span, attrs: Attrs::default() }
    }
}

/// The kinds of block.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A section heading. The chapter's title is level 1 and not among the
    /// blocks; sections are levels 2 to 6, and no level is skipped.
    Heading {
        /// 2 to 6.
        level: u8,
        /// The words.
        content: Vec<Inline>,
    },
    /// A list.
    List(List),
    /// A quotation set off from the text.
    Quote {
        /// Plain, pull quote or epigraph.
        role: QuoteRole,
        /// The quoted text.
        blocks: Vec<Block>,
        /// Who said it; empty where the text doesn't say.
        source: Vec<Inline>,
    },
    /// A note set apart: tip, warning and the like.
    Admonition {
        /// Which kind.
        kind: AdmonitionKind,
        /// Its text.
        blocks: Vec<Block>,
    },
    /// A listing.
    Code {
        /// The language named at the fence.
        lang: Option<String>,
        /// The text, with its line ends.
        text: String,
    },
    /// A picture or several in a paragraph of their own, with a caption.
    Figure {
        /// At least one.
        images: Vec<Image>,
        /// Empty where there is none.
        caption: Vec<Inline>,
    },
    /// A table.
    Table(Table),
    /// Terms with their definitions.
    DefinitionList(Vec<Definition>),
    /// Lines of verse in stanzas.
    Verse(Vec<Vec<VerseLine>>),
    /// A break in the thought: an ornament in a space.
    SceneBreak,
    /// A group of blocks with attributes.
    Div(Vec<Block>),
    /// The text goes on on a new page.
    PageBreak,
    /// A formula set off from the text, in TeX.
    Math(String),
}

/// A list of items.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// The first number of an ordered list; `None` for bullets.
    pub start: Option<u64>,
    /// No blank lines between items in the manuscript.
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListItem {
    /// For task lists: whether it is done.
    pub checked: Option<bool>,
    /// What it says. Items of tight lists hold paragraphs as well.
    pub blocks: Vec<Block>,
    /// Where it stands.
    pub span: Span,
}

/// What a quotation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuoteRole {
    /// An extract.
    Plain,
    /// A sentence of the text shown large.
    Pull,
    /// A motto before the text.
    Epigraph,
}

/// The kinds of admonition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AdmonitionKind {
    /// Worth knowing.
    Note,
    /// Helpful.
    Tip,
    /// Not to be missed.
    Important,
    /// Look out.
    Warning,
    /// Danger.
    Caution,
}

/// A table with at most one head.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// How each column is ranged.
    pub columns: Vec<Align>,
    /// The rows of the head; empty where there is none.
    pub head: Vec<Row>,
    /// The rows below it.
    pub rows: Vec<Row>,
    /// Its caption; empty where there is none.
    pub caption: Vec<Inline>,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// As many as the table has columns.
    pub cells: Vec<Cell>,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What it says.
    pub content: Vec<Inline>,
    /// Where it stands.
    pub span: Span,
}

/// How a column is ranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Align {
    /// As the text runs.
    #[default]
    Start,
    /// To the middle.
    Center,
    /// Against the text.
    End,
}

/// A term or several with what they mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// The terms.
    pub terms: Vec<Vec<Inline>>,
    /// What they mean, each a run of blocks.
    pub meanings: Vec<Vec<Block>>,
}

/// A line of verse.
#[derive(Debug, Clone, PartialEq)]
pub struct VerseLine {
    /// How far it is indented, in steps.
    pub indent: u8,
    /// The words.
    pub content: Vec<Inline>,
}

/// A piece of running text with its identity and place.
#[derive(Debug, Clone, PartialEq)]
pub struct Inline {
    /// Its identity; set by `resolve`.
    pub id: NodeId,
    /// What it is.
    pub kind: InlineKind,
    /// Where it stands.
    pub span: Span,
    /// Id, classes, language, and its anchor once resolved.
    pub attrs: Attrs,
}

impl Inline {
    /// An inline without attributes.
    pub fn new(kind: InlineKind, span: Span) -> Self {
        Self { id: NodeId::NONE, kind, span, attrs: Attrs::default() }
    }

    /// A run of plain text.
    pub fn text(text: impl Into<String>, span: Span) -> Self {
        Self::new(InlineKind::Text(text.into()), span)
    }
}

/// The kinds of inline.
#[derive(Debug, Clone, PartialEq)]
pub enum InlineKind {
    /// Words, with quotes and dashes as they are to be printed.
    Text(String),
    /// Emphasis.
    Emph(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck out.
    Strike(Vec<Inline>),
    /// Small capitals.
    SmallCaps(Vec<Inline>),
    /// Subscript.
    Sub(Vec<Inline>),
    /// Superscript.
    Sup(Vec<Inline>),
    /// Code, keys, sample output.
    Code(String),
    /// A link.
    Link {
        /// Where it leads.
        target: LinkTarget,
        /// The words.
        content: Vec<Inline>,
    },
    /// A cross-reference whose words the tool writes.
    Ref {
        /// What it refers to.
        target: LinkTarget,
        /// What it says.
        form: RefForm,
    },
    /// A picture within a line.
    Image(Image),
    /// The mark of a footnote.
    Note(NoteId),
    /// A line end that is only one in the manuscript: a space.
    SoftBreak,
    /// A line end that is meant.
    HardBreak,
    /// A formula in TeX.
    Math(String),
    /// A group with attributes.
    Span(Vec<Inline>),
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// Out of the book.
    External(String),
    /// Somewhere in the book, as the manuscript names it; gone after `resolve`.
    Unresolved(String),
    /// Somewhere in the book.
    Anchor(AnchorId),
}

/// What a cross-reference says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefForm {
    /// The number of what it refers to.
    Number,
    /// Its title.
    Title,
    /// Its page on paper, its title on a reader.
    Page,
}

/// A picture as it is used at a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// The file.
    pub source: ImageId,
    /// What a reader who can't see it is told.
    pub alt: Alt,
    /// Where it is named.
    pub span: Span,
}

/// The alternative to seeing a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alt {
    /// What there is to see.
    Text(String),
    /// It says nothing that the text doesn't.
    Decorative,
    /// The writer has not said; reported, and no conformance is claimed.
    Missing,
}

impl Alt {
    /// The text, or nothing.
    pub fn text(&self) -> &str {
        match self {
            Alt::Text(text) => text,
            Alt::Decorative | Alt::Missing => "",
        }
    }
}

/// A picture file of the manuscript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageSource {
    /// Relative to the book's folder, with `/`, without `.` or `..` parts.
    pub path: String,
    /// Where it is named first.
    pub span: Span,
    /// How wide it is to be set, as a share of the measure; `book.toml` may say.
    pub width: Option<u8>,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Its name in the manuscript.
    pub label: String,
    /// The chapter it belongs to.
    pub chapter: ChapterId,
    /// Its number in the chapter, from one, in the order of the marks.
    pub number: u32,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it stands.
    pub span: Span,
}

/// A place in the book that can be linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The chapter it is in.
    pub chapter: ChapterId,
    /// An XML id, unique in the whole book.
    pub id: String,
    /// What it is the place of.
    pub target: AnchorTarget,
    /// The words of the title there, for lists and references.
    pub title: String,
}

/// What an anchor marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnchorTarget {
    /// The beginning of its chapter.
    Chapter,
    /// A heading, with its level.
    Heading(NodeId, u8),
    /// Another block or an inline.
    Node(NodeId),
}
