//! Admonitions: notes, tips and warnings set apart from the text.

use crate::model::{AdmonitionKind, Block};
use crate::page::{Artifact, Color, Item, Rect, Rule, StructKind, Tag};
use crate::text::Weight;
use crate::theme::{QuoteTokens, Theme};
use crate::typeset::chunk::{Chunk, Gap, NEVER, Row, RowContent, surround};
use crate::typeset::context::{Context, Output};
use crate::typeset::inline::label;
use crate::typeset::scope::Scope;
use crate::typeset::style::{Family, TextStyle};
use crate::units::Pt;

/// A note set apart by a rule where its lines begin and its kind in bold.
pub fn admonition(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    kind: AdmonitionKind,
    blocks: &[Block],
    out: &mut Vec<Chunk>,
) {
    let theme = cx.theme;
    let node = output.structure.add(scope.node, StructKind::Div);
    let inner = Scope { node, ..scope.inset(theme.indent, Pt::ZERO) };
    let first = out.len();
    let title = cx.locale().admonition(kind);
    let style = TextStyle::text(theme.caption_size).family(Family::Sans).weight(Weight::Semibold);
    let p = output.structure.add(node, StructKind::P);
    let runs = label(cx, output, Scope { style, ..scope }, title, Tag::Node(p));
    let width: Pt = runs.iter().map(|r| r.width()).sum();
    let x = inner.at(Pt::ZERO, width);
    let items = runs
        .into_iter()
        .map(|mut run| {
            run.origin.x += x;
            Item::Glyphs(run)
        })
        .collect();
    let mut row = Row::items(1, items);
    row.break_after = NEVER;
    out.push(Chunk { keep_next: true, ..Chunk::of_rows(vec![row], Gap::NONE, scope.span) });
    out.extend(super::blocks(cx, output, inner, blocks));
    for chunk in out.iter_mut().skip(first) {
        let x = scope.at(Pt::ZERO, theme.quote.admonition_rule);
        rule_beside(chunk, x, theme);
    }
    surround(out, first, Gap::LINE);
}

/// Draws a rule beside every row of a chunk.
fn rule_beside(chunk: &mut Chunk, x: Pt, theme: &Theme) {
    let QuoteTokens { admonition_rule: width, admonition_rule_above: above, .. } = theme.quote;
    let leading = theme.leading;
    for row in chunk.variants.iter_mut().flat_map(|v| &mut v.rows) {
        let height = leading * row.lines as f64;
        let rule = Item::Rule(Rule {
            rect: Rect { x, y: -leading * above, width, height },
            color: Color::Rgb(theme.accent),
            tag: Tag::Artifact(Artifact::Layout),
        });
        let inner = std::mem::replace(&mut row.content, RowContent::Items(vec![rule]));
        let rule = std::mem::replace(&mut row.content, RowContent::Items(Vec::new()));
        row.content = RowContent::Group(vec![rule, inner]);
    }
}
