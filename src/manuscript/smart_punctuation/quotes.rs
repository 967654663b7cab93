//! What each quote, apostrophe and space of a paragraph is: a quotation that
//! begins or ends, an elision, feet or inches.

use super::style::{ENGLISH, Style};

/// One character of the stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// It.
    pub c: char,
    /// Meant as it is.
    pub literal: bool,
    /// Which text it belongs to; `None` for what only stands in between.
    pub leaf: Option<usize>,
    /// The marks of its language.
    pub style: &'static Style,
}

/// What stands for code, pictures and the like; it counts as a letter.
pub(super) const OBJECT: char = '\u{FFFC}';

/// What a quote was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Open,
    Close,
    Other,
}

/// The quotes of a paragraph, decided from its beginning to its end.
pub(super) struct Quotes {
    glyphs: Vec<Glyph>,
    marks: Vec<Mark>,
    /// How many double quotations are open.
    double: usize,
    /// How many single ones.
    single: usize,
    /// Whether words that belong together are tied.
    pub(super) ties: bool,
}

impl Quotes {
    /// Nothing decided yet about a stream of characters.
    pub fn new(glyphs: Vec<Glyph>) -> Self {
        Self { marks: vec![Mark::Other; glyphs.len()], double: 0, single: 0, ties: true, glyphs }
    }

    /// The same without spaces at which no line ends between words.
    pub fn untied(self) -> Self {
        Self { ties: false, ..self }
    }

    /// The character at a place.
    pub fn glyph(&self, at: usize) -> Option<Glyph> {
        self.glyphs.get(at).copied()
    }

    pub(super) fn char(&self, at: Option<usize>) -> Option<char> {
        self.glyphs.get(at?).map(|glyph| glyph.c)
    }

    fn mark(&mut self, at: usize, mark: Mark) {
        if let Some(slot) = self.marks.get_mut(at) {
            *slot = mark;
        }
    }

    /// How many of the same unescaped character stand here in one text.
    pub fn run(&self, at: usize) -> usize {
        let Some(first) = self.glyphs.get(at) else { return 1 };
        let same = |g: &&Glyph| g.c == first.c && !g.literal && g.leaf == first.leaf;
        self.glyphs.iter().skip(at).take_while(same).count().max(1)
    }

    /// Keeps count of the quotes that the writer has set.
    pub fn set_already(&mut self, at: usize, c: char) {
        match c {
            '“' | '„' | '«' => self.mark(at, Mark::Open),
            '”' | '»' => self.mark(at, Mark::Close),
            '‘' | '‚' | '‹' => self.mark(at, Mark::Open),
            '’' | '›' => self.mark(at, Mark::Close),
            _ => {}
        }
    }

    /// Whether a quotation can begin after this place.
    fn after_opening(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        match self.char(Some(before)) {
            None => true,
            Some('"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '‚' | '«' | '»' | '‹' | '›') => {
                self.marks.get(before) == Some(&Mark::Open)
            }
            Some(c) => !c.is_alphanumeric() && c != OBJECT && !ENDS.contains(c),
        }
    }

    /// Whether a quote follows an elided article and stands before a word:
    /// `L'"école"`.
    fn after_elided_article(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let apostrophe = matches!(self.char(Some(before)), Some('\'' | '’'));
        let letter = |at: Option<usize>| self.char(at).is_some_and(char::is_alphabetic);
        apostrophe
            && self.marks.get(before) != Some(&Mark::Open)
            && letter(before.checked_sub(1))
            && letter(Some(at + 1))
    }

    /// Whether a quotation can end before this place.
    fn before_closing(&self, at: usize) -> bool {
        match self.char(Some(at + 1)) {
            None => true,
            Some(c) => !c.is_alphanumeric() && c != OBJECT,
        }
    }

    fn follows_space(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|b| self.char(Some(b))).is_none_or(char::is_whitespace)
    }

    fn precedes_space(&self, at: usize) -> bool {
        self.char(Some(at + 1)).is_none_or(char::is_whitespace)
    }

    fn follows_digit(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|b| self.char(Some(b))).is_some_and(|c| c.is_ascii_digit())
    }

    /// A straight double quote.
    pub fn double(&mut self, at: usize, text: &mut String) {
        let style = self.glyphs.get(at).map_or(&ENGLISH, |g| g.style);
        let can_open =
            (self.after_opening(at) && !self.precedes_space(at)) || self.after_elided_article(at);
        let can_close = !self.follows_space(at) && self.before_closing(at);
        let open = match (can_open, can_close) {
            (true, false) => true,
            (false, true) => false,
            _ => self.double == 0 && (self.follows_space(at) || can_open),
        };
        if open {
            self.double += 1;
            self.mark(at, Mark::Open);
            text.push_str(style.double[0]);
            text.extend(style.spacing.within_quotes());
        } else if self.follows_digit(at) && self.inches(at) {
            text.push('″');
        } else {
            self.double = self.double.saturating_sub(1);
            self.mark(at, Mark::Close);
            text.extend(style.spacing.within_quotes().filter(|space| !text.ends_with(*space)));
            text.push_str(style.double[1]);
        }
    }

    /// A straight single quote or apostrophe.
    pub fn single(&mut self, at: usize, text: &mut String) {
        let style = self.glyphs.get(at).map_or(&ENGLISH, |g| g.style);
        let before = at.checked_sub(1).and_then(|b| self.char(Some(b)));
        let after = self.char(Some(at + 1));
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == OBJECT);
        if letter(before) && letter(after) {
            let feet = self.follows_digit(at) && after.is_some_and(|c| c.is_ascii_digit());
            text.push(if feet { '′' } else { '’' });
        } else if self.after_opening(at) && self.elision(at, style)
            || letter(before) && self.elides_before_quote(at)
        {
            text.push('’');
        } else if self.follows_digit(at) && self.single > 0 && self.next_single_closes(at + 1) {
            text.push('′');
        } else if self.after_opening(at) && !self.precedes_space(at) {
            self.single += 1;
            self.mark(at, Mark::Open);
            text.push_str(style.single[0]);
        } else if self.single > 0 && !self.follows_space(at) && !self.genitive(at) {
            self.single -= 1;
            self.mark(at, Mark::Close);
            text.push_str(style.single[1]);
        } else if self.follows_digit(at) {
            text.push('′');
        } else {
            self.mark(at, Mark::Close);
            text.push('’');
        }
    }

    /// Whether an apostrophe after an `s` is a genitive within a quotation that
    /// goes on: `'the boys' names' were read`.
    fn genitive(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|b| self.char(Some(b)));
        let after = self.char(Some(at + 2)).filter(|_| self.char(Some(at + 1)) == Some(' '));
        before == Some('s') && after.is_some_and(char::is_lowercase) && self.closing_follows(at + 1)
    }

    /// Whether an apostrophe stands between an elided article and a quotation.
    fn elides_before_quote(&self, at: usize) -> bool {
        let letter = |at: usize| self.char(Some(at)).is_some_and(char::is_alphabetic);
        self.char(Some(at + 1)) == Some('"') && letter(at + 2)
    }

    /// Whether a double quote after a digit means inches or seconds: no
    /// quotation is open, feet or minutes stand before it, or the open
    /// quotation ends further on.
    fn inches(&self, at: usize) -> bool {
        self.double == 0 || self.follows_feet(at) || self.another_closing(at + 1)
    }

    /// Whether the number before stands after feet or minutes: `5'10`, `6' 2`.
    fn follows_feet(&self, at: usize) -> bool {
        let mut before = (0..at).rev().map(|b| self.char(Some(b)).unwrap_or(' '));
        let mut rest = before.by_ref().skip_while(char::is_ascii_digit);
        let mark = rest.next();
        let mark = if mark == Some(' ') { rest.next() } else { mark };
        matches!(mark, Some('\'' | '′')) && rest.next().is_some_and(|c| c.is_ascii_digit())
    }

    /// Whether the next double quote is the end of a quotation and no measure.
    fn another_closing(&self, from: usize) -> bool {
        let end = self.glyphs.len().min(from + FARTHEST);
        let next = (from..end).find(|at| self.char(Some(*at)) == Some('"'));
        next.is_some_and(|at| {
            !self.follows_space(at) && self.before_closing(at) && !self.follows_digit(at)
        })
    }

    /// Whether the next single quote that is no apostrophe within a word ends a
    /// quotation and is no measure.
    fn next_single_closes(&self, from: usize) -> bool {
        let end = self.glyphs.len().min(from + FARTHEST);
        let letter = |at: usize| self.char(Some(at)).is_some_and(char::is_alphanumeric);
        let next = (from..end)
            .find(|at| self.char(Some(*at)) == Some('\'') && !(letter(at - 1) && letter(at + 1)));
        next.is_some_and(|at| {
            !self.follows_space(at) && self.before_closing(at) && !self.follows_digit(at)
        })
    }

    /// Whether the word before an apostrophe is one that English speech clips:
    /// `goin'`, `an'`.
    fn clipped(&self, at: usize) -> bool {
        let word: Vec<char> = (0..at)
            .rev()
            .map_while(|b| self.char(Some(b)))
            .take_while(|c| c.is_alphabetic())
            .take(12)
            .flat_map(char::to_lowercase)
            .collect();
        let word: String = word.into_iter().rev().collect();
        matches!(word.as_str(), "an" | "o" | "wi" | "ol" | "th" | "tha")
            || (word.len() > 3 && word.ends_with("in"))
    }

    /// Whether the word here begins with an apostrophe: `'tis`, `'90s`, `'n'`.
    fn elision(&self, at: usize, style: &Style) -> bool {
        let word: String = self
            .glyphs
            .iter()
            .skip(at + 1)
            .map(|g| g.c)
            .take_while(|c| c.is_alphanumeric())
            .take(12)
            .flat_map(char::to_lowercase)
            .collect();
        let end = at + 1 + word.chars().count();
        let decade = word.strip_suffix('s').unwrap_or(&word);
        if decade.len() == 2 && decade.bytes().all(|b| b.is_ascii_digit()) {
            return self.char(Some(end)) != Some('\'');
        }
        if style.elided.contains(&word.as_str()) {
            return true;
        }
        style.perhaps_elided.contains(&word.as_str()) && !self.closing_follows(end)
    }

    /// Whether a single quote further on looks like the end of a quotation: not
    /// like the second half of `'n'` and not like the genitive in `boys' games`.
    fn closing_follows(&self, from: usize) -> bool {
        let end = self.glyphs.len().min(from + FARTHEST);
        let mut at = from;
        while at < end {
            if self.char(Some(at)) == Some('\'') {
                if self.follows_space(at) && self.char(Some(at + 2)) == Some('\'') {
                    at += 3;
                    continue;
                }
                let before = at.checked_sub(1).and_then(|b| self.char(Some(b)));
                let after = self.char(Some(at + 2)).filter(|_| self.precedes_space(at));
                let genitive = before == Some('s') && after.is_some_and(char::is_lowercase);
                let ends = !self.follows_space(at) && self.before_closing(at);
                if ends && !genitive && !self.clipped(at) {
                    return true;
                }
            }
            at += 1;
        }
        false
    }
}

/// How far the end of a quotation is looked for, in characters.
const FARTHEST: usize = 2000;

/// What ends a word or a sentence: a quotation doesn't begin right after it.
const ENDS: &str = ".,;:!?)]}…%°′″";
