//! Pages made from the metadata: cover, title page, copyright page.

use super::opening::meaning;
use super::{Head, Page, PageWriter};
use crate::epub::plan::Plan;
use crate::epub::usage::Voice;
use crate::epub::xml::Tag;
use crate::model::{Alt, Chapter, ChapterId, Role, plain_text};

/// The page that shows the cover.
pub(in crate::epub) fn cover(plan: &Plan<'_>, href: &str, image: &str, alt: &Alt) -> Page {
    let meta = &plan.input.book.meta;
    let mut page = PageWriter::new(plan, href, &meta.language);
    let head = Head { title: plan.words.cover(), lang: &meta.language, matter: None };
    page.document(&head, |p| {
        let section = Tag::classed("section", "cover")
            .with("epub:type", "cover")
            .with("aria-label", plan.words.cover());
        p.block(section, |p| {
            let img = Tag::new("img").with("src", image);
            let img = match alt {
                Alt::Text(alt) => img.with("alt", alt).with("role", "doc-cover"),
                Alt::Decorative => img.with("alt", "").with("role", "presentation"),
                Alt::Missing => img,
            };
            p.x.empty(img);
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
            .with_some("aria-label", (!titled).then(|| plan.words.role(chapter.role)));
        self.block(tag, |p| match titled {
            true => p.title_page(chapter, id),
            false => p.copyright_page(),
        });
    }

    fn title_page(&mut self, chapter: &Chapter, id: ChapterId) {
        let meta = &self.plan.input.book.meta;
        let own = plain_text(&chapter.title);
        let title = if own.trim().is_empty() { meta.title.as_str() } else { own.trim() };
        self.line(Tag::new("h1").with("id", self.plan.title_id(id)), |p| p.say(title));
        if let Some(subtitle) = &meta.subtitle {
            let tag = Tag::classed("p", "subtitle").with("role", "doc-subtitle");
            self.line(tag, |p| p.voiced(Voice::TEXT.italic(), |p| p.say(subtitle)));
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
