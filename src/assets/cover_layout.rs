//! Where the words of a cover stand.
//!
//! The title is as large as its zone allows, in as few lines as that takes and
//! all of them about as long; the subtitle follows in italics, the authors
//! stand at the foot in spaced small capitals. What the eye sees as a line's
//! edge is its ink, so it is the ink that is ranged, not the space that a
//! letter brings along.

use super::drawing::PathSegment;
use super::error::PictureError;
use super::lettering::{Lettering, Style};
use crate::model::{Direction, Metadata};
use crate::text::{FaceId, FaceStyle, FontBook};
use crate::theme::Theme;

/// The space between the title's letters, in ems: a face drawn for text is
/// loose when it is large.
const TITLE_TRACKING: f64 = -0.012;
/// From baseline to baseline of the title, in its own size: tight.
const TITLE_LEADING: f64 = 0.94;
/// From the title's last baseline to the subtitle's first: so much of the
/// title's size and so much of its own.
const UNDER_TITLE: (f64, f64) = (0.28, 0.95);
/// The subtitle's size at most, as a share of the page's width.
const SUBTITLE: f64 = 0.04;
/// From baseline to baseline of the subtitle, in its own size.
const SUBTITLE_LEADING: f64 = 1.22;
/// How much of the width a line of the subtitle may take before it is broken.
const SUBTITLE_MEASURE: f64 = 0.86;
/// The authors' size at most and, before they take another line, at least.
const BYLINE: (f64, f64) = (0.05, 0.037);
/// From baseline to baseline of several lines of authors.
const BYLINE_LEADING: f64 = 1.35;
/// The space between their letters, in ems.
const BYLINE_TRACKING: f64 = 0.11;
/// A further line must make the title this much larger to be worth it.
const WORTH_A_LINE: f64 = 1.12;
/// Lines at most.
const MOST_LINES: usize = 7;

/// Which edge of the lines makes a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Range {
    Left,
    Centre,
    Right,
}

/// Where an art leaves room for words, as shares of its height, and how they
/// are ranged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Arrangement {
    /// From the top of the title's capitals to the foot of the subtitle.
    pub head: (f64, f64),
    /// The authors; the last line stands in the middle of it.
    pub foot: (f64, f64),
    /// The margin at the sides, and the least at head and foot, as a share of
    /// the page's width.
    margin: f64,
    /// The title's size at most, as a share of the page's width.
    title: f64,
    centred: bool,
}

impl Arrangement {
    /// Ranged with the side where reading begins, on art that leaves its upper
    /// third and its foot free.
    pub const SIDE: Arrangement = Arrangement {
        head: (142.0 / 2560.0, 836.0 / 2560.0),
        foot: (2330.0 / 2560.0, 2480.0 / 2560.0),
        margin: 0.088,
        title: 0.215,
        centred: false,
    };

    /// Centred within a frame.
    pub const FRAMED: Arrangement = Arrangement {
        head: (430.0 / 2560.0, 1290.0 / 2560.0),
        foot: (2140.0 / 2560.0, 2280.0 / 2560.0),
        margin: 0.15,
        title: 0.17,
        centred: true,
    };
}

/// The words of a cover as outlines.
#[derive(Debug, Clone)]
pub(super) struct Words {
    /// The title in one line, in two, and so on.
    titles: Vec<Block>,
    subtitles: Vec<Block>,
    bylines: Vec<Block>,
    cap_height: f64,
    range: Range,
    arrangement: Arrangement,
}

/// Lines set one em high.
#[derive(Debug, Clone)]
struct Block {
    lines: Vec<Lettering>,
    /// The widest line's ink.
    width: f64,
}

/// The page, the margin and what is between the margins.
#[derive(Clone, Copy)]
struct Page {
    height: f64,
    width: f64,
    margin: f64,
    measure: f64,
}

impl Words {
    /// Sets the words of a book.
    ///
    /// # Errors
    /// If there is no font at all.
    pub fn of(
        meta: &Metadata,
        theme: &Theme,
        fonts: &FontBook,
        arrangement: Arrangement,
    ) -> Result<Words, PictureError> {
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
        let title = Style { tracking: TITLE_TRACKING, ..style(roman) };
        let metrics = fonts.face(roman).metrics;
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        Ok(Words {
            titles: blocks(&title, &words(&meta.title)),
            subtitles: blocks(&style(italic), &words(meta.subtitle.as_deref().unwrap_or(""))),
            bylines: blocks(&byline, &names(meta)),
            cap_height: metrics.cap_height / metrics.units_per_em.max(1.0),
            range: match (arrangement.centred, meta.language.direction()) {
                (true, _) => Range::Centre,
                (false, Direction::Ltr) => Range::Left,
                (false, Direction::Rtl) => Range::Right,
            },
            arrangement,
        })
    }

    /// The outlines of head and foot on a page of this size, whose art begins
    /// at `art.0` from its top and is `art.1` high.
    pub fn set(&self, (width, height): (f64, f64), art: (f64, f64)) -> [Vec<PathSegment>; 2] {
        let margin = width * self.arrangement.margin;
        let page = Page { height, width, margin, measure: width - 2.0 * margin };
        [self.head(page, art), self.foot(page, art)]
    }

    fn head(&self, page: Page, art: (f64, f64)) -> Vec<PathSegment> {
        let zone = self.arrangement.head;
        let top = (art.0 + art.1 * zone.0).max(page.margin);
        let height = (art.0 + art.1 * zone.1 - top).max(page.height * 0.1);
        let (sub, sub_size) = self.subtitle(page, height);
        let below = sub.map_or(0.0, |block| {
            let lines = block.lines.len() as f64 - 1.0;
            sub_size * (SUBTITLE_LEADING * lines + UNDER_TITLE.1 + 0.25)
        });
        let size_of = |block: &Block| {
            let lines = (block.lines.len() as f64 - 1.0) * TITLE_LEADING;
            let high = (height - below) / (lines + self.cap_height + UNDER_TITLE.0);
            high.min(page.measure / block.width.max(0.01)).min(page.width * self.arrangement.title)
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
            y = self.place(block, &mut out, (page, y), (size, size * TITLE_LEADING));
            y += size * UNDER_TITLE.0;
        }
        if let Some(block) = sub {
            y += sub_size * UNDER_TITLE.1;
            self.place(block, &mut out, (page, y), (sub_size, sub_size * SUBTITLE_LEADING));
        }
        out
    }

    /// The subtitle in as few lines as do, never more than half of the zone.
    fn subtitle(&self, page: Page, height: f64) -> (Option<&Block>, f64) {
        let size = page.width * SUBTITLE;
        let fits = |block: &&Block| block.width * size <= page.measure * SUBTITLE_MEASURE;
        let block = self.subtitles.iter().find(fits).or(self.subtitles.last());
        let bound = block.map_or(size, |block| {
            let wide = page.measure / block.width.max(0.01);
            wide.min(height / 2.0 / (block.lines.len() as f64 * SUBTITLE_LEADING + 0.25))
        });
        (block, size.min(bound))
    }

    fn foot(&self, page: Page, art: (f64, f64)) -> Vec<PathSegment> {
        let zone = self.arrangement.foot;
        let size_of =
            |block: &Block| (page.measure / block.width.max(0.01)).min(page.width * BYLINE.0);
        let readable = |block: &&Block| size_of(block) >= page.width * BYLINE.1;
        let mut out = Vec::new();
        let Some(block) = self.bylines.iter().find(readable).or(self.bylines.last()) else {
            return out;
        };
        let size = size_of(block);
        let bottom = (art.0 + art.1 * (zone.0 + zone.1) / 2.0)
            .min(page.height - page.margin.min(page.width * 0.088));
        let above = (block.lines.len() as f64 - 1.0) * size * BYLINE_LEADING;
        self.place(block, &mut out, (page, bottom - above), (size, size * BYLINE_LEADING));
        out
    }

    /// Adds lines, the first on the baseline `y`; returns the last baseline.
    fn place(
        &self,
        block: &Block,
        out: &mut Vec<PathSegment>,
        (page, mut y): (Page, f64),
        (size, leading): (f64, f64),
    ) -> f64 {
        for (i, line) in block.lines.iter().enumerate() {
            if i > 0 {
                y += leading;
            }
            let (left, right) = (line.ink[0] * size, line.ink[2] * size);
            let x = match self.range {
                Range::Left => page.margin - left,
                Range::Centre => (page.width - left - right) / 2.0,
                Range::Right => page.width - page.margin - right,
            };
            out.extend(line.segments.iter().map(|segment| segment.placed(size, (x, y))));
        }
        y
    }
}

/// The authors, each with what follows or goes before, so that a line is
/// never broken within a name.
fn names(meta: &Metadata) -> Vec<String> {
    let byline = meta.byline();
    let mut rest = byline.as_str();
    let mut names = Vec::new();
    for author in meta.authors() {
        let end = rest.find(&author.name).map_or(rest.len(), |at| at + author.name.len());
        let end = if rest.get(end..).is_some_and(|r| r.starts_with(',')) { end + 1 } else { end };
        let (name, after) = rest.split_at(end);
        names.push(name.trim().to_owned());
        rest = after;
    }
    names
}

/// Pieces of text in one line, in two, up to as many as there are pieces.
fn blocks(style: &Style<'_>, pieces: &[String]) -> Vec<Block> {
    let widths: Vec<f64> = pieces.iter().map(|piece| style.line(piece).advance).collect();
    let space = style.line("a a").advance - style.line("aa").advance;
    (1..=pieces.len().min(MOST_LINES))
        .map(|count| {
            let lines: Vec<Lettering> = balanced(&widths, space, count)
                .into_iter()
                .map(|range| style.line(&pieces.get(range).unwrap_or(&[]).join(" ")))
                .collect();
            let width = lines.iter().map(|l| l.ink[2] - l.ink[0]).fold(0.0, f64::max);
            Block { lines, width }
        })
        .collect()
}

/// Breaks pieces of these widths into so many lines or fewer, the longest as
/// short as can be.
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
    let (mut low, mut high) = (0.0, widths.iter().map(|w| w + space).sum::<f64>());
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if fill(middle).len() <= count { high = middle } else { low = middle }
    }
    fill(high)
}
