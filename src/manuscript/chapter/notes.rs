//! The notes of a chapter, numbered in the order of their first marks.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::markdown::{self, ParsedNote};
use crate::model::{ChapterId, Inline, InlineKind, Note, NoteId, VisitorMut, walk_inline_mut};

/// A place in a list as the ids of the model have it.
pub(crate) fn index_to_id(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Gives notes their numbers in the order of their first marks.
pub(super) struct NoteNumbering {
    unseen: Vec<Option<ParsedNote>>,
    /// The new place of each note, once a mark was seen.
    places: Vec<Option<u32>>,
    notes: Vec<Note>,
    chapter: ChapterId,
}

impl NoteNumbering {
    /// Numbers the notes of a chapter; none has its number yet.
    pub fn new(unseen: Vec<ParsedNote>, chapter: ChapterId) -> Self {
        let places = vec![None; unseen.len()];
        Self { unseen: unseen.into_iter().map(Some).collect(), places, notes: Vec::new(), chapter }
    }

    /// The notes in their order, and those without a mark. A mark within a note
    /// counts after those of the text.
    pub fn finish(mut self) -> (Vec<Note>, Vec<ParsedNote>) {
        let mut at = 0;
        while let Some(note) = self.notes.get_mut(at) {
            let mut blocks = std::mem::take(&mut note.blocks);
            self.blocks(&mut blocks);
            if let Some(note) = self.notes.get_mut(at) {
                note.blocks = blocks;
            }
            at += 1;
        }
        (self.notes, self.unseen.into_iter().flatten().collect())
    }
}

impl VisitorMut for NoteNumbering {
    fn inline(&mut self, inline: &mut Inline) {
        let InlineKind::Note(id) = &mut inline.kind else {
            return walk_inline_mut(self, inline);
        };
        let old = id.0 as usize;
        let Some(place) = self.places.get_mut(old) else { return };
        if place.is_none()
            && let Some(note) = self.unseen.get_mut(old).and_then(Option::take)
        {
            let at = index_to_id(self.notes.len());
            *place = Some(at);
            self.notes.push(Note {
                label: Some(note.label),
                chapter: self.chapter,
                number: at + 1,
                blocks: note.blocks,
                span: note.span,
            });
        }
        if let Some(place) = place {
            *id = NoteId(*place);
        }
    }
}

/// Reports the notes that no mark refers to.
pub(super) fn report_unused(unused: Vec<ParsedNote>, diagnostics: &mut Diagnostics) {
    for note in unused.into_iter().filter(|note| !note.used) {
        let message = format!("nothing refers to the footnote `{}`", note.label);
        let span = markdown::first_line(note.span, &note.label);
        let hint = format!("Put `[^{}]` where it belongs, or remove the footnote.", note.label);
        diagnostics.push(Diagnostic::at(Code::UnusedNote, span, message).hint(hint));
    }
}
