//! The cover: art with title and author set on it in the book's own fonts.
//!
//! The art is read once and kept as paths, the words as outlines one em high.
//! For each size that is asked for, the art is laid so that it fills it, and
//! the words are fitted to what of the art is left to be seen.

use std::sync::Arc;

use super::cover_layout::{Arrangement, Words};
use super::drawing::{DrawPath, Drawing, Fill};
use super::error::PictureError;
use super::paint::{self, Ground, canvas};
use super::resample::linear;
use super::{encode, svg};
use crate::model::{Alt, Metadata};
use crate::text::FontBook;
use crate::theme::Theme;
use crate::units::{Pt, Px};

/// The quality of the cover's JPEG: it is seen large and once.
const QUALITY: u8 = 88;
/// The colour of words on light ground.
const INK: [u8; 3] = [0x14, 0x12, 0x10];
/// The colour of words on dark ground, where the art has no paper to match.
const PAPER: [u8; 3] = [0xF6, 0xF0, 0xE4];

const TAP: &str = include_str!("../../covers/tap.svg");
const PLAIN: &str = include_str!("../../covers/plain.svg");

/// What lies under the words of a cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoverArt {
    /// One of the covers that come with bindery, by name: `plain`, `tap`.
    Shipped(String),
    /// The SVG text of a file of the book.
    Svg(String),
}

/// A cover, ready to be drawn at any size near 5:8.
#[derive(Debug, Clone)]
pub struct Cover {
    /// What a reader who can't see it is told.
    pub alt: Alt,
    art: Arc<Drawing>,
    words: Words,
    /// The colours of the words at the head and at the foot.
    colours: [[u8; 3]; 2],
}

impl CoverArt {
    /// Plain ground, which every title can be set on.
    pub fn plain() -> CoverArt {
        CoverArt::Shipped("plain".into())
    }
}

impl Cover {
    /// The names of the covers that come with bindery.
    pub const SHIPPED: [&str; 2] = ["plain", "tap"];

    /// Sets title and authors on the art.
    ///
    /// # Errors
    /// If the art can't be read, is more than plain shapes in plain colours,
    /// or no shipped cover has that name.
    pub fn compose(
        art: &CoverArt,
        meta: &Metadata,
        theme: &Theme,
        fonts: &FontBook,
    ) -> Result<Cover, PictureError> {
        let (text, arrangement) = match art {
            CoverArt::Shipped(name) if name == "tap" => (TAP, Arrangement::SIDE),
            CoverArt::Shipped(name) if name == "plain" => (PLAIN, Arrangement::FRAMED),
            CoverArt::Shipped(name) => {
                return Err(PictureError(format!(
                    "there is no cover `{name}`; those that come with bindery are {}",
                    Cover::SHIPPED.map(|n| format!("`{n}`")).join(" and ")
                )));
            }
            CoverArt::Svg(text) => (text.as_str(), Arrangement::SIDE),
        };
        let tree = svg::parse(text.as_bytes())?;
        let art = svg::to_drawing(&tree).ok_or_else(|| {
            PictureError(
                "the cover's art has gradients, clips, masks, filters or pictures in it; it must \
                 be plain shapes in plain colours"
                    .into(),
            )
        })?;
        let words = Words::of(meta, theme, fonts, arrangement)?;
        let colours = colours(&art, arrangement)?;
        let alt = meta.cover_alt.clone().unwrap_or_else(|| described(meta));
        Ok(Cover { alt, art: Arc::new(art), words, colours })
    }

    /// The cover as a JPEG of this size, for the EPUB.
    ///
    /// # Errors
    /// If it can't be drawn or encoded.
    pub fn jpeg(&self, size: (Px, Px)) -> Result<Vec<u8>, PictureError> {
        let mut pixmap = canvas(size.0.0, size.1.0, Ground::White)?;
        let size = (f64::from(size.0.0), f64::from(size.1.0));
        let (scale, x, y) = self.fill(size);
        self.art.paint(&mut pixmap, (scale, x, y));
        let words = Drawing { width: size.0, height: size.1, paths: self.lettering(size) };
        words.paint(&mut pixmap, (1.0, 0.0, 0.0));
        encode::jpeg(&paint::to_raster(pixmap), QUALITY)
    }

    /// The cover as paths that fill a page of this size to its edges; some
    /// reach over them.
    pub fn drawing(&self, size: (Pt, Pt)) -> Drawing {
        let size = (size.0.0, size.1.0);
        let (scale, x, y) = self.fill(size);
        let art = self.art.paths.iter().map(|path| path.placed(scale, (x, y)));
        Drawing { width: size.0, height: size.1, paths: art.chain(self.lettering(size)).collect() }
    }

    /// How the art is laid on a page so that it fills it, with as much lost on
    /// one side as on the other.
    fn fill(&self, size: (f64, f64)) -> (f64, f64, f64) {
        let scale = (size.0 / self.art.width).max(size.1 / self.art.height);
        let middle = |page: f64, art: f64| (page - art * scale) / 2.0;
        (scale, middle(size.0, self.art.width), middle(size.1, self.art.height))
    }

    fn lettering(&self, size: (f64, f64)) -> Vec<DrawPath> {
        let (scale, _, top) = self.fill(size);
        let art = (top, self.art.height * scale);
        let [head, foot] = self.words.set(size, art);
        let inked = |segments, rgb| DrawPath {
            segments,
            fill: Some(Fill { rgb, opacity: 1.0, even_odd: false }),
            stroke: None,
        };
        let parts = [inked(head, self.colours[0]), inked(foot, self.colours[1])];
        parts.into_iter().filter(|path| !path.segments.is_empty()).collect()
    }
}

/// What the cover says, where nobody has described it.
fn described(meta: &Metadata) -> Alt {
    let byline = meta.byline();
    match (meta.title.is_empty(), byline.is_empty()) {
        (true, true) => Alt::Missing,
        (false, true) => Alt::Text(meta.title.clone()),
        (true, false) => Alt::Text(byline),
        (false, false) => Alt::Text(format!("{}, {byline}", meta.title)),
    }
}

/// The colours that words have on the art, at its head and at its foot: ink or
/// paper, whichever stands out more (WCAG 2.2, contrast ratio).
fn colours(art: &Drawing, arrangement: Arrangement) -> Result<[[u8; 3]; 2], PictureError> {
    const WIDTH: u32 = 100;
    let small = paint::to_raster(art.pixels(WIDTH, Ground::White)?);
    let step = usize::from(small.channels.max(1));
    let rows: Vec<&[u8]> = small.samples.chunks_exact(WIDTH as usize * step).collect();
    let mean = |(from, to): (f64, f64)| {
        let row = |share: f64| ((share * rows.len() as f64) as usize).min(rows.len());
        let zone = rows.get(row(from)..row(to)).unwrap_or(&[]);
        let mut sums = [0.0f64; 3];
        for pixel in zone.iter().flat_map(|row| row.chunks_exact(step)) {
            for (sum, v) in sums.iter_mut().zip(pixel.iter().cycle()) {
                *sum += f64::from(linear()[usize::from(*v)]);
            }
        }
        let count = (zone.len() * WIDTH as usize).max(1) as f64;
        luminance(sums.map(|sum| sum / count))
    };
    let light = |rgb: [u8; 3]| luminance(rgb.map(|v| f64::from(linear()[usize::from(v)])));
    let paper = ground(&rows, step).filter(|rgb| light(*rgb) > 0.6).unwrap_or(PAPER);
    let contrast = |a: f64, b: f64| (a.max(b) + 0.05) / (a.min(b) + 0.05);
    let best = |zone| {
        let under = mean(zone);
        if contrast(light(INK), under) >= contrast(light(paper), under) { INK } else { paper }
    };
    Ok([best(arrangement.head), best(arrangement.foot)])
}

/// The colour of the art's upper left corner.
fn ground(rows: &[&[u8]], step: usize) -> Option<[u8; 3]> {
    let pixel = rows.first()?.get(..step)?;
    let first = *pixel.first()?;
    Some([first, *pixel.get(1).unwrap_or(&first), *pixel.get(2).unwrap_or(&first)])
}

/// Relative luminance of linear light (WCAG 2.2).
fn luminance([r, g, b]: [f64; 3]) -> f64 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::{Asset, AssetKind, PathSegment};
    use crate::model::{Contributor, ContributorRole, Lang};

    fn meta(title: &str, subtitle: &str, authors: &[&str]) -> Metadata {
        let author = |name: &&str| Contributor {
            name: (*name).to_owned(),
            sort: None,
            role: ContributorRole::Author,
        };
        Metadata {
            title: title.into(),
            subtitle: Some(subtitle.into()).filter(|s: &String| !s.is_empty()),
            contributors: authors.iter().map(author).collect(),
            ..Metadata::default()
        }
    }

    fn compose(name: &str, meta: &Metadata) -> Cover {
        let art = CoverArt::Shipped(name.into());
        Cover::compose(&art, meta, &Theme::default(), &FontBook::shipped()).expect("it is composed")
    }

    /// Left, top, right and bottom of all points.
    fn bounds(path: &DrawPath) -> [f64; 4] {
        let empty = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        let points = path.segments.iter().flat_map(|s| match *s {
            PathSegment::Move(x, y) | PathSegment::Line(x, y) => vec![(x, y)],
            PathSegment::Cubic(a, b, c, d, x, y) => vec![(a, b), (c, d), (x, y)],
            PathSegment::Close => vec![],
        });
        points.fold(empty, |[l, t, r, b], (x, y)| [l.min(x), t.min(y), r.max(x), b.max(y)])
    }

    #[test]
    fn words_of_any_length_and_script_stay_within_the_margins() {
        let long = "On the Extraordinary Persistence of Small Institutions in an Age That Had No \
                    Further Use for Them and Said So";
        let books = [
            meta("It", "", &["Bo"]),
            meta("Abundant Intelligence", "Four essays on work", &["Mara Lindqvist"]),
            meta(long, long, &["Ada Quill", "Børge Ørsted", "Jean-Baptiste de la Montmorency"]),
            meta(&"Donaudampfschifffahrtsgesellschaft".repeat(3), "", &[long]),
            meta("Преступление и наказание", "Роман", &["Ф. М. Достоевский"]),
            Metadata {
                language: Lang::new("he").expect("a tag"),
                ..meta("שיר השירים", "", &["שלמה"])
            },
            meta("道德經 \u{1F600}", "\u{0301}", &["老子"]),
        ];
        for name in Cover::SHIPPED {
            for book in &books {
                let cover = compose(name, book);
                for (w, h) in [(432.0, 648.0), (1600.0, 2560.0), (300.0, 300.0)] {
                    let words = cover.lettering((w, h));
                    assert_eq!(words.len(), 2, "{}", book.title);
                    for path in &words {
                        let [l, t, r, b] = bounds(path);
                        let margin = w * 0.08;
                        assert!(
                            l >= margin && r <= w - margin && t >= 0.0 && b <= h,
                            "{name} {w}×{h} {}: {l} {t} {r} {b}",
                            book.title
                        );
                    }
                    let gap = bounds(&words[1])[1] - bounds(&words[0])[3];
                    assert!(gap > 0.0 || h < 400.0, "{name} {w}×{h} {}: {gap}", book.title);
                }
            }
        }
    }

    #[test]
    fn hebrew_is_ranged_right_and_runs_to_the_left() {
        let hebrew = Lang::new("he").expect("a tag");
        let cover = compose("tap", &Metadata { language: hebrew, ..meta("אב", "", &[]) });
        let words = cover.lettering((1000.0, 1600.0));
        assert!((bounds(&words[0])[2] - 912.0).abs() < 1.0);
    }

    #[test]
    fn a_book_without_words_has_a_cover_all_the_same() {
        let cover = compose("plain", &meta("", "", &[]));
        assert!(cover.lettering((432.0, 648.0)).is_empty());
        assert_eq!(cover.alt, Alt::Missing);
    }

    #[test]
    fn words_on_dark_ground_are_light() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='160' height='256'>\
                   <rect width='160' height='128' fill='#fff'/>\
                   <rect y='128' width='160' height='128' fill='#222'/></svg>";
        let book = meta("Title", "", &["Author"]);
        let art = CoverArt::Svg(svg.into());
        let cover = Cover::compose(&art, &book, &Theme::default(), &FontBook::shipped());
        assert_eq!(cover.map(|c| c.colours), Ok([INK, [255; 3]]));
    }

    #[test]
    fn the_art_fills_a_page_of_another_shape() {
        let cover = compose("plain", &meta("Title", "", &[]));
        for (w, h) in [(432.0, 648.0), (500.0, 500.0), (300.0, 900.0)] {
            let ground = bounds(&cover.drawing((Pt(w), Pt(h))).paths[0]);
            let [l, t, r, b] = ground;
            assert!(l <= 0.01 && t <= 0.01 && r >= w - 0.01 && b >= h - 0.01, "{ground:?}");
            assert!((l + r - w).abs() < 0.01 && (t + b - h).abs() < 0.01, "{ground:?}");
        }
    }

    #[test]
    fn the_jpeg_is_whole_and_always_the_same() {
        let cover = compose("tap", &meta("Title", "", &["Author"]));
        let bytes = cover.jpeg((Px(160), Px(256))).expect("it is drawn");
        assert_eq!(cover.jpeg((Px(160), Px(256))), Ok(bytes.clone()));
        let asset = Asset::read("cover.jpg", bytes.into()).expect("it is whole");
        assert!(matches!(asset.kind, AssetKind::Jpeg { components: 3, inverted: false }));
        assert_eq!(asset.size, (Px(160), Px(256)));
    }

    #[test]
    fn art_that_cannot_be_used_is_refused_with_the_reason() {
        let refused = |art: CoverArt| {
            Cover::compose(&art, &meta("T", "", &[]), &Theme::default(), &FontBook::shipped())
                .expect_err("it is refused")
                .0
        };
        assert!(refused(CoverArt::Shipped("tab".into())).contains("`plain` and `tap`"));
        assert!(refused(CoverArt::Svg("<p>".into())).contains("SVG"));
        let gradient = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\
            <linearGradient id='g'><stop stop-color='red'/><stop offset='1'/></linearGradient>\
            <rect width='9' height='9' fill='url(#g)'/></svg>";
        assert!(refused(CoverArt::Svg(gradient.into())).contains("gradients"));
    }
}
