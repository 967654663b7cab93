//! Manuscripts in other formats, brought to Markdown once, when a book is begun:
//! from then on the Markdown is the manuscript.

mod docx;

use std::path::Path;

pub use docx::DocxError;
pub(super) use docx::read as read_docx;

/// What a document became.
#[derive(Debug, Default)]
pub(super) struct Imported {
    /// The text files with their names, in order.
    pub texts: Vec<(String, String)>,
    /// The pictures with their paths, relative to the texts.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// The title that the document names.
    pub title: Option<String>,
    /// Its subtitle.
    pub subtitle: Option<String>,
    /// Its author.
    pub author: Option<String>,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// What was left out or changed, a sentence each.
    pub remarks: Vec<String>,
}

/// Whether a file is a document of Word, by its name.
pub(super) fn is_docx(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("docx"))
}
