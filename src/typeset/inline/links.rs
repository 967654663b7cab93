//! Links, cross-references and the marks of notes.

use crate::model::{AnchorId, Inline, LinkRole, LinkTarget, NoteId, RefForm, shown_text};
use crate::page::{StructId, StructKind, Target};
use crate::text::{Features, Shaped};
use crate::typeset::style::{Family, TextStyle};
use crate::typeset::styled_text::LinkSpan;
use crate::units::Em;

use super::{Flattener, InlineScope};

impl Flattener<'_, '_> {
    /// A link; one that leads within the book with its page, unless it is that
    /// of a citation.
    pub(super) fn link(
        &mut self,
        role: LinkRole,
        target: &LinkTarget,
        content: &[Inline],
        around: &InlineScope,
    ) {
        let (to, page) = match target {
            LinkTarget::External(url) => (Target::Uri(url.to_string()), None),
            LinkTarget::Anchor(id) => {
                let page = match role {
                    LinkRole::Plain => self.page_of(*id),
                    LinkRole::Citation => None,
                };
                (Target::Anchor(*id), page)
            }
            LinkTarget::Written(_) | LinkTarget::Named(_) => {
                self.inlines(content, around);
                return;
            }
        };
        let inner = self.within_link(around.node, to, shown_text(content), around);
        self.inlines(content, &inner);
        if let Some(page) = page {
            let words = self.cx.locale().on_page(&page);
            self.text(&format!("\u{a0}({words})"), None, &inner);
        }
    }

    /// The printed page of an anchor; none in a list of places, which has its
    /// own beside its entries.
    fn page_of(&self, anchor: AnchorId) -> Option<String> {
        if self.scope.listed { None } else { self.cx.page_of(anchor) }
    }

    /// A cross-reference, in the words of its form; nothing if it leads nowhere.
    pub(super) fn reference(&mut self, target: &LinkTarget, form: RefForm, around: &InlineScope) {
        let LinkTarget::Anchor(id) = target else { return };
        let Some(anchor) = self.cx.book.anchor(*id) else { return };
        let own = &self.cx.theme.chapter_label;
        let words = match form {
            RefForm::Title => anchor.title.clone(),
            RefForm::Number => {
                let number = self.cx.locale().reference(self.cx.book, anchor, own);
                number.unwrap_or_else(|| anchor.title.clone())
            }
            RefForm::Page => match self.page_of(*id) {
                Some(page) => self.cx.locale().page(&page),
                None => anchor.title.clone(),
            },
        };
        let inner = self.within_link(around.node, Target::Anchor(*id), words.clone(), around);
        self.text(&words, None, &inner);
    }

    /// The mark of a note; nothing in a list of places.
    pub(super) fn note(&mut self, id: NoteId, around: &InlineScope) {
        let Some(note) = self.cx.book.note(id).filter(|_| !self.scope.listed) else { return };
        let number = note.number.to_string();
        let reference = self.output.structure.add(around.node, StructKind::Reference);
        let contents = self.cx.locale().note_number(&number);
        let mut inner = self.within_link(reference, Target::note(id), contents, around);
        inner.style = note_mark_style(around.style);
        self.raise_if_plain(&mut inner.style, &number);
        // The mark belongs to the word before it: no break between them.
        self.builder.note(id);
        self.text(&format!("\u{2060}{number}"), None, &inner);
    }

    /// Makes the mark of a note small and high where the font has no figures
    /// drawn for the purpose.
    fn raise_if_plain(&self, style: &mut TextStyle, number: &str) {
        let face = self.cx.faces.get(style.family, style.style);
        let shaped = |features| self.cx.shaper.shape(face, features, false, number);
        let ids = |s: &Shaped| s.glyphs.iter().map(|g| g.id).collect::<Vec<_>>();
        if ids(&shaped(style.features)) == ids(&shaped(Features::NONE)) {
            style.rise += style.size * self.cx.theme.note.mark_rise;
            style.size = style.size * self.cx.theme.note.mark_size;
        }
    }

    /// A scope within a link: of a node, to a target, described by `contents`.
    fn within_link(
        &mut self,
        parent: StructId,
        target: Target,
        contents: String,
        around: &InlineScope,
    ) -> InlineScope {
        let node = self.output.structure.add(parent, StructKind::Link);
        let link = Some(self.builder.link(LinkSpan { target, contents, node }));
        InlineScope { node, link, ..around.clone() }
    }
}

/// The mark of a note: superior figures drawn for the purpose.
fn note_mark_style(around: TextStyle) -> TextStyle {
    let mut style = around;
    style.family = Family::Serif;
    style.features = Features::SUPERIOR;
    style.style.italic = false;
    style.tracking = Em(0.0);
    style
}
