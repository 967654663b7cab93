//! From the tree to the model.
//!
//! Blocks and inlines are kept apart in the model and mixed in the tree, since
//! HTML mixes them. Two functions hold the rule: [`Lower::blocks`] makes
//! paragraphs of loose words between blocks, and [`Lower::inlines`] makes line
//! ends of blocks between words. No word is lost either way.

use std::collections::BTreeMap;

use super::tidy;
use super::tree::{Kind, LITERAL, Node};
use super::{Draft, NoteDraft, Origin, parse_line};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Alt, Attrs, Block, BlockKind, Definition, Image, ImageId, Inline, InlineKind, Lang, LinkTarget,
    List, ListItem, NoteId, RefForm, plain_text,
};
use crate::source::Span;

/// The work on one file.
pub(super) struct Lower<'d> {
    /// What has come out so far, but the blocks.
    pub draft: Draft,
    /// The notes by their names, made comparable.
    pub labels: BTreeMap<String, usize>,
    /// The text.
    pub text: &'d str,
    /// Where it stands.
    pub origin: Origin,
    /// The languages of what is open, the innermost last.
    pub langs: Vec<Lang>,
    /// The findings.
    pub diagnostics: &'d mut Diagnostics,
}

impl Lower<'_> {
    /// A whole file: notes first, so that marks find them.
    pub fn file(&mut self, mut nodes: Vec<Node>) -> Vec<Block> {
        let mut texts = Vec::new();
        take_notes(&mut nodes, &mut texts);
        let mut bodies = Vec::new();
        for (label, node) in texts {
            let key = label_key(&label);
            if self.labels.contains_key(&key) {
                let message = format!("the footnote `{label}` is written twice");
                let found =
                    Diagnostic::at(Code::DuplicateId, first_line(node.span, &label), message);
                self.diagnostics.push(found.hint("Give one of them another name."));
                continue;
            }
            self.labels.insert(key, self.draft.notes.len());
            let (span, blocks) = (node.span, Vec::new());
            self.draft.notes.push(NoteDraft { label, blocks, span, used: false });
            bodies.push(node.children);
        }
        let blocks = self.blocks(nodes);
        for (index, body) in bodies.into_iter().enumerate() {
            let blocks = self.blocks(body);
            if let Some(note) = self.draft.notes.get_mut(index) {
                note.blocks = blocks;
            }
        }
        blocks
    }

    /// The language at hand.
    pub fn lang(&self) -> Lang {
        self.langs.last().cloned().unwrap_or_default()
    }

    /// A run of inlines that is read as one.
    pub fn line(&mut self, nodes: Vec<Node>) -> Vec<Inline> {
        let inlines = self.inlines(nodes);
        tidy::line(inlines, &self.lang())
    }

    /// Nodes as blocks; loose words between them become paragraphs.
    pub fn blocks(&mut self, nodes: Vec<Node>) -> Vec<Block> {
        let mut out = Vec::new();
        let mut loose: Vec<Node> = Vec::new();
        let mut id: Option<String> = None;
        for node in nodes {
            if !is_block(&node) {
                loose.push(node);
                continue;
            }
            let mut found = self.paragraph(std::mem::take(&mut loose), Attrs::default());
            found.extend(self.block(node));
            settle(found, &mut id, &mut out);
        }
        let found = self.paragraph(loose, Attrs::default());
        settle(found, &mut id, &mut out);
        out
    }

    /// A node as blocks.
    fn block(&mut self, node: Node) -> Vec<Block> {
        let lang = node.attrs.lang().cloned();
        let pushed = lang.is_some();
        self.langs.extend(lang);
        let out = self.block_in_its_language(node);
        if pushed {
            self.langs.pop();
        }
        out
    }

    fn block_in_its_language(&mut self, node: Node) -> Vec<Block> {
        let Node { kind, children, span, attrs } = node;
        let kind = match kind {
            Kind::Paragraph => return self.paragraph(children, attrs),
            Kind::Heading(level) => {
                let content = self.line(children);
                if tidy::is_blank(&content) {
                    return Vec::new();
                }
                BlockKind::Heading { level, content }
            }
            Kind::Quote(role) => return self.quote(role, children, span, attrs),
            Kind::Verse => return self.verse(children, span, attrs),
            Kind::Admonition(kind) => BlockKind::Admonition { kind, blocks: self.blocks(children) },
            Kind::CodeBlock { lang } => code_block(lang, &children),
            Kind::List(start) => BlockKind::List(self.list(start, children)),
            Kind::Definitions => BlockKind::DefinitionList(self.definitions(children)),
            Kind::Table(columns) => return self.table(columns, children, span, attrs),
            Kind::Figure => return self.figure(children, span, attrs),
            Kind::Rule => BlockKind::SceneBreak,
            Kind::PageBreak => {
                let mut out = vec![Block::new(BlockKind::PageBreak, span)];
                out.extend(self.blocks(children));
                return out;
            }
            Kind::Math(tex, _) => BlockKind::Math(tex),
            Kind::Div if !attrs.is_empty() => BlockKind::Div(self.blocks(children)),
            Kind::Footer if !attrs.is_empty() => BlockKind::Div(self.blocks(children)),
            Kind::Summary => {
                let strong = InlineKind::Strong(self.line(children));
                BlockKind::Paragraph(vec![Inline::new(strong, span)])
            }
            Kind::Caption | Kind::Term => return self.paragraph(children, attrs),
            Kind::Skip => return Vec::new(),
            kind => match self.wrapper(kind, span, &attrs) {
                Some(wrap) => {
                    let mut blocks = self.blocks(children);
                    wrap_paragraphs(&mut blocks, &wrap);
                    return blocks;
                }
                None => return self.blocks(children),
            },
        };
        let mut block = Block::new(kind, span);
        block.attrs = attrs;
        vec![block]
    }

    /// An element of a line around whole blocks: the element to put into each
    /// of their paragraphs instead.
    fn wrapper(&mut self, kind: Kind, span: Span, attrs: &Attrs) -> Option<Inline> {
        let none = Vec::new;
        let kind = match kind {
            Kind::Emph | Kind::Cite => InlineKind::Emph(none()),
            Kind::Strong => InlineKind::Strong(none()),
            Kind::Strike => InlineKind::Strike(none()),
            Kind::SmallCaps => InlineKind::SmallCaps(none()),
            Kind::Link(dest) => {
                InlineKind::Link { target: LinkTarget::Unresolved(dest), content: none() }
            }
            _ => return None,
        };
        let mut inline = Inline::new(kind, span);
        inline.attrs = attrs.clone();
        Some(inline)
    }

    /// Words as a paragraph, pictures alone as a figure, a formula alone as one
    /// that is set off.
    fn paragraph(&mut self, mut nodes: Vec<Node>, attrs: Attrs) -> Vec<Block> {
        if nodes.iter().any(is_block) {
            return self.blocks(nodes);
        }
        let Some(span) = span_of(&nodes) else { return Vec::new() };
        let shows = nodes.iter().filter(|node| !is_white(node)).collect::<Vec<_>>();
        if !shows.is_empty() && shows.iter().all(|node| is_picture(node)) {
            return self.figure(nodes, span, attrs);
        }
        if let [Node { kind: Kind::Math(tex, true), .. }] = shows.as_slice() {
            let mut block = Block::new(BlockKind::Math(tex.clone()), span);
            block.attrs = attrs;
            return vec![block];
        }
        if nodes.iter().all(is_white) {
            nodes.clear();
        }
        let content = self.line(nodes);
        if tidy::is_blank(&content) && attrs.id().is_none() {
            return Vec::new();
        }
        let mut block = Block::new(BlockKind::Paragraph(content), span);
        block.attrs = attrs;
        vec![block]
    }

    /// Pictures with their caption. What else is in a figure stays beside it.
    fn figure(&mut self, nodes: Vec<Node>, span: Span, attrs: Attrs) -> Vec<Block> {
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
                let lang = self.lang();
                let made = Origin::Made(node.span);
                let line = parse_line(title.trim(), made, &lang, self.diagnostics);
                if !caption.is_empty() {
                    caption.push(Inline::new(InlineKind::SoftBreak, node.span));
                }
                caption.extend(line);
            }
            images.extend(self.image(node));
        }
        let mut rest = self.blocks(parts.rest);
        if images.is_empty() {
            if let [Block { kind: BlockKind::Table(table), .. }] = rest.as_mut_slice() {
                table.caption.append(&mut caption);
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

    /// A picture, with its use noted.
    fn image(&mut self, node: Node) -> Option<Image> {
        let (dest, alt) = match node.kind {
            Kind::Image { dest, .. } => {
                let words = self.line(node.children);
                let alt = plain_text(&words).trim().to_owned();
                (dest, if alt.is_empty() { Alt::Missing } else { Alt::Text(alt) })
            }
            Kind::HtmlImage { dest, alt, .. } => {
                let alt = match alt.as_deref().map(str::trim) {
                    None => Alt::Missing,
                    Some("") => Alt::Decorative,
                    Some(alt) => Alt::Text(alt.to_owned()),
                };
                (dest, alt)
            }
            _ => return None,
        };
        let source = ImageId(u32::try_from(self.draft.pictures.len()).unwrap_or(u32::MAX));
        self.draft.pictures.push(dest);
        Some(Image { source, alt, span: node.span })
    }

    fn list(&mut self, start: Option<u64>, nodes: Vec<Node>) -> List {
        let mut items = Vec::new();
        let mut tight = true;
        for node in nodes {
            if is_white(&node) || node.kind == Kind::Skip {
                continue;
            }
            let span = node.span;
            let mut children = if node.kind == Kind::Item { node.children } else { vec![node] };
            tight &= !children.iter().any(|child| child.kind == Kind::Paragraph);
            let checked = take_task(&mut children);
            items.push(ListItem { checked, blocks: self.blocks(children), span });
        }
        List { start, tight, items }
    }

    fn definitions(&mut self, nodes: Vec<Node>) -> Vec<Definition> {
        let mut out: Vec<Definition> = Vec::new();
        let mut flat = Vec::new();
        for node in nodes {
            match node.kind {
                Kind::Div | Kind::Transparent => flat.extend(node.children),
                _ => flat.push(node),
            }
        }
        for node in flat {
            if is_white(&node) || node.kind == Kind::Skip {
                continue;
            }
            let begins = out.last().is_none_or(|last| !last.meanings.is_empty());
            if node.kind == Kind::Term {
                if begins {
                    out.push(Definition { terms: Vec::new(), meanings: Vec::new() });
                }
                let term = self.line(node.children);
                if let Some(last) = out.last_mut() {
                    last.terms.push(term);
                }
                continue;
            }
            let meaning = match node.kind {
                Kind::Meaning => self.blocks(node.children),
                _ => self.blocks(vec![node]),
            };
            if out.is_empty() {
                out.push(Definition { terms: Vec::new(), meanings: Vec::new() });
            }
            if let Some(last) = out.last_mut() {
                last.meanings.push(meaning);
            }
        }
        out
    }

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
            Kind::Code(text) => InlineKind::Code(text),
            Kind::Math(tex, _) => InlineKind::Math(tex),
            Kind::SoftBreak => InlineKind::SoftBreak,
            Kind::HardBreak => InlineKind::HardBreak,
            Kind::NoteMark(label) => self.note_mark(label, span),
            Kind::Emph | Kind::Cite => InlineKind::Emph(self.inlines(children)),
            Kind::Strong => InlineKind::Strong(self.inlines(children)),
            Kind::Strike => InlineKind::Strike(self.inlines(children)),
            Kind::SmallCaps => InlineKind::SmallCaps(self.inlines(children)),
            Kind::Sub => InlineKind::Sub(self.inlines(children)),
            Kind::Sup => InlineKind::Sup(self.inlines(children)),
            Kind::CodeWords | Kind::CodeBlock { .. } => {
                let words = self.inlines(children);
                InlineKind::Code(plain_text(&words).replace(LITERAL, ""))
            }
            Kind::Link(dest) => self.link(dest, children),
            Kind::Image { .. } | Kind::HtmlImage { .. } => {
                let node = Node { kind, children, span, attrs: Attrs::default() };
                match self.image(node) {
                    Some(image) => InlineKind::Image(image),
                    None => return,
                }
            }
            Kind::Quoted => return self.between('"', children, '"', span, out),
            Kind::Reading => return self.between('(', children, ')', span, out),
            Kind::Rule | Kind::PageBreak | Kind::Task(_) | Kind::Skip => return,
            Kind::Span if !attrs.is_empty() => InlineKind::Span(self.inlines(children)),
            _ => return out.extend(self.inlines(children)),
        };
        let mut inline = Inline::new(kind, span);
        inline.attrs = attrs;
        out.push(inline);
    }

    fn between(&mut self, a: char, nodes: Vec<Node>, b: char, span: Span, out: &mut Vec<Inline>) {
        out.push(Inline::text(a, span));
        out.extend(self.inlines(nodes));
        out.push(Inline::text(b, span));
    }

    fn note_mark(&mut self, label: String, span: Span) -> InlineKind {
        let index = self.labels.get(&label_key(&label)).copied();
        match index.and_then(|index| self.draft.notes.get_mut(index).map(|note| (index, note))) {
            Some((index, note)) => {
                note.used = true;
                InlineKind::Note(NoteId(u32::try_from(index).unwrap_or(u32::MAX)))
            }
            None => {
                let message = format!("there is no footnote `{label}` in this file");
                let hint = format!("Write it in a paragraph of its own: `[^{label}]: …`.");
                self.diagnostics.push(Diagnostic::at(Code::NoNote, span, message).hint(hint));
                InlineKind::Text(format!("[^{label}]"))
            }
        }
    }

    /// A link; one within the book that says nothing says its target's title.
    fn link(&mut self, dest: String, children: Vec<Node>) -> InlineKind {
        let content = self.inlines(children);
        let target = LinkTarget::Unresolved(dest);
        if tidy::is_blank(&content) {
            return InlineKind::Ref { target, form: RefForm::Title };
        }
        InlineKind::Link { target, content }
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
                _ if white => {}
                Kind::Link(_) if is_picture(&node) => self.collect(node.children),
                Kind::Paragraph | Kind::Transparent | Kind::Div | Kind::Span | Kind::Figure
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

/// Whether a node is a block, or has one in it.
fn is_block(node: &Node) -> bool {
    match &node.kind {
        Kind::Rule
        | Kind::PageBreak
        | Kind::Paragraph
        | Kind::Heading(_)
        | Kind::Quote(_)
        | Kind::Verse
        | Kind::Admonition(_)
        | Kind::CodeBlock { .. }
        | Kind::List(_)
        | Kind::Item
        | Kind::NoteText(_)
        | Kind::Definitions
        | Kind::Term
        | Kind::Meaning
        | Kind::Table(_)
        | Kind::TableHead
        | Kind::TableRow
        | Kind::Cell(_)
        | Kind::Figure
        | Kind::Caption
        | Kind::Footer
        | Kind::Summary
        | Kind::Div => true,
        Kind::Text(_)
        | Kind::Code(_)
        | Kind::Math(..)
        | Kind::SoftBreak
        | Kind::HardBreak
        | Kind::Task(_)
        | Kind::NoteMark(_)
        | Kind::Image { .. }
        | Kind::HtmlImage { .. }
        | Kind::CodeWords
        | Kind::Skip => false,
        Kind::Transparent
        | Kind::Emph
        | Kind::Strong
        | Kind::Strike
        | Kind::SmallCaps
        | Kind::Sub
        | Kind::Sup
        | Kind::Cite
        | Kind::Quoted
        | Kind::Reading
        | Kind::Link(_)
        | Kind::Span => node.children.iter().any(is_block),
    }
}

/// Whether a node is only space.
pub(super) fn is_white(node: &Node) -> bool {
    match &node.kind {
        Kind::SoftBreak | Kind::HardBreak | Kind::Skip => true,
        Kind::Text(text) => text.trim().is_empty(),
        Kind::Transparent => node.children.iter().all(is_white),
        _ => false,
    }
}

/// Whether a node is a picture, or a link from a picture to a picture.
fn is_picture(node: &Node) -> bool {
    match &node.kind {
        Kind::Image { .. } | Kind::HtmlImage { .. } => true,
        Kind::Link(dest) => {
            let path = dest.split(['?', '#']).next().unwrap_or("").to_ascii_lowercase();
            let kinds = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"];
            kinds.iter().any(|kind| path.ends_with(kind))
                && node.children.iter().any(is_picture)
                && node.children.iter().all(|c| is_picture(c) || is_white(c))
        }
        Kind::Transparent | Kind::Span => {
            node.children.iter().any(is_picture)
                && node.children.iter().all(|c| is_picture(c) || is_white(c))
        }
        _ => false,
    }
}

/// The span of a run of nodes, without space at its ends.
fn span_of(nodes: &[Node]) -> Option<Span> {
    let mut shown = nodes.iter().filter(|node| !is_white(node)).map(|node| node.span);
    let first = shown.next()?;
    let last = shown.next_back().unwrap_or(first);
    Some(if first.file == last.file { first.to(last) } else { first })
}

/// Adds blocks; an id from an empty anchor goes to the block after it.
fn settle(found: Vec<Block>, id: &mut Option<String>, out: &mut Vec<Block>) {
    for mut block in found {
        if let BlockKind::Paragraph(content) = &block.kind
            && let Some(anchor) = lone_anchor(content)
        {
            *id = Some(anchor);
            continue;
        }
        if let Some(id) = id.take()
            && block.attrs.id().is_none()
        {
            block.attrs.set_id(id);
        }
        out.push(block);
    }
}

/// The id in a paragraph that holds nothing but an anchor.
fn lone_anchor(content: &[Inline]) -> Option<String> {
    let [Inline { kind: InlineKind::Span(inner), attrs, .. }] = content else { return None };
    if inner.is_empty() { attrs.id().map(str::to_owned) } else { None }
}

fn wrap_paragraphs(blocks: &mut [Block], wrap: &Inline) {
    for block in blocks {
        if let BlockKind::Paragraph(content) = &mut block.kind {
            let mut inline = wrap.clone();
            match &mut inline.kind {
                InlineKind::Emph(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Strike(inner)
                | InlineKind::SmallCaps(inner)
                | InlineKind::Link { content: inner, .. } => *inner = std::mem::take(content),
                _ => continue,
            }
            content.push(inline);
        }
    }
}

/// The box at the beginning of an item.
fn take_task(children: &mut Vec<Node>) -> Option<bool> {
    let first = children.first_mut()?;
    if let Kind::Task(done) = first.kind {
        children.remove(0);
        return Some(done);
    }
    if first.kind == Kind::Paragraph
        && let Some(Kind::Task(done)) = first.children.first().map(|c| &c.kind)
    {
        let done = *done;
        first.children.remove(0);
        return Some(done);
    }
    None
}

fn code_block(lang: Option<String>, children: &[Node]) -> BlockKind {
    let mut text = String::new();
    let mut named = lang;
    words_of(children, &mut text);
    if named.is_none()
        && let [Node { kind: Kind::CodeWords, attrs, .. }] = children
    {
        let class = attrs.classes().iter().find_map(|c| c.strip_prefix("language-"));
        named = class.map(str::to_owned);
    }
    let text = text.strip_prefix('\n').map_or(text.clone(), str::to_owned);
    BlockKind::Code { lang: named, text }
}

/// All words of a listing, as they are.
fn words_of(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match &node.kind {
            Kind::Text(text) | Kind::Code(text) => out.push_str(text),
            Kind::SoftBreak | Kind::HardBreak => out.push('\n'),
            _ => words_of(&node.children, out),
        }
    }
}

/// Takes the footnotes' texts out of the tree, wherever they stand.
fn take_notes(nodes: &mut Vec<Node>, out: &mut Vec<(String, Node)>) {
    let mut kept = Vec::with_capacity(nodes.len());
    for mut node in std::mem::take(nodes) {
        match &node.kind {
            Kind::NoteText(label) => {
                let label = label.clone();
                let at = out.len();
                let mut inner = Vec::new();
                take_notes(&mut node.children, &mut inner);
                out.insert(at, (label, node));
                out.append(&mut inner);
            }
            _ => {
                take_notes(&mut node.children, out);
                kept.push(node);
            }
        }
    }
    *nodes = kept;
}

/// Names of notes are the same whatever their case and spaces.
fn label_key(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The place of a note's name, `[^x]:`, at its beginning.
pub(in crate::manuscript) fn first_line(span: Span, label: &str) -> Span {
    let length = u32::try_from(label.len() + 4).unwrap_or(u32::MAX);
    Span { end: span.end.min(span.start.saturating_add(length)), ..span }
}
