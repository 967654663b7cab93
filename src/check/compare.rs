//! Two readings of the same text: what one has and the other lacks.

use std::collections::HashMap;
use std::ops::Range;

use super::diff::{Hunk, diff};
use super::words::Words;

/// A difference between what is expected and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Difference {
    /// These words are not there.
    Lost(Range<usize>),
    /// Words that nobody wrote stand before the expected word with this number.
    Added {
        /// The number.
        before: usize,
        /// Which words of those found.
        found: Range<usize>,
    },
    /// The letters are the same, but words begin or end elsewhere.
    Broken {
        /// The words as expected.
        expected: Range<usize>,
        /// The words as found.
        found: Range<usize>,
    },
}

/// What came of a comparison.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// The differences, in order.
    pub differences: Vec<Difference>,
    /// For each word found, the expected word it is, if it is one.
    pub matched: Vec<Option<usize>>,
}

/// Compares words in order. Words that the tool may put into gaps of the
/// expected text, and words parted at the end of a line on a page, are no
/// differences.
pub(super) fn compare(expected: &Words, found: &Words) -> Compared {
    let hunks = diff(&expected.hashes(), &found.hashes());
    let mut out = Compared { differences: Vec::new(), matched: matched(&hunks, expected, found) };
    for hunk in hunks {
        let rest = without_breaks(expected, found, hunk, &mut out.differences);
        if !rest.a.is_empty() {
            out.differences.push(Difference::Lost(rest.a.clone()));
        }
        if !rest.b.is_empty() && !is_the_tools(expected, found, &rest) {
            let added = Difference::Added { before: rest.a.end, found: rest.b };
            out.differences.push(added);
        }
    }
    out
}

/// The same for what may stand in another order, such as captions of pictures
/// that have moved: words that are only elsewhere are there.
pub(super) fn compare_moving(expected: &Words, found: &Words) -> Compared {
    let mut out = compare(expected, found);
    let mut spare: HashMap<u64, usize> = HashMap::new();
    for difference in &out.differences {
        if let Difference::Added { found: range, .. } = difference {
            for word in found.list().get(range.clone()).unwrap_or(&[]) {
                *spare.entry(word.hash).or_default() += 1;
            }
        }
    }
    let mut wanted: HashMap<u64, usize> = HashMap::new();
    for difference in &out.differences {
        if let Difference::Lost(range) = difference {
            for word in expected.list().get(range.clone()).unwrap_or(&[]) {
                *wanted.entry(word.hash).or_default() += 1;
            }
        }
    }
    // A run of words that is elsewhere as a whole has moved.
    out.differences.retain(|difference| match difference {
        Difference::Lost(range) => !taken(expected, range, &mut spare),
        Difference::Added { found: range, .. } => !taken(found, range, &mut wanted),
        Difference::Broken { .. } => true,
    });
    out
}

/// Takes words out of a supply if all of them are there.
fn taken(words: &Words, range: &Range<usize>, supply: &mut HashMap<u64, usize>) -> bool {
    let list = words.list().get(range.clone()).unwrap_or(&[]);
    let mut need: HashMap<u64, usize> = HashMap::new();
    for word in list {
        *need.entry(word.hash).or_default() += 1;
    }
    let enough = need.iter().all(|(hash, n)| supply.get(hash).is_some_and(|have| have >= n));
    if enough {
        for (hash, n) in need {
            supply.entry(hash).and_modify(|have| *have -= n);
        }
    }
    enough
}

fn matched(hunks: &[Hunk], expected: &Words, found: &Words) -> Vec<Option<usize>> {
    let mut matched = Vec::with_capacity(found.len());
    let mut next = 0;
    let end = Hunk { a: expected.len()..expected.len(), b: found.len()..found.len() };
    for hunk in hunks.iter().chain([&end]) {
        matched.extend((next..hunk.a.start).map(Some));
        matched.extend(hunk.b.clone().map(|_| None));
        next = hunk.a.end;
    }
    matched
}

/// Takes words off both ends of a hunk that have the same letters and are only
/// parted elsewhere. What is parted at the end of a line on a page is no
/// difference, anything else is.
fn without_breaks(
    expected: &Words,
    found: &Words,
    mut hunk: Hunk,
    out: &mut Vec<Difference>,
) -> Hunk {
    while let Some((a, b)) = same_letters(expected, found, &hunk) {
        let (ours, theirs) = (hunk.a.start..hunk.a.start + a, hunk.b.start..hunk.b.start + b);
        if !only_soft(expected, found, &ours, &theirs) {
            out.push(Difference::Broken { expected: ours, found: theirs });
        }
        hunk = Hunk { a: hunk.a.start + a..hunk.a.end, b: hunk.b.start + b..hunk.b.end };
    }
    hunk
}

/// How many words at the beginning of each side have the same letters.
fn same_letters(expected: &Words, found: &Words, hunk: &Hunk) -> Option<(usize, usize)> {
    let (mut a, mut b) = (1, 1);
    if hunk.a.is_empty() || hunk.b.is_empty() {
        return None;
    }
    let mut ours = expected.letters(hunk.a.start).to_owned();
    let mut theirs = found.letters(hunk.b.start).to_owned();
    loop {
        if ours == theirs {
            return Some((a, b));
        } else if theirs.starts_with(&ours) && hunk.a.start + a < hunk.a.end {
            ours.push_str(expected.letters(hunk.a.start + a));
            a += 1;
        } else if ours.starts_with(&theirs) && hunk.b.start + b < hunk.b.end {
            theirs.push_str(found.letters(hunk.b.start + b));
            b += 1;
        } else {
            return None;
        }
    }
}

/// Whether words begin in the same places but for the ends of lines.
fn only_soft(expected: &Words, found: &Words, ours: &Range<usize>, theirs: &Range<usize>) -> bool {
    let starts = |words: &Words, range: &Range<usize>| {
        let mut at = 0;
        let mut list = Vec::new();
        for index in range.clone() {
            let soft = words.list().get(index).is_some_and(|word| word.soft);
            list.push((at, soft));
            at += words.letters(index).len();
        }
        list
    };
    let (ours, theirs) = (starts(expected, ours), starts(found, theirs));
    let lacks = |these: &[(usize, bool)], those: &[(usize, bool)]| {
        these.iter().any(|(at, soft)| !soft && !those.iter().any(|(other, _)| other == at))
    };
    !lacks(&ours, &theirs) && !lacks(&theirs, &ours)
}

/// Whether added words stand where the tool may put words of its own. Where
/// they repeat what is around them, they may as well stand a little further on.
fn is_the_tools(expected: &Words, found: &Words, hunk: &Hunk) -> bool {
    if (hunk.a.start..=hunk.a.end).any(|at| expected.has_gap(at)) {
        return true;
    }
    if !hunk.a.is_empty() {
        return false;
    }
    let at = hunk.a.start;
    let hash = |words: &Words, i: usize| words.list().get(i).map(|word| word.hash);
    let mut back = 0;
    while back < at && hunk.b.end > back {
        let same = hash(expected, at - back - 1) == hash(found, hunk.b.end - back - 1);
        if !same || hunk.b.start < back + 1 {
            break;
        }
        back += 1;
        if expected.has_gap(at - back) {
            return true;
        }
    }
    let mut on = 0;
    while hash(expected, at + on).is_some()
        && hash(expected, at + on) == hash(found, hunk.b.start + on)
    {
        on += 1;
        if expected.has_gap(at + on) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::words::At;

    /// Words, with `|` for a gap and `/` for the end of a line.
    fn words(text: &str) -> Words {
        let mut words = Words::default();
        for (n, part) in text.split('|').enumerate() {
            if n > 0 {
                words.gap();
            }
            words.text(&part.replace('/', "\u{2028}"), At::Unknown);
        }
        words.finished()
    }

    fn differences(expected: &str, found: &str) -> Vec<String> {
        let (expected, found) = (words(expected), words(found));
        shown(&expected, &found, compare(&expected, &found))
    }

    fn shown(expected: &Words, found: &Words, compared: Compared) -> Vec<String> {
        let show = |difference| match difference {
            Difference::Lost(range) => format!("-{}", expected.excerpt(range)),
            Difference::Added { before, found: range } => {
                format!("+{} @{before}", found.excerpt(range))
            }
            Difference::Broken { expected: a, found: b } => {
                format!("{} ~ {}", expected.excerpt(a), found.excerpt(b))
            }
        };
        compared.differences.into_iter().map(show).collect()
    }

    #[test]
    fn lost_added_and_swapped_words_are_found() {
        assert_eq!(differences("a b c d", "a b c d"), [""; 0]);
        assert_eq!(differences("a b c d", "a b d"), ["-c"]);
        assert_eq!(differences("a b c d", "a b x c d"), ["+x @2"]);
        assert_eq!(differences("a b c d", "a c b d"), ["-b", "+b @3"]);
        assert_eq!(differences("a b", ""), ["-a b"]);
    }

    #[test]
    fn words_glued_or_torn_are_found_but_at_the_end_of_a_line() {
        assert_eq!(differences("one two", "onetwo"), ["one two ~ onetwo"]);
        assert_eq!(differences("one onetwo x", "one one two x"), ["onetwo ~ one two"]);
        assert_eq!(differences("one onetwo x", "one one/two x"), [""; 0]);
        assert_eq!(differences("one two x", "one/two x"), [""; 0]);
        assert_eq!(differences("a onetwo lost b", "a one/two b"), ["-lost"]);
    }

    #[test]
    fn the_tool_may_speak_in_gaps_and_nowhere_else() {
        assert_eq!(differences("|a b", "one a b"), [""; 0]);
        assert_eq!(differences("a |b", "a b one"), ["+one @2"]);
        assert_eq!(differences("a b| c", "a b page 12 c"), [""; 0]);
        // What is said repeats what is around it.
        assert_eq!(differences("see| see b", "see see see b"), [""; 0]);
        assert_eq!(differences("1 |1 b", "1 1 1 b"), [""; 0]);
        // A gap hides no loss.
        assert_eq!(differences("a |lost b", "a 7 b"), ["-lost"]);
    }

    #[test]
    fn what_may_move_is_only_missed_if_it_is_nowhere() {
        let moving = |a: &str, b: &str| {
            let (a, b) = (words(a), words(b));
            shown(&a, &b, compare_moving(&a, &b))
        };
        assert_eq!(moving("one caption two other", "two other one caption"), [""; 0]);
        assert_eq!(moving("one caption two other", "two other one"), ["-one caption"]);
    }

    #[test]
    fn found_words_know_which_word_they_are() {
        let compared = compare(&words("a b c"), &words("a x c"));
        assert_eq!(compared.matched, [Some(0), None, Some(2)]);
    }
}
