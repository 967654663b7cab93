//! Marks over and under: hats, bars, braces, arrows.

use crate::math::{Node, Row};

use super::boxes::MathBox;
use super::layout::{Layouter, Style};

/// The form of a mark that combines with a letter.
fn combining(mark: char) -> Option<char> {
    Some(match mark {
        '´' => '\u{301}',
        '˘' => '\u{306}',
        'ˇ' => '\u{30c}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '`' => '\u{300}',
        '^' => '\u{302}',
        '~' => '\u{303}',
        '→' => '\u{20d7}',
        '˚' => '\u{30a}',
        '‾' => '\u{304}',
        _ => return None,
    })
}

impl Layouter<'_> {
    /// Something with a mark over or under it.
    pub fn accent(&self, base: &Row, mark: char, wide: bool, below: bool, style: Style) -> MathBox {
        let body = self.accented(base, style);
        // A bar over one letter is an accent, over more it is a line.
        let line = matches!(mark, '‾' | '_') && (below || !body.letter);
        if line {
            return self.ruled(body, below, style);
        }
        let grows = wide && (below || !matches!(mark, '^' | '~' | 'ˇ'));
        if grows {
            return self.stretched(body, mark, below, style);
        }
        let sign = combining(mark).unwrap_or(mark);
        let Some(glyph) = self.font.glyph(sign) else { return body };
        let glyph = if wide { self.widest(glyph, body.width, style) } else { glyph };
        let edges = self.font.glyph_box(glyph);
        let own = self.font.attachment(glyph);
        let own = own.unwrap_or((edges.left + edges.right) / 2.0);
        let centre = match body.attachment {
            Some(attachment) if body.letter => attachment,
            _ => (body.width + body.italic) / 2.0,
        };
        let x = centre - self.at(own, style);
        // The mark is drawn to stand over letters of the height that the font says.
        let usual = self.at(self.font.constants().accent_base_height, style);
        let up = body.height - body.height.min(usual);
        let set = self.glyph(glyph, &sign.to_string(), style);
        let (italic, letter) = (body.italic, body.letter);
        let mut out = body;
        // A row in which the letter before leans has room for that already.
        out.place(MathBox { width: 0.0, ..set }, x, -up);
        (out.italic, out.letter) = (italic, letter);
        out
    }

    /// What is marked: `i` and `j` lose their dots.
    fn accented(&self, base: &Row, style: Style) -> MathBox {
        if let [Node::Symbol(symbol)] = base.as_slice() {
            let dotless = match symbol.shown().as_str() {
                "𝑖" => Some('𝚤'),
                "𝑗" => Some('𝚥'),
                _ => None,
            };
            if let Some(c) = dotless {
                return self.character(c, style.cramped());
            }
        }
        self.part(base, style.cramped())
    }

    /// The widest form of a mark that is no wider than what it stands over.
    fn widest(&self, glyph: u16, width: f64, style: Style) -> u16 {
        let wanted = width / self.at(1.0, style);
        let variants = self.font.horizontal(glyph).map_or(&[][..], |g| &g.variants);
        variants.iter().rfind(|(_, size)| *size <= wanted).map_or(glyph, |(glyph, _)| *glyph)
    }

    /// A line over or under all of it.
    fn ruled(&self, mut body: MathBox, below: bool, style: Style) -> MathBox {
        let c = self.font.constants();
        let at = |units| self.at(units, style);
        body.width += body.italic;
        body.italic = 0.0;
        body.letter = false;
        let width = body.width;
        if below {
            let y = body.depth + at(c.underbar_vertical_gap);
            body.bar(0.0, y, width, at(c.underbar_rule_thickness), style.color);
            body.depth += at(c.underbar_extra_descender);
        } else {
            let thickness = at(c.overbar_rule_thickness);
            let y = body.height + at(c.overbar_vertical_gap) + thickness;
            body.bar(0.0, -y, width, thickness, style.color);
            body.height += at(c.overbar_extra_ascender);
        }
        body
    }

    /// A brace, bracket or arrow over or under all of it.
    fn stretched(&self, mut body: MathBox, mark: char, below: bool, style: Style) -> MathBox {
        let Some(glyph) = self.font.glyph(mark) else { return body };
        let c = self.font.constants();
        body.width += body.italic;
        body.italic = 0.0;
        body.letter = false;
        let sign = self.wide(glyph, mark, body.width, style);
        let edges = |sign: &MathBox| ink(self, sign);
        let (top, bottom) = edges(&sign);
        let width = body.width.max(sign.width);
        let x = (width - sign.width) / 2.0;
        let mut out = MathBox { width, ..MathBox::default() };
        let (height, depth, inner) = (body.height, body.depth, body.width);
        out.place(body, (width - inner) / 2.0, 0.0);
        if below {
            let gap = self.at(c.stretch_stack_gap_below_min, style);
            let y = depth + gap + top;
            put(&mut out, sign, x, y, top, bottom);
        } else {
            let gap = self.at(c.stretch_stack_gap_above_min, style);
            let y = -(height + gap) + bottom;
            put(&mut out, sign, x, y, top, bottom);
        }
        out
    }
}

/// Places a sign whose ink goes from `bottom` to `top` above its baseline.
fn put(out: &mut MathBox, sign: MathBox, x: f64, y: f64, top: f64, bottom: f64) {
    let (height, depth) = (out.height, out.depth);
    out.place(sign, x, y);
    out.height = height.max(top - y);
    out.depth = depth.max(y - bottom);
}

/// How far the ink of a sign goes above its baseline, at the top and at the
/// bottom.
fn ink(layouter: &Layouter<'_>, sign: &MathBox) -> (f64, f64) {
    let mut edges: Option<(f64, f64)> = None;
    for mark in &sign.marks {
        if let super::boxes::Mark::Glyph { id, size, y, .. } = mark {
            let own = layouter.font.glyph_box(*id);
            let em = size / layouter.font.units;
            let (top, bottom) = (own.top * em - y, own.bottom * em - y);
            let (t, b) = edges.unwrap_or((top, bottom));
            edges = Some((t.max(top), b.min(bottom)));
        }
    }
    edges.unwrap_or((0.0, 0.0))
}
