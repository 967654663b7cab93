//! A book in a temporary folder, and what the program does with it.
//!
//! ```ignore
//! Project::new()
//!     .file("book/book.toml", "title = \"T\"\n…")
//!     .run(["pdf"])
//!     .code(1)
//!     .stderr_has("error[no-chapter]");
//! ```

// Each test file is a crate of its own and uses only some of this.
#![allow(dead_code, unused_imports)]

mod folder;
pub mod golden;
mod rust_files;

pub use folder::{Folder, Outcome};
pub use golden::golden;
pub use rust_files::rust_files;

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A folder with a book in it, removed at the end of the test.
pub struct Project {
    dir: TempDir,
}

impl Project {
    /// An empty folder.
    pub fn new() -> Project {
        Project { dir: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A folder with a small sound book in `book/`: two chapters, a picture, a
    /// footnote, a link between the chapters.
    pub fn book() -> Project {
        Project::new()
            .file("book/book.toml", BOOK_TOML)
            .file("book/one.md", ONE)
            .file("book/two.md", "# Two\n\nBack to [one](one.md).\n\nThe last words of the book.\n")
            .file("book/pictures/square.svg", SQUARE)
    }

    /// The same with a text file, in whose path folders are made as needed.
    pub fn file(self, path: &str, text: &str) -> Project {
        self.bytes(path, text.as_bytes())
    }

    /// The same with a file of any bytes.
    pub fn bytes(self, path: &str, bytes: &[u8]) -> Project {
        self.write(path, bytes);
        self
    }

    /// Writes a file, now.
    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders are made");
        fs::write(path, bytes).expect("a file is written");
    }

    /// Replaces words in a file, which must be there.
    pub fn edit(self, path: &str, from: &str, to: &str) -> Project {
        let text = String::from_utf8(self.read(path)).expect("text");
        assert!(text.contains(from), "{path} has no {from:?}");
        self.file(path, &text.replace(from, to))
    }

    /// A path in the folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    /// The bytes of a file, which must be there.
    pub fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// The paths of all files of a folder, sorted; empty if there is no such folder.
    pub fn list(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else { return Vec::new() };
        let name = |e: fs::DirEntry| e.file_name().to_string_lossy().into_owned();
        let mut names: Vec<String> = entries.filter_map(|e| Some(name(e.ok()?))).collect();
        names.sort();
        names
    }

    /// Runs the program in the folder.
    pub fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Run {
        Run::of(self.command(args))
    }

    /// The program, about to be run in the folder, with no terminal and no
    /// variables that change its manners.
    pub fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bindery"));
        command.args(args).current_dir(self.dir.path()).stdin(Stdio::null());
        command.env_remove("NO_COLOR").env("RUST_BACKTRACE", "0");
        command
    }
}

/// What a run left behind.
pub struct Run {
    output: Output,
}

impl Run {
    /// Runs a command to its end.
    pub fn of(mut command: Command) -> Run {
        Run { output: command.output().expect("the program runs") }
    }

    /// It ended with this code.
    #[track_caller]
    pub fn code(self, code: i32) -> Run {
        assert_eq!(self.output.status.code(), Some(code), "stderr:\n{}", self.stderr());
        self
    }

    /// It ended well.
    #[track_caller]
    pub fn success(self) -> Run {
        self.code(0)
    }

    /// Standard error has these words.
    #[track_caller]
    pub fn stderr_has(self, words: &str) -> Run {
        assert!(self.stderr().contains(words), "no {words:?} in:\n{}", self.stderr());
        self
    }

    /// Standard error has not these words.
    #[track_caller]
    pub fn stderr_has_not(self, words: &str) -> Run {
        assert!(!self.stderr().contains(words), "{words:?} in:\n{}", self.stderr());
        self
    }

    /// Standard output has these words.
    #[track_caller]
    pub fn stdout_has(self, words: &str) -> Run {
        assert!(self.stdout().contains(words), "no {words:?} in:\n{}", self.stdout());
        self
    }

    /// What was said.
    pub fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }

    /// What was given out.
    pub fn stdout(&self) -> String {
        String::from_utf8_lossy(&self.output.stdout).into_owned()
    }
}

const BOOK_TOML: &str = r#"title = "A Small Book"
authors = ["Ann Author"]
language = "en"

[[chapter]]
file = "one.md"

[[chapter]]
file = "two.md"
"#;

const ONE: &str = "# One

The first words of the book.[^n]

![A square](pictures/square.svg)

## A section

See [two](two.md).

[^n]: A note.
";

const SQUARE: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100"><rect x="10" y="10" width="80" height="80" fill="black"/></svg>
"#;
