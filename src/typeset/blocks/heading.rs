//! Section headings and scene breaks.

use crate::model::{Inline, Number, shown_text};
use crate::page::{Artifact, StructKind, Tag};
use crate::text::{Features, Weight};
use crate::typeset::chunk::{Chunk, Gap, NEVER, Row};
use crate::typeset::context::{Context, Output};
use crate::typeset::inline::centred_line;
use crate::typeset::lines::Alignment;
use crate::typeset::page_costs::AFTER_SCENE_BREAK;
use crate::typeset::paragraph::ParaSpec;
use crate::typeset::scope::Scope;
use crate::typeset::style::{Family, TextStyle};

use super::paragraph::paragraph;

/// The type of a heading of a level.
fn heading_style(cx: &Context<'_>, level: u8) -> TextStyle {
    let theme = cx.theme;
    let sans = |size| TextStyle::text(size).family(Family::Sans).weight(Weight::Semibold);
    match level {
        0..=2 => sans(theme.section_size),
        3 => sans(theme.size),
        _ => TextStyle::text(theme.size).italic(),
    }
}

/// A section heading: more space above than below, and never last on a page.
pub fn heading(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    level: u8,
    number: Option<&Number>,
    content: &[Inline],
) -> Chunk {
    let before = match level {
        0..=2 => Gap { min: 1, ideal: 2, max: 3 },
        _ => Gap { min: 1, ideal: 1, max: 2 },
    };
    let after = if level <= 2 { Gap::LINE } else { Gap::NONE };
    let scope = Scope { style: heading_style(cx, level), ..scope };
    let spec = ParaSpec { gaps: (before, after), ..ParaSpec::block(scope, Alignment::Balanced) };
    let mut words = Vec::new();
    let mut bookmark = shown_text(content);
    if let Some(number) = number {
        words.push(Inline::text(format!("{number}\u{a0}\u{a0}"), scope.span));
        bookmark = format!("{number} {bookmark}");
    }
    words.extend_from_slice(content);
    let mut chunk = paragraph(cx, output, &words, StructKind::Heading(level.clamp(1, 6)), &spec);
    chunk.keep_next = true;
    for variant in &mut chunk.variants {
        for row in &mut variant.rows {
            row.break_after = NEVER;
        }
        if let Some(row) = variant.rows.first_mut() {
            row.bookmark = Some((level, bookmark.clone()));
        }
    }
    chunk
}

/// An ornament in an otherwise empty space of three lines.
pub fn scene_break(cx: &Context<'_>, output: &mut Output, scope: Scope<'_>) -> Chunk {
    let mut style = TextStyle::text(cx.theme.size);
    style.features = Features::NONE;
    let ornament = cx.theme.ornament.clone();
    let items = centred_line(
        cx,
        output,
        Scope { style, ..scope },
        &ornament,
        Tag::Artifact(Artifact::Layout),
    );
    let mut row = Row::items(1, items);
    row.break_after = AFTER_SCENE_BREAK;
    Chunk::of_rows(vec![row], Gap::LINE, scope.span)
}
