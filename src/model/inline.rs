//! The kinds of inline.

use std::fmt;

use super::{AnchorId, Attrs, ExternalAddress, Image, NodeId, NoteId};
use crate::source::Span;

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

impl InlineKind {
    /// A group that is nothing of its own.
    pub fn group(content: Vec<Inline>) -> InlineKind {
        InlineKind::Span(SpanRole::Plain, content)
    }

    /// Plain code.
    pub fn code(text: impl Into<String>) -> InlineKind {
        InlineKind::Code(CodeRole::Code, text.into())
    }

    /// A link that is no citation.
    pub fn link(target: LinkTarget, content: Vec<Inline>) -> InlineKind {
        InlineKind::Link { role: LinkRole::Plain, target, content }
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
    /// Words of or for a machine.
    Code(CodeRole, String),
    /// A link.
    Link {
        /// What it is for.
        role: LinkRole,
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
    /// A group: what it is, or that it only carries attributes.
    Span(SpanRole, Vec<Inline>),
    /// Characters with their readings.
    Ruby(Vec<RubyPart>),
    /// A place that the index points at; nothing is shown.
    IndexMark(IndexTerm),
}

/// What words of or for a machine are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CodeRole {
    /// Code.
    #[default]
    Code,
    /// Keys to be pressed.
    Keyboard,
    /// What a program puts out.
    Sample,
}

/// What a group of words is. Only the manuscript's markup decides it; a class
/// that its writer gives is a name for style sheets and means nothing here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SpanRole {
    /// Nothing of its own: the group is there for its attributes.
    #[default]
    Plain,
    /// Words that were added to the text.
    Inserted,
    /// Words with a line under them.
    Underlined,
    /// Words that are marked, as by a highlighter.
    Marked,
    /// A side remark.
    Small,
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LinkRole {
    /// It leads where its words say.
    #[default]
    Plain,
    /// It leads from a citation to its entry in the bibliography, which is found
    /// by name: paper needs no page after it.
    Citation,
}

/// Characters with what is written beside them to say how they are read.
#[derive(Debug, Clone, PartialEq)]
pub struct RubyPart {
    /// The characters.
    pub base: Vec<Inline>,
    /// Their reading.
    pub reading: String,
}

/// What the index is to say of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexTerm {
    /// The term, and the terms under it that the place belongs to.
    pub path: Vec<String>,
    /// Another term that this one points at instead of a place.
    pub see: Option<String>,
    /// Whether the place is a point or an end of a range.
    pub range: TermRange,
}

/// Whether a mark of the index is a point or an end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermRange {
    /// A point.
    Point,
    /// What follows, up to the mark that ends it, speaks of the term.
    Begin,
    /// The end of it.
    End,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// Out of the book.
    External(ExternalAddress),
    /// To an address as a file of the manuscript gives it, which may be one of
    /// another file; gone when the chapter is read.
    Written(String),
    /// Somewhere in the book, by name; gone after `resolve`.
    Named(PlaceName),
    /// Somewhere in the book.
    Anchor(AnchorId),
}

/// The name of a place of the book. Ids are as writers give them, or as other
/// tools make them of a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceName {
    /// An id, in the chapter that the link is in before all others. Without
    /// letters it is the beginning of that chapter, as a browser has it.
    Id(String),
    /// The chapter with this stem.
    Chapter(String),
    /// An id in a chapter.
    InChapter {
        /// The chapter's stem.
        stem: String,
        /// The id.
        id: String,
        /// What the link leads to where the chapter has no such id.
        otherwise: Otherwise,
    },
}

/// What a link leads to where there is no place of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Otherwise {
    /// To nothing: that is a fault of the manuscript.
    Fault,
    /// To the beginning of the chapter: the id is one of a page on the web, which
    /// the chapter need not have.
    Chapter,
}

impl fmt::Display for PlaceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PlaceName::Id(id) => write!(f, "#{id}"),
            PlaceName::Chapter(stem) => f.write_str(stem),
            PlaceName::InChapter { stem, id, .. } => write!(f, "{stem}#{id}"),
        }
    }
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
