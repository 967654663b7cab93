//! Listings and formulas.

use std::sync::Arc;

use crate::model::Inline;
use crate::page::{StructKind, Tag};
use crate::typeset::chapter::Setter;
use crate::typeset::chunk::{Chunk, Gap, NEVER, Range, Row, RowContent};
use crate::typeset::inline::flatten;
use crate::typeset::lines::{LineShape, Manner};
use crate::typeset::style::{Family, TextStyle};
use crate::units::Pt;

use super::Place;
use super::para::{ParaSpec, fitted, label};

/// What stands before a line that goes on from the one above.
const CONTINUED: &str = "→";

/// Sets a listing line by line; what doesn't fit is turned over, with a mark.
pub fn listing(setter: &mut Setter<'_>, text: &str, place: Place) -> Chunk {
    let theme = setter.theme;
    let style = TextStyle::text(theme.code_size).family(Family::Mono);
    let advance = mono_advance(setter, style);
    let left = place.left + theme.indent;
    let width = (place.width - theme.indent).max(advance * 10.0);
    let columns = ((width / advance) as usize).max(10);
    let node = setter.structure.add(place.node, StructKind::Code);
    let mut rows = Vec::new();
    for line in text.lines() {
        for (part, piece) in turned_over(line, columns).into_iter().enumerate() {
            let indent = if part == 0 { Pt::ZERO } else { advance * 2.0 };
            let mut runs = label(setter, &piece, style, Tag::Node(node));
            for run in &mut runs {
                run.origin.x += left + indent;
            }
            if part > 0 {
                let mark = Tag::Artifact(crate::page::Artifact::Layout);
                for mut run in label(setter, CONTINUED, style, mark) {
                    run.origin.x += left;
                    runs.push(run);
                }
            }
            let items = runs.into_iter().map(crate::page::Item::Glyphs).collect();
            let mut row = Row::items(1, items);
            row.break_after = if part == 0 { 40.0 } else { 10.0 };
            rows.push(row);
        }
    }
    let count = rows.len();
    for (i, row) in rows.iter_mut().enumerate() {
        if i == 0 || i + 2 == count {
            row.break_after = NEVER;
        }
    }
    Chunk::of_rows(rows, Gap::LINE, setter.span)
}

/// The width of a character of the code face.
fn mono_advance(setter: &mut Setter<'_>, style: TextStyle) -> Pt {
    let runs = label(setter, "0", style, Tag::Artifact(crate::page::Artifact::Layout));
    let width: Pt = runs.iter().map(|r| r.width()).sum();
    width.max(Pt(1.0))
}

/// A line of code in pieces that fit, tabs as four spaces, cut at a space or a
/// mark where there is one in the last third.
fn turned_over(line: &str, columns: usize) -> Vec<String> {
    let line = line.replace('\t', "    ");
    let chars: Vec<char> = line.trim_end().chars().collect();
    if chars.len() <= columns {
        return vec![chars.into_iter().collect()];
    }
    let mut pieces = Vec::new();
    let mut rest = chars.as_slice();
    let mut room = columns;
    while rest.len() > room {
        let cut = (room * 2 / 3..room)
            .rev()
            .find(|&i| matches!(rest.get(i), Some(' ' | ',' | ';' | '/' | '.' | '(' | ')' | '=')))
            .map_or(room, |i| i + 1);
        let (head, tail) = rest.split_at(cut.max(1));
        pieces.push(head.iter().collect());
        rest = tail;
        room = columns.saturating_sub(2).max(1);
    }
    pieces.push(rest.iter().collect());
    pieces
}

/// A formula, set legibly as it was written.
pub fn formula(setter: &mut Setter<'_>, tex: &str, place: Place) -> Chunk {
    let theme = setter.theme;
    let style = TextStyle::text(theme.code_size).family(Family::Mono);
    let node = setter.structure.add(place.node, StructKind::Formula(tex.trim().to_owned()));
    let words = tex.split_whitespace().collect::<Vec<_>>().join(" ");
    let inline = Inline::text(words, setter.span);
    let text = flatten(setter, std::slice::from_ref(&inline), style, node);
    let inner = place.inset(theme.indent, theme.indent);
    let spec = ParaSpec {
        node,
        style,
        left: inner.left,
        shape: LineShape::block(inner.width.0),
        manner: Manner::Ragged,
        range: Range::Center,
        hyphenate: false,
        grid: 1,
        gaps: (Gap::LINE, Gap::LINE),
    };
    let para = Arc::new(fitted(setter, text, node, &spec, Vec::new()));
    let count = para.fitting.fits.get(para.fitting.best).map_or(0, |f| f.breaks.len());
    let rows = (0..count)
        .map(|line| {
            let mut row = Row::items(1, Vec::new());
            row.content =
                RowContent::Line { para: Arc::clone(&para), fit: para.fitting.best, line };
            row.break_after = NEVER;
            row
        })
        .collect();
    Chunk::of_rows(rows, Gap::LINE, setter.span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_of_code_lose_nothing() {
        let line = "let total = first_part_of_the_sum + second_part(of, the, sum) + third;";
        let pieces = turned_over(line, 30);
        assert!(pieces.iter().all(|p| p.chars().count() <= 30));
        assert_eq!(pieces.concat(), line);
        assert_eq!(turned_over("\tx", 30), ["    x"]);
        assert_eq!(turned_over("", 30), [""]);
    }
}
