//! How wide the columns of a table are.
//!
//! A column wants its longest cell on one line and needs its longest word. If
//! the words of all columns don't fit beside each other, type and gutters become
//! smaller; then words are hyphenated; then, if little is missing, they are
//! broken anywhere. A table that would be cut to pieces is not set in columns.

use crate::text::Hyphenator;
use crate::typeset::context::Context;
use crate::typeset::lines::Items;
use crate::typeset::lines::items::Element;
use crate::typeset::lines::measure::{Measuring, measure_paragraph};
use crate::typeset::scope::Scope;
use crate::typeset::styled_text::ParaText;
use crate::units::Pt;

/// What may be done to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    /// They are whole, or hyphenated where a cell is fuller for it.
    Hyphenated,
    /// They are broken anywhere where they must be.
    Broken,
}

/// How a table is set in columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Columns {
    /// The width of each, from the first; gutters not included.
    pub widths: Vec<Pt>,
    /// The space between two.
    pub gutter: Pt,
    /// The size of the type as a share of the usual.
    pub zoom: f64,
    /// What is done to words.
    pub words: Words,
}

/// What a column's cells ask for at full size.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Extent {
    /// Its longest piece of a word, where words are hyphenated.
    piece: Pt,
    /// Its longest word.
    word: Pt,
    /// Its longest cell on one line.
    line: Pt,
}

/// Columns for these cells, row by row; nothing if they would have to be cut
/// to pieces.
pub(super) fn columns<'t>(
    cx: &Context<'_>,
    scope: Scope<'_>,
    rows: impl Iterator<Item = Vec<&'t ParaText>> + Clone,
    count: usize,
    measure: Pt,
) -> Option<Columns> {
    let tokens = &cx.theme.table;
    let size = cx.theme.table_size;
    let least = size * tokens.least_column;
    let mut extents = vec![Extent { piece: least, word: least, line: least }; count];
    for row in rows.clone() {
        for (text, extent) in row.into_iter().zip(&mut extents) {
            let (word, line) = whole(cx, scope, text);
            extent.word = extent.word.max(word);
            extent.line = extent.line.max(line);
        }
    }
    let room = |gutter: Pt| measure - gutter * (count as f64 - 1.0);
    for (zoom, gutter) in tokens.steps.into_iter().take(2) {
        if let Some(widths) = shared(&extents, room(gutter) / zoom, |e| (e.word, e.line)) {
            return Some(made(widths, gutter, zoom, Words::Hyphenated));
        }
    }
    for row in rows {
        for (text, extent) in row.into_iter().zip(&mut extents) {
            extent.piece = extent.piece.max(hyphenated(cx, scope, text));
        }
    }
    for (zoom, gutter) in tokens.steps.into_iter().skip(1) {
        if let Some(widths) = shared(&extents, room(gutter) / zoom, |e| (e.piece, e.word)) {
            return Some(made(widths, gutter, zoom, Words::Hyphenated));
        }
    }
    let [.., (zoom, gutter)] = tokens.steps;
    let room = room(gutter) / zoom;
    let pieces: Pt = extents.iter().map(|e| e.piece).sum();
    if room < pieces * tokens.most_broken && count > 1 {
        return None;
    }
    let narrowest = |e: &Extent| (e.piece.min(size * tokens.narrowest_column), e.piece);
    let widths = shared(&extents, room, narrowest)?;
    Some(made(widths, gutter, zoom, Words::Broken))
}

/// Columns that are as wide as they can be without being too wide: for tables
/// that can't be set in another way.
pub(super) fn forced(cx: &Context<'_>, count: usize, measure: Pt) -> Columns {
    let tokens = &cx.theme.table;
    let [.., (zoom, gutter)] = tokens.steps;
    let gutter = gutter.min(measure / (count as f64 * 3.0));
    let width = (measure - gutter * (count as f64 - 1.0)) / count.max(1) as f64;
    let zoom = zoom.min((width / (cx.theme.table_size * tokens.narrowest_column)).max(0.5));
    Columns { widths: vec![width; count], gutter, zoom, words: Words::Broken }
}

fn made(widths: Vec<Pt>, gutter: Pt, zoom: f64, words: Words) -> Columns {
    Columns { widths: widths.into_iter().map(|w| w * zoom).collect(), gutter, zoom, words }
}

/// Shares the room among the columns: each gets what it needs at least, what it
/// wants at most, and what is left of the room by what they lack. Nothing if the
/// room is too small.
fn shared(extents: &[Extent], room: Pt, bounds: impl Fn(&Extent) -> (Pt, Pt)) -> Option<Vec<Pt>> {
    let (needed, wanted): (Vec<Pt>, Vec<Pt>) = extents.iter().map(bounds).unzip();
    let sum = |v: &[Pt]| v.iter().copied().sum::<Pt>();
    if sum(&wanted) <= room {
        return Some(wanted);
    }
    let base = sum(&needed);
    if base > room {
        return None;
    }
    // Long cells are weighed by their root: twice the text is not twice the width.
    let lack: Vec<f64> =
        needed.iter().zip(&wanted).map(|(n, w)| (*w - *n).0.max(0.0).sqrt()).collect();
    let all: f64 = lack.iter().sum::<f64>().max(1e-9);
    let spare = room - base;
    Some(needed.iter().zip(&lack).map(|(n, k)| *n + spare * (k / all)).collect())
}

/// The longest word of a text and its length on one line.
pub(super) fn whole(cx: &Context<'_>, scope: Scope<'_>, text: &ParaText) -> (Pt, Pt) {
    let items = measured(cx, scope, text, None);
    let mut longest = Pt::ZERO;
    let mut word = Pt::ZERO;
    let mut line = Pt::ZERO;
    for element in &items.elements {
        match element {
            Element::Word { width, .. }
            | Element::Fixed { width, .. }
            | Element::Object { width, .. } => {
                word += *width;
                line += *width;
            }
            Element::Space { width, .. } | Element::Gap { width, .. } => {
                longest = longest.max(word);
                word = Pt::ZERO;
                line += *width;
            }
        }
    }
    (longest.max(word) + Pt(0.5), line + Pt(0.5))
}

/// The longest piece between two places where a text may be broken.
pub(super) fn hyphenated(cx: &Context<'_>, scope: Scope<'_>, text: &ParaText) -> Pt {
    let items = measured(cx, scope, text, Some(cx.hyphenator));
    let pieces = items.breakpoints.windows(2).filter_map(|pair| {
        let [from, to] = pair else { return None };
        let width = to.end.width + to.end.space - from.start.width - from.start.space;
        Some(Pt(width + from.start_extra.max(0.0) + to.end_extra.max(0.0)))
    });
    pieces.fold(Pt::ZERO, Pt::max) + Pt(0.5)
}

fn measured(
    cx: &Context<'_>,
    scope: Scope<'_>,
    text: &ParaText,
    hyphenator: Option<&Hyphenator>,
) -> Items {
    measure_paragraph(text, &Measuring { shaper: cx.shaper, hyphenator, lang: scope.lang })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extent(piece: f64, word: f64, line: f64) -> Extent {
        Extent { piece: Pt(piece), word: Pt(word), line: Pt(line) }
    }

    #[test]
    fn columns_get_what_they_want_or_share_what_is_left() {
        let extents = [extent(5.0, 10.0, 20.0), extent(5.0, 10.0, 110.0)];
        let bounds = |e: &Extent| (e.word, e.line);
        assert_eq!(shared(&extents, Pt(200.0), bounds), Some(vec![Pt(20.0), Pt(110.0)]));
        let tight = shared(&extents, Pt(60.0), bounds).expect("words fit");
        assert!((tight.iter().copied().sum::<Pt>() - Pt(60.0)).abs() < Pt(1e-6));
        assert!(tight[0] >= Pt(10.0) && tight[1] > tight[0]);
        assert_eq!(shared(&extents, Pt(19.0), bounds), None);
    }
}
