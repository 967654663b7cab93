//! What a chapter has of its file, where one file is several chapters.

use super::readers::manuscript;
use super::words::Words;
use crate::model::{Book, ChapterId};
use crate::source::Span;

/// Keeps of what was read from a file what belongs to one chapter: the text from
/// its title to the next chapter's, and its notes, wherever they stand. What is
/// before the first title, and notes that no chapter has, are the first chapter's.
pub(super) fn keep(reading: &mut manuscript::Reading, book: &Book, id: ChapterId) {
    let file = |index: usize| book.chapters.get(index).and_then(|chapter| chapter.file);
    let own = id.0 as usize;
    let siblings: Vec<usize> =
        (0..book.chapters.len()).filter(|i| file(*i).is_some() && file(*i) == file(own)).collect();
    if siblings.len() < 2 {
        return;
    }
    let start_of = |index: usize| book.chapters.get(index).map_or(0, |chapter| chapter.span.start);
    let is_first = siblings.first() == Some(&own);
    let start = if is_first { 0 } else { start_of(own) };
    let next = siblings.iter().find(|index| **index > own);
    let end = next.map_or(u32::MAX, |index| start_of(*index));
    let is_own = |span: Span| start <= span.start && span.start < end;

    let keep = |words: &mut Words| {
        let all = std::mem::take(words);
        *words = all.part(|word| word.span.is_none_or(is_own)).0;
    };
    let streams = &mut reading.streams;
    [&mut streams.flow, &mut streams.captions, &mut streams.pictures].into_iter().for_each(keep);
    streams.notes.retain(|note| {
        let mut holders = book.notes.iter().filter(|n| {
            n.label.as_deref() == Some(note.key.as_str())
                && siblings.contains(&(n.chapter.0 as usize))
        });
        match holders.next() {
            Some(holder) => holder.chapter == id,
            None => is_first,
        }
    });
    reading.left_out.retain(|left| is_own(left.span));
}
