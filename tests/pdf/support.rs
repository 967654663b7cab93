//! Pages by hand, and the file read back.

use std::path::Path;
use std::sync::Arc;

use bindery::assets::{Asset, AssetKind, Assets};
use bindery::model::{Contributor, ContributorRole, ImageId, Lang, Metadata};
use bindery::page::{
    Artifact, Color, Folio, Glyph, GlyphRun, Item, Link, Page, Pages, Picture, PictureSource,
    Point, Rect, Side, StructId, StructKind, Tag, Target,
};
use bindery::pdf::{OutputProfile, PdfInput, write};
use bindery::text::{FaceId, FaceStyle, FontBook, FontFace, Weight};
use bindery::units::{Pt, Px};
use harfrust::{Feature, ShapeOptions, ShaperData, UnicodeBuffer};
use lopdf::{Dictionary, Document, Object};

/// Everything a PDF is made from, growing.
pub struct Maker {
    pub pages: Pages,
    pub meta: Metadata,
    pub assets: Assets,
    pub fonts: FontBook,
}

pub fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect { x: Pt(x), y: Pt(y), width: Pt(width), height: Pt(height) }
}

impl Maker {
    pub fn new() -> Maker {
        let author = |name: &str| Contributor {
            name: name.into(),
            sort: None,
            role: ContributorRole::Author,
        };
        let meta = Metadata {
            title: "Bread & Roses <i>".into(),
            contributors: vec![author("A. Writer"), author("Žofie Č.")],
            language: Lang::new("en").expect("a language"),
            date: Some("2026-11-22".into()),
            identifier: "urn:x-bindery:test".into(),
            ..Metadata::default()
        };
        let (pages, assets) = (Pages::default(), Assets::default());
        Maker { pages, meta, assets, fonts: FontBook::shipped() }
    }

    pub fn page(&mut self, folio: Folio) -> &mut Self {
        let side = if self.pages.pages.len().is_multiple_of(2) { Side::Recto } else { Side::Verso };
        let size = (Pt(360.0), Pt(540.0));
        self.pages.pages.push(Page { size, folio, side, items: Vec::new(), first_word: None });
        self
    }

    pub fn node(&mut self, parent: StructId, kind: StructKind) -> StructId {
        self.pages.structure.add(parent, kind)
    }

    pub fn serif(&self) -> FaceId {
        self.face("Libertinus Serif", false)
    }

    pub fn face(&self, family: &str, italic: bool) -> FaceId {
        let style = FaceStyle { weight: Weight::Regular, italic };
        self.fonts.select(family, style).expect("a shipped face")
    }

    /// A run on the last page; see [`Maker::shape`].
    pub fn text(&mut self, tag: impl Into<Where>, x: f64, y: f64, text: &str) -> &mut GlyphRun {
        let face = self.serif();
        let run = shape(self.fonts.face(face), face, text, 10.0, &[]);
        self.run(tag, x, y, run)
    }

    pub fn run(&mut self, tag: impl Into<Where>, x: f64, y: f64, run: GlyphRun) -> &mut GlyphRun {
        let run = GlyphRun { tag: tag.into().0, origin: Point { x: Pt(x), y: Pt(y) }, ..run };
        match self.item(Item::Glyphs(run)) {
            Item::Glyphs(run) => run,
            _ => unreachable!("a run was pushed"),
        }
    }

    pub fn item(&mut self, item: Item) -> &mut Item {
        let page = self.pages.pages.last_mut().expect("a page");
        page.items.push(item);
        page.items.last_mut().expect("an item")
    }

    pub fn link(&mut self, tag: impl Into<Where>, rect: Rect, target: Target, contents: &str) {
        let tag = tag.into().0;
        self.item(Item::Link(Link { rect, target, contents: contents.into(), tag }));
    }

    pub fn picture(&mut self, tag: impl Into<Where>, what: PictureSource, rect: Rect) {
        let tag = tag.into().0;
        self.item(Item::Picture(Picture { what, rect, tag }));
    }

    pub fn asset(&mut self, kind: AssetKind, bytes: Vec<u8>, size: (u32, u32)) -> PictureSource {
        let hash = bytes.iter().fold(7u64, |h, b| h.wrapping_mul(31).wrapping_add((*b).into()));
        let size = (Px(size.0), Px(size.1));
        let path = format!("picture-{}", self.assets.images.len());
        self.assets.images.push(Some(Asset {
            path,
            bytes: bytes.into(),
            hash,
            kind,
            size,
            is_placeholder: false,
        }));
        PictureSource::Image(ImageId(self.assets.images.len() as u32 - 1))
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.bytes_for(OutputProfile::Screen)
    }

    pub fn bytes_for(&self, profile: OutputProfile) -> Vec<u8> {
        let Maker { pages, meta, assets, fonts } = self;
        write(&PdfInput { pages, meta, assets, fonts, profile }).expect("a PDF")
    }

    /// Leaves the file for the validators, which no test needs.
    pub fn keep(&self, name: &str) {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(path, self.bytes()).expect("a file");
    }

    pub fn document(&self) -> Document {
        Document::load_mem(&self.bytes()).expect("a PDF that can be read")
    }
}

/// Where a run belongs: a node, or an artifact.
pub struct Where(pub Tag);

impl From<StructId> for Where {
    fn from(id: StructId) -> Where {
        Where(Tag::Node(id))
    }
}

impl From<Artifact> for Where {
    fn from(kind: Artifact) -> Where {
        Where(Tag::Artifact(kind))
    }
}

/// Shapes a text of one direction.
pub fn shape(font: &FontFace, face: FaceId, text: &str, size: f64, features: &[&str]) -> GlyphRun {
    let font_ref = font.font_ref();
    let data = ShaperData::new(&font_ref);
    let shaper = data.shaper(&font_ref).build();
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let features: Vec<Feature> = features.iter().map(|f| f.parse().expect("a feature")).collect();
    let shaped = shaper.shape(buffer, ShapeOptions::new().features(&features));
    let unit = size / font.metrics.units_per_em;
    let (infos, positions) = (shaped.glyph_infos(), shaped.glyph_positions());
    let mut starts: Vec<u32> = infos.iter().map(|i| i.cluster).collect();
    starts.push(text.len() as u32);
    starts.sort_unstable();
    starts.dedup();
    let mut seen = Vec::new();
    let glyphs = infos.iter().zip(positions).map(|(info, position)| {
        let end = starts.iter().copied().find(|s| *s > info.cluster).unwrap_or(info.cluster);
        let first = !seen.contains(&info.cluster);
        seen.push(info.cluster);
        Glyph {
            id: info.glyph_id as u16,
            advance: Pt(f64::from(position.x_advance) * unit),
            dx: Pt(f64::from(position.x_offset) * unit),
            dy: Pt(f64::from(position.y_offset) * unit),
            text: info.cluster..if first { end } else { info.cluster },
        }
    });
    GlyphRun {
        face,
        size: Pt(size),
        stretch: 1.0,
        origin: Point::default(),
        color: Color::Black,
        glyphs: glyphs.collect(),
        text: Arc::from(text),
        actual_text: None,
        lang: None,
        tag: Tag::Artifact(Artifact::Layout),
        source: None,
    }
}

/// A dictionary of a document, by reference or in place.
pub fn dict<'a>(document: &'a Document, dict: &'a Dictionary, key: &str) -> &'a Dictionary {
    let object = dict.get(key.as_bytes()).unwrap_or_else(|_| panic!("{key}"));
    let (_, object) = document.dereference(object).expect("an object");
    match object {
        Object::Stream(stream) => &stream.dict,
        other => other.as_dict().unwrap_or_else(|_| panic!("{key} is a dictionary")),
    }
}

/// The text of a text string.
pub fn string(object: &Object) -> String {
    let bytes = object.as_str().expect("a string");
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(utf16) => {
            let units: Vec<u16> =
                utf16.chunks(2).map(|c| u16::from(c[0]) << 8 | u16::from(c[1])).collect();
            String::from_utf16(&units).expect("UTF-16")
        }
        None => String::from_utf8(bytes.to_vec()).expect("ASCII"),
    }
}
