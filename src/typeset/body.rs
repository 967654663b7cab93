//! A chapter of text: its opening, its blocks, its notes, its pages.

use std::sync::Arc;

use crate::model::{Block, BlockKind, Chapter, LeadIn, Role};
use crate::page::{Item, StructKind};
use crate::units::{Em, Pt};

use super::blocks;
use super::chunk::{Chunk, Gap};
use super::context::{Context, Output};
use super::inline::{flatten, label};
use super::lines::LineShape;
use super::pages::emit::ChapterPage;
use super::pages::paginate;
use super::paragraph::{ParaSpec, break_lines};
use super::scope::Scope;
use super::style::TextStyle;
use super::styled_text::ParaText;

/// Sets a chapter that has text of its own.
pub fn body(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    chapter: &Chapter,
) -> Vec<ChapterPage> {
    let mut chunks: Vec<Chunk> = blocks::opening(cx, output, scope, chapter).into_iter().collect();
    if let Some((Block { kind: BlockKind::Index(entries), .. }, before)) =
        chapter.blocks.split_last()
    {
        chunks.extend(blocks::blocks(cx, output, scope, before));
        let used = fixed(&mut chunks);
        chunks.extend(blocks::index::columns(cx, output, scope, entries, used));
        let recto = scope.recto;
        return paginate(cx, output, scope, &chunks, recto);
    }
    let epigraphs = chapter.blocks.get(..chapter.opening.epigraphs).unwrap_or_default();
    let text = chapter.blocks.get(chapter.opening.epigraphs..).unwrap_or_default();
    chunks.extend(blocks::blocks(cx, output, scope, epigraphs));
    if !epigraphs.is_empty()
        && let Some(chunk) = chunks.last_mut()
    {
        chunk.after = Gap { min: 1, ideal: 2, max: 3 };
    }
    let rest = match (chapter.opening.lead_in, text.split_first()) {
        (Some(lead_in), Some((first, rest))) => {
            chunks.extend(opening_paragraph(cx, output, scope, first, lead_in));
            rest
        }
        _ => text,
    };
    chunks.extend(blocks::blocks(cx, output, scope, rest));
    let recto = scope.recto;
    let mut pages = paginate(cx, output, scope, &chunks, recto);
    if chapter.role == Role::Part && chapter.blocks.is_empty() {
        // The title of a part stands alone.
        pages.iter_mut().for_each(|page| page.folio = false);
    }
    pages
}

/// Takes all freedom from chunks, so that it is known how many grid lines they
/// take, with the space after them.
fn fixed(chunks: &mut [Chunk]) -> usize {
    let fixed = |gap: Gap| Gap { min: gap.ideal, ideal: gap.ideal, max: gap.ideal };
    let mut lines = 0;
    let mut gap = Gap::NONE;
    for (nth, chunk) in chunks.iter_mut().enumerate() {
        chunk.variants.truncate(1);
        (chunk.before, chunk.after) = (fixed(chunk.before), fixed(chunk.after));
        if nth > 0 {
            lines += usize::from(gap.meet(chunk.before).ideal);
        }
        gap = chunk.after;
        let rows = chunk.variants.first().map_or(&[][..], |v| v.rows.as_slice());
        lines += rows.iter().map(|row| row.lines).sum::<usize>();
    }
    lines + usize::from(gap.ideal)
}

/// The first paragraph of a text that leads in: with a drop cap, or with its
/// first words in small capitals.
fn opening_paragraph(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    block: &Block,
    lead_in: LeadIn,
) -> Option<Chunk> {
    let BlockKind::Paragraph(content) = &block.kind else { return None };
    let scope = Scope { span: block.span, ..scope };
    let node = output.structure.add(scope.node, StructKind::P);
    let mut text = flatten(cx, output, Scope { node, ..scope }, content);
    let spec = ParaSpec::body(scope).indented(cx, block.indent);
    let drop_cap = lead_in.drop_cap.and_then(|word_end| DropCap::new(cx, &text, word_end));
    let mut chunk = match drop_cap {
        Some(drop_cap) => with_drop_cap(cx, output, text, node, spec, drop_cap),
        None => {
            small_caps_to(&mut text, lead_in.length, cx.theme.initial.caps_tracking);
            let para = Arc::new(break_lines(cx, output, text, node, &spec, Vec::new()));
            blocks::chunk_of(&para, &spec)
        }
    };
    if let (Some(anchor), Some(row)) =
        (block.attrs.anchor(), chunk.variants.first_mut().and_then(|v| v.rows.first_mut()))
    {
        row.anchors.push(anchor);
    }
    Some(chunk)
}

/// The letter that a chapter begins with, over several lines.
#[derive(Clone, Copy)]
struct DropCap {
    letter: char,
    size: Pt,
    /// How many lines stand beside it: one more where the letter goes below its
    /// baseline, as `J` and `Q` do.
    lines: usize,
    /// The bytes of the word that is read as one with it.
    word_end: usize,
}

impl DropCap {
    /// As tall as from the capitals of the first line to the baseline of the
    /// last. `None` if the paragraph may be too short for one that needs more
    /// lines than others.
    fn new(cx: &Context<'_>, text: &ParaText, word_end: usize) -> Option<DropCap> {
        let (theme, tokens) = (cx.theme, &cx.theme.initial);
        let letter = text.text.chars().next()?;
        let cap = blocks::top_above_baseline(cx) / theme.size;
        let tall = theme.leading * (tokens.lines as f64 - 1.0) + theme.size * cap;
        let size = tall / cap;
        let depth = cx.fonts.face(text.runs.first()?.face).depth(letter).unwrap_or(0.0);
        // A descender may reach down to the capitals of the next line.
        let deep = size * depth > theme.leading - theme.size * cap;
        let lines = tokens.lines + usize::from(deep);
        let shortest = tokens.shortest_paragraph * lines / tokens.lines.max(1);
        if deep && text.text.len() <= shortest {
            return None;
        }
        // The mark of a note is read by itself, and so is what has another look.
        let note = text.notes.first().map_or(word_end, |(byte, _)| *byte);
        let run = text.runs.iter().find(|run| run.range.end > letter.len_utf8());
        let word_end = word_end.min(note).min(run.map_or(word_end, |run| run.range.end));
        Some(DropCap { letter, size, lines, word_end })
    }
}

/// A capital over some lines, its word finished in small capitals.
fn with_drop_cap(
    cx: &Context<'_>,
    output: &mut Output,
    mut text: ParaText,
    node: crate::page::StructId,
    spec: ParaSpec<'_>,
    drop_cap: DropCap,
) -> Chunk {
    let (theme, scope) = (cx.theme, spec.scope);
    let DropCap { letter, size, lines, word_end } = drop_cap;
    let source = text.runs.first().and_then(|s| s.source);
    let word: String = text.text.get(..word_end).unwrap_or("").trim().to_owned();
    small_caps_to(&mut text, word_end, theme.initial.caps_tracking);
    let alone = word.chars().count() == 1;
    let space = text.text.get(letter.len_utf8()..).is_some_and(|t| t.starts_with(' '));
    cut_front(&mut text, letter.len_utf8() + usize::from(alone && space));
    let style = TextStyle::text(size);
    let runs = label(
        cx,
        output,
        Scope { style, ..scope },
        &letter.to_string(),
        crate::page::Tag::Node(node),
    );
    let width: Pt = runs.iter().map(|r| r.width()).sum();
    // Set a little into the margin, so that its stem and not its serif is ranged.
    let hang = style.size * theme.initial.hang;
    let beside: Vec<Item> = runs
        .into_iter()
        .map(|mut run| {
            run.origin.x -= hang;
            run.origin.y += theme.leading * (theme.initial.lines as f64 - 1.0);
            run.source = source;
            // A word is told once, with its small capitals; a letter that is a word
            // has its space with it, since it stands on another line than the next.
            run.actual_text = Some(if alone { format!("{letter} ") } else { String::new() });
            Item::Glyphs(run)
        })
        .collect();
    let gap = theme.size * if alone { theme.initial.word_gap } else { theme.initial.gap };
    let shape = LineShape { dropped: lines, drop_width: (width - hang + gap).0, ..spec.shape };
    let spec = ParaSpec { shape, ..spec };
    let mut para = break_lines(cx, output, text, node, &spec, beside);
    if !alone {
        para.opening_word = Some(word);
    }
    let para = Arc::new(para);
    blocks::chunk_of(&para, &spec)
}

/// Sets everything before a byte in small capitals.
fn small_caps_to(text: &mut ParaText, end: usize, tracking: Em) {
    let mut out = Vec::with_capacity(text.runs.len() + 1);
    for run in text.runs.drain(..) {
        if run.range.start >= end {
            out.push(run);
            continue;
        }
        let mut head = run.clone();
        head.range.end = run.range.end.min(end);
        head.style = head.style.small_caps(tracking);
        out.push(head);
        if run.range.end > end {
            let mut tail = run;
            let moved = u32::try_from(end - tail.range.start).unwrap_or(u32::MAX);
            tail.source = tail.source.map(|(node, at)| (node, at.saturating_add(moved)));
            tail.range.start = end;
            out.push(tail);
        }
    }
    text.runs = out;
}

/// Takes bytes away from the front: they are set elsewhere.
fn cut_front(text: &mut ParaText, bytes: usize) {
    text.text.drain(..bytes);
    for run in &mut text.runs {
        if run.range.start < bytes {
            let moved = u32::try_from(bytes - run.range.start).unwrap_or(u32::MAX);
            run.source = run.source.map(|(node, at)| (node, at.saturating_add(moved)));
        }
        run.range.start = run.range.start.saturating_sub(bytes);
        run.range.end = run.range.end.saturating_sub(bytes);
    }
    text.runs.retain(|s| !s.range.is_empty());
    for (byte, _) in &mut text.anchors {
        *byte = byte.saturating_sub(bytes);
    }
    for (byte, _) in &mut text.notes {
        *byte = byte.saturating_sub(bytes);
    }
}
