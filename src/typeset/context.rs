//! What everything on the pages is set with, and what comes out besides pages.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::assets::Assets;
use crate::diag::Diagnostics;
use crate::locale::Locale;
use crate::model::{AnchorId, Book, Lang};
use crate::page::{PageQuality, Structure};
use crate::source::Span;
use crate::text::{FaceId, FontBook, Hyphenator, WordShaper};
use crate::theme::Theme;

use super::fallback::FallbackFaces;
use super::fallback::Wanted;
use super::math::MathFace;
use super::style::{Faces, TextStyle};

/// What never changes while a chapter is set.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The resolved book.
    pub book: &'a Book,
    /// Its pictures, measured.
    pub assets: &'a Assets,
    /// The design tokens, in points.
    pub theme: &'a Theme,
    /// All fonts, those that stand in included.
    pub fonts: &'a FontBook,
    /// The theme's faces, by use and style.
    pub faces: &'a Faces,
    /// Shapes words and remembers them; one for each chapter.
    pub shaper: &'a WordShaper<'a>,
    /// Breaks words as their language has it.
    pub hyphenator: &'a Hyphenator,
    /// The face of formulas, looked for when there is one.
    pub math: &'a OnceLock<Option<MathFace>>,
    /// The printed pages of the anchors, as far as they are known.
    pub folios: &'a BTreeMap<AnchorId, String>,
    /// Whether it is wanted what the page breaker weighed.
    pub explain_breaks: bool,
}

impl Context<'_> {
    /// The printed page of an anchor; `None` in the first round, when no page is
    /// known yet, and for what is on no numbered page.
    pub fn page_of(&self, anchor: AnchorId) -> Option<String> {
        self.folios.get(&anchor).cloned()
    }

    /// The face for characters that belong together, such as a letter with its
    /// accents: that of the style if it has them all, else one that stands in.
    pub fn face_for(
        &self,
        output: &mut Output,
        cluster: &str,
        style: TextStyle,
        lang: &Lang,
        span: Span,
    ) -> FaceId {
        let TextStyle { family, style, .. } = style;
        let face = self.faces.get(family, style);
        let wanted = Wanted { cluster, face, family, style, lang, span };
        output.fallback.face_for(self.fonts, self.faces, &wanted)
    }

    /// The tool's own words in the language of the book.
    pub fn locale(&self) -> &'static Locale {
        Locale::of(&self.book.meta.language)
    }
}

/// What comes out of setting a chapter, besides its pages.
#[derive(Debug, Default)]
pub struct Output {
    /// The chapter's own structure tree.
    pub structure: Structure,
    /// What is wrong with the book, for its writer.
    pub diagnostics: Diagnostics,
    /// How well its pages came out.
    pub quality: PageQuality,
    /// The faces of characters that the theme's faces lack.
    pub fallback: FallbackFaces,
    /// What the page breaker weighed, as text, if that is wanted.
    pub page_breaks: String,
}
