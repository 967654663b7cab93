//! How well the lines and pages of a book came out, for those who want to mend it.

use std::fmt;

use crate::source::Span;
use crate::units::Pt;

/// How well the lines and pages of a book came out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageQuality {
    /// Lines of justified text that fill the measure.
    pub lines: usize,
    /// Of these, the ones that end within a word.
    pub hyphenated: usize,
    /// The sum of the squared deviations of their word spaces from natural,
    /// each as a share of the natural space.
    pub space_squares: f64,
    /// Places that are less good than they should be, in the order of pages.
    pub compromises: Vec<Compromise>,
}

impl PageQuality {
    /// Adds what another run of pages had, its pages `offset` further on.
    pub fn append(&mut self, other: PageQuality, offset: usize) {
        self.lines += other.lines;
        self.hyphenated += other.hyphenated;
        self.space_squares += other.space_squares;
        self.compromises.extend(other.compromises.into_iter().map(|mut compromise| {
            compromise.page += offset;
            compromise
        }));
    }

    /// The root of the mean of the squared deviations of word spaces from natural.
    pub fn space_deviation(&self) -> f64 {
        if self.lines == 0 { 0.0 } else { (self.space_squares / self.lines as f64).sqrt() }
    }
}

/// One place that is less good than it should be.
#[derive(Debug, Clone, PartialEq)]
pub struct Compromise {
    /// The page, counted from zero: of the chapter, then of the book.
    pub page: usize,
    /// The block in the manuscript.
    pub span: Span,
    /// What falls short, and by how much.
    pub kind: CompromiseKind,
}

/// What falls short in a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CompromiseKind {
    /// Spaces this many times their natural width.
    LooseLine(f64),
    /// Spaces this many times their natural width.
    TightLine(f64),
    /// A line that sticks out of the measure by this.
    OverfullLine(Pt),
    /// The third line in a row, or a later one, that ends within a word.
    Ladder,
    /// A word is broken between two pages.
    BrokenAcrossPages,
    /// One line of a paragraph stands alone on a page.
    LoneLine,
    /// The text of a page ends this many lines early.
    ShortPage(usize),
    /// A note goes on on the next page.
    SplitNote,
    /// A table of so many columns, too wide for the measure, is set as a list
    /// of its rows.
    StackedTable(usize),
    /// A formula wider than the measure, broken into lines.
    BrokenFormula,
    /// A formula wider than the measure, set at this share of its size.
    SmallFormula(f64),
}

impl fmt::Display for CompromiseKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CompromiseKind::LooseLine(times) => {
                write!(f, "loose line, spaces {times:.2} times as wide")
            }
            CompromiseKind::TightLine(times) => {
                write!(f, "tight line, spaces {times:.2} times as wide")
            }
            CompromiseKind::OverfullLine(over) => {
                write!(f, "overfull line, {:.1} pt too wide", over.0)
            }
            CompromiseKind::Ladder => f.write_str("third hyphen in a row"),
            CompromiseKind::BrokenAcrossPages => f.write_str("word broken between two pages"),
            CompromiseKind::LoneLine => f.write_str("line of a paragraph alone on its page"),
            CompromiseKind::ShortPage(1) => f.write_str("page a line short"),
            CompromiseKind::ShortPage(lines) => write!(f, "page {lines} lines short"),
            CompromiseKind::SplitNote => f.write_str("note goes on on the next page"),
            CompromiseKind::StackedTable(columns) => {
                write!(f, "table of {columns} columns is too wide, set as a list of its rows")
            }
            CompromiseKind::BrokenFormula => f.write_str("formula broken into lines"),
            CompromiseKind::SmallFormula(share) => {
                write!(f, "formula made smaller to fit, {:.0} % of its size", share * 100.0)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn the_figures_of_chapters_add_up() {
        let compromise = |page| Compromise {
            page,
            span: Span::new(FileId(0), 0, 1),
            kind: CompromiseKind::Ladder,
        };
        let mut book = PageQuality { lines: 3, space_squares: 0.03, ..PageQuality::default() };
        let chapter = PageQuality {
            lines: 1,
            hyphenated: 1,
            space_squares: 0.01,
            compromises: vec![compromise(2)],
        };
        book.append(chapter, 10);
        assert_eq!(book.compromises, [compromise(12)]);
        assert!((book.space_deviation() - 0.1).abs() < 1e-9);
    }
}
