//! Running heads and folios.

use crate::model::Direction;
use crate::page::{Artifact, Folio, Item, Side, Tag};
use crate::theme::Theme;
use crate::typeset::blocks;
use crate::typeset::chapter::Setter;
use crate::typeset::style::TextStyle;
use crate::units::Pt;

use super::emit::Draft;

/// Grid lines between the running head and the first line of text.
const ABOVE: f64 = 2.0;
/// Grid lines between the last line of text and the folio.
const BELOW: f64 = 2.0;

/// The left margin of a page. Rectos are on the right in books that run to the
/// right, and on the left in those that run to the left.
pub fn left_margin(theme: &Theme, recto: bool, direction: Direction) -> Pt {
    if recto == (direction == Direction::Ltr) { theme.inner } else { theme.outer() }
}

/// Adds the head and the folio that a page asks for.
pub fn furnish(setter: &mut Setter<'_>, page: &mut Draft, side: Side, folio: Folio, head: &str) {
    let theme = setter.theme;
    let left = left_margin(theme, side == Side::Recto, setter.book.meta.direction());
    let right = left + theme.measure;
    if page.head && !head.is_empty() {
        let style = blocks::spaced_caps(theme.caption_size, theme.caps_tracking);
        let words = shortened(setter, head, style, theme.measure * 0.8);
        let y = theme.top - theme.leading * ABOVE;
        place(setter, page, &words, style, Artifact::Header, side, (left, right), y);
    }
    let number = folio.to_string();
    if page.folio && !number.is_empty() {
        let style = TextStyle::text(theme.caption_size + Pt(1.0));
        let y = theme.last_baseline() + theme.leading * BELOW;
        place(setter, page, &number, style, Artifact::Footer, side, (left, right), y);
    }
}

/// Sets words against the outer edge of the text block.
#[allow(clippy::too_many_arguments, reason = "head and folio differ in all of them")]
fn place(
    setter: &mut Setter<'_>,
    page: &mut Draft,
    words: &str,
    style: TextStyle,
    kind: Artifact,
    side: Side,
    (left, right): (Pt, Pt),
    y: Pt,
) {
    let runs = blocks::label(setter, words, style, Tag::Artifact(kind));
    let width: Pt = runs.iter().map(|r| r.width()).sum();
    let x = match (side, setter.book.meta.direction()) {
        (Side::Recto, Direction::Ltr) | (Side::Verso, Direction::Rtl) => right - width,
        (Side::Verso, Direction::Ltr) | (Side::Recto, Direction::Rtl) => left,
    };
    page.items.extend(runs.into_iter().map(|mut run| {
        run.origin.x += x;
        run.origin.y += y;
        Item::Glyphs(run)
    }));
}

/// A head that fits: whole, or without what follows a colon or dash, or cut
/// between words with an ellipsis.
fn shortened(setter: &mut Setter<'_>, head: &str, style: TextStyle, room: Pt) -> String {
    let mut width_of = |words: &str| -> Pt {
        let runs = blocks::label(setter, words, style, Tag::Artifact(Artifact::Header));
        runs.iter().map(|r| r.width()).sum()
    };
    if width_of(head) <= room {
        return head.to_owned();
    }
    for mark in [":", " – ", "—", "("] {
        if let Some((main, _)) = head.split_once(mark) {
            let main = main.trim();
            if !main.is_empty() && width_of(main) <= room {
                return main.to_owned();
            }
        }
    }
    let words: Vec<&str> = head.split_whitespace().collect();
    for count in (1..words.len()).rev() {
        let cut = words.get(..count).unwrap_or(&[]).join(" ");
        let cut = format!("{}…", cut.trim_end_matches([',', ';', ':', '–', '—']));
        if width_of(&cut) <= room {
            return cut;
        }
    }
    String::new()
}
