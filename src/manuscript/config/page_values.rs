//! `[page]` and `[text]`: lengths that give a page one can read.
//!
//! Each value is checked by itself, then with the others: a measure that is wider
//! than the page is an error and no page without margins.

use super::reader::{Reader, Section};
use crate::diag::Code;
use crate::manuscript::located::Located;
use crate::theme::{Overrides, Theme, parse_length, parse_trim};
use crate::units::Pt;

/// The smallest and the largest side of a page: 2 and 30 inches. Presses print
/// nothing larger, and a page takes memory for its area.
const SIDE: (Pt, Pt) = (Pt(144.0), Pt(2160.0));
/// The smallest and the largest font size.
const SIZE: (Pt, Pt) = (Pt(4.0), Pt(72.0));
/// The distance between baselines as a multiple of the font size.
const LEADING: (f64, f64) = (0.8, 4.0);
/// The narrowest measure as a multiple of the font size: a few words a line.
const NARROWEST: f64 = 8.0;
/// What both margins at the sides leave at least, together.
const MARGINS: Pt = Pt(36.0);
/// The margin at the foot.
const FOOT: Pt = Pt(18.0);

/// Reads `[page]`.
pub(super) fn page(reader: &mut Reader<'_>, page: Section<'_>, overrides: &mut Overrides) {
    overrides.trim = trim(reader, page);
    let measure = length(reader, page, "measure");
    let inner = length(reader, page, "inner");
    let top = length(reader, page, "top");
    let (width, height) = overrides.trim.unwrap_or(Theme::default().trim);
    overrides.measure = checked(reader, measure, "measure", (Pt(72.0), width - MARGINS));
    let taken = overrides.measure.unwrap_or(Pt(72.0));
    overrides.inner = checked(reader, inner, "inner", (Pt(0.0), width - taken));
    overrides.top = checked(reader, top, "top", (Pt(9.0), height * 0.5));
}

/// Reads the lengths of `[text]`.
pub(super) fn text(reader: &mut Reader<'_>, text: Section<'_>, overrides: &mut Overrides) {
    let size = length(reader, text, "size");
    let leading = length(reader, text, "leading");
    let indent = length(reader, text, "indent");
    overrides.size = checked(reader, size, "size", SIZE);
    let size = overrides.size.unwrap_or(Theme::default().size);
    overrides.leading = checked(reader, leading, "leading", (size * LEADING.0, size * LEADING.1));
    let measure = Theme::with(overrides).measure;
    overrides.indent = checked(reader, indent, "indent", (Pt(0.0), measure * 0.5));
}

/// Checks what `[page]` and `[text]` give together, and reads how many lines a page
/// has, which depends on both.
pub(super) fn together(
    reader: &mut Reader<'_>,
    page: Option<Section<'_>>,
    overrides: &mut Overrides,
) {
    let Some(page) = page else { return };
    let theme = Theme::with(overrides);
    if overrides.measure.is_some()
        && theme.measure < theme.size * NARROWEST
        && let Some(key) = reader.string(page, "measure")
    {
        let message = format!("`measure`: `{}` holds hardly a word a line", key.value);
        let hint = format!("At this font size, write at least {}.", shown(theme.size * NARROWEST));
        reader.fault(Code::BadValue, key.span, message, &hint);
    }
    overrides.lines = lines(reader, page, &theme);
}

fn lines(reader: &mut Reader<'_>, page: Section<'_>, theme: &Theme) -> Option<usize> {
    let lines = reader.number(page, "lines")?;
    let room = theme.trim.1 - theme.top - FOOT;
    let fitting = (room / theme.leading).floor().max(0.0) as u64 + 1;
    match usize::try_from(lines.value) {
        Ok(count) if (1..=fitting).contains(&lines.value) => Some(count),
        _ => {
            let message = format!("a page of this size can't have {} lines", lines.value);
            let hint = format!("Write a number from 1 to {fitting}.");
            reader.fault(Code::BadValue, lines.span, message, &hint);
            None
        }
    }
}

fn length(reader: &mut Reader<'_>, section: Section<'_>, key: &str) -> Option<Located<Pt>> {
    let text = reader.string(section, key)?;
    match parse_length(&text.value) {
        Ok(length) => Some(text.map(|_| length)),
        Err(error) => {
            reader.fault(Code::BadValue, text.span, format!("`{key}`: {error}"), "");
            None
        }
    }
}

/// A length within bounds; one that isn't is reported.
fn checked(
    reader: &mut Reader<'_>,
    length: Option<Located<Pt>>,
    key: &str,
    (least, most): (Pt, Pt),
) -> Option<Pt> {
    let length = length?;
    if least <= length.value && length.value <= most {
        return Some(length.value);
    }
    let much = if length.value < least { "little" } else { "much" };
    let message = format!("`{key}`: {} is too {much}", shown(length.value));
    let hint = format!("With this page and font size, write {} to {}.", shown(least), shown(most));
    reader.fault(Code::BadValue, length.span, message, &hint);
    None
}

fn trim(reader: &mut Reader<'_>, page: Section<'_>) -> Option<(Pt, Pt)> {
    let text = reader.string(page, "trim")?;
    let Ok(trim) = parse_trim(&text.value) else {
        let message = format!("`{}` is not a page size", text.value);
        let hint = "Write `6x9in`, `148x210mm`, or one of `a4`, `a5`, `b5`, `digest`, `royal`, \
                    `letter`.";
        reader.fault(Code::BadValue, text.span, message, hint);
        return None;
    };
    let fits = |side: Pt| SIDE.0 <= side && side <= SIDE.1;
    if fits(trim.0) && fits(trim.1) {
        return Some(trim);
    }
    let message = format!("`{}` is no size for a page of a book", text.value);
    let hint = "Each side has to be between 2 and 30 inches (51 to 762 mm).";
    reader.fault(Code::BadValue, text.span, message, hint);
    None
}

/// A length in points, without a fraction that nobody needs.
fn shown(length: Pt) -> String {
    let tenths = (length.0 * 10.0).round() / 10.0;
    format!("{tenths}pt")
}
