//! The labels above chapter titles: `Essay two`, `Part II`, `Appendix A`.

use crate::locale::Locale;
use crate::model::{Book, Number, Role};

/// How the numbers of chapters are written in their labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numerals {
    /// `two`
    Words,
    /// `2`
    Figures,
}

/// Gives each chapter with a number its label. `own` is the book's word for a
/// chapter, or empty.
///
/// A chapter alone in its book needs no number above its title.
pub(super) fn set(book: &mut Book, locale: &Locale, own: &str) {
    let numerals = numerals(book, locale);
    let chapters = book.chapters.iter().filter(|c| c.role == Role::Chapter).count();
    for chapter in &mut book.chapters {
        let shown = chapter.role != Role::Chapter || chapters > 1;
        let label = locale.opening(chapter, own, numerals == Numerals::Words);
        chapter.opening.label = label.filter(|_| shown).map(|label| capitalised(&label));
    }
}

/// One manner for the whole book: words if the language has one for the number
/// of every chapter, else figures throughout.
fn numerals(book: &Book, locale: &Locale) -> Numerals {
    let numbers = book.chapters.iter().filter(|c| c.role == Role::Chapter);
    let mut numbers = numbers.filter_map(|chapter| chapter.number.as_ref());
    match numbers.all(|number: &Number| locale.spells(number)) {
        true => Numerals::Words,
        false => Numerals::Figures,
    }
}

/// A label as the beginning of a line: with a capital.
fn capitalised(label: &str) -> String {
    let mut chars = label.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Chapter, Lang, Metadata, Numeral};
    use crate::source::{FileId, Span};

    fn labels(lang: &str, own: &str, chapters: &[(Role, Number)]) -> Vec<String> {
        let span = Span::new(FileId(0), 0, 0);
        let chapter = |(role, number): &(Role, Number)| Chapter {
            number: Some(number.clone()),
            ..Chapter::bare(*role, "x", span)
        };
        let meta =
            Metadata { language: Lang::new(lang).unwrap_or_default(), ..Metadata::default() };
        let chapters = chapters.iter().map(chapter).collect();
        let mut book = Book { meta, chapters, ..Book::default() };
        set(&mut book, Locale::of(&Lang::new(lang).unwrap_or_default()), own);
        let label = |c: Chapter| c.opening.label.unwrap_or_else(|| "-".into());
        book.chapters.into_iter().map(label).collect()
    }

    fn numbered(count: u32) -> Vec<(Role, Number)> {
        (1..=count).map(|n| (Role::Chapter, n.into())).collect()
    }

    #[test]
    fn small_numbers_are_words() {
        assert_eq!(labels("en", "Essay", &numbered(2)), ["Essay one", "Essay two"]);
        assert_eq!(labels("de", "", &numbered(2)), ["Eins", "Zwei"]);
        assert_eq!(labels("ru", "", &numbered(2)), ["1", "2"], "no words are known");
    }

    #[test]
    fn more_chapters_than_words_are_in_figures_throughout() {
        assert_eq!(labels("en", "", &numbered(12))[11], "Twelve");
        let many = labels("en", "Essay", &numbered(13));
        assert_eq!((many[0].as_str(), many[12].as_str()), ("Essay 1", "Essay 13"));
    }

    #[test]
    fn chapters_within_chapters_make_figures_of_all_numbers() {
        let chapters = [(Role::Chapter, 1.into()), (Role::Chapter, Number::new([1, 1]))];
        assert_eq!(labels("en", "Essay", &chapters), ["Essay 1", "1.1"]);
    }

    #[test]
    fn a_chapter_alone_has_no_number_but_a_part_has() {
        let part = (Role::Part, Number::in_numerals(1, Numeral::Roman));
        assert_eq!(labels("en", "Essay", &[part, (Role::Chapter, 1.into())]), ["Part I", "-"]);
    }
}
