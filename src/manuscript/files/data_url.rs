//! Pictures that the text itself holds, as `data:` addresses (RFC 2397).

use super::path::percent_decode;

/// The bytes in a `data:` address; `None` if it is another address.
///
/// # Errors
/// With the reason why the bytes can't be read.
pub(crate) fn read(address: &str) -> Option<Result<Vec<u8>, &'static str>> {
    let rest = address.trim_start();
    let rest = match rest.split_at_checked(5) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("data:") => rest,
        _ => return None,
    };
    let Some((kind, data)) = rest.split_once(',') else {
        return Some(Err("there is no comma before the data"));
    };
    let data = percent_decode(data);
    Some(if kind.to_ascii_lowercase().ends_with(";base64") {
        base64(&data).ok_or("it is not in Base64")
    } else {
        Ok(data.into_bytes())
    })
}

/// A name for a picture without one, the same for the same bytes: their hash
/// after Fowler, Noll and Vo (FNV-1a, 64 bits).
pub(crate) fn name(data: &[u8]) -> String {
    let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
    let hash = data.iter().fold(0xCBF2_9CE4_8422_2325, mix);
    format!("picture-{hash:016x}")
}

/// Decodes Base64 (RFC 4648, sections 4 and 5), with or without padding and
/// with white space wherever it stands.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut bits, mut count) = (0u32, 0);
    let digits = text.bytes().filter(|b| !b.is_ascii_whitespace());
    for byte in digits.take_while(|b| *b != b'=') {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_and_percent_signs_are_decoded() {
        let bytes = |address| read(address).map(|r| r.map(|b| String::from_utf8_lossy(&b).into()));
        let text = |t: &str| Some(Ok(t.to_owned()));
        assert_eq!(bytes("data:image/png;base64,Zm9v"), text("foo"));
        assert_eq!(bytes("DATA:;base64, Zm9v\nYg=="), text("foob"));
        assert_eq!(bytes("data:image/svg+xml,%3Csvg%20a='1'/>"), text("<svg a='1'/>"));
        assert_eq!(bytes("data:image/png;base64,Zm9*"), Some(Err("it is not in Base64")));
        assert_eq!(bytes("data:image/png"), Some(Err("there is no comma before the data")));
        assert_eq!(bytes("tower.png"), None);
    }

    #[test]
    fn a_name_is_of_the_bytes() {
        assert_eq!(name(b"a"), name(b"a"));
        assert_ne!(name(b"a"), name(b"b"));
    }
}
