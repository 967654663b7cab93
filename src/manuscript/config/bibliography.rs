//! `[bibliography]`: which works the book cites, and how.

use super::reader::{Reader, Section};
use super::{Config, WorksEntry};
use crate::diag::Code;

/// Fills what concerns works that are cited.
pub(super) fn read(reader: &mut Reader<'_>, top: Section<'_>, config: &mut Config) {
    let Some(section) = reader.section(top, "bibliography") else { return };
    reader.check_keys(section, "bibliography", &["files", "style", "all"]);
    let files = reader.strings(section, "files");
    if files.is_empty() && !section.table.contains_key("files") {
        let hint = "Write `files = [\"works.bib\"]`.";
        reader.fault(Code::BadToml, section.span, "`bibliography` without `files`", hint);
    }
    config.works = Some(WorksEntry {
        files,
        style: reader.words(section, "style"),
        all: reader.switch(section, "all").unwrap_or(false),
        span: section.span,
    });
}
