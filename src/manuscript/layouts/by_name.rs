//! Chapters found by the names of the files in a folder.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::config::{ChapterEntry, Config};
use crate::manuscript::files::Folder;
use crate::manuscript::located::Located;
use crate::model::Role;
use crate::source::Span;

/// Where no chapter is listed, every Markdown file is one, in the order of
/// their names; one that is named like a role has it, and its place: a
/// `preface.md` goes before the text.
pub(super) fn find_chapters(
    folder: &Folder,
    config: &mut Config,
    span: Span,
    diagnostics: &mut Diagnostics,
) {
    for name in folder.markdown_files() {
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let named = Role::ALL.into_iter().find(|role| role.name() == stem);
        let mut entry = ChapterEntry::bare(named.unwrap_or(Role::Chapter), span);
        entry.file = Some(Located { value: name, span });
        config.chapters.push(entry);
    }
    config.chapters.sort_by_key(|entry| entry.role.matter());
    if config.chapters.is_empty() {
        let message = "the book has no chapters";
        let hint =
            "List them as `[[chapter]]` with a `file` each, or put .md files into the folder.";
        diagnostics.push(Diagnostic::at(Code::NoChapter, span, message).hint(hint));
    }
}
