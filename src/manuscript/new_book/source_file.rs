//! A file that a new book is made of, as far as it must be understood.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::{CreateError, MissingPicture};
use crate::diag::Diagnostics;
use crate::manuscript::chapter::{KnownTitles, Structure, structure};
use crate::manuscript::files::url::is_remote;
use crate::manuscript::files::{percent_decode, title_from_path};
use crate::manuscript::front_matter::{self, FrontMatter};
use crate::manuscript::markdown::{self, Origin};
use crate::model::{
    Alt, Block, BlockKind, Image, Inline, InlineKind, Lang, Visitor, plain_text, walk_block,
    walk_inline,
};
use crate::source::{FileId, SourceMap};

/// One of the files.
#[derive(Debug)]
pub(super) struct InputFile {
    /// Where it is, without symbolic links.
    pub place: PathBuf,
    /// Its parts.
    pub structure: Structure,
    /// What it says of itself.
    pub front: FrontMatter,
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

impl InputFile {
    /// Reads a file; what is wrong in it is reported when the book is built.
    pub fn read(path: &Path, language: &Lang) -> Result<Self, CreateError> {
        let fail = |error| CreateError::Read(path.to_path_buf(), error);
        let place = path.canonicalize().map_err(fail)?;
        let bytes = std::fs::read(&place).map_err(fail)?;
        let text =
            String::from_utf8(bytes).map_err(|_| CreateError::NotUtf8(path.to_path_buf()))?;
        let text: Arc<str> = text.strip_prefix('\u{FEFF}').unwrap_or(&text).into();
        let mut sources = SourceMap::default();
        let file = sources.add("", text.clone());
        // Reported when the book is built.
        let mut ignored = Diagnostics::default();
        let front = front_matter::read(&text, file, &mut ignored);
        let origin = Origin::Part(file, front.end);
        let body = text.get(front.end..).unwrap_or("");
        let parsed = markdown::parse(body, origin, language, &mut ignored);
        let given = KnownTitles {
            front_title: front.title.as_ref().map(|t| t.value.clone()),
            front_subtitle: front.subtitle.as_ref().map(|t| t.value.clone()),
            ..KnownTitles::default()
        };
        let structure = structure(parsed.blocks, &given, &[], &mut ignored);
        let mut input = Self {
            title: title_of(&structure, &front, path),
            place,
            structure,
            front,
            pictures: BTreeMap::new(),
            opener: None,
            missing: Vec::new(),
        };
        input.find_pictures(path, &parsed.pictures, &sources, file);
        Ok(input)
    }

    fn find_pictures(
        &mut self,
        named: &Path,
        addresses: &[String],
        sources: &SourceMap,
        file: FileId,
    ) {
        let folder = self.place.parent().map(Path::to_path_buf).unwrap_or_default();
        let mut shown = Shown(self.structure.opener.iter().cloned().collect());
        shown.blocks(&self.structure.blocks);
        for (index, image) in shown.0.into_iter().enumerate() {
            let Some(address) = addresses.get(image.source.0 as usize) else { continue };
            match picture_at(&folder, address) {
                Some(place) => {
                    if index == 0 && self.structure.opener.is_some() {
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
        walk_inline(self, inline);
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

fn title_of(structure: &Structure, front: &FrontMatter, path: &Path) -> String {
    let written = plain_text(&structure.title);
    let front = front.title.as_ref().map(|t| t.value.clone());
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("");
    [Some(written), front, Some(title_from_path(name))]
        .into_iter()
        .flatten()
        .find(|title| !title.trim().is_empty())
        .unwrap_or_else(|| "Untitled".to_owned())
}

impl InputFile {
    /// Its own place and those of its pictures.
    pub fn places(&self) -> impl Iterator<Item = &PathBuf> {
        std::iter::once(&self.place).chain(self.pictures.keys())
    }
}
