//! Differences as findings with their place in the manuscript.

use std::ops::Range;

use super::compare::{Compared, Difference};
use super::words::Words;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// On which part of the road words were lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// From the manuscript to the model.
    Reading,
    /// From the model to the EPUB.
    Epub,
    /// From the model to the PDF.
    Pdf,
}

impl Step {
    fn place(self) -> &'static str {
        match self {
            Step::Reading => "the book as it was read",
            Step::Epub => "the EPUB",
            Step::Pdf => "the PDF",
        }
    }
}

/// Where the words of a text were written, as far as another text knows it
/// better than they do themselves.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// For each word; nothing after the end of the list.
    spans: Vec<Option<Span>>,
}

impl Place {
    /// The words know it best.
    pub fn own() -> Place {
        Place::default()
    }

    /// Words that were found are where the words they match were written.
    pub fn through(compared: Compared, written: &Words, found: &Words) -> Place {
        let span = |(at, matched): (usize, Option<usize>)| {
            let index = matched.map_or((found, at), |at| (written, at));
            index.0.list().get(index.1).and_then(|word| word.span)
        };
        Place { spans: compared.matched.into_iter().enumerate().map(span).collect() }
    }

    /// The places of two texts, one after the other.
    pub fn followed_by(&self, next: &Place) -> Place {
        Place { spans: self.spans.iter().chain(&next.spans).copied().collect() }
    }

    fn of(&self, words: &Words, range: Range<usize>) -> Option<Span> {
        let spans = range.clone().map(|at| {
            let known = self.spans.get(at).copied().flatten();
            known.or_else(|| words.list().get(at).and_then(|word| word.span))
        });
        let mut spans = spans.flatten();
        let first = spans.next()?;
        Some(spans.filter(|span| span.file == first.file).fold(first, Span::to))
    }
}

/// The findings of a chapter.
#[derive(Debug)]
pub(super) struct Report<'a> {
    /// The findings.
    pub faults: Diagnostics,
    /// The chapter's name, for what has no place.
    pub name: &'a str,
}

impl Report<'_> {
    /// Adds the differences of two texts.
    pub fn compared(
        &mut self,
        lost: Step,
        expected: &Words,
        found: &Words,
        compared: &Compared,
        place: &Place,
    ) {
        for difference in &compared.differences {
            self.difference(lost, expected, found, difference, place);
        }
    }

    fn difference(
        &mut self,
        lost: Step,
        expected: &Words,
        found: &Words,
        difference: &Difference,
        place: &Place,
    ) {
        let whole = lost.place();
        let (code, span, message) = match difference {
            Difference::Lost(range) => {
                let words = expected.excerpt(range.clone());
                let message = match range.len() {
                    1 => format!("the word `{words}` is not in its place in {whole}"),
                    n => format!("{n} words are not in their place in {whole}: `{words}`"),
                };
                (Code::LostWord, place.of(expected, range.clone()), message)
            }
            Difference::Added { before, found: range } => {
                let words = found.excerpt(range.clone());
                let message = format!("{whole} has words here that nobody wrote: `{words}`");
                let own = found.span(range.clone()).filter(|_| lost == Step::Reading);
                let near = before.saturating_sub(1)..(before + 1).min(expected.len());
                (Code::AddedWord, own.or_else(|| place.of(expected, near)), message)
            }
            Difference::Broken { expected: ours, found: theirs } => {
                let (ours_said, theirs_said) =
                    (expected.excerpt(ours.clone()), found.excerpt(theirs.clone()));
                let message = format!("`{ours_said}` has become `{theirs_said}` in {whole}");
                (Code::BrokenWord, place.of(expected, ours.clone()), message)
            }
        };
        let diagnostic = match span {
            Some(span) => Diagnostic::at(code, span, message),
            None => Diagnostic::new(code, format!("in the chapter `{}` {message}", self.name)),
        };
        self.faults.push(diagnostic);
    }
}
