//! The road from a folder to the files of a book.
//!
//! # Why one place
//!
//! Every step is a function of its own that knows nothing of the others; what
//! must be done in which order, what may run beside what, and when a book is
//! too broken to go on is decided here and nowhere else:
//!
//! ```text
//! read ─► cite ─► resolve ─► highlight ─► pictures ‖ cover ─► pages ─┬─► EPUB
//!                                                                    └─► PDF   (side by side)
//! ```
//!
//! A step that finds faults reports them and goes on with its best guess, so
//! that one run shows all of them; only the two writers are kept from a book
//! with errors. Nothing here prints and nothing is written to disk: the caller
//! gets bytes, findings and figures.

mod check;
mod fallback;
mod fonts;
mod profile;
mod sharpness;
mod stats;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

pub use check::Check;
pub use profile::PdfProfile;
pub use stats::{Stats, Step, Timing, count_pictures, count_words};

use crate::assets::{self, Assets, Cover};
use crate::citations;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::epub::{self, EpubInput, PageMark};
use crate::highlight;
use crate::manuscript::{self, Manuscript};
use crate::model::{self, Book};
use crate::page::{self, Folio, Pages, Setting};
use crate::pdf::{self, PdfInput};
use crate::resolve;
use crate::source::SourceMap;
use crate::text::{FontBook, HanStyle};
use crate::theme::Theme;
use crate::typeset::{self, TypesetInput};

/// What is to be built from which folder.
#[derive(Debug, Clone, Copy)]
pub struct Build<'a> {
    /// The book's folder: where `book.toml` lies.
    pub root: &'a Path,
    /// Whether an EPUB is wanted.
    pub want_epub: bool,
    /// Whether a PDF is wanted.
    pub want_pdf: bool,
    /// What the PDF is made for.
    pub profile: PdfProfile,
    /// Whether the EPUB says where the printed pages begin. It costs setting
    /// the pages, which a PDF needs anyway.
    pub page_list: bool,
}

/// Told of each step as it begins; called from several threads.
pub type OnStep<'a> = &'a (dyn Fn(Step) + Sync);

/// What came of a run.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The texts that the findings point into.
    pub sources: SourceMap,
    /// Everything that was found, sorted by place.
    pub diagnostics: Diagnostics,
    /// The book; `None` if there were errors.
    pub built: Option<Built>,
}

/// A finished book.
#[derive(Debug)]
pub struct Built {
    /// The short name for its files.
    pub slug: String,
    /// The EPUB's bytes, if it was wanted.
    pub epub: Option<Vec<u8>>,
    /// The PDF's bytes, if it was wanted.
    pub pdf: Option<Vec<u8>>,
    /// How much of everything, and how long it took.
    pub stats: Stats,
    /// How well the pages came out, and their folios; `None` if none were set.
    pub setting: Option<(Setting, Vec<String>)>,
}

impl Build<'_> {
    /// Which steps this build has, in order.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = vec![Step::Read, Step::Resolve, Step::Pictures];
        steps.extend(self.needs_pages().then_some(Step::Typeset));
        steps.extend(self.want_epub.then_some(Step::Epub));
        steps.extend(self.want_pdf.then_some(Step::Pdf));
        steps
    }

    fn needs_pages(&self) -> bool {
        self.want_pdf || (self.want_epub && self.page_list)
    }

    /// Walks the whole road. The outcome has bytes only if nothing was found
    /// that is an error.
    pub fn run(&self, on_step: OnStep<'_>) -> Outcome {
        let mut outcome = Outcome::default();
        let mut clock = Clock::new(on_step);
        match Draft::read(self.root, &mut clock, &mut outcome.diagnostics) {
            Some(mut draft) => {
                draft.stand_ins(self.needs_pages());
                outcome.built = self.finish(&draft, &mut clock, &mut outcome.diagnostics);
                outcome.sources = draft.manuscript.sources;
            }
            None => outcome.sources = book_file_alone(self.root),
        }
        outcome.diagnostics.sort();
        outcome
    }

    fn finish(
        &self,
        draft: &Draft,
        clock: &mut Clock<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Built> {
        let mut stats = Stats::of(&draft.manuscript.book);
        let pages = self.needs_pages().then(|| draft.typeset(self.profile, clock, diagnostics));
        draft.settle(diagnostics);
        if diagnostics.has_errors() {
            return None;
        }
        let marks = pages.as_ref().filter(|_| self.page_list).map(page_marks).unwrap_or_default();
        let (epub, pdf) = self.write(draft, pages.as_ref(), &marks, clock, diagnostics);
        if diagnostics.has_errors() {
            return None;
        }
        stats.pages = pages.as_ref().map(|p| p.pages.len());
        stats.timings = std::mem::take(&mut clock.timings);
        let slug = draft.manuscript.book.meta.slug.clone();
        let setting = pages.map(|p| {
            let folios = p.pages.iter().map(|page| page.folio.to_string()).collect();
            (p.setting, folios)
        });
        Some(Built { slug, epub, pdf, stats, setting })
    }

    /// Writes both formats side by side: neither needs the other.
    fn write(
        &self,
        draft: &Draft,
        pages: Option<&Pages>,
        marks: &[PageMark],
        clock: &mut Clock<'_>,
        diagnostics: &mut Diagnostics,
    ) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
        let on_step = clock.on_step;
        let epub = || {
            self.want_epub.then(|| timed(on_step, Step::Epub, || epub::write(&draft.epub(marks))))
        };
        let pdf = || {
            let pages = pages.filter(|_| self.want_pdf)?;
            Some(timed(on_step, Step::Pdf, || pdf::write(&draft.pdf(pages, self.profile))))
        };
        let (epub, pdf) = rayon::join(epub, pdf);
        let mut failed = |what: &str, why: String| {
            diagnostics.push(Diagnostic::new(Code::NoOutput, format!("no {what} was made: {why}")));
        };
        let epub = epub.and_then(|(result, timing)| {
            clock.timings.push(timing);
            result.map_err(|e| failed("EPUB", e.to_string())).ok()
        });
        let pdf = pdf.and_then(|(result, timing)| {
            clock.timings.push(timing);
            result.map_err(|e| failed("PDF", e.to_string())).ok()
        });
        (epub, pdf)
    }
}

/// What `bindery dump` can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dump {
    /// The document model.
    Model,
    /// The pages.
    Pages,
}

/// Reads a book and says what it has become, for people and for tests.
///
/// A book with errors is shown as far as it was understood; there is no text
/// if it could not be read at all.
pub fn dump(root: &Path, what: Dump) -> (Option<String>, Outcome) {
    let mut outcome = Outcome::default();
    let mut clock = Clock::new(&|_| {});
    let Some(mut draft) = Draft::read(root, &mut clock, &mut outcome.diagnostics) else {
        outcome.sources = book_file_alone(root);
        outcome.diagnostics.sort();
        return (None, outcome);
    };
    let text = match what {
        Dump::Model => model::dump(&draft.manuscript.book),
        Dump::Pages => {
            draft.stand_ins(true);
            let profile = PdfProfile::Screen;
            page::dump(&draft.typeset(profile, &mut clock, &mut outcome.diagnostics))
        }
    };
    draft.settle(&mut outcome.diagnostics);
    outcome.sources = draft.manuscript.sources;
    outcome.diagnostics.sort();
    (Some(text), outcome)
}

/// The one text that findings can point into when no manuscript came of a
/// folder: `book.toml`, which is read first.
fn book_file_alone(root: &Path) -> SourceMap {
    let mut sources = SourceMap::default();
    if let Ok(bytes) = fs::read(root.join("book.toml")) {
        sources.add("book.toml", String::from_utf8_lossy(&bytes).as_ref());
    }
    sources
}

/// A book that was read, with everything both exporters need.
#[derive(Debug)]
struct Draft {
    manuscript: Manuscript,
    assets: Assets,
    cover: Option<Cover>,
    theme: Theme,
    fonts: FontBook,
}

impl Draft {
    /// Reads, resolves and gathers; `None` if there is nothing to go on with.
    fn read(root: &Path, clock: &mut Clock<'_>, diagnostics: &mut Diagnostics) -> Option<Draft> {
        let (fonts, manuscript) = clock.step(Step::Read, || {
            let mut in_fonts = Diagnostics::default();
            let (fonts, manuscript) = rayon::join(
                || fonts::load(root, &mut in_fonts),
                || manuscript::read(root, diagnostics),
            );
            diagnostics.append(in_fonts);
            (fonts, manuscript)
        });
        let mut manuscript = manuscript?;
        clock.step(Step::Resolve, || {
            citations::cite(&mut manuscript.book, &manuscript.sources, diagnostics);
            resolve::resolve(&mut manuscript.book, diagnostics);
            highlight::highlight(&mut manuscript.book);
        });
        let script = HanStyle::of(&manuscript.book.meta.language);
        let mut theme = Theme::with(&manuscript.overrides.in_script(script));
        if manuscript.dead_links_as_text {
            diagnostics.recode(Code::DeadLink, Code::LinkAsText);
        }
        fonts::check(&mut theme, &fonts, &manuscript.sources, diagnostics);
        let (assets, cover) = clock.step(Step::Pictures, || {
            let mut in_cover = Diagnostics::default();
            let (assets, cover) = rayon::join(
                || assets::load(&manuscript.book, root, diagnostics),
                || compose_cover(&manuscript, &theme, &fonts, &mut in_cover),
            );
            diagnostics.append(in_cover);
            (assets, cover)
        });
        Some(Draft { manuscript, assets, cover, theme, fonts })
    }

    /// Turns findings to the places that the writer knows, and forgives those of
    /// a book that was written for another tool.
    fn settle(&self, diagnostics: &mut Diagnostics) {
        let sources = &self.manuscript.sources;
        diagnostics.move_spans(|span| sources.origin(span));
        if self.manuscript.forgiving {
            diagnostics.forgive();
        }
    }

    /// Finds fonts for what the theme's lack; those of the system only where
    /// there are pages to be set with them.
    fn stand_ins(&mut self, pages: bool) {
        let system = pages && self.manuscript.system_fonts;
        fallback::find(&self.manuscript.book, &self.theme, &mut self.fonts, system);
    }

    fn book(&self) -> &Book {
        &self.manuscript.book
    }

    fn typeset(
        &self,
        profile: PdfProfile,
        clock: &mut Clock<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Pages {
        let cover = match profile {
            PdfProfile::Screen => self.cover.as_ref(),
            PdfProfile::Press { .. } => None,
        };
        let input = TypesetInput {
            book: self.book(),
            assets: &self.assets,
            theme: &self.theme,
            fonts: &self.fonts,
            cover,
            hyphenation: &self.manuscript.hyphenation,
        };
        let pages = clock.step(Step::Typeset, || typeset::typeset(&input, diagnostics));
        sharpness::check(self.book(), &self.assets, &pages, diagnostics);
        pages
    }

    fn epub<'a>(&'a self, page_marks: &'a [PageMark]) -> EpubInput<'a> {
        EpubInput {
            book: self.book(),
            assets: &self.assets,
            theme: &self.theme,
            fonts: &self.fonts,
            cover: self.cover.as_ref(),
            embed_fonts: self.manuscript.embed_fonts,
            extra_css: self.manuscript.extra_css.as_deref(),
            page_marks,
        }
    }

    fn pdf<'a>(&'a self, pages: &'a Pages, profile: PdfProfile) -> PdfInput<'a> {
        let profile = profile.with_bleed(self.theme.bleed);
        let meta = &self.book().meta;
        PdfInput { pages, meta, assets: &self.assets, fonts: &self.fonts, profile }
    }
}

fn compose_cover(
    manuscript: &Manuscript,
    theme: &Theme,
    fonts: &FontBook,
    diagnostics: &mut Diagnostics,
) -> Option<Cover> {
    let art = manuscript.cover.as_ref()?;
    Cover::compose(art, &manuscript.book.meta, theme, fonts)
        .map_err(|e| {
            let message = format!("the cover can't be drawn: {e}");
            diagnostics.push(Diagnostic::new(Code::BadPicture, message));
        })
        .ok()
}

/// Where the numbered pages begin in the text, for the EPUB's page list.
fn page_marks(pages: &Pages) -> Vec<PageMark> {
    let numbered = pages.pages.iter().filter(|page| page.folio != Folio::None);
    numbered
        .filter_map(|page| {
            let (node, byte) = page.first_word?;
            Some(PageMark { label: page.folio.to_string(), node, byte })
        })
        .collect()
}

/// Announces steps and notes how long each takes. The figures go into the
/// summary only, never into a book.
struct Clock<'a> {
    on_step: OnStep<'a>,
    timings: Vec<Timing>,
}

impl<'a> Clock<'a> {
    fn new(on_step: OnStep<'a>) -> Self {
        Self { on_step, timings: Vec::new() }
    }

    fn step<T>(&mut self, step: Step, work: impl FnOnce() -> T) -> T {
        let (result, timing) = timed(self.on_step, step, work);
        self.timings.push(timing);
        result
    }
}

fn timed<T>(on_step: OnStep<'_>, step: Step, work: impl FnOnce() -> T) -> (T, Timing) {
    on_step(step);
    let start = Instant::now();
    let result = work();
    let took: Duration = start.elapsed();
    (result, Timing { step, took })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NodeId;
    use crate::page::{Page, Side};
    use crate::units::Pt;

    fn page(folio: Folio, first_word: Option<(NodeId, u32)>) -> Page {
        Page {
            size: (Pt(432.0), Pt(648.0)),
            folio,
            side: Side::Recto,
            items: Vec::new(),
            first_word,
        }
    }

    #[test]
    fn only_numbered_pages_with_text_are_in_the_page_list() {
        let pages = Pages {
            pages: vec![
                page(Folio::None, Some((NodeId(0), 0))),
                page(Folio::Roman(3), Some((NodeId(4), 7))),
                page(Folio::Roman(4), None),
                page(Folio::Arabic(1), Some((NodeId(9), 0))),
            ],
            ..Pages::default()
        };
        let marks = page_marks(&pages);
        let mark =
            |label: &str, node, byte| PageMark { label: label.into(), node: NodeId(node), byte };
        assert_eq!(marks, [mark("iii", 4, 7), mark("1", 9, 0)]);
    }

    #[test]
    fn an_epub_without_a_page_list_sets_no_pages() {
        let (root, profile) = (Path::new("."), PdfProfile::Screen);
        let build = Build { root, want_epub: true, want_pdf: false, profile, page_list: false };
        assert!(!build.steps().contains(&Step::Typeset));
        assert!(Build { page_list: true, ..build }.steps().contains(&Step::Typeset));
        assert!(Build { want_pdf: true, ..build }.steps().contains(&Step::Typeset));
    }
}
