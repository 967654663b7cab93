//! The folder of a book: the one folder that its files may come from.
//!
//! Nothing outside it is ever read, neither by `..` nor by an absolute path nor
//! through a symbolic link.

use std::path::{Path, PathBuf};

use crate::names::{natural_order, nearest};

/// Why a file of the manuscript can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FindError {
    /// It is not in the book's folder.
    Outside,
    /// It does not exist; with the path that was probably meant.
    Missing(Option<String>),
    /// It is not a file.
    NotAFile,
}

/// The folder of a book.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    root: PathBuf,
    /// Without symbolic links, to tell what is inside.
    real: PathBuf,
    /// The name of the one Markdown file that is the book, if it was named
    /// instead of a folder.
    only: Option<String>,
}

/// Folders that hold no chapters, whatever is in them.
const NO_TEXTS: [&str; 6] = ["dist", "fonts", "node_modules", "target", "vendor", "venv"];

/// So many folders below the book's are looked through for chapters.
const DEEPEST_CHAPTER: usize = 8;

impl Folder {
    /// The folder at a path; of a Markdown file or a `book.toml`, the one it is in.
    pub fn new(path: &Path) -> Self {
        let root = folder_of(path);
        let real = root.canonicalize().unwrap_or_else(|_| root.clone());
        let only = path.file_name().and_then(|name| name.to_str());
        let only = only.filter(|name| path.is_file() && is_markdown(name)).map(str::to_owned);
        Self { root, real, only }
    }

    /// The path of the folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether one Markdown file is the whole book.
    pub fn is_one_file(&self) -> bool {
        self.only.is_some()
    }

    /// Where a normalised path lies on the disk.
    pub fn find(&self, path: &str) -> Result<PathBuf, FindError> {
        let place = self.root.join(path);
        let Ok(real) = place.canonicalize() else {
            return Err(FindError::Missing(self.guess(path)));
        };
        if !real.starts_with(&self.real) {
            return Err(FindError::Outside);
        }
        if real.is_file() { Ok(place) } else { Err(FindError::NotAFile) }
    }

    /// The Markdown files in the folder and below it, in the natural order of
    /// their names, files before folders. Hidden folders and those of other tools
    /// are passed over.
    pub fn markdown_files(&self) -> Vec<String> {
        if let Some(only) = &self.only {
            return vec![only.clone()];
        }
        let mut found = Vec::new();
        self.add_markdown_files("", 0, &mut found);
        found
    }

    /// The Markdown files whose names are not in UTF-8, which no text can name, as far
    /// as they can be shown.
    pub fn unnameable_files(&self) -> Vec<String> {
        let mut found = Vec::new();
        if self.only.is_none() {
            add_unnameable_files(&self.root, 0, &mut found);
        }
        found.sort();
        found
    }

    fn add_markdown_files(&self, below: &str, depth: usize, found: &mut Vec<String>) {
        let mut names = names_in(&self.root.join(below));
        // What stands for the folder comes first in it.
        names.sort_by(|a, b| {
            is_folder_page(b).cmp(&is_folder_page(a)).then_with(|| natural_order(a, b))
        });
        let path = |name: &String| match below {
            "" => name.clone(),
            _ => format!("{below}/{name}"),
        };
        let is_file = |name: &&String| is_markdown(name) && self.root.join(path(name)).is_file();
        found.extend(names.iter().filter(is_file).map(path));
        if depth == DEEPEST_CHAPTER {
            return;
        }
        for name in names.iter().filter(|name| !NO_TEXTS.contains(&name.as_str())) {
            let folder = path(name);
            // A link to a folder could lead out of the book, or into itself.
            let place = self.root.join(&folder);
            if place.is_dir() && !place.is_symlink() {
                self.add_markdown_files(&folder, depth + 1, found);
            }
        }
    }

    /// The path of an existing file that somebody may have meant: one in the
    /// same folder with nearly the same name, or one elsewhere with just that
    /// name.
    fn guess(&self, path: &str) -> Option<String> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let beside = names_in(&self.root.join(folder));
        if let Some(near) = nearest(name, beside.iter().map(String::as_str)) {
            return Some(if folder.is_empty() { near.into() } else { format!("{folder}/{near}") });
        }
        let mut left = MOST_LOOKED_AT;
        self.elsewhere("", name, 0, &mut left)
    }

    fn elsewhere(
        &self,
        folder: &str,
        name: &str,
        depth: usize,
        left: &mut usize,
    ) -> Option<String> {
        if depth > DEEPEST_LOOK {
            return None;
        }
        let mut below = Vec::new();
        for entry in names_in(&self.root.join(folder)) {
            *left = left.checked_sub(1)?;
            let path = if folder.is_empty() { entry.clone() } else { format!("{folder}/{entry}") };
            let place = self.root.join(&path);
            if place.is_dir() {
                below.push(path);
            } else if entry.eq_ignore_ascii_case(name) {
                return Some(path);
            }
        }
        below.into_iter().find_map(|folder| self.elsewhere(&folder, name, depth + 1, left))
    }
}

/// The folder that a book is in: the path itself, or of a Markdown file or a
/// `book.toml`, the folder it lies in.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
    if !path.is_file() || !(is_markdown(name) || name == "book.toml") {
        return path.to_path_buf();
    }
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// Whether a file stands for the folder it is in: `index.md`, `README.md`.
pub(crate) fn is_folder_page(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    is_markdown(name) && matches!(stem.as_str(), "_index" | "index" | "readme")
}

fn is_markdown(name: &str) -> bool {
    let kind = Path::new(name).extension().and_then(|e| e.to_str());
    let kind = kind.map(str::to_ascii_lowercase);
    matches!(kind.as_deref(), Some("md" | "markdown" | "mdx" | "qmd" | "rmd"))
}

/// How many files are looked at to find the one that was meant.
const MOST_LOOKED_AT: usize = 2000;

/// How many folders down.
const DEEPEST_LOOK: usize = 4;

fn add_unnameable_files(folder: &Path, depth: usize, found: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let shown = name.to_string_lossy();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if name.to_str().is_none() && is_markdown(&shown) {
            found.push(shown.into_owned());
        } else if is_folder && depth < DEEPEST_CHAPTER && !shown.starts_with('.') {
            add_unnameable_files(&entry.path(), depth + 1, found);
        }
    }
}

/// The names in a folder, sorted; hidden ones left out.
fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_name_is_guessed_at() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(dir.path().join("images")).expect("a folder");
        std::fs::write(dir.path().join("images/tower.jpg"), b"x").expect("a file");
        let folder = Folder::new(dir.path());
        let guess = |path: &str| match folder.find(path) {
            Err(FindError::Missing(guess)) => guess,
            other => panic!("{other:?}"),
        };
        assert_eq!(guess("images/towr.jpg").as_deref(), Some("images/tower.jpg"));
        assert_eq!(guess("tower.jpg").as_deref(), Some("images/tower.jpg"));
        assert_eq!(guess("images/castle.png"), None);
        assert!(folder.find("images/tower.jpg").is_ok());
        assert_eq!(folder.find("images"), Err(FindError::NotAFile));
    }
}
