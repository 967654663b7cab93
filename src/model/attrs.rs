//! What any node may carry besides its kind.

use std::fmt;
use std::sync::Arc;

use super::{AnchorId, Number};

/// A language as a BCP 47 tag, such as `en` or `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang(Arc<str>);

impl Lang {
    /// Takes a tag; `None` if it is not shaped like one (RFC 5646, section 2.1:
    /// letters and digits in parts of one to eight, the first of two or three
    /// letters, since no language has a longer one).
    pub fn new(tag: &str) -> Option<Lang> {
        let mut parts = tag.split('-');
        let first = parts.next()?;
        let primary =
            (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
        let others = parts
            .all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        (primary && others).then(|| Lang(tag.into()))
    }

    /// The whole tag.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The language alone, in lower case: `pt` of `pt-BR`.
    pub fn primary(&self) -> String {
        self.0.split('-').next().unwrap_or("").to_ascii_lowercase()
    }

    /// The direction its script usually runs.
    pub fn direction(&self) -> Direction {
        match self.primary().as_str() {
            "ar" | "fa" | "he" | "yi" | "ur" | "ps" | "sd" | "ug" | "dv" | "syr" => Direction::Rtl,
            _ => Direction::Ltr,
        }
    }
}

impl Default for Lang {
    fn default() -> Self {
        Lang("en".into())
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which way a line of text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

/// Id, classes, language and direction of a node. Most nodes have none, and
/// then it costs one pointer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attrs(Option<Box<AttrsData>>);

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct AttrsData {
    id: Option<String>,
    classes: Vec<String>,
    lang: Option<Lang>,
    dir: Option<Direction>,
    anchor: Option<AnchorId>,
    expansion: Option<String>,
    number: Option<Number>,
    unnumbered: bool,
    hanging: bool,
}

impl Attrs {
    /// The id the writer gave.
    pub fn id(&self) -> Option<&str> {
        self.0.as_ref()?.id.as_deref()
    }

    /// The classes the writer gave: names for the style sheet of the EPUB. They
    /// mean nothing; what means something has a kind or a field.
    pub fn classes(&self) -> &[String] {
        self.0.as_ref().map_or(&[], |d| &d.classes)
    }

    /// The language, where it is not that of what is around it.
    pub fn lang(&self) -> Option<&Lang> {
        self.0.as_ref()?.lang.as_ref()
    }

    /// The direction, where the writer gave one.
    pub fn dir(&self) -> Option<Direction> {
        self.0.as_ref()?.dir
    }

    /// The anchor of the node, once resolved.
    pub fn anchor(&self) -> Option<AnchorId> {
        self.0.as_ref()?.anchor
    }

    /// What an abbreviation stands for.
    pub fn expansion(&self) -> Option<&str> {
        self.0.as_ref()?.expansion.as_deref()
    }

    /// The number of a section, figure or table, once resolved.
    pub fn number(&self) -> Option<&Number> {
        self.0.as_ref()?.number.as_ref()
    }

    /// Whether the writer wants a heading, figure, table or formula without a
    /// number.
    pub fn is_unnumbered(&self) -> bool {
        self.0.as_ref().is_some_and(|d| d.unnumbered)
    }

    /// Whether the first line of a paragraph begins further out than the others,
    /// as an entry of a bibliography does.
    pub fn is_hanging(&self) -> bool {
        self.0.as_ref().is_some_and(|d| d.hanging)
    }

    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Gives it an id.
    pub fn set_id(&mut self, id: impl Into<String>) {
        self.data().id = Some(id.into());
    }

    /// Adds a class.
    pub fn add_class(&mut self, class: impl Into<String>) {
        self.data().classes.push(class.into());
    }

    /// Gives it a language.
    pub fn set_lang(&mut self, lang: Lang) {
        self.data().lang = Some(lang);
    }

    /// Gives it a direction.
    pub fn set_dir(&mut self, dir: Direction) {
        self.data().dir = Some(dir);
    }

    /// Gives it an anchor.
    pub fn set_anchor(&mut self, anchor: AnchorId) {
        self.data().anchor = Some(anchor);
    }

    /// Says what an abbreviation stands for.
    pub fn set_expansion(&mut self, expansion: impl Into<String>) {
        self.data().expansion = Some(expansion.into());
    }

    /// Gives it a number.
    pub fn set_number(&mut self, number: Number) {
        self.data().number = Some(number);
    }

    /// Takes it out of the numbers.
    pub fn set_unnumbered(&mut self) {
        self.data().unnumbered = true;
    }

    /// Lets the first line of a paragraph begin further out than the others.
    pub fn set_hanging(&mut self) {
        self.data().hanging = true;
    }

    fn data(&mut self) -> &mut AttrsData {
        self.0.get_or_insert_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_are_checked_for_shape() {
        assert!(Lang::new("en").is_some());
        assert!(Lang::new("pt-BR").is_some());
        assert!(Lang::new("zh-Hant-TW").is_some());
        assert!(Lang::new("english language").is_none());
        assert!(Lang::new("english").is_none());
        assert!(Lang::new("").is_none());
        assert!(Lang::new("e").is_none());
        assert_eq!(Lang::new("he-IL").map(|l| l.direction()), Some(Direction::Rtl));
    }
}
