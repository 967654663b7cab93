//! From the folder to the whole book: files in, chapters read side by side,
//! put together in order.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;

use super::Manuscript;
use super::chapter::{self, Context, Loaded, Read, Source};
use super::config::{self, ChapterEntry, Config, CoverEntry, Located};
use super::files::{Folder, Trouble, normalise};
use super::front_matter;
use super::mdbook::{self, Included, Includer, Rules, Text};
use super::merge::merge;
use super::references::{Directory, comparable_address};
use crate::assets::CoverArt;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::Role;
use crate::names::{slug_or, unique};
use crate::source::{FileId, SourceMap, Span};

/// The name of the file that makes a folder a book.
const BOOK_FILE: &str = "book.toml";

/// Reads the book in a folder.
pub(super) fn read(root: &Path, diagnostics: &mut Diagnostics) -> Option<Manuscript> {
    let mut sources = SourceMap::default();
    let folder = Folder::new(root);
    let file = FileId(0);
    let whole = Span::new(file, 0, 0);
    let mut config = open(root, &folder, &mut sources, diagnostics)?;
    if config.chapters.is_empty() {
        find_chapters(&folder, &mut config, whole, diagnostics);
    }
    add_front_matter(&mut config, whole);
    check_pictures(&config, &folder, diagnostics);
    let mut loaded = load(&config, &folder, &mut sources, diagnostics);
    if let Some(rules) = &config.mdbook {
        resolve_includes(&mut loaded, rules, root, &mut sources, diagnostics);
    }
    let directory = directory(&loaded);
    let book_toml = sources.get(file)?.clone();
    let context =
        Context { folder: &folder, config: &config, book_toml: &book_toml, directory: &directory };
    let read: Vec<Read> = loaded
        .par_iter()
        .enumerate()
        .map(|(index, loaded)| chapter::read(loaded, index, context))
        .collect();
    let spans = |of: fn(&Read) -> &Vec<Span>| read.iter().flat_map(of).copied().collect();
    let (omitted, replaced) = (spans(|read| &read.cut), spans(|read| &read.replaced));
    let mut book = merge(read, &config, diagnostics);
    book.works = super::works::load(&config, &folder, &mut sources, diagnostics);
    let (cover, extra_css) = (
        cover(&config, &folder, &mut sources, diagnostics),
        config
            .css
            .as_ref()
            .and_then(|css| beside_text(css, "style sheet", &folder, &mut sources, diagnostics)),
    );
    if config.dead_links_as_text {
        diagnostics.recode(Code::DeadLink, Code::LinkAsText);
    }
    Some(Manuscript {
        book,
        sources,
        overrides: config.overrides,
        cover,
        embed_fonts: config.embed_fonts,
        system_fonts: config.system_fonts,
        dead_links_as_text: config.dead_links_as_text,
        extra_css,
        omitted,
        replaced,
        hyphenation: config.hyphenation,
        forgiving: config.mdbook.is_some(),
    })
}

/// The config of the book: its `book.toml`, or what mdBook has instead.
fn open(
    root: &Path,
    folder: &Folder,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Config> {
    let file = FileId(0);
    if !root.join(BOOK_FILE).exists() && mdbook::is_project(root, None) {
        sources.add(BOOK_FILE, "");
        return mdbook::read(root, "", file, folder, sources, diagnostics);
    }
    let text = book_toml(root, sources, diagnostics)?;
    if mdbook::is_project(root, Some(&text)) {
        return mdbook::read(root, &text, file, folder, sources, diagnostics);
    }
    Some(config::parse(&text, file, diagnostics))
}

/// Resolves the includes of all chapters.
fn resolve_includes(
    loaded: &mut [Loaded<'_>],
    rules: &Rules,
    root: &Path,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) {
    let mut included = Included::new(root);
    for source in loaded.iter_mut().filter_map(|loaded| loaded.source.as_mut()) {
        let (path, text) = (source.path.clone(), source.text.clone());
        let text = Text { file: source.file, path, text };
        let mut includer = Includer { rules, included: &mut included, sources, diagnostics };
        let text = includer.resolve(text);
        (source.file, source.text) = (text.file, text.text);
    }
}

/// The text of `book.toml`, or why there is none.
fn book_toml(
    root: &Path,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    match std::fs::read(root.join(BOOK_FILE)) {
        Ok(bytes) => {
            let text = utf8(bytes, BOOK_FILE, sources, diagnostics)?;
            sources.add(BOOK_FILE, text.as_str());
            Some(text)
        }
        Err(error) => {
            let (message, hint) = if root.is_dir() {
                let hint = "Make one, or let `bindery new` make a book out of your files.";
                (format!("there is no {BOOK_FILE} in this folder"), hint)
            } else if root.exists() {
                ("a book is a folder, and this is a file".to_owned(), "Name the folder it is in.")
            } else {
                let hint = "Name the folder of the book with `--book`.";
                (format!("there is no folder `{}`", root.display()), hint)
            };
            let missing = error.kind() == std::io::ErrorKind::NotFound || !root.is_dir();
            let message = if missing { message } else { format!("{BOOK_FILE}: {error}") };
            diagnostics.push(Diagnostic::new(Code::NoBook, message).hint(hint));
            None
        }
    }
}

/// The bytes as text; where they are not UTF-8, that is reported at the first
/// byte that isn't. A mark of byte order at the beginning goes.
pub(super) fn utf8(
    bytes: Vec<u8>,
    path: &str,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    match String::from_utf8(bytes) {
        Ok(text) => Some(text.strip_prefix('\u{FEFF}').map_or(text.clone(), str::to_owned)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let lossy = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let file = sources.add(path, lossy);
            let span = Span::new(file, at, at + '\u{FFFD}'.len_utf8());
            let message = format!("`{path}` is not in UTF-8");
            let hint = "Save it as UTF-8 in your editor.";
            diagnostics.push(Diagnostic::at(Code::NotUtf8, span, message).hint(hint));
            None
        }
    }
}

/// Where no chapter is listed, every Markdown file is one, in the order of
/// their names; one that is named like a role has it, and its place: a
/// `preface.md` goes before the text.
fn find_chapters(folder: &Folder, config: &mut Config, span: Span, diagnostics: &mut Diagnostics) {
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

/// Puts the pages before the text that every book has, if none of them is
/// listed: half title, title page, copyright; dedication and epigraph if there
/// are any; contents.
fn add_front_matter(config: &mut Config, span: Span) {
    let listed = config.chapters.iter().any(|entry| entry.role.is_generated());
    if config.listed_front_matter || listed {
        return;
    }
    let before = |entry: &ChapterEntry| matches!(entry.role, Role::Dedication | Role::Epigraph);
    let (given, rest): (Vec<_>, Vec<_>) =
        std::mem::take(&mut config.chapters).into_iter().partition(before);
    let made = |role| ChapterEntry::bare(role, span);
    config.chapters.extend([Role::HalfTitle, Role::TitlePage, Role::Copyright].map(made));
    config.chapters.extend(given);
    config.chapters.push(made(Role::Contents));
    config.chapters.extend(rest);
}

/// Pictures that `book.toml` speaks of must be there, shown or not.
fn check_pictures(config: &Config, folder: &Folder, diagnostics: &mut Diagnostics) {
    let mut entries: Vec<_> = config.pictures.iter().collect();
    entries.sort_by_key(|(_, entry)| entry.span);
    for (path, entry) in entries {
        if let Err(trouble) = folder.find(path) {
            diagnostics.push(not_found(Code::NoPicture, "picture", path, entry.span, &trouble));
        }
    }
}

/// Says why a file can't be had.
fn not_found(code: Code, what: &str, path: &str, span: Span, trouble: &Trouble) -> Diagnostic {
    match trouble {
        Trouble::Outside => {
            let message = format!("the {what} `{path}` is outside the book's folder");
            let found = Diagnostic::at(Code::OutsideFolder, span, message);
            found.hint("Copy it into the folder and name it from there.")
        }
        Trouble::Missing(guess) => {
            let found = Diagnostic::at(code, span, format!("there is no {what} `{path}`"));
            match guess {
                Some(guess) => found.hint(format!("Did you mean `{guess}`?")),
                None => found.hint("Name it relative to the book's folder."),
            }
        }
        Trouble::NotAFile => {
            Diagnostic::at(code, span, format!("`{path}` is not a file")).hint("Name a file in it.")
        }
    }
}

/// Reads the files of all chapters. Those that can't be read are reported and
/// left out.
fn load<'c>(
    config: &'c Config,
    folder: &Folder,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Vec<Loaded<'c>> {
    let mut out: Vec<Loaded<'c>> = Vec::new();
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
                let src = config.mdbook.as_ref().map_or("", |rules| rules.src.as_str());
                let below = path.strip_prefix(src).unwrap_or(&path).trim_start_matches('/');
                let stem = slug_or(name_of(below), entry.role.name());
                (Some(source), stem)
            }
        };
        let stem = unique(&name, |stem| stems.contains(stem));
        stems.insert(stem.clone());
        out.push(Loaded { entry, stem, source });
    }
    out
}

/// The name of a file without its ending; of an `index.md` or `README.md`, that
/// of its folder.
fn name_of(path: &str) -> &str {
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
    let Some(path) = normalise(&file.value) else {
        let message = format!("the chapter `{}` is outside the book's folder", file.value);
        let found = Diagnostic::at(Code::OutsideFolder, file.span, message);
        diagnostics.push(found.hint("Copy it into the folder and name it from there."));
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
) -> Option<Source> {
    let bytes = match folder.find(path) {
        Ok(place) => match std::fs::read(place) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("the chapter `{path}` can't be read: {error}");
                diagnostics.push(Diagnostic::at(Code::NoChapter, span, message));
                return None;
            }
        },
        Err(trouble) => {
            diagnostics.push(not_found(Code::NoChapter, "chapter", path, span, &trouble));
            return None;
        }
    };
    let text = utf8(bytes, path, sources, diagnostics)?;
    let file = sources.add(path, text);
    let text = sources.get(file)?.text().clone();
    let front = front_matter::read(&text, file, diagnostics);
    Some(Source { file, path: path.to_owned(), text, front })
}

/// The chapters by file and by address of publication.
fn directory(loaded: &[Loaded<'_>]) -> Directory {
    let mut directory = Directory::default();
    for chapter in loaded {
        let Some(source) = &chapter.source else { continue };
        directory.files.insert(source.path.clone(), chapter.stem.clone());
        let canonical = chapter.entry.canonical.as_ref().or(source.front.canonical.as_ref());
        if let Some(url) = canonical {
            let address = comparable_address(url);
            directory.published.entry(address).or_insert_with(|| chapter.stem.clone());
        }
    }
    directory
}

/// What lies under the words of the cover.
fn cover(
    config: &Config,
    folder: &Folder,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<CoverArt> {
    match config.cover.as_ref()? {
        CoverEntry::Shipped(name) => Some(CoverArt::Shipped(name.clone())),
        CoverEntry::File(file) => {
            if !file.value.to_ascii_lowercase().ends_with(".svg") {
                let message = format!("the cover `{}` is not an SVG file", file.value);
                let hint = "Draw it as SVG: title and author are set on it with the book's fonts.";
                diagnostics.push(Diagnostic::at(Code::BadValue, file.span, message).hint(hint));
                return None;
            }
            beside_text(file, "picture", folder, sources, diagnostics).map(CoverArt::Svg)
        }
    }
}

/// The text of a file that `book.toml` names.
pub(super) fn beside_text(
    file: &Located<String>,
    what: &str,
    folder: &Folder,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let found = match normalise(&file.value) {
        Some(path) => folder.find(&path).map(|place| (path, place)),
        None => Err(Trouble::Outside),
    };
    match found {
        Ok((path, place)) => match std::fs::read(place) {
            Ok(bytes) => utf8(bytes, &path, sources, diagnostics),
            Err(error) => {
                let message = format!("the {what} `{path}` can't be read: {error}");
                diagnostics.push(Diagnostic::at(Code::NoPicture, file.span, message));
                None
            }
        },
        Err(trouble) => {
            let found = not_found(Code::NoPicture, what, &file.value, file.span, &trouble);
            diagnostics.push(found);
            None
        }
    }
}
