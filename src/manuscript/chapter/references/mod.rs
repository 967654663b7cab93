//! Where the links and pictures of a chapter lead.
//!
//! Addresses are as the writer's file gives them until here. A picture must be
//! a file in the book's folder; a link to a chapter, by its file or by the
//! address it was published under, becomes a name that `resolve` knows
//! ([`PlaceName`](crate::model::PlaceName)).

mod links;
mod paths;
mod pictures;

pub(crate) use links::ChapterIndex;
use links::Links;
use paths::ChapterPaths;
use pictures::Pictures;
pub(crate) use pictures::{FoundPicture, PictureKey};

use crate::diag::Diagnostics;
use crate::manuscript::config::Config;
use crate::manuscript::files::Folder;
use crate::model::{
    Block, BlockKind, Image, Inline, InlineKind, Lang, LinkTarget, Placement, VisitorMut,
    walk_block_mut, walk_inline_mut,
};
use crate::source::{SourceFile, Span};

/// What the references of a chapter are resolved against.
pub(super) struct Scope<'a> {
    /// The book's folder.
    pub folder: &'a Folder,
    /// The chapters.
    pub index: &'a ChapterIndex,
    /// What `book.toml` says of pictures and links.
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
    pub addresses: &'a [String],
}

/// What was found while the references of a chapter were resolved.
pub(super) struct FoundReferences {
    /// The pictures; the model's `ImageId`s point into this list.
    pub pictures: Vec<FoundPicture>,
    /// The pictures on the network that became links.
    pub linked_pictures: Vec<Span>,
    /// The captions for which `book.toml` has other words.
    pub replaced_captions: Vec<Span>,
}

/// Resolves links and pictures wherever it visits.
pub(super) struct References<'a> {
    links: Links<'a>,
    pictures: Pictures<'a>,
    /// How many links are open around the inline that is visited.
    in_link: usize,
    /// The captions for which `book.toml` has other words.
    replaced: Vec<Span>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> References<'a> {
    /// The references of a chapter, none of them visited yet.
    pub fn new(scope: &Scope<'a>, diagnostics: &'a mut Diagnostics) -> Self {
        let Scope { folder, config, .. } = *scope;
        let paths = ChapterPaths { folder, site: config.site.as_ref(), chapter: scope.path };
        Self {
            links: Links { paths, index: scope.index, canonical: scope.canonical },
            pictures: Pictures {
                paths,
                config,
                book_toml: scope.book_toml,
                lang: scope.lang,
                addresses: scope.addresses,
                found: Vec::new(),
                linked: Vec::new(),
            },
            in_link: 0,
            replaced: Vec::new(),
            diagnostics,
        }
    }

    /// What was found on the way.
    pub fn finish(self) -> FoundReferences {
        FoundReferences {
            pictures: self.pictures.found,
            linked_pictures: self.pictures.linked,
            replaced_captions: self.replaced,
        }
    }

    /// Finds the file of a picture that opens the chapter.
    pub fn picture(&mut self, image: &mut Image) {
        self.pictures.resolve(image, Placement::Block, self.diagnostics);
    }

    /// The picture that `book.toml` names as opener.
    pub fn opener(&mut self, path: &str, alt: Option<&str>, span: Span) -> Image {
        self.pictures.opener(path, alt, span, self.diagnostics)
    }

    /// The link that is set instead of a picture on the network.
    pub fn remote_link(&mut self, image: &Image) -> Option<Inline> {
        self.pictures.remote_link(image, self.in_link > 0, self.diagnostics)
    }
}

impl VisitorMut for References<'_> {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Figure { images, caption } = &mut block.kind {
            let mut links: Vec<Inline> = Vec::new();
            images.retain_mut(|image| match self.remote_link(image) {
                Some(link) => {
                    links.push(link);
                    false
                }
                None => {
                    self.picture(image);
                    true
                }
            });
            if let Some(words) = self.pictures.caption(images, self.diagnostics) {
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
                let in_link = self.in_link > 0;
                match self.pictures.remote_link(image, in_link, self.diagnostics) {
                    Some(link) => *inline = link,
                    None => self.pictures.resolve(image, Placement::Line, self.diagnostics),
                }
            }
            InlineKind::Link { target, content, .. } => {
                let LinkTarget::Written(dest) = target else { return };
                let dest = std::mem::take(dest);
                match self.links.target(&dest, span, self.diagnostics) {
                    Some(new) => *target = new,
                    None => inline.kind = InlineKind::group(std::mem::take(content)),
                }
            }
            InlineKind::Ref { target, .. } => {
                let LinkTarget::Written(dest) = target else { return };
                let dest = std::mem::take(dest);
                match self.links.target(&dest, span, self.diagnostics) {
                    // An empty link out of the book shows its address.
                    Some(LinkTarget::External(url)) => {
                        let content = vec![Inline::text(url.as_str(), span)];
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
