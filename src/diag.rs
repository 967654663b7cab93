//! What is wrong, where, and what to do about it.
//!
//! A step that reads a manuscript does not stop at the first fault: it pushes
//! a [`Diagnostic`] and goes on with the best guess, so that a writer sees all
//! of them in one run. Only [`crate::cli`] prints them.
//!
//! # Error or warning
//!
//! An error is what would lose words or pictures that the writer meant, or
//! write a file that is not the book they asked for. Everything else is a
//! warning, and the book comes: the words of a dead link stay, a picture that is
//! missing leaves a frame with its alternative text. Who wants to be stopped by
//! a warning says so in [`Lints`].

use std::collections::BTreeMap;

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
    BadFrontMatter = "bad-front-matter", Warning;
    /// A picture is missing.
    NoPicture = "no-picture", Warning;
    /// A picture's file is broken or of a kind that can't be read.
    BadPicture = "bad-picture", Warning;
    /// A picture lies outside the book's folder.
    OutsideFolder = "outside-folder", Warning;
    /// A picture is on the network; a link to it is set instead.
    RemotePicture = "remote-picture", Warning;
    /// A link or cross-reference to something that isn't in the book; its words stay.
    DeadLink = "dead-link", Warning;
    /// A footnote reference without a footnote; it stays as it is written.
    NoNote = "no-note", Warning;
    /// An id that is given twice; links lead to the first.
    DuplicateId = "duplicate-id", Warning;
    /// A footnote that is written twice; the second would be lost.
    DuplicateNote = "duplicate-note", Error;
    /// A font file that can't be read; the others are used.
    BadFont = "bad-font", Warning;
    /// A list of works or a style of citation that can't be read.
    BadBibliography = "bad-bibliography", Error;
    /// A citation of a work that no list has.
    NoWork = "no-work", Error;
    /// A field of a work that can't be read; the work is cited without it.
    BadWorkField = "bad-work-field", Warning;
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
    /// A row of a table with more cells than the table has columns.
    TableCell = "table-cell", Warning;
    /// A section named in `omit` isn't in the chapter.
    NothingOmitted = "nothing-omitted", Warning;
    /// A line that could not be set within the measure.
    OverfullLine = "overfull-line", Warning;
    /// Words that lie off the paper, since what they are in is higher than a page.
    OffPage = "off-page", Error;
    /// A formula that can't be read; it is shown as it is written.
    BadFormula = "bad-formula", Warning;
    /// Marks of another tool that nobody here understands.
    LeftOver = "left-over", Warning;
    /// A rule of a style sheet that an e-book can't hold; the others are used.
    BadStyleSheet = "bad-style-sheet", Warning;
    /// More of something than a book can have; its words are kept in a simpler form.
    OverLimit = "over-limit", Warning;
    /// Too small a picture for the size it is set at.
    CoarsePicture = "coarse-picture", Warning;
}

/// What is done with the warnings of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LintLevel {
    /// They are not reported.
    Allow,
    /// They are reported, and the book is built.
    #[default]
    Warn,
    /// They are errors.
    Deny,
}

/// Which warnings a book wants to be stopped by, or not to hear of. Errors are
/// errors whatever they say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lints {
    levels: BTreeMap<Code, LintLevel>,
    deny_warnings: bool,
}

impl Lints {
    /// Says what is done with the warnings of a code.
    pub fn set(&mut self, code: Code, level: LintLevel) {
        self.levels.insert(code, level);
    }

    /// Makes an error of every warning that is not allowed.
    pub fn deny_warnings(&mut self) {
        self.deny_warnings = true;
    }

    /// What is done with the warnings of a code.
    pub fn level(&self, code: Code) -> LintLevel {
        match self.levels.get(&code).copied().unwrap_or_default() {
            LintLevel::Warn if self.deny_warnings => LintLevel::Deny,
            level => level,
        }
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
    /// Whether it is an error though its code is a warning, since the book wants
    /// it so.
    pub denied: bool,
}

impl Diagnostic {
    /// A finding at a place.
    pub fn at(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, span: Some(span), message: message.into(), hints: Vec::new(), denied: false }
    }

    /// A finding without a place in the sources.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, span: None, message: message.into(), hints: Vec::new(), denied: false }
    }

    /// The same with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        if self.denied { Severity::Error } else { self.code.severity() }
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

    /// Takes out the warnings that are allowed, and makes errors of those that
    /// are denied.
    pub fn apply(&mut self, lints: &Lints) {
        self.list.retain_mut(|found| {
            if found.code.severity() == Severity::Error {
                return true;
            }
            let level = lints.level(found.code);
            found.denied |= level == LintLevel::Deny;
            level != LintLevel::Allow
        });
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

#[cfg(test)]
mod tests {
    use super::*;

    fn severities(lints: &Lints) -> Vec<(Code, Severity)> {
        let mut found = Diagnostics::default();
        for code in [Code::DeadLink, Code::NoAltText, Code::NoChapter] {
            found.push(Diagnostic::new(code, "a fault"));
        }
        found.apply(lints);
        found.iter().map(|d| (d.code, d.severity())).collect()
    }

    #[test]
    fn warnings_are_allowed_or_denied_by_code_and_errors_are_neither() {
        let mut lints = Lints::default();
        lints.set(Code::DeadLink, LintLevel::Deny);
        lints.set(Code::NoAltText, LintLevel::Allow);
        lints.set(Code::NoChapter, LintLevel::Allow);
        let stopped = [(Code::DeadLink, Severity::Error), (Code::NoChapter, Severity::Error)];
        assert_eq!(severities(&lints), stopped);
    }

    #[test]
    fn what_is_allowed_stays_allowed_when_warnings_are_denied() {
        let mut lints = Lints::default();
        lints.set(Code::NoAltText, LintLevel::Allow);
        lints.set(Code::DeadLink, LintLevel::Warn);
        lints.deny_warnings();
        let stopped = [(Code::DeadLink, Severity::Error), (Code::NoChapter, Severity::Error)];
        assert_eq!(severities(&lints), stopped);
    }
}
