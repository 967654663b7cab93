//! From the folder to a book that every output can be made from.

use std::path::Path;

use super::timing::{Step, StepTimer};
use super::{fallback_fonts, fonts, off_page, picture_resolution};
use crate::assets::{self, Assets, Cover, CoverArt};
use crate::citations;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::finalize;
use crate::highlight;
use crate::manuscript::{self, Manuscript};
use crate::page::Pages;
use crate::resolve;
use crate::text::{FontBook, HanStyle};
use crate::theme::Theme;
use crate::typeset::{self, TypesetInput};

/// A book that was read and resolved, with everything the outputs need.
#[derive(Debug)]
pub(super) struct LoadedBook {
    /// The book and what its folder says of it.
    pub manuscript: Manuscript,
    /// Its pictures.
    pub assets: Assets,
    /// Its cover, drawn.
    pub cover: Option<Cover>,
    /// The look, with the book's own wishes.
    pub theme: Theme,
    /// The shipped fonts, those of the book, and the system's where needed.
    pub fonts: FontBook,
}

/// The two runs of pages that a book can be set as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PageSet {
    /// The cover is the first page.
    WithCover,
    /// The pages between the covers.
    WithoutCover,
}

impl LoadedBook {
    /// Reads, resolves and gathers; `None` if there is nothing to go on with.
    pub fn load(
        path: &Path,
        timer: &mut StepTimer<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<LoadedBook> {
        let root = &*manuscript::book_folder(path);
        let (fonts, manuscript) = timer.run(Step::Read, || {
            let mut in_fonts = Diagnostics::default();
            let (fonts, manuscript) = rayon::join(
                || fonts::load(root, &mut in_fonts),
                || manuscript::read(path, diagnostics),
            );
            diagnostics.append(in_fonts);
            (fonts, manuscript)
        });
        let mut manuscript = manuscript?;
        timer.run(Step::Resolve, || {
            citations::cite(&mut manuscript.book, &manuscript.sources, diagnostics);
            finalize::make_pages(&mut manuscript.book);
            resolve::resolve(&mut manuscript.book, diagnostics);
            highlight::highlight(&mut manuscript.book);
        });
        let script = HanStyle::of(&manuscript.book.meta.language);
        let mut theme = Theme::with(&manuscript.overrides.in_script(script));
        finalize::finalize(&mut manuscript.book, &theme);
        fonts::check(&mut theme, &fonts, &manuscript.sources, diagnostics);
        let (assets, cover) = timer.run(Step::Pictures, || {
            let mut in_cover = Diagnostics::default();
            let (assets, cover) = rayon::join(
                || assets::load(&manuscript.book, root, &theme, &fonts, diagnostics),
                || compose_cover(&manuscript, &theme, &fonts, &mut in_cover),
            );
            diagnostics.append(in_cover);
            (assets, cover)
        });
        Some(LoadedBook { manuscript, assets, cover, theme, fonts })
    }

    /// Finds fonts for the characters that the theme's fonts lack; among those
    /// of the system only where there are pages to be set with them.
    pub fn find_fallback_fonts(&mut self, for_pages: bool) {
        let system = for_pages && self.manuscript.system_fonts;
        fallback_fonts::find(&self.manuscript.book, &self.theme, &mut self.fonts, system);
    }

    /// Sets the pages.
    pub fn typeset(
        &self,
        page_set: PageSet,
        timer: &mut StepTimer<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Pages {
        let cover = match page_set {
            PageSet::WithCover => self.cover.as_ref(),
            PageSet::WithoutCover => None,
        };
        let input = TypesetInput { cover, ..self.typeset_input() };
        let pages = timer.run(Step::Typeset, || typeset::typeset(&input, diagnostics));
        picture_resolution::check(&self.manuscript.book, &self.assets, &pages, diagnostics);
        off_page::check(&pages, diagnostics);
        pages
    }

    /// Says as text what the page breaker weighed; what is wrong with the pages
    /// is found when they are set.
    pub fn dump_breaks(&self) -> String {
        typeset::dump_breaks(&self.typeset_input(), &mut Diagnostics::default())
    }

    fn typeset_input(&self) -> TypesetInput<'_> {
        TypesetInput {
            book: &self.manuscript.book,
            assets: &self.assets,
            theme: &self.theme,
            fonts: &self.fonts,
            cover: None,
            hyphenation: &self.manuscript.hyphenation,
        }
    }
}

/// Sets title and authors on the cover's art; on plain ground where that art
/// can't be used.
fn compose_cover(
    manuscript: &Manuscript,
    theme: &Theme,
    fonts: &FontBook,
    diagnostics: &mut Diagnostics,
) -> Option<Cover> {
    let compose = |art: &CoverArt| Cover::compose(art, &manuscript.book.meta, theme, fonts);
    compose(manuscript.cover.as_ref()?)
        .or_else(|why| {
            let message = format!("the cover can't be drawn: {why}");
            let found = Diagnostic::new(Code::BadPicture, message);
            diagnostics.push(found.hint("A plain cover is used instead."));
            compose(&CoverArt::plain())
        })
        .ok()
}
