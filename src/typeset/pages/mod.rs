//! Chunks into pages.
//!
//! [`breaker`] decides what goes where: by dynamic programming over a whole
//! chapter, spread by spread. [`emit`] sets the chosen lines and puts
//! everything in its place; [`notes`] sets the notes at the foot, and
//! [`running_heads`] adds heads and folios once a page has its number.

pub mod breaker;
pub mod emit;
pub mod notes;
pub mod running_heads;

pub use breaker::{Event, PageBreaks, PageSpec, break_pages};

use crate::typeset::chunk::Chunk;
use crate::typeset::context::{Context, Output};
use crate::typeset::scope::Scope;
use breaker::{dump_pages, explain_pages};
use emit::{ChapterPage, Emitter};
use notes::{each_once, set_notes};

/// Breaks chunks into pages and sets them; the first page carries no head.
pub fn paginate(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    chunks: &[Chunk],
    starts_recto: bool,
) -> Vec<ChapterPage> {
    let chunks = &*each_once(chunks);
    let notes = set_notes(cx, output, scope, chunks);
    let note_lines = |id| notes.lines(id);
    let note_break = |id, line| notes.last_break(id, line);
    let spec = PageSpec {
        lines: cx.theme.lines,
        leading: cx.theme.leading.0,
        note_leading: cx.theme.note_leading.0,
        note_lines: &note_lines,
        note_break: &note_break,
        starts_recto,
    };
    let breaks = break_pages(chunks, &spec);
    if cx.explain_breaks {
        output.page_breaks += &dump_pages(chunks, &explain_pages(chunks, &spec));
    }
    let direction = cx.book.meta.direction();
    let mut emitter =
        Emitter::new(cx.shaper, cx.theme, &mut output.structure, starts_recto, direction);
    emitter.run(chunks, &breaks.events, &notes, &spec);
    let Emitter { mut pages, quality, .. } = emitter;
    output.quality.append(quality, 0);
    for (i, page) in pages.iter_mut().enumerate() {
        page.head = i > 0;
        page.folio = true;
    }
    pages
}
