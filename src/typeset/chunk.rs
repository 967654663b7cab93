//! What the page breaker works with: chunks of rows on the baseline grid.
//!
//! A chunk is a block of the text that has been set: a paragraph, a heading, a
//! figure. It comes in variants (a line more, a line less, a smaller picture),
//! each a list of rows; pages may break between rows, at a price.

use std::sync::Arc;

use crate::model::{AnchorId, NoteId};
use crate::page::{CompromiseKind, Item};
use crate::source::Span;
use crate::units::Pt;

use super::lines::Para;
pub use super::page_costs::{Cost, NEVER};

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
    pub compromise: Option<CompromiseKind>,
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
            compromise: None,
            span,
        }
    }
}

/// Gives the first and last of the chunks added since `first` a space around them.
pub fn surround(out: &mut [Chunk], first: usize, gap: Gap) {
    if let Some(chunk) = out.get_mut(first) {
        chunk.before = chunk.before.meet(gap);
    }
    if out.len() > first
        && let Some(chunk) = out.last_mut()
    {
        chunk.after = chunk.after.meet(gap);
    }
}

/// The chunk before must not end a page.
pub fn keep_with_next(out: &mut [Chunk]) {
    if let Some(chunk) = out.last_mut() {
        chunk.keep_next = true;
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
    NotAtPageTop,
    /// A new page begins.
    PageBreak,
}

/// A space between chunks, in grid lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Gap {
    /// Taken even where the page is full.
    pub min: u8,
    /// Taken where nothing asks for another.
    pub ideal: u8,
    /// Never exceeded to fill a page.
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
    pub compromise: Option<CompromiseKind>,
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
            compromise: None,
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
        /// Which line of that breaking, counted from zero.
        line: usize,
    },
    /// Items in place: x from the left edge of the measure, y from the first
    /// baseline of the row.
    Items(Vec<Item>),
    /// Several of them on the same row, in reading order.
    Group(Vec<RowContent>),
    /// Something off the grid: further down by a distance.
    Offset {
        /// How far, from the first baseline of the row.
        down: Pt,
        /// What is moved.
        content: Box<RowContent>,
    },
}

impl RowContent {
    /// A line of a paragraph's best breaking, moved down by a distance that needn't
    /// be on the grid.
    pub fn line_at(para: &Arc<Para>, line: usize, down: Pt) -> RowContent {
        RowContent::Offset {
            down,
            content: Box::new(RowContent::Line {
                para: Arc::clone(para),
                breaking: para.breakings.best,
                line,
            }),
        }
    }

    /// The line of a paragraph that it is, if it is one.
    pub fn line(&self) -> Option<(&Arc<Para>, usize, usize)> {
        match self {
            RowContent::Line { para, breaking, line } => Some((para, *breaking, *line)),
            RowContent::Offset { content, .. } => content.line(),
            RowContent::Items(_) | RowContent::Group(_) => None,
        }
    }
}
