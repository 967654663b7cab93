//! Which quotes, apostrophes and spaces a language has.
//!
//! After the delimiters of the Unicode CLDR and, for French spaces, the
//! *Lexique des règles typographiques en usage à l'Imprimerie nationale*.

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
    pub french: bool,
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
    french: false,
};

impl Style {
    /// The marks of a language; those of English where nothing else is known.
    pub fn of(lang: &Lang) -> Style {
        let plain = Style { elided: &[], perhaps_elided: &[], ..ENGLISH };
        let quotes = |double: [&'static str; 2], single: [&'static str; 2]| Style {
            double,
            single,
            ..plain
        };
        let swiss = matches!(lang.tag().get(2..), Some("-CH" | "-LI" | "-ch" | "-li"));
        match lang.primary().as_str() {
            "en" => ENGLISH,
            "de" | "lb" | "gsw" => {
                let elided: &[&str] = &["s", "n", "ne", "nen", "nem", "ner", "nes", "mal"];
                if swiss {
                    Style { elided, ..quotes(["«", "»"], ["‹", "›"]) }
                } else {
                    Style { elided, ..quotes(["„", "“"], ["‚", "‘"]) }
                }
            }
            "cs" | "sk" | "sl" | "bg" | "et" | "lt" | "is" | "mk" | "ka" => {
                quotes(["„", "“"], ["‚", "‘"])
            }
            "pl" | "ro" | "hr" | "bs" | "sr" => quotes(["„", "”"], ["‚", "’"]),
            "hu" => quotes(["„", "”"], ["»", "«"]),
            "fr" if swiss => Style { french: true, ..quotes(["«", "»"], ["‹", "›"]) },
            "fr" => Style { french: true, ..quotes(["«", "»"], ["“", "”"]) },
            "es" | "it" | "ca" | "gl" | "eu" | "el" | "hy" | "fa" => quotes(["«", "»"], ["“", "”"]),
            "pt" if lang.tag().eq_ignore_ascii_case("pt-BR") => plain,
            "pt" => quotes(["«", "»"], ["“", "”"]),
            "ru" | "uk" | "be" | "kk" => quotes(["«", "»"], ["„", "“"]),
            "nb" | "no" | "nn" => quotes(["«", "»"], ["‘", "’"]),
            "sq" | "az" => quotes(["«", "»"], ["‹", "›"]),
            "da" => quotes(["»", "«"], ["›", "‹"]),
            "sv" | "fi" | "se" => quotes(["”", "”"], ["’", "’"]),
            "he" => quotes(["”", "”"], ["’", "’"]),
            "nl" | "af" => Style { elided: &["s", "t", "n", "k", "m", "r", "ns", "em"], ..plain },
            _ => plain,
        }
    }
}
