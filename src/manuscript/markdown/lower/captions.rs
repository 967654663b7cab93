//! Ids and captions that are written beside what they belong to: attributes in
//! braces after a picture, and the caption of a table as a paragraph of its own
//! right before or after it, as pandoc has them.
//!
//! ```text
//! ![A stair](stair.svg "Caption"){#fig-stair}
//! Table: Caption {#tab-a}      : Caption {#tab-b}      {#tab-c}
//! ```

use crate::manuscript::markdown::classes;
use crate::manuscript::markdown::tree::{Kind, Node, is_picture, is_white};
use crate::manuscript::smart_punctuation::LITERAL;
use crate::model::{Attrs, ImageWidth, Lang};

/// Gives tables the captions beside them, and blocks the ids before them.
pub(super) fn attach(nodes: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    let mut rest = nodes.into_iter().peekable();
    while let Some(mut node) = rest.next() {
        if is_attributes_only(&node) {
            let before_table = rest.peek().is_some_and(is_table);
            let last = out.last_mut().filter(|last| is_table(last) && !before_table);
            let target = match last {
                Some(last) => Some(last),
                None => rest.peek_mut(),
            };
            if let (Some(target), Some(attrs)) = (target, take_attributes(&mut node.children)) {
                add(&mut target.attrs, &attrs);
            }
            continue;
        }
        if is_caption(&node) {
            // A table that still lacks one goes before the table after it.
            let lacks = |table: &Node| is_table(table) && !has_caption(table);
            let table = match out.last_mut().filter(|last| lacks(last)) {
                Some(last) => Some(last),
                None => rest.peek_mut().filter(|next| lacks(next)),
            };
            if let Some(table) = table {
                attach_caption(table, node);
                continue;
            }
        }
        out.push(node);
    }
    out
}

fn is_table(node: &Node) -> bool {
    matches!(node.kind, Kind::Table(_))
}

fn has_caption(table: &Node) -> bool {
    table.children.iter().any(|child| child.kind == Kind::Caption)
}

/// Whether a paragraph is a caption, by how it begins.
fn is_caption(node: &Node) -> bool {
    let first = match (&node.kind, node.children.first().map(|c| &c.kind)) {
        (Kind::Paragraph, Some(Kind::Text(text))) => text,
        _ => return false,
    };
    caption_start(first).is_some()
}

/// Where a caption's words begin.
fn caption_start(text: &str) -> Option<usize> {
    let start = ["Table: ", ": "].into_iter().find(|start| text.starts_with(start))?;
    Some(start.len())
}

/// Makes a paragraph the caption of a table.
fn attach_caption(table: &mut Node, mut paragraph: Node) {
    let attrs = take_attributes(&mut paragraph.children);
    add(&mut table.attrs, &attrs.unwrap_or_default());
    if let Some(Kind::Text(text)) = paragraph.children.first_mut().map(|c| &mut c.kind)
        && let Some(start) = caption_start(text)
    {
        text.drain(..start);
    }
    paragraph.kind = Kind::Caption;
    table.children.insert(0, paragraph);
}

/// Whether a paragraph holds nothing but attributes.
fn is_attributes_only(node: &Node) -> bool {
    node.kind == Kind::Paragraph
        && attributes_at_end(&node.children).is_some_and(|(from, at, _)| from == 0 && at == 0)
}

/// Takes the attributes after pictures or a formula that stand alone.
pub(super) fn take_picture_attributes(nodes: &mut Vec<Node>) -> Option<Attrs> {
    let (from, at, _) = attributes_at_end(nodes)?;
    let stands = |node: &Node| is_picture(node) || matches!(node.kind, Kind::Math(_, true));
    let before = nodes.get(..from)?;
    let blank = match nodes.get(from).map(|n| &n.kind) {
        Some(Kind::Text(text)) => text.get(..at)?.trim().is_empty(),
        _ => false,
    };
    let alone = blank && before.iter().any(stands);
    if !alone || !before.iter().all(|node| stands(node) || is_white(node)) {
        return None;
    }
    let width = width_in(nodes, from, at);
    let attrs = take_attributes(nodes)?;
    for node in nodes {
        if let Kind::Image { width: own, .. } | Kind::HtmlImage { width: own, .. } = &mut node.kind
        {
            *own = width.or(*own);
        }
    }
    Some(attrs)
}

/// Takes the attributes from the end of a run of nodes.
fn take_attributes(nodes: &mut Vec<Node>) -> Option<Attrs> {
    let (from, at, attrs) = attributes_at_end(nodes)?;
    nodes.truncate(from + 1);
    if let Some(Kind::Text(text)) = nodes.last_mut().map(|n| &mut n.kind) {
        text.truncate(at);
        text.truncate(text.trim_end().len());
    }
    Some(attrs)
}

/// Attributes in braces at the end: the node they begin in, the byte, and what
/// they say. The parser may have cut them into several texts.
fn attributes_at_end(nodes: &[Node]) -> Option<(usize, usize, Attrs)> {
    let mut tail = String::new();
    for (index, node) in nodes.iter().enumerate().rev() {
        let Kind::Text(text) = &node.kind else { return None };
        tail.insert_str(0, text);
        if let Some(at) = text.rfind('{') {
            let literal = text.get(..at)?.ends_with(LITERAL);
            let attrs = attributes(tail.get(at..)?.trim_end())?;
            return (!literal).then_some((index, at, attrs));
        }
    }
    None
}

/// Reads `{#id .class lang=de width=50%}`; sizes are taken by [`width_in`].
fn attributes(text: &str) -> Option<Attrs> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let mut attrs = Attrs::default();
    let mut sizes = false;
    let name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    for word in inner.split_whitespace() {
        if let Some(id) = word.strip_prefix('#').filter(|id| !id.is_empty()) {
            attrs.set_id(id.chars().all(name).then_some(id)?);
        } else if let Some(class) = word.strip_prefix('.').filter(|class| !class.is_empty()) {
            classes::add(&mut attrs, class.chars().all(name).then_some(class)?);
        } else if let Some(size) =
            word.strip_prefix("width=").or_else(|| word.strip_prefix("height="))
        {
            ImageWidth::parse(size)?;
            sizes = true;
        } else {
            let lang = word.strip_prefix("lang=")?.trim_matches('"');
            attrs.set_lang(Lang::new(lang)?);
        }
    }
    (sizes || !attrs.is_empty()).then_some(attrs)
}

/// The width in the attributes that begin at a byte of a text.
fn width_in(nodes: &[Node], from: usize, at: usize) -> Option<ImageWidth> {
    let texts = nodes.get(from..)?.iter().filter_map(|node| match &node.kind {
        Kind::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let text: String = texts.collect();
    let words = text.get(at..)?.trim().trim_start_matches('{').trim_end_matches('}');
    words.split_whitespace().find_map(|word| ImageWidth::parse(word.strip_prefix("width=")?))
}

/// Adds attributes to those that a block has; its own id stays.
pub(super) fn add(to: &mut Attrs, from: &Attrs) {
    if let (Some(id), None) = (from.id(), to.id()) {
        to.set_id(id);
    }
    from.classes().iter().for_each(|class| classes::add(to, class));
    if let (Some(lang), None) = (from.lang(), to.lang()) {
        to.set_lang(lang.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;
    use crate::manuscript::markdown::{Origin, parse};
    use crate::model::{Block, BlockKind, plain_text};
    use crate::source::FileId;

    fn read(text: &str) -> Vec<(String, Option<String>)> {
        let mut diagnostics = Diagnostics::default();
        let parsed = parse(text, Origin::Part(FileId(0), 0), &Lang::default(), &mut diagnostics);
        let say = |block: &Block| match &block.kind {
            BlockKind::Table(table) => format!("table {}", plain_text(&table.caption)),
            BlockKind::Figure { caption, .. } => format!("figure {}", plain_text(caption)),
            BlockKind::Paragraph(content) => plain_text(content),
            other => format!("{other:?}"),
        };
        parsed.blocks.iter().map(|b| (say(b), b.attrs.id().map(str::to_owned))).collect()
    }

    fn one(text: &str) -> (String, Option<String>) {
        let mut blocks = read(text);
        assert_eq!(blocks.len(), 1, "{text}: {blocks:?}");
        blocks.remove(0)
    }

    const TABLE: &str = "| a | b |\n| - | - |\n| 1 | 2 |\n";

    #[test]
    fn pictures_take_attributes() {
        assert_eq!(
            one("![A](a.svg \"Of it\"){#fig_one-two}"),
            ("figure Of it".into(), Some("fig_one-two".into()))
        );
        assert_eq!(one("![A](a.svg) {#f .wide}"), ("figure ".into(), Some("f".into())));
        assert_eq!(one("![A](a.svg) {#f} b").1, None);
    }

    #[test]
    fn tables_take_captions_from_before_and_after() {
        let named = |id: Option<&str>| ("table Of it".to_owned(), id.map(str::to_owned));
        assert_eq!(one(&format!("Table: Of it {{#t}}\n\n{TABLE}")), named(Some("t")));
        assert_eq!(one(&format!("{TABLE}\nTable: Of it")), named(None));
        assert_eq!(one(&format!("{TABLE}\n: Of it {{#t}}")), named(Some("t")));
        assert_eq!(one(&format!("{{#t}}\n\n{TABLE}")), ("table ".into(), Some("t".into())));
        assert_eq!(one(&format!("{TABLE}\n{{#t}}")), ("table ".into(), Some("t".into())));
    }

    #[test]
    fn two_tables_share_no_caption() {
        let text = format!("Table: One\n\n{TABLE}\nTable: Two\n\n{TABLE}");
        let both: Vec<String> = read(&text).into_iter().map(|(words, _)| words).collect();
        assert_eq!(both, ["table One", "table Two"]);
        let text = format!("{TABLE}\n: One\n\n{TABLE}\n: Two\n");
        let both: Vec<String> = read(&text).into_iter().map(|(words, _)| words).collect();
        assert_eq!(both, ["table One", "table Two"]);
    }

    #[test]
    fn html_gives_ids_too() {
        let table = "<table><caption id=\"t\">Of it</caption><tr><td>1</td></tr></table>";
        assert_eq!(one(table), ("table Of it".into(), Some("t".into())));
        let figure = "<figure id=\"f\"><img src=\"a.svg\" alt=\"A\"></figure>";
        assert_eq!(one(figure), ("figure ".into(), Some("f".into())));
        let around = "<figure id=\"f\"><table><tr><td>1</td></tr></table>\
                      <figcaption>Of it</figcaption></figure>";
        assert_eq!(one(around), ("table Of it".into(), Some("f".into())));
    }
}
