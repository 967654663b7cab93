//! The page breaker: the best pages for a whole chapter.
//!
//! All heights are whole grid lines, so that a page is full or it is not, and
//! the search is one over whole numbers: a state says how far the page at hand
//! is filled, by text from the top and by notes and figures from the foot, and
//! chunk by chunk every state is advanced in every way that is allowed. The
//! cheapest way to reach a state is kept (dynamic programming after Michael F.
//! Plass, *Optimal Pagination Techniques for Automatic Typesetting Systems*,
//! 1981), and the whole chapter is followed back from its cheapest end. What
//! gives: paragraphs set a line longer or shorter, pictures a little smaller,
//! the space above headings, figures moved to the head or foot of a page.
//!
//! [`search`] is the dynamic programming, [`state`] what it tells apart.
//! [`advance`] sets one chunk, by way of [`rows`], [`end_page`], [`figures`] and [`notes`];
//! they do the same whether a way is tried, replayed or explained, and tell a
//! [`Recorder`] of it. What everything costs stands in
//! [`crate::typeset::page_costs`], where a widow or an orphan is prevented in
//! [`crate::typeset::widows`].

mod advance;
mod chapter;
mod dump;
mod end_page;
mod explain;
mod figures;
mod notes;
mod recorder;
mod rows;
mod search;
mod state;

use crate::typeset::chunk::Chunk;

use chapter::ChunkList;
use search::{Beam, Search};

pub use chapter::PageSpec;
pub use dump::dump_pages;
pub use explain::{Alternative, ExplainedPage, explain_pages};
pub use recorder::{CostKind, Event, PageEnd};

/// The pages of a chapter.
#[derive(Debug, Clone, Default)]
pub struct PageBreaks {
    /// What happens, from the first page to the last.
    pub events: Vec<Event>,
    /// What it costs, in demerits.
    pub cost: f64,
}

/// Finds the cheapest pages for the chunks of a chapter.
pub fn break_pages(chunks: &[Chunk], spec: &PageSpec<'_>) -> PageBreaks {
    let list = ChunkList { chunks, spec };
    let Some(found) = Search::new(list, Beam::DEFAULT).run() else {
        return PageBreaks::default();
    };
    let mut events: Vec<Event> = Vec::new();
    let last = list.replay(&found.choices, &mut events);
    list.place_the_rest(last, &mut events);
    PageBreaks { events, cost: found.cost.0 }
}

#[cfg(test)]
mod tests;
