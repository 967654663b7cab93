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

mod admonish;
mod element;
mod foreign;
mod html;
mod node;
mod reach;
mod tags;
mod unclosed;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use node::is_emphasis;
pub(super) use node::{CellKind, Counting, Kind, Node, clean, is_block, is_picture, is_white};

use super::{Origin, classes};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::dialects::Dialect;
use crate::manuscript::smart_punctuation::LITERAL;
use crate::model::{AdmonitionKind, Align, Attrs, Lang, QuoteRole};
use crate::source::Span;
use admonish::Note;
use reach::Reach;
use tags::HtmlBlock;

/// How deep elements nest. What is nested deeper is not lost: it comes out
/// side by side. Every later step walks the model by recursion and relies on
/// this bound.
const DEEPEST: usize = 60;

/// Who opened an element, and so who can close it.
#[derive(Debug, PartialEq)]
enum Opened {
    /// An element of Markdown.
    Markdown,
    /// A tag of this name.
    Html(String),
}

/// An element that is open.
struct Frame {
    /// It, with what is in it so far.
    pub node: Node,
    /// Who opened it.
    pub opened: Opened,
    /// Too deep: its children go to what it is in.
    flat: bool,
    /// It begins in an element whose words are no text: it is only kept if it
    /// goes on after that.
    hidden: bool,
}

/// Parses a text into a tree. The findings are those about footnotes that
/// aren't there and HTML that was left out.
pub(super) fn build(
    dialect: &Dialect,
    text: &str,
    origin: Origin,
    diagnostics: &mut Diagnostics,
) -> Vec<Node> {
    let math = if dialect.dollar_math { Options::ENABLE_MATH } else { Options::empty() };
    build_with(text, origin, diagnostics, Extensions { math, admonish: dialect.admonish_fences })
}

/// Extensions of Markdown that not every text uses.
#[derive(Clone, Copy)]
struct Extensions {
    math: Options,
    admonish: bool,
}

fn build_with(
    text: &str,
    origin: Origin,
    diagnostics: &mut Diagnostics,
    extensions: Extensions,
) -> Vec<Node> {
    let root = Node::new(Kind::Transparent, origin.span(0..text.len()));
    let options = options() | extensions.math;
    let text = &*unclosed::without_unclosed(text, options, origin, diagnostics);
    let mut builder = Builder {
        text,
        origin,
        diagnostics,
        stack: vec![Frame { node: root, opened: Opened::Markdown, flat: false, hidden: false }],
        html: HtmlBlock::default(),
        listings: 0,
        hidden_until: 0,
        reach: Reach::of(text, options),
        extensions,
        note: None,
        cell_end: 0,
        formulas: 0,
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
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

/// The work on one text.
struct Builder<'a> {
    /// All of it.
    pub text: &'a str,
    /// Where it stands.
    pub origin: Origin,
    /// The findings.
    pub diagnostics: &'a mut Diagnostics,
    /// What is open, the innermost last.
    pub stack: Vec<Frame>,
    /// The block of HTML at hand.
    pub html: HtmlBlock,
    /// How many listings are open.
    pub listings: isize,
    /// Where the last element ends whose words are no text.
    pub hidden_until: usize,
    /// Where such elements end.
    pub reach: Reach,
    extensions: Extensions,
    /// The note set apart that is being read as a listing.
    note: Option<Note>,
    /// Where the last cell of a Markdown table ended.
    cell_end: usize,
    /// How many formulas in MathML are open.
    pub formulas: isize,
}

/// Bytes of the text.
type Range = std::ops::Range<usize>;

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range) {
        let span = self.origin.span(range.clone());
        if self.extensions.admonish && self.in_note(&event, &range, span) {
            return;
        }
        let hidden = range.start < self.hidden_until;
        match event {
            Event::Start(Tag::HtmlBlock) => self.html = HtmlBlock::default(),
            Event::End(TagEnd::HtmlBlock) => self.html_block(),
            Event::Html(html) => self.html.push(&html, range.start),
            Event::InlineHtml(html) => self.inline_html(&html, range.start),
            Event::Start(tag) => self.start(tag, span, hidden),
            Event::End(TagEnd::TableCell) => {
                self.cell_end = range.end;
                self.end();
                if range.is_empty() {
                    self.drop_added_cell();
                }
            }
            Event::End(TagEnd::TableRow) => {
                self.cells_beyond(range);
                self.end();
            }
            Event::End(_) => self.end(),
            _ if hidden => {}
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

    /// Drops an empty cell that the parser has added to a short row. Tables fill
    /// their rows themselves: a short text can ask for millions of such cells.
    fn drop_added_cell(&mut self) {
        let Some(row) = self.stack.last_mut() else { return };
        if row.node.children.last().is_some_and(|cell| cell.children.is_empty()) {
            row.node.children.pop();
        }
    }

    /// What a row of a table has beyond its last column, which the parser passes
    /// over: it becomes part of the last cell.
    fn cells_beyond(&mut self, row: Range) {
        let Some(last) = self.stack.last().and_then(|frame| frame.node.children.last()) else {
            return;
        };
        let (Kind::Cell(_), end) = (&last.kind, self.cell_end) else { return };
        let rest = self.text.get(end..row.end).unwrap_or("");
        let inner = rest.trim().trim_start_matches('|').trim_start();
        let start = end + rest.find(inner).unwrap_or(0);
        let inner = inner.trim_end().strip_suffix('|').unwrap_or(inner).trim_end().to_owned();
        if inner.is_empty() {
            return;
        }
        let span = self.origin.span(start..start + inner.len());
        let message = format!("the table has no column for `{inner}`");
        let hint = "It was added to the last cell. Add a column to the table's head, or write `\\|` \
                    where a `|` is part of the text.";
        self.diagnostics.push(Diagnostic::at(Code::TableCell, span, message).hint(hint));
        let mut nodes = self.within(&inner, self.origin.at(start));
        let mut words = vec![Node::new(Kind::Text(" | ".to_owned()), span)];
        for node in nodes.drain(..) {
            if node.kind == Kind::Paragraph {
                words.extend(node.children)
            } else {
                words.push(node)
            }
        }
        if let Some(cell) = self.stack.last_mut().and_then(|frame| frame.node.children.last_mut()) {
            cell.children.extend(words);
        }
    }

    /// Whether an event belongs to a note set apart that is written as a listing.
    fn in_note(&mut self, event: &Event<'_>, range: &Range, span: Span) -> bool {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                self.note = Note::of(info, span);
            }
            Event::Text(text) => {
                if let Some(note) = &mut self.note {
                    note.push(text, range.start);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                return self.note.take().map(|note| self.note(note)).is_some();
            }
            _ => {}
        }
        self.note.is_some()
    }

    /// A text within this one, of which nothing more is expected than Markdown.
    pub fn within(&mut self, text: &str, origin: Origin) -> Vec<Node> {
        let extensions = Extensions { admonish: false, ..self.extensions };
        build_with(text, origin, self.diagnostics, extensions)
    }

    /// Adds an element that is complete.
    pub fn add(&mut self, node: Node) {
        if let Some(frame) = self.stack.last_mut() {
            frame.node.children.push(node);
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span, hidden: bool) {
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
            Tag::List(start) => {
                Kind::List(start.map(|n| Counting { start: Some(n), ..Counting::default() }))
            }
            Tag::Item => Kind::Item(None),
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
                Kind::Image { dest: dest_url.into_string(), title: clean(&title), width: None }
            }
        };
        let mut node = Node::new(kind, span);
        node.attrs = attrs;
        self.open(node, Opened::Markdown);
        if let Some(frame) = self.stack.last_mut() {
            frame.hidden = hidden;
        }
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

    /// Opens an element.
    pub fn open(&mut self, node: Node, opened: Opened) {
        let flat = self.stack.len() >= DEEPEST;
        self.count(&node.kind, 1);
        self.stack.push(Frame { node, opened, flat, hidden: false });
    }

    /// Closes the innermost element.
    pub fn close(&mut self) {
        if self.stack.len() < 2 {
            return;
        }
        let Some(mut frame) = self.stack.pop() else { return };
        self.count(&frame.node.kind, -1);
        if frame.hidden && frame.node.children.is_empty() {
            return;
        }
        if let Opened::Html(name) = &frame.opened {
            self.foreign(name, &mut frame.node);
        }
        if let Some(parent) = self.stack.last_mut() {
            // What is no text is not handed up as text.
            if frame.flat && !has_no_words(&frame.node.kind) {
                let mut children = frame.node.children;
                // Blocks part words; emphasis in the middle of one does not.
                let parts = !is_emphasis(&frame.node.kind);
                if parts && children.last().is_some_and(|last| last.kind != Kind::SoftBreak) {
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

    /// Adds what has nothing in it.
    pub fn leaf(&mut self, kind: Kind, span: Span) {
        self.leaf_with(kind, span, Attrs::default());
    }

    /// The same with attributes.
    pub fn leaf_with(&mut self, kind: Kind, span: Span, attrs: Attrs) {
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
            Kind::Formula(_) => self.formulas += by,
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
            let hint = format!("Add it in its own paragraph: `[^{label}]: …`.");
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
        for node in build_with(
            inner,
            origin,
            self.diagnostics,
            Extensions { math: Options::empty(), admonish: false },
        ) {
            let words = if node.kind == Kind::Paragraph { node.children } else { vec![node] };
            if let Some(frame) = self.stack.last_mut() {
                frame.node.children.extend(words);
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

/// Whether what is in an element is not to be read.
fn has_no_words(kind: &Kind) -> bool {
    matches!(kind, Kind::Skip | Kind::HtmlImage { .. })
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
        classes::add(attrs, class);
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
