//! From characters to glyphs: fonts, fallback, direction, shaping, hyphenation.

mod fonts;

pub use fonts::{FaceId, FaceStyle, FontBook, FontFace, FontMetrics, Weight};
