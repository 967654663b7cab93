//! `bindery new`: a book project out of files that are there already.
//!
//! The files are copied as they are, each at the same place in relation to
//! its pictures and to the other files, so that every relative address in them
//! still holds and nothing in them has to be edited:
//!
//! ```text
//! files ─► read, shaped ─► layout (who goes where) ─► copies, book.toml
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use super::chapter::words_of_name;
use super::draft_toml;
use super::files::percent_decode;
use super::front_matter;
use super::markdown::{self, Origin};
use super::references::is_remote;
use super::structure::{Given, Shape, shape};
use crate::diag::Diagnostics;
use crate::model::{Alt, Block, BlockKind, Image, Inline, InlineKind, Lang, Visitor, walk_block};
use crate::names::{slug_or, unique};
use crate::source::{FileId, SourceMap};

/// What `bindery new` is asked for.
#[derive(Debug, Clone, Default)]
pub struct NewBook {
    /// The folder to make. It may exist if it is empty.
    pub folder: PathBuf,
    /// The Markdown files, in the order of the chapters.
    pub from: Vec<PathBuf>,
    /// The title of the book; otherwise it is made from what is known.
    pub title: Option<String>,
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
    if request.from.is_empty() {
        return Err(CreateError::NoFiles);
    }
    let language = match &request.language {
        Some(tag) => Lang::new(tag).ok_or_else(|| CreateError::Language(tag.clone()))?,
        None => Lang::default(),
    };
    let mut essays = Vec::new();
    for path in &request.from {
        let essay = Essay::read(path, &language)?;
        if essays.iter().any(|other: &Essay| other.place == essay.place) {
            return Err(CreateError::Twice(path.clone()));
        }
        essays.push(essay);
    }
    let layout = Layout::of(&essays);
    let title = request.title.clone().unwrap_or_else(|| made_title(&essays, &request.folder));
    let book_toml = draft_toml::write(request, &title, &essays, &layout);
    let mut created = Created {
        folder: request.folder.clone(),
        title,
        files: Vec::new(),
        missing: essays.iter().flat_map(|essay| essay.missing.iter().cloned()).collect(),
    };
    for (from, to) in &layout.copies {
        let bytes = std::fs::read(from).map_err(|e| CreateError::Read(from.clone(), e))?;
        write(&mut created, to, &bytes)?;
    }
    write(&mut created, "book.toml", book_toml.as_bytes())?;
    Ok(created)
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

/// One of the files.
#[derive(Debug)]
pub(super) struct Essay {
    /// Where it is, without symbolic links.
    pub place: PathBuf,
    /// Its parts.
    pub shape: Shape,
    /// What it says of itself.
    pub front: front_matter::FrontMatter,
    /// The title as words, from the text, the front matter or the file's name.
    pub title: String,
    /// The pictures that are there, by their place, and whether each has
    /// alternative text wherever it is shown.
    pub pictures: BTreeMap<PathBuf, bool>,
    /// The place of the opener.
    pub opener: Option<PathBuf>,
    /// The pictures that aren't there.
    pub missing: Vec<MissingPicture>,
}

impl Essay {
    fn read(path: &Path, language: &Lang) -> Result<Self, CreateError> {
        let fail = |error| CreateError::Read(path.to_path_buf(), error);
        let place = path.canonicalize().map_err(fail)?;
        let bytes = std::fs::read(&place).map_err(fail)?;
        let text =
            String::from_utf8(bytes).map_err(|_| CreateError::NotUtf8(path.to_path_buf()))?;
        let text: Arc<str> = text.strip_prefix('\u{FEFF}').unwrap_or(&text).into();
        let mut sources = SourceMap::default();
        let file = sources.add("", text.clone());
        // What is wrong in the files is said when the book is built.
        let mut unheard = Diagnostics::default();
        let front = front_matter::read(&text, file, &mut unheard);
        let origin = Origin::Part(file, front.end);
        let body = text.get(front.end..).unwrap_or("");
        let draft = markdown::parse(body, origin, language, &mut unheard);
        let given = Given {
            front_title: front.title.as_ref().map(|t| t.value.clone()),
            front_subtitle: front.subtitle.as_ref().map(|t| t.value.clone()),
            ..Given::default()
        };
        let shape = shape(draft.blocks, &given, &[], &mut unheard);
        let mut essay = Self {
            title: title_of(&shape, &front, path),
            place,
            shape,
            front,
            pictures: BTreeMap::new(),
            opener: None,
            missing: Vec::new(),
        };
        essay.find_pictures(path, &draft.pictures, &sources, file);
        Ok(essay)
    }

    fn find_pictures(
        &mut self,
        named: &Path,
        addresses: &[String],
        sources: &SourceMap,
        file: FileId,
    ) {
        let folder = self.place.parent().map(Path::to_path_buf).unwrap_or_default();
        let mut shown = Shown(self.shape.opener.iter().cloned().collect());
        shown.blocks(&self.shape.blocks);
        for (index, image) in shown.0.into_iter().enumerate() {
            let Some(address) = addresses.get(image.source.0 as usize) else { continue };
            match picture_at(&folder, address) {
                Some(place) => {
                    if index == 0 && self.shape.opener.is_some() {
                        self.opener = Some(place.clone());
                    }
                    let has_alt = image.alt != Alt::Missing;
                    let all = self.pictures.entry(place).or_insert(true);
                    *all &= has_alt;
                }
                None => {
                    let line = sources.get(file).map_or(1, |f| f.line_col(image.span.start).line);
                    let address = address.clone();
                    let file = named.to_path_buf();
                    self.missing.push(MissingPicture { file, line, address });
                }
            }
        }
    }
}

/// All pictures, in reading order.
struct Shown(Vec<Image>);

impl Visitor for Shown {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Figure { images, .. } = &block.kind {
            self.0.extend(images.iter().cloned());
        }
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Image(image) = &inline.kind {
            self.0.push(image.clone());
        }
        crate::model::walk_inline(self, inline);
    }
}

/// The file of a relative address, if it is there.
fn picture_at(folder: &Path, address: &str) -> Option<PathBuf> {
    if is_remote(address) || address.starts_with('/') {
        return None;
    }
    let bare = address.split(['?', '#']).next().unwrap_or(address);
    let candidates = [address.to_owned(), percent_decode(bare)];
    candidates.iter().map(|path| plain(&folder.join(path))).find(|place| place.is_file())
}

/// The path without `.` and `..`, by its words alone: the copy must lie where
/// the address says, whatever links the folders are.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

fn title_of(shape: &Shape, front: &front_matter::FrontMatter, path: &Path) -> String {
    let written = crate::model::plain_text(&shape.title);
    let front = front.title.as_ref().map(|t| t.value.clone());
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("");
    [Some(written), front, Some(words_of_name(name))]
        .into_iter()
        .flatten()
        .find(|title| !title.trim().is_empty())
        .unwrap_or_else(|| "Untitled".to_owned())
}

/// The title of a single file, or the words of the folder's name.
fn made_title(essays: &[Essay], folder: &Path) -> String {
    if let [only] = essays {
        return only.title.clone();
    }
    let name = folder.file_name().and_then(|n| n.to_str()).unwrap_or("");
    let words = words_of_name(name);
    if words.is_empty() { "Untitled".to_owned() } else { words }
}

/// Which file goes where.
#[derive(Debug)]
pub(super) struct Layout {
    /// From and to; a file that several essays show is there once.
    pub copies: Vec<(PathBuf, String)>,
    /// The new path of each essay.
    pub essays: Vec<String>,
    /// The new paths of pictures, by essay and place.
    pub pictures: Vec<BTreeMap<PathBuf, String>>,
}

/// The most folders that the files may lie below their common one. Where they
/// lie further apart, each essay gets a folder of its own.
const DEEPEST: usize = 3;

impl Layout {
    /// The files as they lie in relation to each other; if they lie far apart,
    /// each essay with its pictures in a folder `01-title`.
    fn of(essays: &[Essay]) -> Self {
        let all = essays.iter().flat_map(Essay::places);
        let together = common_folder(all).filter(|root| {
            let depth = |place: &PathBuf| {
                place.strip_prefix(root).map_or(usize::MAX, |rest| rest.components().count())
            };
            essays.iter().flat_map(Essay::places).all(|place| depth(place) <= DEEPEST + 1)
        });
        let mut layout = Self { copies: Vec::new(), essays: Vec::new(), pictures: Vec::new() };
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for (index, essay) in essays.iter().enumerate() {
            let (root, prefix) = match &together {
                Some(root) => (root.clone(), String::new()),
                None => {
                    let name = format!("{:02}-{}", index + 1, slug_or(&essay.title, "chapter"));
                    let name = unique(&name, |name| taken.contains(name));
                    taken.insert(name.clone());
                    (common_folder(essay.places()).unwrap_or_default(), format!("{name}/"))
                }
            };
            let to = |place: &Path| format!("{prefix}{}", relative(&root, place));
            layout.essays.push(to(&essay.place));
            layout.copy(&essay.place, to(&essay.place));
            let mut pictures = BTreeMap::new();
            for place in essay.pictures.keys() {
                layout.copy(place, to(place));
                pictures.insert(place.clone(), to(place));
            }
            layout.pictures.push(pictures);
        }
        layout
    }

    fn copy(&mut self, from: &Path, to: String) {
        if !self.copies.iter().any(|(_, other)| *other == to) {
            self.copies.push((from.to_path_buf(), to));
        }
    }
}

impl Essay {
    fn places(&self) -> impl Iterator<Item = &PathBuf> {
        std::iter::once(&self.place).chain(self.pictures.keys())
    }
}

/// The deepest folder that all files are in.
fn common_folder<'p>(places: impl IntoIterator<Item = &'p PathBuf>) -> Option<PathBuf> {
    let mut folders = places.into_iter().filter_map(|place| place.parent());
    let mut common = folders.next()?.to_path_buf();
    for folder in folders {
        while !folder.starts_with(&common) {
            if !common.pop() {
                return None;
            }
        }
    }
    Some(common)
}

/// The path below a folder, with `/`.
fn relative(root: &Path, place: &Path) -> String {
    let rest = place.strip_prefix(root).unwrap_or(place);
    let parts: Vec<String> = rest
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            Component::Prefix(_)
            | Component::RootDir
            | Component::CurDir
            | Component::ParentDir => None,
        })
        .collect();
    parts.join("/")
}
