//! The page model: everything that is on the pages, where, and what it means.
//!
//! `typeset` makes it; the PDF writer and the preview draw it without asking
//! back. Positions are points from the upper left corner of the trimmed page,
//! y downwards. Every item is either part of the structure tree or an
//! artifact, from the first day.

mod dump;
mod quality;
mod structure;

use std::ops::Range;
use std::sync::Arc;

pub use crate::model::roman;
pub use dump::dump;
pub use quality::{Compromise, CompromiseKind, PageQuality};
pub use structure::{
    Artifact, HeaderScope, ListNumbering, StructId, StructKind, StructNode, Structure, Tag,
};

use crate::assets::Drawing;
use crate::model::{AnchorId, ImageId, Lang, NodeId, NoteId};
use crate::text::FaceId;
use crate::units::Pt;

/// A finished run of pages with everything an exporter needs besides fonts and
/// picture files.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    /// The pages in order.
    pub pages: Vec<Page>,
    /// What the items of all pages mean.
    pub structure: Structure,
    /// The bookmarks, nested by level.
    pub outline: Vec<OutlineEntry>,
    /// Where each anchor is.
    pub destinations: Vec<Destination>,
    /// How well it all came out.
    pub quality: PageQuality,
}

/// One page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Width and height after trimming.
    pub size: (Pt, Pt),
    /// The number as it would be printed.
    pub folio: Folio,
    /// Which side of a leaf it is.
    pub side: Side,
    /// Everything on it, in reading order, artifacts last or where they are drawn.
    pub items: Vec<Item>,
    /// The first word of running text that begins on it: the node and the byte
    /// in its text. `None` on pages without running text.
    pub first_word: Option<(NodeId, u32)>,
}

/// Which side of a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// A right-hand page.
    Recto,
    /// A left-hand page.
    Verso,
}

/// A page's number in its series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Folio {
    /// The cover and its blank inside count for nothing.
    None,
    /// Front matter.
    Roman(u32),
    /// The text.
    Arabic(u32),
}

impl std::fmt::Display for Folio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Folio::None => Ok(()),
            Folio::Roman(n) => f.write_str(&roman(*n)),
            Folio::Arabic(n) => write!(f, "{n}"),
        }
    }
}

/// A point on a page.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// From the left edge of the trimmed page; negative in the bleed.
    pub x: Pt,
    /// From the top edge of the trimmed page, downwards.
    pub y: Pt,
}

/// An upright rectangle on a page.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Its left side, from the left edge of the trimmed page.
    pub x: Pt,
    /// Its upper side, from the top edge of the trimmed page.
    pub y: Pt,
    /// To the right of `x`; never negative.
    pub width: Pt,
    /// Below `y`; never negative.
    pub height: Pt,
}

/// A colour on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Color {
    /// The ink of the text; in print, black alone.
    Black,
    /// Black, thinned: 0 is paper, 1 is full ink.
    Gray(f32),
    /// A colour that helps on the screen, each part from 0 to 255; in print,
    /// black alone.
    Ink([u8; 3]),
    /// A colour for the screen or to be separated, each part from 0 to 255.
    Rgb([u8; 3]),
}

/// Something on a page.
#[derive(Debug, Clone)]
pub enum Item {
    /// Shaped text.
    Glyphs(GlyphRun),
    /// A picture of pixels, or a drawing, in a rectangle.
    Picture(Picture),
    /// A filled rectangle: a rule or a ground.
    Rule(Rule),
    /// An area that can be clicked.
    Link(Link),
}

impl Item {
    /// Moves it to the right and down.
    pub fn shift(&mut self, x: Pt, y: Pt) {
        let rect = match self {
            Item::Glyphs(run) => {
                run.origin.x += x;
                run.origin.y += y;
                return;
            }
            Item::Picture(picture) => &mut picture.rect,
            Item::Rule(rule) => &mut rule.rect,
            Item::Link(link) => &mut link.rect,
        };
        rect.x += x;
        rect.y += y;
    }
}

/// A run of glyphs of one face and size on one baseline.
#[derive(Debug, Clone)]
pub struct GlyphRun {
    /// Where its glyphs are from, in the fonts the book was set with.
    pub face: FaceId,
    /// The length of its em.
    pub size: Pt,
    /// Horizontal scaling of the glyphs, 1 for none; advances have it already.
    pub stretch: f64,
    /// Where the first glyph stands on the baseline.
    pub origin: Point,
    /// The ink of all its glyphs.
    pub color: Color,
    /// The glyphs, in the order they are drawn, left to right.
    pub glyphs: Vec<Glyph>,
    /// The text they stand for, in reading order.
    pub text: Arc<str>,
    /// What is to be copied instead of the glyphs' own text, for the whole run:
    /// a hyphen at a line end is a soft hyphen, for example.
    pub actual_text: Option<String>,
    /// Its language, where it is not the book's.
    pub lang: Option<Lang>,
    /// What it is part of.
    pub tag: Tag,
    /// The inline it was set from and the byte in that inline's text at which
    /// `text` begins; `None` for what the tool itself adds.
    pub source: Option<(NodeId, u32)>,
}

impl GlyphRun {
    /// How far the run goes to the right.
    pub fn width(&self) -> Pt {
        self.glyphs.iter().map(|g| g.advance).sum()
    }
}

/// One glyph.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// From its origin to the next one's: with kerning, tracking, stretch and
    /// the space of justification.
    pub advance: Pt,
    /// Moved to the right by this, without moving what follows.
    pub dx: Pt,
    /// Moved up by this.
    pub dy: Pt,
    /// The bytes of the run's text it stands for; empty for the second glyph of
    /// a cluster.
    pub text: Range<u32>,
}

/// A picture in its place.
#[derive(Debug, Clone)]
pub struct Picture {
    /// What is drawn.
    pub what: PictureSource,
    /// Where it is drawn, with bleed.
    pub rect: Rect,
    /// What it is part of.
    pub tag: Tag,
}

/// What a picture is made of.
#[derive(Debug, Clone)]
pub enum PictureSource {
    /// A picture file of the book.
    Image(ImageId),
    /// A drawing the tool made, such as the cover.
    Drawing(Arc<Drawing>),
}

/// A filled rectangle.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What is filled.
    pub rect: Rect,
    /// With which ink.
    pub color: Color,
    /// What it is part of; a rule is an artifact as a rule.
    pub tag: Tag,
}

/// An area that can be clicked.
#[derive(Debug, Clone)]
pub struct Link {
    /// What can be clicked.
    pub rect: Rect,
    /// Where it leads.
    pub target: Target,
    /// What a reader is told it is: the words of the link.
    pub contents: String,
    /// The link's place in the structure, of kind [`StructKind::Link`] or a
    /// note's reference.
    pub tag: Tag,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Out of the book.
    Uri(String),
    /// To an anchor.
    Anchor(AnchorId),
    /// To a place of [`Pages::destinations`] by its name, such as a note.
    Named(String),
}

impl Target {
    /// The place of a note's text.
    pub fn note(note: NoteId) -> Target {
        Target::Named(format!("note-{}", note.0))
    }

    /// The place of a note's mark in the text, to come back to.
    pub fn note_mark(note: NoteId) -> Target {
        Target::Named(format!("mark-{}", note.0))
    }
}

/// A bookmark.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlineEntry {
    /// 1 for chapters, more for what is within them.
    pub level: u8,
    /// What a reader shows in the sidebar.
    pub title: String,
    /// The page it leads to, counted from zero with the cover.
    pub page: usize,
    /// The height on that page, from its top edge.
    pub y: Pt,
}

/// Where something that can be linked to is.
#[derive(Debug, Clone, PartialEq)]
pub struct Destination {
    /// What it is the place of.
    pub target: Target,
    /// The page it is on, counted from zero with the cover.
    pub page: usize,
    /// The height on that page, from its top edge.
    pub y: Pt,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals() {
        assert_eq!([1, 4, 9, 14, 42, 1994].map(roman).join(" "), "i iv ix xiv xlii mcmxciv");
        assert_eq!(Folio::Roman(7).to_string(), "vii");
        assert_eq!(Folio::Arabic(7).to_string(), "7");
    }
}
