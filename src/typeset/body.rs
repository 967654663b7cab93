//! A chapter of text: its opening, its blocks, its notes, its pages.

use std::sync::Arc;

use crate::model::{Block, BlockKind, Chapter, Direction, Role, plain_text};
use crate::page::{Item, StructKind};
use crate::text::Features;
use crate::theme::Lead;
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

/// A small-caps lead-in takes this many words.
const LEAD_WORDS: usize = 4;

/// Sets a chapter that has text of its own.
pub fn body(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    chapter: &Chapter,
) -> Vec<ChapterPage> {
    let scope = Scope { no_indent: !scope.indents_always(), ..scope };
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
    // Mottoes belong to the opening; the text begins after them.
    let mottoes = chapter.blocks.iter().take_while(|b| is_motto(b)).count();
    let (front, rest) = chapter.blocks.split_at(mottoes);
    chunks.extend(blocks::blocks(cx, output, scope, front));
    if !front.is_empty()
        && let Some(chunk) = chunks.last_mut()
    {
        chunk.after = Gap { min: 1, ideal: 2, max: 3 };
    }
    let rest = match led_in(cx, output, scope, chapter, rest) {
        Some(first) => {
            chunks.push(first);
            let tail = rest.get(1..).unwrap_or(&[]);
            chunks.extend(blocks::blocks(cx, output, Scope { no_indent: false, ..scope }, tail));
            &[][..]
        }
        None => rest,
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

fn is_motto(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Quote { role: crate::model::QuoteRole::Epigraph, .. })
}

/// The first paragraph with its initial or its lead-in; nothing where the
/// chapter doesn't begin with a paragraph that can have one.
fn led_in(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    chapter: &Chapter,
    blocks: &[Block],
) -> Option<Chunk> {
    let lead = cx.theme.lead;
    // Scripts that run to the left have neither capitals nor small capitals.
    let capitals = scope.direction == Direction::Ltr;
    let begins = chapter.role == Role::Chapter && chapter.depth == 0;
    if !begins || lead == Lead::Plain || !capitals {
        return None;
    }
    let first = blocks.first()?;
    let BlockKind::Paragraph(content) = &first.kind else { return None };
    // Only letters that have capitals make an initial or small capitals.
    if !plain_text(content).chars().find(|c| c.is_alphabetic()).is_some_and(has_case) {
        return None;
    }
    let scope = Scope { span: first.span, ..scope };
    let node = output.structure.add(scope.node, StructKind::P);
    let text = flatten(cx, output, Scope { node, ..scope }, content);
    let spec = ParaSpec::body(cx, scope);
    let begins_with_letter = text.text.chars().next().is_some_and(char::is_alphabetic);
    let long = text.text.len() > cx.theme.initial.shortest_paragraph;
    let mut chunk = if lead == Lead::DropCap && begins_with_letter && long {
        with_initial(cx, output, scope, text, node, spec)
    } else {
        let mut text = text;
        let end = end_of_words(&text.text, LEAD_WORDS);
        small_caps_to(&mut text, end, cx.theme.initial.caps_tracking);
        let para = Arc::new(break_lines(cx, output, text, node, &spec, Vec::new()));
        blocks::chunk_of(&para, &spec)
    };
    if let (Some(anchor), Some(row)) =
        (first.attrs.anchor(), chunk.variants.first_mut().and_then(|v| v.rows.first_mut()))
    {
        row.anchors.push(anchor);
    }
    Some(chunk)
}

/// A capital over three lines, its word finished in small capitals.
fn with_initial(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    mut text: ParaText,
    node: crate::page::StructId,
    spec: ParaSpec,
) -> Chunk {
    let theme = cx.theme;
    let Some(letter) = text.text.chars().next() else {
        let para = Arc::new(break_lines(cx, output, text, node, &spec, Vec::new()));
        return blocks::chunk_of(&para, &spec);
    };
    let source = text.runs.first().and_then(|s| s.source);
    let word_end = end_of_words(&text.text, 1);
    let word: String = text.text.get(..word_end).unwrap_or("").trim().to_owned();
    small_caps_to(&mut text, word_end, theme.initial.caps_tracking);
    let alone = word.chars().count() == 1;
    let space = text.text.get(letter.len_utf8()..).is_some_and(|t| t.starts_with(' '));
    cut_front(&mut text, letter.len_utf8() + usize::from(alone && space));
    // As tall as from the capitals of the first line to the baseline of the last.
    let cap = blocks::top_above_baseline(cx) / theme.size;
    let tall = theme.leading * (theme.initial.lines as f64 - 1.0) + theme.size * cap;
    let style = TextStyle { features: Features::NONE, ..TextStyle::text(tall / cap) };
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
    let shape = LineShape {
        dropped: theme.initial.lines,
        drop_width: (width - hang + gap).0,
        ..spec.shape
    };
    let spec = ParaSpec { shape, ..spec };
    let mut para = break_lines(cx, output, text, node, &spec, beside);
    if !alone {
        para.opening_word = Some(word);
    }
    let para = Arc::new(para);
    blocks::chunk_of(&para, &spec)
}

/// Whether a letter is a capital or has one.
fn has_case(c: char) -> bool {
    c.is_uppercase() || c.is_lowercase()
}

/// The byte where the first so many words end.
fn end_of_words(text: &str, words: usize) -> usize {
    let mut seen = 0;
    for (i, c) in text.char_indices() {
        if c.is_whitespace() {
            seen += 1;
            if seen == words {
                return i;
            }
        }
    }
    text.len()
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
