//! HTML as tags and text, cut by `html5gum` after the HTML standard.
//!
//! The manuscript's reader has a tokenizer of its own: what that one loses must
//! be found here.

use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, State, Token, Tokenizer};

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A start tag.
    Open(Tag),
    /// An end tag: its name in lower case.
    Close(String),
    /// Text, its character references still in it.
    Text,
    /// A comment, declaration or instruction.
    Comment,
}

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// Its name in lower case.
    pub(super) name: String,
    /// Names in lower case and decoded values.
    attributes: Vec<(String, String)>,
    /// Whether it ends in `/>`.
    pub(super) self_closing: bool,
}

impl Tag {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// The pieces of a text with their bytes in it.
pub(super) fn pieces(html: &str) -> Vec<(Piece, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = 0;
    // In Markdown such a section is whole; in HTML it ends at its first `>`.
    if html.starts_with("<![CDATA[") {
        at = html.find("]]>").map_or(html.len(), |end| end + 3);
        out.push((Piece::Comment, 0..at));
    }
    while at < html.len() {
        at = tokens(html, at, &mut out);
        // What never ends is no tag but text; the standard has it vanish.
        if let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
            let length = rest.char_indices().skip(1).find(|(_, c)| *c == '<').map(|(i, _)| i);
            let end = at + length.unwrap_or(rest.len());
            out.push((Piece::Text, at..end));
            at = end;
        }
    }
    out
}

/// Adds the tokens from a byte on, and says where the last of them ends.
fn tokens(html: &str, from: usize, out: &mut Vec<(Piece, Range<usize>)>) -> usize {
    let rest = html.get(from..).unwrap_or("");
    let emitter = DefaultEmitter::<usize>::new_with_span();
    let mut tokenizer = Tokenizer::new_with_emitter(rest, emitter);
    let mut end = 0;
    while let Some(Ok(token)) = tokenizer.next() {
        let (piece, span) = match token {
            Token::StartTag(tag) => {
                let name = string(&tag.name);
                if let Some(state) = content_state(&name).filter(|_| !tag.self_closing) {
                    tokenizer.set_state(state);
                }
                let attributes = tag.attributes.iter();
                let attributes = attributes.map(|(name, value)| (string(name), string(value)));
                let (attributes, self_closing) = (attributes.collect(), tag.self_closing);
                (Piece::Open(Tag { name, attributes, self_closing }), tag.span)
            }
            Token::EndTag(tag) => (Piece::Close(string(&tag.name)), tag.span),
            Token::String(text) => (Piece::Text, text.span),
            Token::Comment(comment) => (Piece::Comment, comment.span),
            Token::Doctype(doctype) => (Piece::Comment, doctype.span),
            Token::Error(_) => continue,
        };
        // Of text after a script's tag `html5gum` gives the place with the tag.
        let start = span.start.max(end);
        end = span.end.max(start);
        out.push((piece, from + start..from + end));
    }
    from + end
}

/// How the content of an element is read, where it is no markup.
fn content_state(name: &str) -> Option<State> {
    match name {
        "script" => Some(State::ScriptData),
        "style" => Some(State::RawText),
        "title" => Some(State::RcData),
        _ => None,
    }
}

fn string(bytes: &HtmlString) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Text with its character references decoded.
pub(super) fn decode(text: &str) -> String {
    let mut tokenizer = Tokenizer::new(text);
    // Nothing is a tag in this state, since no element is open that could end.
    tokenizer.set_state(State::RcData);
    let mut out = String::with_capacity(text.len());
    for token in tokenizer.flatten() {
        if let Token::String(part) = token {
            out.push_str(&String::from_utf8_lossy(&part));
        }
    }
    out
}

/// Whether an element parts the words before and after its tags: those that the
/// HTML standard sets as blocks (section 15.3), line breaks, pictures, ruby's
/// readings. An element that nobody knows is inline.
pub(super) fn separates_words(name: &str) -> bool {
    const BLOCKS: [&str; 66] = [
        "address",
        "article",
        "aside",
        "audio",
        "blockquote",
        "body",
        "br",
        "button",
        "canvas",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "embed",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "iframe",
        "img",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "object",
        "ol",
        "option",
        "p",
        "picture",
        "plaintext",
        "pre",
        "rp",
        "rt",
        "rtc",
        "search",
        "section",
        "select",
        "summary",
        "svg",
        "table",
        "ul",
        "video",
        "xmp",
        "template",
    ];
    const TABLE: [&str; 6] = ["tbody", "td", "tfoot", "th", "thead", "tr"];
    BLOCKS.contains(&name) || TABLE.contains(&name)
}

/// Whether an element has nothing in it that a book can show.
pub(super) fn is_left_out(name: &str) -> bool {
    const LEFT_OUT: [&str; 11] = [
        "script", "style", "template", "svg", "iframe", "object", "embed", "video", "audio",
        "title", "rp",
    ];
    LEFT_OUT.contains(&name)
}

/// Whether an element never has an end tag.
pub(super) fn is_void(name: &str) -> bool {
    const VOID: [&str; 14] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr",
    ];
    VOID.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_text_and_comments_are_told_apart() {
        let html = "a<B title='x > y'>b</b><!-- c --><br/><script>1<2</script>d & <";
        let shown: Vec<String> = pieces(html)
            .into_iter()
            .map(|(piece, range)| match piece {
                Piece::Open(tag) => {
                    format!("+{}{}", tag.name, if tag.self_closing { "/" } else { "" })
                }
                Piece::Close(name) => format!("-{name}"),
                Piece::Text => html[range].to_owned(),
                Piece::Comment => format!("!{}", &html[range]),
            })
            .collect();
        assert_eq!(
            shown,
            ["a", "+b", "b", "-b", "!<!-- c -->", "+br/", "+script", "1<2", "-script", "d & <"]
        );
    }

    #[test]
    fn every_byte_is_in_one_piece() {
        for html in ["<a b", "x<a \"y>z <b>é</b", "<![CDATA[a > b]]>c", "<?php a ?>b", "&eacute;<"]
        {
            let mut at = 0;
            for (piece, range) in pieces(html) {
                assert_eq!(range.start, at, "{html}: {piece:?}");
                at = range.end;
            }
            assert_eq!(at, html.len(), "{html}");
        }
    }

    #[test]
    fn attributes_are_found_and_decoded() {
        let pieces = pieces("<img data-alt=no alt = \"a &amp; b\" title=c>");
        let [(Piece::Open(tag), _)] = pieces.as_slice() else { panic!("{pieces:?}") };
        assert_eq!(tag.get("alt"), Some("a & b"));
        assert_eq!(tag.get("title"), Some("c"));
        assert_eq!(tag.get("src"), None);
    }

    #[test]
    fn references_are_decoded() {
        assert_eq!(decode("&eacute;&#233;&#xe9; & &nope; a&b </p>"), "ééé & &nope; a&b </p>");
    }
}
