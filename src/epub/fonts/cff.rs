//! CFF outlines (Adobe Technical Note 5176) with only some glyphs left.
//!
//! Nothing moves: an index keeps its place and its number of entries, those
//! that aren't used become one byte long, and what is gained is filled with
//! zeros, which the archive packs to nothing. So no offset in the table has to
//! be found and changed. Glyph names, which only printing programs read, are
//! overwritten.

use std::collections::BTreeSet;
use std::ops::Range;

use super::charstring::{Calls, Subroutines};
use super::names::{replace, substitute};
use super::sfnt::u16_at;

const ENDCHAR: &[u8] = &[14];
const RETURN: &[u8] = &[11];

/// Operators of a DICT.
const FULL_NAME: u16 = 2;
const FAMILY_NAME: u16 = 3;
const CHAR_STRINGS: u16 = 17;
const PRIVATE: u16 = 18;
const SUBRS: u16 = 19;
/// Two-byte operators count from here.
const ESCAPE: u16 = 0x0c00;
/// The operator that makes a font CID-keyed.
const ROS: u16 = ESCAPE | 30;
const FD_ARRAY: u16 = ESCAPE | 36;
const FD_SELECT: u16 = ESCAPE | 37;
/// How many strings every font has without listing them (appendix A).
const STANDARD_STRINGS: usize = 391;

/// The table with these glyphs; a reserved word is replaced in its names.
/// `None` for what can't be read.
pub(super) fn cut(table: &[u8], glyphs: &BTreeSet<u16>, reserved: Option<&str>) -> Option<Vec<u8>> {
    let names = Index::read(table, usize::from(*table.get(2)?))?;
    let tops = Index::read(table, names.place.end)?;
    let strings = Index::read(table, tops.place.end)?;
    let global = Index::read(table, strings.place.end)?;
    let top = Dict::read(tops.items.first()?)?;
    let charstrings = Index::read(table, top.offset(CHAR_STRINGS, 0)?)?;
    let fonts = Fonts::read(table, &top, charstrings.items.len())?;

    let mut called = BTreeSet::new();
    let mut calls: Vec<Calls> = fonts.local.iter().map(|_| Calls::default()).collect();
    let none: &[&[u8]] = &[];
    for gid in glyphs {
        let font = fonts.of(*gid);
        let local = fonts.local.get(font)?.as_ref().map_or(none, |index| &index.items);
        let subroutines = Subroutines { global: &global.items, local };
        if let Some(code) = charstrings.items.get(usize::from(*gid)) {
            calls.get_mut(font)?.follow(code, subroutines)?;
        }
    }
    calls.iter().for_each(|calls| called.extend(calls.global.iter().copied()));

    let mut out = table.to_vec();
    let glyph_used = |n: usize| u16::try_from(n).is_ok_and(|gid| glyphs.contains(&gid));
    charstrings.keep(&mut out, ENDCHAR, glyph_used)?;
    global.keep(&mut out, RETURN, |n| called.contains(&n))?;
    // Fonts may share their subroutines: what one of them calls must stay.
    for (n, local) in fonts.local.iter().enumerate() {
        let Some(local) = local else { continue };
        let shared = |m: &usize| {
            fonts.local.get(*m).and_then(Option::as_ref).is_some_and(|l| l.place == local.place)
        };
        if (0..n).any(|m| shared(&m)) {
            continue;
        }
        let users: Vec<&Calls> =
            calls.iter().enumerate().filter(|(m, _)| shared(m)).map(|(_, c)| c).collect();
        local.keep(&mut out, RETURN, |at| users.iter().any(|c| c.local.contains(&at)))?;
    }
    // What follows the strings is found by their end: these keep their length.
    for (n, place) in strings.ranges.iter().enumerate() {
        if !top.mentions(n + STANDARD_STRINGS) {
            out.get_mut(place.clone())?.fill(b'-');
        }
    }
    if let Some(word) = reserved {
        rename(&mut out, &top, word)?;
    }
    Some(out)
}

/// The fonts of a table: one, or the several that a CID-keyed font is made of
/// (sections 18 and 19), each with subroutines of its own.
struct Fonts<'a> {
    local: Vec<Option<Index<'a>>>,
    /// Which font each glyph is of, where there are several.
    select: Vec<u8>,
}

impl<'a> Fonts<'a> {
    fn read(table: &'a [u8], top: &Dict, glyphs: usize) -> Option<Fonts<'a>> {
        if top.number(ROS, 0).is_none() {
            return Some(Fonts { local: vec![local(table, top)?], select: Vec::new() });
        }
        let array = Index::read(table, top.offset(FD_ARRAY, 0)?)?;
        let mut fonts = Fonts { local: Vec::new(), select: Vec::with_capacity(glyphs) };
        for dict in &array.items {
            fonts.local.push(local(table, &Dict::read(dict)?)?);
        }
        let select = table.get(top.offset(FD_SELECT, 0)?..)?;
        match select.first()? {
            0 => fonts.select.extend(select.get(1..glyphs.checked_add(1)?)?),
            3 => {
                let ranges = select.get(3..)?.get(..usize::from(u16_at(select, 1)?) * 3 + 2)?;
                for at in (0..ranges.len().saturating_sub(2)).step_by(3) {
                    let end = usize::from(u16_at(ranges, at + 3)?).min(glyphs);
                    fonts.select.resize(end, *ranges.get(at + 2)?);
                }
            }
            _ => return None,
        }
        Some(fonts)
    }

    fn of(&self, glyph: u16) -> usize {
        self.select.get(usize::from(glyph)).map_or(0, |font| usize::from(*font))
    }
}

/// The subroutines of one font, if it has any.
fn local<'a>(table: &'a [u8], dict: &Dict) -> Option<Option<Index<'a>>> {
    let (length, start) = (dict.offset(PRIVATE, 0)?, dict.offset(PRIVATE, 1)?);
    let private = Dict::read(table.get(start..start.checked_add(length)?)?)?;
    match private.offset(SUBRS, 0) {
        Some(offset) => Some(Some(Index::read(table, start.checked_add(offset)?)?)),
        None => Some(None),
    }
}

/// Replaces a word in the font's name, full name and family name.
fn rename(table: &mut [u8], top: &Dict, word: &str) -> Option<()> {
    let names = Index::read(table, usize::from(*table.get(2)?))?;
    let tops = Index::read(table, names.place.end)?;
    let strings = Index::read(table, tops.place.end)?;
    let mut places: Vec<Range<usize>> = names.ranges.clone();
    for operator in [FULL_NAME, FAMILY_NAME] {
        let own = top.offset(operator, 0).and_then(|sid| sid.checked_sub(STANDARD_STRINGS));
        places.extend(own.and_then(|n| strings.ranges.get(n).cloned()));
    }
    for place in places {
        replace(table.get_mut(place)?, word.as_bytes(), substitute(word).as_bytes());
    }
    Some(())
}

/// An INDEX: a list of byte strings (section 5).
struct Index<'a> {
    /// Where it stands in the table.
    place: Range<usize>,
    /// How many bytes an offset takes.
    offset_size: usize,
    items: Vec<&'a [u8]>,
    ranges: Vec<Range<usize>>,
}

impl<'a> Index<'a> {
    fn read(table: &'a [u8], start: usize) -> Option<Index<'a>> {
        let count = usize::from(u16_at(table, start)?);
        let mut index = Index {
            place: start..start + 2,
            offset_size: 1,
            items: Vec::with_capacity(count),
            ranges: Vec::with_capacity(count),
        };
        if count == 0 {
            return Some(index);
        }
        index.offset_size = usize::from(*table.get(start + 2)?).clamp(1, 4);
        let offsets = start + 3;
        // Offsets count from the byte before the data.
        let base = offsets + (count + 1) * index.offset_size - 1;
        let offset = |n: usize| {
            let at = offsets + n * index.offset_size;
            let bytes = table.get(at..at + index.offset_size)?;
            Some(base + bytes.iter().fold(0usize, |sum, b| sum << 8 | usize::from(*b)))
        };
        let mut from = offset(0)?;
        for n in 1..=count {
            let to = offset(n)?;
            index.items.push(table.get(from..to)?);
            index.ranges.push(from..to);
            from = to;
        }
        index.place.end = from;
        Some(index)
    }

    /// Writes the index over itself with another entry wherever `used` says no.
    fn keep(&self, table: &mut [u8], empty: &[u8], used: impl Fn(usize) -> bool) -> Option<()> {
        if self.items.is_empty() {
            return Some(());
        }
        let items = self.items.iter().enumerate();
        let kept: Vec<&[u8]> = items
            .map(|(n, item)| if used(n) || item.len() <= empty.len() { *item } else { empty })
            .collect();
        let count = u16::try_from(kept.len()).ok()?;
        let mut out = count.to_be_bytes().to_vec();
        out.push(self.offset_size as u8);
        let mut offset = 1u32;
        let ends = kept.iter().map(|item| item.len() as u32);
        for length in std::iter::once(0).chain(ends) {
            offset += length;
            out.extend(offset.to_be_bytes().get(4 - self.offset_size..)?);
        }
        kept.iter().for_each(|item| out.extend(*item));
        let place = table.get_mut(self.place.clone())?;
        place.fill(0);
        place.get_mut(..out.len())?.copy_from_slice(&out);
        Some(())
    }
}

/// A DICT: operators with their operands (section 4).
struct Dict(Vec<(u16, Vec<i32>)>);

impl Dict {
    fn read(data: &[u8]) -> Option<Dict> {
        let mut entries = Vec::new();
        let mut operands = Vec::new();
        let mut rest = data.iter().copied();
        while let Some(b) = rest.next() {
            match b {
                12 => {
                    entries.push((ESCAPE | u16::from(rest.next()?), std::mem::take(&mut operands)))
                }
                0..=21 => entries.push((b.into(), std::mem::take(&mut operands))),
                28 => operands.push(i16::from_be_bytes([rest.next()?, rest.next()?]).into()),
                29 => {
                    let bytes = [rest.next()?, rest.next()?, rest.next()?, rest.next()?];
                    operands.push(i32::from_be_bytes(bytes));
                }
                // A real number ends with a half byte of 15; none is asked for.
                30 => {
                    while rest.next()? & 0x0f != 0x0f {}
                    operands.push(0);
                }
                32..=246 => operands.push(i32::from(b) - 139),
                247..=250 => {
                    operands.push((i32::from(b) - 247) * 256 + i32::from(rest.next()?) + 108);
                }
                251..=254 => {
                    operands.push(-(i32::from(b) - 251) * 256 - i32::from(rest.next()?) - 108);
                }
                22..=27 | 31 | 255 => return None,
            }
        }
        Some(Dict(entries))
    }

    fn number(&self, operator: u16, n: usize) -> Option<i32> {
        let (_, operands) = self.0.iter().find(|(op, _)| *op == operator)?;
        operands.get(n).copied()
    }

    fn offset(&self, operator: u16, n: usize) -> Option<usize> {
        usize::try_from(self.number(operator, n)?).ok()
    }

    /// Whether a number is mentioned anywhere, which for a string means that
    /// it may be the name of something other than a glyph.
    fn mentions(&self, number: usize) -> bool {
        let mut all = self.0.iter().flat_map(|(_, operands)| operands);
        all.any(|n| usize::try_from(*n) == Ok(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_index_keeps_its_place() {
        let table = [0, 3, 1, 1, 4, 6, 9, b'a', b'b', b'c', b'd', b'e', b'f', b'g', b'h', 77];
        let index = Index::read(&table, 0).expect("an index");
        assert_eq!(index.items, [b"abc".as_slice(), b"de", b"fgh"]);
        let mut out = table.to_vec();
        index.keep(&mut out, b"-", |n| n == 1).expect("kept");
        let again = Index::read(&out, 0).expect("an index");
        assert_eq!(again.items, [b"-".as_slice(), b"de", b"-"]);
        assert_eq!(out.len(), table.len());
        assert_eq!(out.last(), Some(&77));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(
            bytes in proptest::collection::vec(any::<u8>(), 0..200),
            at in 0usize..400,
            value in any::<u8>(),
        ) {
            let glyphs = BTreeSet::from([0, 1, 2]);
            let _ = cut(&bytes, &glyphs, Some("Source"));
            let font = include_bytes!("../../../fonts/SourceCodePro-It.otf");
            let mut tables = super::super::sfnt::tables(font, 0).expect("tables");
            for (tag, table) in &mut tables {
                if tag == b"CFF " {
                    let broken = table.to_mut();
                    let place = at * 7 % broken.len();
                    broken[place] = value;
                    let _ = cut(broken, &glyphs, Some("Source"));
                }
            }
        }
    }
}
