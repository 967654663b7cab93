//! Running heads and folios.

use crate::model::{Book, Chapter, Direction, shown_text};
use crate::page::{Artifact, Folio, Item, Side, Tag};
use crate::typeset::context::{Context, Output};
use crate::typeset::inline::label;
use crate::typeset::margins::left_margin;
use crate::typeset::scope::Scope;
use crate::typeset::style::TextStyle;
use crate::units::Pt;

use super::emit::ChapterPage;

/// The words of a running head: of the book on versos, of the chapter on rectos.
pub fn running_head(book: &Book, chapter: Option<&Chapter>, side: Side) -> String {
    let own = chapter.map(|c| shown_text(c.name())).unwrap_or_default();
    match side {
        Side::Verso => book.meta.title.clone(),
        Side::Recto if own.is_empty() => book.meta.title.clone(),
        Side::Recto => own,
    }
}

/// Adds the head and the folio that a page asks for.
pub fn add_head_and_folio(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    page: &mut ChapterPage,
    side: Side,
    folio: Folio,
    head: &str,
) {
    let theme = cx.theme;
    let left = left_margin(theme, side == Side::Recto, cx.book.meta.direction());
    let scope = Scope { left, width: theme.measure, ..scope };
    if page.head && !head.is_empty() {
        let style = TextStyle::spaced_caps(theme.caption_size, theme.caps_tracking);
        let scope = Scope { style, ..scope };
        let words = shortened(cx, output, scope, head, theme.measure * theme.running_head.longest);
        let y = theme.top - theme.leading * theme.running_head.above;
        page.items.extend(outside(cx, output, scope, &words, Artifact::Header, side, y));
    }
    let number = folio.to_string();
    if page.folio && !number.is_empty() {
        let style = TextStyle::text(theme.caption_size + theme.running_head.folio_growth);
        let scope = Scope { style, ..scope };
        let y = theme.last_baseline() + theme.leading * theme.running_head.below;
        page.items.extend(outside(cx, output, scope, &number, Artifact::Footer, side, y));
    }
}

/// Words against the outer edge of the text block, at a height of the page.
fn outside(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    words: &str,
    kind: Artifact,
    side: Side,
    y: Pt,
) -> impl Iterator<Item = Item> {
    let runs = label(cx, output, scope, words, Tag::Artifact(kind));
    let width: Pt = runs.iter().map(|r| r.width()).sum();
    let x = match (side, cx.book.meta.direction()) {
        (Side::Recto, Direction::Ltr) | (Side::Verso, Direction::Rtl) => {
            scope.left + scope.width - width
        }
        (Side::Verso, Direction::Ltr) | (Side::Recto, Direction::Rtl) => scope.left,
    };
    runs.into_iter().map(move |mut run| {
        run.origin.x += x;
        run.origin.y += y;
        Item::Glyphs(run)
    })
}

/// A head that fits: whole, or without what follows a colon or dash, or cut
/// between words with an ellipsis.
fn shortened(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    head: &str,
    room: Pt,
) -> String {
    let mut width_of = |words: &str| -> Pt {
        let runs = label(cx, output, scope, words, Tag::Artifact(Artifact::Header));
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
