//! Titles that say their number themselves: `Chapter 7`, `IV`, `第三章`.

use super::Locale;

impl Locale {
    /// Whether the title of a chapter begins with its number, or is one: a label
    /// with the number would say it twice.
    pub fn has_own_number(&self, title: &str) -> bool {
        let title = title.trim().to_lowercase();
        let (before, after) = self.chapter_n.split_once("{}").unwrap_or_default();
        let (before, after) = (before.trim().to_lowercase(), after.trim().to_lowercase());
        let named = title.strip_prefix(&before).map(str::trim_start);
        let after_number = |text| self.after_number(text);
        if let Some(rest) = named.filter(|_| !before.is_empty()).and_then(after_number) {
            return rest.trim_start().starts_with(&after);
        }
        // A number alone, or `7. The Ferry`; but not `1984` or `Nine Tailors`.
        let rest = self.after_number(&title);
        let closes = |rest: &str| rest.is_empty() || rest.starts_with(['.', ')', ':']);
        let is_year = title.chars().filter(char::is_ascii_digit).count() > 3;
        !is_year && rest.is_some_and(closes)
    }

    /// What follows the number that a text in small letters begins with, which is a
    /// word, in figures or in Roman or East Asian numerals.
    fn after_number<'t>(&self, text: &'t str) -> Option<&'t str> {
        const EAST_ASIAN: &str = "〇零一二三四五六七八九十百千";
        let of = |is_part: &dyn Fn(char) -> bool| {
            let rest = text.trim_start_matches(is_part);
            (rest.len() < text.len()).then_some(rest)
        };
        let ends = |rest: &&str| !rest.starts_with(char::is_alphanumeric);
        let figures = of(&|c| c.is_ascii_digit());
        let east_asian = of(&|c| EAST_ASIAN.contains(c));
        let roman = of(&|c| "ivxlc".contains(c)).filter(ends);
        let mut words =
            self.numerals.iter().filter_map(|word| text.strip_prefix(&word.to_lowercase()));
        figures.or(east_asian).or(roman).or_else(|| words.find(ends))
    }
}

#[cfg(test)]
mod tests {
    use crate::locale::Locale;
    use crate::model::Lang;

    fn says(lang: &str, title: &str) -> bool {
        Locale::of(&Lang::new(lang).unwrap_or_default()).has_own_number(title)
    }

    #[test]
    fn titles_with_a_number_of_their_own_are_told_from_those_without() {
        for (lang, title) in [
            ("en", "Chapter 1"),
            ("en", "CHAPTER IV. The Ferry"),
            ("en", "Chapter Seven"),
            ("en", "7"),
            ("en", "XII"),
            ("en", "3. The Bridge"),
            ("en", "Two"),
            ("de", "Kapitel 3: Der Fluss"),
            ("fr", "Chapitre deux"),
            ("zh", "第三章 渡船"),
            ("ja", "第12章"),
        ] {
            assert!(says(lang, title), "{title}");
        }
        for (lang, title) in [
            ("en", "The Ferry"),
            ("en", "Chapter and Verse"),
            ("en", "1984"),
            ("en", "Nine Tailors"),
            ("en", "Civil Life"),
            ("en", "I Remember"),
            ("zh", "三体"),
        ] {
            assert!(!says(lang, title), "{title}");
        }
    }
}
