//! Reading the files of all chapters.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::chapter::{ChapterIndex, ChapterSource, LoadedChapter};
use crate::manuscript::config::{ChapterEntry, Config};
use crate::manuscript::files::url::comparable_url;
use crate::manuscript::files::{Folder, decode_utf8, normalize, not_found};
use crate::manuscript::front_matter;
use crate::manuscript::located::Located;
use crate::model::Role;
use crate::names::{slug_or, unique};
use crate::source::{SourceMap, Span};

/// Reads the files of all chapters. Those that can't be read are reported and
/// left out.
pub(super) fn load<'c>(
    config: &'c Config,
    folder: &Folder,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Vec<LoadedChapter<'c>> {
    let mut out: Vec<LoadedChapter<'c>> = Vec::new();
    let mut stems: BTreeSet<String> = BTreeSet::new();
    let mut paths: BTreeSet<String> = BTreeSet::new();
    for entry in &config.chapters {
        let (source, name) = match &entry.file {
            None => (None, entry.role.name().to_owned()),
            Some(file) => {
                let Some(path) = chapter_path(file, &mut paths, diagnostics) else { continue };
                let Some(source) = load_file(&path, file.span, folder, sources, diagnostics) else {
                    continue;
                };
                if is_empty(&source, entry) {
                    let message = format!("`{path}` is empty and no chapter of the book");
                    let found = Diagnostic::at(Code::ChapterLeftOut, file.span, message);
                    diagnostics.push(found.hint("Write something into it, or give it a `title`."));
                    continue;
                }
                let root = config.site.as_ref().map_or("", |site| site.root.as_str());
                let below = path.strip_prefix(root).unwrap_or(&path).trim_start_matches('/');
                let stem = slug_or(name_in_book(below), entry.role.name());
                (Some(source), stem)
            }
        };
        let stem = unique(&name, |stem| stems.contains(stem));
        stems.insert(stem.clone());
        out.push(LoadedChapter { entry, stem, source });
    }
    out
}

/// Whether there is nothing in a file that could stand in a book. Pages that are
/// gathered or made need no text, and a part only its title.
fn is_empty(source: &ChapterSource, entry: &ChapterEntry) -> bool {
    let text = source.text.get(source.front.end..).unwrap_or("");
    let named = entry.title.is_some() || entry.listed.is_some() || source.front.title.is_some();
    let made = entry.role.is_generated() || entry.role.is_gathered() || entry.role == Role::Part;
    text.trim().is_empty() && !named && !made
}

/// The name of a file without its ending; of an `index.md` or `README.md`, that
/// of its folder.
fn name_in_book(path: &str) -> &str {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let bare = name.rsplit_once('.').map_or(name, |(bare, _)| bare);
    if matches!(bare, "index" | "README") && !folder.is_empty() {
        return folder.rsplit('/').next().unwrap_or(folder);
    }
    bare
}

fn chapter_path(
    file: &Located<String>,
    paths: &mut BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let Some(path) = normalize(&file.value) else {
        let message = format!("the chapter `{}` is outside the book's folder", file.value);
        let found = Diagnostic::at(Code::NoChapter, file.span, message);
        diagnostics
            .push(found.hint("Copy it into the book's folder and use the path of the copy."));
        return None;
    };
    if !paths.insert(path.clone()) {
        let message = format!("`{path}` is a chapter already");
        let found = Diagnostic::at(Code::BadValue, file.span, message);
        diagnostics.push(found.hint("List each file once."));
        return None;
    }
    Some(path)
}

fn load_file(
    path: &str,
    span: Span,
    folder: &Folder,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<ChapterSource> {
    let bytes = match folder.find(path) {
        Ok(place) => match std::fs::read(place) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("the chapter `{path}` can't be read: {error}");
                diagnostics.push(Diagnostic::at(Code::NoChapter, span, message));
                return None;
            }
        },
        Err(error) => {
            diagnostics.push(not_found(Code::NoChapter, "chapter", path, span, &error));
            return None;
        }
    };
    let text = decode_utf8(bytes, path, sources, diagnostics)?;
    let file = sources.add(path, text);
    let text = sources.get(file)?.text().clone();
    let front = front_matter::read(&text, file, diagnostics);
    Some(ChapterSource { file, path: path.to_owned(), text, front })
}

/// The chapters by file and by address of publication.
pub(super) fn index_of(loaded: &[LoadedChapter<'_>]) -> ChapterIndex {
    let mut index = ChapterIndex::default();
    for chapter in loaded {
        let Some(source) = &chapter.source else { continue };
        index.files.insert(source.path.clone(), chapter.stem.clone());
        let canonical = chapter.entry.canonical.as_ref().or(source.front.canonical.as_ref());
        if let Some(url) = canonical {
            let address = comparable_url(url);
            index.published.entry(address).or_insert_with(|| chapter.stem.clone());
        }
    }
    index
}
