//! `[page]`, `[text]`, `[fonts]` and `[theme]`: what a book changes in its look.

use super::Config;
use super::checks::colour;
use super::page_values;
use super::reader::{Reader, Section};
use crate::diag::Code;
use crate::theme::Lead;

/// Fills the theme's changes and the hyphenation of single words.
pub(super) fn read(reader: &mut Reader<'_>, top: Section<'_>, config: &mut Config) {
    let page = reader.section(top, "page");
    if let Some(page) = page {
        reader.check_keys(page, "page", &["trim", "measure", "lines", "inner", "top"]);
        page_values::page(reader, page, &mut config.overrides);
    }
    if let Some(text) = reader.section(top, "text") {
        let known = ["size", "leading", "indent", "lead", "ornament", "hyphenation"];
        reader.check_keys(text, "text", &known);
        page_values::text(reader, text, &mut config.overrides);
        let leads =
            [("drop-cap", Lead::DropCap), ("small-caps", Lead::SmallCaps), ("plain", Lead::Plain)];
        config.overrides.lead = reader.choice(text, "lead", &leads);
        config.overrides.ornament = reader.string(text, "ornament").map(|o| o.value);
        hyphenation(reader, text, config);
    }
    page_values::together(reader, page, &mut config.overrides);
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
