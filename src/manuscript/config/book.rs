//! The top level of `book.toml`: title, people, rights, cover, EPUB.

use super::checks::{date, isbn, made_identifier};
use super::reader::{Reader, Section};
use super::{Config, CoverEntry};
use crate::assets::Cover;
use crate::diag::Code;
use crate::model::{
    Alt, Contributor, ContributorRole, Direction, Exemption, Lang, Metadata, Series,
};
use crate::names::{nearest, slug, slug_or};
use crate::source::Span;

/// Fills the metadata, the cover and what concerns the book as a whole.
pub(super) fn read(reader: &mut Reader<'_>, top: Section<'_>, config: &mut Config) {
    let title = reader.words(top, "title").map(|t| t.value);
    if title.is_none() && !top.table.contains_key("title") {
        let start = Span { end: top.span.start, ..top.span };
        let hint = "Write `title = \"…\"` in the first line.";
        reader.fault(Code::BadToml, start, "the book has no `title`", hint);
    }
    let mut meta = Metadata {
        title: title.unwrap_or_else(|| "Untitled".to_owned()),
        subtitle: reader.words(top, "subtitle").map(|t| t.value),
        contributors: contributors(reader, top),
        language: language(reader, top, "language").unwrap_or_default(),
        direction: reader.choice(
            top,
            "direction",
            &[("ltr", Direction::Ltr), ("rtl", Direction::Rtl)],
        ),
        publisher: reader.words(top, "publisher").map(|t| t.value),
        date: published(reader, top),
        identifier: reader.words(top, "identifier").map(|t| t.value).unwrap_or_default(),
        isbn: checked_isbn(reader, top),
        description: reader.words(top, "description").map(|t| t.value),
        subjects: reader.strings(top, "subjects").into_iter().map(|s| s.value).collect(),
        rights: reader.words(top, "rights").map(|t| t.value),
        series: series(reader, top),
        certified_by: reader.words(top, "certified-by").map(|t| t.value),
        exemption: reader.choice(
            top,
            "accessibility-exemption",
            &Exemption::ALL.map(|e| (e.name(), e)),
        ),
        ..Metadata::default()
    };
    if meta.identifier.is_empty() {
        meta.identifier = match &meta.isbn {
            Some(isbn) => format!("urn:isbn:{isbn}"),
            None => made_identifier(&meta),
        };
    }
    meta.slug = match reader.words(top, "slug") {
        Some(given) => checked_slug(reader, &given.value, given.span),
        None => slug_or(&meta.title, "book"),
    };
    cover(reader, top, config, &mut meta);
    config.meta = meta;
    config.omit = reader.strings(top, "omit");
    config.listed_front_matter = reader
        .choice(top, "front-matter", &[("default", false), ("listed", true)])
        .unwrap_or(false);
    numbering(reader, top, config);
    if let Some(epub) = reader.section(top, "epub") {
        reader.check_keys(epub, "epub", &["embed-fonts", "css"]);
        config.embed_fonts = reader.switch(epub, "embed-fonts").unwrap_or(true);
        config.css = reader.words(epub, "css");
    }
}

/// What is numbered.
fn numbering(reader: &mut Reader<'_>, top: Section<'_>, config: &mut Config) {
    let Some(section) = reader.section(top, "numbering") else { return };
    let known = ["chapters", "sections", "figures", "tables", "equations"];
    reader.check_keys(section, "numbering", &known);
    let wanted = &mut config.numbering;
    wanted.chapters = reader.switch(section, "chapters").unwrap_or(wanted.chapters);
    wanted.figures = reader.switch(section, "figures").unwrap_or(wanted.figures);
    wanted.tables = reader.switch(section, "tables").unwrap_or(wanted.tables);
    wanted.equations = reader.switch(section, "equations").unwrap_or(wanted.equations);
    if let Some(levels) = reader.number(section, "sections") {
        match u8::try_from(levels.value).ok().filter(|levels| *levels <= DEEPEST_NUMBERED) {
            Some(levels) => wanted.sections = levels,
            None => {
                let message = format!("can't number {} levels of headings", levels.value);
                let hint = "Write how many levels of headings are numbered, from 0 to 5.";
                reader.fault(Code::BadValue, levels.span, message, hint);
            }
        }
    }
}

/// The levels of headings below a chapter's title.
const DEEPEST_NUMBERED: u8 = 5;

/// The people: `authors = ["Name"]`, or tables `[[author]]` with a role each.
fn contributors(reader: &mut Reader<'_>, top: Section<'_>) -> Vec<Contributor> {
    let mut people = Vec::new();
    for key in ["authors", "author"] {
        if !reader.holds_tables(top, key) {
            for name in reader.strings(top, key) {
                let role = ContributorRole::Author;
                people.push(Contributor { name: name.value, sort: None, role });
            }
            continue;
        }
        for person in reader.sections(top, key) {
            reader.check_keys(person, key, &["name", "sort", "role"]);
            let Some(name) = reader.words(person, "name") else {
                if !person.table.contains_key("name") {
                    let message = format!("`{key}` without a `name`");
                    reader.fault(Code::BadToml, person.span, message, "Write `name = \"…\"`.");
                }
                continue;
            };
            let sort = reader.words(person, "sort").map(|s| s.value);
            let roles = ContributorRole::ALL.map(|(role, name, _)| (name, role));
            let role = reader.choice(person, "role", &roles).unwrap_or(ContributorRole::Author);
            people.push(Contributor { name: name.value, sort, role });
        }
    }
    people
}

/// A language tag.
pub(super) fn language(reader: &mut Reader<'_>, section: Section<'_>, key: &str) -> Option<Lang> {
    let tag = reader.string(section, key)?;
    let lang = Lang::new(tag.value.trim());
    if lang.is_none() {
        let message = format!("`{}` is not a language tag", tag.value);
        let hint = "Write a BCP 47 tag, such as `en`, `de` or `pt-BR`.";
        reader.fault(Code::BadValue, tag.span, message, hint);
    }
    lang
}

fn published(reader: &mut Reader<'_>, top: Section<'_>) -> Option<String> {
    let text = reader.text(top, "date")?;
    let checked = date(&text.value);
    if checked.is_none() {
        let message = format!("`{}` is not a date", text.value);
        let hint = "Write a year, a month or a day: `2026`, `2026-11` or `2026-11-22`.";
        reader.fault(Code::BadValue, text.span, message, hint);
    }
    checked
}

fn checked_isbn(reader: &mut Reader<'_>, top: Section<'_>) -> Option<String> {
    let text = reader.text(top, "isbn")?;
    let checked = isbn(&text.value);
    if checked.is_none() {
        let message = format!("`{}` is not an ISBN: its check digit doesn't fit", text.value);
        let hint = "Write 10 or 13 digits, with or without hyphens.";
        reader.fault(Code::BadValue, text.span, message, hint);
    }
    checked
}

fn checked_slug(reader: &mut Reader<'_>, given: &str, span: Span) -> String {
    let clean = slug_or(given, "book");
    if clean != given {
        let message = format!("`slug` can't be `{given}`: the output files are named after it");
        let hint = format!("Write lower-case letters, digits and hyphens, such as `{clean}`.");
        reader.fault(Code::BadValue, span, message, &hint);
    }
    clean
}

fn series(reader: &mut Reader<'_>, top: Section<'_>) -> Option<Series> {
    let section = reader.section(top, "series")?;
    reader.check_keys(section, "series", &["name", "position"]);
    let position = reader.text(section, "position").map(|p| p.value);
    match reader.words(section, "name") {
        Some(name) => Some(Series { name: name.value, position }),
        None => {
            if !section.table.contains_key("name") {
                let hint = "Write `name = \"…\"`.";
                reader.fault(Code::BadToml, section.span, "`series` without a `name`", hint);
            }
            None
        }
    }
}

fn cover(reader: &mut Reader<'_>, top: Section<'_>, config: &mut Config, meta: &mut Metadata) {
    let Some(section) = reader.section(top, "cover") else { return };
    reader.check_keys(section, "cover", &["art", "file", "alt"]);
    meta.cover_alt = reader.words(section, "alt").map(|alt| Alt::Text(alt.value));
    let art = reader.words(section, "art");
    let file = reader.words(section, "file");
    match (art, file) {
        (Some(_), Some(file)) => {
            let hint = "Keep the one you want.";
            let message = "a cover has either `art` or a `file`";
            reader.fault(Code::BadValue, file.span, message, hint);
        }
        (Some(art), None) if Cover::SHIPPED.contains(&art.value.as_str()) => {
            config.cover = Some(CoverEntry::Shipped(art.value));
        }
        (Some(art), None) => {
            let hint = match nearest(&slug(&art.value), Cover::SHIPPED) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!(
                    "Use one of {}, or a `file` of your own.",
                    Cover::SHIPPED.map(|name| format!("`{name}`")).join(", ")
                ),
            };
            let message = format!("there is no built-in cover `{}`", art.value);
            reader.fault(Code::BadValue, art.span, message, &hint);
        }
        (None, Some(file)) => config.cover = Some(CoverEntry::File(file)),
        (None, None) => {}
    }
}
