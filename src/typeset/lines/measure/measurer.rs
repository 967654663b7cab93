//! The measurer: what it is given, and how far it has come.

use crate::model::Lang;
use crate::text::{Hyphenator, WordShaper};
use crate::typeset::lines::full_width::Neighbour;
use crate::typeset::lines::items::{Element, Items};
use crate::typeset::lines::sums::Sums;
use crate::typeset::styled_text::ParaText;

/// What a paragraph needs to be measured.
pub struct Measuring<'a, 'f> {
    /// Shapes its words.
    pub shaper: &'a WordShaper<'f>,
    /// Breaks its words; `None` where none may be broken.
    pub hyphenator: Option<&'a Hyphenator>,
    /// The language of what has none of its own.
    pub lang: &'a Lang,
}

/// Walks a paragraph's text once, from left to right.
pub(super) struct Measurer<'a, 'f> {
    pub text: &'a ParaText,
    pub measuring: &'a Measuring<'a, 'f>,
    pub items: Items,
    pub sums: Sums,
    /// The text run at hand; text is walked once, from left to right.
    pub run: usize,
    /// The segment before ended in a hyphen: this one is half of a compound.
    pub after_hyphen: bool,
    /// The character that was set last, where nothing stands after it yet.
    pub before: Option<Neighbour>,
}

impl<'a, 'f> Measurer<'a, 'f> {
    pub(super) fn new(text: &'a ParaText, measuring: &'a Measuring<'a, 'f>) -> Measurer<'a, 'f> {
        Measurer {
            text,
            measuring,
            items: Items::default(),
            sums: Sums::default(),
            run: 0,
            after_hyphen: false,
            before: None,
        }
    }

    /// Adds an element and what it takes to the sums.
    pub(super) fn push(&mut self, element: Element) {
        self.sums += element.sums(self.text);
        self.items.elements.push(element);
    }

    /// The sums before an element that has just been added.
    pub(super) fn sums_before(&self, index: usize) -> Sums {
        let mut sums = self.sums;
        for element in self.items.elements.iter().skip(index) {
            sums -= element.sums(self.text);
        }
        sums
    }

    /// The text run of a byte, wherever it is.
    pub(super) fn find_run(&self, byte: usize) -> usize {
        self.text
            .runs
            .partition_point(|s| s.range.end <= byte)
            .min(self.text.runs.len().saturating_sub(1))
    }

    /// The text run of a byte that is not before those asked for until now.
    pub(super) fn run_at(&mut self, byte: usize) -> usize {
        while self.text.runs.get(self.run).is_some_and(|s| s.range.end <= byte)
            && self.run + 1 < self.text.runs.len()
        {
            self.run += 1;
        }
        self.run
    }
}
