//! Lines and grounds that go with words: struck out, inserted, marked, keys.
//!
//! What a line has of them is noted while it is set, run by run, and
//! becomes rules when it is done: grounds before the words they lie under,
//! lines after all words.

use crate::page::{Artifact, Color, Item, Rect, Rule, Tag};
use crate::typeset::style::Decorations;
use crate::typeset::styled_text::TextRun;
use crate::units::Pt;

/// The ink of a ground, as a share of black.
const GROUND: Color = Color::Gray(0.14);
/// Thickness of a line through or under words, as a share of their size.
const THICK: f64 = 0.05;
/// How far above the baseline a line through words stands: half an x-height.
const THROUGH: f64 = 0.24;
/// How far below the baseline a line under words stands.
const UNDER: f64 = 0.12;
/// How far a ground or frame goes above and below the baseline.
const REACH: (f64, f64) = (0.78, 0.24);
/// How far a frame stands from its letters, and its thickness.
const FRAME: (Pt, Pt) = (Pt(0.3), Pt(0.35));

/// A part of a line whose words carry decorations.
#[derive(Debug, Clone, Copy)]
pub struct DecoratedSpan {
    decorations: Decorations,
    from: Pt,
    /// Where it ends.
    pub to: Pt,
    size: Pt,
    rise: Pt,
}

/// Notes a part of a line, together with the part before it where they are one.
pub fn record(parts: &mut Vec<DecoratedSpan>, run: &TextRun, from: Pt, to: Pt) {
    let (decorations, size, rise) = (run.style.decorations, run.style.size, run.style.rise);
    if decorations == Decorations::default() {
        return;
    }
    match parts.last_mut() {
        Some(last)
            if last.decorations == decorations
                && last.rise == rise
                && (last.to - from).abs() < Pt(0.01) =>
        {
            last.to = to;
            last.size = last.size.max(size);
        }
        _ => parts.push(DecoratedSpan { decorations, from, to, size, rise }),
    }
}

/// Draws what was noted.
pub fn draw(parts: &[DecoratedSpan], items: &mut Vec<Item>) {
    for part in parts {
        let DecoratedSpan { decorations, from, to, size, rise } = *part;
        let rule = |x: Pt, y: Pt, width: Pt, height: Pt, color: Color| {
            let rect = Rect { x, y: y - rise, width, height };
            Item::Rule(Rule { rect, color, tag: Tag::Artifact(Artifact::Layout) })
        };
        let (width, thick) = (to - from, size * THICK);
        let (top, height) = (-size * REACH.0, size * (REACH.0 + REACH.1));
        if decorations.ground {
            let at = items.iter().position(|item| begins_at(item, from)).unwrap_or(0);
            items.insert(at, rule(from, top, width, height, GROUND));
        }
        if decorations.through {
            items.push(rule(from, -size * THROUGH - thick * 0.5, width, thick, Color::Black));
        }
        if decorations.under {
            items.push(rule(from, size * UNDER, width, thick, Color::Black));
        }
        if decorations.frame {
            let (air, line) = FRAME;
            let (left, wide) = (from - air, width + air * 2.0);
            let ink = Color::Gray(0.55);
            items.push(rule(left, top, wide, line, ink));
            items.push(rule(left, top + height - line, wide, line, ink));
            items.push(rule(left, top, line, height, ink));
            items.push(rule(left + wide - line, top, line, height, ink));
        }
    }
}

fn begins_at(item: &Item, x: Pt) -> bool {
    match item {
        Item::Glyphs(run) => run.origin.x + run.width() > x,
        Item::Picture(_) | Item::Rule(_) | Item::Link(_) => false,
    }
}
