//! Breakpoints within words, where a hyphen is set that isn't in the text.
//!
//! Both halves are measured reshaped: kerning and ligatures change there.

use crate::text::{Hyphenator, Shaped};
use crate::typeset::lines::items::{BreakKind, Breakpoint, Element};
use crate::typeset::lines::protrusion;
use crate::typeset::lines::sums::{MAX_STRETCH, MAX_TRACKING, Sums};
use crate::typeset::style::Family;
use crate::units::Pt;

use super::measurer::Measurer;

/// The penalty of a hyphen.
const HYPHEN: f64 = 200.0;
/// The same, added, where it leaves only two letters behind.
const SHORT_HEAD: f64 = 60.0;
/// The same, added, in a name.
const IN_NAME: f64 = 80.0;

impl Measurer<'_, '_> {
    /// Breaks within the words of a segment: more than one where they are tied
    /// by spaces that don't break. A word whose letters are of several styles
    /// is left whole.
    pub(super) fn hyphens(&mut self, first: usize) {
        let Some(hyphenator) = self.measuring.hyphenator else { return };
        let text = &self.text.text;
        let elements = self.items.elements.get(first..).unwrap_or(&[]);
        let mut words: Vec<usize> = Vec::new();
        let mut lettered: Vec<usize> = Vec::new();
        for (i, element) in elements.iter().enumerate() {
            match element {
                Element::Word { range, .. } => {
                    if text[range.clone()].chars().any(char::is_alphabetic) {
                        lettered.push(first + i);
                    }
                }
                Element::Space { .. } => words.extend(take_single(&mut lettered)),
                Element::Fixed { .. } | Element::Object { .. } | Element::Gap { .. } => {}
            }
        }
        words.extend(take_single(&mut lettered));
        for index in words {
            self.hyphens_of(hyphenator, index);
        }
    }

    /// Breaks within one word.
    fn hyphens_of(&mut self, hyphenator: &Hyphenator, index: usize) {
        let Some(Element::Word { run, range, shaped, width }) =
            self.items.elements.get(index).cloned()
        else {
            return;
        };
        let s = &self.text.runs[run];
        if s.level % 2 == 1 {
            return;
        }
        let left_whole = range.len() < 5 || s.style.family == Family::Mono;
        if left_whole && !hyphenator.breaks_all() {
            return;
        }
        let word = &self.text.text[range.clone()];
        let lang = s.lang.as_ref().unwrap_or(self.measuring.lang);
        let breaks = hyphenator.breaks(word, lang);
        if breaks.is_empty() {
            return;
        }
        let before = self.sums_before(index);
        for at in breaks {
            self.hyphen(index, before, (run, range.start), word, at, &shaped, width);
        }
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "one place calls it, once for each break of a word"
    )]
    fn hyphen(
        &mut self,
        index: usize,
        before: Sums,
        (run, start): (usize, usize),
        word: &str,
        at: usize,
        shaped: &Shaped,
        width: Pt,
    ) {
        let s = &self.text.runs[run];
        let shaper = self.measuring.shaper;
        let length = u32::try_from(word.len()).unwrap_or(u32::MAX);
        let whole = f64::from(shaped.width.max(1));
        let share = f64::from(shaped.width_before(u32::try_from(at).unwrap_or(0), length)) / whole;
        let track = s.style.tracking.at(s.style.size).0;
        let measure = |text: &str| {
            let shaped = shaper.shape(s.face, s.style.features, false, text);
            self.scaled(s, shaped.width).0 + track * shaped.glyphs.len() as f64
        };
        let head = measure(&format!("{}-", word[..at].trim_end_matches('\u{ad}')));
        let tail = measure(&word[at..]);
        let flex =
            width.0 * MAX_STRETCH + s.style.size.0 * MAX_TRACKING * shaped.glyphs.len() as f64;
        let mut sums = before;
        sums.width += width.0 * share;
        sums.flex += flex * share;
        let hyphen_width = measure("-");
        let hang = protrusion::right('-', Pt(hyphen_width), s.style.size).0;
        let letters = word[..at].chars().filter(|c| c.is_alphabetic()).count();
        let name = word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
        self.items.breakpoints.push(Breakpoint {
            kind: BreakKind::Hyphen,
            element: index,
            byte: start + at,
            next: start + at,
            end: sums,
            start: sums,
            end_extra: head - width.0 * share - hang,
            start_extra: tail - width.0 * (1.0 - share),
            penalty: HYPHEN
                + if letters < 3 { SHORT_HEAD } else { 0.0 }
                + if name { IN_NAME } else { 0.0 },
            word_before: 0,
            word_after: 0,
        });
    }
}

/// The one element that holds all letters of a word; empties the list.
fn take_single(lettered: &mut Vec<usize>) -> Option<usize> {
    let only = match lettered[..] {
        [index] => Some(index),
        _ => None,
    };
    lettered.clear();
    only
}
