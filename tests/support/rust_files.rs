//! The sources of the project, for tests about them.

use std::fs;
use std::path::{Path, PathBuf};

/// All Rust files below a folder of the project, with their texts, sorted.
pub fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    found.sort();
    assert!(!found.is_empty(), "no Rust files in {folder}");
    found
}

fn gather(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).expect("Rust is UTF-8");
            let root = Path::new(env!("CARGO_MANIFEST_DIR"));
            found.push((path.strip_prefix(root).expect("in the project").to_owned(), text));
        }
    }
}
