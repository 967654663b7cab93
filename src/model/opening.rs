//! How a chapter begins: what `finalize` decides and both outputs show.

/// What belongs to the beginning of a chapter besides its title, subtitle and
/// picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opening {
    /// What stands above the title: `Essay two`, `Part II`; `None` for a chapter
    /// without a number, and where the title says it already.
    pub label: Option<String>,
    /// How many of the chapter's first blocks are epigraphs that belong to the
    /// opening; the text begins after them.
    pub epigraphs: usize,
    /// How the first paragraph of the text leads in; `None` where it begins like
    /// any other.
    pub lead_in: Option<LeadIn>,
}

/// The words that lead in, in small capitals, and the initial they may have.
///
/// Bytes are counted in running text: the text of the paragraph's inlines one
/// after the other, with one byte for a soft break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeadIn {
    /// The bytes of the words that lead in, up to the end of a phrase.
    pub length: usize,
    /// The bytes of the first word, where the book wants a drop cap and the
    /// paragraph is long enough to stand beside one. The word is finished in
    /// small capitals. An output without drop caps shows the lead-in instead.
    pub drop_cap: Option<usize>,
}
