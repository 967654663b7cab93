//! Names that a licence reserves for the font as it was released.
//!
//! Under the SIL Open Font License 1.1 a modified font, and a cut one is
//! modified, may not be presented under a Reserved Font Name. Every name in
//! the file is replaced by one of the same length, so that nothing moves.

use skrifa::MetadataProvider;
use skrifa::string::StringId;

use super::sfnt::u16_at;
use crate::text::FontFace;

/// What takes the place of a reserved word, cut to its length.
const SUBSTITUTE: &str = "BinderFolioQuartoOctavo";

/// Names by which a font is presented to users: family, unique name, full
/// name, PostScript name, typographic and WWS families.
const PRESENTED: [u16; 7] = [1, 3, 4, 6, 16, 18, 21];

/// The reserved word in a face's family name, if there is one.
pub(super) fn reserved_word(face: &FontFace) -> Option<String> {
    let font = face.font_ref();
    let notices = [StringId::COPYRIGHT_NOTICE, StringId::LICENSE_DESCRIPTION];
    notices.into_iter().find_map(|id| {
        let notice: String = font.localized_strings(id).english_or_first()?.chars().collect();
        reserved_in(&notice).find(|word| face.family.contains(word)).map(str::to_owned)
    })
}

/// The names in quotes behind "Reserved Font Name".
fn reserved_in(notice: &str) -> impl Iterator<Item = &str> {
    let rest = notice.split_once("Reserved Font Name").map_or("", |(_, rest)| rest);
    let quotes = ['\'', '"', '‘', '’', '“', '”'];
    let parts = rest.split(quotes).skip(1).step_by(2);
    parts.map(str::trim).filter(|word| !word.is_empty() && word.is_ascii())
}

/// A word of the same length that nobody reserves.
pub(super) fn substitute(word: &str) -> String {
    SUBSTITUTE.chars().cycle().take(word.len()).collect()
}

/// A `name` table with a word replaced in all names a user gets to see.
pub(super) fn renamed(table: &[u8], word: &str) -> Option<Vec<u8>> {
    let mut out = table.to_vec();
    let count = usize::from(u16_at(table, 2)?);
    let storage = usize::from(u16_at(table, 4)?);
    for record in table.get(6..)?.chunks_exact(12).take(count) {
        if !PRESENTED.contains(&u16_at(record, 6)?) {
            continue;
        }
        let start = storage + usize::from(u16_at(record, 10)?);
        let end = start + usize::from(u16_at(record, 8)?);
        let text = out.get_mut(start..end)?;
        match u16_at(record, 0)? {
            // Macintosh: one byte a character; all others are UTF-16.
            1 => replace(text, word.as_bytes(), substitute(word).as_bytes()),
            _ => replace(text, &utf_16(word), &utf_16(&substitute(word))),
        }
    }
    Some(out)
}

/// Replaces every occurrence by bytes of the same number.
pub(super) fn replace(text: &mut [u8], old: &[u8], new: &[u8]) {
    let mut at = 0;
    while let Some(place) = text.get_mut(at..at + old.len()).filter(|_| !old.is_empty()) {
        if place == old {
            place.copy_from_slice(new);
        }
        at += 1;
    }
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_names_are_read_from_the_notice() {
        let words = |notice| reserved_in(notice).collect::<Vec<_>>();
        assert_eq!(words("© 2023 Adobe, with Reserved Font Name ‘Source’."), ["Source"]);
        assert_eq!(
            words("with Reserved Font Name \"Linux Libertine\", \"Biolinum\"."),
            ["Linux Libertine", "Biolinum"]
        );
        assert!(words("Copyright 2020").is_empty());
        assert_eq!(substitute("Source"), "Binder");
    }

    #[test]
    fn words_are_replaced_in_place() {
        let mut text = *b"SourceSans Source";
        replace(&mut text, b"Source", b"Binder");
        assert_eq!(&text, b"BinderSans Binder");
    }
}
