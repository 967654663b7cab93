//! Numbers of chapters, sections, figures and tables, and what is numbered.

use std::fmt;

/// A number with as many parts as its place is deep: `2`, `2.3`, `2.3.1`. That
/// of a part or appendix, and all below it, begins in numerals of its own: `II`,
/// `A`, `A.1`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Number {
    parts: Vec<u32>,
    first: Numeral,
}

/// How the first part of a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Numeral {
    /// `1`, `2`, `3`.
    #[default]
    Arabic,
    /// `I`, `II`, `III`.
    Roman,
    /// `A`, `B`, `C`; after `Z` comes `AA`.
    Letter,
}

impl Number {
    /// A number of these parts, the outermost first.
    pub fn new(parts: impl Into<Vec<u32>>) -> Number {
        Number { parts: parts.into(), first: Numeral::Arabic }
    }

    /// A number of one part in these numerals.
    pub fn in_numerals(number: u32, first: Numeral) -> Number {
        Number { parts: vec![number], first }
    }

    /// Its parts, the outermost first.
    pub fn parts(&self) -> &[u32] {
        &self.parts
    }

    /// Whether all of it is written in figures.
    pub fn is_plain(&self) -> bool {
        self.first == Numeral::Arabic
    }

    /// The number of a place below this one.
    #[must_use]
    pub fn below(&self, last: u32) -> Number {
        Number { parts: self.parts.iter().copied().chain([last]).collect(), first: self.first }
    }
}

impl From<u32> for Number {
    fn from(number: u32) -> Number {
        Number::new([number])
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, part) in self.parts.iter().enumerate() {
            match (i, self.first) {
                (0, Numeral::Roman) => f.write_str(&roman(*part).to_uppercase())?,
                (0, Numeral::Letter) => f.write_str(&letters(*part))?,
                (0, Numeral::Arabic) => write!(f, "{part}")?,
                _ => write!(f, ".{part}")?,
            }
        }
        Ok(())
    }
}

/// A number in lower-case roman numerals; zero is empty.
pub fn roman(mut n: u32) -> String {
    const NUMERALS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (value, numeral) in NUMERALS {
        while n >= value {
            out.push_str(numeral);
            n -= value;
        }
    }
    out
}

/// A number in letters: 1 is `A`, 26 is `Z`, 27 is `AA`; zero is empty.
pub(super) fn letters(mut n: u32) -> String {
    let mut out = Vec::new();
    while n > 0 {
        n -= 1;
        out.push(b'A' + u8::try_from(n % 26).unwrap_or(0));
        n /= 26;
    }
    out.iter().rev().map(|b| char::from(*b)).collect()
}

/// What of a book is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbering {
    /// Chapters, parts and appendices.
    pub chapters: bool,
    /// So many levels of headings below the chapter's title.
    pub sections: u8,
    /// Figures with a caption.
    pub figures: bool,
    /// Tables with a caption.
    pub tables: bool,
    /// Formulas that are set off.
    pub equations: bool,
}

impl Default for Numbering {
    fn default() -> Self {
        Self { chapters: true, sections: 0, figures: false, tables: false, equations: false }
    }
}

impl Numbering {
    /// Whether readers need the numbers of chapters to find what is numbered
    /// below them: then lists of chapters show them.
    pub fn is_for_finding(&self) -> bool {
        self.chapters && (self.sections > 0 || self.figures || self.tables || self.equations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_part_is_in_numerals_of_its_own() {
        assert_eq!(Number::new([2, 3, 1]).to_string(), "2.3.1");
        assert_eq!(Number::in_numerals(1, Numeral::Letter).below(4).to_string(), "A.4");
        assert_eq!(Number::in_numerals(4, Numeral::Roman).to_string(), "IV");
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([1, 26, 27, 52, 53, 702, 703].map(letters).join(" "), "A Z AA AZ BA ZZ AAA");
    }
}
