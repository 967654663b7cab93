//! The contents of the book as a tree: chapters, those of a part or of a chapter
//! under it, and their sections. The navigation document, the NCX and the visible contents
//! page are written from it.

use super::plan::Plan;
use crate::model::{AnchorTarget, ChapterId, ContentsEntry, shown_text};

/// How deep sections go into the contents.
const DEEPEST_SECTION: u8 = 3;

/// A line of the contents with those under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The title as it stands at the place.
    pub title: String,
    /// The subtitle; empty where there is none.
    pub subtitle: String,
    /// The place.
    pub href: String,
    /// 1 for chapters, else the level of the heading.
    pub level: u8,
    /// The entries under it.
    pub children: Vec<Entry>,
}

/// The chapters that the contents list, with their sections; those of a part or
/// chapter under it.
pub(super) fn contents(plan: &Plan<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for (id, chapter, file) in plan.chapters() {
        if let Some(listed) = &chapter.contents_entry {
            put(&mut entries, listed.depth, chapter_entry(plan, id, listed, file));
        }
    }
    entries
}

/// Puts a chapter so many chapters deep, or as deep as there are any.
fn put(entries: &mut Vec<Entry>, depth: u8, entry: Entry) {
    match entries.last_mut() {
        Some(last) if depth > 0 && last.level == 1 => put(&mut last.children, depth - 1, entry),
        _ => entries.push(entry),
    }
}

fn chapter_entry(plan: &Plan<'_>, id: ChapterId, listed: &ContentsEntry, file: &str) -> Entry {
    let mut entry = Entry {
        title: listed.label.before(shown_text(&listed.title).trim()),
        subtitle: shown_text(&listed.subtitle).trim().to_owned(),
        href: file.to_owned(),
        level: 1,
        children: Vec::new(),
    };
    for anchor in plan.input.book.anchors.iter().filter(|a| a.chapter == id) {
        match anchor.target {
            AnchorTarget::Heading(_, level) if level <= DEEPEST_SECTION => {
                let section = Entry {
                    title: match &anchor.number {
                        Some(number) => format!("{number} {}", anchor.title),
                        None => anchor.title.clone(),
                    },
                    subtitle: String::new(),
                    href: format!("{file}#{}", anchor.id),
                    level,
                    children: Vec::new(),
                };
                nest(&mut entry.children, section);
            }
            AnchorTarget::Heading(..)
            | AnchorTarget::Chapter
            | AnchorTarget::Figure(_)
            | AnchorTarget::Table(_)
            | AnchorTarget::Equation(_)
            | AnchorTarget::Node(_) => {}
        }
    }
    entry
}

/// Puts a section under the last one of a higher rank.
fn nest(entries: &mut Vec<Entry>, section: Entry) {
    match entries.last_mut() {
        Some(last) if last.level < section.level => nest(&mut last.children, section),
        _ => entries.push(section),
    }
}
