//! Projects of mdBook.
//!
//! An mdBook says with other files what a book of bindery says in `book.toml`.
//! They become a [`Config`]; what is special in its texts is the business of
//! [`crate::manuscript::dialects::mdbook`]:
//!
//! ```text
//! book.toml  ─► book_toml ─┬─► Config
//! SUMMARY.md ─► summary ─► chapters
//! ```
//!
//! What mdBook passes over is a warning here and no error: such a book was
//! written for another tool, and its writer may not be the one who binds it.

mod book_toml;
mod chapters;
mod summary;

use std::path::Path;

use toml::de::{DeTable, DeValue};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::config::Config;
use crate::manuscript::files::{Folder, decode_utf8};
use crate::source::{FileId, SourceMap, Span};

/// The name of the file that lists the chapters.
const SUMMARY_FILE: &str = "SUMMARY.md";

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
    text: &str,
    file: FileId,
    folder: &Folder,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    let settings = book_toml::read(text, file, diagnostics);
    let site = book_toml::site(&settings, root);
    let dialect = book_toml::dialect(&settings, diagnostics);
    let path = site.path(SUMMARY_FILE).unwrap_or_else(|| SUMMARY_FILE.to_owned());
    let whole = Span::new(file, 0, 0);
    let text = match folder.find(&path).ok().and_then(|place| std::fs::read(place).ok()) {
        Some(bytes) => decode_utf8(bytes, &path, sources, diagnostics)?,
        None => {
            let message = format!("there is no `{path}`, which lists the chapters of an mdBook");
            let found = Diagnostic::at(Code::NoChapter, whole, message);
            diagnostics
                .push(found.hint("Create it, or set `src` under `[book]` to the folder it is in."));
            return None;
        }
    };
    let listed_in = sources.add(path.as_str(), text.as_str());
    let summary = summary::read(&text, listed_in, diagnostics);
    let mut config = book_toml::convert(settings, root, &summary, diagnostics);
    chapters::list(&mut config, summary, &site, folder, diagnostics);
    config.site = Some(site);
    config.dialect = dialect;
    Some(config)
}
