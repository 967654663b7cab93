//! The project that a book belongs to, from where it may include files.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// How many folders above the book's are looked at.
const HIGHEST: usize = 4;
/// How much of an index of Git is read, in bytes.
const LARGEST_INDEX: u64 = 64 << 20;
/// The files that make a folder a book, of which the repository has to know one.
const BOOK_FILES: [&str; 3] = ["book.toml", "src/SUMMARY.md", "SUMMARY.md"];

/// The folder that files may be included from: books of programs include the
/// examples that lie beside them. It is that of the Git repository around the book
/// if the book is part of it, and else the book's own: a book that was put into
/// somebody's folder has no business with the files there.
pub(super) fn project_of(book: &Path) -> PathBuf {
    let above = book.ancestors().take(HIGHEST + 1);
    let mut repositories = above.filter(|folder| folder.join(".git").exists());
    match repositories.next() {
        Some(repository) if has_book(repository, book) => repository.to_path_buf(),
        _ => book.to_path_buf(),
    }
}

/// Whether a repository has the files of a book in its index.
fn has_book(repository: &Path, book: &Path) -> bool {
    let Ok(folder) = book.strip_prefix(repository) else { return false };
    if folder.as_os_str().is_empty() {
        return true;
    }
    let Some(index) = read_index(repository) else { return false };
    BOOK_FILES.iter().any(|file| {
        let path = folder.join(file).to_string_lossy().replace('\\', "/");
        // In versions 2 and 3 every path stands whole and ends in a zero
        // ("gitformat-index", "Index entry").
        let entry = [path.as_bytes(), &[0]].concat();
        index.windows(entry.len()).any(|bytes| bytes == entry)
    })
}

fn read_index(repository: &Path) -> Option<Vec<u8>> {
    let git = repository.join(".git");
    let folder = if git.is_dir() {
        git
    } else {
        // A work tree of its own has a file that says where its folder is.
        let text = std::fs::read_to_string(&git).ok()?;
        repository.join(text.strip_prefix("gitdir:")?.trim())
    };
    let mut index = Vec::new();
    let file = File::open(folder.join("index")).ok()?;
    file.take(LARGEST_INDEX).read_to_end(&mut index).ok()?;
    index.starts_with(b"DIRC").then_some(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A repository whose index names some files, with a book in `guide`.
    fn repository(paths: &[&str]) -> std::io::Result<tempfile::TempDir> {
        let dir = tempfile::tempdir()?;
        std::fs::create_dir_all(dir.path().join(".git"))?;
        std::fs::create_dir_all(dir.path().join("guide/src"))?;
        let mut index = b"DIRC\0\0\0\x02".to_vec();
        for path in paths {
            index.extend([7; 62]);
            index.extend(path.as_bytes());
            index.push(0);
        }
        std::fs::write(dir.path().join(".git/index"), index)?;
        Ok(dir)
    }

    #[test]
    fn a_repository_is_the_project_of_the_books_in_it_and_of_no_others() -> std::io::Result<()> {
        for (paths, own) in [
            (&["examples/a.rs", "guide/book.toml"][..], false),
            (&["guide/src/SUMMARY.md"], false),
            (&["examples/a.rs", "other/guide/book.toml.old"], true),
            (&[], true),
        ] {
            let dir = repository(paths)?;
            let book = dir.path().join("guide");
            assert_eq!(project_of(&book) == book, own, "{paths:?}");
        }
        Ok(())
    }
}
