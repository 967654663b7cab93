//! Formulas, set.
//!
//! Why our own: the crates that lay out TeX bring Computer Modern with its
//! metrics built in, which beside Libertinus looks like a quotation from
//! another book. The MATH table of Libertinus Math says all that is needed.
//!
//! ```text
//! crate::math tree ─► layout (rows, spaces, breaks)
//!                       ├─ structures: fractions, roots, scripts
//!                       ├─ accents, grow: marks and signs of any size
//!                       ├─ tables: matrices, cases, aligned equations
//!                       └─ words: text among it
//!                     ─► boxes ─► page items with tags
//! ```

mod accents;
mod boxes;
mod font;
mod grow;
mod layout;
mod structures;
mod table;
mod tables;
#[cfg(test)]
mod tests;
mod words;

use std::cell::RefCell;

use crate::math::{Level, Node};
use crate::page::StructId;
use crate::units::Pt;

use super::chapter::Setter;
use super::object::{BreakAfter, InlineBox};
use super::style::TextStyle;

pub use boxes::MathBox;
pub use font::MathFace;
pub use layout::Piece;

use layout::{Layouter, Style};

/// A formula that stands in a line, in the parts that a line may be broken
/// between; nothing if there is no face for it.
pub fn inline(
    setter: &mut Setter<'_>,
    row: &[Node],
    style: TextStyle,
    node: StructId,
) -> Option<Vec<InlineBox>> {
    let pieces = pieces(setter, row, style, Level::Text)?;
    let last = pieces.len().saturating_sub(1);
    let boxed = |(i, piece): (usize, Piece)| InlineBox {
        width: Pt(piece.content.width),
        height: Pt(piece.content.height),
        depth: Pt(piece.content.depth),
        items: piece.content.items(node),
        ideographic: false,
        break_after: (i < last)
            .then_some(BreakAfter { space: Pt(piece.space), penalty: Some(piece.penalty) }),
    };
    Some(pieces.into_iter().enumerate().map(boxed).collect())
}

/// A formula in the parts that a line may be broken between.
pub fn pieces(
    setter: &mut Setter<'_>,
    row: &[Node],
    style: TextStyle,
    level: Level,
) -> Option<Vec<Piece>> {
    let fonts = setter.input.fonts;
    let face = setter.math.get_or_init(|| MathFace::find(fonts)).as_ref()?;
    let layouter = Layouter {
        font: font::MathFont::new(face, fonts),
        text: words::TextFaces {
            faces: setter.faces,
            shaper: setter.shaper,
            missing: RefCell::default(),
        },
        size: style.size.0,
    };
    let pieces = layouter.pieces(row, Style { level, cramped: false, color: style.color }, true);
    let missing = layouter.text.missing.into_inner();
    let face = setter.faces.get(style.family, style.style);
    let lang = setter.lang.clone();
    for c in missing {
        setter.face_for(&c.to_string(), face, (style.family, style.style), &lang);
    }
    Some(pieces)
}
