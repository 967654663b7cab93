//! The shared document model: what the book means, never how it looks.
//!
//! The reader fills it, `resolve` completes it (ids, numbers, references),
//! `finalize` decides what both outputs share, and both exporters read it. The enums are closed on purpose: when a kind is
//! added, the compiler finds every exporter that must learn it.
//!
//! A link within the book is an address at first ([`LinkTarget::Written`]), then
//! a name ([`LinkTarget::Named`]); after `resolve`, which reports what leads
//! nowhere, exporters see [`AnchorId`]s only.

mod address;
mod attrs;
mod block;
mod chapter;
mod contents;
mod dump;
mod generated;
mod inline;
mod meta;
mod number;
mod opening;
mod table;
mod visit;
mod works;

pub use address::{AddressFault, ExternalAddress};
pub use attrs::{Attrs, Direction, Lang};
pub use block::{
    AdmonitionKind, Align, Block, BlockKind, Cell, Definition, Indent, IndexEntry, IndexPlace,
    List, ListItem, ListStyle, QuoteRole, Row, Table, TocEntry, Token, TokenKind, VerseLine,
};
pub use chapter::{Chapter, Matter, Role};
pub use contents::{ContentsEntry, EntryLabel};
pub use dump::dump;
pub use generated::{GeneratedPage, TitlePage};
pub use inline::{
    CodeRole, IndexTerm, Inline, InlineKind, LinkRole, LinkTarget, Otherwise, PlaceName, RefForm,
    RubyPart, SpanRole, TermRange,
};
pub use meta::{Contributor, ContributorRole, Exemption, Metadata, Series};
pub use number::{Number, Numbering, Numeral, roman};
pub use opening::{LeadIn, Opening};
pub use visit::{
    Visitor, VisitorMut, plain_text, shown_text, walk_block, walk_block_mut, walk_chapter,
    walk_chapter_mut, walk_inline, walk_inline_mut,
};
pub use works::{Works, WorksFile, WorksFormat, WorksStyle};

use std::sync::Arc;

use crate::source::Span;

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
    /// The works it cites; `None` if it has no bibliography.
    pub works: Option<Works>,
    /// What of it is numbered.
    pub numbering: Numbering,
}

impl Book {
    /// The chapter with this id.
    pub fn chapter(&self, id: ChapterId) -> Option<&Chapter> {
        self.chapters.get(id.0 as usize)
    }

    /// Whether chapters stand under chapters. Their numbers have parts then, and
    /// lists of chapters tell them.
    pub fn nests(&self) -> bool {
        self.chapters.iter().any(|chapter| chapter.depth > 0)
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

/// A picture as it is used at a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// The file.
    pub source: ImageId,
    /// What a reader who can't see it is told.
    pub alt: Alt,
    /// How wide it is to be set, where the text says so.
    pub width: Option<ImageWidth>,
    /// Where it is named.
    pub span: Span,
}

/// How wide a picture is to be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageWidth {
    /// A share of the measure, in hundredths.
    Percent(u8),
    /// So many CSS pixels, of which 96 are an inch.
    Pixels(u16),
}

impl ImageWidth {
    /// Reads a width as HTML, CSS and pandoc have it: `60%`, `300`, `300px`,
    /// `4cm`, `40mm`, `2in`, `120pt`; nothing for any other.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches(['"', '\'']).trim();
        let unit = text.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(text.len());
        let number: f64 = text.get(..unit)?.parse().ok().filter(|n| *n > 0.0)?;
        let pixels = match text.get(unit..)?.trim() {
            // The value is positive, and a width beyond the bounds is cut to them.
            "%" => return Some(Self::Percent(number.clamp(1.0, 100.0).round() as u8)),
            "" | "px" => number,
            "in" => number * 96.0,
            "cm" => number * 96.0 / 2.54,
            "mm" => number * 96.0 / 25.4,
            "pt" => number * 96.0 / 72.0,
            _ => return None,
        };
        Some(Self::Pixels(pixels.clamp(1.0, 20_000.0).round() as u16))
    }
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
    /// Whether the picture is decoration: no content of the book, and passed over
    /// by those who listen to it.
    pub fn is_decorative(&self) -> bool {
        matches!(self, Alt::Decorative)
    }

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
    /// Where its bytes are.
    pub content: ImageContent,
    /// The alternative text of its first use, if it has any.
    pub alt: Option<String>,
    /// Where it is shown first.
    pub placement: Placement,
}

/// Where the bytes of a picture are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageContent {
    /// In the file at its path.
    File,
    /// In the manuscript's text; the path only names it.
    Embedded(Arc<[u8]>),
    /// Nowhere. That was reported, and a frame with the alternative text and the
    /// path is shown instead.
    Missing,
}

/// Where a picture is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Placement {
    /// By itself: a figure, or what opens a chapter.
    Block,
    /// Among the words of a line.
    Line,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Its name in the manuscript; `None` for one that a citation became.
    pub label: Option<String>,
    /// The chapter it belongs to.
    pub chapter: ChapterId,
    /// Its number in the chapter, from one, in the order of the marks.
    pub number: u32,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it stands.
    pub span: Span,
}

impl Note {
    /// What people are told of it.
    fn name(&self) -> &str {
        self.label.as_deref().unwrap_or("citation")
    }
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
    /// The words of the title there, for lists and references: of the nearest
    /// heading before it where the place has none of its own.
    pub title: String,
    /// The number of what is there, if it has one.
    pub number: Option<Number>,
}

/// What an anchor marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnchorTarget {
    /// The beginning of its chapter.
    Chapter,
    /// A heading, with its level.
    Heading(NodeId, u8),
    /// A figure.
    Figure(NodeId),
    /// A table.
    Table(NodeId),
    /// A formula that is set off.
    Equation(NodeId),
    /// Another block or an inline.
    Node(NodeId),
}
