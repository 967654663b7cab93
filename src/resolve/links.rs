//! From names to anchors.

use super::anchors::Names;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{
    AnchorId, Book, Chapter, ChapterId, Inline, InlineKind, LinkTarget, Note, VisitorMut,
    walk_chapter_mut, walk_inline_mut,
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
    /// The anchor a name leads to; where there is none, that is reported.
    fn anchor(&mut self, name: &str, span: Span) -> Option<AnchorId> {
        let (stem, id) = match name.split_once('#') {
            Some((stem, id)) => (stem, Some(id)),
            None => (name, None),
        };
        if stem.is_empty() {
            return self.by_id(id.unwrap_or(""), span);
        }
        let Some(&(chapter, start)) = self.names.chapters.get(stem) else {
            self.dead(span, format!("there is no chapter `{stem}`"), None);
            return None;
        };
        match id.map(|id| (id, id.strip_prefix('?'))) {
            None => Some(start),
            Some((_, Some(soft))) => Some(self.names.in_chapter(chapter, soft).unwrap_or(start)),
            Some((id, None)) => {
                let found = self.names.in_chapter(chapter, id);
                if found.is_none() {
                    let near = self.nearest(Some(chapter), id);
                    self.dead(span, format!("there is no `#{id}` in that chapter"), near);
                }
                // Where that is forgiven, the chapter is better than nothing.
                found.or(Some(start))
            }
        }
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
            None => "Give the place an id: `## Heading {#id}`.".to_owned(),
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
            InlineKind::Link { target, content, .. } => {
                let LinkTarget::Unresolved(name) = target else { return };
                match self.anchor(name, span) {
                    Some(anchor) => *target = LinkTarget::Anchor(anchor),
                    None => inline.kind = InlineKind::group(std::mem::take(content)),
                }
            }
            InlineKind::Ref { target, .. } => {
                let LinkTarget::Unresolved(name) = target else { return };
                match self.anchor(name, span) {
                    Some(anchor) => *target = LinkTarget::Anchor(anchor),
                    None => inline.kind = InlineKind::Text(std::mem::take(name)),
                }
            }
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
            | InlineKind::Cite(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak
            | InlineKind::Math(_)
            | InlineKind::Span(..) => {}
        }
    }
}
