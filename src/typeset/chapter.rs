//! What one chapter is set with.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{AnchorId, Book, Direction, Lang};
use crate::page::{Setting, StructId, Structure};
use crate::source::Span;
use crate::text::{FaceId, FaceStyle, Hyphenator, WordShaper};
use crate::theme::Theme;
use crate::units::Pt;

use super::TypesetInput;
use super::style::{Faces, Family};
use super::words::Words;

/// Sets the blocks of one chapter: the fonts and words at hand, the structure
/// tree as it grows, and what was found wrong on the way.
pub struct Setter<'a> {
    /// What the whole book is set from.
    pub input: &'a TypesetInput<'a>,
    /// The book.
    pub book: &'a Book,
    /// Its look.
    pub theme: &'a Theme,
    /// Its faces.
    pub faces: &'a Faces,
    /// Shapes words.
    pub shaper: &'a WordShaper<'a>,
    /// Breaks words.
    pub hyphenator: &'a Hyphenator,
    /// The pages of the anchors as far as they are known.
    pub folios: &'a BTreeMap<AnchorId, String>,
    /// The chapter's own structure tree.
    pub structure: Structure,
    /// The chapter's node in it.
    pub section: StructId,
    /// Whether its first page is a right-hand one.
    pub recto: bool,
    /// The language of the block at hand.
    pub lang: Lang,
    /// Which way the block at hand runs.
    pub direction: Direction,
    /// The distance of the grid lines it stands on: the text's or the notes'.
    pub leading: Pt,
    /// Where the block at hand stands.
    pub span: Span,
    /// What was found wrong.
    pub diagnostics: Diagnostics,
    /// How well its pages came out.
    pub setting: Setting,
    /// Characters that were reported as missing: once each is enough.
    pub missing: Vec<char>,
}

impl Setter<'_> {
    /// The page of an anchor, if it is known and worth saying.
    pub fn page_of(&self, anchor: AnchorId) -> Option<String> {
        self.folios.get(&anchor).cloned()
    }

    /// The tool's own words.
    pub fn words(&self) -> Words {
        Words::of(&self.book.meta.language)
    }

    /// The face for a character: the one wanted, or the first of the book's
    /// faces that has it. What none has is reported.
    pub fn face_for(&mut self, c: char, wanted: FaceId, style: FaceStyle) -> FaceId {
        let fonts = self.input.fonts;
        if is_invisible(c) || fonts.face(wanted).glyph(c).is_some() {
            return wanted;
        }
        for family in [Family::Serif, Family::Sans, Family::Mono] {
            for style in [style, FaceStyle::default()] {
                let id = self.faces.get(family, style);
                if fonts.face(id).glyph(c).is_some() {
                    return id;
                }
            }
        }
        if let Some((id, _)) = fonts.iter().find(|(_, face)| face.glyph(c).is_some()) {
            return id;
        }
        if !self.missing.contains(&c) {
            self.missing.push(c);
            let families = fonts.families().join(", ");
            self.diagnostics.push(
                Diagnostic::at(
                    Code::MissingGlyph,
                    self.span,
                    format!("no font of the book has the character `{c}` (U+{:04X})", u32::from(c)),
                )
                .hint(format!("The fonts at hand are {families}."))
                .hint("Put an OpenType font that has it into the book's `fonts` folder, or write it otherwise."),
            );
        }
        wanted
    }
}

/// Characters that stand for a space, a direction or nothing, and need no glyph.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffc}'
        )
}
