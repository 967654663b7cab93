//! Shaping words: characters in, positioned glyphs out.
//!
//! Most words of a book occur again and again, so a word is shaped once for
//! each face and feature set and kept. Words are shaped on their own: no font
//! shipped here kerns across a space, and a line's spaces are not glyphs of
//! the shaper but glue of the line breaker.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use harfrust::{
    BufferClusterLevel, Feature, Language, ShapeOptions, ShapePlan, ShapePlanKey, Shaper,
    ShaperData,
};
use harfrust::{Tag, UnicodeBuffer};

use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};

use super::fonts::{FaceId, FontBook};
use crate::model::Lang;

/// The sign for a character that can't be shown.
pub const REPLACEMENT: char = '\u{fffd}';

/// OpenType features beyond those a font applies by itself, and the language
/// whose forms it applies (`locl`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Features {
    set: u8,
    /// The primary language subtag in ASCII, filled up with zeros; all zeros for
    /// none in particular.
    language: [u8; 3],
}

impl Features {
    /// Only what is on by default: kerning, ligatures, contextual forms.
    pub const NONE: Features = Features::of(0);
    /// Small capitals for lower-case letters.
    pub const SMALL_CAPS: Features = Features::of(1);
    /// Small capitals for capitals as well.
    pub const CAPS_TO_SMALL: Features = Features::of(2);
    /// Old-style figures.
    pub const OLD_STYLE: Features = Features::of(4);
    /// Lining figures of one width.
    pub const TABULAR: Features = Features::of(8);
    /// Superior figures and letters drawn for the purpose.
    pub const SUPERIOR: Features = Features::of(16);
    /// No ligatures: for code and for letterspaced text.
    pub const NO_LIGATURES: Features = Features::of(32);

    const fn of(set: u8) -> Features {
        Features { set, language: [0; 3] }
    }

    /// The same with the forms of a language, such as the Turkish `fi` without
    /// ligature.
    #[must_use]
    pub fn in_language(self, lang: &Lang) -> Features {
        let mut language = [0; 3];
        for (to, from) in language.iter_mut().zip(lang.primary().bytes()) {
            *to = from;
        }
        Features { language, ..self }
    }

    fn language(self) -> Option<Language> {
        let length = self.language.iter().position(|byte| *byte == 0).unwrap_or(3);
        Language::new(self.language.get(..length)?)
    }

    /// Both sets together, in the language of the first.
    #[must_use]
    pub const fn and(self, other: Features) -> Features {
        Features { set: self.set | other.set, ..self }
    }

    /// Whether all of `other` is in this set.
    pub const fn has(self, other: Features) -> bool {
        self.set & other.set == other.set
    }

    /// This set without `other`.
    #[must_use]
    pub const fn without(self, other: Features) -> Features {
        Features { set: self.set & !other.set, ..self }
    }

    fn list(self) -> Vec<Feature> {
        let mut list = Vec::new();
        let mut set = |tag: &[u8; 4], value| list.push(Feature::new(Tag::new(tag), value, ..));
        if self.has(Self::SMALL_CAPS) {
            set(b"smcp", 1);
        }
        if self.has(Self::CAPS_TO_SMALL) {
            set(b"c2sc", 1);
        }
        if self.has(Self::OLD_STYLE) {
            set(b"onum", 1);
        }
        if self.has(Self::TABULAR) {
            set(b"lnum", 1);
            set(b"tnum", 1);
        }
        if self.has(Self::SUPERIOR) {
            set(b"sups", 1);
        }
        if self.has(Self::NO_LIGATURES) {
            set(b"liga", 0);
            set(b"clig", 0);
        }
        list
    }
}

/// A glyph of a [`Shaped`] word, in font units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShapedGlyph {
    /// Its number in the face; 0 is the glyph for "I don't have this".
    pub id: u16,
    /// From its origin to the next one's, kerning included.
    pub advance: i32,
    /// Moved to the right by this.
    pub dx: i32,
    /// Moved up by this.
    pub dy: i32,
    /// The first byte of the text it stands for.
    pub cluster: u32,
}

/// A shaped word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shaped {
    /// The glyphs in the order they are drawn, left to right.
    pub glyphs: Vec<ShapedGlyph>,
    /// The sum of the advances, in font units.
    pub width: i32,
}

impl Shaped {
    /// The width of the glyphs for the text before a byte, in font units.
    /// Within a ligature, the share of the ligature goes by bytes.
    pub fn width_before(&self, byte: u32, text_len: u32) -> i32 {
        let mut width = 0;
        for (i, glyph) in self.glyphs.iter().enumerate() {
            let end = self
                .glyphs
                .iter()
                .skip(i + 1)
                .map(|g| g.cluster)
                .find(|&c| c > glyph.cluster)
                .unwrap_or(text_len);
            if end <= byte {
                width += glyph.advance;
            } else if glyph.cluster < byte {
                let share = f64::from(byte - glyph.cluster) / f64::from(end - glyph.cluster);
                width += (f64::from(glyph.advance) * share) as i32;
            }
        }
        width
    }
}

/// What all chapters share: the fonts, prepared for shaping when first used.
#[derive(Default)]
pub struct ShapeContext {
    faces: Vec<OnceLock<ShaperData>>,
}

impl ShapeContext {
    /// Prepares nothing yet.
    pub fn new(fonts: &FontBook) -> ShapeContext {
        ShapeContext { faces: fonts.iter().map(|_| OnceLock::new()).collect() }
    }
}

/// Shapes words and remembers them; one for each thread at work.
pub struct WordShaper<'a> {
    fonts: &'a FontBook,
    context: &'a ShapeContext,
    shapers: RefCell<HashMap<FaceId, Shaper<'a>>>,
    plans: RefCell<HashMap<PlanKey, Arc<Plan>>>,
    words: RefCell<HashMap<PlanKey, ShapedWords>>,
    buffer: RefCell<Option<UnicodeBuffer>>,
}

/// The words of one face and feature set.
type ShapedWords = HashMap<Box<str>, Arc<Shaped>>;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct PlanKey {
    face: FaceId,
    features: Features,
    rtl: bool,
    script: [u8; 4],
}

struct Plan {
    features: Vec<Feature>,
    plan: ShapePlan,
}

impl<'a> WordShaper<'a> {
    /// A shaper that knows no word yet.
    pub fn new(fonts: &'a FontBook, context: &'a ShapeContext) -> WordShaper<'a> {
        WordShaper {
            fonts,
            context,
            shapers: RefCell::default(),
            plans: RefCell::default(),
            words: RefCell::default(),
            buffer: RefCell::new(Some(UnicodeBuffer::new())),
        }
    }

    /// The fonts it shapes with.
    pub fn fonts(&self) -> &'a FontBook {
        self.fonts
    }

    /// Shapes a word of one script and direction.
    pub fn shape(&self, face: FaceId, features: Features, rtl: bool, word: &str) -> Arc<Shaped> {
        let script = script_of(word);
        let key = PlanKey { face, features, rtl, script };
        if let Some(shaped) = self.words.borrow().get(&key).and_then(|w| w.get(word)) {
            return shaped.clone();
        }
        let shaped = Arc::new(self.shape_now(&key, word));
        self.words.borrow_mut().entry(key).or_default().insert(word.into(), shaped.clone());
        shaped
    }

    fn shape_now(&self, key: &PlanKey, word: &str) -> Shaped {
        let mut shapers = self.shapers.borrow_mut();
        let shaper = shapers.entry(key.face).or_insert_with(|| {
            let font = self.fonts.face(key.face).font_ref();
            let data =
                self.context.faces[key.face.0 as usize].get_or_init(|| ShaperData::new(&font));
            data.shaper(&font).build()
        });
        let mut buffer = self.buffer.borrow_mut().take().unwrap_or_default();
        buffer.push_str(word);
        buffer.guess_segment_properties();
        if key.rtl {
            buffer.set_direction(harfrust::Direction::RightToLeft);
            // Vowel signs are letters of their own to whoever reads the file.
            buffer.set_cluster_level(BufferClusterLevel::MonotoneCharacters);
        } else {
            buffer.set_cluster_level(BufferClusterLevel::MonotoneGraphemes);
            buffer.set_direction(harfrust::Direction::LeftToRight);
        }
        let language = key.features.language();
        if let Some(language) = &language {
            buffer.set_language(language.clone());
        }
        let plan = self
            .plans
            .borrow_mut()
            .entry(key.clone())
            .or_insert_with(|| {
                let features = key.features.list();
                let plan = ShapePlan::new(
                    shaper,
                    buffer.direction(),
                    Some(buffer.script()),
                    language.as_ref(),
                    &features,
                );
                Arc::new(Plan { features, plan })
            })
            .clone();
        let matches = ShapePlanKey::new(Some(buffer.script()), buffer.direction())
            .language(language.as_ref())
            .features(&plan.features)
            .matches(&plan.plan);
        let options = ShapeOptions::new().features(&plan.features).plan(if matches {
            Some(&plan.plan)
        } else {
            None
        });
        let output = shaper.shape(buffer, options);
        let glyphs: Vec<ShapedGlyph> = output
            .glyph_infos()
            .iter()
            .zip(output.glyph_positions())
            .map(|(info, position)| ShapedGlyph {
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                advance: position.x_advance,
                dx: position.x_offset,
                dy: position.y_offset,
                cluster: info.cluster,
            })
            .collect::<Vec<_>>();
        *self.buffer.borrow_mut() = Some(output.clear());
        let glyphs = self.replaced(key.face, glyphs);
        Shaped { width: glyphs.iter().map(|g| g.advance).sum(), glyphs }
    }

    /// Glyphs that say "I don't have this" become the sign for a character that
    /// can't be shown, where the face has that sign: the first must not be in a
    /// PDF/A (ISO 19005-2, 6.2.11.8), the second can be and says the same.
    fn replaced(&self, face: FaceId, mut glyphs: Vec<ShapedGlyph>) -> Vec<ShapedGlyph> {
        if glyphs.iter().all(|g| g.id != 0) {
            return glyphs;
        }
        let face = self.fonts.face(face);
        if let Some(sign) = face.glyph(REPLACEMENT) {
            let metrics = face.font_ref().glyph_metrics(Size::unscaled(), LocationRef::default());
            let advance = metrics.advance_width(sign.into()).unwrap_or(0.0) as i32;
            for glyph in glyphs.iter_mut().filter(|g| g.id == 0) {
                *glyph = ShapedGlyph { id: sign, advance, dx: 0, dy: 0, cluster: glyph.cluster };
            }
        }
        glyphs
    }
}

/// A rough name of a word's script: enough to keep shaping plans apart.
fn script_of(word: &str) -> [u8; 4] {
    let letter = word.chars().find(|c| c.is_alphabetic()).unwrap_or('a');
    match u32::from(letter) {
        0..0x370 | 0x1E00..0x1F00 => *b"Latn",
        0x370..0x400 | 0x1F00..0x2000 => *b"Grek",
        0x400..0x530 => *b"Cyrl",
        0x590..0x600 => *b"Hebr",
        0x600..0x780 | 0x8A0..0x900 => *b"Arab",
        block => ((block >> 7) | 0x8000_0000).to_be_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FaceStyle, FontBook};
    use super::*;

    fn with_shaper(body: impl Fn(&WordShaper<'_>, FaceId)) {
        let fonts = FontBook::shipped();
        let context = ShapeContext::new(&fonts);
        let shaper = WordShaper::new(&fonts, &context);
        let face = fonts.select("Libertinus Serif", FaceStyle::default()).unwrap_or(FaceId(0));
        body(&shaper, face);
    }

    #[test]
    fn ligatures_form_and_can_be_kept_from_forming() {
        with_shaper(|shaper, face| {
            let office = shaper.shape(face, Features::NONE, false, "office");
            assert_eq!(office.glyphs.len(), 4, "o, ffi, c, e");
            let plain = shaper.shape(face, Features::NO_LIGATURES, false, "office");
            assert_eq!(plain.glyphs.len(), 6);
        });
    }

    #[test]
    fn a_language_has_its_own_forms() {
        with_shaper(|shaper, face| {
            let in_language = |tag: &str, word: &str| {
                let lang = Lang::new(tag).expect("a language");
                shaper.shape(face, Features::NONE.in_language(&lang), false, word)
            };
            assert_eq!(in_language("en", "fi").glyphs.len(), 1, "a ligature");
            assert_eq!(in_language("tr", "fi").glyphs.len(), 2, "the dot is kept");
            assert_eq!(in_language("tr-TR", "fi").glyphs.len(), 2);
        });
    }

    #[test]
    fn small_capitals_are_glyphs_of_their_own() {
        with_shaper(|shaper, face| {
            let text = shaper.shape(face, Features::NONE, false, "and");
            let caps = shaper.shape(face, Features::SMALL_CAPS, false, "and");
            assert_ne!(text.glyphs[0].id, caps.glyphs[0].id);
        });
    }

    #[test]
    fn a_missing_character_is_drawn_as_the_sign_for_it() {
        with_shaper(|shaper, face| {
            let shaped = shaper.shape(face, Features::NONE, false, "ab\u{6f22}c");
            let sign = shaper.fonts().face(face).glyph(REPLACEMENT);
            assert_eq!(shaped.glyphs.get(2).map(|g| (Some(g.id), g.cluster)), Some((sign, 2)));
            assert!(shaped.glyphs.iter().all(|g| g.id != 0 && g.advance > 0));
        });
    }

    #[test]
    fn widths_before_a_byte_add_up() {
        with_shaper(|shaper, face| {
            let word = "officers";
            let shaped = shaper.shape(face, Features::NONE, false, word);
            assert_eq!(shaped.width_before(0, 8), 0);
            assert_eq!(shaped.width_before(8, 8), shaped.width);
            assert!(shaped.width_before(3, 8) > shaped.width_before(1, 8));
        });
    }
}
