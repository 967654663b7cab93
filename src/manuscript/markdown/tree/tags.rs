//! The HTML in Markdown, tag by tag, into the tree.

use super::element::{self, ElementKind};
use super::html::{self, TokenKind};
use super::node::{Kind, Node, clean};
use super::{Builder, Frame, Opened, Range};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

impl Builder<'_> {
    /// A block of HTML, its lines put together.
    pub fn html_block(&mut self) {
        let lines = std::mem::take(&mut self.html);
        let mut starts = Vec::with_capacity(lines.len());
        let mut whole = String::new();
        for (line, at) in &lines {
            starts.push((whole.len(), *at));
            whole.push_str(line);
        }
        let place = |at: usize| {
            let index = starts.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            starts.get(index).map_or(0, |(start, source)| source + (at - start))
        };
        for token in html::tokens(&whole) {
            let text = whole.get(token.range.clone()).unwrap_or("");
            let end = place(token.range.end.saturating_sub(1)) + 1;
            self.token(token.kind, text, place(token.range.start)..end);
        }
    }

    /// A tag within a line.
    pub fn inline_html(&mut self, html: &str, at: usize) {
        for token in html::tokens(html) {
            let range = at + token.range.start..at + token.range.end;
            self.token(token.kind, html.get(token.range).unwrap_or(""), range);
        }
    }

    fn token(&mut self, kind: TokenKind, text: &str, range: Range) {
        match kind {
            TokenKind::Comment => {}
            TokenKind::Text => self.html_words(text, range),
            TokenKind::Close(name) => {
                self.drawing_ends(&name, range.end);
                self.close_tag(&name);
            }
            TokenKind::Open(tag) => self.open_tag(&tag, range.start, self.origin.span(range)),
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

    fn open_tag(&mut self, tag: &html::Tag, at: usize, span: Span) {
        while let Some(Frame { opened: Opened::Html(open), .. }) = self.stack.last() {
            if !element::closes(&tag.name, open) {
                break;
            }
            self.close();
        }
        if self.skipped > 0 {
            self.source_of_media(tag);
            if !tag.closed && !element::is_void(&tag.name) {
                let node = Node::new(Kind::Skip, span);
                self.open(node, Opened::Html(tag.name.clone()));
            }
            return;
        }
        let attrs = element::attributes(tag);
        if self.formulas > 0 {
            return self.formula_part(tag, span);
        }
        let kind = match element::classify(tag) {
            ElementKind::Leaf(kind) => return self.leaf_with(kind, span, attrs),
            ElementKind::Ignored => return,
            ElementKind::Element(kind) => kind,
            ElementKind::Unknown => {
                let message = format!(
                    "the tags of `<{}>` were ignored: they have no meaning in a book",
                    tag.name
                );
                let hint = "The text in it is kept.";
                self.diagnostics.push(Diagnostic::at(Code::DroppedHtml, span, message).hint(hint));
                Kind::Transparent
            }
            ElementKind::Dropped => {
                let message = format!("`<{}>` was dropped with its content", tag.name);
                let hint = "It isn't text, and a book can't run it.";
                self.diagnostics.push(Diagnostic::at(Code::DroppedHtml, span, message).hint(hint));
                Kind::Skip
            }
            ElementKind::Media(kind) => {
                let message = format!("`<{}>` became a link to its source", tag.name);
                let hint = "A book can't play it.";
                self.diagnostics.push(Diagnostic::at(Code::DroppedHtml, span, message).hint(hint));
                if element::is_void(&tag.name) {
                    return self.leaf(kind, span);
                }
                kind
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
        } else if tag.name == "svg" {
            self.drawing_begins(tag, at);
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
