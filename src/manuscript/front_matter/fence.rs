//! Where front matter begins and ends.

use std::ops::Range;

/// The language that front matter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// Between `---` and `---` or `...`.
    Yaml,
    /// Between `+++` and `+++`.
    Toml,
    /// Between `;;;` and `;;;`, or an object in braces that begins the text.
    Json,
}

/// Front matter as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fenced {
    /// What is between the fences.
    pub syntax: Syntax,
    /// The bytes between the fences.
    pub inner: Range<usize>,
    /// The byte where the text after them begins.
    pub end: usize,
}

/// Finds what is fenced off at the very beginning of a text. A rule there looks
/// the same: whether what is between two of them is front matter is up to those
/// who read it.
pub(super) fn find(text: &str) -> Option<Fenced> {
    let first = text.split_inclusive('\n').next()?;
    let fence = first.trim_end();
    let syntax = match fence {
        "---" => Syntax::Yaml,
        "+++" => Syntax::Toml,
        ";;;" => Syntax::Json,
        _ => return json_object(text),
    };
    let mut at = first.len();
    for line in text.get(at..)?.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || (syntax == Syntax::Yaml && bare == "...") {
            return Some(Fenced { syntax, inner: first.len()..at, end: at + line.len() });
        }
        at += line.len();
    }
    None
}

/// An object of JSON without fences, as Hugo has it: a brace, then a name in
/// quotation marks, and after the brace that closes it nothing on its line.
/// `{#id}` and other marks of Markdown look different.
fn json_object(text: &str) -> Option<Fenced> {
    if !text.strip_prefix('{')?.trim_start().starts_with('"') {
        return None;
    }
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = in_string,
            '"' => in_string = !in_string,
            '{' if !in_string => depth += 1,
            '}' if !in_string => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    let after = text.get(at + 1..)?;
                    let line = after.split_inclusive('\n').next().unwrap_or("");
                    let ends_line = line.trim().is_empty();
                    let end = at + 1 + line.len();
                    return ends_line.then_some(Fenced {
                        syntax: Syntax::Json,
                        inner: 0..at + 1,
                        end,
                    });
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Option<(Syntax, &str, &str)> {
        let found = find(text)?;
        Some((found.syntax, text.get(found.inner)?, text.get(found.end..)?))
    }

    #[test]
    fn each_language_has_its_fence() {
        assert_eq!(inner("---\na: b\n---\nText"), Some((Syntax::Yaml, "a: b\n", "Text")));
        assert_eq!(inner("--- \r\na: b\r\n...\r\nText"), Some((Syntax::Yaml, "a: b\r\n", "Text")));
        assert_eq!(inner("+++\na = 1\n+++"), Some((Syntax::Toml, "a = 1\n", "")));
        assert_eq!(inner(";;;\n{}\n;;;\nText"), Some((Syntax::Json, "{}\n", "Text")));
        assert_eq!(inner("---\na: b\n"), None);
        assert_eq!(inner("\n---\na: b\n---\n"), None);
    }

    #[test]
    fn an_object_ends_with_its_own_brace() {
        let text = "{\n \"a\": {\"b\": \"}\\\"}\"}\n}\n\nText";
        let object = "{\n \"a\": {\"b\": \"}\\\"}\"}\n}";
        assert_eq!(inner(text), Some((Syntax::Json, object, "\nText")));
        for text in ["{#id}\nText", "{index: a} Text", "{\"a\": 1} is an object", "{\"a\": 1"] {
            assert_eq!(inner(text), None, "{text}");
        }
    }
}
