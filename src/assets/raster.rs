//! Pictures as picture elements.

use crate::units::Px;

/// A decoded picture of eight bits a channel, upright.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// Its width.
    pub width: Px,
    /// Its height.
    pub height: Px,
    /// 1 for gray, 3 for RGB.
    pub channels: u8,
    /// Row by row from the top, `channels` bytes an element.
    pub samples: Vec<u8>,
    /// One byte an element, where any of it is not opaque.
    pub alpha: Option<Vec<u8>>,
}

impl Raster {
    /// Takes four channels apart; alpha is kept only if something shows
    /// through, colour only if there is any.
    pub(super) fn from_rgba(width: Px, height: Px, rgba: &[u8]) -> Raster {
        let (pixels, _) = rgba.as_chunks::<4>();
        let alpha = if pixels.iter().any(|p| p[3] != 255) {
            Some(pixels.iter().map(|p| p[3]).collect())
        } else {
            None
        };
        let gray = pixels.iter().all(|[r, g, b, a]| *a == 0 || (r == g && g == b));
        let samples = if gray {
            pixels.iter().map(|p| p[0]).collect()
        } else {
            let mut samples = vec![0; pixels.len() * 3];
            for (to, from) in samples.as_chunks_mut::<3>().0.iter_mut().zip(pixels) {
                *to = [from[0], from[1], from[2]];
            }
            samples
        };
        Raster { width, height, channels: if gray { 1 } else { 3 }, samples, alpha }
    }

    /// The same in one channel if all three say the same everywhere.
    pub(super) fn without_idle_colour(self) -> Raster {
        let (pixels, _) = self.samples.as_chunks::<3>();
        if self.channels != 3 || !pixels.iter().all(|[r, g, b]| r == g && g == b) {
            return self;
        }
        Raster { channels: 1, samples: pixels.iter().map(|p| p[0]).collect(), ..self }
    }

    /// The same laid on a colour, without alpha.
    #[must_use]
    pub fn on(self, ground: [u8; 3]) -> Raster {
        let Some(alpha) = &self.alpha else { return self };
        let mix = |over: u8, under: u8, a: u8| {
            let (over, under, a) = (u32::from(over), u32::from(under), u32::from(a));
            ((over * a + under * (255 - a) + 127) / 255) as u8
        };
        let gray = self.channels == 1 && ground[0] == ground[1] && ground[1] == ground[2];
        let samples = if gray {
            self.samples.iter().zip(alpha).map(|(s, a)| mix(*s, ground[0], *a)).collect()
        } else {
            let step = usize::from(self.channels.max(1));
            self.samples
                .chunks_exact(step)
                .zip(alpha)
                .flat_map(|(p, a)| {
                    let at = |i: usize| p.get(i).or(p.first()).copied().unwrap_or(0);
                    [0, 1, 2].map(|i| mix(at(i), ground[i], *a))
                })
                .collect()
        };
        Raster { samples, alpha: None, channels: if gray { 1 } else { 3 }, ..self }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A picture that no encoder can make small.
    pub fn noise(width: u32, height: u32, channels: u8) -> Raster {
        let mut state = 0x2545_F491_4F6C_DD1Du64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 32) as u8
        };
        let count = width as usize * height as usize * usize::from(channels);
        let samples = (0..count).map(|_| next()).collect();
        Raster { width: Px(width), height: Px(height), channels, samples, alpha: None }
    }

    #[test]
    fn what_shows_through_shows_the_ground() {
        let raster = Raster {
            width: Px(2),
            height: Px(1),
            channels: 1,
            samples: vec![0, 0],
            alpha: Some(vec![255, 0]),
        };
        assert_eq!(raster.clone().on([255; 3]).samples, [0, 255]);
        assert_eq!(raster.on([200, 100, 50]).samples, [0, 0, 0, 200, 100, 50]);
    }
}
