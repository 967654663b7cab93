//! Raw HTML as tags and text: a small reader that takes anything.
//!
//! It follows the tokenizer of the HTML standard (section 13.2.5) where that
//! matters to a manuscript (comments, raw text in `script` and `style`,
//! attributes with and without quotes) and never fails: what is no tag is text.

use std::ops::Range;

/// A piece of HTML, with the bytes it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands in the text that was given.
    pub range: Range<usize>,
}

/// The kinds of piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A start tag.
    Open(Tag),
    /// An end tag, by its name in lower case.
    Close(String),
    /// Text, with its character references still in it.
    Text,
    /// A comment, declaration or processing instruction.
    Comment,
}

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// Its name in lower case.
    pub name: String,
    /// Its attributes, names in lower case, values decoded.
    pub attributes: Vec<(String, String)>,
    /// Whether it ends with `/>`.
    pub closed: bool,
}

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The classes.
    pub fn classes(&self) -> impl Iterator<Item = &str> {
        self.get("class").unwrap_or("").split_ascii_whitespace()
    }
}

/// Elements whose content is text until their end tag, whatever it looks like.
const RAW_TEXT: [&str; 3] = ["script", "style", "title"];

/// Reads a text as HTML.
pub(super) fn tokens(html: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let rest = html.get(at..).unwrap_or("");
        let (kind, length) = match markup(rest) {
            Some(found) => found,
            None => (TokenKind::Text, text_length(rest)),
        };
        let raw = match &kind {
            TokenKind::Open(tag) if RAW_TEXT.contains(&tag.name.as_str()) && !tag.closed => {
                Some(tag.name.clone())
            }
            _ => None,
        };
        out.push(Token { kind, range: at..at + length });
        at += length;
        if let Some(name) = raw {
            let end = raw_end(html.get(at..).unwrap_or(""), &name);
            if end > 0 {
                out.push(Token { kind: TokenKind::Text, range: at..at + end });
                at += end;
            }
        }
    }
    out
}

/// How far text goes: to the next `<` but one at its beginning, which is no tag.
fn text_length(rest: &str) -> usize {
    let first = rest.chars().next().map_or(1, char::len_utf8);
    rest.get(first..).and_then(|r| r.find('<')).map_or(rest.len(), |n| n + first)
}

/// Where the end tag of a raw text element begins.
fn raw_end(rest: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(found) = rest.get(from..).and_then(|r| r.find("</")) {
        let start = from + found;
        let tag = rest.get(start + 2..start + 2 + name.len());
        if tag.is_some_and(|t| t.eq_ignore_ascii_case(name)) {
            return start;
        }
        from = start + 2;
    }
    rest.len()
}

/// A tag or comment at the beginning, and its length.
fn markup(rest: &str) -> Option<(TokenKind, usize)> {
    let after = rest.strip_prefix('<')?;
    if let Some(comment) = after.strip_prefix("!--") {
        let length = comment.find("-->").map_or(comment.len(), |n| n + 3);
        return Some((TokenKind::Comment, 4 + length));
    }
    if let Some(data) = after.strip_prefix("![CDATA[") {
        let length = data.find("]]>").map_or(data.len(), |n| n + 3);
        return Some((TokenKind::Comment, 9 + length));
    }
    if after.starts_with(['!', '?']) {
        let length = after.find('>').map_or(after.len(), |n| n + 1);
        return Some((TokenKind::Comment, 1 + length));
    }
    if let Some(name) = after.strip_prefix('/') {
        let name = tag_name(name)?;
        let length = after.find('>').map_or(after.len(), |n| n + 1);
        return Some((TokenKind::Close(name.to_ascii_lowercase()), 1 + length));
    }
    let name = tag_name(after)?;
    let mut scanner = Scanner { text: rest, at: 1 + name.len() };
    let (attributes, closed) = scanner.attributes()?;
    let tag = Tag { name: name.to_ascii_lowercase(), attributes, closed };
    Some((TokenKind::Open(tag), scanner.at))
}

/// The name at the beginning of a tag.
fn tag_name(text: &str) -> Option<&str> {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = text.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<'));
    text.get(..end.unwrap_or(text.len()))
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or("");
        let length = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or("")
    }

    /// The attributes up to `>`, and whether the tag closes itself; `None` if
    /// there is no `>`, and so no tag: the words after its `<` are kept.
    fn attributes(&mut self) -> Option<(Vec<(String, String)>, bool)> {
        let mut out: Vec<(String, String)> = Vec::new();
        let mut closed = false;
        loop {
            self.take_while(|c| c.is_ascii_whitespace());
            match self.peek() {
                None => return None,
                Some('>') => {
                    self.at += 1;
                    return Some((out, closed));
                }
                Some('/') => {
                    self.at += 1;
                    closed = self.peek() == Some('>');
                }
                Some(_) => {
                    let attribute = self.attribute();
                    if !out.iter().any(|(name, _)| *name == attribute.0) {
                        out.push(attribute);
                    }
                }
            }
        }
    }

    fn attribute(&mut self) -> (String, String) {
        let start = self.at;
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=');
        // A first `=` belongs to the name, as the standard has it.
        self.at += self.peek().map_or(0, char::len_utf8);
        self.take_while(|c| !ends(c));
        let name = self.text.get(start..self.at).unwrap_or("").to_ascii_lowercase();
        self.take_while(|c| c.is_ascii_whitespace());
        if self.peek() != Some('=') {
            return (name, String::new());
        }
        self.at += 1;
        self.take_while(|c| c.is_ascii_whitespace());
        let value = match self.peek() {
            Some(quote @ ('"' | '\'')) => {
                self.at += 1;
                let value = self.take_while(|c| c != quote);
                self.at += usize::from(self.peek().is_some());
                value
            }
            _ => self.take_while(|c| !c.is_ascii_whitespace() && c != '>'),
        };
        (name, decode(value))
    }
}

/// The text with its character references resolved.
pub(super) fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        match reference(rest) {
            Some((decoded, length)) => {
                out.push_str(&decoded);
                rest = rest.get(length..).unwrap_or("");
            }
            None => {
                out.push('&');
                rest = rest.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    out
}

/// A character reference at the beginning, decoded, and its length. The names
/// are those that the Markdown parser knows, which is all of them: it decodes
/// the reference as a text of its own.
fn reference(text: &str) -> Option<(String, usize)> {
    const LONGEST: usize = 34;
    let end = text.bytes().take(LONGEST).position(|b| b == b';')? + 1;
    let whole = text.get(..end)?;
    let inner = whole.get(1..end - 1)?;
    let shaped = !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#');
    if !shaped {
        return None;
    }
    let decoded: String = pulldown_cmark::Parser::new(whole)
        .filter_map(|event| match event {
            pulldown_cmark::Event::Text(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    (decoded != whole).then_some((decoded, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(html: &str) -> Vec<String> {
        tokens(html)
            .into_iter()
            .map(|t| match t.kind {
                TokenKind::Open(tag) => format!("<{}>", tag.name),
                TokenKind::Close(name) => format!("</{name}>"),
                TokenKind::Text => html.get(t.range).unwrap_or("?").to_owned(),
                TokenKind::Comment => "!".to_owned(),
            })
            .collect()
    }

    #[test]
    fn tags_text_and_comments_are_told_apart() {
        assert_eq!(shape("a<B>b</B ><!-- c > -->d"), ["a", "<b>", "b", "</b>", "!", "d"]);
        assert_eq!(shape("1 < 2 <3"), ["1 ", "< 2 ", "<3"]);
        assert_eq!(shape("<!doctype html><?x?>"), ["!", "!"]);
    }

    #[test]
    fn scripts_are_text_up_to_their_end() {
        assert_eq!(
            shape("<script>if (a<b) {}</SCRIPT>x"),
            ["<script>", "if (a<b) {}", "</script>", "x"]
        );
        assert_eq!(shape("<style>a"), ["<style>", "a"]);
    }

    #[test]
    fn attributes_are_read_with_and_without_quotes() {
        let tokens = tokens("<img src=a.jpg alt='x &amp; y' Hidden data-z=\"1>2\"/>");
        let Some(Token { kind: TokenKind::Open(tag), range }) = tokens.first() else {
            panic!("{tokens:?}")
        };
        assert_eq!(tag.get("src"), Some("a.jpg"));
        assert_eq!(tag.get("alt"), Some("x & y"));
        assert_eq!(tag.get("hidden"), Some(""));
        assert_eq!(tag.get("data-z"), Some("1>2"));
        assert!(tag.closed);
        assert_eq!(range.end, 52);
    }

    #[test]
    fn a_tag_without_an_end_is_text() {
        assert_eq!(shape("<a href=\"x"), ["<a href=\"x"]);
        assert_eq!(shape("<div class\nfoo\n"), ["<div class\nfoo\n"]);
        assert_eq!(shape("<"), ["<"]);
        assert_eq!(shape("</"), ["</"]);
        assert_eq!(shape("<é"), ["<é"]);
    }

    #[test]
    fn references_are_decoded_and_unknown_ones_kept() {
        assert_eq!(decode("&lt;&eacute;&#233;&#xE9; &nope; & &amp"), "<éé\u{e9} &nope; & &amp");
    }
}
