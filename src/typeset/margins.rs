//! The margins of a page: where its text block and its grid lines stand.

use crate::model::Direction;
use crate::theme::Theme;
use crate::units::Pt;

/// The left margin of a page, from the trimmed edge to the measure: the gutter on
/// a page whose spine is at its left, else the margin at the fore-edge. Rectos are on the right in books that run to the
/// right, and on the left in those that run to the left.
pub fn left_margin(theme: &Theme, recto: bool, direction: Direction) -> Pt {
    if recto == (direction == Direction::Ltr) { theme.inner } else { theme.outer() }
}

/// From the trimmed top edge to the baseline of a grid line, counted from zero.
pub fn baseline(theme: &Theme, line: usize) -> Pt {
    theme.top + theme.leading * line as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gutter_is_at_the_spine_whichever_way_the_book_runs() {
        let theme = Theme::default();
        assert_eq!(left_margin(&theme, true, Direction::Ltr), theme.inner);
        assert_eq!(left_margin(&theme, false, Direction::Ltr), theme.outer());
        assert_eq!(left_margin(&theme, true, Direction::Rtl), theme.outer());
        assert_eq!(left_margin(&theme, false, Direction::Rtl), theme.inner);
    }

    #[test]
    fn the_last_grid_line_stands_where_the_theme_says() {
        let theme = Theme::default();
        assert_eq!(baseline(&theme, theme.lines - 1), theme.last_baseline());
    }
}
