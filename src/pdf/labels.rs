//! Page labels: the numbers a reader shows are those that are printed
//! (ISO 32000-1, 12.4.2).

use lopdf::{Dictionary, Object, dictionary};

use super::syntax::{name, text};
use crate::page::{Folio, Page};

/// The number tree, one entry for each page at which a series begins.
pub(super) fn page_labels(pages: &[Page]) -> Dictionary {
    let mut numbers: Vec<Object> = Vec::new();
    let mut last = None;
    for (index, page) in pages.iter().enumerate() {
        if last.and_then(next) != Some(page.folio) {
            numbers.extend([Object::Integer(index as i64), label(index, page.folio).into()]);
        }
        last = Some(page.folio);
    }
    dictionary! { "Nums" => numbers }
}

/// The folio that needs no new entry after this one.
fn next(folio: Folio) -> Option<Folio> {
    match folio {
        Folio::None => None,
        Folio::Roman(n) => Some(Folio::Roman(n.saturating_add(1))),
        Folio::Arabic(n) => Some(Folio::Arabic(n.saturating_add(1))),
    }
}

fn label(index: usize, folio: Folio) -> Dictionary {
    let mut dict = Dictionary::new();
    match folio {
        Folio::None if index == 0 => dict.set("P", text("Cover")),
        Folio::None => {}
        Folio::Roman(n) => set_series(&mut dict, "r", n),
        Folio::Arabic(n) => set_series(&mut dict, "D", n),
    }
    dict
}

fn set_series(dict: &mut Dictionary, style: &str, first: u32) {
    dict.set("S", name(style));
    // A series can't begin below one.
    dict.set("St", i64::from(first.max(1)));
}
