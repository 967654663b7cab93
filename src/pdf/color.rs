//! Colours as operators: light for the screen, inks for a press.
//!
//! On a press, text must be of one ink: black made of four would have coloured
//! edges as soon as one plate is off by a hair. So grays are black alone, as
//! `k` and not as `g`: both mean it where the output intent is CMYK, but only
//! `k` still does in a group that is blended or a file that is converted. Grays
//! so dark that they are meant as ink are full black. All other colours are
//! separated as the file's own output intent says ([`super::separation`]).

use super::separation::separate;
use super::syntax::number;
use crate::page::Color;

/// Grays up to this value are the ink itself: a drawing's `#111` is black that
/// was softened for the screen, and a screened black would have ragged edges.
const DARKEST: u8 = 0x1A;

/// What colours are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inks {
    /// Gray and red, green, blue.
    Light,
    /// Cyan, magenta, yellow, black.
    Process,
}

/// What is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    /// Areas and glyphs.
    Fill,
    /// Lines.
    Line,
}

impl Inks {
    /// Sets the colour of a page's text and rules.
    pub(super) fn fill(self, out: &mut Vec<u8>, color: Color) {
        match (self, color) {
            (_, Color::Rgb(rgb)) | (Inks::Light, Color::Ink(rgb)) => {
                self.rgb(out, rgb, Paint::Fill)
            }
            (Inks::Light, Color::Black) => out.extend(*b"0 g\n"),
            (Inks::Light, Color::Gray(ink)) => {
                number(out, 1.0 - f64::from(ink).clamp(0.0, 1.0), 3);
                out.extend(*b" g\n");
            }
            (Inks::Process, Color::Black | Color::Ink(_)) => {
                process(out, [0.0, 0.0, 0.0, 1.0], Paint::Fill)
            }
            (Inks::Process, Color::Gray(ink)) => {
                process(out, [0.0, 0.0, 0.0, f64::from(ink).clamp(0.0, 1.0)], Paint::Fill);
            }
        }
    }

    /// Sets a colour that is given as light.
    pub(super) fn rgb(self, out: &mut Vec<u8>, rgb: [u8; 3], paint: Paint) {
        let [r, g, b] = rgb;
        let is_gray = r == g && g == b;
        match self {
            Inks::Light => {
                let parts = if is_gray { 1 } else { 3 };
                for part in rgb.iter().take(parts) {
                    number(out, f64::from(*part) / 255.0, 3);
                    out.push(b' ');
                }
                out.extend(match (paint, is_gray) {
                    (Paint::Fill, true) => b"g\n".as_slice(),
                    (Paint::Fill, false) => b"rg\n",
                    (Paint::Line, true) => b"G\n",
                    (Paint::Line, false) => b"RG\n",
                });
            }
            Inks::Process if is_gray && r <= DARKEST => process(out, [0.0, 0.0, 0.0, 1.0], paint),
            Inks::Process if is_gray => {
                process(out, [0.0, 0.0, 0.0, 1.0 - f64::from(r) / 255.0], paint);
            }
            Inks::Process => process(out, separate(rgb), paint),
        }
    }
}

fn process(out: &mut Vec<u8>, inks: [f64; 4], paint: Paint) {
    for ink in inks {
        number(out, ink, 3);
        out.push(b' ');
    }
    out.extend(match paint {
        Paint::Fill => b"k\n",
        Paint::Line => b"K\n",
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rgb(inks: Inks, rgb: [u8; 3], paint: Paint) -> String {
        let mut out = Vec::new();
        inks.rgb(&mut out, rgb, paint);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn grays_are_one_number_of_light_and_one_ink() {
        assert_eq!(rgb(Inks::Light, [51; 3], Paint::Fill), ".2 g\n");
        assert_eq!(rgb(Inks::Process, [51; 3], Paint::Line), "0 0 0 .8 K\n");
        assert_eq!(rgb(Inks::Process, [0x11; 3], Paint::Fill), "0 0 0 1 k\n");
        assert_eq!(rgb(Inks::Process, [0x1B; 3], Paint::Fill), "0 0 0 .894 k\n");
        assert_eq!(rgb(Inks::Process, [255; 3], Paint::Fill), "0 0 0 0 k\n");
    }

    #[test]
    fn colours_of_text_are_inks_on_a_press() {
        let fill = |color| {
            let mut out = Vec::new();
            Inks::Process.fill(&mut out, color);
            String::from_utf8_lossy(&out).into_owned()
        };
        assert_eq!(fill(Color::Black), "0 0 0 1 k\n");
        assert_eq!(fill(Color::Gray(0.25)), "0 0 0 .25 k\n");
        assert_eq!(fill(Color::Ink([200, 69, 43])), "0 0 0 1 k\n");
        assert!(fill(Color::Rgb([200, 69, 43])).ends_with(" k\n"));
        assert_eq!(rgb(Inks::Light, [200, 69, 43], Paint::Line), ".784 .271 .169 RG\n");
    }
}
