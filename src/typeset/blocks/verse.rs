//! Verse.

use crate::model::VerseLine;
use crate::page::StructKind;
use crate::typeset::chunk::{Chunk, Gap, surround};
use crate::typeset::context::{Context, Output};
use crate::typeset::lines::{Alignment, LineShape};
use crate::typeset::page_costs::WITHIN_STANZA;
use crate::typeset::paragraph::{Hyphenation, ParaSpec};
use crate::typeset::scope::Scope;
use crate::units::Pt;

use super::paragraph::paragraph;

/// Verse: each line as written, what doesn't fit turned over and indented further.
pub fn verse(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    stanzas: &[Vec<VerseLine>],
    out: &mut Vec<Chunk>,
) {
    let theme = cx.theme;
    let step = theme.indent;
    let first = out.len();
    for stanza in stanzas {
        let begin = out.len();
        let node = output.structure.add(scope.node, StructKind::P);
        for line in stanza {
            let indent = step * f64::from(line.indent);
            let turnover = step * theme.list.verse_turnover;
            let inner = scope.inset(step + turnover, Pt::ZERO);
            let spec = ParaSpec {
                shape: LineShape {
                    measure: inner.width.0,
                    indent: (indent - turnover).0,
                    ..LineShape::default()
                },
                alignment: Alignment::Ragged,
                hyphenation: Hyphenation::Off,
                ..ParaSpec::body(Scope { node, ..inner })
            };
            let mut chunk = paragraph(cx, output, &line.content, StructKind::Span, &spec);
            for row in chunk.variants.iter_mut().flat_map(|v| &mut v.rows) {
                row.break_after = row.break_after.max(WITHIN_STANZA);
            }
            out.push(chunk);
        }
        // The first two and the last two lines of a stanza stay together.
        let count = out.len() - begin;
        for (i, chunk) in out.iter_mut().skip(begin).enumerate() {
            chunk.keep_next = count > 1 && (i == 0 || i + 2 == count);
        }
        surround(out, begin, Gap::LINE);
    }
    surround(out, first, Gap::LINE);
}
