//! Words as outlines, shaped by the rules of their font.
//!
//! A cover is a picture: its words must look the same wherever it is shown,
//! so they are drawn, not set as text.

use harfrust::{Direction, Feature, ShapeOptions, ShaperData, Tag, UnicodeBuffer};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{GlyphId, MetadataProvider};
use unicode_bidi::BidiInfo;

use super::drawing::PathSegment;
use crate::text::{FaceId, FontBook};

/// How words are set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style<'a> {
    pub fonts: &'a FontBook,
    /// The face; where it lacks a character, the first other one that has it.
    pub face: FaceId,
    /// Extra space after each letter, in ems; below zero sets them tighter.
    pub tracking: f64,
    /// Features that are switched on beside the usual ones, such as `smcp`.
    pub features: &'a [&'a [u8; 4]],
}

/// A line of words as outlines, one em high: the baseline is y = 0, the line
/// begins at x = 0, y goes down.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Lettering {
    pub segments: Vec<PathSegment>,
    /// How far the line reaches, without the tracking after its last letter.
    pub advance: f64,
    /// Left, top, right and bottom of the ink; all zero where there is none.
    pub ink: [f64; 4],
}

impl Style<'_> {
    /// Sets one line.
    pub fn line(&self, text: &str) -> Lettering {
        let mut pen = Pen::default();
        let bidi = BidiInfo::new(text, None);
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let rtl = levels.get(run.start).is_some_and(|level| level.is_rtl());
                let mut pieces = self.by_face(text.get(run).unwrap_or(""));
                if rtl {
                    pieces.reverse();
                }
                for (face, piece) in pieces {
                    self.shape(&mut pen, face, piece, rtl);
                }
            }
        }
        pen.finish(self.tracking)
    }

    /// The text in pieces that one face has all letters of.
    fn by_face<'t>(&self, text: &'t str) -> Vec<(FaceId, &'t str)> {
        let mut pieces: Vec<(FaceId, usize)> = Vec::new();
        for (at, c) in text.char_indices() {
            let has = |id: &FaceId| self.fonts.face(*id).glyph(c).is_some();
            let current = pieces.last().map_or(self.face, |(face, _)| *face);
            let others = self.fonts.iter().map(|(id, _)| id);
            let neutral = c.is_whitespace() && !pieces.is_empty();
            let face = if neutral {
                current
            } else {
                [self.face, current].into_iter().chain(others).find(has).unwrap_or(self.face)
            };
            if pieces.last().is_none_or(|(last, _)| *last != face) {
                pieces.push((face, at));
            }
        }
        let ends = pieces.iter().skip(1).map(|(_, at)| *at).chain([text.len()]);
        let ends: Vec<usize> = ends.collect();
        pieces
            .into_iter()
            .zip(ends)
            .map(|((face, start), end)| (face, text.get(start..end).unwrap_or("")))
            .collect()
    }

    fn shape(&self, pen: &mut Pen, face: FaceId, text: &str, rtl: bool) {
        let face = self.fonts.face(face);
        let font = face.font_ref();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
        buffer.guess_segment_properties();
        let on = self.features.iter().map(|tag| Feature::new(Tag::new(tag), 1, ..));
        // Letters that are spaced out do not hang together.
        let off = [b"liga", b"clig"].map(|tag| Feature::new(Tag::new(tag), 0, ..));
        let off = off.into_iter().filter(|_| self.tracking > 0.0);
        let features: Vec<Feature> = on.chain(off).collect();
        let data = ShaperData::new(&font);
        let shaper = data.shaper(&font).build();
        let glyphs = shaper.shape(buffer, ShapeOptions::new().features(&features));
        let outlines = font.outline_glyphs();
        let em = face.metrics.units_per_em.max(1.0);
        for (info, at) in glyphs.glyph_infos().iter().zip(glyphs.glyph_positions()) {
            pen.scale = 1.0 / em;
            pen.origin = (pen.x + f64::from(at.x_offset) / em, -f64::from(at.y_offset) / em);
            if let Some(glyph) = outlines.get(GlyphId::new(info.glyph_id)) {
                let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                // A glyph that can't be drawn leaves its space empty.
                let _ = glyph.draw(settings, pen);
            }
            pen.x += f64::from(at.x_advance) / em;
            if at.x_advance != 0 {
                pen.x += self.tracking;
            }
        }
    }
}

/// Collects outlines in ems, y down.
#[derive(Default)]
struct Pen {
    segments: Vec<PathSegment>,
    x: f64,
    origin: (f64, f64),
    scale: f64,
    last: (f64, f64),
    ink: Option<[f64; 4]>,
}

impl Pen {
    fn place(&mut self, x: f32, y: f32) -> (f64, f64) {
        let at =
            (self.origin.0 + f64::from(x) * self.scale, self.origin.1 - f64::from(y) * self.scale);
        let ink = self.ink.get_or_insert([at.0, at.1, at.0, at.1]);
        *ink = [ink[0].min(at.0), ink[1].min(at.1), ink[2].max(at.0), ink[3].max(at.1)];
        at
    }

    fn finish(self, tracking: f64) -> Lettering {
        Lettering {
            segments: self.segments,
            advance: (self.x - tracking).max(0.0),
            ink: self.ink.unwrap_or_default(),
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.last = self.place(x, y);
        self.segments.push(PathSegment::Move(self.last.0, self.last.1));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.last = self.place(x, y);
        self.segments.push(PathSegment::Line(self.last.0, self.last.1));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (from, control, to) = (self.last, self.place(cx, cy), self.place(x, y));
        self.last = to;
        self.segments.push(PathSegment::quadratic(from, control, to));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let (a, b, to) = (self.place(ax, ay), self.place(bx, by), self.place(x, y));
        self.last = to;
        self.segments.push(PathSegment::Cubic(a.0, a.1, b.0, b.1, to.0, to.1));
    }

    fn close(&mut self) {
        self.segments.push(PathSegment::Close);
    }
}
