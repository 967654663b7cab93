//! Where the face changes within a text.

use std::ops::Range;

use icu_segmenter::{GraphemeClusterSegmenter, GraphemeClusterSegmenterBorrowed};

use crate::text::{FaceId, is_cjk, is_hangul};

/// Finds the characters that belong together: a letter with its accents, a
/// picture of several signs (UAX #29).
const CLUSTERS: GraphemeClusterSegmenterBorrowed<'static> = GraphemeClusterSegmenter::new();

/// Which face some characters want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaceRule<'t> {
    /// The face of the text's style.
    Base,
    /// The face of the characters before them, whatever it is.
    Before,
    /// The face of the characters before them if it has a space, else the base.
    Space,
    /// Any face that has them, the base first.
    Own(&'t str),
    /// A mark that goes with the ideograph beside it: that one's face, if it has
    /// the mark.
    Of {
        /// The nearest ideograph.
        ideograph: char,
        /// The mark.
        mark: &'t str,
    },
}

/// Cuts a text where its face changes. `latin` says that the base has all of
/// ASCII, `ideographic` that the language is set in ideographs without spaces.
/// `face_of` finds the face for a rule, given that of the characters before.
pub(super) fn face_runs<'t>(
    text: &'t str,
    base: FaceId,
    latin: bool,
    ideographic: bool,
    mut face_of: impl FnMut(FaceRule<'t>, FaceId) -> FaceId,
) -> Vec<(Range<usize>, FaceId)> {
    let mut runs = Vec::new();
    let (mut begin, mut at, mut face) = (0, 0, base);
    for end in CLUSTERS.segment_str(text).skip(1) {
        let wanted = face_of(rule(text, at..end, latin, ideographic), face);
        if wanted != face {
            if begin < at {
                runs.push((begin..at, face));
            }
            begin = at;
            face = wanted;
        }
        at = end;
    }
    runs.push((begin..text.len(), face));
    runs
}

fn rule(text: &str, range: Range<usize>, latin: bool, ideographic: bool) -> FaceRule<'_> {
    let at = range.start;
    let cluster = text.get(range).unwrap_or("");
    match cluster {
        "“" | "”" | "‘" | "’" | "—" | "…" | "―" | "‥" | "·" if ideographic => {
            match ideograph_beside(text, at) {
                Some(ideograph) => FaceRule::Of { ideograph, mark: cluster },
                None => FaceRule::Base,
            }
        }
        " " if ideographic => FaceRule::Base,
        " " => FaceRule::Space,
        // Line ends, joiners and soft hyphens go with what is around them.
        "\u{2028}" | "\u{2060}" | "\u{ad}" => FaceRule::Before,
        _ if latin && cluster.is_ascii() => FaceRule::Base,
        _ => FaceRule::Own(cluster),
    }
}

/// The ideograph that a mark which Latin and East Asian text share goes with:
/// the next letter if it is one, else the one before.
fn ideograph_beside(text: &str, at: usize) -> Option<char> {
    let is_ideograph = |c: &char| is_cjk(*c) && !is_hangul(*c);
    let letter = |c: &char| c.is_alphanumeric() || is_ideograph(c);
    let previous = text.get(..at).and_then(|t| t.chars().rev().find(letter));
    let next = text.get(at..).and_then(|t| t.chars().find(letter));
    next.filter(is_ideograph).or(previous.filter(is_ideograph))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: FaceId = FaceId(0);
    const OTHER: FaceId = FaceId(1);

    /// The parts of a text, those in another face than the base in brackets;
    /// only ASCII is in the base.
    fn cut(text: &str, ideographic: bool) -> String {
        let face_of = |rule: FaceRule<'_>, before: FaceId| match rule {
            FaceRule::Base => BASE,
            FaceRule::Before | FaceRule::Space => before,
            FaceRule::Own(_) | FaceRule::Of { .. } => OTHER,
        };
        let runs = face_runs(text, BASE, true, ideographic, face_of);
        let shown = |(range, face): (Range<usize>, FaceId)| match face {
            BASE => text[range].to_owned(),
            _ => format!("[{}]", &text[range]),
        };
        runs.into_iter().map(shown).collect()
    }

    #[test]
    fn a_text_is_cut_where_a_face_lacks_a_character() {
        assert_eq!(cut("plain", false), "plain");
        assert_eq!(cut("a λόγος b", false), "a [λόγος ]b");
        assert_eq!(cut("λ", false), "[λ]");
        assert_eq!(cut("", false), "");
    }

    #[test]
    fn letters_with_their_accents_are_not_parted() {
        assert_eq!(cut("xe\u{301}x", false), "x[e\u{301}]x");
    }

    #[test]
    fn soft_hyphens_and_joiners_stay_with_what_is_before_them() {
        assert_eq!(cut("λό\u{ad}γος", false), "[λό\u{ad}γος]");
        assert_eq!(cut("a\u{2060}b", false), "a\u{2060}b");
    }

    #[test]
    fn quotation_marks_go_with_the_ideograph_beside_them() {
        assert_eq!(cut("“漢字”", true), "[“漢字”]");
        assert_eq!(cut("“Latin”", true), "“Latin”");
        assert_eq!(ideograph_beside("漢 — a", 4), Some('漢'));
        assert_eq!(ideograph_beside("a — 字", 2), Some('字'));
        assert_eq!(ideograph_beside("a — b", 2), None);
    }
}
