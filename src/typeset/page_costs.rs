//! Every cost that page breaking weighs, in one place and each with its reason.
//!
//! Blocks say with a [`Cost`] what it costs to end a page after one of their
//! rows; [`super::pages::breaker`] adds what the page itself costs and looks for
//! the least sum. The unit is the demerit of [`super::lines::demerits`]: a line
//! with spaces a quarter too wide costs about a hundred. So a paragraph that is
//! set a line longer can be weighed against a page that is a line short.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Sub};

/// What something costs, in demerits; more is worse.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Cost(pub f64);

impl Cost {
    /// What costs nothing.
    pub const ZERO: Cost = Cost(0.0);

    /// An order that all costs have a place in.
    pub fn total_cmp(&self, other: &Cost) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }

    /// The dearer of two.
    pub fn max(self, other: Cost) -> Cost {
        Cost(self.0.max(other.0))
    }
}

impl Add for Cost {
    type Output = Cost;
    fn add(self, other: Cost) -> Cost {
        Cost(self.0 + other.0)
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Cost) {
        self.0 += other.0;
    }
}

impl Sub for Cost {
    type Output = Cost;
    fn sub(self, other: Cost) -> Cost {
        Cost(self.0 - other.0)
    }
}

impl Mul<f64> for Cost {
    type Output = Cost;
    fn mul(self, times: f64) -> Cost {
        Cost(self.0 * times)
    }
}

impl Mul<usize> for Cost {
    type Output = Cost;
    fn mul(self, times: usize) -> Cost {
        Cost(self.0 * times as f64)
    }
}

impl Div<f64> for Cost {
    type Output = Cost;
    fn div(self, by: f64) -> Cost {
        Cost(self.0 / by)
    }
}

impl Sum for Cost {
    fn sum<I: Iterator<Item = Cost>>(costs: I) -> Cost {
        costs.fold(Cost::ZERO, Add::add)
    }
}

/// What must not happen to a page: a widow, an orphan, a heading at its foot.
/// It is only put up with where there is no other way, such as a paragraph of
/// two lines that is higher than the page.
pub const NEVER: Cost = Cost(100_000.0);
/// A break as dear as this is not tried at all where there is another nearby.
pub const NOT_TRIED: Cost = Cost(100_000.0 / 8.0);
/// A page that ends within a hyphenated word: the reader turns the leaf with
/// half a word in mind.
pub const HYPHEN_AT_PAGE_END: Cost = Cost(100_000.0 / 4.0);
/// A row that is higher than a page, which is set all the same and sticks out.
pub const HIGHER_THAN_PAGE: Cost = Cost(200_000.0);

/// A page that ends a line early, seen against its neighbour. Two lines cost
/// three times, three lines six times as much.
pub const SHORT_PAGE: Cost = Cost(4_000.0);
/// The same where notes or a figure stand below the gap and hide it.
pub const SHORT_ABOVE_NOTES: Cost = Cost(250.0);
/// Facing pages that don't end level, for each line between them.
pub const UNLEVEL_SPREAD: Cost = Cost(3_000.0);
/// Each page. Little, so that only otherwise equal ways are decided by it.
pub const PAGE: Cost = Cost(20.0);
/// The last page of a chapter with fewer than [`LAST_PAGE_LINES`], for each line
/// missing: a few words alone on a page.
pub const SHORT_LAST_PAGE: Cost = Cost(2_500.0);
/// What the last page of a chapter should hold at least, in grid lines.
pub const LAST_PAGE_LINES: usize = 5;
/// A grid line left white between the end of a chapter and a figure at the foot
/// of its last page.
pub const HOLE_ABOVE_FIGURE: Cost = Cost(30.0);

/// A space between blocks that is wider than it should be, for each line.
pub const WIDE_GAP: Cost = Cost(150.0);
/// A space that is too narrow, for each line: headings must not crowd the text.
pub const NARROW_GAP: Cost = Cost(700.0);
/// What stands between two parts of the text, such as a scene break, at the head
/// of a page, where nothing is above it to be parted from.
pub const SEPARATOR_AT_HEAD: Cost = Cost(1_500.0);

/// A figure at the foot of its page instead of where it is written.
pub const FIGURE_AT_FOOT: Cost = Cost(70.0);
/// A figure at the head of the next page, times the square of how many wait.
pub const FIGURE_AT_HEAD: Cost = Cost(90.0);
/// A figure at the head of a page over the leaf: its text can't be seen with it.
pub const FIGURE_OVERLEAF: Cost = Cost(250.0);
/// A figure at the head of the page that mentions it further down.
pub const FIGURE_AHEAD: Cost = Cost(80.0);
/// A figure on the left of a spread that mentions it on the right.
pub const FIGURE_AHEAD_OF_PAGE: Cost = Cost(400.0);
/// Each line of text between a figure's place and where it stands.
pub const FIGURE_AWAY: Cost = Cost(6.0);
/// Each grid line that a picture is made smaller by.
pub const SMALLER_PICTURE: Cost = Cost(160.0);

/// A note that goes on at the foot of the next page.
pub const SPLIT_NOTE: Cost = Cost(900.0);

/// A page that ends after a scene break, which then parts nothing.
pub const AFTER_SCENE_BREAK: Cost = Cost(300.0);
/// A page that ends within a stanza.
pub const WITHIN_STANZA: Cost = Cost(60.0);
/// A page that ends between two rows of a table.
pub const WITHIN_TABLE: Cost = Cost(30.0);
/// A page that ends between the last field of one record and the head of the
/// next, in a table set as records: the best place there is.
pub const BETWEEN_RECORDS: Cost = Cost(5.0);
/// A page that ends within a row of a table, or within a record.
pub const WITHIN_TABLE_ROW: Cost = Cost(200.0);
/// A page that ends within a listing.
pub const WITHIN_LISTING: Cost = Cost(40.0);
/// The same at an empty line, where its author has paused.
pub const AT_BLANK_LINE: Cost = Cost(5.0);
/// The same within a line that is turned over.
pub const WITHIN_CODE_LINE: Cost = Cost(200.0);
/// The same where the next page would begin half a line above its first baseline.
pub const OFF_GRID: Cost = Cost(500.0);
/// The same in a listing that is short enough to stay whole.
pub const WITHIN_SHORT_LISTING: Cost = Cost(900.0);
