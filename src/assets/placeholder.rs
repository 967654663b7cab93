//! What is shown where a picture can't be: a frame with its alternative text
//! and the name of its file.
//!
//! The frame is a picture like any other, so that both outputs show the same
//! and neither has to know of it. Its words are outlines: they are not part of
//! the text, and a reader who can't see the frame is told the alternative text.

use super::drawing::{DrawPath, Drawing, Fill, PathSegment, Stroke};
use super::lettering::{Lettering, Style};
use crate::model::{ImageSource, Placement};
use crate::text::{FaceId, FaceStyle, FontBook};
use crate::theme::Theme;

/// CSS pixels to the point.
const PX: f64 = 96.0 / 72.0;
/// The frame's line and the words, in the ink of the text.
const INK: [u8; 3] = [0; 3];
/// The width of the frame's line, in CSS pixels.
const RULE: f64 = 0.75;
/// The air between frame and words, in ems of the words.
const AIR: f64 = 1.2;
/// More lines of alternative text are cut off.
const MOST_LINES: usize = 6;
/// What stands for what is cut off.
const ELLIPSIS: &str = "\u{2026}";

/// The frame for a picture that is missing or broken, its sides whole CSS pixels;
/// `None` if the theme's fonts are not there.
pub(super) fn frame(image: &ImageSource, theme: &Theme, fonts: &FontBook) -> Option<Drawing> {
    let faces = Faces {
        words: fonts.select(&theme.sans, FaceStyle::default())?,
        name: fonts.select(&theme.mono, FaceStyle::default())?,
        fonts,
    };
    Some(match image.placement {
        Placement::Block => block(image, theme, &faces),
        Placement::Line => line(image, theme, &faces),
    })
}

/// The faces of the words.
struct Faces<'a> {
    words: FaceId,
    name: FaceId,
    fonts: &'a FontBook,
}

impl Faces<'_> {
    fn set(&self, face: FaceId, text: &str) -> Lettering {
        Style { fonts: self.fonts, face, tracking: 0.0, features: &[] }.line(text)
    }
}

/// A frame as wide as the measure, its words centred.
fn block(image: &ImageSource, theme: &Theme, faces: &Faces<'_>) -> Drawing {
    let width = (theme.measure.0 * PX).round().max(40.0);
    let size = theme.caption_size.0 * PX;
    let leading = theme.caption_leading.0 * PX;
    let room = width / size - 2.0 * AIR;
    let alt = image.alt.as_deref().unwrap_or("");
    let mut lines: Vec<Lettering> = wrapped(alt, room, |text| faces.set(faces.words, text));
    lines.push(shortened(&image.path, room, |text| faces.set(faces.name, text)));
    let height = (leading * (lines.len() - 1) as f64 + size * (2.0 * AIR + 1.0)).round();
    let first = size * AIR + size * 0.8;
    let words = lines.iter().enumerate().flat_map(|(number, line)| {
        let x = (width - line.advance * size) / 2.0;
        let y = first + leading * number as f64;
        line.segments.iter().map(move |segment| segment.placed(size, (x, y)))
    });
    framed(width, height, words.collect())
}

/// A frame of one line, to stand among words.
fn line(image: &ImageSource, theme: &Theme, faces: &Faces<'_>) -> Drawing {
    // Four times the size it has in the line, since its sides are whole pixels.
    let height = (theme.size.0 * PX * 4.0).round().max(8.0);
    let size = height * 0.72;
    let room = theme.measure.0 * PX * 4.0 / size / 2.0;
    let name = image.path.rsplit('/').next().unwrap_or(&image.path);
    let words = image.alt.as_deref().filter(|alt| !alt.is_empty()).unwrap_or(name);
    let set = |text: &str| faces.set(faces.words, text);
    let whole = set(words);
    let line = if whole.advance <= room { whole } else { cut_short(words, room, set) };
    let width = (line.advance * size + size * 0.6).round();
    let at = (size * 0.3, height * 0.76);
    framed(width, height, line.segments.iter().map(|s| s.placed(size, at)).collect())
}

/// Words with a thin frame around them.
fn framed(width: f64, height: f64, words: Vec<PathSegment>) -> Drawing {
    let rule = RULE.max(height.min(width) * 0.01);
    let (l, t, r, b) = (rule / 2.0, rule / 2.0, width - rule / 2.0, height - rule / 2.0);
    let frame = vec![
        PathSegment::Move(l, t),
        PathSegment::Line(r, t),
        PathSegment::Line(r, b),
        PathSegment::Line(l, b),
        PathSegment::Close,
    ];
    let stroke = Stroke {
        rgb: INK,
        opacity: 1.0,
        width: rule,
        cap: 0,
        join: 0,
        miter_limit: 4.0,
        dash: Vec::new(),
        dash_offset: 0.0,
    };
    let fill = Fill { rgb: INK, opacity: 1.0, even_odd: false };
    let paths = vec![
        DrawPath { segments: frame, fill: None, stroke: Some(stroke) },
        DrawPath { segments: words, fill: Some(fill), stroke: None },
    ];
    Drawing { width, height, paths }
}

/// The text in lines no wider than `room`, in ems; the last is cut off if there
/// are too many. A word that is wider by itself is cut too.
fn wrapped(text: &str, room: f64, set: impl Fn(&str) -> Lettering + Copy) -> Vec<Lettering> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let joined = lines.last().map(|line| format!("{line} {word}"));
        match (joined.filter(|joined| set(joined).advance <= room), lines.last_mut()) {
            (Some(joined), Some(line)) => *line = joined,
            (None, _) | (_, None) => lines.push(word.to_owned()),
        }
    }
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        if let Some(last) = lines.last_mut() {
            last.push_str(ELLIPSIS);
        }
    }
    let fitted = |line: &String| {
        let whole = set(line);
        if whole.advance <= room { whole } else { cut_short(line, room, set) }
    };
    lines.iter().map(fitted).collect()
}

/// The name of a file in one line: if it is too long, its end, which says most.
fn shortened(path: &str, room: f64, set: impl Fn(&str) -> Lettering) -> Lettering {
    let whole = set(path);
    if whole.advance <= room {
        return whole;
    }
    let starts = path.char_indices().map(|(at, _)| at).skip(1);
    let ends = starts.filter_map(|at| path.get(at..)).map(|end| format!("{ELLIPSIS}{end}"));
    first_that_fits(ends, room, set)
}

/// The beginning of a text that is too long for one line.
fn cut_short(text: &str, room: f64, set: impl Fn(&str) -> Lettering) -> Lettering {
    let stops = text.char_indices().rev().map(|(at, _)| at);
    let beginnings = stops.filter_map(|at| text.get(..at)).map(|s| format!("{s}{ELLIPSIS}"));
    first_that_fits(beginnings, room, set)
}

fn first_that_fits(
    texts: impl Iterator<Item = String>,
    room: f64,
    set: impl Fn(&str) -> Lettering,
) -> Lettering {
    texts.map(|text| set(&text)).find(|line| line.advance <= room).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::{Asset, AssetKind};
    use crate::model::ImageContent;
    use crate::source::{FileId, Span};

    fn framed(alt: &str, path: &str, placement: Placement) -> Drawing {
        let image = ImageSource {
            path: path.to_owned(),
            span: Span::new(FileId(0), 0, 0),
            width: None,
            content: ImageContent::Missing,
            alt: Some(alt.to_owned()),
            placement,
        };
        frame(&image, &Theme::default(), &FontBook::shipped()).expect("the fonts are there")
    }

    /// Left and right of the words.
    fn extent(drawing: &Drawing) -> (f64, f64) {
        let words = drawing.paths.last().expect("it has words");
        words.segments.iter().fold((f64::MAX, f64::MIN), |(l, r), s| match *s {
            PathSegment::Move(x, _) | PathSegment::Line(x, _) => (l.min(x), r.max(x)),
            PathSegment::Cubic(.., x, _) => (l.min(x), r.max(x)),
            PathSegment::Close => (l, r),
        })
    }

    #[test]
    fn words_of_any_length_stay_within_the_frame() {
        let long = "a picture of many things that takes a whole paragraph to describe ".repeat(20);
        for alt in ["", "A tower", &long, &"Donaudampfschiff".repeat(20), "漢字 שלום"] {
            for path in ["a.svg", &"folder/".repeat(40)] {
                for placement in [Placement::Block, Placement::Line] {
                    let drawing = framed(alt, path, placement);
                    let (left, right) = extent(&drawing);
                    assert!(
                        left >= 0.0 && right <= drawing.width,
                        "{alt:?} {path:?} {placement:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_frame_in_a_line_is_as_wide_as_its_words() {
        let width = |alt| framed(alt, "a.svg", Placement::Line).width;
        assert!(width("A") < width("A tower by the sea"));
        let measure = (Theme::default().measure.0 * PX).round();
        assert_eq!(framed("A", "a.svg", Placement::Block).width, measure);
    }

    #[test]
    fn the_svg_is_the_drawing() {
        let drawing = framed("A tower", "images/tower.svg", Placement::Block);
        let asset = Asset::read("x.svg", drawing.svg().into_bytes().into()).expect("it is SVG");
        let size = (f64::from(asset.size.0.0), f64::from(asset.size.1.0));
        assert_eq!(size, (drawing.width, drawing.height));
        assert!(matches!(asset.kind, AssetKind::Svg(Some(_))), "paths and nothing else");
    }
}
