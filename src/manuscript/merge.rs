//! Chapters that were read side by side, put together in their order.

use std::collections::BTreeMap;

use super::chapter::{Read, nothing_omitted, number};
use super::config::Config;
use super::references::FoundPicture;
use crate::diag::Diagnostics;
use crate::model::{
    Block, BlockKind, Book, Image, ImageId, ImageSource, Inline, InlineKind, NoteId, VisitorMut,
    walk_block_mut, walk_inline_mut,
};

/// The book of its chapters, with pictures and notes numbered throughout.
pub(super) fn merge(read: Vec<Read>, config: &Config, diagnostics: &mut Diagnostics) -> Book {
    let numbering = config.numbering;
    let mut book = Book { meta: config.meta.clone(), numbering, ..Book::default() };
    let mut paths: BTreeMap<String, u32> = BTreeMap::new();
    let mut omitted = vec![false; config.omit.len()];
    for mut read in read {
        diagnostics.append(std::mem::take(&mut read.diagnostics));
        for (all, here) in omitted.iter_mut().zip(&read.omitted) {
            *all |= here;
        }
        let images = read
            .pictures
            .into_iter()
            .map(|FoundPicture { path, span, data }| {
                *paths.entry(path).or_insert_with_key(|path| {
                    let width = config.pictures.get(path).and_then(|entry| entry.width);
                    book.images.push(ImageSource { path: path.clone(), span, width, data });
                    number(book.images.len() - 1)
                })
            })
            .collect();
        let mut renumber = Renumber { images, notes: number(book.notes.len()) };
        if let Some(opener) = &mut read.chapter.opener {
            renumber.image(opener);
        }
        renumber.inlines(&mut read.chapter.title);
        renumber.inlines(&mut read.chapter.subtitle);
        renumber.blocks(&mut read.chapter.blocks);
        for note in &mut read.notes {
            renumber.blocks(&mut note.blocks);
        }
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

impl Renumber {
    fn image(&mut self, image: &mut Image) {
        let new = self.images.get(image.source.0 as usize).copied();
        image.source = ImageId(new.unwrap_or(u32::MAX));
    }
}

impl VisitorMut for Renumber {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Figure { images, .. } = &mut block.kind {
            for image in images {
                self.image(image);
            }
        }
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        match &mut inline.kind {
            InlineKind::Image(image) => self.image(image),
            InlineKind::Note(NoteId(id)) => *id = id.saturating_add(self.notes),
            _ => walk_inline_mut(self, inline),
        }
    }
}
