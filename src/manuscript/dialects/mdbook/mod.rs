//! mdBook: `{{#include}}` and its kin, and lines of listings that it hides.

mod hidden_lines;
mod include;
mod line_range;
mod project;

use std::collections::BTreeMap;

pub(crate) use hidden_lines::hide_lines;
pub(crate) use include::{IncludedFiles, Includer, Text};

/// What the settings of an mdBook say of the marks in its texts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Syntax {
    /// What hidden lines of listings begin with, by language; Rust's are known.
    pub hidden_line_prefixes: BTreeMap<String, String>,
    /// Whether `{{#tabs}}` stands around alternatives.
    pub tabs: bool,
}
