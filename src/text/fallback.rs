//! Which font stands in where the one that is wanted lacks a character.
//!
//! Why for scripts and not for characters: a word of two fonts looks like a
//! mistake. So the characters that the theme's fonts lack are gathered first
//! ([`Needs`]), by script, language and use; for each such need the families at
//! hand are put in an order ([`Fallbacks::arrange`]), those before that have
//! more of its characters; and a character takes the first that has it.
//!
//! Where several families have all of them, as the families of one Han font
//! for different countries do, the language decides, then whether the family
//! has serifs where such are wanted, then its name. Nothing depends on where a
//! font file lies.

use std::collections::BTreeSet;

use super::fonts::{FaceId, FaceStyle, FontBook, FontFace, Weight};
use super::needs::{Fallbacks, Generic, Need, Needs};
use crate::model::Lang;

impl Fallbacks {
    /// Puts the families of a book in order, those of its own before those of
    /// the system.
    pub fn arrange(book: &FontBook, needs: &Needs) -> Fallbacks {
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
        Fallbacks(needs.iter().map(|(need, chars)| (*need, ordered(need, chars))).collect())
    }
}

impl FontBook {
    /// The face that stands in for one that lacks some of the characters of a
    /// cluster: all of them where there is one, else at least the first.
    pub fn fallback_face(
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
        let named = self.fallbacks().families(&Need::of(first, lang, generic)).iter();
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
    use crate::text::HanStyle;

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
