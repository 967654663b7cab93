//! Pixels as PNG and JPEG files.

use std::borrow::Cow;

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;

use super::error::PictureError;
use super::palette::Indexed;
use super::raster::Raster;

/// A JPEG of a picture; what shows through is shown on white.
///
/// # Errors
/// If the picture is larger than a JPEG can be.
pub(super) fn jpeg(raster: &Raster, quality: u8) -> Result<Vec<u8>, PictureError> {
    let raster = match raster.alpha {
        Some(_) => Cow::Owned(raster.clone().on([255; 3])),
        None => Cow::Borrowed(raster),
    };
    let colour = if raster.channels == 1 { ExtendedColorType::L8 } else { ExtendedColorType::Rgb8 };
    let mut bytes = Vec::with_capacity(raster.samples.len() / 8);
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode(&raster.samples, raster.width.0, raster.height.0, colour)
        .map_err(|e| PictureError(format!("it can't be written as JPEG: {e}")))?;
    Ok(bytes)
}

/// A PNG of a picture with all its colours.
///
/// # Errors
/// If the picture is larger than a PNG can be.
pub(super) fn png(raster: &Raster) -> Result<Vec<u8>, PictureError> {
    let colour = match (raster.channels, &raster.alpha) {
        (1, None) => png::ColorType::Grayscale,
        (1, Some(_)) => png::ColorType::GrayscaleAlpha,
        (_, None) => png::ColorType::Rgb,
        (_, Some(_)) => png::ColorType::Rgba,
    };
    let samples = match &raster.alpha {
        None => Cow::Borrowed(raster.samples.as_slice()),
        Some(alpha) => raster
            .samples
            .chunks_exact(usize::from(raster.channels.max(1)))
            .zip(alpha)
            .flat_map(|(colour, alpha)| colour.iter().chain([alpha]).copied())
            .collect(),
    };
    let size = (raster.width.0, raster.height.0);
    write(size, colour, png::BitDepth::Eight, None, &samples)
}

/// A PNG of a picture in few colours.
///
/// # Errors
/// If the picture is larger than a PNG can be.
pub(super) fn indexed_png(picture: &Indexed) -> Result<Vec<u8>, PictureError> {
    let (depth, bits) = match picture.palette.len() {
        0..=2 => (png::BitDepth::One, 1),
        3..=4 => (png::BitDepth::Two, 2),
        5..=16 => (png::BitDepth::Four, 4),
        _ => (png::BitDepth::Eight, 8),
    };
    let per_byte = 8 / bits;
    let row_bytes = (picture.width as usize).div_ceil(per_byte);
    let mut packed = Vec::with_capacity(row_bytes * picture.height as usize);
    for row in picture.indices.chunks_exact(picture.width.max(1) as usize) {
        packed.extend(row.chunks(per_byte).map(|few| {
            let whole = few.iter().fold(0, |byte, index| byte << bits | u32::from(*index));
            (whole << (bits * (per_byte - few.len()))) as u8
        }));
    }
    let size = (picture.width, picture.height);
    write(size, png::ColorType::Indexed, depth, Some(&picture.palette), &packed)
}

fn write(
    (width, height): (u32, u32),
    colour: png::ColorType,
    depth: png::BitDepth,
    palette: Option<&[[u8; 3]]>,
    samples: &[u8],
) -> Result<Vec<u8>, PictureError> {
    let failed = |e: png::EncodingError| PictureError(format!("it can't be written as PNG: {e}"));
    let mut bytes = Vec::with_capacity(samples.len() / 4 + 1024);
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    match palette {
        Some(palette) => {
            encoder.set_palette(palette.as_flattened());
            encoder.set_filter(png::Filter::NoFilter);
            encoder.set_deflate_compression(png::DeflateCompression::Level(6));
        }
        None => encoder.set_compression(png::Compression::Balanced),
    }
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(samples).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}
