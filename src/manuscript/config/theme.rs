//! `[page]`, `[text]`, `[fonts]` and `[theme]`: what a book changes in its look.

use super::Config;
use super::checks::colour;
use super::reader::{Reader, Section};
use crate::diag::Code;
use crate::theme::{Lead, parse_length, parse_trim};
use crate::units::Pt;

/// More lines than any page has room for.
const MOST_LINES: u64 = 200;

/// Fills the theme's changes and the hyphenation of single words.
pub(super) fn read(reader: &mut Reader<'_>, top: Section<'_>, config: &mut Config) {
    if let Some(page) = reader.section(top, "page") {
        reader.check_keys(page, "page", &["trim", "measure", "lines", "inner", "top"]);
        config.overrides.trim = trim(reader, page);
        config.overrides.measure = length(reader, page, "measure");
        config.overrides.inner = length(reader, page, "inner");
        config.overrides.top = length(reader, page, "top");
        config.overrides.lines = lines(reader, page);
    }
    if let Some(text) = reader.section(top, "text") {
        let known = ["size", "leading", "indent", "lead", "ornament", "hyphenation"];
        reader.check_keys(text, "text", &known);
        config.overrides.size = length(reader, text, "size").filter(|size| size.0 > 0.0);
        config.overrides.leading = length(reader, text, "leading").filter(|l| l.0 > 0.0);
        config.overrides.indent = length(reader, text, "indent");
        let leads =
            [("drop-cap", Lead::DropCap), ("small-caps", Lead::SmallCaps), ("plain", Lead::Plain)];
        config.overrides.lead = reader.choice(text, "lead", &leads);
        config.overrides.ornament = reader.string(text, "ornament").map(|o| o.value);
        hyphenation(reader, text, config);
    }
    if let Some(fonts) = reader.section(top, "fonts") {
        reader.check_keys(fonts, "fonts", &["serif", "sans", "mono", "system"]);
        config.overrides.serif = reader.words(fonts, "serif").map(|f| f.value);
        config.overrides.sans = reader.words(fonts, "sans").map(|f| f.value);
        config.overrides.mono = reader.words(fonts, "mono").map(|f| f.value);
        config.system_fonts = reader.switch(fonts, "system").unwrap_or(true);
    }
    if let Some(theme) = reader.section(top, "theme") {
        reader.check_keys(theme, "theme", &["chapter-label", "accent"]);
        config.overrides.chapter_label = reader.string(theme, "chapter-label").map(|l| l.value);
        config.overrides.accent = accent(reader, theme);
    }
}

fn length(reader: &mut Reader<'_>, section: Section<'_>, key: &str) -> Option<Pt> {
    let text = reader.string(section, key)?;
    match parse_length(&text.value) {
        Ok(length) => Some(length),
        Err(error) => {
            reader.fault(Code::BadValue, text.span, format!("`{key}`: {error}"), "");
            None
        }
    }
}

fn trim(reader: &mut Reader<'_>, page: Section<'_>) -> Option<(Pt, Pt)> {
    let text = reader.string(page, "trim")?;
    let trim = parse_trim(&text.value).ok();
    if trim.is_none() {
        let message = format!("`{}` is not a page size", text.value);
        let hint = "Write `6x9in`, `148x210mm`, or one of `a4`, `a5`, `b5`, `digest`, `royal`, \
                    `letter`.";
        reader.fault(Code::BadValue, text.span, message, hint);
    }
    trim
}

fn lines(reader: &mut Reader<'_>, page: Section<'_>) -> Option<usize> {
    let lines = reader.number(page, "lines")?;
    match usize::try_from(lines.value) {
        Ok(count) if (1..=MOST_LINES).contains(&lines.value) => Some(count),
        _ => {
            let message = format!("a page can't have {} lines", lines.value);
            let hint = format!("Write a number from 1 to {MOST_LINES}.");
            reader.fault(Code::BadValue, lines.span, message, &hint);
            None
        }
    }
}

fn hyphenation(reader: &mut Reader<'_>, text: Section<'_>, config: &mut Config) {
    for word in reader.strings(text, "hyphenation") {
        let parts_are_letters = word
            .value
            .split('-')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphabetic() || c == '’'));
        if parts_are_letters {
            config.hyphenation.push(word.value);
        } else {
            let message = format!("`{}` is not a word with hyphens", word.value);
            let hint = "Write the word with `-` where it may break, such as `type-set-ting`.";
            reader.fault(Code::BadValue, word.span, message, hint);
        }
    }
}

fn accent(reader: &mut Reader<'_>, theme: Section<'_>) -> Option<[u8; 3]> {
    let text = reader.string(theme, "accent")?;
    let accent = colour(&text.value);
    if accent.is_none() {
        let message = format!("`{}` is not a colour", text.value);
        let hint = "Write red, green and blue in hexadecimal, such as `#C8452B`.";
        reader.fault(Code::BadValue, text.span, message, hint);
    }
    accent
}
