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
}

impl Quotes {
    /// Nothing decided yet about a stream of characters.
    pub fn new(glyphs: Vec<Glyph>) -> Self {
        Self { marks: vec![Mark::Other; glyphs.len()], double: 0, single: 0, glyphs }
    }

    /// The character at a place.
    pub fn glyph(&self, at: usize) -> Option<Glyph> {
        self.glyphs.get(at).copied()
    }

    fn char(&self, at: Option<usize>) -> Option<char> {
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
            Some(c) => {
                c.is_whitespace()
                    || matches!(
                        c,
                        '(' | '['
                            | '{'
                            | '<'
                            | '¿'
                            | '¡'
                            | '/'
                            | '='
                            | '—'
                            | '–'
                            | '-'
                            | '―'
                            | '|'
                            | '\u{200B}'
                    )
            }
        }
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
        let can_open = self.after_opening(at) && !self.precedes_space(at);
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
            if style.french_spacing {
                text.push(NARROW_SPACE);
            }
        } else if self.double == 0 && self.follows_digit(at) {
            text.push('″');
        } else {
            self.double = self.double.saturating_sub(1);
            self.mark(at, Mark::Close);
            if style.french_spacing && !text.ends_with(NARROW_SPACE) {
                text.push(NARROW_SPACE);
            }
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
        } else if self.after_opening(at) && self.elision(at, style) {
            text.push('’');
        } else if self.after_opening(at) && !self.precedes_space(at) {
            self.single += 1;
            self.mark(at, Mark::Open);
            text.push_str(style.single[0]);
        } else if self.single > 0 && !self.follows_space(at) {
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
            return !matches!(self.char(Some(end)), Some('\'' | '"'));
        }
        if style.elided.contains(&word.as_str()) {
            return true;
        }
        style.perhaps_elided.contains(&word.as_str()) && !self.quotation_ends_after(end)
    }

    /// Whether a quote further on looks like the end of a quotation.
    fn quotation_ends_after(&self, from: usize) -> bool {
        let end = self.glyphs.len().min(from + FARTHEST);
        (from..end).any(|at| {
            self.char(Some(at)) == Some('\'') && !self.follows_space(at) && self.before_closing(at)
        })
    }

    /// A space in French: no break before high punctuation and within quotes.
    pub fn french_space(&self, at: usize) -> char {
        let before = at.checked_sub(1).and_then(|b| self.char(Some(b)));
        match self.char(Some(at + 1)) {
            Some(';' | '!' | '?' | '»') => NARROW_SPACE,
            Some(':') => '\u{A0}',
            _ if before == Some('«') => NARROW_SPACE,
            _ => ' ',
        }
    }
}

/// How far the end of a quotation is looked for, in characters.
const FARTHEST: usize = 2000;

/// U+202F, a narrow space at which no line ends.
const NARROW_SPACE: char = '\u{202F}';
