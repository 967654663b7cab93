//! What kind of folder a book is in: which file says what the book is, and which
//! files are its chapters.
//!
//! Each layout makes a [`Config`] of what it finds, and nothing after that asks
//! where the config came from:
//!
//! | Layout                  | Folder                                          |
//! |-------------------------|-------------------------------------------------|
//! | bindery's own           | `book.toml`                                     |
//! | [`mdbook`]              | `book.toml` with a table `[book]`, `SUMMARY.md` |
//! | [`without_book_file`]   | Markdown files and nothing that says what they are |
//!
//! Where a `book.toml` lists no chapters, the files in the folder are the
//! chapters ([`by_name`]).

mod by_name;
mod mdbook;
mod order_file;
mod site_config;
mod without_book_file;

pub(super) use by_name::{role_of, role_of_title, texts_in};

use std::io::ErrorKind;
use std::path::Path;

use super::config::{self, Config};
use super::files::{Folder, decode_utf8};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, SourceMap, Span};

/// The name of the file that makes a folder a book.
const BOOK_FILE: &str = "book.toml";

/// The config of the book in a folder. Its text, which may be empty, is the first
/// of the sources. `None`, with the reason reported, if there is no book.
pub(super) fn open(
    root: &Path,
    folder: &Folder,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    let mut config = read_config(root, folder, sources, diagnostics)?;
    if config.chapters.is_empty() {
        by_name::find_chapters(folder, &mut config, Span::new(FileId(0), 0, 0), diagnostics);
    }
    Some(config)
}

fn read_config(
    root: &Path,
    folder: &Folder,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    let file = FileId(0);
    let has_book_file = !folder.is_one_file() && root.join(BOOK_FILE).exists();
    if !has_book_file && !mdbook::is_project(root, None) && !folder.markdown_files().is_empty() {
        let text = without_book_file::config_text(root, folder);
        sources.add(BOOK_FILE, text.as_str());
        return Some(config::parse(&text, file, diagnostics));
    }
    if !has_book_file && mdbook::is_project(root, None) {
        sources.add(BOOK_FILE, "");
        return mdbook::read(root, "", file, folder, sources, diagnostics);
    }
    let text = book_toml(root, sources, diagnostics)?;
    if mdbook::is_project(root, Some(&text)) {
        return mdbook::read(root, &text, file, folder, sources, diagnostics);
    }
    Some(config::parse(&text, file, diagnostics))
}

/// The text of `book.toml`, or why there is none.
fn book_toml(
    root: &Path,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let path = root.join(BOOK_FILE);
    if path.exists() && !path.is_file() {
        // A pipe would be waited for without end.
        let message = format!("{BOOK_FILE} is not a file");
        diagnostics.push(Diagnostic::new(Code::NoBook, message));
        return None;
    }
    match std::fs::read(path) {
        Ok(bytes) => {
            let text = decode_utf8(bytes, BOOK_FILE, sources, diagnostics)?;
            sources.add(BOOK_FILE, text.as_str());
            Some(text)
        }
        Err(error) => {
            let (message, hint) = if root.is_dir() {
                let hint = "Make one, or let `bindery new` make a book out of your files.";
                (format!("there is no {BOOK_FILE} in this folder"), hint)
            } else if root.exists() {
                ("a book is a folder, and this is a file".to_owned(), "Name the folder it is in.")
            } else {
                let hint = "Name the folder of the book with `--book`.";
                (format!("there is no folder `{}`", root.display()), hint)
            };
            let missing = error.kind() == ErrorKind::NotFound || !root.is_dir();
            let message = if missing { message } else { format!("{BOOK_FILE}: {error}") };
            diagnostics.push(Diagnostic::new(Code::NoBook, message).hint(hint));
            None
        }
    }
}
