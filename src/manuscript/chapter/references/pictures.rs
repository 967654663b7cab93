//! The pictures of a chapter: the file of each, its alternative text and its
//! caption.

use super::paths::ChapterPaths;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::config::{Config, PictureEntry};
use crate::manuscript::files::url::is_remote;
use crate::manuscript::files::{FindError, data_url, normalize};
use crate::manuscript::markdown::{Origin, parse_line};
use crate::model::{
    Alt, ExternalAddress, Image, ImageContent, ImageId, Inline, InlineKind, Lang, LinkTarget,
    Placement,
};
use crate::source::{SourceFile, Span};

/// A picture file that a chapter shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundPicture {
    /// Its path in the book's folder, or a name made for it.
    pub path: String,
    /// Where it is named first in the chapter.
    pub span: Span,
    /// Where its bytes are.
    pub content: ImageContent,
    /// The alternative text of its first use.
    pub alt: Option<String>,
    /// Where it is shown first.
    pub placement: Placement,
}

/// What two uses of one picture have in common. Of pictures that are missing,
/// each alternative text gets a frame of its own.
pub(crate) type PictureKey = (String, Option<(Option<String>, Placement)>);

impl FoundPicture {
    /// What this has in common with other uses of the same picture.
    pub fn key(&self) -> PictureKey {
        let frame = match self.content {
            ImageContent::Missing => Some((self.alt.clone(), self.placement)),
            ImageContent::File | ImageContent::Embedded(_) => None,
        };
        (self.path.clone(), frame)
    }
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
    /// The pictures on the network that became links.
    pub linked: Vec<Span>,
}

impl Pictures<'_> {
    /// Finds the file of a picture that the chapter's text shows.
    pub fn resolve(
        &mut self,
        image: &mut Image,
        placement: Placement,
        diagnostics: &mut Diagnostics,
    ) {
        let Some(dest) = self.addresses.get(image.source.0 as usize).cloned() else { return };
        match data_url::read(&dest) {
            Some(found) => self.embedded(image, found, placement, diagnostics),
            None => {
                let path = self.paths.picture(&dest);
                self.resolve_path(image, &dest, path, placement, diagnostics);
            }
        }
    }

    /// The link that is set instead of a picture on the network; `None` for all
    /// others.
    pub fn remote_link(
        &mut self,
        image: &Image,
        in_link: bool,
        diagnostics: &mut Diagnostics,
    ) -> Option<Inline> {
        let dest = self.addresses.get(image.source.0 as usize)?.clone();
        if !is_remote(&dest) || data_url::read(&dest).is_some() {
            return None;
        }
        let message = format!("the picture `{dest}` is not in the book's folder");
        let found = Diagnostic::at(Code::RemotePicture, image.span, message);
        diagnostics.push(found.hint(
            "bindery doesn't download anything and shows a link instead. To show the picture, save it in \
         the book's folder and use that path.",
        ));
        self.linked.push(image.span);
        let words = if image.alt.text().is_empty() { &dest } else { image.alt.text() };
        let words = Inline::text(words, image.span);
        if in_link {
            return Some(words);
        }
        let Ok(address) = ExternalAddress::parse(&dest) else { return Some(words) };
        let target = LinkTarget::External(address);
        Some(Inline::new(InlineKind::link(target, vec![words]), image.span))
    }

    /// A picture that the text itself holds.
    fn embedded(
        &mut self,
        image: &mut Image,
        data: Result<Vec<u8>, &'static str>,
        placement: Placement,
        diagnostics: &mut Diagnostics,
    ) {
        match data {
            Ok(data) => {
                let path = data_url::name(&data);
                self.add(image, path, ImageContent::Embedded(data.into()), placement, diagnostics);
            }
            Err(why) => {
                let message = format!("the picture in this `data:` address is broken: {why}");
                let found = Diagnostic::at(Code::BadPicture, image.span, message);
                diagnostics.push(found.hint("Save it as a file and use its path here."));
                self.add(image, "data:".into(), ImageContent::Missing, placement, diagnostics);
            }
        }
    }

    /// A picture that `book.toml` names, relative to the book's folder.
    pub fn opener(
        &mut self,
        dest: &str,
        alt: Option<&str>,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Image {
        let alt = alt.map_or(Alt::Missing, |alt| Alt::Text(alt.to_owned()));
        let mut image = Image { source: ImageId(0), alt, width: None, span };
        let path = normalize(dest);
        self.resolve_path(&mut image, dest, path, Placement::Block, diagnostics);
        image
    }

    /// Looks for the file of a picture, and gives the picture its alternative
    /// text and its place in the list.
    fn resolve_path(
        &mut self,
        image: &mut Image,
        dest: &str,
        path: Option<String>,
        placement: Placement,
        diagnostics: &mut Diagnostics,
    ) {
        let existing = self.existing(dest, path.clone(), image.span, diagnostics);
        if let Some(entry) = path.as_ref().and_then(|path| self.config.pictures.get(path)) {
            if entry.decorative {
                image.alt = Alt::Decorative;
            } else if let Some(alt) = &entry.alt {
                image.alt = Alt::Text(alt.clone());
            }
        }
        match existing {
            Some(path) => self.add(image, path, ImageContent::File, placement, diagnostics),
            None => {
                let path = path.unwrap_or_else(|| dest.to_owned());
                self.add(image, path, ImageContent::Missing, placement, diagnostics);
            }
        }
    }

    /// Puts a picture into the list, and sees whether it says what it shows.
    fn add(
        &mut self,
        image: &mut Image,
        path: String,
        content: ImageContent,
        placement: Placement,
        diagnostics: &mut Diagnostics,
    ) {
        if image.alt == Alt::Missing && content != ImageContent::Missing {
            let message = format!("the picture `{path}` has no alternative text");
            let found = Diagnostic::at(Code::NoAltText, image.span, message);
            diagnostics.push(found.hint("Describe the picture: `![A tower on its top](…)`.").hint(
                format!(
                    "Or set `alt` under `[images.\"{path}\"]` in book.toml, or \
                         `decorative = true`."
                ),
            ));
        }
        let alt = match &image.alt {
            Alt::Text(alt) => Some(alt.clone()),
            Alt::Decorative | Alt::Missing => None,
        };
        let picture = FoundPicture { path, span: image.span, content, alt, placement };
        let key = picture.key();
        let known = self.found.iter().position(|picture| picture.key() == key);
        let index = known.unwrap_or_else(|| {
            self.found.push(picture);
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
            let hint = "bindery doesn't download anything. Save the picture in the book's folder and use that path.";
            diagnostics.push(found.hint(hint));
            return None;
        }
        if dest.trim().is_empty() {
            let message = "this picture has no path";
            let found = Diagnostic::at(Code::NoPicture, span, message);
            diagnostics.push(found.hint("Write its path: `![Description](path.png)`."));
            return None;
        }
        let outside = |path: &str| {
            let message = format!("the picture `{path}` is outside the book's folder");
            let found = Diagnostic::at(Code::OutsideFolder, span, message);
            found.hint("Copy it into the book's folder and use the path of the copy.")
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
                    None => found.hint("Paths are relative to the file that contains them."),
                }
            }
            FindError::NotAFile => {
                let message = format!("`{path}` is not a file");
                Diagnostic::at(Code::NoPicture, span, message)
                    .hint("Write the path of a picture in it.")
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
