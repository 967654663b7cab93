//! The MATH table of a font (OpenType 1.9, "MATH — The mathematical
//! typesetting table"), read with care: a font of the book's own may hold
//! anything.

use std::collections::BTreeMap;

/// Shares of the em, as the table has them, in font units.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs, reason = "the names are those of the specification")]
pub struct Constants {
    pub display_operator_min_height: f64,
    pub axis_height: f64,
    pub accent_base_height: f64,
    pub subscript_shift_down: f64,
    pub subscript_top_max: f64,
    pub subscript_baseline_drop_min: f64,
    pub superscript_shift_up: f64,
    pub superscript_shift_up_cramped: f64,
    pub superscript_bottom_min: f64,
    pub superscript_baseline_drop_max: f64,
    pub sub_superscript_gap_min: f64,
    pub superscript_bottom_max_with_subscript: f64,
    pub space_after_script: f64,
    pub upper_limit_gap_min: f64,
    pub upper_limit_baseline_rise_min: f64,
    pub lower_limit_gap_min: f64,
    pub lower_limit_baseline_drop_min: f64,
    pub stack_top_shift_up: f64,
    pub stack_top_display_shift_up: f64,
    pub stack_bottom_shift_down: f64,
    pub stack_bottom_display_shift_down: f64,
    pub stack_gap_min: f64,
    pub stack_display_gap_min: f64,
    pub stretch_stack_gap_above_min: f64,
    pub stretch_stack_gap_below_min: f64,
    pub fraction_numerator_shift_up: f64,
    pub fraction_numerator_display_shift_up: f64,
    pub fraction_denominator_shift_down: f64,
    pub fraction_denominator_display_shift_down: f64,
    pub fraction_numerator_gap_min: f64,
    pub fraction_numerator_display_gap_min: f64,
    pub fraction_rule_thickness: f64,
    pub fraction_denominator_gap_min: f64,
    pub fraction_denominator_display_gap_min: f64,
    pub overbar_vertical_gap: f64,
    pub overbar_rule_thickness: f64,
    pub overbar_extra_ascender: f64,
    pub underbar_vertical_gap: f64,
    pub underbar_rule_thickness: f64,
    pub underbar_extra_descender: f64,
    pub radical_vertical_gap: f64,
    pub radical_display_vertical_gap: f64,
    pub radical_rule_thickness: f64,
    pub radical_extra_ascender: f64,
    pub radical_kern_before_degree: f64,
    pub radical_kern_after_degree: f64,
    pub radical_degree_bottom_raise_percent: f64,
}

/// How a glyph can grow.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Growth {
    /// Larger glyphs, each with its size in the direction of growth.
    pub variants: Vec<(u16, f64)>,
    /// Parts to build any size of; upwards or to the right.
    pub parts: Vec<Part>,
}

/// A part of a built glyph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The glyph.
    pub glyph: u16,
    /// How much of its beginning may lie over the part before.
    pub start: f64,
    /// How much of its end may lie under the part after.
    pub end: f64,
    /// Its whole length.
    pub advance: f64,
    /// It may be repeated or left out.
    pub extender: bool,
}

/// What the table says.
#[derive(Debug, Clone, Default)]
pub struct MathTable {
    /// Distances.
    pub constants: Constants,
    /// How far a glyph leans over what follows.
    pub italics: BTreeMap<u16, f64>,
    /// Where an accent is centred.
    pub attachments: BTreeMap<u16, f64>,
    /// How glyphs grow upwards.
    pub vertical: BTreeMap<u16, Growth>,
    /// How glyphs grow to the right.
    pub horizontal: BTreeMap<u16, Growth>,
    /// How much neighbouring parts lie over each other at least.
    pub min_overlap: f64,
}

/// A place in the table.
#[derive(Clone, Copy)]
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn at(self, offset: usize) -> Option<Bytes<'a>> {
        self.0.get(offset..).map(Bytes)
    }

    fn u16(self, offset: usize) -> Option<u16> {
        let bytes = self.0.get(offset..offset.checked_add(2)?)?;
        Some(u16::from_be_bytes(bytes.try_into().ok()?))
    }

    fn i16(self, offset: usize) -> Option<f64> {
        self.u16(offset).map(|v| f64::from(v.cast_signed()))
    }

    /// What an offset at a place leads to; nothing for a zero offset.
    fn follow(self, offset: usize) -> Option<Bytes<'a>> {
        match self.u16(offset)? {
            0 => None,
            to => self.at(usize::from(to)),
        }
    }

    /// The glyphs of a coverage table in order.
    fn coverage(self) -> Option<Vec<u16>> {
        let count = usize::from(self.u16(2)?);
        match self.u16(0)? {
            1 => (0..count).map(|i| self.u16(4 + 2 * i)).collect(),
            2 => {
                let mut glyphs = Vec::new();
                for i in 0..count {
                    let (first, last) = (self.u16(4 + 6 * i)?, self.u16(6 + 6 * i)?);
                    glyphs.extend(first..=last);
                }
                Some(glyphs)
            }
            _ => None,
        }
    }

    /// A list of values for the glyphs of a coverage.
    fn values(self) -> Option<BTreeMap<u16, f64>> {
        let glyphs = self.follow(0)?.coverage()?;
        let count = usize::from(self.u16(2)?);
        let value = |(i, glyph)| Some((glyph, self.i16(4 + 4 * i)?));
        Some(glyphs.into_iter().take(count).enumerate().filter_map(value).collect())
    }
}

impl MathTable {
    /// Reads the table; `None` if it holds no constants.
    pub fn read(data: &[u8]) -> Option<MathTable> {
        let table = Bytes(data);
        let constants = constants(table.follow(4)?)?;
        let info = table.follow(6);
        let values = |offset| info.and_then(|i| i.follow(offset)).and_then(Bytes::values);
        let variants = table.follow(8);
        let grow = |coverage, count, first| {
            variants.and_then(|v| growths(v, coverage, count, first)).unwrap_or_default()
        };
        let vertical_count = variants.and_then(|v| v.u16(6)).map_or(0, usize::from);
        Some(MathTable {
            constants,
            italics: values(0).unwrap_or_default(),
            attachments: values(2).unwrap_or_default(),
            vertical: grow(2, 6, 10),
            horizontal: grow(4, 8, 10 + 2 * vertical_count),
            min_overlap: variants.and_then(|v| v.i16(0)).unwrap_or(0.0).max(0.0),
        })
    }
}

fn constants(t: Bytes<'_>) -> Option<Constants> {
    // Four plain values, then values with a device table each, then one plain.
    let value = |index: usize| t.i16(8 + 4 * index);
    Some(Constants {
        display_operator_min_height: f64::from(t.u16(6)?),
        axis_height: value(1)?,
        accent_base_height: value(2)?,
        subscript_shift_down: value(4)?,
        subscript_top_max: value(5)?,
        subscript_baseline_drop_min: value(6)?,
        superscript_shift_up: value(7)?,
        superscript_shift_up_cramped: value(8)?,
        superscript_bottom_min: value(9)?,
        superscript_baseline_drop_max: value(10)?,
        sub_superscript_gap_min: value(11)?,
        superscript_bottom_max_with_subscript: value(12)?,
        space_after_script: value(13)?,
        upper_limit_gap_min: value(14)?,
        upper_limit_baseline_rise_min: value(15)?,
        lower_limit_gap_min: value(16)?,
        lower_limit_baseline_drop_min: value(17)?,
        stack_top_shift_up: value(18)?,
        stack_top_display_shift_up: value(19)?,
        stack_bottom_shift_down: value(20)?,
        stack_bottom_display_shift_down: value(21)?,
        stack_gap_min: value(22)?,
        stack_display_gap_min: value(23)?,
        stretch_stack_gap_above_min: value(26)?,
        stretch_stack_gap_below_min: value(27)?,
        fraction_numerator_shift_up: value(28)?,
        fraction_numerator_display_shift_up: value(29)?,
        fraction_denominator_shift_down: value(30)?,
        fraction_denominator_display_shift_down: value(31)?,
        fraction_numerator_gap_min: value(32)?,
        fraction_numerator_display_gap_min: value(33)?,
        fraction_rule_thickness: value(34)?,
        fraction_denominator_gap_min: value(35)?,
        fraction_denominator_display_gap_min: value(36)?,
        overbar_vertical_gap: value(39)?,
        overbar_rule_thickness: value(40)?,
        overbar_extra_ascender: value(41)?,
        underbar_vertical_gap: value(42)?,
        underbar_rule_thickness: value(43)?,
        underbar_extra_descender: value(44)?,
        radical_vertical_gap: value(45)?,
        radical_display_vertical_gap: value(46)?,
        radical_rule_thickness: value(47)?,
        radical_extra_ascender: value(48)?,
        radical_kern_before_degree: value(49)?,
        radical_kern_after_degree: value(50)?,
        radical_degree_bottom_raise_percent: t.i16(8 + 4 * 51)?.clamp(0.0, 100.0),
    })
}

fn growths(
    t: Bytes<'_>,
    coverage: usize,
    count: usize,
    first: usize,
) -> Option<BTreeMap<u16, Growth>> {
    let glyphs = t.follow(coverage)?.coverage()?;
    let count = usize::from(t.u16(count)?);
    let growth = |(i, glyph)| Some((glyph, growth(t.follow(first + 2 * i)?)?));
    Some(glyphs.into_iter().take(count).enumerate().filter_map(growth).collect())
}

fn growth(t: Bytes<'_>) -> Option<Growth> {
    let count = usize::from(t.u16(2)?);
    let variant = |i: usize| Some((t.u16(4 + 4 * i)?, f64::from(t.u16(6 + 4 * i)?)));
    let variants = (0..count).map_while(variant).collect();
    let parts = t.follow(0).map_or(Vec::new(), |assembly| {
        let count = assembly.u16(4).map_or(0, usize::from);
        let part = |i: usize| {
            let at = 6 + 10 * i;
            Some(Part {
                glyph: assembly.u16(at)?,
                start: f64::from(assembly.u16(at + 2)?),
                end: f64::from(assembly.u16(at + 4)?),
                advance: f64::from(assembly.u16(at + 6)?),
                extender: assembly.u16(at + 8)? & 1 == 1,
            })
        };
        (0..count).map_while(part).collect()
    });
    Some(Growth { variants, parts })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use skrifa::raw::TableProvider;
    use skrifa::raw::types::Tag;

    fn shipped() -> Vec<u8> {
        let fonts = crate::text::FontBook::shipped();
        let face = fonts.iter().find(|(_, f)| f.family == "Libertinus Math").map(|(_, f)| f);
        let data = face.and_then(|f| f.font_ref().data_for_tag(Tag::new(b"MATH")));
        data.map(|d| d.as_bytes().to_vec()).unwrap_or_default()
    }

    #[test]
    fn the_shipped_font_says_how_formulas_are_set() {
        let table = MathTable::read(&shipped()).unwrap_or_default();
        let c = table.constants;
        assert_eq!((c.axis_height, c.display_operator_min_height), (260.0, 1250.0));
        assert_eq!((c.fraction_rule_thickness, c.radical_rule_thickness), (65.0, 40.0));
        assert_eq!(c.radical_degree_bottom_raise_percent, 50.0);
        assert!(table.vertical.len() > 50 && table.horizontal.len() > 20);
        assert!(table.vertical.values().any(|g| g.parts.iter().any(|p| p.extender)));
        assert!(!table.italics.is_empty() && !table.attachments.is_empty());
    }

    proptest! {
        #[test]
        fn a_broken_table_does_no_harm(cut in 0usize..60_000, at in 0usize..4_000, byte: u8) {
            let mut data = shipped();
            data.truncate(cut);
            if let Some(b) = data.get_mut(at) {
                *b = byte;
            }
            let _ = MathTable::read(&data);
        }
    }
}
