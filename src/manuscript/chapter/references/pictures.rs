//! The pictures of a chapter: the file of each, its alternative text and its
//! caption.

use std::sync::Arc;

use super::paths::ChapterPaths;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::config::{Config, PictureEntry};
use crate::manuscript::files::url::is_remote;
use crate::manuscript::files::{FindError, data_url, normalize};
use crate::manuscript::markdown::{Origin, parse_line};
use crate::model::{Alt, Image, ImageId, Inline, InlineKind, Lang, LinkTarget};
use crate::source::{SourceFile, Span};

/// A picture file that a chapter shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundPicture {
    /// Its path in the book's folder, or a name made for it.
    pub path: String,
    /// Where it is named first in the chapter.
    pub span: Span,
    /// The picture itself, where the text holds it.
    pub data: Option<Arc<[u8]>>,
}

/// The pictures of one chapter.
pub(super) struct Pictures<'a> {
    /// Where the chapter's paths begin.
    pub paths: ChapterPaths<'a>,
    /// What `book.toml` says of pictures.
    pub config: &'a Config,
    /// The text of `book.toml`.
    pub book_toml: &'a SourceFile,
    /// The language of the chapter.
    pub lang: &'a Lang,
    /// The addresses of pictures as the file gives them, one for each use.
    pub addresses: &'a [String],
    /// The pictures found; the model's `ImageId`s point into this list when
    /// the work is done.
    pub found: Vec<FoundPicture>,
}

impl Pictures<'_> {
    /// Finds the file of a picture that the chapter's text shows.
    pub fn resolve(&mut self, image: &mut Image, diagnostics: &mut Diagnostics) -> bool {
        let Some(dest) = self.addresses.get(image.source.0 as usize).cloned() else { return false };
        if let Some(found) = data_url::read(&dest) {
            return self.embedded(image, found, diagnostics);
        }
        let path = if is_remote(&dest) { None } else { self.paths.picture(&dest) };
        self.resolve_path(image, &dest, path, diagnostics)
    }

    /// The link to a picture on the network, where `book.toml` asks for that.
    pub fn remote_link(&self, image: &Image, in_link: bool) -> Option<Inline> {
        let dest = self.addresses.get(image.source.0 as usize)?;
        let linked = self.config.remote_images_as_links && is_remote(dest);
        if !linked || data_url::read(dest).is_some() {
            return None;
        }
        let words = if image.alt.text().is_empty() { dest } else { image.alt.text() };
        let words = Inline::text(words, image.span);
        if in_link {
            return Some(words);
        }
        let target = LinkTarget::External(dest.clone());
        Some(Inline::new(InlineKind::link(target, vec![words]), image.span))
    }

    /// A picture that the text itself holds.
    fn embedded(
        &mut self,
        image: &mut Image,
        data: Result<Vec<u8>, &'static str>,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let data = match data {
            Ok(data) => data,
            Err(why) => {
                let message = format!("the picture in this `data:` address is broken: {why}");
                let found = Diagnostic::at(Code::BadPicture, image.span, message);
                diagnostics.push(found.hint("Save it as a file and name it here."));
                return false;
            }
        };
        let path = data_url::name(&data);
        self.add(image, path, Some(data.into()), diagnostics);
        true
    }

    /// A picture that `book.toml` names, relative to the book's folder.
    pub fn opener(
        &mut self,
        dest: &str,
        alt: Option<&str>,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Option<Image> {
        let alt = alt.map_or(Alt::Missing, |alt| Alt::Text(alt.to_owned()));
        let mut image = Image { source: ImageId(0), alt, span };
        let path = if is_remote(dest) { None } else { normalize(dest) };
        self.resolve_path(&mut image, dest, path, diagnostics).then_some(image)
    }

    /// Checks the file of a picture, and gives the picture its alternative text
    /// and its place in the list. False if there is no such file.
    fn resolve_path(
        &mut self,
        image: &mut Image,
        dest: &str,
        path: Option<String>,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let Some(path) = self.existing(dest, path, image.span, diagnostics) else { return false };
        if let Some(entry) = self.config.pictures.get(&path) {
            if entry.decorative {
                image.alt = Alt::Decorative;
            } else if let Some(alt) = &entry.alt {
                image.alt = Alt::Text(alt.clone());
            }
        }
        self.add(image, path, None, diagnostics);
        true
    }

    /// Puts a picture into the list, and sees whether it says what it shows.
    fn add(
        &mut self,
        image: &mut Image,
        path: String,
        data: Option<Arc<[u8]>>,
        diagnostics: &mut Diagnostics,
    ) {
        if image.alt == Alt::Missing {
            let message = format!("the picture `{path}` has no alternative text");
            let found = Diagnostic::at(Code::NoAltText, image.span, message);
            diagnostics.push(
                found.hint("Say what there is to see: `![A tower on its top](…)`.").hint(format!(
                    "Or give `[images.\"{path}\"]` in book.toml an `alt`, or \
                         `decorative = true`."
                )),
            );
        }
        let known = self.found.iter().position(|picture| picture.path == path);
        let index = known.unwrap_or_else(|| {
            self.found.push(FoundPicture { path, span: image.span, data });
            self.found.len() - 1
        });
        image.source = ImageId(u32::try_from(index).unwrap_or(u32::MAX));
    }

    /// The path if there is such a file in the book's folder.
    fn existing(
        &self,
        dest: &str,
        path: Option<String>,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        if is_remote(dest) {
            let message = format!("the picture `{dest}` is not in the book's folder");
            let found = Diagnostic::at(Code::RemotePicture, span, message);
            let hint =
                "Nothing is fetched from the network: save it in the folder and name it there.";
            let other = "Or write `remote-images = \"link\"` in book.toml to have a link to it.";
            diagnostics.push(found.hint(hint).hint(other));
            return None;
        }
        if dest.trim().is_empty() {
            let message = "this picture names no file";
            let found = Diagnostic::at(Code::DeadLink, span, message);
            diagnostics.push(found.hint("Write its path: `![What it shows](path.png)`."));
            return None;
        }
        let outside = |path: &str| {
            let message = format!("the picture `{path}` is outside the book's folder");
            let found = Diagnostic::at(Code::OutsideFolder, span, message);
            found.hint("Copy it into the folder and name it from there.")
        };
        let Some(path) = path else {
            diagnostics.push(outside(dest));
            return None;
        };
        let error = match self.paths.folder.find(&path) {
            Ok(_) => return Some(path),
            Err(error) => error,
        };
        let found = match error {
            FindError::Outside => outside(&path),
            FindError::Missing(guess) => {
                let message = format!("there is no picture `{path}`");
                let found = Diagnostic::at(Code::NoPicture, span, message);
                match guess {
                    Some(guess) => found.hint(format!("Did you mean `{guess}`?")),
                    None => found.hint("Put it there, relative to the file that shows it."),
                }
            }
            FindError::NotAFile => {
                let message = format!("`{path}` is not a file");
                Diagnostic::at(Code::NoPicture, span, message).hint("Name a picture in it.")
            }
        };
        diagnostics.push(found);
        None
    }

    /// The caption that `book.toml` gives a picture.
    pub fn caption(&self, images: &[Image], diagnostics: &mut Diagnostics) -> Option<Vec<Inline>> {
        let entry: &PictureEntry = images.iter().find_map(|image| {
            let path = &self.found.get(image.source.0 as usize)?.path;
            self.config.pictures.get(path).filter(|entry| entry.caption.is_some())
        })?;
        let caption = entry.caption.as_ref()?;
        let origin = Origin::of_value(caption, self.book_toml);
        Some(parse_line(&caption.value, origin, self.lang, diagnostics))
    }
}
