//! One chapter: from the text of its file to its place in the book.
//!
//! ```text
//! text ─► markdown ─► structure (title, subtitle, opener, levels, omitted parts)
//!      ─► titles from book.toml and front matter ─► references ─► notes numbered
//! ```
//!
//! Chapters are read side by side, so what comes out counts pictures and notes
//! by itself.

mod loaded;
mod notes;
mod omit;
mod references;
mod structure;
mod title;
mod whole_book;

pub(crate) use loaded::{ChapterSource, LoadedChapter};
pub(crate) use notes::index_to_id;
pub(crate) use omit::{comparable_heading, is_list_of_links, nothing_omitted, sections_with};
pub(crate) use references::{ChapterIndex, FoundPicture, PictureKey};
pub(crate) use structure::{KnownTitles, Structure, structure};
pub(crate) use whole_book::{is_numbered_name, is_whole_book};

use super::config::{ChapterEntry, Config};
use super::dialects::mdbook::hide_lines;
use super::files::Folder;
use super::markdown::{self, Origin, ParsedNote, ParsedText};
use super::smart_punctuation::punctuate_names;
use crate::diag::Diagnostics;
use crate::model::{Alt, Block, BlockKind, Chapter, ChapterId, Image, Lang, Note, VisitorMut};
use crate::source::{SourceFile, Span};
use notes::{NoteNumbering, report_unused};
use omit::without_omitted;
use references::{References, Scope};
use title::Titles;

/// What all chapters need.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    /// The book's folder.
    pub folder: &'a Folder,
    /// `book.toml`.
    pub config: &'a Config,
    /// Its text.
    pub book_toml: &'a SourceFile,
    /// The chapters by file and address.
    pub index: &'a ChapterIndex,
}

/// A chapter that was read, with ids of its own.
#[derive(Debug)]
pub(crate) struct ReadChapter {
    /// The chapter.
    pub chapter: Chapter,
    /// Its notes, in the order of their first marks; `NoteId`s count in it.
    pub notes: Vec<Note>,
    /// Its pictures; `ImageId`s count in it.
    pub pictures: Vec<FoundPicture>,
    /// For each heading that the book omits, whether it was here.
    pub omitted_headings: Vec<bool>,
    /// The headings of the first level in its text.
    pub first_level: Vec<Span>,
    /// Where the omitted parts stand.
    pub omitted: Vec<Span>,
    /// What `book.toml` has other words for.
    pub replaced: Vec<Span>,
    /// The pictures on the network that became links.
    pub linked_pictures: Vec<Span>,
    /// The findings.
    pub diagnostics: Diagnostics,
}

/// Reads a chapter, the one at `position` of the book.
pub(crate) fn read(
    loaded: &LoadedChapter<'_>,
    position: usize,
    context: Context<'_>,
) -> ReadChapter {
    let mut diagnostics = Diagnostics::default();
    let entry = loaded.entry;
    let own_lang = entry.lang.clone().or_else(|| loaded.front().and_then(|f| f.lang.clone()));
    let lang = own_lang.clone().unwrap_or_else(|| context.config.meta.language.clone());
    let parsed = parse(loaded, context.config, &lang, &mut diagnostics);
    let headings = entry.omit.iter().chain(&context.config.omit);
    let headings: Vec<String> = headings.map(|h| comparable_heading(&h.value)).collect();
    let known = known_titles(loaded);
    let mut structure = structure(parsed.blocks, &known, &headings, &mut diagnostics);
    let omitted_headings = structure.omitted.found.split_off(entry.omit.len());
    for (heading, found) in entry.omit.iter().zip(&structure.omitted.found) {
        if !found {
            diagnostics.push(nothing_omitted(&heading.value, heading.span, "this chapter"));
        }
    }
    let diagnostics = without_omitted(diagnostics, &structure.omitted.spans);
    let chapter = chapter_without_text(loaded, &structure, own_lang, context.config);
    let assembly = Assembly { loaded, context, lang, diagnostics, position };
    assembly.finish(chapter, structure, parsed.notes, &parsed.pictures, omitted_headings)
}

/// The text of a chapter as blocks; nothing for a page made from the metadata.
fn parse(
    loaded: &LoadedChapter<'_>,
    config: &Config,
    lang: &Lang,
    diagnostics: &mut Diagnostics,
) -> ParsedText {
    let Some(source) = &loaded.source else { return ParsedText::default() };
    let text = source.text.get(source.front.end..).unwrap_or("");
    let origin = Origin::Part(source.file, source.front.end);
    let mut parsed = markdown::parse_in(&config.dialect, text, origin, lang, diagnostics);
    if let Some(syntax) = &config.dialect.mdbook {
        hide_lines(&mut parsed.blocks, &source.text, syntax);
        parsed.notes.iter_mut().for_each(|n| hide_lines(&mut n.blocks, &source.text, syntax));
    }
    parsed
}

/// The last step of reading a chapter: everything into its place.
struct Assembly<'a> {
    loaded: &'a LoadedChapter<'a>,
    context: Context<'a>,
    lang: Lang,
    diagnostics: Diagnostics,
    position: usize,
}

impl Assembly<'_> {
    fn finish(
        mut self,
        mut chapter: Chapter,
        structure: Structure,
        notes: Vec<ParsedNote>,
        addresses: &[String],
        omitted_headings: Vec<bool>,
    ) -> ReadChapter {
        let mut replaced = replaced_titles(self.loaded.entry, &structure);
        let mut titles = Titles {
            loaded: self.loaded,
            book_toml: self.context.book_toml,
            lang: &self.lang,
            diagnostics: &mut self.diagnostics,
        };
        chapter.title = titles.title(structure.title);
        chapter.listed = titles.listed(&chapter.title);
        chapter.subtitle = titles.subtitle(structure.subtitle);
        chapter.blocks = structure.blocks;
        let canonical = chapter.canonical.clone();
        let scope = Scope {
            folder: self.context.folder,
            index: self.context.index,
            config: self.context.config,
            book_toml: self.context.book_toml,
            path: self.loaded.path(),
            canonical: canonical.as_deref(),
            lang: &self.lang,
            addresses,
        };
        let mut references = References::new(&scope, &mut self.diagnostics);
        let opener = structure.opener;
        chapter.opener = opener_of(self.loaded.entry, opener, &mut chapter.blocks, &mut references);
        references.inlines(&mut chapter.title);
        references.inlines(&mut chapter.subtitle);
        references.blocks(&mut chapter.blocks);
        let mut numbering = NoteNumbering::new(notes, ChapterId(index_to_id(self.position)));
        numbering.inlines(&mut chapter.title);
        numbering.inlines(&mut chapter.subtitle);
        numbering.blocks(&mut chapter.blocks);
        let (mut notes, unused) = numbering.finish();
        for note in &mut notes {
            references.blocks(&mut note.blocks);
        }
        let mut found = references.finish();
        replaced.append(&mut found.replaced_captions);
        report_unused(unused, &mut self.diagnostics);
        ReadChapter {
            chapter,
            notes,
            pictures: found.pictures,
            omitted_headings,
            first_level: structure.first_level,
            omitted: structure.omitted.spans,
            replaced,
            linked_pictures: found.linked_pictures,
            diagnostics: self.diagnostics,
        }
    }
}

/// The picture that opens the chapter: `book.toml`'s, or the one above the
/// title. One on the network becomes a link before the text.
fn opener_of(
    entry: &ChapterEntry,
    in_file: Option<Image>,
    blocks: &mut Vec<Block>,
    references: &mut References<'_>,
) -> Option<Image> {
    if let Some(file) = &entry.opener {
        return Some(references.opener(&file.value, entry.opener_alt.as_deref(), file.span));
    }
    let mut image = in_file?;
    if let Some(alt) = &entry.opener_alt {
        image.alt = Alt::Text(alt.clone());
    }
    match references.remote_link(&image) {
        Some(link) => {
            let block = Block::new(BlockKind::Paragraph(vec![link]), image.span);
            blocks.insert(0, block);
            None
        }
        None => {
            references.picture(&mut image);
            Some(image)
        }
    }
}

/// The title and subtitle of the file, where `book.toml` gives others.
fn replaced_titles(entry: &ChapterEntry, structure: &Structure) -> Vec<Span> {
    let title = structure.title_span.filter(|_| entry.title.is_some());
    let subtitle = structure.subtitle.iter().filter(|_| entry.subtitle.is_some());
    title.into_iter().chain(subtitle.map(|inline| inline.span)).collect()
}

/// The chapter without its text.
fn chapter_without_text(
    loaded: &LoadedChapter<'_>,
    structure: &Structure,
    lang: Option<Lang>,
    config: &Config,
) -> Chapter {
    let (entry, front, book) = (loaded.entry, loaded.front(), &config.meta);
    let mut authors = entry.authors.clone();
    if authors.is_empty() {
        authors = front.map(|f| f.authors.clone()).unwrap_or_default();
    }
    // Where it is the book's own author, there is nothing to say.
    if authors.iter().all(|name| book.authors().any(|author| author.name == *name)) {
        authors.clear();
    }
    punctuate_names(&mut authors, lang.as_ref().unwrap_or(&book.language));
    let span = structure.title_span.unwrap_or(entry.span);
    Chapter {
        file: loaded.source.as_ref().map(|source| source.file),
        id: structure.id.clone(),
        matter: entry.matter.unwrap_or(entry.role.matter()),
        depth: entry.depth,
        numbered: entry.numbered && !structure.unnumbered,
        authors,
        lang: lang.filter(|lang| *lang != book.language),
        canonical: entry.canonical.clone().or_else(|| front.and_then(|f| f.canonical.clone())),
        ..Chapter::bare(entry.role, loaded.stem.clone(), span)
    }
}

fn known_titles(loaded: &LoadedChapter<'_>) -> KnownTitles {
    let (entry, front) = (loaded.entry, loaded.front());
    KnownTitles {
        title_in_book: entry.title.is_some(),
        subtitle_in_book: entry.subtitle.is_some(),
        opener_in_book: entry.opener.is_some(),
        listed: entry.listed.is_some(),
        front_title: front.and_then(|f| f.title.as_ref()).map(|t| t.value.clone()),
        front_subtitle: front.and_then(|f| f.subtitle.as_ref()).map(|t| t.value.clone()),
    }
}
