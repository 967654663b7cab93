//! Boxes: the glyphs of words, and things that stand in the line like a word.

use std::ops::Range;

use crate::text::{HanStyle, is_cjk};
use crate::typeset::bidi::is_joined;
use crate::typeset::lines::full_width::{self, Neighbour};
use crate::typeset::lines::items::{BreakKind, Element};
use crate::typeset::lines::opportunities::{IDEOGRAPH, fixed_space};
use crate::typeset::styled_text::OBJECT;

use super::measurer::Measurer;

impl Measurer<'_, '_> {
    /// Letters up to the next break: cut at runs and at fixed spaces.
    pub(super) fn word(&mut self, range: Range<usize>) {
        let text = &self.text.text;
        let mut at = range.start;
        while at < range.end {
            let run = self.run_at(at);
            let end = self.text.runs[run].range.end.min(range.end);
            let mut begin = at;
            for (i, c) in text[at..end].char_indices() {
                let i = at + i;
                let after = i + c.len_utf8();
                match fixed_space(c) {
                    Some(kind) => {
                        self.letters(run, begin..i);
                        self.special_space(run, i..after, kind);
                        begin = after;
                    }
                    None if c == OBJECT => {
                        self.letters(run, begin..i);
                        self.object(run);
                        begin = after;
                    }
                    None => {}
                }
            }
            self.letters(run, begin..end);
            at = end;
        }
    }

    /// Letters of one text run: whole, but full-width characters one by one with
    /// what stands between them.
    fn letters(&mut self, run: usize, range: Range<usize>) {
        let Some(word) = self.text.text.get(range.clone()) else { return };
        let Some(first) = word.chars().next() else { return };
        let beside = self.before.is_some_and(|n| n.full_width);
        if !beside && (word.is_ascii() || !word.chars().any(full_width::may_be_full_width)) {
            self.before = word.chars().next_back().map(|c| self.neighbour(run, c));
            return self.glyphs(run, range);
        }
        let (mut begin, mut last) = (0, self.neighbour(run, first));
        self.gap(run, range.start, last);
        for (i, c) in word.char_indices().skip(1).filter(|(_, c)| !full_width::goes_with(*c)) {
            let next = self.neighbour(run, c);
            if last.full_width || next.full_width {
                self.glyphs(run, range.start + begin..range.start + i);
                self.before = Some(last);
                self.gap(run, range.start + i, next);
                begin = i;
            }
            last = next;
        }
        self.glyphs(run, range.start + begin..range.end);
        self.before = Some(last);
    }

    /// A character as its neighbours see it.
    pub(super) fn neighbour(&self, run: usize, c: char) -> Neighbour {
        let s = &self.text.runs[run];
        let lang = s.lang.as_ref().unwrap_or(self.measuring.lang);
        let han = || HanStyle::of(lang);
        // A dash of the Latin font may be as wide, but is not full-width.
        let is_full_width = full_width::may_be_full_width(c)
            && (is_cjk(c) || matches!(han(), Some(h) if h != HanStyle::Korean))
            && self.char_width(s, c) >= s.style.size * 0.9;
        Neighbour {
            c,
            full_width: is_full_width,
            centred: is_full_width && han() == Some(HanStyle::Traditional),
        }
    }

    /// Glyphs of one text run without a break.
    fn glyphs(&mut self, run: usize, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let s = &self.text.runs[run];
        let word = &self.text.text[range.clone()];
        let rtl = s.level % 2 == 1;
        let shaped = self.measuring.shaper.shape(s.face, s.style.features, rtl, word);
        let glyphs = shaped.glyphs.len() as f64;
        // Nothing can be put between letters that are joined.
        let gaps = if is_joined(word) { 0.0 } else { glyphs };
        let width = self.scaled(s, shaped.width) + s.style.tracking.at(s.style.size) * gaps;
        self.push(Element::Word { run, range, shaped, width });
    }

    /// Something that is no word: a picture, a formula.
    fn object(&mut self, run: usize) {
        let s = &self.text.runs[run];
        let Some(object) = &s.object else { return };
        let width = object.width();
        let ideographic = object.stand_in() == IDEOGRAPH;
        let square = Neighbour { c: IDEOGRAPH, full_width: true, centred: false };
        if ideographic {
            self.gap(run, s.range.start, square);
        }
        self.before = ideographic.then_some(square);
        self.push(Element::Object { run, width });
        let Some(after) = object.break_after() else { return };
        let byte = s.range.end;
        let index = self.items.breakpoints.len();
        if let Some(penalty) = after.penalty {
            let element = self.items.elements.len();
            self.breakpoint(BreakKind::Formula, element, byte, byte, penalty);
        }
        self.push(Element::Fixed { run, range: byte..byte, width: after.space });
        if let Some(breakpoint) = self.items.breakpoints.get_mut(index) {
            breakpoint.element += 1;
            breakpoint.start = self.sums;
        }
    }
}
