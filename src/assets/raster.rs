//! Pictures as picture elements.

use thiserror::Error;

use super::Asset;
use crate::units::Px;

/// Why a picture can't be decoded or drawn.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct PictureError(pub String);

/// A decoded picture of eight bits a channel, upright.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// Its width.
    pub width: Px,
    /// Its height.
    pub height: Px,
    /// 1 for gray, 3 for RGB.
    pub channels: u8,
    /// Row by row from the top, `channels` bytes an element.
    pub samples: Vec<u8>,
    /// One byte an element, where any of it is not opaque.
    pub alpha: Option<Vec<u8>>,
}

impl Asset {
    /// The picture as picture elements; a drawing is drawn at `width`, any
    /// other picture that is wider is scaled down to it.
    ///
    /// # Errors
    /// If the bytes can't be decoded.
    pub fn raster(&self, _width: Option<Px>) -> Result<Raster, PictureError> {
        todo!()
    }
}
