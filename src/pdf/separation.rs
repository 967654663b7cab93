//! What four inks look like on paper, and which inks look like a colour.
//!
//! The printing condition is computed, not measured: offset on coated paper as
//! ISO 12647-2 aims at it, whose colours of paper, solid inks and overprints are
//! published figures. Between them goes the model of Neugebauer (a screen is a
//! mosaic of the sixteen overprints, by their chances) with the correction of
//! Yule and Nielsen, whose factor of two gives a dot gain of about 16 % at half
//! tone, which is what the standard aims at too. It is good for an accent
//! colour and for an output intent that says what it is; it is no proof print.
//!
//! All colours here are relative to the paper, as ICC profiles want them.

use std::sync::OnceLock;

/// CIELAB of D50.
pub(super) type Lab = [f64; 3];

/// Shares of cyan, magenta, yellow and black from 0 to 1.
pub(super) type Cmyk = [f64; 4];

/// The paper (ISO 12647-2:2004, paper types 1 and 2).
pub(super) const PAPER: Lab = [95.0, 0.0, -2.0];

/// The solids and overprints of the three colours on it; cyan counts one,
/// magenta two and yellow four.
const SOLIDS: [Lab; 8] = [
    PAPER,
    [55.0, -37.0, -50.0],
    [48.0, 74.0, -3.0],
    [24.0, 22.0, -46.0],
    [89.0, -5.0, 93.0],
    [50.0, -65.0, 27.0],
    [47.0, 68.0, 48.0],
    [23.0, 0.0, 0.0],
];

const BLACK: Lab = [16.0, 0.0, 0.0];

/// Light that even four inks send back.
const SURFACE: f64 = 0.008;

/// D50, the white of the connection space.
pub(super) const D50: [f64; 3] = [0.9642, 1.0, 0.8249];

/// sRGB's linear parts to XYZ of D50 (IEC 61966-2-1, adapted after Bradford).
const RGB_TO_XYZ: [[f64; 3]; 3] =
    [[0.436_07, 0.385_15, 0.143_07], [0.222_49, 0.716_87, 0.060_61], [0.013_92, 0.097_08, 0.714_1]];

/// The most ink that four plates may lay on one spot.
const MOST_INK: f64 = 3.2;

/// So much of all three colours there must be before black takes part.
const BLACK_STARTS: f64 = 0.2;

/// The press as a table: for each overprint the roots of what it sends back.
struct Press([[f64; 3]; 16]);

fn press() -> &'static Press {
    static PRESS: OnceLock<Press> = OnceLock::new();
    PRESS.get_or_init(|| {
        let paper = xyz(PAPER);
        let relative = |lab: Lab| std::array::from_fn(|i| at(xyz(lab), i) / at(paper, i));
        let black: [f64; 3] = relative(BLACK);
        Press(std::array::from_fn(|index| {
            let solid: [f64; 3] = relative(SOLIDS.get(index & 7).copied().unwrap_or(PAPER));
            std::array::from_fn(|i| {
                let color = at(solid, i);
                let light =
                    if index < 8 { color } else { SURFACE + color * (at(black, i) - SURFACE) };
                light.max(0.0).sqrt()
            })
        }))
    })
}

/// The colour of inks, relative to the paper.
pub(super) fn appearance(inks: Cmyk) -> Lab {
    let mut roots = [0.0; 3];
    for (index, solid) in press().0.iter().enumerate() {
        let chance: f64 = inks
            .iter()
            .enumerate()
            .map(|(ink, share)| if index >> ink & 1 == 1 { *share } else { 1.0 - share })
            .product();
        for (sum, root) in roots.iter_mut().zip(solid) {
            *sum += chance * root;
        }
    }
    lab(roots.map(|root| root * root))
}

/// The inks that look most like a colour, and by how much they miss it.
pub(super) fn inks_for(target: Lab) -> (Cmyk, f64) {
    let (colors, _) = fit(target, 0.0, [0.3; 3]);
    let common = colors.iter().copied().fold(1.0, f64::min);
    let part = ((common - BLACK_STARTS) / (1.0 - BLACK_STARTS)).max(0.0);
    let black = part * part;
    let (colors, miss) =
        if black > 0.0 { fit(target, black, colors) } else { fit(target, 0.0, colors) };
    let sum: f64 = colors.iter().sum();
    let scale = if sum + black > MOST_INK { (MOST_INK - black) / sum } else { 1.0 };
    let [c, m, y] = colors.map(|ink| ink * scale);
    ([c, m, y, black], miss)
}

/// A screen colour as inks, in whole percent; traces of an ink, which would
/// only be a few loose dots, are left out.
pub(super) fn separate(rgb: [u8; 3]) -> Cmyk {
    let linear = rgb.map(|part| {
        let value = f64::from(part) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    let xyz: [f64; 3] = std::array::from_fn(|i| {
        let row = RGB_TO_XYZ.get(i).copied().unwrap_or_default();
        dot(row, linear) / at(D50, i)
    });
    let (inks, _) = inks_for(lab(xyz));
    inks.map(|ink| if ink < 0.025 { 0.0 } else { (ink * 100.0).round() / 100.0 })
}

/// Cyan, magenta and yellow that with so much black come nearest to a colour:
/// least squares after Levenberg and Marquardt, inside the unit cube.
fn fit(target: Lab, black: f64, start: [f64; 3]) -> ([f64; 3], f64) {
    const ROUNDS: usize = 24;
    const STEP: f64 = 1e-4;
    let error = |[c, m, y]: [f64; 3]| {
        let seen = appearance([c, m, y, black]);
        std::array::from_fn::<f64, 3, _>(|i| at(seen, i) - at(target, i))
    };
    let (mut here, mut caution) = (start, 1.0);
    let mut miss = error(here);
    for _ in 0..ROUNDS {
        if dot(miss, miss) < 1e-6 || caution > 1e9 {
            break;
        }
        let slopes: [[f64; 3]; 3] = std::array::from_fn(|ink| {
            let step = if at(here, ink) > 0.5 { -STEP } else { STEP };
            let moved =
                error(std::array::from_fn(|i| at(here, i) + if i == ink { step } else { 0.0 }));
            std::array::from_fn(|i| (at(moved, i) - at(miss, i)) / step)
        });
        let down = slopes.map(|slope| dot(slope, miss));
        // An ink at its end that would go further stays there.
        let held: [bool; 3] = std::array::from_fn(|i| {
            (at(here, i) <= 0.0 && at(down, i) > 0.0) || (at(here, i) >= 1.0 && at(down, i) < 0.0)
        });
        let is_held = |i: usize| held.get(i).copied().unwrap_or_default();
        let rows: [[f64; 3]; 3] = std::array::from_fn(|i| {
            std::array::from_fn(|j| {
                let own = if i == j { caution } else { 0.0 };
                if is_held(i) || is_held(j) {
                    own
                } else {
                    dot(row(slopes, i), row(slopes, j)) + own
                }
            })
        });
        let right = std::array::from_fn(|i| if is_held(i) { 0.0 } else { at(down, i) });
        let step = solve(rows, right);
        let next = std::array::from_fn(|i| (at(here, i) - at(step, i)).clamp(0.0, 1.0));
        let next_miss = error(next);
        if dot(next_miss, next_miss) < dot(miss, miss) {
            (here, miss, caution) = (next, next_miss, caution / 8.0);
        } else {
            caution *= 8.0;
        }
    }
    (here, dot(miss, miss).sqrt())
}

/// Three equations after Cramer; nothing if they have no one solution.
fn solve(rows: [[f64; 3]; 3], right: [f64; 3]) -> [f64; 3] {
    // The determinant is the same of columns as of rows, which here are alike.
    let [a, b, c] = rows;
    let whole = dot(a, cross(b, c));
    if whole.abs() < f64::MIN_POSITIVE {
        return [0.0; 3];
    }
    [dot(right, cross(b, c)), dot(a, cross(right, c)), dot(a, cross(b, right))].map(|d| d / whole)
}

fn cross([a, b, c]: [f64; 3], [d, e, f]: [f64; 3]) -> [f64; 3] {
    [b * f - c * e, c * d - a * f, a * e - b * d]
}

fn dot([a, b, c]: [f64; 3], [d, e, f]: [f64; 3]) -> f64 {
    a * d + b * e + c * f
}

fn at(values: [f64; 3], index: usize) -> f64 {
    values.get(index).copied().unwrap_or_default()
}

fn row(rows: [[f64; 3]; 3], index: usize) -> [f64; 3] {
    rows.get(index).copied().unwrap_or_default()
}

/// CIELAB of light relative to white (ISO 11664-4).
fn lab(relative: [f64; 3]) -> Lab {
    let [x, y, z] = relative
        .map(|t| if t > 216.0 / 24389.0 { t.cbrt() } else { (t * 24389.0 / 27.0 + 16.0) / 116.0 });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The light of a colour, white being [`D50`].
pub(super) fn xyz([l, a, b]: Lab) -> [f64; 3] {
    let y = (l + 16.0) / 116.0;
    let relative = [y + a / 500.0, y, y - b / 200.0]
        .map(|t| if t > 6.0 / 29.0 { t * t * t } else { (116.0 * t - 16.0) * 27.0 / 24389.0 });
    std::array::from_fn(|i| at(relative, i) * at(D50, i))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_is_white_and_has_no_ink() {
        let [l, a, b] = appearance([0.0; 4]);
        assert!((l - 100.0).abs() < 1e-9 && a.abs() < 1e-9 && b.abs() < 1e-9);
        assert_eq!(separate([255, 255, 255]), [0.0; 4]);
    }

    #[test]
    fn inks_that_are_found_look_like_the_colour() {
        for inks in [[0.2, 0.1, 0.7, 0.0], [0.5, 0.5, 0.1, 0.0], [0.0, 0.8, 0.9, 0.0]] {
            let target = appearance(inks);
            let (found, miss) = inks_for(target);
            assert!(miss < 0.5, "{inks:?} became {found:?}, off by {miss}");
        }
    }

    #[test]
    fn no_spot_is_drowned_in_ink() {
        for step in 0..=10 {
            let (inks, _) = inks_for([f64::from(step) * 10.0, 0.0, 0.0]);
            assert!(inks.iter().sum::<f64>() <= MOST_INK + 1e-9, "{inks:?}");
            assert!(inks.iter().all(|ink| (0.0..=1.0).contains(ink)), "{inks:?}");
        }
        assert!(inks_for([0.0; 3]).0[3] > 0.9, "black is printed with black");
    }

    #[test]
    fn an_accent_is_mostly_its_own_inks() {
        let [c, m, y, k] = separate([0xC8, 0x45, 0x2B]);
        assert!(m > 0.7 && y > 0.7 && c < 0.3 && k < 0.2, "{:?}", [c, m, y, k]);
    }
}
