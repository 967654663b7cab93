//! The pages before the text that bindery makes by itself.

use crate::manuscript::config::{ChapterEntry, Config};
use crate::model::{Matter, Role};
use crate::source::Span;

/// Puts in the pages before the text that every book has: half title, title
/// page, copyright; dedication and epigraph if there are any; contents. A page
/// that is given takes the place of the one that would be made, and of no other.
/// One that is given after the text, and contents, stay where they are.
pub(super) fn add_front_matter(config: &mut Config, span: Span) {
    if config.listed_front_matter {
        return;
    }
    let mut given = std::mem::take(&mut config.chapters);
    let made = |role| ChapterEntry::bare(role, span);
    let is_front =
        |entry: &ChapterEntry| entry.matter.unwrap_or(entry.role.matter()) == Matter::Front;
    let mut front = Vec::new();
    for role in [Role::HalfTitle, Role::TitlePage, Role::Copyright] {
        let text = given.iter().position(|entry| !is_front(entry)).unwrap_or(given.len());
        match given.iter().position(|entry| entry.role == role) {
            None => front.push(made(role)),
            Some(at) if at < text => front.push(given.remove(at)),
            Some(_) => {}
        }
    }
    let before = |entry: &ChapterEntry| matches!(entry.role, Role::Dedication | Role::Epigraph);
    let (short, rest): (Vec<_>, Vec<_>) = given.into_iter().partition(before);
    front.extend(short);
    if !rest.iter().any(|entry| entry.role == Role::Contents) {
        front.push(made(Role::Contents));
    }
    front.extend(rest);
    config.chapters = front;
}
