//! Words of the tool's own on one line.

use crate::model::Inline;
use crate::page::{GlyphRun, Item, StructId, Tag};
use crate::typeset::context::{Context, Output};
use crate::typeset::scope::Scope;
use crate::units::Pt;

use super::single_line;

/// A few words of the tool's own in the middle of the measure.
pub fn centred_line(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    words: &str,
    tag: Tag,
) -> Vec<Item> {
    let mut runs = label(cx, output, scope, words, tag);
    let width: Pt = runs.iter().map(|r| r.width()).sum();
    let shift = scope.left + (scope.width - width) / 2.0;
    for run in &mut runs {
        run.origin.x += shift;
    }
    runs.into_iter().map(Item::Glyphs).collect()
}

/// Words of the tool's own on one line, from 0 to the right.
pub fn label(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    words: &str,
    tag: Tag,
) -> Vec<GlyphRun> {
    let inline = Inline::text(words, scope.span);
    let node = match tag {
        Tag::Node(node) => node,
        Tag::Artifact(_) => StructId(u32::MAX),
    };
    let mut runs = single_line(cx, output, Scope { node, ..scope }, std::slice::from_ref(&inline));
    for run in &mut runs {
        run.tag = tag;
        run.source = None;
    }
    // Letterspacing belongs between letters, not after the last.
    if let Some(glyph) = runs.last_mut().and_then(|r| r.glyphs.last_mut()) {
        glyph.advance -= scope.style.tracking.at(scope.style.size);
    }
    runs
}
