//! What stands before the text of a file: YAML between `---`, TOML between
//! `+++`, JSON between `;;;` or in braces.
//!
//! Blogs write all kinds of keys there; a book needs a few and passes over the
//! others. What can't be read is reported, and is no text of the book either:
//!
//! ```text
//! text ─► fence ─► yaml, toml ─► values ─► keys ─► FrontMatter
//! ```

mod fence;
mod keys;
mod toml;
mod value;
mod yaml;

use fence::{Fenced, Syntax};
use value::{Fault, Map, Value};

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
    /// The day it was published, as it is written.
    pub date: Option<String>,
    /// The address it was published under.
    pub canonical: Option<String>,
    /// Where the text begins, in bytes; zero where there is no front matter.
    pub end: usize,
}

/// Reads the front matter of a text; there need not be any.
pub(crate) fn read(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> FrontMatter {
    let Some(Fenced { syntax, inner, end }) = fence::find(text) else {
        return FrontMatter::default();
    };
    let words = text.get(inner.clone()).unwrap_or("");
    if syntax == Syntax::Yaml && !is_front_matter(words) {
        return FrontMatter::default();
    }
    let mut faults = Vec::new();
    let map = match syntax {
        Syntax::Toml => toml::read(words, &mut faults),
        Syntax::Yaml | Syntax::Json => yaml::read(words, &mut faults),
    };
    let place = Place { file, base: inner.start };
    for fault in faults {
        diagnostics.push(place.unreadable(fault, syntax));
    }
    let front = take_keys(&map, place, diagnostics);
    FrontMatter { end, ..front }
}

/// A file may begin with a rule, and have another one later. Front matter begins
/// with a key, or has one that is known.
fn is_front_matter(inner: &str) -> bool {
    let mut lines = inner.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#'));
    lines.next().is_some_and(|line| yaml::key_of(line).is_some())
        || yaml::has_key(inner, &keys::COMMON)
}

/// Where the text between the fences stands.
#[derive(Clone, Copy)]
struct Place {
    file: FileId,
    base: usize,
}

impl Place {
    fn span(self, range: &std::ops::Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start, self.base + range.end)
    }

    fn located(self, text: String, value: &Value) -> Located<String> {
        Located { value: text, span: self.span(&value.range) }
    }

    fn unreadable(self, fault: Fault, syntax: Syntax) -> Diagnostic {
        let (name, hint) = match syntax {
            Syntax::Yaml => (
                "YAML",
                "Quote a value that contains special characters, and indent continuation lines.",
            ),
            Syntax::Toml => ("TOML", ""),
            Syntax::Json => ("JSON", ""),
        };
        let message = format!("the front matter is not {name}: {}", fault.message);
        let found = Diagnostic::at(Code::BadFrontMatter, self.span(&fault.range), message);
        if hint.is_empty() { found } else { found.hint(hint) }
    }
}

/// Takes what a book needs.
fn take_keys(map: &Map, place: Place, diagnostics: &mut Diagnostics) -> FrontMatter {
    let text = |keys: &[&str]| {
        let (text, value) = keys::text(keys::first(map, keys)?)?;
        Some(place.located(text, value))
    };
    let lang = text(&keys::LANGUAGE).and_then(|tag| {
        let lang = Lang::new(&tag.value);
        if lang.is_none() {
            let message = format!("`{}` is not a language tag", tag.value);
            let hint = "Write a BCP 47 tag, such as `en`, `de` or `pt-BR`.";
            diagnostics.push(Diagnostic::at(Code::BadFrontMatter, tag.span, message).hint(hint));
        }
        lang
    });
    FrontMatter {
        title: text(&keys::TITLE),
        subtitle: text(&keys::SUBTITLE),
        authors: keys::first(map, &keys::AUTHORS).map(keys::names).unwrap_or_default(),
        lang,
        date: text(&keys::DATE).map(|date| date.value),
        canonical: text(&keys::CANONICAL).map(|url| url.value),
        end: 0,
    }
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
    fn nested_yaml_with_comments_is_read() {
        let text = "---\n# of a journal\n\ntitle: >-\n  A title of\n  two lines\nauthor:\n\
                    - name:\n    given: Ada\n    family: Lee\n  # and a friend\n\
                    - {name: B. Wu, orcid: 0000-0001}\nextra:\n  deep:\n    - list: [1, 2]\n\
                    abstract: |\n  First.\n\n  # no heading\nlang: pt-BR\n...\nText\n";
        let (front, faults) = front(text);
        assert_eq!(faults, 0);
        assert_eq!(front.title.map(|t| t.value).as_deref(), Some("A title of two lines"));
        assert_eq!(front.authors, ["Ada Lee", "B. Wu"]);
        assert_eq!(front.lang, Lang::new("pt-BR"));
        assert_eq!(text.get(front.end..), Some("Text\n"));
    }

    #[test]
    fn toml_is_read_as_well() {
        let (toml, faults) = front("+++\ntitle = \"A\"\ndate = 2024-01-02\n+++\nText");
        assert_eq!((toml.title.map(|t| t.value), faults), (Some("A".to_owned()), 0));
        assert_eq!(toml.date.as_deref(), Some("2024-01-02"));
        let (toml, faults) =
            front("+++\nauthors = [{ name = \"A\" }, \"B\"]\n[extra]\nx = 1\n+++\n");
        assert_eq!((toml.authors, faults), (vec!["A".to_owned(), "B".to_owned()], 0));
    }

    #[test]
    fn json_is_read_as_well() {
        for text in [";;;\n{\"title\": \"A\"}\n;;;\nText", "{\n  \"title\": \"A\"\n}\nText"] {
            let (json, faults) = front(text);
            assert_eq!((json.title.map(|t| t.value), faults), (Some("A".to_owned()), 0), "{text}");
            assert_eq!(text.get(json.end..), Some("Text"));
        }
    }

    #[test]
    fn a_rule_at_the_beginning_is_no_front_matter() {
        for text in [
            "---\n\nText\n\n---\n",
            "---\nText: and\nmore\n",
            "---\n",
            "",
            "---\n---\n",
            "---\nHe said it: no more.\n---\n",
            "---\n- a\n- b\n---\n",
        ] {
            assert_eq!(front(text).0.end, 0, "{text:?}");
        }
    }

    #[test]
    fn front_matter_that_cannot_be_read_is_a_fault_and_no_text() {
        for text in [
            "---\ntitle: A\nwhat is this\n---\nText",
            "---\ntags: [a, b\nlist: {c\n---\nText",
            "+++\ntitle = \n+++\nText",
            ";;;\n{\"title\": }}\n;;;\nText",
        ] {
            let (front, faults) = front(text);
            assert!(faults > 0, "{text:?}");
            assert_eq!(text.get(front.end..), Some("Text"), "{text:?}");
        }
    }
}
