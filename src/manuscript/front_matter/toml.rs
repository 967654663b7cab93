//! TOML as values.

use toml::de::{DeTable, DeValue};

use super::value::{Fault, Map, Value, ValueKind};

/// Reads what can be read, and reports what can't.
pub(super) fn read(inner: &str, faults: &mut Vec<Fault>) -> Map {
    let (document, errors) = DeTable::parse_recoverable(inner);
    for error in errors {
        let message = error.message().replace('\n', ", ");
        faults.push(Fault { message, range: error.span().unwrap_or(0..0) });
    }
    map(document.get_ref())
}

/// The entries in the order of the text.
fn map(table: &DeTable<'_>) -> Map {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries.into_iter().map(|(key, v)| (key.get_ref().to_string(), value(v))).collect()
}

fn value(value: &toml::Spanned<DeValue<'_>>) -> Value {
    let kind = match value.get_ref() {
        DeValue::String(text) => ValueKind::Scalar(text.to_string()),
        DeValue::Datetime(date) => ValueKind::Scalar(date.to_string()),
        DeValue::Integer(number) => ValueKind::Scalar(number.as_str().to_owned()),
        DeValue::Float(number) => ValueKind::Scalar(number.as_str().to_owned()),
        DeValue::Boolean(on) => ValueKind::Scalar(on.to_string()),
        DeValue::Array(items) => ValueKind::List(items.iter().map(self::value).collect()),
        DeValue::Table(table) => ValueKind::Map(map(table)),
    };
    Value { kind, range: value.span() }
}
