//! Values that are right in type and may still mean nothing: ISBN, dates,
//! colours; and the identifier of a book that was given none.

use crate::hash::uuid;
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
/// authors and language.
pub(super) fn made_identifier(meta: &Metadata) -> String {
    let mut parts = vec![meta.title.as_bytes()];
    parts.extend(meta.authors().map(|author| author.name.as_bytes()));
    parts.push(meta.language.tag().as_bytes());
    format!("urn:uuid:{}", uuid(&parts))
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
