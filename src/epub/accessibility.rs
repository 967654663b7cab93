//! How accessible the book is: computed from what is in it, never assumed.
//!
//! The terms are those of the Schema.org accessibility properties for discovery
//! (W3C Community Group vocabulary, 1.1) and of EPUB Accessibility 1.1.

use crate::model::{Alt, Book, Image, Visitor};

/// The string by which a publication claims conformance (EPUB Accessibility
/// 1.1, section 4.4 "Conformance reporting").
const CONFORMANCE: &str = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA";

/// The pictures of a book by what a reader who can't see them is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct PictureCount {
    /// Described.
    pub described: usize,
    /// Decoration.
    pub decorative: usize,
    /// The writer has not said.
    pub missing: usize,
}

impl PictureCount {
    /// Counts every use of a picture, the cover among them.
    pub fn of(book: &Book, cover: Option<&Alt>) -> PictureCount {
        let mut count = PictureCount::default();
        cover.into_iter().for_each(|alt| count.add(alt));
        count.book(book);
        count
    }

    fn add(&mut self, alt: &Alt) {
        match alt {
            Alt::Text(_) => self.described += 1,
            Alt::Decorative => self.decorative += 1,
            Alt::Missing => self.missing += 1,
        }
    }
}

impl Visitor for PictureCount {
    fn image(&mut self, image: &Image) {
        self.add(&image.alt);
    }
}

/// What is said about a book's accessibility in its metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Accessibility {
    /// The senses that it speaks to.
    pub modes: Vec<&'static str>,
    /// The sets of senses that suffice to read it.
    pub sufficient: Vec<&'static str>,
    /// What it offers.
    pub features: Vec<&'static str>,
    /// What it might do to somebody.
    pub hazards: Vec<&'static str>,
    /// All of it in words.
    pub summary: String,
    /// The conformance it claims, if it can.
    pub conforms_to: Option<&'static str>,
}

impl Accessibility {
    /// Computes it from the pictures, from whether printed pages are marked and
    /// whether there are formulas, which are all MathML. `moving` says whether a
    /// picture may move, which nobody has looked at.
    pub fn of(
        pictures: PictureCount,
        printed_pages: bool,
        math: bool,
        moving: bool,
    ) -> Accessibility {
        let seen = pictures.described + pictures.missing > 0;
        let complete = pictures.missing == 0;
        let mut modes = vec!["textual"];
        let mut sufficient = Vec::new();
        if complete {
            sufficient.push("textual");
        }
        if seen {
            modes.push("visual");
            sufficient.push("textual,visual");
        }
        let mut features = vec![
            "tableOfContents",
            "readingOrder",
            "structuralNavigation",
            "displayTransformability",
        ];
        features.push("ARIA");
        if complete && pictures.described > 0 {
            features.push("alternativeText");
        }
        if math {
            features.push("MathML");
        }
        if printed_pages {
            features.extend(["pageBreakMarkers", "pageNavigation"]);
        }
        let hazards = if moving { vec!["unknown"] } else { vec!["none"] };
        Accessibility {
            modes,
            sufficient,
            features,
            hazards,
            summary: summary(pictures, printed_pages, math),
            conforms_to: complete.then_some(CONFORMANCE),
        }
    }
}

fn summary(pictures: PictureCount, printed_pages: bool, math: bool) -> String {
    let mut parts = vec![
        "The text reflows and takes the reader’s own font, size and colours. \
         Headings, lists, tables and notes are marked as what they are, and the contents \
         lead to every chapter and section.",
    ];
    let PictureCount { described, missing, .. } = pictures;
    let lacking = format!("{missing} of {} pictures have no description.", described + missing);
    if missing > 0 {
        parts.push(&lacking);
    } else if described > 0 {
        parts.push("Every picture that carries meaning is described.");
    }
    if math {
        parts.push("Formulas are MathML, with their TeX as their alternative text.");
    }
    if printed_pages {
        parts.push("The pages of the printed edition are marked.");
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(described: usize, decorative: usize, missing: usize) -> Accessibility {
        Accessibility::of(PictureCount { described, decorative, missing }, false, false, false)
    }

    #[test]
    fn a_book_of_words_needs_no_sight() {
        let a = with(0, 2, 0);
        assert_eq!(a.modes, ["textual"]);
        assert_eq!(a.sufficient, ["textual"]);
        assert!(!a.features.contains(&"alternativeText"));
        assert!(a.conforms_to.is_some());
    }

    #[test]
    fn described_pictures_keep_the_claim() {
        let a = with(3, 0, 0);
        assert_eq!(a.modes, ["textual", "visual"]);
        assert_eq!(a.sufficient, ["textual", "textual,visual"]);
        assert!(a.features.contains(&"alternativeText"));
        assert_eq!(a.conforms_to, Some("EPUB Accessibility 1.1 - WCAG 2.2 Level AA"));
    }

    #[test]
    fn one_picture_without_description_takes_the_claim_away() {
        let a = with(3, 0, 1);
        assert_eq!(a.sufficient, ["textual,visual"]);
        assert!(!a.features.contains(&"alternativeText"));
        assert_eq!(a.conforms_to, None);
        assert!(a.summary.contains("1 of 4 pictures have no description."));
    }

    #[test]
    fn page_features_and_hazards_are_as_told() {
        let a = Accessibility::of(PictureCount::default(), true, true, true);
        assert!(a.features.contains(&"MathML"));
        assert!(a.summary.contains("MathML"));
        assert!(!with(0, 0, 0).features.contains(&"MathML"));
        assert!(a.features.contains(&"pageNavigation"));
        assert_eq!(a.hazards, ["unknown"]);
        assert!(!with(0, 0, 0).features.contains(&"pageBreakMarkers"));
    }
}
