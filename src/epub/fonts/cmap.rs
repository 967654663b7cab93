//! Character maps (OpenType 1.9, "cmap"): format 4, which every reader knows,
//! and format 12 beside it where characters lie beyond the first plane.

use std::collections::BTreeMap;

/// The table for these characters.
pub(super) fn build(map: &BTreeMap<char, u16>) -> Vec<u8> {
    let basic = format_4(map);
    let full = map.keys().any(|c| u32::from(*c) > 0xffff).then(|| format_12(map));
    // Platform 3 (Windows), encoding 1 (the first plane) and 10 (all planes).
    let encodings: &[u16] = if full.is_some() { &[1, 10] } else { &[1] };
    let mut out = Vec::new();
    push(&mut out, &[0, encodings.len() as u16]);
    let mut offset = 4 + 8 * encodings.len();
    for (encoding, length) in encodings.iter().zip([basic.len(), 0]) {
        push(&mut out, &[3, *encoding]);
        out.extend((offset as u32).to_be_bytes());
        offset += length;
    }
    out.extend(basic);
    out.extend(full.unwrap_or_default());
    out
}

/// Runs of characters that follow each other, with glyphs that do.
fn runs(map: impl Iterator<Item = (u32, u16)>) -> Vec<(u32, u32, u16)> {
    let mut runs: Vec<(u32, u32, u16)> = Vec::new();
    for (c, gid) in map {
        match runs.last_mut() {
            Some((first, last, start))
                if *last + 1 == c && u32::from(*start) + (c - *first) == u32::from(gid) =>
            {
                *last = c;
            }
            _ => runs.push((c, c, gid)),
        }
    }
    runs
}

fn format_4(map: &BTreeMap<char, u16>) -> Vec<u8> {
    let basic = map.iter().map(|(c, gid)| (u32::from(*c), *gid)).filter(|(c, _)| *c < 0xffff);
    let mut runs = runs(basic);
    // The last segment must be that of 0xFFFF, which is mapped to nothing.
    runs.push((0xffff, 0xffff, 0));
    let count = runs.len() as u16;
    let power = 15 - count.leading_zeros() as u16;
    let range = 2u16 << power;
    let mut out = Vec::new();
    push(
        &mut out,
        &[4, 16 + 8 * count, 0, count * 2, range, power, (count * 2).saturating_sub(range)],
    );
    let column = |value: fn(&(u32, u32, u16)) -> u16| runs.iter().map(value).collect::<Vec<_>>();
    push(&mut out, &column(|(_, last, _)| *last as u16));
    push(&mut out, &[0]);
    push(&mut out, &column(|(first, ..)| *first as u16));
    push(&mut out, &column(|(first, _, gid)| gid.wrapping_sub(*first as u16)));
    push(&mut out, &column(|_| 0));
    out
}

fn format_12(map: &BTreeMap<char, u16>) -> Vec<u8> {
    let runs = runs(map.iter().map(|(c, gid)| (u32::from(*c), *gid)));
    let mut out = Vec::new();
    push(&mut out, &[12, 0]);
    for value in [16 + 12 * runs.len() as u32, 0, runs.len() as u32] {
        out.extend(value.to_be_bytes());
    }
    for (first, last, gid) in runs {
        for value in [first, last, u32::from(gid)] {
            out.extend(value.to_be_bytes());
        }
    }
    out
}

fn push(out: &mut Vec<u8>, values: &[u16]) {
    values.iter().for_each(|value| out.extend(value.to_be_bytes()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use skrifa::raw::FontRead;
    use skrifa::raw::tables::cmap::Cmap;

    proptest! {
        #[test]
        fn every_character_is_found_and_no_other(
            map in proptest::collection::btree_map(any::<char>(), 1u16..60_000, 0..60),
            other in any::<char>(),
        ) {
            let map: BTreeMap<char, u16> = map.into_iter().filter(|(c, _)| *c != '\u{ffff}').collect();
            let table = build(&map);
            let cmap = Cmap::read(table.as_slice().into()).expect("a cmap");
            for (c, gid) in &map {
                prop_assert_eq!(cmap.map_codepoint(*c).map(|g| g.to_u32()), Some(u32::from(*gid)));
            }
            if !map.contains_key(&other) {
                prop_assert_eq!(cmap.map_codepoint(other).map(|g| g.to_u32()).unwrap_or(0), 0);
            }
        }
    }
}
