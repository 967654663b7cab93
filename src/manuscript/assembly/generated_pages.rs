//! The pages before the text that bindery makes by itself.

use crate::manuscript::config::{ChapterEntry, Config};
use crate::model::Role;
use crate::source::Span;

/// Puts the pages before the text that every book has, if none of them is
/// listed: half title, title page, copyright; dedication and epigraph if there
/// are any; contents.
pub(super) fn add_front_matter(config: &mut Config, span: Span) {
    let listed = config.chapters.iter().any(|entry| entry.role.is_generated());
    if config.listed_front_matter || listed {
        return;
    }
    let before = |entry: &ChapterEntry| matches!(entry.role, Role::Dedication | Role::Epigraph);
    let (given, rest): (Vec<_>, Vec<_>) =
        std::mem::take(&mut config.chapters).into_iter().partition(before);
    let made = |role| ChapterEntry::bare(role, span);
    config.chapters.extend([Role::HalfTitle, Role::TitlePage, Role::Copyright].map(made));
    config.chapters.extend(given);
    config.chapters.push(made(Role::Contents));
    config.chapters.extend(rest);
}
