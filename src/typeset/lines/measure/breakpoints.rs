//! Every place where a line may end, with its penalty and what it does to the
//! edges of both lines.

use std::ops::Range;

use crate::text::{is_cjk, is_hangul};
use crate::typeset::lines::items::{BreakKind, Breakpoint};
use crate::typeset::lines::no_break::no_break_penalty;
use crate::typeset::lines::opportunities::{LONGEST_WORD, fingerprint};
use crate::typeset::lines::sums::Sums;
use crate::typeset::styled_text::LINE_END;

use super::measurer::Measurer;

/// The penalty of a break after a dash or hyphen of the text.
const AFTER_DASH: f64 = 25.0;
/// The penalty of a break between two syllables of a Korean word, where no
/// hyphen is set.
const BETWEEN_SYLLABLES: f64 = 180.0;

impl Measurer<'_, '_> {
    /// The breakpoint that stands for the paragraph's beginning.
    pub(super) fn begin(&mut self) {
        let start_extra = self.left_protrusion(0);
        self.items.breakpoints.push(Breakpoint {
            kind: BreakKind::Forced,
            element: 0,
            byte: 0,
            next: 0,
            end: Sums::default(),
            start: Sums::default(),
            end_extra: 0.0,
            start_extra,
            penalty: 0.0,
            word_before: 0,
            word_after: self.word_after(0),
        });
    }

    /// Adds a breakpoint where the text has come to; the line ends before `byte`,
    /// the next begins at `next`.
    pub(super) fn breakpoint(
        &mut self,
        kind: BreakKind,
        element: usize,
        byte: usize,
        next: usize,
        penalty: f64,
    ) {
        let end_extra = -self.right_protrusion(byte);
        let start_extra = self.left_protrusion(next);
        self.items.breakpoints.push(Breakpoint {
            kind,
            element,
            byte,
            next,
            end: self.sums,
            start: self.sums,
            end_extra,
            start_extra,
            penalty,
            word_before: self.word_before(byte),
            word_after: self.word_after(next),
        });
    }

    /// The penalty of a break that neither takes nor adds anything.
    pub(super) fn plain_penalty(&self, byte: usize) -> f64 {
        let (before, after) = self.text.text.split_at(byte);
        let hangul = |c: Option<char>| c.is_some_and(is_hangul);
        if hangul(before.chars().next_back()) && hangul(after.chars().next()) {
            BETWEEN_SYLLABLES
        } else {
            AFTER_DASH
        }
    }

    /// The penalty of a break at a space: whether its two words belong together.
    pub(super) fn space_penalty(&self, range: Range<usize>) -> f64 {
        let text = &self.text.text;
        let before = text[..range.start].rsplit([' ', '\u{a0}', LINE_END]).next().unwrap_or("");
        let after = text[range.end..].split([' ', '\u{a0}', LINE_END]).next().unwrap_or("");
        no_break_penalty(before, after)
    }

    /// Stands for the word before a byte; 0 where there is none to compare.
    fn word_before(&self, byte: usize) -> u64 {
        let text = &self.text.text[..byte];
        if text.chars().next_back().is_some_and(is_cjk) {
            return 0;
        }
        let from = byte.saturating_sub(LONGEST_WORD);
        let from = (from..byte).find(|at| text.is_char_boundary(*at)).unwrap_or(byte);
        let text = &text[from..];
        let begin = text.rfind([' ', LINE_END]).map_or(0, |i| i + 1);
        fingerprint(text.get(begin..).unwrap_or(""))
    }

    /// Stands for the word after a byte; 0 where there is none to compare.
    fn word_after(&self, byte: usize) -> u64 {
        let text = &self.text.text[byte..];
        if text.starts_with(is_cjk) {
            return 0;
        }
        let to = LONGEST_WORD.min(text.len());
        let to = (0..=to).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let text = &text[..to];
        fingerprint(text.split([' ', LINE_END]).next().unwrap_or(""))
    }
}
