//! Spaces at which no line ends: between an abbreviation and its other half, a
//! number and its unit, a title and a name, a word of one letter and the next.
//!
//! They are characters of the text, so that both outputs have them.

use super::french::NO_BREAK;
use super::quotes::Quotes;
use super::style::Style;

/// What stands before a number.
const BEFORE_NUMBERS: [&str; 34] = [
    "§", "§§", "№", "n°", "p.", "pp.", "no.", "No.", "nr", "nr.", "Nr.", "Nr", "n.", "S.", "s.",
    "str.", "t.", "vol.", "Vol.", "ch.", "chap.", "fig.", "Fig.", "Abb.", "Tab.", "Kap.", "Bd.",
    "Art.", "art.", "č.", "с.", "стр.", "рис.", "гл.",
];

/// Units, and what stands after a number as they do.
const UNITS: [&str; 50] = [
    "m", "km", "cm", "mm", "kg", "g", "mg", "t", "s", "ms", "h", "min", "l", "ml", "W", "kW", "V",
    "A", "Hz", "kHz", "MHz", "GHz", "kB", "MB", "GB", "TB", "%", "‰", "°C", "°F", "pt", "ft", "€",
    "$", "£", "zł", "Kč", "kr", "₽", "Uhr", "г", "гг", "в", "вв", "руб", "км", "кг", "см", "тыс",
    "млн",
];

/// Whether there is anything in a text that may be tied.
pub(super) fn may_tie(text: &str, style: &Style) -> bool {
    let ties = &style.ties;
    !ties.letters.is_empty()
        || ties.before_dash
        || text.contains(['.', '§', '—', '–', '№'])
        || text.contains(|c: char| c.is_ascii_digit())
        || text.split(' ').any(|word| ties.titles.contains(&word))
}

impl Quotes {
    /// A space as it is set: one of French, one without a break, or a plain one.
    pub(super) fn space(&self, at: usize) -> char {
        let tied = || if self.ties && self.is_tied(at) { NO_BREAK } else { ' ' };
        self.french_space(at).unwrap_or_else(tied)
    }

    fn is_tied(&self, at: usize) -> bool {
        let Some(style) = self.glyph(at).map(|glyph| glyph.style) else { return false };
        let before = self.word_before(at);
        let after = self.word_after(at);
        let Some(first) = after.chars().next() else { return false };
        if matches!(before.as_str(), "—" | "–" | "―") && self.begins_paragraph(at) {
            return true;
        }
        if style.ties.before_dash && after == "—" {
            return true;
        }
        let bare =
            before.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '§' && c != '№');
        let capital = first.is_uppercase();
        one_letter_word(bare, style) && (first.is_alphanumeric() || "\"'„«“(".contains(first))
            || is_letter_with_point(bare) && is_letter_with_point(closed(&after))
            || style.ties.titles.contains(&bare) && capital
            || first.is_ascii_digit() && BEFORE_NUMBERS.contains(&bare)
            || bare.ends_with(|c: char| c.is_ascii_digit()) && is_unit(&after)
            || style.ties.groups && is_thousands(bare, &after)
    }

    /// The characters from the last space to this one.
    fn word_before(&self, at: usize) -> String {
        let mut word: Vec<char> = (0..at)
            .rev()
            .map_while(|at| self.char(Some(at)))
            .take_while(|c| !c.is_whitespace())
            .take(LONGEST)
            .collect();
        word.reverse();
        word.into_iter().collect()
    }

    /// The characters from this space to the next.
    fn word_after(&self, at: usize) -> String {
        (at + 1..)
            .map_while(|at| self.char(Some(at)))
            .take_while(|c| !c.is_whitespace())
            .take(LONGEST)
            .collect()
    }

    /// Whether only one character stands before the space.
    fn begins_paragraph(&self, at: usize) -> bool {
        at == 1 || at.checked_sub(2).and_then(|b| self.char(Some(b))) == Some('\n')
    }
}

/// Longer words are tied to nothing.
const LONGEST: usize = 12;

fn one_letter_word(word: &str, style: &Style) -> bool {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    letters.next().is_some_and(|c| style.ties.letters.contains(c)) && letters.next().is_none()
}

/// `z.` in `z. B.`, an initial before another.
fn is_letter_with_point(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.as_str() == "."
}

/// A word without what ends a clause after it.
fn closed(word: &str) -> &str {
    word.trim_end_matches([',', ';', ':', ')', '!', '?', '”', '’', '"', '\''])
}

fn is_unit(word: &str) -> bool {
    let bare = closed(word).trim_end_matches('.');
    UNITS.contains(&closed(bare))
}

/// Whether a space parts thousands: `1 000`.
fn is_thousands(before: &str, after: &str) -> bool {
    let digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let next = closed(after).trim_end_matches('.');
    let next = next.split([',', '.']).next().unwrap_or("");
    (1..=3).contains(&before.len()) && digits(before) && next.len() == 3 && digits(next)
}
