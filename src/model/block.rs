//! The kinds of block.

use std::ops::Range;

use super::number::{letters, roman};
use super::{AnchorId, Attrs, Image, Inline, NodeId};
use crate::source::Span;

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
    /// Of a paragraph: where its first line begins; set by `finalize`.
    pub indent: Indent,
}

/// Where the first line of a paragraph begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Indent {
    /// At the edge of the other lines.
    #[default]
    None,
    /// Moved in by the indent of the theme.
    FirstLine,
}

impl Block {
    /// A block without attributes.
    pub fn new(kind: BlockKind, span: Span) -> Self {
        Self { id: NodeId::NONE, kind, span, attrs: Attrs::default(), indent: Indent::None }
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
        /// What its parts are, in order and without overlaps; what none of them
        /// covers is plain. Empty until `highlight` has looked at it.
        tokens: Vec<Token>,
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
    /// Places of the book with their pages: a list of figures or of tables.
    Toc(Vec<TocEntry>),
    /// The index: terms with the places that speak of them.
    Index(Vec<IndexEntry>),
}

/// A part of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the listing's text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// What a part of a listing is in its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenKind {
    /// A word of the language itself.
    Keyword,
    /// A type.
    Type,
    /// What is defined or called.
    Function,
    /// Text in quotes.
    String,
    /// A number, or a constant of the language.
    Constant,
    /// A remark for people.
    Comment,
    /// An annotation, attribute or instruction to the compiler.
    Meta,
    /// What a comparison of two texts has added.
    Inserted,
    /// What a comparison of two texts has taken away.
    Deleted,
}

/// A place of the book in a list of places.
#[derive(Debug, Clone, PartialEq)]
pub struct TocEntry {
    /// Where it is.
    pub anchor: AnchorId,
    /// Its number: `2.1`; empty where it has none.
    pub label: String,
    /// Its words.
    pub content: Vec<Inline>,
}

/// A term of the index.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexEntry {
    /// The term.
    pub term: String,
    /// The letter it stands under; empty for a term under another, and for one
    /// that begins with none.
    pub letter: String,
    /// The places that speak of it, in reading order.
    pub places: Vec<IndexPlace>,
    /// The terms that say more: "see", "see also".
    pub see: Vec<String>,
    /// The terms under it.
    pub children: Vec<IndexEntry>,
}

/// A place the index points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexPlace {
    /// Where it begins.
    pub from: AnchorId,
    /// Where it ends, if it is a range.
    pub to: Option<AnchorId>,
}

/// A list of items.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// The first number of an ordered list; `None` for bullets.
    pub start: Option<u64>,
    /// How an ordered list counts.
    pub numbering: ListStyle,
    /// No blank lines between items in the manuscript.
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

impl List {
    /// The number of each item, in their order.
    pub fn numbers(&self) -> impl Iterator<Item = u64> + '_ {
        let mut next = self.start.unwrap_or(1);
        self.items.iter().map(move |item| {
            let number = item.number.unwrap_or(next);
            next = number.saturating_add(1);
            number
        })
    }
}

/// How an ordered list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ListStyle {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// a, b, c.
    LowerAlpha,
    /// A, B, C.
    UpperAlpha,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
}

impl ListStyle {
    /// The value of HTML's attribute `type` (HTML standard, section 4.4.5).
    pub fn html_type(self) -> &'static str {
        match self {
            ListStyle::Decimal => "1",
            ListStyle::LowerAlpha => "a",
            ListStyle::UpperAlpha => "A",
            ListStyle::LowerRoman => "i",
            ListStyle::UpperRoman => "I",
        }
    }

    /// What `type` says; whatever it doesn't know is decimal.
    pub fn from_html_type(value: &str) -> ListStyle {
        match value.trim() {
            "a" => ListStyle::LowerAlpha,
            "A" => ListStyle::UpperAlpha,
            "i" => ListStyle::LowerRoman,
            "I" => ListStyle::UpperRoman,
            _ => ListStyle::Decimal,
        }
    }

    /// A number as it is shown. Letters go on with `aa` after `z`; what has no
    /// form in letters or Roman numerals is decimal.
    pub fn show(self, number: u64) -> String {
        match self {
            ListStyle::Decimal => number.to_string(),
            ListStyle::LowerAlpha => formed(number, u32::MAX, |n| letters(n).to_lowercase()),
            ListStyle::UpperAlpha => formed(number, u32::MAX, letters),
            ListStyle::LowerRoman => formed(number, LARGEST_ROMAN, roman),
            ListStyle::UpperRoman => formed(number, LARGEST_ROMAN, |n| roman(n).to_uppercase()),
        }
    }
}

/// The largest number that Roman numerals are used for.
const LARGEST_ROMAN: u32 = 3999;

/// A number up to `most` in another form; what has none is decimal.
fn formed(number: u64, most: u32, form: impl Fn(u32) -> String) -> String {
    match u32::try_from(number) {
        Ok(small) if (1..=most).contains(&small) => form(small),
        Ok(_) | Err(_) => number.to_string(),
    }
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListItem {
    /// For task lists: whether it is done.
    pub checked: Option<bool>,
    /// Its number, where it is not the one after that of the item before.
    pub number: Option<u64>,
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
    /// The manuscript calls it a head.
    pub head: bool,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_in_letters_and_roman_numerals() {
        let show = |numbering: ListStyle, numbers: &[u64]| {
            numbers.iter().map(|n| numbering.show(*n)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(show(ListStyle::LowerAlpha, &[0, 1, 26, 27, 52, 53]), "0 a z aa az ba");
        assert_eq!(show(ListStyle::UpperRoman, &[0, 4, 1999, 4000]), "0 IV MCMXCIX 4000");
        assert_eq!(show(ListStyle::Decimal, &[999]), "999");
    }
}
