//! The nodes of the tree that Markdown and HTML are brought into.

use crate::model::{
    AdmonitionKind, Align, Attrs, CodeRole, ImageWidth, ListStyle, QuoteRole, SpanRole,
};
use crate::source::Span;

/// A node of the tree.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    /// What it is.
    pub kind: Kind,
    /// What is in it.
    pub children: Vec<Node>,
    /// Where it stands.
    pub span: Span,
    /// Id, classes and language.
    pub attrs: Attrs,
}

impl Node {
    /// A node with nothing in it.
    pub fn new(kind: Kind, span: Span) -> Self {
        Self { kind, children: Vec::new(), span, attrs: Attrs::default() }
    }
}

/// The kinds of node: elements of Markdown and HTML alike.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// Words.
    Text(String),
    /// Code in a line.
    Code(String),
    /// A formula; set off if the flag says so.
    Math(String, bool),
    /// A line end of the source.
    SoftBreak,
    /// A line end that is meant.
    HardBreak,
    /// A thematic break.
    Rule,
    /// A new page.
    PageBreak,
    /// The box of a task.
    Task(bool),
    /// The mark of a footnote.
    NoteMark(String),
    /// A paragraph.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A quotation.
    Quote(QuoteRole),
    /// Verse: a paragraph is a stanza.
    Verse,
    /// A note set apart.
    Admonition(AdmonitionKind),
    /// A listing; its children are text.
    CodeBlock {
        /// The language at the fence.
        lang: Option<String>,
    },
    /// A list, with how an ordered one counts.
    List(Option<Counting>),
    /// An item of a list, with the number it may have of its own.
    Item(Option<u64>),
    /// The text of a footnote.
    NoteText(String),
    /// Terms and meanings.
    Definitions,
    /// A term.
    Term,
    /// What it means.
    Meaning,
    /// A table, with the columns as Markdown ranges them.
    Table(Vec<Align>),
    /// The head of a table: cells, or rows of them.
    TableHead,
    /// A row.
    TableRow,
    /// A cell.
    Cell(CellKind),
    /// A figure.
    Figure,
    /// The caption of a figure or table.
    Caption,
    /// The last words of a quotation: its source.
    Footer,
    /// The words shown of details that are hidden.
    Summary,
    /// A group that matters for its attributes.
    Div,
    /// A group that doesn't.
    Transparent,
    /// Emphasis.
    Emph,
    /// Strong emphasis.
    Strong,
    /// Struck out.
    Strike,
    /// Small capitals.
    SmallCaps,
    /// Subscript.
    Sub,
    /// Superscript.
    Sup,
    /// Code with elements in it, of which only the words are kept.
    CodeWords(CodeRole),
    /// A title of a work, or the source of a quotation.
    Cite,
    /// Words in quotation marks.
    Quoted,
    /// Characters with their readings.
    Ruby,
    /// Some of those characters, where it is said which.
    RubyBase,
    /// The reading of characters.
    Reading,
    /// A link.
    Link(String),
    /// A picture; its children are its alternative text.
    Image {
        /// Its address.
        dest: String,
        /// Its title, which is its caption.
        title: String,
        /// How wide it is to be.
        width: Option<ImageWidth>,
    },
    /// A picture as HTML has it, with its alternative text if there is an
    /// attribute for it: an empty one says that it is decorative.
    HtmlImage {
        /// Its address.
        dest: String,
        /// Its title, which is its caption.
        title: String,
        /// Its alternative text.
        alt: Option<String>,
        /// How wide it is to be.
        width: Option<ImageWidth>,
    },
    /// A group in a line that matters for what it is or for its attributes.
    Span(SpanRole),
    /// Sound or moving pictures: where they are, and what they are called.
    Media {
        /// Their address.
        src: Option<String>,
        /// Their title.
        title: String,
    },
    /// A drawing in the text, until it is read; what is in it is no text.
    Drawing,
    /// A formula as MathML, until it is read; set off if the flag says so.
    Formula(bool),
    /// A formula in TeX, beside its MathML.
    Tex,
    /// Left out with all that is in it.
    Skip,
}

/// How an ordered list counts.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Counting {
    /// Its first number; where none is given, one, or for a list that counts
    /// down as many as it has items.
    pub start: Option<u64>,
    /// The signs.
    pub numbering: ListStyle,
    /// Whether it counts down.
    pub down: bool,
}

/// What is special about a cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct CellKind {
    /// It heads its row or column.
    pub head: bool,
    /// How it says to be ranged.
    pub align: Option<Align>,
    /// How many columns it takes, from one.
    pub columns: usize,
    /// How many rows it takes, from one.
    pub rows: usize,
}

/// The text without what no book can hold: noncharacters go, and control
/// characters, which XML 1.0 does not allow either (section 2.2), become spaces,
/// since many of them part words: form feed, vertical tab, next line.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\n' | '\t' => Some(c),
            '\u{FFFE}' | '\u{FFFF}' | '\u{FDD0}'..='\u{FDEF}' => None,
            c if c.is_control() => Some(' '),
            c => Some(c),
        })
        .collect()
}

/// Whether a node is a block, or has one in it.
pub(crate) fn is_block(node: &Node) -> bool {
    match &node.kind {
        Kind::Rule
        | Kind::PageBreak
        | Kind::Paragraph
        | Kind::Heading(_)
        | Kind::Quote(_)
        | Kind::Verse
        | Kind::Admonition(_)
        | Kind::CodeBlock { .. }
        | Kind::List(_)
        | Kind::Item(_)
        | Kind::NoteText(_)
        | Kind::Definitions
        | Kind::Term
        | Kind::Meaning
        | Kind::Table(_)
        | Kind::TableHead
        | Kind::TableRow
        | Kind::Cell(_)
        | Kind::Figure
        | Kind::Caption
        | Kind::Footer
        | Kind::Summary
        | Kind::Div => true,
        Kind::Text(_)
        | Kind::Code(_)
        | Kind::Math(..)
        | Kind::SoftBreak
        | Kind::HardBreak
        | Kind::Task(_)
        | Kind::NoteMark(_)
        | Kind::Image { .. }
        | Kind::HtmlImage { .. }
        | Kind::CodeWords(_)
        | Kind::Media { .. }
        | Kind::Drawing
        | Kind::Formula(_)
        | Kind::Tex
        | Kind::Skip => false,
        Kind::Transparent
        | Kind::Emph
        | Kind::Strong
        | Kind::Strike
        | Kind::SmallCaps
        | Kind::Sub
        | Kind::Sup
        | Kind::Cite
        | Kind::Quoted
        | Kind::Ruby
        | Kind::RubyBase
        | Kind::Reading
        | Kind::Link(_)
        | Kind::Span(_) => node.children.iter().any(is_block),
    }
}

/// Whether what has this kind is only marked words: it parts no words.
pub(crate) fn is_emphasis(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Emph
            | Kind::Strong
            | Kind::Strike
            | Kind::SmallCaps
            | Kind::Sub
            | Kind::Sup
            | Kind::Cite
            | Kind::Quoted
            | Kind::Link(_)
            | Kind::Span(_)
    )
}

/// Whether a node is only space.
pub(crate) fn is_white(node: &Node) -> bool {
    match &node.kind {
        Kind::SoftBreak | Kind::HardBreak | Kind::Skip => true,
        Kind::Text(text) => text.trim().is_empty(),
        Kind::Transparent => node.children.iter().all(is_white),
        _ => false,
    }
}

/// Whether a node is a picture, or a link from a picture to a picture.
pub(crate) fn is_picture(node: &Node) -> bool {
    match &node.kind {
        Kind::Image { .. } | Kind::HtmlImage { .. } => true,
        Kind::Link(dest) => {
            let path = dest.split(['?', '#']).next().unwrap_or("").to_ascii_lowercase();
            let kinds = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"];
            kinds.iter().any(|kind| path.ends_with(kind))
                && node.children.iter().any(is_picture)
                && node.children.iter().all(|c| is_picture(c) || is_white(c))
        }
        Kind::Transparent | Kind::Span(_) => {
            node.children.iter().any(is_picture)
                && node.children.iter().all(|c| is_picture(c) || is_white(c))
        }
        _ => false,
    }
}
