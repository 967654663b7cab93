//! One hash for all of bindery: SipHash-1-3 (Aumasson and Bernstein, *SipHash: a
//! fast short-input PRF*, 2012) with keys of zero, in 64 and in 128 bits.
//!
//! The same on every machine and in every version, so that what is named by a
//! hash keeps its name. Not meant against an adversary: the keys are known.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;
use siphasher::sip128::{Hasher128, SipHasher13 as SipHasher13Of128};

/// Bytes in 64 bits.
pub fn hash64(bytes: &[u8]) -> u64 {
    let mut hasher = SipHasher13::new_with_keys(0, 0);
    hasher.write(bytes);
    hasher.finish()
}

/// Several texts in 128 bits; where one ends and the next begins counts.
pub fn hash128(parts: &[&[u8]]) -> [u8; 16] {
    let mut hasher = SipHasher13Of128::new_with_keys(0, 0);
    for part in parts {
        hasher.write(&(part.len() as u64).to_le_bytes());
        hasher.write(part);
    }
    hasher.finish128().as_u128().to_be_bytes()
}

/// Several texts as a UUID of version 8, the one for methods of one's own
/// (RFC 9562, section 5.8): `01234567-89ab-8def-8123-456789abcdef`.
pub fn uuid(parts: &[&[u8]]) -> String {
    let version = 0x8 << 76;
    let variant = 0b10 << 62;
    let bits = u128::from_be_bytes(hash128(parts)) & !(0xF << 76) & !(0b11 << 62);
    let hex = format!("{:032x}", bits | version | variant);
    let part = |range: std::ops::Range<usize>| hex.get(range).unwrap_or("");
    [part(0..8), part(8..12), part(12..16), part(16..20), part(20..32)].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_of_every_byte_and_always_the_same() {
        let bytes: Vec<u8> = (0..100).collect();
        let whole = hash64(&bytes);
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert_ne!(hash64(&other), whole, "byte {at}");
            assert_ne!(hash64(&bytes[..at]), whole, "first {at}");
        }
        assert_eq!(hash64(b"bindery"), 16_389_395_919_875_606_099);
    }

    #[test]
    fn parts_are_kept_apart() {
        assert_ne!(hash128(&[b"a"]), hash128(&[b"b"]));
        assert_ne!(hash128(&[b"a", b"b"]), hash128(&[b"ab"]));
        assert_ne!(hash128(&[b""]), hash128(&[]));
        assert_eq!(hash128(&[b"abcdefghij"]), hash128(&[b"abcdefghij"]));
    }

    #[test]
    fn a_uuid_says_its_version_and_variant() {
        let id = uuid(&[b"bindery"]);
        assert_eq!(id, "65dcc46f-af64-800e-87a1-9b7311766c89");
        assert_eq!((id.len(), &id[14..15]), (36, "8"));
        assert!("89ab".contains(&id[19..20]), "{id}");
    }
}
