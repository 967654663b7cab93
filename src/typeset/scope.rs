//! Where the block at hand stands.

use crate::model::{Direction, Lang};
use crate::page::{StructId, Structure};
use crate::source::{FileId, Span};
use crate::units::Pt;

use super::context::Context;
use super::style::TextStyle;

/// No block is narrower than this, however deep it is.
const NARROWEST: Pt = Pt(36.0);

/// Where the block at hand stands and what it takes over from what it stands
/// in. Passed by value: what a block changes holds for what is in it, and
/// nothing has to be put back.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The node of the structure tree that it goes below.
    pub node: StructId,
    /// The left edge of its lines, from that of the measure.
    pub left: Pt,
    /// The width of its lines.
    pub width: Pt,
    /// How its text is set.
    pub style: TextStyle,
    /// Lines are ragged and words are left whole, as in narrow columns.
    pub ragged: bool,
    /// Its language: its own, else that of what it stands in.
    pub lang: &'a Lang,
    /// Which way its lines run.
    pub direction: Direction,
    /// From baseline to baseline: of the text's grid or the notes'.
    pub leading: Pt,
    /// Where it is written, for what is wrong with it.
    pub span: Span,
    /// Words are set a second time, in a list of places: nothing leads to them
    /// there, and no page or note is added to them.
    pub listed: bool,
    /// The chapter begins on a right-hand page.
    pub recto: bool,
}

impl<'a> Scope<'a> {
    /// The whole measure of a left-to-right or right-to-left book, its text and
    /// its language; at the root of the structure tree, on a right-hand page.
    pub fn of_book(cx: &Context<'a>) -> Scope<'a> {
        Scope {
            node: Structure::ROOT,
            left: Pt::ZERO,
            width: cx.theme.measure,
            style: TextStyle::text(cx.theme.size),
            ragged: false,
            lang: &cx.book.meta.language,
            direction: cx.book.meta.direction(),
            leading: cx.theme.leading,
            span: Span::new(FileId(0), 0, 0),
            listed: false,
            recto: true,
        }
    }

    /// The same, moved in where its lines begin, and where they end.
    #[must_use]
    pub fn inset(self, start: Pt, end: Pt) -> Self {
        let width = (self.width - start - end).max(NARROWEST);
        let left = match self.direction {
            Direction::Ltr => start,
            Direction::Rtl => end,
        };
        Scope { left: self.left + left, width, ..self }
    }

    /// The left edge of something of a width that begins so far in from where
    /// its lines begin.
    pub fn at(self, start: Pt, width: Pt) -> Pt {
        match self.direction {
            Direction::Ltr => self.left + start,
            Direction::Rtl => self.left + self.width - start - width,
        }
    }
}
