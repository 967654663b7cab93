//! From characters to glyphs: fonts, their stand-ins, shaping, hyphenation.

mod fallback;
mod fonts;
mod hyphenate;
mod needs;
mod script;
mod shape;

pub use fonts::{FaceId, FaceStyle, FontBook, FontFace, FontMetrics, Origin, Weight};
pub use hyphenate::Hyphenator;
pub use needs::{Fallbacks, Generic, HanStyle, Needs};
pub use script::{is_cjk, is_hangul, is_invisible, is_unspaced};
pub use shape::{Features, REPLACEMENT, ShapeContext, Shaped, ShapedGlyph, WordShaper};
