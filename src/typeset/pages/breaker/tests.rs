use proptest::prelude::*;

use super::*;
use crate::source::{FileId, Span};
use crate::typeset::chunk::{Gap, NEVER, Row, Variant};

fn text(lines: usize, longer: bool) -> Chunk {
    let variant = |lines: usize, cost| Variant {
        rows: (0..lines)
            .map(|i| {
                let mut row = Row::items(1, Vec::new());
                let alone = i + 1 < lines && (i == 0 || i + 2 == lines);
                row.break_after = if alone { NEVER } else { 0.0 };
                row
            })
            .collect(),
        cost,
    };
    let mut variants = vec![variant(lines, 0.0)];
    if longer {
        variants.push(variant(lines + 1, 200.0));
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
        remark: None,
        span,
    }
}

fn figure(lines: usize) -> Chunk {
    let variant = |lines: usize, cost| Variant { rows: vec![Row::items(lines, Vec::new())], cost };
    chunk(
        ChunkKind::Float,
        vec![variant(lines, 0.0), variant(lines.saturating_sub(1).max(1), 160.0)],
        Gap::LINE,
    )
}

fn spec() -> PageSpec<'static> {
    PageSpec {
        lines: 20,
        leading: 14.0,
        note_leading: 11.0,
        note_lines: &|_| 2,
        starts_recto: true,
    }
}

/// How far each page is filled by what is placed on it, by its last line.
fn fills(chunks: &[Chunk], fit: &PageBreaks) -> Vec<usize> {
    let mut fills = vec![0];
    for event in &fit.events {
        match event {
            Event::Turn => fills.push(0),
            Event::Place { chunk, variant, from, to, at, repeat } => {
                let rows = &chunks[*chunk].variants[*variant].rows;
                let end = at + heights(&rows[..*repeat]) + heights(&rows[*from..*to]);
                if let Some(fill) = fills.last_mut() {
                    *fill = end.max(*fill);
                }
            }
            Event::Foot { .. } => {
                if let Some(fill) = fills.last_mut() {
                    *fill = 20;
                }
            }
            Event::Note { .. } => {}
        }
    }
    fills
}

#[test]
fn paragraphs_give_way_so_that_pages_are_full() {
    let chunks: Vec<Chunk> = (0..20).map(|i| text(3 + i % 4, i % 2 == 0)).collect();
    let fit = break_pages(&chunks, &spec());
    let fills = fills(&chunks, &fit);
    assert!(fills.len() > 3);
    for fill in &fills[..fills.len() - 1] {
        assert_eq!(*fill, 20, "{fills:?}");
    }
}

#[test]
fn a_figure_that_does_not_fit_leaves_no_hole() {
    let mut chunks: Vec<Chunk> = (0..12).map(|i| text(4, i % 2 == 0)).collect();
    chunks.insert(4, figure(9));
    let fit = break_pages(&chunks, &spec());
    let fills = fills(&chunks, &fit);
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
    let fit = break_pages(&chunks, &spec());
    let heading = fit.events.iter().position(|e| matches!(e, Event::Place { chunk: 3, .. }));
    let after = heading.and_then(|i| fit.events.get(i + 1));
    assert!(matches!(after, Some(Event::Place { chunk: 4, .. })), "{:?}", fit.events);
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
        let fit = break_pages(&chunks, &spec());
        for (index, chunk) in chunks.iter().enumerate() {
            let mut rows = 0;
            let mut variant_used = 0;
            for event in &fit.events {
                if let Event::Foot { chunk, variant } = event && *chunk == index {
                    rows += chunks[index].variants[*variant].rows.len();
                    variant_used = *variant;
                }
                if let Event::Place { chunk, variant, from, to, .. } = event && *chunk == index {
                    prop_assert!(chunks[index].kind == ChunkKind::Float || *from == rows);
                    rows += to - from;
                    variant_used = *variant;
                }
            }
            prop_assert_eq!(rows, chunk.variants[variant_used].rows.len());
        }
        for fill in fills(&chunks, &fit) {
            prop_assert!(fill <= 20);
        }
    }
}

#[test]
fn three_figures_in_a_row_after_a_heading_are_all_placed() {
    let mut heading = text(2, false);
    heading.keep_next = true;
    let chunks = vec![text(8, false), heading, figure(11), figure(4), figure(4)];
    let fit = break_pages(&chunks, &spec());
    for figure in 2..5 {
        let placed = |e: &&Event| match e {
            Event::Place { chunk, .. } | Event::Foot { chunk, .. } => *chunk == figure,
            Event::Turn | Event::Note { .. } => false,
        };
        assert_eq!(fit.events.iter().filter(placed).count(), 1, "figure {figure}");
    }
}
