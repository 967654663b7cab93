//! Why a picture can't be used.

use image::ImageError;
use thiserror::Error;

/// Why a picture can't be decoded or drawn.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct PictureError(pub String);

impl PictureError {
    /// A decoder's error in a writer's words.
    pub(super) fn decoding(error: ImageError) -> PictureError {
        PictureError(match error {
            ImageError::Limits(_) => "it takes more memory than is sensible".into(),
            other => format!("it can't be decoded: {other}"),
        })
    }
}
