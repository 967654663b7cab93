//! `[[chapter]]` and `[images."path"]`.

use super::book::language;
use super::reader::{Reader, Section};
use super::{ChapterEntry, Config, PictureEntry};
use crate::diag::Code;
use crate::manuscript::files::normalize;
use crate::manuscript::located::Located;
use crate::model::{Matter, Role};

/// Fills the chapters in the order they are listed, and the pictures by path.
pub(super) fn read(reader: &mut Reader<'_>, top: Section<'_>, config: &mut Config) {
    for section in reader.sections(top, "chapter") {
        let entry = chapter(reader, section);
        config.chapters.extend(entry);
    }
    if let Some(images) = reader.section(top, "images") {
        for (path, section) in reader.entries(images) {
            let entry = picture(reader, &path, section);
            match normalize(&path.value) {
                Some(path) => {
                    config.pictures.insert(path, entry);
                }
                None => {
                    let message = format!("`{}` is outside the book's folder", path.value);
                    let hint =
                        "Copy the picture into the book's folder and use the path of the copy.";
                    reader.fault(Code::OutsideFolder, path.span, message, hint);
                }
            }
        }
    }
}

fn chapter(reader: &mut Reader<'_>, section: Section<'_>) -> Option<ChapterEntry> {
    let known = [
        "file",
        "title",
        "subtitle",
        "role",
        "matter",
        "numbered",
        "split",
        "opener",
        "opener-alt",
        "canonical",
        "lang",
        "author",
        "omit",
    ];
    reader.check_keys(section, "chapter", &known);
    let roles = Role::ALL.map(|role| (role.name(), role));
    let role = reader.choice(section, "role", &roles).unwrap_or(Role::Chapter);
    let matters = [("front", Matter::Front), ("main", Matter::Main), ("back", Matter::Back)];
    let file = reader.words(section, "file");
    let mut entry = ChapterEntry::bare(role, section.span);
    entry.title = reader.words(section, "title");
    entry.subtitle = reader.words(section, "subtitle");
    entry.matter = reader.choice(section, "matter", &matters);
    entry.numbered = reader.switch(section, "numbered").unwrap_or(true);
    entry.split = Some(reader.switch(section, "split").unwrap_or(false));
    entry.opener = reader.words(section, "opener");
    entry.opener_alt = reader.words(section, "opener-alt").map(|alt| alt.value);
    entry.canonical = reader.words(section, "canonical").map(|url| url.value);
    entry.lang = language(reader, section, "lang");
    entry.authors = reader.strings(section, "author").into_iter().map(|a| a.value).collect();
    entry.omit = reader.strings(section, "omit");
    if let Some(file) = &file {
        entry.span = file.span;
    } else if !role.is_generated() && !role.is_gathered() {
        if !section.table.contains_key("file") {
            let message = format!("a chapter of role `{}` needs a `file`", role.name());
            reader.fault(Code::BadToml, section.span, message, "Write `file = \"….md\"`.");
        }
        return None;
    }
    entry.file = file;
    Some(entry)
}

fn picture(reader: &mut Reader<'_>, path: &Located<String>, section: Section<'_>) -> PictureEntry {
    reader.check_keys(section, "images", &["alt", "decorative", "caption", "width"]);
    let decorative = reader.switch(section, "decorative").unwrap_or(false);
    let alt = reader.words(section, "alt");
    if let (Some(alt), true) = (&alt, decorative) {
        let message = "a decorative picture has no alternative text";
        reader.fault(Code::BadValue, alt.span, message, "Keep either `alt` or `decorative`.");
    }
    let width = reader.number(section, "width").and_then(|width| {
        let percent = u8::try_from(width.value).ok().filter(|w| (1..=100).contains(w));
        if percent.is_none() {
            let message = format!("a picture can't be {} percent wide", width.value);
            let hint = "Write a percentage of the measure, from 1 to 100.";
            reader.fault(Code::BadValue, width.span, message, hint);
        }
        percent
    });
    PictureEntry {
        alt: alt.map(|a| a.value),
        decorative,
        caption: reader.words(section, "caption"),
        width,
        span: path.span,
    }
}
