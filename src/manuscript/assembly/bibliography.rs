//! The files of `[bibliography]`, read as texts.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::config::Config;
use crate::manuscript::files::{Folder, NamedFile, read_named_file};
use crate::manuscript::located::Located;
use crate::model::{Works, WorksFile, WorksFormat, WorksStyle};
use crate::source::{FileId, SourceMap};

/// The style of books that don't name one.
const STYLE: &str = "chicago-author-date";

/// Reads the lists of works and the style. Files that can't be had are
/// reported and left out.
pub(super) fn load(
    config: &Config,
    folder: &Folder,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Works> {
    let entry = config.works.as_ref()?;
    let mut files = Vec::new();
    for named in &entry.files {
        let format = match named.value.rsplit_once('.').map(|(_, ending)| ending) {
            Some("bib" | "bibtex") => WorksFormat::BibTex,
            Some("yml" | "yaml") => WorksFormat::Yaml,
            _ => {
                let message = format!("`{}` is not a bibliography file", named.value);
                let hint = "Use a BibTeX file (.bib) or a Hayagriva file (.yml).";
                let found = Diagnostic::at(Code::BadBibliography, named.span, message);
                diagnostics.push(found.hint(hint));
                continue;
            }
        };
        let file = text(named, "list of works", folder, sources, diagnostics);
        files.extend(file.map(|file| WorksFile { file, format }));
    }
    let style = match &entry.style {
        Some(file) if file.value.ends_with(".csl") => {
            WorksStyle::File(text(file, "style", folder, sources, diagnostics)?)
        }
        Some(named) => WorksStyle::Named(named.value.clone(), named.span),
        None => WorksStyle::Named(STYLE.to_owned(), entry.span),
    };
    Some(Works { files, style, all: entry.all, span: entry.span })
}

fn text(
    named: &Located<String>,
    what: &'static str,
    folder: &Folder,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<FileId> {
    let named_file = NamedFile { code: Code::BadBibliography, what };
    let text = read_named_file(named, named_file, folder, sources, diagnostics)?;
    Some(sources.add(named.value.as_str(), text))
}
