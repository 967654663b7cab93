//! Formulas that are set off: in the middle of the measure, on whole lines of
//! the grid, with the same white above as below.

use crate::math::Level;
use crate::model::Number;
use crate::page::{Item, RemarkKind, StructKind, Tag};
use crate::typeset::chapter::Setter;
use crate::typeset::chunk::{Chunk, Gap, Row};
use crate::typeset::math::{MathBox, Piece, pieces};
use crate::units::Pt;

use super::Place;
use super::code;
use super::para::label;

/// The least white above and below, in leadings.
const AIR: f64 = 0.6;
/// How far the letters of the line above go down, in em.
const LETTERS_BELOW: f64 = 0.22;
/// How far the letters of the line below go up, in em: between those with
/// ascenders and those without.
const LETTERS_ABOVE: f64 = 0.58;
/// Lines after the first begin so far to the right, in em.
const TURNED: f64 = 2.0;
/// White between the lines of a broken formula, in em.
const BETWEEN: f64 = 0.45;
/// A formula is made no smaller than this to fit.
const SMALLEST: f64 = 0.5;

/// Sets a formula; one that can't be read as its TeX.
pub fn formula(setter: &mut Setter<'_>, tex: &str, number: Option<&Number>, place: Place) -> Chunk {
    let parsed = crate::math::parse(tex).ok();
    let set = parsed.as_deref().and_then(|row| {
        Some((crate::math::alt_text(row), pieces(setter, row, place.style, Level::Display)?))
    });
    let Some((said, pieces)) = set else { return code::formula(setter, tex, place) };
    let node = setter.structure.add(place.node, StructKind::Formula(said));
    let room = place.width.0 - number.map_or(0.0, |_| place.style.size.0 * 3.0);
    let (whole, remark) = fitted(pieces, room, place.style.size.0);
    let leading = setter.leading;
    let size = place.style.size;
    // From the baseline above to the baseline below, in whole lines.
    let content = Pt(whole.height + whole.depth);
    let needed = content + size * (LETTERS_BELOW + LETTERS_ABOVE) + leading * (2.0 * AIR);
    let lines = (needed / leading - 0.01).ceil().clamp(2.0, 1000.0);
    let white = (leading * lines - content - size * (LETTERS_BELOW + LETTERS_ABOVE)) / 2.0;
    let y = size * LETTERS_BELOW + white + Pt(whole.height) - leading;
    let x = place.left + Pt((place.width.0 - whole.width) / 2.0).max(Pt::ZERO);
    let mut items = whole.items(node);
    for item in &mut items {
        item.shift(x, y);
    }
    if let Some(number) = number {
        items.extend(numbered(setter, number, place, node, y));
    }
    let mut row = Row::items(lines as usize - 1, items);
    row.remark = remark;
    Chunk::of_rows(vec![row], Gap::NONE, setter.span)
}

/// The number of an equation, at the right.
fn numbered(
    setter: &mut Setter<'_>,
    number: &Number,
    place: Place,
    node: crate::page::StructId,
    y: Pt,
) -> Vec<Item> {
    let mut runs = label(setter, &format!("({number})"), place.style, Tag::Node(node));
    let width: Pt = runs.iter().map(|run| run.width()).sum();
    for run in &mut runs {
        run.origin.x += place.left + place.width - width;
        run.origin.y += y;
    }
    runs.into_iter().map(Item::Glyphs).collect()
}

/// A formula as wide as the measure at most: broken, or made smaller.
fn fitted(pieces: Vec<Piece>, room: f64, size: f64) -> (MathBox, Option<RemarkKind>) {
    let spaces: f64 = pieces.iter().map(|p| p.space).sum();
    let width = pieces.iter().map(|p| p.content.width).sum::<f64>() + spaces;
    if width <= room + 0.01 {
        return (joined(pieces), None);
    }
    let widest = pieces.iter().map(|p| p.content.width).fold(0.0, f64::max);
    if pieces.len() > 1 && widest <= room - TURNED * size {
        return (broken(pieces, room, size), Some(RemarkKind::BrokenFormula));
    }
    let scale = (room / width).max(SMALLEST);
    (joined(pieces).scaled(scale), Some(RemarkKind::SmallFormula(scale)))
}

fn joined(pieces: Vec<Piece>) -> MathBox {
    let mut out = MathBox::default();
    for piece in pieces {
        out.append(piece.content);
        out.append(MathBox::space(piece.space));
    }
    out
}

/// Lines as full as they can be, the later ones moved to the right.
fn broken(pieces: Vec<Piece>, room: f64, size: f64) -> MathBox {
    let mut lines: Vec<MathBox> = Vec::new();
    let mut space = 0.0;
    for piece in pieces {
        let turned = if lines.len() > 1 { TURNED * size } else { 0.0 };
        match lines.last_mut() {
            Some(line) if turned + line.width + space + piece.content.width <= room => {
                line.append(MathBox::space(space));
                line.append(piece.content);
            }
            _ => lines.push(piece.content),
        }
        space = piece.space;
    }
    let mut out = MathBox { width: room, ..MathBox::default() };
    let mut y = 0.0;
    let mut below = 0.0;
    for (i, line) in lines.into_iter().enumerate() {
        if i > 0 {
            y += below + BETWEEN * size + line.height;
        }
        below = line.depth;
        out.place(line, if i == 0 { 0.0 } else { TURNED * size }, y);
    }
    out
}
