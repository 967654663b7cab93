//! Setting the pages: lines, blocks, pages.
//!
//! The road, chapter by chapter and chapters in parallel: [`inline`] makes
//! characters with styles of the model, [`lines`] breaks them into lines,
//! [`blocks`] makes chunks of whole grid lines of them, [`pages`] finds the
//! best pages for all chunks of a chapter and puts everything in its place.
//! [`assemble`] numbers the pages and joins the chapters. Where a page tells
//! the number of another, all of it is done again until the numbers stand; so is
//! a chapter that was set for a right-hand page and comes to begin on a left one.

mod assemble;
mod bidi;
pub mod blocks;
mod body;
pub mod chunk;
mod context;
mod fallback;
mod front;
pub mod inline;
pub mod lines;
mod margins;
pub mod math;
pub mod object;
mod page_costs;
pub mod pages;
mod paragraph;
mod scope;
pub mod style;
pub mod styled_text;
mod tall_lines;
mod widows;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::assets::{Assets, Cover};
use crate::diag::Diagnostics;
use crate::model::{
    AnchorId, Block, BlockKind, Book, Chapter, GeneratedPage, Inline, InlineKind, LinkTarget,
    Visitor, shown_text,
};
use crate::page::{Pages, StructKind, Structure};
use crate::text::{FontBook, Hyphenator, ShapeContext, WordShaper};
use crate::theme::Theme;

use assemble::ChapterPages;
use context::{Context, Output};
use scope::Scope;
use style::Faces;

/// Page numbers that refer to page numbers settle in two rounds or three; a
/// number that swings for ever is given up after so many.
const ROUNDS: usize = 5;

/// No pages are known.
static NO_FOLIOS: BTreeMap<AnchorId, String> = BTreeMap::new();

/// Everything pages are set from.
#[derive(Debug, Clone, Copy)]
pub struct TypesetInput<'a> {
    /// The resolved book.
    pub book: &'a Book,
    /// Its pictures, measured and decoded.
    pub assets: &'a Assets,
    /// The design tokens, with the book's own changes.
    pub theme: &'a Theme,
    /// Its fonts, with those that stand in.
    pub fonts: &'a FontBook,
    /// Its cover, drawn on a page before the first; none for a book without one.
    pub cover: Option<&'a Cover>,
    /// Words with their own hyphenation.
    pub hyphenation: &'a [String],
}

/// What all chapters are set with.
struct Resources<'a> {
    input: &'a TypesetInput<'a>,
    faces: Faces,
    shaping: ShapeContext,
    hyphenator: Hyphenator,
    math: OnceLock<Option<math::MathFace>>,
    explain_breaks: bool,
}

/// Sets the whole book, chapters in parallel.
pub fn typeset(input: &TypesetInput<'_>, diagnostics: &mut Diagnostics) -> Pages {
    set_chapters(input, false, diagnostics).0
}

/// Sets the whole book and prints as text what the page breaker weighed: for
/// each page of each chapter where it ends, its costs by name in demerits, and
/// the next best ends with how much dearer the chapter would be.
pub fn dump_breaks(input: &TypesetInput<'_>, diagnostics: &mut Diagnostics) -> String {
    set_chapters(input, true, diagnostics).1
}

/// The pages of all chapters, and what the page breaker weighed if
/// `explain_breaks` asks for it.
fn set_chapters(
    input: &TypesetInput<'_>,
    explain_breaks: bool,
    diagnostics: &mut Diagnostics,
) -> (Pages, String) {
    let resources = Resources {
        input,
        faces: Faces::new(input.fonts, input.theme),
        shaping: ShapeContext::new(input.fonts),
        hyphenator: Hyphenator::new(input.hyphenation),
        math: OnceLock::new(),
        explain_breaks,
    };
    let chapters = &input.book.chapters;
    let mut drafts: Vec<ChapterPages> =
        chapters.par_iter().map(|c| resources.chapter(c, true, &NO_FOLIOS)).collect();
    let mut folios = BTreeMap::new();
    for _ in 0..ROUNDS {
        let numbered = assemble::folios(input.book, &drafts);
        let sides = assemble::sides(input.book, &drafts);
        let turned = |i: usize| {
            let side = |(draft, side): (&ChapterPages, &bool)| draft.recto != *side;
            drafts.get(i).zip(sides.get(i)).is_some_and(side)
        };
        if numbered == folios && !(0..chapters.len()).any(turned) {
            break;
        }
        folios = numbered;
        let again: Vec<(usize, ChapterPages)> = chapters
            .par_iter()
            .enumerate()
            .filter(|(i, c)| tells_pages(c, input.book) || turned(*i))
            .map(|(i, c)| {
                let recto = sides.get(i).copied().unwrap_or(true);
                (i, resources.chapter(c, recto, &folios))
            })
            .collect();
        for (i, draft) in again {
            if let Some(old) = drafts.get_mut(i) {
                *old = draft;
            }
        }
    }
    let mut missing = Vec::new();
    for draft in &mut drafts {
        diagnostics.append(std::mem::take(&mut draft.output.diagnostics));
        missing.append(&mut draft.output.fallback.take_missing());
    }
    let mut page_breaks = String::new();
    for (chapter, draft) in chapters.iter().zip(&drafts) {
        let text = &draft.output.page_breaks;
        if !text.is_empty() {
            let title = shown_text(&chapter.title);
            page_breaks += &format!("{} \"{title}\"\n{text}", chapter.role.name());
        }
    }
    let shaper = WordShaper::new(input.fonts, &resources.shaping);
    let cx = resources.context(&shaper, &folios);
    let mut output = Output::default();
    let pages = assemble::assemble(&cx, &mut output, Scope::of_book(&cx), input.cover, drafts);
    missing.append(&mut output.fallback.take_missing());
    fallback::report_missing(&missing, input.fonts, diagnostics);
    (pages, page_breaks)
}

/// Whether a chapter prints the page of another place.
fn tells_pages(chapter: &Chapter, book: &Book) -> bool {
    struct Links(bool);
    impl Visitor for Links {
        fn block(&mut self, block: &Block) {
            self.0 |= matches!(block.kind, BlockKind::Toc(_) | BlockKind::Index(_));
            crate::model::walk_block(self, block);
        }

        fn inline(&mut self, inline: &Inline) {
            self.0 |= matches!(
                inline.kind,
                InlineKind::Link { target: LinkTarget::Anchor(_), .. }
                    | InlineKind::Ref { target: LinkTarget::Anchor(_), .. }
                    | InlineKind::Note(_)
            );
            crate::model::walk_inline(self, inline);
        }
    }
    let lists_chapters = chapter.generated == Some(GeneratedPage::Contents);
    let mut links = Links(lists_chapters);
    links.blocks(&chapter.blocks);
    // A note may hold a link; asking the marks is enough to be safe.
    links.0 && (!book.anchors.is_empty() || lists_chapters)
}

impl Resources<'_> {
    fn chapter(
        &self,
        chapter: &Chapter,
        recto: bool,
        folios: &BTreeMap<AnchorId, String>,
    ) -> ChapterPages {
        let shaper = WordShaper::new(self.input.fonts, &self.shaping);
        let cx = self.context(&shaper, folios);
        let mut output = Output::default();
        let node = output.structure.add(Structure::ROOT, StructKind::Sect);
        let mut scope = Scope { node, span: chapter.span, recto, ..Scope::of_book(&cx) };
        if let Some(lang) = &chapter.lang {
            scope = Scope { lang, direction: lang.direction(), ..scope };
            if let Some(node) = output.structure.get_mut(node) {
                node.lang = Some(lang.clone());
            }
        }
        let pages = match front::front(&cx, &mut output, scope, chapter) {
            Some(pages) => pages,
            None => body::body(&cx, &mut output, scope, chapter),
        };
        ChapterPages { recto, pages, output }
    }

    fn context<'s>(
        &'s self,
        shaper: &'s WordShaper<'s>,
        folios: &'s BTreeMap<AnchorId, String>,
    ) -> Context<'s> {
        Context {
            book: self.input.book,
            assets: self.input.assets,
            theme: self.input.theme,
            fonts: self.input.fonts,
            faces: &self.faces,
            shaper,
            hyphenator: &self.hyphenator,
            math: &self.math,
            folios,
            explain_breaks: self.explain_breaks,
        }
    }
}
