//! Clusters of a glyph run: the glyphs of one letter or ligature.

use std::ops::Range;

use crate::page::{Glyph, GlyphRun};

/// The glyphs of one letter or ligature with the text they stand for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cluster<'a> {
    /// Which glyphs of the run.
    pub(super) glyphs: Range<usize>,
    /// The text.
    pub(super) text: &'a str,
}

/// The clusters of a run in the order they are drawn.
pub(super) fn clusters(run: &GlyphRun) -> impl Iterator<Item = Cluster<'_>> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let first = run.glyphs.get(next)?;
        let start = next;
        next += 1;
        while run.glyphs.get(next).is_some_and(|g| g.text.is_empty()) {
            next += 1;
        }
        Some(Cluster { glyphs: start..next, text: text_of(run, first) })
    })
}

/// The text of a glyph's cluster as it is read and copied.
pub(super) fn text_of<'a>(run: &'a GlyphRun, glyph: &Glyph) -> &'a str {
    let text = run.text.get(glyph.text.start as usize..glyph.text.end as usize).unwrap_or("");
    // A soft hyphen where no line ends is nothing to be read or copied, and a
    // space that doesn't break is a space once the lines are set.
    match text.trim_matches('\u{ad}') {
        "" => text,
        "\u{a0}" => " ",
        trimmed => trimmed,
    }
}
