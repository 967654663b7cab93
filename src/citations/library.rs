//! The works at hand and the style they are cited in.

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{IndependentStyle, Style, StyleClass};

use super::bibtex::{self, Fault};
use super::limits;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Works, WorksFile, WorksFormat, WorksStyle};
use crate::names::nearest;
use crate::source::{SourceMap, Span};

/// Works by their keys, and how they are cited.
pub(super) struct Library {
    works: hayagriva::Library,
    style: IndependentStyle,
}

impl Library {
    /// The work with a key.
    pub fn get(&self, key: &str) -> Option<&hayagriva::Entry> {
        self.works.get(key)
    }

    /// All works, in the order of the lists.
    pub fn all(&self) -> impl Iterator<Item = &hayagriva::Entry> {
        self.works.iter()
    }

    /// The key most like one that no work has.
    pub fn nearest(&self, key: &str) -> Option<&str> {
        nearest(key, self.works.keys())
    }

    /// How works are cited.
    pub fn style(&self) -> &IndependentStyle {
        &self.style
    }

    /// Whether citations of the style are notes.
    pub fn cites_in_notes(&self) -> bool {
        self.style.settings.class == StyleClass::Note
    }
}

/// Reads the lists and the style; `None` without a style to go on with.
pub(super) fn read(
    works: &Works,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Library> {
    let mut all = hayagriva::Library::new();
    for file in &works.files {
        for entry in list(*file, sources, diagnostics) {
            all.push(&entry);
        }
    }
    let style = style(&works.style, sources, diagnostics)?;
    Some(Library { works: all, style })
}

fn list(
    file: WorksFile,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Vec<hayagriva::Entry> {
    let Some(text) = sources.get(file.file).map(|f| f.text()) else { return Vec::new() };
    let mut faults = Vec::new();
    let entries = match file.format {
        WorksFormat::BibTex => bibtex::read(text, &mut faults),
        WorksFormat::Yaml => match hayagriva::io::from_yaml_str(text) {
            Ok(library) => library.iter().cloned().collect(),
            Err(error) => {
                let at = error.location().map_or(0, |place| place.index());
                faults.push(Fault::Unreadable(at..at, error.to_string()));
                Vec::new()
            }
        },
    };
    let place = |range: std::ops::Range<usize>| {
        Span::new(file.file, range.start.min(text.len()), range.end.min(text.len()))
    };
    let found = faults.into_iter().map(|fault| match fault {
        Fault::Unreadable(range, what) => {
            let message = format!("this bibliography file can't be read: {what}");
            Diagnostic::at(Code::BadBibliography, place(range), message)
        }
        Fault::Field(range, what) => {
            let message = format!("this field of the bibliography can't be read: {what}");
            let hint = "The work is cited without it. Write a year or a date in digits, such as \
                        `1999` or `1999-05`, and anything else as a `note`.";
            Diagnostic::at(Code::BadWorkField, place(range), message).hint(hint)
        }
    });
    found.for_each(|found| diagnostics.push(found));
    entries
}

fn style(
    style: &WorksStyle,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<IndependentStyle> {
    match style {
        WorksStyle::Named(name, span) => match ArchivedStyle::by_name(name).map(ArchivedStyle::get)
        {
            Some(Style::Independent(style)) => Some(style),
            Some(Style::Dependent(_)) | None => {
                let message = format!("there is no citation style `{name}`");
                let known = ArchivedStyle::all().iter().flat_map(|s| s.names()).copied();
                let hint = match nearest(name, known) {
                    Some(near) => format!("Did you mean `{near}`?"),
                    None => "Use a style such as `chicago-author-date`, `apa` or `ieee`, or a .csl file in the book's folder.".to_owned(),
                };
                diagnostics.push(Diagnostic::at(Code::BadBibliography, *span, message).hint(hint));
                None
            }
        },
        WorksStyle::File(file) => {
            let text = sources.get(*file).map(|f| f.text().clone())?;
            if let Err((at, what)) = limits::check_style(&text) {
                let message = format!("this citation style can't be used: {what}");
                let span = Span::new(*file, at, at);
                diagnostics.push(Diagnostic::at(Code::BadBibliography, span, message));
                return None;
            }
            IndependentStyle::from_xml(&text)
                .map_err(|error| {
                    let message = format!("this is not a citation style: {error}");
                    let hint = "Use an independent style in the Citation Style Language (CSL).";
                    let span = Span::new(*file, 0, 0);
                    diagnostics
                        .push(Diagnostic::at(Code::BadBibliography, span, message).hint(hint));
                })
                .ok()
        }
    }
}
