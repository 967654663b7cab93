//! PNG data as PDF can take it.
//!
//! The data of a PNG file is a zlib stream of rows with a filter each, which
//! is just what `/FlateDecode` with a PNG predictor reads (W3C PNG, 9 and 10;
//! ISO 32000-1, 7.4.4.4). So nothing has to be decoded or pressed again, except
//! where a file is interlaced, has transparency or sixteen bits.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use printpdf::DictItem;

use super::images::{Entries, dict, named};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The data of a PNG with what must be known to read it.
#[derive(Debug)]
pub(super) struct PngData {
    width: u32,
    height: u32,
    depth: u8,
    color: Color,
    /// The zlib stream.
    pub(super) data: Vec<u8>,
}

#[derive(Debug)]
enum Color {
    Gray,
    Rgb,
    Palette(Vec<u8>),
}

impl PngData {
    /// The data of a file; `None` if PDF can't read it as it is, or it is not a PNG.
    pub(super) fn of_file(bytes: &[u8]) -> Option<PngData> {
        let mut rest = bytes.strip_prefix(SIGNATURE)?;
        let mut header = None;
        let mut palette = None;
        let mut data = Vec::with_capacity(bytes.len());
        loop {
            let (length, after) = rest.split_first_chunk::<4>()?;
            let (kind, after) = after.split_first_chunk::<4>()?;
            let (body, after) = after.split_at_checked(u32::from_be_bytes(*length) as usize)?;
            let (_checksum, after) = after.split_first_chunk::<4>()?;
            rest = after;
            match kind {
                b"IHDR" => header = Some(Header::read(body)?),
                b"PLTE" => palette = Some(body.to_vec()),
                b"IDAT" => data.extend(body),
                b"IEND" => break,
                // Transparent colours, and pictures that are not upright.
                b"tRNS" | b"eXIf" => return None,
                _ => {}
            }
        }
        let Header { width, height, depth, color } = header?;
        let color = match color {
            0 => Color::Gray,
            2 => Color::Rgb,
            3 => Color::Palette(palette.filter(|p| !p.is_empty() && p.len() % 3 == 0)?),
            _ => return None,
        };
        Some(PngData { width, height, depth, color, data })
    }

    /// The entries of the image's dictionary.
    pub(super) fn dict(&self) -> Entries {
        let int = |n: i64| DictItem::Int(n);
        let components = if matches!(self.color, Color::Rgb) { 3 } else { 1 };
        let space = match &self.color {
            Color::Gray => named("DeviceGray"),
            Color::Rgb => named("DeviceRGB"),
            Color::Palette(colors) => {
                let last = i64::try_from(colors.len() / 3).unwrap_or(1) - 1;
                let table = DictItem::Bytes(colors.clone());
                DictItem::Array(vec![named("Indexed"), named("DeviceRGB"), int(last), table])
            }
        };
        let parameters = dict([
            ("Predictor", int(15)),
            ("Colors", int(components)),
            ("BitsPerComponent", int(self.depth.into())),
            ("Columns", int(self.width.into())),
        ]);
        vec![
            ("Width", int(self.width.into())),
            ("Height", int(self.height.into())),
            ("ColorSpace", space),
            ("BitsPerComponent", int(self.depth.into())),
            ("Filter", named("FlateDecode")),
            ("DecodeParms", parameters),
        ]
    }
}

struct Header {
    width: u32,
    height: u32,
    depth: u8,
    color: u8,
}

impl Header {
    fn read(body: &[u8]) -> Option<Header> {
        let (width, rest) = body.split_first_chunk::<4>()?;
        let (height, rest) = rest.split_first_chunk::<4>()?;
        let [depth @ (1 | 2 | 4 | 8), color, 0, 0, 0] = *rest else { return None };
        let (width, height) = (u32::from_be_bytes(*width), u32::from_be_bytes(*height));
        (width > 0 && height > 0).then_some(Header { width, height, depth, color })
    }
}

/// Presses samples of eight bits, gray or RGB, as a PNG.
pub(super) fn encode_samples(
    (width, height): (u32, u32),
    channels: u8,
    samples: &[u8],
) -> Option<Vec<u8>> {
    let color = if channels == 1 { ExtendedColorType::L8 } else { ExtendedColorType::Rgb8 };
    let expected = u64::from(width) * u64::from(height) * u64::from(channels);
    if u64::try_from(samples.len()) != Ok(expected) || !matches!(channels, 1 | 3) {
        return None;
    }
    let mut out = Vec::new();
    PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive)
        .write_image(samples, width, height, color)
        .ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_of_a_png_is_taken_as_it_is() {
        let samples: Vec<u8> = (0..48).collect();
        let png = encode_samples((4, 4), 3, &samples).and_then(|png| PngData::of_file(&png));
        let png = png.expect("a plain PNG");
        assert_eq!((png.width, png.height, png.depth), (4, 4, 8));
        let mut rows = Vec::new();
        let mut inflate = flate2::read::ZlibDecoder::new(&png.data[..]);
        std::io::Read::read_to_end(&mut inflate, &mut rows).expect("a zlib stream");
        assert_eq!(rows.len(), 4 * (1 + 12));
    }

    #[test]
    fn what_pdf_cant_read_is_left_to_the_decoder() {
        assert!(PngData::of_file(b"GIF89a").is_none());
        assert!(PngData::of_file(SIGNATURE).is_none());
        assert!(encode_samples((4, 4), 3, &[0; 47]).is_none());
        let mut png = encode_samples((4, 4), 1, &[7; 16]).expect("a plain PNG");
        assert!(PngData::of_file(&png[..png.len() - 1]).is_none(), "cut off");
        png[28] = 1;
        assert!(PngData::of_file(&png).is_none(), "interlaced");
    }
}
