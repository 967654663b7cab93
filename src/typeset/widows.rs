//! Widows and orphans: where in a paragraph a page may end.
//!
//! An orphan is a first line alone at the foot of a page, a widow a last line
//! alone at the head of the next. Both are as good as forbidden: at least two
//! lines of a paragraph stand on each page. So are a page's end beside an
//! initial, and, almost, within a hyphenated word.

use super::page_costs::{Cost, HYPHEN_AT_PAGE_END, NEVER};

/// A line of a paragraph, as far as it matters to a page that ends after it.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Which line it is, counted from zero.
    pub index: usize,
    /// How many the paragraph has.
    pub count: usize,
    /// Whether it ends in a hyphen that isn't in the text.
    pub hyphenated: bool,
    /// Whether the line below it, too, stands beside an initial.
    pub beside_initial: bool,
}

/// What it costs to end a page after a line of a paragraph.
pub fn cost_of_page_break(line: &Line) -> Cost {
    if leaves_line_alone(line.index, line.count) || line.beside_initial {
        NEVER
    } else if line.hyphenated {
        HYPHEN_AT_PAGE_END
    } else {
        Cost::ZERO
    }
}

/// Whether a page that ends after a line of a block leaves a single line of it
/// on either side: an orphan above, or a widow below.
pub fn leaves_line_alone(index: usize, count: usize) -> bool {
    let leaves_orphan = index == 0 && count > 1;
    let leaves_widow = index + 2 == count;
    leaves_orphan || leaves_widow
}

#[cfg(test)]
mod tests {
    use super::*;

    fn costs(count: usize) -> Vec<Cost> {
        let line = |index| Line { index, count, hyphenated: false, beside_initial: false };
        (0..count).map(|index| cost_of_page_break(&line(index))).collect()
    }

    #[test]
    fn a_page_leaves_neither_an_orphan_nor_a_widow() {
        let (free, never) = (Cost::ZERO, NEVER);
        assert_eq!(costs(1), [free]);
        assert_eq!(costs(2), [never, free]);
        assert_eq!(costs(3), [never, never, free]);
        assert_eq!(costs(5), [never, free, free, never, free]);
    }

    #[test]
    fn a_page_seldom_ends_in_a_hyphen_and_never_beside_an_initial() {
        let line = Line { index: 2, count: 9, hyphenated: true, beside_initial: false };
        assert_eq!(cost_of_page_break(&line), HYPHEN_AT_PAGE_END);
        assert_eq!(cost_of_page_break(&Line { beside_initial: true, ..line }), NEVER);
    }
}
