//! Where the files of a book go.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diag::{Code, Diagnostic};

/// The folder that finished books go to unless `--out` says otherwise.
const FOLDER: &str = "dist";

/// The path of one file from `--out`: the file itself, or its name in a folder.
pub fn file_path(out: Option<&Path>, slug: &str, extension: &str) -> PathBuf {
    let name = format!("{slug}.{extension}");
    match out {
        None => Path::new(FOLDER).join(name),
        Some(out) if is_folder(out) => out.join(name),
        Some(out) => out.to_owned(),
    }
}

/// The path of one of two files from `--out`: a stem, or a folder. An ending
/// of `.epub` or `.pdf` is not part of the stem.
pub fn stem_path(out: Option<&Path>, slug: &str, extension: &str) -> PathBuf {
    match out {
        Some(out) if !is_folder(out) => {
            let ending = out.extension().and_then(|e| e.to_str());
            let stem = if matches!(ending, Some("epub" | "pdf")) {
                out.with_extension("")
            } else {
                out.to_owned()
            };
            let mut name = stem.into_os_string();
            name.push(".");
            name.push(extension);
            name.into()
        }
        _ => file_path(out, slug, extension),
    }
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// The folder that books go to by default must not be a link: in a book from
/// somebody else it could lead anywhere.
///
/// # Errors
/// If it is a link.
pub fn check_default_folder() -> Result<(), Diagnostic> {
    if !fs::symlink_metadata(FOLDER).is_ok_and(|meta| meta.is_symlink()) {
        return Ok(());
    }
    let message = format!("`{FOLDER}` is a link to another folder, which is not followed");
    let hint = format!("If it is yours, name it with --out {FOLDER}/.");
    Err(Diagnostic::new(Code::NoOutput, message).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_follows_from_out() {
        let file = |out: Option<&str>| file_path(out.map(Path::new), "b", "pdf");
        assert_eq!(file(None), Path::new("dist/b.pdf"));
        assert_eq!(file(Some("x.pdf")), Path::new("x.pdf"));
        assert_eq!(file(Some("new/")), Path::new("new/b.pdf"));
        assert_eq!(file(Some(".")), Path::new("./b.pdf"));
        let stem = |out: Option<&str>| stem_path(out.map(Path::new), "b", "epub");
        assert_eq!(stem(None), Path::new("dist/b.epub"));
        assert_eq!(stem(Some("x")), Path::new("x.epub"));
        assert_eq!(stem(Some("x.pdf")), Path::new("x.epub"));
        assert_eq!(stem(Some("v1.2")), Path::new("v1.2.epub"));
        assert_eq!(stem(Some("new/")), Path::new("new/b.epub"));
    }
}
