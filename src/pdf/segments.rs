//! Runs cut into segments: glyphs that say their text by themselves, and glyphs
//! whose text must be given (`ActualText`, ISO 32000-1, 14.9.4).
//!
//! It must be given for a glyph that stands for something else elsewhere, letters made
//! of several glyphs, what the typesetter says itself, and words broken over
//! two lines. Of those the first half says the whole word and the second half
//! nothing, so that every way of getting at the text finds the word as it was
//! written, whether it knows about soft hyphens or not.
//!
//! Right-to-left words come in the order they are read, the letters of each in
//! the order they are drawn, which is what readers expect and what the tag
//! `ReversedChars` says (14.8.2.3.3).

use std::borrow::Cow;
use std::ops::Range;

use super::clusters::{Cluster, clusters, text_of};
use super::fonts::Fonts;
use crate::page::{GlyphRun, Item, Page};

const SOFT_HYPHEN: &str = "\u{ad}";

/// Some glyphs of a run, with how their text is known.
#[derive(Debug, Clone)]
pub(super) struct Segment<'a> {
    /// The number of the run among the page's items.
    pub(super) item: usize,
    /// The run.
    pub(super) run: &'a GlyphRun,
    /// Which of its glyphs.
    pub(super) glyphs: Range<usize>,
    /// How their text is known.
    pub(super) source: TextSource<'a>,
    /// Whether the glyphs are drawn from the end of the text.
    pub(super) reversed: bool,
}

/// How the text of glyphs is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TextSource<'a> {
    /// The font's `ToUnicode` table gives it.
    Glyphs,
    /// It is written as `ActualText`.
    ActualText(Cow<'a, str>),
    /// The `ActualText` of the segment before holds it.
    PreviousSegment,
}

/// The segments of a page in the order they are written.
pub(super) fn segments<'a>(page: &'a Page, fonts: &Fonts) -> Vec<Segment<'a>> {
    let mut out = Vec::with_capacity(page.items.len());
    for (item, run) in page.items.iter().enumerate().filter_map(|(i, item)| Some((i, run(item)?))) {
        let whole = Segment {
            item,
            run,
            glyphs: 0..run.glyphs.len(),
            source: TextSource::Glyphs,
            reversed: is_right_to_left(run),
        };
        match &run.actual_text {
            Some(text) => {
                out.push(Segment {
                    source: TextSource::ActualText(Cow::Borrowed(text)),
                    reversed: false,
                    ..whole
                });
            }
            None if whole.reversed => backwards(&mut out, whole, fonts),
            None => forwards(&mut out, whole, fonts),
        }
    }
    join_broken_words(page, out)
}

fn run(item: &Item) -> Option<&GlyphRun> {
    match item {
        Item::Glyphs(run) if !run.glyphs.is_empty() => Some(run),
        Item::Glyphs(_) | Item::Picture(_) | Item::Rule(_) | Item::Link(_) => None,
    }
}

/// Whether the glyphs of a run, drawn from the left, stand for text that is
/// read from the right.
fn is_right_to_left(run: &GlyphRun) -> bool {
    let mut starts = run.glyphs.iter().filter(|g| !g.text.is_empty()).map(|g| g.text.start);
    match (starts.next(), starts.next_back()) {
        (Some(first), Some(last)) => first > last,
        (Some(_) | None, _) => false,
    }
}

/// Whether the glyphs of a cluster say its text by the font's own table.
fn says(run: &GlyphRun, cluster: &Cluster<'_>, fonts: &Fonts) -> bool {
    let Some(face) = fonts.get(run.face) else { return true };
    let mut rest = cluster.text;
    for glyph in run.glyphs.get(cluster.glyphs.clone()).unwrap_or(&[]) {
        let Some(cid) = face.cid(glyph.id) else { return true };
        let Some(after) = rest.strip_prefix(face.text(cid)) else { return false };
        rest = after;
    }
    rest.is_empty()
}

/// Clusters as they come; neighbours whose glyphs don't say their text share
/// one segment.
fn forwards<'a>(out: &mut Vec<Segment<'a>>, whole: Segment<'a>, fonts: &Fonts) {
    let mut open: Option<Segment<'a>> = None;
    for cluster in clusters(whole.run) {
        let says = says(whole.run, &cluster, fonts);
        match &mut open {
            Some(Segment { source: TextSource::Glyphs, glyphs, .. }) if says => {
                glyphs.end = cluster.glyphs.end;
            }
            Some(Segment { source: TextSource::ActualText(text), glyphs, .. }) if !says => {
                glyphs.end = cluster.glyphs.end;
                text.to_mut().push_str(cluster.text);
            }
            Some(_) | None => {
                out.extend(open.take());
                let source = if says {
                    TextSource::Glyphs
                } else {
                    TextSource::ActualText(Cow::Borrowed(cluster.text))
                };
                open = Some(Segment { glyphs: cluster.glyphs, source, ..whole.clone() });
            }
        }
    }
    out.extend(open);
}

/// The words of a right-to-left run in the order they are read.
fn backwards<'a>(out: &mut Vec<Segment<'a>>, whole: Segment<'a>, fonts: &Fonts) {
    let clusters: Vec<Cluster<'_>> = clusters(whole.run).collect();
    let is_space = |c: &Cluster<'_>| !c.text.is_empty() && c.text.trim().is_empty();
    for word in clusters.chunk_by(|a, b| is_space(a) == is_space(b)).rev() {
        let (Some(first), Some(last)) = (word.first(), word.last()) else { continue };
        let glyphs = first.glyphs.start..last.glyphs.end;
        let source = if word.iter().all(|cluster| says(whole.run, cluster, fonts)) {
            TextSource::Glyphs
        } else {
            TextSource::ActualText(Cow::Borrowed(logical_text(whole.run, glyphs.clone())))
        };
        out.push(Segment { glyphs, source, ..whole.clone() });
    }
}

/// The text of some glyphs, whose texts lie side by side, in either direction.
fn logical_text(run: &GlyphRun, glyphs: Range<usize>) -> &str {
    let ranges =
        || run.glyphs.get(glyphs.clone()).unwrap_or(&[]).iter().filter(|g| !g.text.is_empty());
    let start = ranges().map(|g| g.text.start).min().unwrap_or(0);
    let end = ranges().map(|g| g.text.end).max().unwrap_or(0);
    run.text.get(start as usize..end as usize).unwrap_or("")
}

/// Finds words broken by a soft hyphen and lets the first half say them whole.
fn join_broken_words<'a>(page: &Page, segments: Vec<Segment<'a>>) -> Vec<Segment<'a>> {
    let mut out: Vec<Segment<'a>> = Vec::with_capacity(segments.len() + 8);
    let mut rest = segments.into_iter().peekable();
    while let Some(hyphen) = rest.next() {
        if hyphen.run.actual_text.as_deref() != Some(SOFT_HYPHEN) {
            out.push(hyphen);
            continue;
        }
        let after: Vec<_> = rest.clone().take(2).collect();
        let halves = out.last().zip(after.first()).filter(|(before, next)| {
            belong_together(page, before, &hyphen) && belong_together(page, &hyphen, next)
        });
        let split = halves.and_then(|(before, next)| {
            let ends = after.get(1).is_none_or(|third| {
                !belong_together(page, next, third) || begins_with_space(third)
            });
            Some((last_word(before)?, first_word(next, ends)?))
        });
        let (Some((head_start, tail_end)), Some(before), Some(next)) =
            (split, out.pop_if(|_| split.is_some()), rest.next_if(|_| split.is_some()))
        else {
            out.push(hyphen);
            continue;
        };
        let head = Segment { glyphs: head_start..before.glyphs.end, ..before.clone() };
        let tail = Segment { glyphs: next.glyphs.start..tail_end, ..next.clone() };
        let word = format!(
            "{}{}",
            logical_text(head.run, head.glyphs.clone()),
            logical_text(tail.run, tail.glyphs.clone())
        );
        let parts = [
            Segment { glyphs: before.glyphs.start..head_start, ..before },
            Segment { source: TextSource::ActualText(Cow::Owned(word)), ..head },
            Segment { source: TextSource::PreviousSegment, ..hyphen },
            Segment { source: TextSource::ActualText(Cow::Borrowed("")), ..tail },
            Segment { glyphs: tail_end..next.glyphs.end, ..next },
        ];
        out.extend(parts.into_iter().filter(|part| !part.glyphs.is_empty()));
    }
    out
}

/// Whether two segments follow each other in the same sentence.
fn belong_together(page: &Page, a: &Segment<'_>, b: &Segment<'_>) -> bool {
    let between = page.items.get(a.item + 1..b.item.max(a.item + 1)).unwrap_or(&[]);
    a.run.tag == b.run.tag
        && a.run.lang == b.run.lang
        && between.iter().all(|item| matches!(item, Item::Link(_)))
}

/// Where the last word of a segment begins; `None` if it doesn't end in one.
fn last_word(segment: &Segment<'_>) -> Option<usize> {
    let word_from = clusters(segment.run)
        .filter(|c| c.glyphs.end <= segment.glyphs.end && c.text.ends_with(char::is_whitespace))
        .map(|c| c.glyphs.end)
        .last()
        .map_or(segment.glyphs.start, |end| end.max(segment.glyphs.start));
    (is_plain(segment) && word_from < segment.glyphs.end).then_some(word_from)
}

/// Where the first word of a segment ends; `None` if there is none, or if it
/// may go on in the segment after.
fn first_word(segment: &Segment<'_>, ends: bool) -> Option<usize> {
    let space = clusters(segment.run)
        .find(|c| c.glyphs.start >= segment.glyphs.start && c.text.starts_with(char::is_whitespace))
        .map(|c| c.glyphs.start)
        .filter(|at| *at < segment.glyphs.end)
        .or_else(|| ends.then_some(segment.glyphs.end));
    space.filter(|end| is_plain(segment) && *end > segment.glyphs.start)
}

fn begins_with_space(segment: &Segment<'_>) -> bool {
    let first = segment.run.glyphs.get(segment.glyphs.start);
    first.is_some_and(|glyph| text_of(segment.run, glyph).starts_with(char::is_whitespace))
}

fn is_plain(segment: &Segment<'_>) -> bool {
    segment.source == TextSource::Glyphs && !segment.reversed
}
