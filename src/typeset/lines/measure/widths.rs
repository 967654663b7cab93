//! How wide characters are in the face of their text run, and how far they
//! protrude at a line's edge.

use crate::model::Direction;
use crate::text::Features;
use crate::typeset::lines::{full_width, protrusion};
use crate::typeset::styled_text::TextRun;
use crate::units::Pt;

use super::measurer::Measurer;

impl Measurer<'_, '_> {
    /// The width of a space between words.
    pub(super) fn space_width(&self, run: &TextRun) -> Pt {
        let shaped = self.measuring.shaper.shape(run.face, Features::NONE, false, " ");
        self.scaled(run, shaped.width) + run.style.tracking.at(run.style.size)
    }

    /// Font units at the size of a run.
    pub(super) fn scaled(&self, run: &TextRun, units: i32) -> Pt {
        let metrics = &self.measuring.shaper.fonts().face(run.face).metrics;
        run.style.size * (f64::from(units) / metrics.units_per_em)
    }

    /// The width of one character.
    pub(super) fn char_width(&self, run: &TextRun, c: char) -> Pt {
        let mut buffer = [0; 4];
        let text = c.encode_utf8(&mut buffer);
        let shaped = self.measuring.shaper.shape(run.face, run.style.features, false, text);
        self.scaled(run, shaped.width)
    }

    /// Whether marks protrude over the edges: in text that runs to the left they don't.
    pub(super) fn protrudes(&self) -> bool {
        self.text.direction == Direction::Ltr
    }

    /// How far the character before a byte protrudes over the right edge.
    pub(super) fn right_protrusion(&mut self, byte: usize) -> f64 {
        let Some(c) = self.text.text[..byte].chars().next_back().filter(|_| self.protrudes())
        else {
            return 0.0;
        };
        let index = self.find_run(byte - c.len_utf8());
        let s = &self.text.runs[index];
        let half = full_width::empty_right(self.neighbour(index, c));
        (s.style.size * half).0.max(protrusion::right(c, self.char_width(s, c), s.style.size).0)
    }

    /// How far the character at a byte protrudes over the left edge, below zero.
    pub(super) fn left_protrusion(&mut self, byte: usize) -> f64 {
        let Some(c) = self.text.text[byte..].chars().next().filter(|_| self.protrudes()) else {
            return 0.0;
        };
        let s = &self.text.runs[self.find_run(byte)];
        -protrusion::left(c, self.char_width(s, c), s.style.size).0
    }
}
