//! Normalizing a run of inlines: one text where the parser made several, no
//! space at the ends, directives read, quotes and dashes as they are printed.

mod directives;

use crate::manuscript::smart_punctuation::punctuate;
use crate::model::{Inline, InlineKind, Lang};
use crate::source::Span;

/// A run of inlines that is read as one: a paragraph, a heading, a cell.
pub(super) fn line(inlines: Vec<Inline>, lang: &Lang) -> Vec<Inline> {
    let mut inlines = merge(inlines);
    trim(&mut inlines);
    punctuate(&mut inlines, lang);
    directives::punctuate_terms(&mut inlines, lang);
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
        | InlineKind::Span(_, content) => inline.attrs.id().is_none() && is_blank(content),
        InlineKind::Code(..)
        | InlineKind::Link { .. }
        | InlineKind::Ref { .. }
        | InlineKind::Image(_)
        | InlineKind::Note(_)
        | InlineKind::Math(_)
        | InlineKind::Ruby(_)
        | InlineKind::IndexMark(_) => false,
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
            | InlineKind::Span(_, content) => *content = merge(std::mem::take(content)),
            InlineKind::Text(_)
            | InlineKind::Code(..)
            | InlineKind::Ref { .. }
            | InlineKind::Image(_)
            | InlineKind::Note(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak
            | InlineKind::Math(_)
            | InlineKind::IndexMark(_) => {}
            InlineKind::Ruby(parts) => {
                for part in parts {
                    part.base = merge(std::mem::take(&mut part.base));
                }
            }
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
        if is_note(&inline) && out.last().is_some_and(is_note) {
            out.push(between_notes(inline.span));
        }
        out.push(inline);
    }
    let mut out = super_and_subscripts(directives::directives(out));
    for inline in &mut out {
        if let InlineKind::Text(text) = &mut inline.kind
            && (text.contains("  ") || text.contains('\t'))
        {
            *text = single_spaces(text);
        }
    }
    out
}

fn is_note(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::Note(_))
}

/// A raised comma between the marks of two notes: 1 and 2 would be read as 12.
fn between_notes(span: Span) -> Inline {
    Inline::new(InlineKind::Sup(vec![Inline::text(",", span)]), span)
}

/// Makes super- and subscripts of `x^2^` and `H~2~O`, as pandoc writes them.
/// The parser has none within words, which is where they are.
fn super_and_subscripts(inlines: Vec<Inline>) -> Vec<Inline> {
    let marked = |inline: &Inline| match &inline.kind {
        InlineKind::Text(text) => text.contains(['^', '~']),
        _ => false,
    };
    if !inlines.iter().any(marked) {
        return inlines;
    }
    let mut out = Vec::with_capacity(inlines.len() + 2);
    for inline in inlines {
        let InlineKind::Text(text) = &inline.kind else {
            out.push(inline);
            continue;
        };
        let mut rest = text.as_str();
        while let Some((before, mark, inner, after)) = first_script(rest) {
            out.push(Inline::text(before, inline.span));
            let content = vec![Inline::text(inner, inline.span)];
            let kind =
                if mark == '^' { InlineKind::Sup(content) } else { InlineKind::Sub(content) };
            out.push(Inline::new(kind, inline.span));
            rest = after;
        }
        if !rest.is_empty() {
            out.push(Inline::text(rest, inline.span));
        }
    }
    out
}

/// The longest that is raised or lowered, in bytes: formulas are written as such.
const LONGEST_SCRIPT: usize = 16;

/// The first super- or subscript in a text: what is before it, its mark, what
/// is in it and what is after it. It follows a letter, digit or bracket and
/// holds no space.
fn first_script(text: &str) -> Option<(&str, char, &str, &str)> {
    for (at, mark) in text.match_indices(['^', '~']) {
        let (before, after) = (text.get(..at)?, text.get(at + 1..)?);
        let follows = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | ']'));
        let Some(end) = after.find(mark) else { continue };
        let inner = after.get(..end)?;
        let fits = |c: char| c.is_alphanumeric() || "+-−–±()=,.′".contains(c);
        let shaped = !inner.is_empty() && end <= LONGEST_SCRIPT && inner.chars().all(fits);
        if follows && shaped {
            let mark = if mark == "^" { '^' } else { '~' };
            return Some((before, mark, inner, after.get(end + 1..)?));
        }
    }
    None
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
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    let mut at_start = true;
    for mut inline in std::mem::take(inlines) {
        if is_break(&inline) {
            trim_end(&mut out);
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
            *text = text.trim_start_matches(is_space).to_owned();
            if text.is_empty() {
                continue;
            }
        }
        at_start = false;
        out.push(inline);
    }
    trim_head(&mut out);
    trim_tail(&mut out);
    *inlines = out;
}

fn is_space(c: char) -> bool {
    c == ' ' || c == '\n'
}

fn is_break(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak)
}

/// What an inline holds whose spaces at the ends are those of the text around it.
fn transparent(inline: &mut Inline) -> Option<&mut Vec<Inline>> {
    match &mut inline.kind {
        InlineKind::Emph(inner) | InlineKind::Strong(inner) | InlineKind::Span(_, inner) => {
            Some(inner)
        }
        _ => None,
    }
}

/// Takes spaces from the beginning, also where it is emphasised.
fn trim_head(inlines: &mut [Inline]) {
    let Some(first) = inlines.first_mut() else { return };
    if let InlineKind::Text(text) = &mut first.kind {
        *text = text.trim_start_matches(is_space).to_owned();
    } else if let Some(inner) = transparent(first) {
        trim_head(inner);
    }
}

/// Takes breaks and spaces from the end, also where it is emphasised. Those at the
/// beginning of the last inline stay: they part it from the words before.
fn trim_tail(inlines: &mut Vec<Inline>) {
    trim_end(inlines);
    while inlines.last().is_some_and(is_break) {
        inlines.pop();
        trim_end(inlines);
    }
    if let Some(inner) = inlines.last_mut().and_then(transparent) {
        trim_tail(inner);
    }
}

fn trim_end(out: &mut Vec<Inline>) {
    while let Some(Inline { kind: InlineKind::Text(text), .. }) = out.last_mut() {
        let kept = text.trim_end_matches(is_space).len();
        text.truncate(kept);
        if !text.is_empty() {
            return;
        }
        out.pop();
    }
}
