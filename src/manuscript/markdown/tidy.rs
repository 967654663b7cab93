//! The last touch on a run of inlines: one text where the parser made several,
//! no space at the ends, and marks as they are to be printed.

use crate::manuscript::punctuation::punctuate;
use crate::model::{Inline, InlineKind, Lang};

/// A run of inlines that is read as one: a paragraph, a heading, a cell.
pub(super) fn line(inlines: Vec<Inline>, lang: &Lang) -> Vec<Inline> {
    let mut inlines = merge(inlines);
    trim(&mut inlines);
    punctuate(&mut inlines, lang);
    inlines
}

/// Whether there is nothing to read or see in it.
pub(super) fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match &inline.kind {
        InlineKind::Text(text) => text.trim().is_empty(),
        InlineKind::SoftBreak | InlineKind::HardBreak => true,
        InlineKind::Emph(content)
        | InlineKind::Strong(content)
        | InlineKind::Strike(content)
        | InlineKind::SmallCaps(content)
        | InlineKind::Sub(content)
        | InlineKind::Sup(content)
        | InlineKind::Span(content) => inline.attrs.id().is_none() && is_blank(content),
        InlineKind::Code(_)
        | InlineKind::Link { .. }
        | InlineKind::Ref { .. }
        | InlineKind::Image(_)
        | InlineKind::Note(_)
        | InlineKind::Math(_) => false,
    })
}

/// Joins neighbouring texts, at every depth, and runs of spaces to one.
fn merge(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    for mut inline in inlines {
        match &mut inline.kind {
            InlineKind::Emph(content)
            | InlineKind::Strong(content)
            | InlineKind::Strike(content)
            | InlineKind::SmallCaps(content)
            | InlineKind::Sub(content)
            | InlineKind::Sup(content)
            | InlineKind::Link { content, .. }
            | InlineKind::Span(content) => *content = merge(std::mem::take(content)),
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::Ref { .. }
            | InlineKind::Image(_)
            | InlineKind::Note(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak
            | InlineKind::Math(_) => {}
        }
        if let InlineKind::Text(text) = &inline.kind
            && let Some(Inline { kind: InlineKind::Text(before), span, .. }) = out.last_mut()
        {
            before.push_str(text);
            if span.file == inline.span.file {
                *span = span.to(inline.span);
            }
            continue;
        }
        out.push(inline);
    }
    for inline in &mut out {
        if let InlineKind::Text(text) = &mut inline.kind
            && (text.contains("  ") || text.contains('\t'))
        {
            *text = single_spaces(text);
        }
    }
    out
}

fn single_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c == '\t' { ' ' } else { c };
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}

/// Takes breaks and spaces from both ends, and spaces from around breaks.
fn trim(inlines: &mut Vec<Inline>) {
    let space = |c: char| c == ' ' || c == '\n';
    let is_break =
        |inline: &Inline| matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak);
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    let mut at_start = true;
    for mut inline in std::mem::take(inlines) {
        if is_break(&inline) {
            trim_end(&mut out, space);
            match out.last_mut() {
                None => {}
                Some(last) if last.kind == InlineKind::SoftBreak => last.kind = inline.kind,
                Some(last) if last.kind == InlineKind::HardBreak => {}
                Some(_) => out.push(inline),
            }
            at_start = true;
            continue;
        }
        if at_start && let InlineKind::Text(text) = &mut inline.kind {
            *text = text.trim_start_matches(space).to_owned();
            if text.is_empty() {
                continue;
            }
        }
        at_start = false;
        out.push(inline);
    }
    trim_end(&mut out, space);
    while out.last().is_some_and(is_break) {
        out.pop();
        trim_end(&mut out, space);
    }
    *inlines = out;
}

fn trim_end(out: &mut Vec<Inline>, space: impl Fn(char) -> bool + Copy) {
    while let Some(Inline { kind: InlineKind::Text(text), .. }) = out.last_mut() {
        let kept = text.trim_end_matches(space).len();
        text.truncate(kept);
        if !text.is_empty() {
            return;
        }
        out.pop();
    }
}
