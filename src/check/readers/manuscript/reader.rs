//! A chapter's Markdown, event by event.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::ends::{Ends, without_unclosed};
use super::mathml::MathMl;
use super::text::explains_abbreviations;
use crate::check::streams::{LeftOut, Note, Reason, Streams, label_key};
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

/// How the manuscript's Markdown is read.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// The reading of one file.
pub(super) struct Reader<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) out: Reading,
    /// The note that is being read; its place in the list.
    pub(super) note: Vec<usize>,
    /// How many pictures are open: what is in one is said instead of it.
    pub(super) pictures: usize,
    /// How many captions are open.
    pub(super) captions: usize,
    /// The titles of pictures since the block began: captions, if nothing else
    /// is in it.
    pub(super) titles: Vec<(String, Span)>,
    /// Whether the block has words beside pictures.
    pub(super) has_words: bool,
    /// Whether its last line has.
    pub(super) line_has_words: bool,
    /// How many of the titles stand in lines before the last.
    pub(super) titles_before_line: usize,
    /// Where the last element ends that is left out.
    pub(super) hidden_until: usize,
    /// Where such elements end.
    pub(super) ends: Ends,
    /// Whether the block has shown a picture.
    pub(super) pictured: bool,
    /// Whether titles of pictures stand in the line: in cells and headings.
    pub(super) titles_in_line: bool,
    /// Where the caption in italics below a picture ends, while it is read.
    pub(super) caption_end: Option<usize>,
    /// The block of HTML that is being read: its lines and where they begin.
    pub(super) block: Vec<(String, usize)>,
    /// What a style of citations writes anew.
    pub(super) rewritten: Vec<std::ops::Range<usize>>,
    /// How many listings are open.
    pub(super) listings: usize,
    /// Whether the paragraph explains abbreviations and is not shown.
    pub(super) muted: bool,
    /// Where the last cell ended.
    pub(super) cell_end: usize,
    /// Where the last table ended.
    pub(super) table_end: usize,
    /// Whether the paragraph is the caption of a table.
    pub(super) tabled: bool,
    /// Whether the manuscript was written for mdBook.
    pub(super) other_tool: bool,
    /// How many figures and tables of HTML are open: what a caption is one of.
    pub(super) captioned: usize,
    /// The formula of HTML that is open.
    pub(super) mathml: Option<MathMl>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(file: FileId, text: &'a str) -> Reader<'a> {
        Reader {
            file,
            text,
            out: Reading::default(),
            note: Vec::new(),
            pictures: 0,
            captions: 0,
            titles: Vec::new(),
            has_words: false,
            line_has_words: false,
            titles_before_line: 0,
            hidden_until: 0,
            ends: Ends::default(),
            pictured: false,
            titles_in_line: false,
            caption_end: None,
            block: Vec::new(),
            rewritten: Vec::new(),
            listings: 0,
            muted: false,
            cell_end: 0,
            table_end: 0,
            tabled: false,
            other_tool: false,
            captioned: 0,
            mathml: None,
        }
    }

    pub(super) fn markdown(&mut self, text: &str, base: usize, math: Options) {
        let (text, unclosed) = without_unclosed(text, options() | math);
        for (range, reason) in unclosed {
            self.leave_out(range.start + base..range.end + base, reason);
        }
        self.ends.find(&text, base, options() | math);
        let parser = Parser::new_ext(&text, options() | math);
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
            Event::Code(_) if self.within_rewritten(&range) => {}
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
            Event::SoftBreak | Event::HardBreak => {
                self.line_ends();
                self.to().boundary();
            }
            Event::FootnoteReference(_) | Event::Rule => {
                self.to().boundary();
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: std::ops::Range<usize>) {
        match &tag {
            Tag::CodeBlock(kind) => {
                self.listings += 1;
                self.out.listings.push(range.clone());
                self.block_ends();
                if let CodeBlockKind::Fenced(info) = kind {
                    self.title_of_note(info, range.clone());
                }
            }
            Tag::Paragraph
                if explains_abbreviations(self.text.get(range.clone()).unwrap_or("")) =>
            {
                self.leave_out(range.clone(), Reason::Abbreviation);
                self.muted = true;
            }
            Tag::Paragraph => self.caption_of_table(range.clone()),
            Tag::Emphasis => self.caption_in_italics(range.clone()),
            Tag::Strong => self.labelled_caption(range.clone()),
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
            | Tag::MetadataBlock(_) => {
                self.block_ends();
                self.titles_in_line = matches!(tag, Tag::TableCell | Tag::Heading { .. });
            }
        }
    }

    fn end(&mut self, tag: TagEnd, range: std::ops::Range<usize>) {
        match tag {
            TagEnd::CodeBlock => self.listings = self.listings.saturating_sub(1),
            TagEnd::Paragraph => {
                self.muted = false;
                if std::mem::take(&mut self.tabled) {
                    self.to().boundary();
                    self.captions = self.captions.saturating_sub(1);
                }
            }
            TagEnd::TableCell => self.cell_end = range.end,
            TagEnd::Emphasis if self.caption_end == Some(range.end) => {
                self.caption_end = None;
                self.to().boundary();
                self.captions = self.captions.saturating_sub(1);
            }
            TagEnd::TableRow => self.cells_beyond(range.clone()),
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
                self.pictured = true;
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
    }

    pub(super) fn finish(mut self) -> Reading {
        self.formula_closes();
        self.block_ends();
        self.out.streams.finish();
        self.out
    }
}
