//! Words and what is in a line with them.

use std::collections::VecDeque;

use super::Lower;
use super::notes::label_key;
use crate::diag::{Code, Diagnostic};
use crate::manuscript::markdown::inline::is_blank;
use crate::manuscript::markdown::tree::{Kind, Node, is_block, is_white};
use crate::manuscript::smart_punctuation::LITERAL;
use crate::model::{
    Attrs, Inline, InlineKind, LinkTarget, NoteId, RefForm, RubyPart, SpanRole, plain_text,
};
use crate::source::Span;

impl Lower<'_> {
    /// Nodes as inlines; blocks between them become line ends.
    pub fn inlines(&mut self, nodes: Vec<Node>) -> Vec<Inline> {
        let mut out = Vec::new();
        for node in nodes {
            let block = is_block(&node);
            if block && !out.is_empty() {
                out.push(Inline::new(InlineKind::HardBreak, node.span));
            }
            let span = node.span;
            self.inline(node, &mut out);
            if block {
                out.push(Inline::new(InlineKind::HardBreak, span));
            }
        }
        out
    }

    fn inline(&mut self, node: Node, out: &mut Vec<Inline>) {
        let Node { kind, children, span, attrs } = node;
        let kind = match kind {
            Kind::Text(text) => InlineKind::Text(text),
            Kind::Code(text) => InlineKind::code(text),
            Kind::Math(tex, _) => {
                self.check_formula(&tex, span);
                InlineKind::Math(tex)
            }
            Kind::SoftBreak => InlineKind::SoftBreak,
            Kind::HardBreak => InlineKind::HardBreak,
            Kind::NoteMark(label) => self.note_mark(label, span),
            Kind::Emph | Kind::Cite => InlineKind::Emph(self.inlines(children)),
            Kind::Strong => InlineKind::Strong(self.inlines(children)),
            Kind::Strike => InlineKind::Strike(self.inlines(children)),
            Kind::SmallCaps => InlineKind::SmallCaps(self.inlines(children)),
            Kind::Sub => InlineKind::Sub(self.inlines(children)),
            Kind::Sup => InlineKind::Sup(self.inlines(children)),
            Kind::CodeWords(role) => InlineKind::Code(role, self.words(children)),
            Kind::CodeBlock { .. } => InlineKind::code(self.words(children)),
            Kind::Link(dest) => self.link(dest, children),
            Kind::Media { src, title } => match media(src, title) {
                Some((src, words)) if self.links == 0 && src.contains("://") => {
                    let words = vec![Inline::text(words, span)];
                    InlineKind::link(LinkTarget::Written(src), words)
                }
                Some((_, words)) => InlineKind::Text(words),
                None => return,
            },
            Kind::Image { .. } | Kind::HtmlImage { .. } => {
                let node = Node { kind, children, span, attrs: Attrs::default() };
                match self.image(node) {
                    Some(image) => InlineKind::Image(image),
                    None => return,
                }
            }
            Kind::Quoted => return self.between('"', children, '"', span, out),
            Kind::Reading => return self.between('(', children, ')', span, out),
            Kind::Ruby => self.ruby(children),
            Kind::Task(done) => InlineKind::Text(String::from(if done { "☑" } else { "☐" })),
            Kind::Rule | Kind::PageBreak | Kind::Drawing | Kind::Tex | Kind::Skip => return,
            Kind::Span(role) if role != SpanRole::Plain || !attrs.is_empty() => {
                InlineKind::Span(role, self.inlines(children))
            }
            _ => return out.extend(self.inlines(children)),
        };
        let mut inline = Inline::new(kind, span);
        inline.attrs = attrs;
        out.push(inline);
    }

    /// The words of what is in a line, without what is done to them.
    fn words(&mut self, nodes: Vec<Node>) -> String {
        plain_text(&self.inlines(nodes)).replace(LITERAL, "")
    }

    fn between(&mut self, a: char, nodes: Vec<Node>, b: char, span: Span, out: &mut Vec<Inline>) {
        out.push(Inline::text(a, span));
        out.extend(self.inlines(nodes));
        out.push(Inline::text(b, span));
    }

    /// Characters with their readings. A reading belongs to the first
    /// characters that have none yet: to all since the last reading, or to
    /// those of one `rb` after the other (HTML standard, section 4.5.10).
    fn ruby(&mut self, nodes: Vec<Node>) -> InlineKind {
        let mut parts: Vec<RubyPart> = Vec::new();
        let mut bases: VecDeque<Vec<Node>> = VecDeque::new();
        let mut open = false;
        for node in nodes {
            match node.kind {
                Kind::Skip => {}
                Kind::Reading => {
                    let reading = self.reading(node.children);
                    open = false;
                    match (bases.pop_front(), parts.last_mut()) {
                        (Some(base), _) => {
                            parts.push(RubyPart { base: self.inlines(base), reading });
                        }
                        // A second reading of the same characters.
                        (None, Some(last)) if !reading.is_empty() => {
                            last.reading.push(' ');
                            last.reading.push_str(&reading);
                        }
                        // A reading of nothing is a word of the text.
                        (None, None) if !reading.is_empty() => {
                            let base = vec![Inline::text(reading, node.span)];
                            parts.push(RubyPart { base, reading: String::new() });
                        }
                        (None, _) => {}
                    }
                }
                Kind::RubyBase => {
                    bases.push_back(node.children);
                    open = false;
                }
                _ if is_white(&node) && !open => {}
                _ => {
                    if !open {
                        bases.push_back(Vec::new());
                        open = true;
                    }
                    bases.back_mut().into_iter().for_each(|base| base.push(node.clone()));
                }
            }
        }
        for base in bases {
            parts.push(RubyPart { base: self.inlines(base), reading: String::new() });
        }
        if parts.iter().all(|part| part.reading.is_empty()) {
            return InlineKind::group(parts.into_iter().flat_map(|part| part.base).collect());
        }
        InlineKind::Ruby(parts)
    }

    /// The words of a reading. Readings within it follow their characters in
    /// parentheses, since a reading is one line of text.
    fn reading(&mut self, nodes: Vec<Node>) -> String {
        let flat = nodes.into_iter().flat_map(|node| match node.kind {
            Kind::Ruby => node.children,
            _ => vec![node],
        });
        let flat = flat.collect();
        self.words(flat).trim().to_owned()
    }

    fn note_mark(&mut self, label: String, span: Span) -> InlineKind {
        let index = self.labels.get(&label_key(&label)).copied();
        match index.and_then(|index| self.parsed.notes.get_mut(index).map(|note| (index, note))) {
            Some((index, note)) => {
                note.used = true;
                InlineKind::Note(NoteId(u32::try_from(index).unwrap_or(u32::MAX)))
            }
            None => {
                let message = format!("there is no footnote `{label}` in this file");
                let hint = format!("Add it in its own paragraph: `[^{label}]: …`.");
                self.diagnostics.push(Diagnostic::at(Code::NoNote, span, message).hint(hint));
                InlineKind::Text(format!("[^{label}]"))
            }
        }
    }

    /// A link; one within the book that says nothing says its target's title.
    fn link(&mut self, dest: String, children: Vec<Node>) -> InlineKind {
        self.links += 1;
        let content = self.inlines(children);
        self.links -= 1;
        if self.links > 0 {
            return InlineKind::group(content);
        }
        let target = LinkTarget::Written(dest);
        if is_blank(&content) {
            return InlineKind::Ref { target, form: RefForm::Title };
        }
        InlineKind::link(target, content)
    }
}

/// The address and the words of a link to what can't be shown.
fn media(src: Option<String>, title: String) -> Option<(String, String)> {
    let src = src?;
    let words = if title.is_empty() { src.clone() } else { title };
    Some((src, words))
}
