//! Verse: paragraphs as stanzas, line ends as they stand.

use super::Lower;
use crate::manuscript::markdown::Origin;
use crate::manuscript::markdown::inline::{self, is_blank};
use crate::manuscript::markdown::tree::{Kind, Node};
use crate::manuscript::smart_punctuation::LITERAL;
use crate::model::{Attrs, Block, BlockKind, Inline, VerseLine};
use crate::source::Span;

/// Spaces of the source to one step of indent.
const SPACES_A_STEP: usize = 2;

type Stanza = Vec<VerseLine>;

impl Lower<'_> {
    /// A group of verse. What is in it besides stanzas stays as it is, and the
    /// verse before and after it becomes verse of its own.
    pub(super) fn verse(&mut self, nodes: Vec<Node>, span: Span, attrs: Attrs) -> Vec<Block> {
        let mut out: Vec<Block> = Vec::new();
        let mut stanzas: Vec<Stanza> = Vec::new();
        let mut loose: Vec<Node> = Vec::new();
        for node in nodes {
            match node.kind {
                Kind::Paragraph => {
                    self.stanza(std::mem::take(&mut loose), &mut stanzas);
                    self.stanza(node.children, &mut stanzas);
                }
                Kind::CodeBlock { .. } => {
                    self.stanza(std::mem::take(&mut loose), &mut stanzas);
                    self.drawn_stanzas(&node, &mut stanzas);
                }
                Kind::Quote(_) | Kind::Verse if node.attrs.is_empty() => {
                    self.stanza(std::mem::take(&mut loose), &mut stanzas);
                    finish(&mut stanzas, span, &mut out);
                    out.extend(self.verse(node.children, node.span, Attrs::default()));
                }
                Kind::Heading(_) | Kind::List(_) | Kind::Table(_) | Kind::Figure | Kind::Rule => {
                    self.stanza(std::mem::take(&mut loose), &mut stanzas);
                    finish(&mut stanzas, span, &mut out);
                    out.extend(self.blocks(vec![node]));
                }
                _ => loose.push(node),
            }
        }
        self.stanza(loose, &mut stanzas);
        finish(&mut stanzas, span, &mut out);
        if let Some(first) = out.first_mut()
            && first.attrs.is_empty()
        {
            first.attrs = attrs;
        }
        out
    }

    /// Words as a stanza, split at line ends.
    fn stanza(&mut self, nodes: Vec<Node>, stanzas: &mut Vec<Stanza>) {
        let lang = self.lang();
        let mut lines: Vec<Vec<Node>> = vec![Vec::new()];
        for node in nodes {
            if matches!(node.kind, Kind::SoftBreak | Kind::HardBreak) {
                lines.push(Vec::new());
            } else if let Some(line) = lines.last_mut() {
                line.push(node);
            }
        }
        let mut stanza = Stanza::new();
        for line in lines {
            let indent = self.indent_of(&line);
            let content = inline::line(self.inlines(line), &lang);
            let content = without_leading_space(content);
            if !is_blank(&content) {
                stanza.push(VerseLine { indent, content });
            }
        }
        if !stanza.is_empty() {
            stanzas.push(stanza);
        }
    }

    /// How far a line is indented: by spaces before it in the source, which
    /// Markdown takes away, and by no-break and wide ones, which it leaves.
    fn indent_of(&self, line: &[Node]) -> u8 {
        let Some(first) = line.first() else { return 0 };
        let left = match &first.kind {
            Kind::Text(text) => leading_spaces(text),
            _ => 0,
        };
        let taken = match self.origin {
            Origin::Part(_, base) => {
                let at = (first.span.start as usize).saturating_sub(base);
                let before = self.text.get(..at).unwrap_or("");
                let bare = before.trim_end_matches([' ', '\t']);
                let at_start = bare.is_empty() || bare.ends_with('\n');
                if at_start { leading_spaces(before.get(bare.len()..).unwrap_or("")) } else { 0 }
            }
            Origin::Made(_) => 0,
        };
        steps(left + taken)
    }

    /// Lines indented so far that Markdown takes them for a listing.
    fn drawn_stanzas(&mut self, node: &Node, stanzas: &mut Vec<Stanza>) {
        let lang = self.lang();
        let mut text = String::new();
        for child in &node.children {
            if let Kind::Text(words) = &child.kind {
                text.push_str(words);
            }
        }
        let mut stanza = Stanza::new();
        for line in text.lines().chain([""]) {
            if line.trim().is_empty() {
                if !stanza.is_empty() {
                    stanzas.push(std::mem::take(&mut stanza));
                }
                continue;
            }
            let spaces = SPACES_A_STEP * 2 + leading_spaces(line);
            let content = inline::line(vec![Inline::text(line.trim(), node.span)], &lang);
            stanza.push(VerseLine { indent: steps(spaces), content });
        }
    }
}

fn finish(stanzas: &mut Vec<Stanza>, span: Span, out: &mut Vec<Block>) {
    if !stanzas.is_empty() {
        out.push(Block::new(BlockKind::Verse(std::mem::take(stanzas)), span));
    }
}

/// Spaces at the beginning, an em space or tab as two of them.
fn leading_spaces(text: &str) -> usize {
    let width = |c: char| match c {
        LITERAL => Some(0),
        '\u{2003}' | '\t' | '\u{3000}' => Some(SPACES_A_STEP),
        c if c.is_whitespace() => Some(1),
        _ => None,
    };
    text.chars().map_while(width).sum()
}

fn steps(spaces: usize) -> u8 {
    u8::try_from(spaces.div_ceil(SPACES_A_STEP)).unwrap_or(u8::MAX).min(40)
}

fn without_leading_space(mut content: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline { kind: crate::model::InlineKind::Text(text), .. }) = content.first_mut() {
        *text = text.trim_start().to_owned();
    }
    content
}
