//! A paragraph measured: its words, its spaces, and every place it may break.
//!
//! The text is walked once, from one break opportunity (UAX #14) to the next.
//! [`boxes`] measures what is set, [`glue`] the spaces, [`breakpoints`] and
//! [`hyphens`] say where a line may end and at what penalty.

mod boxes;
mod breakpoints;
mod glue;
mod hyphens;
mod measurer;
mod widths;

use std::ops::Range;

use crate::typeset::styled_text::{LINE_END, ParaText};

use super::items::{BreakKind, Items};
use super::opportunities::{ascii_breaks, segmenter, stood_in};
use measurer::Measurer;

pub use measurer::Measuring;

/// Measures a paragraph.
pub fn measure_paragraph(text: &ParaText, measuring: &Measuring<'_, '_>) -> Items {
    let mut measurer = Measurer::new(text, measuring);
    measurer.begin();
    measurer.segments();
    measurer.items
}

impl Measurer<'_, '_> {
    fn segments(&mut self) {
        let text = &self.text.text;
        let mut begin = 0;
        if text.is_ascii() {
            // Without dashes or other scripts, spaces and hyphens are all there is.
            for end in ascii_breaks(text) {
                self.segment(begin..end);
                begin = end;
            }
        } else {
            let segmenter = segmenter(text);
            let text = &stood_in(self.text);
            for end in segmenter.segment_str(text).filter(|&end| end > 0) {
                let dash_next = text[end..].starts_with(['—', '–', '…', '/']);
                if end < text.len() && dash_next && !text[..end].ends_with([' ', LINE_END]) {
                    continue;
                }
                if opening_dash(&text[begin..end]) {
                    continue;
                }
                self.segment(begin..end);
                begin = end;
            }
        }
        if begin < text.len() {
            self.segment(begin..text.len());
        }
        let byte = text.trim_end_matches([' ', LINE_END]).len();
        if self.items.breakpoints.last().is_none_or(|c| c.kind != BreakKind::End) {
            self.breakpoint(BreakKind::End, self.items.elements.len(), byte, text.len(), 0.0);
        }
    }

    /// One unbreakable piece of text with the spaces that follow it.
    fn segment(&mut self, range: Range<usize>) {
        let text = &self.text.text;
        let piece = &text[range.clone()];
        let word = piece.trim_end_matches([' ', '\t', '\n', LINE_END, '\u{200b}', '\u{3000}']);
        let word_range = range.start..range.start + word.len();
        let first = self.items.elements.len();
        let breaks = self.items.breakpoints.len();
        self.word(word_range.clone());
        let in_compound = word.ends_with(['-', '‐']) || self.after_hyphen;
        self.after_hyphen = word.ends_with(['-', '‐']) && word.len() == piece.len();
        // Breaks stand in their order: none before those of a formula.
        if !in_compound && self.items.breakpoints.len() == breaks {
            self.hyphens(first);
        }
        let last = range.end == text.len();
        let forced = piece.contains(LINE_END);
        let at = self.items.elements.len();
        if forced && !last {
            self.before = None;
            self.breakpoint(BreakKind::Forced, at, word_range.end, range.end, 0.0);
        } else if last {
            self.breakpoint(BreakKind::End, at, word_range.end, range.end, 0.0);
        } else if word.len() < piece.len() && piece[word.len()..].chars().all(|c| c == '\u{200b}') {
            // A break without a space: nothing to set.
            self.breakpoint(BreakKind::Plain, at, word_range.end, range.end, 0.0);
        } else if word.len() < piece.len() {
            self.space(word_range.end..range.end);
        } else if !word.is_empty() {
            let penalty = self.plain_penalty(range.end);
            self.breakpoint(BreakKind::Plain, at, range.end, range.end, penalty);
        }
    }
}

/// Whether a piece of text between two breaks is a dash alone: one that opens,
/// as in Spanish speech (`—dijo`), and stays with its word.
fn opening_dash(piece: &str) -> bool {
    matches!(piece, "—" | "–" | "―")
}

#[cfg(test)]
mod tests;
