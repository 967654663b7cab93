//! Which characters belong together: enough of scripts to choose fonts for
//! them and to set East Asian text.
//!
//! Blocks are those of the Unicode Standard, chapter 24; what is not named
//! here is told apart by its place alone.

/// Characters that one font is expected to have together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScriptGroup(u32);

impl ScriptGroup {
    /// Ideographs, kana, bopomofo, Hangul, and the marks set among them.
    pub const CJK: ScriptGroup = ScriptGroup(0);

    /// The group of a character.
    pub fn of(c: char) -> ScriptGroup {
        if is_cjk(c) {
            return Self::CJK;
        }
        ScriptGroup(match u32::from(c) {
            0..0x370 | 0x1e00..0x1f00 | 0x2c60..0x2c80 | 0xa720..0xa800 | 0xab30..0xab70 => 2,
            0x370..0x400 | 0x1f00..0x2000 => 3,
            0x400..0x530 | 0x1c80..0x1c90 | 0x2de0..0x2e00 | 0xa640..0xa6a0 => 4,
            0x590..0x600 | 0xfb1d..0xfb50 => 5,
            0x600..0x700 | 0x750..0x780 | 0x8a0..0x900 | 0xfb50..0xfe00 | 0xfe70..0xff00 => 6,
            0x1f000..0x1f100 | 0x1f300..0x1fb00 => 1,
            0x2000..0x2c00 => 7,
            other => 0x100 + (other >> 7),
        })
    }
}

/// Whether a character is set in the square of East Asian text, Hangul among it.
pub fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..0x1200 | 0x2e80..0x3400 | 0x3400..0x4dc0 | 0x4e00..0xa000 | 0xa960..0xa980
        | 0xac00..0xd800 | 0xf900..0xfb00 | 0xfe10..0xfe20 | 0xfe30..0xfe50 | 0xff00..0xfff0
        | 0x1b000..0x1b300 | 0x1f200..0x1f300 | 0x20000..0x40000)
}

/// Whether a character is a syllable or letter of Korean.
pub fn is_hangul(c: char) -> bool {
    matches!(u32::from(c), 0x1100..0x1200 | 0x3130..0x3190 | 0xa960..0xa980 | 0xac00..0xd800)
}

/// Whether a character is of one of the two Japanese syllabaries.
pub fn is_kana(c: char) -> bool {
    matches!(u32::from(c), 0x3041..0x3100 | 0x31f0..0x3200 | 0xff66..0xffa0 | 0x1b000..0x1b170)
}

/// Whether a character is in the South East Asian scripts that write no spaces
/// between words: Thai, Lao, Burmese, Khmer.
pub fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0xe00..0xf00 | 0x1000..0x10a0 | 0x1780..0x1800 | 0xa9e0..0xaa00 | 0xaa60..0xaa80)
}

/// Whether a character needs no glyph: it stands for a space, a direction, a
/// form of the character before it, or nothing.
pub fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{fffc}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_one_script_are_of_one_group() {
        for text in ["漢字かなカナ、。「」（）한글", "абвё", "αβγἀ", "🙂🚀"]
        {
            let mut groups: Vec<_> = text.chars().map(ScriptGroup::of).collect();
            groups.dedup();
            assert_eq!(groups.len(), 1, "{text}: {groups:?}");
        }
        assert!(!is_cjk('a') && !is_cjk('“') && is_cjk('。') && is_cjk('Ａ'));
    }
}
