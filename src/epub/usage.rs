//! Which characters are set in which face, so that only those are embedded.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::{FaceStyle, Weight};

/// One of the theme's three families.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// Of the text.
    Serif,
    /// Of headings and captions.
    Sans,
    /// Of code.
    Mono,
}

/// The face a piece of text is set in by the style sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Voice {
    /// Which family.
    pub family: Family,
    /// Weight and slope.
    pub style: FaceStyle,
}

impl Voice {
    /// Running text.
    pub const TEXT: Voice = Voice::upright(Family::Serif, Weight::Regular);

    /// An upright face.
    pub const fn upright(family: Family, weight: Weight) -> Voice {
        Voice { family, style: FaceStyle { weight, italic: false } }
    }

    /// The same with another slope: emphasis within italics is upright.
    pub fn emphasised(mut self) -> Voice {
        self.style.italic = !self.style.italic;
        self
    }

    /// The same in italics.
    pub fn italic(mut self) -> Voice {
        self.style.italic = true;
        self
    }

    /// The same in bold.
    pub fn bold(mut self) -> Voice {
        self.style.weight = Weight::Bold;
        self
    }
}

/// The characters set in each face.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FontUse {
    voices: BTreeMap<Voice, BTreeSet<char>>,
}

impl FontUse {
    /// Notes that a text is set in a voice.
    pub fn note(&mut self, voice: Voice, text: &str) {
        let known = self.voices.entry(voice).or_default();
        for c in text.chars() {
            if !known.contains(&c) {
                known.insert(c);
            }
        }
    }

    /// Takes in what another page uses.
    pub fn merge(&mut self, other: FontUse) {
        for (voice, chars) in other.voices {
            self.voices.entry(voice).or_default().extend(chars);
        }
    }

    /// Every voice with its characters.
    pub fn iter(&self) -> impl Iterator<Item = (Voice, &BTreeSet<char>)> {
        self.voices.iter().map(|(voice, chars)| (*voice, chars))
    }
}
