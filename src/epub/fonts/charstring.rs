//! Which subroutines a glyph calls (Adobe Technical Note 5177, "The Type 2
//! Charstring Format").
//!
//! Only what decides where the next operator stands is followed: numbers, the
//! count of stem hints (masks are as long as there are hints), and calls.

use std::collections::BTreeSet;

/// Calls nest no deeper than this (section 4.7, "Subroutine operators").
const DEEPEST: usize = 10;

/// The subroutines of a font.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subroutines<'a> {
    /// Those all fonts of the file share.
    pub global: &'a [&'a [u8]],
    /// Those of this font.
    pub local: &'a [&'a [u8]],
}

/// The subroutines that are called, by their places.
#[derive(Debug, Default)]
pub(super) struct Calls {
    /// Of the global ones.
    pub global: BTreeSet<usize>,
    /// Of the local ones.
    pub local: BTreeSet<usize>,
}

impl Calls {
    /// Adds what a glyph calls; `None` if it does what isn't followed here
    /// (arithmetic, accents composed by `endchar`) or is broken.
    pub fn follow(&mut self, charstring: &[u8], subroutines: Subroutines<'_>) -> Option<()> {
        let mut walk = Walk { calls: self, subroutines, stack: Vec::new(), stems: 0 };
        walk.run(charstring, 0).map(|_| ())
    }
}

struct Walk<'a, 'c> {
    calls: &'c mut Calls,
    subroutines: Subroutines<'a>,
    stack: Vec<i32>,
    stems: usize,
}

impl Walk<'_, '_> {
    /// Runs one charstring or subroutine; whether the glyph has ended.
    fn run(&mut self, code: &[u8], depth: usize) -> Option<bool> {
        if depth > DEEPEST {
            return None;
        }
        let mut rest = code.iter().copied();
        while let Some(op) = rest.next() {
            match op {
                28 => {
                    let number = i16::from_be_bytes([rest.next()?, rest.next()?]);
                    self.stack.push(number.into());
                }
                32..=246 => self.stack.push(i32::from(op) - 139),
                247..=250 => {
                    self.stack.push((i32::from(op) - 247) * 256 + i32::from(rest.next()?) + 108);
                }
                251..=254 => {
                    self.stack.push(-(i32::from(op) - 251) * 256 - i32::from(rest.next()?) - 108);
                }
                // 16.16 fixed point: never the number of a subroutine.
                255 => {
                    rest.nth(3)?;
                    self.stack.push(0);
                }
                // hstem, vstem, hstemhm, vstemhm
                1 | 3 | 18 | 23 => self.count_stems(),
                // hintmask, cntrmask
                19 | 20 => {
                    self.count_stems();
                    let bytes = self.stems.div_ceil(8);
                    if bytes > 0 {
                        rest.nth(bytes - 1)?;
                    }
                }
                // callsubr, callgsubr
                10 | 29 => {
                    if self.call(op == 29, depth)? {
                        return Some(true);
                    }
                }
                // return
                11 => return Some(false),
                // endchar; with four numbers and more it composes an accent.
                14 => return (self.stack.len() < 4).then_some(true),
                12 => match rest.next()? {
                    // hflex, flex, hflex1, flex1
                    34..=37 => self.stack.clear(),
                    _ => return None,
                },
                _ => self.stack.clear(),
            }
        }
        Some(false)
    }

    fn count_stems(&mut self) {
        self.stems += self.stack.len() / 2;
        self.stack.clear();
    }

    fn call(&mut self, global: bool, depth: usize) -> Option<bool> {
        let (list, called) = if global {
            (self.subroutines.global, &mut self.calls.global)
        } else {
            (self.subroutines.local, &mut self.calls.local)
        };
        // Section 4.7: the bias depends on how many there are.
        let bias = match list.len() {
            0..1240 => 107,
            1240..33900 => 1131,
            _ => 32768,
        };
        let place = usize::try_from(self.stack.pop()? + bias).ok()?;
        called.insert(place);
        let code = *list.get(place)?;
        self.run(code, depth + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_followed_through_masks_and_subroutines() {
        let (first, second): (&[u8], &[u8]) = (&[32, 29, 11], &[139, 22, 11]);
        let global = [second];
        let local = [first];
        let mut calls = Calls::default();
        // Two stems, a mask of one byte that looks like a call, then the call.
        let glyph = [139, 140, 139, 140, 18, 139, 140, 19, 10, 32, 10, 14];
        let subroutines = Subroutines { global: &global, local: &local };
        assert!(calls.follow(&glyph, subroutines).is_some());
        assert_eq!(calls.local, BTreeSet::from([0]));
        assert_eq!(calls.global, BTreeSet::from([0]));
    }

    #[test]
    fn what_cannot_be_followed_is_said() {
        let none = Subroutines { global: &[], local: &[] };
        let follow = |code: &[u8]| Calls::default().follow(code, none);
        assert!(follow(&[139, 10]).is_none(), "a call of nothing");
        assert!(follow(&[139, 139, 12, 10, 14]).is_none(), "arithmetic");
        assert!(follow(&[139, 139, 139, 139, 14]).is_none(), "a composed accent");
        assert!(follow(&[28, 1]).is_none(), "cut off");
        assert!(follow(&[139, 22, 14]).is_some());
    }
}
