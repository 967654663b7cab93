//! TrueType outlines (OpenType 1.9, "glyf" and "loca") with only some glyphs
//! left: those that aren't used have no outline, the others keep their numbers.

use std::collections::BTreeSet;

use super::sfnt::{u16_at, u32_at};

/// Flags of the parts of a composite glyph.
const WORDS: u16 = 0x0001;
const SCALE: u16 = 0x0008;
const MORE: u16 = 0x0020;
const TWO_SCALES: u16 = 0x0040;
const FOUR_SCALES: u16 = 0x0080;

/// The tables `glyf` and `loca` with these glyphs and what they are composed
/// of, the second with offsets as `head` says (`long`).
pub(super) fn cut(
    glyf: &[u8],
    loca: &[u8],
    long: bool,
    glyphs: &BTreeSet<u16>,
) -> Option<(Vec<u8>, Vec<u8>)> {
    let count = (loca.len() / if long { 4 } else { 2 }).checked_sub(1)?;
    let offset = |n: usize| match long {
        true => Some(u32_at(loca, n * 4)? as usize),
        false => Some(usize::from(u16_at(loca, n * 2)?) * 2),
    };
    let outline = |n: usize| glyf.get(offset(n)?..offset(n + 1)?);
    let mut kept = BTreeSet::new();
    let mut open: Vec<u16> = glyphs.iter().copied().collect();
    while let Some(glyph) = open.pop() {
        if kept.insert(glyph) {
            open.extend(parts(outline(usize::from(glyph))?)?);
        }
    }
    let (mut out, mut places) = (Vec::new(), Vec::with_capacity(loca.len()));
    for n in 0..=count {
        let at = out.len();
        match long {
            true => places.extend(u32::try_from(at).ok()?.to_be_bytes()),
            false => places.extend(u16::try_from(at / 2).ok()?.to_be_bytes()),
        }
        if n < count && u16::try_from(n).is_ok_and(|glyph| kept.contains(&glyph)) {
            out.extend(outline(n)?);
            out.resize(out.len().next_multiple_of(4), 0);
        }
    }
    Some((out, places))
}

/// The glyphs that a composite one is made of; none for others.
fn parts(outline: &[u8]) -> Option<Vec<u16>> {
    let mut found = Vec::new();
    if outline.is_empty() || u16_at(outline, 0)? & 0x8000 == 0 {
        return Some(found);
    }
    let mut at = 10;
    loop {
        let flags = u16_at(outline, at)?;
        found.push(u16_at(outline, at + 2)?);
        at += if flags & WORDS != 0 { 8 } else { 6 };
        at += match flags {
            f if f & SCALE != 0 => 2,
            f if f & TWO_SCALES != 0 => 4,
            f if f & FOUR_SCALES != 0 => 8,
            _ => 0,
        };
        if flags & MORE == 0 {
            return Some(found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four glyphs: a simple one, one made of it, one nobody uses, an empty one.
    fn font() -> (Vec<u8>, Vec<u8>) {
        let simple = vec![0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 9, 9];
        let composite = vec![0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let mut glyf = simple.clone();
        glyf.extend(&composite);
        glyf.extend(&simple);
        let ends = [0, 12, 28, 40, 40u16];
        let loca = ends.iter().flat_map(|end| (end / 2).to_be_bytes()).collect();
        (glyf, loca)
    }

    #[test]
    fn what_a_glyph_is_made_of_stays_and_the_rest_goes() {
        let (glyf, loca) = font();
        let (cut_glyf, cut_loca) = cut(&glyf, &loca, false, &BTreeSet::from([1])).expect("cut");
        assert_eq!(cut_glyf, glyf[..28]);
        let ends: Vec<u16> = (0..5).filter_map(|n| u16_at(&cut_loca, n * 2)).collect();
        assert_eq!(ends, [0, 6, 14, 14, 14]);
    }

    #[test]
    fn broken_tables_are_refused() {
        let (glyf, loca) = font();
        assert_eq!(cut(&glyf[..14], &loca, false, &BTreeSet::from([1])), None);
        assert_eq!(cut(&glyf, &[], true, &BTreeSet::new()), None);
    }
}
