//! Which way the letters of a paragraph run: the Unicode Bidirectional
//! Algorithm (UAX #9) over all of it at once, before it is broken into lines.
//!
//! Stretches are cut where the level changes, so that every word of a line is
//! of one level; `lines::order` then reorders the words of each line by rule L2.
//! What has a direction of its own in the manuscript, or is code, is isolated
//! (rules X5a to X5c), as `dir` does in HTML.

use std::ops::Range;

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

use crate::model::Direction;

use super::styled_text::ParaText;

/// Bytes that are isolated from what is around them, and their direction.
pub type Isolate = (Range<usize>, Direction);

/// Gives every stretch its level, cutting those that are of several.
pub fn set_levels(text: &mut ParaText, isolates: &[Isolate]) {
    let Some(levels) = levels(&text.text, text.direction, isolates) else { return };
    let mut out = Vec::with_capacity(text.runs.len());
    for stretch in text.runs.drain(..) {
        let mut begin = stretch.range.start;
        while begin < stretch.range.end {
            let level = levels.get(begin).copied().unwrap_or(0);
            let same = levels.get(begin..stretch.range.end).unwrap_or(&[]);
            let length = same.iter().take_while(|l| **l == level).count().max(1);
            let mut piece = stretch.clone();
            let moved = u32::try_from(begin - stretch.range.start).unwrap_or(u32::MAX);
            piece.source = stretch.source.map(|(node, at)| (node, at.saturating_add(moved)));
            piece.range = begin..begin + length;
            piece.level = level;
            begin += length;
            out.push(piece);
        }
    }
    text.runs = out;
}

/// The level of each byte; nothing where all of it runs to the right.
fn levels(text: &str, base: Direction, isolates: &[Isolate]) -> Option<Vec<u8>> {
    let isolated = isolates.iter().any(|(_, direction)| *direction == Direction::Rtl);
    if base == Direction::Ltr && !isolated && !runs_left(text) {
        return None;
    }
    // The text with the characters that isolate; `own` says where its bytes are.
    let mut shadow = String::with_capacity(text.len() + isolates.len() * 6);
    let mut own = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices().chain([(text.len(), '\0')]) {
        for _ in isolates.iter().filter(|(range, _)| range.end == at && range.start < at) {
            shadow.push('\u{2069}');
        }
        // Inner ones are listed before those around them.
        for (range, direction) in isolates.iter().rev() {
            if range.start == at && range.end > at {
                shadow.push(match direction {
                    Direction::Ltr => '\u{2066}',
                    Direction::Rtl => '\u{2067}',
                });
            }
        }
        if at < text.len() {
            own.extend(shadow.len()..shadow.len() + c.len_utf8());
            shadow.push(c);
        }
    }
    let base = match base {
        Direction::Ltr => Level::ltr(),
        Direction::Rtl => Level::rtl(),
    };
    let info = BidiInfo::new(&shadow, Some(base));
    let level = |at: usize| info.levels.get(at).copied().unwrap_or(base).number();
    Some(own.into_iter().map(level).collect())
}

/// Whether anything in a text runs to the left.
fn runs_left(text: &str) -> bool {
    !text.is_ascii()
        && text.chars().any(|c| {
            matches!(
                bidi_class(c),
                BidiClass::R | BidiClass::AL | BidiClass::RLE | BidiClass::RLI | BidiClass::RLO
            )
        })
}

/// Whether letters of a text are joined to each other, so that nothing may be
/// put between them: Arabic and its kin, Syriac, N'Ko, Mongolian.
pub fn is_joined(text: &str) -> bool {
    !text.is_ascii()
        && text.chars().any(|c| {
            matches!(c,
                '\u{600}'..='\u{74f}' | '\u{750}'..='\u{77f}' | '\u{7c0}'..='\u{7ff}'
                | '\u{840}'..='\u{85f}' | '\u{860}'..='\u{8ff}' | '\u{1800}'..='\u{18af}'
                | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, base: Direction, isolates: &[Isolate]) -> String {
        let Some(levels) = levels(text, base, isolates) else { return String::from("-") };
        text.char_indices().map(|(at, _)| levels[at].to_string()).collect()
    }

    #[test]
    fn text_that_runs_to_the_right_has_no_levels() {
        assert_eq!(shown("Words – and “more”.", Direction::Ltr, &[]), "-");
    }

    #[test]
    fn numbers_and_latin_words_run_right_within_what_runs_left() {
        // A full stop ends the sentence at the left; a number keeps its comma.
        assert_eq!(shown("אב 1,5 cd.", Direction::Rtl, &[]), "1112221221");
        assert_eq!(shown("1.", Direction::Rtl, &[]), "21");
        assert_eq!(shown("ab (אב) cd", Direction::Ltr, &[]), "0000110000");
    }

    #[test]
    fn isolates_keep_to_themselves() {
        // Without isolation the number would be drawn into the Hebrew.
        assert_eq!(shown("אב 12", Direction::Ltr, &[]), "11122");
        assert_eq!(shown("אב 12", Direction::Ltr, &[(0..4, Direction::Rtl)]), "11000");
        // Code within Hebrew: its marks stay in their order.
        assert_eq!(shown("א a.b() ב", Direction::Rtl, &[(3..8, Direction::Ltr)]), "112222211");
    }

    #[test]
    fn joined_scripts_are_known() {
        assert!(is_joined("كتاب"));
        assert!(!is_joined("ספר"));
        assert!(!is_joined("book"));
    }
}
