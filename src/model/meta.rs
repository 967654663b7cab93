//! What is known about the book as a whole.

use super::{Alt, Direction, Lang};

/// Title, people, rights: what goes on the title page, the copyright page and
/// into both packages.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Metadata {
    /// The title.
    pub title: String,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// Authors and contributors, in the order they are named.
    pub contributors: Vec<Contributor>,
    /// The language of the text.
    pub language: Lang,
    /// Which way it runs, where that is not the way of its language.
    pub direction: Option<Direction>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The day, month or year of publication: `2026`, `2026-11` or `2026-11-22`.
    pub date: Option<String>,
    /// A stable identifier, as a URI or `urn:`; made from the title where none is given.
    pub identifier: String,
    /// The ISBN, digits only.
    pub isbn: Option<String>,
    /// What the book is about.
    pub description: Option<String>,
    /// Subjects.
    pub subjects: Vec<String>,
    /// Who holds which rights, in a sentence.
    pub rights: Option<String>,
    /// The series it belongs to.
    pub series: Option<Series>,
    /// A short name for file names: `abundant-intelligence`.
    pub slug: String,
    /// What a reader who can't see the cover is told.
    pub cover_alt: Option<Alt>,
    /// Who certifies its accessibility, if anyone.
    pub certified_by: Option<String>,
    /// By which rule it need not be accessible, if the publisher says so.
    pub exemption: Option<Exemption>,
}

impl Metadata {
    /// Which way its text runs, and with it its pages.
    pub fn direction(&self) -> Direction {
        self.direction.unwrap_or(self.language.direction())
    }

    /// The names of the authors proper.
    pub fn authors(&self) -> impl Iterator<Item = &Contributor> {
        self.contributors.iter().filter(|c| c.role == ContributorRole::Author)
    }

    /// The authors' names joined as a title page has them: `A, B and C`.
    pub fn byline(&self) -> String {
        let names: Vec<&str> = self.authors().map(|c| c.name.as_str()).collect();
        match names.split_last() {
            None => String::new(),
            Some((last, [])) => (*last).to_owned(),
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        }
    }
}

/// Somebody who had a part in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contributor {
    /// As it is printed.
    pub name: String,
    /// As it is sorted: `Woolf, Virginia`.
    pub sort: Option<String>,
    /// What they did.
    pub role: ContributorRole,
}

/// What a contributor did; each has a MARC relator code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContributorRole {
    /// Wrote it.
    Author,
    /// Edited it.
    Editor,
    /// Translated it.
    Translator,
    /// Drew the pictures.
    Illustrator,
    /// Took the pictures.
    Photographer,
    /// Designed it.
    Designer,
    /// Wrote the foreword.
    ForewordBy,
    /// Had another part.
    Contributor,
}

impl ContributorRole {
    /// All roles with their names in `book.toml` and their MARC relator codes
    /// (Library of Congress, *MARC Code List for Relators*).
    pub const ALL: [(ContributorRole, &'static str, &'static str); 8] = [
        (ContributorRole::Author, "author", "aut"),
        (ContributorRole::Editor, "editor", "edt"),
        (ContributorRole::Translator, "translator", "trl"),
        (ContributorRole::Illustrator, "illustrator", "ill"),
        (ContributorRole::Photographer, "photographer", "pht"),
        (ContributorRole::Designer, "designer", "bkd"),
        (ContributorRole::ForewordBy, "foreword", "aui"),
        (ContributorRole::Contributor, "contributor", "ctb"),
    ];

    /// The MARC relator code.
    pub fn marc(self) -> &'static str {
        Self::ALL.iter().find(|(role, ..)| *role == self).map_or("ctb", |(.., code)| code)
    }
}

/// A series and the book's place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// The book's number in it, as it is printed.
    pub position: Option<String>,
}

/// Why a publisher need not make a book accessible: the exemptions of the
/// European Accessibility Act (Directive (EU) 2019/882, articles 4 and 14), as
/// *The EPUB Accessibility exemption property* (W3C Group Note) names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Exemption {
    /// The publisher is a microenterprise.
    Microenterprise,
    /// It would be a disproportionate burden.
    DisproportionateBurden,
    /// It would make something else of the book.
    FundamentalAlteration,
}

impl Exemption {
    /// All of them.
    pub const ALL: [Exemption; 3] = [
        Exemption::Microenterprise,
        Exemption::DisproportionateBurden,
        Exemption::FundamentalAlteration,
    ];

    /// The name in `book.toml`, and the value of the property `a11y:exemption`.
    pub fn name(self) -> &'static str {
        match self {
            Exemption::Microenterprise => "eaa-microenterprise",
            Exemption::DisproportionateBurden => "eaa-disproportionate-burden",
            Exemption::FundamentalAlteration => "eaa-fundamental-alteration",
        }
    }
}
