//! The index: terms that are marked in the text, with their places.
//!
//! Marks of the same term come together whatever chapter they are in; terms
//! are sorted as the book's language sorts words (Unicode Technical Standard
//! #10 with the tailorings of CLDR), and stand under the letter they begin
//! with: `Äpfel` under A in German, under Ä in Swedish.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{
    AnchorId, BlockKind, Book, IndexEntry, IndexPlace, Inline, InlineKind, Lang, Role, TermRange,
    Visitor, walk_inline,
};
use crate::names::nearest;
use crate::source::Span;

/// Whether the book has an index, so that its marks need anchors.
pub(super) fn wanted(book: &Book) -> bool {
    book.chapters.iter().any(|c| c.role == Role::Index)
}

/// Fills the index, and reports marks that don't fit together.
pub(super) fn fill(book: &mut Book, diagnostics: &mut Diagnostics) {
    let mut marks =
        Marks { terms: Terms::default(), open: BTreeMap::new(), first: None, diagnostics };
    marks.book(book);
    let Some(first) = marks.first else { return };
    let unended: Vec<(String, Span)> =
        marks.open.iter().map(|(path, (_, span))| (path.join(" > "), *span)).collect();
    for (term, span) in unended {
        let hint = format!("Write `{{index-end: {term}}}` where the text about it ends.");
        marks.report(span, format!("nothing ends the range of `{term}` in the index"), hint);
    }
    if !wanted(book) {
        let hint =
            "Add `[[chapter]]` with `role = \"index\"` to book.toml, or remove the index entries.";
        marks.report(first, "the book has index entries, but no index".to_owned(), hint.into());
        return;
    }
    let Marks { terms, .. } = marks;
    check_references(&terms, diagnostics);
    let order = Order::of(&book.meta.language);
    let entries = order.entries(terms, true);
    for chapter in book.chapters.iter_mut().filter(|c| c.role == Role::Index) {
        if let Some(BlockKind::Index(list)) = chapter.blocks.last_mut().map(|b| &mut b.kind) {
            list.clone_from(&entries);
        }
    }
}

/// Terms of one level by their words.
#[derive(Debug, Default)]
struct Terms(BTreeMap<String, Term>);

#[derive(Debug, Default)]
struct Term {
    places: Vec<IndexPlace>,
    see: Vec<(String, Span)>,
    below: Terms,
}

impl Terms {
    fn at(&mut self, path: &[String]) -> Option<&mut Term> {
        let (first, rest) = path.split_first()?;
        let term = self.0.entry(first.clone()).or_default();
        if rest.is_empty() { Some(term) } else { term.below.at(rest) }
    }
}

/// Collects the marks in reading order.
struct Marks<'d> {
    terms: Terms,
    /// The ranges that are open: which of the term's places, and the mark.
    open: BTreeMap<Vec<String>, (usize, Span)>,
    /// The first mark of the book.
    first: Option<Span>,
    diagnostics: &'d mut Diagnostics,
}

impl Marks<'_> {
    fn report(&mut self, span: Span, message: String, hint: String) {
        self.diagnostics.push(Diagnostic::at(Code::IndexMark, span, message).hint(hint));
    }

    fn mark(&mut self, term: &crate::model::IndexTerm, anchor: Option<AnchorId>, span: Span) {
        self.first.get_or_insert(span);
        let path = term.path.join(" > ");
        let Some(entry) = self.terms.at(&term.path) else { return };
        if let Some(see) = &term.see {
            if !entry.see.iter().any(|(seen, _)| seen == see) {
                entry.see.push((see.clone(), span));
            }
            return;
        }
        // Without an index there are no anchors, and the marks only have to fit.
        let from = anchor.unwrap_or(AnchorId(u32::MAX));
        match term.range {
            TermRange::Point => entry.places.push(IndexPlace { from, to: None }),
            TermRange::Begin => {
                entry.places.push(IndexPlace { from, to: None });
                let place = entry.places.len() - 1;
                if self.open.insert(term.path.clone(), (place, span)).is_some() {
                    let hint = format!("End the first with `{{index-end: {path}}}`.");
                    self.report(span, format!("the range of `{path}` is already open"), hint);
                }
            }
            TermRange::End => match self.open.remove(&term.path) {
                Some((place, _)) => {
                    if let Some(place) = entry.places.get_mut(place) {
                        place.to = Some(from);
                    }
                }
                None => {
                    let hint =
                        format!("Write `{{index-begin: {path}}}` where the text about it begins.");
                    self.report(span, format!("no range of `{path}` is open here"), hint);
                }
            },
        }
    }
}

impl Visitor for Marks<'_> {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::IndexMark(term) = &inline.kind {
            self.mark(term, inline.attrs.anchor(), inline.span);
        }
        walk_inline(self, inline);
    }
}

/// "See" must lead to a term that is there.
fn check_references(terms: &Terms, diagnostics: &mut Diagnostics) {
    fn check(terms: &Terms, known: &BTreeSet<&str>, diagnostics: &mut Diagnostics) {
        for term in terms.0.values() {
            for (see, span) in &term.see {
                let first = see.split(" > ").next().unwrap_or(see).trim();
                if known.contains(first) {
                    continue;
                }
                let message = format!("the index has no term `{first}`");
                let found = Diagnostic::at(Code::IndexMark, *span, message);
                diagnostics.push(match nearest(first, known.iter().copied()) {
                    Some(near) => found.hint(format!("Did you mean `{near}`?")),
                    None => found.hint("Add an index entry with that term to the text."),
                });
            }
            check(&term.below, known, diagnostics);
        }
    }
    let known: BTreeSet<&str> = terms.0.keys().map(String::as_str).collect();
    check(terms, &known, diagnostics);
}

/// How a language sorts words.
struct Order {
    words: Option<CollatorBorrowed<'static>>,
    /// The same, blind for accents and case.
    letters: Option<CollatorBorrowed<'static>>,
}

impl Order {
    fn of(lang: &Lang) -> Order {
        let locale = lang.tag().parse::<Locale>().unwrap_or(Locale::UNKNOWN);
        let collator = |strength| {
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            Collator::try_new(CollatorPreferences::from(&locale), options).ok()
        };
        Order { words: collator(Strength::Tertiary), letters: collator(Strength::Primary) }
    }

    /// Terms in their order. What is put before a term's first letter, such as a
    /// quotation mark, doesn't count.
    fn entries(&self, terms: Terms, top: bool) -> Vec<IndexEntry> {
        let mut entries: Vec<IndexEntry> = terms
            .0
            .into_iter()
            .map(|(term, found)| IndexEntry {
                letter: if top { self.letter(&term) } else { String::new() },
                term,
                places: found.places,
                see: found.see.into_iter().map(|(see, _)| see.replace(" > ", ", ")).collect(),
                children: self.entries(found.below, false),
            })
            .collect();
        entries.sort_by(|a, b| self.compare(&a.term, &b.term).then_with(|| a.term.cmp(&b.term)));
        entries
    }

    fn compare(&self, a: &str, b: &str) -> Ordering {
        let (a, b) = (key(a), key(b));
        // What begins with no letter goes before all letters.
        let symbol = |s: &str| !s.starts_with(char::is_alphabetic);
        symbol(b).cmp(&symbol(a)).then_with(|| match &self.words {
            Some(words) => words.compare(a, b),
            None => a.to_lowercase().cmp(&b.to_lowercase()),
        })
    }

    /// The letter a term stands under: that of the alphabet that the language
    /// takes its first one for, or else the first one.
    fn letter(&self, term: &str) -> String {
        let Some(first) = key(term).chars().next().filter(|c| c.is_alphabetic()) else {
            return String::new();
        };
        if is_ideograph(first) {
            return String::new();
        }
        let upper: String = first.to_uppercase().collect();
        let base = ('A'..='Z').map(String::from).find(|letter| match &self.letters {
            Some(letters) => letters.compare(letter, &upper) == Ordering::Equal,
            None => *letter == upper,
        });
        base.unwrap_or(upper)
    }
}

/// A term from its first letter or digit on.
fn key(term: &str) -> &str {
    let trimmed = term.trim_start_matches(|c: char| !c.is_alphanumeric());
    if trimmed.is_empty() { term } else { trimmed }
}

/// Characters that are too many to stand over groups.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(lang: &str, terms: &[&str]) -> Vec<(String, String)> {
        let order = Order::of(&Lang::new(lang).unwrap_or_default());
        let terms = terms.iter().map(|t| ((*t).to_owned(), Term::default())).collect();
        let entries = order.entries(Terms(terms), true);
        entries.into_iter().map(|e| (e.letter, e.term)).collect()
    }

    fn words(pairs: &[(String, String)]) -> Vec<&str> {
        pairs.iter().map(|(_, term)| term.as_str()).collect()
    }

    #[test]
    fn terms_are_sorted_by_language() {
        let terms = ["Zug", "Äpfel", "Apfel", "öde", "oben"];
        let german = sorted("de", &terms);
        assert_eq!(words(&german), ["Apfel", "Äpfel", "oben", "öde", "Zug"]);
        let swedish = sorted("sv", &terms);
        assert_eq!(words(&swedish), ["Apfel", "oben", "Zug", "Äpfel", "öde"]);
        let letters: Vec<&str> = german.iter().map(|(letter, _)| letter.as_str()).collect();
        assert_eq!(letters, ["A", "A", "O", "O", "Z"]);
        assert_eq!(swedish.last().map(|(letter, _)| letter.as_str()), Some("Ö"));
    }

    #[test]
    fn case_and_quotation_marks_do_not_part_terms() {
        let english = sorted("en", &["“beam”", "Beta", "alpha", "42", "beacon"]);
        assert_eq!(words(&english), ["42", "alpha", "beacon", "“beam”", "Beta"]);
        assert_eq!(english.first().map(|(letter, _)| letter.as_str()), Some(""));
    }
}
