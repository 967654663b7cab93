//! The tool's own words, by language: titles of pages that the manuscript does
//! not name, the label of a warning, `Figure 2.1`, `page 12`.
//!
//! Both outputs read them here, so a PDF and an EPUB never disagree. Each
//! language is one file of `data/`, compiled in and parsed when a book first
//! asks for it. A language without a file gets English.
//!
//! ```text
//! Lang ─► Locale ─┬─► a title:  role, cover, admonition
//!                 ├─► a label:  page, figure, opening
//!                 └─► the text of a cross-reference
//! ```
//!
//! To add a language, translate `data/en.toml` and add its tag to the list below.

mod own_number;

use std::sync::OnceLock;

use serde::Deserialize;

use crate::model::{
    AdmonitionKind, Anchor, AnchorTarget, Book, Chapter, Lang, Number, Role, plain_text,
};

/// The words of one language, as its file in `data/` has them. A file that
/// lacks a key or has one too many is not accepted.
///
/// Keys that end in `_n` have `{}` where the number goes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locale {
    cover: String,
    title_page: String,
    copyright: String,
    contents: String,
    figures: String,
    tables: String,
    index: String,
    dedication: String,
    epigraph: String,
    foreword: String,
    preface: String,
    introduction: String,
    part: String,
    chapter: String,
    appendix: String,
    afterword: String,
    acknowledgements: String,
    notes: String,
    bibliography: String,
    glossary: String,
    about_author: String,
    colophon: String,
    /// The name of the list of landmarks.
    pub landmarks: String,
    /// The name of the page list.
    pub pages: String,
    /// The landmark of the first page of the text.
    pub begin_reading: String,
    /// The link from a note back to its mark in the text.
    pub back_to_text: String,
    /// An item of a task list that is done.
    pub done: String,
    /// An item of a task list that isn't.
    pub to_do: String,
    note: String,
    tip: String,
    important: String,
    warning: String,
    caution: String,
    page_n: String,
    on_page_n: String,
    note_n: String,
    part_n: String,
    chapter_n: String,
    appendix_n: String,
    section_n: String,
    figure_n: String,
    table_n: String,
    equation_n: String,
    /// In an index, before the term to look up instead of this one.
    pub see: String,
    /// In an index, before a term to look up as well as this one.
    pub see_also: String,
    /// Whether labels begin with a small letter within a sentence.
    lowercase_references: bool,
    /// The numbers from zero to twelve as words; empty where the language has
    /// figures there.
    numerals: Vec<String>,
}

/// A file of `data/` and, once it is parsed, what is in it.
#[derive(Debug)]
struct Language {
    tag: &'static str,
    toml: &'static str,
    parsed: OnceLock<Locale>,
}

impl Language {
    /// # Panics
    ///
    /// If the file is not complete, which a test makes sure of for each.
    fn locale(&self) -> &Locale {
        self.parsed.get_or_init(|| match toml::from_str(self.toml) {
            Ok(locale) => locale,
            Err(error) => panic!("src/locale/data/{}.toml: {error}", self.tag),
        })
    }
}

/// Compiles in `data/<tag>.toml` for each tag.
macro_rules! languages {
    ($($tag:literal),* $(,)?) => {
        /// The languages with a file.
        static LANGUAGES: [Language; [$($tag),*].len()] = [$(Language {
            tag: $tag,
            toml: include_str!(concat!("data/", $tag, ".toml")),
            parsed: OnceLock::new(),
        }),*];
    };
}

// English first. Norwegian is `no` for both of its written forms; Chinese is `zh`
// in simplified and `zh-Hant` in traditional characters.
languages![
    "en", "ar", "da", "de", "el", "es", "fr", "he", "it", "ja", "ko", "nl", "no", "pl", "pt", "ru",
    "sv", "uk", "zh", "zh-Hant",
];

impl Locale {
    /// The words of a language, or the English ones.
    pub fn of(lang: &Lang) -> &'static Locale {
        let primary = lang.primary();
        let primary = match primary.as_str() {
            "nb" | "nn" => "no",
            "zh" if is_traditional(lang) => "zh-Hant",
            other => other,
        };
        let known = LANGUAGES.iter().find(|language| language.tag == primary);
        known.unwrap_or(&LANGUAGES[0]).locale()
    }

    /// The cover.
    pub fn cover(&self) -> &str {
        &self.cover
    }

    /// What a chapter of a role is called when it has no title.
    pub fn role(&self, role: Role) -> &str {
        match role {
            Role::HalfTitle | Role::TitlePage => &self.title_page,
            Role::Copyright => &self.copyright,
            Role::Contents => &self.contents,
            Role::ListOfFigures => &self.figures,
            Role::ListOfTables => &self.tables,
            Role::Dedication => &self.dedication,
            Role::Epigraph => &self.epigraph,
            Role::Foreword => &self.foreword,
            Role::Preface => &self.preface,
            Role::Introduction => &self.introduction,
            Role::Part => &self.part,
            Role::Chapter => &self.chapter,
            Role::Appendix => &self.appendix,
            Role::Afterword => &self.afterword,
            Role::Acknowledgements => &self.acknowledgements,
            Role::Notes => &self.notes,
            Role::Bibliography => &self.bibliography,
            Role::Glossary => &self.glossary,
            Role::Index => &self.index,
            Role::AboutAuthor => &self.about_author,
            Role::Colophon => &self.colophon,
        }
    }

    /// The label of an admonition.
    pub fn admonition(&self, kind: AdmonitionKind) -> &str {
        match kind {
            AdmonitionKind::Note => &self.note,
            AdmonitionKind::Tip => &self.tip,
            AdmonitionKind::Important => &self.important,
            AdmonitionKind::Warning => &self.warning,
            AdmonitionKind::Caution => &self.caution,
        }
    }

    /// `page 12`.
    pub fn page(&self, folio: &str) -> String {
        filled(&self.page_n, folio)
    }

    /// `p. 12`.
    pub fn on_page(&self, folio: &str) -> String {
        filled(&self.on_page_n, folio)
    }

    /// `note 3`, for readers that can't see the mark.
    pub fn note_number(&self, number: &str) -> String {
        self.note_n.replace("{}", number)
    }

    /// `Figure 2.1`, before its caption.
    pub fn figure(&self, number: &Number) -> String {
        filled(&self.figure_n, &number.to_string())
    }

    /// A table without a number.
    pub fn any_table(&self) -> String {
        self.table_n.replace("{}", "").trim().to_owned()
    }

    /// `Table 2.1`, before its caption.
    pub fn table(&self, number: &Number) -> String {
        filled(&self.table_n, &number.to_string())
    }

    /// What stands above a chapter's title: `Part II`, `Appendix A`, `Essay two`
    /// where `own` is `Essay`, or only the number of a chapter; `spelled` in words
    /// where they are known. Nothing where the title says it already.
    pub fn opening(&self, chapter: &Chapter, own: &str, spelled: bool) -> Option<String> {
        let number = chapter.number.as_ref()?;
        let nested = number.parts().len() > 1;
        let title = plain_text(&chapter.title).to_lowercase();
        let pattern = match chapter.role {
            Role::Part => (&self.part_n, &self.part),
            Role::Appendix => (&self.appendix_n, &self.appendix),
            _ if self.has_own_number(&title) => return None,
            _ => {
                let number = if spelled { self.spelled(number) } else { number.to_string() };
                // "Essay 2", but "2.1": what is within a chapter is not called one.
                let own = if nested { "" } else { own };
                return Some(if own.is_empty() { number } else { format!("{own} {number}") });
            }
        };
        let said = title.trim_start().starts_with(&pattern.1.to_lowercase());
        (!said).then(|| pattern.0.replace("{}", &number.to_string()))
    }

    /// Whether the language's word for a number is known.
    pub fn spells(&self, number: &Number) -> bool {
        match number.parts() {
            [only] if number.is_plain() => {
                usize::try_from(*only).is_ok_and(|n| n < self.numerals.len())
            }
            _ => false,
        }
    }

    /// Small numbers in words where the language's are known, others in figures.
    pub fn spelled(&self, number: &Number) -> String {
        let alone = match number.parts() {
            [only] if number.is_plain() => usize::try_from(*only).ok(),
            _ => None,
        };
        let word = alone.and_then(|n| self.numerals.get(n));
        word.cloned().unwrap_or_else(|| number.to_string())
    }

    /// What a cross-reference by number says of a place: `Section 2.3`. `own`
    /// is the book's own word for a chapter, if it has one. `None` for a place
    /// without a number.
    pub fn reference(&self, book: &Book, anchor: &Anchor, own: &str) -> Option<String> {
        let number = anchor.number.as_ref()?;
        let pattern = match anchor.target {
            AnchorTarget::Chapter => match book.chapter(anchor.chapter).map(|c| c.role) {
                Some(Role::Part) => &self.part_n,
                Some(Role::Appendix) => &self.appendix_n,
                _ if !own.is_empty() && number.parts().len() == 1 => {
                    return Some(format!("{own}\u{a0}{number}"));
                }
                _ => &self.chapter_n,
            },
            AnchorTarget::Heading(..) => &self.section_n,
            AnchorTarget::Figure(_) => &self.figure_n,
            AnchorTarget::Table(_) => &self.table_n,
            AnchorTarget::Equation(_) => &self.equation_n,
            AnchorTarget::Node(_) => return None,
        };
        let words = filled(pattern, &number.to_string());
        let mut chars = words.chars();
        Some(match chars.next() {
            Some(first) if self.lowercase_references => first.to_lowercase().chain(chars).collect(),
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

    fn locale(tag: &str) -> &'static Locale {
        Locale::of(&Lang::new(tag).expect("a language tag"))
    }

    /// The strings of a file by their keys.
    fn strings(language: &Language) -> Vec<(String, String)> {
        let table: toml::Table = language.toml.parse().expect("TOML");
        let strings = table.into_iter().filter_map(|(k, v)| Some((k, v.as_str()?.to_owned())));
        strings.collect()
    }

    #[test]
    fn a_language_without_words_gets_english() {
        assert_eq!(locale("de-AT").role(Role::Contents), "Inhalt");
        assert_eq!(locale("is").role(Role::Contents), "Contents");
        assert_eq!(locale("nb").role(Role::Contents), "Innhold");
        assert_eq!(locale("zh-TW").role(Role::Contents), "目錄");
        assert_eq!(locale("zh-Hans-HK").role(Role::Contents), "目录");
    }

    #[test]
    fn every_language_has_every_key() {
        for language in &LANGUAGES {
            let tag = language.tag;
            let numerals = &language.locale().numerals;
            assert!(numerals.is_empty() || numerals.len() == 13, "{tag}: numerals");
            assert!(numerals.iter().all(|word| !word.trim().is_empty()), "{tag}: numerals");
            for (key, text) in strings(language) {
                assert!(!text.trim().is_empty(), "{tag}: {key} is empty");
            }
        }
    }

    #[test]
    fn labels_with_a_number_have_one_placeholder_and_other_words_none() {
        for language in &LANGUAGES {
            for (key, text) in strings(language) {
                let expected = usize::from(key.ends_with("_n"));
                assert_eq!(text.matches("{}").count(), expected, "{}: {key}", language.tag);
            }
        }
    }

    #[test]
    fn every_file_of_words_is_compiled_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/locale/data");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder of languages")
            .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
            .collect();
        files.sort();
        let mut listed: Vec<String> =
            LANGUAGES.iter().map(|language| format!("{}.toml", language.tag)).collect();
        listed.sort();
        assert_eq!(files, listed, "a tag is missing in LANGUAGES");
    }

    #[test]
    fn numbers_are_spelled_where_their_words_are_known() {
        assert_eq!(locale("en").spelled(&Number::from(2)), "two");
        assert_eq!(locale("de").spelled(&Number::from(2)), "zwei");
        assert_eq!(locale("ru").spelled(&Number::from(2)), "2");
        assert_eq!(locale("en").spelled(&Number::from(13)), "13");
        assert_eq!(locale("en").spelled(&Number::new([2, 1])), "2.1");
    }

    #[test]
    fn labels_go_around_their_numbers() {
        assert_eq!(locale("en").figure(&Number::new([2, 1])), "Figure\u{a0}2.1");
        assert_eq!(locale("ja").figure(&Number::new([2, 1])), "図2.1");
        assert_eq!(locale("zh").page("12"), "第12页");
    }
}
