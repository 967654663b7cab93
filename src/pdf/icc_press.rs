//! The output intent of the press profile: an ICC profile of the printing
//! condition that [`super::separation`] computes, made here like that of sRGB.
//!
//! PDF/X-4 wants the profile in the file (ISO 15930-7, 6.2.2; naming a
//! registered condition instead is for PDF/X-1a and X-3, pointing at a profile
//! outside for X-4p), and measured ones are not free to be passed on in books.
//!
//! An output profile after ICC.1:1998-09, 6.3.3: tables from inks to colours and
//! back, for all three intents the same, and one that says which colours can't
//! be printed.

use rayon::prelude::*;

use super::icc;
use super::separation::{Cmyk, Lab, PAPER, appearance, inks_for, xyz};

/// What the condition is called, in the profile and in the file.
pub(super) const CONDITION: &str =
    "Offset on coated paper, computed from the aims of ISO 12647-2:2004";

/// Points of each ink in the table to colours.
const INK_POINTS: usize = 9;

/// Points of each axis in the tables from colours; odd, so that gray is on one.
const COLOR_POINTS: usize = 13;

/// A colour that is missed by more can't be printed.
const VISIBLE: f64 = 3.0;

/// Entries of an input curve: with 256 the last but one is where the encoding
/// has full lightness (6.4.8, table 36: 100 is `FF00`).
const CURVE_ENTRIES: u32 = 256;

/// The profile's bytes.
pub(super) fn profile() -> Vec<u8> {
    let (to_inks, gamut) = from_colors();
    let white = xyz(PAPER).map(|v| (v * 65536.0).round() as u32);
    let bodies = [
        icc::description(CONDITION),
        icc::copyright(),
        icc::xyz(white),
        to_colors(),
        to_inks,
        gamut,
    ];
    let tags: [(&[u8; 4], usize); 10] = [
        (b"desc", 0),
        (b"cprt", 1),
        (b"wtpt", 2),
        (b"A2B0", 3),
        (b"A2B1", 3),
        (b"A2B2", 3),
        (b"B2A0", 4),
        (b"B2A1", 4),
        (b"B2A2", 4),
        (b"gamt", 5),
    ];
    icc::assemble(b"prtrCMYKLab ", &bodies, &tags)
}

fn to_colors() -> Vec<u8> {
    let colors: Vec<u16> = (0..INK_POINTS.pow(4))
        .into_par_iter()
        .flat_map_iter(|node| {
            let inks: Cmyk = std::array::from_fn(|ink| axis(node, INK_POINTS, 3 - ink));
            encoded(appearance(inks))
        })
        .collect();
    table((4, 3, INK_POINTS), |_| vec![0, 0xFFFF], &colors)
}

/// The table from colours to inks, and the one of what can't be printed.
fn from_colors() -> (Vec<u8>, Vec<u8>) {
    let nodes: Vec<(Cmyk, f64)> = (0..COLOR_POINTS.pow(3))
        .into_par_iter()
        .map(|node| {
            let [l, a, b] = std::array::from_fn(|i| axis(node, COLOR_POINTS, 2 - i));
            inks_for([l * 100.0, a * 65535.0 / 256.0 - 128.0, b * 65535.0 / 256.0 - 128.0])
        })
        .collect();
    let inks: Vec<u16> = nodes.iter().flat_map(|(inks, _)| inks.map(share)).collect();
    let missed: Vec<u16> =
        nodes.iter().map(|(_, miss)| if *miss > VISIBLE { u16::MAX } else { 0 }).collect();
    let curve = |channel: usize| {
        let last = if channel == 0 { CURVE_ENTRIES - 2 } else { CURVE_ENTRIES - 1 };
        (0..CURVE_ENTRIES).map(|i| share(f64::from(i) / f64::from(last))).collect()
    };
    let size = |outputs| (3, outputs, COLOR_POINTS);
    (table(size(4), curve, &inks), table(size(1), curve, &missed))
}

/// Where a node lies on an axis, from 0 to 1; the last axis goes fastest and
/// has number 0.
fn axis(node: usize, points: usize, number: usize) -> f64 {
    (node / points.pow(number as u32) % points) as f64 / (points - 1) as f64
}

fn share(value: f64) -> u16 {
    // `as` saturates.
    (value * 65535.0).round() as u16
}

/// CIELAB in sixteen bits (6.4.8, tables 36 and 37).
fn encoded([l, a, b]: Lab) -> [u16; 3] {
    [l * 652.8, (a + 128.0) * 256.0, (b + 128.0) * 256.0].map(|v| v.round() as u16)
}

/// A table of 16-bit values (6.5.8) with straight output curves.
fn table(
    (inputs, outputs, points): (u8, u8, usize),
    curve: impl Fn(usize) -> Vec<u16>,
    nodes: &[u16],
) -> Vec<u8> {
    let mut out = b"mft2\0\0\0\0".to_vec();
    out.extend([inputs, outputs, points as u8, 0]);
    for at in 0..9u32 {
        let one = if at.is_multiple_of(4) { 0x0001_0000u32 } else { 0 };
        out.extend(one.to_be_bytes());
    }
    let curves: Vec<Vec<u16>> = (0..usize::from(inputs)).map(curve).collect();
    let entries = curves.first().map_or(0, Vec::len) as u16;
    out.extend([entries, 2].into_iter().flat_map(u16::to_be_bytes));
    let words = curves.iter().flatten().chain(nodes).copied();
    out.extend(words.flat_map(u16::to_be_bytes));
    for _ in 0..outputs {
        out.extend([0u16, 0xFFFF].into_iter().flat_map(u16::to_be_bytes));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_one_of_a_press() {
        let profile = profile();
        assert_eq!(profile.get(12..24), Some(&b"prtrCMYKLab "[..]));
        let length = profile.get(..4).map(|b| b.iter().fold(0, |n, b| n << 8 | usize::from(*b)));
        assert_eq!(length, Some(profile.len()));
    }

    #[test]
    fn white_paper_has_no_ink_in_either_table() {
        assert_eq!(encoded(appearance([0.0; 4])), [0xFF00, 0x8000, 0x8000]);
        assert_eq!(inks_for([100.0, 0.0, 0.0]).0.map(share), [0; 4]);
    }
}
