//! A TrueType font of two boxes, `A` and `B`, 2048 units to the em.

/// Its bytes.
pub fn font() -> Vec<u8> {
    let glyph = |width: i16| -> Vec<u8> {
        let mut out = words(&[1, 0, 0, width, 700, 3]);
        out.extend([0, 0]); // No instructions.
        out.extend([0x01; 4]); // Four points on the curve, with long differences.
        out.extend(words(&[0, width, 0, -width, 0, 0, 700, 0]));
        out
    };
    let (a, b) = (glyph(900), glyph(1000));
    let ends = [0, 0, a.len(), a.len() + b.len()];
    let loca = ends.iter().flat_map(|e| (*e as u32).to_be_bytes()).collect::<Vec<_>>();
    let tables: Vec<(&[u8; 4], Vec<u8>)> = vec![
        (b"cmap", cmap()),
        (b"glyf", [a, b].concat()),
        (b"head", head()),
        (b"hhea", words(&[1, 0, 1600, -400, 0, 1229, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, 3])),
        (b"hmtx", words(&[500, 0, 1153, 0, 1229, 0])),
        (b"loca", loca),
        (b"maxp", words(&[1, 0, 3, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])),
        (b"name", name()),
        (b"post", words(&[3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
    ];
    let mut out = words(&[1, 0, tables.len() as i16, 128, 3, 16]);
    let mut offset = 12 + 16 * tables.len();
    for (tag, data) in &tables {
        out.extend(*tag);
        out.extend([0; 4]);
        out.extend((offset as u32).to_be_bytes());
        out.extend((data.len() as u32).to_be_bytes());
        offset += data.len().next_multiple_of(4);
    }
    for (_, mut data) in tables {
        data.resize(data.len().next_multiple_of(4), 0);
        out.extend(data);
    }
    out
}

fn words(values: &[i16]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_be_bytes()).collect()
}

fn head() -> Vec<u8> {
    let mut out = words(&[1, 0, 1, 0, 0, 0]);
    out.extend(0x5F0F_3CF5u32.to_be_bytes());
    out.extend(words(&[0, 2048, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000, 700, 0, 8, 2, 1, 0]));
    out
}

/// One table of format 4: A and B are glyphs 1 and 2.
fn cmap() -> Vec<u8> {
    let mut out = words(&[0, 1, 3, 1, 0, 12]);
    out.extend(words(&[4, 32, 0, 4, 4, 1, 0, 66, -1, 0, 65, -1, -64, 1, 0, 0]));
    out
}

fn name() -> Vec<u8> {
    let names = [(1, "Two Boxes"), (6, "TwoBoxes")];
    let (mut records, mut strings) = (words(&[0, 2, 30]), Vec::new());
    for (id, name) in names {
        let text: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
        records.extend(words(&[3, 1, 0x409, id, text.len() as i16, strings.len() as i16]));
        strings.extend(text);
    }
    records.extend(strings);
    records
}
