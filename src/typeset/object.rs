//! Things that stand in a line among its words and are no words themselves: a
//! picture, a formula, letters with their reading above.
//!
//! A paragraph's characters hold one [`OBJECT`](super::styled_text::OBJECT) for each;
//! its text run holds the thing. The line breaker knows only its width, the rows
//! of a paragraph also how far it goes up and down.

use crate::model::ImageId;
use crate::page::{Item, Picture, PictureSource, Rect, StructId, Tag};
use crate::units::Pt;

/// How much of a picture's height stands above the baseline.
const PICTURE_ABOVE: f64 = 0.85;

/// What stands in a line in the place of one character.
#[derive(Debug, Clone)]
pub enum Object {
    /// A picture.
    Picture {
        /// In the pictures of the book.
        image: ImageId,
        /// From its origin to that of what follows.
        width: Pt,
        /// From its foot to its top; a part of it is below the baseline.
        height: Pt,
    },
    /// Something put together of items.
    Composed(InlineBox),
}

/// Items put together, with what a line must know of them.
#[derive(Debug, Clone, Default)]
pub struct InlineBox {
    /// From its origin to that of what follows.
    pub width: Pt,
    /// How far it goes above the baseline.
    pub height: Pt,
    /// How far it goes below the baseline.
    pub depth: Pt,
    /// What it is made of, from its origin on the baseline, y downwards; each
    /// with its own tag.
    pub items: Vec<Item>,
    /// Whether lines may be broken before and after it as beside ideographs.
    /// Otherwise it behaves like a letter.
    pub ideographic: bool,
    /// What follows in the same thing, where the line may be broken between.
    pub break_after: Option<BreakAfter>,
}

/// What follows a part of something that may be broken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BreakAfter {
    /// The space, which vanishes at the end of a line.
    pub space: Pt,
    /// What it costs to break here; `None` where it can't be.
    pub penalty: Option<f64>,
}

impl Object {
    /// From its origin to that of what follows.
    pub fn width(&self) -> Pt {
        match self {
            Object::Picture { width, .. } => *width,
            Object::Composed(composed) => composed.width,
        }
    }

    /// How far it goes above the baseline.
    pub fn height(&self) -> Pt {
        match self {
            Object::Picture { height, .. } => *height * PICTURE_ABOVE,
            Object::Composed(composed) => composed.height,
        }
    }

    /// How far it goes below the baseline.
    pub fn depth(&self) -> Pt {
        match self {
            Object::Picture { height, .. } => *height * (1.0 - PICTURE_ABOVE),
            Object::Composed(composed) => composed.depth,
        }
    }

    /// What follows it in the same thing.
    pub fn break_after(&self) -> Option<BreakAfter> {
        match self {
            Object::Picture { .. } => None,
            Object::Composed(composed) => composed.break_after,
        }
    }

    /// A character of as many bytes as the one that holds its place, which
    /// breaks lines as it does (UAX #14: AL or ID).
    pub fn stand_in(&self) -> char {
        match self {
            Object::Composed(InlineBox { ideographic: true, .. }) => '一',
            Object::Picture { .. } | Object::Composed(_) => 'ᴀ',
        }
    }

    /// Its items, from its origin on the baseline; a picture is part of `node`.
    pub fn items(&self, node: StructId) -> Vec<Item> {
        match self {
            Object::Picture { image, width, height } => {
                let y = -self.height();
                let rect = Rect { x: Pt::ZERO, y, width: *width, height: *height };
                let what = PictureSource::Image(*image);
                vec![Item::Picture(Picture { what, rect, tag: Tag::Node(node) })]
            }
            Object::Composed(composed) => composed.items.clone(),
        }
    }
}
