//! Which quotes, apostrophes and spaces a language has.
//!
//! As books in that language usually have them; where usage varies, one of the
//! usual ways. A writer who wants another sets the marks in the manuscript.

use super::french::Spacing;
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
    /// No-break spaces within quotes and before high punctuation.
    pub spacing: Spacing,
    /// What ties words to each other.
    pub ties: Ties,
}

/// Which spaces of a language allow no break, beyond those of all languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ties {
    /// Words of one letter that don't end a line.
    pub letters: &'static str,
    /// Titles that stand before a name.
    pub titles: &'static [&'static str],
    /// Whether a space parts the thousands of a number.
    pub groups: bool,
    /// Whether a line doesn't begin with a dash between spaces.
    pub before_dash: bool,
}

/// Nothing beyond what ties words in all languages.
const TIES: Ties = Ties { letters: "", titles: &[], groups: true, before_dash: false };

/// The words of one letter that don't end a line.
const fn letters(letters: &'static str, titles: &'static [&'static str]) -> Ties {
    Ties { letters, titles, ..TIES }
}

/// Languages in which a line doesn't begin with a dash either.
const fn cyrillic(letters: &'static str) -> Ties {
    Ties {
        letters, titles: &["г-н", "г-жа", "д-р", "проф.", "св."], before_dash: true, ..TIES
    }
}

/// What English has.
pub(super) const ENGLISH: Style = Style {
    double: ["“", "”"],
    single: ["‘", "’"],
    elided: &[
        "tis", "tisn", "twas", "twasn", "twere", "twill", "twould", "twixt", "tween", "em", "n",
        "til", "gainst", "nuff", "fraid", "nother", "cept", "e", "im", "imself", "erself", "ouse",
        "orse", "undred", "eard", "ead",
    ],
    perhaps_elided: &[
        "cause", "cos", "cuz", "coz", "round", "bout", "till", "neath", "ere", "mid", "midst",
        "pon", "kay", "sup", "burbs", "er", "ers", "is", "as", "ad", "ave", "aven", "asn", "ow",
        "ell", "and", "ard", "alf", "ome", "ope", "elp", "ot", "ello",
    ],
    spacing: Spacing::None,
    ties: Ties {
        titles: &[
            "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Dr", "Dr.", "St", "St.", "Prof.", "Rev.",
            "Capt.", "Col.", "Gen.", "Lt.", "Sgt.",
        ],
        groups: false,
        ..TIES
    },
};

/// What most languages of the Latin script have, and all that are not known.
const PLAIN: Style = Style { elided: &[], perhaps_elided: &[], ties: TIES, ..ENGLISH };

/// A language without words that begin with an apostrophe.
const fn quotes(double: [&'static str; 2], single: [&'static str; 2]) -> Style {
    Style { double, single, ..PLAIN }
}

/// Words that German shortens at their beginning.
const GERMAN_ELIDED: &[&str] = &["s", "n", "ne", "nen", "nem", "ner", "nes", "mal"];

/// Titles of Czech and Slovak.
const CZECH: &[&str] = &["Dr.", "Ing.", "Mgr.", "Prof.", "prof.", "JUDr.", "MUDr.", "sv."];

/// Spanish, Portuguese and their neighbours.
const IBERIAN: Ties =
    letters("", &["Sr.", "Sra.", "Srta.", "Dr.", "Dra.", "D.", "Dña.", "Prof.", "S."]);

/// Quotes that open below and close above.
const LOW_HIGH: Style = quotes(["„", "“"], ["‚", "‘"]);

/// Guillemets outside, quotes that open below inside.
const EAST_SLAVIC: Style = quotes(["«", "»"], ["„", "“"]);

/// What German has, whatever its quotes.
const fn german(double: [&'static str; 2], single: [&'static str; 2]) -> Style {
    let ties = letters("", &["Hr.", "Fr.", "Dr.", "Prof.", "St."]);
    Style { elided: GERMAN_ELIDED, ties, ..quotes(double, single) }
}

/// What French has.
const fn french(spacing: Spacing, single: [&'static str; 2]) -> Style {
    let ties = letters("", &["M.", "MM.", "Mme", "Mmes", "Mlle", "Mlles", "Me", "Dr", "Pr"]);
    Style { spacing, ties, ..quotes(["«", "»"], single) }
}

impl Style {
    /// The marks of a language; those of English where nothing else is known.
    pub fn of(lang: &Lang) -> &'static Style {
        let region = lang.tag().get(2..).unwrap_or("").to_ascii_uppercase();
        let swiss = matches!(region.as_str(), "-CH" | "-LI");
        match lang.primary().as_str() {
            "en" => &ENGLISH,
            "de" | "lb" | "gsw" if swiss => const { &german(["«", "»"], ["‹", "›"]) },
            "de" | "lb" | "gsw" => const { &german(["„", "“"], ["‚", "‘"]) },
            "cs" | "sk" => const { &Style { ties: letters("aikosuvz", CZECH), ..LOW_HIGH } },
            "bg" => const { &Style { ties: cyrillic("авис"), ..LOW_HIGH } },
            "sl" | "et" | "lt" | "is" | "mk" | "ka" => &LOW_HIGH,
            "pl" => {
                const TITLES: &[&str] = &["dr", "prof.", "ks.", "św.", "mgr", "inż.", "dr."];
                const {
                    &Style {
                        ties: letters("aiouwz", TITLES), ..quotes(["„", "”"], ["«", "»"])
                    }
                }
            }
            "ro" => const { &quotes(["„", "”"], ["«", "»"]) },
            "hr" | "bs" | "sr" => const { &quotes(["„", "”"], ["‚", "’"]) },
            "hu" => const { &quotes(["„", "”"], ["»", "«"]) },
            "fr" if swiss => const { &french(Spacing::French, ["‹", "›"]) },
            "fr" if region == "-CA" => const { &french(Spacing::Canadian, ["“", "”"]) },
            "fr" => const { &french(Spacing::French, ["“", "”"]) },
            "pt" if region == "-BR" => const { &Style { ties: IBERIAN, ..PLAIN } },
            "es" | "ca" | "gl" | "pt" => {
                const { &Style { ties: IBERIAN, ..quotes(["«", "»"], ["“", "”"]) } }
            }
            "it" | "eu" | "el" | "hy" | "fa" => const { &quotes(["«", "»"], ["“", "”"]) },
            "uk" => const { &Style { ties: cyrillic("абвєжзійоуя"), ..EAST_SLAVIC } },
            "ru" | "be" | "kk" => const { &Style { ties: cyrillic("авикосуя"), ..EAST_SLAVIC } },
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
