//! Samples of a picture as a pressed stream, filtered row by row as PNG does
//! (W3C PNG, 9; ISO 32000-1, 7.4.4.4).

use super::syntax::deflate;

/// The filters that are tried: what differs from the left, from above, and
/// from the likelier of the two. Averages hardly ever win.
const FILTERS: [Filter; 4] = [Filter::None, Filter::Sub, Filter::Up, Filter::Paeth];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    None = 0,
    Sub = 1,
    Up = 2,
    Paeth = 4,
}

/// Presses rows of `columns` elements of `channels` bytes for `/FlateDecode`
/// with predictor 15; `None` if the samples are not so many rows.
pub(super) fn press(samples: &[u8], columns: u32, channels: u8) -> Option<Vec<u8>> {
    let stride = usize::from(channels);
    let length = (columns as usize).checked_mul(stride).filter(|length| *length > 0)?;
    if samples.is_empty() || !samples.len().is_multiple_of(length) {
        return None;
    }
    let mut rows = Vec::with_capacity(samples.len() + samples.len() / length);
    let mut above = vec![0; length];
    let mut tries = FILTERS.map(|filter| (filter, Vec::with_capacity(length)));
    for row in samples.chunks_exact(length) {
        for (filter, out) in &mut tries {
            apply(*filter, row, &above, stride, out);
        }
        // The filter whose differences are smallest, reckoned as signed bytes.
        let weight = |out: &Vec<u8>| -> u64 {
            out.iter().map(|b| u64::from(b.cast_signed().unsigned_abs())).sum()
        };
        if let Some((filter, out)) = tries.iter().min_by_key(|(_, out)| weight(out)) {
            rows.push(*filter as u8);
            rows.extend(out);
        }
        above.copy_from_slice(row);
    }
    Some(deflate(&rows))
}

fn apply(filter: Filter, row: &[u8], above: &[u8], stride: usize, out: &mut Vec<u8>) {
    out.clear();
    // What lies left of the row's beginning is zero.
    let left = || std::iter::repeat_n(&0, stride).chain(row);
    let corner = || std::iter::repeat_n(&0, stride).chain(above);
    match filter {
        Filter::None => out.extend(row),
        Filter::Sub => out.extend(row.iter().zip(left()).map(|(x, a)| x.wrapping_sub(*a))),
        Filter::Up => out.extend(row.iter().zip(above).map(|(x, b)| x.wrapping_sub(*b))),
        Filter::Paeth => {
            let neighbours = left().zip(above).zip(corner());
            let predicted = neighbours.map(|((a, b), c)| paeth(*a, *b, *c));
            out.extend(row.iter().zip(predicted).map(|(x, p)| x.wrapping_sub(p)));
        }
    }
}

/// Of left, above and above left the one nearest to left + above - above left.
fn paeth(a: u8, b: u8, c: u8) -> u8 {
    let (wide_a, wide_b, wide_c) = (i16::from(a), i16::from(b), i16::from(c));
    let (to_a, to_b) = ((wide_b - wide_c).abs(), (wide_a - wide_c).abs());
    let to_c = (wide_a + wide_b - 2 * wide_c).abs();
    if to_a <= to_b && to_a <= to_c {
        a
    } else if to_b <= to_c {
        b
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use proptest::prelude::*;

    use super::*;

    /// The decoder of the specification.
    fn unpress(pressed: &[u8], columns: usize, stride: usize) -> Vec<u8> {
        let mut rows = Vec::new();
        flate2::read::ZlibDecoder::new(pressed).read_to_end(&mut rows).expect("a zlib stream");
        let mut out: Vec<u8> = Vec::new();
        for row in rows.chunks_exact(columns * stride + 1) {
            let start = out.len();
            for (i, byte) in row[1..].iter().enumerate() {
                let at = |back: usize, inside: bool| {
                    if inside { (start + i).checked_sub(back).map_or(0, |at| out[at]) } else { 0 }
                };
                let length = columns * stride;
                let a = at(stride, i >= stride);
                let b = at(length, start > 0);
                let c = at(length + stride, start > 0 && i >= stride);
                let predicted = [0, a, b, 0, paeth(a, b, c)][usize::from(row[0])];
                out.push(byte.wrapping_add(predicted));
            }
        }
        out
    }

    proptest! {
        #[test]
        fn what_is_pressed_can_be_read(
            columns in 1u32..9,
            rows in 1usize..9,
            channels in prop::sample::select(vec![1u8, 3]),
            seed in prop::collection::vec(any::<u8>(), 8 * 8 * 3),
        ) {
            let length = columns as usize * usize::from(channels) * rows;
            let samples = &seed[..length.min(seed.len())];
            prop_assume!(samples.len() == length);
            let pressed = press(samples, columns, channels).expect("whole rows");
            prop_assert_eq!(unpress(&pressed, columns as usize, channels.into()), samples);
        }
    }

    #[test]
    fn half_a_row_is_refused() {
        assert_eq!(press(&[1, 2, 3], 2, 1), None);
        assert_eq!(press(&[], 2, 1), None);
        assert_eq!(press(&[1], 0, 1), None);
    }

    #[test]
    fn a_gradient_is_worth_a_filter() {
        let samples: Vec<u8> = (0..64u32 * 64).map(|i| (i % 64 + i / 64) as u8).collect();
        assert!(press(&samples, 64, 1).is_some_and(|p| p.len() < deflate(&samples).len() / 4));
    }
}
