//! The fonts an EPUB carries: the faces that are used, cut to what is used.
//!
//! # Why cut like this
//!
//! A reader's device must still find glyphs by character and apply kerning,
//! ligatures and small capitals. Renumbering the glyphs would mean rewriting
//! those tables; so glyphs keep their numbers, and what isn't used is emptied
//! where it stands ([`cff`], [`glyf`]): packed in the archive, empty glyphs cost next to
//! nothing. The character map lists only what is left ([`cmap`]), so that
//! every other character comes from another font instead of being blank.
//!
//! What is lost: hinting and kerning stay, and so do all features for the
//! glyphs that are left; glyph names go. Features that the style sheet doesn't
//! use (historical forms, fractions) have no glyphs left.
//!
//! Fonts whose tables can't be read are subset whole. The system's fonts, which
//! stand in on paper where the book's own lack a character, are not subset: a
//! licence to print with a font is seldom one to give it away, and readers
//! bring fonts for the scripts they are sold for. Where a licence reserves the font's name for the uncut
//! font (OFL 1.1, condition 3), the cut one gets another ([`names`]).

mod cff;
mod charstring;
mod cmap;
mod glyf;
mod licences;
mod names;
mod sfnt;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use skrifa::raw::collections::IntSet;
use skrifa::raw::tables::gsub::Gsub;
use skrifa::raw::types::Tag;
use skrifa::raw::{FontRef, TableProvider};
use skrifa::{GlyphId, MetadataProvider};

use super::font_usage::FontUsage;
use super::input::EpubInput;
use super::resource::Resource;
use crate::text::{FaceId, FaceStyle, FontFace, Generic, Origin, Weight, is_cjk, is_invisible};
use crate::theme::CssFace;

/// The glyph features that readers apply by themselves or that the style sheet
/// asks for.
const FEATURES: [&[u8; 4]; 13] = [
    b"calt", b"ccmp", b"clig", b"kern", b"liga", b"lnum", b"locl", b"onum", b"pnum", b"rlig",
    b"rclt", b"smcp", b"tnum",
];

/// Characters that a style or a reading system may add to any text: list
/// numbers, bullets, hyphens.
const ALWAYS: &str = " \u{a0}0123456789.,-\u{2010}•◦▪";

/// Where `head` says how long the entries of `loca` are.
const INDEX_TO_LOC_FORMAT: usize = 50;

/// The fonts of an EPUB.
#[derive(Debug, Default)]
pub(super) struct Embedded {
    /// What the style sheet says about them.
    pub faces: Vec<CssFace>,
    /// Their files and licences.
    pub files: Vec<Resource>,
}

impl Embedded {
    /// No fonts: the reader's own.
    pub fn none() -> Embedded {
        Embedded::default()
    }
}

/// Cuts the faces that are used, each to the characters set in it.
pub(super) fn embed(input: &EpubInput<'_>, usage: &FontUsage) -> Embedded {
    let used = faces(input, usage);
    let mut chars: BTreeMap<FaceId, BTreeSet<char>> = BTreeMap::new();
    for ((_, id), of_family) in &used {
        chars.entry(*id).or_default().extend(of_family);
    }
    let cut: Vec<(FaceId, SubsetFile)> = chars
        .par_iter()
        .map(|(id, chars)| (*id, subset_file(input.fonts.face(*id), chars)))
        .collect();
    let mut files: BTreeMap<FaceId, SubsetFile> = BTreeMap::new();
    let mut hrefs = BTreeSet::new();
    for (id, mut subset) in cut {
        while !hrefs.insert(subset.file.href.clone()) {
            subset.file.href = subset.file.href.replacen("fonts/", "fonts/x", 1);
        }
        files.insert(id, subset);
    }
    let mut embedded = Embedded::none();
    for (family, id) in used.keys() {
        let face = input.fonts.face(*id);
        embedded.faces.extend(files.get(id).map(|subset| subset.css(family, face)));
    }
    embedded.files = files.into_values().map(|subset| subset.file).collect();
    embedded.files.extend(licences::of(chars.keys().map(|id| input.fonts.face(*id))));
    embedded
}

/// The faces by the theme's family that asks for them, with their characters.
type Used<'a> = BTreeMap<(&'a str, FaceId), BTreeSet<char>>;

/// The face of each typeface in use, with the characters of all that share it,
/// and the fallback faces for what it lacks.
fn faces<'a>(input: &EpubInput<'a>, usage: &FontUsage) -> Used<'a> {
    let mut faces: Used<'a> = BTreeMap::new();
    for (typeface, chars) in usage.iter().filter(|(_, chars)| !chars.is_empty()) {
        let generic = typeface.family;
        let family = match generic {
            Generic::Serif => &input.theme.serif,
            Generic::Sans => &input.theme.sans,
            Generic::Mono => &input.theme.mono,
        };
        let Some(id) = input.fonts.select(family, typeface.style) else { continue };
        let face = input.fonts.face(id);
        faces.entry((family, id)).or_default().extend(chars);
        for c in chars.iter().filter(|c| !c.is_ascii() && !is_invisible(**c) && !face.has(**c)) {
            let lang = &input.book.meta.language;
            let text = c.to_string();
            let other = input.fonts.fallback_face(&text, lang, generic, typeface.style);
            // Ideographs have no italics: emphasis is bold there.
            let bold = FaceStyle { weight: Weight::Bold, italic: false };
            let bold = (typeface.style.italic && is_cjk(*c))
                .then(|| input.fonts.fallback_face(&text, lang, generic, bold))
                .flatten();
            for id in other.into_iter().chain(bold) {
                if input.fonts.face(id).origin == Origin::Book {
                    faces.entry((family, id)).or_default().insert(*c);
                }
            }
        }
    }
    faces
}

/// A face as it is stored in the EPUB.
struct SubsetFile {
    /// The name it goes by.
    name: String,
    file: Resource,
}

impl SubsetFile {
    /// What the style sheet says about it where one of the theme's families
    /// asks for it.
    fn css(&self, family: &str, face: &FontFace) -> CssFace {
        CssFace {
            family: family.to_owned(),
            name: self.name.clone(),
            stands_in: !face.family.eq_ignore_ascii_case(family),
            weight: match face.style.weight {
                Weight::Regular => 400,
                Weight::Semibold => 600,
                Weight::Bold => 700,
            },
            italic: face.style.italic,
            href: self.file.href.clone(),
        }
    }
}

fn subset_file(face: &FontFace, chars: &BTreeSet<char>) -> SubsetFile {
    let reserved = names::reserved_word(face);
    let named = |name: &str| match &reserved {
        Some(word) => name.replace(word.as_str(), &names::substitute(word)),
        None => name.to_owned(),
    };
    let (name, file, bytes) = match cut(face, chars, reserved.as_deref()) {
        Some(bytes) => (named(&face.family), named(&face.postscript_name), bytes.into()),
        None => (face.family.clone(), face.postscript_name.clone(), face.data.clone()),
    };
    let (extension, media_type) = match bytes.get(..4) {
        Some(b"OTTO") => ("otf", "font/otf"),
        Some(b"ttcf") => ("ttc", "font/collection"),
        _ => ("ttf", "font/ttf"),
    };
    let href = format!("fonts/{}.{extension}", super::ids::file_stem(&file));
    SubsetFile { name, file: Resource::new(&href, media_type, bytes) }
}

/// The face with only the glyphs these characters can become; `None` if its
/// tables aren't of a kind that can be cut.
fn cut(face: &FontFace, chars: &BTreeSet<char>, reserved: Option<&str>) -> Option<Vec<u8>> {
    let font = face.font_ref();
    let charmap = font.charmap();
    let map: BTreeMap<char, u16> = chars
        .iter()
        .copied()
        .chain(ALWAYS.chars())
        .filter_map(|c| Some((c, u16::try_from(charmap.map(c)?.to_u32()).ok()?)))
        .collect();
    let glyphs = closure(&font, &map)?;
    let mut tables = sfnt::tables(&face.data, face.index)?;
    let table = |wanted: &[u8; 4]| tables.iter().find(|(tag, _)| tag == wanted).map(|(_, t)| t);
    let outlines = match (table(b"glyf"), table(b"loca"), table(b"head")) {
        (Some(glyf), Some(loca), Some(head)) => {
            let long = sfnt::u16_at(head, INDEX_TO_LOC_FORMAT)? == 1;
            Some(glyf::cut(glyf, loca, long, &glyphs)?)
        }
        _ => None,
    };
    let version = if outlines.is_some() { [0, 1, 0, 0] } else { *b"OTTO" };
    let has_outlines = outlines.is_some() || table(b"CFF ").is_some();
    for (tag, table) in &mut tables {
        let new = match (&*tag, &outlines) {
            (b"CFF ", _) => cff::cut(table, &glyphs, reserved)?,
            (b"glyf", Some((glyf, _))) => glyf.clone(),
            (b"loca", Some((_, loca))) => loca.clone(),
            (b"cmap", _) => cmap::build(&map),
            (b"name", _) => match reserved {
                Some(word) => names::renamed(table, word)?,
                None => continue,
            },
            _ => continue,
        };
        *table = Cow::Owned(new);
    }
    has_outlines.then(|| sfnt::build(version, tables))
}

/// The glyphs of the characters with all that the features make of them.
fn closure(font: &FontRef<'_>, map: &BTreeMap<char, u16>) -> Option<BTreeSet<u16>> {
    let mut glyphs: IntSet<GlyphId> =
        map.values().map(|gid| GlyphId::from(*gid)).chain([GlyphId::NOTDEF]).collect();
    if let Ok(gsub) = font.gsub() {
        let lookups = feature_lookups(&gsub)?;
        gsub.closure_glyphs(&lookups, &mut glyphs).ok()?;
    }
    Some(glyphs.iter().filter_map(|g| u16::try_from(g.to_u32()).ok()).collect())
}

fn feature_lookups(gsub: &Gsub<'_>) -> Option<IntSet<u16>> {
    let wanted: IntSet<Tag> = FEATURES.iter().map(|tag| Tag::new(tag)).collect();
    let features = gsub.collect_features(&IntSet::all(), &IntSet::all(), &wanted).ok()?;
    gsub.collect_lookups(&features).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FontBook;

    fn face(name: &str) -> FontFace {
        let book = FontBook::shipped();
        book.iter().find(|(_, f)| f.postscript_name == name).map(|(_, f)| f.clone()).expect(name)
    }

    fn cut_face(name: &str, chars: &str) -> (FontFace, FontFace) {
        let face = face(name);
        let reserved = names::reserved_word(&face);
        let bytes = cut(&face, &chars.chars().collect(), reserved.as_deref()).expect("cut");
        (face, FontFace::parse(bytes.into()).expect("a font"))
    }

    fn outline(face: &FontFace, gid: u16) -> usize {
        struct Count(usize);
        impl skrifa::outline::OutlinePen for Count {
            fn move_to(&mut self, _: f32, _: f32) {
                self.0 += 1;
            }
            fn line_to(&mut self, _: f32, _: f32) {
                self.0 += 1;
            }
            fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
                self.0 += 1;
            }
            fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
                self.0 += 1;
            }
            fn close(&mut self) {
                self.0 += 1;
            }
        }
        let size = skrifa::instance::Size::unscaled();
        let mut count = Count(0);
        let font = face.font_ref();
        let outlines = font.outline_glyphs();
        let glyph = outlines.get(GlyphId::from(gid)).expect("a glyph");
        let location = skrifa::instance::LocationRef::default();
        glyph.draw((size, location), &mut count).expect("drawn");
        count.0
    }

    #[test]
    fn what_is_used_is_drawn_as_before_and_the_rest_is_gone() {
        for name in ["LibertinusSerif-Italic", "SourceSans3-Semibold", "SourceCodePro-Regular"] {
            let (whole, cut) = cut_face(name, "Tower fi");
            for c in "Tower fi".chars() {
                let gid = whole.glyph(c).expect("a glyph");
                assert_eq!(cut.glyph(c), Some(gid), "{name} {c}");
                assert_eq!(outline(&cut, gid), outline(&whole, gid), "{name} {c}");
            }
            let gone = whole.glyph('Q').expect("a glyph");
            assert_eq!(outline(&cut, gone), 0);
            assert_eq!(cut.glyph('Q'), None);
        }
    }

    #[test]
    fn ligatures_and_small_capitals_stay() {
        let (whole, cut) = cut_face("LibertinusSerif-Regular", "fi");
        let font = whole.font_ref();
        let map = BTreeMap::from(['f', 'i'].map(|c| (c, whole.glyph(c).expect("a glyph"))));
        let glyphs = closure(&font, &map).expect("closed");
        assert!(glyphs.len() >= 6, "f, i, fi, ff, ffi, small capitals: {glyphs:?}");
        assert!(glyphs.iter().all(|gid| outline(&cut, *gid) == outline(&whole, *gid)));
    }

    #[test]
    fn a_reserved_name_is_not_used_for_a_cut_font() {
        let (_, sans) = cut_face("SourceSans3-Regular", "abc");
        assert_eq!(sans.family, "Binder Sans 3");
        assert_eq!(sans.postscript_name, "BinderSans3-Regular");
        let (_, serif) = cut_face("LibertinusSerif-Regular", "abc");
        assert_eq!(serif.family, "Libertinus Serif");
        assert_eq!(serif.style, FaceStyle::default());
    }
}
