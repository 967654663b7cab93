//! Values that are right in type and may still mean nothing: ISBN, dates,
//! colours; and the identifier of a book that was given none.

use crate::model::Metadata;

/// The digits of an ISBN if its check digit is right: thirteen of them, or ten
/// of which the last may be `X` (ISO 2108, annex A).
pub(super) fn isbn(text: &str) -> Option<String> {
    let plain: String = text
        .trim()
        .trim_start_matches("ISBN")
        .chars()
        .filter(|c| !matches!(c, '-' | ' ' | ':' | '‐' | '‑' | '–'))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let values: Vec<u32> = plain
        .chars()
        .enumerate()
        .map(|(i, c)| if c == 'X' && i == 9 { Some(10) } else { c.to_digit(10) })
        .collect::<Option<_>>()?;
    let sound = match values.len() {
        13 => {
            let weights = [1u32, 3].into_iter().cycle();
            values.iter().zip(weights).map(|(v, w)| v * w).sum::<u32>() % 10 == 0
                && (plain.starts_with("978") || plain.starts_with("979"))
        }
        10 => values.iter().zip((1..=10u32).rev()).map(|(v, w)| v * w).sum::<u32>() % 11 == 0,
        _ => false,
    };
    sound.then_some(plain)
}

/// A year, month or day as ISO 8601 writes them, if there is such a day.
pub(super) fn date(text: &str) -> Option<String> {
    let text = text.trim();
    let mut parts = text.split('-');
    let digits = |part: &str, count: usize| -> Option<u32> {
        let all = part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        if all { part.parse().ok() } else { None }
    };
    let year = digits(parts.next()?, 4)?;
    if let Some(part) = parts.next() {
        let month = digits(part, 2).filter(|m| (1..=12).contains(m))?;
        if let Some(part) = parts.next() {
            let leap =
                year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
            let last = match month {
                2 if leap => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            digits(part, 2).filter(|d| (1..=last).contains(d))?;
        }
    }
    parts.next().is_none().then(|| text.to_owned())
}

/// Red, green and blue of `#C8452B` or `#c42`.
pub(super) fn colour(text: &str) -> Option<[u8; 3]> {
    let hex = text.trim().strip_prefix('#')?;
    let digits: Vec<u8> = hex
        .chars()
        .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .collect::<Option<_>>()?;
    match digits.as_slice() {
        [r, g, b] => Some([r * 17, g * 17, b * 17]),
        [a, b, c, d, e, f] => Some([a * 16 + b, c * 16 + d, e * 16 + f]),
        _ => None,
    }
}

/// An identifier for a book that has none: the same for the same title,
/// authors and language, in the form of a UUID of version 8, which is the one
/// for methods of one's own (RFC 9562, section 5.8).
pub(super) fn made_identifier(meta: &Metadata) -> String {
    let mut hash = Fnv::new();
    hash.add(&meta.title);
    for author in meta.authors() {
        hash.add(&author.name);
    }
    hash.add(meta.language.tag());
    let mut bytes = hash.0.to_be_bytes();
    if let Some(byte) = bytes.get_mut(6) {
        *byte = *byte & 0x0F | 0x80;
    }
    if let Some(byte) = bytes.get_mut(8) {
        *byte = *byte & 0x3F | 0x80;
    }
    let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    let part = |range: std::ops::Range<usize>| hex.get(range).unwrap_or("").to_owned();
    let parts = [part(0..8), part(8..12), part(12..16), part(16..20), part(20..32)];
    format!("urn:uuid:{}", parts.join("-"))
}

/// FNV-1a in 128 bits (Fowler, Noll and Vo; draft-eastlake-fnv).
struct Fnv(u128);

impl Fnv {
    fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    /// Adds a text and an end that no text has.
    fn add(&mut self, text: &str) {
        for byte in text.bytes().chain([0xFF]) {
            self.0 ^= u128::from(byte);
            self.0 = self.0.wrapping_mul(0x0100_0000_0000_0000_0000_013B);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn isbns_are_checked_by_their_last_digit() {
        assert_eq!(isbn("978-3-16-148410-0").as_deref(), Some("9783161484100"));
        assert_eq!(isbn("ISBN 0-8044-2957-X").as_deref(), Some("080442957X"));
        assert_eq!(isbn("978-3-16-148410-1"), None);
        assert_eq!(isbn("123"), None);
        assert_eq!(isbn("X804429570"), None);
    }

    #[test]
    fn dates_must_be_in_the_calendar() {
        assert_eq!(date("2026").as_deref(), Some("2026"));
        assert_eq!(date("2026-11").as_deref(), Some("2026-11"));
        assert_eq!(date("2024-02-29").as_deref(), Some("2024-02-29"));
        assert_eq!(date("2026-02-29"), None);
        assert_eq!(date("2026-13"), None);
        assert_eq!(date("November 2026"), None);
        assert_eq!(date("2026-11-22-1"), None);
    }

    #[test]
    fn colours_are_read_in_both_forms() {
        assert_eq!(colour("#C8452B"), Some([0xC8, 0x45, 0x2B]));
        assert_eq!(colour("#fff"), Some([255, 255, 255]));
        assert_eq!(colour("red"), None);
        assert_eq!(colour("#12345"), None);
    }

    #[test]
    fn the_identifier_depends_on_the_title_and_nothing_random() {
        let named =
            |title: &str| made_identifier(&Metadata { title: title.into(), ..Metadata::default() });
        assert_eq!(named("A"), named("A"));
        assert_ne!(named("A"), named("B"));
        let id = named("A");
        assert_eq!(id.len(), "urn:uuid:".len() + 36);
        assert_eq!(id.as_bytes().get(9 + 14), Some(&b'8'), "{id}");
    }
}
