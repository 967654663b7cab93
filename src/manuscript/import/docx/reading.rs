//! What is known while a document is read.

use std::collections::{BTreeMap, BTreeSet};

use super::DocxError;
use super::lines::Field;
use super::numbering::Lists;
use super::package::{Package, Target};
use super::styles::Styles;
use super::xml::Element;

/// The pictures that books can show, by the endings of their names.
const PICTURES: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "svg"];

/// What a writer is told of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Remark {
    Insertion,
    Deletion,
    Comment,
    Hidden,
    Symbol,
    Formula,
    Drawing,
    MergedCells,
    NestedTable,
    TextBox,
}

impl Remark {
    /// A sentence about so many of them.
    pub fn sentence(self, count: usize) -> String {
        let (one, many, what) = match self {
            Remark::Insertion => ("tracked insertion was", "tracked insertions were", "accepted"),
            Remark::Deletion => ("tracked deletion was", "tracked deletions were", "left out"),
            Remark::Comment => ("comment was", "comments were", "left out"),
            Remark::Hidden => {
                ("piece of hidden text was", "pieces of hidden text were", "left out")
            }
            Remark::Symbol => {
                ("sign of a symbol font was", "signs of symbol fonts were", "replaced; check them")
            }
            Remark::Formula => ("formula was", "formulas were", "turned into TeX; check them"),
            Remark::Drawing => {
                ("drawing was", "drawings were", "left out; save them as PNG or SVG")
            }
            Remark::MergedCells => {
                ("merged cell was", "merged cells were", "followed by empty cells")
            }
            Remark::NestedTable => {
                ("table within a table was", "tables within tables were", "turned into text")
            }
            Remark::TextBox => ("text box was", "text boxes were", "moved into the text"),
        };
        format!("{count} {} {what}", if count == 1 { one } else { many })
    }
}

/// A document being read.
pub(super) struct Reading<'a> {
    pub styles: &'a Styles,
    pub lists: &'a Lists,
    pub relationships: BTreeMap<String, Target>,
    /// The parts that pictures are in.
    pub package: Package<'a>,
    /// The bookmarks that something refers to.
    pub referenced: BTreeSet<String>,
    /// The width of the text in EMU, 914,400 to the inch.
    pub measure: f64,
    /// The fields that are open, the outermost first.
    pub fields: Vec<Field>,
    /// The notes that have a mark, in the order of their marks.
    pub notes: Vec<Mark>,
    /// The pictures by the parts they are in.
    pub pictures: BTreeMap<String, (String, Vec<u8>)>,
    pub remarks: BTreeMap<Remark, usize>,
    pub fault: Option<DocxError>,
}

/// A mark of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// The note's id in its part.
    pub id: String,
    /// Whether it is an endnote.
    pub ending: bool,
    /// What it is called in the text.
    pub label: String,
}

impl Reading<'_> {
    /// Counts something that a writer is told of.
    pub fn remark(&mut self, remark: Remark) {
        *self.remarks.entry(remark).or_default() += 1;
    }

    /// The label of a note that has a mark here.
    pub fn note(&mut self, id: &str, ending: bool) -> Option<String> {
        if let Some(mark) = self.notes.iter().find(|m| m.id == id && m.ending == ending) {
            return Some(mark.label.clone());
        }
        let label = (self.notes.len() + 1).to_string();
        self.notes.push(Mark { id: id.to_owned(), ending, label: label.clone() });
        Some(label)
    }

    /// The path of a picture, which is kept; `None` if no book can show it.
    pub fn picture(&mut self, id: &str) -> Option<String> {
        let target = self.relationships.get(id)?.clone();
        if target.outside {
            return None;
        }
        if let Some((path, _)) = self.pictures.get(&target.target) {
            return Some(path.clone());
        }
        let name = target.target.rsplit('/').next().unwrap_or("");
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        if !PICTURES.contains(&ending.as_str()) {
            return None;
        }
        let bytes = match self.package.bytes(&target.target) {
            Ok(bytes) => bytes?,
            Err(fault) => {
                self.fault.get_or_insert(fault);
                return None;
            }
        };
        let path = format!("images/{}.{ending}", self.pictures.len() + 1);
        self.pictures.insert(target.target, (path.clone(), bytes));
        Some(path)
    }
}

/// The bookmarks that links and fields of a document lead to.
pub(super) fn referenced(element: &Element, out: &mut BTreeSet<String>) {
    if element.name == "w:hyperlink" && element.get("id").is_none() {
        out.extend(element.get("anchor").map(str::to_owned));
    }
    let instruction = match element.name.as_str() {
        "w:instrText" => element.words(),
        "w:fldSimple" => element.get("instr").unwrap_or("").to_owned(),
        _ => String::new(),
    };
    let mut words = instruction.split_whitespace();
    match words.next() {
        Some("REF") => out.extend(words.next().map(str::to_owned)),
        Some("HYPERLINK") if instruction.contains("\\l") => {
            out.extend(instruction.split('"').nth(1).map(str::to_owned));
        }
        _ => {}
    }
    element.children.iter().for_each(|child| referenced(child, out));
}

/// The id of a bookmark's place.
pub(super) fn id_of(bookmark: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    bookmark.trim_start_matches('_').chars().map(plain).collect::<String>().to_lowercase()
}
