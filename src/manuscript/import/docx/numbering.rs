//! The lists of a document: which have numbers, and where these begin.

use std::collections::BTreeMap;

use super::xml::Element;

/// A level of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Level {
    /// Whether its items have numbers.
    pub numbered: bool,
    /// The number of its first item.
    pub start: u64,
    /// Whether its items have a mark at all.
    marked: bool,
}

/// A list as paragraphs name it.
#[derive(Debug)]
struct List {
    /// The pattern it is made after. Lists of one pattern count on, unless one of them
    /// says where it begins (ISO 29500-1, 17.9.26).
    pattern: String,
    levels: Vec<Level>,
    /// The levels that begin anew with it.
    restarts: Vec<usize>,
}

/// The lists by the ids that paragraphs name.
#[derive(Debug, Default)]
pub(super) struct Lists(BTreeMap<String, List>);

impl Lists {
    /// Reads `numbering.xml`.
    pub fn read(xml: &Element) -> Lists {
        let Some(root) = xml.child("w:numbering") else { return Lists::default() };
        let named = |name: &'static str| root.children.iter().filter(move |c| c.name == name);
        let mut patterns: BTreeMap<&str, Vec<Level>> = BTreeMap::new();
        for pattern in named("w:abstractNum") {
            let levels = pattern.children.iter().filter(|child| child.name == "w:lvl").map(level);
            if let Some(id) = pattern.get("abstractNumId") {
                patterns.insert(id, levels.collect());
            }
        }
        let mut lists = BTreeMap::new();
        for list in named("w:num") {
            let (Some(id), Some(pattern)) = (list.get("numId"), list.value_of("w:abstractNumId"))
            else {
                continue;
            };
            let mut levels = patterns.get(pattern).cloned().unwrap_or_default();
            let mut restarts = Vec::new();
            for change in list.children.iter().filter(|child| child.name == "w:lvlOverride") {
                let at: Option<usize> = change.get("ilvl").and_then(|level| level.parse().ok());
                let start = change.value_of("w:startOverride").and_then(|n| n.parse().ok());
                if let (Some(at), Some(start)) = (at, start)
                    && let Some(level) = levels.get_mut(at)
                {
                    level.start = start;
                    restarts.push(at);
                }
            }
            let list = List { pattern: pattern.to_owned(), levels, restarts };
            lists.insert(id.to_owned(), list);
        }
        Lists(lists)
    }

    /// The level of a list; `None` if a paragraph that names it is no item: the list
    /// is `0`, or its items have no mark.
    pub fn level(&self, list: &str, level: usize) -> Option<Level> {
        self.0.get(list)?.levels.get(level).copied().filter(|level| level.marked)
    }

    /// What lists that count on have in common.
    pub fn pattern(&self, list: &str) -> &str {
        self.0.get(list).map_or("", |list| &list.pattern)
    }

    /// Whether a level of a list begins anew with its first item.
    pub fn restarts(&self, list: &str, level: usize) -> bool {
        self.0.get(list).is_some_and(|list| list.restarts.contains(&level))
    }
}

fn level(level: &Element) -> Level {
    let format = level.value_of("w:numFmt").unwrap_or("decimal");
    Level {
        numbered: !matches!(format, "bullet" | "none"),
        marked: format != "none",
        start: level.value_of("w:start").and_then(|n| n.parse().ok()).unwrap_or(1),
    }
}
