//! The fonts of a book: those shipped with bindery and those of its folder.

use std::sync::Arc;

use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::raw::types::Tag;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use super::needs::Fallbacks;
use super::script::is_invisible;

/// A face of the [`FontBook`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u16);

/// How heavy a face is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Weight {
    /// For text.
    #[default]
    Regular,
    /// For headings.
    Semibold,
    /// For strong emphasis.
    Bold,
}

/// Weight and slope of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct FaceStyle {
    /// How heavy.
    pub weight: Weight,
    /// Italic or oblique.
    pub italic: bool,
}

/// Where a face comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Origin {
    /// It comes with bindery.
    Shipped,
    /// It lies in the book's folder.
    #[default]
    Book,
    /// It is one of the system's.
    System,
}

/// Measures of a face in font units of [`FontMetrics::units_per_em`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FontMetrics {
    /// Font units to the em.
    pub units_per_em: f64,
    /// The height of the ascenders above the baseline.
    pub ascent: f64,
    /// The depth of the descenders, below zero.
    pub descent: f64,
    /// The height of capitals.
    pub cap_height: f64,
    /// The height of lower-case letters.
    pub x_height: f64,
    /// The slope of italics in degrees, below zero when it leans to the right.
    pub italic_angle: f64,
    /// Left, bottom, right and top of all glyphs together.
    pub bbox: [f64; 4],
}

/// One face: its bytes and what is known about it.
#[derive(Debug, Clone)]
pub struct FontFace {
    /// The family, as `book.toml` names it: `Libertinus Serif`.
    pub family: String,
    /// Its PostScript name: `LibertinusSerif-Regular`.
    pub postscript_name: String,
    /// Weight and slope.
    pub style: FaceStyle,
    /// The font file.
    pub data: Arc<[u8]>,
    /// Which font of the file it is, where it holds several.
    pub index: u32,
    /// Where it comes from.
    pub origin: Origin,
    /// Its measures.
    pub metrics: FontMetrics,
}

impl FontFace {
    /// Reads a font file; `None` if it isn't one that can be used.
    pub fn parse(data: Arc<[u8]>) -> Option<FontFace> {
        Self::parse_index(data, 0)
    }

    /// Reads one font of a file that may hold several; `None` if there is no
    /// such font, or none that can be used.
    pub fn parse_index(data: Arc<[u8]>, index: u32) -> Option<FontFace> {
        let font = FontRef::from_index(&data, index).ok()?;
        let name =
            |id: StringId| font.localized_strings(id).english_or_first().map(|s| s.to_string());
        let family =
            name(StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| name(StringId::FAMILY_NAME))?;
        let postscript_name =
            name(StringId::POSTSCRIPT_NAME).unwrap_or_else(|| family.replace(' ', ""));
        let attributes = font.attributes();
        let weight = match attributes.weight.value() {
            w if w < 550.0 => Weight::Regular,
            w if w < 650.0 => Weight::Semibold,
            _ => Weight::Bold,
        };
        let italic = attributes.style != skrifa::attribute::Style::Normal;
        let m = font.metrics(Size::unscaled(), LocationRef::default());
        let bounds = m.bounds.unwrap_or_default();
        let metrics = FontMetrics {
            units_per_em: f64::from(m.units_per_em),
            ascent: f64::from(m.ascent),
            descent: f64::from(m.descent),
            cap_height: f64::from(m.cap_height.unwrap_or(m.ascent * 0.7)),
            x_height: f64::from(m.x_height.unwrap_or(m.ascent * 0.5)),
            italic_angle: f64::from(m.italic_angle),
            bbox: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(f64::from),
        };
        let style = FaceStyle { weight, italic };
        let origin = Origin::default();
        Some(FontFace { family, postscript_name, style, data, index, origin, metrics })
    }

    /// The face as skrifa and the shaper read it.
    ///
    /// # Panics
    /// Never: the same bytes were read when the face was made.
    pub fn font_ref(&self) -> FontRef<'_> {
        FontRef::from_index(&self.data, self.index)
            .expect("a face is made from bytes that were read")
    }

    /// The glyph of a character, if the face has one.
    pub fn glyph(&self, c: char) -> Option<u16> {
        self.font_ref().charmap().map(c).and_then(|g| u16::try_from(g.to_u32()).ok())
    }

    /// How far a character goes below its baseline, as a share of the em.
    pub fn depth(&self, c: char) -> Option<f64> {
        let font = self.font_ref();
        let glyph = font.charmap().map(c)?;
        let bounds = font.glyph_metrics(Size::new(1.0), LocationRef::default()).bounds(glyph)?;
        Some(f64::from(-bounds.y_min).max(0.0))
    }

    /// Whether the face has a glyph for a character.
    pub fn has(&self, c: char) -> bool {
        self.glyph(c).is_some_and(|glyph| glyph != 0)
    }

    /// Whether the face has all characters of a text that need a glyph.
    pub fn has_all(&self, text: &str) -> bool {
        text.chars().all(|c| is_invisible(c) || self.has(c))
    }

    /// Whether the font may be embedded in a document as a subset, and whether
    /// it is of a kind that can be: outlines of one colour.
    ///
    /// The first is said by the field `fsType` (OpenType 1.9, "OS/2"): bit 1
    /// alone forbids embedding, bit 8 subsets, bit 9 outlines.
    pub fn may_be_embedded(&self) -> bool {
        let font = self.font_ref();
        let allowed = match font.os2() {
            Ok(os2) => os2.fs_type() & 0x000e != 0x0002 && os2.fs_type() & 0x0300 == 0,
            Err(_) => true,
        };
        let table = |tag: &[u8; 4]| font.table_data(Tag::new(tag)).is_some();
        let outlines = table(b"glyf") || table(b"CFF ");
        let coloured = [b"COLR", b"CBDT", b"sbix", b"SVG "].into_iter().any(table);
        allowed && outlines && !coloured
    }
}

/// All faces a book can use, the shipped ones first.
#[derive(Debug, Clone, Default)]
pub struct FontBook {
    faces: Vec<FontFace>,
    fallbacks: Fallbacks,
}

macro_rules! shipped {
    ($($file:literal),+ $(,)?) => {
        const SHIPPED: &[&[u8]] = &[$(include_bytes!(concat!("../../fonts/", $file)),)+];
    };
}

shipped![
    "LibertinusSerif-Regular.otf",
    "LibertinusSerif-Italic.otf",
    "LibertinusSerif-Bold.otf",
    "LibertinusSerif-BoldItalic.otf",
    "SourceSans3-Regular.otf",
    "SourceSans3-It.otf",
    "SourceSans3-Semibold.otf",
    "SourceSans3-Bold.otf",
    "SourceCodePro-Regular.otf",
    "SourceCodePro-It.otf",
    "SourceCodePro-Bold.otf",
    "SourceCodePro-BoldIt.otf",
    "LibertinusMath-Regular.otf",
];

impl FontBook {
    /// The fonts that come with bindery.
    pub fn shipped() -> FontBook {
        let shipped = |bytes: &&[u8]| {
            let face = FontFace::parse((*bytes).into())?;
            Some(FontFace { origin: Origin::Shipped, ..face })
        };
        let faces = SHIPPED.iter().filter_map(shipped).collect();
        FontBook { faces, fallbacks: Fallbacks::default() }
    }

    /// Says which families stand in where a character is lacking.
    pub fn set_fallbacks(&mut self, fallbacks: Fallbacks) {
        self.fallbacks = fallbacks;
    }

    /// The families that stand in where a character is lacking.
    pub fn fallbacks(&self) -> &Fallbacks {
        &self.fallbacks
    }

    /// Adds a face, such as one from the book's own `fonts/` folder.
    pub fn add(&mut self, face: FontFace) -> FaceId {
        self.faces.push(face);
        FaceId(u16::try_from(self.faces.len() - 1).unwrap_or(u16::MAX))
    }

    /// The face with this id.
    ///
    /// # Panics
    /// If the id is of another font book.
    pub fn face(&self, id: FaceId) -> &FontFace {
        &self.faces[id.0 as usize]
    }

    /// All faces with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FaceId, &FontFace)> {
        self.faces
            .iter()
            .enumerate()
            .map(|(i, f)| (FaceId(u16::try_from(i).unwrap_or(u16::MAX)), f))
    }

    /// The face of a family nearest to a style: the same slope before the same
    /// weight, the nearest weight before any. `None` if the family is unknown.
    pub fn select(&self, family: &str, style: FaceStyle) -> Option<FaceId> {
        let distance = |f: &FontFace| {
            let weight = (f.style.weight as i8 - style.weight as i8).unsigned_abs();
            (f.style.italic != style.italic, weight)
        };
        self.iter()
            .filter(|(_, f)| f.family.eq_ignore_ascii_case(family))
            .min_by_key(|(id, f)| (distance(f), *id))
            .map(|(id, _)| id)
    }

    /// The names of all families, each once, in the order they were added.
    pub fn families(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for face in &self.faces {
            if !names.contains(&face.family.as_str()) {
                names.push(&face.family);
            }
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_faces_are_found_by_family_and_style() {
        let book = FontBook::shipped();
        assert_eq!(
            book.families(),
            ["Libertinus Serif", "Source Sans 3", "Source Code Pro", "Libertinus Math"]
        );
        let name = |family, weight, italic| {
            let id = book.select(family, FaceStyle { weight, italic })?;
            Some(book.face(id).postscript_name.as_str())
        };
        assert_eq!(
            name("Libertinus Serif", Weight::Bold, true),
            Some("LibertinusSerif-BoldItalic")
        );
        assert_eq!(name("Source Sans 3", Weight::Semibold, false), Some("SourceSans3-Semibold"));
        assert_eq!(name("Source Sans 3", Weight::Bold, true), Some("SourceSans3-It"));
        assert_eq!(name("Comic Sans", Weight::Bold, true), None);
    }
}
