//! What HTML holds that is not HTML: drawings, formulas, sound and films.
//!
//! A drawing becomes a picture, its source taken from the text as it is. A
//! formula becomes the TeX it carries, or else its letters. Of sound and films
//! a link is left.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::element::{self, ElementKind};
use super::html::{self, Tag, TokenKind};
use super::node::{Kind, Node, clean, is_white};
use super::{Builder, Opened, Range};
use crate::diag::{Code, Diagnostic};
use crate::manuscript::files::data_url;
use crate::model::Attrs;
use crate::source::Span;

impl Builder<'_> {
    /// An element whose content is not read as text. What is in it is passed
    /// over up to its end tag. Without one only its tag is.
    pub fn hiding_tag(&mut self, tag: &Tag, range: Range, attrs: Attrs) {
        let span = self.origin.span(range.clone());
        let end = if tag.closed { Some(range.end) } else { self.reach.end_of(range.start) };
        if end.is_none() {
            let message = format!("`<{}>` is never closed in its section", tag.name);
            let hint = format!("Only its tag was left out. End it with `</{}>`.", tag.name);
            self.dropped(span, &message, &hint);
        }
        let content = range.end..end.unwrap_or(range.end);
        match element::classify(tag) {
            ElementKind::Media(kind) => {
                let kind = self.with_source(kind, range.end, end);
                self.media(&tag.name, kind, span);
            }
            ElementKind::Element(Kind::Drawing) => {
                if let Some(end) = end {
                    self.drawing(tag, range.start..end, attrs);
                }
            }
            ElementKind::Element(kind @ Kind::Formula(_)) if end.is_some() && !tag.closed => {
                self.formula(kind, content.clone(), span, attrs);
            }
            ElementKind::Dropped if end.is_some() => {
                let message = format!("`<{}>` was dropped with its content", tag.name);
                self.dropped(span, &message, "It isn't text, and a book can't run it.");
            }
            _ => {}
        }
        self.hidden_until = self.hidden_until.max(content.end);
    }

    /// Makes a picture of a drawing.
    fn drawing(&mut self, tag: &Tag, range: Range, attrs: Attrs) {
        let span = self.origin.span(range.clone());
        let hidden = tag.get("aria-hidden") == Some("true")
            || matches!(tag.get("role"), Some("presentation" | "none"));
        let label = if hidden { Some("") } else { tag.get("aria-label") };
        let label = label.map(|label| clean(label.trim()));
        let source = with_namespaces(self.text.get(range).unwrap_or(""));
        if is_well_formed(&source) {
            let picture = Kind::HtmlImage {
                alt: label.or_else(|| title_of(&source)),
                dest: data_url::write("image/svg+xml", &source),
                title: String::new(),
                width: None,
            };
            self.leaf_with(picture, span, attrs);
        } else {
            let message = "this drawing was dropped: it isn't well-formed XML";
            self.dropped(span, message, "Save it as an .svg file and include it as a picture.");
        }
    }

    /// Reads a formula in MathML, as it stands in the text.
    fn formula(&mut self, kind: Kind, content: Range, span: Span, attrs: Attrs) {
        let depth = self.stack.len();
        let mut node = Node::new(kind, span);
        node.attrs = attrs;
        self.open(node, Opened::Html("math".to_owned()));
        let html = self.text.get(content.clone()).unwrap_or("").to_owned();
        self.inline_html(&html, content.start);
        while self.stack.len() > depth {
            self.close();
        }
    }

    /// A film or sound with its address, which may stand in the elements in it:
    /// up to its end, or up to a blank line if it has none.
    fn with_source(&self, kind: Kind, start: usize, end: Option<usize>) -> Kind {
        let Kind::Media { src: None, title } = kind else { return kind };
        let rest = self.text.get(start..end.unwrap_or(self.text.len())).unwrap_or("");
        let within = rest.split("\n\n").next().filter(|_| end.is_none()).unwrap_or(rest);
        let src = html::tokens(within).into_iter().find_map(|token| match token.kind {
            TokenKind::Open(tag) if tag.name == "source" => {
                tag.get("src").map(|src| src.trim().to_owned()).filter(|src| !src.is_empty())
            }
            _ => None,
        });
        Kind::Media { src, title }
    }

    /// Adds a film, sound or frame, of which a link is left.
    pub fn media(&mut self, name: &str, kind: Kind, span: Span) {
        let message = match &kind {
            Kind::Media { src: None, .. } => format!("`<{name}>` was dropped: it has no address"),
            _ => format!("`<{name}>` became a link to its source"),
        };
        self.dropped(span, &message, "A book can't play it.");
        self.leaf(kind, span);
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

    /// Says what of the HTML is not in the book.
    pub fn dropped(&mut self, span: Span, message: &str, hint: &str) {
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
