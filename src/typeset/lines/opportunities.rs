//! The text of a paragraph as the line breaker reads it: where it may be broken
//! (UAX #14), which characters are spaces, which words are the same.

use std::borrow::Cow;

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use crate::hash::hash64;
use crate::text::is_unspaced;
use crate::typeset::object::Object;
use crate::typeset::styled_text::{OBJECT, ParaText};

/// The text with its objects as characters that break lines as they do.
pub fn stood_in(text: &ParaText) -> Cow<'_, str> {
    if !text.text.contains(OBJECT) {
        return Cow::Borrowed(&text.text);
    }
    let mut objects = text.runs.iter().filter_map(|s| s.object.as_ref());
    let stand_in = |c| match c {
        OBJECT => objects.next().map_or('ᴀ', Object::stand_in),
        c => c,
    };
    Cow::Owned(text.text.chars().map(stand_in).collect())
}

/// No word longer than this, in bytes, is looked for at the edges of two lines.
pub const LONGEST_WORD: usize = 96;

/// What stands for an object that breaks lines like an ideograph.
pub const IDEOGRAPH: char = '一';

/// What finds the places where a text may be broken. Scripts without spaces
/// between words need a model of their words, others only the rules.
pub fn segmenter(text: &str) -> LineSegmenterBorrowed<'static> {
    let options = LineBreakOptions::default();
    if text.chars().any(is_unspaced) {
        LineSegmenter::new_auto(options)
    } else {
        LineSegmenter::new_for_non_complex_scripts(options)
    }
}

/// A hash of a word in lower case without the marks around it; 0 for words of a letter or two.
pub fn fingerprint(word: &str) -> u64 {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.chars().count() < 3 {
        return 0;
    }
    hash64(bare.to_ascii_lowercase().as_bytes())
}

/// What a character is that stands for a space of its own.
pub enum FixedSpace {
    /// Gives and takes like a space between words, but never breaks.
    Elastic,
    /// A share of an em.
    Em(f64),
}

/// The space a character stands for; nothing for letters.
pub fn fixed_space(c: char) -> Option<FixedSpace> {
    Some(match c {
        '\u{a0}' => FixedSpace::Elastic,
        '\u{2009}' | '\u{2006}' => FixedSpace::Em(1.0 / 6.0),
        '\u{202f}' => FixedSpace::Em(1.0 / 6.0),
        '\u{200a}' => FixedSpace::Em(0.1),
        '\u{2002}' => FixedSpace::Em(0.5),
        '\u{2003}' => FixedSpace::Em(1.0),
        '\u{2060}' | '\u{200b}' | '\u{feff}' | '\u{ad}' => FixedSpace::Em(0.0),
        _ => return None,
    })
}

/// Where ASCII text may break: after runs of spaces, after hyphens between letters.
pub fn ascii_breaks(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut breaks = Vec::new();
    for i in 1..bytes.len() {
        let (a, b) = (bytes[i - 1], bytes[i]);
        let after_space = a == b' ' && b != b' ';
        let after_hyphen =
            a == b'-' && b.is_ascii_alphabetic() && i >= 2 && bytes[i - 2].is_ascii_alphabetic();
        let after_slash = a == b'/' && b.is_ascii_alphabetic() && i >= 2 && bytes[i - 2] != b'/';
        if after_space || after_hyphen || after_slash {
            breaks.push(i);
        }
    }
    breaks.push(bytes.len());
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_text_breaks_after_spaces_and_hyphens() {
        assert_eq!(ascii_breaks("a well-known - x"), [2, 7, 13, 15, 16]);
        assert_eq!(ascii_breaks("10-12 -v"), [6, 8]);
    }
}
