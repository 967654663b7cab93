//! The reading order that another tool keeps: docsify's `_sidebar.md`, the `nav`
//! of MkDocs, the chapters of Quarto, bookdown, Jupyter Book, Leanpub, crowbook,
//! the side bars of VitePress and Docusaurus.
//!
//! Some of these files are data and some are programs. All of them name the files
//! of the book in their order, and that is all that is taken from them: each word
//! that is the path of a text, with or without its ending, in the order in which
//! they stand.

use std::collections::BTreeSet;

use crate::manuscript::files::{Folder, normalize, percent_decode};

/// Files that are a list of the book's texts and nothing else counts.
const LISTS: [&str; 11] = [
    "SUMMARY.md",
    "_sidebar.md",
    "_quarto.yml",
    "_bookdown.yml",
    "_toc.yml",
    "mkdocs.yml",
    "mkdocs.yaml",
    "Book.txt",
    "manuscript/Book.txt",
    "book.book",
    "guide.book",
];

/// Programs that set up a site. They may take the list from elsewhere, so they
/// count only if they name half of the texts.
const PROGRAMS: [&str; 6] = [
    "sidebars.json",
    "sidebars.js",
    "sidebars.ts",
    ".vitepress/config.ts",
    ".vitepress/config.mts",
    ".vitepress/config.js",
];

/// Folders that addresses in these files may start at.
const STARTS: [&str; 7] = ["", "docs/", "src/", "content/", "manuscript/", "doc/", "website/docs/"];

/// A longer file is no list of chapters.
const LONGEST: u64 = 1 << 20;

/// An order that was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ReadingOrder {
    /// The file it stands in.
    pub file: &'static str,
    /// The texts it names, each once.
    pub texts: Vec<String>,
}

/// The first order in the folder that names two texts or more.
pub(super) fn find(folder: &Folder, texts: &[String]) -> Option<ReadingOrder> {
    let half = texts.len().div_ceil(2).max(2);
    let lists = LISTS.iter().map(|file| (*file, 2));
    let programs = PROGRAMS.iter().map(|file| (*file, half));
    lists.chain(programs).find_map(|(file, least)| {
        let place = folder.find(file).ok()?;
        let length = std::fs::metadata(&place).ok()?.len();
        let words = (length <= LONGEST).then(|| std::fs::read_to_string(place).ok())??;
        let texts = named_in(&words, texts);
        (texts.len() >= least).then_some(ReadingOrder { file, texts })
    })
}

/// The texts that the words of a file name.
fn named_in(words: &str, texts: &[String]) -> Vec<String> {
    let known: BTreeSet<&str> = texts.iter().map(String::as_str).collect();
    let mut out: Vec<String> = Vec::new();
    let lines = words.lines().map(str::trim_start);
    for line in lines.filter(|line| !line.starts_with('#') && !line.starts_with("//")) {
        for word in paths_in(line) {
            for text in texts_at(word, &known, texts) {
                if !out.contains(&text) {
                    out.push(text);
                }
            }
        }
    }
    out
}

/// What could be paths: the target of a link, a quoted or a bare word.
fn paths_in(line: &str) -> impl Iterator<Item = &str> {
    let quoted = line.contains(['"', '\'', '(', '`']);
    let parts = move |c: char| match quoted {
        true => matches!(c, '"' | '\'' | '`' | '(' | ')' | '<' | '>' | ','),
        false => matches!(c, ',' | '[' | ']'),
    };
    let after_key =
        |part: &'_ str| part.rsplit_once(": ").map_or(part.len(), |(_, rest)| rest.len());
    line.split(parts).flat_map(move |part| {
        let value = part.get(part.len() - after_key(part)..).unwrap_or(part);
        [part, value, value.trim_start_matches(['-', '+', '!', '.', ' '])]
    })
}

/// The texts at an address, which may lack its ending. One that ends in a slash
/// and has no page of its own stands for all texts of its folder.
fn texts_at(word: &str, known: &BTreeSet<&str>, texts: &[String]) -> Vec<String> {
    let bare = word.trim().split(['#', '?']).next().unwrap_or("").trim_start_matches("./");
    let is_folder = bare.ends_with('/');
    let bare = bare.trim_start_matches('/');
    if bare.is_empty() || bare.contains("://") {
        return Vec::new();
    }
    let Some(path) = normalize(&percent_decode(bare)) else { return Vec::new() };
    if is_folder {
        let below = |start: &&str, text: &&String| text.starts_with(&format!("{start}{path}/"));
        let all = |start: &&str| texts.iter().any(|text| below(start, &text));
        let start = STARTS.iter().find(|start| all(start));
        let found =
            |start: &&str| texts.iter().filter(|text| below(start, text)).cloned().collect();
        return start.map(found).unwrap_or_default();
    }
    text_at(&path, known).into_iter().collect()
}

/// The text at a path, with one of the endings that texts have.
fn text_at(path: &str, known: &BTreeSet<&str>) -> Option<String> {
    const ENDINGS: [&str; 10] = [
        "",
        ".md",
        ".mdx",
        ".qmd",
        ".Rmd",
        ".markdown",
        "/index.md",
        "/README.md",
        "/_index.md",
        "/index.mdx",
    ];
    STARTS.iter().find_map(|start| {
        ENDINGS.iter().find_map(|ending| {
            let candidate = format!("{start}{path}{ending}");
            known.get(candidate.as_str()).map(|text| (*text).to_owned())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(words: &str, texts: &[&str]) -> Vec<String> {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        named_in(words, &texts)
    }

    #[test]
    fn a_side_bar_of_docsify() {
        let words = "- Getting started\n  - [Quick start](quickstart.md)\n  - [More *pages*](more-pages.md \"t\")\n- [Home](/)\n";
        assert_eq!(
            named(words, &["more-pages.md", "quickstart.md", "other.md"]),
            ["quickstart.md", "more-pages.md"]
        );
    }

    #[test]
    fn the_nav_of_mkdocs_and_chapters_of_quarto() {
        let words = "site_name: S\nnav:\n  - Home: index.md\n  - User Guide:\n    - user-guide/\n    # - no.md\n    - about/license.md\n";
        let texts =
            ["docs/about/license.md", "docs/index.md", "docs/no.md", "docs/user-guide/writing.md"];
        assert_eq!(
            named(words, &texts),
            ["docs/index.md", "docs/user-guide/writing.md", "docs/about/license.md"]
        );
        let quarto = "book:\n  chapters:\n    - index.qmd\n    - part: whole-game.qmd\n      chapters:\n        - intro.qmd\n";
        assert_eq!(
            named(quarto, &["intro.qmd", "whole-game.qmd", "index.qmd"]),
            ["index.qmd", "whole-game.qmd", "intro.qmd"]
        );
    }

    #[test]
    fn side_bars_that_are_programs_and_plain_lists() {
        let vitepress = "sidebar: [{ text: 'A', link: '/guide/what-is' }, { text: 'B', link: '/guide/start#x' }]";
        assert_eq!(
            named(vitepress, &["guide/start.md", "guide/what-is.md"]),
            ["guide/what-is.md", "guide/start.md"]
        );
        let docusaurus =
            "docs: {\n  Introduction: [\n    'getting-started',\n    'using-matchers',\n  ],\n}";
        assert_eq!(
            named(docusaurus, &["docs/using-matchers.md", "docs/getting-started.md"]),
            ["docs/getting-started.md", "docs/using-matchers.md"]
        );
        assert_eq!(named("one.md\ntwo.md\n", &["two.md", "one.md"]), ["one.md", "two.md"]);
        assert_eq!(named("+ 1.md\n- 0.md\n", &["0.md", "1.md"]), ["1.md", "0.md"]);
    }
}
