//! Font files as tables: taken apart and put together (OpenType 1.9, "Font
//! file").

use std::borrow::Cow;

/// The tables of a font by their tags, in the order of the file's directory.
pub(super) type Tables<'a> = Vec<([u8; 4], Cow<'a, [u8]>)>;

/// Takes a font apart, which may be one of several in a file; signatures, which
/// no longer hold, are left out.
pub(super) fn tables(data: &[u8], index: u32) -> Option<Tables<'_>> {
    let start = match data.get(..4)? {
        b"ttcf" => u32_at(data, 12 + 4 * index as usize)? as usize,
        _ => 0,
    };
    let count = usize::from(u16_at(data, start.checked_add(4)?)?);
    let mut tables = Vec::with_capacity(count);
    for record in data.get(start.checked_add(12)?..)?.chunks_exact(16).take(count) {
        let tag: [u8; 4] = record.get(..4)?.try_into().ok()?;
        let (start, length) = (u32_at(record, 8)? as usize, u32_at(record, 12)? as usize);
        let table = data.get(start..start.checked_add(length)?)?;
        if &tag != b"DSIG" {
            tables.push((tag, Cow::Borrowed(table)));
        }
    }
    Some(tables)
}

/// Puts a font together, with its checksums.
pub(super) fn build(version: [u8; 4], mut tables: Tables<'_>) -> Vec<u8> {
    tables.sort_by_key(|(tag, _)| *tag);
    for (tag, table) in &mut tables {
        if tag == b"head"
            && let Some(adjustment) = table.to_mut().get_mut(8..12)
        {
            adjustment.fill(0);
        }
    }
    let count = u16::try_from(tables.len()).unwrap_or(u16::MAX);
    let power = 15 - u16::try_from(count.max(1).leading_zeros()).unwrap_or(0);
    let range = 16u16 << power;
    let mut out = version.to_vec();
    for value in [count, range, power, (count * 16).saturating_sub(range)] {
        out.extend(value.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    let mut head = None;
    for (tag, table) in &tables {
        if tag == b"head" {
            head = Some(offset + 8);
        }
        out.extend(tag);
        for value in [checksum(table), offset as u32, table.len() as u32] {
            out.extend(value.to_be_bytes());
        }
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in &tables {
        out.extend(table.iter());
        out.resize(out.len().next_multiple_of(4), 0);
    }
    let adjustment = 0xb1b0_afbau32.wrapping_sub(checksum(&out));
    if let Some(place) = head.and_then(|at| out.get_mut(at..at + 4)) {
        place.copy_from_slice(&adjustment.to_be_bytes());
    }
    out
}

/// The sum of a table as big-endian words, the last one filled with zeros.
fn checksum(table: &[u8]) -> u32 {
    let mut sum = 0u32;
    for chunk in table.chunks(4) {
        let mut word = [0; 4];
        word.iter_mut().zip(chunk).for_each(|(w, c)| *w = *c);
        sum = sum.wrapping_add(u32::from_be_bytes(word));
    }
    sum
}

/// A big-endian number of two bytes.
pub(super) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(data.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// A big-endian number of four bytes.
pub(super) fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(data.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_comes_together_as_it_was_taken_apart() {
        let data = include_bytes!("../../../fonts/SourceCodePro-It.otf");
        let parts = tables(data, 0).expect("tables");
        let built = build(*b"OTTO", parts.clone());
        assert_eq!(checksum(&built), 0xb1b0_afba);
        let again = tables(&built, 0).expect("tables");
        assert_eq!(again.len(), parts.len());
        for (tag, table) in &again {
            let (_, before) = parts.iter().find(|(t, _)| t == tag).expect("the same tags");
            assert!(tag == b"head" || table == before);
        }
    }

    #[test]
    fn broken_files_are_refused() {
        assert!(tables(b"OTTO", 0).is_none());
        let data = include_bytes!("../../../fonts/SourceCodePro-It.otf");
        assert!(tables(&data[..2000], 0).is_none());
    }
}
