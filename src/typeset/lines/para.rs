//! A paragraph measured and broken into lines, in every way that is worth it.

use crate::model::Direction;
use crate::page::{Item, StructId};
use crate::text::WordShaper;
use crate::typeset::styled_text::ParaText;
use crate::units::Pt;

use super::set_line::Line;
use super::{Alignment, Breakings, Items, LineShape, SetLine, set_line};

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

impl Para {
    /// Sets a line of one of its breakings, without knowing where it will stand;
    /// empty if there is no such line.
    pub fn set_line(&self, shaper: &WordShaper<'_>, breaking: usize, line: usize) -> SetLine {
        let Some(chosen) = self.breakings.by_line_count.get(breaking) else {
            return SetLine::default();
        };
        let Some(&to) = chosen.breaks.get(line) else { return SetLine::default() };
        let from = line.checked_sub(1).and_then(|l| chosen.breaks.get(l)).copied().unwrap_or(0);
        let adjustment = chosen.lines.get(line).copied().unwrap_or_default();
        set_line(
            shaper,
            &Line {
                text: &self.text,
                items: &self.items,
                from,
                to,
                adjustment,
                alignment: self.alignment,
                direction: self.direction,
            },
        )
    }
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
