//! BibTeX lists made readable: a field that can't be read costs that field and
//! not the whole list, and what the reader gets wrong is written otherwise
//! before it or put right after it.

use hayagriva::Entry;
use hayagriva::io::{BibLaTeXError, from_biblatex_str};
use hayagriva::types::Publisher;

use super::limits;

/// What is wrong with a list, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing of it can be read.
    Unreadable(std::ops::Range<usize>, String),
    /// A field was passed over.
    Field(std::ops::Range<usize>, String),
}

/// Reads a list; nothing of one that is not BibTeX.
pub(super) fn read(text: &str, faults: &mut Vec<Fault>) -> Vec<Entry> {
    if let Err((range, what)) = limits::check_list(text) {
        faults.push(Fault::Unreadable(range, what));
        return Vec::new();
    }
    let mut text = text.to_owned();
    // Every round takes a field away from each entry that still has a bad one.
    let library = loop {
        match from_biblatex_str(&text) {
            Ok(library) => break library,
            Err(errors) => {
                for error in errors {
                    match error {
                        BibLaTeXError::Parse(error) => {
                            faults.push(Fault::Unreadable(error.span, error.kind.to_string()));
                            return Vec::new();
                        }
                        BibLaTeXError::Type(error) => {
                            let kind = error.kind.to_string();
                            if !take_field(&mut text, error.span.start) {
                                faults.push(Fault::Unreadable(error.span, kind));
                                return Vec::new();
                            }
                            faults.push(Fault::Field(error.span, kind));
                        }
                    }
                }
            }
        }
    };
    // Written otherwise, places in it are others: it is read for faults as it is.
    let entries = from_biblatex_str(&rewritten(&text)).unwrap_or(library);
    entries.iter().cloned().map(with_publisher).map(with_author).collect()
}

/// Renames the field whose value stands at a byte, without moving anything: a
/// year or a date becomes a note, others are no fields any more.
fn take_field(text: &mut String, value: usize) -> bool {
    let before = text.get(..value).unwrap_or("");
    let Some(name) = before.rfind('=').and_then(|equals| before.get(..equals)) else {
        return false;
    };
    let name = name.trim_end();
    let start = name.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    let range = start..name.len();
    let new = match name.get(range.clone()).map(str::to_ascii_lowercase).as_deref() {
        Some("year" | "date") => "note".to_owned(),
        Some(other) if !other.is_empty() && !other.starts_with('x') => "x".repeat(other.len()),
        _ => return false,
    };
    text.replace_range(range, &new);
    true
}

/// The same list in words that hayagriva 0.10 reads right:
///
/// - The title of an anthology or of proceedings is at once the title of a container and that of
///   a volume (`StandardVariable::VolumeTitle` of its `csl/taxonomy.rs`), so that
///   styles show it twice: a chapter of a book has it once.
/// - The quotes of TeX are no ligatures to its reader.
fn rewritten(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        out.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let kind = ["@incollection", "@inproceedings", "@conference"].into_iter().find(|kind| {
            rest.get(..kind.len()).is_some_and(|word| word.eq_ignore_ascii_case(kind))
                && rest.get(kind.len()..).is_some_and(|r| r.trim_start().starts_with(['{', '(']))
        });
        let taken = kind.map_or(1, str::len);
        out.push_str(if kind.is_some() { "@inbook" } else { "@" });
        rest = rest.get(taken..).unwrap_or("");
    }
    out.push_str(rest);
    out.replace("``", "“").replace("''", "”")
}

/// An entry whose school or institution is its publisher, as in CSL
/// (*CSL 1.0.2 Specification*, `publisher`); hayagriva keeps it apart, and no
/// style asks for it.
fn with_publisher(mut entry: Entry) -> Entry {
    let published = entry.publisher().is_some()
        || entry.parents().iter().any(|parent| parent.publisher().is_some());
    if let (Some(organization), false) = (entry.organization().cloned(), published) {
        entry.set_publisher(Publisher::new(Some(organization), None));
    }
    entry
}

/// An entry that has editors and no author, with its editors as authors: the
/// names that a style puts in the place of authors have the form of editors in
/// hayagriva (`J. Smith, J. Doe`), and citations have none.
fn with_author(mut entry: Entry) -> Entry {
    let lacks = entry.authors().is_none_or(|authors| authors.is_empty());
    if let (true, Some(editors)) = (lacks, entry.editors().map(<[_]>::to_vec)) {
        entry.set_authors(editors);
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> (Vec<String>, usize) {
        let mut faults = Vec::new();
        let entries = read(text, &mut faults);
        (entries.iter().map(|entry| entry.key().to_owned()).collect(), faults.len())
    }

    #[test]
    fn an_odd_year_costs_itself_and_nothing_else() {
        let text = "@book{a, title = {A}, year = {in press}}\n@book{b, title = {B}, year = 1999}";
        assert_eq!(keys(text), (vec!["a".to_owned(), "b".to_owned()], 1));
    }

    #[test]
    fn what_is_not_bibtex_is_reported() {
        assert_eq!(keys("@book{a, title = {A"), (Vec::new(), 1));
    }

    #[test]
    fn quotes_of_tex_and_collections_are_written_otherwise() {
        assert_eq!(rewritten("@InCollection{a, x = {``y''}}"), "@inbook{a, x = {“y”}}");
        assert_eq!(rewritten("{a@incollection.org}"), "{a@incollection.org}");
    }

    #[test]
    fn editors_stand_in_for_authors() {
        let text = "@book{e, title = {T}, editor = {Smith, Jane}, year = 2001}";
        let entries = read(text, &mut Vec::new());
        let names = entries[0].authors().map(|authors| authors.len());
        assert_eq!(names, Some(1));
    }

    #[test]
    fn a_school_publishes_its_theses() {
        let text = "@phdthesis{t, title = {T}, author = {A, B}, school = {UW}, year = 2010}";
        let entries = read(text, &mut Vec::new());
        let publisher = entries[0].publisher().and_then(|p| p.name());
        assert_eq!(publisher.map(ToString::to_string).as_deref(), Some("UW"));
    }
}
