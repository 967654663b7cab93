//! What the texts of other tools have beside plain Markdown.
//!
//! Each tool has a folder here. What its marks mean is brought to Markdown or to
//! blocks of the model in a step of its own, before or after a text is parsed:
//!
//! ```text
//! text ─► includes resolved ─► prepare ─► markdown::parse ─► hidden lines out ─► …
//! ```
//!
//! [`prepare`] is the step for all marks that can be written as Markdown or HTML;
//! each file beside it knows the marks of one tool or family of tools.
//!
//! [`Dialect`] says which of those steps a book needs; who sets it is the layout
//! of the folder ([`super::layouts`]).

mod admonition;
mod attributes;
mod colons;
mod containers;
mod draft;
mod formulas;
mod left_over;
mod lines;
mod markua;
pub(super) mod mdbook;
mod mdx;
mod obsidian;
mod pandoc;
mod prepare;
mod python_markdown;
mod scan;
mod scene_breaks;
mod templates;

pub(crate) use admonition::admonition_kind;
pub use draft::RemovedReason;
pub(super) use prepare::{Preparation, Text};

/// The marks that the texts of a book use and that only some tools understand.
#[derive(Debug, Clone)]
pub(crate) struct Dialect {
    /// `$…$` is a formula.
    pub dollar_math: bool,
    /// A listing of the language `admonish` is an admonition.
    pub admonish_fences: bool,
    /// The texts have directives and hidden lines as mdBook knows them.
    pub mdbook: Option<mdbook::Syntax>,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { dollar_math: true, admonish_fences: false, mdbook: None }
    }
}
