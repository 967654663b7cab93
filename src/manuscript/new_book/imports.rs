//! Documents of other formats among the files of a new book: each becomes a folder
//! of Markdown first, from which the book is made like from any other.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::CreateError;
use crate::manuscript::import::{Imported, is_docx, read_docx};
use crate::names::slug;

/// The files of a request, with the documents among them turned into texts.
#[derive(Debug, Default)]
pub(super) struct Imports {
    /// The files to make a book of.
    pub files: Vec<PathBuf>,
    /// What the first document says of itself.
    pub title: Option<String>,
    /// Its subtitle.
    pub subtitle: Option<String>,
    /// Its author.
    pub author: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// What was left out or changed.
    pub remarks: Vec<String>,
    /// The folder that the texts are in until they are copied.
    _folder: Option<TempDir>,
}

impl Imports {
    /// Turns the documents among some files into texts.
    pub fn of(files: &[PathBuf]) -> Result<Imports, CreateError> {
        let mut out = Imports::default();
        if !files.iter().any(|path| is_docx(path)) {
            out.files = files.to_vec();
            return Ok(out);
        }
        let folder = tempfile::tempdir().map_err(CreateError::Temporary)?;
        for (number, path) in files.iter().enumerate() {
            if is_docx(path) {
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                let name = format!("{number}-{}", slug(&stem));
                out.add(path, &folder.path().join(name))?;
            } else {
                out.files.push(path.clone());
            }
        }
        out._folder = Some(folder);
        Ok(out)
    }

    fn add(&mut self, path: &Path, folder: &Path) -> Result<(), CreateError> {
        let fail = |error| CreateError::Read(path.to_path_buf(), error);
        let bytes = std::fs::read(path).map_err(fail)?;
        let imported =
            read_docx(&bytes).map_err(|fault| CreateError::Docx(path.to_path_buf(), fault))?;
        let Imported { texts, pictures, title, subtitle, author, language, remarks } = imported;
        std::fs::create_dir_all(folder.join("images")).map_err(CreateError::Temporary)?;
        let write = |name: &str, bytes: &[u8]| {
            std::fs::write(folder.join(name), bytes).map_err(CreateError::Temporary)
        };
        for (name, bytes) in &pictures {
            write(name, bytes)?;
        }
        for (name, text) in &texts {
            write(name, text.as_bytes())?;
            self.files.push(folder.join(name));
        }
        self.title = self.title.take().or(title);
        self.subtitle = self.subtitle.take().or(subtitle);
        self.author = self.author.take().or(author);
        self.language = self.language.take().or(language);
        let name = path.display();
        self.remarks.extend(remarks.into_iter().map(|remark| format!("{name}: {remark}")));
        Ok(())
    }
}
