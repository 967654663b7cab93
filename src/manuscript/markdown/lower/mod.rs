//! From the tree to the model.
//!
//! Blocks and inlines are kept apart in the model and mixed in the tree, since
//! HTML mixes them. Two functions hold the rule: [`Lower::blocks`] makes
//! paragraphs of loose words between blocks, and [`Lower::inlines`] makes line
//! ends of blocks between words. No word is lost either way.

mod captions;
mod figure;
mod formula;
mod inlines;
mod notes;
mod picture_lines;
mod quote;
mod table;
mod verse;

use std::collections::BTreeMap;

use super::inline::{self, is_blank};
use super::tree::{self, Counting, Kind, Node, is_block, is_picture, is_white};
use super::{Origin, ParsedText, abbreviations, index_terms};
use crate::diag::Diagnostics;
use crate::manuscript::dialects::Dialect;
use crate::model::{
    Attrs, Block, BlockKind, Definition, Inline, InlineKind, Lang, LinkTarget, List, ListItem,
    ListStyle,
};
use crate::source::Span;

pub(crate) use notes::first_line;

/// Turns the tree of a text into the model.
pub(super) fn lower(
    nodes: Vec<Node>,
    text: &str,
    origin: Origin,
    lang: &Lang,
    diagnostics: &mut Diagnostics,
) -> ParsedText {
    let mut lower = Lower {
        parsed: ParsedText::default(),
        labels: BTreeMap::new(),
        text,
        origin,
        langs: vec![lang.clone()],
        links: 0,
        diagnostics,
    };
    let blocks = lower.file(nodes);
    let mut parsed = ParsedText { blocks, ..lower.parsed };
    abbreviations::apply(&mut parsed);
    parsed
}

/// Reads one line of text, such as a title or a caption.
pub(crate) fn parse_line(
    text: &str,
    origin: Origin,
    lang: &Lang,
    diagnostics: &mut Diagnostics,
) -> Vec<Inline> {
    let nodes = tree::build(&Dialect::default(), text, origin, diagnostics);
    let parsed = lower(nodes, text, origin, lang, diagnostics);
    let mut lines = parsed.blocks.into_iter().filter_map(|block| match block.kind {
        BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => Some(content),
        _ => None,
    });
    match lines.next() {
        Some(line) => line,
        // What looks like a list or a rule is meant as words in a line.
        None => inline::line(vec![Inline::text(text, origin.span(0..text.len()))], lang),
    }
}

/// The work on one text.
struct Lower<'d> {
    /// What has come out so far, but the blocks.
    pub parsed: ParsedText,
    /// The notes by their names, made comparable.
    pub labels: BTreeMap<String, usize>,
    /// The text.
    pub text: &'d str,
    /// Where it stands.
    pub origin: Origin,
    /// The languages of what is open, the innermost last.
    pub langs: Vec<Lang>,
    /// How many links are open: a link in a link is its words.
    pub links: usize,
    /// The findings.
    pub diagnostics: &'d mut Diagnostics,
}

impl Lower<'_> {
    /// The language at hand.
    pub fn lang(&self) -> Lang {
        self.langs.last().cloned().unwrap_or_default()
    }

    /// A run of inlines that is read as one.
    pub fn line(&mut self, nodes: Vec<Node>) -> Vec<Inline> {
        let inlines = self.inlines(nodes);
        inline::line(inlines, &self.lang())
    }

    /// Nodes as blocks; loose words between them become paragraphs.
    pub fn blocks(&mut self, nodes: Vec<Node>) -> Vec<Block> {
        let mut out = Vec::new();
        let mut loose: Vec<Node> = Vec::new();
        let mut id: Option<String> = None;
        for node in captions::attach(nodes) {
            if !is_block(&node) {
                loose.push(node);
                continue;
            }
            let mut found = self.paragraph(std::mem::take(&mut loose), Attrs::default());
            found.extend(self.block(node));
            add_blocks(found, &mut id, &mut out);
        }
        let found = self.paragraph(loose, Attrs::default());
        add_blocks(found, &mut id, &mut out);
        index_terms::attach(out)
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
                let content = self.line_with_captions(children);
                if is_blank(&content) {
                    return Vec::new();
                }
                BlockKind::Heading { level, content }
            }
            Kind::Quote(role) => return self.quote(role, children, span, attrs),
            Kind::Verse => return self.verse(children, span, attrs),
            Kind::Admonition(kind) => BlockKind::Admonition { kind, blocks: self.blocks(children) },
            Kind::CodeBlock { lang } => match code_block(lang, &children) {
                BlockKind::Code { lang: Some(lang), text, .. } if lang == "math" => {
                    let tex = text.trim().to_owned();
                    self.check_formula(&tex, span);
                    BlockKind::Math(tex)
                }
                listing => listing,
            },
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
            Kind::Math(tex, _) => {
                self.check_formula(&tex, span);
                BlockKind::Math(tex)
            }
            Kind::Div if !attrs.is_empty() => BlockKind::Div(self.blocks(children)),
            Kind::Footer if !attrs.is_empty() => BlockKind::Div(self.blocks(children)),
            Kind::Summary => {
                let strong = InlineKind::Strong(self.line_with_captions(children));
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
            Kind::Link(dest) => InlineKind::link(LinkTarget::Written(dest), none()),
            _ => return None,
        };
        let mut inline = Inline::new(kind, span);
        inline.attrs = attrs.clone();
        Some(inline)
    }

    /// Words as a paragraph, pictures alone as a figure, a formula alone as one
    /// that is set off.
    pub(super) fn paragraph(&mut self, mut nodes: Vec<Node>, mut attrs: Attrs) -> Vec<Block> {
        if nodes.iter().any(is_block) {
            return self.blocks(nodes);
        }
        let Some(span) = span_of(&nodes) else { return Vec::new() };
        if let Some(given) = captions::take_picture_attributes(&mut nodes) {
            captions::add(&mut attrs, &given);
        }
        let shows = nodes.iter().filter(|node| !is_white(node)).collect::<Vec<_>>();
        if !shows.is_empty() && shows.iter().all(|node| is_picture(node)) {
            return self.figure(nodes, span, attrs);
        }
        nodes = match picture_lines::split(nodes) {
            Ok(parts) => return self.picture_lines(parts, span, &attrs),
            Err(nodes) => nodes,
        };
        let shows = nodes.iter().filter(|node| !is_white(node)).collect::<Vec<_>>();
        if let [Node { kind: Kind::Math(tex, true), .. }] = shows.as_slice() {
            self.check_formula(tex, span);
            let mut block = Block::new(BlockKind::Math(tex.clone()), span);
            block.attrs = attrs;
            return vec![block];
        }
        if nodes.iter().all(is_white) {
            nodes.clear();
        }
        let content = self.line(nodes);
        if is_blank(&content) && attrs.id().is_none() {
            return Vec::new();
        }
        let mut block = Block::new(BlockKind::Paragraph(content), span);
        block.attrs = attrs;
        vec![block]
    }

    fn list(&mut self, counting: Option<Counting>, nodes: Vec<Node>) -> List {
        let mut items: Vec<ListItem> = Vec::new();
        let mut tight = true;
        for node in nodes {
            if is_white(&node) || node.kind == Kind::Skip {
                continue;
            }
            let span = node.span;
            let (number, mut children) = match node.kind {
                Kind::Item(number) => (number, node.children),
                _ => (None, vec![node]),
            };
            tight &= !children.iter().any(|child| child.kind == Kind::Paragraph);
            let checked = take_task(&mut children);
            let number = number.filter(|_| counting.is_some());
            items.push(ListItem { checked, number, blocks: self.blocks(children), span });
        }
        let Some(Counting { start, numbering, down }) = counting else {
            return List { start: None, numbering: ListStyle::default(), tight, items };
        };
        let first = start.unwrap_or(if down { items.len() as u64 } else { 1 });
        if down {
            count_down(&mut items, first);
        }
        List { start: Some(first), numbering, tight, items }
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
                let (attrs, span) = (node.attrs, node.span);
                let mut term = self.line(node.children);
                if !attrs.is_empty() {
                    let mut group = Inline::new(InlineKind::group(term), span);
                    group.attrs = attrs;
                    term = vec![group];
                }
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
}

/// The span of a run of nodes, without space at its ends.
fn span_of(nodes: &[Node]) -> Option<Span> {
    let mut shown = nodes.iter().filter(|node| !is_white(node)).map(|node| node.span);
    let first = shown.next()?;
    let last = shown.next_back().unwrap_or(first);
    Some(if first.file == last.file { first.to(last) } else { first })
}

/// Adds blocks; an id from an empty anchor goes to the block after it.
fn add_blocks(found: Vec<Block>, id: &mut Option<String>, out: &mut Vec<Block>) {
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
    let [Inline { kind: InlineKind::Span(_, inner), attrs, .. }] = content else { return None };
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

/// Gives each item its number in a list that counts down.
fn count_down(items: &mut [ListItem], first: u64) {
    let mut next = first;
    for (at, item) in items.iter_mut().enumerate() {
        let number = item.number.unwrap_or(next);
        next = number.saturating_sub(1);
        item.number = Some(number).filter(|_| at > 0);
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
        && let [Node { kind: Kind::CodeWords(_), attrs, .. }] = children
    {
        let class = attrs.classes().iter().find_map(|c| c.strip_prefix("language-"));
        named = class.map(str::to_owned);
    }
    let text = text.strip_prefix('\n').map_or(text.clone(), str::to_owned);
    BlockKind::Code { lang: named, text, tokens: Vec::new() }
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
