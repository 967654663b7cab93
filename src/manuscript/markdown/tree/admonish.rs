//! Notes set apart as mdbook-admonish has them: a listing of the language
//! `admonish` whose text is Markdown.

use super::Builder;
use super::node::{Kind, Node, clean};
use crate::manuscript::dialects::admonition_kind;
use crate::manuscript::markdown::Origin;
use crate::model::AdmonitionKind;
use crate::source::Span;

/// A note that is being read.
pub(super) struct Note {
    kind: AdmonitionKind,
    title: Option<String>,
    text: String,
    /// The byte where its text begins.
    start: Option<usize>,
    span: Span,
}

impl Note {
    /// The note that a fence opens: `admonish`, then a kind, then a title in
    /// quotation marks.
    pub fn of(info: &str, span: Span) -> Option<Note> {
        let rest = info.trim().strip_prefix("admonish")?;
        if !rest.is_empty() && !rest.starts_with([' ', '\t', ',']) {
            return None;
        }
        let word = rest.split_whitespace().next().unwrap_or("");
        let title = rest.split('"').nth(1).filter(|title| !title.is_empty()).map(clean);
        Some(Note {
            kind: admonition_kind(word).unwrap_or(AdmonitionKind::Note),
            title,
            text: String::new(),
            start: None,
            span,
        })
    }

    /// Takes a stretch of its text.
    pub fn push(&mut self, text: &str, at: usize) {
        self.start.get_or_insert(at);
        self.text.push_str(text);
    }
}

impl Builder<'_> {
    /// Adds a note, its text read as Markdown. A note within it is a listing.
    pub fn note(&mut self, note: Note) {
        let at = note.start.filter(|at| {
            self.text.get(*at..).is_some_and(|rest| rest.starts_with(note.text.as_str()))
        });
        let origin = at.map_or(Origin::Made(note.span), |at| self.origin.at(at));
        let mut node = Node::new(Kind::Admonition(note.kind), note.span);
        if let Some(title) = note.title {
            let mut strong = Node::new(Kind::Strong, note.span);
            strong.children.push(Node::new(Kind::Text(title), note.span));
            let mut line = Node::new(Kind::Paragraph, note.span);
            line.children.push(strong);
            node.children.push(line);
        }
        node.children.extend(self.within(&note.text, origin));
        self.add(node);
    }
}
