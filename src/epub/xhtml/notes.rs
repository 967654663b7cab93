//! Footnotes: at the end of their chapter, each with its way back.
//!
//! A note is an `aside` of the type that reading systems show as a pop-up
//! where its mark is touched; those that can't, go there and come back.

use std::collections::BTreeSet;

use super::writer::PageWriter;
use crate::epub::xml::{Meaning, Tag};
use crate::model::{BlockKind, Note, NoteId};

impl PageWriter<'_> {
    /// The footnotes that the marks of this document call for, those called
    /// for by other notes among them.
    pub(super) fn footnotes(&mut self) {
        if self.note_refs.is_empty() {
            return;
        }
        let plan = self.plan;
        let mut written: BTreeSet<NoteId> = BTreeSet::new();
        self.block(Tag::classed("div", "footnotes"), |p| {
            while let Some(id) = p.note_refs.keys().copied().find(|id| !written.contains(id)) {
                written.insert(id);
                if let Some(note) = plan.input.book.note(id) {
                    p.footnote(id, note);
                }
            }
        });
    }

    fn footnote(&mut self, id: NoteId, note: &Note) {
        let plan = self.plan;
        let tag = Tag::new("aside")
            .means(Meaning::both("footnote", "doc-footnote"))
            .with("id", plan.note_id(id));
        self.block(tag, |p| {
            p.note_ahead = Some(id);
            let begins_with_text =
                note.blocks.first().is_some_and(|b| matches!(b.kind, BlockKind::Paragraph(_)));
            if !begins_with_text {
                p.line(Tag::classed("p", "first"), |p| p.note_number());
            }
            p.blocks(&note.blocks);
            p.note_ahead = None;
            p.ways_back(id);
        });
    }

    /// The number of the footnote whose text begins here, as the way back to
    /// its first mark.
    pub(super) fn note_number(&mut self) {
        let Some(id) = self.note_ahead.take() else { return };
        let plan = self.plan;
        let number = plan.input.book.note(id).map_or(0, |n| n.number);
        let href = format!("#{}", plan.note_ref_id(id, 1));
        let tag = Tag::classed("a", "note-number")
            .with("role", "doc-backlink")
            .with("href", &href)
            .with("title", &plan.locale.back_to_text);
        self.element(tag, |p| p.say(&number.to_string()));
        self.x.text(" ");
    }

    /// The ways back to the other marks of a footnote that has several.
    fn ways_back(&mut self, id: NoteId) {
        let plan = self.plan;
        let count = self.note_refs.get(&id).copied().unwrap_or(0);
        if count < 2 {
            return;
        }
        self.line(Tag::classed("p", "ways-back"), |p| {
            for n in 1..=count {
                let label = format!("{} ({n})", plan.locale.back_to_text);
                let tag = Tag::new("a")
                    .with("role", "doc-backlink")
                    .with("href", &format!("#{}", plan.note_ref_id(id, n)))
                    .with("aria-label", &label);
                if n > 1 {
                    p.x.text(" ");
                }
                p.element(tag, |p| p.say(&format!("↑{n}")));
            }
        });
    }
}
