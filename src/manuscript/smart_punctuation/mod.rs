//! Quotes, apostrophes, dashes and ellipses as they are to be printed.
//!
//! Why not the parser's own: it looks at one run of text at a time, so that
//! the quote in `**"Bold"**` or after a dash turns the wrong way, and it knows
//! English only. This pass looks at a whole paragraph, through emphasis and
//! links, in the language at hand:
//!
//! ```text
//! inlines ─► one stream of characters ─► marks decided ─► back into the inlines
//! ```
//!
//! What a writer has set already (curly quotes, dashes) and what is escaped in
//! the source stays as it is.

mod style;

use style::{ENGLISH, Style};

use crate::model::{Inline, InlineKind, Lang, Visitor, VisitorMut, walk_inline, walk_inline_mut};

/// Stands before a character that is meant as it is: escaped in the source, or
/// written as a character reference. [`punctuate`] takes it away.
pub(crate) const LITERAL: char = '\u{FDD0}';

/// Sets the marks in a run of inlines that is read as one, such as a paragraph.
pub(crate) fn punctuate(inlines: &mut [Inline], lang: &Lang) {
    let mut stream = Stream { glyphs: Vec::new(), leaf: 0, style: Style::of(lang), worth: false };
    stream.inlines(inlines);
    if !stream.worth {
        return;
    }
    let texts = decide(stream.glyphs, stream.leaf);
    WriteBack { texts: texts.into_iter() }.inlines(inlines);
}

/// Sets the marks in a text that stands alone.
#[cfg(test)]
fn punctuate_text(text: &str, lang: &Lang) -> String {
    let style = Style::of(lang);
    let glyphs = glyphs(text, 0, style).collect();
    decide(glyphs, 1).into_iter().next().unwrap_or_default()
}

/// One character of the stream.
#[derive(Debug, Clone, Copy)]
struct Glyph {
    c: char,
    /// Meant as it is.
    literal: bool,
    /// Which text it belongs to; `None` for what only stands in between.
    leaf: Option<usize>,
    style: &'static Style,
}

/// The characters of a text, marks of literal ones taken away.
fn glyphs(text: &str, leaf: usize, style: &'static Style) -> impl Iterator<Item = Glyph> {
    let mut literal = false;
    text.chars().filter_map(move |c| {
        if c == LITERAL {
            literal = true;
            return None;
        }
        Some(Glyph { c, literal: std::mem::take(&mut literal), leaf: Some(leaf), style })
    })
}

/// Collects the characters of all texts in reading order.
struct Stream {
    glyphs: Vec<Glyph>,
    leaf: usize,
    style: &'static Style,
    /// Whether there is anything to decide.
    worth: bool,
}

impl Stream {
    fn between(&mut self, c: char) {
        self.glyphs.push(Glyph { c, literal: true, leaf: None, style: self.style });
    }
}

impl Visitor for Stream {
    fn inline(&mut self, inline: &Inline) {
        let outer = self.style;
        if let Some(lang) = inline.attrs.lang() {
            self.style = Style::of(lang);
        }
        match &inline.kind {
            InlineKind::Text(text) => {
                let marks = |c: char| matches!(c, '"' | '\'' | LITERAL | '«' | '»');
                self.worth |= self.style.french
                    || text.contains(marks)
                    || text.contains("--")
                    || text.contains("...");
                let (leaf, style) = (self.leaf, self.style);
                self.glyphs.extend(glyphs(text, leaf, style));
                self.leaf += 1;
            }
            InlineKind::SoftBreak | InlineKind::HardBreak => self.between(' '),
            InlineKind::Code(..) | InlineKind::Math(_) | InlineKind::Image(_) => {
                self.between(OBJECT);
            }
            InlineKind::Ref { .. } => self.between(OBJECT),
            // The mark of a note stands after the quote that it follows.
            InlineKind::Note(_) | InlineKind::IndexMark(_) => {}
            InlineKind::Emph(_)
            | InlineKind::Strong(_)
            | InlineKind::Strike(_)
            | InlineKind::SmallCaps(_)
            | InlineKind::Sub(_)
            | InlineKind::Sup(_)
            | InlineKind::Link { .. }
            | InlineKind::Span(..)
            | InlineKind::Ruby(_) => walk_inline(self, inline),
        }
        self.style = outer;
    }
}

/// What stands for code, pictures and the like; it counts as a letter.
const OBJECT: char = '\u{FFFC}';

struct WriteBack {
    texts: std::vec::IntoIter<String>,
}

impl VisitorMut for WriteBack {
    fn inline(&mut self, inline: &mut Inline) {
        match &mut inline.kind {
            InlineKind::Text(text) => {
                if let Some(new) = self.texts.next() {
                    *text = new;
                }
            }
            _ => walk_inline_mut(self, inline),
        }
    }
}

/// What a quote was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Open,
    Close,
    Other,
}

/// Decides every mark, and gives the texts with the marks set.
fn decide(glyphs: Vec<Glyph>, leaves: usize) -> Vec<String> {
    let mut texts = vec![String::new(); leaves];
    let mut state = State { marks: vec![Mark::Other; glyphs.len()], double: 0, single: 0, glyphs };
    let mut at = 0;
    while let Some(&glyph) = state.glyphs.get(at) {
        let Some(text) = glyph.leaf.and_then(|leaf| texts.get_mut(leaf)) else {
            at += 1;
            continue;
        };
        let mut taken = 1;
        match glyph.c {
            '"' if !glyph.literal => state.double(at, text),
            '\'' if !glyph.literal => state.single(at, text),
            '-' | '.' if !glyph.literal => {
                taken = state.run(at);
                text.push_str(&dashes_and_dots(glyph.c, taken));
            }
            ' ' if glyph.style.french => text.push(state.french_space(at)),
            c => {
                state.set_already(at, c);
                text.push(c);
            }
        }
        at += taken;
    }
    texts
}

/// `--`, `---` and `...` as marks; longer runs are drawings and stay.
fn dashes_and_dots(c: char, count: usize) -> String {
    match (c, count) {
        ('-', 2) => "–".into(),
        ('-', 3) => "—".into(),
        ('.', 3) => "…".into(),
        ('.', 4) => "….".into(),
        _ => std::iter::repeat_n(c, count).collect(),
    }
}

struct State {
    glyphs: Vec<Glyph>,
    marks: Vec<Mark>,
    /// How many double quotations are open.
    double: usize,
    /// How many single ones.
    single: usize,
}

impl State {
    fn char(&self, at: Option<usize>) -> Option<char> {
        self.glyphs.get(at?).map(|glyph| glyph.c)
    }

    fn mark(&mut self, at: usize, mark: Mark) {
        if let Some(slot) = self.marks.get_mut(at) {
            *slot = mark;
        }
    }

    /// How many of the same unescaped character stand here in one text.
    fn run(&self, at: usize) -> usize {
        let Some(first) = self.glyphs.get(at) else { return 1 };
        let same = |g: &&Glyph| g.c == first.c && !g.literal && g.leaf == first.leaf;
        self.glyphs.iter().skip(at).take_while(same).count().max(1)
    }

    /// Keeps count of the quotes that the writer has set.
    fn set_already(&mut self, at: usize, c: char) {
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
    fn double(&mut self, at: usize, text: &mut String) {
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
            if style.french {
                text.push(NARROW_SPACE);
            }
        } else if self.double == 0 && self.follows_digit(at) {
            text.push('″');
        } else {
            self.double = self.double.saturating_sub(1);
            self.mark(at, Mark::Close);
            if style.french && !text.ends_with(NARROW_SPACE) {
                text.push(NARROW_SPACE);
            }
            text.push_str(style.double[1]);
        }
    }

    /// A straight single quote or apostrophe.
    fn single(&mut self, at: usize, text: &mut String) {
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
    fn french_space(&self, at: usize) -> char {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn set(lang: &str, text: &str) -> String {
        punctuate_text(text, &Lang::new(lang).expect("a language"))
    }

    fn english(pairs: &[(&str, &str)]) {
        for (given, wanted) in pairs {
            assert_eq!(set("en", given), *wanted, "{given}");
        }
    }

    #[test]
    fn quotes_turn_to_what_they_enclose() {
        english(&[
            ("\"Who would turn it off?\" she said.", "“Who would turn it off?” she said."),
            ("He said—\"Come\"—and went.", "He said—“Come”—and went."),
            ("\"I was going--\" he said.", "“I was going–” he said."),
            ("(\"quite\")", "(“quite”)"),
            ("\"'Go,' he said,\" she said.", "“‘Go,’ he said,” she said."),
            ("She said, \"He said 'no.'\"", "She said, “He said ‘no.’”"),
            ("'She said \"no.\"'", "‘She said “no.”’"),
            ("\"a\"/\"b\"", "“a”/“b”"),
            ("\"...and then\"", "“…and then”"),
            ("the \"90s\" style", "the “90s” style"),
            ("\"\"", "“”"),
            ("a quote \" alone", "a quote “ alone"),
        ]);
    }

    #[test]
    fn apostrophes_are_not_quotes() {
        english(&[
            ("It's the dogs' tails", "It’s the dogs’ tails"),
            ("'Tis the season, 'twas said", "’Tis the season, ’twas said"),
            ("the '90s and '68", "the ’90s and ’68"),
            ("rock 'n' roll", "rock ’n’ roll"),
            ("O'Brien's", "O’Brien’s"),
            ("\"'Twas brillig\"", "“’Twas brillig”"),
            ("'round midnight", "’round midnight"),
            ("'round and round' he said", "‘round and round’ he said"),
            ("I said—'tis nothing", "I said—’tis nothing"),
            ("give 'em hell", "give ’em hell"),
        ]);
    }

    #[test]
    fn feet_and_inches_are_primes() {
        english(&[
            ("He was 5'10\" tall", "He was 5′10″ tall"),
            ("a 6\" nail", "a 6″ nail"),
            ("\"chapter 6\"", "“chapter 6”"),
        ]);
    }

    #[test]
    fn dashes_and_ellipses_are_set() {
        english(&[
            ("thought -- the letter", "thought – the letter"),
            ("thought---the letter", "thought—the letter"),
            ("1914--18", "1914–18"),
            ("wait...", "wait…"),
            ("end....", "end…."),
            ("----", "----"),
            ("well-known", "well-known"),
        ]);
    }

    #[test]
    fn what_is_set_or_escaped_stays() {
        english(&[
            ("“set” ‘already’ — yes", "“set” ‘already’ — yes"),
            ("\u{FDD0}\"x\u{FDD0}\"", "\"x\""),
            ("\u{FDD0}'x", "'x"),
            ("\u{FDD0}---", "-–"),
        ]);
    }

    #[test]
    fn languages_have_their_own_marks() {
        assert_eq!(set("de", "\"Er sagte 'nein'\", so's"), "„Er sagte ‚nein‘“, so’s");
        assert_eq!(set("de-CH", "\"Ja\""), "«Ja»");
        assert_eq!(
            set("fr", "\"Oui\" ! dit-il : l'eau"),
            "«\u{202F}Oui\u{202F}»\u{202F}! dit-il\u{A0}: l’eau"
        );
        assert_eq!(set("fr", "« Oui »"), "«\u{202F}Oui\u{202F}»");
        assert_eq!(set("sv", "\"Ja\""), "”Ja”");
        assert_eq!(set("da", "\"Ja\""), "»Ja«");
        assert_eq!(set("nl", "'s avonds"), "’s avonds");
        assert_eq!(set("ru", "\"Да\""), "«Да»");
        assert_eq!(set("ja", "\"はい\""), "“はい”");
    }
}
