//! Books in temporary folders read through the library.

use std::path::Path;

use bindery::diag::{Diagnostic, Diagnostics};
use bindery::finalize::{finalize, make_pages};
use bindery::manuscript::{self, Manuscript};
use bindery::resolve::resolve;
use bindery::theme::Theme;

/// A book in a temporary folder, written file by file.
pub struct Folder {
    dir: tempfile::TempDir,
}

impl Folder {
    /// An empty folder.
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// The same with one more file; folders above it are made.
    pub fn with(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let place = self.dir.path().join(path);
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder).expect("a folder");
        }
        std::fs::write(place, content).expect("a file");
        self
    }

    /// Reads the book and resolves it.
    pub fn read(&self) -> Outcome {
        let mut diagnostics = Diagnostics::default();
        let mut manuscript = manuscript::read(self.path(), &mut diagnostics);
        if let Some(manuscript) = &mut manuscript {
            bindery::citations::cite(&mut manuscript.book, &manuscript.sources, &mut diagnostics);
            make_pages(&mut manuscript.book);
            resolve(&mut manuscript.book, &mut diagnostics);
            finalize(&mut manuscript.book, &Theme::with(&manuscript.overrides));
            diagnostics.apply(&manuscript.lints);
        }
        Outcome { manuscript, diagnostics }
    }
}

/// What came of reading a book.
pub struct Outcome {
    pub manuscript: Option<Manuscript>,
    pub diagnostics: Diagnostics,
}

impl Outcome {
    /// A finding as `file:line:column: code: message`, its hints below it.
    pub fn line(&self, diagnostic: &Diagnostic) -> String {
        let sources = self.manuscript.as_ref().map(|m| &m.sources);
        let place = match (diagnostic.span, sources) {
            (Some(span), Some(sources)) => format!("{}: ", sources.place(span)),
            _ => String::new(),
        };
        let mut out = format!("{place}{}: {}", diagnostic.code.slug(), diagnostic.message);
        for hint in &diagnostic.hints {
            out.push_str("\n  ");
            out.push_str(hint);
        }
        out
    }

    /// All findings, one after the other.
    pub fn report(&self) -> String {
        self.diagnostics.iter().map(|d| self.line(d) + "\n").collect()
    }
}
