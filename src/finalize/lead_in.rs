//! Which words of a chapter's first paragraph lead in, in small capitals.
//!
//! Three to five words that end where a phrase does: at the first punctuation
//! among them, or else after a word that doesn't lead on to the next, four words
//! rather than five or three. A sentence that ends sooner ends the lead-in. Only
//! plain words count; a note, a picture or code ends it.

use super::phrases::Phrases;
use crate::model::{Inline, InlineKind, Lang, LinkTarget, Visitor, plain_text, walk_inline};

const FEWEST: usize = 3;
const MOST: usize = 5;
/// How many words are taken if no punctuation decides, the best first.
const PREFERRED: [usize; 3] = [4, 5, 3];
/// As many words as are taken if every choice would stop within a phrase.
const USUAL: usize = 4;

/// What leads in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// The bytes of the words that lead in.
    pub length: usize,
    /// The bytes of the first word; `None` if the text doesn't begin with a
    /// letter.
    pub first_word: Option<usize>,
    /// The bytes of the whole paragraph.
    pub bytes: usize,
}

/// What of a paragraph in a language leads in; `None` if it doesn't begin with
/// plain words in a script that has capitals, and with them small capitals.
pub(super) fn find(inlines: &[Inline], lang: &Lang) -> Option<Found> {
    let mut text = String::new();
    let whole = collect(inlines, &mut text);
    let first = text.chars().find(|c| c.is_alphabetic())?;
    if !first.is_uppercase() && !first.is_lowercase() {
        return None;
    }
    let words = Words::of(&text, whole);
    let length = words.lead_in(&Phrases::of(lang))?;
    let begins_with_letter = text.chars().next().is_some_and(char::is_alphabetic);
    let first_word = text.find(char::is_whitespace).unwrap_or(text.len());
    let bytes = length_with_references(inlines);
    Some(Found { length, first_word: begins_with_letter.then_some(first_word), bytes })
}

/// The first words of a text.
struct Words<'t> {
    text: &'t str,
    /// Where each of the first words ends, and one more if there is one.
    ends: Vec<usize>,
    /// Whether the text is the whole paragraph, and no note or picture follows.
    whole: bool,
}

impl<'t> Words<'t> {
    fn of(text: &'t str, whole: bool) -> Words<'t> {
        let mut ends = Vec::new();
        let mut inside = false;
        for (at, c) in text.char_indices() {
            if c.is_whitespace() {
                if std::mem::take(&mut inside) {
                    ends.push(at);
                }
            } else if c.is_alphanumeric() {
                inside = true;
            }
            if ends.len() > MOST {
                break;
            }
        }
        if inside && ends.len() <= MOST {
            ends.push(text.len());
        }
        Words { text, ends, whole }
    }

    /// The bytes of the words that lead in.
    fn lead_in(&self, phrases: &Phrases) -> Option<usize> {
        let counts = || 1..=MOST.min(self.ends.len());
        let sentence = counts().find(|count| self.ends_with(*count, &['.', '!', '?', '…']));
        let clause = counts()
            .skip(FEWEST - 1)
            .find(|count| self.ends_with(*count, &[',', ';', ':', '—', '–']));
        let by_punctuation = match (sentence, clause) {
            (Some(sentence), Some(clause)) => Some(sentence.min(clause)),
            (one, other) => one.or(other),
        };
        let by_phrase = || {
            let mut counts = PREFERRED.into_iter().filter(|count| *count <= self.ends.len());
            let ends_well =
                |count: &usize| *count == self.ends.len() || !phrases.leads_on(self.word(*count));
            counts.find(ends_well)
        };
        let count = by_punctuation.or_else(by_phrase).unwrap_or(USUAL.min(self.ends.len()));
        self.ends.get(count.checked_sub(1)?).copied()
    }

    /// A word, counted from one, with what clings to it.
    fn word(&self, count: usize) -> &'t str {
        let end = |count: usize| count.checked_sub(1).and_then(|n| self.ends.get(n)).copied();
        let (from, to) = (end(count - 1).unwrap_or(0), end(count));
        to.and_then(|to| self.text.get(from..to)).unwrap_or("").trim()
    }

    /// Whether a word ends with one of these signs, quotes aside.
    fn ends_with(&self, count: usize, signs: &[char]) -> bool {
        let quotes = ['”', '’', '»', '«', '“', '"', '\'', ')'];
        let word = self.word(count).trim_end_matches(quotes);
        // "Mr." and the initial of a name end no sentence.
        let short = word.ends_with('.') && word.chars().filter(|c| c.is_alphabetic()).count() <= 3;
        let last = count == self.ends.len() && self.whole;
        word.ends_with(signs) && (!short || last)
    }
}

/// The bytes of a paragraph, with those that the tool will write for references
/// and notes.
fn length_with_references(inlines: &[Inline]) -> usize {
    struct Length(usize);
    impl Visitor for Length {
        fn inline(&mut self, inline: &Inline) {
            match &inline.kind {
                InlineKind::Ref { .. } => self.0 += "Figure 2.1".len(),
                InlineKind::Note(_) => self.0 += "\u{2060}1".len(),
                _ => walk_inline(self, inline),
            }
        }
    }
    let mut length = Length(plain_text(inlines).len());
    length.inlines(inlines);
    length.0
}

/// Adds the text up to the first thing that isn't plain words; whether there is
/// nothing of that kind.
fn collect(inlines: &[Inline], text: &mut String) -> bool {
    inlines.iter().all(|inline| match &inline.kind {
        InlineKind::Text(t) => {
            text.push_str(t);
            true
        }
        InlineKind::SoftBreak => {
            text.push(' ');
            true
        }
        InlineKind::Emph(content) | InlineKind::Strong(content) | InlineKind::Span(_, content) => {
            collect(content, text)
        }
        // After a link within the book, paper says its page.
        InlineKind::Link { target, content, .. } => {
            collect(content, text) && matches!(target, LinkTarget::External(_))
        }
        InlineKind::IndexMark(_) => true,
        InlineKind::Strike(_)
        | InlineKind::SmallCaps(_)
        | InlineKind::Sub(_)
        | InlineKind::Sup(_)
        | InlineKind::Code(..)
        | InlineKind::Ref { .. }
        | InlineKind::Image(_)
        | InlineKind::Note(_)
        | InlineKind::HardBreak
        | InlineKind::Math(_)
        | InlineKind::Ruby(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CodeRole;
    use crate::source::{FileId, Span};

    fn span() -> Span {
        Span::new(FileId(0), 0, 0)
    }

    /// What leads in, of a paragraph of plain text.
    fn lead<'t>(lang: &str, text: &'t str) -> &'t str {
        let inlines = [Inline::text(text, span())];
        let found = find(&inlines, &Lang::new(lang).unwrap_or_default());
        found.and_then(|found| text.get(..found.length)).unwrap_or("")
    }

    fn length(parts: Vec<InlineKind>) -> usize {
        let inlines: Vec<Inline> = parts.into_iter().map(|k| Inline::new(k, span())).collect();
        find(&inlines, &Lang::default()).map_or(0, |found| found.length)
    }

    fn text(t: &str) -> InlineKind {
        InlineKind::Text(t.into())
    }

    #[test]
    fn punctuation_ends_the_lead_in() {
        assert_eq!(lead("en", "In the end, nothing is"), "In the end,");
        assert_eq!(lead("en", "Yes, it is so, they say"), "Yes, it is so,");
        assert_eq!(lead("en", "“Never again,” she said"), "“Never again,” she said");
        assert_eq!(lead("en", "It rained. The streets were"), "It rained.");
        assert_eq!(lead("en", "Well."), "Well.");
    }

    #[test]
    fn short_forms_end_no_sentence() {
        assert_eq!(lead("en", "Mr. Smith went home and slept"), "Mr. Smith went home");
        assert_eq!(lead("en", "J. R. Ewing sold oil wells"), "J. R. Ewing sold");
    }

    #[test]
    fn the_lead_in_does_not_stop_within_a_phrase() {
        assert_eq!(lead("en", "In the long run we are"), "In the long run");
        assert_eq!(lead("en", "The history of the world is"), "The history of the world");
        assert_eq!(lead("en", "Alpha the history of the world"), "Alpha the history");
        assert_eq!(lead("en", "It was the best of times"), "It was the best");
        assert_eq!(lead("en", "The old man and the sea is"), "The old man");
        assert_eq!(lead("en", "When I was a child the"), "When I was a child");
        assert_eq!(lead("de", "Es war einmal in einem Land"), "Es war einmal");
        assert_eq!(lead("fr", "Longtemps je me suis couché"), "Longtemps je me suis couché");
        assert_eq!(lead("it", "Tanto va la gatta al lardo"), "Tanto va la gatta");
    }

    #[test]
    fn a_language_without_a_list_takes_the_shortest_words_to_lead_on() {
        assert_eq!(lead("ru", "Река шла мимо и пристани"), "Река шла мимо и пристани");
        assert_eq!(lead("ru", "Старый паром стоял у берега"), "Старый паром стоял у берега");
    }

    #[test]
    fn scripts_without_capitals_have_none() {
        assert_eq!(lead("ja", "川辺の 小さな 町に 住む。"), "");
        assert_eq!(length(vec![]), 0);
    }

    #[test]
    fn it_runs_through_emphasis_and_stops_at_a_note_or_code() {
        let emph = InlineKind::Emph(vec![Inline::text("long", span())]);
        let parts = vec![text("In the "), emph, InlineKind::SoftBreak, text("run we are")];
        assert_eq!(length(parts), "In the long run".len());
        let code = vec![
            text("Use "),
            InlineKind::Code(CodeRole::Code, "ls".into()),
            text(" to list files"),
        ];
        assert_eq!(length(code), "Use".len());
        let note =
            vec![text("The tide"), InlineKind::Note(crate::model::NoteId(0)), text(" turns")];
        assert_eq!(length(note), "The tide".len());
    }

    #[test]
    fn the_first_word_is_known_where_a_letter_begins_it() {
        let found = |t: &str| find(&[Inline::text(t, span())], &Lang::default());
        assert_eq!(found("A cat sat").and_then(|f| f.first_word), Some(1));
        assert_eq!(found("“Quick,” he").and_then(|f| f.first_word), None);
    }
}
