//! The colour space of the file: an ICC profile of sRGB, made here so that no
//! bytes of unknown origin go into books.
//!
//! Version 2.1 of the format (ICC.1:1998-09), which every reader of PDF/A-2
//! takes: a display profile of three primaries and one curve. The primaries and
//! the white are those of IEC 61966-2-1; the primaries are adapted to the D50 of
//! the connection space after Bradford and rounded so that they add up to it,
//! which keeps grays gray.

const DESCRIPTION: &str = "sRGB IEC61966-2.1";

/// So many points of the curve make an error of less than a 16-bit step
/// between them, for eight-bit colours.
const CURVE_POINTS: u32 = 1024;

/// Colours as X, Y and Z in s15Fixed16.
const WHITE: [u32; 3] = [0xF351, 0x0001_0000, 0x0001_16CC];
const RED: [u32; 3] = [0x6FA0, 0x38F5, 0x0390];
const GREEN: [u32; 3] = [0x6297, 0xB787, 0x18D9];
const BLUE: [u32; 3] = [0x249F, 0x0F84, 0xB6C4];

/// The profile's bytes.
pub(super) fn srgb() -> Vec<u8> {
    let bodies = [
        description(DESCRIPTION),
        copyright(),
        xyz(WHITE),
        xyz(RED),
        xyz(GREEN),
        xyz(BLUE),
        curve(),
    ];
    // Each tag with the body it has; the three curves are one.
    let tags: [(&[u8; 4], usize); 9] = [
        (b"desc", 0),
        (b"cprt", 1),
        (b"wtpt", 2),
        (b"rXYZ", 3),
        (b"gXYZ", 4),
        (b"bXYZ", 5),
        (b"rTRC", 6),
        (b"gTRC", 6),
        (b"bTRC", 6),
    ];
    assemble(b"mntrRGB XYZ ", &bodies, &tags)
}

/// A profile of tags, each with the number of its body, under a header of this
/// class, colour space and connection space.
pub(super) fn assemble(
    class: &[u8; 12],
    bodies: &[Vec<u8>],
    tags: &[(&[u8; 4], usize)],
) -> Vec<u8> {
    let data_start = 128 + 4 + 12 * tags.len();
    let mut data = Vec::new();
    let mut places = Vec::new();
    for body in bodies {
        places.push((data_start + data.len(), body.len()));
        data.extend(body);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut out = header(class, data_start + data.len());
    out.extend((tags.len() as u32).to_be_bytes());
    for (tag, body) in tags {
        let (offset, length) = places.get(*body).copied().unwrap_or_default();
        out.extend(*tag);
        out.extend((offset as u32).to_be_bytes());
        out.extend((length as u32).to_be_bytes());
    }
    out.extend(data);
    out
}

/// Clause 6.1: no maker, no platform, no date but the one of the standard.
fn header(class: &[u8; 12], length: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(length);
    out.extend((length as u32).to_be_bytes());
    out.extend([0; 4]);
    out.extend(0x0210_0000u32.to_be_bytes());
    out.extend(class);
    out.extend([1999u16, 10, 1, 0, 0, 0].into_iter().flat_map(u16::to_be_bytes));
    out.extend(b"acsp");
    // Platform, flags, manufacturer, model, attributes, perceptual intent.
    out.extend([0; 28]);
    // D50, the white of the connection space.
    out.extend([0xF6D6u32, 0x0001_0000, 0xD32D].into_iter().flat_map(u32::to_be_bytes));
    out.resize(128, 0);
    out
}

pub(super) fn xyz(values: [u32; 3]) -> Vec<u8> {
    let mut out = b"XYZ \0\0\0\0".to_vec();
    out.extend(values.into_iter().flat_map(u32::to_be_bytes));
    out
}

pub(super) fn copyright() -> Vec<u8> {
    b"text\0\0\0\0No copyright, use freely.\0".to_vec()
}

/// Clause 6.5.16: in ASCII, and empty in the two other scripts.
pub(super) fn description(text: &str) -> Vec<u8> {
    let mut out = b"desc\0\0\0\0".to_vec();
    out.extend((text.len() as u32 + 1).to_be_bytes());
    out.extend(text.as_bytes());
    out.push(0);
    out.extend([0; 4 + 4 + 2 + 1 + 67]);
    out
}

/// The curve from values to light (IEC 61966-2-1, 5.2).
fn curve() -> Vec<u8> {
    let mut out = b"curv\0\0\0\0".to_vec();
    out.extend(CURVE_POINTS.to_be_bytes());
    for point in 0..CURVE_POINTS {
        let value = f64::from(point) / f64::from(CURVE_POINTS - 1);
        let light =
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) };
        out.extend(((light * 65535.0).round() as u16).to_be_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_whole() {
        let profile = srgb();
        let number = |at: usize| {
            profile.get(at..at + 4).map(|b| b.iter().fold(0, |n, b| n << 8 | u32::from(*b)))
        };
        assert_eq!(number(0), u32::try_from(profile.len()).ok());
        assert_eq!(profile.get(36..40), Some(&b"acsp"[..]));
        for tag in 0..9 {
            let (offset, length) = (number(128 + 4 + tag * 12 + 4), number(128 + 4 + tag * 12 + 8));
            let end = offset.zip(length).map(|(o, l)| (o + l) as usize);
            assert!(end.is_some_and(|end| end <= profile.len()), "tag {tag}");
        }
        // The primaries add up to the white of the connection space.
        for i in 0..3 {
            let sum = RED[i] + GREEN[i] + BLUE[i];
            assert_eq!(sum, [0xF6D6, 0x1_0000, 0xD32D][i]);
        }
    }
}
