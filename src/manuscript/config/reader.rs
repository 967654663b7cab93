//! Reading values out of parsed TOML: each with its place, each fault reported.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::located::Located;
use crate::names::nearest;
use crate::source::{FileId, Span};

/// What keys are called in other tools, and here.
const ELSEWHERE: [(&str, &str); 10] = [
    ("lang", "language"),
    ("name", "title"),
    ("creator", "authors"),
    ("writer", "authors"),
    ("copyright", "rights"),
    ("license", "rights"),
    ("keywords", "subjects"),
    ("tags", "subjects"),
    ("summary", "description"),
    ("chapters", "chapter"),
];

/// What is common to all reading of one file: its id and the findings.
pub(crate) struct Reader<'d> {
    /// The file.
    pub file: FileId,
    /// The findings so far.
    pub diagnostics: &'d mut Diagnostics,
}

/// A table with the keys it may have.
#[derive(Clone, Copy)]
pub(crate) struct Section<'t> {
    /// Its values.
    pub table: &'t DeTable<'t>,
    /// Where it stands.
    pub span: Span,
}

impl Reader<'_> {
    /// The place of a range of bytes.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    /// Reports a fault at a place.
    pub fn fault(&mut self, code: Code, span: Span, message: impl Into<String>, hint: &str) {
        let mut diagnostic = Diagnostic::at(code, span, message);
        if !hint.is_empty() {
            diagnostic = diagnostic.hint(hint);
        }
        self.diagnostics.push(diagnostic);
    }

    /// Reports every key that is not among the known ones. `name` is the
    /// table's own name, empty at the top level.
    pub fn check_keys(&mut self, section: Section<'_>, name: &str, known: &[&str]) {
        let mut unknown: Vec<_> =
            section.table.keys().filter(|k| !known.contains(&k.get_ref().as_ref())).collect();
        unknown.sort_by_key(|key| key.span().start);
        for key in unknown {
            let word = key.get_ref().as_ref();
            let place = if name.is_empty() { String::new() } else { format!(" in `{name}`") };
            let elsewhere = ELSEWHERE.iter().find(|(name, _)| *name == word).map(|(_, here)| *here);
            let elsewhere = elsewhere.filter(|here| known.contains(here));
            let hint = match elsewhere.or_else(|| nearest(word, known.iter().copied())) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("Known here: {}.", list(known)),
            };
            let span = self.span(key.span());
            self.fault(Code::UnknownKey, span, format!("unknown key `{word}`{place}"), &hint);
        }
    }

    /// The value of a key, with its place.
    fn value<'t>(&self, section: Section<'t>, key: &str) -> Option<(&'t DeValue<'t>, Span)> {
        let value = section.table.get(key)?;
        Some((value.get_ref(), self.span(value.span())))
    }

    /// Reports that a value is of the wrong type.
    fn wrong_type(&mut self, key: &str, wanted: &str, value: &DeValue<'_>, span: Span) {
        // What is no TOML at all has been reported, and stands here as anything.
        let reported = |found: &Diagnostic| {
            found.code == Code::BadToml && found.span.is_some_and(|at| at.start == span.start)
        };
        if self.diagnostics.iter().any(reported) {
            return;
        }
        let message = format!("`{key}` must be {wanted}, not {}", describe(value));
        let hint = match value {
            DeValue::Integer(_) | DeValue::Float(_) if wanted == "a string" => {
                "Put it in quotation marks; a length has its unit there, such as `\"11pt\"`."
                    .to_owned()
            }
            _ if wanted.starts_with("a table, ") => {
                format!("Write `[{key}]` on a line of its own and its keys on the lines below it.")
            }
            _ => String::new(),
        };
        self.fault(Code::BadToml, span, message, &hint);
    }

    /// A string.
    pub fn string(&mut self, section: Section<'_>, key: &str) -> Option<Located<String>> {
        let (value, span) = self.value(section, key)?;
        match value {
            DeValue::String(text) => Some(Located { value: text.to_string(), span }),
            other => {
                self.wrong_type(key, "a string", other, span);
                None
            }
        }
    }

    /// A string that says something: an empty one is a fault.
    pub fn words(&mut self, section: Section<'_>, key: &str) -> Option<Located<String>> {
        let text = self.string(section, key)?;
        if is_blank(&text.value) {
            self.fault(Code::BadValue, text.span, format!("`{key}` is empty"), "Leave it out.");
            return None;
        }
        Some(text.map(|t| t.trim().to_owned()))
    }

    /// A string, a date or a whole number, as text: `date = 2026` and the like.
    pub fn text(&mut self, section: Section<'_>, key: &str) -> Option<Located<String>> {
        let (value, span) = self.value(section, key)?;
        let value = match value {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().to_owned(),
            other => {
                self.wrong_type(key, "a string", other, span);
                return None;
            }
        };
        Some(Located { value, span })
    }

    /// True or false.
    pub fn switch(&mut self, section: Section<'_>, key: &str) -> Option<bool> {
        let (value, span) = self.value(section, key)?;
        match value {
            DeValue::Boolean(on) => Some(*on),
            other => {
                self.wrong_type(key, "true or false", other, span);
                None
            }
        }
    }

    /// A whole number.
    pub fn number(&mut self, section: Section<'_>, key: &str) -> Option<Located<u64>> {
        let (value, span) = self.value(section, key)?;
        let DeValue::Integer(number) = value else {
            self.wrong_type(key, "a whole number", value, span);
            return None;
        };
        match u64::from_str_radix(number.as_str(), number.radix()) {
            Ok(value) => Some(Located { value, span }),
            Err(_) => {
                let message = format!("`{key}` is out of range");
                self.fault(Code::BadValue, span, message, "Write a number that isn't negative.");
                None
            }
        }
    }

    /// A list of strings; a string alone is a list of one.
    pub fn strings(&mut self, section: Section<'_>, key: &str) -> Vec<Located<String>> {
        let Some((value, span)) = self.value(section, key) else { return Vec::new() };
        let items = match value {
            DeValue::String(text) => return vec![Located { value: text.to_string(), span }],
            DeValue::Array(items) => items,
            other => {
                self.wrong_type(key, "a list of strings", other, span);
                return Vec::new();
            }
        };
        let mut out = Vec::new();
        for item in items.iter() {
            let span = self.span(item.span());
            match item.get_ref() {
                DeValue::String(text) => out.push(Located { value: text.to_string(), span }),
                other => self.wrong_type(key, "a list of strings", other, span),
            }
        }
        out
    }

    /// A table.
    pub fn section<'t>(&mut self, section: Section<'t>, key: &str) -> Option<Section<'t>> {
        let (value, span) = self.value(section, key)?;
        match value {
            DeValue::Table(table) => Some(Section { table, span }),
            other => {
                self.wrong_type(key, &format!("a table, `[{key}]`"), other, span);
                None
            }
        }
    }

    /// A list of tables, `[[key]]`.
    pub fn sections<'t>(&mut self, section: Section<'t>, key: &str) -> Vec<Section<'t>> {
        let Some((value, span)) = self.value(section, key) else { return Vec::new() };
        let wanted = format!("a list of tables, `[[{key}]]`");
        let DeValue::Array(items) = value else {
            self.wrong_type(key, &wanted, value, span);
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in items.iter() {
            let span = self.span(item.span());
            match item.get_ref() {
                DeValue::Table(table) => out.push(Section { table, span }),
                other => self.wrong_type(key, &wanted, other, span),
            }
        }
        out
    }

    /// Whether the key holds a list of tables rather than of strings.
    pub fn holds_tables(&self, section: Section<'_>, key: &str) -> bool {
        match self.value(section, key) {
            Some((DeValue::Array(items), _)) => {
                items.iter().any(|item| matches!(item.get_ref(), DeValue::Table(_)))
            }
            _ => false,
        }
    }

    /// The entries of a table whose keys are names of the writer's, in the
    /// order they are written.
    pub fn entries<'t>(&mut self, section: Section<'t>) -> Vec<(Located<String>, Section<'t>)> {
        let mut out = Vec::new();
        for (key, value) in section.table.iter() {
            let name = Located { value: key.get_ref().to_string(), span: self.span(key.span()) };
            let span = self.span(value.span());
            match value.get_ref() {
                DeValue::Table(table) => out.push((name, Section { table, span })),
                other => self.wrong_type(&name.value, "a table", other, span),
            }
        }
        out.sort_by_key(|(name, _)| name.span.start);
        out
    }

    /// One of a closed set of words.
    pub fn choice<T: Copy>(
        &mut self,
        section: Section<'_>,
        key: &str,
        known: &[(&str, T)],
    ) -> Option<T> {
        let text = self.string(section, key)?;
        if let Some((_, value)) = known.iter().find(|(name, _)| *name == text.value) {
            return Some(*value);
        }
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let hint = match nearest(&text.value, names.iter().copied()) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!("Write one of {}.", list(&names)),
        };
        let message = format!("`{key}` can't be `{}`", text.value);
        self.fault(Code::BadValue, text.span, message, &hint);
        None
    }
}

/// Names with commas between.
fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
    quoted.join(", ")
}

fn describe(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
/// Whether a text shows nothing: it has only spaces, control characters and signs
/// without a width.
fn is_blank(text: &str) -> bool {
    let is_unseen = |c: char| {
        matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
    };
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_unseen(c))
}
