//! Running sums over the items of a paragraph.

use std::ops::{AddAssign, SubAssign};

/// Glyphs may be made this much wider or narrower; less than the eye sees.
pub const MAX_STRETCH: f64 = 0.02;
/// Letters may be set this much further apart or closer, in em.
pub const MAX_TRACKING: f64 = 0.005;

/// Running sums from the beginning of the paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sums {
    /// Everything but spaces.
    pub width: f64,
    /// Spaces at their natural width.
    pub space: f64,
    /// What the glyphs can give or take by scaling and tracking together.
    pub flex: f64,
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Sums) {
        self.width += other.width;
        self.space += other.space;
        self.flex += other.flex;
    }
}

impl SubAssign for Sums {
    fn sub_assign(&mut self, other: Sums) {
        self.width -= other.width;
        self.space -= other.space;
        self.flex -= other.flex;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_the_difference_of_two_sums() {
        let mut sums = Sums { width: 10.0, space: 3.0, flex: 0.5 };
        let line = Sums { width: 4.0, space: 1.0, flex: 0.25 };
        sums += line;
        assert_eq!(sums, Sums { width: 14.0, space: 4.0, flex: 0.75 });
        sums -= line;
        assert_eq!(sums, Sums { width: 10.0, space: 3.0, flex: 0.5 });
    }
}
