//! A paragraph as one run of characters with styles, in reading order.
//!
//! What [`inline`](super::inline) makes of the model and [`lines`](super::lines)
//! breaks: the characters, cut into [`TextRun`]es of one style, meaning and
//! face. What a line breaker must know besides (links, notes, pictures in the
//! line) hangs on the runs.

use std::ops::Range;

use crate::model::{AnchorId, Direction, Lang, NodeId, NoteId};
use crate::page::{StructId, Target};
use crate::text::FaceId;

use super::object::Object;
use super::style::TextStyle;

/// The character that stands for a forced line end in [`ParaText::text`].
pub const LINE_END: char = '\u{2028}';

/// The character that stands for an [`Object`] in the line.
pub const OBJECT: char = '\u{fffc}';

/// A paragraph's characters with their styles.
#[derive(Debug, Clone, Default)]
pub struct ParaText {
    /// The characters, with [`LINE_END`] and [`OBJECT`] among them.
    pub text: String,
    /// Which way they run as a whole.
    pub direction: Direction,
    /// What they are, in order, without gaps.
    pub runs: Vec<TextRun>,
    /// The links the runs point at.
    pub links: Vec<LinkSpan>,
    /// Where anchors stand, by byte.
    pub anchors: Vec<(usize, AnchorId)>,
    /// Where marks of notes stand, by byte.
    pub notes: Vec<(usize, NoteId)>,
}

/// Characters of one style and meaning.
#[derive(Debug, Clone)]
pub struct TextRun {
    /// Its bytes in the paragraph's text.
    pub range: Range<usize>,
    /// Family, size, features and colour; shares of sizes are worked out.
    pub style: TextStyle,
    /// A face that has all its characters, or the sign for what no font has.
    pub face: FaceId,
    /// The node of the structure tree it is part of.
    pub node: StructId,
    /// Its language, where it is not the block's.
    pub lang: Option<Lang>,
    /// The inline its first byte was written in, and where.
    pub source: Option<(NodeId, u32)>,
    /// Its level (UAX #9): odd if it runs to the left.
    pub level: u8,
    /// The link it is part of, in [`ParaText::links`].
    pub link: Option<usize>,
    /// What stands in the line in the place of its one character, [`OBJECT`].
    pub object: Option<Object>,
}

/// A link in a paragraph.
#[derive(Debug, Clone)]
pub struct LinkSpan {
    /// A page of this book, or an address.
    pub target: Target,
    /// Its words without their styles, for who can't see them.
    pub contents: String,
    /// The node of the structure tree that annotations belong to.
    pub node: StructId,
}
