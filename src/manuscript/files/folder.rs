//! The folder of a book: the one folder that its files may come from.
//!
//! Nothing outside it is ever read, neither by `..` nor by an absolute path nor
//! through a symbolic link.

use std::path::{Path, PathBuf};

use crate::names::nearest;

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
}

impl Folder {
    /// The folder at a path.
    pub fn new(root: &Path) -> Self {
        let real = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        Self { root: root.to_path_buf(), real }
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

    /// The Markdown files directly in the folder, in the order of their names.
    pub fn markdown_files(&self) -> Vec<String> {
        let mut names = names_in(&self.root);
        names.retain(|name| {
            let kind = Path::new(name).extension().and_then(|e| e.to_str());
            let readme = name.eq_ignore_ascii_case("readme.md");
            matches!(kind, Some("md" | "markdown")) && !readme && self.root.join(name).is_file()
        });
        names
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

/// How many files are looked at to find the one that was meant.
const MOST_LOOKED_AT: usize = 2000;

/// How many folders down.
const DEEPEST_LOOK: usize = 4;

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
