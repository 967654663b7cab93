//! Pictures: read, checked, measured, hashed; drawings as paths; the cover.
//!
//! A picture is read once, whatever the number of its uses; both exporters ask
//! the same [`Asset`] for its bytes, its pixels or its paths.

mod cover;
mod drawing;
mod load;
mod raster;

use std::sync::Arc;

pub use cover::{Cover, CoverArt};
pub use drawing::{DrawPath, Drawing, Fill, PathSegment, Stroke};
pub use load::load;
pub use raster::{PictureError, Raster};

use crate::model::ImageId;
use crate::units::Px;

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
}

/// The kinds of picture.
#[derive(Debug, Clone)]
pub enum AssetKind {
    /// JPEG that can be passed through byte for byte: upright, and gray, RGB
    /// or CMYK.
    Jpeg {
        /// 1 (gray), 3 (RGB) or 4 (CMYK).
        components: u8,
    },
    /// Any other raster format, decoded on demand.
    Raster,
    /// SVG, as paths; `None` where it has what paths can't say (filters,
    /// masks, embedded pictures) and must be turned into pixels.
    Svg(Option<Arc<Drawing>>),
}

/// All pictures of a book, by [`ImageId`].
#[derive(Debug, Clone, Default)]
pub struct Assets {
    /// One for each of the book's images; `None` for those that failed.
    pub images: Vec<Option<Asset>>,
}

impl Assets {
    /// The picture, if it was read.
    pub fn get(&self, id: ImageId) -> Option<&Asset> {
        self.images.get(id.0 as usize)?.as_ref()
    }
}
