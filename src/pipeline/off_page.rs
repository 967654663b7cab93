//! Whether all words lie on paper.
//!
//! The files hold every word, and so the proof of text finds nothing where a block
//! that can't be broken is higher than a page: readers of the print would not see
//! what sticks out.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::page::{GlyphRun, Item, Page, Pages};

/// So many characters of the words are shown.
const SHOWN: usize = 60;

/// Reports each page with words off its edges.
pub fn check(pages: &Pages, diagnostics: &mut Diagnostics) {
    for page in &pages.pages {
        let mut off = page.items.iter().filter_map(|item| match item {
            Item::Glyphs(run) if is_off(run, page) => Some(run),
            _ => None,
        });
        let Some(first) = off.next() else { continue };
        let words: usize = off.chain([first]).map(|run| run.text.split_whitespace().count()).sum();
        let shown: String = first.text.chars().take(SHOWN).collect();
        let message = format!(
            "page {}: {words} words lie off the paper, from `{}` on",
            page.folio,
            shown.trim()
        );
        let hint = "Nothing there can be broken over pages: shorten it, or make several of it.";
        diagnostics.push(Diagnostic::new(Code::OffPage, message).hint(hint));
    }
}

/// Whether a run's baseline is above or below the page. What is beside it is part of
/// a line that is too long, which is a finding of its own (`overfull-line`).
fn is_off(run: &GlyphRun, page: &Page) -> bool {
    let (y, height) = (run.origin.y, page.size.1);
    !run.text.trim().is_empty() && (y.0 < 0.0 || y > height)
}
