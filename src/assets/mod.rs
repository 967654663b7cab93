//! Pictures: read, checked, measured, hashed; drawings as paths; the cover.
//!
//! A picture is read once, whatever the number of its uses; both exporters ask
//! the same [`Asset`] for its bytes, its pixels or its paths.

mod asset;
mod containers;
mod cover;
mod cover_layout;
mod decode;
mod drawing;
mod drawing_svg;
mod encode;
mod epub_form;
mod error;
mod jpeg;
mod lettering;
mod load;
mod paint;
mod palette;
mod placeholder;
mod png_stream;
mod probe;
mod raster;
mod resample;
mod svg;
mod svg_limits;
mod svg_text;

pub use asset::{Asset, AssetKind, Assets};
pub use cover::{Cover, CoverArt};
pub use drawing::{DrawPath, Drawing, Fill, PathSegment, Stroke};
pub use epub_form::{EpubPicture, epub_form};
pub use error::PictureError;
pub use load::load;
pub use png_stream::PngStream;
pub use raster::Raster;
