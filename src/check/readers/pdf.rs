//! The PDF as words, by its structure tree.

use crate::check::streams::{FORMULA, Note, Streams};
use crate::check::words::{At, Words};
use crate::pdf::{Element, Kid, PdfError, read as read_tree};

/// What each chapter of a PDF says, in the order of its structure.
///
/// # Errors
/// If it can't be read or has no structure.
pub(in crate::check) fn read(bytes: &[u8]) -> Result<Vec<Streams>, PdfError> {
    let root = read_tree(bytes)?;
    let mut sections = Vec::new();
    collect(&root, &mut sections);
    Ok(sections.into_iter().map(streams).collect())
}

/// The outermost sections.
fn collect<'a>(element: &'a Element, out: &mut Vec<&'a Element>) {
    for kid in &element.kids {
        match kid {
            Kid::Element(element) if element.role == "Sect" => out.push(element),
            Kid::Element(element) => collect(element, out),
            Kid::Text(_) => {}
        }
    }
}

fn streams(section: &Element) -> Streams {
    let mut reader = Reader { out: Streams::default(), note: false, caption: false };
    reader.kids(section);
    reader.out.finish();
    // Notes follow the pages; the numbers say their order.
    reader.out.notes.sort_by_key(|note| note.number);
    reader.out
}

struct Reader {
    out: Streams,
    /// Within a note, which is the last of the list.
    note: bool,
    /// Within a caption.
    caption: bool,
}

impl Reader {
    fn to(&mut self) -> &mut Words {
        let Streams { flow, captions, notes, .. } = &mut self.out;
        match notes.last_mut().filter(|_| self.note) {
            Some(note) => &mut note.words,
            None if self.caption => captions,
            None => flow,
        }
    }

    fn kids(&mut self, element: &Element) {
        for kid in &element.kids {
            match kid {
                Kid::Text(text) => self.to().text(text, At::Unknown),
                Kid::Element(kid) => self.element(kid, &element.role),
            }
        }
    }

    /// An element within one of a role.
    fn element(&mut self, element: &Element, parent: &str) {
        match element.role.as_str() {
            // These go on with the word before them.
            "Span" | "Link" | "Code" if !is_block(element) => self.kids(element),
            // Code at the beginning of a paragraph is no listing.
            "Code" if matches!(parent, "P" | "Span" | "Link" | "TD" | "TH") => self.kids(element),
            "Reference" => self.to().boundary(),
            "TOC" => {}
            "Figure" => {
                let alt = element.alt.as_deref().unwrap_or("");
                self.out.pictures.text(alt, At::Unknown);
                self.out.pictures.boundary();
                self.block(element);
            }
            "Formula" => {
                self.to().boundary();
                self.to().text(FORMULA, At::Unknown);
                self.to().boundary();
            }
            "Note" => {
                let outer = std::mem::replace(&mut self.note, true);
                let number = number(element);
                self.out.notes.push(Note { number, ..Note::default() });
                for kid in &element.kids {
                    match kid {
                        Kid::Element(label) if label.role == "Lbl" => {}
                        Kid::Element(kid) => self.element(kid, &element.role),
                        Kid::Text(text) => self.to().text(text, At::Unknown),
                    }
                }
                self.to().boundary();
                self.note = outer;
            }
            "Caption" => {
                let outer = std::mem::replace(&mut self.caption, true);
                self.block(element);
                self.caption = outer;
            }
            _ => self.block(element),
        }
    }

    fn block(&mut self, element: &Element) {
        self.to().boundary();
        self.kids(element);
        self.to().boundary();
    }
}

/// Whether an element that may stand in a line holds lines of its own: a
/// listing, a line of verse.
fn is_block(element: &Element) -> bool {
    let first = element.kids.first();
    let begins_a_line = |text: &String| text.starts_with(crate::pdf::LINE_END);
    element.role != "Link"
        && match first {
            Some(Kid::Text(text)) => begins_a_line(text),
            Some(Kid::Element(_)) | None => false,
        }
}

/// The number in a note's label.
fn number(note: &Element) -> u32 {
    fn digits(element: &Element, out: &mut String) {
        for kid in &element.kids {
            match kid {
                Kid::Text(text) => out.extend(text.chars().filter(char::is_ascii_digit)),
                Kid::Element(element) => digits(element, out),
            }
        }
    }
    let mut text = String::new();
    let label = note.kids.iter().find_map(|kid| match kid {
        Kid::Element(element) if element.role == "Lbl" => Some(element),
        Kid::Element(_) | Kid::Text(_) => None,
    });
    if let Some(label) = label {
        digits(label, &mut text);
    }
    text.parse().unwrap_or(0)
}
