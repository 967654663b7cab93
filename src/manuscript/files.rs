//! Paths of the manuscript, and the one folder they may lead into.
//!
//! A path is relative to the book's folder, with `/` between its parts and
//! without `.` or `..`. Nothing outside that folder is ever read, neither by
//! `..` nor by an absolute path nor through a symbolic link.

use std::path::{Path, PathBuf};

use crate::names::nearest;

/// The path without `.`, `..` and empty parts; `None` if it is absolute or
/// leads above the book's folder.
pub(crate) fn normalise(path: &str) -> Option<String> {
    let path = path.trim();
    let drive = path.as_bytes().get(1) == Some(&b':') && path.starts_with(char::is_alphabetic);
    if path.starts_with('/') || path.starts_with('\\') || drive || path.contains('\0') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    if parts.is_empty() { None } else { Some(parts.join("/")) }
}

/// A path as a file names it, seen from the book's folder.
pub(crate) fn beside(file: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    match file.rsplit_once('/') {
        Some((folder, _)) => normalise(&format!("{folder}/{path}")),
        None => normalise(path),
    }
}

/// The bytes that `%41` and the like stand for (RFC 3986, section 2.1); text
/// that would not be UTF-8 stays as it is.
pub(crate) fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let digit = |byte: Option<&u8>| byte.and_then(|b| char::from(*b).to_digit(16));
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = (digit(bytes.get(at + 1)), digit(bytes.get(at + 2)));
        if let (b'%', (Some(high), Some(low))) = (byte, pair) {
            out.push(u8::try_from(high * 16 + low).unwrap_or(byte));
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// Why a file of the manuscript can't be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
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
    pub fn find(&self, path: &str) -> Result<PathBuf, Trouble> {
        let place = self.root.join(path);
        let Ok(real) = place.canonicalize() else {
            return Err(Trouble::Missing(self.guess(path)));
        };
        if !real.starts_with(&self.real) {
            return Err(Trouble::Outside);
        }
        if real.is_file() { Ok(place) } else { Err(Trouble::NotAFile) }
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
    fn paths_are_brought_to_one_form() {
        assert_eq!(normalise("./a//b/../c.jpg").as_deref(), Some("a/c.jpg"));
        assert_eq!(normalise("../a.jpg"), None);
        assert_eq!(normalise("a/../../b.jpg"), None);
        assert_eq!(normalise("/etc/passwd"), None);
        assert_eq!(normalise("C:\\a.jpg"), None);
        assert_eq!(beside("essays/one.md", "img/a.jpg").as_deref(), Some("essays/img/a.jpg"));
        assert_eq!(beside("essays/one.md", "../img/a.jpg").as_deref(), Some("img/a.jpg"));
        assert_eq!(beside("one.md", "/a.jpg"), None);
    }

    #[test]
    fn percent_signs_are_decoded_where_they_can_be() {
        assert_eq!(percent_decode("a%20b%C3%A9.jpg"), "a bé.jpg");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%FF"), "%FF");
    }

    #[test]
    fn a_wrong_name_is_guessed_at() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(dir.path().join("images")).expect("a folder");
        std::fs::write(dir.path().join("images/tower.jpg"), b"x").expect("a file");
        let folder = Folder::new(dir.path());
        let guess = |path: &str| match folder.find(path) {
            Err(Trouble::Missing(guess)) => guess,
            other => panic!("{other:?}"),
        };
        assert_eq!(guess("images/towr.jpg").as_deref(), Some("images/tower.jpg"));
        assert_eq!(guess("tower.jpg").as_deref(), Some("images/tower.jpg"));
        assert_eq!(guess("images/castle.png"), None);
        assert!(folder.find("images/tower.jpg").is_ok());
        assert_eq!(folder.find("images"), Err(Trouble::NotAFile));
    }
}
