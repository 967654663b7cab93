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
mod chapter;
pub mod chunk;
mod front;
pub mod inline;
pub mod lines;
pub mod math;
pub mod object;
mod page_costs;
pub mod pages;
mod ruby;
pub mod style;
mod tall_lines;
mod widows;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::assets::{Assets, Cover};
use crate::diag::Diagnostics;
use crate::model::{
    AnchorId, Block, BlockKind, Book, Chapter, Inline, InlineKind, Lang, LinkTarget, Role, Visitor,
};
use crate::page::{Pages, Setting, StructKind, Structure};
use crate::source::{FileId, Span};
use crate::text::{FontBook, Hyphenator, ShapeContext, WordShaper};
use crate::theme::Theme;

use chapter::Setter;
use pages::emit::Draft;
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
    /// Its pictures.
    pub assets: &'a Assets,
    /// Its look.
    pub theme: &'a Theme,
    /// Its fonts.
    pub fonts: &'a FontBook,
    /// Its cover.
    pub cover: Option<&'a Cover>,
    /// Words with their own hyphenation.
    pub hyphenation: &'a [String],
}

/// A chapter on pages without numbers.
#[derive(Debug, Default)]
struct ChapterDraft {
    /// Whether it was set to begin on a right-hand page.
    recto: bool,
    pages: Vec<Draft>,
    structure: Structure,
    diagnostics: Diagnostics,
    setting: Setting,
    missing: Vec<(char, Span)>,
}

/// What all chapters are set with.
struct Workshop<'a> {
    input: &'a TypesetInput<'a>,
    faces: Faces,
    context: ShapeContext,
    hyphenator: Hyphenator,
    math: OnceLock<Option<math::MathFace>>,
}

/// Sets the whole book, chapters in parallel.
pub fn typeset(input: &TypesetInput<'_>, diagnostics: &mut Diagnostics) -> Pages {
    let workshop = Workshop {
        input,
        faces: Faces::new(input.fonts, input.theme),
        context: ShapeContext::new(input.fonts),
        hyphenator: Hyphenator::new(input.hyphenation),
        math: OnceLock::new(),
    };
    let chapters = &input.book.chapters;
    let mut drafts: Vec<ChapterDraft> =
        chapters.par_iter().map(|c| workshop.chapter(c, true, &NO_FOLIOS)).collect();
    let mut folios = BTreeMap::new();
    for _ in 0..ROUNDS {
        let numbered = assemble::folios(input.book, &drafts);
        let sides = assemble::sides(input.book, &drafts);
        let turned = |i: usize| {
            let side = |(draft, side): (&ChapterDraft, &bool)| draft.recto != *side;
            drafts.get(i).zip(sides.get(i)).is_some_and(side)
        };
        if numbered == folios && !(0..chapters.len()).any(turned) {
            break;
        }
        folios = numbered;
        let again: Vec<(usize, ChapterDraft)> = chapters
            .par_iter()
            .enumerate()
            .filter(|(i, c)| tells_pages(c, input.book) || turned(*i))
            .map(|(i, c)| {
                let recto = sides.get(i).copied().unwrap_or(true);
                (i, workshop.chapter(c, recto, &folios))
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
        diagnostics.append(std::mem::take(&mut draft.diagnostics));
        missing.append(&mut draft.missing);
    }
    let shaper = WordShaper::new(input.fonts, &workshop.context);
    let mut setter = workshop.setter(&shaper, &folios, None);
    let pages = assemble::assemble(&mut setter, drafts);
    missing.append(&mut setter.missing);
    chapter::report_missing(&missing, input.fonts, diagnostics);
    pages
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
    let mut links = Links(chapter.role == Role::Contents);
    links.blocks(&chapter.blocks);
    // A note may hold a link; asking the marks is enough to be safe.
    links.0 && (!book.anchors.is_empty() || chapter.role == Role::Contents)
}

impl<'a> Workshop<'a> {
    fn chapter(
        &'a self,
        chapter: &Chapter,
        recto: bool,
        folios: &'a BTreeMap<AnchorId, String>,
    ) -> ChapterDraft {
        let shaper = WordShaper::new(self.input.fonts, &self.context);
        let mut setter = self.setter(&shaper, folios, Some(chapter));
        setter.recto = recto;
        let pages = match front::front(&mut setter, chapter) {
            Some(pages) => pages,
            None => body::body(&mut setter, chapter),
        };
        ChapterDraft {
            recto,
            pages,
            structure: setter.structure,
            diagnostics: setter.diagnostics,
            setting: setter.setting,
            missing: setter.missing,
        }
    }

    fn setter<'s>(
        &'s self,
        shaper: &'s WordShaper<'s>,
        folios: &'s BTreeMap<AnchorId, String>,
        chapter: Option<&Chapter>,
    ) -> Setter<'s> {
        let mut structure = Structure::default();
        let section = match chapter {
            Some(_) => structure.add(Structure::ROOT, StructKind::Sect),
            None => Structure::ROOT,
        };
        let meta = &self.input.book.meta;
        let lang = chapter.and_then(|c| c.lang.clone());
        let direction = lang.as_ref().map_or(meta.direction(), Lang::direction);
        if let (Some(lang), Some(node)) = (&lang, structure.get_mut(section)) {
            node.lang = Some(lang.clone());
        }
        let lang = lang.unwrap_or_else(|| self.input.book.meta.language.clone());
        Setter {
            direction,
            leading: self.input.theme.leading,
            recto: true,
            input: self.input,
            book: self.input.book,
            theme: self.input.theme,
            faces: &self.faces,
            shaper,
            hyphenator: &self.hyphenator,
            math: &self.math,
            folios,
            structure,
            section,
            lang,
            span: chapter.map_or(Span::new(FileId(0), 0, 0), |c| c.span),
            listing: false,
            diagnostics: Diagnostics::default(),
            setting: Setting::default(),
            missing: Vec::new(),
            borrowed: std::collections::HashMap::new(),
        }
    }
}
