//! Formulas in MathML: the TeX they are annotated with, or else their letters.

use std::ops::Range;

use super::reader::Reader;
use crate::check::readers::html::Tag;

/// A formula as it is read.
#[derive(Debug, Default)]
pub(super) struct MathMl {
    /// Its text in pieces, with the bytes of the file that each has.
    letters: Vec<(String, Range<usize>)>,
    /// The TeX it is annotated with.
    tex: String,
    /// What is read is an annotation: in TeX, or one that a book can't show.
    annotation: Option<bool>,
}

impl Reader<'_> {
    /// Keeps a text for the formula that is open; `false` if there is none.
    pub(super) fn formula_text(&mut self, text: &str, range: &Range<usize>) -> bool {
        let Some(mathml) = &mut self.mathml else { return false };
        match mathml.annotation {
            Some(true) => mathml.tex.push_str(text),
            Some(false) => {}
            None => mathml.letters.push((text.to_owned(), range.clone())),
        }
        true
    }

    /// A text that another program reads instead of the formula.
    pub(super) fn annotation_opens(&mut self, tag: &Tag) {
        let is_tex = matches!(tag.get("encoding"), Some("application/x-tex" | "TeX" | "LaTeX"));
        if let Some(mathml) = &mut self.mathml {
            mathml.annotation = Some(is_tex);
        }
    }

    pub(super) fn annotation_closes(&mut self) {
        if let Some(mathml) = &mut self.mathml {
            mathml.annotation = None;
        }
    }

    /// The formula is read whole.
    pub(super) fn formula_closes(&mut self) {
        let Some(MathMl { letters, tex, .. }) = self.mathml.take() else { return };
        let range = letters.first().map_or(0, |(_, range)| range.start)
            ..letters.last().map_or(0, |(_, range)| range.end);
        if tex.trim().is_empty() {
            letters.into_iter().for_each(|(text, range)| self.words(&text, range));
        } else {
            self.formula(&tex, range);
        }
    }
}
