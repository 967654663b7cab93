//! One chapter: from its file to its place in the book.

use std::sync::Arc;

use super::config::{ChapterEntry, Config, Located};
use super::files::Folder;
use super::front_matter::FrontMatter;
use super::markdown::{self, Dialect, NoteDraft, Origin, parse_line};
use super::mdbook::hide_lines;
use super::omit::{comparable, is_cut};
use super::references::{Directory, FoundPicture, References, origin_of};
use super::structure::{Given, Shape, shape};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Block, BlockKind, Chapter, ChapterId, Inline, InlineKind, Lang, Note, NoteId, VisitorMut,
    plain_text, walk_inline_mut,
};
use crate::source::{FileId, SourceFile, Span};
use crate::words::Words;

/// A chapter whose file was read.
#[derive(Debug)]
pub(super) struct Loaded<'c> {
    /// What `book.toml` says of it.
    pub entry: &'c ChapterEntry,
    /// Its short name.
    pub stem: String,
    /// Its file; `None` for a page made from the metadata.
    pub source: Option<Source>,
}

/// The text of a chapter.
#[derive(Debug)]
pub(super) struct Source {
    /// The file.
    pub file: FileId,
    /// Its path in the book's folder.
    pub path: String,
    /// All of it.
    pub text: Arc<str>,
    /// What it says of itself.
    pub front: FrontMatter,
}

/// What all chapters need.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    /// The book's folder.
    pub folder: &'a Folder,
    /// `book.toml`.
    pub config: &'a Config,
    /// Its text.
    pub book_toml: &'a SourceFile,
    /// The chapters by file and address.
    pub directory: &'a Directory,
}

/// A chapter that was read, with ids of its own.
#[derive(Debug)]
pub(super) struct Read {
    /// The chapter.
    pub chapter: Chapter,
    /// Its notes, in the order of their first marks; `NoteId`s count in it.
    pub notes: Vec<Note>,
    /// Its pictures; `ImageId`s count in it.
    pub pictures: Vec<FoundPicture>,
    /// For each heading that the book omits, whether it was here.
    pub omitted: Vec<bool>,
    /// The omitted parts.
    pub cut: Vec<Span>,
    /// What `book.toml` has other words for.
    pub replaced: Vec<Span>,
    /// The findings.
    pub diagnostics: Diagnostics,
}

/// Reads a chapter.
pub(super) fn read(loaded: &Loaded<'_>, index: usize, context: Context<'_>) -> Read {
    let mut diagnostics = Diagnostics::default();
    let entry = loaded.entry;
    let front = loaded.source.as_ref().map(|source| &source.front);
    let own_lang = entry.lang.clone().or_else(|| front.and_then(|f| f.lang.clone()));
    let lang = own_lang.clone().unwrap_or_else(|| context.config.meta.language.clone());
    let draft = match &loaded.source {
        Some(source) => {
            let text = source.text.get(source.front.end..).unwrap_or("");
            let origin = Origin::Part(source.file, source.front.end);
            let dialect = dialect(context.config);
            let mut draft = markdown::parse_in(dialect, text, origin, &lang, &mut diagnostics);
            if let Some(rules) = &context.config.mdbook {
                hide_lines(&mut draft.blocks, &source.text, rules);
                draft.notes.iter_mut().for_each(|n| hide_lines(&mut n.blocks, &source.text, rules));
            }
            draft
        }
        None => markdown::Draft::default(),
    };
    let (omit, own) = to_omit(entry, context.config);
    let mut shape = shape(draft.blocks, &given(loaded), &omit, &mut diagnostics);
    let omitted = shape.found.split_off(own);
    for (heading, found) in entry.omit.iter().zip(&shape.found) {
        if !found {
            diagnostics.push(nothing_omitted(&heading.value, heading.span, "this chapter"));
        }
    }
    let diagnostics_kept = without_cut(diagnostics, &shape.cut);
    let chapter = bare_chapter(loaded, &shape, own_lang, context);
    let work = Work { loaded, context, lang, diagnostics: diagnostics_kept, index };
    work.finish(chapter, shape, draft.notes, &draft.pictures, omitted)
}

/// What of Markdown is meant: mdBook has formulas only where it is told so.
fn dialect(config: &Config) -> Dialect {
    match &config.mdbook {
        Some(rules) => Dialect { math: rules.math, admonish: rules.admonish },
        None => Dialect::default(),
    }
}

struct Work<'a> {
    loaded: &'a Loaded<'a>,
    context: Context<'a>,
    lang: Lang,
    diagnostics: Diagnostics,
    index: usize,
}

impl Work<'_> {
    fn finish(
        mut self,
        mut chapter: Chapter,
        shape: Shape,
        drafts: Vec<NoteDraft>,
        uses: &[String],
        omitted: Vec<bool>,
    ) -> Read {
        let mut replaced = self.replaced(&shape);
        chapter.title = self.title(shape.title);
        chapter.listed = self.listed(&chapter.title);
        chapter.subtitle = self.subtitle(shape.subtitle);
        chapter.blocks = shape.blocks;
        let (entry, path) = (self.loaded.entry, self.path());
        let canonical = chapter.canonical.clone();
        let mut references = References {
            folder: self.context.folder,
            directory: self.context.directory,
            config: self.context.config,
            book_toml: self.context.book_toml,
            path: &path,
            canonical: canonical.as_deref(),
            lang: &self.lang,
            uses,
            in_link: 0,
            found: Vec::new(),
            replaced: Vec::new(),
            diagnostics: &mut self.diagnostics,
        };
        chapter.opener = match (&entry.opener, shape.opener) {
            (Some(file), _) => {
                references.opener(&file.value, entry.opener_alt.as_deref(), file.span)
            }
            (None, Some(mut image)) => {
                if let Some(alt) = &entry.opener_alt {
                    image.alt = crate::model::Alt::Text(alt.clone());
                }
                match references.remote(&image) {
                    Some(link) => {
                        let block = Block::new(BlockKind::Paragraph(vec![link]), image.span);
                        chapter.blocks.insert(0, block);
                        None
                    }
                    None => references.find(&mut image).then_some(image),
                }
            }
            (None, None) => None,
        };
        references.inlines(&mut chapter.title);
        references.inlines(&mut chapter.subtitle);
        references.blocks(&mut chapter.blocks);
        let mut notes = Numbering::new(drafts, ChapterId(number(self.index)));
        notes.inlines(&mut chapter.title);
        notes.inlines(&mut chapter.subtitle);
        notes.blocks(&mut chapter.blocks);
        let (mut notes, unused) = notes.finish();
        for note in &mut notes {
            references.blocks(&mut note.blocks);
        }
        let pictures = references.found;
        replaced.append(&mut references.replaced);
        self.report_unused(unused);
        let (cut, diagnostics) = (shape.cut, self.diagnostics);
        Read { chapter, notes, pictures, omitted, cut, replaced, diagnostics }
    }

    /// The title and subtitle of the file, where `book.toml` gives others.
    fn replaced(&self, shape: &Shape) -> Vec<Span> {
        let entry = self.loaded.entry;
        let title = shape.title_span.filter(|_| entry.title.is_some());
        let subtitle = shape.subtitle.iter().filter(|_| entry.subtitle.is_some());
        title.into_iter().chain(subtitle.map(|inline| inline.span)).collect()
    }

    fn path(&self) -> String {
        self.loaded.source.as_ref().map_or_else(String::new, |source| source.path.clone())
    }

    /// The title: `book.toml`'s, the file's, its front matter's, or the words
    /// of its name, since contents and outline need one.
    fn title(&mut self, in_file: Vec<Inline>) -> Vec<Inline> {
        let entry = self.loaded.entry;
        if let Some(title) = &entry.title {
            let origin = origin_of(title, self.context.book_toml);
            return parse_line(&title.value, origin, &self.lang, &mut self.diagnostics);
        }
        if !in_file.is_empty() {
            return in_file;
        }
        let front = self.loaded.source.as_ref().and_then(|source| source.front.title.as_ref());
        if let Some(title) = front {
            let origin = Origin::Made(title.span);
            return parse_line(&title.value, origin, &self.lang, &mut self.diagnostics);
        }
        if let Some(listed) = &entry.listed {
            return self.in_list(listed);
        }
        let Some(source) = self.loaded.source.as_ref().filter(|_| entry.role.in_contents()) else {
            // What is gathered from the book is named by the tool.
            let named = self.loaded.source.is_none() && entry.role.is_gathered();
            let words = Words::of(&self.lang).role(entry.role);
            return if named { words_title(words, entry.span) } else { Vec::new() };
        };
        let words = words_of_name(&source.path);
        if words.is_empty() {
            words_title("Untitled", entry.span)
        } else {
            words_title(&words, entry.span)
        }
    }

    /// What the contents call it, where that is not its title.
    fn listed(&mut self, title: &[Inline]) -> Vec<Inline> {
        let Some(listed) = &self.loaded.entry.listed else { return Vec::new() };
        let words = self.in_list(listed);
        let same = plain_text(&words).trim() == plain_text(title).trim();
        if same || self.loaded.entry.title.is_some() { Vec::new() } else { words }
    }

    /// Words that stand as they are in another file; pictures and notes have no
    /// place in a list.
    fn in_list(&mut self, listed: &Located<String>) -> Vec<Inline> {
        let origin = Origin::Part(listed.span.file, listed.span.start as usize);
        let words = parse_line(&listed.value, origin, &self.lang, &mut self.diagnostics);
        let plain = words.iter().all(|inline| {
            matches!(
                inline.kind,
                InlineKind::Text(_)
                    | InlineKind::Code(..)
                    | InlineKind::Emph(_)
                    | InlineKind::Strong(_)
                    | InlineKind::SoftBreak
            )
        });
        if plain { words } else { words_title(plain_text(&words).trim(), listed.span) }
    }

    fn subtitle(&mut self, in_file: Vec<Inline>) -> Vec<Inline> {
        if let Some(subtitle) = &self.loaded.entry.subtitle {
            let origin = origin_of(subtitle, self.context.book_toml);
            return parse_line(&subtitle.value, origin, &self.lang, &mut self.diagnostics);
        }
        let front = self.loaded.source.as_ref().and_then(|s| s.front.subtitle.as_ref());
        match front {
            Some(subtitle) if in_file.is_empty() => {
                let origin = Origin::Made(subtitle.span);
                parse_line(&subtitle.value, origin, &self.lang, &mut self.diagnostics)
            }
            _ => in_file,
        }
    }

    fn report_unused(&mut self, unused: Vec<NoteDraft>) {
        for note in unused.into_iter().filter(|note| !note.used) {
            let message = format!("nothing refers to the footnote `{}`", note.label);
            let span = markdown::first_line(note.span, &note.label);
            let hint = format!("Put `[^{}]` where it belongs, or take it out.", note.label);
            self.diagnostics.push(Diagnostic::at(Code::UnusedNote, span, message).hint(hint));
        }
    }
}

fn words_title(words: &str, span: Span) -> Vec<Inline> {
    vec![Inline::text(words, span)]
}

/// The chapter without its text.
fn bare_chapter(
    loaded: &Loaded<'_>,
    shape: &Shape,
    lang: Option<Lang>,
    context: Context<'_>,
) -> Chapter {
    let entry = loaded.entry;
    let front = loaded.source.as_ref().map(|source| &source.front);
    let book = &context.config.meta;
    let mut authors = entry.authors.clone();
    if authors.is_empty() {
        authors = front.map(|f| f.authors.clone()).unwrap_or_default();
    }
    // Where it is the book's own author, there is nothing to say.
    if authors.iter().all(|name| book.authors().any(|author| author.name == *name)) {
        authors.clear();
    }
    Chapter {
        file: loaded.source.as_ref().map(|source| source.file),
        stem: loaded.stem.clone(),
        id: shape.id.clone(),
        role: entry.role,
        matter: entry.matter.unwrap_or(entry.role.matter()),
        depth: entry.depth,
        numbered: entry.numbered && !shape.unnumbered,
        number: None,
        title: Vec::new(),
        listed: Vec::new(),
        subtitle: Vec::new(),
        authors,
        opener: None,
        blocks: Vec::new(),
        lang: lang.filter(|lang| *lang != book.language),
        canonical: entry.canonical.clone().or_else(|| front.and_then(|f| f.canonical.clone())),
        anchor: None,
        span: shape.title_span.unwrap_or(entry.span),
    }
}

fn given(loaded: &Loaded<'_>) -> Given {
    let entry = loaded.entry;
    let front = loaded.source.as_ref().map(|source| &source.front);
    Given {
        title_in_book: entry.title.is_some(),
        subtitle_in_book: entry.subtitle.is_some(),
        opener_in_book: entry.opener.is_some(),
        listed: entry.listed.is_some(),
        front_title: front.and_then(|f| f.title.as_ref()).map(|t| t.value.clone()),
        front_subtitle: front.and_then(|f| f.subtitle.as_ref()).map(|t| t.value.clone()),
    }
}

/// The headings to omit, the chapter's own first, and how many those are.
fn to_omit(entry: &ChapterEntry, config: &Config) -> (Vec<String>, usize) {
    let all = entry.omit.iter().chain(&config.omit);
    (all.map(|heading| comparable(&heading.value)).collect(), entry.omit.len())
}

/// Says that a heading to omit was nowhere.
pub(super) fn nothing_omitted(heading: &str, span: Span, place: &str) -> Diagnostic {
    let message = format!("no section of {place} is headed `{heading}`");
    let hint = "Write the words of the heading, without marks.";
    Diagnostic::at(Code::NothingOmitted, span, message).hint(hint)
}

/// The findings that are not about omitted parts.
fn without_cut(diagnostics: Diagnostics, cut: &[Span]) -> Diagnostics {
    let mut kept = Diagnostics::default();
    for diagnostic in &diagnostics {
        if !diagnostic.span.is_some_and(|span| is_cut(cut, span)) {
            kept.push(diagnostic.clone());
        }
    }
    kept
}

/// The words of a file's name, without a number before them: `01-the-guide.md`
/// is `The guide`.
pub(super) fn words_of_name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let bare = stem.trim_start_matches(|c: char| c.is_ascii_digit() || "-_. ".contains(c));
    let bare = if bare.is_empty() { stem } else { bare };
    let words = bare.replace(['-', '_'], " ");
    let words = words.trim();
    let mut chars = words.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", chars.as_str())
}

/// A count as the ids of the model have it.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Gives notes their numbers in the order of their first marks.
struct Numbering {
    drafts: Vec<Option<NoteDraft>>,
    /// The new place of each note, once a mark was seen.
    places: Vec<Option<u32>>,
    notes: Vec<Note>,
    chapter: ChapterId,
}

impl Numbering {
    fn new(drafts: Vec<NoteDraft>, chapter: ChapterId) -> Self {
        let places = vec![None; drafts.len()];
        Self { drafts: drafts.into_iter().map(Some).collect(), places, notes: Vec::new(), chapter }
    }

    /// The notes in their order, and those without a mark. A mark within a note
    /// counts after those of the text.
    fn finish(mut self) -> (Vec<Note>, Vec<NoteDraft>) {
        let mut at = 0;
        while let Some(note) = self.notes.get_mut(at) {
            let mut blocks = std::mem::take(&mut note.blocks);
            self.blocks(&mut blocks);
            if let Some(note) = self.notes.get_mut(at) {
                note.blocks = blocks;
            }
            at += 1;
        }
        (self.notes, self.drafts.into_iter().flatten().collect())
    }
}

impl VisitorMut for Numbering {
    fn inline(&mut self, inline: &mut Inline) {
        let InlineKind::Note(id) = &mut inline.kind else {
            return walk_inline_mut(self, inline);
        };
        let old = id.0 as usize;
        let Some(place) = self.places.get_mut(old) else { return };
        if place.is_none()
            && let Some(draft) = self.drafts.get_mut(old).and_then(Option::take)
        {
            let at = number(self.notes.len());
            *place = Some(at);
            self.notes.push(Note {
                label: Some(draft.label),
                chapter: self.chapter,
                number: at + 1,
                blocks: draft.blocks,
                span: draft.span,
            });
        }
        if let Some(place) = place {
            *id = NoteId(*place);
        }
    }
}
