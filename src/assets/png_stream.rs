//! PNG data as a PDF can hold it: without decoding it and deflating it again.
//!
//! The IDAT chunks of a PNG are, strung together, what PDF calls FlateDecode
//! with predictor 15 (ISO 32000-1, 7.4.4.4), as long as the picture is not
//! interlaced and nothing shows through.

use super::asset::{Asset, AssetKind};
use super::containers;

/// The data of a PNG for an image XObject with `/Filter /FlateDecode` and
/// `/DecodeParms << /Predictor 15 /Colors … /BitsPerComponent … /Columns … >>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PngStream {
    /// Elements in a row: `/Width` and `/Columns`.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Bits a sample: 1, 2, 4, 8 or 16.
    pub bits: u8,
    /// Samples an element: 1 (gray or an index into the palette) or 3 (RGB).
    pub colors: u8,
    /// Red, green and blue of each colour, for an `/Indexed` colour space.
    pub palette: Option<Vec<u8>>,
    /// The deflated rows.
    pub data: Vec<u8>,
}

impl Asset {
    /// The data of a PNG that a PDF can hold as it is; `None` for other
    /// formats and for a PNG that is interlaced, turned or not opaque.
    pub fn png_stream(&self) -> Option<PngStream> {
        if !matches!(self.kind, AssetKind::Raster) || !self.bytes.starts_with(b"\x89PNG") {
            return None;
        }
        let mut header = None;
        let (mut palette, mut data) = (None, Vec::with_capacity(self.bytes.len()));
        for (name, body) in containers::png_chunks(&self.bytes) {
            match name {
                b"IHDR" => header = Header::read(body),
                b"PLTE" => palette = Some(body.to_vec()),
                b"IDAT" => data.extend_from_slice(body),
                b"tRNS" | b"eXIf" => return None,
                _ => {}
            }
        }
        let Header { width, height, bits, colour } = header?;
        let (colors, palette) = match colour {
            0 => (1, None),
            2 => (3, None),
            3 => (1, Some(palette.filter(|p| !p.is_empty() && p.len().is_multiple_of(3))?)),
            _ => return None,
        };
        Some(PngStream { width, height, bits, colors, palette, data })
    }
}

struct Header {
    width: u32,
    height: u32,
    bits: u8,
    colour: u8,
}

impl Header {
    /// Reads an IHDR chunk; `None` if the picture is interlaced.
    fn read(body: &[u8]) -> Option<Header> {
        match *body {
            [a, b, c, d, e, f, g, h, bits, colour, 0, 0, 0] => Some(Header {
                width: u32::from_be_bytes([a, b, c, d]),
                height: u32::from_be_bytes([e, f, g, h]),
                bits,
                colour,
            }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::encode;
    use crate::assets::palette::Indexed;
    use crate::assets::raster::tests::noise;

    fn stream(bytes: Vec<u8>) -> Option<PngStream> {
        Asset::read("x.png", bytes.into()).expect("it is whole").png_stream()
    }

    #[test]
    fn gray_colour_and_palette_can_be_held_as_they_are() {
        let of = |channels| encode::png(&noise(9, 5, channels)).expect("it is encoded");
        let gray = stream(of(1)).expect("it can be held");
        assert_eq!((gray.width, gray.height, gray.bits, gray.colors), (9, 5, 8, 1));
        assert_eq!(gray.data[0] & 15, 8, "a zlib stream");
        assert_eq!(stream(of(3)).map(|s| (s.bits, s.colors, s.palette)), Some((8, 3, None)));
        let palette = vec![[0, 0, 0], [255, 0, 0], [1, 2, 3]];
        let indexed = Indexed { width: 4, height: 1, palette, indices: vec![0, 1, 2, 1] };
        let indexed = stream(encode::indexed_png(&indexed).expect("it is encoded"));
        let expected = Some((2, 1, Some(vec![0, 0, 0, 255, 0, 0, 1, 2, 3])));
        assert_eq!(indexed.map(|s| (s.bits, s.colors, s.palette)), expected);
    }

    #[test]
    fn what_shows_through_has_to_be_taken_apart() {
        let mut raster = noise(4, 4, 3);
        raster.alpha = Some(vec![9; 16]);
        assert_eq!(stream(encode::png(&raster).expect("it is encoded")), None);
    }
}
