//! Text as words: what all readers of a book must agree on.
//!
//! A word is a run of letters and digits. Quotes, dashes, points and spaces are
//! a matter of typography and part words, each kind as much as the other; soft
//! hyphens and joiners are nothing at all; an apostrophe between letters belongs
//! to the word, whatever its shape. In scripts that are written without spaces
//! every character is a word. Case and accents count: what is set in small
//! capitals must still say what was written.

use std::ops::Range;

use crate::hash::hash64;
use crate::source::{FileId, Span};

/// Stands in a text where a line of a page ends: a word may end there or go on.
pub(super) const LINE_END: char = crate::pdf::LINE_END;

/// Where a text was written.
#[derive(Debug, Clone, Copy)]
pub(super) enum At {
    /// It stands in the file as it is, from this byte on.
    Exact(FileId, usize),
    /// Somewhere in here, in another spelling.
    Within(Span),
    /// Nowhere in the manuscript, or nobody knows.
    Unknown,
}

/// A word.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// What it is compared by.
    pub hash: u64,
    /// Its letters in the buffer.
    letters: Range<usize>,
    /// Where it was written.
    pub span: Option<Span>,
    /// Whether nothing but the end of a line parts it from the word before.
    pub soft: bool,
}

/// A text as words, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    buffer: String,
    list: Vec<Word>,
    /// The places, by the number of the word after them, where the tool may put
    /// words of its own: numbers, labels, the text of a reference.
    gaps: Vec<usize>,
    open: Option<Open>,
    /// Whether only the end of a line came since the last word.
    soft: bool,
}

/// A word that is being read.
#[derive(Debug, Clone)]
struct Open {
    start: usize,
    span: Option<Span>,
    soft: bool,
    /// An apostrophe came: the word goes on only if a letter is next.
    held: bool,
}

impl Words {
    /// Adds text; a word may go on from what was added before.
    pub fn text(&mut self, text: &str, at: At) {
        for (offset, c) in text.char_indices() {
            let span = match at {
                At::Exact(file, start) => {
                    Some(Span::new(file, start + offset, start + offset + c.len_utf8()))
                }
                At::Within(span) => Some(span),
                At::Unknown => None,
            };
            self.character(c, span);
        }
    }

    fn character(&mut self, c: char, span: Option<Span>) {
        match class(c) {
            Class::Nothing => {}
            Class::Letter => self.letter(c, span),
            Class::Alone => {
                self.boundary();
                self.letter(c, span);
                self.close();
            }
            Class::Apostrophe => match &mut self.open {
                Some(open) if !open.held => open.held = true,
                Some(_) | None => self.boundary(),
            },
            Class::LineEnd => {
                let parted = self.open.as_ref().is_none_or(|open| open.held);
                let glued = self.soft || !parted;
                self.close();
                self.soft = glued;
            }
            Class::Other => self.boundary(),
        }
    }

    fn letter(&mut self, c: char, span: Option<Span>) {
        let soft = std::mem::take(&mut self.soft);
        let start = self.buffer.len();
        let open = self.open.get_or_insert(Open { start, span, soft, held: false });
        open.held = false;
        if let (Some(whole), Some(more)) = (&mut open.span, span)
            && whole.file == more.file
        {
            *whole = whole.to(more);
        }
        match ligature(c) {
            Some(letters) => self.buffer.push_str(letters),
            None => self.buffer.push(c),
        }
    }

    /// Ends the word that is being read: whatever comes next is another.
    pub fn boundary(&mut self) {
        self.close();
        self.soft = false;
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let letters = open.start..self.buffer.len();
        let hash = hash64(self.buffer.get(letters.clone()).unwrap_or("").as_bytes());
        let (span, soft) = (open.span, open.soft);
        self.list.push(Word { hash, letters, span, soft });
    }

    /// Here the tool may put words of its own.
    pub fn gap(&mut self) {
        self.boundary();
        if self.gaps.last() != Some(&self.list.len()) {
            self.gaps.push(self.list.len());
        }
    }

    /// The same, but the word before may go on after it.
    pub fn soft_gap(&mut self) {
        let within = self.open.as_ref().is_some_and(|open| !open.held);
        self.gap();
        self.soft = within;
    }

    /// The words; the last is closed.
    pub fn finished(mut self) -> Words {
        self.boundary();
        self
    }

    /// The words so far.
    pub fn list(&self) -> &[Word] {
        &self.list
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What the words are compared by.
    pub fn hashes(&self) -> Vec<u64> {
        self.list.iter().map(|word| word.hash).collect()
    }

    /// The letters of a word.
    pub fn letters(&self, index: usize) -> &str {
        let word = self.list.get(index);
        word.and_then(|word| self.buffer.get(word.letters.clone())).unwrap_or("")
    }

    /// Whether the tool may put words of its own before the word with this number.
    pub fn has_gap(&self, index: usize) -> bool {
        self.gaps.binary_search(&index).is_ok()
    }

    /// Some of the words as one can read them, the first ones of many.
    pub fn excerpt(&self, range: Range<usize>) -> String {
        const SHOWN: usize = 8;
        let shown = range.start..range.end.min(range.start + SHOWN);
        let mut text = shown.map(|i| self.letters(i)).collect::<Vec<_>>().join(" ");
        if range.len() > SHOWN {
            text.push_str(" …");
        }
        text
    }

    /// From the first to the last of some words, as far as that is one file.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        let mut spans = self.list.get(range)?.iter().filter_map(|word| word.span);
        let first = spans.next()?;
        Some(spans.filter(|span| span.file == first.file).fold(first, Span::to))
    }

    /// Adds the words of another text after these.
    pub fn append(&mut self, other: &Words) {
        self.boundary();
        let (base, first) = (self.buffer.len(), self.list.len());
        self.buffer.push_str(&other.buffer);
        self.gaps.extend(other.gaps.iter().map(|gap| gap + first));
        self.gaps.dedup();
        self.list.extend(other.list.iter().cloned().map(|mut word| {
            word.letters = word.letters.start + base..word.letters.end + base;
            word
        }));
    }

    /// Parts the words into those that are wanted and the others, each with
    /// the gaps before them.
    pub fn part(self, wanted: impl Fn(&Word) -> bool) -> (Words, Words) {
        let mut kept = Words { buffer: self.buffer.clone(), ..Words::default() };
        let mut others = Words { buffer: self.buffer, ..Words::default() };
        let mut gaps = self.gaps.into_iter().peekable();
        for (index, word) in self.list.into_iter().enumerate() {
            let to = if wanted(&word) { &mut kept } else { &mut others };
            if gaps.next_if(|gap| *gap <= index).is_some() {
                to.gaps.push(to.list.len());
            }
            to.list.push(word);
        }
        if gaps.next().is_some() {
            kept.gaps.push(kept.list.len());
        }
        (kept, others)
    }
}

/// What a character does to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// It belongs to a word.
    Letter,
    /// It is a word.
    Alone,
    /// It belongs to a word if letters stand on both sides.
    Apostrophe,
    /// It can't be seen and parts nothing.
    Nothing,
    /// The end of a line on a page.
    LineEnd,
    /// It parts words.
    Other,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Class::Letter,
        ' ' | '\n' => Class::Other,
        LINE_END => Class::LineEnd,
        '\'' | '\u{2018}' | '\u{2019}' | '\u{2032}' | '\u{2bc}' | '\u{ff07}' => Class::Apostrophe,
        // The marks of raised and lowered letters: `H~2~O` is a word.
        '^' | '~' => Class::Nothing,
        // Soft hyphens, joiners, marks of direction and of variants.
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => Class::Nothing,
        // Points of Hebrew and Arabic, which a font may set in another order.
        '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}' => {
            Class::Nothing
        }
        '\u{300}'..='\u{36f}' => Class::Letter,
        c if c.is_alphanumeric() => {
            if is_unspaced(c) {
                Class::Alone
            } else {
                Class::Letter
            }
        }
        _ => Class::Other,
    }
}

/// Letters of scripts that are written without spaces: Thai, Lao, Myanmar,
/// Khmer, kana, Chinese characters.
fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{2e80}'..='\u{312f}'
            | '\u{31a0}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

/// The letters of a ligature that has a code of its own.
fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Words::default();
        words.text(text, At::Unknown);
        let words = words.finished();
        (0..words.len()).map(|i| words.letters(i).to_owned()).collect()
    }

    #[test]
    fn typography_parts_words_and_is_none() {
        assert_eq!(words("“One—two, three-four…”"), words("\"One--two, three-four...\""));
        assert_eq!(words("don't 'quote' rock 'n' roll"), words("don’t ‘quote’ rock ’n’ roll"));
        assert_eq!(words("don't stop"), ["dont", "stop"]);
        assert_eq!(words("un\u{ad}break\u{200b}able \u{fb01}sh"), ["unbreakable", "fish"]);
        assert_eq!(words("Straße"), ["Straße"]);
        assert_ne!(words("Case"), words("case"));
        assert_eq!(words("日本 go"), ["日", "本", "go"]);
    }

    #[test]
    fn a_word_may_come_in_parts_and_knows_its_place() {
        let file = FileId(3);
        let mut words = Words::default();
        words.text("a un", At::Exact(file, 10));
        words.text("easy ", At::Exact(file, 16));
        words.gap();
        words.text("x", At::Unknown);
        let words = words.finished();
        assert_eq!(words.letters(1), "uneasy");
        assert_eq!(words.span(1..2), Some(Span::new(file, 12, 20)));
        assert!(words.has_gap(2) && !words.has_gap(1));
        assert_eq!(words.span(2..3), None);
    }

    #[test]
    fn the_end_of_a_line_is_soft_without_a_space() {
        let soft = |text: &str| {
            let mut words = Words::default();
            words.text(text, At::Unknown);
            words.finished().list.iter().map(|w| w.soft).collect::<Vec<_>>()
        };
        assert_eq!(soft("a\u{2028}b"), [false, true]);
        assert_eq!(soft("a \u{2028}b"), [false, false]);
        assert_eq!(soft("a\u{2028} b"), [false, false]);
        assert_eq!(soft("\u{2028}a"), [false]);
    }

    #[test]
    fn texts_are_joined_and_parted() {
        let mut one = Words::default();
        one.text("a b", At::Unknown);
        let mut two = Words::default();
        two.gap();
        two.text("c", At::Unknown);
        let mut one = one.finished();
        one.append(&two.finished());
        assert_eq!((one.len(), one.has_gap(2)), (3, true));
        let b = one.list[1].hash;
        let (kept, others) = one.part(|word| word.hash == b);
        assert_eq!((kept.excerpt(0..1), others.excerpt(0..2)), ("b".into(), "a c".into()));
        assert!(others.has_gap(1));
    }
}
