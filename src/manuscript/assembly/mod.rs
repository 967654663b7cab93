//! From the folder to the whole book: files in, chapters read side by side,
//! put together in their order.

mod bibliography;
mod generated_pages;
mod load;
mod merge;
mod split;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::chapter::{self, Context, LoadedChapter, ReadChapter};
use super::config::{Config, CoverEntry};
use super::dialects::mdbook::{IncludedFiles, Includer, Syntax, Text};
use super::dialects::{self, Preparation, RemovedReason};
use super::files::{Folder, NamedFile, folder_of, not_found, read_named_file, safe_rules};
use super::layouts;
use crate::assets::CoverArt;
use crate::diag::{Code, Diagnostic, Diagnostics, Lints};
use crate::model::Book;
use crate::source::{FileId, SourceMap, Span};
use crate::theme::Overrides;

const COVER: NamedFile = NamedFile { code: Code::NoPicture, what: "picture" };
const STYLE_SHEET: NamedFile = NamedFile { code: Code::BadValue, what: "style sheet" };

/// A manuscript as it was read, before `resolve`.
#[derive(Debug)]
pub struct Manuscript {
    /// The model.
    pub book: Book,
    /// The texts it was read from.
    pub sources: SourceMap,
    /// What it changes in the theme.
    pub overrides: Overrides,
    /// What lies under the words of its cover; `None` for no cover.
    pub cover: Option<CoverArt>,
    /// Whether the EPUB carries its fonts.
    pub embed_fonts: bool,
    /// Whether the system's fonts may stand in for characters the book's lack.
    pub system_fonts: bool,
    /// Which warnings stop the book, and which are not reported.
    pub lints: Lints,
    /// Style sheet rules that the book adds to the EPUB.
    pub extra_css: Option<String>,
    /// What it leaves out: the sections that `omit` names.
    pub omitted: Vec<Span>,
    /// The titles, subtitles and captions of its files that `book.toml`
    /// replaces.
    pub replaced: Vec<Span>,
    /// What was taken out of the texts, since it is of another tool.
    pub removed: Vec<(Span, RemovedReason)>,
    /// The pictures on the network that became links, whose words are their
    /// alternative texts.
    pub linked_pictures: Vec<Span>,
    /// Words with their own hyphenation, each with `-` where it may break.
    pub hyphenation: Vec<String>,
    /// Whether it was written for mdBook.
    pub is_mdbook: bool,
}

/// The folder that a book is in, of which a Markdown file or a `book.toml` may
/// have been named.
pub fn book_folder(path: &Path) -> PathBuf {
    folder_of(path)
}

/// Reads the book in a folder, or the one that a single Markdown file is. Every
/// fault is reported; `None` if there is nothing to go on with.
pub fn read(path: &Path, diagnostics: &mut Diagnostics) -> Option<Manuscript> {
    let mut sources = SourceMap::default();
    let folder = Folder::new(path);
    let root = folder.root();
    let file = FileId(0);
    let mut config = layouts::open(root, &folder, &mut sources, diagnostics)?;
    generated_pages::add_front_matter(&mut config, Span::new(file, 0, 0));
    check_pictures(&config, &folder, diagnostics);
    let mut loaded = load::load(&config, &folder, &mut sources, diagnostics);
    if let Some(syntax) = &config.dialect.mdbook {
        resolve_includes(&mut loaded, syntax, root, &mut sources, diagnostics);
    }
    let removed = prepare(&mut loaded, &config, &folder, &mut sources, diagnostics);
    let index = load::index_of(&loaded);
    let book_toml = sources.get(file)?.clone();
    let context =
        Context { folder: &folder, config: &config, book_toml: &book_toml, index: &index };
    let chapters: Vec<ReadChapter> = loaded
        .par_iter()
        .enumerate()
        .map(|(position, loaded)| chapter::read(loaded, position, context))
        .collect();
    let spans =
        |of: fn(&ReadChapter) -> &Vec<Span>| chapters.iter().flat_map(of).copied().collect();
    let omitted = spans(|chapter| &chapter.omitted);
    let mut replaced: Vec<Span> = spans(|chapter| &chapter.replaced);
    let linked_pictures = spans(|chapter| &chapter.linked_pictures);
    let to_split = split::chapter_to_split(&chapters, &config);
    let to_split =
        to_split.and_then(|index| Some((index, chapters.get(index)?.first_level.clone())));
    let mut book = merge::merge(chapters, &config, diagnostics);
    if let Some((index, first_level)) = to_split {
        replaced.extend(split::split(&mut book, index, &first_level));
    }
    book.works = bibliography::load(&config, &folder, &mut sources, diagnostics);
    let cover = cover(&config, &folder, &mut sources, diagnostics);
    let extra_css = style_sheet(&config, &folder, &mut sources, diagnostics);
    Some(Manuscript {
        book,
        sources,
        overrides: config.overrides,
        cover,
        embed_fonts: config.embed_fonts,
        system_fonts: config.system_fonts,
        lints: config.lints,
        extra_css,
        omitted,
        replaced,
        removed,
        linked_pictures,
        hyphenation: config.hyphenation,
        is_mdbook: config.site.is_some(),
    })
}

/// Resolves the includes of all chapters.
fn resolve_includes(
    loaded: &mut [LoadedChapter<'_>],
    syntax: &Syntax,
    root: &Path,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) {
    let mut included = IncludedFiles::new(root);
    for source in loaded.iter_mut().filter_map(|loaded| loaded.source.as_mut()) {
        let (path, text) = (source.path.clone(), source.text.clone());
        let text = Text { file: source.file, path, text };
        let mut includer = Includer { syntax, included: &mut included, sources, diagnostics };
        let text = includer.resolve(text);
        (source.file, source.text) = (text.file, text.text);
    }
}

/// Brings the marks of other tools in all chapters to Markdown. Returns what was
/// taken out.
fn prepare(
    loaded: &mut [LoadedChapter<'_>],
    config: &Config,
    folder: &Folder,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Vec<(Span, RemovedReason)> {
    let paths: Vec<String> =
        loaded.iter().filter_map(|loaded| Some(loaded.source.as_ref()?.path.clone())).collect();
    let math = config.dialect.dollar_math;
    let mut preparation = Preparation::new(folder, sources, math, paths.into_iter());
    for source in loaded.iter_mut().filter_map(|loaded| loaded.source.as_mut()) {
        let (path, text) = (source.path.clone(), source.text.clone());
        let text = dialects::Text { file: source.file, path, text, body: source.front.end };
        (source.file, source.text) = preparation.text(&text);
    }
    let removed = preparation.finish(diagnostics);
    removed.into_iter().map(|removed| (removed.span, removed.reason)).collect()
}

/// Pictures that `book.toml` speaks of must be there, shown or not.
fn check_pictures(config: &Config, folder: &Folder, diagnostics: &mut Diagnostics) {
    let mut entries: Vec<_> = config.pictures.iter().collect();
    entries.sort_by_key(|(_, entry)| entry.span);
    for (path, entry) in entries {
        if let Err(error) = folder.find(path) {
            diagnostics.push(not_found(Code::NoPicture, "picture", path, entry.span, &error));
        }
    }
}

/// The style sheet that the book adds to the EPUB, as far as an e-book can hold it.
fn style_sheet(
    config: &Config,
    folder: &Folder,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let css = config.css.as_ref()?;
    let text = read_named_file(css, STYLE_SHEET, folder, sources, diagnostics)?;
    let (kept, dropped) = safe_rules(&text);
    for rule in dropped {
        let message =
            format!("the rule in line {} of `{}` was left out: {}", rule.line, css.value, rule.why);
        let found = Diagnostic::at(Code::BadStyleSheet, css.span, message);
        diagnostics.push(found.hint("The other rules are used."));
    }
    Some(kept)
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
            let art = read_named_file(file, COVER, folder, sources, diagnostics);
            Some(art.map_or_else(CoverArt::plain, CoverArt::Svg))
        }
    }
}
