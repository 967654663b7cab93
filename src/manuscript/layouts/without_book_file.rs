//! A folder of Markdown, or a single file, without a `book.toml`: what can be
//! said of the book is found in the files.

use std::fmt::Write;
use std::path::Path;

use super::site_config::{self, SiteConfig};
use crate::diag::Diagnostics;
use crate::manuscript::chapter::is_numbered_name;
use crate::manuscript::files::{Folder, title_from_path};
use crate::manuscript::front_matter::{self, FrontMatter};
use crate::model::Lang;
use crate::source::FileId;

/// So many characters of a text are enough to tell its script.
const ENOUGH_TEXT: usize = 4000;

/// The `book.toml` that the writer has not written: title, authors, language.
pub(super) fn config_text(root: &Path, folder: &Folder) -> String {
    let files = folder.markdown_files();
    let texts: Vec<(String, FrontMatter)> =
        files.iter().filter_map(|path| read(root, path)).collect();
    let mut out = String::new();
    let site = match folder.is_one_file() {
        true => SiteConfig::default(),
        false => site_config::read(folder),
    };
    let title = site.title.unwrap_or_else(|| title(root, &files, &texts));
    let _ = writeln!(out, "title = {}", toml::Value::String(title));
    let authors: Vec<&String> = match &site.author {
        Some(author) => vec![author],
        None => texts
            .iter()
            .map(|(_, front)| &front.authors)
            .find(|a| !a.is_empty())
            .into_iter()
            .flatten()
            .collect(),
    };
    if !authors.is_empty() {
        let names = authors.into_iter().map(|name| toml::Value::String(name.clone())).collect();
        let _ = writeln!(out, "authors = {}", toml::Value::Array(names));
    }
    let in_texts = || texts.iter().find_map(|(_, front)| front.lang.as_ref());
    let in_site = site.language.as_deref().and_then(Lang::new);
    let said = in_site.as_ref().or_else(in_texts).map(Lang::tag);
    let by_script = || texts.first().and_then(|(text, _)| language_of_script(text));
    if let Some(tag) = said.or_else(by_script) {
        let _ = writeln!(out, "language = {}", toml::Value::String(tag.to_owned()));
    }
    out
}

fn read(root: &Path, path: &str) -> Option<(String, FrontMatter)> {
    let text = std::fs::read_to_string(root.join(path)).ok()?;
    // What is wrong with it is reported when the chapter is read.
    let front = front_matter::read(&text, FileId(0), &mut Diagnostics::default());
    let body = text.get(front.end..).unwrap_or("").to_owned();
    Some((body, front))
}

/// What a single file calls itself, or the words of the folder's name.
fn title(root: &Path, files: &[String], texts: &[(String, FrontMatter)]) -> String {
    let named = match (files, texts) {
        ([path], [(text, front)]) => {
            let front = front.title.as_ref().map(|title| title.value.clone());
            front.or_else(|| first_heading(text)).unwrap_or_else(|| title_from_path(path))
        }
        _ => {
            let real = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
            let name = real.file_name().map(|name| name.to_string_lossy().into_owned());
            title_from_path(&name.unwrap_or_default())
        }
    };
    if named.trim().is_empty() { "Untitled".to_owned() } else { named }
}

/// The words of a heading of the first level that begins a text.
fn first_heading(text: &str) -> Option<String> {
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    let words = line.strip_prefix("# ")?.trim().trim_end_matches('#').trim();
    let plain: String = words.chars().filter(|c| !matches!(c, '*' | '`')).collect();
    // `Chapter 1` is the first chapter of a book whose title stands nowhere.
    (!plain.is_empty() && !is_numbered_name(&plain)).then_some(plain)
}

/// A language that is written in the script of a text, where the script leaves
/// no doubt that it is not Latin; most letters decide.
fn language_of_script(text: &str) -> Option<&'static str> {
    let mut counts =
        [("ja", 0), ("ko", 0), ("zh", 0), ("ar", 0), ("he", 0), ("uk", 0), ("ru", 0), ("el", 0)];
    let mut letters = 0;
    for c in text.chars().take(ENOUGH_TEXT).filter(|c| c.is_alphabetic()) {
        letters += 1;
        let tag = match c {
            '\u{3040}'..='\u{30ff}' => "ja",
            '\u{ac00}'..='\u{d7af}' | '\u{1100}'..='\u{11ff}' => "ko",
            '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' => "zh",
            '\u{600}'..='\u{6ff}' => "ar",
            '\u{590}'..='\u{5ff}' => "he",
            'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ' => "uk",
            '\u{400}'..='\u{4ff}' => "ru",
            '\u{370}'..='\u{3ff}' => "el",
            _ => continue,
        };
        counts.iter_mut().filter(|(known, _)| *known == tag).for_each(|(_, count)| *count += 1);
    }
    let count = |tag| counts.iter().find(|(known, _)| *known == tag).map_or(0, |(_, n)| *n);
    // Japanese has ideographs among its kana, Ukrainian most letters of Russian.
    let (kana, cyrillic) = (count("ja"), count("ru") + count("uk"));
    let found = if kana * 10 > letters {
        Some(("ja", kana + count("zh")))
    } else if count("uk") * 50 > cyrillic && cyrillic > 0 {
        Some(("uk", cyrillic))
    } else {
        counts.into_iter().max_by_key(|(_, count)| *count)
    };
    found.filter(|(_, count)| count * 2 > letters).map(|(tag, _)| tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_other_than_latin_tell_the_language() {
        assert_eq!(language_of_script("Plain words."), None);
        assert_eq!(language_of_script("每天清晨七点，祖父推开窗户"), Some("zh"));
        assert_eq!(language_of_script("祖父は毎朝七時に窓を開けた"), Some("ja"));
        assert_eq!(language_of_script("강가의 활자"), Some("ko"));
        assert_eq!(language_of_script("Каждое утро дед открывал окно"), Some("ru"));
        assert_eq!(language_of_script("Щоранку дід відчиняв вікно і слухав річку"), Some("uk"));
        assert_eq!(language_of_script("דפוס קטן ליד הנהר"), Some("he"));
    }

    #[test]
    fn a_heading_that_begins_a_text_is_its_title() {
        assert_eq!(first_heading("\n# The *Ferry* #\n\nText.").as_deref(), Some("The Ferry"));
        assert_eq!(first_heading("Text.\n\n# Late"), None);
    }
}
