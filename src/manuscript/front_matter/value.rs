//! A value of front matter, whatever language it was written in.

use std::ops::Range;

/// A value with the bytes it was read from, counted from the beginning of the
/// text between the fences.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Value {
    /// What it is.
    pub kind: ValueKind,
    /// Its bytes.
    pub range: Range<usize>,
}

/// The kinds of value that YAML, TOML and JSON have in common.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ValueKind {
    /// Nothing: a key without a value, `null`, or what can't be in front matter.
    Null,
    /// A string, number, date or truth value, as it is written.
    Scalar(String),
    /// A list.
    List(Vec<Value>),
    /// Keys and values, in the order they are written.
    Map(Map),
}

/// Keys and values, in the order they are written.
pub(super) type Map = Vec<(String, Value)>;

/// The value of a key; the first where it is written twice.
pub(super) fn get<'m>(map: &'m Map, key: &str) -> Option<&'m Value> {
    map.iter().find(|(other, _)| other == key).map(|(_, value)| value)
}

impl Value {
    /// The text of a scalar on one line; `None` if there is nothing in it.
    pub fn text(&self) -> Option<String> {
        let ValueKind::Scalar(text) = &self.kind else { return None };
        let line = if text.contains(['\n', '\r', '\t']) {
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            text.trim().to_owned()
        };
        (!line.is_empty()).then_some(line)
    }
}

/// Why a part of front matter can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// What is wrong, in the words of the parser.
    pub message: String,
    /// Where, in bytes from the beginning of the text between the fences.
    pub range: Range<usize>,
}
