//! The pages that the tool makes from the metadata; set by `finalize`.

/// A page that is made where the manuscript has no text for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GeneratedPage {
    /// The title alone, for paper.
    HalfTitle(String),
    /// Title, people and publisher. Its mark is the chapter's picture.
    TitlePage(TitlePage),
    /// Rights and edition: the paragraphs are the chapter's blocks.
    Copyright,
    /// The chapters that have a [`ContentsEntry`](super::ContentsEntry), in their
    /// order, after the text that the chapter may have.
    Contents,
}

/// What a title page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitlePage {
    /// The book's title.
    pub title: String,
    /// Its subtitle.
    pub subtitle: Option<String>,
    /// The authors' names, in their order.
    pub authors: Vec<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
}
