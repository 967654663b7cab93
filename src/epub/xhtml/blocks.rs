//! Blocks as XHTML.

use super::writer::PageWriter;
use crate::epub::font_usage::Typeface;
use crate::epub::xml::{Meaning, Tag};
use crate::model::{
    AdmonitionKind, Block, BlockKind, Definition, Image, Indent, Inline, List, ListItem, ListStyle,
    QuoteRole, VerseLine,
};
use crate::text::{Generic, Weight};

/// Of section headings, labels and table heads.
pub(super) const HEADING: Typeface = Typeface::upright(Generic::Sans, Weight::Semibold);
/// Of captions.
const CAPTION: Typeface = Typeface::upright(Generic::Sans, Weight::Regular);

impl PageWriter<'_> {
    /// A run of blocks.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.one_block(block));
    }

    pub(super) fn one_block(&mut self, block: &Block) {
        self.block_marks(block.id);
        let attrs = &block.attrs;
        match &block.kind {
            BlockKind::Paragraph(content) => {
                let class = match (block.indent, attrs.is_hanging()) {
                    (Indent::None, true) => "first hanging",
                    (Indent::None, false) => "first",
                    (Indent::FirstLine, true) => "hanging",
                    (Indent::FirstLine, false) => "",
                };
                self.node(Tag::new("p"), attrs, class, |p, tag| p.paragraph(tag, content));
            }
            BlockKind::Heading { level, content } => {
                self.marks_ahead(&[content]);
                let tag = Tag::new(heading_name(*level));
                self.node(tag, attrs, "", |p, tag| {
                    p.line(tag, |p| {
                        p.in_typeface(HEADING, |p| {
                            if let Some(number) = attrs.number() {
                                p.label_before("heading-number", &number.to_string());
                            }
                            p.unmarked(|p| p.inlines(content));
                        });
                    });
                });
            }
            BlockKind::List(list) => self.list(block, list),
            BlockKind::Quote { role, blocks, source } => self.quote(block, *role, blocks, source),
            BlockKind::Admonition { kind, blocks } => self.admonition(block, *kind, blocks),
            BlockKind::Code { lang, text, tokens } => {
                self.listing(block, lang.as_deref(), text, tokens);
            }
            BlockKind::Figure { images, caption } => self.figure(block, images, caption),
            BlockKind::Table(table) => self.table(block, table),
            BlockKind::DefinitionList(definitions) => self.definitions(block, definitions),
            BlockKind::Verse(stanzas) => self.verse(block, stanzas),
            BlockKind::SceneBreak => {
                let ornament = self.plan.input.theme.ornament.clone();
                let tag = Tag::new("p").with("role", "separator");
                self.node(tag, attrs, "scene-break", |p, tag| p.line(tag, |p| p.say(&ornament)));
            }
            BlockKind::Div(blocks) => {
                self.node(Tag::new("div"), attrs, "", |p, tag| p.block(tag, |p| p.blocks(blocks)));
            }
            BlockKind::PageBreak => {
                self.node(Tag::new("div"), attrs, "page-break", |p, tag| p.line(tag, |_| {}));
            }
            BlockKind::Math(tex) => {
                // One that may be wider than a telephone can be moved sideways
                // by keys as well.
                let wide = super::mathml::is_wide(tex).then_some("0");
                let tag = Tag::new("p").with_some("tabindex", wide);
                self.node(tag, attrs, "math", |p, tag| p.line(tag, |p| p.math(tex, true)));
            }
            BlockKind::Toc(entries) => self.list_of_places(block, entries),
            BlockKind::Index(entries) => self.index(block, entries),
        }
    }

    /// A number or label with the space after it.
    pub(super) fn label_before(&mut self, class: &str, label: &str) {
        self.element(Tag::classed("span", class), |p| p.say(label));
        self.say(" ");
    }

    fn paragraph(&mut self, tag: Tag, content: &[Inline]) {
        self.line(tag, |p| {
            p.note_number();
            p.task_ahead();
            p.inlines(content);
        });
    }

    fn list(&mut self, block: &Block, list: &List) {
        let tasks = list.items.iter().any(|item| item.checked.is_some());
        let class = if tasks { "tasks" } else { "" };
        let tag = match list.start {
            None => Tag::new("ul"),
            Some(1) => Tag::new("ol"),
            Some(n) => Tag::new("ol").with("start", &n.min(i32::MAX as u64).to_string()),
        };
        let tag = match list.numbering {
            ListStyle::Decimal => tag,
            other => tag.with("type", other.html_type()),
        };
        self.node(tag, &block.attrs, class, |p, tag| {
            p.block(tag, |p| list.items.iter().for_each(|item| p.item(item, list.tight)));
        });
    }

    fn item(&mut self, item: &ListItem, tight: bool) {
        let number = item.number.map(|n| n.min(i32::MAX as u64).to_string());
        self.line(Tag::new("li").with_some("value", number.as_deref()), |p| {
            let text_first =
                matches!(item.blocks.first().map(|b| &b.kind), Some(BlockKind::Paragraph(_)));
            match item.checked {
                Some(_) if !tight && text_first => p.task_ahead = item.checked,
                Some(done) => p.task_box(done),
                None => {}
            }
            if !tight {
                p.x.newline();
                return p.blocks(&item.blocks);
            }
            for (n, block) in item.blocks.iter().enumerate() {
                match &block.kind {
                    BlockKind::Paragraph(content) if n == 0 && block.attrs.is_empty() => {
                        p.note_number();
                        p.inlines(content);
                    }
                    _ => p.one_block(block),
                }
            }
        });
    }

    /// The box of a task: a sign with a name, since a form field that can't be
    /// filled in helps nobody.
    fn task_box(&mut self, done: bool) {
        let (sign, name) = match done {
            true => ("☑", &self.plan.locale.done),
            false => ("☐", &self.plan.locale.to_do),
        };
        let tag = Tag::classed("span", "task").with("role", "img").with("aria-label", name);
        self.element(tag, |p| p.say(sign));
        self.x.text(" ");
    }

    /// The box of the task whose first paragraph begins here.
    fn task_ahead(&mut self) {
        if let Some(done) = self.task_ahead.take() {
            self.task_box(done);
        }
    }

    fn quote(&mut self, block: &Block, role: QuoteRole, blocks: &[Block], source: &[Inline]) {
        let (tag, class, typeface) = match role {
            QuoteRole::Plain => (Tag::new("blockquote"), "", self.typeface),
            QuoteRole::Pull => (
                Tag::new("aside").means(Meaning::both("pullquote", "doc-pullquote")),
                "pull-quote",
                self.typeface.italic(),
            ),
            QuoteRole::Epigraph => (
                Tag::new("blockquote").means(Meaning::both("epigraph", "doc-epigraph")),
                "epigraph",
                self.typeface.italic(),
            ),
        };
        self.node(tag, &block.attrs, class, |p, tag| {
            p.block(tag, |p| {
                p.in_typeface(typeface, |p| p.blocks(blocks));
                if !source.is_empty() {
                    p.line(Tag::classed("p", "source"), |p| p.inlines(source));
                }
            });
        });
    }

    fn admonition(&mut self, block: &Block, kind: AdmonitionKind, blocks: &[Block]) {
        let (tag, class) = match kind {
            AdmonitionKind::Tip => {
                (Tag::new("aside").means(Meaning::both("tip", "doc-tip")), "tip")
            }
            AdmonitionKind::Note => (notice(), "note"),
            AdmonitionKind::Important => (notice(), "important"),
            AdmonitionKind::Warning => (notice(), "warning"),
            AdmonitionKind::Caution => (notice(), "caution"),
        };
        let label = self.plan.locale.admonition(kind);
        self.node(tag, &block.attrs, &format!("admonition {class}"), |p, tag| {
            p.block(tag, |p| {
                p.line(Tag::classed("p", "label"), |p| p.in_typeface(HEADING, |p| p.say(label)));
                p.blocks(blocks);
            });
        });
    }

    fn figure(&mut self, block: &Block, images: &[Image], caption: &[Inline]) {
        let class = if images.len() > 1 { "group" } else { "" };
        let label = block.attrs.number().map(|number| self.plan.locale.figure(number));
        self.node(Tag::new("figure"), &block.attrs, class, |p, tag| {
            p.block(tag, |p| {
                for image in images {
                    p.picture(image, "");
                    p.x.newline();
                }
                if !caption.is_empty() {
                    p.line(Tag::new("figcaption"), |p| {
                        if let Some(label) = &label {
                            p.in_typeface(HEADING, |p| p.label_before("caption-label", label));
                        }
                        p.in_typeface(CAPTION, |p| p.inlines(caption));
                    });
                }
            });
        });
    }

    fn definitions(&mut self, block: &Block, definitions: &[Definition]) {
        self.node(Tag::new("dl"), &block.attrs, "", |p, tag| {
            p.block(tag, |p| {
                for definition in definitions {
                    for term in &definition.terms {
                        let typeface = p.typeface.bold();
                        p.line(Tag::new("dt"), |p| p.in_typeface(typeface, |p| p.inlines(term)));
                    }
                    for meaning in &definition.meanings {
                        p.block(Tag::new("dd"), |p| p.blocks(meaning));
                    }
                }
            });
        });
    }

    fn verse(&mut self, block: &Block, stanzas: &[Vec<VerseLine>]) {
        self.node(Tag::new("div"), &block.attrs, "verse", |p, tag| {
            p.block(tag, |p| {
                for stanza in stanzas {
                    p.line(Tag::classed("p", "stanza"), |p| p.stanza(stanza));
                }
            });
        });
    }

    fn stanza(&mut self, lines: &[VerseLine]) {
        for (n, line) in lines.iter().enumerate() {
            if n > 0 {
                self.x.empty(Tag::new("br"));
                self.x.newline();
            }
            let mut tag = Tag::classed("span", "verse-line");
            if line.indent > 0 {
                tag = tag.with("style", &format!("margin-left: {}em", line.indent.min(12)));
            }
            self.element(tag, |p| p.inlines(&line.content));
        }
    }
}

fn notice() -> Tag {
    Tag::new("section").means(Meaning::both("notice", "doc-notice"))
}

fn heading_name(level: u8) -> &'static str {
    match level {
        0..=2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        6.. => "h6",
    }
}
