//! Writing files whole or not at all.
//!
//! A file is written to a temporary file beside its place, forced to the disk and
//! renamed, so that whoever reads the earlier one meanwhile, and whoever is left
//! with it when the disk is full or the power fails, has a whole file. Several
//! files are all written before the first is renamed.
//!
//! A temporary file is locked as long as its process lives. One that can be locked
//! was left by a process that was killed, and the next run removes it.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::diag::{Code, Diagnostic};

/// The temporary files that are there now, for [`remove_temporary_files_and_exit`].
static TEMPORARY: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// How many bytes tell what kind of file something is: an EPUB names its kind in
/// bytes 30 to 57 (EPUB OCF 3.3, section 4.2.6).
const SIGNATURE: usize = 58;

/// Writes files to their places. Nothing is left behind, and nothing that was
/// there is touched, if one of them can't be written.
///
/// A link at a file's place is replaced, and not the file it leads to. A file that
/// is there is only replaced by one of its kind.
///
/// # Errors
/// A finding that names the file and what to do about it.
pub fn write_all(files: &[(PathBuf, &[u8])]) -> Result<(), Diagnostic> {
    let mut pending = Vec::new();
    for (path, bytes) in files {
        pending.push(Pending::write(path, bytes)?);
    }
    for file in pending {
        let path = file.place.clone();
        file.commit().map_err(|e| no_output(&path, &e))?;
    }
    Ok(())
}

/// Ends the process that was asked to stop, and removes what is not in its place yet.
///
/// The lock is held to the end, so that no other thread makes a file after that.
pub fn remove_temporary_files_and_exit(code: i32) -> ! {
    let mut paths = temporary_files();
    for path in paths.drain(..) {
        // There is nobody to tell.
        let _ = fs::remove_file(path);
    }
    std::process::exit(code)
}

fn temporary_files() -> MutexGuard<'static, Vec<PathBuf>> {
    TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner)
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

fn not_ours(path: &Path) -> Diagnostic {
    let message = format!("{} exists and is another kind of file", path.display());
    Diagnostic::new(Code::NoOutput, message)
        .hint("Name another file with --out, or remove this one if it is not needed.")
}

/// A file that is written but not yet in its place; removed if it never gets
/// there.
struct Pending {
    place: PathBuf,
    /// `None` once it is in its place, or when it was written there directly. The
    /// open file holds the lock.
    temporary: Option<(PathBuf, File)>,
}

impl Pending {
    fn write(path: &Path, bytes: &[u8]) -> Result<Pending, Diagnostic> {
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                return Err(no_output(path, &io::ErrorKind::IsADirectory.into()));
            }
            // A device or a pipe must not be replaced by a file.
            Ok(meta) if !meta.is_file() => {
                let written = OpenOptions::new().write(true).open(path);
                written.and_then(|mut f| f.write_all(bytes)).map_err(|e| no_output(path, &e))?;
                return Ok(Pending { place: path.to_owned(), temporary: None });
            }
            Ok(_) if !is_replaceable(path, bytes) => return Err(not_ours(path)),
            Ok(_) | Err(_) => {}
        }
        Pending::beside(path, bytes).map_err(|e| no_output(path, &e))
    }

    /// Writes a file beside its place, to be renamed.
    fn beside(place: &Path, bytes: &[u8]) -> io::Result<Pending> {
        if let Some(folder) = place.parent().filter(|p| !p.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        remove_left_behind(place);
        let temporary = temporary_name(place);
        let mut paths = temporary_files();
        let mut file = create_locked(&temporary)?;
        paths.push(temporary.clone());
        drop(paths);
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        // Made before the error is passed on, so that the file is removed then.
        let pending = Pending { place: place.to_owned(), temporary: Some((temporary, file)) };
        written.map(|()| pending)
    }

    fn commit(mut self) -> io::Result<()> {
        if let Some((temporary, _)) = &self.temporary {
            fs::rename(temporary, &self.place)?;
            self.forget();
        }
        Ok(())
    }

    /// Stops keeping the temporary file in mind; returns it.
    fn forget(&mut self) -> Option<PathBuf> {
        let (path, _) = self.temporary.take()?;
        temporary_files().retain(|other| *other != path);
        Some(path)
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if let Some(temporary) = self.forget() {
            // There is nobody to tell, and the build has failed already.
            let _ = fs::remove_file(temporary);
        }
    }
}

/// Whether a file may be replaced: it is empty or begins like the new one. So
/// `--out book.toml` costs no manuscript.
fn is_replaceable(path: &Path, bytes: &[u8]) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|f| f.take(SIGNATURE as u64).read_to_end(&mut start));
    // One that can't be read gets the error that writing it gets.
    read.is_err() || start.is_empty() || kind(&start) == kind(bytes)
}

/// What the first bytes of a file say about its kind.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    const EPUB: &[u8] = b"mimetypeapplication/epub+zip";
    if bytes.get(30..SIGNATURE) == Some(EPUB) {
        return Some("EPUB");
    }
    let start = bytes.get(..4)?;
    match start {
        b"%PDF" => Some("PDF"),
        b"<svg" | b"<?xm" => Some("SVG"),
        _ => None,
    }
}

/// A hidden name in the same folder, so that the rename stays on one disk.
/// The number of the process keeps two runs apart.
fn temporary_name(place: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", std::process::id()));
    place.with_file_name(name)
}

/// Makes a file that no other run takes for left behind. One that another run
/// removes before it is locked is made again.
fn create_locked(path: &Path) -> io::Result<File> {
    const ATTEMPTS: usize = 100;
    for _ in 0..ATTEMPTS {
        let file = File::create(path)?;
        match file.try_lock() {
            // Another run holds the lock while it removes the file.
            Err(TryLockError::WouldBlock) => continue,
            // Where files can't be locked, no run removes another's.
            Err(TryLockError::Error(_)) => return Ok(file),
            Ok(()) if path.exists() => return Ok(file),
            Ok(()) => {}
        }
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

/// Removes the temporary files for this place that no process holds any more.
fn remove_left_behind(place: &Path) {
    let folder = place.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let file_name = entry.file_name();
        let number = file_name.to_str().and_then(|other| {
            other.strip_prefix('.')?.strip_prefix(&*name)?.strip_prefix('.')?.strip_suffix(".tmp")
        });
        let is_temporary = number.is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
        if !is_temporary {
            continue;
        }
        // The lock is held until the file is gone, see [`create_locked`].
        if let Ok(file) = File::open(entry.path())
            && file.try_lock().is_ok()
        {
            // If it can't be removed, it stays as harmless as it was.
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EARLIER: &[u8] = b"%PDF-earlier";
    const NEW: &[u8] = b"%PDF-new";

    fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
        write_all(&[(path.to_owned(), bytes)]).map_err(|d| io::Error::other(d.message))
    }

    #[test]
    fn a_file_is_replaced_and_nothing_else_left() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join("sub/b.pdf");
        write(&path, EARLIER)?;
        write(&path, NEW)?;
        assert_eq!(fs::read(&path)?, NEW);
        assert_eq!(fs::read_dir(dir.path().join("sub"))?.count(), 1);
        Ok(())
    }

    #[test]
    fn if_one_can_not_be_written_none_is() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let (sound, blocked) = (dir.path().join("b.epub"), dir.path().join("b.pdf"));
        fs::write(&sound, EARLIER)?;
        fs::create_dir(&blocked)?;
        let outcome = write_all(&[(sound.clone(), NEW), (blocked, NEW)]);
        assert_eq!(outcome.map_err(|d| d.code), Err(Code::NoOutput));
        assert_eq!(fs::read(&sound)?, EARLIER);
        assert_eq!(fs::read_dir(dir.path())?.count(), 2, "no temporary file is left");
        Ok(())
    }

    #[test]
    fn a_file_of_another_kind_stays() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let docx = [b"PK\x03\x04".as_slice(), &[0; 60]].concat();
        for (name, text) in [("book.toml", b"title = 1".as_slice()), ("a.docx", &docx)] {
            let path = dir.path().join(name);
            fs::write(&path, text)?;
            assert!(write(&path, NEW).is_err(), "{name}");
            assert_eq!(fs::read(&path)?, text);
        }
        let empty = dir.path().join("empty.pdf");
        fs::write(&empty, "")?;
        write(&empty, NEW)
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_replaced_and_what_it_leads_to_stays() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let (real, link) = (dir.path().join("real.pdf"), dir.path().join("link.pdf"));
        fs::write(&real, EARLIER)?;
        std::os::unix::fs::symlink(&real, &link)?;
        write(&link, NEW)?;
        assert_eq!(fs::read(&real)?, EARLIER);
        assert_eq!(fs::read(&link)?, NEW);
        assert!(!fs::symlink_metadata(&link)?.is_symlink());
        Ok(())
    }

    #[test]
    fn what_a_killed_process_left_is_removed_and_what_a_living_one_has_is_not() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let left = dir.path().join(".b.pdf.4000000000.tmp");
        let held = dir.path().join(".b.pdf.4000000001.tmp");
        let other = dir.path().join(".b.pdf.mine.tmp");
        for path in [&left, &held, &other] {
            fs::write(path, "half")?;
        }
        let holder = File::open(&held)?;
        holder.try_lock().map_err(|e| io::Error::other(e.to_string()))?;
        write(&dir.path().join("b.pdf"), NEW)?;
        assert_eq!([&left, &held, &other].map(|path| path.exists()), [false, true, true]);
        Ok(())
    }
}
