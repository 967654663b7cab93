//! What a file is, by what is in it and not by its name, and whether it is
//! whole.
//!
//! A download that broke off looks right from the front: the size is in the
//! header, half the picture is there. So each format is walked from its first
//! byte to its end mark here, without decoding it: that takes a few
//! milliseconds for the largest files. Nothing is believed that is not in the
//! bytes, and no size is accepted that would fill the memory.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ImageDecoder, ImageFormat, ImageReader, Limits};

use super::error::PictureError;
use super::paint::MOST_ELEMENTS;
use super::{containers, jpeg};

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Jpeg,
    Png,
    Gif,
    WebP,
    Svg,
}

/// What a raster file says about itself, once it was found whole.
#[derive(Debug, Clone)]
pub(super) struct Probe {
    pub format: Format,
    /// As it is to be seen, orientation applied.
    pub size: (u32, u32),
    pub orientation: Orientation,
    /// Of a JPEG.
    pub jpeg: Option<jpeg::Header>,
}

impl Probe {
    /// Whether it is seen as it is stored.
    pub fn is_upright(&self) -> bool {
        self.orientation == Orientation::NoTransforms
    }
}

/// Whether the bytes begin like SVG text.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    head.starts_with(b"<")
        && (head.windows(4).any(|w| w == b"<svg") || head.windows(5).any(|w| w == b":svg "))
}

/// The format, or what the bytes seem to be instead.
pub(super) fn format(bytes: &[u8]) -> Result<Format, PictureError> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let brand = bytes.get(4..12).filter(|b| b.starts_with(b"ftyp")).and_then(|b| b.get(4..));
    let what = match () {
        () if bytes.is_empty() => "the file is empty",
        () if starts(b"\xFF\xD8") => return Ok(Format::Jpeg),
        () if starts(b"\x89PNG") => return Ok(Format::Png),
        () if starts(b"GIF8") => return Ok(Format::Gif),
        () if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => return Ok(Format::WebP),
        () if is_svg(bytes) => return Ok(Format::Svg),
        () if starts(b"version https://git-lfs") => {
            "it is a pointer of Git LFS, not the picture itself; run `git lfs pull`"
        }
        () if starts(b"\x1F\x8B") => "it is compressed (svgz?); unpack it first",
        () if matches!(brand, Some(b"avif" | b"avis")) => "AVIF is not read",
        () if matches!(brand, Some(b"heic" | b"heix" | b"mif1")) => "HEIC is not read",
        () if starts(b"II*\0") || starts(b"MM\0*") => "TIFF is not read",
        () if starts(b"BM") => "BMP is not read",
        () if starts(b"8BPS") => "Photoshop files are not read",
        () if starts(b"%PDF") => "PDF is not read as a picture",
        () if starts(b"<") => "it is a page or other mark-up, not a picture",
        () => "it is no picture of a kind that is read",
    };
    Err(PictureError(what.into()))
}

/// Walks a raster file from end to end.
///
/// # Errors
/// If it is not whole, contradicts itself, is larger than anything sensible,
/// or is no raster file.
pub(super) fn probe(bytes: &[u8]) -> Result<Probe, PictureError> {
    let format = format(bytes)?;
    let probe = match format {
        Format::Jpeg => {
            let header = jpeg::examine(bytes)?;
            let orientation = header.orientation;
            let size = (u32::from(header.width), u32::from(header.height));
            Probe { format, size, orientation, jpeg: Some(header) }
        }
        Format::Png => {
            containers::walk_png(bytes)?;
            decoder_says(bytes, format)?
        }
        Format::Gif => {
            containers::walk_gif(bytes)?;
            decoder_says(bytes, format)?
        }
        Format::WebP => {
            containers::walk_webp(bytes)?;
            decoder_says(bytes, format)?
        }
        Format::Svg => return Err(PictureError("it is a drawing".into())),
    };
    let (w, h) = probe.size;
    if w == 0 || h == 0 {
        return Err(PictureError("it has no size".into()));
    }
    if u64::from(w) * u64::from(h) > MOST_ELEMENTS {
        return Err(PictureError(format!(
            "it has {w} × {h} picture elements, more than the {} million that are read",
            MOST_ELEMENTS / 1_000_000
        )));
    }
    let turned = matches!(
        probe.orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    Ok(if turned { Probe { size: (h, w), ..probe } } else { probe })
}

/// A decoder that refuses what would fill the memory.
pub(super) fn decoder(bytes: &[u8], format: Format) -> Result<impl ImageDecoder, PictureError> {
    let format = match format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::Gif => ImageFormat::Gif,
        Format::WebP => ImageFormat::WebP,
        Format::Svg => return Err(PictureError("it is a drawing".into())),
    };
    let mut limits = Limits::default();
    // Eight bytes an element are the most a decoder hands out.
    limits.max_alloc = Some(MOST_ELEMENTS * 8);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    reader.into_decoder().map_err(PictureError::decoding)
}

fn decoder_says(bytes: &[u8], format: Format) -> Result<Probe, PictureError> {
    let mut decoder = decoder(bytes, format)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok(Probe { format, size: decoder.dimensions(), orientation, jpeg: None })
}
