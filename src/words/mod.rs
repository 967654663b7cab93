//! The few words the tool itself says, by language.
//!
//! They are names of places and things that the manuscript doesn't name: the
//! title of a contents page, the label of a warning, `Figure 2.1`, `page 12`.
//! Paper and e-book say the same, so that there is one table for both. A
//! language that isn't here gets English.
//!
//! ```text
//! Lang ─► Words ─┬─► a name:   role, admonition
//!                ├─► a label:  page, figure, opening
//!                └─► what a cross-reference says of an anchor
//! ```

mod others;
mod western;

use crate::model::{
    AdmonitionKind, Anchor, AnchorTarget, Book, Chapter, Lang, Number, Role, plain_text,
};
use others::{
    ARABIC, CHINESE, DANISH, GREEK, HEBREW, JAPANESE, KOREAN, NORWEGIAN, POLISH, RUSSIAN, SWEDISH,
    TRADITIONAL_CHINESE, UKRAINIAN,
};
use western::{DUTCH, ENGLISH, FRENCH, GERMAN, ITALIAN, PORTUGUESE, SPANISH};

/// The words of one language. Those that end in `_n` have `{}` where a number
/// goes.
#[derive(Debug)]
pub struct Words {
    lang: &'static str,
    cover: &'static str,
    title_page: &'static str,
    copyright: &'static str,
    contents: &'static str,
    figures: &'static str,
    tables: &'static str,
    index: &'static str,
    dedication: &'static str,
    epigraph: &'static str,
    foreword: &'static str,
    preface: &'static str,
    introduction: &'static str,
    part: &'static str,
    chapter: &'static str,
    appendix: &'static str,
    afterword: &'static str,
    acknowledgements: &'static str,
    notes: &'static str,
    bibliography: &'static str,
    glossary: &'static str,
    about_author: &'static str,
    colophon: &'static str,
    /// The name of the list of landmarks.
    pub landmarks: &'static str,
    /// The name of the list of printed pages.
    pub pages: &'static str,
    /// Where the text begins.
    pub begin: &'static str,
    /// What leads from a note to its mark.
    pub back: &'static str,
    /// An item of a task list that is done.
    pub done: &'static str,
    /// An item of a task list that isn't.
    pub to_do: &'static str,
    note: &'static str,
    tip: &'static str,
    important: &'static str,
    warning: &'static str,
    caution: &'static str,
    page_n: &'static str,
    on_page_n: &'static str,
    note_n: &'static str,
    part_n: &'static str,
    chapter_n: &'static str,
    appendix_n: &'static str,
    section_n: &'static str,
    figure_n: &'static str,
    table_n: &'static str,
    equation_n: &'static str,
    /// What leads from one term of an index to another.
    pub see: &'static str,
    /// What leads to another term that says more.
    pub see_also: &'static str,
    /// Within a sentence such words begin with a small letter.
    lower_references: bool,
    /// The numbers from zero as words; none where they aren't known.
    numerals: &'static [&'static str],
}

const ALL: [&Words; 20] = [
    &ENGLISH,
    &GERMAN,
    &FRENCH,
    &SPANISH,
    &ITALIAN,
    &DUTCH,
    &PORTUGUESE,
    &SWEDISH,
    &DANISH,
    &NORWEGIAN,
    &POLISH,
    &RUSSIAN,
    &HEBREW,
    &ARABIC,
    &JAPANESE,
    &UKRAINIAN,
    &GREEK,
    &KOREAN,
    &TRADITIONAL_CHINESE,
    &CHINESE,
];

impl Words {
    /// The words of a language, or the English ones.
    pub fn of(lang: &Lang) -> &'static Words {
        let primary = lang.primary();
        let primary = match primary.as_str() {
            "nb" | "nn" => "no",
            "zh" if is_traditional(lang) => "zh-Hant",
            other => other,
        };
        ALL.into_iter().find(|w| w.lang == primary).unwrap_or(&ENGLISH)
    }

    /// The cover.
    pub fn cover(&self) -> &'static str {
        self.cover
    }

    /// What a chapter of a role is called when it has no title.
    pub fn role(&self, role: Role) -> &'static str {
        match role {
            Role::HalfTitle | Role::TitlePage => self.title_page,
            Role::Copyright => self.copyright,
            Role::Contents => self.contents,
            Role::ListOfFigures => self.figures,
            Role::ListOfTables => self.tables,
            Role::Dedication => self.dedication,
            Role::Epigraph => self.epigraph,
            Role::Foreword => self.foreword,
            Role::Preface => self.preface,
            Role::Introduction => self.introduction,
            Role::Part => self.part,
            Role::Chapter => self.chapter,
            Role::Appendix => self.appendix,
            Role::Afterword => self.afterword,
            Role::Acknowledgements => self.acknowledgements,
            Role::Notes => self.notes,
            Role::Bibliography => self.bibliography,
            Role::Glossary => self.glossary,
            Role::Index => self.index,
            Role::AboutAuthor => self.about_author,
            Role::Colophon => self.colophon,
        }
    }

    /// The label of an admonition.
    pub fn admonition(&self, kind: AdmonitionKind) -> &'static str {
        match kind {
            AdmonitionKind::Note => self.note,
            AdmonitionKind::Tip => self.tip,
            AdmonitionKind::Important => self.important,
            AdmonitionKind::Warning => self.warning,
            AdmonitionKind::Caution => self.caution,
        }
    }

    /// `page 12`.
    pub fn page(&self, folio: &str) -> String {
        filled(self.page_n, folio)
    }

    /// `p. 12`.
    pub fn on_page(&self, folio: &str) -> String {
        filled(self.on_page_n, folio)
    }

    /// `note 3`, for readers that can't see the mark.
    pub fn note_number(&self, number: &str) -> String {
        self.note_n.replace("{}", number)
    }

    /// `Figure 2.1`, before its caption.
    pub fn figure(&self, number: &Number) -> String {
        filled(self.figure_n, &number.to_string())
    }

    /// A table without a number.
    pub fn any_table(&self) -> String {
        self.table_n.replace("{}", "").trim().to_owned()
    }

    /// `Table 2.1`, before its caption.
    pub fn table(&self, number: &Number) -> String {
        filled(self.table_n, &number.to_string())
    }

    /// What stands above a chapter's title: `Part II`, `Appendix A`, `Essay two`
    /// where `own` is `Essay`, or only the number of a chapter. Nothing where
    /// the title says it already.
    pub fn opening(&self, chapter: &Chapter, own: &str, spelled: bool) -> Option<String> {
        let number = chapter.number.as_ref()?;
        let nested = number.parts().len() > 1;
        let pattern = match chapter.role {
            Role::Part => (self.part_n, self.part),
            Role::Appendix => (self.appendix_n, self.appendix),
            _ => {
                let number = if spelled { self.spelled(number) } else { number.to_string() };
                // "Essay 2", but "2.1": what is within a chapter is not called one.
                let own = if nested { "" } else { own };
                return Some(if own.is_empty() { number } else { format!("{own} {number}") });
            }
        };
        let title = plain_text(&chapter.title).to_lowercase();
        let said = title.trim_start().starts_with(&pattern.1.to_lowercase());
        (!said).then(|| pattern.0.replace("{}", &number.to_string()))
    }

    /// What stands before a chapter's title in a list: of a part or an appendix
    /// its label, of a chapter its number, where readers need it to find their
    /// way. Empty where there is nothing.
    pub fn listed(&self, book: &Book, chapter: &Chapter) -> String {
        let shown = match chapter.role {
            Role::Part | Role::Appendix => true,
            _ => book.numbering.is_for_finding() || book.nests(),
        };
        match self.opening(chapter, "", false).filter(|_| shown) {
            None => String::new(),
            Some(label) if matches!(chapter.role, Role::Part | Role::Appendix) => {
                format!("{label}: ")
            }
            Some(number) => format!("{number} "),
        }
    }

    /// Small numbers in words where the language's are known, others in figures.
    pub fn spelled(&self, number: &Number) -> String {
        let alone = match number.parts() {
            [only] if number.is_plain() => usize::try_from(*only).ok(),
            _ => None,
        };
        let word = alone.and_then(|n| self.numerals.get(n));
        word.map_or_else(|| number.to_string(), |w| (*w).to_owned())
    }

    /// What a cross-reference by number says of a place: `Section 2.3`. `own`
    /// is the book's own word for a chapter, if it has one. `None` for a place
    /// without a number.
    pub fn reference(&self, book: &Book, anchor: &Anchor, own: &str) -> Option<String> {
        let number = anchor.number.as_ref()?;
        let pattern = match anchor.target {
            AnchorTarget::Chapter => match book.chapter(anchor.chapter).map(|c| c.role) {
                Some(Role::Part) => self.part_n,
                Some(Role::Appendix) => self.appendix_n,
                _ if !own.is_empty() && number.parts().len() == 1 => {
                    return Some(format!("{own}\u{a0}{number}"));
                }
                _ => self.chapter_n,
            },
            AnchorTarget::Heading(..) => self.section_n,
            AnchorTarget::Figure(_) => self.figure_n,
            AnchorTarget::Table(_) => self.table_n,
            AnchorTarget::Equation(_) => self.equation_n,
            AnchorTarget::Node(_) => return None,
        };
        let words = filled(pattern, &number.to_string());
        let mut chars = words.chars();
        Some(match chars.next() {
            Some(first) if self.lower_references => first.to_lowercase().chain(chars).collect(),
            _ => words,
        })
    }
}

/// Whether a tag of Chinese means the traditional characters: by its script, or
/// else by where they are written.
fn is_traditional(lang: &Lang) -> bool {
    let part = |name: &str| lang.tag().split('-').any(|part| part.eq_ignore_ascii_case(name));
    part("Hant") || (!part("Hans") && ["TW", "HK", "MO"].into_iter().any(part))
}

/// A label with its number, tied to it by a space that doesn't break.
fn filled(pattern: &str, number: &str) -> String {
    pattern.replace("{}", number).replace(' ', "\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(tag: &str) -> &'static Words {
        Lang::new(tag).map_or(&ENGLISH, |lang| Words::of(&lang))
    }

    #[test]
    fn a_language_without_words_gets_english() {
        assert_eq!(words("de-AT").role(Role::Contents), "Inhalt");
        assert_eq!(words("is").role(Role::Contents), "Contents");
        assert_eq!(words("nb").role(Role::Contents), "Innhold");
        assert_eq!(words("zh-TW").role(Role::Contents), "目錄");
        assert_eq!(words("zh-Hans-HK").role(Role::Contents), "目录");
    }

    #[test]
    fn every_language_says_everything() {
        for words in ALL {
            assert!(Role::ALL.iter().all(|role| !words.role(*role).is_empty()), "{}", words.lang);
            let number = Number::new([2, 1]);
            for label in [words.figure(&number), words.table(&number), words.page("2.1")] {
                assert!(label.contains("2.1") && label.len() > 3, "{}: {label}", words.lang);
            }
            assert!(words.numerals.is_empty() || words.numerals.len() == 13, "{}", words.lang);
        }
    }

    #[test]
    fn numbers_are_spelled_where_their_words_are_known() {
        assert_eq!(words("en").spelled(&Number::from(2)), "two");
        assert_eq!(words("de").spelled(&Number::from(2)), "zwei");
        assert_eq!(words("ru").spelled(&Number::from(2)), "2");
        assert_eq!(words("en").spelled(&Number::from(13)), "13");
        assert_eq!(words("en").spelled(&Number::new([2, 1])), "2.1");
    }

    #[test]
    fn labels_go_around_their_numbers() {
        assert_eq!(words("en").figure(&Number::new([2, 1])), "Figure\u{a0}2.1");
        assert_eq!(words("ja").figure(&Number::new([2, 1])), "図2.1");
        assert_eq!(words("zh").page("12"), "第12页");
    }
}
