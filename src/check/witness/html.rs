//! HTML in a manuscript as tags and text, read apart from the reader's own
//! tokenizer: what that one loses must be found here.

use std::ops::Range;

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A start tag: its name in lower case, all of it, whether it ends in `/>`.
    Open(String, &'a str, bool),
    /// An end tag: its name in lower case.
    Close(String),
    /// Text.
    Text(&'a str),
    /// A comment, declaration or instruction.
    Comment(&'a str),
}

/// The pieces of a text with their bytes in it.
pub(super) fn pieces(html: &str) -> Vec<(Piece<'_>, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
        let (piece, length) = markup(rest).unwrap_or_else(|| {
            let length = rest.char_indices().skip(1).find(|(_, c)| *c == '<').map(|(i, _)| i);
            let length = length.unwrap_or(rest.len());
            (Piece::Text(rest.get(..length).unwrap_or("")), length)
        });
        let raw = match &piece {
            Piece::Open(name, _, false) if is_raw(name) => Some(format!("</{name}")),
            _ => None,
        };
        out.push((piece, at..at + length));
        at += length;
        if let (Some(close), Some(rest)) = (raw, html.get(at..)) {
            let end = rest.to_ascii_lowercase().find(&close).unwrap_or(rest.len());
            if end > 0 {
                out.push((Piece::Text(rest.get(..end).unwrap_or("")), at..at + end));
            }
            at += end;
        }
    }
    out
}

/// Elements whose content is no markup.
fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "title")
}

fn markup(rest: &str) -> Option<(Piece<'_>, usize)> {
    for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">")] {
        if let Some(inner) = rest.strip_prefix(open) {
            let inner = inner.split(close).next().unwrap_or("");
            let length = (open.len() + inner.len() + close.len()).min(rest.len());
            return Some((Piece::Comment(inner), length));
        }
    }
    let closes = rest.starts_with("</");
    let name = rest.get(1 + usize::from(closes)..)?;
    if !rest.starts_with('<') || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let stop = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<');
    let name = name.split(stop).next().unwrap_or("").to_ascii_lowercase();
    let end = tag_end(rest);
    let whole = rest.get(..end).unwrap_or("");
    if !whole.ends_with('>') {
        // What never ends is no tag but text.
        return None;
    }
    Some(if closes {
        (Piece::Close(name), end)
    } else {
        let closed = whole.ends_with("/>");
        (Piece::Open(name, whole, closed), end)
    })
}

/// One past the `>` that ends a tag, which quotes may hide.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    let mut value = false;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (Some(q), _) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if value => quote = Some(c),
            (None, '>') => return at + 1,
            (None, _) => {}
        }
        value = c == '=' || (value && c.is_ascii_whitespace());
    }
    tag.len()
}

/// The value of an attribute of a start tag, decoded.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let at = from + lower.get(from..)?.find(name)?;
        from = at + name.len();
        let before = lower.get(..at)?.chars().next_back()?;
        let rest = tag.get(from..)?.trim_start();
        let Some(value) = rest.strip_prefix('=') else { continue };
        if !(before.is_ascii_whitespace() || matches!(before, '"' | '\'')) {
            continue;
        }
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => value.get(1..)?.split(quote).next()?,
            None => value.split(|c: char| c.is_ascii_whitespace() || c == '>').next()?,
        };
        return Some(decode(value));
    }
}

/// The text with its character references decoded.
pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or(""));
    for part in parts {
        match part.split_once(';').and_then(|(name, rest)| Some((referred(name)?, rest))) {
            Some((decoded, rest)) => {
                out.push_str(&decoded);
                out.push_str(rest);
            }
            None => {
                out.push('&');
                out.push_str(part);
            }
        }
    }
    out
}

fn referred(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    // The Markdown parser has the table of names.
    let whole = format!("&{name};");
    let decoded: String = pulldown_cmark::Parser::new(&whole)
        .filter_map(|event| match event {
            pulldown_cmark::Event::Text(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    (decoded != whole).then_some(decoded)
}

/// Whether an element goes on with the word before it.
pub(super) fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 30] = [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em",
        "font", "i", "ins", "kbd", "mark", "rb", "s", "samp", "small", "span", "strike", "strong",
        "sub", "sup", "time", "tt", "u", "var",
    ];
    INLINE.contains(&name) || name == "ruby" || name == "wbr"
}

/// Whether an element has nothing in it that a book can show.
pub(super) fn is_left_out(name: &str) -> bool {
    const LEFT_OUT: [&str; 13] = [
        "script", "style", "template", "svg", "math", "iframe", "object", "embed", "video",
        "audio", "canvas", "title", "rp",
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
                Piece::Open(name, whole, closed) => {
                    assert_eq!(&html[range], whole);
                    format!("+{name}{}", if closed { "/" } else { "" })
                }
                Piece::Close(name) => format!("-{name}"),
                Piece::Text(text) => text.to_owned(),
                Piece::Comment(text) => format!("!{text}"),
            })
            .collect();
        assert_eq!(
            shown,
            ["a", "+b", "b", "-b", "! c ", "+br/", "+script", "1<2", "-script", "d & ", "<"]
        );
    }

    #[test]
    fn attributes_are_found_and_decoded() {
        let tag = "<img data-alt=no alt = \"a &amp; b\" title=c>";
        assert_eq!(attribute(tag, "alt").as_deref(), Some("a & b"));
        assert_eq!(attribute(tag, "title").as_deref(), Some("c"));
        assert_eq!(attribute(tag, "src"), None);
    }

    #[test]
    fn references_are_decoded() {
        assert_eq!(decode("&eacute;&#233;&#xe9; & &nope; a&b"), "ééé & &nope; a&b");
    }
}
