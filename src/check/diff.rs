//! Where two long sequences differ.
//!
//! Texts of a book are nearly the same, or something is very wrong; both must
//! be found without a square of the length in time or memory:
//!
//! 1. What is equal at both ends is taken off.
//! 2. What is left is parted at anchors: runs of three words that occur once in
//!    each and stand in the same order (the idea of Bram Cohen's patience diff).
//! 3. Between anchors the shortest edit is found (E. W. Myers, "An O(ND)
//!    difference algorithm and its variations", 1986) up to a bound; a part that
//!    differs more is one difference.

use std::collections::HashMap;
use std::ops::Range;

/// How many insertions and deletions are looked for between anchors. The memory
/// is the square of it.
const MOST_EDITS: usize = 600;
/// Shorter parts go to step 3 at once.
const SHORT: usize = 64;
/// The length of an anchor.
const ANCHOR: usize = 3;

/// A part of each sequence that has no equal in the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    /// The part of the first; may be empty.
    pub a: Range<usize>,
    /// The part of the second; may be empty.
    pub b: Range<usize>,
}

/// The differences of two sequences, in order.
pub(super) fn diff(a: &[u64], b: &[u64]) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    part(a, b, (0, 0), &mut hunks);
    let mut joined: Vec<Hunk> = Vec::new();
    for hunk in hunks {
        match joined.last_mut() {
            Some(last) if last.a.end == hunk.a.start && last.b.end == hunk.b.start => {
                last.a.end = hunk.a.end;
                last.b.end = hunk.b.end;
            }
            _ => joined.push(hunk),
        }
    }
    joined
}

/// The differences of two parts that begin at `base`.
fn part(mut a: &[u64], mut b: &[u64], mut base: (usize, usize), out: &mut Vec<Hunk>) {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    a = a.get(head..).unwrap_or(&[]);
    b = b.get(head..).unwrap_or(&[]);
    base = (base.0 + head, base.1 + head);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    a = a.get(..a.len() - tail).unwrap_or(&[]);
    b = b.get(..b.len() - tail).unwrap_or(&[]);
    if a.is_empty() && b.is_empty() {
        return;
    }
    let whole = Hunk { a: base.0..base.0 + a.len(), b: base.1..base.1 + b.len() };
    if a.is_empty() || b.is_empty() {
        return out.push(whole);
    }
    if a.len() + b.len() > SHORT {
        let anchors = anchors(a, b);
        if !anchors.is_empty() {
            let mut from = (0, 0);
            for (i, j) in anchors.into_iter().chain([(a.len(), b.len())]) {
                let (x, y) = (a.get(from.0..i).unwrap_or(&[]), b.get(from.1..j).unwrap_or(&[]));
                part(x, y, (base.0 + from.0, base.1 + from.1), out);
                from = ((i + 1).min(a.len()), (j + 1).min(b.len()));
            }
            return;
        }
    }
    match shortest(a, b) {
        Some(hunks) => out.extend(hunks.into_iter().map(|hunk| Hunk {
            a: hunk.a.start + base.0..hunk.a.end + base.0,
            b: hunk.b.start + base.1..hunk.b.end + base.1,
        })),
        None => out.push(whole),
    }
}

/// Pairs of places that hold the same: the first words of anchors in the
/// longest series that rises in both.
fn anchors(a: &[u64], b: &[u64]) -> Vec<(usize, usize)> {
    let once = |list: &[u64]| -> HashMap<[u64; ANCHOR], Option<usize>> {
        let mut seen = HashMap::new();
        for (at, run) in list.windows(ANCHOR).enumerate() {
            if let Ok(run) = <[u64; ANCHOR]>::try_from(run) {
                seen.entry(run).and_modify(|place| *place = None).or_insert(Some(at));
            }
        }
        seen
    };
    let (in_a, in_b) = (once(a), once(b));
    let mut pairs: Vec<(usize, usize)> =
        in_a.iter().filter_map(|(run, at)| Some(((*at)?, (*in_b.get(run)?)?))).collect();
    pairs.sort_unstable();
    rising(&pairs)
}

/// The longest series of pairs, sorted by the first, whose second rises too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair that ends the best series so long, and for each
    // pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |at: usize| pairs.get(at).map_or(0, |pair| pair.1);
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| second(*end) < pair.1);
        before.push(length.checked_sub(1).and_then(|l| ends.get(l).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut out = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        out.extend(pairs.get(at).copied());
        next = before.get(at).copied().flatten();
    }
    out.reverse();
    out
}

/// The shortest edit; `None` if it is longer than [`MOST_EDITS`].
fn shortest(a: &[u64], b: &[u64]) -> Option<Vec<Hunk>> {
    let (n, m) = (a.len() as isize, b.len() as isize);
    let most = MOST_EDITS.min(a.len() + b.len()) as isize;
    // The furthest place on each diagonal, by number of edits; diagonals from
    // `-edits` on.
    let mut history: Vec<Vec<isize>> = Vec::new();
    let equal = |x: isize, y: isize| {
        let at =
            |list: &[u64], i: isize| usize::try_from(i).ok().and_then(|i| list.get(i).copied());
        at(a, x).is_some_and(|word| at(b, y) == Some(word))
    };
    for edits in 0..=most {
        let mut row = Vec::with_capacity(2 * edits as usize + 1);
        let mut done = false;
        for k in (-edits..=edits).map(|k| if (k + edits) % 2 == 0 { Some(k) } else { None }) {
            let Some(k) = k else {
                row.push(0);
                continue;
            };
            let last = |k: isize| reached(history.last(), edits - 1, k);
            let mut x = if edits == 0 {
                0
            } else if k == -edits || (k != edits && last(k - 1) < last(k + 1)) {
                last(k + 1)
            } else {
                last(k - 1) + 1
            };
            while equal(x, x - k) {
                x += 1;
            }
            row.push(x);
            done |= x >= n && x - k >= m;
        }
        history.push(row);
        if done {
            return Some(trace(&history, n, m));
        }
    }
    None
}

/// How far the diagonal `k` was reached with so many edits.
fn reached(row: Option<&Vec<isize>>, edits: isize, k: isize) -> isize {
    let index = usize::try_from(k + edits).ok();
    row.zip(index).and_then(|(row, index)| row.get(index).copied()).unwrap_or(-1)
}

/// The edits on the way back from the end, as hunks in order.
fn trace(history: &[Vec<isize>], n: isize, m: isize) -> Vec<Hunk> {
    let (mut x, mut y) = (n, m);
    let mut hunks: Vec<Hunk> = Vec::new();
    let place = |i: isize| usize::try_from(i).unwrap_or(0);
    for edits in (1..history.len() as isize).rev() {
        let row = history.get(place(edits - 1));
        let last = |k: isize| reached(row, edits - 1, k);
        let k = x - y;
        let down = k == -edits || (k != edits && last(k - 1) < last(k + 1));
        let from = if down { k + 1 } else { k - 1 };
        let (px, py) = (last(from), last(from) - from);
        let (a, b) = if down {
            (place(px)..place(px), place(py)..place(py) + 1)
        } else {
            (place(px)..place(px) + 1, place(py)..place(py))
        };
        match hunks.last_mut() {
            Some(next) if next.a.start == a.end && next.b.start == b.end => {
                next.a.start = a.start;
                next.b.start = b.start;
            }
            _ => hunks.push(Hunk { a, b }),
        }
        (x, y) = (px, py);
    }
    hunks.reverse();
    hunks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is equal, as pairs of places.
    fn matches(hunks: &[Hunk], a: usize, b: usize) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        let (mut i, mut j) = (0, 0);
        for hunk in hunks.iter().chain([&Hunk { a: a..a, b: b..b }]) {
            while i < hunk.a.start {
                pairs.push((i, j));
                (i, j) = (i + 1, j + 1);
            }
            assert_eq!(j, hunk.b.start, "{hunks:?}");
            (i, j) = (hunk.a.end, hunk.b.end);
        }
        assert_eq!((i, j), (a, b));
        pairs
    }

    /// The length of the longest common subsequence, the slow way.
    fn longest(a: &[u64], b: &[u64]) -> usize {
        let mut row = vec![0; b.len() + 1];
        for x in a {
            let mut corner = 0;
            for (j, y) in b.iter().enumerate() {
                let above = row[j + 1];
                row[j + 1] = if x == y { corner + 1 } else { above.max(row[j]) };
                corner = above;
            }
        }
        row[b.len()]
    }

    #[test]
    fn one_word_less_and_one_more_are_found() {
        let a: Vec<u64> = (0..5000).collect();
        let mut b = a.clone();
        b.remove(1000);
        b.insert(3000, 99_999);
        assert_eq!(
            diff(&a, &b),
            [Hunk { a: 1000..1001, b: 1000..1000 }, Hunk { a: 3001..3001, b: 3000..3001 }]
        );
        assert_eq!(diff(&a, &a), []);
        assert_eq!(diff(&a, &[]), [Hunk { a: 0..5000, b: 0..0 }]);
    }

    #[test]
    fn what_differs_altogether_is_one_difference_and_takes_no_time() {
        let a: Vec<u64> = (0..200_000).collect();
        let b: Vec<u64> = (500_000..700_000).collect();
        assert_eq!(diff(&a, &b).len(), 1);
    }

    proptest! {
        #[test]
        fn equal_places_are_equal_and_as_many_as_can_be(
            a in prop::collection::vec(0u64..4, 0..30),
            b in prop::collection::vec(0u64..4, 0..30),
        ) {
            let pairs = matches(&diff(&a, &b), a.len(), b.len());
            prop_assert!(pairs.iter().all(|(i, j)| a[*i] == b[*j]));
            prop_assert_eq!(pairs.len(), longest(&a, &b));
        }

        #[test]
        fn long_sequences_are_matched_in_order(
            a in prop::collection::vec(0u64..40, 100..300),
            cuts in prop::collection::vec((0usize..90, 0usize..3), 0..6),
        ) {
            let mut b = a.clone();
            for (at, what) in cuts {
                match what {
                    0 => { b.remove(at); }
                    1 => b.insert(at, 77),
                    _ => b.swap(at, at + 1),
                }
            }
            let pairs = matches(&diff(&a, &b), a.len(), b.len());
            prop_assert!(pairs.iter().all(|(i, j)| a[*i] == b[*j]));
            prop_assert!(pairs.len() + 30 > a.len());
        }
    }
}
