//! Pages made from the metadata: cover, title page, copyright page.

use super::alt_text::alt_text;
use super::opening::meaning;
use super::writer::{Head, Page, PageWriter};
use crate::epub::contents::{Entry, contents};
use crate::epub::font_usage::Typeface;
use crate::epub::plan::Plan;
use crate::epub::xml::Tag;
use crate::model::{Alt, Chapter, ChapterId, Role, plain_text};

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
    /// A page without a text of its own.
    pub(super) fn generated(&mut self, chapter: &Chapter, id: ChapterId) {
        let plan = self.plan;
        let titled = chapter.role != Role::Copyright;
        let tag = Tag::classed("section", chapter.role.name())
            .means(meaning(chapter.role))
            .with_some("id", plan.anchor_id(chapter.anchor))
            .with_some("aria-labelledby", titled.then(|| plan.title_id(id)))
            .with_some("aria-label", (!titled).then(|| plan.locale.role(chapter.role)));
        self.block(tag, |p| {
            if chapter.role == Role::Copyright {
                p.copyright_page();
            } else if chapter.role == Role::Contents {
                p.contents_page(chapter, id);
            } else {
                p.title_page(chapter, id);
            }
        });
    }

    fn contents_page(&mut self, chapter: &Chapter, id: ChapterId) {
        let title = self.plan.chapter_name(chapter);
        self.block(Tag::new("header"), |p| {
            p.line(Tag::new("h1").with("id", p.plan.title_id(id)), |p| p.say(&title));
        });
        self.contents_list(&contents(self.plan));
    }

    /// The chapters with their subtitles; sections are left to the reader's
    /// own menu.
    fn contents_list(&mut self, entries: &[Entry]) {
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

    fn title_page(&mut self, chapter: &Chapter, id: ChapterId) {
        let meta = &self.plan.input.book.meta;
        let own = plain_text(&chapter.title);
        let title = if own.trim().is_empty() { meta.title.as_str() } else { own.trim() };
        self.line(Tag::new("h1").with("id", self.plan.title_id(id)), |p| p.say(title));
        if let Some(subtitle) = &meta.subtitle {
            let tag = Tag::classed("p", "subtitle").with("role", "doc-subtitle");
            self.line(tag, |p| p.in_typeface(Typeface::TEXT.italic(), |p| p.say(subtitle)));
        }
        for author in meta.authors() {
            self.line(Tag::classed("p", "author"), |p| p.say(&author.name));
        }
        if let Some(mark) = &chapter.opener {
            self.line(Tag::classed("p", "mark"), |p| p.picture(mark, ""));
        }
        if let Some(publisher) = &meta.publisher {
            self.line(Tag::classed("p", "publisher"), |p| p.say(publisher));
        }
    }

    fn copyright_page(&mut self) {
        let meta = &self.plan.input.book.meta;
        let whole = match &meta.subtitle {
            Some(subtitle) => format!("{}: {subtitle}", meta.title),
            None => meta.title.clone(),
        };
        let imprint: Vec<&str> =
            [&meta.publisher, &meta.date].into_iter().flatten().map(String::as_str).collect();
        let lines = [
            Some(whole),
            meta.rights.clone(),
            Some(imprint.join(", ")).filter(|i| !i.is_empty()),
            meta.isbn.as_ref().map(|isbn| format!("ISBN {isbn}")),
        ];
        for line in lines.iter().flatten() {
            self.line(Tag::classed("p", "first"), |p| p.say(line));
        }
    }
}
