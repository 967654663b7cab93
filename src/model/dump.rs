//! The model as text that a person can read and a test can compare.
//!
//! One line a node, two spaces a level; text in quotes. Spans are left out:
//! goldens should change when the meaning does.

use std::fmt::Write;

use super::{
    Align, Alt, Attrs, Block, BlockKind, Book, Chapter, CodeRole, EntryLabel, GeneratedPage, Image,
    Indent, IndexEntry, Inline, InlineKind, LinkRole, LinkTarget, ListStyle, Note, QuoteRole,
    RefForm, Row, SpanRole, TermRange, plain_text,
};

/// The whole book, or what of it has been read so far.
pub fn dump(book: &Book) -> String {
    let mut d = Dump { out: String::new(), depth: 0, book };
    d.line(&format!("book {:?} lang={}", book.meta.title, book.meta.language));
    d.nested(|d| {
        for contributor in &book.meta.contributors {
            d.line(&format!("{} {:?}", contributor.role.marc(), contributor.name));
        }
        for chapter in &book.chapters {
            d.chapter(chapter);
        }
        for note in &book.notes {
            d.note(note);
        }
    });
    d.out
}

struct Dump<'a> {
    out: String,
    depth: usize,
    book: &'a Book,
}

impl Dump<'_> {
    fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "{:indent$}{text}", "", indent = self.depth * 2);
    }

    fn nested(&mut self, body: impl FnOnce(&mut Self)) {
        self.depth += 1;
        body(self);
        self.depth -= 1;
    }

    fn chapter(&mut self, chapter: &Chapter) {
        let mut head = format!("{} {} {:?}", chapter.role.name(), chapter.stem, chapter.matter);
        if let Some(number) = &chapter.number {
            let _ = write!(head, " number={number}");
        }
        if chapter.depth > 0 {
            let _ = write!(head, " depth={}", chapter.depth);
        }
        if let Some(id) = &chapter.id {
            let _ = write!(head, " id={id:?}");
        }
        if let Some(lang) = &chapter.lang {
            let _ = write!(head, " lang={lang}");
        }
        self.line(&head);
        self.nested(|d| {
            d.labelled("title", &chapter.title);
            d.labelled("listed", &chapter.listed);
            d.labelled("subtitle", &chapter.subtitle);
            if let Some(opener) = &chapter.opener {
                let text = format!("opener {}", d.image(opener));
                d.line(&text);
            }
            d.opening(chapter);
            d.contents_entry(chapter);
            d.generated(chapter);
            d.blocks(&chapter.blocks);
        });
    }

    fn opening(&mut self, chapter: &Chapter) {
        let opening = &chapter.opening;
        if let Some(label) = &opening.label {
            self.line(&format!("label {label:?}"));
        }
        if opening.epigraphs > 0 {
            self.line(&format!("opening epigraphs={}", opening.epigraphs));
        }
        let first = chapter.blocks.get(opening.epigraphs).map(|block| &block.kind);
        if let (Some(lead_in), Some(BlockKind::Paragraph(content))) = (opening.lead_in, first) {
            let text = plain_text(content);
            let words = |length| text.get(..length).unwrap_or("?");
            let mut line = format!("lead-in {:?}", words(lead_in.length));
            if let Some(length) = lead_in.drop_cap {
                let _ = write!(line, " drop-cap={:?}", words(length));
            }
            self.line(&line);
        }
    }

    fn contents_entry(&mut self, chapter: &Chapter) {
        let Some(entry) = &chapter.contents_entry else { return };
        let label = match &entry.label {
            EntryLabel::None => String::new(),
            EntryLabel::Number(label) | EntryLabel::Words(label) => format!(" {label:?}"),
        };
        let title = self.inlines(&entry.title);
        self.line(&format!("contents depth={}{label} {title}", entry.depth));
    }

    fn generated(&mut self, chapter: &Chapter) {
        match &chapter.generated {
            None => {}
            Some(GeneratedPage::HalfTitle(title)) => {
                self.line(&format!("generated half title {title:?}"));
            }
            Some(GeneratedPage::TitlePage(page)) => {
                self.line("generated title page");
                self.nested(|d| {
                    d.line(&format!("title {:?}", page.title));
                    let named = |name: &'static str| move |words: &String| (name, words.clone());
                    let lines = (page.subtitle.iter().map(named("subtitle")))
                        .chain(page.authors.iter().map(named("author")))
                        .chain(page.publisher.iter().map(named("publisher")));
                    lines.for_each(|(name, words)| d.line(&format!("{name} {words:?}")));
                });
            }
            Some(GeneratedPage::Copyright) => self.line("generated copyright page"),
            Some(GeneratedPage::Contents) => self.line("generated contents"),
        }
    }

    fn note(&mut self, note: &Note) {
        self.line(&format!("note {} {:?} chapter={}", note.number, note.name(), note.chapter.0));
        self.nested(|d| d.blocks(&note.blocks));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn labelled(&mut self, label: &str, inlines: &[Inline]) {
        if !inlines.is_empty() {
            let text = format!("{label} {}", self.inlines(inlines));
            self.line(&text);
        }
    }

    fn block(&mut self, block: &Block) {
        let attrs = attrs(&block.attrs, self.book);
        match &block.kind {
            BlockKind::Paragraph(content) => {
                let indent = match block.indent {
                    Indent::None => "",
                    Indent::FirstLine => " indented",
                };
                self.labelled(&format!("paragraph{indent}{attrs}"), content);
            }
            BlockKind::Heading { level, content } => {
                self.labelled(&format!("heading {level}{attrs}"), content);
            }
            BlockKind::List(list) => {
                let signs = match list.numbering {
                    ListStyle::Decimal => String::new(),
                    other => format!(" in {}", other.html_type()),
                };
                let start = list
                    .start
                    .map_or(String::from("bullets"), |n| format!("numbers{signs} from {n}"));
                let tight = if list.tight { "tight" } else { "loose" };
                self.line(&format!("list {start} {tight}{attrs}"));
                self.nested(|d| {
                    for item in &list.items {
                        let box_of = match item.checked {
                            None => "item",
                            Some(true) => "item done",
                            Some(false) => "item to do",
                        };
                        let number = item.number.map_or(String::new(), |n| format!(" number={n}"));
                        d.line(&format!("{box_of}{number}"));
                        d.nested(|d| d.blocks(&item.blocks));
                    }
                });
            }
            BlockKind::Quote { role, blocks, source } => {
                let role = match role {
                    QuoteRole::Plain => "quote",
                    QuoteRole::Pull => "pull quote",
                    QuoteRole::Epigraph => "epigraph",
                };
                self.line(&format!("{role}{attrs}"));
                self.nested(|d| {
                    d.blocks(blocks);
                    d.labelled("source", source);
                });
            }
            BlockKind::Admonition { kind, blocks } => {
                self.line(&format!("admonition {kind:?}{attrs}"));
                self.nested(|d| d.blocks(blocks));
            }
            BlockKind::Code { lang, text, tokens } => {
                self.line(&format!("code {}{attrs}", lang.as_deref().unwrap_or("-")));
                self.nested(|d| {
                    for line in text.lines() {
                        d.line(&format!("{line:?}"));
                    }
                    for token in tokens {
                        let part = text.get(token.range.clone()).unwrap_or("");
                        d.line(&format!("{:?} {part:?}", token.kind));
                    }
                });
            }
            BlockKind::Figure { images, caption } => {
                self.line(&format!("figure{attrs}"));
                self.nested(|d| {
                    for image in images {
                        let text = d.image(image);
                        d.line(&text);
                    }
                    d.labelled("caption", caption);
                });
            }
            BlockKind::Table(table) => {
                let columns: Vec<&str> = table
                    .columns
                    .iter()
                    .map(|a| match a {
                        Align::Start => "start",
                        Align::Center => "center",
                        Align::End => "end",
                    })
                    .collect();
                self.line(&format!("table {}{attrs}", columns.join(" ")));
                self.nested(|d| {
                    d.labelled("caption", &table.caption);
                    d.rows("head", &table.head);
                    d.rows("row", &table.rows);
                });
            }
            BlockKind::DefinitionList(definitions) => {
                self.line(&format!("definitions{attrs}"));
                self.nested(|d| {
                    for definition in definitions {
                        for term in &definition.terms {
                            d.labelled("term", term);
                        }
                        for meaning in &definition.meanings {
                            d.line("meaning");
                            d.nested(|d| d.blocks(meaning));
                        }
                    }
                });
            }
            BlockKind::Verse(stanzas) => {
                self.line(&format!("verse{attrs}"));
                self.nested(|d| {
                    for stanza in stanzas {
                        d.line("stanza");
                        d.nested(|d| {
                            for line in stanza {
                                d.labelled(&format!("line {}", line.indent), &line.content);
                            }
                        });
                    }
                });
            }
            BlockKind::SceneBreak => self.line(&format!("scene break{attrs}")),
            BlockKind::Div(blocks) => {
                self.line(&format!("div{attrs}"));
                self.nested(|d| d.blocks(blocks));
            }
            BlockKind::PageBreak => self.line("page break"),
            BlockKind::Math(tex) => self.line(&format!("math{attrs} {tex:?}")),
            BlockKind::Toc(entries) => {
                self.line(&format!("toc{attrs}"));
                self.nested(|d| {
                    for entry in entries {
                        d.labelled(&format!("entry {:?}", entry.label), &entry.content);
                    }
                });
            }
            BlockKind::Index(entries) => {
                self.line(&format!("index{attrs}"));
                self.nested(|d| d.index(entries));
            }
        }
    }

    fn index(&mut self, entries: &[IndexEntry]) {
        for entry in entries {
            let mut line = format!("{:?}", entry.term);
            for place in &entry.places {
                let _ = write!(line, " {}", self.target(&LinkTarget::Anchor(place.from)));
                if let Some(to) = place.to {
                    let _ = write!(line, "–{}", self.target(&LinkTarget::Anchor(to)));
                }
            }
            for see in &entry.see {
                let _ = write!(line, " see {see:?}");
            }
            self.line(&line);
            self.nested(|d| d.index(&entry.children));
        }
    }

    fn rows(&mut self, label: &str, rows: &[Row]) {
        for row in rows {
            let cells: Vec<String> = row.cells.iter().map(|c| self.inlines(&c.content)).collect();
            self.line(&format!("{label} | {} |", cells.join(" | ")));
        }
    }

    fn image(&self, image: &Image) -> String {
        let path = self.book.image(image.source).map_or("?", |i| i.path.as_str());
        match &image.alt {
            Alt::Text(text) => format!("image {path} alt={text:?}"),
            Alt::Decorative => format!("image {path} decorative"),
            Alt::Missing => format!("image {path} no alt"),
        }
    }

    fn inlines(&self, inlines: &[Inline]) -> String {
        let parts: Vec<String> = inlines.iter().map(|i| self.inline(i)).collect();
        parts.join(" ")
    }

    fn inline(&self, inline: &Inline) -> String {
        let group = |name: &str, content: &[Inline]| {
            format!("{name}{}({})", attrs(&inline.attrs, self.book), self.inlines(content))
        };
        match &inline.kind {
            InlineKind::Text(text) => format!("{text:?}"),
            InlineKind::Emph(content) => group("emph", content),
            InlineKind::Strong(content) => group("strong", content),
            InlineKind::Strike(content) => group("strike", content),
            InlineKind::SmallCaps(content) => group("smallcaps", content),
            InlineKind::Sub(content) => group("sub", content),
            InlineKind::Sup(content) => group("sup", content),
            InlineKind::Code(role, text) => {
                let role = match role {
                    CodeRole::Code => "code",
                    CodeRole::Keyboard => "keyboard",
                    CodeRole::Sample => "sample",
                };
                format!("{role}({text:?})")
            }
            InlineKind::Link { role, target, content } => {
                let role = match role {
                    LinkRole::Plain => "link",
                    LinkRole::Citation => "citation",
                };
                group(&format!("{role} {}", self.target(target)), content)
            }
            InlineKind::Ref { target, form } => {
                let form = match form {
                    RefForm::Number => "number",
                    RefForm::Title => "title",
                    RefForm::Page => "page",
                };
                format!("ref({} {form})", self.target(target))
            }
            InlineKind::Image(image) => self.image(image),
            InlineKind::Note(id) => {
                format!("note({})", self.book.note(*id).map_or("?", |n| n.name()))
            }
            InlineKind::SoftBreak => "soft".into(),
            InlineKind::HardBreak => "hard".into(),
            InlineKind::Math(tex) => format!("math({tex:?})"),
            InlineKind::Span(role, content) => {
                let role = match role {
                    SpanRole::Plain => "span",
                    SpanRole::Inserted => "inserted",
                    SpanRole::Underlined => "underlined",
                    SpanRole::Marked => "marked",
                    SpanRole::Small => "small",
                };
                group(role, content)
            }
            InlineKind::Ruby(parts) => {
                let parts: Vec<String> = parts
                    .iter()
                    .map(|part| format!("{} over {:?}", self.inlines(&part.base), part.reading))
                    .collect();
                format!("ruby({})", parts.join(", "))
            }
            InlineKind::IndexMark(term) => {
                let mut out = format!("index({}", term.path.join(" > "));
                match term.range {
                    TermRange::Point => {}
                    TermRange::Begin => out.push_str(" begin"),
                    TermRange::End => out.push_str(" end"),
                }
                if let Some(see) = &term.see {
                    let _ = write!(out, " see {see}");
                }
                out + ")"
            }
        }
    }

    fn target(&self, target: &LinkTarget) -> String {
        match target {
            LinkTarget::External(url) => format!("<{url}>"),
            LinkTarget::Written(address) => format!("?{address}"),
            LinkTarget::Named(name) => format!("?{name}"),
            LinkTarget::Anchor(id) => {
                format!("#{}", self.book.anchor(*id).map_or("?", |a| a.id.as_str()))
            }
        }
    }
}

fn attrs(attrs: &Attrs, book: &Book) -> String {
    let mut out = String::new();
    let anchor = attrs.anchor().and_then(|a| book.anchor(a)).map(|a| a.id.as_str());
    if let Some(id) = anchor.or(attrs.id()) {
        let _ = write!(out, " #{id}");
    }
    for class in attrs.classes() {
        let _ = write!(out, " .{class}");
    }
    if attrs.is_hanging() {
        out.push_str(" hanging");
    }
    if let Some(lang) = attrs.lang() {
        let _ = write!(out, " lang={lang}");
    }
    if let Some(number) = attrs.number() {
        let _ = write!(out, " number={number}");
    }
    if let Some(expansion) = attrs.expansion() {
        let _ = write!(out, " means={expansion:?}");
    }
    if let Some(dir) = attrs.dir() {
        let _ = write!(out, " dir={dir:?}");
    }
    out
}
