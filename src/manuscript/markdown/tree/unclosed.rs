//! Blocks of HTML that nothing closes.
//!
//! In Markdown a comment, a script or preformatted text goes on through blank
//! lines to its end, and without one to the end of the file (CommonMark 0.31,
//! section 4.6, kinds 1 to 5). Here one that is never closed ends at the first
//! blank line. It is made blank before the text is parsed, so that every byte
//! after it stays where it is.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::tags::HtmlBlock;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::markdown::Origin;

/// How a block begins, how it ends, and what a writer calls it.
struct Fence {
    begin: &'static str,
    end: &'static str,
    name: &'static str,
    /// Whether its content is text, so that only its tag is left out.
    has_text: bool,
}

const FENCES: [Fence; 8] = [
    Fence { begin: "<!--", end: "-->", name: "<!--", has_text: false },
    Fence { begin: "<![CDATA[", end: "]]>", name: "<![CDATA[", has_text: false },
    Fence { begin: "<?", end: "?>", name: "<?", has_text: false },
    Fence { begin: "<script", end: "</script", name: "<script>", has_text: false },
    Fence { begin: "<style", end: "</style", name: "<style>", has_text: false },
    Fence { begin: "<pre", end: "</pre", name: "<pre>", has_text: true },
    Fence { begin: "<textarea", end: "</textarea", name: "<textarea>", has_text: true },
    Fence { begin: "<!", end: ">", name: "<!", has_text: false },
];

/// How often a text is searched: what is made blank may show that something
/// else is not closed, but hardly more often than there are kinds.
const MOST_PASSES: usize = 16;

/// The text with such blocks made blank, each of them reported.
pub(super) fn without_unclosed<'t>(
    text: &'t str,
    options: Options,
    origin: Origin,
    diagnostics: &mut Diagnostics,
) -> Cow<'t, str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..MOST_PASSES {
        let found = find(&text, options);
        if found.is_empty() {
            break;
        }
        for (fence, range) in &found {
            let message = format!("`{}` is never closed", fence.name);
            let hint = if fence.has_text {
                format!("Its tag was left out. End it with `{}>`.", fence.end)
            } else {
                let end = if fence.end.starts_with("</") { ">" } else { "" };
                format!("It was taken to end at the blank line. End it with `{}{end}`.", fence.end)
            };
            let span = origin.span(range.clone());
            diagnostics.push(Diagnostic::at(Code::DroppedHtml, span, message).hint(hint));
        }
        text = Cow::Owned(blanked(&text, found.into_iter().map(|(_, range)| range)));
    }
    text
}

/// The blocks that are not closed, with the bytes to leave out, in order.
fn find(text: &str, options: Options) -> Vec<(&'static Fence, Range<usize>)> {
    let mut found = Vec::new();
    if !text.contains("<!") && !text.contains("<?") && !text.contains("<s") {
        let lower = text.to_ascii_lowercase();
        if !FENCES.iter().any(|fence| lower.contains(fence.begin)) {
            return found;
        }
    }
    let mut block = HtmlBlock::default();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => block = HtmlBlock::default(),
            Event::Html(line) => block.push(&line, range.start),
            Event::End(TagEnd::HtmlBlock) => in_block(&block, &mut found),
            _ => {}
        }
    }
    found
}

fn in_block(block: &HtmlBlock, found: &mut Vec<(&'static Fence, Range<usize>)>) {
    let lower = block.text.to_ascii_lowercase();
    let Some(fence) = FENCES.iter().find(|fence| begins(&lower, fence)) else { return };
    let body = lower.trim_start().get(fence.begin.len()..).unwrap_or("");
    if body.contains(fence.end) {
        return;
    }
    // All of its kind that follow are not closed either.
    let mut at = 0;
    let mut within: Option<usize> = None;
    for line in lower.split_inclusive('\n') {
        if within.is_none() && begins(line, fence) {
            within = Some(at + (line.len() - line.trim_start().len()));
        }
        let tag_ends = fence.has_text.then(|| line.find('>').map(|n| n + 1)).flatten();
        let end = if line.trim().is_empty() { Some(at) } else { tag_ends.map(|n| at + n) };
        if let (Some(start), Some(end)) = (within, end) {
            found.push((fence, block.place(&(start..end))));
            within = None;
        }
        at += line.len();
    }
    if let Some(start) = within {
        found.push((fence, block.place(&(start..lower.len()))));
    }
}

/// Whether a text in lower case begins as a block does.
fn begins(text: &str, fence: &Fence) -> bool {
    let Some(after) = text.trim_start().strip_prefix(fence.begin) else { return false };
    let is_tag = fence.begin.ends_with(|c: char| c.is_ascii_lowercase());
    !is_tag || !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
}

/// The text with spaces in some places; its line ends stay.
fn blanked(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        out.push_str(text.get(at..range.start.max(at)).unwrap_or(""));
        let gone = text.get(range.start.max(at)..range.end).unwrap_or("");
        for c in gone.chars() {
            if c == '\n' {
                out.push(c);
            } else {
                out.extend(std::iter::repeat_n(' ', c.len_utf8()));
            }
        }
        at = range.end.max(at);
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn without(text: &str) -> String {
        let mut diagnostics = Diagnostics::default();
        let origin = Origin::Part(FileId(0), 0);
        let out = without_unclosed(text, Options::ENABLE_TABLES, origin, &mut diagnostics);
        assert_eq!(out.len(), text.len());
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_never_closed_ends_at_the_blank_line() {
        assert_eq!(without("a\n\n<!-- b\nc é\n\nd\n"), "a d");
        assert_eq!(without("a\n\n<script>\nb\n\nc\n\n<SCRIPT>\n\nd\n"), "a c d");
        assert_eq!(without("<style>\na\n\nb\n\n<!-- c\n\nd"), "b d");
        assert_eq!(without("<pre class=x>a\n\nb\n"), "a b");
        assert_eq!(without("> <!-- a\n\nb\n"), "> b");
    }

    #[test]
    fn what_is_closed_stays() {
        let text = "<!-- a\n\nb --> c <script>\n\n</SCRIPT>\n\n<!doctype html>\n<preface>\n";
        assert_eq!(without(text).split(' ').count(), text.split_whitespace().count());
    }
}
