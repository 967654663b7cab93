use proptest::prelude::*;

use super::*;
use crate::typeset::lines::sums::Sums;

/// Words and spaces of the widths given, with a hyphen allowed in every word
/// longer than 30.
fn paragraph(words: &[u8]) -> Vec<Breakpoint> {
    let candidate = |kind, end, start, penalty| Breakpoint {
        kind,
        element: 0,
        byte: 0,
        next: 0,
        end,
        start,
        end_extra: if kind == BreakKind::Hyphen { 3.0 } else { 0.0 },
        start_extra: 0.0,
        penalty,
        word_before: 0,
        word_after: 0,
    };
    let mut sums = Sums::default();
    let mut list = vec![candidate(BreakKind::Forced, sums, sums, 0.0)];
    for (i, &width) in words.iter().enumerate() {
        let width = f64::from(width) + 5.0;
        if width > 30.0 {
            let mut middle = sums;
            middle.width += width / 2.0;
            middle.flex += width * 0.01;
            list.push(candidate(BreakKind::Hyphen, middle, middle, 140.0));
        }
        sums.width += width;
        sums.flex += width * 0.02;
        if i + 1 == words.len() {
            list.push(candidate(BreakKind::End, sums, sums, 0.0));
        } else {
            let mut after = sums;
            after.space += 3.0;
            list.push(candidate(BreakKind::Space, sums, after, 0.0));
            sums = after;
        }
    }
    list
}

/// What a set of breaks costs, found without the search; `None` where it can't be.
fn price_of(list: &[Breakpoint], shape: &LineShape, breaks: &[usize]) -> Option<f64> {
    let goal = Goal { alignment: Alignment::Justified, share: 1.0 };
    let mut cost = 0.0;
    let mut from = 0;
    let mut state = State {
        from: 0,
        before: 0,
        line: 0,
        hyphens: 0,
        adjustment: Adjustment::default(),
        demerits: 0.0,
    };
    for (line, &b) in breaks.iter().enumerate() {
        let (ca, cb) = (&list[from], &list[b]);
        let (adjustment, own) =
            line_demerits(ca, cb, shape.width(line), goal, WIDEST, from + 1 == b)?;
        cost += own;
        if from > 0 {
            cost +=
                adjacency_demerits(ca, cb, &list[state.from], &state.adjustment, &adjustment, goal);
        }
        let hyphens = if cb.kind == BreakKind::Hyphen { (state.hyphens + 1).min(3) } else { 0 };
        cost += ladder_demerits(hyphens) + last_hyphen_demerits(ca, cb);
        state = State { from, before: 0, line: line + 1, hyphens, adjustment, demerits: cost };
        from = b;
    }
    Some(cost)
}

/// The cheapest price of all sets of breaks, by trying every one.
fn brute_force(list: &[Breakpoint], shape: &LineShape) -> Option<f64> {
    let inner = list.len() - 2;
    (0u32..1 << inner)
        .filter_map(|set| {
            let mut breaks: Vec<usize> =
                (0..inner).filter(|i| set >> i & 1 == 1).map(|i| i + 1).collect();
            breaks.push(list.len() - 1);
            price_of(list, shape, &breaks)
        })
        .min_by(f64::total_cmp)
}

proptest! {
    #[test]
    fn no_set_of_breaks_is_cheaper_than_the_one_found(
        words in prop::collection::vec(0u8..60, 1..11),
        measure in 60.0f64..160.0,
        indent in 0.0f64..20.0,
        dropped in 0usize..3,
    ) {
        let list = paragraph(&words);
        prop_assume!(list.len() <= 18);
        let shape = LineShape { measure, indent, drop_width: 25.0, dropped };
        let found = search(&list, &shape, Goal { alignment: Alignment::Justified, share: 1.0 }, WIDEST);
        match brute_force(&list, &shape) {
            None => prop_assert!(found.by_line_count.is_empty()),
            Some(best) => {
                let breaking = &found.by_line_count[found.best];
                prop_assert!((breaking.demerits - best).abs() < 1e-6 * best.max(1.0), "{} found, {} possible", breaking.demerits, best);
                let again = price_of(&list, &shape, &breaking.breaks);
                prop_assert!(again.is_some_and(|c| (c - breaking.demerits).abs() < 1e-6 * best.max(1.0)));
            }
        }
    }

    #[test]
    fn there_is_always_an_answer_and_it_ends_at_the_end(
        words in prop::collection::vec(any::<u8>(), 1..40),
        measure in 10.0f64..400.0,
    ) {
        let list = paragraph(&words);
        for alignment in [Alignment::Justified, Alignment::Ragged, Alignment::Balanced] {
            let found = break_paragraph(&list, &LineShape::block(measure), alignment);
            prop_assert!(!found.by_line_count.is_empty());
            for breaking in &found.by_line_count {
                prop_assert_eq!(breaking.breaks.last(), Some(&(list.len() - 1)));
                prop_assert_eq!(breaking.breaks.len(), breaking.lines.len());
                prop_assert!(breaking.breaks.windows(2).all(|w| w[0] < w[1]));
            }
        }
    }
}

#[test]
fn a_word_wider_than_the_measure_is_set_and_sticks_out() {
    let list = paragraph(&[10, 24, 10]);
    let found = break_paragraph(&list, &LineShape::block(20.0), Alignment::Justified);
    let best = &found.by_line_count[found.best];
    assert_eq!(best.breaks.len(), 3);
    assert!(best.lines[1].over > 0.0);
}

#[test]
fn a_short_last_line_is_avoided() {
    let words = [40, 40, 40, 40, 40, 40, 40, 40, 2];
    let list = paragraph(&words);
    let found = break_paragraph(&list, &LineShape::block(195.0), Alignment::Justified);
    let best = &found.by_line_count[found.best];
    let last_start = best.breaks[best.breaks.len() - 2];
    assert!(last_start < list.len() - 2, "more than the last word stands in the last line");
}
