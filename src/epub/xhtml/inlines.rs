//! Inlines as XHTML.

use super::alt_text::alt_text;
use super::writer::PageWriter;
use crate::epub::font_usage::Typeface;
use crate::epub::xml::{Meaning, Tag};
use crate::model::{
    CodeRole, Image, ImageWidth, Inline, InlineKind, LinkRole, LinkTarget, NoteId, RefForm,
    RubyPart, SpanRole,
};
use crate::text::Generic;

impl PageWriter<'_> {
    /// A run of inlines.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        if !matches!(inline.kind, InlineKind::Text(_) | InlineKind::Code(..)) {
            let plan = self.plan;
            for mark in plan.marks(inline.id) {
                self.page_mark("span", *mark);
            }
        }
        let group = |name| Tag::new(name);
        match &inline.kind {
            InlineKind::Text(text) if inline.attrs.is_empty() => self.words(inline, text),
            InlineKind::Text(text) => {
                self.node(group("span"), &inline.attrs, "", |p, tag| {
                    p.element(tag, |p| p.words(inline, text));
                });
            }
            InlineKind::Emph(content) => {
                let typeface = self.typeface.emphasised();
                self.group(group("em"), inline, "", typeface, content);
            }
            InlineKind::Strong(content) => {
                let typeface = self.typeface.bold();
                self.group(group("strong"), inline, "", typeface, content);
            }
            InlineKind::Strike(content) => {
                self.group(group("del"), inline, "", self.typeface, content);
            }
            InlineKind::SmallCaps(content) => {
                self.group(group("span"), inline, "small-caps", self.typeface, content);
            }
            InlineKind::Sub(content) => {
                self.group(group("sub"), inline, "", self.typeface, content)
            }
            InlineKind::Sup(content) => {
                self.group(group("sup"), inline, "", self.typeface, content)
            }
            InlineKind::Span(role, content) => {
                let tag = match inline.attrs.expansion() {
                    Some(expansion) => group("abbr").with("title", expansion),
                    None => group(span_element(*role)),
                };
                self.group(tag, inline, "", self.typeface, content);
            }
            InlineKind::Code(role, text) => {
                let typeface = Typeface { family: Generic::Mono, ..self.typeface };
                let tag = self.runs_right(group(code_element(*role)), &inline.attrs);
                self.node(tag, &inline.attrs, "", |p, tag| {
                    p.element(tag, |p| p.in_typeface(typeface, |p| p.words(inline, text)));
                });
            }
            InlineKind::Link { role, target, content } => {
                let tag = match self.href(target) {
                    Some(href) => group("a").with("href", &href),
                    None => group("span"),
                };
                let class = match role {
                    LinkRole::Plain => "",
                    LinkRole::Citation => "citation",
                };
                self.group(tag, inline, class, self.typeface, content);
            }
            InlineKind::Ref { target, form } => self.reference(inline, target, *form),
            InlineKind::Image(image) => self.picture(image, "inline"),
            InlineKind::Note(id) => self.note_mark(*id),
            InlineKind::SoftBreak => {
                self.lead = self.lead.saturating_sub(1);
                self.x.text("\n");
            }
            InlineKind::HardBreak => {
                self.x.empty(Tag::new("br"));
                self.x.newline();
            }
            InlineKind::Math(tex) => self.math(tex, false),
            InlineKind::Ruby(parts) => {
                self.node(group("ruby"), &inline.attrs, "", |p, tag| {
                    p.element(tag, |p| p.readings(parts));
                });
            }
            InlineKind::IndexMark(_) => {
                if let Some(id) = self.plan.anchor_id(inline.attrs.anchor()) {
                    self.x.element(Tag::new("span").with("id", id), |_| {});
                }
            }
        }
    }

    /// Characters and readings, the latter in parentheses for reading systems
    /// that can't set them above.
    fn readings(&mut self, parts: &[RubyPart]) {
        for part in parts {
            self.inlines(&part.base);
            if !part.reading.is_empty() {
                self.element(Tag::new("rp"), |p| p.say("("));
                self.element(Tag::new("rt"), |p| p.say(&part.reading));
                self.element(Tag::new("rp"), |p| p.say(")"));
            }
        }
    }

    fn group(
        &mut self,
        tag: Tag,
        inline: &Inline,
        class: &str,
        typeface: Typeface,
        content: &[Inline],
    ) {
        self.node(tag, &inline.attrs, class, |p, tag| {
            p.element(tag, |p| p.in_typeface(typeface, |p| p.inlines(content)));
        });
    }

    /// A text with the marks of the printed pages that begin in it.
    fn words(&mut self, inline: &Inline, text: &str) {
        let plan = self.plan;
        let mut done = 0;
        for mark in plan.marks(inline.id) {
            let mut cut = (mark.byte as usize).clamp(done, text.len());
            while !text.is_char_boundary(cut) {
                cut -= 1;
            }
            self.leading_words(text.get(done..cut).unwrap_or(""));
            self.page_mark("span", *mark);
            done = cut;
        }
        self.leading_words(text.get(done..).unwrap_or(""));
    }

    /// A text of which the beginning may belong to the lead-in.
    fn leading_words(&mut self, text: &str) {
        let mut cut = self.lead.min(text.len());
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        self.lead = self.lead.saturating_sub(text.len());
        let (lead, rest) = text.split_at(cut);
        if !lead.is_empty() {
            self.element(Tag::classed("span", "lead-in"), |p| p.say(lead));
        }
        self.say(rest);
    }

    fn href(&self, target: &LinkTarget) -> Option<String> {
        match target {
            LinkTarget::External(url) => Some(url.to_string()),
            LinkTarget::Anchor(id) => self.plan.anchor_href(self.href, *id),
            LinkTarget::Written(_) | LinkTarget::Named(_) => None,
        }
    }

    /// A cross-reference, with the words it is to say: a number where there is
    /// one, else the title; a reader has no pages, so that they get the title.
    fn reference(&mut self, inline: &Inline, target: &LinkTarget, form: RefForm) {
        let words = self.reference_words(target, form);
        let tag = match self.href(target) {
            Some(href) => Tag::new("a").with("href", &href),
            None => Tag::new("span"),
        };
        self.node(tag, &inline.attrs, "", |p, tag| p.element(tag, |p| p.say(&words)));
    }

    fn reference_words(&self, target: &LinkTarget, form: RefForm) -> String {
        let LinkTarget::Anchor(id) = target else { return String::new() };
        let book = self.plan.input.book;
        let Some(anchor) = book.anchor(*id) else { return String::new() };
        let own = &self.plan.input.theme.chapter_label;
        let number = match form {
            RefForm::Number => self.plan.locale.reference(book, anchor, own),
            RefForm::Title | RefForm::Page => None,
        };
        number.unwrap_or_else(|| anchor.title.clone())
    }

    /// The mark of a footnote.
    fn note_mark(&mut self, id: NoteId) {
        let plan = self.plan;
        let Some(note) = plan.input.book.note(id) else { return };
        let href = format!("#{}", plan.note_id(id));
        let count = self.note_refs.entry(id).or_default();
        *count += 1;
        let ref_id = plan.note_ref_id(id, *count);
        let number = note.number.to_string();
        let tag = Tag::new("a")
            .means(Meaning::both("noteref", "doc-noteref"))
            .with("id", &ref_id)
            .with("href", &href);
        self.element(Tag::classed("sup", "note-mark"), |p| p.element(tag, |p| p.say(&number)));
    }

    /// A picture. Its form for readers that can't show it is named in the
    /// manifest: several don't follow `srcset`, and would show nothing.
    pub(super) fn picture(&mut self, image: &Image, class: &str) {
        let plan = self.plan;
        let Some(picture) = plan.pictures.get(image.source) else { return };
        let class = if picture.clear { format!("{class} clear") } else { class.to_owned() };
        let class = Some(class.trim()).filter(|c| !c.is_empty());
        let mut img = Tag::new("img").with_some("class", class);
        img = alt_text(img, &image.alt, None);
        let in_book = || plan.input.book.image(image.source)?.width.map(ImageWidth::Percent);
        match image.width.or_else(in_book) {
            Some(ImageWidth::Percent(width)) => {
                img = img.with("style", &format!("width: {}%", width.min(100)));
            }
            Some(ImageWidth::Pixels(width)) => {
                img = img.with("style", &format!("width: {width}px"));
            }
            None => {}
        }
        self.x.empty(img.with("src", &picture.href));
    }

    /// A formula; one that can't be read as its TeX, which can be read as it
    /// stands.
    pub(super) fn math(&mut self, tex: &str, display: bool) {
        self.lead = 0;
        if let Ok(row) = crate::math::parse(tex) {
            self.math = true;
            return super::mathml::math(&mut self.x, tex, &row, display);
        }
        self.raw_math = true;
        let typeface = Typeface { family: Generic::Mono, ..self.typeface };
        self.element(Tag::classed("code", "math"), |p| p.in_typeface(typeface, |p| p.say(tex)));
    }
}

/// The element of a group of words.
fn span_element(role: SpanRole) -> &'static str {
    match role {
        SpanRole::Plain => "span",
        SpanRole::Inserted => "ins",
        SpanRole::Underlined => "u",
        SpanRole::Marked => "mark",
        SpanRole::Small => "small",
    }
}

/// The element of words of or for a machine.
fn code_element(role: CodeRole) -> &'static str {
    match role {
        CodeRole::Code => "code",
        CodeRole::Keyboard => "kbd",
        CodeRole::Sample => "samp",
    }
}
