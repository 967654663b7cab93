//! The index: two narrow columns of small type, entries hanging from their
//! first words, groups under their letters.
//!
//! The page breaker knows one column. So the index fills its columns itself,
//! page by page, and gives the breaker one rigid chunk a page:
//!
//! ```text
//! entries ─► paragraphs ─► columns of a page's height ─► chunks, the last balanced
//! ```

use std::collections::VecDeque;
use std::sync::Arc;

use crate::model::{Direction, IndexEntry, IndexPlace, Inline, InlineKind, LinkTarget};
use crate::page::{ListNumbering, StructId, StructKind};
use crate::text::Weight;
use crate::typeset::chapter::Setter;
use crate::typeset::chunk::{Chunk, Gap, NEVER, Para, Range, Row, RowContent};
use crate::typeset::inline::flatten;
use crate::typeset::lines::{Alignment, LineShape};
use crate::typeset::style::{Family, TextStyle};
use crate::units::Pt;

use super::Place;
use super::para::{ParaSpec, fitted};
use super::quote::shifted;

/// Columns of a page.
const COLUMNS: usize = 2;
/// So many terms below another stay in one column.
const MOST_TIED: usize = 5;
/// With fewer grid lines left, the index begins on the next page.
const FEWEST_LINES: usize = 6;

/// One paragraph of the index: a letter or an entry.
struct Piece {
    para: Para,
    lines: usize,
    /// How deep it is in the list; the first line begins so many steps in.
    depth: usize,
    /// A line of space goes before it, if it doesn't begin a column.
    spaced: bool,
    /// It must not end a column.
    keep_next: bool,
}

/// What all columns of an index have in common.
struct Measures {
    style: TextStyle,
    leading: Pt,
    width: Pt,
    gutter: Pt,
    /// One step of indent.
    step: Pt,
}

/// Sets an index. `used` grid lines of the first page are taken already.
pub fn columns(
    setter: &mut Setter<'_>,
    entries: &[IndexEntry],
    place: Place,
    used: usize,
) -> Vec<Chunk> {
    let theme = setter.theme;
    let gutter = theme.leading * 1.5;
    let measures = Measures {
        style: TextStyle { size: theme.caption_size, ..place.style },
        leading: theme.caption_leading,
        width: (place.width - gutter * (COLUMNS as f64 - 1.0)) / COLUMNS as f64,
        gutter,
        step: theme.caption_size,
    };
    let mut pieces = VecDeque::from(pieces(setter, entries, place, &measures));
    let mut free = theme.lines.saturating_sub(used % theme.lines.max(1));
    if free < FEWEST_LINES {
        free = theme.lines;
    }
    let mut chunks = Vec::new();
    while !pieces.is_empty() {
        let (heights, grid) = fill(setter, &pieces, &measures, free);
        chunks.push(page(setter, &mut pieces, &heights, grid, place, &measures));
        free = theme.lines;
    }
    chunks
}

/// How many pieces go into each column of a page of so many grid lines, and how
/// many grid lines the page takes: the last one is as low as it can be.
fn fill(
    setter: &Setter<'_>,
    pieces: &VecDeque<Piece>,
    measures: &Measures,
    free: usize,
) -> (Vec<usize>, usize) {
    let grid = setter.theme.leading;
    let room = |lines: usize| {
        ((grid * (lines as f64 - 1.0) + Pt(0.01)) / measures.leading).floor() as usize + 1
    };
    let full = counts(pieces, room(free));
    if full.iter().sum::<usize>() < pieces.len() {
        return (full, free);
    }
    let lowest = (1..=free).find(|lines| {
        let counts = counts(pieces, room(*lines));
        counts.iter().sum::<usize>() == pieces.len()
    });
    lowest.map_or((full, free), |lines| (counts(pieces, room(lines)), lines))
}

/// How many pieces go into each column of so many lines; at least one goes
/// into the first.
fn counts(pieces: &VecDeque<Piece>, room: usize) -> Vec<usize> {
    let mut counts = Vec::with_capacity(COLUMNS);
    let mut from = 0;
    for _ in 0..COLUMNS {
        let mut filled = 0;
        let mut count = 0;
        for piece in pieces.iter().skip(from) {
            let space = usize::from(piece.spaced && count > 0);
            if filled + space + piece.lines > room {
                break;
            }
            filled += space + piece.lines;
            count += 1;
        }
        let rest = pieces.len() > from + count;
        while count > 1 && rest && pieces.get(from + count - 1).is_some_and(|p| p.keep_next) {
            count -= 1;
        }
        if from == 0 && count == 0 {
            count = 1;
        }
        counts.push(count);
        from += count;
    }
    counts
}

/// Takes the pieces of a page and puts them in their places.
fn page(
    setter: &mut Setter<'_>,
    pieces: &mut VecDeque<Piece>,
    counts: &[usize],
    grid: usize,
    place: Place,
    measures: &Measures,
) -> Chunk {
    let mut parts = Vec::new();
    for (column, count) in counts.iter().enumerate() {
        let across = match setter.direction {
            Direction::Ltr => column,
            Direction::Rtl => counts.len() - 1 - column,
        };
        let left = place.left + (measures.width + measures.gutter) * across as f64;
        let mut at = 0;
        for (nth, mut piece) in pieces.drain(..(*count).min(pieces.len())).enumerate() {
            at += usize::from(piece.spaced && nth > 0);
            piece.para.left = match setter.direction {
                Direction::Ltr => left + measures.step * (piece.depth + 2) as f64,
                Direction::Rtl => left,
            };
            let para = Arc::new(piece.para);
            for line in 0..piece.lines {
                parts.push(shifted(&para, line, measures.leading * at as f64));
                at += 1;
            }
        }
    }
    let mut row = Row::items(grid.max(1), Vec::new());
    row.content = RowContent::Group(parts);
    row.break_after = NEVER;
    Chunk::of_rows(vec![row], Gap::NONE, setter.span)
}

/// All letters and entries as paragraphs.
fn pieces(
    setter: &mut Setter<'_>,
    entries: &[IndexEntry],
    place: Place,
    measures: &Measures,
) -> Vec<Piece> {
    let node = setter.structure.add(place.node, StructKind::Index);
    let mut out = Vec::new();
    for group in entries.chunk_by(|a, b| a.letter == b.letter) {
        let first = out.len();
        if let Some(letter) = group.first().map(|e| e.letter.as_str()).filter(|l| !l.is_empty()) {
            let style = measures.style.family(Family::Sans).weight(Weight::Semibold);
            let node = setter.structure.add(node, StructKind::P);
            let words = [Inline::text(letter, setter.span)];
            let mut piece = piece(setter, &words, node, style, 0, measures);
            piece.keep_next = true;
            out.push(piece);
        }
        list(setter, group, node, 0, measures, &mut out);
        if let Some(piece) = out.get_mut(first) {
            piece.spaced = true;
        }
    }
    out
}

fn list(
    setter: &mut Setter<'_>,
    entries: &[IndexEntry],
    node: StructId,
    depth: usize,
    measures: &Measures,
    out: &mut Vec<Piece>,
) {
    let node = setter.structure.add(node, StructKind::List(ListNumbering::Unmarked));
    for entry in entries {
        let item = setter.structure.add(node, StructKind::ListItem);
        let body = setter.structure.add(item, StructKind::ListBody);
        let words = words(setter, entry);
        // The pages stand as links, not after them.
        let folios = std::mem::replace(&mut setter.folios, &crate::typeset::NO_FOLIOS);
        let mut piece = piece(setter, &words, body, measures.style, depth, measures);
        setter.folios = folios;
        piece.keep_next = !entry.children.is_empty();
        out.push(piece);
        if !entry.children.is_empty() {
            let first = out.len();
            list(setter, &entry.children, body, depth + 1, measures, out);
            tie(out.get_mut(first..).unwrap_or_default());
        }
    }
}

/// Keeps a few terms together below their own; of many, the first and last two.
fn tie(pieces: &mut [Piece]) {
    let count = pieces.len();
    for (nth, piece) in pieces.iter_mut().enumerate() {
        let edge = count <= MOST_TIED || nth == 0 || nth + 2 == count;
        piece.keep_next |= edge && nth + 1 < count;
    }
}

fn piece(
    setter: &mut Setter<'_>,
    words: &[Inline],
    node: StructId,
    style: TextStyle,
    depth: usize,
    measures: &Measures,
) -> Piece {
    let hang = measures.step * 2.0;
    let measure = measures.width - measures.step * (depth + 2) as f64;
    let spec = ParaSpec {
        node,
        style,
        left: Pt::ZERO,
        shape: LineShape { measure: measure.0, indent: -hang.0, ..LineShape::default() },
        alignment: Alignment::Ragged,
        range: Range::Left,
        hyphenate: false,
        grid: 1,
        gaps: (Gap::NONE, Gap::NONE),
    };
    let text = flatten(setter, words, style, node);
    let para = fitted(setter, text, node, &spec, Vec::new());
    let lines =
        para.breakings.by_line_count.get(para.breakings.best).map_or(1, |f| f.breaks.len()).max(1);
    Piece { para, lines, depth, spaced: false, keep_next: false }
}

/// A term with its pages, and with the terms that it leads to.
fn words(setter: &Setter<'_>, entry: &IndexEntry) -> Vec<Inline> {
    let span = setter.span;
    let mut words = vec![Inline::text(entry.term.as_str(), span)];
    for (target, pages) in merged(setter, &entry.places) {
        words.push(Inline::text(", ", span));
        let content = vec![Inline::text(pages, span)];
        words.push(Inline::new(InlineKind::link(target, content), span));
    }
    let alone = entry.places.is_empty() && entry.children.is_empty();
    let lead = if alone { setter.words().see } else { setter.words().see_also };
    for (nth, see) in entry.see.iter().enumerate() {
        words.push(Inline::text(if alone && nth == 0 { ", " } else { "; " }, span));
        if nth == 0 {
            let lead = vec![Inline::text(lead, span)];
            words.push(Inline::new(InlineKind::Emph(lead), span));
            words.push(Inline::text(" ", span));
        }
        words.push(Inline::text(see.as_str(), span));
    }
    words
}

/// The pages of places, each with the first place that it leads to: what
/// touches or overlaps is one range.
fn merged(setter: &Setter<'_>, places: &[IndexPlace]) -> Vec<(LinkTarget, String)> {
    let mut runs: Vec<(LinkTarget, Folio, Folio)> = Vec::new();
    for place in places {
        let Some(from) = setter.page_of(place.from).map(|page| Folio::of(&page)) else { continue };
        let to = place.to.and_then(|to| setter.page_of(to)).map_or(from, |page| Folio::of(&page));
        let to = if to.front == from.front && to.number >= from.number { to } else { from };
        match runs.last_mut() {
            Some((_, first, last)) if last.reaches(from) && from.number >= first.number => {
                last.number = last.number.max(to.number);
            }
            _ => runs.push((LinkTarget::Anchor(place.from), from, to)),
        }
    }
    let runs = runs.into_iter();
    runs.map(|(target, from, to)| {
        let words = match from == to {
            true => from.to_string(),
            // A range is not broken between its ends.
            false => format!("{from}–\u{2060}{to}"),
        };
        (target, words)
    })
    .collect()
}

/// A page's number: roman in the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Folio {
    front: bool,
    number: u32,
}

impl Folio {
    /// Reads a folio as it is printed.
    fn of(printed: &str) -> Folio {
        match printed.parse() {
            Ok(number) => Folio { front: false, number },
            Err(_) => Folio { front: true, number: from_roman(printed) },
        }
    }

    /// Whether another page is the same or the next.
    fn reaches(self, other: Folio) -> bool {
        self.front == other.front && other.number <= self.number + 1
    }
}

impl std::fmt::Display for Folio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.front {
            true => f.write_str(&crate::model::roman(self.number)),
            false => write!(f, "{}", self.number),
        }
    }
}

/// The value of lower-case roman numerals.
fn from_roman(numerals: &str) -> u32 {
    let value = |c: char| match c {
        'm' => 1000,
        'd' => 500,
        'c' => 100,
        'l' => 50,
        'x' => 10,
        'v' => 5,
        'i' => 1,
        _ => 0,
    };
    let mut sum = 0;
    let mut next = 0;
    for c in numerals.chars().rev() {
        let own = value(c);
        sum = if own < next { sum - own } else { sum + own };
        next = own;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folios_are_read_as_they_are_printed() {
        for number in 1..60 {
            let roman = crate::model::roman(number);
            assert_eq!(Folio::of(&roman), Folio { front: true, number });
            assert_eq!(Folio::of(&roman).to_string(), roman);
        }
        assert_eq!(Folio::of("112"), Folio { front: false, number: 112 });
    }

    #[test]
    fn pages_reach_the_next_of_their_kind() {
        let page = |number| Folio { front: false, number };
        assert!(page(4).reaches(page(4)) && page(4).reaches(page(5)));
        assert!(!page(4).reaches(page(6)));
        assert!(!page(4).reaches(Folio { front: true, number: 5 }));
    }
}
