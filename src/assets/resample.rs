//! Scaling pictures down.
//!
//! Light adds up, numbers in a file don't: a fine black-and-white screen is as
//! bright as its share of white, not as the middle number. So the samples are
//! made linear (sRGB, IEC 61966-2-1) before they are averaged, rows first,
//! then columns, by Catmull and Rom's cubic stretched to the factor.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::raster::Raster;
use crate::units::Px;

/// Steps of linear light told apart on the way back; enough for the darkest.
const STEPS: usize = 1 << 14;

/// For one output element: where its inputs begin, and their weights.
struct Tap {
    start: usize,
    weights: Vec<f32>,
}

impl Raster {
    /// The picture made this wide, and as high as it then must be.
    #[must_use]
    pub fn scaled(&self, width: Px) -> Raster {
        let (from_w, from_h) = (self.width.0 as usize, self.height.0 as usize);
        let to_w = width.0.max(1) as usize;
        let to_h = ((from_h as f64 * to_w as f64 / from_w as f64).round() as usize).max(1);
        let across = taps(from_w, to_w);
        let down = taps(from_h, to_h);
        let lut = linear();
        let back = |v: f32| to_srgb()[((v * (STEPS - 1) as f32 + 0.5) as usize).min(STEPS - 1)];
        let shape = (from_w, usize::from(self.channels.max(1)));
        let size = (to_w, to_h);
        let height = Px(u32::try_from(to_h).unwrap_or(u32::MAX));
        let width = Px(width.0.max(1));
        let Some(alpha) = &self.alpha else {
            let samples = scale(shape, size, (&across, &down), |i| lut[self.samples[i] as usize]);
            let samples = samples.par_iter().map(|v| back(*v)).collect();
            return Raster { width, height, channels: self.channels, samples, alpha: None };
        };
        // What shows through has no say in the colour: premultiply.
        let ch = shape.1;
        let share = |i: usize| f32::from(alpha[i / ch]) / 255.0;
        let light =
            scale(shape, size, (&across, &down), |i| lut[self.samples[i] as usize] * share(i));
        let cover = scale((from_w, 1), size, (&across, &down), |i| f32::from(alpha[i]) / 255.0);
        let samples = light
            .iter()
            .enumerate()
            .map(|(i, v)| back(v / cover[i / ch].max(1.0 / 512.0)))
            .collect();
        let alpha = cover.iter().map(|v| (v * 255.0 + 0.5) as u8).collect();
        Raster { width, height, channels: self.channels, samples, alpha: Some(alpha) }
    }
}

/// Scales one plane of interleaved channels, output rows side by side.
fn scale(
    (from_w, ch): (usize, usize),
    (to_w, to_h): (usize, usize),
    (across, down): (&[Tap], &[Tap]),
    read: impl Fn(usize) -> f32 + Sync,
) -> Vec<f32> {
    let mut out = vec![0.0f32; to_w * to_h * ch];
    // Bands share the rows at their seams only; each row is read about once.
    let band = to_h.div_ceil(rayon::current_num_threads() * 2).max(8);
    out.par_chunks_mut(band * to_w * ch).enumerate().for_each(|(n, out)| {
        let rows = &down[n * band..(n * band + out.len() / (to_w * ch))];
        let mut tall = vec![0.0f32; from_w * ch];
        let mut kept: Vec<(usize, Vec<f32>)> = Vec::new();
        for (row, tap) in out.chunks_exact_mut(to_w * ch).zip(rows) {
            kept.retain(|(y, _)| *y >= tap.start);
            let first = kept.last().map_or(tap.start, |(y, _)| y + 1);
            for y in first..tap.start + tap.weights.len() {
                let line = y * from_w * ch;
                kept.push((y, (line..line + from_w * ch).map(&read).collect()));
            }
            tall.fill(0.0);
            for ((_, line), weight) in kept.iter().zip(&tap.weights) {
                for (sum, v) in tall.iter_mut().zip(line) {
                    *sum += v * weight;
                }
            }
            gather(row, &tall, across, ch);
        }
    });
    out
}

fn gather(row: &mut [f32], tall: &[f32], across: &[Tap], ch: usize) {
    for (to, tap) in row.chunks_exact_mut(ch).zip(across) {
        let from = &tall[tap.start * ch..(tap.start + tap.weights.len()) * ch];
        let mut sums = [0.0f32; 4];
        for (element, weight) in from.chunks_exact(ch).zip(&tap.weights) {
            for (sum, v) in sums.iter_mut().zip(element) {
                *sum += v * weight;
            }
        }
        for (to, sum) in to.iter_mut().zip(sums) {
            *to = sum;
        }
    }
}

fn taps(from: usize, to: usize) -> Vec<Tap> {
    let factor = from as f64 / to as f64;
    let stretch = factor.max(1.0);
    (0..to)
        .map(|i| {
            let middle = (i as f64 + 0.5) * factor;
            let start = (middle - 2.0 * stretch).ceil().max(0.0) as usize;
            let start = start.min(from - 1);
            let end = ((middle + 2.0 * stretch).floor() as usize).clamp(start + 1, from);
            let weight = |j: usize| cubic((j as f64 + 0.5 - middle) / stretch);
            let sum: f64 = (start..end).map(weight).sum();
            let weights = (start..end).map(|j| (weight(j) / sum) as f32).collect();
            Tap { start, weights }
        })
        .collect()
}

/// Catmull and Rom's cubic (Mitchell and Netravali 1988, B = 0, C = ½).
fn cubic(x: f64) -> f64 {
    match x.abs() {
        x if x < 1.0 => (1.5 * x - 2.5) * x * x + 1.0,
        x if x < 2.0 => ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0,
        _ => 0.0,
    }
}

/// The light of each sample value.
pub(super) fn linear() -> &'static [f32; 256] {
    static TABLE: OnceLock<[f32; 256]> = OnceLock::new();
    TABLE.get_or_init(|| {
        std::array::from_fn(|i| {
            let v = i as f32 / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        })
    })
}

fn to_srgb() -> &'static [u8] {
    static TABLE: OnceLock<Vec<u8>> = OnceLock::new();
    TABLE.get_or_init(|| {
        (0..STEPS)
            .map(|i| {
                let v = i as f32 / (STEPS - 1) as f32;
                let s =
                    if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
                (s * 255.0 + 0.5) as u8
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn raster(width: u32, height: u32, samples: Vec<u8>, alpha: Option<Vec<u8>>) -> Raster {
        Raster { width: Px(width), height: Px(height), channels: 1, samples, alpha }
    }

    #[test]
    fn a_screen_of_black_and_white_is_as_bright_as_half_the_light() {
        let samples = (0..64 * 64).map(|i| if (i / 64 + i) % 2 == 0 { 0 } else { 255 }).collect();
        let small = raster(64, 64, samples, None).scaled(Px(8));
        // Half the light is 188 in sRGB; the middle number would be 128.
        assert!(small.samples.iter().all(|v| (186..=190).contains(v)), "{:?}", small.samples);
    }

    #[test]
    fn what_is_clear_does_not_tint_what_is_not() {
        let samples = (0..16 * 16).map(|i| if i % 16 < 8 { 200 } else { 0 }).collect();
        let alpha = (0..16 * 16).map(|i| if i % 16 < 8 { 255 } else { 0 }).collect();
        let small = raster(16, 16, samples, Some(alpha)).scaled(Px(3));
        let alpha = small.alpha.expect("it is still clear in places");
        for (v, a) in small.samples.iter().zip(&alpha) {
            assert!(*a < 8 || (198..=202).contains(v), "{v} at {a}");
        }
    }

    proptest! {
        #[test]
        fn one_colour_stays_that_colour(
            value in any::<u8>(), w in 1u32..70, h in 1u32..70, to in 1u32..70
        ) {
            let to = to.min(w);
            let small = raster(w, h, vec![value; (w * h) as usize], None).scaled(Px(to));
            prop_assert_eq!(small.width, Px(to));
            prop_assert_eq!(small.samples.len(), (small.width.0 * small.height.0) as usize);
            prop_assert!(small.samples.iter().all(|v| v.abs_diff(value) <= 1));
        }
    }
}
