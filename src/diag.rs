//! What is wrong, where, and what to do about it.
//!
//! A step that reads a manuscript does not stop at the first fault: it pushes
//! a [`Diagnostic`] and goes on with the best guess, so that a writer sees all
//! of them in one run. Only [`crate::cli`] prints them.

use crate::source::Span;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The book is built all the same.
    Warning,
    /// No book is written.
    Error,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $slug:literal, $sev:ident;)+) => {
        /// Every kind of fault, so that each has a name to look up and a test.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// All codes, in the order of this list.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];

            /// The short name that is printed with a diagnostic.
            pub fn slug(self) -> &'static str {
                match self { $(Code::$name => $slug,)+ }
            }

            /// The severity that diagnostics of this code have.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$sev,)+ }
            }
        }
    };
}

codes! {
    /// `book.toml` is missing or can't be read.
    NoBook = "no-book", Error;
    /// `book.toml` is not valid TOML, or a value has the wrong type.
    BadToml = "bad-toml", Error;
    /// A key that `book.toml` does not know.
    UnknownKey = "unknown-key", Error;
    /// A value that is of the right type but means nothing (a length, a date, a role).
    BadValue = "bad-value", Error;
    /// A chapter's file is missing or can't be read.
    NoChapter = "no-chapter", Error;
    /// A file of the manuscript is not UTF-8.
    NotUtf8 = "not-utf8", Error;
    /// A chapter's front matter can't be read.
    BadFrontMatter = "bad-front-matter", Error;
    /// A picture is missing.
    NoPicture = "no-picture", Error;
    /// A picture's file is broken or of a kind that can't be read.
    BadPicture = "bad-picture", Error;
    /// A picture lies outside the book's folder.
    OutsideFolder = "outside-folder", Error;
    /// A picture is on the network.
    RemotePicture = "remote-picture", Error;
    /// A link or cross-reference to something that isn't in the book.
    DeadLink = "dead-link", Error;
    /// A footnote reference without a footnote.
    NoNote = "no-note", Error;
    /// An id that is given twice.
    DuplicateId = "duplicate-id", Error;
    /// A font file that can't be read.
    BadFont = "bad-font", Error;
    /// A list of works or a style of citation that can't be read.
    BadBibliography = "bad-bibliography", Error;
    /// A citation of a work that no list has.
    NoWork = "no-work", Error;
    /// The output can't be written.
    NoOutput = "no-output", Error;
    /// An mdBook's `SUMMARY.md` has what mdBook would refuse.
    BadSummary = "bad-summary", Error;
    /// A book of which nobody says the title.
    NoTitle = "no-title", Warning;
    /// A chapter that an mdBook lists without a file, or a second time.
    ChapterLeftOut = "chapter-left-out", Warning;
    /// An mdBook wants a preprocessor that bindery does not have.
    UnknownPreprocessor = "unknown-preprocessor", Warning;
    /// An `{{#include}}` that brings nothing.
    BadInclude = "bad-include", Warning;
    /// A character that no font has.
    MissingGlyph = "missing-glyph", Warning;
    /// Words of the manuscript that the finished book doesn't have.
    LostWord = "lost-word", Error;
    /// Words in the finished book that nobody wrote.
    AddedWord = "added-word", Error;
    /// Words that were glued together or torn apart.
    BrokenWord = "broken-word", Error;
    /// A finished file that can't be read back.
    NoProof = "no-proof", Error;
    /// A link that leads nowhere, of which the words were kept as the book wishes.
    LinkAsText = "link-as-text", Warning;
    /// A footnote that nothing refers to.
    UnusedNote = "unused-note", Warning;
    /// A heading level is skipped; it was closed up.
    SkippedLevel = "skipped-level", Warning;
    /// A picture without alternative text.
    NoAltText = "no-alt-text", Warning;
    /// Raw HTML that the model has no word for was left out.
    DroppedHtml = "dropped-html", Warning;
    /// A mark of the index that doesn't fit the others.
    IndexMark = "index-mark", Warning;
    /// A section named in `omit` isn't in the chapter.
    NothingOmitted = "nothing-omitted", Warning;
    /// A line that could not be set within the measure.
    OverfullLine = "overfull-line", Warning;
    /// A formula that can't be read; it is shown as it is written.
    BadFormula = "bad-formula", Warning;
    /// Too small a picture for the size it is set at.
    CoarsePicture = "coarse-picture", Warning;
}

impl Code {
    /// Whether a book can be made all the same: the words stay and something is
    /// missing beside them. In a book that was written for bindery these are
    /// errors, since its writer would not want it so; in one that was written
    /// for another tool, which passes over them, they are warnings
    /// ([`Diagnostics::forgive`]).
    pub fn is_forgivable(self) -> bool {
        matches!(
            self,
            Code::BadFrontMatter
                | Code::NoPicture
                | Code::BadPicture
                | Code::OutsideFolder
                | Code::RemotePicture
                | Code::DeadLink
                | Code::NoNote
                | Code::DuplicateId
                | Code::MissingGlyph
        )
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// What kind it is; its severity follows from it.
    pub code: Code,
    /// Where it is, if it is at a place.
    pub span: Option<Span>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do, each a sentence of its own.
    pub hints: Vec<String>,
    /// Whether it is a warning though its code is an error.
    pub forgiven: bool,
}

impl Diagnostic {
    /// A finding at a place.
    pub fn at(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, span: Some(span), message: message.into(), hints: Vec::new(), forgiven: false }
    }

    /// A finding without a place in the sources.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, span: None, message: message.into(), hints: Vec::new(), forgiven: false }
    }

    /// The same with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        if self.forgiven { Severity::Warning } else { self.code.severity() }
    }
}

/// The findings of a run, in the order they were made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all findings of another step.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.list.append(&mut other.list);
    }

    /// Makes warnings of the errors that a book can be made with all the same.
    pub fn forgive(&mut self) {
        for diagnostic in &mut self.list {
            diagnostic.forgiven |= diagnostic.code.is_forgivable();
        }
    }

    /// Changes the places of all findings.
    pub fn move_spans(&mut self, place: impl Fn(Span) -> Span) {
        for diagnostic in &mut self.list {
            diagnostic.span = diagnostic.span.map(&place);
        }
    }

    /// All findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Whether any of them keeps the book from being written.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|d| d.severity() == severity).count()
    }

    /// Makes other findings of those of a code, such as warnings of errors.
    pub fn recode(&mut self, from: Code, to: Code) {
        for found in self.list.iter_mut().filter(|found| found.code == from) {
            found.code = to;
        }
    }

    /// Sorts by place, those without a place first, and drops exact repeats.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| a.span.cmp(&b.span).then(a.code.cmp(&b.code)));
        self.list.dedup();
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}
