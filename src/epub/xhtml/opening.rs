//! A chapter with its opening: picture, number, title, subtitle, lead-in.

use super::lead_in;
use super::writer::PageWriter;
use crate::epub::font_usage::Typeface;
use crate::epub::xml::{Meaning, Tag};
use crate::model::{Block, BlockKind, Chapter, ChapterId, Direction, QuoteRole, Role};
use crate::theme::Lead;

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
            let label = &p.plan.input.theme.chapter_label;
            if let Some(words) = p.plan.locale.opening(chapter, label, false) {
                p.line(Tag::classed("p", "number"), |p| p.say(&words));
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

    /// The text, its first paragraph with a lead-in where the theme has one
    /// and the chapter is one of the text's. An epigraph may go before it.
    fn opening_blocks(&mut self, chapter: &Chapter) {
        let epigraphs = chapter.blocks.iter().take_while(|b| is_epigraph(b)).count();
        let leads = chapter.role == Role::Chapter
            && chapter.depth == 0
            && match self.plan.input.theme.lead {
                Lead::DropCap | Lead::SmallCaps => true,
                Lead::Plain => false,
            };
        let (before, text) = chapter.blocks.split_at(epigraphs);
        self.blocks(before);
        if let Some(BlockKind::Paragraph(content)) = text.first().map(|b| &b.kind)
            && leads
            // Scripts that run to the left have no small capitals.
            && self.dir == Direction::Ltr
        {
            self.lead = lead_in::length(content);
        }
        self.blocks(text);
    }
}

fn is_epigraph(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Quote { role: QuoteRole::Epigraph, .. })
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
