//! `bindery new`: a book project out of files that are there already.
//!
//! The files are copied as they are, each at the same place in relation to
//! its pictures and to the other files, so that every relative address in them
//! still holds and nothing in them has to be edited:
//!
//! ```text
//! files ─► read, shaped ─► placement (who goes where) ─► copies, book.toml
//! ```

mod book_toml;
mod imports;
mod placement;
mod source_file;

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::chapter::is_numbered_name;
use super::files::{Folder, title_from_path};
use super::import::DocxError;
use super::layouts;
use crate::model::Lang;
use imports::Imports;
use placement::Placement;
use source_file::InputFile;

/// What `bindery new` is asked for.
#[derive(Debug, Clone, Default)]
pub struct NewBook {
    /// The folder to make. It may exist if it is empty.
    pub folder: PathBuf,
    /// The Markdown files in the order of the chapters, folders of them, or documents
    /// of Word.
    pub from: Vec<PathBuf>,
    /// The title of the book; otherwise it is made from what is known.
    pub title: Option<String>,
    /// The subtitle; otherwise that of a document.
    pub subtitle: Option<String>,
    /// The author; otherwise those that the files name.
    pub author: Option<String>,
    /// The language, as a BCP 47 tag; otherwise that of the files, or `en`.
    pub language: Option<String>,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// The folder of the book.
    pub folder: PathBuf,
    /// The title of the book.
    pub title: String,
    /// All files written, relative to the folder, in the order of writing.
    pub files: Vec<String>,
    /// Pictures that the files show and that could not be copied.
    pub missing: Vec<MissingPicture>,
    /// What was left out of documents, or changed in them, a sentence each.
    pub remarks: Vec<String>,
}

/// A picture that could not be copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingPicture {
    /// The file that shows it, as it was named in the request.
    pub file: PathBuf,
    /// The line it is shown in, from one.
    pub line: usize,
    /// Its address as the file gives it.
    pub address: String,
}

/// Why no project could be made.
#[derive(Debug, Error)]
pub enum CreateError {
    /// Nothing to make a book of.
    #[error("name at least one Markdown file to make a book of")]
    NoFiles,
    /// Nothing is ever overwritten.
    #[error("the folder `{}` is not empty; name a new one", .0.display())]
    NotEmpty(PathBuf),
    /// There is a file of that name.
    #[error("`{}` is a file; name a folder", .0.display())]
    NotAFolder(PathBuf),
    /// The language is no tag.
    #[error("`{0}` is not a language tag; write one of BCP 47, such as `en` or `pt-BR`")]
    Language(String),
    /// A file is not UTF-8.
    #[error("`{}` is not in UTF-8", .0.display())]
    NotUtf8(PathBuf),
    /// A file is named twice.
    #[error("`{}` is named twice", .0.display())]
    Twice(PathBuf),
    /// A file can't be read.
    #[error("`{}` can't be read", .0.display())]
    Read(PathBuf, #[source] io::Error),
    /// A document of Word can't be read.
    #[error("`{}` can't be read", .0.display())]
    Docx(PathBuf, #[source] DocxError),
    /// There is no place for the texts of a document.
    #[error("no temporary folder can be made")]
    Temporary(#[source] io::Error),
    /// A file can't be written.
    #[error("`{}` can't be written", .0.display())]
    Write(PathBuf, #[source] io::Error),
}

/// Makes a book project. Everything is read before anything is written.
///
/// # Errors
/// If the request makes no sense, a file can't be read, or the folder is not
/// empty or can't be written. Pictures that are missing are no error: they are
/// listed in what is returned.
pub fn create(request: &NewBook) -> Result<Created, CreateError> {
    check_folder(&request.folder)?;
    let imports = Imports::of(&request.from)?;
    let request = &NewBook {
        from: imports.files.clone(),
        title: request.title.clone().or(imports.title.clone()),
        subtitle: request.subtitle.clone().or(imports.subtitle.clone()),
        author: request.author.clone().or(imports.author.clone()),
        language: request.language.clone().or_else(|| {
            let tag = imports.language.clone()?;
            Lang::new(&tag).map(|lang| lang.tag().to_owned())
        }),
        ..request.clone()
    };
    let language = match &request.language {
        Some(tag) => Lang::new(tag).ok_or_else(|| CreateError::Language(tag.clone()))?,
        None => Lang::default(),
    };
    let mut inputs = Vec::new();
    let paths: Vec<PathBuf> = request.from.iter().flat_map(|path| files_of(path)).collect();
    if paths.is_empty() {
        return Err(CreateError::NoFiles);
    }
    for path in &paths {
        let input = InputFile::read(path, &language)?;
        if inputs.iter().any(|other: &InputFile| other.place == input.place) {
            return Err(CreateError::Twice(path.clone()));
        }
        inputs.push(input);
    }
    let placement = Placement::of(&inputs);
    let title = request.title.clone().unwrap_or_else(|| made_title(&inputs, &request.folder));
    let book_toml = book_toml::write(request, &title, &inputs, &placement);
    let mut created = Created {
        folder: request.folder.clone(),
        title,
        files: Vec::new(),
        remarks: imports.remarks.clone(),
        missing: inputs.iter().flat_map(|input| input.missing.iter().cloned()).collect(),
    };
    for (from, to) in &placement.copies {
        let bytes = std::fs::read(from).map_err(|e| CreateError::Read(from.clone(), e))?;
        write(&mut created, to, &bytes)?;
    }
    write(&mut created, "book.toml", book_toml.as_bytes())?;
    Ok(created)
}

/// The file itself, or the texts in a folder, in the order of a book of them.
fn files_of(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_path_buf()];
    }
    let (texts, _) = layouts::texts_in(&Folder::new(path));
    texts.iter().map(|text| path.join(text)).collect()
}

fn check_folder(folder: &Path) -> Result<(), CreateError> {
    if folder.is_file() {
        return Err(CreateError::NotAFolder(folder.to_path_buf()));
    }
    match std::fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            Some(_) => Err(CreateError::NotEmpty(folder.to_path_buf())),
            None => Ok(()),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(CreateError::Read(folder.to_path_buf(), error)),
    }
}

fn write(created: &mut Created, path: &str, bytes: &[u8]) -> Result<(), CreateError> {
    let place = created.folder.join(path);
    let fail = |error| CreateError::Write(place.clone(), error);
    if let Some(folder) = place.parent() {
        std::fs::create_dir_all(folder).map_err(fail)?;
    }
    std::fs::write(&place, bytes).map_err(fail)?;
    created.files.push(path.to_owned());
    Ok(())
}

/// The title of a single file, or the words of its name where that is `Chapter 1`; of
/// several files, the words of the folder's name.
fn made_title(inputs: &[InputFile], folder: &Path) -> String {
    let mut named = folder;
    if let [only] = inputs {
        if !is_numbered_name(&only.title) {
            return only.title.clone();
        }
        named = &only.place;
    }
    let name = named.file_name().and_then(|n| n.to_str()).unwrap_or("");
    let words = title_from_path(name);
    if words.is_empty() { "Untitled".to_owned() } else { words }
}
