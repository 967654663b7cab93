//! The face that formulas are set in: its glyphs, how tall they are, and what
//! its MATH table says of them.

use std::cell::RefCell;
use std::collections::HashMap;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};
use skrifa::raw::TableProvider;
use skrifa::raw::types::Tag;
use skrifa::{GlyphId, MetadataProvider};

use crate::text::{FaceId, FaceStyle, FontBook};

use super::table::{Constants, Growth, MathTable};

/// The family that formulas are set in.
pub const FAMILY: &str = "Libertinus Math";

/// A face with a MATH table.
#[derive(Debug)]
pub struct MathFace {
    /// The face.
    pub id: FaceId,
    table: MathTable,
}

impl MathFace {
    /// The face for formulas, if the fonts have it.
    pub fn find(fonts: &FontBook) -> Option<MathFace> {
        let id = fonts.select(FAMILY, FaceStyle::default())?;
        let data = fonts.face(id).font_ref().data_for_tag(Tag::new(b"MATH"))?;
        Some(MathFace { id, table: MathTable::read(data.as_bytes())? })
    }
}

/// The box of a glyph: in font units, y upwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct GlyphBox {
    /// From its origin to the next one's.
    pub advance: f64,
    /// Its left edge.
    pub left: f64,
    /// Its right edge.
    pub right: f64,
    /// Its lower edge.
    pub bottom: f64,
    /// Its upper edge.
    pub top: f64,
}

/// The face at work.
pub struct MathFont<'a> {
    /// The face.
    pub id: FaceId,
    /// Font units to the em.
    pub units: f64,
    table: &'a MathTable,
    charmap: Charmap<'a>,
    metrics: GlyphMetrics<'a>,
    outlines: OutlineGlyphCollection<'a>,
    boxes: RefCell<HashMap<u16, GlyphBox>>,
}

impl<'a> MathFont<'a> {
    /// Takes up a face.
    pub fn new(face: &'a MathFace, fonts: &'a FontBook) -> MathFont<'a> {
        let font = fonts.face(face.id).font_ref();
        MathFont {
            id: face.id,
            units: fonts.face(face.id).metrics.units_per_em,
            table: &face.table,
            charmap: font.charmap(),
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            outlines: font.outline_glyphs(),
            boxes: RefCell::default(),
        }
    }

    /// Distances, in font units.
    pub fn constants(&self) -> &'a Constants {
        &self.table.constants
    }

    /// The glyph of a character.
    pub fn glyph(&self, c: char) -> Option<u16> {
        self.charmap.map(c).and_then(|g| u16::try_from(g.to_u32()).ok()).filter(|g| *g != 0)
    }

    /// The box of a glyph.
    pub fn glyph_box(&self, glyph: u16) -> GlyphBox {
        if let Some(found) = self.boxes.borrow().get(&glyph) {
            return *found;
        }
        let id = GlyphId::from(glyph);
        let mut pen = Edges::default();
        if let Some(outline) = self.outlines.get(id) {
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            // A glyph that can't be drawn has no edges.
            let _ = outline.draw(settings, &mut pen);
        }
        let advance = f64::from(self.metrics.advance_width(id).unwrap_or(0.0));
        let [left, bottom, right, top] = pen.edges.unwrap_or([0.0; 4]).map(f64::from);
        let found = GlyphBox { advance, left, right, bottom, top };
        self.boxes.borrow_mut().insert(glyph, found);
        found
    }

    /// How far a glyph leans over what follows.
    pub fn italic(&self, glyph: u16) -> f64 {
        self.table.italics.get(&glyph).copied().unwrap_or(0.0)
    }

    /// Where accents on a glyph, or it as an accent, are centred.
    pub fn attachment(&self, glyph: u16) -> Option<f64> {
        self.table.attachments.get(&glyph).copied()
    }

    /// How a glyph grows upwards.
    pub fn vertical(&self, glyph: u16) -> Option<&'a Growth> {
        self.table.vertical.get(&glyph)
    }

    /// How a glyph grows to the right.
    pub fn horizontal(&self, glyph: u16) -> Option<&'a Growth> {
        self.table.horizontal.get(&glyph)
    }

    /// How much parts lie over each other at least.
    pub fn min_overlap(&self) -> f64 {
        self.table.min_overlap
    }
}

/// Finds the edges of an outline.
#[derive(Default)]
struct Edges {
    edges: Option<[f32; 4]>,
}

impl Edges {
    fn point(&mut self, x: f32, y: f32) {
        let [l, b, r, t] = self.edges.unwrap_or([x, y, x, y]);
        self.edges = Some([l.min(x), b.min(y), r.max(x), t.max(y)]);
    }
}

impl OutlinePen for Edges {
    fn move_to(&mut self, x: f32, y: f32) {
        self.point(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.point(x, y);
    }

    fn quad_to(&mut self, _: f32, _: f32, x: f32, y: f32) {
        self.point(x, y);
    }

    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, x: f32, y: f32) {
        // Outlines have points at their extremes: the ends of curves suffice.
        self.point(x, y);
    }

    fn close(&mut self) {}
}
