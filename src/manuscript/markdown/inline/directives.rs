//! Marks in braces that bindery adds to Markdown: cross-references and terms
//! of the index.
//!
//! ```text
//! {ref #id}  {ref other.md#id number}  {ref #id page}
//! {index: term}  {index: term > below}  {index: term; see: other}
//! {index-begin: term} … {index-end: term}
//! ```
//!
//! They are read in words only, so that code keeps its braces; what doesn't
//! look like one of them stays as it is, and so does what is escaped.

use crate::manuscript::smart_punctuation::{LITERAL, punctuate};
use crate::model::{
    IndexTerm, Inline, InlineKind, Lang, LinkTarget, RefForm, TermRange, VisitorMut, plain_text,
    walk_inline_mut,
};
use crate::source::Span;

/// No mark is longer, in bytes.
const LONGEST: usize = 400;
/// How marks begin.
const OPENERS: [&str; 4] = ["{ref ", "{index:", "{index-begin:", "{index-end:"];

/// Finds the marks in a run of inlines.
pub(super) fn directives(inlines: Vec<Inline>) -> Vec<Inline> {
    let opens = |inline: &Inline| match &inline.kind {
        InlineKind::Text(text) => OPENERS.iter().any(|opener| text.contains(opener)),
        _ => false,
    };
    if !inlines.iter().any(opens) {
        return inlines;
    }
    let mut rest: std::collections::VecDeque<Inline> = inlines.into();
    let mut out: Vec<Inline> = Vec::new();
    while let Some(inline) = rest.pop_front() {
        let InlineKind::Text(text) = &inline.kind else {
            out.push(inline);
            continue;
        };
        match first_mark(text, &rest) {
            None => out.push(inline),
            Some(found) => {
                let end = found.end.min(text.len());
                if found.start > 0 {
                    out.push(part(&inline, text, 0, found.start));
                }
                let mut span = sub_span(&inline, text, found.start, end);
                let tail = if found.taken == 0 {
                    Some(part(&inline, text, end, text.len()))
                } else {
                    let mut last = None;
                    for _ in 0..found.taken {
                        last = rest.pop_front().or(last);
                    }
                    last.map(|last| {
                        span = if last.span.file == span.file { span.to(last.span) } else { span };
                        after(&last, found.end)
                    })
                };
                out.push(Inline::new(found.kind, span));
                let tail = tail.filter(|t| !matches!(&t.kind, InlineKind::Text(t) if t.is_empty()));
                tail.into_iter().for_each(|tail| rest.push_front(tail));
            }
        }
    }
    close_up(out)
}

/// A mark that was found.
struct Found {
    /// Where it begins in its text.
    start: usize,
    /// Where it ends: in the same text, or in the last of the inlines taken.
    end: usize,
    /// How many inlines after the text it goes through.
    taken: usize,
    kind: InlineKind,
}

/// The first mark that begins in a text; it may end in what follows.
fn first_mark(text: &str, rest: &std::collections::VecDeque<Inline>) -> Option<Found> {
    let mut from = 0;
    loop {
        let tail = text.get(from..)?;
        let start = from + OPENERS.iter().filter_map(|opener| tail.find(opener)).min()?;
        from = start + 1;
        if text.get(..start)?.ends_with(LITERAL) {
            continue;
        }
        let mut body = text.get(start..)?.to_owned();
        if let Some(end) = body.find('}') {
            if let Some(kind) = mark(body.get(..=end)?) {
                return Some(Found { start, end: start + end + 1, taken: 0, kind });
            }
            continue;
        }
        for (taken, inline) in (1..).zip(rest) {
            let before = body.len();
            match &inline.kind {
                InlineKind::Text(text) => body.push_str(text),
                InlineKind::SoftBreak => body.push(' '),
                InlineKind::Emph(content) | InlineKind::Strong(content) => {
                    body.push_str(&plain_text(content));
                }
                InlineKind::Code(_, code) => body.push_str(code),
                _ => break,
            }
            if body.len() > LONGEST {
                break;
            }
            let closes = matches!(inline.kind, InlineKind::Text(_));
            if let Some(end) = body.get(before..).and_then(|t| t.find('}')).filter(|_| closes) {
                match mark(body.get(..=before + end)?) {
                    Some(kind) => return Some(Found { start, end: end + 1, taken, kind }),
                    None => break,
                }
            }
        }
    }
}

/// What a text in braces means.
fn mark(text: &str) -> Option<InlineKind> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    if let Some(reference) = inner.strip_prefix("ref ") {
        return reference_of(&bare(reference));
    }
    let (name, term) = inner.split_once(':')?;
    let range = match name {
        "index" => TermRange::Point,
        "index-begin" => TermRange::Begin,
        "index-end" => TermRange::End,
        _ => return None,
    };
    let mut parts = term.split(';');
    let path = levels(parts.next()?)?;
    let mut see = None;
    for part in parts {
        let (word, other) = part.split_once(':')?;
        if !matches!(word.trim(), "see" | "see also") || range != TermRange::Point {
            return None;
        }
        see = Some(levels(other)?.join(" > "));
    }
    Some(InlineKind::IndexMark(IndexTerm { path, see, range }))
}

/// `#id`, or a file with or without one, and the form.
fn reference_of(text: &str) -> Option<InlineKind> {
    let mut words = text.split_whitespace();
    let target = words.next()?;
    let leads = target.contains('#') || target.ends_with(".md") || target.ends_with(".markdown");
    let form = match words.next() {
        None | Some("title") => RefForm::Title,
        Some("number") => RefForm::Number,
        Some("page") => RefForm::Page,
        Some(_) => return None,
    };
    if !leads || target == "#" || words.next().is_some() {
        return None;
    }
    Some(InlineKind::Ref { target: LinkTarget::Written(target.to_owned()), form })
}

/// How many levels a term of the index has. What would be below the last is part of
/// its words: nothing recurses deeper than a page could show.
const DEEPEST: usize = 8;

/// The levels of a term: `term > below`. One that is meant as it is, `\>`, parts
/// nothing.
fn levels(text: &str) -> Option<Vec<String>> {
    let mut levels = vec![String::new()];
    let mut literal = false;
    for c in text.chars() {
        match c {
            '>' if !literal => levels.push(String::new()),
            c => levels.last_mut()?.push(c),
        }
        literal = c == LITERAL;
    }
    let mut levels: Vec<String> = levels.iter().map(|level| bare(level)).collect();
    if levels.len() > DEEPEST {
        let rest = levels.split_off(DEEPEST - 1).join(" > ");
        levels.push(rest);
    }
    levels.iter().all(|level| !level.is_empty()).then_some(levels)
}

/// A text without marks of what is literal, with single spaces.
fn bare(text: &str) -> String {
    let text: String = text.chars().filter(|c| *c != LITERAL).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A part of a text.
fn part(inline: &Inline, text: &str, from: usize, to: usize) -> Inline {
    let mut part = Inline::text(text.get(from..to).unwrap_or(""), sub_span(inline, text, from, to));
    part.attrs = inline.attrs.clone();
    part
}

/// What of an inline comes after a byte of its text.
fn after(inline: &Inline, from: usize) -> Inline {
    match &inline.kind {
        InlineKind::Text(text) => part(inline, text, from.min(text.len()), text.len()),
        _ => Inline::text("", inline.span),
    }
}

/// Where a part of a text stands in the source, if the one is as long as the
/// other: a mark of what is literal stands for a backslash.
fn sub_span(inline: &Inline, text: &str, from: usize, to: usize) -> Span {
    let length = |part: &str| {
        let literal = part.matches(LITERAL).count();
        u32::try_from(part.len() - literal * (LITERAL.len_utf8() - 1)).unwrap_or(u32::MAX)
    };
    let span = inline.span;
    if span.end.saturating_sub(span.start) != length(text) {
        return span;
    }
    let before = length(text.get(..from).unwrap_or(""));
    let within = length(text.get(from..to).unwrap_or(""));
    Span { start: span.start + before, end: span.start + before + within, ..span }
}

/// Takes away the spaces that only part marks of the index from the text: the
/// text is to be as if they weren't there.
fn close_up(mut inlines: Vec<Inline>) -> Vec<Inline> {
    let is_mark = |inline: &Inline| matches!(inline.kind, InlineKind::IndexMark(_));
    let mut at = 0;
    while at < inlines.len() {
        if !inlines.get(at).is_some_and(is_mark) {
            at += 1;
            continue;
        }
        let before = (0..at).rev().find(|i| inlines.get(*i).is_some_and(|inline| !is_mark(inline)));
        let after = (at + 1..inlines.len()).find(|i| inlines.get(*i).is_some_and(|n| !is_mark(n)));
        let edge = |place: Option<usize>| match place.and_then(|i| inlines.get(i)).map(|i| &i.kind)
        {
            None => Edge::Nothing,
            Some(InlineKind::SoftBreak | InlineKind::HardBreak) => Edge::Break,
            Some(InlineKind::Text(text)) => Edge::Text(text),
            Some(_) => Edge::Other,
        };
        let removed = match (edge(before), edge(after)) {
            (Edge::Nothing | Edge::Break, Edge::Break) => after,
            (Edge::Break, Edge::Nothing) => before,
            (Edge::Nothing | Edge::Break, Edge::Text(text)) => {
                let kept = text.trim_start_matches(' ').to_owned();
                rewrite(&mut inlines, after, kept)
            }
            (Edge::Text(text), next) if text.ends_with(' ') => {
                let parts = match next {
                    Edge::Nothing | Edge::Break => true,
                    Edge::Text(next) => next.starts_with(|c: char| c == ' ' || closes(c)),
                    Edge::Other => false,
                };
                let kept = text.trim_end_matches(' ').to_owned();
                if parts { rewrite(&mut inlines, before, kept) } else { None }
            }
            _ => None,
        };
        if let Some(gone) = removed {
            inlines.remove(gone);
            at = at.saturating_sub(usize::from(gone < at));
        }
        at += 1;
    }
    inlines
}

/// What stands beside a mark.
enum Edge<'a> {
    Nothing,
    Break,
    Text(&'a str),
    Other,
}

/// Gives a text other words; says which one to remove if none are left.
fn rewrite(inlines: &mut [Inline], at: Option<usize>, words: String) -> Option<usize> {
    let gone = at.filter(|_| words.is_empty());
    if let Some(inline) = at.and_then(|at| inlines.get_mut(at)) {
        inline.kind = InlineKind::Text(words);
    }
    gone
}

/// Punctuation that stands close to the word before it.
fn closes(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '”' | '’' | '»' | '…')
}

/// Sets quotes and dashes in the terms of the index as in the text.
pub(super) fn punctuate_terms(inlines: &mut [Inline], lang: &Lang) {
    struct Terms<'a>(&'a Lang);
    impl VisitorMut for Terms<'_> {
        fn inline(&mut self, inline: &mut Inline) {
            let span = inline.span;
            if let InlineKind::IndexMark(term) = &mut inline.kind {
                for words in term.path.iter_mut().chain(&mut term.see) {
                    let mut line = [Inline::text(words.as_str(), span)];
                    punctuate(&mut line, self.0);
                    *words = plain_text(&line);
                }
            }
            walk_inline_mut(self, inline);
        }
    }
    Terms(lang).inlines(inlines);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;
    use crate::manuscript::markdown::{Origin, parse};
    use crate::model::{BlockKind, Book, dump};
    use crate::source::FileId;

    /// The paragraphs of a text as the dump shows them.
    fn read(text: &str) -> String {
        let mut diagnostics = Diagnostics::default();
        let parsed = parse(text, Origin::Part(FileId(0), 0), &Lang::default(), &mut diagnostics);
        let mut book = Book::default();
        let span = Span::new(FileId(0), 0, 0);
        let mut chapter = crate::model::Chapter::bare(crate::model::Role::Chapter, "a", span);
        chapter.blocks = parsed.blocks;
        book.chapters.push(chapter);
        let dump = dump(&book);
        let lines = dump.lines().skip(2).map(str::trim);
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn references_have_three_forms() {
        assert_eq!(read("See {ref #a}."), r#"paragraph "See " ref(?#a title) ".""#);
        assert_eq!(read("{ref b.md#a number}"), "paragraph ref(?b.md#a number)");
        assert_eq!(read("{ref b.md page}"), "paragraph ref(?b.md page)");
    }

    #[test]
    fn what_is_no_mark_stays() {
        for text in ["{ref}", "{ref to nothing}", "{ref #a pages}", "{ref #}", "{index: }"] {
            assert_eq!(read(text), format!("paragraph {text:?}"));
        }
        assert_eq!(read("\\{ref #a}"), r#"paragraph "{ref #a}""#);
        assert_eq!(read("`{ref #a}`"), r#"paragraph code("{ref #a}")"#);
    }

    #[test]
    fn terms_have_levels_references_and_ranges() {
        assert_eq!(read("a{index: b > c}"), r#"paragraph "a" index(b > c)"#);
        assert_eq!(read("a{index: b; see: c}"), r#"paragraph "a" index(b see c)"#);
        assert_eq!(
            read("{index-begin: b}a{index-end: b}"),
            r#"paragraph index(b begin) "a" index(b end)"#
        );
        assert_eq!(read("a{index: \"b\" --\nc_d}"), r#"paragraph "a" index(“b” – c_d)"#);
    }

    #[test]
    fn a_term_leaves_the_text_as_it_was() {
        for text in [
            "the fox{index: t} ran.",
            "the fox {index: t} ran.",
            "the fox ran{index: t}.",
            "the fox ran {index: t}.",
            "{index: t} the fox ran.",
            "{index: t}\nthe fox ran.",
            "the fox ran.\n{index: t}",
            "the fox{index: t}{index: u} ran.",
            "the {index: t}fox ran.",
            "the {index: t} {index: u} fox ran.",
        ] {
            let mut diagnostics = Diagnostics::default();
            let origin = Origin::Part(FileId(0), 0);
            let parsed = parse(text, origin, &Lang::default(), &mut diagnostics);
            let Some(BlockKind::Paragraph(content)) = parsed.blocks.first().map(|b| &b.kind) else {
                panic!("{text}");
            };
            assert_eq!(plain_text(content), "the fox ran.", "{text}");
        }
        let split = "the fox\n{index: t}\nran.";
        assert!(read(split).contains(r#""the fox" soft index(t) "ran.""#), "{}", read(split));
    }

    #[test]
    fn a_mark_knows_its_place() {
        let mut diagnostics = Diagnostics::default();
        let origin = Origin::Part(FileId(0), 0);
        let text = "a \\* b {ref #c} d";
        let parsed = parse(text, origin, &Lang::default(), &mut diagnostics);
        let Some(BlockKind::Paragraph(content)) = parsed.blocks.first().map(|b| &b.kind) else {
            panic!("{parsed:?}");
        };
        let found = content.iter().find(|i| matches!(i.kind, InlineKind::Ref { .. }));
        let span = found.map(|i| (i.span.start as usize, i.span.end as usize));
        assert_eq!(span.and_then(|(a, b)| text.get(a..b)), Some("{ref #c}"));
    }
}
