//! The order in which a line's words are seen, where some run to the left.
//!
//! Levels come from the Unicode Bidirectional Algorithm (UAX #9), over the whole
//! paragraph; a line's words, each of one level, are reordered by its rule L2.
//! Letters within a word are the shaper's business.

use std::ops::Range;

use unicode_bidi::{BidiClass, bidi_class};

use super::items::{Element, Items};
use crate::typeset::styled_text::TextRun;

/// Whether a word runs to the left: its first letter that runs anywhere does.
pub fn is_rtl(word: &str) -> bool {
    if word.is_ascii() {
        return false;
    }
    let strong = word
        .chars()
        .map(bidi_class)
        .find(|class| matches!(class, BidiClass::L | BidiClass::R | BidiClass::AL));
    matches!(strong, Some(BidiClass::R | BidiClass::AL))
}

/// The elements of a line from left to right; nothing where that is the order
/// they are read in.
pub fn visual_order(items: &Items, runs: &[TextRun], elements: Range<usize>) -> Option<Vec<usize>> {
    let level = |index: usize| {
        let run = match items.elements.get(index)? {
            Element::Word { run, .. }
            | Element::Space { run, .. }
            | Element::Fixed { run, .. }
            | Element::Object { run, .. } => *run,
            Element::Gap { byte, .. } => runs.partition_point(|s| s.range.end <= *byte),
        };
        Some((index, runs.get(run)?.level))
    };
    let levels: Vec<(usize, u8)> = elements.filter_map(level).collect();
    if levels.iter().all(|(_, level)| *level == 0) {
        return None;
    }
    Some(reordered(levels))
}

/// Rule L2: from the highest level down to the lowest odd one, reverse every
/// run of that level or higher.
fn reordered(mut levels: Vec<(usize, u8)>) -> Vec<usize> {
    let highest = levels.iter().map(|(_, level)| *level).max().unwrap_or(0);
    for level in (1..=highest).rev() {
        let mut from = 0;
        while from < levels.len() {
            let run = levels[from..].iter().take_while(|(_, l)| *l >= level).count();
            levels[from..from + run].reverse();
            from += run.max(1);
        }
    }
    levels.into_iter().map(|(index, _)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_run_to_the_left_change_places() {
        let order = |levels: &[u8]| reordered(levels.iter().copied().enumerate().collect());
        assert_eq!(order(&[0, 0, 0]), [0, 1, 2]);
        assert_eq!(order(&[0, 1, 1, 1, 0]), [0, 3, 2, 1, 4]);
        assert_eq!(order(&[1, 1, 2, 1]), [3, 2, 1, 0]);
    }

    #[test]
    fn the_first_strong_letter_decides() {
        assert!(is_rtl("«שלום»"));
        assert!(!is_rtl("“hello”"));
        assert!(!is_rtl("—"));
    }
}
