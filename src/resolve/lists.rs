//! Lists of the figures and tables of the book.

use crate::model::{
    Attrs, Block, BlockKind, Book, Inline, InlineKind, LinkTarget, Note, Role, TocEntry, Visitor,
    plain_text, walk_block,
};

/// Puts an empty list or index at the end of every chapter that is to hold
/// one, so that it is numbered with the other nodes.
pub(super) fn make_room(book: &mut Book) {
    for chapter in &mut book.chapters {
        let kind = match chapter.role {
            Role::ListOfFigures | Role::ListOfTables => BlockKind::Toc(Vec::new()),
            Role::Index => BlockKind::Index(Vec::new()),
            _ => continue,
        };
        chapter.blocks.push(Block::new(kind, chapter.span));
    }
}

/// Fills the lists of figures and tables.
pub(super) fn fill(book: &mut Book) {
    for role in [Role::ListOfFigures, Role::ListOfTables] {
        if !book.chapters.iter().any(|c| c.role == role) {
            continue;
        }
        let mut captions = Captions { book, role, entries: Vec::new() };
        captions.book(book);
        let entries = captions.entries;
        for chapter in book.chapters.iter_mut().filter(|c| c.role == role) {
            if let Some(BlockKind::Toc(list)) = chapter.blocks.last_mut().map(|b| &mut b.kind) {
                list.clone_from(&entries);
            }
        }
    }
}

struct Captions<'a> {
    book: &'a Book,
    role: Role,
    entries: Vec<TocEntry>,
}

impl Captions<'_> {
    fn add(&mut self, attrs: &Attrs, caption: &[Inline]) {
        let Some(anchor) = attrs.anchor().filter(|_| !caption.is_empty()) else { return };
        let label = attrs.number().map(ToString::to_string).unwrap_or_default();
        let mut content = bare(self.book, caption);
        // In a list, leaders follow, and the full stop of a sentence would be one of them.
        if let Some(InlineKind::Text(text)) = content.last_mut().map(|last| &mut last.kind)
            && title_of(caption).len() < plain_text(caption).trim().len()
        {
            text.truncate(text.trim_end().trim_end_matches('.').len());
        }
        self.entries.push(TocEntry { anchor, label, content });
    }
}

impl Visitor for Captions<'_> {
    /// What is in a note is not listed.
    fn note(&mut self, _: &Note) {}

    fn block(&mut self, block: &Block) {
        match (&block.kind, self.role) {
            (BlockKind::Figure { caption, .. }, Role::ListOfFigures) => {
                self.add(&block.attrs, caption);
            }
            (BlockKind::Table(table), Role::ListOfTables) => {
                self.add(&block.attrs, &table.caption);
            }
            _ => {}
        }
        walk_block(self, block);
    }
}

/// Words as they stand in a list: without what leads anywhere or is led to.
fn bare(book: &Book, inlines: &[Inline]) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    for inline in inlines {
        let inner = |content: &[Inline]| bare(book, content);
        let kind = match &inline.kind {
            InlineKind::Text(_)
            | InlineKind::Code(..)
            | InlineKind::Math(_)
            | InlineKind::SoftBreak
            | InlineKind::Ruby(_)
            | InlineKind::Image(_) => inline.kind.clone(),
            InlineKind::HardBreak => InlineKind::SoftBreak,
            InlineKind::Emph(content) => InlineKind::Emph(inner(content)),
            InlineKind::Strong(content) => InlineKind::Strong(inner(content)),
            InlineKind::Strike(content) => InlineKind::Strike(inner(content)),
            InlineKind::SmallCaps(content) => InlineKind::SmallCaps(inner(content)),
            InlineKind::Sub(content) => InlineKind::Sub(inner(content)),
            InlineKind::Sup(content) => InlineKind::Sup(inner(content)),
            InlineKind::Span(role, content) => InlineKind::Span(*role, inner(content)),
            InlineKind::Link { content, .. } => InlineKind::group(inner(content)),
            InlineKind::Ref { target: LinkTarget::Anchor(id), .. } => {
                InlineKind::Text(book.anchor(*id).map(|a| a.title.clone()).unwrap_or_default())
            }
            InlineKind::Ref { .. } | InlineKind::Note(_) | InlineKind::IndexMark(_) => continue,
        };
        let mut copy = Inline::new(kind, inline.span);
        if let Some(lang) = inline.attrs.lang() {
            copy.attrs.set_lang(lang.clone());
        }
        out.push(copy);
    }
    out
}

/// The words of a caption for references: without the full stop that ends it.
pub(super) fn title_of(caption: &[Inline]) -> String {
    let words = plain_text(caption);
    let words = words.trim();
    words.strip_suffix('.').filter(|w| !w.contains(". ")).unwrap_or(words).to_owned()
}
