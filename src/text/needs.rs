//! Which characters a book's own fonts lack, by script, language and use, and the
//! families that have been found for them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::script::{ScriptGroup, is_hangul, is_invisible, is_kana};
use crate::model::Lang;

/// What kind of family is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Generic {
    /// For text.
    Serif,
    /// For headings and captions.
    Sans,
    /// For code.
    Mono,
}

/// The languages whose ideographs are drawn differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HanStyle {
    /// Japanese.
    Japanese,
    /// Korean.
    Korean,
    /// Chinese as on the mainland.
    Simplified,
    /// Chinese as in Taiwan and Hong Kong.
    Traditional,
}

impl HanStyle {
    /// How ideographs are drawn in a language, where it says so.
    pub fn of(lang: &Lang) -> Option<HanStyle> {
        match lang.primary().as_str() {
            "ja" => Some(HanStyle::Japanese),
            "ko" => Some(HanStyle::Korean),
            "zh" | "yue" | "wuu" | "lzh" => {
                let traditional = |part: &str| {
                    ["hant", "tw", "hk", "mo"].iter().any(|t| part.eq_ignore_ascii_case(t))
                };
                let tag = lang.tag();
                let simplified = tag.split('-').any(|p| p.eq_ignore_ascii_case("hans"));
                Some(match tag.split('-').any(traditional) && !simplified {
                    true => HanStyle::Traditional,
                    false => HanStyle::Simplified,
                })
            }
            _ => None,
        }
    }

    /// What the characters themselves tell, where the language doesn't.
    fn guess(chars: &BTreeSet<char>) -> HanStyle {
        if chars.iter().copied().any(is_kana) {
            HanStyle::Japanese
        } else if chars.iter().copied().any(is_hangul) {
            HanStyle::Korean
        } else {
            HanStyle::Simplified
        }
    }

    /// What the names of families drawn for it have in them.
    fn marks(self) -> &'static [&'static str] {
        match self {
            HanStyle::Japanese => &["jp", "japanese", "japan", "mincho", "明朝"],
            HanStyle::Korean => &["kr", "korean", "korea", "batang", "myungjo", "nanum"],
            HanStyle::Simplified => &["sc", "cn", "simplified", "gb", "songti", "simsun", "宋体"],
            HanStyle::Traditional => &["tc", "tw", "hk", "traditional", "mingliu", "明體"],
        }
    }
}

/// A script that is needed, in which language and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Need {
    script: ScriptGroup,
    generic: Generic,
    han: Option<HanStyle>,
}

impl Need {
    /// The need that a character belongs to.
    pub fn of(c: char, lang: &Lang, generic: Generic) -> Need {
        let script = ScriptGroup::of(c);
        let han = HanStyle::of(lang).filter(|_| script == ScriptGroup::CJK);
        Need { script, generic, han }
    }

    /// How well a family suits, for characters of which it has `covered`: the
    /// least is the best.
    pub fn rank(&self, family: &str, covered: usize, chars: &BTreeSet<char>) -> Rank {
        let lower = family.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
        let has = |mark: &&str| words.contains(mark) || (!mark.is_ascii() && lower.contains(*mark));
        let language = if self.script == ScriptGroup::CJK {
            let wanted = self.han.unwrap_or_else(|| HanStyle::guess(chars));
            let all =
                [HanStyle::Japanese, HanStyle::Korean, HanStyle::Simplified, HanStyle::Traditional];
            let marked = |style: HanStyle| style.marks().iter().any(has);
            match (marked(wanted), all.into_iter().any(marked)) {
                (true, _) => 0,
                (false, false) => 1,
                (false, true) => 2,
            }
        } else {
            0
        };
        // Hong Kong's own forms stand behind those of Taiwan.
        let regional = u8::from(words.contains(&"hk"));
        let other_kind = generic_of(&words) != self.generic;
        Rank(Reverse(covered), language, other_kind, regional, family.to_owned())
    }
}

/// How well a family suits a [`Need`]; the least is the best.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(Reverse<usize>, u8, bool, u8, String);

/// What kind a family is, by the words of its name.
fn generic_of(words: &[&str]) -> Generic {
    const SERIF: [&str; 12] = [
        "serif", "mincho", "ming", "song", "songti", "batang", "myungjo", "roman", "times",
        "naskh", "garamond", "simsun",
    ];
    if words.iter().any(|w| ["mono", "code", "courier", "typewriter", "console"].contains(w)) {
        Generic::Mono
    } else if words.iter().any(|w| SERIF.contains(w)) && !words.contains(&"sans") {
        Generic::Serif
    } else {
        Generic::Sans
    }
}

/// The characters that the theme's fonts lack, by need.
#[derive(Debug, Clone, Default)]
pub struct Needs(BTreeMap<Need, BTreeSet<char>>);

impl Needs {
    /// Notes a character.
    pub fn note(&mut self, c: char, lang: &Lang, generic: Generic) {
        if !is_invisible(c) {
            self.0.entry(Need::of(c, lang, generic)).or_default().insert(c);
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every need with its characters.
    pub fn iter(&self) -> impl Iterator<Item = (&Need, &BTreeSet<char>)> {
        self.0.iter()
    }

    /// The needs for which a condition leaves characters.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(char) -> bool) -> Needs {
        let left = |chars: &BTreeSet<char>| chars.iter().copied().filter(|c| keep(*c)).collect();
        let needs = self.0.iter().map(|(need, chars)| (*need, left(chars)));
        Needs(needs.filter(|(_, chars): &(_, BTreeSet<char>)| !chars.is_empty()).collect())
    }
}

/// The fallback families of a book, for each need the best first.
#[derive(Debug, Clone, Default)]
pub struct Fallbacks(pub(super) BTreeMap<Need, Vec<String>>);

impl Fallbacks {
    /// The families for a need; for one that was not foreseen, those of the
    /// same script for another language or use.
    pub(super) fn families(&self, need: &Need) -> &[String] {
        let same = self.0.get(need);
        let near = || self.0.iter().find(|(n, _)| n.script == need.script).map(|(_, f)| f);
        same.or_else(near).map_or(&[], Vec::as_slice)
    }
}
