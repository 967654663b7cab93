//! The title and subtitle of a chapter, and what the contents call it.

use super::loaded::LoadedChapter;
use crate::diag::Diagnostics;
use crate::locale::Locale;
use crate::manuscript::files::title_from_path;
use crate::manuscript::located::Located;
use crate::manuscript::markdown::{Origin, parse_line};
use crate::model::{Inline, InlineKind, Lang, plain_text};
use crate::source::{SourceFile, Span};

/// Where the words that name a chapter may come from.
pub(super) struct Titles<'a> {
    /// The chapter.
    pub loaded: &'a LoadedChapter<'a>,
    /// The text of `book.toml`.
    pub book_toml: &'a SourceFile,
    /// The language of the chapter.
    pub lang: &'a Lang,
    /// The findings.
    pub diagnostics: &'a mut Diagnostics,
}

impl Titles<'_> {
    /// The title: `book.toml`'s, the file's, its front matter's, or the words
    /// of its name, since contents and outline need one.
    pub fn title(&mut self, in_file: Vec<Inline>) -> Vec<Inline> {
        let entry = self.loaded.entry;
        if let Some(title) = &entry.title {
            let origin = Origin::of_value(title, self.book_toml);
            return parse_line(&title.value, origin, self.lang, self.diagnostics);
        }
        if !in_file.is_empty() {
            return in_file;
        }
        let front = self.loaded.source.as_ref().and_then(|source| source.front.title.as_ref());
        if let Some(title) = front {
            let origin = Origin::Made(title.span);
            return parse_line(&title.value, origin, self.lang, self.diagnostics);
        }
        if let Some(listed) = &entry.listed {
            return self.in_list(listed);
        }
        let Some(source) = self.loaded.source.as_ref().filter(|_| entry.role.in_contents()) else {
            // What is gathered from the book is named by the tool.
            let named = self.loaded.source.is_none() && entry.role.is_gathered();
            let words = Locale::of(self.lang).role(entry.role);
            return if named { words_title(words, entry.span) } else { Vec::new() };
        };
        let words = title_from_path(&source.path);
        if words.is_empty() {
            words_title("Untitled", entry.span)
        } else {
            words_title(&words, entry.span)
        }
    }

    /// What the contents call it, where that is not its title.
    pub fn listed(&mut self, title: &[Inline]) -> Vec<Inline> {
        let Some(listed) = &self.loaded.entry.listed else { return Vec::new() };
        let words = self.in_list(listed);
        let same = plain_text(&words).trim() == plain_text(title).trim();
        if same || self.loaded.entry.title.is_some() { Vec::new() } else { words }
    }

    /// Words that stand as they are in another file; pictures and notes have no
    /// place in a list.
    fn in_list(&mut self, listed: &Located<String>) -> Vec<Inline> {
        let origin = Origin::Part(listed.span.file, listed.span.start as usize);
        let words = parse_line(&listed.value, origin, self.lang, self.diagnostics);
        let plain = words.iter().all(|inline| {
            matches!(
                inline.kind,
                InlineKind::Text(_)
                    | InlineKind::Code(..)
                    | InlineKind::Emph(_)
                    | InlineKind::Strong(_)
                    | InlineKind::SoftBreak
            )
        });
        if plain { words } else { words_title(plain_text(&words).trim(), listed.span) }
    }

    /// The subtitle: `book.toml`'s, the file's, or its front matter's.
    pub fn subtitle(&mut self, in_file: Vec<Inline>) -> Vec<Inline> {
        if let Some(subtitle) = &self.loaded.entry.subtitle {
            let origin = Origin::of_value(subtitle, self.book_toml);
            return parse_line(&subtitle.value, origin, self.lang, self.diagnostics);
        }
        let front = self.loaded.source.as_ref().and_then(|s| s.front.subtitle.as_ref());
        match front {
            Some(subtitle) if in_file.is_empty() => {
                let origin = Origin::Made(subtitle.span);
                parse_line(&subtitle.value, origin, self.lang, self.diagnostics)
            }
            _ => in_file,
        }
    }
}

/// Words of the tool as a title.
fn words_title(words: &str, span: Span) -> Vec<Inline> {
    vec![Inline::text(words, span)]
}
