//! Where the words of a cover stand.
//!
//! The title is as large as its zone allows, in as few lines as that takes and
//! all of them about as long; the subtitle follows in italics, the authors
//! stand at the foot in spaced small capitals. Everything is ranged left on
//! one margin, by its ink and not by the space a letter brings along.

use super::lettering::{Lettering, Style};
use super::{PathSegment, PictureError};
use crate::model::Metadata;
use crate::text::{FaceId, FaceStyle, FontBook};
use crate::theme::Theme;

/// Where the title may stand, as shares of the art's height.
pub(super) const HEAD: (f64, f64) = (180.0 / 2560.0, 900.0 / 2560.0);
/// Where the authors stand.
pub(super) const FOOT: (f64, f64) = (2330.0 / 2560.0, 2480.0 / 2560.0);

/// The margin at the sides, as a share of the page's width.
const MARGIN: f64 = 0.09;
/// The title's size at most, as a share of the page's width.
const TITLE: f64 = 0.185;
/// From baseline to baseline of the title, in its own size: tight.
const TITLE_LEADING: f64 = 0.98;
/// The subtitle's size at most and at least, as shares of the page's width.
const SUBTITLE: (f64, f64) = (0.052, 0.034);
/// From baseline to baseline of the subtitle, in its own size.
const SUBTITLE_LEADING: f64 = 1.22;
/// The authors' size at most.
const BYLINE: f64 = 0.05;
/// The space between their letters, in ems.
const BYLINE_TRACKING: f64 = 0.11;
/// A further line must make the title this much larger to be worth it.
const WORTH_A_LINE: f64 = 1.12;
/// Lines at most.
const MOST_LINES: usize = 6;

/// The words of a cover as outlines.
#[derive(Debug, Clone)]
pub(super) struct Words {
    /// The title in one line, in two, and so on.
    titles: Vec<Block>,
    subtitles: Vec<Block>,
    bylines: Vec<Block>,
    cap_height: f64,
}

/// Lines set one em high.
#[derive(Debug, Clone)]
struct Block {
    lines: Vec<Lettering>,
    /// The widest line's ink.
    width: f64,
}

impl Words {
    /// Sets the words of a book.
    ///
    /// # Errors
    /// If there is no font at all.
    pub fn of(meta: &Metadata, theme: &Theme, fonts: &FontBook) -> Result<Words, PictureError> {
        let face = |italic| {
            let style = FaceStyle { italic, ..FaceStyle::default() };
            fonts
                .select(&theme.serif, style)
                .or_else(|| fonts.iter().next().map(|(id, _)| id))
                .ok_or_else(|| PictureError("there is no font for the cover".into()))
        };
        let (roman, italic) = (face(false)?, face(true)?);
        let style = |face: FaceId| Style { fonts, face, tracking: 0.0, features: &[] };
        let byline =
            Style { tracking: BYLINE_TRACKING, features: &[b"smcp", b"c2sc"], ..style(roman) };
        let metrics = fonts.face(roman).metrics;
        Ok(Words {
            titles: blocks(&style(roman), &meta.title),
            subtitles: blocks(&style(italic), meta.subtitle.as_deref().unwrap_or("")),
            bylines: blocks(&byline, &meta.byline()),
            cap_height: metrics.cap_height / metrics.units_per_em.max(1.0),
        })
    }

    /// The outlines of head and foot on a page of this size, whose art begins
    /// at `art.0` from its top and is `art.1` high.
    pub fn set(&self, page: (f64, f64), art: (f64, f64)) -> [Vec<PathSegment>; 2] {
        [self.head(page, art), self.foot(page, art)]
    }

    fn head(&self, page: (f64, f64), art: (f64, f64)) -> Vec<PathSegment> {
        let margin = page.0 * MARGIN;
        let width = page.0 - 2.0 * margin;
        let top = (art.0 + art.1 * HEAD.0).max(margin);
        let height = (art.0 + art.1 * HEAD.1 - top).max(page.1 * 0.1);
        let (sub, sub_size) = fit(&self.subtitles, page.0 * SUBTITLE.0, |block, size| {
            block.width * size <= width * 0.86 || size <= page.0 * SUBTITLE.1
        });
        let sub_size = sub.map_or(0.0, |b| sub_size.min(width / b.width.max(0.01)));
        let sub_lines = sub.map_or(0, |b| b.lines.len()) as f64;
        let below = sub_lines * sub_size * SUBTITLE_LEADING;
        let size_of = |block: &Block| {
            let wide = width / block.width.max(0.01);
            let lines = (block.lines.len() as f64 - 1.0) * TITLE_LEADING + self.cap_height + 0.55;
            wide.min((height - below).max(height * 0.3) / lines).min(page.0 * TITLE)
        };
        let title = self.titles.iter().fold(None, |best: Option<(&Block, f64)>, block| {
            let size = size_of(block);
            match best {
                Some((_, known)) if size < known * WORTH_A_LINE => best,
                _ => Some((block, size)),
            }
        });
        let mut out = Vec::new();
        let mut y = top;
        if let Some((block, size)) = title {
            y += size * self.cap_height;
            y = block.place(&mut out, (margin, y), size, TITLE_LEADING);
            y += size * 0.3 + sub_size * 0.9;
        }
        if let Some(block) = sub {
            block.place(&mut out, (margin, y), sub_size, SUBTITLE_LEADING);
        }
        out
    }

    fn foot(&self, page: (f64, f64), art: (f64, f64)) -> Vec<PathSegment> {
        let margin = page.0 * MARGIN;
        let width = page.0 - 2.0 * margin;
        let (block, size) =
            fit(&self.bylines, page.0 * BYLINE, |block, size| block.width * size <= width);
        let mut out = Vec::new();
        let Some(block) = block else { return out };
        let size = size.min(width / block.width.max(0.01));
        let bottom = (art.0 + art.1 * (FOOT.0 + FOOT.1) / 2.0).min(page.1 - margin);
        let above = (block.lines.len() as f64 - 1.0) * size * 1.3;
        block.place(&mut out, (margin, bottom - above), size, 1.3);
        out
    }
}

/// The first setting that will do at the size, else the last.
fn fit(
    blocks: &[Block],
    size: f64,
    will_do: impl Fn(&Block, f64) -> bool,
) -> (Option<&Block>, f64) {
    (blocks.iter().find(|block| will_do(block, size)).or(blocks.last()), size)
}

impl Block {
    /// Adds the lines, the ink of each at the left edge; returns the last
    /// baseline.
    fn place(
        &self,
        out: &mut Vec<PathSegment>,
        (x, mut y): (f64, f64),
        size: f64,
        leading: f64,
    ) -> f64 {
        for (i, line) in self.lines.iter().enumerate() {
            if i > 0 {
                y += size * leading;
            }
            let by = (x - line.ink[0] * size, y);
            out.extend(line.segments.iter().map(|segment| segment.placed(size, by)));
        }
        y
    }
}

/// The words in one line, in two, up to as many as there are words.
fn blocks(style: &Style<'_>, text: &str) -> Vec<Block> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let widths: Vec<f64> = words.iter().map(|word| style.line(word).advance).collect();
    let space = style.line("a a").advance - style.line("aa").advance;
    (1..=words.len().min(MOST_LINES))
        .map(|count| {
            let lines: Vec<Lettering> = balanced(&widths, space, count)
                .into_iter()
                .map(|range| style.line(&words.get(range).unwrap_or(&[]).join(" ")))
                .collect();
            let width = lines.iter().map(|l| l.ink[2] - l.ink[0]).fold(0.0, f64::max);
            Block { lines, width }
        })
        .collect()
}

/// Breaks words of these widths into so many lines, the longest as short as
/// can be.
fn balanced(widths: &[f64], space: f64, count: usize) -> Vec<std::ops::Range<usize>> {
    let fill = |measure: f64| {
        let mut lines = Vec::new();
        let (mut start, mut reach) = (0, 0.0);
        for (i, width) in widths.iter().enumerate() {
            if i > start && reach + space + width > measure {
                lines.push(start..i);
                (start, reach) = (i, *width);
            } else {
                reach += if i > start { space + width } else { *width };
            }
        }
        lines.push(start..widths.len());
        lines
    };
    let all: f64 = widths.iter().map(|w| w + space).sum();
    let (mut low, mut high) = (0.0, all);
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if fill(middle).len() <= count { high = middle } else { low = middle }
    }
    fill(high)
}
