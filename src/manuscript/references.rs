//! Where the links and pictures of a chapter lead.
//!
//! Addresses are as the writer's file gives them until here. A picture must be
//! a file in the book's folder; a link to a chapter, by its file or by the
//! address it was published under, becomes a name that `resolve` knows
//! ([`PlaceName`]).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::config::{Config, PictureEntry};
use super::data_uri;
use super::files::{Folder, Trouble, beside, normalise, percent_decode};
use super::markdown::{Origin, parse_line};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Alt, Block, BlockKind, Image, ImageId, Inline, InlineKind, Lang, LinkTarget, Otherwise,
    PlaceName, VisitorMut, walk_block_mut, walk_inline_mut,
};
use crate::names::nearest;
use crate::source::{SourceFile, Span};

/// The chapters as links may name them.
#[derive(Debug, Default)]
pub(super) struct Directory {
    /// Stems by the path of the file.
    pub files: BTreeMap<String, String>,
    /// Stems by the address of publication, made comparable.
    pub published: BTreeMap<String, String>,
}

/// An address without what makes no difference: scheme, `www.`, query,
/// fragment and a slash at the end.
pub(super) fn comparable_address(url: &str) -> String {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.strip_prefix("//").unwrap_or(bare);
    let path = bare.split(['?', '#']).next().unwrap_or("").trim_end_matches('/');
    let (host, path) = match path.split_once('/') {
        Some((host, path)) => (host, Some(path)),
        None => (path, None),
    };
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    path.map_or(host.to_owned(), |path| format!("{host}/{}", percent_decode(path)))
}

/// A picture file that a chapter shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundPicture {
    /// Its path in the book's folder, or a name made for it.
    pub path: String,
    /// Where it is named first in the chapter.
    pub span: Span,
    /// The picture itself, where the text holds it.
    pub data: Option<Arc<[u8]>>,
}

/// The work on one chapter.
pub(super) struct References<'a> {
    /// The book's folder.
    pub folder: &'a Folder,
    /// The chapters.
    pub directory: &'a Directory,
    /// What `book.toml` says of pictures.
    pub config: &'a Config,
    /// The text of `book.toml`.
    pub book_toml: &'a SourceFile,
    /// The chapter's file, as a path; empty for none.
    pub path: &'a str,
    /// The address under which the chapter was published.
    pub canonical: Option<&'a str>,
    /// The language of the chapter.
    pub lang: &'a Lang,
    /// The addresses of pictures as the file gives them, one for each use.
    pub uses: &'a [String],
    /// How many links are open around what is at hand.
    pub in_link: usize,
    /// The pictures found; the model's `ImageId`s point into this list when
    /// the work is done.
    pub found: Vec<FoundPicture>,
    /// The captions for which `book.toml` has other words.
    pub replaced: Vec<Span>,
    /// The findings.
    pub diagnostics: &'a mut Diagnostics,
}

impl References<'_> {
    /// Finds the file of a picture that the chapter's text shows.
    pub fn find(&mut self, image: &mut Image) -> bool {
        let Some(dest) = self.uses.get(image.source.0 as usize).cloned() else { return false };
        if let Some(found) = data_uri::read(&dest) {
            return self.embedded(image, found);
        }
        let path = if is_remote(&dest) { None } else { self.local(&dest) };
        self.settle(image, &dest, path)
    }

    /// The link to a picture on the network, where the book wishes that.
    pub fn remote(&self, image: &Image) -> Option<Inline> {
        let dest = self.uses.get(image.source.0 as usize)?;
        let linked = self.config.remote_images_as_links && is_remote(dest);
        if !linked || data_uri::read(dest).is_some() {
            return None;
        }
        let words = if image.alt.text().is_empty() { dest } else { image.alt.text() };
        let words = Inline::text(words, image.span);
        if self.in_link > 0 {
            return Some(words);
        }
        let target = LinkTarget::External(dest.clone());
        Some(Inline::new(InlineKind::link(target, vec![words]), image.span))
    }

    /// A picture that the text itself holds.
    fn embedded(&mut self, image: &mut Image, data: Result<Vec<u8>, &'static str>) -> bool {
        let data = match data {
            Ok(data) => data,
            Err(why) => {
                let message = format!("the picture in this `data:` address is broken: {why}");
                let found = Diagnostic::at(Code::BadPicture, image.span, message);
                self.diagnostics.push(found.hint("Save it as a file and name it here."));
                return false;
            }
        };
        let path = data_uri::name(&data);
        self.note_use(image, path, Some(data.into()));
        true
    }

    /// A picture that `book.toml` names, relative to the book's folder.
    pub fn opener(&mut self, dest: &str, alt: Option<&str>, span: Span) -> Option<Image> {
        let alt = alt.map_or(Alt::Missing, |alt| Alt::Text(alt.to_owned()));
        let mut image = Image { source: ImageId(0), alt, span };
        let path = if is_remote(dest) { None } else { super::files::normalise(dest) };
        self.settle(&mut image, dest, path).then_some(image)
    }

    /// Checks the file of a picture, and gives the picture its alternative text
    /// and its place in the list. False if there is no such file.
    fn settle(&mut self, image: &mut Image, dest: &str, path: Option<String>) -> bool {
        let Some(path) = self.checked(dest, path, image.span) else { return false };
        if let Some(entry) = self.config.pictures.get(&path) {
            if entry.decorative {
                image.alt = Alt::Decorative;
            } else if let Some(alt) = &entry.alt {
                image.alt = Alt::Text(alt.clone());
            }
        }
        self.note_use(image, path, None);
        true
    }

    /// Puts a picture into the list, and sees whether it says what it shows.
    fn note_use(&mut self, image: &mut Image, path: String, data: Option<Arc<[u8]>>) {
        if image.alt == Alt::Missing {
            let message = format!("the picture `{path}` has no alternative text");
            let found = Diagnostic::at(Code::NoAltText, image.span, message);
            self.diagnostics.push(
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

    /// The path of an address in the chapter's file; a file that is there as it
    /// is written goes before one with its `%20` decoded. An address that begins
    /// with `/` is seen from the book's folder, as sites are seen from theirs.
    fn local(&self, dest: &str) -> Option<String> {
        let seen = |dest: &str| match dest.strip_prefix('/') {
            Some(rest) if self.config.mdbook.is_none() => normalise(rest),
            _ => self.beside(dest),
        };
        let there = |path: &String| self.folder.find(path).is_ok();
        let as_written = seen(dest);
        if as_written.as_ref().is_some_and(there) {
            return as_written;
        }
        let bare = dest.split(['?', '#']).next().unwrap_or(dest);
        let decoded = seen(&percent_decode(bare));
        if dest.starts_with('/') { decoded.filter(there) } else { decoded }
    }

    /// The path if there is such a file in the book's folder.
    fn checked(&mut self, dest: &str, path: Option<String>, span: Span) -> Option<String> {
        if is_remote(dest) {
            let message = format!("the picture `{dest}` is not in the book's folder");
            let found = Diagnostic::at(Code::RemotePicture, span, message);
            let hint =
                "Nothing is fetched from the network: save it in the folder and name it there.";
            let other = "Or write `remote-images = \"link\"` in book.toml to have a link to it.";
            self.diagnostics.push(found.hint(hint).hint(other));
            return None;
        }
        if dest.trim().is_empty() {
            let message = "this picture names no file";
            let found = Diagnostic::at(Code::DeadLink, span, message);
            self.diagnostics.push(found.hint("Write its path: `![What it shows](path.png)`."));
            return None;
        }
        let outside = |path: &str| {
            let message = format!("the picture `{path}` is outside the book's folder");
            let found = Diagnostic::at(Code::OutsideFolder, span, message);
            found.hint("Copy it into the folder and name it from there.")
        };
        let Some(path) = path else {
            self.diagnostics.push(outside(dest));
            return None;
        };
        let trouble = match self.folder.find(&path) {
            Ok(_) => return Some(path),
            Err(trouble) => trouble,
        };
        let found = match trouble {
            Trouble::Outside => outside(&path),
            Trouble::Missing(guess) => {
                let message = format!("there is no picture `{path}`");
                let found = Diagnostic::at(Code::NoPicture, span, message);
                match guess {
                    Some(guess) => found.hint(format!("Did you mean `{guess}`?")),
                    None => found.hint("Put it there, relative to the file that shows it."),
                }
            }
            Trouble::NotAFile => {
                let message = format!("`{path}` is not a file");
                Diagnostic::at(Code::NoPicture, span, message).hint("Name a picture in it.")
            }
        };
        self.diagnostics.push(found);
        None
    }

    /// The caption that `book.toml` gives a picture.
    fn caption(&mut self, images: &[Image]) -> Option<Vec<Inline>> {
        let entry: &PictureEntry = images.iter().find_map(|image| {
            let path = &self.found.get(image.source.0 as usize)?.path;
            self.config.pictures.get(path).filter(|entry| entry.caption.is_some())
        })?;
        let caption = entry.caption.as_ref()?;
        let origin = origin_of(caption, self.book_toml);
        Some(parse_line(&caption.value, origin, self.lang, self.diagnostics))
    }

    /// What an address leads to.
    fn target(&mut self, dest: &str, span: Span) -> Option<LinkTarget> {
        let dest = dest.trim();
        if let Some(id) = dest.strip_prefix('#') {
            return Some(LinkTarget::Named(PlaceName::Id(percent_decode(id))));
        }
        let fragment = dest.split_once('#').map(|(_, id)| percent_decode(id));
        if let Some(scheme) = scheme(dest) {
            if matches!(scheme.as_str(), "javascript" | "vbscript" | "data" | "file") {
                let message = format!("a link to `{scheme}:` was left out");
                let found = Diagnostic::at(Code::DroppedHtml, span, message);
                self.diagnostics.push(found.hint("Its words are kept."));
                return None;
            }
            let stem = self.directory.published.get(&comparable_address(dest));
            return Some(match (stem, fragment) {
                (None, _) => LinkTarget::External(dest.to_owned()),
                (Some(stem), fragment) => {
                    LinkTarget::Named(in_chapter(stem.clone(), fragment, Otherwise::Chapter))
                }
            });
        }
        let file = dest.split(['#', '?']).next().unwrap_or("");
        // The page on which mdBook has all chapters at once.
        let all_at_once =
            self.config.mdbook.is_some() && file.rsplit('/').next() == Some("print.html");
        if let (true, Some(id)) = (all_at_once, &fragment) {
            return Some(LinkTarget::Named(PlaceName::Id(id.clone())));
        }
        match self.stem_of(file) {
            Some(stem) => Some(LinkTarget::Named(in_chapter(stem, fragment, Otherwise::Fault))),
            None => {
                let url = self.canonical.and_then(|page| on_site(page, dest));
                if url.is_none() {
                    self.dead(dest, file, span);
                }
                url.map(LinkTarget::External)
            }
        }
    }

    /// The stem of the chapter that a relative path names: by its file, by the page that other
    /// tools make of it, or without an ending.
    fn stem_of(&self, file: &str) -> Option<String> {
        let path = self.beside(&percent_decode(file))?;
        let bare = path.strip_suffix(".html").unwrap_or(&path);
        // A folder is its first page, which mdBook writes as `README.md`.
        let folder = match bare.rsplit_once('/') {
            Some((folder, "index" | "index.md" | "README" | "README.md")) => format!("{folder}/"),
            None if matches!(bare, "index" | "index.md" | "README" | "README.md") => String::new(),
            _ => format!("{bare}/"),
        };
        let whole = [path.clone(), format!("{bare}.md"), format!("{bare}.markdown")];
        let first = ["README.md", "index.md"].map(|name| format!("{folder}{name}"));
        whole.iter().chain(&first).find_map(|path| self.directory.files.get(path)).cloned()
    }

    /// A path as the chapter's file gives it, from the book's folder. Of a site,
    /// a path from its root is one from the folder of the texts.
    fn beside(&self, path: &str) -> Option<String> {
        match (&self.config.mdbook, path.strip_prefix('/')) {
            (Some(rules), Some(path)) => rules.path(path),
            _ => beside(self.path, path),
        }
    }

    fn dead(&mut self, dest: &str, file: &str, span: Span) {
        let path = self.beside(&percent_decode(file)).unwrap_or_default();
        if self.config.mdbook.is_some() && self.folder.find(&path).is_ok() {
            let message = format!("`{path}` is a file of the project and no chapter of the book");
            let found = Diagnostic::at(Code::DeadLink, span, message);
            self.diagnostics.push(found.hint("The words of the link are kept."));
            return;
        }
        let message = if dest.is_empty() {
            "this link leads nowhere".to_owned()
        } else {
            format!("no chapter of the book is `{dest}`")
        };
        let files = self.directory.files.keys().map(String::as_str);
        let hint = match nearest(&path, files) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => "Link to the file of a chapter, to `#id`, or to a whole address with \
                     `https://`."
                .to_owned(),
        };
        self.diagnostics.push(Diagnostic::at(Code::DeadLink, span, message).hint(hint));
    }
}

impl VisitorMut for References<'_> {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Figure { images, caption } = &mut block.kind {
            let links: Vec<Inline> = images.iter().filter_map(|i| self.remote(i)).collect();
            images.retain_mut(|image| self.remote(image).is_none() && self.find(image));
            if let Some(words) = self.caption(images) {
                self.replaced.extend(caption.iter().map(|inline| inline.span));
                *caption = words;
            }
            for link in links {
                if !caption.is_empty() {
                    caption.push(Inline::new(InlineKind::SoftBreak, link.span));
                }
                caption.push(link);
            }
            if images.is_empty() {
                block.kind = BlockKind::Paragraph(std::mem::take(caption));
            }
        }
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        let linked = usize::from(matches!(inline.kind, InlineKind::Link { .. }));
        self.in_link += linked;
        walk_inline_mut(self, inline);
        self.in_link -= linked;
        let span = inline.span;
        match &mut inline.kind {
            InlineKind::Image(image) => {
                if let Some(link) = self.remote(image) {
                    *inline = link;
                    return;
                }
                let found = self.find(image);
                let words = image.alt.text().to_owned();
                inline.kind = if found { return } else { InlineKind::Text(words) };
            }
            InlineKind::Link { target, content, .. } => {
                let LinkTarget::Written(dest) = target else { return };
                let dest = std::mem::take(dest);
                match self.target(&dest, span) {
                    Some(new) => *target = new,
                    None => inline.kind = InlineKind::group(std::mem::take(content)),
                }
            }
            InlineKind::Ref { target, .. } => {
                let LinkTarget::Written(dest) = target else { return };
                let dest = std::mem::take(dest);
                match self.target(&dest, span) {
                    // An empty link out of the book shows its address.
                    Some(LinkTarget::External(url)) => {
                        let content = vec![Inline::text(url.clone(), span)];
                        let target = LinkTarget::External(url);
                        inline.kind = InlineKind::link(target, content);
                    }
                    Some(new) => *target = new,
                    None => inline.kind = InlineKind::group(Vec::new()),
                }
            }
            _ => {}
        }
    }
}

/// A chapter, or a place in it.
fn in_chapter(stem: String, fragment: Option<String>, otherwise: Otherwise) -> PlaceName {
    match fragment.filter(|id| !id.is_empty()) {
        Some(id) => PlaceName::InChapter { stem, id, otherwise },
        None => PlaceName::Chapter(stem),
    }
}

/// Where the text of a string in `book.toml` stands, if it stands there as it is.
pub(super) fn origin_of(text: &super::config::Located<String>, file: &SourceFile) -> Origin {
    let span = text.span;
    let raw = file.text().get(span.start as usize..span.end as usize).unwrap_or("");
    match raw.find(text.value.as_str()) {
        Some(at) if !text.value.is_empty() => Origin::Part(span.file, span.start as usize + at),
        _ => Origin::Made(span),
    }
}

/// A link to another page of the site where the chapter was published: a path
/// from the site's root, which no file of a book is.
fn on_site(page: &str, dest: &str) -> Option<String> {
    let (scheme, rest) = page.split_once("://")?;
    let host = rest.split('/').next()?;
    (dest.starts_with('/') && !host.is_empty()).then(|| format!("{scheme}://{host}{dest}"))
}

/// The scheme of an address, in lower case (RFC 3986, section 3.1); `//host`
/// has that of the web.
fn scheme(dest: &str) -> Option<String> {
    if dest.starts_with("//") {
        return Some("https".to_owned());
    }
    let (scheme, _) = dest.split_once(':')?;
    let shaped = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    shaped.then(|| scheme.to_ascii_lowercase())
}

/// Whether a picture's address is not a path.
pub(super) fn is_remote(dest: &str) -> bool {
    scheme(dest).is_some_and(|scheme| scheme != "file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_without_what_makes_no_difference() {
        let one = comparable_address("https://www.Example.org/a/b/?source=x#y");
        assert_eq!(one, comparable_address("http://example.org/a/b"));
        assert_ne!(one, comparable_address("http://example.org/a/B"));
    }

    #[test]
    fn schemes_are_told_from_paths() {
        assert_eq!(scheme("HTTPS://x").as_deref(), Some("https"));
        assert_eq!(scheme("mailto:a@b").as_deref(), Some("mailto"));
        assert_eq!(scheme("a/b:c.md"), None);
        assert_eq!(scheme("c:\\x"), None);
    }
}
