//! Formulas.

use std::sync::Arc;

use crate::model::Inline;
use crate::page::StructKind;
use crate::typeset::chapter::Setter;
use crate::typeset::chunk::{Chunk, Gap, NEVER, Range, Row, RowContent};
use crate::typeset::inline::flatten;
use crate::typeset::lines::{Alignment, LineShape};
use crate::typeset::style::{Family, TextStyle};

use super::Place;
use super::para::{ParaSpec, fitted};

/// A formula, set legibly as it was written.
pub fn formula(setter: &mut Setter<'_>, tex: &str, place: Place) -> Chunk {
    let theme = setter.theme;
    let style = TextStyle::text(theme.code_size).family(Family::Mono);
    let node = setter.structure.add(place.node, StructKind::Formula(tex.trim().to_owned()));
    let words = tex.split_whitespace().collect::<Vec<_>>().join(" ");
    let inline = Inline::text(words, setter.span);
    let text = flatten(setter, std::slice::from_ref(&inline), style, node);
    let inner = place.inset(setter.direction, theme.indent, theme.indent);
    let spec = ParaSpec {
        node,
        style,
        left: inner.left,
        shape: LineShape::block(inner.width.0),
        alignment: Alignment::Ragged,
        range: Range::Center,
        hyphenate: false,
        grid: 1,
        gaps: (Gap::LINE, Gap::LINE),
    };
    let para = Arc::new(fitted(setter, text, node, &spec, Vec::new()));
    let count = para.breakings.by_line_count.get(para.breakings.best).map_or(0, |f| f.breaks.len());
    let rows = (0..count)
        .map(|line| {
            let mut row = Row::items(1, Vec::new());
            row.content =
                RowContent::Line { para: Arc::clone(&para), breaking: para.breakings.best, line };
            row.break_after = NEVER;
            row
        })
        .collect();
    Chunk::of_rows(rows, Gap::LINE, setter.span)
}
