//! The package document: metadata, manifest and spine.
//!
//! epub-builder knows the files and their media types; its manifest is taken
//! over as it is and completed with properties. The metadata are written
//! afresh from the model (EPUB 3.3, section 5).

use super::accessibility::Accessibility;
use super::xml::{Tag, Xml};
use crate::model::{ContributorRole, Direction, Metadata};

/// The moment a book without a date was last changed: a fixed one, so that
/// the same input gives the same bytes.
const UNDATED: &str = "2000-01-01T00:00:00Z";

/// A file in the manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ManifestItem {
    /// Its id.
    pub id: String,
    /// Its place, relative to the package document.
    pub href: String,
    /// Its media type.
    pub media_type: String,
    /// What is special about it, such as `nav`.
    pub properties: Option<String>,
    /// The id of a file for reading systems that can't show this one.
    pub fallback: Option<String>,
}

/// What the package document is written from.
#[derive(Debug)]
pub(super) struct Package<'a> {
    /// What is known about the book.
    pub meta: &'a Metadata,
    /// How accessible it is.
    pub accessibility: &'a Accessibility,
    /// Whether printed pages are marked.
    pub printed_pages: bool,
    /// All files.
    pub manifest: &'a [ManifestItem],
    /// The ids of the documents in reading order.
    pub spine: &'a [String],
}

impl Package<'_> {
    /// The package document.
    pub fn document(&self) -> Vec<u8> {
        let mut x = Xml::document();
        let tag = Tag::new("package")
            .with("xmlns", "http://www.idpf.org/2007/opf")
            .with("version", "3.0")
            .with("unique-identifier", "book-id")
            .with("xml:lang", self.meta.language.tag());
        x.element(tag, |x| {
            x.newline();
            let dc = "http://purl.org/dc/elements/1.1/";
            block(x, Tag::new("metadata").with("xmlns:dc", dc), |x| self.metadata(x));
            block(x, Tag::new("manifest"), |x| self.manifest(x));
            let rtl = self.meta.direction() == Direction::Rtl;
            let spine = Tag::new("spine")
                .with("toc", "ncx")
                .with_some("page-progression-direction", rtl.then_some("rtl"));
            block(x, spine, |x| {
                for id in self.spine {
                    x.empty(Tag::new("itemref").with("idref", id));
                    x.newline();
                }
            });
        });
        x.newline();
        x.into_bytes()
    }

    fn manifest(&self, x: &mut Xml) {
        for item in self.manifest {
            let tag = Tag::new("item")
                .with("id", &item.id)
                .with("href", &item.href)
                .with("media-type", &item.media_type)
                .with_some("properties", item.properties.as_deref())
                .with_some("fallback", item.fallback.as_deref());
            x.empty(tag);
            x.newline();
        }
    }

    fn metadata(&self, x: &mut Xml) {
        self.identifiers(x);
        self.titles(x);
        self.people(x);
        self.about(x);
        self.series(x);
        self.accessibility(x);
        self.print_edition(x);
        let cover = |item: &&ManifestItem| item.properties.as_deref() == Some("cover-image");
        if let Some(item) = self.manifest.iter().find(cover) {
            x.empty(Tag::new("meta").with("name", "cover").with("content", &item.id));
            x.newline();
        }
        let generator = concat!("bindery ", env!("CARGO_PKG_VERSION"));
        x.empty(Tag::new("meta").with("name", "generator").with("content", generator));
        x.newline();
    }

    fn identifiers(&self, x: &mut Xml) {
        x.line(Tag::new("dc:identifier").with("id", "book-id"), &identifier(self.meta));
        if let Some(isbn) = &self.meta.isbn {
            x.line(Tag::new("dc:identifier").with("id", "isbn"), &format!("urn:isbn:{isbn}"));
            // ONIX code list 5: 15 is an ISBN-13, 02 an ISBN-10.
            let code = if isbn.len() == 10 { "02" } else { "15" };
            let tag = refining("isbn", "identifier-type").with("scheme", "onix:codelist5");
            x.line(tag, code);
        }
    }

    fn titles(&self, x: &mut Xml) {
        x.line(Tag::new("dc:title").with("id", "title"), &self.meta.title);
        x.line(refining("title", "title-type"), "main");
        if let Some(subtitle) = &self.meta.subtitle {
            x.line(refining("title", "display-seq"), "1");
            x.line(Tag::new("dc:title").with("id", "subtitle"), subtitle);
            x.line(refining("subtitle", "title-type"), "subtitle");
            x.line(refining("subtitle", "display-seq"), "2");
        }
    }

    fn people(&self, x: &mut Xml) {
        for (n, person) in self.meta.contributors.iter().enumerate() {
            let (name, id) = match person.role {
                ContributorRole::Author => ("dc:creator", format!("creator-{}", n + 1)),
                ContributorRole::Editor
                | ContributorRole::Translator
                | ContributorRole::Illustrator
                | ContributorRole::Photographer
                | ContributorRole::Designer
                | ContributorRole::ForewordBy
                | ContributorRole::Contributor => {
                    ("dc:contributor", format!("contributor-{}", n + 1))
                }
            };
            x.line(Tag::new(name).with("id", &id), &person.name);
            x.line(refining(&id, "role").with("scheme", "marc:relators"), person.role.marc());
            if let Some(sort) = &person.sort {
                x.line(refining(&id, "file-as"), sort);
            }
        }
    }

    fn about(&self, x: &mut Xml) {
        let meta = self.meta;
        x.line(Tag::new("dc:language"), meta.language.tag());
        let optional = [
            ("dc:publisher", &meta.publisher),
            ("dc:date", &meta.date),
            ("dc:description", &meta.description),
            ("dc:rights", &meta.rights),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                x.line(Tag::new(name), value);
            }
        }
        for subject in &meta.subjects {
            x.line(Tag::new("dc:subject"), subject);
        }
        x.line(property("dcterms:modified"), &modified(meta));
    }

    fn series(&self, x: &mut Xml) {
        let Some(series) = &self.meta.series else { return };
        x.line(property("belongs-to-collection").with("id", "series"), &series.name);
        x.line(refining("series", "collection-type"), "series");
        // EPUB 3.3, group-position: whole numbers separated by full stops.
        let countable = |p: &&String| {
            p.split('.').all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        };
        if let Some(position) = series.position.as_ref().filter(countable) {
            x.line(refining("series", "group-position"), position);
        }
    }

    fn accessibility(&self, x: &mut Xml) {
        let a = self.accessibility;
        let lists = [
            ("schema:accessMode", &a.modes),
            ("schema:accessModeSufficient", &a.sufficient),
            ("schema:accessibilityFeature", &a.features),
            ("schema:accessibilityHazard", &a.hazards),
        ];
        for (name, values) in lists {
            for value in values {
                x.line(property(name), value);
            }
        }
        x.line(property("schema:accessibilitySummary").with("xml:lang", "en"), &a.summary);
        if let Some(conforms_to) = a.conforms_to {
            x.line(property("dcterms:conformsTo").with("id", "conformance"), conforms_to);
            if let Some(by) = &self.meta.certified_by {
                x.line(refining("conformance", "a11y:certifiedBy"), by);
            }
        }
        if let Some(exemption) = self.meta.exemption {
            x.line(property("a11y:exemption"), exemption.name());
        }
    }

    /// Which printed pages the page list is of.
    fn print_edition(&self, x: &mut Xml) {
        if self.printed_pages {
            let source = match &self.meta.isbn {
                Some(isbn) => format!("urn:isbn:{isbn}"),
                None => format!("{}, print edition (PDF)", self.meta.title),
            };
            x.line(property("pageBreakSource"), &source);
        }
    }
}

/// The identifier that names the book.
pub(super) fn identifier(meta: &Metadata) -> String {
    match (meta.identifier.trim(), &meta.isbn) {
        ("", Some(isbn)) => format!("urn:isbn:{isbn}"),
        ("", None) => format!("urn:bindery:{}", meta.slug),
        (given, _) => given.to_owned(),
    }
}

/// When the book was last changed: its date, to the second that the format
/// wants.
fn modified(meta: &Metadata) -> String {
    let date = meta.date.as_deref().unwrap_or("");
    let numbers: Vec<&str> = date.split('-').collect();
    let digits = |text: &str, n: usize| text.len() == n && text.bytes().all(|b| b.is_ascii_digit());
    match numbers.as_slice() {
        [y] if digits(y, 4) => format!("{y}-01-01T00:00:00Z"),
        [y, m] if digits(y, 4) && digits(m, 2) => format!("{y}-{m}-01T00:00:00Z"),
        [y, m, d] if digits(y, 4) && digits(m, 2) && digits(d, 2) => {
            format!("{y}-{m}-{d}T00:00:00Z")
        }
        _ => UNDATED.to_owned(),
    }
}

fn block(x: &mut Xml, tag: Tag, body: impl FnOnce(&mut Xml)) {
    x.element(tag, |x| {
        x.newline();
        body(x);
    });
    x.newline();
}

fn property(name: &str) -> Tag {
    Tag::new("meta").with("property", name)
}

fn refining(id: &str, name: &str) -> Tag {
    Tag::new("meta").with("refines", &format!("#{id}")).with("property", name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moment_of_change_follows_the_date() {
        let at = |date: Option<&str>| {
            modified(&Metadata { date: date.map(Into::into), ..Metadata::default() })
        };
        assert_eq!(at(Some("2026")), "2026-01-01T00:00:00Z");
        assert_eq!(at(Some("2026-11-22")), "2026-11-22T00:00:00Z");
        assert_eq!(at(Some("soon")), UNDATED);
        assert_eq!(at(None), UNDATED);
    }
}
