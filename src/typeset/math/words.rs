//! Words among formulas, in the faces of the text.

use std::cell::RefCell;

use crate::math::Alphabet;
use crate::page::Color;
use crate::text::{FaceId, FaceStyle, Features, Weight, WordShaper};
use crate::typeset::style::{Faces, Family};

use super::boxes::{Mark, MathBox};

/// The faces of the text, for words and for what the face of formulas lacks.
pub struct TextFaces<'a> {
    /// The book's faces.
    pub faces: &'a Faces,
    /// Shapes words.
    pub shaper: &'a WordShaper<'a>,
    /// Characters that no face has.
    pub missing: RefCell<Vec<char>>,
}

impl TextFaces<'_> {
    /// Words in the face of the text.
    pub fn words(&self, words: &str, alphabet: Alphabet, size: f64, color: Color) -> MathBox {
        let (family, weight, italic) = match alphabet {
            Alphabet::Bold | Alphabet::BoldSymbol | Alphabet::BoldScript => {
                (Family::Serif, Weight::Bold, false)
            }
            Alphabet::BoldItalic => (Family::Serif, Weight::Bold, true),
            Alphabet::Italic => (Family::Serif, Weight::Regular, true),
            Alphabet::Sans => (Family::Sans, Weight::Regular, false),
            Alphabet::SansBold => (Family::Sans, Weight::Bold, false),
            Alphabet::SansItalic => (Family::Sans, Weight::Regular, true),
            Alphabet::SansBoldItalic => (Family::Sans, Weight::Bold, true),
            Alphabet::Monospace => (Family::Mono, Weight::Regular, false),
            Alphabet::Default
            | Alphabet::Upright
            | Alphabet::Script
            | Alphabet::Fraktur
            | Alphabet::BoldFraktur
            | Alphabet::DoubleStruck => (Family::Serif, Weight::Regular, false),
        };
        let face = self.faces.get(family, FaceStyle { weight, italic });
        let mut out = MathBox::default();
        let mut rest = words;
        // Runs of characters that one face has.
        while let Some(first) = rest.chars().next() {
            let own = self.face_of(first, face);
            let end = rest
                .char_indices()
                .find(|(_, c)| self.face_of(*c, face) != own)
                .map_or(rest.len(), |(i, _)| i);
            let (run, after) = rest.split_at(end.max(first.len_utf8()));
            out.append(self.shaped(run, own.unwrap_or(face), size, color));
            rest = after;
        }
        out.letter = false;
        out
    }

    /// A character that the face of formulas lacks.
    pub fn stray(&self, c: char, size: f64, color: Color) -> MathBox {
        let text = self.faces.get(Family::Serif, FaceStyle::default());
        let face = self.face_of(c, text).unwrap_or(text);
        self.shaped(c.encode_utf8(&mut [0; 4]), face, size, color)
    }

    /// The face for a character: the one wanted, or the first that has it.
    fn face_of(&self, c: char, wanted: FaceId) -> Option<FaceId> {
        let fonts = self.shaper.fonts();
        if c.is_whitespace() || c.is_control() || fonts.face(wanted).glyph(c).is_some() {
            return Some(wanted);
        }
        let found = fonts.iter().find(|(_, face)| face.glyph(c).is_some()).map(|(id, _)| id);
        if found.is_none() {
            let mut missing = self.missing.borrow_mut();
            if !missing.contains(&c) {
                missing.push(c);
            }
        }
        found
    }

    fn shaped(&self, text: &str, face: FaceId, size: f64, color: Color) -> MathBox {
        let shaped = self.shaper.shape(face, Features::NONE, false, text);
        let metrics = &self.shaper.fonts().face(face).metrics;
        let em = size / metrics.units_per_em;
        let mut out = MathBox {
            height: metrics.cap_height.max(metrics.x_height) * em,
            depth: if text.contains(['g', 'j', 'p', 'q', 'y', 'Q', '(', ',', ';']) {
                -metrics.descent.max(-metrics.units_per_em * 0.25) * em
            } else {
                0.0
            },
            ..MathBox::default()
        };
        let mut told = 0;
        for (i, glyph) in shaped.glyphs.iter().enumerate() {
            let start = glyph.cluster as usize;
            let later = shaped.glyphs.iter().skip(i + 1).map(|g| g.cluster as usize);
            let end = later.filter(|&c| c > start).min().unwrap_or(text.len());
            let piece = if start >= told { text.get(start..end).unwrap_or("") } else { "" };
            told = told.max(end);
            let advance = em * f64::from(glyph.advance);
            out.marks.push(Mark::Glyph {
                face,
                id: glyph.id,
                size,
                x: out.width + em * f64::from(glyph.dx),
                y: -em * f64::from(glyph.dy),
                advance,
                text: piece.to_owned(),
                color,
            });
            out.width += advance;
        }
        out
    }
}
