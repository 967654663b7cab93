//! From characters to glyphs: fonts, shaping, hyphenation.

mod fonts;
mod hyphenate;
mod shape;

pub use fonts::{FaceId, FaceStyle, FontBook, FontFace, FontMetrics, Weight};
pub use hyphenate::Hyphenator;
pub use shape::{Features, ShapeContext, Shaped, ShapedGlyph, WordShaper};
