//! Chapters that were read side by side, put together in their order.

use std::collections::BTreeMap;

use crate::diag::Diagnostics;
use crate::manuscript::chapter::{
    FoundPicture, PictureKey, ReadChapter, index_to_id, nothing_omitted,
};
use crate::manuscript::config::Config;
use crate::manuscript::smart_punctuation::punctuate_metadata;
use crate::model::{
    Book, Image, ImageId, ImageSource, Inline, InlineKind, NoteId, VisitorMut, walk_chapter_mut,
    walk_inline_mut,
};

/// The book of its chapters, with pictures and notes numbered throughout.
pub(super) fn merge(
    chapters: Vec<ReadChapter>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Book {
    let numbering = config.numbering;
    let mut book = Book { meta: config.meta.clone(), numbering, ..Book::default() };
    punctuate_metadata(&mut book.meta);
    let mut pictures: BTreeMap<PictureKey, u32> = BTreeMap::new();
    let mut omitted = vec![false; config.omit.len()];
    for mut read in chapters {
        diagnostics.append(std::mem::take(&mut read.diagnostics));
        for (all, here) in omitted.iter_mut().zip(&read.omitted_headings) {
            *all |= here;
        }
        let images = read
            .pictures
            .into_iter()
            .map(|found| {
                *pictures.entry(found.key()).or_insert_with(|| {
                    let width = config.pictures.get(&found.path).and_then(|entry| entry.width);
                    let FoundPicture { path, span, content, alt, placement } = found;
                    let image = ImageSource { path, span, width, content, alt, placement };
                    book.images.push(image);
                    index_to_id(book.images.len() - 1)
                })
            })
            .collect();
        let mut renumber = Renumber { images, notes: index_to_id(book.notes.len()) };
        walk_chapter_mut(&mut renumber, &mut read.chapter);
        read.notes.iter_mut().for_each(|note| renumber.note(note));
        book.chapters.push(read.chapter);
        book.notes.append(&mut read.notes);
    }
    for (heading, found) in config.omit.iter().zip(omitted) {
        if !found {
            diagnostics.push(nothing_omitted(&heading.value, heading.span, "the book"));
        }
    }
    book
}

/// Turns a chapter's own numbers into the book's.
struct Renumber {
    images: Vec<u32>,
    notes: u32,
}

impl VisitorMut for Renumber {
    fn image(&mut self, image: &mut Image) {
        let new = self.images.get(image.source.0 as usize).copied();
        image.source = ImageId(new.unwrap_or(u32::MAX));
    }

    fn inline(&mut self, inline: &mut Inline) {
        match &mut inline.kind {
            InlineKind::Note(NoteId(id)) => *id = id.saturating_add(self.notes),
            _ => walk_inline_mut(self, inline),
        }
    }
}
