use proptest::prelude::*;

use super::*;
use crate::model::NoteId;
use crate::source::{FileId, Span};
use crate::typeset::chunk::{ChunkKind, Cost, Gap, NEVER, Row, Variant};

use super::chapter::heights;
use super::state::State;

fn text(lines: usize, longer: bool) -> Chunk {
    let variant = |lines: usize, cost: Cost| Variant {
        rows: (0..lines)
            .map(|i| {
                let mut row = Row::items(1, Vec::new());
                let alone = i + 1 < lines && (i == 0 || i + 2 == lines);
                row.break_after = if alone { NEVER } else { Cost::ZERO };
                row
            })
            .collect(),
        cost,
    };
    let mut variants = vec![variant(lines, Cost::ZERO)];
    if longer {
        variants.push(variant(lines + 1, Cost(200.0)));
    }
    chunk(ChunkKind::Flow, variants, Gap::NONE)
}

fn chunk(kind: ChunkKind, variants: Vec<Variant>, gap: Gap) -> Chunk {
    let span = Span::new(FileId(0), 0, 0);
    Chunk {
        variants,
        before: gap,
        after: gap,
        keep_next: false,
        kind,
        repeat: 0,
        compromise: None,
        span,
    }
}

fn figure(lines: usize) -> Chunk {
    let variant =
        |lines: usize, cost: Cost| Variant { rows: vec![Row::items(lines, Vec::new())], cost };
    chunk(
        ChunkKind::Float,
        vec![variant(lines, Cost::ZERO), variant(lines.saturating_sub(1).max(1), Cost(160.0))],
        Gap::LINE,
    )
}

fn spec() -> PageSpec<'static> {
    PageSpec {
        lines: 20,
        leading: 14.0,
        note_leading: 11.0,
        note_lines: &|_| 2,
        note_break: &|_, line| line,
        starts_recto: true,
    }
}

/// How far each page is filled by what is placed on it, by its last line.
fn fills(chunks: &[Chunk], breaks: &PageBreaks) -> Vec<usize> {
    let mut fills = vec![0];
    for event in &breaks.events {
        match event {
            Event::NewPage => fills.push(0),
            Event::Rows { chunk, variant, from, to, at, repeat } => {
                let rows = &chunks[*chunk].variants[*variant].rows;
                let end = at + heights(&rows[..*repeat]) + heights(&rows[*from..*to]);
                if let Some(fill) = fills.last_mut() {
                    *fill = end.max(*fill);
                }
            }
            Event::FigureAtFoot { .. } => {
                if let Some(fill) = fills.last_mut() {
                    *fill = 20;
                }
            }
            Event::NoteLines { .. } => {}
        }
    }
    fills
}

#[test]
fn paragraphs_give_way_so_that_pages_are_full() {
    let chunks: Vec<Chunk> = (0..20).map(|i| text(3 + i % 4, i % 2 == 0)).collect();
    let breaks = break_pages(&chunks, &spec());
    let fills = fills(&chunks, &breaks);
    assert!(fills.len() > 3);
    for fill in &fills[..fills.len() - 1] {
        assert_eq!(*fill, 20, "{fills:?}");
    }
}

#[test]
fn a_figure_that_does_not_fit_leaves_no_hole() {
    let mut chunks: Vec<Chunk> = (0..12).map(|i| text(4, i % 2 == 0)).collect();
    chunks.insert(4, figure(9));
    let breaks = break_pages(&chunks, &spec());
    let fills = fills(&chunks, &breaks);
    for fill in &fills[..fills.len() - 1] {
        assert_eq!(*fill, 20, "{fills:?}");
    }
}

#[test]
fn a_heading_is_never_last_on_its_page() {
    let mut chunks: Vec<Chunk> = (0..3).map(|_| text(6, true)).collect();
    let mut heading = text(1, false);
    heading.keep_next = true;
    chunks.push(heading);
    chunks.extend((0..3).map(|_| text(6, true)));
    let breaks = break_pages(&chunks, &spec());
    let heading = breaks.events.iter().position(|e| matches!(e, Event::Rows { chunk: 3, .. }));
    let after = heading.and_then(|i| breaks.events.get(i + 1));
    assert!(matches!(after, Some(Event::Rows { chunk: 4, .. })), "{:?}", breaks.events);
}

proptest! {
    #[test]
    fn every_row_is_placed_once_and_in_its_page(
        shapes in prop::collection::vec((1usize..9, any::<bool>(), 0u8..12), 1..30),
    ) {
        let chunks: Vec<Chunk> = shapes
            .iter()
            .map(|&(lines, longer, kind)| match kind {
                0 => figure(lines + 3),
                1 => { let mut c = text(lines, longer); c.keep_next = true; c }
                2 => { let mut c = text(lines, longer); c.variants[0].rows[0].notes.push(NoteId(0)); c.variants.truncate(1); c }
                _ => text(lines, longer),
            })
            .collect();
        let breaks = break_pages(&chunks, &spec());
        for (index, chunk) in chunks.iter().enumerate() {
            let mut rows = 0;
            let mut variant_used = 0;
            for event in &breaks.events {
                if let Event::FigureAtFoot { chunk, variant } = event && *chunk == index {
                    rows += chunks[index].variants[*variant].rows.len();
                    variant_used = *variant;
                }
                if let Event::Rows { chunk, variant, from, to, .. } = event && *chunk == index {
                    prop_assert!(chunks[index].kind == ChunkKind::Float || *from == rows);
                    rows += to - from;
                    variant_used = *variant;
                }
            }
            prop_assert_eq!(rows, chunk.variants[variant_used].rows.len());
        }
        for fill in fills(&chunks, &breaks) {
            prop_assert!(fill <= 20);
        }
    }
}

#[test]
fn three_figures_in_a_row_after_a_heading_are_all_placed() {
    let mut heading = text(2, false);
    heading.keep_next = true;
    let chunks = vec![text(8, false), heading, figure(11), figure(4), figure(4)];
    let breaks = break_pages(&chunks, &spec());
    for figure in 2..5 {
        let placed = |e: &&Event| match e {
            Event::Rows { chunk, .. } | Event::FigureAtFoot { chunk, .. } => *chunk == figure,
            Event::NewPage | Event::NoteLines { .. } => false,
        };
        assert_eq!(breaks.events.iter().filter(placed).count(), 1, "figure {figure}");
    }
}

/// The cost of the cheapest pages, by trying every way. No way gets cheaper as
/// it goes on, so one that is as dear as the best known is not followed.
fn brute_force(search: &Search<'_>, chunks: usize, state: &State, index: usize, best: &mut Cost) {
    if state.cost >= *best {
        return;
    }
    if index == chunks {
        let total = search.total(state);
        if total < *best {
            *best = total;
        }
        return;
    }
    let mut ways = Vec::new();
    search.choices(state, index, &mut |_, next| ways.push(next));
    ways.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    for next in ways {
        brute_force(search, chunks, &next, index + 1, best);
    }
}

/// No limit to the states that are kept.
const WIDE: Beam = Beam { states: usize::MAX, excess: Cost(f64::INFINITY) };

/// A chunk of a kind, with a note of some lines where it can have one.
fn any_chunk(kind: u8, lines: usize, longer: bool, note: u32) -> Chunk {
    match kind {
        0 | 1 => figure(lines),
        2 => {
            let mut heading = text(1, false);
            heading.keep_next = true;
            heading.before = Gap { min: 1, ideal: 2, max: 3 };
            heading.after = Gap { min: 0, ideal: 1, max: 1 };
            heading
        }
        3 => {
            let mut separator = text(1, false);
            separator.kind = ChunkKind::NotAtPageTop;
            (separator.before, separator.after) = (Gap::LINE, Gap::LINE);
            separator
        }
        4 => {
            let mut quote = text(lines, longer);
            let gap = Gap { min: 0, ideal: 1, max: 2 };
            (quote.before, quote.after) = (gap, gap);
            quote
        }
        5 => {
            let mut noted = text(lines, false);
            if let Some(row) = noted.variants[0].rows.get_mut(lines / 2) {
                row.notes.push(NoteId(note));
            }
            noted
        }
        _ => text(lines, longer),
    }
}

/// What the search finds for chunks of some kinds, and what is possible.
fn found_and_possible(
    shapes: &[(u8, usize, bool)],
    lines: usize,
    starts_recto: bool,
) -> (Cost, Cost) {
    let chunks: Vec<Chunk> = (0u32..)
        .zip(shapes)
        .map(|(note, &(kind, lines, longer))| any_chunk(kind, lines, longer, note))
        .collect();
    let note_lines = |note: NoteId| 1 + note.0 as usize % 5;
    let spec = PageSpec { lines, note_lines: &note_lines, starts_recto, ..spec() };
    let list = ChunkList { chunks: &chunks, spec: &spec };
    let search = Search::new(list, WIDE);
    let found = search.run().expect("there is always a way");
    let mut last = list.replay(&found.choices, &mut ());
    list.close(&mut last, &mut ());
    assert!((last.cost.0 - found.cost.0).abs() < 1e-6, "what was found costs what it says");
    let mut best = Cost(f64::INFINITY);
    brute_force(&search, chunks.len(), &State::beginning(), 0, &mut best);
    (found.cost, best)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_pages_are_cheaper_than_those_found(
        shapes in prop::collection::vec((0u8..9, 1usize..6, any::<bool>()), 1..8),
        lines in 6usize..11,
        starts_recto in any::<bool>(),
    ) {
        let (found, possible) = found_and_possible(&shapes, lines, starts_recto);
        prop_assert!((found.0 - possible.0).abs() < 1e-6, "{found:?} found, {possible:?} possible");
    }
}

#[test]
fn the_gap_after_a_figure_that_stands_elsewhere_is_not_forgotten() {
    // Two ways past the figure fill the page alike, but leave other gaps below.
    let shapes =
        [(4, 2, false), (4, 3, false), (6, 4, false), (0, 3, false), (6, 2, false), (3, 1, false)];
    let (found, possible) = found_and_possible(&shapes, 10, false);
    assert_eq!((found, possible), (Cost(250.0), Cost(250.0)));
}

#[test]
fn the_costs_by_name_add_up_and_no_alternative_is_cheaper() {
    let mut chunks: Vec<Chunk> = (0..14).map(|i| text(3 + i % 5, i % 2 == 0)).collect();
    chunks.insert(6, figure(7));
    let pages = explain_pages(&chunks, &spec());
    let breaks = break_pages(&chunks, &spec());
    let sum: Cost = pages.iter().flat_map(|p| &p.costs).map(|(_, cost)| *cost).sum();
    assert!((sum.0 - breaks.cost).abs() < 1.0, "{sum:?}, {}", breaks.cost);
    assert!(pages.len() >= 3);
    for page in &pages[..pages.len() - 1] {
        assert!(!page.alternatives.is_empty());
        for other in &page.alternatives {
            assert!(other.more.0 >= 0.0 && other.end != page.end, "{other:?}");
            let sum: Cost = other.differences.iter().map(|(_, cost)| *cost).sum();
            assert!((sum.0 - other.more.0).abs() < 1.0, "{other:?}");
        }
    }
}
