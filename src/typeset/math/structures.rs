//! Fractions, roots and scripts.

use crate::math::{Class, Level, Node, Row, ScriptPlace};

use super::boxes::MathBox;
use super::grow::{NO_DELIMITER, moved};
use super::layout::{Layouter, Style};

/// In a line, numerator and denominator stand nearer to the bar than the font
/// asks for, so that the line stays on its grid.
const IN_LINE: (f64, f64) = (0.83, 0.75);
/// In a line, the scripts of large operators begin so far within their height,
/// in em of the scripts (as in Computer Modern).
const OPERATOR_DROP: f64 = 386.0;

impl Layouter<'_> {
    /// One above the other, with a bar or without (appendix G, rule 15).
    pub fn fraction(&self, over: &Row, under: &Row, bar: Option<f64>, style: Style) -> MathBox {
        let over = self.row(over, style.part());
        let under = self.row(under, style.part().cramped());
        let c = self.font.constants();
        let display = style.level == Level::Display;
        let pick = |in_display, in_text| self.at(if display { in_display } else { in_text }, style);
        let thickness = match bar {
            None => self.at(c.fraction_rule_thickness, style),
            Some(em) => (em * self.size_of(style)).max(0.0),
        };
        let axis = self.axis(style);
        let (up, down) = if thickness > 0.0 {
            let up = pick(c.fraction_numerator_display_shift_up, c.fraction_numerator_shift_up);
            let down =
                pick(c.fraction_denominator_display_shift_down, c.fraction_denominator_shift_down);
            let near = style.level == Level::Text;
            let (up, down) = if near { (up * IN_LINE.0, down * IN_LINE.1) } else { (up, down) };
            let above = pick(c.fraction_numerator_display_gap_min, c.fraction_numerator_gap_min);
            let below =
                pick(c.fraction_denominator_display_gap_min, c.fraction_denominator_gap_min);
            (
                up.max(axis + thickness / 2.0 + above + over.depth),
                down.max(-axis + thickness / 2.0 + below + under.height),
            )
        } else {
            let up = pick(c.stack_top_display_shift_up, c.stack_top_shift_up);
            let down = pick(c.stack_bottom_display_shift_down, c.stack_bottom_shift_down);
            let gap = pick(c.stack_display_gap_min, c.stack_gap_min);
            let lack = gap - ((up - over.depth) - (under.height - down));
            let more = lack.max(0.0) / 2.0;
            (up + more, down + more)
        };
        let width = over.width.max(under.width);
        let edge = NO_DELIMITER * self.size_of(style);
        let mut out = MathBox { width: width + 2.0 * edge, ..MathBox::default() };
        let (left, right) = ((width - over.width) / 2.0, (width - under.width) / 2.0);
        out.place(over, edge + left, -up);
        if thickness > 0.0 {
            out.bar(edge, -axis - thickness / 2.0, width, thickness, style.color);
        }
        out.place(under, edge + right, down);
        out
    }

    /// A root (appendix G, rule 11).
    pub fn root(&self, of: &Row, degree: Option<&Row>, style: Style) -> MathBox {
        let body = self.row(of, style.cramped());
        let c = self.font.constants();
        let display = style.level == Level::Display;
        let gap = if display { c.radical_display_vertical_gap } else { c.radical_vertical_gap };
        let gap = self.at(gap, style);
        let thickness = self.at(c.radical_rule_thickness, style);
        let needed = body.height + body.depth + gap + thickness;
        let Some(glyph) = self.font.glyph('√') else { return body };
        let sign = self.tall(glyph, '√', needed, style);
        let tall = sign.height + sign.depth;
        // What the sign is too tall goes half above and half below the body.
        let gap = gap + ((tall - needed) / 2.0).max(0.0);
        let top = body.height + gap + thickness;
        let (sign_width, sign_height) = (sign.width, sign.height);
        let mut out = MathBox::default();
        let mut left = 0.0;
        if let Some(degree) = degree {
            let small = Style { level: Level::ScriptScript, ..style };
            let degree = self.row(degree, small);
            let before = self.at(c.radical_kern_before_degree, style).max(0.0);
            let after = self.at(c.radical_kern_after_degree, style).max(-(before + degree.width));
            let raise = c.radical_degree_bottom_raise_percent / 100.0 * tall;
            let bottom = tall - top;
            left = before + degree.width + after;
            let y = bottom - raise - degree.depth;
            out.place(degree, before, y);
        }
        out.place(sign, left, sign_height - top);
        let width = body.width;
        out.bar(left + sign_width, -top, width, thickness, style.color);
        out.place(body, left + sign_width, 0.0);
        out.width = left + sign_width + width;
        if display {
            out.height += self.at(c.radical_extra_ascender, style);
        }
        out
    }

    /// Something with its scripts.
    pub fn scripts(
        &self,
        base: &Node,
        sub: Option<&Row>,
        sup: Option<&Row>,
        place: ScriptPlace,
        class: Option<Class>,
        style: Style,
    ) -> MathBox {
        let limits = match place {
            ScriptPlace::Corners => false,
            ScriptPlace::Limits => true,
            ScriptPlace::Movable => style.level == Level::Display,
        };
        if limits {
            let over = sup.map(|row| self.row(row, style.sup()));
            let under = sub.map(|row| self.row(row, style.sub()));
            let base = match self.arrow_under(base, over.as_ref(), under.as_ref(), style) {
                Some(arrow) => arrow,
                None => self.node(base, class, style),
            };
            return self.limits(base, under, over, style);
        }
        let large = matches!(base, Node::Large { .. });
        let base = self.node(base, class, style);
        if let Some(primes) = sup.filter(|row| is_primes(row)) {
            return self.primed(base, sub, primes, style);
        }
        let sup = sup.map(|row| self.row(row, style.sup()));
        let sub = sub.map(|row| self.row(row, style.sub()));
        self.corners(base, sub, sup, large, style)
    }

    /// Scripts at the corners (appendix G, rule 18).
    fn corners(
        &self,
        base: MathBox,
        sub: Option<MathBox>,
        sup: Option<MathBox>,
        large: bool,
        style: Style,
    ) -> MathBox {
        let c = self.font.constants();
        let at = |units| self.at(units, style);
        let script = style.sup();
        let (mut up, mut down) = if base.letter && !large {
            (0.0, 0.0)
        } else {
            let drop = c.superscript_baseline_drop_max;
            let near = large && style.level != Level::Display;
            let drop = self.at(if near { drop.max(OPERATOR_DROP) } else { drop }, script);
            let rise = self.at(c.subscript_baseline_drop_min, script);
            (base.height - drop, base.depth + rise)
        };
        if let Some(sup) = &sup {
            let shift =
                if style.cramped { c.superscript_shift_up_cramped } else { c.superscript_shift_up };
            up = up.max(at(shift)).max(sup.depth + at(c.superscript_bottom_min));
        }
        if let Some(sub) = &sub {
            down = down.max(at(c.subscript_shift_down));
            match &sup {
                None => down = down.max(sub.height - at(c.subscript_top_max)),
                Some(sup) => {
                    let gap = (up - sup.depth) - (sub.height - down);
                    let lack = (at(c.sub_superscript_gap_min) - gap).max(0.0);
                    down += lack;
                    let bottom = up - sup.depth;
                    let raise = at(c.superscript_bottom_max_with_subscript) - bottom;
                    if lack > 0.0 && raise > 0.0 {
                        up += raise.min(lack);
                        down -= raise.min(lack);
                    }
                }
            }
        }
        let (width, italic) = (base.width, base.italic);
        // The lower script stands by the foot of what leans, the upper by its head.
        let (sub_x, sup_x) = if large { (width - italic, width) } else { (width, width + italic) };
        let after = at(c.space_after_script);
        let ends = [(&sub, sub_x), (&sup, sup_x)];
        let end = ends.iter().filter_map(|(s, x)| s.as_ref().map(|s| x + s.width + after));
        let end = end.fold(width, f64::max);
        let mut out = base;
        out.width = end;
        out.italic = 0.0;
        out.attachment = None;
        out.letter = false;
        if let Some(sup) = sup {
            out.place(sup, sup_x, -up);
        }
        if let Some(sub) = sub {
            out.place(sub, sub_x, down);
        }
        out
    }

    /// Primes are drawn where they belong and need no raising.
    fn primed(&self, base: MathBox, sub: Option<&Row>, primes: &Row, style: Style) -> MathBox {
        let marks = self.row(primes, style);
        let foot = base.width;
        let lean = base.italic;
        let high = (base.height - self.at(700.0, style)).max(0.0);
        let mut out = base;
        out.italic = 0.0;
        let head = foot + lean + marks.width;
        out.place(marks, foot + lean, -high);
        out.width = head;
        out.letter = false;
        out.attachment = None;
        if let Some(sub) = sub {
            let sub = self.row(sub, style.sub());
            let c = self.font.constants();
            let down = self
                .at(c.subscript_shift_down, style)
                .max(sub.height - self.at(c.subscript_top_max, style));
            let end = foot + sub.width + self.at(c.space_after_script, style);
            out.place(sub, foot, down);
            out.width = out.width.max(end);
        }
        out
    }

    /// Limits above and below (appendix G, rule 13a).
    fn limits(
        &self,
        base: MathBox,
        under: Option<MathBox>,
        over: Option<MathBox>,
        style: Style,
    ) -> MathBox {
        let c = self.font.constants();
        let at = |units| self.at(units, style);
        let lean = base.italic / 2.0;
        let widths = [Some(&base), under.as_ref(), over.as_ref()];
        let width = widths.into_iter().flatten().map(|b| b.width).fold(0.0, f64::max);
        let mut out = MathBox { width, ..MathBox::default() };
        let centre = |inner: f64| (width - inner) / 2.0;
        let (height, depth) = (base.height, base.depth);
        if let Some(over) = over {
            let gap = at(c.upper_limit_gap_min);
            let up = height + (gap + over.depth).max(at(c.upper_limit_baseline_rise_min));
            let x = centre(over.width) + lean;
            out.place(over, x, -up);
        }
        let x = centre(base.width);
        out.place(base, x, 0.0);
        if let Some(under) = under {
            let gap = at(c.lower_limit_gap_min);
            let down = depth + (gap + under.height).max(at(c.lower_limit_baseline_drop_min));
            let x = centre(under.width) - lean;
            out.place(under, x, down);
        }
        out
    }

    /// An arrow with something above or below is as long as that is.
    fn arrow_under(
        &self,
        base: &Node,
        over: Option<&MathBox>,
        under: Option<&MathBox>,
        style: Style,
    ) -> Option<MathBox> {
        let Node::Symbol(symbol) = base else { return None };
        let c = symbol.text.chars().next().filter(|c| ('←'..='⇿').contains(c))?;
        let glyph = self.font.glyph(c)?;
        let widest = over.into_iter().chain(under).map(|b| b.width).fold(0.0, f64::max);
        Some(self.wide(glyph, c, widest + self.size_of(style) * 0.7, style))
    }

    /// Something struck through.
    pub fn negated(&self, node: &Node, style: Style) -> MathBox {
        let base = self.node(node, None, style);
        let Some(glyph) = self.font.glyph('\u{338}').or(self.font.glyph('/')) else { return base };
        let slash = self.glyph(glyph, "\u{338}", style);
        let edges = self.font.glyph_box(glyph);
        let middle = self.at((edges.left + edges.right) / 2.0, style);
        let lift = self.at((edges.top + edges.bottom) / 2.0, style);
        let x = base.width / 2.0 - middle;
        let down = lift - (base.height - base.depth) / 2.0;
        let mut out = base;
        out.letter = false;
        out.place(moved(slash, down), x, 0.0);
        out
    }
}

fn is_primes(row: &Row) -> bool {
    let prime = |node: &Node| matches!(node, Node::Symbol(s) if "′″‴⁗".contains(s.text.as_str()));
    !row.is_empty() && row.iter().all(prime)
}
