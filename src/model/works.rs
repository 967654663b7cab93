//! The works that a book cites, as its writer has listed them.

use crate::source::{FileId, Span};

/// Where the works are listed and how they are to be cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Works {
    /// The files that list them.
    pub files: Vec<WorksFile>,
    /// How they are cited.
    pub style: WorksStyle,
    /// Whether the bibliography has all of them, cited or not.
    pub all: bool,
    /// Where `book.toml` speaks of them.
    pub span: Span,
}

/// A file that lists works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorksFile {
    /// Its text.
    pub file: FileId,
    /// Its form.
    pub format: WorksFormat,
}

/// The form of a file that lists works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WorksFormat {
    /// BibTeX or BibLaTeX.
    BibTex,
    /// Hayagriva's own, in YAML.
    Yaml,
}

/// How works are cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorksStyle {
    /// A style by its name, such as `chicago-author-date`, and where it is named.
    Named(String, Span),
    /// A style of the book's own: a file in the Citation Style Language.
    File(FileId),
}
