//! YAML as values, and JSON, which is YAML.
//!
//! The parser stops at the first fault, but one line that is no YAML (a title
//! with a colon in it is the usual one) should not cost the others. So text that
//! can't be parsed as a whole is taken apart at its keys, and each is parsed by
//! itself.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScanError, Span};

use super::value::{Fault, Map, Value, ValueKind};

/// Front matter nests a few levels deep. What nests deeper is refused, since
/// values are dropped by recursion.
const DEEPEST: usize = 32;

/// Reads a mapping. What can't be read is reported and left out.
pub(super) fn read(inner: &str, faults: &mut Vec<Fault>) -> Map {
    match parse(inner) {
        Ok(Value { kind: ValueKind::Map(map), .. }) => map,
        Ok(Value { kind: ValueKind::Null, .. }) => Map::new(),
        Ok(other) => {
            let message = "it has no keys".to_owned();
            faults.push(Fault { message, range: other.range });
            Map::new()
        }
        Err(_) => read_by_key(inner, faults),
    }
}

/// Whether a text is a mapping as a whole, and has one of these keys.
pub(super) fn has_key(inner: &str, keys: &[&str]) -> bool {
    match parse(inner) {
        Ok(Value { kind: ValueKind::Map(map), .. }) => {
            map.iter().any(|(key, _)| keys.contains(&key.as_str()))
        }
        _ => false,
    }
}

/// Parses a text that holds one value.
fn parse(text: &str) -> Result<Value, Fault> {
    let offsets = ByteOffsets::of(text);
    let mut builder =
        Builder { text, offsets: &offsets, open: Vec::new(), anchors: BTreeMap::new() };
    let mut document = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| offsets.fault(&error))?;
        if let Some(value) = builder.event(event, span)? {
            document.get_or_insert(value);
        }
    }
    Ok(document.unwrap_or(Value { kind: ValueKind::Null, range: 0..text.len() }))
}

/// A collection that is open.
struct Open {
    /// What it has so far: a list, or a map whose last key waits for its value.
    kind: ValueKind,
    key: Option<String>,
    start: usize,
}

/// Makes values of the parser's events.
struct Builder<'t> {
    text: &'t str,
    offsets: &'t ByteOffsets,
    open: Vec<Open>,
    /// Values that may be repeated. Only scalars: a list that repeats lists that
    /// repeat lists grows without bound.
    anchors: BTreeMap<usize, String>,
}

impl Builder<'_> {
    /// Takes an event; gives the value of the whole document once it is closed.
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<Option<Value>, Fault> {
        let mut range = self.offsets.range(span);
        let kind = match event {
            Event::Scalar(text, style, anchor, _) => {
                // The parser's place of a quoted scalar goes on over a comment.
                if let Some(length) = self.text.get(range.clone()).and_then(quoted_length) {
                    range.end = range.start + length;
                }
                if anchor > 0 {
                    self.anchors.insert(anchor, text.to_string());
                }
                scalar(text, style == saphyr_parser::ScalarStyle::Plain)
            }
            Event::Alias(anchor) => {
                self.anchors.get(&anchor).cloned().map_or(ValueKind::Null, ValueKind::Scalar)
            }
            Event::SequenceStart(..) => return self.start(ValueKind::List(Vec::new()), range),
            Event::MappingStart(..) => return self.start(ValueKind::Map(Map::new()), range),
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.open.pop() else { return Ok(None) };
                let range = open.start..range.end.max(open.start);
                return Ok(self.add(Value { kind: open.kind, range }));
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => return Ok(None),
        };
        Ok(self.add(Value { kind, range }))
    }

    fn start(&mut self, kind: ValueKind, range: Range<usize>) -> Result<Option<Value>, Fault> {
        if self.open.len() >= DEEPEST {
            let message = format!("it nests more than {DEEPEST} levels deep");
            return Err(Fault { message, range });
        }
        self.open.push(Open { kind, key: None, start: range.start });
        Ok(None)
    }

    /// Puts a value where it belongs; gives it back if it belongs nowhere, being
    /// the document.
    fn add(&mut self, value: Value) -> Option<Value> {
        let Some(open) = self.open.last_mut() else { return Some(value) };
        match &mut open.kind {
            ValueKind::List(items) => items.push(value),
            ValueKind::Map(map) => match open.key.take() {
                Some(key) => map.push((key, value)),
                None => open.key = Some(value.text().unwrap_or_default()),
            },
            ValueKind::Null | ValueKind::Scalar(_) => {}
        }
        None
    }
}

/// The bytes of a quoted scalar that a text begins with, quotation marks included.
fn quoted_length(text: &str) -> Option<usize> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if quote == '"' => {
                chars.next();
            }
            '\'' if quote == c && chars.peek().is_some_and(|(_, next)| *next == c) => {
                chars.next();
            }
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// A scalar; a plain one may stand for nothing (YAML 1.2.2, section 10.3.2).
fn scalar(text: Cow<'_, str>, plain: bool) -> ValueKind {
    let nothing = plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
    if nothing { ValueKind::Null } else { ValueKind::Scalar(text.into_owned()) }
}

/// Turns the parser's places, which count characters, into bytes.
struct ByteOffsets(Vec<usize>);

impl ByteOffsets {
    fn of(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
    }

    fn byte(&self, index: usize) -> usize {
        self.0.get(index).or(self.0.last()).copied().unwrap_or(0)
    }

    fn range(&self, span: Span) -> Range<usize> {
        self.byte(span.start.index())..self.byte(span.end.index())
    }

    fn fault(&self, error: &ScanError) -> Fault {
        let at = self.byte(error.marker().index());
        Fault { message: error.info().to_owned(), range: at..at }
    }
}

/// Reads a mapping key by key.
fn read_by_key(inner: &str, faults: &mut Vec<Fault>) -> Map {
    let mut map = Map::new();
    for range in entries(inner) {
        let entry = inner.get(range.clone()).unwrap_or("");
        let shift = |r: Range<usize>| range.start + r.start..range.start + r.end;
        match parse(entry) {
            Ok(Value { kind: ValueKind::Map(found), .. }) => {
                for (key, mut value) in found {
                    value.range = shift(value.range);
                    map.push((key, value));
                }
            }
            Ok(Value { kind: ValueKind::Null, .. }) => {}
            Ok(_) => {
                let message = "this is not `key: value`".to_owned();
                faults.push(Fault { message, range: shift(0..entry.trim_end().len()) });
            }
            Err(fault) => match as_written(entry) {
                Some((key, mut value)) => {
                    value.range = shift(value.range);
                    map.push((key, value));
                }
                None => {
                    faults.push(Fault { message: fault.message, range: shift(fault.range) });
                }
            },
        }
    }
    map
}

/// The bytes of each key with its value: a line that begins with a key, and
/// those after it that are indented or go on with a list.
fn entries(inner: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in inner.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let bare = line.trim_end();
        let goes_on = bare.is_empty()
            || bare.starts_with([' ', '\t', '#', ']', '}'])
            || bare == "-"
            || bare.starts_with("- ");
        match out.last_mut() {
            Some(last) if goes_on => last.end = range.end,
            _ => out.push(range),
        }
    }
    out
}

/// A value on one line that is no YAML, such as `title: Part one: the sea`, as it
/// is written.
fn as_written(entry: &str) -> Option<(String, Value)> {
    let line = entry.trim_end();
    let (key, value_at) = key_of(line)?;
    let written = line.get(value_at..)?;
    let value = without_comment(written).trim();
    // `[Draft] The sea` is a title; `[a, b` is a list without its end.
    let is_list = value.starts_with('[') && (value.ends_with(']') || !value.contains(']'));
    let is_nested = is_list || value.starts_with(['{', '|', '>']);
    if line.contains('\n') || value.is_empty() || is_nested {
        return None;
    }
    let start = value_at + (written.len() - written.trim_start().len());
    let range = start..start + value.len();
    Some((key.to_owned(), Value { kind: ValueKind::Scalar(value.to_owned()), range }))
}

/// The text before a comment.
fn without_comment(text: &str) -> &str {
    text.find(" #").and_then(|at| text.get(..at)).unwrap_or(text)
}

/// A key at the beginning of a line, and where its value begins.
pub(super) fn key_of(line: &str) -> Option<(&str, usize)> {
    let colon = line.find(':')?;
    let key = line.get(..colon)?.trim_end();
    let plain = key.trim_matches(['"', '\'']);
    let is_name = plain.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && plain.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let has_value = line.get(colon + 1..)?.starts_with([' ', '\t']) || line.len() == colon + 1;
    (is_name && has_value).then_some((plain, colon + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manuscript::front_matter::value::get;

    fn text(inner: &str, key: &str) -> Option<String> {
        let mut faults = Vec::new();
        let map = read(inner, &mut faults);
        assert_eq!(faults, [], "{inner}");
        get(&map, key).and_then(Value::text)
    }

    fn faults(inner: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        read(inner, &mut faults);
        faults
    }

    #[test]
    fn texts_of_several_lines_are_read() {
        let wanted = Some("One two three".to_owned());
        assert_eq!(text("a: >\n  One two\n  three\nb: c\n", "a"), wanted);
        assert_eq!(text("a: |-\n  One two\n  three\n", "a"), wanted);
        assert_eq!(text("a: One two\n  three\nb: c\n", "a"), wanted);
        assert_eq!(text("a: \"One\n  two three\"\n", "a"), wanted);
    }

    #[test]
    fn json_is_yaml() {
        let json = "{\n\t\"a\": \"B \\u00e9\",\n\t\"c\": [1, {\"d\": null}]\n}";
        assert_eq!(text(json, "a").as_deref(), Some("B é"));
    }

    #[test]
    fn places_are_bytes() {
        let inner = "é: ü\na: \"Ö \\\"x\" # y\nb: plain # \"z\"\nc: 'it''s' # 'z'\n";
        let map = read(inner, &mut Vec::new());
        let written = |key: &str| get(&map, key).and_then(|v| inner.get(v.range.clone()));
        assert_eq!(written("a"), Some("\"Ö \\\"x\""));
        assert_eq!(written("b"), Some("plain"));
        assert_eq!(written("c"), Some("'it''s'"));
    }

    #[test]
    fn a_line_that_is_no_yaml_is_read_as_it_is_written() {
        let inner = "title: Part one: the sea # so far\nlang: de\nby: *me* and `you`\n";
        assert_eq!(text(inner, "title").as_deref(), Some("Part one: the sea"));
        assert_eq!(text(inner, "lang").as_deref(), Some("de"));
        assert_eq!(text(inner, "by").as_deref(), Some("*me* and `you`"));
        assert_eq!(text("title: [Draft] The sea\n", "title").as_deref(), Some("[Draft] The sea"));
    }

    #[test]
    fn a_fault_is_told_at_its_place_and_costs_no_other_key() {
        let inner = "title: A\nnot a key\ntags: [a, b\nlang: de\n";
        let mut faults = Vec::new();
        let map = read(inner, &mut faults);
        assert_eq!(get(&map, "lang").and_then(Value::text).as_deref(), Some("de"));
        let lines: Vec<usize> =
            faults.iter().map(|f| inner[..f.range.start].matches('\n').count() + 1).collect();
        assert_eq!(lines.first(), Some(&2), "{faults:?}");
        assert_eq!(faults.len(), 2, "{faults:?}");
    }

    #[test]
    fn towers_and_repetitions_are_refused() {
        let tower = format!("a: {}1{}", "[".repeat(200), "]".repeat(200));
        assert_eq!(faults(&tower).len(), 1);
        let steps = "- ".repeat(5000);
        assert_eq!(faults(&format!("a:\n  {steps}1\n")).len(), 1);
        assert_eq!(text("a: &x words\nb: *x\n", "b").as_deref(), Some("words"));
        assert_eq!(text("a: &x [1]\nb: *x\n", "b"), None);
    }
}
