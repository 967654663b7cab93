//! The keys that a book needs, by the names that blogs and other tools use.

use super::value::{Map, Value, ValueKind, get};

/// Names of the keys, the more exact one first.
pub(super) const TITLE: [&str; 1] = ["title"];
/// The subtitle.
pub(super) const SUBTITLE: [&str; 2] = ["subtitle", "tagline"];
/// The people who wrote it.
pub(super) const AUTHORS: [&str; 4] = ["authors", "author", "creator", "by"];
/// The day it was published.
pub(super) const DATE: [&str; 1] = ["date"];
/// The language it is in.
pub(super) const LANGUAGE: [&str; 2] = ["lang", "language"];
/// The address it was published under.
pub(super) const CANONICAL: [&str; 5] =
    ["canonical", "canonical_url", "canonical-url", "canonicalURL", "canonicalUrl"];

/// Keys by which front matter is distinguished from a line of text between two rules.
pub(super) const COMMON: [&str; 18] = [
    "title",
    "subtitle",
    "author",
    "authors",
    "date",
    "lang",
    "language",
    "tags",
    "categories",
    "description",
    "draft",
    "weight",
    "slug",
    "layout",
    "id",
    "abstract",
    "keywords",
    "aliases",
];

/// The value of the first of these keys that has one.
pub(super) fn first<'m>(map: &'m Map, keys: &[&str]) -> Option<&'m Value> {
    keys.iter().find_map(|key| get(map, key).filter(|value| value.kind != ValueKind::Null))
}

/// The first text of a value: it, or what a list begins with.
pub(super) fn text(value: &Value) -> Option<(String, &Value)> {
    match &value.kind {
        ValueKind::Scalar(_) => value.text().map(|text| (text, value)),
        ValueKind::List(items) => items.iter().find_map(text),
        ValueKind::Null | ValueKind::Map(_) => None,
    }
}

/// The names of people: one, a list of them, or maps that have a name each.
pub(super) fn names(value: &Value) -> Vec<String> {
    match &value.kind {
        ValueKind::Null => Vec::new(),
        ValueKind::Scalar(_) => value.text().into_iter().collect(),
        ValueKind::List(items) => items.iter().flat_map(names).collect(),
        ValueKind::Map(map) => name_of(map).into_iter().collect(),
    }
}

/// The name in a map that describes a person: `name`, as a text or in parts, or
/// the parts by themselves.
fn name_of(map: &Map) -> Option<String> {
    match get(map, "name").map(|name| &name.kind) {
        Some(ValueKind::Map(parts)) => return name_of(parts),
        Some(_) => return get(map, "name").and_then(Value::text),
        None => {}
    }
    if let Some(whole) = get(map, "literal").and_then(Value::text) {
        return Some(whole);
    }
    let parts: Vec<String> =
        ["given", "family"].iter().filter_map(|key| get(map, key).and_then(Value::text)).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
