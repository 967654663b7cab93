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

mod french;
mod metadata;
mod no_break;
mod quotes;
mod style;

pub(crate) use metadata::{punctuate_metadata, punctuate_names};

use french::Spacing;
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
    let texts = decide(Quotes::new(stream.glyphs), stream.leaf);
    WriteBack { texts: texts.into_iter() }.inlines(inlines);
}

/// Sets the marks in a text that stands alone and is looked for by its words,
/// such as a name: they are not tied.
fn punctuate_untied(text: &str, lang: &Lang) -> String {
    let glyphs = glyphs(text, 0, Style::of(lang)).collect();
    decide(Quotes::new(glyphs).untied(), 1).into_iter().next().unwrap_or_default()
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
                self.has_marks |= self.style.spacing != Spacing::None
                    || text.contains(marks)
                    || text.contains("--")
                    || text.contains("...")
                    || no_break::may_tie(text, self.style);
                let (leaf, style) = (self.leaf, self.style);
                self.glyphs.extend(glyphs(text, leaf, style));
                self.leaf += 1;
            }
            // A space that may turn out to be one without a break.
            InlineKind::SoftBreak => {
                let (leaf, style) = (self.leaf, self.style);
                self.glyphs.push(Glyph { c: ' ', literal: false, leaf: Some(leaf), style });
                self.leaf += 1;
            }
            InlineKind::HardBreak => self.between('\n'),
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
            InlineKind::SoftBreak => {
                if let Some(new) = self.texts.next().filter(|new| new != " ") {
                    inline.kind = InlineKind::Text(new);
                }
            }
            _ => walk_inline_mut(self, inline),
        }
    }
}

/// Decides every mark, and gives the texts with the marks set.
fn decide(mut quotes: Quotes, leaves: usize) -> Vec<String> {
    let mut texts = vec![String::new(); leaves];
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
            ' ' => text.push(quotes.space(at)),
            c => {
                quotes.set_already(at, c);
                if glyph.style.spacing == Spacing::None || glyph.literal {
                    text.push(c);
                } else {
                    quotes.french_mark(at, c, text);
                }
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
        let lang = Lang::new(lang).expect("a language");
        let glyphs = glyphs(text, 0, Style::of(&lang)).collect();
        decide(Quotes::new(glyphs), 1).into_iter().next().unwrap_or_default()
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
            ("§\"5\" and €\"6\"", "§“5” and €“6”"),
            ("x=\"y\"; f(\"z\")", "x=“y”; f(“z”)"),
            ("*\"a\"*", "*“a”*"),
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
            ("Well, 'cause I won't. Fish 'n' chips.", "Well, ’cause I won’t. Fish ’n’ chips."),
            ("He left. 'E said so.", "He left. ’E said so."),
            ("She likes 'er tea, an' 'is", "She likes ’er tea, an’ ’is"),
            ("\"in the '60s\"", "“in the ’60s”"),
            ("'68' and '70s", "‘68’ and ’70s"),
            ("'cause and effect' it says", "‘cause and effect’ it says"),
            ("'I like the boys' games,' he said.", "‘I like the boys’ games,’ he said."),
        ]);
    }

    #[test]
    fn feet_and_inches_are_primes() {
        english(&[
            ("He was 5'10\" tall", "He was 5′10″ tall"),
            ("a 6\" nail", "a 6″ nail"),
            ("\"chapter 6\"", "“chapter 6”"),
            ("\"He was 6' 2\" tall,\" she said.", "“He was 6′ 2″ tall,” she said."),
            ("\"A 6\" nail,\" he said.", "“A 6″ nail,” he said."),
            ("40° 26' 46\" N", "40° 26′ 46″ N"),
            ("'a 6' plank' he said", "‘a 6′ plank’ he said"),
            ("'1984' too, '70s music' he said", "‘1984’ too, ’70s music’ he said"),
            ("'In 1984' he said, 'and later.'", "‘In 1984’ he said, ‘and later.’"),
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
        assert_eq!(set("pl", "\"Cytat 'nie'\""), "„Cytat «nie»”");
        assert_eq!(set("sv", "\"Ja\""), "”Ja”");
        assert_eq!(set("da", "\"Ja\""), "»Ja«");
        assert_eq!(set("nl", "'s avonds"), "’s avonds");
        assert_eq!(set("ru", "\"Да\""), "«Да»");
        assert_eq!(set("ja", "\"はい\""), "“はい”");
    }
    #[test]
    fn a_quotation_begins_after_an_elided_article() {
        assert_eq!(set("fr", "L'\"école\" ici"), "L’«\u{202F}école\u{202F}» ici");
        assert_eq!(set("it", "L'\"arte\" dell'\"uomo\""), "L’«arte» dell’«uomo»");
        assert_eq!(set("ca", "l'\"home\""), "l’«home»");
        assert_eq!(set("en", "He said 'so \"no\"'"), "He said ‘so “no”’");
    }

    #[test]
    fn french_gets_the_spaces_that_were_left_out() {
        for (given, wanted) in [
            ("Oui! Non? Si; puis: là.", "Oui\u{202F}! Non\u{202F}? Si\u{202F}; puis\u{A0}: là."),
            ("Oui ! Non : là", "Oui\u{202F}! Non\u{A0}: là"),
            ("«collé»", "«\u{202F}collé\u{202F}»"),
            ("\"Vraiment?\" Et", "«\u{202F}Vraiment\u{202F}?\u{202F}» Et"),
            ("Quoi?! Non!!!", "Quoi\u{202F}?! Non\u{202F}!!!"),
            ("10:30, 3:1, C:\\dir", "10:30, 3:1, C:\\dir"),
            ("http://example.org:80/?a=1;b", "http://example.org:80/?a=1;b"),
            ("http://example.org/x?", "http://example.org/x?"),
            ("a :-) b ;-)", "a :-) b ;-)"),
            ("(?) et [!]", "(?) et [!]"),
        ] {
            assert_eq!(set("fr", given), wanted, "{given}");
        }
        assert_eq!(set("fr-CA", "Oui! Non: \"là\""), "Oui! Non\u{A0}: «\u{A0}là\u{A0}»");
        assert_eq!(set("en", "Yes! No: so"), "Yes! No: so");
    }

    #[test]
    fn words_that_belong_together_are_tied_in_their_language() {
        for (lang, given, wanted) in [
            ("pl", "w domu i o zmroku", "w~domu i~o~zmroku"),
            ("cs", "v lese a k domu", "v~lese a~k~domu"),
            ("uk", "у лісі і в домі", "у~лісі і~в~домі"),
            ("ru", "в лесу — и я тоже", "в~лесу~— и~я~тоже"),
            ("de", "das ist z. B. hier, § 7 und Nr. 5", "das ist z.~B. hier, §~7 und Nr.~5"),
            ("de", "(d. h. 12 km, 1 000 000 Euro)", "(d.~h. 12~km, 1~000~000 Euro)"),
            ("en", "Mr. Collins and Dr. Bell, p. 12", "Mr.~Collins and Dr.~Bell, p.~12"),
            ("en", "In 12 300 came; a I b", "In 12 300 came; a I b"),
            ("fr", "Le M. Dupont, 50 % de 1 000 €", "Le M.~Dupont, 50~% de 1~000~€"),
            ("es", "— Sí, dijo", "—~Sí, dijo"),
            ("en", "Plan A works", "Plan A works"),
        ] {
            assert_eq!(set(lang, given).replace('\u{A0}', "~"), wanted, "{given}");
        }
    }

    #[test]
    fn a_line_end_in_the_source_is_tied_as_a_space_is() {
        let span = crate::source::Span::new(crate::source::FileId(0), 0, 0);
        let mut inlines = vec![
            Inline::text("Mr.", span),
            Inline::new(InlineKind::SoftBreak, span),
            Inline::text("Collins", span),
            Inline::new(InlineKind::SoftBreak, span),
            Inline::text("came", span),
        ];
        punctuate(&mut inlines, &Lang::new("en").expect("a language"));
        assert_eq!(inlines[1].kind, InlineKind::Text("\u{A0}".into()));
        assert_eq!(inlines[3].kind, InlineKind::SoftBreak);
    }
}
