//! A chapter's line in the contents; set by `finalize`.

use super::Inline;

/// How the contents list a chapter.
#[derive(Debug, Clone, PartialEq)]
pub struct ContentsEntry {
    /// How many entries it stands under: those of the chapters above it and, in
    /// the main matter, that of the part before it.
    pub depth: u8,
    /// What stands before the title.
    pub label: EntryLabel,
    /// What the chapter is called there, without notes; never empty.
    pub title: Vec<Inline>,
    /// Its subtitle without notes; empty where there is none.
    pub subtitle: Vec<Inline>,
}

/// What stands before a title in lists of chapters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum EntryLabel {
    /// Nothing.
    #[default]
    None,
    /// A number alone: `2.1`.
    Number(String),
    /// A word with its number: `Part II`.
    Words(String),
}

impl EntryLabel {
    /// A title with its label on one line of plain text: `Part II: Water`,
    /// `2.1 Tides`.
    pub fn before(&self, title: &str) -> String {
        match self {
            EntryLabel::None => title.to_owned(),
            EntryLabel::Number(number) => format!("{number} {title}"),
            EntryLabel::Words(words) => format!("{words}: {title}"),
        }
    }
}
