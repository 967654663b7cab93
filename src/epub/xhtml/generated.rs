//! Pages made from the metadata: cover, half title, title page, the list of the
//! contents.

use super::alt_text::alt_text;
use super::opening::meaning;
use super::writer::{Head, Page, PageWriter};
use crate::epub::contents::Entry;
use crate::epub::font_usage::Typeface;
use crate::epub::plan::Plan;
use crate::epub::xml::Tag;
use crate::model::{Alt, Chapter, ChapterId, TitlePage};

/// The page that shows the cover.
pub(in crate::epub) const COVER_FILE: &str = "cover.xhtml";

/// The page that shows the cover.
pub(in crate::epub) fn cover(plan: &Plan<'_>, href: &str, image: &str, alt: &Alt) -> Page {
    let meta = &plan.input.book.meta;
    let mut page = PageWriter::new(plan, href, &meta.language);
    let head = Head { title: plan.locale.cover(), lang: &meta.language, matter: None };
    page.document(&head, |p| {
        let section = Tag::classed("section", "cover")
            .with("epub:type", "cover")
            .with("aria-label", plan.locale.cover());
        p.block(section, |p| {
            let img = Tag::new("img").with("src", image);
            p.x.empty(alt_text(img, alt, Some("doc-cover")));
            p.x.newline();
        });
    });
    page.finish()
}

impl PageWriter<'_> {
    /// The section of a page that has a title and is made from the metadata.
    fn title_section(&mut self, chapter: &Chapter, id: ChapterId, body: impl FnOnce(&mut Self)) {
        let tag = Tag::classed("section", chapter.role.name())
            .means(meaning(chapter.role))
            .with_some("id", self.plan.anchor_id(chapter.anchor))
            .with("aria-labelledby", self.plan.title_id(id));
        self.block(tag, body);
    }

    /// A half title.
    pub(super) fn half_title(&mut self, chapter: &Chapter, id: ChapterId, title: &str) {
        self.title_section(chapter, id, |p| {
            p.line(Tag::new("h1").with("id", p.plan.title_id(id)), |p| p.say(title));
        });
    }

    /// The chapters with their subtitles; sections are left to the reader's
    /// own menu.
    pub(super) fn contents_list(&mut self, entries: &[Entry]) {
        self.block(Tag::new("ol"), |p| {
            for entry in entries.iter().filter(|entry| entry.level == 1) {
                p.line(Tag::new("li"), |p| {
                    p.element(Tag::new("a").with("href", &entry.href), |p| p.say(&entry.title));
                    if !entry.subtitle.is_empty() {
                        let typeface = Typeface::TEXT.italic();
                        let tag = Tag::classed("p", "toc-subtitle");
                        p.element(tag, |p| p.in_typeface(typeface, |p| p.say(&entry.subtitle)));
                    }
                    if entry.children.iter().any(|child| child.level == 1) {
                        p.contents_list(&entry.children);
                    }
                });
            }
        });
    }

    /// A title page.
    pub(super) fn title_page(&mut self, chapter: &Chapter, id: ChapterId, page: &TitlePage) {
        self.title_section(chapter, id, |p| {
            p.line(Tag::new("h1").with("id", p.plan.title_id(id)), |p| p.say(&page.title));
            if let Some(subtitle) = &page.subtitle {
                let tag = Tag::classed("p", "subtitle").with("role", "doc-subtitle");
                p.line(tag, |p| p.in_typeface(Typeface::TEXT.italic(), |p| p.say(subtitle)));
            }
            for author in &page.authors {
                p.line(Tag::classed("p", "author"), |p| p.say(author));
            }
            if let Some(mark) = &chapter.opener {
                p.line(Tag::classed("p", "mark"), |p| p.picture(mark, ""));
            }
            if let Some(publisher) = &page.publisher {
                p.line(Tag::classed("p", "publisher"), |p| p.say(publisher));
            }
        });
    }
}
