//! A finished PDF read back: what it says, by its structure.
//!
//! This is the way of a screen reader, and none of the writer's code has a part
//! in it: from the structure tree to the marked content it names, from there
//! over the fonts' `ToUnicode` tables or `ActualText` to characters. Furniture
//! (running heads, folios, rules) is no part of the tree and never met.
//!
//! ```text
//! bytes ─► page contents ─► text of each mark ─┐
//!       ─► structure tree ─────────────────────┴─► Element
//! ```

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::input::PdfError;

/// Stands in a text where a line of the page ends. Whether a word ends there is
/// another question: the text has a space or it has none.
pub const LINE_END: char = '\u{2028}';

/// How deep a tree is followed; no book's is deeper, and a damaged one may
/// have no end.
const DEEPEST: usize = 300;

/// An element of the structure tree.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Element {
    /// Its structure type: `P`, `H1`, `Note`.
    pub role: String,
    /// What is said instead of showing it.
    pub alt: Option<String>,
    /// What is in it, in reading order.
    pub kids: Vec<Kid>,
}

/// What is in an element.
#[derive(Debug, Clone, PartialEq)]
pub enum Kid {
    /// Another element.
    Element(Element),
    /// Text, with [`LINE_END`] where it goes on on another line than before.
    Text(String),
}

/// Reads the structure tree of a PDF with its text.
///
/// # Errors
/// If the bytes are no PDF, or one without a structure tree.
pub fn read(bytes: &[u8]) -> Result<Element, PdfError> {
    let document = Document::load_mem(bytes).map_err(|e| PdfError(e.to_string()))?;
    let fault = |what: &str| PdfError(what.to_owned());
    let catalog = document.catalog().map_err(|e| PdfError(e.to_string()))?;
    let root = document
        .get_dict_in_dict(catalog, b"StructTreeRoot")
        .map_err(|_| fault("it has no structure tree"))?;
    let mut fonts = HashMap::new();
    let pages: HashMap<ObjectId, Marks> =
        document.page_iter().map(|page| (page, Marks::of(&document, page, &mut fonts))).collect();
    let mut reader = Reader { document: &document, pages, last: None };
    let mut top = Element { role: "StructTreeRoot".into(), ..Element::default() };
    if let Ok(kids) = root.get(b"K") {
        reader.kids(kids, None, &mut top.kids, 0);
    }
    Ok(top)
}

/// The walk over the tree.
struct Reader<'a> {
    document: &'a Document,
    pages: HashMap<ObjectId, Marks>,
    /// The page and line that was read last.
    last: Option<(ObjectId, i64)>,
}

impl Reader<'_> {
    fn kids(&mut self, kids: &Object, page: Option<ObjectId>, out: &mut Vec<Kid>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        let kids = self.document.dereference(kids).map_or(kids, |(_, object)| object).clone();
        match &kids {
            Object::Array(list) => {
                list.iter().for_each(|kid| self.kids(kid, page, out, depth + 1));
            }
            Object::Integer(mark) => self.text(page, *mark, out),
            Object::Dictionary(dict) => self.dictionary(dict, page, out, depth),
            _ => {}
        }
    }

    fn dictionary(
        &mut self,
        dict: &Dictionary,
        page: Option<ObjectId>,
        out: &mut Vec<Kid>,
        depth: usize,
    ) {
        let page = dict.get(b"Pg").and_then(Object::as_reference).ok().or(page);
        match dict.get(b"S").and_then(Object::as_name) {
            Ok(role) => {
                let role = String::from_utf8_lossy(role).into_owned();
                let alt = dict.get(b"Alt").ok().and_then(said);
                let mut element = Element { role, alt, kids: Vec::new() };
                if let Ok(kids) = dict.get(b"K") {
                    self.kids(kids, page, &mut element.kids, depth + 1);
                }
                out.push(Kid::Element(element));
            }
            Err(_) => {
                if let Ok(mark) = dict.get(b"MCID").and_then(Object::as_i64) {
                    self.text(page, mark, out);
                }
            }
        }
    }

    fn text(&mut self, page: Option<ObjectId>, mark: i64, out: &mut Vec<Kid>) {
        let Some((page, marks)) = page.and_then(|p| Some((p, self.pages.get(&p)?))) else { return };
        let Some(mark) = marks.0.get(&mark) else { return };
        let Some((first, last)) = mark.lines else { return };
        let mut text = String::with_capacity(mark.text.len() + LINE_END.len_utf8());
        if self.last.is_some_and(|last| last != (page, first)) {
            text.push(LINE_END);
        }
        text.push_str(&mark.text);
        self.last = Some((page, last));
        out.push(Kid::Text(text));
    }
}

/// The texts of a page by their numbers.
#[derive(Default)]
struct Marks(BTreeMap<i64, Mark>);

/// A marked text.
#[derive(Default)]
struct Mark {
    text: String,
    /// The first and the last of its baselines, in hundredths of a point; none
    /// if nothing was drawn.
    lines: Option<(i64, i64)>,
}

/// What the codes of a font say.
type Texts = HashMap<u16, String>;

impl Marks {
    fn of(document: &Document, page: ObjectId, known: &mut HashMap<ObjectId, Rc<Texts>>) -> Marks {
        let fonts = page_fonts(document, page, known);
        let content = document.get_page_content(page);
        let operations = Content::decode(&content).map(|c| c.operations).unwrap_or_default();
        let mut drawing = Drawing { fonts, ..Drawing::default() };
        operations.iter().for_each(|operation| drawing.operation(operation));
        drawing.marks
    }
}

/// The fonts of a page by their names.
fn page_fonts(
    document: &Document,
    page: ObjectId,
    known: &mut HashMap<ObjectId, Rc<Texts>>,
) -> HashMap<Vec<u8>, Rc<Texts>> {
    let Ok(fonts) = document.get_page_fonts(page) else { return HashMap::new() };
    fonts
        .into_iter()
        .filter_map(|(name, font)| {
            let id = font.get(b"ToUnicode").and_then(Object::as_reference).ok()?;
            let texts = known.entry(id).or_insert_with(|| Rc::new(to_unicode(document, id)));
            Some((name, Rc::clone(texts)))
        })
        .collect()
}

/// A `ToUnicode` table (ISO 32000-1, 9.10.3) of codes of two bytes.
fn to_unicode(document: &Document, id: ObjectId) -> Texts {
    let stream = document.get_object(id).and_then(Object::as_stream);
    let Ok(bytes) = stream.and_then(lopdf::Stream::decompressed_content) else {
        return Texts::new();
    };
    let table = String::from_utf8_lossy(&bytes);
    let mut texts = Texts::new();
    let mut rest = table.as_ref();
    while let Some((before, after)) = rest.split_once("begin") {
        rest = after;
        let kind = after.split_whitespace().next().unwrap_or("");
        if before.ends_with("end") || !matches!(kind, "bfchar" | "bfrange") {
            continue;
        }
        let section = after.split("endbf").next().unwrap_or("");
        let words: Vec<Vec<u16>> = section.split('<').skip(1).map(code_units).collect();
        if kind == "bfchar" {
            for pair in words.chunks_exact(2) {
                if let [code, text] = pair {
                    texts.insert(first(code), String::from_utf16_lossy(text));
                }
            }
        } else {
            for range in words.chunks_exact(3) {
                if let [from, to, text] = range {
                    ranged(&mut texts, first(from), first(to), text);
                }
            }
        }
    }
    texts
}

fn first(units: &[u16]) -> u16 {
    units.first().copied().unwrap_or(0)
}

/// The hexadecimal digits before `>` as UTF-16.
fn code_units(text: &str) -> Vec<u16> {
    let digits: Vec<u32> =
        text.chars().take_while(|c| *c != '>').filter_map(|c| c.to_digit(16)).collect();
    let units = digits.chunks(4).map(|unit| unit.iter().fold(0, |n, digit| n * 16 + digit));
    units.filter_map(|unit| u16::try_from(unit).ok()).collect()
}

fn ranged(texts: &mut Texts, from: u16, to: u16, text: &[u16]) {
    let Some((last, head)) = text.split_last() else { return };
    for code in from..=to {
        let mut units = head.to_vec();
        units.push(last.wrapping_add(code - from));
        texts.insert(code, String::from_utf16_lossy(&units));
    }
}

/// A content stream as it is drawn.
#[derive(Default)]
struct Drawing {
    fonts: HashMap<Vec<u8>, Rc<Texts>>,
    font: Option<Rc<Texts>>,
    /// Where the line begins, from the bottom, in hundredths of a point.
    line: i64,
    /// The marked content that is open, the innermost last.
    open: Vec<Open>,
    marks: Marks,
}

/// Marked content.
struct Open {
    /// Its number, if it is in the tree.
    id: Option<i64>,
    /// What it says instead of its glyphs.
    said: Option<String>,
    /// Whether the letters of its words are drawn from the end.
    reversed: bool,
    /// What its glyphs say, one after the other.
    glyphs: Vec<String>,
    lines: Option<(i64, i64)>,
}

impl Drawing {
    fn operation(&mut self, operation: &Operation) {
        let operands = operation.operands.as_slice();
        match (operation.operator.as_str(), operands) {
            ("BT", _) => self.line = 0,
            ("Td" | "TD", [_, y]) => self.line += hundredths(y),
            ("Tm", [_, _, _, _, _, y]) => self.line = hundredths(y),
            ("Tf", [Object::Name(name), _]) => self.font = self.fonts.get(name).cloned(),
            ("Tj", [text]) => self.show(text),
            ("TJ", [Object::Array(parts)]) => parts.iter().for_each(|part| self.show(part)),
            ("BMC", _) => self.begin(&Object::Null, &Object::Null),
            ("BDC", [tag, properties]) => self.begin(tag, properties),
            ("EMC", _) => self.end(),
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Object, properties: &Object) {
        let dict = properties.as_dict().ok();
        let entry = |key| dict.and_then(|dict| dict.get(key).ok());
        self.open.push(Open {
            id: entry(b"MCID").and_then(|id| id.as_i64().ok()),
            said: entry(b"ActualText").and_then(said),
            reversed: tag.as_name().is_ok_and(|name| name == b"ReversedChars"),
            glyphs: Vec::new(),
            lines: None,
        });
    }

    fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let text = match open.said {
            Some(said) => said,
            None if open.reversed => turned(&open.glyphs),
            None => open.glyphs.concat(),
        };
        if let Some(id) = open.id {
            let mark = self.marks.0.entry(id).or_default();
            mark.text.push_str(&text);
            mark.lines = mark.lines.map_or(open.lines, |(first, last)| {
                Some((first, open.lines.map_or(last, |(_, last)| last)))
            });
        } else if let Some(around) = self.open.last_mut() {
            around.glyphs.push(text);
            around.lines = around.lines.or(open.lines);
        }
    }

    fn show(&mut self, text: &Object) {
        let (Object::String(bytes, _), Some(open), Some(font)) =
            (text, self.open.last_mut(), &self.font)
        else {
            return;
        };
        let (first, last) = open.lines.unwrap_or((self.line, self.line));
        if last != self.line {
            open.glyphs.push(LINE_END.to_string());
        }
        open.lines = Some((first, self.line));
        for code in bytes.chunks_exact(2) {
            if let [high, low] = code
                && let Some(text) = font.get(&u16::from_be_bytes([*high, *low]))
            {
                open.glyphs.push(text.clone());
            }
        }
    }
}

/// Words in the order they are read, whose letters are drawn from the end.
fn turned(glyphs: &[String]) -> String {
    let is_space = |glyph: &String| glyph.chars().all(char::is_whitespace);
    let words = glyphs.chunk_by(|a, b| is_space(a) == is_space(b));
    words.flat_map(|word| word.iter().rev().map(String::as_str)).collect()
}

fn hundredths(number: &Object) -> i64 {
    number.as_float().map_or(0, |n| (f64::from(n) * 100.0).round() as i64)
}

/// A text string (ISO 32000-1, 7.9.2.2).
fn said(object: &Object) -> Option<String> {
    lopdf::decode_text_string(object).ok()
}
