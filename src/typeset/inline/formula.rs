//! Formulas among and between text: their faces, and what they lack.

use std::cell::RefCell;

use crate::math::{Level, Node};
use crate::typeset::context::{Context, Output};
use crate::typeset::math::Style;
use crate::typeset::math::{Layouter, MathFace, MathFont, Piece, TextFaces};
use crate::typeset::object::{BreakAfter, InlineBox};
use crate::typeset::scope::Scope;
use crate::units::Pt;

/// A formula that stands in a line, in the parts that a line may be broken
/// between; nothing if there is no face for it.
pub fn in_line(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    row: &[Node],
) -> Option<Vec<InlineBox>> {
    let pieces = pieces(cx, output, scope, row, Level::Text)?;
    let last = pieces.len().saturating_sub(1);
    let boxed = |(i, piece): (usize, Piece)| InlineBox {
        width: Pt(piece.content.width),
        height: Pt(piece.content.height),
        depth: Pt(piece.content.depth),
        items: piece.content.items(scope.node),
        ideographic: false,
        break_after: (i < last)
            .then_some(BreakAfter { space: Pt(piece.space), penalty: Some(piece.penalty) }),
    };
    Some(pieces.into_iter().enumerate().map(boxed).collect())
}

/// A formula in the parts that a line may be broken between.
pub fn pieces(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    row: &[Node],
    level: Level,
) -> Option<Vec<Piece>> {
    let style = scope.style;
    let fonts = cx.fonts;
    let face = cx.math.get_or_init(|| MathFace::find(fonts)).as_ref()?;
    let layouter = Layouter {
        font: MathFont::new(face, fonts),
        text: TextFaces { faces: cx.faces, shaper: cx.shaper, missing: RefCell::default() },
        size: style.size.0,
    };
    let pieces = layouter.pieces(row, Style { level, cramped: false, color: style.color }, true);
    let missing = layouter.text.missing.into_inner();
    for c in missing {
        cx.face_for(output, &c.to_string(), style, scope.lang, scope.span);
    }
    Some(pieces)
}
