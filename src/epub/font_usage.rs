//! Which characters are set in which face, so that only those are embedded.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::{FaceStyle, Generic, Weight};

/// The face a piece of text is set in by the style sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Typeface {
    /// Which family.
    pub family: Generic,
    /// Weight and slope.
    pub style: FaceStyle,
}

impl Typeface {
    /// Running text.
    pub const TEXT: Typeface = Typeface::upright(Generic::Serif, Weight::Regular);

    /// An upright face.
    pub const fn upright(family: Generic, weight: Weight) -> Typeface {
        Typeface { family, style: FaceStyle { weight, italic: false } }
    }

    /// The same with another slope: emphasis within italics is upright.
    pub fn emphasised(mut self) -> Typeface {
        self.style.italic = !self.style.italic;
        self
    }

    /// The same in italics.
    pub fn italic(mut self) -> Typeface {
        self.style.italic = true;
        self
    }

    /// The same in bold.
    pub fn bold(mut self) -> Typeface {
        self.style.weight = Weight::Bold;
        self
    }
}

/// The characters set in each face.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FontUsage {
    typefaces: BTreeMap<Typeface, BTreeSet<char>>,
}

impl FontUsage {
    /// Notes that a text is set in a typeface.
    pub fn note(&mut self, typeface: Typeface, text: &str) {
        let known = self.typefaces.entry(typeface).or_default();
        for c in text.chars() {
            if !known.contains(&c) {
                known.insert(c);
            }
        }
    }

    /// Takes in what another page uses.
    pub fn merge(&mut self, other: FontUsage) {
        for (typeface, chars) in other.typefaces {
            self.typefaces.entry(typeface).or_default().extend(chars);
        }
    }

    /// Every typeface with its characters.
    pub fn iter(&self) -> impl Iterator<Item = (Typeface, &BTreeSet<char>)> {
        self.typefaces.iter().map(|(typeface, chars)| (*typeface, chars))
    }
}
