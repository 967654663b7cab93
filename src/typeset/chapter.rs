//! What one chapter is set with.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{AnchorId, Book, Direction, Lang};
use crate::page::{Setting, StructId, Structure};
use crate::source::Span;
use crate::text::{
    FaceId, FaceStyle, FontBook, Generic, HanStyle, Hyphenator, REPLACEMENT, WordShaper,
    is_invisible,
};
use crate::theme::Theme;
use crate::units::Pt;
use crate::words::Words;

use super::TypesetInput;
use super::math::MathFace;
use super::style::{Faces, Family};

/// The face wanted, how ideographs are drawn, and the face found.
type BorrowedFace = ((FaceId, Option<HanStyle>), FaceId);

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
    /// The face of formulas, looked for when there is one.
    pub math: &'a OnceLock<Option<MathFace>>,
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
    /// Words are set a second time, in a list: nothing leads to them there.
    pub listing: bool,
    /// What was found wrong.
    pub diagnostics: Diagnostics,
    /// How well its pages came out.
    pub setting: Setting,
    /// Characters that no font has, each with the first block it stands in.
    pub missing: Vec<(char, Span)>,
    /// Which face some characters are set in, by the face that was wanted.
    pub borrowed: HashMap<Box<str>, Vec<BorrowedFace>>,
}

impl Setter<'_> {
    /// The page of an anchor, if it is known and worth saying.
    pub fn page_of(&self, anchor: AnchorId) -> Option<String> {
        self.folios.get(&anchor).cloned()
    }

    /// Whether every paragraph of the language at hand is moved in, the first
    /// one too, as in Japanese and Chinese.
    pub fn indents_always(&self) -> bool {
        matches!(HanStyle::of(&self.lang), Some(han) if han != HanStyle::Korean)
    }

    /// The tool's own words.
    pub fn words(&self) -> &'static Words {
        Words::of(&self.book.meta.language)
    }

    /// The face for some characters that belong together, such as a letter
    /// with its accents: the one wanted, else another of the theme's, else one
    /// that stands in. What none has is noted, and is shown by the sign for it.
    pub fn face_for(
        &mut self,
        cluster: &str,
        wanted: FaceId,
        (family, style): (Family, FaceStyle),
        lang: &Lang,
    ) -> FaceId {
        let key = (wanted, HanStyle::of(lang));
        if let Some(faces) = self.borrowed.get(cluster)
            && let Some((_, face)) = faces.iter().find(|(k, _)| *k == key)
        {
            return *face;
        }
        let face = self.find_face(cluster, wanted, (family, style), lang);
        self.borrowed.entry(cluster.into()).or_default().push((key, face));
        face
    }

    fn find_face(
        &mut self,
        cluster: &str,
        wanted: FaceId,
        (family, style): (Family, FaceStyle),
        lang: &Lang,
    ) -> FaceId {
        let fonts = self.input.fonts;
        if fonts.face(wanted).has_all(cluster) {
            return wanted;
        }
        let themed = [Family::Serif, Family::Sans, Family::Mono]
            .into_iter()
            .flat_map(|family| [style, FaceStyle::default()].map(|s| self.faces.get(family, s)))
            .find(|id| fonts.face(*id).has_all(cluster));
        let generic = match family {
            Family::Serif => Generic::Serif,
            Family::Sans => Generic::Sans,
            Family::Mono => Generic::Mono,
        };
        let stand_in = || fonts.fallback_face(cluster, lang, generic, style);
        let found = themed.or_else(stand_in);
        let face = found.unwrap_or_else(|| {
            let sign = |id: &FaceId| fonts.face(*id).has(REPLACEMENT);
            let serif = self.faces.get(Family::Serif, style);
            [wanted, serif].into_iter().find(sign).unwrap_or(wanted)
        });
        for c in cluster.chars().filter(|c| !is_invisible(*c) && !fonts.face(face).has(*c)) {
            if !self.missing.iter().any(|(known, _)| *known == c) {
                self.missing.push((c, self.span));
            }
        }
        face
    }
}

/// Says once for the whole book which characters no font has, each with the
/// first place where it stands.
pub fn report_missing(missing: &[(char, Span)], fonts: &FontBook, diagnostics: &mut Diagnostics) {
    let mut known: BTreeSet<char> = BTreeSet::new();
    for (c, span) in missing.iter().filter(|(c, _)| known.insert(*c)) {
        let message = format!("no font has the character `{c}` (U+{:04X})", u32::from(*c));
        diagnostics.push(
            Diagnostic::at(Code::MissingGlyph, *span, message)
                .hint(format!("The fonts at hand are {}.", fonts.families().join(", ")))
                .hint("The PDF shows the sign \u{fffd} in its place. Put an OpenType font that has it into the book's `fonts` folder, or write it otherwise."),
        );
    }
}
