//! `book.toml`: what the writer says about the book as a whole.
//!
//! Why by hand and not by derive: every fault must point at its line and
//! column, all of them in one run, and an unknown key must name the one that
//! was probably meant. So the text is parsed into a tree of values with their
//! places ([`toml::de::DeTable`]), and [`reader`] takes values out of it:
//!
//! ```text
//! text ─► tree ─► book, theme, chapters, pictures ─► Config
//! ```
//!
//! Nothing here touches another file: whether a chapter exists is found out
//! by those who read it.

mod bibliography;
mod book;
mod chapters;
mod checks;
mod lints;
mod page_values;
pub(crate) mod reader;
mod site;
mod theme;

use std::collections::BTreeMap;

use toml::de::DeTable;

use crate::diag::{Code, Diagnostic, Diagnostics, Lints};
use crate::manuscript::dialects::Dialect;
use crate::manuscript::located::Located;
use crate::model::{Lang, Matter, Metadata, Numbering, Role};
use crate::source::{FileId, Span};
use crate::theme::Overrides;

use reader::{Reader, Section};
pub(crate) use site::Site;

/// All of `book.toml`.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// Title, people, rights.
    pub meta: Metadata,
    /// What it changes in the theme.
    pub overrides: Overrides,
    /// What lies under the words of the cover.
    pub cover: Option<CoverEntry>,
    /// Whether the EPUB carries its fonts.
    pub embed_fonts: bool,
    /// Whether the system's fonts may stand in for characters the book's lack.
    pub system_fonts: bool,
    /// A style sheet for the EPUB, by its path.
    pub css: Option<Located<String>>,
    /// The works the book cites.
    pub works: Option<WorksEntry>,
    /// Words with `-` where they may break.
    pub hyphenation: Vec<String>,
    /// Headings of sections to leave out wherever they are.
    pub omit: Vec<Located<String>>,
    /// What is numbered.
    pub numbering: Numbering,
    /// Whether only listed pages make up the front matter.
    pub listed_front_matter: bool,
    /// Which warnings stop the book, and which are not reported.
    pub lints: Lints,
    /// The chapters in order.
    pub chapters: Vec<ChapterEntry>,
    /// Settings of single pictures, by their paths.
    pub pictures: BTreeMap<String, PictureEntry>,
    /// Marks that the texts use and that only some tools understand.
    pub dialect: Dialect,
    /// The site that another tool makes of the same texts; `None` for a book
    /// that was written for bindery.
    pub site: Option<Site>,
}

/// What `[cover]` asks for.
#[derive(Debug)]
pub(crate) enum CoverEntry {
    /// One that comes with bindery.
    Shipped(String),
    /// A file of the book.
    File(Located<String>),
}

/// What `[bibliography]` asks for.
#[derive(Debug)]
pub(crate) struct WorksEntry {
    /// The files that list the works.
    pub files: Vec<Located<String>>,
    /// The name of a style, or its file.
    pub style: Option<Located<String>>,
    /// Whether works that are not cited are listed too.
    pub all: bool,
    /// Where it stands.
    pub span: Span,
}

/// One `[[chapter]]`.
#[derive(Debug)]
pub(crate) struct ChapterEntry {
    /// Its file, relative to the book's folder.
    pub file: Option<Located<String>>,
    /// A title instead of the file's, as inline Markdown.
    pub title: Option<Located<String>>,
    /// What the contents call it, as inline Markdown; its title if the file has none.
    pub listed: Option<Located<String>>,
    /// How many chapters it is under.
    pub depth: u8,
    /// A subtitle instead of the file's, as inline Markdown.
    pub subtitle: Option<Located<String>>,
    /// What it is.
    pub role: Role,
    /// Where it belongs, if not where its role does.
    pub matter: Option<Matter>,
    /// Whether it is numbered if its role is.
    pub numbered: bool,
    /// Whether each heading of the first level begins a chapter; `None` where the
    /// text decides.
    pub split: Option<bool>,
    /// The picture that opens it.
    pub opener: Option<Located<String>>,
    /// Its alternative text.
    pub opener_alt: Option<String>,
    /// The address under which it was published.
    pub canonical: Option<String>,
    /// Its language.
    pub lang: Option<Lang>,
    /// Its authors.
    pub authors: Vec<String>,
    /// Headings of sections to leave out of it.
    pub omit: Vec<Located<String>>,
    /// Where it is named.
    pub span: Span,
}

impl ChapterEntry {
    /// An entry of which nothing but the role is known.
    pub fn bare(role: Role, span: Span) -> Self {
        Self {
            file: None,
            title: None,
            listed: None,
            depth: 0,
            subtitle: None,
            role,
            matter: None,
            numbered: true,
            split: Some(false),
            opener: None,
            opener_alt: None,
            canonical: None,
            lang: None,
            authors: Vec::new(),
            omit: Vec::new(),
            span,
        }
    }
}

/// One `[images."path"]`.
#[derive(Debug)]
pub(crate) struct PictureEntry {
    /// Its alternative text.
    pub alt: Option<String>,
    /// It says nothing that the text doesn't.
    pub decorative: bool,
    /// Its caption, as inline Markdown.
    pub caption: Option<Located<String>>,
    /// How wide it is to be set, in percent of the measure.
    pub width: Option<u8>,
    /// Where it is named.
    pub span: Span,
}

/// The keys of the top level.
const KEYS: [&str; 32] = [
    "title",
    "subtitle",
    "authors",
    "author",
    "language",
    "publisher",
    "date",
    "identifier",
    "isbn",
    "description",
    "subjects",
    "rights",
    "series",
    "slug",
    "certified-by",
    "direction",
    "accessibility-exemption",
    "omit",
    "front-matter",
    "dead-links",
    "remote-images",
    "lints",
    "cover",
    "page",
    "text",
    "fonts",
    "theme",
    "epub",
    "bibliography",
    "numbering",
    "chapter",
    "images",
];

/// Reads the text of a `book.toml`. What can be read is, whatever else is wrong.
pub(crate) fn parse(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Config {
    let (document, errors) = DeTable::parse_recoverable(text);
    report_toml_errors(errors, text, file, diagnostics);
    read_table(document.get_ref(), document.span(), file, diagnostics)
}

/// Reports what is no TOML, in the order of the text.
pub(crate) fn report_toml_errors(
    mut errors: Vec<toml::de::Error>,
    text: &str,
    file: FileId,
    diagnostics: &mut Diagnostics,
) {
    errors.sort_by_key(|error| error.span().map(|range| range.start));
    for error in &errors {
        let range = error.span().unwrap_or(text.len()..text.len());
        let span = Span::new(file, range.start, range.end);
        let message = format!("this is not TOML: {}", error.message().replace('\n', ", "));
        let found = Diagnostic::at(Code::BadToml, span, message);
        diagnostics.push(match hint_for_line(text, range.start) {
            Some(hint) => found.hint(hint),
            None => found,
        });
    }
}

/// What to write in the place of a line that is no TOML, where that is clear:
/// `title: T` and `title = T` are how other formats have it.
fn hint_for_line(text: &str, at: usize) -> Option<String> {
    let begin = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(begin..)?.lines().next()?.trim();
    let is_key = |key: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        !key.is_empty() && key.chars().all(plain)
    };
    let quoted = |value: &str| match value.trim() {
        "" => "\"…\"".to_owned(),
        value if value.starts_with(['"', '\'', '[', '{']) => value.to_owned(),
        value => format!("\"{value}\""),
    };
    if let Some((key, value)) = line.split_once('=')
        && is_key(key.trim_end())
    {
        let text = value.trim();
        return text.starts_with(char::is_alphabetic).then(|| {
            format!("Put text in quotation marks: `{} = {}`.", key.trim_end(), quoted(text))
        });
    }
    let (key, value) = line.split_once(':')?;
    is_key(key.trim_end()).then(|| {
        format!("Write `=` between a key and its value: `{} = {}`.", key.trim_end(), quoted(value))
    })
}

/// Reads a table with the keys of a `book.toml`.
pub(crate) fn read_table(
    table: &DeTable<'_>,
    range: std::ops::Range<usize>,
    file: FileId,
    diagnostics: &mut Diagnostics,
) -> Config {
    let mut reader = Reader { file, diagnostics };
    let span = reader.span(range);
    let top = Section { table, span };
    reader.check_keys(top, "", &KEYS);
    let mut config = Config { embed_fonts: true, system_fonts: true, ..Config::default() };
    book::read(&mut reader, top, &mut config);
    config.lints = lints::read(&mut reader, top);
    theme::read(&mut reader, top, &mut config);
    bibliography::read(&mut reader, top, &mut config);
    chapters::read(&mut reader, top, &mut config);
    config
}
