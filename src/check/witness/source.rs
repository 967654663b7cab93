//! The manuscript as words: an independent reading of a chapter's file.
//!
//! The events of the Markdown parser go straight to words, with the byte of
//! each. Nothing of the reader of `manuscript` is used but the parser, so that
//! words it loses between the parser and the model are missed. What stands
//! apart in a finished book is read apart: notes, captions, and what is said
//! instead of pictures.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::cites::{Cites, marks, rewritten};
use super::html::{self, Piece};
use super::{LeftOut, Note, Reason, Streams};
use crate::check::words::{At, Words};
use crate::source::{FileId, Span};

/// What a file says.
#[derive(Debug, Default)]
pub(in crate::check) struct Reading {
    /// Its words.
    pub streams: Streams,
    /// What of it is not shown on purpose.
    pub left_out: Vec<LeftOut>,
    /// The bytes of its listings, in order.
    pub listings: Vec<std::ops::Range<usize>>,
}

/// Reads a chapter's file.
pub(in crate::check) fn read(file: FileId, text: &str, cites: Cites, other_tool: bool) -> Reading {
    let body = body_start(text);
    let mut reader = Reader::new(file, text);
    reader.rewritten = rewritten(text, cites);
    reader.rewritten.extend(marks(text));
    reader.rewritten.sort_by_key(|range| range.start);
    reader.other_tool = other_tool;
    if body > 0 {
        reader.leave_out(0..body, Reason::FrontMatter);
    }
    reader.markdown(text.get(body..).unwrap_or(""), body, Options::ENABLE_MATH);
    reader.finish()
}

/// How the manuscript's Markdown is read.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// Where the text begins after front matter in TOML or YAML.
pub(in crate::check) fn body_start(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next() else { return 0 };
    let fence = first.trim_end();
    if fence != "---" && fence != "+++" {
        return 0;
    }
    let mut at = first.len();
    let mut any = false;
    for line in lines {
        at += line.len();
        let line = line.trim_end();
        if line == fence || (fence == "---" && line == "...") {
            return if any { at } else { 0 };
        }
        // A rule above a text is no fence: keys follow a fence.
        if !any && !line.is_empty() && !line.starts_with('#') && !is_key(line) {
            return 0;
        }
        any = any || !line.is_empty();
    }
    0
}

fn is_key(line: &str) -> bool {
    let key = line.split([':', '=']).next().unwrap_or("");
    key.len() < line.len() && !key.trim().is_empty() && !key.trim().contains(' ')
}

/// The reading of one file.
struct Reader<'a> {
    file: FileId,
    text: &'a str,
    out: Reading,
    /// The note that is being read; its place in the list.
    note: Vec<usize>,
    /// How many pictures are open: what is in one is said instead of it.
    pictures: usize,
    /// How many captions are open.
    captions: usize,
    /// The titles of pictures since the block began: captions, if nothing else
    /// is in it.
    titles: Vec<(String, Span)>,
    /// Whether the block has words beside pictures.
    has_words: bool,
    /// The element that is left out and the depth of Markdown it was opened at.
    skipped: Option<Skipped>,
    /// How many elements of Markdown are open.
    depth: usize,
    /// The block of HTML that is being read: its lines and where they begin.
    block: Vec<(String, usize)>,
    /// What a style of citations writes anew.
    rewritten: Vec<std::ops::Range<usize>>,
    /// How many listings are open.
    listings: usize,
    /// Whether the paragraph explains abbreviations and is not shown.
    muted: bool,
    /// Where the last table ended.
    table_end: usize,
    /// Whether the paragraph is the caption of a table.
    tabled: bool,
    /// Whether the manuscript was written for mdBook.
    other_tool: bool,
}

/// An element that is left out.
struct Skipped {
    name: String,
    nested: usize,
    depth: usize,
    start: usize,
}

impl<'a> Reader<'a> {
    fn new(file: FileId, text: &'a str) -> Reader<'a> {
        Reader {
            file,
            text,
            out: Reading::default(),
            note: Vec::new(),
            pictures: 0,
            captions: 0,
            titles: Vec::new(),
            has_words: false,
            skipped: None,
            depth: 0,
            block: Vec::new(),
            rewritten: Vec::new(),
            listings: 0,
            muted: false,
            table_end: 0,
            tabled: false,
            other_tool: false,
        }
    }

    fn markdown(&mut self, text: &str, base: usize, math: Options) {
        let parser = Parser::new_ext(text, options() | math);
        let definitions: Vec<_> =
            parser.reference_definitions().iter().map(|(_, def)| def.span.clone()).collect();
        for (event, range) in parser.into_offset_iter() {
            self.event(event, range.start + base..range.end + base);
        }
        let mut definitions: Vec<_> =
            definitions.into_iter().map(|span| span.start + base..span.end + base).collect();
        definitions.sort_by_key(|span| span.start);
        for span in definitions {
            self.leave_out(span, Reason::LinkDefinition);
        }
    }

    fn event(&mut self, event: Event<'_>, range: std::ops::Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) if self.listings == 0 => self.cited(&text, range),
            Event::Text(text) | Event::Code(text) => self.words(&text, range),
            Event::InlineMath(tex) => {
                let money = self
                    .text
                    .get(range.end..)
                    .is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
                if money {
                    let inner = self.text.get(range.clone()).unwrap_or("").to_owned();
                    let words = self.has_words;
                    self.markdown(&inner, range.start, Options::empty());
                    self.has_words |= words;
                } else {
                    self.formula(&tex, range);
                }
            }
            Event::DisplayMath(tex) => self.formula(&tex, range),
            Event::Html(html) => self.block.push((html.into_string(), range.start)),
            Event::InlineHtml(html) => self.html(&html, &[(0, range.start)]),
            Event::FootnoteReference(_) | Event::SoftBreak | Event::HardBreak | Event::Rule => {
                self.to().boundary();
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: std::ops::Range<usize>) {
        self.depth += 1;
        match &tag {
            Tag::CodeBlock(kind) => {
                self.listings += 1;
                self.out.listings.push(range.clone());
                self.block_ends();
                if let CodeBlockKind::Fenced(info) = kind {
                    self.title_of_note(info, range.clone());
                }
            }
            Tag::Paragraph if explains(self.text.get(range.clone()).unwrap_or("")) => {
                self.leave_out(range.clone(), Reason::Abbreviation);
                self.muted = true;
            }
            Tag::Paragraph => self.caption_of_table(range.clone()),
            _ => {}
        }
        match tag {
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript => {}
            Tag::Link { title, .. } => {
                if !title.trim().is_empty() {
                    let span = Span::new(self.file, range.start, range.end);
                    self.leave_out_words(&title, span, Reason::LinkTitle);
                }
            }
            Tag::Image { title, .. } => {
                if !title.trim().is_empty() {
                    let span = Span::new(self.file, range.start, range.end);
                    self.titles.push((title.into_string(), span));
                }
                self.to().boundary();
                self.pictures += 1;
            }
            Tag::FootnoteDefinition(label) => {
                self.block_ends();
                let span = Span::new(self.file, range.start, range.end);
                self.note.push(self.out.streams.notes.len());
                let key = label_key(&label);
                self.out.streams.notes.push(Note { key, span: Some(span), ..Note::default() });
            }
            Tag::HtmlBlock => self.block.clear(),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented)
            | Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::Item
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
            | Tag::MetadataBlock(_) => self.block_ends(),
        }
    }

    fn end(&mut self, tag: TagEnd, range: std::ops::Range<usize>) {
        // What HTML opens in here is within what is around this.
        self.depth = self.depth.saturating_sub(1);
        match tag {
            TagEnd::CodeBlock => self.listings = self.listings.saturating_sub(1),
            TagEnd::Paragraph => {
                self.muted = false;
                if std::mem::take(&mut self.tabled) {
                    self.to().boundary();
                    self.captions = self.captions.saturating_sub(1);
                }
            }
            TagEnd::Table => self.table_end = range.end,
            _ => {}
        }
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => {}
            TagEnd::Image => {
                self.to().boundary();
                self.pictures = self.pictures.saturating_sub(1);
                self.to().boundary();
            }
            TagEnd::FootnoteDefinition => {
                self.block_ends();
                self.note.pop();
            }
            TagEnd::HtmlBlock => {
                let lines = std::mem::take(&mut self.block);
                let mut whole = String::new();
                let mut starts = Vec::new();
                for (line, at) in lines {
                    starts.push((whole.len(), at));
                    whole.push_str(&line);
                }
                self.html(&whole, &starts);
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::MetadataBlock(_) => self.block_ends(),
        }
        if self.skipped.as_ref().is_some_and(|skipped| self.depth < skipped.depth) {
            self.skip_ends(range.end);
        }
    }

    /// Where words go.
    fn to(&mut self) -> &mut Words {
        let streams = &mut self.out.streams;
        if self.pictures > 0 {
            return &mut streams.pictures;
        }
        if let Some(note) = self.note.last().and_then(|at| streams.notes.get_mut(*at)) {
            return &mut note.words;
        }
        if self.captions > 0 { &mut streams.captions } else { &mut streams.flow }
    }

    fn words(&mut self, text: &str, range: std::ops::Range<usize>) {
        if self.skipped.is_some() || self.muted {
            return;
        }
        if self.pictures == 0 && !text.trim().is_empty() {
            self.has_words = true;
        }
        let source = self.text.get(range.clone()).unwrap_or("");
        let at = match source.find(text).filter(|_| source.len() <= text.len() + 2) {
            Some(inset) => At::Exact(self.file, range.start + inset),
            None => At::Within(Span::new(self.file, range.start, range.end)),
        };
        self.to().text(text, at);
    }

    /// The title that mdbook-admonish takes from a fence.
    fn title_of_note(&mut self, info: &str, range: std::ops::Range<usize>) {
        if self.other_tool
            && info.trim_start().starts_with("admonish")
            && let Some(title) = info.split('"').nth(1)
        {
            let span = Span::new(self.file, range.start, range.start + info.len() + 3);
            self.to().text(title, At::Within(span));
            self.to().boundary();
        }
    }

    /// A paragraph beside a table that begins as captions do: `Table: …`, `: …`.
    fn caption_of_table(&mut self, range: std::ops::Range<usize>) {
        let text = self.text.get(range.clone()).unwrap_or("");
        let Some(opener) = ["Table: ", ": "].into_iter().find(|o| text.starts_with(o)) else {
            return;
        };
        let between = self.text.get(self.table_end..range.start).unwrap_or("x");
        let after = self.text.get(range.end..).unwrap_or("").trim_start();
        let above = after.lines().next().is_some_and(|line| line.contains('|'));
        if above || (self.table_end > 0 && between.trim().is_empty()) {
            self.block_ends();
            self.captions += 1;
            self.tabled = true;
            let opener = range.start..range.start + opener.len();
            let at = self.rewritten.partition_point(|part| part.start < opener.start);
            self.rewritten.insert(at, opener);
        }
    }

    /// Words but for those that a style of citations writes anew.
    fn cited(&mut self, text: &str, range: std::ops::Range<usize>) {
        let first = self.rewritten.partition_point(|part| part.end <= range.start);
        let parts: Vec<_> = (self.rewritten.get(first..).unwrap_or(&[]).iter())
            .take_while(|part| part.start < range.end)
            .cloned()
            .collect();
        if parts.is_empty() || self.text.get(range.clone()) != Some(text) {
            return self.words(text, range);
        }
        let mut at = range.start;
        for part in parts {
            let before = at..part.start.max(at);
            let words = self.text.get(before.clone()).unwrap_or("").to_owned();
            self.words(&words, before);
            // A mark shows nothing, or what the tool says: a citation, both.
            if !self.text.get(part.clone()).is_some_and(|mark| mark.starts_with('{')) {
                self.to().gap();
            }
            at = part.end.min(range.end);
        }
        let words = self.text.get(at..range.end).unwrap_or("").to_owned();
        self.words(&words, at..range.end);
    }

    fn formula(&mut self, tex: &str, range: std::ops::Range<usize>) {
        self.has_words = true;
        let span = Span::new(self.file, range.start, range.end);
        let to = self.to();
        to.boundary();
        to.text(tex, At::Within(span));
        to.boundary();
    }

    /// A block ends or begins: titles of pictures that stood alone are captions.
    fn block_ends(&mut self) {
        self.to().boundary();
        let has_words = std::mem::take(&mut self.has_words);
        for (title, span) in std::mem::take(&mut self.titles) {
            if has_words {
                self.leave_out_words(&title, span, Reason::PictureTitle);
                continue;
            }
            let streams = &mut self.out.streams;
            let to = match self.note.last().and_then(|at| streams.notes.get_mut(*at)) {
                Some(note) => &mut note.words,
                None => &mut streams.captions,
            };
            to.boundary();
            for event in Parser::new_ext(&without_marks(&title), options()) {
                match event {
                    Event::Text(text)
                    | Event::Code(text)
                    | Event::InlineMath(text)
                    | Event::DisplayMath(text) => to.text(&text, At::Within(span)),
                    Event::SoftBreak | Event::HardBreak => to.boundary(),
                    _ => {}
                }
            }
            to.boundary();
        }
    }

    /// HTML, with the byte of the file that each of its parts begins at.
    fn html(&mut self, html: &str, starts: &[(usize, usize)]) {
        let place = |at: usize| {
            let index = starts.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            starts.get(index).map_or(0, |(start, source)| source + at - start)
        };
        for (piece, range) in html::pieces(html) {
            let (start, end) = (place(range.start), place(range.end.saturating_sub(1)) + 1);
            match piece {
                Piece::Comment(_) => {
                    if self.skipped.is_none() {
                        self.leave_out(start..end, Reason::Comment);
                    }
                }
                Piece::Open(name, tag, closed) => self.open(name, tag, closed, start..end),
                Piece::Close(name) => self.close(&name, end),
                Piece::Text(text) => self.html_text(text, range.start, &place),
            }
        }
    }

    fn html_text(&mut self, text: &str, from: usize, place: &dyn Fn(usize) -> usize) {
        if self.skipped.is_some() {
            return;
        }
        let mut at = from;
        for line in text.split_inclusive('\n') {
            let (start, end) = (place(at), place(at + line.len().saturating_sub(1)) + 1);
            let decoded = html::decode(line);
            if decoded == line {
                self.words(line, start..end);
            } else {
                self.has_words |= !decoded.trim().is_empty();
                let span = Span::new(self.file, start, end);
                self.to().text(&decoded, At::Within(span));
            }
            at += line.len();
        }
    }

    fn open(&mut self, name: String, tag: &str, closed: bool, range: std::ops::Range<usize>) {
        if let Some(skipped) = &mut self.skipped {
            if skipped.name == name && !closed && !html::is_void(&name) {
                skipped.nested += 1;
            }
            return;
        }
        if !html::is_inline(&name) {
            self.to().boundary();
        }
        if html::is_left_out(&name) {
            if !closed && !html::is_void(&name) {
                let (depth, start) = (self.depth, range.start);
                self.skipped = Some(Skipped { name, nested: 1, depth, start });
            }
            return;
        }
        match name.as_str() {
            "img" => self.picture(tag, range),
            "figcaption" | "caption" => {
                self.captions += 1;
                self.to().boundary();
            }
            name if !html::is_inline(name) && name != "br" => self.block_ends(),
            _ => {}
        }
    }

    fn picture(&mut self, tag: &str, range: std::ops::Range<usize>) {
        let span = Span::new(self.file, range.start, range.end);
        if let Some(alt) = html::attribute(tag, "alt") {
            let pictures = &mut self.out.streams.pictures;
            pictures.text(&alt, At::Within(span));
            pictures.boundary();
        }
        let title = html::attribute(tag, "title").filter(|title| !title.trim().is_empty());
        self.titles.extend(title.map(|title| (title, span)));
    }

    fn close(&mut self, name: &str, end: usize) {
        if let Some(skipped) = &mut self.skipped {
            if skipped.name == name {
                skipped.nested -= 1;
                if skipped.nested == 0 {
                    self.skip_ends(end);
                }
            }
            return;
        }
        if !html::is_inline(name) {
            self.to().boundary();
        }
        match name {
            "figcaption" | "caption" => self.captions = self.captions.saturating_sub(1),
            "figure" => {
                self.has_words = false;
                self.block_ends();
            }
            name if !html::is_inline(name) && name != "br" => self.block_ends(),
            _ => {}
        }
    }

    fn skip_ends(&mut self, end: usize) {
        if let Some(skipped) = self.skipped.take() {
            // Brackets for readers that don't know ruby.
            if skipped.name != "rp" {
                self.leave_out(skipped.start..end, Reason::Html(skipped.name));
            }
        }
    }

    fn leave_out(&mut self, range: std::ops::Range<usize>, reason: Reason) {
        let text = self.text.get(range.clone()).unwrap_or("");
        let span = Span::new(self.file, range.start, range.end);
        self.leave_out_words(text, span, reason);
    }

    fn leave_out_words(&mut self, text: &str, span: Span, reason: Reason) {
        let mut words = Words::default();
        words.text(text, At::Unknown);
        let words = words.finished().len();
        self.out.left_out.push(LeftOut { span, words, reason });
    }

    fn finish(mut self) -> Reading {
        self.block_ends();
        self.skip_ends(self.text.len());
        self.out.streams.finish();
        self.out
    }
}

/// Whether every line of a paragraph explains an abbreviation.
fn explains(paragraph: &str) -> bool {
    paragraph.trim_start().starts_with("*[")
        && paragraph.lines().all(|line| {
            let rest = line.trim_start().strip_prefix("*[").unwrap_or("");
            rest.split_once("]:").is_some_and(|(short, _)| !short.contains(']'))
        })
}

/// Names of notes are the same whatever their case and spaces.
pub(in crate::check) fn label_key(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A title without the marks of notes in it: a title by itself has no notes for
/// them, so that they would be read as words.
fn without_marks(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut rest = title;
    while let Some((before, mark)) = rest.split_once("[^") {
        out.push_str(before);
        rest = mark.split_once(']').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(words: &Words) -> String {
        (0..words.len()).map(|i| words.letters(i)).collect::<Vec<_>>().join(" ")
    }

    fn flow(text: &str) -> String {
        all(&read(FileId(0), text, Cites::Nowhere, false).streams.flow)
    }

    #[test]
    fn words_are_read_through_all_marks() {
        assert_eq!(flow("# A *b*c `d` [e](f \"g\")\n\n> h\n\n- i\n- [x] j"), "A bc d e h i j");
        assert_eq!(flow("a&nbsp;b &eacute;t&eacute; \\*c\\*"), "a b été c");
        assert_eq!(flow("| a | b |\n|--|--|\n| c | d |"), "a b c d");
        assert_eq!(flow("term\n: meaning\n\n```rust\nlet x;\n```"), "term meaning let x");
        assert_eq!(flow("a{index: no} b {ref #no page}"), "a b");
        assert_eq!(flow("| a |\n|---|\n| b |\n\nTable: No {#id}"), "a b");
        assert_eq!(flow("A HTML b\n\n*[HTML]: Hyper Text"), "A HTML b");
        assert_eq!(flow("it costs $20 and $30."), "it costs 20 and 30");
        assert_eq!(flow("$a+b$ and\n\n$$\nc\n$$"), "a b and c");
    }

    #[test]
    fn html_is_text_without_what_a_book_can_not_show() {
        assert_eq!(flow("a<b>b</b><br>c <!-- no --> <span title='no'>d</span>"), "ab c d");
        assert_eq!(flow("<div>\n\na *b*\n\n</div>\n\n<p>c&amp;d</p>"), "a b c d");
        let text = "<script>\nno\n</script>\n\na\n\n<svg>\n<text>no</text>\n\nno\n\n</svg>\n\nb";
        let reading = read(FileId(0), text, Cites::Nowhere, false);
        assert_eq!(all(&reading.streams.flow), "a b");
        let left: Vec<_> = reading.left_out.iter().map(|l| l.reason.clone()).collect();
        assert_eq!(left, [Reason::Html("script".into()), Reason::Html("svg".into())]);
    }

    #[test]
    fn what_stands_apart_is_read_apart() {
        let text = "Text[^n].\n\n[^n]: The *note*.\n\n![alt](p.png \"The **caption**\")\n\n\
                    In ![x](p.png \"title\") a line.\n\n<figure><img src=p alt=\"y z\">\
                    <figcaption>Other</figcaption></figure>";
        let reading = read(FileId(0), text, Cites::Nowhere, false);
        assert_eq!(all(&reading.streams.flow), "Text In a line");
        assert_eq!(all(&reading.streams.captions), "The caption Other");
        assert_eq!(all(&reading.streams.pictures), "alt x y z");
        let [note] = reading.streams.notes.as_slice() else { panic!("one note") };
        assert_eq!((note.key.as_str(), all(&note.words).as_str()), ("n", "The note"));
        let [left] = reading.left_out.as_slice() else { panic!("one title") };
        assert_eq!((left.words, &left.reason), (1, &Reason::PictureTitle));
    }

    #[test]
    fn front_matter_comments_and_definitions_are_left_out_and_counted() {
        let text =
            "---\ntitle: One Two\n---\n# A\n\n[b][c] <!-- three words here -->\n\n[c]: x.md 'T'";
        let reading = read(FileId(0), text, Cites::Nowhere, false);
        assert_eq!(all(&reading.streams.flow), "A b");
        let left: Vec<_> = reading.left_out.iter().map(|l| (l.reason.clone(), l.words)).collect();
        assert_eq!(left[0], (Reason::FrontMatter, 3));
        assert!(left.contains(&(Reason::Comment, 3)), "{left:?}");
        assert!(left.iter().any(|(reason, _)| *reason == Reason::LinkDefinition), "{left:?}");
        assert_eq!(body_start("---\n\nA rule above.\n\n---\n"), 0);
    }

    #[test]
    fn words_know_their_bytes() {
        let text = "---\na: b\n---\nOne **two** `three`";
        let flow = read(FileId(0), text, Cites::Nowhere, false).streams.flow;
        let spans = flow.list().iter().filter_map(|word| word.span);
        let words: Vec<&str> = spans.map(|s| &text[s.start as usize..s.end as usize]).collect();
        assert_eq!(words, ["One", "two", "three"]);
    }
}
