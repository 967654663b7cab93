//! A chapter with its opening: picture, number, title, subtitle, lead-in.

use super::writer::PageWriter;
use crate::epub::contents::contents;
use crate::epub::font_usage::Typeface;
use crate::epub::xml::{Meaning, Tag};
use crate::model::{Chapter, ChapterId, GeneratedPage, Role};

impl PageWriter<'_> {
    /// A chapter that has a text of its own.
    pub(super) fn text_chapter(&mut self, chapter: &Chapter, id: ChapterId) {
        let plan = self.plan;
        let named = !chapter.title.is_empty();
        let name = plan.locale.role(chapter.role);
        let label = (!named && !name.is_empty()).then_some(name);
        let tag = Tag::classed("section", chapter.role.name())
            .means(meaning(chapter.role))
            .with_some("id", plan.anchor_id(chapter.anchor))
            .with_some("aria-labelledby", named.then(|| plan.title_id(id)))
            .with_some("aria-label", label);
        self.block(tag, |p| {
            p.marks_ahead(&[&chapter.title, &chapter.subtitle]);
            p.opening(chapter, id);
            p.opening_blocks(chapter);
            if chapter.generated == Some(GeneratedPage::Contents) {
                p.contents_list(&contents(p.plan));
            }
            p.footnotes();
        });
    }

    fn opening(&mut self, chapter: &Chapter, id: ChapterId) {
        if chapter.opener.is_none() && chapter.title.is_empty() {
            return;
        }
        self.block(Tag::new("header"), |p| {
            if let Some(opener) = &chapter.opener {
                p.line(Tag::classed("figure", "opener"), |p| p.picture(opener, ""));
            }
            if let Some(label) = &chapter.opening.label {
                p.line(Tag::classed("p", "number"), |p| p.say(label));
            }
            if !chapter.title.is_empty() {
                let tag = Tag::new("h1").with("id", p.plan.title_id(id));
                p.line(tag, |p| p.unmarked(|p| p.inlines(&chapter.title)));
            }
            p.subtitle(chapter);
            for author in &chapter.authors {
                p.line(Tag::classed("p", "author"), |p| p.say(author));
            }
        });
    }

    pub(super) fn subtitle(&mut self, chapter: &Chapter) {
        if chapter.subtitle.is_empty() {
            return;
        }
        let tag = Tag::classed("p", "subtitle").with("role", "doc-subtitle");
        self.line(tag, |p| {
            p.in_typeface(Typeface::TEXT.italic(), |p| {
                p.unmarked(|p| p.inlines(&chapter.subtitle))
            });
        });
    }

    /// The epigraphs of the opening, then the text with its lead-in. A drop cap
    /// is left to paper: reading systems set it too differently.
    fn opening_blocks(&mut self, chapter: &Chapter) {
        let opening = &chapter.opening;
        let before = chapter.blocks.get(..opening.epigraphs).unwrap_or_default();
        let text = chapter.blocks.get(opening.epigraphs..).unwrap_or_default();
        self.blocks(before);
        self.lead = opening.lead_in.map_or(0, |lead_in| lead_in.length);
        self.blocks(text);
    }
}

/// What a chapter is. Only pairs that ARIA and EPUB both know; what only one
/// of them has a word for has no role.
pub(super) fn meaning(role: Role) -> Meaning {
    match role {
        Role::HalfTitle => Meaning::term("halftitlepage"),
        Role::TitlePage => Meaning::term("titlepage"),
        Role::Copyright => Meaning::term("copyright-page"),
        Role::Contents => Meaning::both("toc", "doc-toc"),
        Role::Dedication => Meaning::both("dedication", "doc-dedication"),
        Role::Epigraph => Meaning::both("epigraph", "doc-epigraph"),
        Role::Foreword => Meaning::both("foreword", "doc-foreword"),
        Role::Preface => Meaning::both("preface", "doc-preface"),
        Role::Introduction => Meaning::both("introduction", "doc-introduction"),
        Role::Part => Meaning::both("part", "doc-part"),
        Role::Chapter => Meaning::both("chapter", "doc-chapter"),
        Role::Appendix => Meaning::both("appendix", "doc-appendix"),
        Role::Afterword => Meaning::both("afterword", "doc-afterword"),
        Role::Acknowledgements => Meaning::both("acknowledgments", "doc-acknowledgments"),
        Role::Bibliography => Meaning::both("bibliography", "doc-bibliography"),
        Role::Glossary => Meaning::both("glossary", "doc-glossary"),
        Role::Colophon => Meaning::both("colophon", "doc-colophon"),
        Role::Index => Meaning::both("index", "doc-index"),
        Role::ListOfFigures => Meaning::term("loi"),
        Role::ListOfTables => Meaning::term("lot"),
        Role::Notes | Role::AboutAuthor => Meaning::NONE,
    }
}
