//! East Asian text in a line: what stands between its squares.
//!
//! Ideographs, kana and their marks are drawn in squares of one em and set
//! solid. Three things are done to them (*Requirements for Japanese Text
//! Layout*, W3C, section 3; *Requirements for Chinese Text Layout*, section 3):
//!
//! * A mark fills half of its square. Where two meet, or where one stands at
//!   the edge of a line, the empty half is given up.
//! * Between an ideograph and a Latin letter or figure is a quarter of an em;
//!   nothing is added to the text for it.
//! * A line is justified by a little space between all squares, since there
//!   are no spaces between words to give it.
//!
//! Where lines may be broken is the business of UAX #14, which knows what must
//! not begin or end a line.

/// The space between two characters, as shares of an em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// What it is of itself; below zero where an empty half is given up.
    pub natural: f64,
    /// What a line may stretch it by for every unit of strain.
    pub elastic: f64,
}

/// A character next to another, with whether its glyph fills a square.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// The character.
    pub c: char,
    /// Whether it is as wide as a square.
    pub full_width: bool,
    /// Whether commas and full stops stand in the middle of their squares, as
    /// in traditional Chinese.
    pub centred: bool,
}

/// What a character is among squares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// An opening mark: its left half is empty.
    Opening,
    /// A closing mark, a comma, a full stop: its right half is empty.
    Closing,
    /// A mark in the middle of its square.
    Middle,
    /// An ideograph, a syllable, any other square.
    FullWidth,
    /// A Latin, Greek or Cyrillic letter, or a figure.
    Letter,
    /// Anything else.
    Other,
}

/// The space between squares that justifies a line.
const ELASTIC: f64 = 0.12;
/// Beside a Latin letter it may give more.
const ELASTIC_BESIDE_LETTER: f64 = 0.2;
/// Between an ideograph and a Latin letter.
const QUARTER: f64 = 0.25;

/// The half of a square that a mark leaves empty at its right, as a share of
/// an em, for one that may hang over the edge of a line.
pub fn empty_right(neighbour: Neighbour) -> f64 {
    if class(neighbour) == Class::Closing { 0.5 } else { 0.0 }
}

/// The half that a mark leaves empty at its left.
pub fn empty_left(c: char) -> f64 {
    let neighbour = Neighbour { c, full_width: true, centred: false };
    if class(neighbour) == Class::Opening { 0.5 } else { 0.0 }
}

fn class(n: Neighbour) -> Class {
    match n.c {
        '“' | '‘' | '「' | '『' | '（' | '〔' | '［' | '｛' | '〈' | '《' | '【' | '〖' | '〘'
        | '〝'
            if n.full_width =>
        {
            Class::Opening
        }
        '”' | '’' | '」' | '』' | '）' | '〕' | '］' | '｝' | '〉' | '》' | '】' | '〗' | '〙'
        | '〟'
            if n.full_width =>
        {
            Class::Closing
        }
        '、' | '。' | '，' | '．' if n.full_width && !n.centred => Class::Closing,
        '・' | '：' | '；' if n.full_width => Class::Middle,
        c if n.full_width && !c.is_ascii() => Class::FullWidth,
        c if c.is_alphanumeric() && !crate::text::is_hangul(c) => Class::Letter,
        _ => Class::Other,
    }
}

/// The space between two characters; nothing where neither is a full_width, or
/// where the two are one mark.
pub fn gap(before: Neighbour, after: Neighbour) -> Option<Gap> {
    let one_mark = before.c == after.c && matches!(before.c, '—' | '…' | '―' | '‥' | '⋯');
    if one_mark || crate::text::is_hangul(before.c) || crate::text::is_hangul(after.c) {
        return None;
    }
    let pair = (class(before), class(after));
    let natural = match pair {
        (Class::Closing, Class::Opening | Class::Closing) | (Class::Opening, Class::Opening) => {
            -0.5
        }
        (Class::Closing, Class::Middle) | (Class::Middle, Class::Opening) => -0.25,
        (Class::FullWidth, Class::Letter) | (Class::Letter, Class::FullWidth) => QUARTER,
        _ => 0.0,
    };
    let elastic = match pair {
        (Class::Letter | Class::Other, Class::Letter | Class::Other) => return None,
        (Class::FullWidth, Class::Letter) | (Class::Letter, Class::FullWidth) => {
            ELASTIC_BESIDE_LETTER
        }
        _ => ELASTIC,
    };
    Some(Gap { natural, elastic })
}

/// Whether a character is set in a square wherever its glyph is as wide as one.
pub fn may_be_full_width(c: char) -> bool {
    (crate::text::is_cjk(c) && !crate::text::is_hangul(c))
        || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '―' | '‥' | '⋯' | '·')
}

/// Whether a character goes with the one before it: a voicing mark, a form.
pub fn goes_with(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309a}' | '\u{302a}'..='\u{302f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{200d}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn natural(before: char, after: char) -> Option<f64> {
        let of = |c| Neighbour { c, full_width: may_be_full_width(c), centred: false };
        gap(of(before), of(after)).map(|g| g.natural)
    }

    #[test]
    fn empty_halves_are_given_up_where_marks_meet() {
        assert_eq!(natural('」', '「'), Some(-0.5));
        assert_eq!(natural('。', '」'), Some(-0.5));
        assert_eq!(natural('「', '『'), Some(-0.5));
        assert_eq!(natural('・', '「'), Some(-0.25));
        assert_eq!(natural('字', '「'), Some(0.0));
        assert_eq!(natural('…', '…'), None);
    }

    #[test]
    fn latin_letters_stand_a_quarter_apart() {
        assert_eq!(natural('字', 'A'), Some(0.25));
        assert_eq!(natural('6', '字'), Some(0.25));
        assert_eq!(natural('。', 'A'), Some(0.0));
        assert_eq!(natural('A', 'B'), None);
        assert_eq!(natural('글', '字'), None);
    }

    #[test]
    fn a_centred_comma_keeps_both_halves() {
        let comma = Neighbour { c: '，', full_width: true, centred: true };
        assert_eq!(empty_right(comma), 0.0);
        assert_eq!(empty_right(Neighbour { centred: false, ..comma }), 0.5);
        assert_eq!(empty_left('「'), 0.5);
    }
}
