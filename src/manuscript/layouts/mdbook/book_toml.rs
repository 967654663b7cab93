//! mdBook's `book.toml` as bindery's.
//!
//! What mdBook says of the book under `[book]`, and what is said for bindery
//! under `[output.bindery]`, become one table with bindery's keys, each value
//! still with its place; the readers of bindery's own `book.toml` take it from
//! there. Tables for other outputs are none of our business.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::SUMMARY_FILE;
use super::summary::Summary;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::config::{self, Config, Site, report_toml_errors};
use crate::manuscript::dialects::Dialect;
use crate::manuscript::dialects::mdbook::Syntax;
use crate::manuscript::files::{normalize, title_from_path};
use crate::manuscript::markdown::plain_words;
use crate::names::slug;
use crate::source::{FileId, Span};
use crate::theme::Lead;

/// What is read of it at once.
pub(super) struct Settings<'t> {
    document: Spanned<DeTable<'t>>,
    file: FileId,
}

/// The keys of `[book]` that bindery has as well.
const SHARED: [&str; 4] = ["title", "authors", "description", "language"];

/// Headings of a summary that name no book.
const NO_TITLES: [&str; 5] = ["summary", "table-of-contents", "contents", "toc", "index"];

/// Folders that are called so whatever is in them.
const NO_NAMES: [&str; 8] =
    ["book", "books", "guide", "doc", "docs", "documentation", "manual", "src"];

/// Preprocessors whose work is done or not missed: includes, `README.md`,
/// formulas, notes set apart, tabs, lists of contents within a page.
const KNOWN: [&str; 8] =
    ["links", "index", "katex", "mathjax", "admonish", "tabs", "toc", "pagetoc"];

/// Parses the text, reporting what is no TOML.
pub(super) fn read<'t>(text: &'t str, file: FileId, diagnostics: &mut Diagnostics) -> Settings<'t> {
    let (document, errors) = DeTable::parse_recoverable(text);
    report_toml_errors(errors, text, file, diagnostics);
    Settings { document, file }
}

/// Where the texts are, from where their addresses are seen.
pub(super) fn site(settings: &Settings<'_>, root: &Path) -> Site {
    let book = table(settings.document.get_ref(), "book");
    let src = book.and_then(|book| string(book, "src")).map(|(src, _)| src.to_owned());
    let beside =
        !root.join("src").join(SUMMARY_FILE).is_file() && root.join(SUMMARY_FILE).is_file();
    let src = src.unwrap_or_else(|| if beside { String::new() } else { "src".to_owned() });
    Site { root: normalize(&src).unwrap_or_default() }
}

/// How the texts are to be read; names the preprocessors that are not known.
pub(super) fn dialect(settings: &Settings<'_>, diagnostics: &mut Diagnostics) -> Dialect {
    let top = settings.document.get_ref();
    let html = table(top, "output").and_then(|output| table(output, "html"));
    let preprocessors = table(top, "preprocessor");
    let has = |name: &str| preprocessors.is_some_and(|p| p.contains_key(name));
    let mathjax = html.and_then(|html| html.get("mathjax-support"));
    let mathjax = mathjax.is_some_and(|on| matches!(on.get_ref(), DeValue::Boolean(true)));
    report_unknown(preprocessors, settings.file, diagnostics);
    Dialect {
        dollar_math: mathjax || has("katex") || has("mathjax"),
        admonish_fences: has("admonish"),
        mdbook: Some(Syntax {
            hidden_line_prefixes: html.map(hidden_line_prefixes).unwrap_or_default(),
            tabs: has("tabs"),
        }),
    }
}

/// `[output.html.code.hidelines]`.
fn hidden_line_prefixes(html: &DeTable<'_>) -> BTreeMap<String, String> {
    let lines = table(html, "code").and_then(|code| table(code, "hidelines"));
    let entry = |(lang, value): (&Spanned<Cow<'_, str>>, &Spanned<DeValue<'_>>)| {
        let DeValue::String(prefix) = value.get_ref() else { return None };
        Some((lang.get_ref().to_string(), prefix.to_string()))
    };
    lines.into_iter().flat_map(|lines| lines.iter().filter_map(entry)).collect()
}

/// One warning for all preprocessors that are not known.
fn report_unknown(
    preprocessors: Option<&DeTable<'_>>,
    file: FileId,
    diagnostics: &mut Diagnostics,
) {
    let keys = preprocessors.into_iter().flat_map(|table| table.keys());
    let mut unknown: Vec<_> = keys.filter(|key| !KNOWN.contains(&key.get_ref().as_ref())).collect();
    unknown.sort_by_key(|key| key.span().start);
    let Some(first) = unknown.first() else { return };
    let names: Vec<String> = unknown.iter().map(|key| format!("`{}`", key.get_ref())).collect();
    let span = Span::new(file, first.span().start, first.span().end);
    let what = match names.as_slice() {
        [one] => format!("the preprocessor {one} was not run"),
        more => format!("the preprocessors {} were not run", more.join(", ")),
    };
    let hint = "bindery doesn't run preprocessors: their output is missing, and their directives stay \
                in the text.";
    diagnostics.push(Diagnostic::at(Code::UnknownPreprocessor, span, what).hint(hint));
}

/// The config of the book, with the chapters that `[[output.bindery.chapter]]`
/// speaks of and no others yet.
pub(super) fn convert(
    settings: Settings<'_>,
    root: &Path,
    summary: &Summary,
    diagnostics: &mut Diagnostics,
) -> Config {
    let top = settings.document.get_ref();
    let own = table(top, "output").and_then(|output| table(output, "bindery"));
    let mut merged = own.cloned().unwrap_or_default();
    let book = table(top, "book");
    for (key, value) in book.into_iter().flat_map(|book| book.iter()) {
        let shared = SHARED.contains(&key.get_ref().as_ref());
        let empty = matches!(value.get_ref(), DeValue::String(text) if text.trim().is_empty());
        if shared && !empty && !merged.contains_key(key) {
            merged.insert(key.clone(), value.clone());
        }
    }
    if !merged.contains_key("title") {
        let title = title_otherwise(root, summary);
        let at = match book {
            Some(_) => settings.document.span().start..settings.document.span().start,
            None => 0..0,
        };
        let span = Span::new(settings.file, at.start, at.end);
        if title.is_made {
            let message = format!("the book has no title and is called `{}`", title.words);
            let hint = "Write `title = \"…\"` under `[book]`.";
            diagnostics.push(Diagnostic::at(Code::NoTitle, span, message).hint(hint));
        }
        let value = DeValue::String(Cow::Owned(title.words));
        merged.insert(Spanned::new(at.clone(), Cow::Borrowed("title")), Spanned::new(at, value));
    }
    let mut config = config::read_table(&merged, 0..0, settings.file, diagnostics);
    // Dozens of short chapters with an initial each are a parade of initials.
    config.overrides.lead.get_or_insert(Lead::Plain);
    config
}

struct Title {
    words: String,
    is_made: bool,
}

/// The title of a book that has none: the heading of its summary, the name of
/// its folder, that of the folder above.
fn title_otherwise(root: &Path, summary: &Summary) -> Title {
    if let Some(heading) = &summary.title {
        let words = plain_words(&heading.value);
        if !words.is_empty() && !NO_TITLES.contains(&slug(&words).as_str()) {
            return Title { words, is_made: false };
        }
    }
    let real = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let names = real.ancestors().take(2).filter_map(|folder| folder.file_name()?.to_str());
    let name = names.map(str::to_owned).find(|name| !NO_NAMES.contains(&slug(name).as_str()));
    // A stop before the name's end would be taken for that of a file's kind.
    let words = title_from_path(&format!("{}.md", name.unwrap_or_default()));
    let words = if words.is_empty() { "Untitled".to_owned() } else { words };
    Title { words, is_made: true }
}

fn table<'a, 't>(parent: &'a DeTable<'t>, key: &str) -> Option<&'a DeTable<'t>> {
    match parent.get(key)?.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

fn string<'a>(parent: &'a DeTable<'_>, key: &str) -> Option<(&'a str, std::ops::Range<usize>)> {
    let value = parent.get(key)?;
    match value.get_ref() {
        DeValue::String(text) => Some((text.as_ref(), value.span())),
        _ => None,
    }
}
