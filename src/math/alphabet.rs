//! The alphabets of mathematics (Unicode, *Mathematical Alphanumeric Symbols*).

/// An alphabet that letters and figures are taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alphabet {
    /// Italic letters, upright capitals of Greek, upright figures.
    #[default]
    Default,
    /// As written.
    Upright,
    /// Italic.
    Italic,
    /// Bold.
    Bold,
    /// Bold italic.
    BoldItalic,
    /// Bold, and italic where the default is.
    BoldSymbol,
    /// Script.
    Script,
    /// Bold script.
    BoldScript,
    /// Fraktur.
    Fraktur,
    /// Bold Fraktur.
    BoldFraktur,
    /// Double-struck.
    DoubleStruck,
    /// Sans serif.
    Sans,
    /// Bold sans serif.
    SansBold,
    /// Italic sans serif.
    SansItalic,
    /// Bold italic sans serif.
    SansBoldItalic,
    /// Of one width.
    Monospace,
}

/// Where an alphabet's letters begin: `A`, `a`, `0`, `Α`, `α`; 0 where it has none.
type Bases = [u32; 5];

fn bases(alphabet: Alphabet) -> Bases {
    match alphabet {
        Alphabet::Default | Alphabet::Upright | Alphabet::BoldSymbol => [0; 5],
        Alphabet::Italic => [0x1D434, 0x1D44E, 0, 0x1D6E2, 0x1D6FC],
        Alphabet::Bold => [0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8, 0x1D6C2],
        Alphabet::BoldItalic => [0x1D468, 0x1D482, 0, 0x1D71C, 0x1D736],
        Alphabet::Script => [0x1D49C, 0x1D4B6, 0, 0, 0],
        Alphabet::BoldScript => [0x1D4D0, 0x1D4EA, 0, 0, 0],
        Alphabet::Fraktur => [0x1D504, 0x1D51E, 0, 0, 0],
        Alphabet::BoldFraktur => [0x1D56C, 0x1D586, 0, 0, 0],
        Alphabet::DoubleStruck => [0x1D538, 0x1D552, 0x1D7D8, 0, 0],
        Alphabet::Sans => [0x1D5A0, 0x1D5BA, 0x1D7E2, 0, 0],
        Alphabet::SansBold => [0x1D5D4, 0x1D5EE, 0x1D7EC, 0x1D756, 0x1D770],
        Alphabet::SansItalic => [0x1D608, 0x1D622, 0, 0, 0],
        Alphabet::SansBoldItalic => [0x1D63C, 0x1D656, 0, 0x1D790, 0x1D7AA],
        Alphabet::Monospace => [0x1D670, 0x1D68A, 0x1D7F6, 0, 0],
    }
}

/// Letters that had a place in Unicode before the block was made.
fn elsewhere(c: char, alphabet: Alphabet) -> Option<char> {
    Some(match (alphabet, c) {
        (Alphabet::Italic, 'h') => 'ℎ',
        (Alphabet::Script, 'B') => 'ℬ',
        (Alphabet::Script, 'E') => 'ℰ',
        (Alphabet::Script, 'F') => 'ℱ',
        (Alphabet::Script, 'H') => 'ℋ',
        (Alphabet::Script, 'I') => 'ℐ',
        (Alphabet::Script, 'L') => 'ℒ',
        (Alphabet::Script, 'M') => 'ℳ',
        (Alphabet::Script, 'R') => 'ℛ',
        (Alphabet::Script, 'e') => 'ℯ',
        (Alphabet::Script, 'g') => 'ℊ',
        (Alphabet::Script, 'o') => 'ℴ',
        (Alphabet::Fraktur, 'C') => 'ℭ',
        (Alphabet::Fraktur, 'H') => 'ℌ',
        (Alphabet::Fraktur, 'I') => 'ℑ',
        (Alphabet::Fraktur, 'R') => 'ℜ',
        (Alphabet::Fraktur, 'Z') => 'ℨ',
        (Alphabet::DoubleStruck, 'C') => 'ℂ',
        (Alphabet::DoubleStruck, 'H') => 'ℍ',
        (Alphabet::DoubleStruck, 'N') => 'ℕ',
        (Alphabet::DoubleStruck, 'P') => 'ℙ',
        (Alphabet::DoubleStruck, 'Q') => 'ℚ',
        (Alphabet::DoubleStruck, 'R') => 'ℝ',
        (Alphabet::DoubleStruck, 'Z') => 'ℤ',
        _ => return None,
    })
}

/// A character in an alphabet, or itself where the alphabet doesn't have it.
pub fn styled(c: char, alphabet: Alphabet) -> char {
    let upright = matches!(c, 'Α'..='Ω' | '∇' | '0'..='9');
    let alphabet = match alphabet {
        Alphabet::Default if upright => Alphabet::Upright,
        Alphabet::Default => Alphabet::Italic,
        Alphabet::BoldSymbol if upright => Alphabet::Bold,
        Alphabet::BoldSymbol => Alphabet::BoldItalic,
        other => other,
    };
    // The micro sign is what TeX's parser gives for mu.
    let c = if c == 'µ' { 'μ' } else { c };
    if let Some(special) = elsewhere(c, alphabet) {
        return special;
    }
    let (base, offset) = match c {
        'A'..='Z' => (0, u32::from(c) - u32::from('A')),
        'a'..='z' => (1, u32::from(c) - u32::from('a')),
        '0'..='9' => (2, u32::from(c) - u32::from('0')),
        'Α'..='Ω' => (3, u32::from(c) - u32::from('Α')),
        '∇' => (3, 25),
        'α'..='ω' => (4, u32::from(c) - u32::from('α')),
        '∂' => (4, 25),
        'ϵ' => (4, 26),
        'ϑ' => (4, 27),
        'ϰ' => (4, 28),
        'ϕ' => (4, 29),
        'ϱ' => (4, 30),
        'ϖ' => (4, 31),
        _ => return c,
    };
    match bases(alphabet).get(base) {
        None | Some(0) => c,
        Some(first) => char::from_u32(first + offset).unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_find_their_alphabet() {
        let all = |text: &str, a| text.chars().map(|c| styled(c, a)).collect::<String>();
        assert_eq!(all("xhΓα1+µ", Alphabet::Default), "𝑥ℎΓ𝛼1+𝜇");
        assert_eq!(all("RNaB", Alphabet::DoubleStruck), "ℝℕ𝕒𝔹");
        assert_eq!(all("LBz", Alphabet::Script), "ℒℬ𝓏");
        assert_eq!(all("xΓ3", Alphabet::BoldSymbol), "𝒙𝚪𝟑");
        assert_eq!(all("dx", Alphabet::Upright), "dx");
        assert_eq!(all("∂ω", Alphabet::Italic), "𝜕𝜔");
    }
}
