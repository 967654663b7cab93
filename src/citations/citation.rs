//! A citation as it is written.

/// A work that is cited at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Citation {
    /// Its key in the bibliography.
    pub key: String,
    /// The words before it: "see".
    pub prefix: String,
    /// Where in the work: `p. 12`; empty for all of it.
    pub locator: String,
    /// The words after that: `and elsewhere`.
    pub suffix: String,
    /// How it stands in its sentence.
    pub form: CiteForm,
}

/// How a citation stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum CiteForm {
    /// Apart from it: `(Knuth 1984)`.
    #[default]
    Apart,
    /// Its author is part of it: `Knuth (1984)`.
    InText,
    /// The sentence has named the author already: `(1984)`.
    WithoutAuthor,
}
