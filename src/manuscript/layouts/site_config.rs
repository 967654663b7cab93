//! What the settings of another tool say of the book: title, author, language.
//!
//! They are YAML, TOML, JSON or a form of their own, and all write `key: value` or
//! `key = value` on a line, which is all that is read of them.

use crate::manuscript::files::Folder;

/// Files with settings, the more telling first.
const FILES: [&str; 14] = [
    "metadata.yaml",
    "metadata.yml",
    "_quarto.yml",
    "_bookdown.yml",
    "index.Rmd",
    "mkdocs.yml",
    "mkdocs.yaml",
    "_config.yml",
    "hugo.toml",
    "config.toml",
    "book.book",
    "guide.book",
    "book.ini",
    "book.json",
];

/// What was found; what nobody says is `None`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SiteConfig {
    /// The title, without quotes.
    pub title: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The language, as it is written.
    pub language: Option<String>,
}

/// The settings in a folder.
pub(super) fn read(folder: &Folder) -> SiteConfig {
    let mut config = SiteConfig::default();
    for file in FILES {
        let text = folder.find(file).ok().and_then(|place| std::fs::read_to_string(place).ok());
        add(&text.unwrap_or_default(), &mut config);
    }
    config
}

fn add(text: &str, config: &mut SiteConfig) {
    for line in text.lines() {
        let Some((key, value)) = line.split_once([':', '=']) else { continue };
        // A key far to the right belongs to something within the book.
        if key.len() - key.trim_start().len() > 4 {
            continue;
        }
        let slot = match key.trim().trim_matches('"') {
            "site_name" | "title" | "book_title" => &mut config.title,
            "author" | "site_author" => &mut config.author,
            "lang" | "language" | "default_language" | "languageCode" => &mut config.language,
            _ => continue,
        };
        let value = value.trim().trim_end_matches(',');
        let value = value.trim_matches(['"', '\'']).trim();
        let is_text = !value.is_empty() && !value.starts_with(['[', '{', '|', '>', '&', '!']);
        if is_text && slot.is_none() {
            *slot = Some(value.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> [Option<String>; 3] {
        let mut config = SiteConfig::default();
        add(text, &mut config);
        [config.title, config.author, config.language]
    }

    #[test]
    fn settings_of_other_tools_name_the_book() {
        let all = |title: &str, author: &str, language: &str| {
            [title, author, language].map(|text| (!text.is_empty()).then(|| text.to_owned()))
        };
        assert_eq!(
            of("book:\n  title: \"R for All\"\n  author: A. Lee\nlang: fr\n"),
            all("R for All", "A. Lee", "fr")
        );
        assert_eq!(of("base_url = \"x\"\ntitle = 'Z'\n"), all("Z", "", ""));
        assert_eq!(of("site_name: Docs\nnav:\n        title: No\n"), all("Docs", "", ""));
        assert_eq!(of("author: [a, b]\n"), all("", "", ""));
    }
}
