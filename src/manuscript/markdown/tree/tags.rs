//! The HTML in Markdown, tag by tag, into the tree.

use super::element::{self, ElementKind};
use super::html::{self, TokenKind};
use super::node::{Kind, Node, clean};
use super::{Builder, Frame, Opened, Range, reach};

/// A block of HTML: its lines put together, without the marks of the quotations
/// and lists it stands in.
#[derive(Debug, Default)]
pub(super) struct HtmlBlock {
    /// Its lines.
    pub text: String,
    /// Where each begins in it, and in the text that is parsed.
    starts: Vec<(usize, usize)>,
}

impl HtmlBlock {
    /// Adds a line that begins at a byte of the text.
    pub fn push(&mut self, line: &str, at: usize) {
        self.starts.push((self.text.len(), at));
        self.text.push_str(line);
    }

    /// Where a part of it stands in the text.
    pub fn place(&self, range: &Range) -> Range {
        let place = |at: usize| {
            let index = self.starts.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            self.starts.get(index).map_or(0, |(start, source)| source + (at - start))
        };
        let start = place(range.start);
        start..(place(range.end.saturating_sub(1)) + 1).max(start)
    }
}

impl Builder<'_> {
    /// A block of HTML that is complete.
    pub fn html_block(&mut self) {
        let block = std::mem::take(&mut self.html);
        for token in html::tokens(&block.text) {
            let text = block.text.get(token.range.clone()).unwrap_or("");
            self.token(token.kind, text, block.place(&token.range));
        }
    }

    fn token(&mut self, kind: TokenKind, text: &str, range: Range) {
        if range.start < self.hidden_until {
            return;
        }
        match kind {
            TokenKind::Comment => {}
            TokenKind::Text => self.html_words(text, range),
            TokenKind::Close(name) => self.close_tag(&name),
            TokenKind::Open(tag) => self.open_tag(&tag, range),
        }
    }

    /// The tags and words of HTML that begins at a byte of the text.
    pub fn inline_html(&mut self, html: &str, at: usize) {
        for token in html::tokens(html) {
            let text = html.get(token.range.clone()).unwrap_or("");
            self.token(token.kind, text, at + token.range.start..at + token.range.end);
        }
    }

    /// Text between tags: white space is one space or one line end, but in `pre`.
    fn html_words(&mut self, text: &str, range: Range) {
        let span = self.origin.span(range);
        if self.listings > 0 {
            self.leaf(Kind::Text(clean(&html::decode(text))), span);
            return;
        }
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.leaf(Kind::SoftBreak, span);
            }
            let mut words = String::new();
            for part in line.split_inclusive(|c: char| c.is_ascii_whitespace()) {
                let word = part.trim_end_matches(|c: char| c.is_ascii_whitespace());
                words.push_str(word);
                if word.len() < part.len() && !words.ends_with(' ') {
                    words.push(' ');
                }
            }
            if !words.is_empty() {
                self.leaf(Kind::Text(clean(&html::decode(&words))), span);
            }
        }
    }

    fn open_tag(&mut self, tag: &html::Tag, range: Range) {
        let span = self.origin.span(range.clone());
        while let Some(Frame { opened: Opened::Html(open), .. }) = self.stack.last() {
            if !element::closes(&tag.name, open) {
                break;
            }
            self.close();
        }
        let attrs = element::attributes(tag);
        if self.formulas > 0 {
            return self.formula_part(tag, span);
        }
        if reach::hides_content(&tag.name) {
            return self.hiding_tag(tag, range, attrs);
        }
        let kind = match element::classify(tag) {
            ElementKind::Leaf(kind) => return self.leaf_with(kind, span, attrs),
            ElementKind::Ignored | ElementKind::Dropped => return,
            ElementKind::Element(kind) => kind,
            ElementKind::Unknown => {
                let message = format!(
                    "the tags of `<{}>` were ignored: they have no meaning in a book",
                    tag.name
                );
                self.dropped(span, &message, "The text in it is kept.");
                Kind::Transparent
            }
            ElementKind::Media(kind) => {
                return self.media(&tag.name, kind, span);
            }
        };
        if element::is_void(&tag.name) {
            return;
        }
        let mut node = Node::new(kind, span);
        node.attrs = attrs;
        self.open(node, Opened::Html(tag.name.clone()));
        if tag.closed && element::closes_itself(&tag.name) {
            self.close();
        }
    }

    /// Closes what a tag of this name has opened, if no element of Markdown
    /// has been opened since.
    fn close_tag(&mut self, name: &str) {
        let matching = self
            .stack
            .iter()
            .rev()
            .take_while(|frame| matches!(frame.opened, Opened::Html(_)))
            .position(|frame| matches!(&frame.opened, Opened::Html(open) if open == name));
        if let Some(above) = matching {
            for _ in 0..=above {
                self.close();
            }
        }
    }
}
