//! A chapter whose file was read and not yet parsed.

use std::sync::Arc;

use crate::manuscript::config::ChapterEntry;
use crate::manuscript::front_matter::FrontMatter;
use crate::source::FileId;

/// A chapter whose file was read.
#[derive(Debug)]
pub(crate) struct LoadedChapter<'c> {
    /// What `book.toml` says of it.
    pub entry: &'c ChapterEntry,
    /// Its short name, which no other chapter has.
    pub stem: String,
    /// Its file; `None` for a page made from the metadata.
    pub source: Option<ChapterSource>,
}

/// The text of a chapter.
#[derive(Debug)]
pub(crate) struct ChapterSource {
    /// The file, or the text composed of it and what it includes.
    pub file: FileId,
    /// The path of the file in the book's folder.
    pub path: String,
    /// All of the text, the front matter included.
    pub text: Arc<str>,
    /// What it says of itself.
    pub front: FrontMatter,
}

impl LoadedChapter<'_> {
    /// The front matter of its file.
    pub fn front(&self) -> Option<&FrontMatter> {
        self.source.as_ref().map(|source| &source.front)
    }

    /// The path of its file; empty for a page made from the metadata.
    pub fn path(&self) -> &str {
        self.source.as_ref().map_or("", |source| source.path.as_str())
    }
}
