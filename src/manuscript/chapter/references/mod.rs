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
pub(crate) use pictures::FoundPicture;
use pictures::Pictures;

use crate::diag::Diagnostics;
use crate::manuscript::config::Config;
use crate::manuscript::files::Folder;
use crate::model::{
    Block, BlockKind, Image, Inline, InlineKind, Lang, LinkTarget, VisitorMut, walk_block_mut,
    walk_inline_mut,
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
            },
            in_link: 0,
            replaced: Vec::new(),
            diagnostics,
        }
    }

    /// The pictures found and the captions replaced.
    pub fn finish(self) -> (Vec<FoundPicture>, Vec<Span>) {
        (self.pictures.found, self.replaced)
    }

    /// Finds the file of a picture that the chapter's text shows; false, with the
    /// reason reported, if there is none.
    pub fn picture(&mut self, image: &mut Image) -> bool {
        self.pictures.resolve(image, self.diagnostics)
    }

    /// The picture that `book.toml` names as opener.
    pub fn opener(&mut self, path: &str, alt: Option<&str>, span: Span) -> Option<Image> {
        self.pictures.opener(path, alt, span, self.diagnostics)
    }

    /// The link to a picture on the network, where `book.toml` asks for that.
    pub fn remote_link(&self, image: &Image) -> Option<Inline> {
        self.pictures.remote_link(image, self.in_link > 0)
    }
}

impl VisitorMut for References<'_> {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Figure { images, caption } = &mut block.kind {
            let links: Vec<Inline> = images
                .iter()
                .filter_map(|i| self.pictures.remote_link(i, self.in_link > 0))
                .collect();
            images.retain_mut(|image| {
                self.pictures.remote_link(image, self.in_link > 0).is_none()
                    && self.pictures.resolve(image, self.diagnostics)
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
                if let Some(link) = self.pictures.remote_link(image, self.in_link > 0) {
                    *inline = link;
                    return;
                }
                let found = self.pictures.resolve(image, self.diagnostics);
                let words = image.alt.text().to_owned();
                inline.kind = if found { return } else { InlineKind::Text(words) };
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
