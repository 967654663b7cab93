//! Characters: which face each of them is set in.

use crate::model::NodeId;
use crate::text::{FaceId, Features, HanStyle};

use super::face_runs::{FaceRule, face_runs};
use super::{Flattener, InlineScope};

/// A face that has these has the letters, figures and marks of ASCII: a font of
/// another script may have figures and stops but no letters.
const LATIN: [char; 5] = ['A', 'z', '0', '(', '@'];

impl Flattener<'_, '_> {
    /// Adds characters, cut where the face lacks one and another has it.
    pub(super) fn text(&mut self, text: &str, source: Option<NodeId>, around: &InlineScope) {
        let base = self.cx.faces.get(around.style.family, around.style.style);
        let lang = self.language(around);
        let mut around = around.clone();
        if HanStyle::of(&lang).is_some() {
            // Old-style figures look like small letters among ideographs.
            around.style.features = around.style.features.without(Features::OLD_STYLE);
        }
        let own = self.cx.fonts.face(base);
        let latin = LATIN.into_iter().all(|c| own.has(c));
        if latin && text.is_ascii() {
            self.builder.run(text, 0..text.len(), base, source, &around);
            return;
        }
        let ideographic = matches!(HanStyle::of(&lang), Some(han) if han != HanStyle::Korean);
        let (cx, span) = (self.cx, self.scope.span);
        let output = &mut *self.output;
        let face_of = |rule: FaceRule<'_>, before: FaceId| match rule {
            FaceRule::Base => base,
            FaceRule::Before => before,
            FaceRule::Space if cx.fonts.face(before).has(' ') => before,
            FaceRule::Space => base,
            FaceRule::Own(cluster) => cx.face_for(output, cluster, around.style, &lang, span),
            FaceRule::Of { ideograph, mark } => {
                let mut buffer = [0; 4];
                let ideograph = &*ideograph.encode_utf8(&mut buffer);
                let face = cx.face_for(output, ideograph, around.style, &lang, span);
                let has = |id: &FaceId| cx.fonts.face(*id).has_all(mark);
                [face, before].into_iter().find(has).unwrap_or(base)
            }
        };
        for (range, face) in face_runs(text, base, latin, ideographic, face_of) {
            self.builder.run(text, range, face, source, &around);
        }
    }
}
