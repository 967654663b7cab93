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
use crate::page::{ListNumbering, StructKind};
use crate::text::Weight;
use crate::typeset::chunk::{Chunk, Gap, NEVER, Row, RowContent};
use crate::typeset::context::{Context, Output};
use crate::typeset::inline::flatten;
use crate::typeset::lines::{Alignment, LineShape, Para};
use crate::typeset::paragraph::{ParaSpec, break_lines};
use crate::typeset::scope::Scope;
use crate::typeset::style::{Family, TextStyle};
use crate::units::Pt;

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
    /// How far turned-over lines are moved in, in steps.
    hang: f64,
}

/// Sets an index. `used` grid lines of the first page are taken already.
pub fn columns(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    entries: &[IndexEntry],
    used: usize,
) -> Vec<Chunk> {
    let theme = cx.theme;
    let gutter = theme.leading * theme.index.gutter;
    let measures = Measures {
        style: TextStyle { size: theme.caption_size, ..scope.style },
        leading: theme.caption_leading,
        width: (scope.width - gutter * (theme.index.columns as f64 - 1.0))
            / theme.index.columns as f64,
        gutter,
        step: theme.caption_size,
        hang: theme.index.hang,
    };
    let mut pieces = VecDeque::from(pieces(cx, output, scope, entries, &measures));
    let mut free = theme.lines.saturating_sub(used % theme.lines.max(1));
    if free < theme.index.fewest_lines {
        free = theme.lines;
    }
    let mut chunks = Vec::new();
    while !pieces.is_empty() {
        let (heights, grid) = fill(cx, &pieces, &measures, free);
        chunks.push(page(scope, &mut pieces, &heights, grid, &measures));
        free = theme.lines;
    }
    chunks
}

/// How many pieces go into each column of a page of so many grid lines, and how
/// many grid lines the page takes: the last one is as low as it can be.
fn fill(
    cx: &Context<'_>,
    pieces: &VecDeque<Piece>,
    measures: &Measures,
    free: usize,
) -> (Vec<usize>, usize) {
    let grid = cx.theme.leading;
    let columns = cx.theme.index.columns;
    let room = |lines: usize| {
        ((grid * (lines as f64 - 1.0) + Pt(0.01)) / measures.leading).floor() as usize + 1
    };
    let full = counts(pieces, columns, room(free));
    if full.iter().sum::<usize>() < pieces.len() {
        return (full, free);
    }
    let lowest = (1..=free).find(|lines| {
        let counts = counts(pieces, columns, room(*lines));
        counts.iter().sum::<usize>() == pieces.len()
    });
    lowest.map_or((full, free), |lines| (counts(pieces, columns, room(lines)), lines))
}

/// How many pieces go into each column of so many lines; at least one goes
/// into the first.
fn counts(pieces: &VecDeque<Piece>, columns: usize, room: usize) -> Vec<usize> {
    let mut counts = Vec::with_capacity(columns);
    let mut from = 0;
    for _ in 0..columns {
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
    scope: Scope<'_>,
    pieces: &mut VecDeque<Piece>,
    counts: &[usize],
    grid: usize,
    measures: &Measures,
) -> Chunk {
    let mut parts = Vec::new();
    for (column, count) in counts.iter().enumerate() {
        let across = match scope.direction {
            Direction::Ltr => column,
            Direction::Rtl => counts.len() - 1 - column,
        };
        let left = scope.left + (measures.width + measures.gutter) * across as f64;
        let mut at = 0;
        for (nth, mut piece) in pieces.drain(..(*count).min(pieces.len())).enumerate() {
            at += usize::from(piece.spaced && nth > 0);
            piece.para.left = match scope.direction {
                Direction::Ltr => left + measures.step * (piece.depth as f64 + measures.hang),
                Direction::Rtl => left,
            };
            let para = Arc::new(piece.para);
            for line in 0..piece.lines {
                parts.push(RowContent::line_at(&para, line, measures.leading * at as f64));
                at += 1;
            }
        }
    }
    let mut row = Row::items(grid.max(1), Vec::new());
    row.content = RowContent::Group(parts);
    row.break_after = NEVER;
    Chunk::of_rows(vec![row], Gap::NONE, scope.span)
}

/// All letters and entries as paragraphs.
fn pieces(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    entries: &[IndexEntry],
    measures: &Measures,
) -> Vec<Piece> {
    let node = output.structure.add(scope.node, StructKind::Index);
    let mut out = Vec::new();
    for group in entries.chunk_by(|a, b| a.letter == b.letter) {
        let first = out.len();
        if let Some(letter) = group.first().map(|e| e.letter.as_str()).filter(|l| !l.is_empty()) {
            let style = measures.style.family(Family::Sans).weight(Weight::Semibold);
            let node = output.structure.add(node, StructKind::P);
            let words = [Inline::text(letter, scope.span)];
            let mut piece = piece(cx, output, Scope { node, style, ..scope }, &words, 0, measures);
            piece.keep_next = true;
            out.push(piece);
        }
        list(cx, output, Scope { node, ..scope }, group, 0, measures, &mut out);
        if let Some(piece) = out.get_mut(first) {
            piece.spaced = true;
        }
    }
    out
}

fn list(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    entries: &[IndexEntry],
    depth: usize,
    measures: &Measures,
    out: &mut Vec<Piece>,
) {
    let node = output.structure.add(scope.node, StructKind::List(ListNumbering::Unmarked));
    for entry in entries {
        let item = output.structure.add(node, StructKind::ListItem);
        let body = output.structure.add(item, StructKind::ListBody);
        let words = words(cx, scope, entry);
        let mut piece = piece(
            cx,
            output,
            Scope { node: body, style: measures.style, listed: true, ..scope },
            &words,
            depth,
            measures,
        );
        piece.keep_next = !entry.children.is_empty();
        out.push(piece);
        if !entry.children.is_empty() {
            let first = out.len();
            list(
                cx,
                output,
                Scope { node: body, ..scope },
                &entry.children,
                depth + 1,
                measures,
                out,
            );
            tie(out.get_mut(first..).unwrap_or_default(), cx.theme.index.most_tied);
        }
    }
}

/// Keeps a few terms together below their own; of many, the first and last two.
fn tie(pieces: &mut [Piece], most: usize) {
    let count = pieces.len();
    for (nth, piece) in pieces.iter_mut().enumerate() {
        let edge = count <= most || nth == 0 || nth + 2 == count;
        piece.keep_next |= edge && nth + 1 < count;
    }
}

fn piece(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    words: &[Inline],
    depth: usize,
    measures: &Measures,
) -> Piece {
    let hang = measures.step * measures.hang;
    let measure = measures.width - measures.step * (depth as f64 + measures.hang);
    let shape = LineShape { measure: measure.0, indent: -hang.0, ..LineShape::default() };
    let scope = Scope { left: Pt::ZERO, ..scope };
    let spec = ParaSpec { shape, ..ParaSpec::block(scope, Alignment::Ragged) };
    let text = flatten(cx, output, scope, words);
    let para = break_lines(cx, output, text, scope.node, &spec, Vec::new());
    let lines =
        para.breakings.by_line_count.get(para.breakings.best).map_or(1, |f| f.breaks.len()).max(1);
    Piece { para, lines, depth, spaced: false, keep_next: false }
}

/// A term with its pages, and with the terms that it leads to.
fn words(cx: &Context<'_>, scope: Scope<'_>, entry: &IndexEntry) -> Vec<Inline> {
    let span = scope.span;
    let mut words = vec![Inline::text(entry.term.as_str(), span)];
    for (target, pages) in merged(cx, &entry.places) {
        words.push(Inline::text(", ", span));
        let content = vec![Inline::text(pages, span)];
        words.push(Inline::new(InlineKind::link(target, content), span));
    }
    let alone = entry.places.is_empty() && entry.children.is_empty();
    let lead = if alone { &cx.locale().see } else { &cx.locale().see_also };
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
fn merged(cx: &Context<'_>, places: &[IndexPlace]) -> Vec<(LinkTarget, String)> {
    let mut runs: Vec<(LinkTarget, Folio, Folio)> = Vec::new();
    for mark in places {
        let Some(from) = cx.page_of(mark.from).map(|page| Folio::of(&page)) else { continue };
        let to = mark.to.and_then(|to| cx.page_of(to)).map_or(from, |page| Folio::of(&page));
        let to = if to.front == from.front && to.number >= from.number { to } else { from };
        match runs.last_mut() {
            Some((_, first, last)) if last.reaches(from) && from.number >= first.number => {
                last.number = last.number.max(to.number);
            }
            _ => runs.push((LinkTarget::Anchor(mark.from), from, to)),
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
