//! Projects of mdBook, as they are.
//!
//! Why a folder of its own: an mdBook says with other files what a book of
//! bindery says in `book.toml`, and has a language of its own in its texts. Both
//! are brought to what the rest of the road knows, a [`Config`] and texts of
//! Markdown, and nothing after that asks where a book came from:
//!
//! ```text
//! book.toml ─► config ──┬─► Config ──────────────────────────────► …
//! SUMMARY.md ─► summary ┘     │ its chapters
//!                           *.md ─► include ─► markdown ─► listing ─► …
//! ```
//!
//! What mdBook passes over is a warning here and no error: such a book was
//! written for another tool, and its writer may not be the one who binds it.

mod config;
mod entries;
mod include;
mod lines;
mod listing;
mod summary;

use std::collections::BTreeMap;
use std::path::Path;

use toml::de::{DeTable, DeValue};

pub(super) use include::{Included, Includer, Text};
pub(super) use listing::hide_lines;

use super::config::Config;
use super::files::{Folder, normalise};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, SourceMap, Span};

/// The name of the file that lists the chapters.
const SUMMARY_FILE: &str = "SUMMARY.md";

/// How the texts of a project are to be read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    /// The folder of the texts, from the book's; empty where that is the same.
    pub src: String,
    /// What hidden lines of listings begin with, by language; Rust's are known.
    pub hidden: BTreeMap<String, String>,
    /// Whether `$…$` is a formula.
    pub math: bool,
    /// Whether listings of the language `admonish` are notes set apart.
    pub admonish: bool,
    /// Whether `{{#tabs}}` stands around alternatives.
    pub tabs: bool,
}

impl Rules {
    /// A path from the folder of the texts as one from the book's folder.
    pub fn path(&self, path: &str) -> Option<String> {
        normalise(&format!("{}/{path}", if self.src.is_empty() { "." } else { &self.src }))
    }
}

/// Whether a folder is a project of mdBook: its `book.toml` has a table
/// `[book]`, or nothing of bindery's own, and there is a `SUMMARY.md`.
pub(super) fn is_project(root: &Path, book_toml: Option<&str>) -> bool {
    let listed = || ["src", "."].iter().any(|src| root.join(src).join(SUMMARY_FILE).is_file());
    let Some(text) = book_toml else { return listed() };
    let (document, _) = DeTable::parse_recoverable(text);
    let table = document.get_ref();
    if let Some(book) = table.get("book") {
        return matches!(book.get_ref(), DeValue::Table(_));
    }
    !["title", "chapter"].iter().any(|key| table.contains_key(*key)) && listed()
}

/// Reads `book.toml` and `SUMMARY.md` of a project. `None` without a summary.
pub(super) fn read(
    root: &Path,
    book_toml: &str,
    file: FileId,
    folder: &Folder,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    let settings = config::read(book_toml, file, diagnostics);
    let rules = config::rules(&settings, root, diagnostics);
    let path = rules.path(SUMMARY_FILE).unwrap_or_else(|| SUMMARY_FILE.to_owned());
    let whole = Span::new(file, 0, 0);
    let text = match folder.find(&path).ok().and_then(|place| std::fs::read(place).ok()) {
        Some(bytes) => super::assemble::utf8(bytes, &path, sources, diagnostics)?,
        None => {
            let message = format!("there is no `{path}`, which lists the chapters of an mdBook");
            let found = Diagnostic::at(Code::NoChapter, whole, message);
            diagnostics.push(found.hint("Write it, or name its folder as `src` under `[book]`."));
            return None;
        }
    };
    let listed_in = sources.add(path.as_str(), text.as_str());
    let summary = summary::read(&text, listed_in, diagnostics);
    let mut config = config::convert(settings, root, &summary, diagnostics);
    entries::list(&mut config, summary, &rules, folder, diagnostics);
    config.mdbook = Some(rules);
    Some(config)
}
