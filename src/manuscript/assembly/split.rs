//! One file with a whole book in it: a chapter for each heading of the first level.
//!
//! The file is read as one text, so that its notes and link definitions hold
//! everywhere in it; its chapter is taken apart after that.

use std::collections::{BTreeSet, VecDeque};

use crate::manuscript::chapter::{ReadChapter, comparable_heading, index_to_id, is_whole_book};
use crate::manuscript::config::Config;
use crate::manuscript::layouts::role_of_title;
use crate::model::{
    Block, BlockKind, Book, Chapter, ChapterId, Inline, InlineKind, LinkTarget, NoteId, PlaceName,
    VisitorMut, plain_text, walk_chapter_mut, walk_inline_mut,
};
use crate::source::Span;

/// The place of the chapter that is to be taken apart, if there is one.
pub(super) fn chapter_to_split(chapters: &[ReadChapter], config: &Config) -> Option<usize> {
    let asked = |want| config.chapters.iter().position(|entry| entry.split == Some(want));
    if let Some(index) = asked(true) {
        return Some(index);
    }
    let mut texts = chapters.iter().enumerate().filter(|(_, read)| read.chapter.file.is_some());
    let (index, only) = texts.next().filter(|_| texts.next().is_none())?;
    let undecided = config.chapters.get(index)?.split.is_none();
    let Chapter { title, blocks, .. } = &only.chapter;
    (undecided && is_whole_book(title, blocks, &only.first_level)).then_some(index)
}

/// Takes a chapter apart. Returns where the title of the whole book stood, which is
/// no chapter of its own.
///
/// `first_level` has the places of its headings of the first level.
pub(super) fn split(book: &mut Book, index: usize, first_level: &[Span]) -> Option<Span> {
    if index >= book.chapters.len() {
        return None;
    }
    let tail = book.chapters.split_off(index + 1);
    let whole = book.chapters.pop()?;
    let own_stem = whole.stem.clone();
    let is_book_title =
        comparable_heading(&plain_text(&whole.title)) == comparable_heading(&book.meta.title);
    let mut pieces = pieces(whole, first_level);
    let mut title_span = None;
    if let Some(first) = pieces.first_mut() {
        if first.blocks.is_empty() && first.opener.is_none() {
            title_span = Some(first.span);
            pieces.remove(0);
        } else if is_book_title {
            first.numbered = false;
        }
    }
    name_pieces(&mut pieces, &own_stem, book.chapters.iter().chain(&tail));
    let more = index_to_id(pieces.len()).saturating_sub(1);
    for note in &mut book.notes {
        if note.chapter.0 as usize > index {
            note.chapter.0 = note.chapter.0.saturating_add(more);
        }
    }
    for (at, piece) in pieces.iter_mut().enumerate() {
        let chapter = ChapterId(index_to_id(index + at));
        let mut within = Within { own_stem: &own_stem, notes: Vec::new() };
        walk_chapter_mut(&mut within, piece);
        number_notes(book, within.notes, chapter);
    }
    for note in &mut book.notes {
        Within { own_stem: &own_stem, notes: Vec::new() }.blocks(&mut note.blocks);
    }
    book.chapters.append(&mut pieces);
    book.chapters.extend(tail);
    title_span
}

/// The chapters that one is taken apart into: what is above the first heading, and
/// one for each heading.
fn pieces(mut whole: Chapter, first_level: &[Span]) -> Vec<Chapter> {
    let blocks = std::mem::take(&mut whole.blocks);
    let base = Chapter {
        opener: None,
        subtitle: Vec::new(),
        listed: Vec::new(),
        title: Vec::new(),
        id: None,
        ..whole.clone()
    };
    let mut pieces = vec![whole];
    for mut block in blocks {
        if first_level.contains(&block.span)
            && let BlockKind::Heading { content, .. } = &mut block.kind
        {
            let title = std::mem::take(content);
            let role = role_of_title(&plain_text(&title)).unwrap_or(base.role);
            pieces.push(Chapter {
                id: block.attrs.id().map(str::to_owned),
                numbered: base.numbered && !block.attrs.is_unnumbered(),
                role,
                matter: role.matter(),
                title,
                span: block.span,
                ..base.clone()
            });
            continue;
        }
        raise(&mut block);
        if let Some(piece) = pieces.last_mut() {
            piece.blocks.push(block);
        }
    }
    pieces
}

/// The first piece keeps the name of the file; the others have it with a number, and
/// a name that no chapter has.
fn name_pieces<'c>(
    pieces: &mut [Chapter],
    own_stem: &str,
    others: impl Iterator<Item = &'c Chapter>,
) {
    let mut taken: BTreeSet<String> = others.map(|chapter| chapter.stem.clone()).collect();
    for (number, piece) in (1..).zip(pieces) {
        let mut stem =
            if number == 1 { own_stem.to_owned() } else { format!("{own_stem}-{number}") };
        while !taken.insert(stem.clone()) {
            stem.push('x');
        }
        piece.stem = stem;
    }
}

/// Sections are one level higher in a chapter of their own.
fn raise(block: &mut Block) {
    if let BlockKind::Heading { level, .. } = &mut block.kind {
        *level = level.saturating_sub(1).max(2);
    }
}

/// Gives the notes of a piece to it, numbered anew.
fn number_notes(book: &mut Book, marked: Vec<NoteId>, chapter: ChapterId) {
    let mut number = 0;
    let mut seen = vec![false; book.notes.len()];
    let mut next: VecDeque<NoteId> = marked.into();
    while let Some(id) = next.pop_front() {
        let at = id.0 as usize;
        let (Some(note), Some(seen)) = (book.notes.get_mut(at), seen.get_mut(at)) else { continue };
        if std::mem::replace(seen, true) {
            continue;
        }
        number += 1;
        note.chapter = chapter;
        note.number = number;
        let mut within = Within { own_stem: "", notes: Vec::new() };
        within.blocks(&mut note.blocks);
        next.extend(within.notes);
    }
}

/// Finds the marks of notes; makes links to places in the file, which is several
/// chapters now, links to these places wherever they are.
struct Within<'a> {
    own_stem: &'a str,
    notes: Vec<NoteId>,
}

impl VisitorMut for Within<'_> {
    fn inline(&mut self, inline: &mut Inline) {
        match &mut inline.kind {
            InlineKind::Note(id) => self.notes.push(*id),
            InlineKind::Link { target, .. } | InlineKind::Ref { target, .. } => {
                if let LinkTarget::Named(name) = target
                    && let PlaceName::InChapter { stem, id, .. } = &*name
                    && stem == self.own_stem
                {
                    *name = PlaceName::Id(id.clone());
                }
            }
            _ => {}
        }
        walk_inline_mut(self, inline);
    }
}
