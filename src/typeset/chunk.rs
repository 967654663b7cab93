//! What the page breaker works with: chunks of rows on the baseline grid.
//!
//! A chunk is a block of the text that has been set: a paragraph, a heading, a
//! figure. It comes in variants (a line more, a line less, a smaller picture),
//! each a list of rows; pages may break between rows, at a price.

use std::sync::Arc;

use crate::model::{AnchorId, Direction, NoteId};
use crate::page::{Item, RemarkKind, StructId};
use crate::source::Span;
use crate::units::Pt;

use super::inline::ParaText;
pub use super::page_costs::{Cost, NEVER};

use super::lines::{Alignment, Breakings, Items, LineShape};

/// A block, set and ready to be placed on pages.
#[derive(Debug, Clone)]
pub struct Chunk {
    /// The ways it can be set; never empty, the best first.
    pub variants: Vec<Variant>,
    /// The space before it, if it doesn't begin a page.
    pub before: Gap,
    /// The space after it, if it doesn't end a page.
    pub after: Gap,
    /// It must not be the last on its page.
    pub keep_next: bool,
    /// How the page breaker may treat it.
    pub kind: ChunkKind,
    /// So many of its rows are repeated where it goes on on a new page.
    pub repeat: usize,
    /// What its setting had to put up with.
    pub remark: Option<RemarkKind>,
    /// Where it comes from, for reports.
    pub span: Span,
}

impl Chunk {
    /// Rows that can be set in one way, with a space around them.
    pub fn of_rows(rows: Vec<Row>, gap: Gap, span: Span) -> Chunk {
        Chunk {
            variants: vec![Variant { rows, cost: Cost::ZERO }],
            before: gap,
            after: gap,
            keep_next: false,
            kind: ChunkKind::Flow,
            repeat: 0,
            remark: None,
            span,
        }
    }
}

/// How the page breaker may treat a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChunkKind {
    /// It stands where it is written.
    Flow,
    /// It may go to the head or foot of a page nearby.
    Float,
    /// It stands where it is written, but not at the head of a page.
    NotFirst,
    /// A new page begins.
    PageBreak,
}

/// A space between chunks, in grid lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Gap {
    /// At least.
    pub min: u8,
    /// Best.
    pub ideal: u8,
    /// At most.
    pub max: u8,
}

impl Gap {
    /// No space.
    pub const NONE: Gap = Gap { min: 0, ideal: 0, max: 0 };
    /// One line, always.
    pub const LINE: Gap = Gap { min: 1, ideal: 1, max: 1 };

    /// The space between a chunk that wants this after it and one that wants
    /// `other` before it: the larger of the two.
    pub fn meet(self, other: Gap) -> Gap {
        Gap {
            min: self.min.max(other.min),
            ideal: self.ideal.max(other.ideal),
            max: self.max.max(other.max),
        }
    }
}

/// One way to set a chunk.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its rows from the top.
    pub rows: Vec<Row>,
    /// What it costs more than the best.
    pub cost: Cost,
}

/// A row: a line of text, a picture, a row of a table.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its height in grid lines, at least one.
    pub lines: usize,
    /// What it costs to break the page after it.
    pub break_after: Cost,
    /// The notes whose marks stand in it.
    pub notes: Vec<NoteId>,
    /// What there is to see.
    pub content: RowContent,
    /// Anchors at its top.
    pub anchors: Vec<AnchorId>,
    /// A bookmark at its top: its level and words.
    pub bookmark: Option<(u8, String)>,
    /// What is to be said of it in the report.
    pub remark: Option<RemarkKind>,
}

impl Row {
    /// A row of items.
    pub fn items(lines: usize, items: Vec<Item>) -> Row {
        Row {
            lines,
            break_after: Cost::ZERO,
            notes: Vec::new(),
            content: RowContent::Items(items),
            anchors: Vec::new(),
            bookmark: None,
            remark: None,
        }
    }
}

/// What there is to see in a row.
#[derive(Debug, Clone)]
pub enum RowContent {
    /// A line of a paragraph, set when its page is made.
    Line {
        /// The paragraph.
        para: Arc<Para>,
        /// Which of its breakings, see [`Para::breakings`].
        breaking: usize,
        /// Which line of it.
        line: usize,
    },
    /// Items in place: x from the left edge of the measure, y from the first
    /// baseline of the row.
    Items(Vec<Item>),
    /// Several of them together.
    Group(Vec<RowContent>),
    /// Something off the grid: further down by a distance.
    Offset {
        /// The distance.
        down: Pt,
        /// What is moved.
        content: Box<RowContent>,
    },
}

impl RowContent {
    /// The line of a paragraph that it is, if it is one.
    pub fn line(&self) -> Option<(&Arc<Para>, usize, usize)> {
        match self {
            RowContent::Line { para, breaking, line } => Some((para, *breaking, *line)),
            RowContent::Offset { content, .. } => content.line(),
            RowContent::Items(_) | RowContent::Group(_) => None,
        }
    }
}

/// A paragraph measured and fitted, but not yet set.
#[derive(Debug)]
pub struct Para {
    /// Its characters.
    pub text: ParaText,
    /// Its words and breaks.
    pub items: Items,
    /// The ways to break it.
    pub breakings: Breakings,
    /// The widths of its lines.
    pub shape: LineShape,
    /// How it fills them.
    pub alignment: Alignment,
    /// Which way it runs.
    pub direction: Direction,
    /// The distance of its lines on the grid.
    pub leading: Pt,
    /// Where its lines begin, from the left edge of the measure.
    pub left: Pt,
    /// Which side ragged lines are ranged with.
    pub range: Range,
    /// What stands before or beside its first line: a list's label, an initial.
    pub beside: Vec<Item>,
    /// The node its lines are part of.
    pub node: StructId,
    /// The first word, where its initial is set apart from it: what is to be
    /// read and copied for the rest of it.
    pub opening_word: Option<String>,
}

/// Where ragged lines are ranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// With the left edge.
    Left,
    /// With the middle.
    Center,
    /// With the right edge.
    Right,
}
