//! PNG, GIF and WebP files, walked from end to end without decoding.

use super::error::PictureError;

fn broken<T>(format: &str, what: &str) -> Result<T, PictureError> {
    Err(PictureError(format!("the {format} is broken: {what}")))
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (head, tail) = rest.split_at_checked(count)?;
    *rest = tail;
    Some(head)
}

fn u32_from(bytes: &[u8], read: fn([u8; 4]) -> u32) -> Option<usize> {
    Some(read(bytes.get(..4)?.try_into().ok()?) as usize)
}

/// Walks the chunks of a PNG, checking each sum (PNG specification, section 5).
pub(super) fn walk_png(bytes: &[u8]) -> Result<(), PictureError> {
    let cut = || PictureError("the PNG is broken: it breaks off before its end".into());
    let mut rest = bytes.get(8..).ok_or_else(cut)?;
    let mut data = false;
    loop {
        let head = take(&mut rest, 8).ok_or_else(cut)?;
        let length = u32_from(head, u32::from_be_bytes).ok_or_else(cut)?;
        let body = take(&mut rest, length).ok_or_else(cut)?;
        let sum = take(&mut rest, 4).and_then(|b| u32_from(b, u32::from_be_bytes));
        let name = head.get(4..).unwrap_or(&[]);
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(name);
        hasher.update(body);
        // Parts that begin with a small letter are ancillary (PNG, section
        // 5.4): the picture is whole without them, and decoders skip them.
        let needed = name.first().is_none_or(u8::is_ascii_uppercase);
        if sum.ok_or_else(cut)? != hasher.finalize() as usize && needed {
            return broken("PNG", "the check sum of a part is wrong");
        }
        match name {
            b"IDAT" => data = true,
            b"IEND" if data => return Ok(()),
            b"IEND" => return broken("PNG", "there is no picture in it"),
            _ => {}
        }
    }
}

/// The chunks of a PNG that was found whole, by name.
pub(super) fn png_chunks(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = bytes.get(8..).unwrap_or(&[]);
    std::iter::from_fn(move || {
        let head = take(&mut rest, 8)?;
        let body = take(&mut rest, u32_from(head, u32::from_be_bytes)?)?;
        take(&mut rest, 4)?;
        Some((head.get(4..)?, body))
    })
}

/// Walks the blocks of a GIF (GIF89a specification, section 12 and on). A
/// missing trailer after a whole picture is forgiven, as all readers do.
pub(super) fn walk_gif(bytes: &[u8]) -> Result<(), PictureError> {
    let cut = || PictureError("the GIF is broken: it breaks off before its end".into());
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut rest = bytes.get(6..).ok_or_else(cut)?;
    let screen = take(&mut rest, 7).ok_or_else(cut)?;
    take(&mut rest, table(screen.get(4).copied().unwrap_or(0))).ok_or_else(cut)?;
    let mut pictures = 0;
    loop {
        match take(&mut rest, 1).and_then(|b| b.first().copied()) {
            Some(0x21) => {
                take(&mut rest, 1).ok_or_else(cut)?;
            }
            Some(0x2C) => {
                let place = take(&mut rest, 9).ok_or_else(cut)?;
                let colours = table(place.get(8).copied().unwrap_or(0));
                take(&mut rest, colours + 1).ok_or_else(cut)?;
                pictures += 1;
            }
            Some(0x3B) | None if pictures > 0 => return Ok(()),
            Some(0x3B) => return broken("GIF", "there is no picture in it"),
            None => return Err(cut()),
            Some(_) => return broken("GIF", "there is something in it that is no part of a GIF"),
        }
        // Both kinds of block end in runs of data, the last of length zero.
        loop {
            let length = take(&mut rest, 1).and_then(|b| b.first().copied()).ok_or_else(cut)?;
            take(&mut rest, usize::from(length)).ok_or_else(cut)?;
            if length == 0 {
                break;
            }
        }
    }
}

/// Walks the chunks of a WebP (RFC 9649, section 2).
pub(super) fn walk_webp(bytes: &[u8]) -> Result<(), PictureError> {
    let cut = || PictureError("the WebP is broken: it breaks off before its end".into());
    let size = bytes.get(4..).and_then(|b| u32_from(b, u32::from_le_bytes)).ok_or_else(cut)?;
    let mut rest = bytes.get(12..size.saturating_add(8)).ok_or_else(cut)?;
    let mut data = false;
    while !rest.is_empty() {
        let head = take(&mut rest, 8).ok_or_else(cut)?;
        let length = head.get(4..).and_then(|b| u32_from(b, u32::from_le_bytes)).unwrap_or(0);
        take(&mut rest, length).ok_or_else(cut)?;
        // Chunks are of even length; a writer may leave the last pad out.
        let pad = (length & 1).min(rest.len());
        take(&mut rest, pad);
        data |= matches!(head.get(..4), Some(b"VP8 " | b"VP8L" | b"ANMF"));
    }
    if data { Ok(()) } else { broken("WebP", "there is no picture in it") }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat, RgbImage};

    use super::*;
    use crate::assets::raster::tests::noise;

    /// A noisy picture in a format of the image crate.
    pub fn written(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
        let image = RgbImage::from_raw(width, height, noise(width, height, 3).samples);
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::from(image.expect("it has its size"))
            .write_to(&mut bytes, format)
            .expect("it is written");
        bytes.into_inner()
    }

    /// A chunk of a PNG with its sum.
    pub fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(name);
        hasher.update(body);
        let length = u32::try_from(body.len()).expect("a short chunk").to_be_bytes();
        [&length, &name[..], body, &hasher.finalize().to_be_bytes()].concat()
    }

    #[test]
    fn a_png_cut_anywhere_or_with_a_wrong_byte_is_found() {
        let bytes = written(ImageFormat::Png, 20, 20);
        assert_eq!(walk_png(&bytes), Ok(()));
        for end in 0..bytes.len() {
            assert!(walk_png(&bytes[..end]).is_err(), "cut at {end}");
        }
        for at in 8..bytes.len() {
            let mut wrong = bytes.clone();
            wrong[at] ^= 0x10;
            assert!(walk_png(&wrong).is_err(), "wrong at {at}");
        }
    }

    #[test]
    fn a_gif_cut_anywhere_but_before_its_trailer_is_found() {
        let bytes = written(ImageFormat::Gif, 20, 20);
        assert_eq!(walk_gif(&bytes), Ok(()));
        assert_eq!(walk_gif(&bytes[..bytes.len() - 1]), Ok(()));
        for end in 0..bytes.len() - 1 {
            assert!(walk_gif(&bytes[..end]).is_err(), "cut at {end}");
        }
    }

    #[test]
    fn a_webp_cut_anywhere_is_found() {
        let bytes = written(ImageFormat::WebP, 20, 20);
        assert_eq!(walk_webp(&bytes), Ok(()));
        for end in 0..bytes.len() {
            assert!(walk_webp(&bytes[..end]).is_err(), "cut at {end}");
        }
    }
}
