//! Leaders: dots from the end of a listed title to the page it is on.

use crate::page::{Artifact, Item, Tag};
use crate::text::Features;
use crate::typeset::chunk::{Chunk, RowContent};
use crate::typeset::context::{Context, Output};
use crate::typeset::inline::label;
use crate::typeset::scope::Scope;
use crate::typeset::style::TextStyle;
use crate::units::Pt;

/// How far the last line of a chunk goes.
pub fn last_line_width(cx: &Context<'_>, chunk: &Chunk) -> Pt {
    let last = chunk.variants.first().and_then(|v| v.rows.last()).and_then(|r| r.content.line());
    match last {
        Some((para, breaking, line)) => para.set_line(cx.shaper, breaking, line).width,
        None => Pt::ZERO,
    }
}

/// Dots from the end of an entry's last line to the page it is on.
pub fn leader(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    chunk: &mut Chunk,
    from: Pt,
    page: &str,
) {
    if page.is_empty() {
        return;
    }
    let theme = cx.theme;
    let style = TextStyle::text(theme.size);
    let number = label(cx, output, Scope { style, ..scope }, page, Tag::Node(scope.node));
    let width: Pt = number.iter().map(|r| r.width()).sum();
    let mut items: Vec<Item> = Vec::new();
    let tokens = &theme.contents;
    let step = theme.size * tokens.leader_step;
    let dot_style = TextStyle { features: Features::NONE, ..style };
    let dots_end = scope.width - width - theme.size * tokens.leader_end;
    let mut x = scope.width
        - step * ((scope.width - from - theme.size * tokens.leader_start) / step).floor();
    while x + step * tokens.leader_dot < dots_end {
        for mut run in label(
            cx,
            output,
            Scope { style: dot_style, ..scope },
            ".",
            Tag::Artifact(Artifact::Layout),
        ) {
            run.origin.x += scope.at(x, run.width());
            items.push(Item::Glyphs(run));
        }
        x += step;
    }
    for mut run in number {
        run.origin.x += scope.at(scope.width - width, width);
        items.push(Item::Glyphs(run));
    }
    if let Some(row) = chunk.variants.first_mut().and_then(|v| v.rows.last_mut()) {
        let own = std::mem::replace(&mut row.content, RowContent::Items(Vec::new()));
        row.content = RowContent::Group(vec![own, RowContent::Items(items)]);
    }
}
