//! Chapters found by the names of the files in a folder.
//!
//! ```text
//! files in natural order, or in that of another tool ─► those that are no text of the book left out
//!     ─► roles by name ─► a part for each folder of files ─► entries
//! ```

use super::order_file;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::config::{ChapterEntry, Config};
use crate::manuscript::files::{Folder, is_folder_page, title_from_path};
use crate::manuscript::located::Located;
use crate::model::Role;
use crate::names::slug;
use crate::source::Span;

/// Files that lie beside a manuscript and are about it: by their names without
/// ending, in lower case.
const ABOUT_THE_PROJECT: [&str; 14] = [
    "agents",
    "changelog",
    "changes",
    "code_of_conduct",
    "code-of-conduct",
    "contributing",
    "history",
    "issue_template",
    "licence",
    "license",
    "pull_request_template",
    "readme",
    "security",
    "todo",
];

/// What writers call roles, beside the names that `book.toml` knows.
const OTHER_NAMES: [(&str, Role); 16] = [
    ("about-the-author", Role::AboutAuthor),
    ("acknowledgment", Role::Acknowledgements),
    ("acknowledgments", Role::Acknowledgements),
    ("acknowledgement", Role::Acknowledgements),
    ("anhang", Role::Appendix),
    ("appendices", Role::Appendix),
    ("author", Role::AboutAuthor),
    ("danksagung", Role::Acknowledgements),
    ("einleitung", Role::Introduction),
    ("epilogue", Role::Afterword),
    ("nachwort", Role::Afterword),
    ("preamble", Role::Preface),
    ("references", Role::Bibliography),
    ("remerciements", Role::Acknowledgements),
    ("titlepage", Role::TitlePage),
    ("vorwort", Role::Preface),
];

/// Where no chapter is listed, every Markdown file is one, in the natural order
/// of their names; one that is named like a role has it, and its place: a
/// `preface.md` goes before the text. Files in a folder of their own make a part
/// that is called like the folder. What is left out is reported.
pub(super) fn find_chapters(
    folder: &Folder,
    config: &mut Config,
    span: Span,
    diagnostics: &mut Diagnostics,
) {
    let (mut taken, mut left_out) = texts_in(folder);
    if let Some(order) = order_file::find(folder, &folder.markdown_files()) {
        taken.retain(|path| !order.texts.contains(path));
        report_unlisted(&taken, order.file, span, diagnostics);
        left_out.retain(|path| !order.texts.contains(path) && *path != order.file);
        taken = order.texts;
    }
    for name in folder.unnameable_files() {
        let message = format!("the name of the file `{name}` is not in UTF-8");
        let hint = "Rename the file, so that it can be a chapter.";
        diagnostics.push(Diagnostic::at(Code::NotUtf8, span, message).hint(hint));
    }
    if !left_out.is_empty() {
        let names: Vec<String> = left_out.iter().map(|path| format!("`{path}`")).collect();
        let message = format!("{} not taken as chapters: {}", names.len(), names.join(", "));
        let hint = "List files as `[[chapter]]` in book.toml to have them in the book.";
        diagnostics.push(Diagnostic::at(Code::ChapterLeftOut, span, message).hint(hint));
    }
    config.chapters.extend(entries(&taken, span));
    config.chapters.sort_by_key(|entry| entry.role.matter());
    if config.chapters.is_empty() {
        let message = "the book has no chapters";
        let hint =
            "List them as `[[chapter]]` with a `file` each, or put .md files into the folder.";
        diagnostics.push(Diagnostic::at(Code::NoChapter, span, message).hint(hint));
    }
}

/// Says which texts the order of another tool does not name.
fn report_unlisted(others: &[String], order_file: &str, span: Span, diagnostics: &mut Diagnostics) {
    let others: Vec<String> = others
        .iter()
        .filter(|path| !stem(path).starts_with('_') && *path != order_file)
        .map(|path| format!("`{path}`"))
        .collect();
    if others.is_empty() {
        return;
    }
    let message = format!(
        "the order of the chapters is that of `{order_file}`, which doesn't list {}: {}",
        others.len(),
        others.join(", ")
    );
    let hint = "List all files as `[[chapter]]` in book.toml to have them in the book.";
    diagnostics.push(Diagnostic::at(Code::ChapterLeftOut, span, message).hint(hint));
}

/// The Markdown files of a folder that are texts of a book, and those that are
/// about the project, both in natural order.
pub(in crate::manuscript) fn texts_in(folder: &Folder) -> (Vec<String>, Vec<String>) {
    let files = folder.markdown_files();
    let texts: Vec<&String> = files.iter().filter(|path| !is_about_the_project(path)).collect();
    if texts.is_empty() {
        // A folder of nothing but a README is a book of it.
        return (files, Vec::new());
    }
    let is_text = |path: &&String| !is_about_the_project(path) || stands_for_a_part(path, &texts);
    let (taken, left_out): (Vec<&String>, Vec<&String>) = files.iter().partition(is_text);
    (taken.into_iter().cloned().collect(), left_out.into_iter().cloned().collect())
}

/// The role that a file is named after: `preface.md`, `00-about-the-author.md`.
/// An `index.md` is the page of its folder: the index at the end of a book needs no file.
pub(in crate::manuscript) fn role_of(path: &str) -> Option<Role> {
    if is_folder_page(path) {
        return None;
    }
    role_of_title(stem(path))
}

/// The role that a title names: `Preface`, `About the Author`.
pub(in crate::manuscript) fn role_of_title(title: &str) -> Option<Role> {
    let name = slug(title);
    let bare = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    let also = |(other, _): &&(&str, Role)| *other == bare;
    let known = Role::ALL.into_iter().find(|role| role.name() == bare);
    known.or_else(|| OTHER_NAMES.iter().find(also).map(|(_, role)| *role))
}

/// An entry for each file, and one for each part before its first file.
fn entries(files: &[String], span: Span) -> Vec<ChapterEntry> {
    let tops: Vec<&str> = files.iter().map(|path| top_folder(path)).collect();
    // One folder that holds all of them is no part.
    let has_parts = tops.iter().any(|top| *top != tops.first().copied().unwrap_or(""));
    let mut out = Vec::new();
    let mut part = "";
    for (path, top) in files.iter().zip(&tops) {
        let begins_part = has_parts && !top.is_empty() && *top != part;
        part = top;
        let is_page = is_folder_page(path) && path.matches('/').count() == 1;
        if begins_part && !is_page {
            let mut entry = ChapterEntry::bare(Role::Part, span);
            entry.title = Some(Located { value: title_from_path(top), span });
            out.push(entry);
        }
        let named = role_of(path).unwrap_or(Role::Chapter);
        let role = if begins_part && is_page { Role::Part } else { named };
        let mut entry = ChapterEntry::bare(role, span);
        entry.split = None;
        entry.file = Some(Located { value: path.clone(), span });
        out.push(entry);
    }
    out
}

fn is_about_the_project(path: &str) -> bool {
    ABOUT_THE_PROJECT.contains(&stem(path).to_lowercase().as_str())
}

/// Whether a `README.md` opens a folder of texts below the book's.
fn stands_for_a_part(path: &str, texts: &[&String]) -> bool {
    let folder = top_folder(path);
    is_folder_page(path)
        && !folder.is_empty()
        && texts.iter().any(|text| top_folder(text) == folder)
}

/// The first folder of a path; empty for a file directly in the book's.
fn top_folder(path: &str) -> &str {
    path.split_once('/').map_or("", |(folder, _)| folder)
}

/// The name of a file without folders and ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn found(files: &[&str]) -> Vec<String> {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for file in files {
            let place = dir.path().join(file);
            std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
            std::fs::write(place, "Text.\n").expect("a file");
        }
        let mut config = Config::default();
        let span = Span::new(FileId(0), 0, 0);
        let mut diagnostics = Diagnostics::default();
        find_chapters(&Folder::new(dir.path()), &mut config, span, &mut diagnostics);
        let mut out: Vec<String> = config
            .chapters
            .iter()
            .map(|entry| match (&entry.file, &entry.title) {
                (Some(file), _) => format!("{} {}", entry.role.name(), file.value),
                (None, title) => {
                    let title = title.as_ref().map_or("", |t| t.value.as_str());
                    format!("{} \u{201c}{title}\u{201d}", entry.role.name())
                }
            })
            .collect();
        out.extend(diagnostics.iter().map(|d| d.message.clone()));
        out
    }

    #[test]
    fn numbers_in_names_count_as_numbers() {
        assert_eq!(
            found(&["chapter-10.md", "chapter-2.md", "preface.md", "chapter-1.md"]),
            [
                "preface preface.md",
                "chapter chapter-1.md",
                "chapter chapter-2.md",
                "chapter chapter-10.md"
            ]
        );
    }

    #[test]
    fn folders_are_parts_and_their_pages_open_them() {
        assert_eq!(
            found(&["intro.md", "2-sea/b.md", "2-sea/README.md", "1-land/a.md", ".git/x.md"]),
            [
                "chapter intro.md",
                "part “Land”",
                "chapter 1-land/a.md",
                "part 2-sea/README.md",
                "chapter 2-sea/b.md"
            ]
        );
    }

    #[test]
    fn one_folder_of_texts_is_no_part() {
        assert_eq!(found(&["text/b.md", "text/a.md"]), ["chapter text/a.md", "chapter text/b.md"]);
    }

    #[test]
    fn files_about_the_project_are_named_and_left_out() {
        assert_eq!(
            found(&["a.md", "README.md", "LICENSE.md"]),
            ["chapter a.md", "2 not taken as chapters: `README.md`, `LICENSE.md`"]
        );
        assert_eq!(found(&["README.md"]), ["chapter README.md"]);
    }
}
