//! Spaces of French: before high punctuation and within quotes, where a line
//! must not end.
//!
//! Source: *Lexique des règles typographiques en usage à l'Imprimerie
//! nationale*; for Canada, Office québécois de la langue française.

use super::quotes::{OBJECT, Quotes};

/// U+202F, a narrow space at which no line ends.
const NARROW: char = '\u{202F}';

/// U+00A0, a space at which no line ends.
pub(super) const NO_BREAK: char = '\u{A0}';

/// Which spaces stand within quotes and before high punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spacing {
    /// None.
    None,
    /// Narrow ones, and a full one before the colon.
    French,
    /// Full ones within quotes and before the colon; none before the others.
    Canadian,
}

impl Spacing {
    /// The space after an opening and before a closing quote.
    pub fn within_quotes(self) -> Option<char> {
        match self {
            Spacing::None => None,
            Spacing::French => Some(NARROW),
            Spacing::Canadian => Some(NO_BREAK),
        }
    }

    /// The space before a mark.
    fn before(self, mark: char) -> Option<char> {
        match (mark, self) {
            ('»', _) => self.within_quotes(),
            (':', Spacing::French | Spacing::Canadian) => Some(NO_BREAK),
            (';' | '!' | '?', Spacing::French) => Some(NARROW),
            _ => None,
        }
    }
}

impl Quotes {
    /// The space that stands for the one at a place, if it is one of French.
    pub(super) fn french_space(&self, at: usize) -> Option<char> {
        let spacing = self.glyph(at)?.style.spacing;
        if at.checked_sub(1).and_then(|b| self.char(Some(b))) == Some('«') {
            return spacing.within_quotes();
        }
        let mark = self.char(Some(at + 1))?;
        spacing.before(mark).filter(|_| mark == '»' || self.ends_clause(at + 1))
    }

    /// A mark with the space that the writer left out.
    pub(super) fn french_mark(&self, at: usize, mark: char, text: &mut String) {
        let Some(spacing) = self.glyph(at).map(|glyph| glyph.style.spacing) else { return };
        let before = at.checked_sub(1).and_then(|b| self.char(Some(b)));
        let after_word = before
            .is_some_and(|c| c.is_alphanumeric() || c == OBJECT || ")]»”’…%°€$\"'.".contains(c));
        let wanted = after_word && (mark == '»' || self.ends_clause(at)) && !self.in_address(at);
        text.extend(spacing.before(mark).filter(|_| wanted));
        text.push(mark);
        let next = self.char(Some(at + 1));
        if mark == '«' && next.is_some_and(|c| !c.is_whitespace()) {
            text.extend(spacing.within_quotes());
        }
    }

    /// Whether high punctuation ends a clause, and is no part of a time, a path
    /// or a face made of signs.
    fn ends_clause(&self, at: usize) -> bool {
        let next =
            (at + 1..).map(|at| self.char(Some(at))).find(|c| *c != Some('!') && *c != Some('?'));
        next.flatten().is_none_or(|c| c.is_whitespace() || ")]»”’…,.\"'—–".contains(c))
            && !(self.char(Some(at)) == Some(':') && self.char(Some(at + 1)) == Some(')'))
    }

    /// Whether the word that ends here is an address.
    fn in_address(&self, at: usize) -> bool {
        let word: Vec<char> = (0..at)
            .rev()
            .map_while(|at| self.char(Some(at)))
            .take_while(|c| !c.is_whitespace())
            .collect();
        word.contains(&'@') || word.windows(3).any(|three| three == ['/', '/', ':'])
    }
}
