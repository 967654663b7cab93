//! Pictures and figures.

use super::picture_lines::Part;
use super::{Lower, captions, parse_line};
use crate::manuscript::dialects::Dialect;
use crate::manuscript::markdown::tree::{self, Kind, Node, is_picture, is_white};
use crate::manuscript::markdown::{Origin, ParsedNote};
use crate::model::{Alt, Attrs, Block, BlockKind, Image, ImageId, Inline, InlineKind, plain_text};
use crate::source::Span;

impl Lower<'_> {
    /// Pictures with their caption. What else is in a figure stays beside it.
    pub(super) fn figure(&mut self, nodes: Vec<Node>, span: Span, attrs: Attrs) -> Vec<Block> {
        let mut parts = Figure::default();
        parts.collect(nodes);
        let mut caption = self.line(parts.caption);
        let mut images = Vec::new();
        for node in parts.pictures {
            let title = match &node.kind {
                Kind::Image { title, .. } | Kind::HtmlImage { title, .. } => title.clone(),
                _ => String::new(),
            };
            if !title.trim().is_empty() {
                let line = self.title(title.trim(), node.span);
                if !caption.is_empty() {
                    caption.push(Inline::new(InlineKind::SoftBreak, node.span));
                }
                caption.extend(line);
            }
            images.extend(self.image(node));
        }
        let mut rest = self.blocks(parts.rest);
        if images.is_empty() {
            if let [Block { kind: BlockKind::Table(table), attrs: own, .. }] = rest.as_mut_slice() {
                table.caption.append(&mut caption);
                captions::add(own, &attrs);
            }
            if !caption.is_empty() {
                rest.push(Block::new(BlockKind::Paragraph(caption), span));
            }
            return rest;
        }
        let mut block = Block::new(BlockKind::Figure { images, caption }, span);
        block.attrs = attrs;
        let mut out = vec![block];
        out.append(&mut rest);
        out
    }

    /// A paragraph that has lines of pictures; its attributes are those of its
    /// first part.
    pub(super) fn picture_lines(
        &mut self,
        parts: Vec<Part>,
        span: Span,
        attrs: &Attrs,
    ) -> Vec<Block> {
        let mut out = Vec::new();
        for part in parts {
            let mut own = if out.is_empty() { attrs.clone() } else { Attrs::default() };
            out.extend(match part {
                Part::Words(words) => self.paragraph(words, own),
                Part::Figure { pictures, caption, attrs } => {
                    captions::add(&mut own, &attrs);
                    let mut nodes = pictures;
                    if !caption.is_empty() {
                        let mut node = Node::new(Kind::Caption, span);
                        node.children = caption;
                        nodes.push(node);
                    }
                    self.figure(nodes, span, own)
                }
            });
        }
        out
    }

    /// A line in which pictures can't have their captions below them, as in a
    /// cell: the captions follow the words.
    pub(super) fn line_with_captions(&mut self, nodes: Vec<Node>) -> Vec<Inline> {
        let titles: Vec<(String, Span)> = nodes
            .iter()
            .filter_map(|node| match &node.kind {
                Kind::Image { title, .. } | Kind::HtmlImage { title, .. } => {
                    Some((title.trim().to_owned(), node.span))
                        .filter(|(title, _)| !title.is_empty())
                }
                _ => None,
            })
            .collect();
        let mut line = self.line(nodes);
        for (title, span) in titles {
            line.push(Inline::new(InlineKind::SoftBreak, span));
            line.extend(self.title(&title, span));
        }
        line
    }

    /// A picture's title as the words of its caption, where marks find the
    /// notes of the file: the parser knows a mark by its note, so the notes
    /// are named to it anew.
    fn title(&mut self, title: &str, span: Span) -> Vec<Inline> {
        let marked = |note: &&ParsedNote| title.contains(&format!("[^{}]", note.label));
        let labels: Vec<&str> =
            self.parsed.notes.iter().filter(marked).map(|note| note.label.as_str()).collect();
        if labels.is_empty() {
            let lang = self.lang();
            return parse_line(title, Origin::Made(span), &lang, self.diagnostics);
        }
        let notes: String = labels.iter().map(|label| format!("\n\n[^{label}]: -")).collect();
        let text = format!("{title}{notes}");
        let nodes = tree::build(&Dialect::default(), &text, Origin::Made(span), self.diagnostics);
        let words = nodes.into_iter().find(|node| node.kind == Kind::Paragraph);
        words.map_or_else(Vec::new, |paragraph| self.line(paragraph.children))
    }

    /// A picture, with its use noted.
    pub(super) fn image(&mut self, node: Node) -> Option<Image> {
        let (dest, alt, width) = match node.kind {
            Kind::Image { dest, width, .. } => {
                let words = self.line(node.children);
                let alt = plain_text(&words).trim().to_owned();
                (dest, if alt.is_empty() { Alt::Missing } else { Alt::Text(alt) }, width)
            }
            Kind::HtmlImage { dest, alt, width, .. } => {
                let alt = match alt.as_deref().map(str::trim) {
                    None => Alt::Missing,
                    Some("") => Alt::Decorative,
                    Some(alt) => Alt::Text(alt.to_owned()),
                };
                (dest, alt, width)
            }
            _ => return None,
        };
        let source = ImageId(u32::try_from(self.parsed.pictures.len()).unwrap_or(u32::MAX));
        self.parsed.pictures.push(dest);
        Some(Image { source, alt, width, span: node.span })
    }
}

/// The parts of a figure.
#[derive(Default)]
struct Figure {
    pictures: Vec<Node>,
    caption: Vec<Node>,
    rest: Vec<Node>,
}

impl Figure {
    fn collect(&mut self, nodes: Vec<Node>) {
        for node in nodes {
            let white = is_white(&node);
            match node.kind {
                Kind::Image { .. } | Kind::HtmlImage { .. } => self.pictures.push(node),
                Kind::Caption => self.caption.extend(node.children),
                Kind::Skip => {}
                // Between words it parts them.
                _ if white && !self.rest.is_empty() => self.rest.push(node),
                _ if white => {}
                Kind::Link(_) if is_picture(&node) => self.collect(node.children),
                Kind::Paragraph | Kind::Transparent | Kind::Div | Kind::Span(_) | Kind::Figure
                    if node
                        .children
                        .iter()
                        .all(|c| is_white(c) || is_picture(c) || c.kind == Kind::Caption) =>
                {
                    self.collect(node.children);
                }
                _ => self.rest.push(node),
            }
        }
    }
}
