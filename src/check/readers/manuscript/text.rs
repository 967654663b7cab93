//! Words as they are read: where they go, and what is left out on purpose.

use super::reader::Reader;
use crate::check::streams::{LeftOut, Reason};
use crate::check::words::{At, Words};
use crate::source::Span;

impl Reader<'_> {
    /// Where words go.
    pub(super) fn to(&mut self) -> &mut Words {
        let streams = &mut self.out.streams;
        if self.pictures > 0 {
            return &mut streams.pictures;
        }
        if let Some(note) = self.note.last().and_then(|at| streams.notes.get_mut(*at)) {
            return &mut note.words;
        }
        if self.captions > 0 { &mut streams.captions } else { &mut streams.flow }
    }

    pub(super) fn words(&mut self, text: &str, range: std::ops::Range<usize>) {
        if range.start < self.hidden_until || self.muted || self.formula_text(text, &range) {
            return;
        }
        if self.pictures == 0 && !text.trim().is_empty() {
            self.see_words();
        }
        let source = self.text.get(range.clone()).unwrap_or("");
        let at = match source.find(text).filter(|_| source.len() <= text.len() + 2) {
            Some(inset) => At::Exact(self.file, range.start + inset),
            None => At::Within(Span::new(self.file, range.start, range.end)),
        };
        self.to().text(text, at);
    }

    /// Whether words stand within a mark, such as code in a term of the index.
    pub(super) fn within_rewritten(&self, range: &std::ops::Range<usize>) -> bool {
        let first = self.rewritten.partition_point(|part| part.end <= range.start);
        self.rewritten
            .get(first)
            .is_some_and(|part| part.start <= range.start && range.end <= part.end)
    }

    /// Words but for those that a style of citations writes anew.
    pub(super) fn cited(&mut self, text: &str, range: std::ops::Range<usize>) {
        let first = self.rewritten.partition_point(|part| part.end <= range.start);
        let parts: Vec<_> = (self.rewritten.get(first..).unwrap_or(&[]).iter())
            .take_while(|part| part.start < range.end)
            .cloned()
            .collect();
        if parts.is_empty() || self.text.get(range.clone()) != Some(text) {
            return self.words(text, range);
        }
        let mut at = range.start;
        for part in parts {
            let before = at..part.start.max(at);
            let words = self.text.get(before.clone()).unwrap_or("").to_owned();
            self.words(&words, before);
            // A mark shows nothing, or what the tool says: a citation, both.
            if !self.text.get(part.clone()).is_some_and(|mark| mark.starts_with('{')) {
                self.to().gap();
            }
            at = part.end.min(range.end);
        }
        let words = self.text.get(at..range.end).unwrap_or("").to_owned();
        self.words(&words, at..range.end);
    }

    pub(super) fn formula(&mut self, tex: &str, range: std::ops::Range<usize>) {
        self.see_words();
        let span = Span::new(self.file, range.start, range.end);
        let to = self.to();
        to.boundary();
        to.text(tex, At::Within(span));
        to.boundary();
    }

    pub(super) fn leave_out(&mut self, range: std::ops::Range<usize>, reason: Reason) {
        let text = self.text.get(range.clone()).unwrap_or("");
        let span = Span::new(self.file, range.start, range.end);
        self.leave_out_words(text, span, reason);
    }

    pub(super) fn leave_out_words(&mut self, text: &str, span: Span, reason: Reason) {
        let mut words = Words::default();
        words.text(text, At::Unknown);
        let words = words.finished().len();
        self.out.left_out.push(LeftOut { span, words, reason });
    }
}

/// Whether every line of a paragraph explains an abbreviation.
pub(super) fn explains_abbreviations(paragraph: &str) -> bool {
    paragraph.trim_start().starts_with("*[")
        && paragraph.lines().all(|line| {
            let rest = line.trim_start().strip_prefix("*[").unwrap_or("");
            rest.split_once("]:").is_some_and(|(short, _)| !short.contains(']'))
        })
}
