//! What a measured paragraph is made of: boxes, glue and breakpoints.
//!
//! The items of Knuth and Plass (*Breaking Paragraphs into Lines*, 1981), laid
//! out as running sums, so that the width of any line is a difference of two
//! [`Sums`].

use std::ops::Range;
use std::sync::Arc;

use crate::text::Shaped;
use crate::typeset::bidi::is_joined;
use crate::typeset::style::Family;
use crate::typeset::styled_text::ParaText;
use crate::units::Pt;

use super::sums::{MAX_STRETCH, MAX_TRACKING, Sums};

/// What a line is made of.
#[derive(Debug, Clone)]
pub enum Element {
    /// Letters of one text run without a space.
    Word {
        /// The text run they are of.
        run: usize,
        /// Their bytes.
        range: Range<usize>,
        /// Their glyphs.
        shaped: Arc<Shaped>,
        /// Their width.
        width: Pt,
    },
    /// A space between words that gives and takes.
    Space {
        /// The text run it is of.
        run: usize,
        /// Its bytes.
        range: Range<usize>,
        /// Its natural width.
        width: Pt,
    },
    /// A space of a fixed width.
    Fixed {
        /// The text run it is of.
        run: usize,
        /// Its bytes.
        range: Range<usize>,
        /// Its width.
        width: Pt,
    },
    /// What stands between two full-width characters, without a character.
    Gap {
        /// The byte of the second.
        byte: usize,
        /// Its natural width; below zero where an empty half is given up.
        width: Pt,
        /// What it gives for every unit of strain.
        elastic: Pt,
    },
    /// Something that is no word.
    Object {
        /// The text run that holds it.
        run: usize,
        /// Its width.
        width: Pt,
    },
}

impl Element {
    /// What it adds to the running sums of its paragraph.
    pub fn sums(&self, text: &ParaText) -> Sums {
        match self {
            Element::Word { run, range, shaped, width } => {
                let flex = match (text.runs.get(*run), text.text.get(range.clone())) {
                    (Some(run), Some(word)) if run.style.family != Family::Mono => {
                        // Nothing can be put between letters that are joined.
                        let gaps = if is_joined(word) { 0.0 } else { shaped.glyphs.len() as f64 };
                        width.0 * MAX_STRETCH + run.style.size.0 * MAX_TRACKING * gaps
                    }
                    _ => 0.0,
                };
                Sums { width: width.0, space: 0.0, flex }
            }
            Element::Space { width, .. } => Sums { width: 0.0, space: width.0, flex: 0.0 },
            Element::Gap { width, elastic, .. } => {
                Sums { width: width.0 - elastic.0, space: elastic.0, flex: 0.0 }
            }
            Element::Fixed { width, .. } | Element::Object { width, .. } => {
                Sums { width: width.0, space: 0.0, flex: 0.0 }
            }
        }
    }
}

/// Why a line may end at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakKind {
    /// At a space, which vanishes.
    Space,
    /// Within a word, with a hyphen that isn't in the text.
    Hyphen,
    /// After a hyphen or dash of the text, or between ideographs.
    Plain,
    /// Within a formula, at a space that vanishes and stands for nothing.
    Formula,
    /// Between two full-width characters of East Asian text, where the gap vanishes.
    FullWidth,
    /// Because the text says so.
    Forced,
    /// At the end of the paragraph.
    End,
}

/// A place where a line may end and the next begin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Breakpoint {
    /// Why.
    pub kind: BreakKind,
    /// The first element after the line, or the one that is broken within.
    pub element: usize,
    /// The byte where the line's text ends.
    pub byte: usize,
    /// The byte where the next line's text begins.
    pub next: usize,
    /// Sums of all that stands before.
    pub end: Sums,
    /// Sums where the next line begins.
    pub start: Sums,
    /// What the line gains in width by ending here: hyphen, reshaping, less
    /// what hangs over the edge.
    pub end_extra: f64,
    /// What the next line gains in width by beginning here.
    pub start_extra: f64,
    /// What it costs to break here.
    pub penalty: f64,
    /// Stands for the word before, to see the same word above itself.
    pub word_before: u64,
    /// Stands for the word after.
    pub word_after: u64,
}

/// A measured paragraph.
#[derive(Debug, Clone, Default)]
pub struct Items {
    /// What the lines are made of.
    pub elements: Vec<Element>,
    /// Where it may break; the first stands for its beginning, the last for
    /// its end.
    pub breakpoints: Vec<Breakpoint>,
}
