//! What stands before the text of a file: `---` with YAML, or `+++` with TOML.
//!
//! Blogs write all kinds of keys there; a book needs a few and passes over
//! the others. Of YAML only the usual is read: keys with plain or quoted
//! values, lists, and blocks of text.

use toml::de::{DeTable, DeValue};

use super::located::Located;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::Lang;
use crate::source::{FileId, Span};

/// What a file says of itself.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct FrontMatter {
    /// The title.
    pub title: Option<Located<String>>,
    /// The subtitle.
    pub subtitle: Option<Located<String>>,
    /// The authors.
    pub authors: Vec<String>,
    /// The language.
    pub lang: Option<Lang>,
    /// The day it was published.
    pub date: Option<String>,
    /// The address it was published under.
    pub canonical: Option<String>,
    /// Where the text begins, in bytes.
    pub end: usize,
}

/// Reads the front matter of a text; there need not be any.
pub(crate) fn read(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> FrontMatter {
    let mut front = FrontMatter::default();
    let Some((fence, body, end)) = fenced(text) else { return front };
    let inner = text.get(body.clone()).unwrap_or("");
    if fence == "+++" {
        read_toml(inner, body.start, file, &mut front, diagnostics);
    } else if looks_like_yaml(inner) {
        read_yaml(inner, body.start, file, &mut front, diagnostics);
    } else {
        return front;
    }
    front.end = end;
    front
}

/// The fence, what is between the two, and where the text after them begins.
fn fenced(text: &str) -> Option<(&str, std::ops::Range<usize>, usize)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let fence = first.trim_end();
    if fence != "---" && fence != "+++" {
        return None;
    }
    let mut at = first.len();
    for line in lines {
        let marks = line.trim_end();
        if marks == fence || (fence == "---" && marks == "...") {
            return Some((fence, first.len()..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// A file may begin with a rule; front matter begins with a key.
fn looks_like_yaml(inner: &str) -> bool {
    let mut lines = inner.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#'));
    lines.next().is_some_and(|line| key_of(line).is_some())
}

/// A key at the beginning of a line, and where its value begins.
fn key_of(line: &str) -> Option<(&str, usize)> {
    let colon = line.find(':')?;
    let key = line.get(..colon)?.trim_end();
    let plain = key.trim_matches(['"', '\'']);
    let shaped = plain.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && plain.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let parted = line.get(colon + 1..)?.starts_with([' ', '\t']) || line.len() == colon + 1;
    (shaped && parted).then_some((plain, colon + 1))
}

/// A value with its place in the file.
type Value = Located<String>;

impl FrontMatter {
    /// Takes a key that a book needs.
    fn take(&mut self, key: &str, mut values: Vec<Value>, diagnostics: &mut Diagnostics) {
        values.retain(|v| !v.value.trim().is_empty());
        let first = values.first().cloned();
        match key {
            "title" => self.title = first,
            "subtitle" | "tagline" => self.subtitle = first,
            "author" | "authors" => self.authors = values.into_iter().map(|v| v.value).collect(),
            "date" => self.date = first.map(|v| v.value),
            "canonical" | "canonical_url" | "canonical-url" | "canonicalURL" | "canonicalUrl" => {
                self.canonical = first.map(|v| v.value);
            }
            "lang" | "language" => {
                let Some(tag) = first else { return };
                self.lang = Lang::new(tag.value.trim());
                if self.lang.is_none() {
                    let message = format!("`{}` is not a language tag", tag.value);
                    let hint = "Write a tag of BCP 47, such as `en`, `de` or `pt-BR`.";
                    let found = Diagnostic::at(Code::BadFrontMatter, tag.span, message);
                    diagnostics.push(found.hint(hint));
                }
            }
            _ => {}
        }
    }
}

fn read_toml(
    inner: &str,
    base: usize,
    file: FileId,
    front: &mut FrontMatter,
    diagnostics: &mut Diagnostics,
) {
    let (document, errors) = DeTable::parse_recoverable(inner);
    for error in &errors {
        let range = error.span().unwrap_or(0..0);
        let span = Span::new(file, base + range.start, base + range.end);
        let message =
            format!("the front matter is not TOML: {}", error.message().replace('\n', ", "));
        diagnostics.push(Diagnostic::at(Code::BadFrontMatter, span, message));
    }
    for (key, value) in document.get_ref().iter() {
        let located = |value: &toml::Spanned<DeValue<'_>>| {
            let range = value.span();
            let text = match value.get_ref() {
                DeValue::String(text) => text.to_string(),
                DeValue::Datetime(date) => date.to_string(),
                DeValue::Integer(number) => number.as_str().to_owned(),
                DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => {
                    return None;
                }
            };
            let span = Span::new(file, base + range.start, base + range.end);
            Some(Located { value: text, span })
        };
        let values = match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(located).collect(),
            _ => located(value).into_iter().collect(),
        };
        front.take(key.get_ref(), values, diagnostics);
    }
}

fn read_yaml(
    inner: &str,
    base: usize,
    file: FileId,
    front: &mut FrontMatter,
    diagnostics: &mut Diagnostics,
) {
    let mut lines = Vec::new();
    let mut at = base;
    for line in inner.split_inclusive('\n') {
        lines.push((line.trim_end(), at));
        at += line.len();
    }
    let mut number = 0;
    while let Some(&(line, start)) = lines.get(number) {
        number += 1;
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let span = Span::new(file, start, start + line.len());
        let Some((key, value_at)) = key_of(line) else {
            let message = "this line of the front matter is no `key: value`";
            let hint = "Put a value with marks in it in quotation marks, or indent what goes on.";
            diagnostics.push(Diagnostic::at(Code::BadFrontMatter, span, message).hint(hint));
            continue;
        };
        let begin = number;
        while lines.get(number).is_some_and(|(l, _)| continues(l)) {
            number += 1;
        }
        let below = lines.get(begin..number).unwrap_or(&[]);
        let rest = line.get(value_at..).unwrap_or("");
        let value = rest.trim_start();
        let value_at = start + value_at + (rest.len() - value.len());
        let place = |at: usize, length: usize| Span::new(file, at, at + length);
        let values = if matches!(value.chars().next(), Some('|' | '>')) {
            let text: Vec<&str> = below.iter().map(|(l, _)| l.trim()).collect();
            vec![Located { value: text.join(" ").trim().to_owned(), span }]
        } else if let Some(list) = value.strip_prefix('[') {
            let list = uncomment(list).trim_end().trim_end_matches(']');
            let items = split_list(list).into_iter().map(|item| scalar(item.trim()));
            items.map(|value| Located { value, span: place(value_at, 0) }).collect()
        } else if value.is_empty() || value.starts_with('#') {
            items_below(below, file)
        } else {
            let mut text = scalar(value);
            for (more, _) in below {
                text.push(' ');
                text.push_str(uncomment(more.trim()).trim_end());
            }
            vec![Located { value: text, span: place(value_at, value.len()) }]
        };
        front.take(key, values, diagnostics);
    }
}

/// Whether a line belongs to the key above it.
fn continues(line: &str) -> bool {
    line.starts_with([' ', '\t']) || line.starts_with("- ") || line == "-"
}

/// The items of a list below a key; of a map, its `name`.
fn items_below(below: &[(&str, usize)], file: FileId) -> Vec<Value> {
    let mut out = Vec::new();
    for (line, at) in below {
        let inner = line.trim_start();
        let item = inner.strip_prefix('-').map(str::trim_start);
        let text = item.unwrap_or(inner);
        let named = key_of(text).filter(|(key, _)| *key == "name");
        let value = match (named, item) {
            (Some((_, value)), _) => text.get(value..).unwrap_or(""),
            (None, Some(item)) if key_of(item).is_none() => item,
            _ => continue,
        };
        let span = Span::new(file, *at, at + line.len());
        out.push(Located { value: scalar(value.trim()), span });
    }
    out
}

/// The items of a list in brackets; commas in quotation marks part nothing.
fn split_list(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut quote: Option<char> = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, ',') => {
                out.push(text.get(start..at).unwrap_or(""));
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(text.get(start..).unwrap_or(""));
    out
}

/// A plain or quoted value, with its escapes resolved.
fn scalar(text: &str) -> String {
    if let Some(inner) = text.strip_prefix('\'') {
        let end = inner.rfind('\'').unwrap_or(inner.len());
        return inner.get(..end).unwrap_or("").replace("''", "'");
    }
    let Some(inner) = text.strip_prefix('"') else {
        return uncomment(text).trim_end().to_owned();
    };
    let mut out = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => match chars.next() {
                Some('n') => out.push(' '),
                Some('t') => out.push(' '),
                Some('u') => {
                    let hex: String = chars.by_ref().take(4).collect();
                    let code = u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32);
                    out.extend(code);
                }
                Some(other) => out.push(other),
                None => {}
            },
            c => out.push(c),
        }
    }
    out
}

/// The text before a comment.
fn uncomment(text: &str) -> &str {
    text.find(" #").and_then(|at| text.get(..at)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front(text: &str) -> (FrontMatter, usize) {
        let mut diagnostics = Diagnostics::default();
        let front = read(text, FileId(0), &mut diagnostics);
        (front, diagnostics.iter().count())
    }

    #[test]
    fn the_usual_yaml_is_read() {
        let text = "---\ntitle: \"On \\\"time\\\"\"\nsubtitle: 'It''s late' # really\n\
                    authors:\n  - A. Lee\n  - name: B. Wu\n    url: x\ntags: [a, \"b, c\"]\n\
                    date: 2024-01-02\nlang: de\ncanonical_url: https://x.org/a\n---\nText\n";
        let (front, faults) = front(text);
        assert_eq!(faults, 0);
        assert_eq!(front.title.map(|t| t.value).as_deref(), Some("On \"time\""));
        assert_eq!(front.subtitle.map(|t| t.value).as_deref(), Some("It's late"));
        assert_eq!(front.authors, ["A. Lee", "B. Wu"]);
        assert_eq!(front.date.as_deref(), Some("2024-01-02"));
        assert_eq!(front.lang, Lang::new("de"));
        assert_eq!(front.canonical.as_deref(), Some("https://x.org/a"));
        assert_eq!(text.get(front.end..), Some("Text\n"));
    }

    #[test]
    fn toml_is_read_as_well() {
        let (front, faults) = front("+++\ntitle = \"A\"\ndate = 2024-01-02\n+++\nText");
        assert_eq!((front.title.map(|t| t.value), faults), (Some("A".to_owned()), 0));
        assert_eq!(front.date.as_deref(), Some("2024-01-02"));
    }

    #[test]
    fn a_rule_at_the_beginning_is_no_front_matter() {
        for text in ["---\n\nText\n\n---\n", "---\nText: and\nmore\n", "---\n", "", "---\n---\n"] {
            assert_eq!(front(text).0.end, 0, "{text:?}");
        }
    }

    #[test]
    fn a_line_without_a_key_is_a_fault() {
        assert_eq!(front("---\ntitle: A\nwhat is this\n---\n").1, 1);
        assert_eq!(front("+++\ntitle = \n+++\n").1, 1);
    }
}
