//! Where elements end that a book leaves out, so that no more is left out.
//!
//! An end tag counts if it stands in the section of its start tag and nowhere
//! outside the item, quotation or cell that the start tag is in. An element without
//! one leaves out its tag and nothing else. A comment or script that is never
//! closed ends at a blank line.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::check::readers::html::{self, Piece};
use crate::check::streams::Reason;

/// For the byte of the file where a start tag begins, where its end tag ends.
#[derive(Debug, Default)]
pub(super) struct Ends {
    found: HashMap<usize, usize>,
}

impl Ends {
    /// The end of the element whose start tag begins at a byte of the file.
    pub(super) fn of(&self, start: usize) -> Option<usize> {
        self.found.get(&start).copied()
    }

    /// Looks through a text that begins at a byte of the file.
    pub(super) fn find(&mut self, text: &str, base: usize, options: Options) {
        if !text.contains('<') {
            return;
        }
        // Each start tag with the path of the containers around it.
        let mut path: Vec<usize> = Vec::new();
        let mut open: HashMap<String, Vec<(usize, Vec<usize>)>> = HashMap::new();
        let mut count = 0;
        let mut begins = false;
        let mut lines: Vec<(String, usize)> = Vec::new();
        for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
            let first = std::mem::take(&mut begins);
            let inline = matches!(event, Event::InlineHtml(_));
            match event {
                Event::Start(Tag::HtmlBlock) => continue,
                Event::Start(tag) => {
                    if matches!(tag, Tag::Heading { .. }) {
                        open.clear();
                    }
                    begins = tag == Tag::Paragraph;
                    count += 1;
                    path.push(count);
                    continue;
                }
                Event::Html(html) => {
                    lines.push((html.into_string(), range.start));
                    continue;
                }
                Event::InlineHtml(html) => lines.push((html.into_string(), range.start)),
                Event::End(TagEnd::HtmlBlock) => {}
                Event::End(_) => {
                    path.pop();
                    continue;
                }
                _ => continue,
            }
            for (piece, range) in placed(&std::mem::take(&mut lines)) {
                match piece {
                    Piece::Open(tag) if is_heading(&tag.name) => open.clear(),
                    Piece::Open(tag) if !tag.self_closing && needs_end(&tag.name) => {
                        let depth = path.len() - usize::from(inline && first);
                        let around = path.get(..depth).unwrap_or(&[]).to_vec();
                        open.entry(tag.name).or_default().push((range.start, around));
                    }
                    Piece::Close(name) => {
                        while let Some((start, around)) = open.get_mut(&name).and_then(Vec::pop) {
                            if path.starts_with(&around) {
                                self.found.insert(start + base, range.end + base);
                                break;
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}

fn needs_end(name: &str) -> bool {
    name == "math" || (html::is_left_out(name) && !html::is_void(name))
}

fn is_heading(name: &str) -> bool {
    name.len() == 2 && name.starts_with('h') && name.ends_with(|c: char| c.is_ascii_digit())
}

/// The pieces of a block with their bytes in the text.
fn placed(lines: &[(String, usize)]) -> Vec<(Piece, Range<usize>)> {
    let whole: String = lines.iter().map(|(line, _)| line.as_str()).collect();
    let mut starts = Vec::new();
    let mut at = 0;
    for (line, source) in lines {
        starts.push((at, *source));
        at += line.len();
    }
    let place = |at: usize| {
        let index = starts.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        starts.get(index).map_or(0, |(start, source)| source + at - start)
    };
    let pieces = html::pieces(&whole).into_iter();
    pieces.map(|(piece, r)| (piece, place(r.start)..place(r.end.saturating_sub(1)) + 1)).collect()
}

/// What opens a block of HTML that blank lines don't end, and what ends it.
const BLOCKS: [(&str, &str); 8] = [
    ("<!--", "-->"),
    ("<![cdata[", "]]>"),
    ("<?", "?>"),
    ("<!", ">"),
    ("<script", "</script"),
    ("<style", "</style"),
    ("<pre", "</pre"),
    ("<textarea", "</textarea"),
];

/// A text in which such blocks that have no end are blank, and what was in them.
/// Of text that is preformatted only the tag is.
pub(super) fn without_unclosed(
    text: &str,
    options: Options,
) -> (Cow<'_, str>, Vec<(Range<usize>, Reason)>) {
    let mut text = Cow::Borrowed(text);
    let mut out = Vec::new();
    let lower = text.to_ascii_lowercase();
    if !BLOCKS.iter().any(|(begin, _)| lower.contains(begin)) {
        return (text, out);
    }
    // Each round shows at most what the round before hid.
    for _ in 0..16 {
        let mut found: Vec<(Range<usize>, &str)> = Vec::new();
        let mut lines: Vec<(String, usize)> = Vec::new();
        for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
            match event {
                Event::Html(line) => lines.push((line.to_ascii_lowercase(), range.start)),
                Event::End(TagEnd::HtmlBlock) => unclosed(&std::mem::take(&mut lines), &mut found),
                _ => {}
            }
        }
        if found.is_empty() {
            break;
        }
        let mut bytes = text.into_owned().into_bytes();
        for (range, begin) in found {
            for byte in bytes.get_mut(range.clone()).unwrap_or(&mut []) {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
            let reason = match begin {
                "<script" | "<style" => Reason::Html(begin.trim_start_matches('<').to_owned()),
                "<pre" | "<textarea" => continue,
                _ => Reason::Comment,
            };
            out.push((range, reason));
        }
        text = Cow::Owned(String::from_utf8_lossy(&bytes).into_owned());
    }
    (text, out)
}

fn unclosed(lines: &[(String, usize)], found: &mut Vec<(Range<usize>, &'static str)>) {
    let opens = |line: &str| {
        BLOCKS.iter().find(|(begin, _)| {
            let rest = line.trim_start().strip_prefix(begin);
            let word = begin.ends_with(|c: char| c.is_alphabetic());
            rest.is_some_and(|rest| !word || rest.starts_with([' ', '\t', '\n', '>', '/']))
        })
    };
    let Some((begin, end)) = lines.first().and_then(|(line, _)| opens(line)) else { return };
    let has_end = lines.iter().enumerate().any(|(n, (line, _))| {
        let from = if n == 0 { line.find(begin).map_or(0, |at| at + begin.len()) } else { 0 };
        line.get(from..).is_some_and(|line| line.contains(end))
    });
    if has_end {
        return;
    }
    let keeps_text = matches!(*begin, "<pre" | "<textarea");
    let mut start = None;
    let mut last = 0;
    for (line, at) in lines {
        if start.is_none() && opens(line).is_some_and(|(other, _)| other == begin) {
            start = Some(at + line.len() - line.trim_start().len());
        }
        if let Some(from) = start {
            let tag_end = line.find('>').filter(|_| keeps_text).map(|n| at + n + 1);
            if let Some(end) = tag_end.or_else(|| line.trim().is_empty().then_some(*at)) {
                found.push((from..end, begin));
                start = None;
            }
        }
        last = at + line.len();
    }
    if let Some(start) = start {
        found.push((start..last, begin));
    }
}
