//! Markdown, with the HTML in it, as blocks and inlines of the model.
//!
//! ```text
//! text ─► tree (Markdown and HTML in one) ─► lower ─► Draft
//! ```
//!
//! A [`Draft`] is what one file says by itself. Links still have the addresses
//! that the file gives, pictures and notes are numbered within the file; what
//! the chapter's own shape makes of it is up to [`super::structure`].

mod abbreviations;
mod admonish;
mod captions;
mod classes;
mod element;
mod figure;
mod foreign;
mod formula;
mod html;
mod inlines;
mod lower;
mod marks;
mod node;
mod notes;
mod origin;
mod quote;
mod stray;
mod table;
mod tags;
mod tidy;
mod tree;
mod verse;

use std::collections::BTreeMap;

use crate::diag::Diagnostics;
use crate::model::{Block, BlockKind, Inline, Lang};
use crate::source::Span;

pub(super) use node::LITERAL;
pub(super) use notes::first_line;
pub(super) use origin::Origin;

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Its blocks; headings still of levels 1 to 6 as they are written.
    pub blocks: Vec<Block>,
    /// Its footnotes, in the order they are written. The model's `NoteId`s
    /// point into this list.
    pub notes: Vec<NoteDraft>,
    /// The addresses of the pictures, as the file gives them, one for each use.
    /// The model's `ImageId`s point into this list.
    pub pictures: Vec<String>,
}

/// A footnote as it is written.
#[derive(Debug)]
pub(super) struct NoteDraft {
    /// Its name.
    pub label: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it stands.
    pub span: Span,
    /// Whether a mark refers to it.
    pub used: bool,
}

/// What a text means by marks that not everybody means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dialect {
    /// `$…$` is a formula.
    pub math: bool,
    /// A listing of the language `admonish` is a note set apart.
    pub admonish: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { math: true, admonish: false }
    }
}

/// Reads a text in a language.
pub(super) fn parse(
    text: &str,
    origin: Origin,
    lang: &Lang,
    diagnostics: &mut Diagnostics,
) -> Draft {
    parse_in(Dialect::default(), text, origin, lang, diagnostics)
}

/// Reads a text in a language and a dialect.
pub(super) fn parse_in(
    dialect: Dialect,
    text: &str,
    origin: Origin,
    lang: &Lang,
    diagnostics: &mut Diagnostics,
) -> Draft {
    let nodes = tree::build(dialect, text, origin, diagnostics);
    let mut lower = lower::Lower {
        draft: Draft::default(),
        labels: BTreeMap::new(),
        text,
        origin,
        langs: vec![lang.clone()],
        links: 0,
        diagnostics,
    };
    let mut blocks = lower.file(nodes);
    let mut draft = lower.draft;
    abbreviations::apply(&mut blocks, &mut draft);
    Draft { blocks, ..draft }
}

/// Reads one line of text, such as a title or a caption.
pub(super) fn parse_line(
    text: &str,
    origin: Origin,
    lang: &Lang,
    diagnostics: &mut Diagnostics,
) -> Vec<Inline> {
    let draft = parse(text, origin, lang, diagnostics);
    let mut lines = draft.blocks.into_iter().filter_map(|block| match block.kind {
        BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => Some(content),
        _ => None,
    });
    match lines.next() {
        Some(line) => line,
        // What looks like a list or a rule is meant as words in a line.
        None => tidy::line(vec![Inline::text(text, origin.span(0..text.len()))], lang),
    }
}

/// The words of a line of Markdown, for names.
pub(super) fn plain_words(text: &str) -> String {
    use pulldown_cmark::{Event, Parser};
    let words = Parser::new(text).filter_map(|event| match event {
        Event::Text(words) | Event::Code(words) => Some(words.into_string()),
        Event::SoftBreak | Event::HardBreak => Some(" ".to_owned()),
        _ => None,
    });
    words.collect::<String>().trim().to_owned()
}
