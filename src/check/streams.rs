//! What is read of a book's text, wherever it is read from.

use super::words::Words;
use crate::source::Span;

/// What is read for a formula in a PDF: it says in other signs what it means.
pub(super) const FORMULA: &str = "formula";

/// What a chapter says. Streams keep apart what may stand in different places
/// in different files of one book.
#[derive(Debug, Default)]
pub(super) struct Streams {
    /// The text.
    pub flow: Words,
    /// The captions of figures and tables: figures move on pages.
    pub captions: Words,
    /// What is said instead of pictures.
    pub pictures: Words,
    /// The footnotes, in order.
    pub notes: Vec<Note>,
}

impl Streams {
    /// Closes the last words.
    pub fn finish(&mut self) {
        let notes = self.notes.iter_mut().map(|note| &mut note.words);
        let own = [&mut self.flow, &mut self.captions, &mut self.pictures];
        own.into_iter().chain(notes).for_each(Words::boundary);
    }
}

/// A footnote.
#[derive(Debug, Default)]
pub(super) struct Note {
    /// Its name in the manuscript; empty in a finished file, and for a note that
    /// a citation became.
    pub key: String,
    /// Its number in the chapter; zero in the manuscript.
    pub number: u32,
    /// Where it stands in the manuscript.
    pub span: Option<Span>,
    /// What it says.
    pub words: Words,
}

/// Something that a book leaves out on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it is.
    pub span: Span,
    /// How many words it has.
    pub words: usize,
    /// Why.
    pub reason: Reason,
}

/// Why something is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A section that `omit` names.
    Omitted,
    /// A title, subtitle or caption instead of which `book.toml` has another.
    Replaced,
    /// What a file says of itself.
    FrontMatter,
    /// A comment in HTML.
    Comment,
    /// An element of HTML that a book can't show.
    Html(String),
    /// The definition of a link.
    LinkDefinition,
    /// Lines of a listing that mdBook hides.
    HiddenLines,
    /// The explanation of an abbreviation, which readers ask for.
    Abbreviation,
    /// The title of a link, which only a mouse can show.
    LinkTitle,
    /// The title of a picture within a line.
    PictureTitle,
    /// A footnote that nothing in the book refers to.
    UnusedNote,
    /// What speaks to another tool, such as an import.
    Directive,
    /// What is of another tool and nobody here understands: not on purpose.
    LeftOver,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Reason::Omitted => f.write_str("a section that book.toml omits"),
            Reason::Replaced => f.write_str("replaced by book.toml"),
            Reason::FrontMatter => f.write_str("front matter"),
            Reason::Comment => f.write_str("a comment"),
            Reason::Html(name) => write!(f, "<{name}>"),
            Reason::LinkDefinition => f.write_str("the definition of a link"),
            Reason::HiddenLines => f.write_str("hidden lines of a listing"),
            Reason::Abbreviation => f.write_str("the explanation of an abbreviation"),
            Reason::LinkTitle => f.write_str("the title of a link"),
            Reason::PictureTitle => f.write_str("the title of a picture within a line"),
            Reason::Directive => f.write_str("a directive for another tool"),
            Reason::LeftOver => f.write_str("left over from another dialect"),
            Reason::UnusedNote => f.write_str("a footnote without a mark"),
        }
    }
}

/// Names of notes are the same whatever their case and spaces.
pub(super) fn label_key(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
