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

mod quotes;
mod style;

use quotes::{Glyph, OBJECT, Quotes};
use style::Style;

use crate::model::{Inline, InlineKind, Lang, Visitor, VisitorMut, walk_inline, walk_inline_mut};

/// Stands before a character that is meant as it is: escaped in the source, or
/// written as a character reference. [`punctuate`] takes it away.
pub(crate) const LITERAL: char = '\u{FDD0}';

/// Sets the marks in a run of inlines that is read as one, such as a paragraph.
pub(crate) fn punctuate(inlines: &mut [Inline], lang: &Lang) {
    let mut stream =
        Stream { glyphs: Vec::new(), leaf: 0, style: Style::of(lang), has_marks: false };
    stream.inlines(inlines);
    if !stream.has_marks {
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
    has_marks: bool,
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
                self.has_marks |= self.style.french_spacing
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

/// Decides every mark, and gives the texts with the marks set.
fn decide(glyphs: Vec<Glyph>, leaves: usize) -> Vec<String> {
    let mut texts = vec![String::new(); leaves];
    let mut quotes = Quotes::new(glyphs);
    let mut at = 0;
    while let Some(glyph) = quotes.glyph(at) {
        let Some(text) = glyph.leaf.and_then(|leaf| texts.get_mut(leaf)) else {
            at += 1;
            continue;
        };
        let mut taken = 1;
        match glyph.c {
            '"' if !glyph.literal => quotes.double(at, text),
            '\'' if !glyph.literal => quotes.single(at, text),
            '-' | '.' if !glyph.literal => {
                taken = quotes.run(at);
                text.push_str(&dashes_and_dots(glyph.c, taken));
            }
            ' ' if glyph.style.french_spacing => text.push(quotes.french_space(at)),
            c => {
                quotes.set_already(at, c);
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
