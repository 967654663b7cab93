//! Fonts: what the pages use of each face, cut down to that.
//!
//! 1. [`Fonts::collect`] counts which glyphs stand for which text and subsets
//!    every face, in parallel.
//! 2. printpdf makes the font objects from the subsets.
//! 3. [`Fonts::finish`] rewrites what printpdf cuts short: widths are exact to
//!    a thousandth of a unit, and the way from glyphs back to text
//!    (`ToUnicode`, ISO 32000-1, 9.10.3) takes ligatures whole.

use std::collections::BTreeMap;
use std::fmt::Write;

use lopdf::{Dictionary, Document, Object, ObjectId};
use printpdf::{FontId, ParsedFont, PdfFont};
use rayon::prelude::*;
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use subsetter::{GlyphRemapper, subset};

use super::clusters::clusters;
use super::input::PdfError;
use super::syntax::{name, real, stream};
use crate::hash::hash128;
use crate::page::{GlyphRun, Item, Pages};
use crate::text::{FaceId, FontBook, FontFace, Weight};

/// What stands for nothing that can be said: a zero-width space, so that every
/// glyph has a text (ISO 14289-1, 7.21.7) and copying it adds nothing.
const NOTHING: &str = "\u{200b}";

/// The faces in use.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    faces: BTreeMap<FaceId, Face>,
}

/// A face in use, cut down to its glyphs in use.
#[derive(Debug)]
pub(super) struct Face {
    resource: String,
    base_name: String,
    /// The number in the subset, by the number in the face; zero for none.
    cids: Vec<u16>,
    /// The glyphs of the subset in order, `.notdef` first.
    glyphs: Vec<SubsetGlyph>,
    program: Vec<u8>,
    descriptor: Descriptor,
}

#[derive(Debug)]
struct SubsetGlyph {
    /// In 1/1000 em, to a thousandth.
    width: f64,
    text: String,
}

/// Measures of a face in 1/1000 em (ISO 32000-1, 9.8).
#[derive(Debug)]
struct Descriptor {
    ascent: f64,
    descent: f64,
    cap_height: f64,
    x_height: f64,
    italic_angle: f64,
    bbox: [f64; 4],
    flags: i64,
    stem: f64,
}

impl Fonts {
    /// Subsets the faces that the pages use.
    ///
    /// # Errors
    /// If a face can't be subset.
    pub(super) fn collect(pages: &Pages, book: &FontBook) -> Result<Fonts, PdfError> {
        let mut used: BTreeMap<FaceId, Usage<'_>> = BTreeMap::new();
        for item in pages.pages.iter().flat_map(|page| &page.items) {
            if let Item::Glyphs(run) = item {
                used.entry(run.face).or_default().count(run);
            }
        }
        let count = book.iter().count();
        let faces = used
            .into_par_iter()
            .filter(|(id, usage)| usize::from(id.0) < count && !usage.is_empty())
            .map(|(id, usage)| Ok((id, Face::subset(id, book.face(id), usage)?)))
            .collect::<Result<_, PdfError>>()?;
        Ok(Fonts { faces })
    }

    /// A face, if it is in use.
    pub(super) fn get(&self, id: FaceId) -> Option<&Face> {
        self.faces.get(&id)
    }

    /// The faces as printpdf takes them, with the glyphs of each.
    ///
    /// # Errors
    /// If printpdf can't read a subset.
    pub(super) fn for_printpdf(&self) -> Result<Vec<(FontId, PdfFont, Vec<u16>)>, PdfError> {
        self.faces
            .values()
            .map(|face| {
                let mut font = ParsedFont::from_bytes(&face.program, 0, &mut Vec::new())
                    .ok_or_else(|| PdfError(format!("{} can't be embedded", face.base_name)))?;
                font.font_name = Some(face.base_name.clone());
                let cids = (0..face.glyphs.len()).filter_map(|cid| u16::try_from(cid).ok());
                Ok((FontId(face.resource.clone()), PdfFont::new(font), cids.collect()))
            })
            .collect()
    }

    /// Completes the font objects that printpdf has made, found in the font
    /// resources by their names.
    pub(super) fn finish(&self, document: &mut Document, resources: &Dictionary) {
        for face in self.faces.values() {
            let Ok(font) = resources.get(face.resource.as_bytes()).and_then(Object::as_reference)
            else {
                continue;
            };
            face.finish(document, font);
        }
    }
}

/// What a face's glyphs stand for: by glyph, each text with how often it is
/// meant by this glyph alone.
#[derive(Debug, Default)]
struct Usage<'a> {
    glyphs: Vec<Option<Vec<(&'a str, u32)>>>,
}

impl<'a> Usage<'a> {
    fn is_empty(&self) -> bool {
        self.glyphs.iter().all(Option::is_none)
    }

    fn has(&self, glyph: u16) -> bool {
        self.glyphs.get(usize::from(glyph)).is_some_and(Option::is_some)
    }

    fn count(&mut self, run: &'a GlyphRun) {
        for cluster in clusters(run) {
            let mut glyphs = run.glyphs.get(cluster.glyphs.clone()).unwrap_or(&[]).iter();
            // With an ActualText beside it, a glyph's own text is of less weight.
            let alone = cluster.glyphs.len() == 1 && run.actual_text.is_none();
            if let Some(first) = glyphs.next() {
                self.add(first.id, cluster.text, u32::from(alone));
            }
            glyphs.for_each(|glyph| self.add(glyph.id, "", 0));
        }
    }

    fn add(&mut self, glyph: u16, text: &'a str, weight: u32) {
        let at = usize::from(glyph);
        if self.glyphs.len() <= at {
            self.glyphs.resize(at + 1, None);
        }
        let Some(slot) = self.glyphs.get_mut(at) else { return };
        let texts = slot.get_or_insert_default();
        match texts.iter_mut().find(|(known, _)| *known == text) {
            Some((_, count)) => *count += weight,
            None if is_sayable(text) => texts.push((text, weight)),
            None => {}
        }
    }
}

/// Whether a text may be given for a glyph (ISO 14289-1, 7.21.7).
fn is_sayable(text: &str) -> bool {
    !text.is_empty() && !text.contains(['\0', '\u{feff}', '\u{fffe}'])
}

impl Face {
    fn subset(id: FaceId, face: &FontFace, usage: Usage<'_>) -> Result<Face, PdfError> {
        let failed =
            |why: &dyn std::fmt::Display| PdfError(format!("{}: {why}", face.postscript_name));
        let font = face.font_ref();
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let per_mille = |units: f64| units * 1000.0 / face.metrics.units_per_em.max(1.0);
        let width = |glyph: u16| {
            let units = f64::from(metrics.advance_width(glyph.into()).unwrap_or(0.0));
            (per_mille(units) * 1000.0).round() / 1000.0
        };
        let said = characters(face, &usage);
        let mut remapper = GlyphRemapper::new();
        let mut cids = vec![0; usage.glyphs.len()];
        let mut glyphs = vec![SubsetGlyph { width: width(0), text: String::from(NOTHING) }];
        for (glyph, texts) in usage.glyphs.into_iter().enumerate().skip(1) {
            let (Some(texts), Ok(glyph)) = (texts, u16::try_from(glyph)) else { continue };
            if glyph >= face_glyphs(face) {
                continue;
            }
            if let Some(cid) = cids.get_mut(usize::from(glyph)) {
                *cid = remapper.remap(glyph);
            }
            // What it means by itself goes before what the face says it is, and
            // that before what it means together with others.
            let text = commonest(&texts, |n| n > 0)
                .or_else(|| said.get(&glyph).cloned())
                .or_else(|| commonest(&texts, |_| true))
                .unwrap_or_else(|| String::from(NOTHING));
            glyphs.push(SubsetGlyph { width: width(glyph), text });
        }
        let program = subset(&face.data, face.index, &remapper).map_err(|e| failed(&e))?;
        let base_name = base_name(&face.postscript_name, &program);
        let descriptor = Descriptor::of(face, &glyphs);
        Ok(Face { resource: format!("F{}", id.0), base_name, cids, glyphs, program, descriptor })
    }

    /// The name of the font in content streams.
    pub(super) fn resource(&self) -> &str {
        &self.resource
    }

    /// The number of a glyph in the subset; `None` for `.notdef`, which must
    /// not be drawn (ISO 19005-2, 6.2.11.8).
    pub(super) fn cid(&self, glyph: u16) -> Option<u16> {
        self.cids.get(usize::from(glyph)).copied().filter(|cid| *cid != 0)
    }

    /// A glyph's width in 1/1000 em as it is written in the file.
    pub(super) fn width(&self, cid: u16) -> f64 {
        self.glyphs.get(usize::from(cid)).map_or(0.0, |g| g.width)
    }

    /// What a glyph stands for.
    pub(super) fn text(&self, cid: u16) -> &str {
        self.glyphs.get(usize::from(cid)).map_or("", |g| &g.text)
    }

    fn finish(&self, document: &mut Document, font: ObjectId) {
        let to_unicode = stream(Dictionary::new(), self.to_unicode().as_bytes());
        let Ok(dict) = document.get_dictionary_mut(font) else { return };
        let unicode = dict.get(b"ToUnicode").and_then(Object::as_reference);
        let mut descriptor = None;
        let descendants = dict.get_mut(b"DescendantFonts").and_then(Object::as_array_mut).ok();
        if let Some(Object::Dictionary(cid_font)) = descendants.and_then(|d| d.first_mut()) {
            let widths = self.glyphs.iter().map(|g| real(g.width)).collect();
            cid_font.set("W", vec![Object::Integer(0), Object::Array(widths)]);
            descriptor = cid_font.get(b"FontDescriptor").and_then(Object::as_reference).ok();
        }
        if let Ok(id) = unicode {
            document.set_object(id, to_unicode);
        }
        let Some(Ok(dict)) = descriptor.map(|id| document.get_dictionary_mut(id)) else { return };
        self.descriptor.write(dict);
        let program = [&b"FontFile3"[..], b"FontFile2"]
            .iter()
            .find_map(|key| dict.get(key).and_then(Object::as_reference).ok());
        if let Some(Ok(Object::Stream(file))) = program.map(|id| document.get_object_mut(id)) {
            let pressed = super::syntax::deflate(&file.content);
            file.dict.set("Filter", name("FlateDecode"));
            file.set_content(pressed);
        }
    }

    /// The CMap from glyphs to text (Adobe Technical Note 5411).
    fn to_unicode(&self) -> String {
        let mut out = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
             /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n\
             /CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n",
        );
        let entries: Vec<_> = self.glyphs.iter().enumerate().skip(1).collect();
        // No more than a hundred entries to a section.
        for section in entries.chunks(100) {
            let _ = writeln!(out, "{} beginbfchar", section.len());
            for (cid, glyph) in section {
                let _ = write!(out, "<{cid:04X}><");
                for unit in glyph.text.encode_utf16() {
                    let _ = write!(out, "{unit:04X}");
                }
                out.push_str(">\n");
            }
            out.push_str("endbfchar\n");
        }
        out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        out
    }
}

fn face_glyphs(face: &FontFace) -> u16 {
    u16::try_from(
        face.font_ref().glyph_metrics(Size::unscaled(), LocationRef::default()).glyph_count(),
    )
    .unwrap_or(u16::MAX)
}

/// The text a glyph stands for most often; of equals the first by spelling.
fn commonest(texts: &[(&str, u32)], counts: impl Fn(u32) -> bool) -> Option<String> {
    let best =
        texts.iter().filter(|(_, n)| counts(*n)).max_by(|(a, n), (b, m)| n.cmp(m).then(b.cmp(a)));
    best.map(|(text, _)| (*text).to_owned())
}

/// What the face itself says the glyphs in use are, the lowest character of each.
fn characters(face: &FontFace, usage: &Usage<'_>) -> BTreeMap<u16, String> {
    let mut out = BTreeMap::new();
    for (character, glyph) in face.font_ref().charmap().mappings() {
        let (Some(c), Ok(glyph)) = (char::from_u32(character), u16::try_from(glyph.to_u32()))
        else {
            continue;
        };
        // A large font has tens of thousands; only those in use matter.
        if usage.has(glyph) && is_sayable(c.encode_utf8(&mut [0; 4])) {
            out.entry(glyph).or_insert_with(|| c.to_string());
        }
    }
    out
}

/// The name of a subset: six letters that differ for other glyphs, a plus, and
/// the face's name (ISO 32000-1, 9.6.4).
fn base_name(postscript_name: &str, program: &[u8]) -> String {
    let tag = hash128(&[program]).into_iter().take(6).map(|b| char::from(b'A' + b % 26));
    let plain = postscript_name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-');
    tag.chain(['+']).chain(plain).collect()
}

impl Descriptor {
    fn of(face: &FontFace, glyphs: &[SubsetGlyph]) -> Descriptor {
        let m = &face.metrics;
        let scale = |units: f64| (units * 1000.0 / m.units_per_em.max(1.0)).round();
        let mut widths = glyphs.iter().skip(1).map(|g| g.width);
        let first = widths.next();
        let fixed_pitch = glyphs.len() > 2 && widths.all(|w| Some(w) == first);
        // Fixed pitch, symbolic (the encoding is our own), italic (9.8.2).
        let flags = i64::from(fixed_pitch) | 1 << 2 | i64::from(face.style.italic) << 6;
        let stem = match face.style.weight {
            Weight::Regular => 85.0,
            Weight::Semibold => 115.0,
            Weight::Bold => 140.0,
        };
        Descriptor {
            ascent: scale(m.ascent),
            descent: scale(m.descent),
            cap_height: scale(m.cap_height),
            x_height: scale(m.x_height),
            italic_angle: m.italic_angle,
            bbox: m.bbox.map(scale),
            flags,
            stem,
        }
    }

    fn write(&self, dict: &mut Dictionary) {
        dict.set("Ascent", real(self.ascent));
        dict.set("Descent", real(self.descent));
        dict.set("CapHeight", real(self.cap_height));
        dict.set("XHeight", real(self.x_height));
        dict.set("ItalicAngle", real(self.italic_angle));
        dict.set("FontBBox", self.bbox.map(real).to_vec());
        dict.set("Flags", self.flags);
        dict.set("StemV", real(self.stem));
    }
}
