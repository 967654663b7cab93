//! What HTML holds that is not HTML: drawings, formulas, sound and films.
//!
//! A drawing becomes a picture, its source taken from the text as it is. A
//! formula becomes the TeX it carries, or else its letters. Of sound and films
//! a link is left.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::html::Tag;
use super::node::{Kind, Node, clean, is_white};
use super::{Builder, Opened};
use crate::diag::{Code, Diagnostic};
use crate::manuscript::files::data_url;
use crate::source::Span;

/// A drawing that is open.
#[derive(Debug)]
pub(super) struct OpenDrawing {
    /// Where its first tag begins.
    start: usize,
    /// What it shows, if an attribute says.
    label: Option<String>,
    /// The picture it has become, once its end tag was there.
    picture: Option<Kind>,
}

impl Builder<'_> {
    /// Notes where a drawing begins, whose tag has just been opened.
    pub fn drawing_begins(&mut self, tag: &Tag, start: usize) {
        let hidden = tag.get("aria-hidden") == Some("true")
            || matches!(tag.get("role"), Some("presentation" | "none"));
        let label = if hidden { Some("") } else { tag.get("aria-label") };
        let label = label.map(|label| clean(label.trim()));
        self.drawing = Some(OpenDrawing { start, label, picture: None });
    }

    /// Makes a picture of the drawing that ends with a tag.
    pub fn drawing_ends(&mut self, name: &str, end: usize) {
        let Some(drawing) = self.drawing.as_mut().filter(|_| name == "svg") else { return };
        let source = with_namespaces(self.text.get(drawing.start..end).unwrap_or(""));
        if is_well_formed(&source) {
            drawing.picture = Some(Kind::HtmlImage {
                alt: drawing.label.take().or_else(|| title_of(&source)),
                dest: data_url::write("image/svg+xml", &source),
                title: String::new(),
                width: None,
            });
        }
    }

    /// Where a film or sound is, as the elements in it say.
    pub fn source_of_media(&mut self, tag: &Tag) {
        if let Some(frame) = self.stack.last_mut()
            && let Kind::Media { src: src @ None, .. } = &mut frame.node.kind
            && tag.name == "source"
        {
            *src = tag.get("src").map(|src| src.trim().to_owned()).filter(|src| !src.is_empty());
        }
    }

    /// Opens an element of a formula: only those that matter to its letters are
    /// told apart, and what is no formula is left out.
    pub fn formula_part(&mut self, tag: &Tag, span: Span) {
        let tex = tag.get("encoding").is_some_and(|e| e.to_ascii_lowercase().contains("tex"));
        let kind = match tag.name.as_str() {
            "annotation" if tex => Kind::Tex,
            "annotation" | "annotation-xml" | "script" | "style" => Kind::Skip,
            _ => Kind::Transparent,
        };
        if tag.closed {
            return;
        }
        self.open(Node::new(kind, span), Opened::Html(tag.name.clone()));
    }

    /// Makes of a foreign element, which has just been closed, what a book can
    /// have of it.
    pub fn foreign(&mut self, name: &str, node: &mut Node) {
        match &node.kind {
            Kind::Drawing => {
                node.children.clear();
                match self.drawing.take().and_then(|drawing| drawing.picture) {
                    Some(picture) => node.kind = picture,
                    None => {
                        node.kind = Kind::Skip;
                        let message = "this drawing was dropped: it isn't well-formed XML";
                        let hint = "Save it as an .svg file and include it as a picture.";
                        self.dropped(node.span, message, hint);
                    }
                }
            }
            Kind::Formula(set_off) => match tex_in(&node.children) {
                Some(tex) => {
                    node.kind = Kind::Math(tex, *set_off);
                    node.children.clear();
                }
                None => {
                    node.kind = Kind::Transparent;
                    let message = "this formula is shown as plain text";
                    let hint = "Write it in TeX: `$…$`.";
                    self.dropped(node.span, message, hint);
                }
            },
            _ if self.formulas > 0 => shape_formula(name, node),
            _ => {}
        }
    }

    fn dropped(&mut self, span: Span, message: &str, hint: &str) {
        self.diagnostics.push(Diagnostic::at(Code::DroppedHtml, span, message).hint(hint));
    }
}

/// The formula in TeX, as it stands beside its MathML.
fn tex_in(nodes: &[Node]) -> Option<String> {
    nodes.iter().find_map(|node| match node.kind {
        Kind::Tex => {
            let text = node.children.iter().filter_map(|child| match &child.kind {
                Kind::Text(text) => Some(text.as_str()),
                Kind::SoftBreak => Some(" "),
                _ => None,
            });
            let text: String = text.collect();
            Some(text.trim().to_owned()).filter(|text| !text.is_empty())
        }
        _ => tex_in(&node.children),
    })
}

/// Keeps in the letters of a formula what is high, low, or over something.
fn shape_formula(name: &str, node: &mut Node) {
    let shown = |node: &&mut Node| !is_white(node);
    let text = |words: &str| Node::new(Kind::Text(words.to_owned()), node.span);
    match name {
        "msup" | "msub" => {
            if let Some(second) = node.children.iter_mut().filter(shown).nth(1) {
                second.kind = if name == "msup" { Kind::Sup } else { Kind::Sub };
            }
        }
        "mfrac" => {
            let second = node.children.iter().enumerate().filter(|(_, n)| !is_white(n)).nth(1);
            if let Some((at, _)) = second {
                node.children.insert(at, text("/"));
            }
        }
        "msqrt" => {
            node.children.insert(0, text("√("));
            node.children.push(text(")"));
        }
        _ => {}
    }
}

/// The source of a drawing as a file of its own needs it: HTML gives it its
/// namespaces, XML does not.
fn with_namespaces(source: &str) -> String {
    let Some(rest) = source.get(4..) else { return source.to_owned() };
    let tag = rest.split('>').next().unwrap_or("");
    let mut out = String::from("<svg");
    if !tag.contains("xmlns=") {
        out.push_str(" xmlns=\"http://www.w3.org/2000/svg\"");
    }
    if source.contains("xlink:") && !source.contains("xmlns:xlink") {
        out.push_str(" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
    }
    out.push_str(rest);
    out
}

fn is_well_formed(source: &str) -> bool {
    let mut reader = Reader::from_str(source);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return true,
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                if tag.attributes().any(|attribute| attribute.is_err()) {
                    return false;
                }
            }
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// The words of a drawing's title.
fn title_of(source: &str) -> Option<String> {
    let (_, rest) = source.split_once("<title")?;
    let (_, rest) = rest.split_once('>')?;
    let (title, _) = rest.split_once("</title")?;
    let title = clean(super::html::decode(title).trim());
    Some(title).filter(|title| !title.is_empty())
}
