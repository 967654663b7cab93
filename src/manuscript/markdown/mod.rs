//! Markdown, with the HTML in it, as blocks and inlines of the model.
//!
//! ```text
//! text ─► tree (Markdown and HTML in one) ─► lower ─► ParsedText
//! ```
//!
//! A [`ParsedText`] is what one file says by itself. Links still have the addresses
//! that the file gives, pictures and notes are numbered within the file; what
//! the chapter's own shape makes of it is up to [`super::chapter`].

mod abbreviations;
mod classes;
mod index_terms;
mod inline;
mod lower;
mod origin;
mod parsed;
mod tree;

use crate::diag::Diagnostics;
use crate::manuscript::dialects::Dialect;
use crate::model::Lang;

pub(crate) use lower::{first_line, parse_line};
pub(crate) use origin::Origin;
pub(crate) use parsed::{ParsedNote, ParsedText};

/// Reads a text in a language.
pub(crate) fn parse(
    text: &str,
    origin: Origin,
    lang: &Lang,
    diagnostics: &mut Diagnostics,
) -> ParsedText {
    parse_in(&Dialect::default(), text, origin, lang, diagnostics)
}

/// Reads a text in a language and a dialect.
pub(crate) fn parse_in(
    dialect: &Dialect,
    text: &str,
    origin: Origin,
    lang: &Lang,
    diagnostics: &mut Diagnostics,
) -> ParsedText {
    let nodes = tree::build(dialect, text, origin, diagnostics);
    lower::lower(nodes, text, origin, lang, diagnostics)
}

/// The words of a line of Markdown, for names.
pub(crate) fn plain_words(text: &str) -> String {
    use pulldown_cmark::{Event, Parser};
    let words = Parser::new(text).filter_map(|event| match event {
        Event::Text(words) | Event::Code(words) => Some(words.into_string()),
        Event::SoftBreak | Event::HardBreak => Some(" ".to_owned()),
        _ => None,
    });
    words.collect::<String>().trim().to_owned()
}
