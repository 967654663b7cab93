//! What the page breaker weighed: the costs of each page, and the next best
//! places where it could have ended.

use std::collections::BTreeMap;

use crate::typeset::chunk::{Chunk, ChunkKind, Cost};

use super::advance::Choice;
use super::chapter::{ChunkList, PageSpec};
use super::recorder::{CostKind, PageEnd, Recorder};
use super::search::{Beam, Search};

/// So many other ends of a page are looked for.
const MOST_ALTERNATIVES: usize = 2;

/// A page with what it cost.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedPage {
    /// Where it ends; `None` for the chapter's last.
    pub end: Option<PageEnd>,
    /// What was paid for on it, by name, without what cost nothing.
    pub costs: Vec<(CostKind, Cost)>,
    /// The next best ends, the best first; none where the text itself begins a
    /// new page.
    pub alternatives: Vec<Alternative>,
}

/// The best pages for the whole chapter if a page may not end where it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Where it would end; `None` if it would be the chapter's last.
    pub end: Option<PageEnd>,
    /// How much dearer the chapter would be.
    pub more: Cost,
    /// The same by name, without what stays the same.
    pub differences: Vec<(CostKind, Cost)>,
}

/// Breaks a chapter into pages as [`super::break_pages`] does, and says of each
/// page what it cost and what else could have been. Each alternative is a search
/// of its own.
pub fn explain_pages(chunks: &[Chunk], spec: &PageSpec<'_>) -> Vec<ExplainedPage> {
    let list = ChunkList { chunks, spec };
    let Some(found) = Search::new(list, Beam::DEFAULT).run() else { return Vec::new() };
    let ledger = Ledger::of(list, &found.choices);
    let explained = |(number, page): (usize, &LedgerPage)| ExplainedPage {
        end: page.end,
        costs: nonzero(&page.costs),
        alternatives: match page.end.filter(|end| !is_forced(chunks, *end)) {
            Some(end) => alternatives(list, &ledger, (number, end), found.cost),
            None => Vec::new(),
        },
    };
    ledger.pages.iter().enumerate().map(explained).collect()
}

fn is_forced(chunks: &[Chunk], end: PageEnd) -> bool {
    chunks.get(end.chunk).is_none_or(|c| c.kind == ChunkKind::PageBreak)
}

/// The next best ends of a page.
fn alternatives(
    list: ChunkList<'_>,
    chosen: &Ledger,
    (number, end): (usize, PageEnd),
    cost: Cost,
) -> Vec<Alternative> {
    let mut barred = vec![end];
    let mut out = Vec::new();
    while out.len() < MOST_ALTERNATIVES {
        let search = Search::new(list, Beam::DEFAULT).without(&barred);
        let Some(other) = search.run() else { break };
        let ledger = Ledger::of(list, &other.choices);
        let end = ledger.pages.get(number).and_then(|page| page.end);
        let mut differences = ledger.totals();
        for (kind, cost) in chosen.totals() {
            let difference = differences.entry(kind).or_default();
            *difference = *difference - cost;
        }
        let more = other.cost - cost;
        out.push(Alternative { end, more, differences: nonzero(&differences) });
        match end.filter(|end| !barred.contains(end)) {
            Some(end) => barred.push(end),
            None => break,
        }
    }
    out
}

/// What cost anything: a sum that differs by less than this differs by rounding.
const ROUNDING: f64 = 0.05;

fn nonzero(costs: &BTreeMap<CostKind, Cost>) -> Vec<(CostKind, Cost)> {
    costs.iter().filter(|(_, cost)| cost.0.abs() >= ROUNDING).map(|(k, c)| (*k, *c)).collect()
}

/// What is paid for, page by page.
#[derive(Debug)]
struct Ledger {
    pages: Vec<LedgerPage>,
}

#[derive(Debug, Default)]
struct LedgerPage {
    end: Option<PageEnd>,
    costs: BTreeMap<CostKind, Cost>,
}

impl Ledger {
    fn of(list: ChunkList<'_>, choices: &[Choice]) -> Ledger {
        let mut ledger = Ledger { pages: vec![LedgerPage::default()] };
        let mut last = list.replay(choices, &mut ledger);
        list.close(&mut last, &mut ledger);
        ledger
    }

    fn totals(&self) -> BTreeMap<CostKind, Cost> {
        let mut totals: BTreeMap<CostKind, Cost> = BTreeMap::new();
        for (kind, cost) in self.pages.iter().flat_map(|page| &page.costs) {
            *totals.entry(*kind).or_default() += *cost;
        }
        totals
    }
}

impl Recorder for Ledger {
    fn page_end(&mut self, end: PageEnd) {
        if let Some(page) = self.pages.last_mut() {
            page.end = Some(end);
        }
        self.pages.push(LedgerPage::default());
    }

    fn charge(&mut self, kind: CostKind, cost: Cost) {
        if let Some(page) = self.pages.last_mut() {
            *page.costs.entry(kind).or_default() += cost;
        }
    }
}
