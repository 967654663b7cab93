//! Signs that grow: delimiters, roots, braces, arrows, large operators.

use super::boxes::{Mark, MathBox};
use super::layout::{Layouter, Style};
use super::table::{Growth, Part};

/// A delimiter covers so much of what it stands around at least
/// (`\delimiterfactor`).
const COVERED: f64 = 0.901;
/// Or all but so much, in em (`\delimitershortfall`).
const SHORTFALL: f64 = 0.5;
/// A part is repeated so often at most.
const MOST_REPEATS: usize = 200;
/// The space that stands for a delimiter that isn't there, in em
/// (`\nulldelimiterspace`).
pub const NO_DELIMITER: f64 = 0.12;

impl Layouter<'_> {
    /// A large operator, centred on the axis.
    pub fn large(&self, sign: char, small: bool, style: Style) -> MathBox {
        let Some(base) = self.font.glyph(sign) else { return self.character(sign, style) };
        let mut glyph = base;
        if style.level == crate::math::Level::Display && !small {
            let wanted = self.font.constants().display_operator_min_height;
            let variants = self.font.vertical(base).map_or(&[][..], |g| &g.variants);
            let fitting = variants.iter().find(|(_, size)| *size >= wanted);
            glyph = fitting.or(variants.last()).map_or(base, |(glyph, _)| *glyph);
        }
        let set = self.glyph(glyph, &sign.to_string(), style);
        self.centred(set, glyph, style)
    }

    /// Puts a sign on the axis.
    fn centred(&self, set: MathBox, glyph: u16, style: Style) -> MathBox {
        let edges = self.font.glyph_box(glyph);
        let middle = self.at((edges.top + edges.bottom) / 2.0, style);
        moved(set, middle - self.axis(style))
    }

    /// A delimiter of at least a height, centred on the axis.
    pub fn delimiter(&self, sign: char, height: f64, style: Style) -> MathBox {
        let Some(base) = self.font.glyph(sign) else { return self.character(sign, style) };
        let set = self.tall(base, sign, height, style);
        let middle = (set.height - set.depth) / 2.0;
        let mut set = moved(set, middle - self.axis(style));
        set.italic = 0.0;
        set
    }

    /// A box between delimiters as tall as it is.
    pub fn fenced(
        &self,
        open: Option<char>,
        body: MathBox,
        close: Option<char>,
        style: Style,
    ) -> MathBox {
        let axis = self.axis(style);
        let reach = (body.height - axis).max(body.depth + axis).max(0.0);
        let height = (2.0 * reach * COVERED).max(2.0 * reach - SHORTFALL * self.size_of(style));
        let side = |sign: Option<char>| match sign {
            Some(sign) => self.delimiter(sign, height, style),
            None => MathBox::space(NO_DELIMITER * self.size_of(style)),
        };
        let mut out = side(open);
        out.append(body);
        out.width += out.italic;
        out.append(side(close));
        MathBox { italic: 0.0, attachment: None, letter: false, ..out }
    }

    /// A glyph grown to a height: the smallest that suffices, or one built of
    /// parts.
    pub fn tall(&self, base: u16, sign: char, height: f64, style: Style) -> MathBox {
        let wanted = height / self.at(1.0, style);
        self.grown(base, sign, wanted, style, self.font.vertical(base), true)
    }

    /// A glyph grown to a width.
    pub fn wide(&self, base: u16, sign: char, width: f64, style: Style) -> MathBox {
        let wanted = width / self.at(1.0, style);
        self.grown(base, sign, wanted, style, self.font.horizontal(base), false)
    }

    fn grown(
        &self,
        base: u16,
        sign: char,
        wanted: f64,
        style: Style,
        growth: Option<&Growth>,
        upwards: bool,
    ) -> MathBox {
        let text = sign.to_string();
        let own = self.font.glyph_box(base);
        let own_size = if upwards { own.top - own.bottom } else { own.right - own.left };
        let Some(growth) = growth.filter(|_| own_size < wanted) else {
            return self.glyph(base, &text, style);
        };
        if let Some((glyph, _)) = growth.variants.iter().find(|(_, size)| *size >= wanted) {
            return self.glyph(*glyph, &text, style);
        }
        if growth.parts.is_empty() {
            let largest = growth.variants.last().map_or(base, |(glyph, _)| *glyph);
            return self.glyph(largest, &text, style);
        }
        self.built(&growth.parts, &text, wanted, style, upwards)
    }

    /// A sign built of parts, each over the end of the one before.
    fn built(
        &self,
        parts: &[Part],
        text: &str,
        wanted: f64,
        style: Style,
        upwards: bool,
    ) -> MathBox {
        let least = self.font.min_overlap();
        let (list, overlap) = assembly(parts, wanted, least);
        let mut out = MathBox { letter: true, ..MathBox::default() };
        let mut at = 0.0;
        for (i, part) in list.iter().enumerate() {
            let edges = self.font.glyph_box(part.glyph);
            let text = if i == 0 { text } else { "" };
            let mut set = self.glyph(part.glyph, text, style);
            set.italic = 0.0;
            if upwards {
                let up = self.at(at - edges.bottom, style);
                out.width = out.width.max(set.width);
                let (height, depth) = (self.at(edges.top, style), self.at(-edges.bottom, style));
                out.marks.extend(set.marks.into_iter().map(|m| shifted(m, 0.0, -up)));
                out.height = out.height.max(height + up);
                out.depth = if i == 0 { depth - up } else { out.depth };
            } else {
                let right = self.at(at - edges.left, style);
                let (height, depth) = (set.height, set.depth);
                out.marks.extend(set.marks.into_iter().map(|m| shifted(m, right, 0.0)));
                out.height = out.height.max(height);
                out.depth = out.depth.max(depth);
                out.width = right + self.at(edges.right, style);
            }
            at += part.advance - overlap;
        }
        out
    }
}

/// The parts in order, extenders repeated as often as is needed, and by how
/// much each lies over the one before.
fn assembly(parts: &[Part], wanted: f64, least: f64) -> (Vec<Part>, f64) {
    let mut list: Vec<Part> = Vec::new();
    for repeats in 0..=MOST_REPEATS {
        list.clear();
        for part in parts {
            let times = if part.extender { repeats } else { 1 };
            list.extend(std::iter::repeat_n(*part, times));
        }
        let joints = list.len().saturating_sub(1) as f64;
        let whole: f64 = list.iter().map(|p| p.advance).sum();
        if list.is_empty() || whole - joints * least < wanted && repeats < MOST_REPEATS {
            continue;
        }
        // The overlap that comes nearest to what is wanted, as far as all joints allow.
        let most = list
            .windows(2)
            .map(|pair| match pair {
                [a, b] => a.end.min(b.start),
                _ => least,
            })
            .fold(f64::INFINITY, f64::min);
        let overlap = if joints > 0.0 { (whole - wanted) / joints } else { 0.0 };
        let overlap = overlap.min(most.max(least)).max(least);
        return (list, overlap);
    }
    (list, least)
}

fn shifted(mut mark: Mark, dx: f64, dy: f64) -> Mark {
    let (Mark::Glyph { x, y, .. } | Mark::Bar { x, y, .. }) = &mut mark;
    *x += dx;
    *y += dy;
    mark
}

/// A box moved down.
pub fn moved(set: MathBox, down: f64) -> MathBox {
    MathBox {
        height: set.height - down,
        depth: set.depth + down,
        marks: set.marks.into_iter().map(|mark| shifted(mark, 0.0, down)).collect(),
        ..set
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn part(advance: f64, extender: bool) -> Part {
        Part { glyph: 1, start: 100.0, end: 100.0, advance, extender }
    }

    proptest! {
        #[test]
        fn built_signs_are_tall_enough(wanted in 0.0f64..20_000.0, least in 0.0f64..90.0) {
            let parts = [part(900.0, false), part(600.0, true), part(300.0, false)];
            let (list, overlap) = assembly(&parts, wanted, least);
            let length: f64 = list.iter().map(|p| p.advance).sum::<f64>()
                - overlap * (list.len() as f64 - 1.0);
            prop_assert!(length >= wanted - 1e-6);
            prop_assert!(overlap >= least && overlap <= 100.0);
            prop_assert!(length <= wanted.max(1200.0) + 600.0);
        }
    }
}
