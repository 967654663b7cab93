//! Which quotes, apostrophes and spaces a language has.
//!
//! As books in that language usually have them; where usage varies, one of the
//! usual ways. A writer who wants another sets the marks in the manuscript.

use crate::model::Lang;

/// The marks of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    /// Opening and closing, the outer ones.
    pub double: [&'static str; 2],
    /// The inner ones.
    pub single: [&'static str; 2],
    /// Words that begin with an apostrophe.
    pub elided: &'static [&'static str],
    /// Words that may, unless a quotation ends further on.
    pub perhaps_elided: &'static [&'static str],
    /// Narrow no-break spaces within quotes and before high punctuation.
    pub french_spacing: bool,
}

/// What English has.
pub(super) const ENGLISH: Style = Style {
    double: ["“", "”"],
    single: ["‘", "’"],
    elided: &[
        "tis", "tisn", "twas", "twasn", "twere", "twill", "twould", "twixt", "tween", "em", "n",
        "til", "gainst", "nuff", "fraid", "nother", "cept",
    ],
    perhaps_elided: &[
        "cause", "cos", "cuz", "coz", "round", "bout", "till", "neath", "ere", "mid", "midst",
        "pon", "kay", "sup", "burbs",
    ],
    french_spacing: false,
};

/// What most languages of the Latin script have, and all that are not known.
const PLAIN: Style = Style { elided: &[], perhaps_elided: &[], ..ENGLISH };

/// A language without words that begin with an apostrophe.
const fn quotes(double: [&'static str; 2], single: [&'static str; 2]) -> Style {
    Style { double, single, ..PLAIN }
}

/// Words that German shortens at their beginning.
const GERMAN_ELIDED: &[&str] = &["s", "n", "ne", "nen", "nem", "ner", "nes", "mal"];

impl Style {
    /// The marks of a language; those of English where nothing else is known.
    pub fn of(lang: &Lang) -> &'static Style {
        let region = lang.tag().get(2..).unwrap_or("").to_ascii_uppercase();
        let swiss = matches!(region.as_str(), "-CH" | "-LI");
        match lang.primary().as_str() {
            "en" => &ENGLISH,
            "de" | "lb" | "gsw" if swiss => {
                const { &Style { elided: GERMAN_ELIDED, ..quotes(["«", "»"], ["‹", "›"]) } }
            }
            "de" | "lb" | "gsw" => {
                const { &Style { elided: GERMAN_ELIDED, ..quotes(["„", "“"], ["‚", "‘"]) } }
            }
            "cs" | "sk" | "sl" | "bg" | "et" | "lt" | "is" | "mk" | "ka" => {
                const { &quotes(["„", "“"], ["‚", "‘"]) }
            }
            "pl" | "ro" | "hr" | "bs" | "sr" => const { &quotes(["„", "”"], ["‚", "’"]) },
            "hu" => const { &quotes(["„", "”"], ["»", "«"]) },
            "fr" if swiss => {
                const { &Style { french_spacing: true, ..quotes(["«", "»"], ["‹", "›"]) } }
            }
            "fr" => const { &Style { french_spacing: true, ..quotes(["«", "»"], ["“", "”"]) } },
            "pt" if region == "-BR" => &PLAIN,
            "es" | "it" | "ca" | "gl" | "eu" | "el" | "hy" | "fa" | "pt" => {
                const { &quotes(["«", "»"], ["“", "”"]) }
            }
            "ru" | "uk" | "be" | "kk" => const { &quotes(["«", "»"], ["„", "“"]) },
            "nb" | "no" | "nn" => const { &quotes(["«", "»"], ["‘", "’"]) },
            "sq" | "az" => const { &quotes(["«", "»"], ["‹", "›"]) },
            "da" => const { &quotes(["»", "«"], ["›", "‹"]) },
            "sv" | "fi" | "se" | "he" => const { &quotes(["”", "”"], ["’", "’"]) },
            "nl" | "af" => {
                const { &Style { elided: &["s", "t", "n", "k", "m", "r", "ns", "em"], ..PLAIN } }
            }
            _ => &PLAIN,
        }
    }
}
