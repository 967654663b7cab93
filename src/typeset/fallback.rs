//! The face for characters that the face wanted lacks: another of the theme's,
//! else one that stands in; what none has is reported.

use std::collections::{BTreeSet, HashMap};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::Lang;
use crate::source::Span;
use crate::text::{FaceId, FaceStyle, FontBook, Generic, HanStyle, REPLACEMENT, is_invisible};

use super::style::{Faces, Family};

/// What is to be set, and in what.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Characters that belong together, such as a letter with its accents.
    pub cluster: &'a str,
    /// The face for them, if it has them all.
    pub face: FaceId,
    /// Its family by its use.
    pub family: Family,
    /// Its weight and slope.
    pub style: FaceStyle,
    /// Their language, which decides how ideographs are drawn.
    pub lang: &'a Lang,
    /// The block they stand in, for what no font has.
    pub span: Span,
}

/// What decides about a face besides the characters: the face wanted, and how
/// ideographs are drawn.
type Key = (FaceId, Option<HanStyle>);

/// The faces found so far, and what was not found.
#[derive(Debug, Default)]
pub struct FallbackFaces {
    /// By the characters.
    found: HashMap<Box<str>, Vec<(Key, FaceId)>>,
    /// Characters that no font has, each with the first block it stands in.
    missing: Vec<(char, Span)>,
}

impl FallbackFaces {
    /// The face for some characters: the one wanted if it has them all, else
    /// another of the theme's, else one that stands in. What no face has is
    /// noted as missing, and gets a face that has the sign for it.
    pub fn face_for(&mut self, fonts: &FontBook, faces: &Faces, wanted: &Wanted<'_>) -> FaceId {
        let key = (wanted.face, HanStyle::of(wanted.lang));
        if let Some(found) = self.found.get(wanted.cluster)
            && let Some((_, face)) = found.iter().find(|(k, _)| *k == key)
        {
            return *face;
        }
        let face = find(fonts, faces, wanted);
        let lacks = |c: &char| !is_invisible(*c) && !fonts.face(face).has(*c);
        for c in wanted.cluster.chars().filter(lacks) {
            if !self.missing.iter().any(|(known, _)| *known == c) {
                self.missing.push((c, wanted.span));
            }
        }
        self.found.entry(wanted.cluster.into()).or_default().push((key, face));
        face
    }

    /// Takes the characters that no font has, each with the first block it stands in.
    pub fn take_missing(&mut self) -> Vec<(char, Span)> {
        std::mem::take(&mut self.missing)
    }
}

fn find(fonts: &FontBook, faces: &Faces, wanted: &Wanted<'_>) -> FaceId {
    let Wanted { cluster, style, .. } = *wanted;
    if fonts.face(wanted.face).has_all(cluster) {
        return wanted.face;
    }
    let themed = [Family::Serif, Family::Sans, Family::Mono]
        .into_iter()
        .flat_map(|family| [style, FaceStyle::default()].map(|s| faces.get(family, s)))
        .find(|id| fonts.face(*id).has_all(cluster));
    let generic = match wanted.family {
        Family::Serif => Generic::Serif,
        Family::Sans => Generic::Sans,
        Family::Mono => Generic::Mono,
    };
    let stand_in = || fonts.fallback_face(cluster, wanted.lang, generic, style);
    themed.or_else(stand_in).unwrap_or_else(|| {
        let sign = |id: &FaceId| fonts.face(*id).has(REPLACEMENT);
        let serif = faces.get(Family::Serif, style);
        [wanted.face, serif].into_iter().find(sign).unwrap_or(wanted.face)
    })
}

/// Reports once for the whole book which characters no font has, each with the
/// first place where it stands.
pub fn report_missing(missing: &[(char, Span)], fonts: &FontBook, diagnostics: &mut Diagnostics) {
    let mut known: BTreeSet<char> = BTreeSet::new();
    for (c, span) in missing.iter().filter(|(c, _)| known.insert(*c)) {
        let message = format!("no font has the character `{c}` (U+{:04X})", u32::from(*c));
        diagnostics.push(
            Diagnostic::at(Code::MissingGlyph, *span, message)
                .hint(format!("Available fonts: {}.", fonts.families().join(", ")))
                .hint("The PDF shows \u{fffd} instead. Add an OpenType font that has the character to the book's `fonts` folder, or replace the character."),
        );
    }
}
