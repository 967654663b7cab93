//! A book's pictures as they were read.

use std::sync::Arc;

use super::drawing::Drawing;
use crate::model::ImageId;
use crate::units::{Pt, Px};

/// A picture file that was read and found sound.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Relative to the book's folder.
    pub path: String,
    /// Its bytes as they are in the file.
    pub bytes: Arc<[u8]>,
    /// A hash of the bytes: the same picture under two names is stored once.
    pub hash: u64,
    /// What it is.
    pub kind: AssetKind,
    /// Its size in picture elements as it is to be seen (orientation applied);
    /// for drawings, CSS pixels of 1/96 inch.
    pub size: (Px, Px),
    /// Whether it is a frame that stands for a missing or broken picture.
    pub is_placeholder: bool,
}

/// The kinds of picture.
#[derive(Debug, Clone)]
pub enum AssetKind {
    /// JPEG that can be passed through byte for byte: upright, and gray, RGB
    /// or CMYK.
    Jpeg {
        /// 1 (gray), 3 (RGB) or 4 (CMYK).
        components: u8,
        /// CMYK as Adobe's programs write it, 0 for full ink: a PDF needs
        /// `/Decode [1 0 1 0 1 0 1 0]`.
        inverted: bool,
    },
    /// Any other raster format, decoded on demand.
    Raster,
    /// SVG, as paths; `None` where it has what paths can't say (filters,
    /// masks, embedded pictures) and must be turned into pixels.
    Svg(Option<Arc<Drawing>>),
}

/// Picture elements to the inch that print needs.
const SHARP_DPI: f64 = 300.0;

impl Asset {
    /// The width at so many picture elements to the inch; for drawings, of
    /// CSS pixels, of which 96 are their natural inch.
    pub fn natural_width(&self, dpi: f64) -> Pt {
        Pt::inches(f64::from(self.size.0.0) / dpi)
    }

    /// How wide it can be printed and still be sharp, at 300 dpi; `None` for
    /// drawings, which are sharp at any width.
    pub fn sharp_width(&self) -> Option<Pt> {
        match self.kind {
            AssetKind::Jpeg { .. } | AssetKind::Raster => Some(self.natural_width(SHARP_DPI)),
            AssetKind::Svg(_) => None,
        }
    }

    /// Its height over its width.
    pub fn aspect(&self) -> f64 {
        f64::from(self.size.1.0) / f64::from(self.size.0.0.max(1))
    }
}

/// All pictures of a book, by [`ImageId`].
#[derive(Debug, Clone, Default)]
pub struct Assets {
    /// One for each of the book's images, in their order.
    pub images: Vec<Option<Asset>>,
}

impl Assets {
    /// The picture, or the frame that is shown instead.
    pub fn get(&self, id: ImageId) -> Option<&Asset> {
        self.images.get(id.0 as usize)?.as_ref()
    }

    /// How many pictures are missing or broken, so that a frame is shown.
    pub fn placeholders(&self) -> usize {
        self.images.iter().flatten().filter(|asset| asset.is_placeholder).count()
    }
}
