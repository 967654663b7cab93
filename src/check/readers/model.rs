//! The model as words: what both exporters were given.

use crate::check::streams::{FORMULA, Note, Streams, label_key};
use crate::check::words::{At, Words};
use crate::model::{
    Alt, Block, BlockKind, Book, ChapterId, GeneratedPage, Image, Inline, InlineKind, LinkTarget,
    Row,
};

use crate::source::Span;

/// What a chapter says.
#[derive(Debug, Default)]
pub(in crate::check) struct Reading {
    /// Its title and subtitle.
    pub head: Words,
    /// The rest.
    pub streams: Streams,
}

/// For which file the words are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Medium {
    /// The EPUB.
    Screen,
    /// The PDF, which says pages after links.
    Paper,
}

/// Reads a chapter.
pub(in crate::check) fn read(book: &Book, id: ChapterId, medium: Medium) -> Reading {
    let mut reading = Reading::default();
    let Some(chapter) = book.chapter(id) else { return reading };
    let mut reader = Reader { out: Streams::default(), medium, in_note: false };
    // Its number comes first, its authors last.
    reader.out.flow.gap();
    for line in [&chapter.title, &chapter.subtitle] {
        reader.line(line);
        reader.out.flow.gap();
    }
    reading.head = std::mem::take(&mut reader.out.flow).finished();
    if let Some(opener) = &chapter.opener {
        reader.picture(opener);
    }
    reader.blocks(&chapter.blocks);
    if chapter.generated == Some(GeneratedPage::Contents) {
        reader.out.flow.gap();
    }
    reader.in_note = true;
    for note in book.notes.iter().filter(|note| note.chapter == id) {
        let outer = std::mem::take(&mut reader.out.flow);
        reader.blocks(&note.blocks);
        let words = std::mem::replace(&mut reader.out.flow, outer).finished();
        let key = note.label.as_deref().map(label_key).unwrap_or_default();
        let (number, span) = (note.number, Some(note.span));
        reader.out.notes.push(Note { key, number, span, words });
    }
    reader.out.finish();
    reading.streams = reader.out;
    reading
}

struct Reader {
    out: Streams,
    medium: Medium,
    /// What is in a note stays in it, captions as well.
    in_note: bool,
}

impl Reader {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.out.flow.boundary();
            self.block(block);
            self.out.flow.boundary();
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Paragraph(content) => self.line(content),
            BlockKind::Heading { content, .. } => {
                self.out.flow.gap();
                self.line(content);
            }
            BlockKind::List(list) => {
                for item in &list.items {
                    if list.start.is_some() {
                        self.out.flow.gap();
                    }
                    self.blocks(&item.blocks);
                }
            }
            BlockKind::Quote { blocks, source, .. } => {
                self.blocks(blocks);
                self.line(source);
            }
            BlockKind::Admonition { blocks, .. } => {
                self.out.flow.gap();
                self.blocks(blocks);
            }
            BlockKind::Code { text, .. } => self.out.flow.text(text, At::Within(block.span)),
            BlockKind::Figure { images, caption } => {
                images.iter().for_each(|image| self.picture(image));
                self.caption(caption);
            }
            BlockKind::Table(table) => {
                self.caption(&table.caption);
                table.head.iter().chain(&table.rows).for_each(|row| self.row(row));
            }
            BlockKind::DefinitionList(definitions) => {
                for definition in definitions {
                    definition.terms.iter().for_each(|term| self.line(term));
                    definition.meanings.iter().for_each(|meaning| self.blocks(meaning));
                }
            }
            BlockKind::Verse(stanzas) => {
                stanzas.iter().flatten().for_each(|line| self.line(&line.content));
            }
            BlockKind::Div(blocks) => self.blocks(blocks),
            BlockKind::Math(tex) => self.formula(tex, block.span),
            BlockKind::SceneBreak | BlockKind::PageBreak => {}
            BlockKind::Toc(_) | BlockKind::Index(_) => self.out.flow.gap(),
        }
    }

    fn row(&mut self, row: &Row) {
        row.cells.iter().for_each(|cell| self.line(&cell.content));
    }

    fn caption(&mut self, caption: &[Inline]) {
        if self.in_note {
            return self.line(caption);
        }
        let flow = std::mem::take(&mut self.out.flow);
        self.out.flow = std::mem::take(&mut self.out.captions);
        self.out.flow.gap();
        self.line(caption);
        self.out.captions = std::mem::replace(&mut self.out.flow, flow);
    }

    /// Inlines that stand for themselves.
    fn line(&mut self, inlines: &[Inline]) {
        self.out.flow.boundary();
        self.inlines(inlines);
        self.out.flow.boundary();
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        inlines.iter().for_each(|inline| self.inline(inline));
    }

    fn inline(&mut self, inline: &Inline) {
        let at = At::Within(inline.span);
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(_, text) => self.out.flow.text(text, at),
            InlineKind::Emph(content)
            | InlineKind::Strong(content)
            | InlineKind::Strike(content)
            | InlineKind::SmallCaps(content)
            | InlineKind::Sub(content)
            | InlineKind::Sup(content)
            | InlineKind::Span(_, content) => self.inlines(content),
            InlineKind::Link { target, content, .. } => {
                self.inlines(content);
                match target {
                    LinkTarget::Anchor(_) if self.medium == Medium::Paper => {
                        self.out.flow.soft_gap();
                    }
                    LinkTarget::Anchor(_)
                    | LinkTarget::External(_)
                    | LinkTarget::Written(_)
                    | LinkTarget::Named(_) => {}
                }
            }
            InlineKind::Ref { .. } => self.out.flow.gap(),
            InlineKind::Image(image) => {
                self.out.flow.boundary();
                self.picture(image);
            }
            InlineKind::Note(_) | InlineKind::SoftBreak | InlineKind::HardBreak => {
                self.out.flow.boundary();
            }
            InlineKind::Math(tex) => self.formula(tex, inline.span),
            InlineKind::Ruby(parts) => {
                for part in parts {
                    self.inlines(&part.base);
                    self.out.flow.boundary();
                    self.out.flow.text(&part.reading, at);
                    self.out.flow.boundary();
                }
            }
            InlineKind::IndexMark(_) => {}
        }
    }

    /// A formula: its TeX, or that there is one where its signs are set.
    fn formula(&mut self, tex: &str, span: Span) {
        if tex.trim().is_empty() {
            return;
        }
        let said = if self.medium == Medium::Paper { FORMULA } else { tex };
        self.out.flow.boundary();
        self.out.flow.text(said, At::Within(span));
        self.out.flow.boundary();
    }

    fn picture(&mut self, image: &Image) {
        match &image.alt {
            Alt::Text(alt) => {
                self.out.pictures.text(alt, At::Within(image.span));
                self.out.pictures.boundary();
            }
            Alt::Decorative | Alt::Missing => {}
        }
    }
}
