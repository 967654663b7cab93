//! From names to anchors.

use super::anchors::Names;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{
    AnchorId, Book, Chapter, ChapterId, Inline, InlineKind, LinkTarget, Note, Otherwise, PlaceName,
    VisitorMut, walk_chapter_mut, walk_inline_mut,
};
use crate::names::nearest;
use crate::source::Span;

/// Resolves every link and cross-reference of the book.
pub(super) fn resolve(book: &mut Book, names: &Names, diagnostics: &mut Diagnostics) {
    Links { names, diagnostics, chapter: ChapterId(0) }.book(book);
}

struct Links<'a> {
    names: &'a Names,
    diagnostics: &'a mut Diagnostics,
    chapter: ChapterId,
}

impl Links<'_> {
    /// Where a link leads once it is resolved; nothing, if that had to be
    /// reported.
    fn resolved(&mut self, target: &LinkTarget, span: Span) -> Option<LinkTarget> {
        match target {
            LinkTarget::External(_) | LinkTarget::Anchor(_) => Some(target.clone()),
            LinkTarget::Named(name) => self.anchor(name, span).map(LinkTarget::Anchor),
            LinkTarget::Written(address) => {
                self.dead(span, format!("the address `{address}` was not read"), None);
                None
            }
        }
    }

    /// The anchor a name leads to; where there is none, that is reported.
    fn anchor(&mut self, name: &PlaceName, span: Span) -> Option<AnchorId> {
        let (stem, place) = match name {
            PlaceName::Id(id) => return self.by_id(id, span),
            PlaceName::Chapter(stem) => (stem, None),
            PlaceName::InChapter { stem, id, otherwise } => (stem, Some((id, otherwise))),
        };
        let Some(&(chapter, start)) = self.names.chapters.get(stem) else {
            self.dead(span, format!("there is no chapter `{stem}`"), None);
            return None;
        };
        let Some((id, otherwise)) = place else { return Some(start) };
        let found = self.names.in_chapter(chapter, id);
        match otherwise {
            Otherwise::Fault if found.is_none() => {
                let near = self.nearest(Some(chapter), id);
                self.dead(span, format!("there is no `#{id}` in that chapter"), near);
            }
            Otherwise::Fault | Otherwise::Chapter => {}
        }
        // Where that is forgiven, the chapter is better than nothing.
        found.or(Some(start))
    }

    /// An id alone: in this chapter, or else anywhere. None at all is the
    /// beginning of the chapter, as a browser has it.
    fn by_id(&mut self, id: &str, span: Span) -> Option<AnchorId> {
        if id.is_empty() || id == "top" {
            let start = self.names.chapters.values().find(|(chapter, _)| *chapter == self.chapter);
            return start.map(|(_, anchor)| *anchor);
        }
        let found = self.names.in_chapter(self.chapter, id).or_else(|| self.names.anywhere(id));
        if found.is_none() {
            let near = self.nearest(Some(self.chapter), id).or_else(|| self.nearest(None, id));
            self.dead(span, format!("there is no `#{id}` in this book"), near);
        }
        found
    }

    fn nearest(&self, chapter: Option<ChapterId>, id: &str) -> Option<String> {
        let names = self
            .names
            .within
            .iter()
            .enumerate()
            .filter(|(index, _)| chapter.is_none_or(|chapter| chapter.0 as usize == *index));
        let names = names.flat_map(|(_, names)| names.keys());
        nearest(id, names.map(String::as_str)).map(str::to_owned)
    }

    fn dead(&mut self, span: Span, message: String, near: Option<String>) {
        let hint = match near {
            Some(near) => format!("Did you mean `#{near}`?"),
            None => "Give the target an id: `## Heading {#id}`.".to_owned(),
        };
        self.diagnostics.push(Diagnostic::at(Code::DeadLink, span, message).hint(hint));
    }
}

impl VisitorMut for Links<'_> {
    fn chapter(&mut self, id: ChapterId, chapter: &mut Chapter) {
        self.chapter = id;
        walk_chapter_mut(self, chapter);
    }

    fn note(&mut self, note: &mut Note) {
        self.chapter = note.chapter;
        self.blocks(&mut note.blocks);
    }

    fn inline(&mut self, inline: &mut Inline) {
        walk_inline_mut(self, inline);
        let span = inline.span;
        match &mut inline.kind {
            InlineKind::Link { target, content, .. } => match self.resolved(target, span) {
                Some(resolved) => *target = resolved,
                None => inline.kind = InlineKind::group(std::mem::take(content)),
            },
            InlineKind::Ref { target, .. } => match self.resolved(target, span) {
                Some(resolved) => *target = resolved,
                None => inline.kind = InlineKind::Text(as_written(target)),
            },
            InlineKind::Text(_)
            | InlineKind::Emph(_)
            | InlineKind::Strong(_)
            | InlineKind::Strike(_)
            | InlineKind::SmallCaps(_)
            | InlineKind::Sub(_)
            | InlineKind::Sup(_)
            | InlineKind::Code(..)
            | InlineKind::Image(_)
            | InlineKind::Note(_)
            | InlineKind::Ruby(_)
            | InlineKind::IndexMark(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak
            | InlineKind::Math(_)
            | InlineKind::Span(..) => {}
        }
    }
}

/// What a cross-reference says that leads nowhere.
fn as_written(target: &LinkTarget) -> String {
    match target {
        LinkTarget::External(address) => address.to_string(),
        LinkTarget::Written(address) => address.clone(),
        LinkTarget::Named(name) => name.to_string(),
        LinkTarget::Anchor(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Role};
    use crate::source::FileId;

    /// A paragraph with one inline, once its book is resolved, and what was found.
    fn resolved(kind: InlineKind) -> (InlineKind, Vec<String>) {
        let span = Span::new(FileId(0), 0, 0);
        let paragraph = BlockKind::Paragraph(vec![Inline::new(kind, span)]);
        let mut chapter = Chapter::bare(Role::Chapter, "one", span);
        chapter.blocks.push(Block::new(paragraph, span));
        let mut book = Book { chapters: vec![chapter], ..Book::default() };
        let mut diagnostics = Diagnostics::default();
        crate::resolve::resolve(&mut book, &mut diagnostics);
        let found = diagnostics.iter().map(|found| found.message.clone()).collect();
        match &book.chapters[0].blocks[0].kind {
            BlockKind::Paragraph(content) => (content[0].kind.clone(), found),
            other => panic!("{other:?}"),
        }
    }

    fn link(target: LinkTarget) -> InlineKind {
        InlineKind::link(target, vec![Inline::text("words", Span::new(FileId(0), 0, 0))])
    }

    #[test]
    fn an_address_that_nobody_has_read_is_reported_and_becomes_words() {
        let (kind, found) = resolved(link(LinkTarget::Written("two.md".into())));
        assert!(matches!(kind, InlineKind::Span(..)), "{kind:?}");
        assert_eq!(found, ["the address `two.md` was not read"]);
    }

    #[test]
    fn a_page_of_the_web_leads_to_its_chapter_where_the_id_is_not_there() {
        let to = |otherwise| {
            let (stem, id) = ("one".to_owned(), "gone".to_owned());
            resolved(link(LinkTarget::Named(PlaceName::InChapter { stem, id, otherwise })))
        };
        let leads = |kind: &InlineKind| {
            matches!(kind, InlineKind::Link { target: LinkTarget::Anchor(AnchorId(0)), .. })
        };
        let (kind, found) = to(Otherwise::Chapter);
        assert!(leads(&kind) && found.is_empty(), "{kind:?} {found:?}");
        let (kind, found) = to(Otherwise::Fault);
        assert!(leads(&kind), "{kind:?}");
        assert_eq!(found, ["there is no `#gone` in that chapter"]);
    }

    #[test]
    fn a_reference_that_leads_nowhere_says_its_name() {
        let target = LinkTarget::Named(PlaceName::Id("gone".into()));
        let form = crate::model::RefForm::Title;
        let (kind, found) = resolved(InlineKind::Ref { target, form });
        assert_eq!(kind, InlineKind::Text("#gone".into()));
        assert_eq!(found, ["there is no `#gone` in this book"]);
    }
}
