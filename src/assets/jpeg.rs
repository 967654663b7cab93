//! JPEG files, marker by marker (ITU-T T.81, annex B).
//!
//! A PDF can hold most JPEG files byte for byte, if it is known how many
//! components they have and that they are whole; decoders paint the missing
//! half of a broken one gray and say nothing. So every segment is walked to
//! the end mark here.

use std::io::BufRead;

use image::metadata::Orientation;

use super::PictureError;

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
