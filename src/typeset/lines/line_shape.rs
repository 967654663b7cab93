//! How wide each line of a paragraph is, and how its lines are to fill that width.

/// The widths of a paragraph's lines.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LineShape {
    /// The width of a full line, in points.
    pub measure: f64,
    /// What the first line is shorter by, at its beginning; below zero where it
    /// sticks out.
    pub indent: f64,
    /// What the first `dropped` lines are shorter by instead, at their beginning.
    pub drop_width: f64,
    /// How many lines stand beside an initial.
    pub dropped: usize,
}

impl LineShape {
    /// Lines of one width.
    pub fn block(measure: f64) -> LineShape {
        LineShape { measure, ..LineShape::default() }
    }

    /// How far a line's beginning is moved in, counted from zero.
    pub fn start(&self, line: usize) -> f64 {
        if line < self.dropped {
            self.drop_width
        } else if line == 0 {
            self.indent
        } else {
            0.0
        }
    }

    /// The width of a line, counted from zero.
    pub fn width(&self, line: usize) -> f64 {
        self.measure - self.start(line)
    }

    /// The first line from which on all lines are of one width.
    pub(super) fn uniform_from(&self) -> usize {
        self.dropped.max(1)
    }
}

/// How lines are to fill the measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// Flush at both sides.
    Justified,
    /// Ragged at one side, lines about as long as they can be.
    Ragged,
    /// Ragged, with lines as nearly of one length as can be: for titles.
    Balanced,
}
