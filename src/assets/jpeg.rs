//! JPEG files, marker by marker (ITU-T T.81, annex B).
//!
//! A PDF can hold most JPEG files byte for byte, if it is known how many
//! components they have and that they are whole; decoders paint the missing
//! half of a broken one gray and say nothing. So every segment is walked to
//! the end mark here.

use std::io::BufRead;

use image::metadata::Orientation;

use super::error::PictureError;

/// What the frame header and the application segments say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Header {
    pub width: u16,
    pub height: u16,
    /// 1 (gray), 3 or 4.
    pub components: u8,
    /// Whether there is an Adobe segment: CMYK files that have one are inverted.
    pub adobe: bool,
    /// How the picture is to be turned (Exif).
    pub orientation: Orientation,
}

fn broken<T>(what: &str) -> Result<T, PictureError> {
    Err(PictureError(format!("the JPEG is broken: {what}")))
}

/// Walks a JPEG file to its end.
///
/// # Errors
/// If it breaks off, lacks a part, or is of a kind that nobody decodes.
pub(super) fn examine(bytes: &[u8]) -> Result<Header, PictureError> {
    let mut walk = Walk { bytes, at: 2 };
    let (mut frame, mut coded, mut adobe) = (None, 0, false);
    let mut orientation = Orientation::NoTransforms;
    loop {
        match walk.marker()? {
            0xD9 => break,
            0x01 | 0xD0..=0xD7 => {}
            0xD8 => return broken("a second picture begins within it"),
            0xDA => {
                walk.segment()?;
                coded += walk.coded_data();
            }
            code @ (0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF) => {
                let read = Frame::read(code, walk.segment()?)?;
                frame.get_or_insert(read);
            }
            0xEE => adobe |= walk.segment()?.starts_with(b"Adobe"),
            0xE1 => {
                let exif = walk.segment()?.strip_prefix(b"Exif\0\0");
                orientation = exif.and_then(Orientation::from_exif_chunk).unwrap_or(orientation);
            }
            _ => {
                walk.segment()?;
            }
        }
    }
    let Some(frame) = frame else { return broken("it has no frame") };
    if !frame.common || frame.bits != 8 || !matches!(frame.components, 1 | 3 | 4) {
        return Err(PictureError(
            "it is a kind of JPEG that hardly any program reads (lossless, arithmetic coding, \
             12 bits or an odd number of components); save it as a usual JPEG"
                .into(),
        ));
    }
    if coded < frame.least_bytes() {
        return broken("most of the picture is missing");
    }
    let Frame { width, height, components, .. } = frame;
    Ok(Header { width, height, components, adobe, orientation })
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Walk<'a> {
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or(&[])
    }

    /// The code of the next marker, past any fill bytes.
    fn marker(&mut self) -> Result<u8, PictureError> {
        let rest = self.rest();
        if rest.first().is_some_and(|b| *b != 0xFF) {
            return broken("a marker is missing between two of its parts");
        }
        let fill = rest.iter().take_while(|b| **b == 0xFF).count();
        match rest.get(fill) {
            Some(code) => {
                self.at += fill + 1;
                Ok(*code)
            }
            None => broken("it breaks off before its end"),
        }
    }

    /// The body of a segment, which begins with its length.
    fn segment(&mut self) -> Result<&'a [u8], PictureError> {
        let rest = self.rest();
        let length = match *rest {
            [high, low, ..] => usize::from(u16::from_be_bytes([high, low])),
            _ => return broken("it breaks off in its header"),
        };
        match rest.get(2..length) {
            Some(body) => {
                self.at += length;
                Ok(body)
            }
            None => broken("it breaks off in its header"),
        }
    }

    /// Skips coded data up to the next marker that is not part of it, and
    /// says how much there was.
    fn coded_data(&mut self) -> usize {
        let start = self.at;
        loop {
            let mut rest = self.rest();
            // A slice can be read without fail, and is searched by whole words.
            self.at += rest.skip_until(0xFF).unwrap_or(0);
            match self.rest() {
                [0x00 | 0xD0..=0xD7, ..] => self.at += 1,
                [0xFF, ..] => {}
                [] => break,
                [_, ..] => {
                    self.at -= 1;
                    break;
                }
            }
        }
        self.at - start
    }
}

#[derive(Debug, Clone, Copy)]
struct Frame {
    width: u16,
    height: u16,
    components: u8,
    bits: u8,
    progressive: bool,
    /// Coded by Huffman's method and with loss: what decoders know.
    common: bool,
}

impl Frame {
    fn read(code: u8, body: &[u8]) -> Result<Frame, PictureError> {
        match *body {
            [bits, h1, h0, w1, w0, components, ref rest @ ..]
                if rest.len() >= 3 * usize::from(components) =>
            {
                Ok(Frame {
                    width: u16::from_be_bytes([w1, w0]),
                    height: u16::from_be_bytes([h1, h0]),
                    components,
                    bits,
                    progressive: code == 0xC2,
                    common: matches!(code, 0xC0..=0xC2),
                })
            }
            _ => broken("its frame header is too short"),
        }
    }

    /// What even a blank picture of this size takes: each block of 8 × 8 is
    /// at least one bit, and another for its end unless it is progressive.
    fn least_bytes(&self) -> usize {
        let blocks = usize::from(self.width).div_ceil(8) * usize::from(self.height).div_ceil(8);
        if self.progressive { blocks / 8 } else { blocks / 4 }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::assets::encode;
    use crate::assets::raster::tests::noise;

    /// A JPEG with segments put in after its first marker.
    pub fn with_segment(jpeg: &[u8], code: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len() + 2).expect("a short segment").to_be_bytes();
        [&jpeg[..2], &[0xFF, code], &length, body, &jpeg[2..]].concat()
    }

    /// The Exif segment of a picture that is to be turned.
    pub fn exif(orientation: u8) -> Vec<u8> {
        let mut body = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        body.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
        body
    }

    /// A CMYK file of one block, good enough for all but a decoder.
    pub fn cmyk(adobe: bool) -> Vec<u8> {
        let frame = [8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0];
        let scan = [4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0];
        let mut bytes = vec![0xFF, 0xD8];
        if adobe {
            bytes.extend([0xFF, 0xEE, 0, 14]);
            bytes.extend(b"Adobe\0\x64\0\0\0\0\x02");
        }
        bytes.extend([0xFF, 0xC0, 0, frame.len() as u8 + 2]);
        bytes.extend(frame);
        bytes.extend([0xFF, 0xDA, 0, scan.len() as u8 + 2]);
        bytes.extend(scan);
        bytes.extend([0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD9]);
        bytes
    }

    #[test]
    fn the_header_is_read() {
        let bytes = encode::jpeg(&noise(70, 50, 3), 80).expect("it is encoded");
        let header = examine(&bytes).expect("it is whole");
        assert_eq!((header.width, header.height, header.components), (70, 50, 3));
        assert_eq!((header.adobe, header.orientation), (false, Orientation::NoTransforms));
        let turned = with_segment(&bytes, 0xE1, &exif(6));
        assert_eq!(examine(&turned).map(|h| h.orientation), Ok(Orientation::Rotate90));
        let gray = encode::jpeg(&noise(9, 9, 1), 80).expect("it is encoded");
        assert_eq!(examine(&gray).map(|h| h.components), Ok(1));
    }

    #[test]
    fn cmyk_is_known_to_be_inverted_by_its_adobe_segment() {
        assert_eq!(examine(&cmyk(true)).map(|h| (h.components, h.adobe)), Ok((4, true)));
        assert_eq!(examine(&cmyk(false)).map(|h| (h.components, h.adobe)), Ok((4, false)));
    }

    #[test]
    fn a_file_cut_anywhere_is_found() {
        let bytes = encode::jpeg(&noise(40, 40, 3), 80).expect("it is encoded");
        for end in 0..bytes.len() {
            assert!(examine(&bytes[..end]).is_err(), "cut at {end} of {}", bytes.len());
        }
        assert!(examine(&bytes).is_ok());
    }

    #[test]
    fn an_end_mark_after_a_few_rows_deceives_nobody() {
        let bytes = encode::jpeg(&noise(640, 640, 3), 80).expect("it is encoded");
        let mut cut = bytes[..1200].to_vec();
        cut.extend([0xFF, 0xD9]);
        assert_eq!(
            examine(&cut),
            Err(PictureError("the JPEG is broken: most of the picture is missing".into()))
        );
    }

    #[test]
    fn kinds_that_nobody_decodes_are_refused() {
        let mut bytes = encode::jpeg(&noise(16, 16, 3), 80).expect("it is encoded");
        let frame = bytes.windows(2).position(|w| w == [0xFF, 0xC0]).expect("it has a frame");
        bytes[frame + 1] = 0xC9;
        assert!(examine(&bytes).is_err_and(|e| e.0.contains("arithmetic")));
    }
}
