//! Markdown and the HTML in it as one tree.
//!
//! The parser gives Markdown elements and HTML tags as events of different
//! kinds, and the two nest in each other: a tag opens before a blank line, the
//! Markdown between is parsed, and the tag closes after it. So both are
//! brought into one tree first, and [`super::lower`] turns that into the
//! model:
//!
//! ```text
//! events ─┬─ Markdown ─► open, close ─┐
//!         └─ HTML ─► tokens ─► element ─┴─► Node
//! ```
//!
//! An element of Markdown closes the HTML that was opened within it; an end
//! tag closes only what a tag has opened since.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::element::{self, Known};
use super::html::{self, TokenKind};
use super::origin::Origin;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{AdmonitionKind, Align, Attrs, Lang, QuoteRole};
use crate::source::Span;

/// How deep elements nest. What is nested deeper is not lost: it comes out
/// side by side. Every later step walks the model by recursion and relies on
/// this bound.
const DEEPEST: usize = 60;

/// Stands before a character that is meant as it is: escaped in the source, or
/// written as a character reference. It never leaves this module's parent.
pub(in crate::manuscript) const LITERAL: char = '\u{FDD0}';

/// A node of the tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    /// What it is.
    pub kind: Kind,
    /// What is in it.
    pub children: Vec<Node>,
    /// Where it stands.
    pub span: Span,
    /// Id, classes and language.
    pub attrs: Attrs,
}

impl Node {
    fn new(kind: Kind, span: Span) -> Self {
        Self { kind, children: Vec::new(), span, attrs: Attrs::default() }
    }
}

/// The kinds of node: elements of Markdown and HTML alike.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// Words.
    Text(String),
    /// Code in a line.
    Code(String),
    /// A formula; set off if the flag says so.
    Math(String, bool),
    /// A line end of the source.
    SoftBreak,
    /// A line end that is meant.
    HardBreak,
    /// A thematic break.
    Rule,
    /// A new page.
    PageBreak,
    /// The box of a task.
    Task(bool),
    /// The mark of a footnote.
    NoteMark(String),
    /// A paragraph.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A quotation.
    Quote(QuoteRole),
    /// Verse: a paragraph is a stanza.
    Verse,
    /// A note set apart.
    Admonition(AdmonitionKind),
    /// A listing; its children are text.
    CodeBlock {
        /// The language at the fence.
        lang: Option<String>,
    },
    /// A list, with the first number of an ordered one.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// The text of a footnote.
    NoteText(String),
    /// Terms and meanings.
    Definitions,
    /// A term.
    Term,
    /// What it means.
    Meaning,
    /// A table, with the columns as Markdown ranges them.
    Table(Vec<Align>),
    /// The head of a table: cells, or rows of them.
    TableHead,
    /// A row.
    TableRow,
    /// A cell.
    Cell(CellKind),
    /// A figure.
    Figure,
    /// The caption of a figure or table.
    Caption,
    /// The last words of a quotation: its source.
    Footer,
    /// The words shown of details that are hidden.
    Summary,
    /// A group that matters for its attributes.
    Div,
    /// A group that doesn't.
    Transparent,
    /// Emphasis.
    Emph,
    /// Strong emphasis.
    Strong,
    /// Struck out.
    Strike,
    /// Small capitals.
    SmallCaps,
    /// Subscript.
    Sub,
    /// Superscript.
    Sup,
    /// Code with elements in it, of which only the words are kept.
    CodeWords,
    /// A title of a work, or the source of a quotation.
    Cite,
    /// Words in quotation marks.
    Quoted,
    /// The reading of characters, which goes in parentheses.
    Reading,
    /// A link.
    Link(String),
    /// A picture; its children are its alternative text.
    Image {
        /// Its address.
        dest: String,
        /// Its title, which is its caption.
        title: String,
    },
    /// A picture as HTML has it, with its alternative text if there is an
    /// attribute for it: an empty one says that it is decorative.
    HtmlImage {
        /// Its address.
        dest: String,
        /// Its title, which is its caption.
        title: String,
        /// Its alternative text.
        alt: Option<String>,
    },
    /// A group in a line that matters for its attributes.
    Span,
    /// Left out with all that is in it.
    Skip,
}

/// What is special about a cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct CellKind {
    /// It heads its row or column.
    pub head: bool,
    /// How it says to be ranged.
    pub align: Option<Align>,
    /// How many columns it takes, from one.
    pub columns: usize,
    /// How many rows it takes, from one.
    pub rows: usize,
}

/// Who opened an element, and so who can close it.
#[derive(Debug, PartialEq)]
enum Opened {
    Markdown,
    Html(String),
}

struct Frame {
    node: Node,
    opened: Opened,
    /// Too deep: its children go to what it is in.
    flat: bool,
}

/// Parses a text into a tree. The findings are those about footnotes that
/// aren't there and HTML that was left out.
pub(super) fn build(text: &str, origin: Origin, diagnostics: &mut Diagnostics) -> Vec<Node> {
    build_with(text, origin, diagnostics, Options::ENABLE_MATH)
}

fn build_with(
    text: &str,
    origin: Origin,
    diagnostics: &mut Diagnostics,
    math: Options,
) -> Vec<Node> {
    let root = Node::new(Kind::Transparent, origin.span(0..text.len()));
    let mut builder = Builder {
        text,
        origin,
        diagnostics,
        stack: vec![Frame { node: root, opened: Opened::Markdown, flat: false }],
        html: Vec::new(),
        listings: 0,
        skipped: 0,
    };
    for (event, range) in Parser::new_ext(text, options() | math).into_offset_iter() {
        builder.event(event, range);
    }
    builder.finish()
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

struct Builder<'a> {
    text: &'a str,
    origin: Origin,
    diagnostics: &'a mut Diagnostics,
    stack: Vec<Frame>,
    /// The lines of the HTML block at hand.
    html: Vec<(String, usize)>,
    /// How many listings are open.
    listings: isize,
    /// How many elements that are left out are open.
    skipped: isize,
}

type Range = std::ops::Range<usize>;

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range) {
        let span = self.origin.span(range.clone());
        match event {
            Event::Start(Tag::HtmlBlock) => self.html.clear(),
            Event::End(TagEnd::HtmlBlock) => self.html_block(),
            Event::Html(html) => self.html.push((html.into_string(), range.start)),
            Event::InlineHtml(html) => self.inline_html(&html, range.start),
            Event::Start(tag) => self.start(tag, span),
            Event::End(_) => self.end(),
            Event::Text(text) => self.words(&text, range),
            Event::Code(code) => self.leaf(Kind::Code(clean(&code)), span),
            Event::InlineMath(tex) => self.math(&tex, range),
            Event::DisplayMath(tex) => self.leaf(Kind::Math(clean(tex.trim()), true), span),
            Event::FootnoteReference(label) => {
                self.leaf(Kind::NoteMark(label.into_string()), span);
            }
            Event::SoftBreak => self.leaf(Kind::SoftBreak, span),
            Event::HardBreak => self.leaf(Kind::HardBreak, span),
            Event::Rule => self.leaf(Kind::Rule, span),
            Event::TaskListMarker(done) => self.leaf(Kind::Task(done), span),
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        let mut attrs = Attrs::default();
        let kind = match tag {
            Tag::Paragraph => Kind::Paragraph,
            Tag::Heading { level, id, classes, attrs: pairs } => {
                let pairs = pairs.iter().map(|(k, v)| (k.as_ref(), v.as_deref().unwrap_or("")));
                heading_attributes(&mut attrs, id.as_deref(), &classes, pairs);
                Kind::Heading(level as u8)
            }
            Tag::BlockQuote(None) => Kind::Quote(QuoteRole::Plain),
            Tag::BlockQuote(Some(kind)) => Kind::Admonition(admonition(kind)),
            Tag::CodeBlock(CodeBlockKind::Indented) => Kind::CodeBlock { lang: None },
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Kind::CodeBlock { lang: code_language(&info) }
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => Kind::Skip,
            Tag::List(start) => Kind::List(start),
            Tag::Item => Kind::Item,
            Tag::FootnoteDefinition(label) => Kind::NoteText(label.into_string()),
            Tag::DefinitionList => Kind::Definitions,
            Tag::DefinitionListTitle => Kind::Term,
            Tag::DefinitionListDefinition => Kind::Meaning,
            Tag::Table(columns) => Kind::Table(columns.into_iter().map(alignment).collect()),
            Tag::TableHead => Kind::TableHead,
            Tag::TableRow => Kind::TableRow,
            Tag::TableCell => Kind::Cell(CellKind { columns: 1, rows: 1, ..CellKind::default() }),
            Tag::Emphasis => Kind::Emph,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strike,
            Tag::Superscript => Kind::Sup,
            Tag::Subscript => Kind::Sub,
            Tag::Link { link_type: pulldown_cmark::LinkType::Email, dest_url, .. } => {
                Kind::Link(format!("mailto:{dest_url}"))
            }
            Tag::Link { dest_url, .. } => Kind::Link(dest_url.into_string()),
            Tag::Image { dest_url, title, .. } => {
                Kind::Image { dest: dest_url.into_string(), title: clean(&title) }
            }
        };
        let mut node = Node::new(kind, span);
        node.attrs = attrs;
        self.open(node, Opened::Markdown);
    }

    /// Closes an element of Markdown, and the HTML that was left open in it.
    fn end(&mut self) {
        while self.stack.len() > 1 {
            let opened_by_markdown =
                self.stack.last().is_some_and(|frame| frame.opened == Opened::Markdown);
            self.close();
            if opened_by_markdown {
                return;
            }
        }
    }

    fn open(&mut self, node: Node, opened: Opened) {
        let flat = self.stack.len() >= DEEPEST;
        self.count(&node.kind, 1);
        self.stack.push(Frame { node, opened, flat });
    }

    fn close(&mut self) {
        if self.stack.len() < 2 {
            return;
        }
        let Some(frame) = self.stack.pop() else { return };
        self.count(&frame.node.kind, -1);
        if let Some(parent) = self.stack.last_mut() {
            if frame.flat {
                let mut children = frame.node.children;
                if children.last().is_some_and(|last| last.kind != Kind::SoftBreak) {
                    children.push(Node::new(Kind::SoftBreak, frame.node.span));
                }
                // A tower of empty parents hands its children up without copying.
                if parent.node.children.is_empty() {
                    parent.node.children = children;
                } else {
                    parent.node.children.append(&mut children);
                }
            } else {
                parent.node.children.push(frame.node);
            }
        }
    }

    fn leaf(&mut self, kind: Kind, span: Span) {
        self.leaf_with(kind, span, Attrs::default());
    }

    fn leaf_with(&mut self, kind: Kind, span: Span, attrs: Attrs) {
        if let Some(frame) = self.stack.last_mut() {
            let mut node = Node::new(kind, span);
            node.attrs = attrs;
            frame.node.children.push(node);
        }
    }

    /// Keeps count of what changes the meaning of all that is within.
    fn count(&mut self, kind: &Kind, by: isize) {
        match kind {
            Kind::CodeBlock { .. } => self.listings += by,
            Kind::Skip => self.skipped += by,
            _ => {}
        }
    }

    /// Words as the parser gives them: marks what is meant as it is, and sees
    /// the marks of footnotes that aren't there.
    fn words(&mut self, text: &str, range: Range) {
        let span = self.origin.span(range.clone());
        if self.listings > 0 {
            self.leaf(Kind::Text(clean(text)), span);
            return;
        }
        let source = self.text.get(range.clone()).unwrap_or("");
        let escaped = self.text.get(..range.start).is_some_and(|t| t.ends_with('\\'));
        if text.ends_with('[') && !escaped {
            self.missing_note(range.end - 1);
        }
        let mut words = clean(text);
        if escaped || source != text {
            words.insert(0, LITERAL);
        }
        self.leaf(Kind::Text(words), span);
    }

    /// The parser takes `[^x]` without a text for words; the writer doesn't.
    fn missing_note(&mut self, at: usize) {
        let rest = self.text.get(at..).unwrap_or("");
        let Some(label) = rest.strip_prefix("[^") else { return };
        let Some(end) = label.find(']') else { return };
        let label = label.get(..end).unwrap_or("");
        let shaped = !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || c == '[');
        if shaped {
            let span = self.origin.span(at..at + end + 3);
            let message = format!("there is no footnote `{label}` in this file");
            let hint = format!("Write it in a paragraph of its own: `[^{label}]: …`.");
            self.diagnostics.push(Diagnostic::at(Code::NoNote, span, message).hint(hint));
        }
    }

    /// A formula, unless it is money: `$20–$30`. As in pandoc, a dollar sign
    /// with a digit after it closes nothing.
    fn math(&mut self, tex: &str, range: Range) {
        let after = self.text.get(range.end..).and_then(|t| t.chars().next());
        if !after.is_some_and(|c| c.is_ascii_digit()) {
            self.leaf(Kind::Math(clean(tex), false), self.origin.span(range));
            return;
        }
        let inner = self.text.get(range.clone()).unwrap_or("");
        let origin = self.origin.at(range.start);
        for node in build_with(inner, origin, self.diagnostics, Options::empty()) {
            let words = if node.kind == Kind::Paragraph { node.children } else { vec![node] };
            if let Some(frame) = self.stack.last_mut() {
                frame.node.children.extend(words);
            }
        }
    }

    fn html_block(&mut self) {
        let lines = std::mem::take(&mut self.html);
        let mut starts = Vec::with_capacity(lines.len());
        let mut whole = String::new();
        for (line, at) in &lines {
            starts.push((whole.len(), *at));
            whole.push_str(line);
        }
        let place = |at: usize| {
            let index = starts.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            starts.get(index).map_or(0, |(start, source)| source + (at - start))
        };
        for token in html::tokens(&whole) {
            let text = whole.get(token.range.clone()).unwrap_or("");
            let end = place(token.range.end.saturating_sub(1)) + 1;
            self.token(token.kind, text, place(token.range.start)..end);
        }
    }

    fn inline_html(&mut self, html: &str, at: usize) {
        for token in html::tokens(html) {
            let range = at + token.range.start..at + token.range.end;
            self.token(token.kind, html.get(token.range).unwrap_or(""), range);
        }
    }

    fn token(&mut self, kind: TokenKind, text: &str, range: Range) {
        match kind {
            TokenKind::Comment => {}
            TokenKind::Text => self.html_words(text, range),
            TokenKind::Close(name) => self.close_tag(&name),
            TokenKind::Open(tag) => self.open_tag(&tag, self.origin.span(range)),
        }
    }

    /// Text between tags: white space is one space or one line end, but in `pre`.
    fn html_words(&mut self, text: &str, range: Range) {
        let span = self.origin.span(range);
        if self.listings > 0 {
            self.leaf(Kind::Text(clean(&html::decode(text))), span);
            return;
        }
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.leaf(Kind::SoftBreak, span);
            }
            let mut words = String::new();
            for part in line.split_inclusive(|c: char| c.is_ascii_whitespace()) {
                let word = part.trim_end_matches(|c: char| c.is_ascii_whitespace());
                words.push_str(word);
                if word.len() < part.len() && !words.ends_with(' ') {
                    words.push(' ');
                }
            }
            if !words.is_empty() {
                self.leaf(Kind::Text(clean(&html::decode(&words))), span);
            }
        }
    }

    fn open_tag(&mut self, tag: &html::Tag, span: Span) {
        while let Some(Frame { opened: Opened::Html(open), .. }) = self.stack.last() {
            if !element::closes(&tag.name, open) {
                break;
            }
            self.close();
        }
        if self.skipped > 0 {
            if !tag.closed && !element::is_void(&tag.name) {
                let node = Node::new(Kind::Skip, span);
                self.open(node, Opened::Html(tag.name.clone()));
            }
            return;
        }
        let attrs = element::attributes(tag);
        let kind = match element::known(tag) {
            Known::Leaf(kind) => return self.leaf_with(kind, span, attrs),
            Known::Nothing => return,
            Known::Element(kind) => kind,
            Known::Unknown => {
                let message = format!("`<{}>` was left out: a book has no word for it", tag.name);
                let hint = "The text in it is kept.";
                self.diagnostics.push(Diagnostic::at(Code::DroppedHtml, span, message).hint(hint));
                Kind::Transparent
            }
            Known::Foreign => {
                let message = format!("`<{}>` was left out with all that is in it", tag.name);
                let hint = "A book can't show it; draw a picture of it, or link to it.";
                self.diagnostics.push(Diagnostic::at(Code::DroppedHtml, span, message).hint(hint));
                Kind::Skip
            }
        };
        if element::is_void(&tag.name) {
            return;
        }
        let mut node = Node::new(kind, span);
        node.attrs = attrs;
        self.open(node, Opened::Html(tag.name.clone()));
        if tag.closed && element::closes_itself(&tag.name) {
            self.close();
        }
    }

    /// Closes what a tag of this name has opened, if no element of Markdown
    /// has been opened since.
    fn close_tag(&mut self, name: &str) {
        let matching = self
            .stack
            .iter()
            .rev()
            .take_while(|frame| matches!(frame.opened, Opened::Html(_)))
            .position(|frame| matches!(&frame.opened, Opened::Html(open) if open == name));
        if let Some(above) = matching {
            for _ in 0..=above {
                self.close();
            }
        }
    }

    fn finish(mut self) -> Vec<Node> {
        while self.stack.len() > 1 {
            self.close();
        }
        self.stack.pop().map(|frame| frame.node.children).unwrap_or_default()
    }
}

fn heading_attributes<'v>(
    attrs: &mut Attrs,
    id: Option<&str>,
    classes: &[pulldown_cmark::CowStr<'_>],
    pairs: impl Iterator<Item = (&'v str, &'v str)>,
) {
    if let Some(id) = id {
        attrs.set_id(id);
    }
    for class in classes {
        attrs.add_class(class.as_ref());
    }
    for (key, value) in pairs {
        if key == "lang"
            && let Some(lang) = Lang::new(value.trim_matches('"'))
        {
            attrs.set_lang(lang);
        }
    }
}

fn admonition(kind: pulldown_cmark::BlockQuoteKind) -> AdmonitionKind {
    use pulldown_cmark::BlockQuoteKind;
    match kind {
        BlockQuoteKind::Note => AdmonitionKind::Note,
        BlockQuoteKind::Tip => AdmonitionKind::Tip,
        BlockQuoteKind::Important => AdmonitionKind::Important,
        BlockQuoteKind::Warning => AdmonitionKind::Warning,
        BlockQuoteKind::Caution => AdmonitionKind::Caution,
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Align {
    use pulldown_cmark::Alignment;
    match alignment {
        Alignment::None | Alignment::Left => Align::Start,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::End,
    }
}

/// The first word of a fence, without what other tools put around it.
fn code_language(info: &str) -> Option<String> {
    let word = info.split([' ', '\t', ',']).next()?;
    let word = word.trim_matches(|c| matches!(c, '{' | '}' | '.' | '='));
    if word.is_empty() { None } else { Some(clean(word)) }
}

/// The text without what no book can hold: control characters, which XML 1.0
/// does not allow either (section 2.2), and noncharacters.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| match c {
            '\n' | '\t' => true,
            '\u{FFFE}' | '\u{FFFF}' | '\u{FDD0}'..='\u{FDEF}' => false,
            c => !c.is_control(),
        })
        .collect()
}
