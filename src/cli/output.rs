//! Putting files in their place, whole or not at all.
//!
//! A book is written to a temporary file beside its place and renamed, so that
//! whoever reads the earlier one meanwhile, and whoever is left with it when
//! the disk is full, has a whole file. Several files are all written before
//! the first is renamed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
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

/// Writes files to their places. Nothing is left behind, and nothing that was
/// there is touched, if one of them can't be written.
///
/// # Errors
/// A finding that names the file and what to do about it.
pub fn write_all(files: &[(PathBuf, &[u8])]) -> Result<(), Diagnostic> {
    let mut pending = Vec::new();
    for (path, bytes) in files {
        pending.push(Pending::write(path, bytes).map_err(|e| no_output(path, &e))?);
    }
    for file in pending {
        let path = file.place.clone();
        file.commit().map_err(|e| no_output(&path, &e))?;
    }
    Ok(())
}

fn no_output(path: &Path, error: &io::Error) -> Diagnostic {
    let hint = match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "Check the permissions, or choose another place with --out."
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "The previous file is unchanged. Free some disk space and try again."
        }
        io::ErrorKind::IsADirectory => "A folder is in its way; name another file with --out.",
        _ => "Name another place with --out.",
    };
    Diagnostic::new(Code::NoOutput, format!("{} can't be written: {error}", path.display()))
        .hint(hint)
}

/// A file that is written but not yet in its place; removed if it never gets
/// there.
struct Pending {
    place: PathBuf,
    /// `None` once it is in its place, or when it was written there directly.
    temporary: Option<PathBuf>,
}

impl Pending {
    fn write(path: &Path, bytes: &[u8]) -> io::Result<Pending> {
        // A link is followed, so that the file it leads to is replaced and not
        // the link.
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        match fs::metadata(&place) {
            Ok(meta) if meta.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            // A device or a pipe must not be replaced by a file.
            Ok(meta) if !meta.is_file() => {
                OpenOptions::new().write(true).open(&place)?.write_all(bytes)?;
                return Ok(Pending { place, temporary: None });
            }
            Ok(_) | Err(_) => {}
        }
        if let Some(folder) = place.parent().filter(|p| !p.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        let temporary = beside(&place);
        let mut file = File::create(&temporary)?;
        let pending = Pending { place, temporary: Some(temporary) };
        file.write_all(bytes)?;
        Ok(pending)
    }

    fn commit(mut self) -> io::Result<()> {
        if let Some(temporary) = &self.temporary {
            fs::rename(temporary, &self.place)?;
            self.temporary = None;
        }
        Ok(())
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            // There is nobody to tell, and the build has failed already.
            let _ = fs::remove_file(temporary);
        }
    }
}

/// A hidden name in the same folder, so that the rename stays on one disk.
/// The number of the process keeps two runs apart.
fn beside(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
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

    #[test]
    fn a_file_is_replaced_and_nothing_else_left() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join("sub/b.pdf");
        write_all(&[(path.clone(), b"one")]).map_err(|d| io::Error::other(d.message))?;
        write_all(&[(path.clone(), b"two")]).map_err(|d| io::Error::other(d.message))?;
        assert_eq!(fs::read(&path)?, b"two");
        assert_eq!(fs::read_dir(dir.path().join("sub"))?.count(), 1);
        Ok(())
    }

    #[test]
    fn if_one_can_not_be_written_none_is() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let (sound, blocked) = (dir.path().join("b.epub"), dir.path().join("b.pdf"));
        fs::write(&sound, "earlier")?;
        fs::create_dir(&blocked)?;
        let outcome = write_all(&[(sound.clone(), b"new"), (blocked, b"new")]);
        assert_eq!(outcome.map_err(|d| d.code), Err(Code::NoOutput));
        assert_eq!(fs::read(&sound)?, b"earlier");
        assert_eq!(fs::read_dir(dir.path())?.count(), 2, "no temporary file is left");
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let (real, link) = (dir.path().join("real.pdf"), dir.path().join("link.pdf"));
        fs::write(&real, "earlier")?;
        std::os::unix::fs::symlink(&real, &link)?;
        write_all(&[(link.clone(), b"new")]).map_err(|d| io::Error::other(d.message))?;
        assert_eq!(fs::read(&real)?, b"new");
        assert!(fs::symlink_metadata(&link)?.is_symlink());
        Ok(())
    }
}
