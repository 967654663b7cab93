//! A viewer's arithmetic: where the glyphs of a page stand (ISO 32000-1, 9.4.4).

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object};

use crate::support::dict;

/// A glyph that was drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    pub cid: u16,
    pub x: f64,
    pub y: f64,
    pub text: String,
}

/// A font as the file has it.
pub struct Font {
    pub widths: Vec<f64>,
    pub texts: BTreeMap<u16, String>,
}

pub fn number(object: &Object) -> f64 {
    match object {
        Object::Integer(n) => *n as f64,
        Object::Real(n) => f64::from(*n),
        other => panic!("no number: {other:?}"),
    }
}

/// All fonts of a document by their resource names.
pub fn fonts(document: &Document) -> BTreeMap<String, Font> {
    let page = document.get_pages()[&1];
    let fonts = document.get_page_fonts(page).expect("fonts");
    fonts
        .into_iter()
        .map(|(name, font)| {
            let descendants = font.get(b"DescendantFonts").and_then(Object::as_array);
            let cid_font = descendants.expect("a font")[0].as_dict().expect("a font");
            let widths = cid_font.get(b"W").and_then(Object::as_array).expect("widths");
            assert_eq!(number(&widths[0]), 0.0);
            let widths = widths[1].as_array().expect("widths").iter().map(number).collect();
            let texts = to_unicode(document, font);
            (String::from_utf8_lossy(&name).into_owned(), Font { widths, texts })
        })
        .collect()
}

fn to_unicode(document: &Document, font: &lopdf::Dictionary) -> BTreeMap<u16, String> {
    let id = font.get(b"ToUnicode").and_then(Object::as_reference).expect("a CMap");
    let stream = document.get_object(id).and_then(Object::as_stream).expect("a CMap");
    let cmap = String::from_utf8(stream.decompressed_content().expect("a CMap")).expect("ASCII");
    let entry = |line: &str| {
        let (cid, text) = line.strip_prefix('<')?.strip_suffix('>')?.split_once("><")?;
        let units: Vec<u16> = (0..text.len() / 4)
            .map(|i| u16::from_str_radix(&text[i * 4..i * 4 + 4], 16).expect("hexadecimal"))
            .collect();
        let cid = u16::from_str_radix(cid, 16).expect("hexadecimal");
        Some((cid, String::from_utf16(&units).expect("UTF-16")))
    };
    cmap.lines().filter_map(entry).filter(|(cid, _)| *cid != 0).collect()
}

/// The glyphs of a page in the order they are drawn.
pub fn glyphs(document: &Document, page: u32) -> Vec<Drawn> {
    let fonts = fonts(document);
    let content = document.get_page_content(document.get_pages()[&page]);
    let mut out = Vec::new();
    let mut viewer = Viewer::default();
    for Operation { operator, operands } in Content::decode(&content).expect("operators").operations
    {
        let at = |i: usize| number(&operands[i]);
        match operator.as_str() {
            "BT" => (viewer.line, viewer.pen) = ((0.0, 0.0), 0.0),
            "Td" => {
                viewer.line = (viewer.line.0 + at(0), viewer.line.1 + at(1));
                viewer.pen = 0.0;
            }
            "Tf" => {
                let name = operands[0].as_name().expect("a name");
                viewer.font = String::from_utf8_lossy(name).into_owned();
                viewer.size = at(1);
            }
            "Tz" => viewer.scaling = at(0) / 100.0,
            "Ts" => viewer.rise = at(0),
            "TJ" => viewer.show(&fonts, &operands[0], &mut out),
            _ => {}
        }
    }
    out
}

struct Viewer {
    line: (f64, f64),
    pen: f64,
    font: String,
    size: f64,
    scaling: f64,
    rise: f64,
}

impl Default for Viewer {
    fn default() -> Self {
        let font = String::new();
        Viewer { line: (0.0, 0.0), pen: 0.0, font, size: 0.0, scaling: 1.0, rise: 0.0 }
    }
}

impl Viewer {
    fn show(&mut self, fonts: &BTreeMap<String, Font>, array: &Object, out: &mut Vec<Drawn>) {
        let font = &fonts[&self.font];
        for item in array.as_array().expect("an array") {
            match item {
                Object::String(bytes, _) => {
                    for code in bytes.chunks(2) {
                        let cid = u16::from(code[0]) << 8 | u16::from(code[1]);
                        let (x, y) = (self.line.0 + self.pen, self.line.1 + self.rise);
                        let text = font.texts[&cid].clone();
                        out.push(Drawn { cid, x, y, text });
                        let width = font.widths[usize::from(cid)];
                        self.pen += width / 1000.0 * self.size * self.scaling;
                    }
                }
                adjustment => {
                    self.pen -= number(adjustment) / 1000.0 * self.size * self.scaling;
                }
            }
        }
    }
}

/// The dictionary of a page.
pub fn page(document: &Document, number: u32) -> &lopdf::Dictionary {
    document.get_dictionary(document.get_pages()[&number]).expect("a page")
}

/// An entry of the catalog that is a dictionary.
pub fn catalog<'a>(document: &'a Document, key: &str) -> &'a lopdf::Dictionary {
    dict(document, document.catalog().expect("a catalog"), key)
}
