//! Citations put in their places: in the text, or in notes where the style
//! wants them there.

use super::render::Set;
use crate::model::{
    Block, BlockKind, Book, ChapterId, CiteForm, Inline, InlineKind, Note, NoteId, Visitor,
    VisitorMut, walk_chapter, walk_inline, walk_inline_mut,
};

/// Puts rendered citations where [`InlineKind::Cite`] stands, in the same order.
pub(super) fn place(book: &mut Book, citations: Vec<Set>, in_notes: bool) {
    let mut rest = citations.into_iter();
    let old = book.notes.len();
    for (index, chapter) in book.chapters.iter_mut().enumerate() {
        let id = ChapterId(u32::try_from(index).unwrap_or(u32::MAX));
        let mut made = Vec::new();
        let first = book.notes.len();
        let mut place =
            Place { rest: &mut rest, notes: in_notes.then_some((&mut made, first, id)) };
        place.blocks(&mut chapter.blocks);
        for note in book.notes.iter_mut().filter(|note| note.chapter == id) {
            // A citation in a note is in a note already.
            Place { rest: place.rest, notes: None }.blocks(&mut note.blocks);
        }
        book.notes.append(&mut made);
    }
    if book.notes.len() > old {
        in_order(book);
    }
}

struct Place<'a, I> {
    rest: &'a mut I,
    /// The notes made, the number of the first of them, and their chapter.
    notes: Option<(&'a mut Vec<Note>, usize, ChapterId)>,
}

impl<I: Iterator<Item = Set>> VisitorMut for Place<'_, I> {
    fn inlines(&mut self, inlines: &mut [Inline]) {
        if self.notes.is_some() {
            mark_after_word(inlines);
        }
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &mut Inline) {
        let InlineKind::Cite(_) = inline.kind else { return walk_inline_mut(self, inline) };
        let Some(Set { author, words }) = self.rest.next() else { return };
        inline.kind = match &mut self.notes {
            None => InlineKind::group(words),
            Some((notes, first, chapter)) => {
                let id = u32::try_from(*first + notes.len()).unwrap_or(u32::MAX);
                notes.push(Note {
                    label: format!("citation-{id}"),
                    chapter: *chapter,
                    number: 0,
                    blocks: vec![Block::new(BlockKind::Paragraph(words), inline.span)],
                    span: inline.span,
                });
                let mark = InlineKind::Note(NoteId(id));
                if author.is_empty() {
                    mark
                } else {
                    let name = Inline::text(author, inline.span);
                    InlineKind::group(vec![name, Inline::new(mark, inline.span)])
                }
            }
        };
    }
}

/// Brings citations that become the marks of notes to the word before them,
/// and past the stop after them: `word [@key].` is printed `word.¹`.
fn mark_after_word(inlines: &mut [Inline]) {
    for i in 1..inlines.len() {
        let Some([before, cite]) = inlines.get_mut(i - 1..=i) else { return };
        let apart = match &cite.kind {
            InlineKind::Cite(works) => works.iter().all(|w| w.form != CiteForm::InText),
            InlineKind::Span(_, inner) => match inner.first().map(|first| &first.kind) {
                Some(InlineKind::Cite(works)) => works.iter().all(|w| w.form != CiteForm::InText),
                _ => false,
            },
            _ => false,
        };
        if !apart {
            continue;
        }
        match &mut before.kind {
            InlineKind::SoftBreak => before.kind = InlineKind::group(Vec::new()),
            InlineKind::Text(text) => text.truncate(text.trim_end().len()),
            _ => {}
        }
        if let Some([before, _, after]) = inlines.get_mut(i - 1..=i + 1)
            && let (InlineKind::Text(text), InlineKind::Text(rest)) =
                (&mut before.kind, &mut after.kind)
            && rest.starts_with(['.', ',', ';', ':', '!', '?'])
        {
            text.push(rest.remove(0));
        }
    }
}

/// Puts the notes into the order of their marks and numbers them again,
/// chapter by chapter; notes without a mark come last in theirs.
fn in_order(book: &mut Book) {
    let mut order: Vec<usize> = Vec::with_capacity(book.notes.len());
    for (index, chapter) in book.chapters.iter().enumerate() {
        let mut marks = Marks(Vec::new());
        walk_chapter(&mut marks, chapter);
        let own = book.notes.iter().enumerate().filter(|(_, n)| n.chapter.0 as usize == index);
        let own = own.map(|(at, _)| at);
        for at in marks.0.into_iter().chain(own) {
            if at < book.notes.len() && !order.contains(&at) {
                order.push(at);
            }
        }
    }
    let mut new_ids = vec![NoteId(0); book.notes.len()];
    let mut notes = Vec::with_capacity(order.len());
    let mut last: Option<(ChapterId, u32)> = None;
    for (new, old) in order.iter().enumerate() {
        let Some(note) = book.notes.get(*old) else { continue };
        let number = match last {
            Some((chapter, number)) if chapter == note.chapter => number + 1,
            _ => 1,
        };
        last = Some((note.chapter, number));
        notes.push(Note { number, ..note.clone() });
        if let Some(id) = new_ids.get_mut(*old) {
            *id = NoteId(u32::try_from(new).unwrap_or(u32::MAX));
        }
    }
    book.notes = notes;
    Renumber(&new_ids).book(book);
}

/// The notes in the order of their marks.
struct Marks(Vec<usize>);

impl Visitor for Marks {
    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Note(id) => self.0.push(id.0 as usize),
            _ => walk_inline(self, inline),
        }
    }
}

struct Renumber<'a>(&'a [NoteId]);

impl VisitorMut for Renumber<'_> {
    fn inline(&mut self, inline: &mut Inline) {
        match &mut inline.kind {
            InlineKind::Note(id) => *id = self.0.get(id.0 as usize).copied().unwrap_or(*id),
            _ => walk_inline_mut(self, inline),
        }
    }
}
