//! Reading a manuscript: `book.toml`, Markdown and what lies beside it.
//!
//! Why so many steps: a manuscript is written by a person, and everything that
//! can be wrong in it must be said with its place, all of it in one run. So no
//! step stops at a fault, and each keeps the places of what it passes on.
//!
//! ```text
//! book.toml ─► config ─────────────┐
//! *.md ─► front_matter ─► markdown ─► structure ─► references ─► Book
//! ```
//!
//! A folder made for mdBook becomes the same config and the same texts first
//! (`mdbook`), and goes the same road from there.
//!
//! Chapters are read in parallel and put together in their order; what they
//! number by themselves (pictures, notes) is numbered anew then.

mod assemble;
mod chapter;
mod config;
mod create;
mod data_uri;
mod files;
mod front_matter;
mod markdown;
mod mdbook;
mod merge;
mod omit;
mod punctuation;
mod references;
mod structure;
mod works;

use std::path::Path;

pub use create::{CreateError, Created, MissingPicture, NewBook, create};

use crate::assets::CoverArt;
use crate::diag::Diagnostics;
use crate::model::Book;
use crate::source::{SourceMap, Span};
use crate::theme::Overrides;

/// A manuscript as it was read, before `resolve`.
#[derive(Debug)]
pub struct Manuscript {
    /// The model.
    pub book: Book,
    /// The texts it was read from.
    pub sources: SourceMap,
    /// What it changes in the theme.
    pub overrides: Overrides,
    /// What lies under the words of its cover; `None` for no cover.
    pub cover: Option<CoverArt>,
    /// Whether the EPUB carries its fonts.
    pub embed_fonts: bool,
    /// Whether the system's fonts may stand in for characters the book's lack.
    pub system_fonts: bool,
    /// Whether a link that leads nowhere may stay as its words.
    pub dead_links_as_text: bool,
    /// Style sheet rules that the book adds to the EPUB.
    pub extra_css: Option<String>,
    /// What it leaves out: the sections that `omit` names.
    pub omitted: Vec<Span>,
    /// The titles, subtitles and captions of its files that `book.toml`
    /// replaces.
    pub replaced: Vec<Span>,
    /// Words with their own hyphenation, each with `-` where it may break.
    pub hyphenation: Vec<String>,
    /// Whether it was written for another tool, so that faults which leave a
    /// book are warnings.
    pub forgiving: bool,
}

/// Reads the book in a folder. Every fault is reported; `None` if there is
/// nothing to go on with.
pub fn read(root: &Path, diagnostics: &mut Diagnostics) -> Option<Manuscript> {
    assemble::read(root, diagnostics)
}
