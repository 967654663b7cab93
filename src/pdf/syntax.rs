//! The few pieces of PDF syntax that content streams and objects share
//! (ISO 32000-1, 7.3).

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Object, Stream, StringFormat};

/// How hard streams are pressed: beyond six, a content stream shrinks by less
/// than a hundredth and takes twice as long.
const LEVEL: u32 = 6;

/// Writes a number with at most so many decimals, without needless zeros.
/// What isn't finite is written as zero.
pub(super) fn number(out: &mut Vec<u8>, value: f64, decimals: u32) {
    scaled(out, scale(value, decimals), decimals);
}

/// Beyond what any page needs, and far from where sums overflow.
const LARGEST: f64 = 1e15;

/// A value as a whole number of units of the last decimal.
pub(super) fn scale(value: f64, decimals: u32) -> i64 {
    let units = (value * 10f64.powi(decimals.cast_signed())).round();
    // The cast turns NaN into zero.
    units.clamp(-LARGEST, LARGEST) as i64
}

/// Writes a whole number of units of the last decimal, as [`scale`] makes it.
pub(super) fn scaled(out: &mut Vec<u8>, units: i64, mut decimals: u32) {
    let mut digits = units.unsigned_abs();
    if digits == 0 {
        return out.push(b'0');
    }
    if units < 0 {
        out.push(b'-');
    }
    while decimals > 0 && digits.is_multiple_of(10) {
        digits /= 10;
        decimals -= 1;
    }
    let mut reversed = [0u8; 24];
    let mut len = 0;
    while digits > 0 || decimals > 0 {
        if let Some(slot) = reversed.get_mut(len) {
            *slot = b'0' + (digits % 10) as u8;
        }
        digits /= 10;
        len += 1;
        if decimals > 0 {
            decimals -= 1;
            if decimals == 0 {
                if let Some(slot) = reversed.get_mut(len) {
                    *slot = b'.';
                }
                len += 1;
            }
        }
    }
    out.extend(reversed.iter().take(len).rev());
}

/// Writes a string of bytes in parentheses.
pub(super) fn literal(out: &mut Vec<u8>, bytes: impl IntoIterator<Item = u8>) {
    out.push(b'(');
    for byte in bytes {
        escaped(out, byte);
    }
    out.push(b')');
}

/// Writes one byte of a string in parentheses.
pub(super) fn escaped(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
        // A bare carriage return would be read as a line feed (7.3.4.2).
        b'\r' => out.extend(*b"\\r"),
        _ => out.push(byte),
    }
}

/// The bytes of a text string: ASCII as it is, anything else as UTF-16 with a
/// byte order mark (7.9.2.2).
pub(super) fn text_bytes(text: &str) -> Vec<u8> {
    if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
        return text.as_bytes().to_vec();
    }
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}

/// A text string as an object.
pub(super) fn text(text: &str) -> Object {
    Object::String(text_bytes(text), StringFormat::Literal)
}

/// A name as an object.
pub(super) fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

/// A length or coordinate as an object, to a thousandth.
pub(super) fn real(value: f64) -> Object {
    let thousandths = scale(value, 3);
    if thousandths % 1000 == 0 {
        Object::Integer(thousandths / 1000)
    } else {
        Object::Real((thousandths as f64 / 1000.0) as f32)
    }
}

/// Presses bytes for `/FlateDecode`.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder =
        ZlibEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(LEVEL));
    // Writing into memory can't fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// A pressed stream.
pub(super) fn stream(mut dict: Dictionary, bytes: &[u8]) -> Stream {
    dict.set("Filter", name("FlateDecode"));
    Stream::new(dict, deflate(bytes)).with_compression(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: f64, decimals: u32) -> String {
        let mut out = Vec::new();
        number(&mut out, value, decimals);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn numbers_are_short_and_exact() {
        assert_eq!(shown(12.0, 2), "12");
        assert_eq!(shown(-0.5, 2), "-.5");
        assert_eq!(shown(0.004, 2), "0");
        assert_eq!(shown(-0.004, 2), "0");
        assert_eq!(shown(0.05, 2), ".05");
        assert_eq!(shown(1234.506, 2), "1234.51");
        assert_eq!(shown(100.0, 0), "100");
        assert_eq!(shown(f64::NAN, 2), "0");
        assert_eq!(shown(f64::INFINITY, 0), "1000000000000000");
    }

    #[test]
    fn strings_are_escaped() {
        let mut out = Vec::new();
        literal(&mut out, *b"a(b)\\\r");
        assert_eq!(out, b"(a\\(b\\)\\\\\\r)");
        assert_eq!(text_bytes("Tap & Co"), b"Tap & Co");
        assert_eq!(text_bytes("\u{e9}"), [0xFE, 0xFF, 0, 0xE9]);
    }
}
