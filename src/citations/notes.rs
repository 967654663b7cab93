//! Citations put in their places: in the text, or in notes where the style
//! wants them there.

use super::citation::CiteForm;
use super::library::Library;
use super::render::Set;
use super::scan::{Piece, may_cite, pieces};
use crate::model::{
    Block, BlockKind, Book, ChapterId, Inline, InlineKind, Note, NoteId, Visitor, VisitorMut,
    walk_block_mut, walk_chapter, walk_inline, walk_inline_mut,
};
use crate::source::Span;

/// Puts rendered citations where they are written, in the order in which
/// [`scan`](super::scan::scan) has found them.
pub(super) fn place(book: &mut Book, library: &Library, citations: Vec<Set>) {
    let mut rest = citations.into_iter();
    let in_notes = library.cites_in_notes();
    let old = book.notes.len();
    for (index, chapter) in book.chapters.iter_mut().enumerate() {
        let id = ChapterId(u32::try_from(index).unwrap_or(u32::MAX));
        let mut made = Vec::new();
        let first = book.notes.len();
        let notes = in_notes.then_some((&mut made, first, id));
        Place { library, rest: &mut rest, notes }.blocks(&mut chapter.blocks);
        for note in book.notes.iter_mut().filter(|note| note.chapter == id) {
            // A citation in a note is in a note already.
            Place { library, rest: &mut rest, notes: None }.note(note);
        }
        book.notes.append(&mut made);
    }
    if book.notes.len() > old {
        in_order(book);
    }
}

struct Place<'a, I> {
    library: &'a Library,
    rest: &'a mut I,
    /// The notes made, the number of the first of them, and their chapter.
    notes: Option<(&'a mut Vec<Note>, usize, ChapterId)>,
}

impl<I: Iterator<Item = Set>> VisitorMut for Place<'_, I> {
    fn block(&mut self, block: &mut Block) {
        if may_cite(block) {
            walk_block_mut(self, block);
        }
    }

    fn inlines(&mut self, inlines: &mut [Inline]) {
        for at in 0..inlines.len() {
            let (before, rest) = inlines.split_at_mut(at);
            if let Some(inline) = rest.first_mut() {
                self.run(inline, before.last_mut());
            }
        }
    }
}

impl<I: Iterator<Item = Set>> Place<'_, I> {
    /// Puts citations into a text, or into what is below another inline.
    fn run(&mut self, inline: &mut Inline, before: Option<&mut Inline>) {
        let InlineKind::Text(text) = &inline.kind else { return self.inline(inline) };
        let text = text.clone();
        let pieces = pieces(&text, self.library, |_| {});
        let is_citation = |piece: &Piece<'_>| matches!(piece, Piece::Cite { .. });
        if !pieces.iter().any(is_citation) {
            return;
        }
        if let (Some(first), Some(before)) = (pieces.first(), before)
            && self.becomes_a_mark(first)
        {
            close_up(before);
        }
        let span = inline.span;
        let mut out = Vec::with_capacity(pieces.len());
        let mut pieces = pieces.into_iter().peekable();
        while let Some(piece) = pieces.next() {
            if self.becomes_a_mark(&piece) {
                bring_to_the_word(out.last_mut(), pieces.peek_mut());
            }
            out.push(match piece {
                Piece::Words(words) => Inline::text(words, span),
                Piece::Cite { written, .. } => match self.rest.next() {
                    Some(set) => Inline::new(self.set(set, span), span),
                    None => Inline::text(written, span),
                },
            });
        }
        inline.kind = InlineKind::group(out);
    }

    /// Whether a citation becomes the mark of a note and nothing else.
    fn becomes_a_mark(&self, piece: &Piece<'_>) -> bool {
        match piece {
            Piece::Words(_) => false,
            Piece::Cite { works, .. } => {
                self.notes.is_some() && works.iter().all(|work| work.form != CiteForm::InText)
            }
        }
    }

    /// A citation in its place, or the mark of the note that it is put into.
    fn set(&mut self, set: Set, span: Span) -> InlineKind {
        let Set { author, words } = set;
        let Some((notes, first, chapter)) = &mut self.notes else {
            return InlineKind::group(words);
        };
        let id = u32::try_from(*first + notes.len()).unwrap_or(u32::MAX);
        notes.push(Note {
            label: None,
            chapter: *chapter,
            number: 0,
            blocks: vec![Block::new(BlockKind::Paragraph(words), span)],
            span,
        });
        let mark = InlineKind::Note(NoteId(id));
        if author.is_empty() {
            return mark;
        }
        InlineKind::group(vec![Inline::text(author, span), Inline::new(mark, span)])
    }
}

/// Takes the space away before the mark of a note: `word [@key]`.
fn close_up(before: &mut Inline) {
    match &mut before.kind {
        InlineKind::SoftBreak => before.kind = InlineKind::group(Vec::new()),
        InlineKind::Text(text) => text.truncate(text.trim_end().len()),
        _ => {}
    }
}

/// Brings the mark of a note to the word before it, and past the stop after it:
/// `word [@key].` is printed `word.¹`.
fn bring_to_the_word(before: Option<&mut Inline>, after: Option<&mut Piece<'_>>) {
    let Some(before) = before else { return };
    close_up(before);
    if let (InlineKind::Text(text), Some(Piece::Words(rest))) = (&mut before.kind, after)
        && let Some(stop) = rest.chars().next().filter(|c| ".,;:!?".contains(*c))
    {
        text.push(stop);
        *rest = rest.get(stop.len_utf8()..).unwrap_or("");
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
