//! Names of files and ids that every file system and reading system can take.

use std::collections::BTreeSet;

/// A name that every file system and every reading system can take: letters,
/// digits, `-` and `_` of ASCII.
pub(super) fn ascii_name(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            'a'..='z' | '0'..='9' | '_' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            _ if out.ends_with('-') || out.is_empty() => {}
            _ => out.push('-'),
        }
    }
    let trimmed = out.trim_end_matches('-');
    if trimmed.is_empty() { String::from("x") } else { trimmed.to_owned() }
}

/// The same with capitals kept, for names that stand for something.
pub(super) fn file_stem(name: &str) -> String {
    let keep = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let stem: String = name.chars().filter(|c| keep(*c)).collect();
    if stem.is_empty() { String::from("x") } else { stem }
}

/// Names that are taken.
#[derive(Debug)]
pub(super) struct Ids(pub BTreeSet<String>);

impl Ids {
    /// The wanted name as an XML id, with a number behind it if it is taken.
    pub fn make(&mut self, wanted: &str) -> String {
        let keep = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let base: String = wanted.chars().map(|c| if keep(c) { c } else { '-' }).collect();
        let mut name = base.clone();
        let mut count = 1;
        while !self.0.insert(name.clone()) {
            count += 1;
            name = format!("{base}-{count}");
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ascii_and_unique() {
        assert_eq!(ascii_name("Über Uns (2)"), "ber-uns-2");
        assert_eq!(ascii_name("日本"), "x");
        let mut ids = Ids(BTreeSet::new());
        assert_eq!(ids.make("page-xii"), "page-xii");
        assert_eq!(ids.make("page-xii"), "page-xii-2");
        assert_eq!(ids.make("a b"), "a-b");
    }
}
