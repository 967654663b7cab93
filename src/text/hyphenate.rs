//! Where a word may be broken.
//!
//! Patterns are Liang's (Franklin M. Liang, *Word Hy-phen-a-tion by
//! Com-put-er*, 1983) as the crate `hypher` carries them, with a book's own
//! exceptions before them.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::Lang;

/// The letters that must stay before a break.
const LEFT_MIN: usize = 2;
/// The letters that must follow a break.
const RIGHT_MIN: usize = 3;
/// Words shorter than this are never broken.
const SHORTEST: usize = 5;

/// Hyphenates words of any language that has patterns.
#[derive(Debug, Clone, Default)]
pub struct Hyphenator {
    exceptions: HashMap<String, Vec<usize>>,
    anywhere: bool,
}

impl Hyphenator {
    /// With words spelt out by the book, `-` where they may break:
    /// `ta-ble`, and `record` for one that may not.
    pub fn new(exceptions: &[String]) -> Hyphenator {
        let exceptions = exceptions
            .iter()
            .map(|word| {
                let mut plain = String::new();
                let mut breaks = Vec::new();
                for c in word.trim().to_lowercase().chars() {
                    if c == '-' {
                        breaks.push(plain.len());
                    } else {
                        plain.push(c);
                    }
                }
                (plain, breaks)
            })
            .collect();
        Hyphenator { exceptions, anywhere: false }
    }

    /// One that breaks any word after any letter: the last resort of a column
    /// that is narrower than its words.
    pub fn anywhere() -> &'static Hyphenator {
        static ANYWHERE: LazyLock<Hyphenator> =
            LazyLock::new(|| Hyphenator { anywhere: true, ..Hyphenator::default() });
        &ANYWHERE
    }

    /// Whether it breaks words of any kind and length, code among them.
    pub fn breaks_all(&self) -> bool {
        self.anywhere
    }

    /// The bytes of `word` before which it may be broken with a hyphen.
    ///
    /// The word may have punctuation at its ends; soft hyphens in it are
    /// breaks, and then the only ones. No break leaves fewer than two letters
    /// before it or three after it. Words with figures, or with capitals after
    /// the first letter, are left whole.
    pub fn breaks(&self, word: &str, lang: &Lang) -> Vec<usize> {
        if word.contains('\u{ad}') {
            return word.match_indices('\u{ad}').map(|(i, s)| i + s.len()).collect();
        }
        if self.anywhere {
            let follows = |c: char| !matches!(c, '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}');
            let letters = word.char_indices().skip(1).filter(|(_, c)| follows(*c));
            return letters.map(|(at, _)| at).collect();
        }
        let letter = |c: char| c.is_alphabetic() || c == '’' || c == '\'';
        let Some(start) = word.find(|c: char| c.is_alphabetic()) else { return Vec::new() };
        let rest = &word[start..];
        let core = &rest[..rest.find(|c| !letter(c)).unwrap_or(rest.len())];
        let core = core.trim_end_matches(['’', '\'']);
        let after = &rest[core.len()..];
        if core.chars().count() < SHORTEST
            || word.chars().any(|c| c.is_ascii_digit())
            || after.chars().any(char::is_alphabetic)
            || core.chars().skip(1).any(char::is_uppercase)
        {
            return Vec::new();
        }
        let lower = core.to_lowercase();
        if lower.len() != core.len() {
            return Vec::new();
        }
        let found: Vec<usize> = match self.exceptions.get(&lower) {
            Some(breaks) => breaks.clone(),
            None => self.by_patterns(&lower, lang),
        };
        found
            .into_iter()
            .filter(|&at| {
                let letters = |s: &str| s.chars().filter(|c| c.is_alphabetic()).count();
                core.is_char_boundary(at)
                    && letters(&core[..at]) >= LEFT_MIN
                    && letters(&core[at..]) >= RIGHT_MIN
                    && !core[at..].starts_with(['’', '\''])
                    && !core[..at].ends_with(['’', '\''])
            })
            .map(|at| start + at)
            .collect()
    }

    fn by_patterns(&self, word: &str, lang: &Lang) -> Vec<usize> {
        let primary = lang.primary();
        let Ok(code) = <[u8; 2]>::try_from(primary.as_bytes()) else { return Vec::new() };
        let Some(lang) = hypher::Lang::from_iso(code) else { return Vec::new() };
        let mut at = 0;
        let mut breaks = Vec::new();
        for syllable in hypher::hyphenate(word, lang) {
            at += syllable.len();
            breaks.push(at);
        }
        breaks.pop();
        breaks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_resort_breaks_after_any_letter() {
        assert_eq!(split(Hyphenator::anywhere(), "ab1c"), "a|b|1|c");
        assert_eq!(split(Hyphenator::anywhere(), "e\u{301}x"), "e\u{301}|x");
    }

    fn split(hyphenator: &Hyphenator, word: &str) -> String {
        let mut out = String::new();
        let breaks = hyphenator.breaks(word, &Lang::default());
        for (i, c) in word.char_indices() {
            if breaks.contains(&i) {
                out.push('|');
            }
            out.push(c);
        }
        out
    }

    #[test]
    fn english_words_break_by_pattern_and_never_short() {
        let h = Hyphenator::default();
        assert_eq!(split(&h, "abundance,"), "abun|dance,");
        assert_eq!(split(&h, "“intelligence”"), "“in|tel|li|gence”");
        assert_eq!(split(&h, "only"), "only");
        assert_eq!(split(&h, "NASA’s"), "NASA’s");
        assert_eq!(split(&h, "x2intelligence"), "x2intelligence");
    }

    #[test]
    fn the_books_own_exceptions_come_first() {
        let h = Hyphenator::new(&["abun-dan-ce".into(), "intelligence".into()]);
        assert_eq!(split(&h, "Intelligence"), "Intelligence");
        assert_eq!(split(&h, "abundance"), "abun|dance", "never fewer than three letters after");
    }

    #[test]
    fn soft_hyphens_decide_alone() {
        let h = Hyphenator::default();
        assert_eq!(h.breaks("intel\u{ad}ligence", &Lang::default()), [7]);
    }
}
