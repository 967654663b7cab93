//! Which font stands in where the one that is wanted lacks a character.
//!
//! Why for scripts and not for characters: a word of two fonts looks like a
//! mistake. So the characters that the theme's fonts lack are gathered first
//! ([`Needs`]), by script, language and use; for each such need the families at
//! hand are put in an order ([`FontBook::arrange`]), those before that have
//! more of its characters; and a character takes the first that has it.
//!
//! Where several families have all of them, as the families of one Han font
//! for different countries do, the language decides, then whether the family
//! has serifs where such are wanted, then its name. Nothing depends on where a
//! font file lies.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::script::{ScriptGroup, is_hangul, is_invisible, is_kana};
use super::{FaceId, FaceStyle, FontBook, FontFace, Weight};
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

/// The families that stand in, for each need the best first.
#[derive(Debug, Clone, Default)]
pub struct StandIns(BTreeMap<Need, Vec<String>>);

impl StandIns {
    /// Puts the families of a book in order, those of its own before those of
    /// the system.
    pub fn arrange(book: &FontBook, needs: &Needs) -> StandIns {
        let families = book.families();
        let ordered = |need: &Need, chars: &BTreeSet<char>| {
            let mut ranked: Vec<_> = families
                .iter()
                .filter_map(|family| {
                    let face = book.face(book.select(family, FaceStyle::default())?);
                    let covered = chars.iter().filter(|c| face.has(**c)).count();
                    let suits = covered > 0 && face.may_be_embedded();
                    suits.then(|| (face.origin, need.rank(family, covered, chars), *family))
                })
                .collect();
            ranked.sort();
            ranked.into_iter().map(|(.., family)| family.to_owned()).collect()
        };
        StandIns(needs.iter().map(|(need, chars)| (*need, ordered(need, chars))).collect())
    }

    /// The families for a need; for one that was not foreseen, those of the
    /// same script for another language or use.
    fn families(&self, need: &Need) -> &[String] {
        let same = self.0.get(need);
        let near = || self.0.iter().find(|(n, _)| n.script == need.script).map(|(_, f)| f);
        same.or_else(near).map_or(&[], Vec::as_slice)
    }
}

impl FontBook {
    /// The face that stands in for one that lacks some of the characters of a
    /// cluster: all of them where there is one, else at least the first.
    pub fn stand_in(
        &self,
        cluster: &str,
        lang: &Lang,
        generic: Generic,
        style: FaceStyle,
    ) -> Option<FaceId> {
        let first = cluster.chars().next()?;
        // Few families have a semibold face, and a regular one is no heading.
        let weight = match style.weight {
            Weight::Regular => Weight::Regular,
            Weight::Semibold | Weight::Bold => Weight::Bold,
        };
        let style = FaceStyle { weight, ..style };
        let named = self.stand_ins().families(&Need::of(first, lang, generic)).iter();
        let upright = FaceStyle { italic: false, ..style };
        let chosen = named.flat_map(|family| {
            [style, upright, FaceStyle::default()]
                .into_iter()
                .filter_map(|s| self.select(family, s))
        });
        let rest = self.iter().filter(|(_, face)| face.may_be_embedded()).map(|(id, _)| id);
        let all: Vec<FaceId> = chosen.chain(rest).collect();
        let find =
            |has: &dyn Fn(&FontFace) -> bool| all.iter().copied().find(|id| has(self.face(*id)));
        find(&|face| face.has_all(cluster)).or_else(|| find(&|face| face.has(first)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(tag: &str) -> Lang {
        Lang::new(tag).expect("a tag")
    }

    fn best<'a>(tag: &str, generic: Generic, families: &[(&'a str, usize)]) -> &'a str {
        let chars: BTreeSet<char> = "漢字".chars().collect();
        let need = Need::of('漢', &lang(tag), generic);
        let ranked = families.iter().min_by_key(|(f, n)| need.rank(f, *n, &chars));
        ranked.expect("a family").0
    }

    #[test]
    fn the_most_characters_then_the_language_then_the_kind_decide() {
        const CJK: [(&str, usize); 5] = [
            ("Noto Sans CJK JP", 2),
            ("Noto Sans CJK SC", 2),
            ("Noto Serif CJK HK", 2),
            ("Noto Serif CJK TC", 2),
            ("Noto Serif CJK JP", 2),
        ];
        assert_eq!(best("ja", Generic::Serif, &CJK), "Noto Serif CJK JP");
        assert_eq!(best("ja", Generic::Sans, &CJK), "Noto Sans CJK JP");
        assert_eq!(best("zh", Generic::Serif, &CJK), "Noto Sans CJK SC");
        assert_eq!(best("zh-TW", Generic::Serif, &CJK), "Noto Serif CJK TC");
        assert_eq!(best("ja", Generic::Serif, &[("A JP", 1), ("Z Sans", 2)]), "Z Sans");
        assert_eq!(best("ja", Generic::Serif, &[("B", 2), ("A", 2)]), "A");
    }

    #[test]
    fn tags_tell_how_ideographs_are_drawn() {
        let of = |tag| HanStyle::of(&lang(tag));
        assert_eq!(of("zh-Hant"), Some(HanStyle::Traditional));
        assert_eq!(of("zh-Hans-HK"), Some(HanStyle::Simplified));
        assert_eq!(of("ko-KR"), Some(HanStyle::Korean));
        assert_eq!(of("en"), None);
    }
}
