//! From a folder to the files of a book.
//!
//! # Why one place
//!
//! Every step is a function of its own that knows nothing of the others; what
//! must be done in which order, what may run beside what, and when a book is
//! too broken to go on is decided here and nowhere else:
//!
//! ```text
//! read ─► cite ─► resolve ─► highlight ─► finalize ─► pictures ‖ cover ─► pages ─┬─► EPUB
//!                                                                                └─► PDF   (side by side)
//! ```
//!
//! A step that finds faults reports them and goes on with its best guess, so
//! that one run shows all of them; only the outputs are kept from a book with
//! errors. Nothing here prints and nothing is written to disk: the caller gets
//! bytes, findings and figures.

mod fallback_fonts;
mod fonts;
mod load;
mod off_page;
mod output;
mod picture_resolution;
mod stats;
mod timing;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

pub use output::{Output, PdfProfile};
pub use stats::Stats;
pub use timing::{OnStep, Step, Timing};

use crate::check::{self, Proof, ProofInput, Reason};
use crate::diag::{Code, Diagnostic, Diagnostics, Lints};
use crate::manuscript::RemovedReason;
use crate::model;
use crate::page::{self, Pages};
use crate::preview::{BaselineGrid, SvgOptions, SvgRenderer};
use crate::source::SourceMap;
use load::{LoadedBook, PageSet};
use timing::{StepTimer, timed};

/// A book's folder that was read, and everything that was found wrong with it
/// so far.
///
/// Reading never fails: a folder that holds no book is one with errors. Each
/// method after that adds what it finds to [`Project::diagnostics`].
pub struct Project<'a> {
    timer: StepTimer<'a>,
    /// Which warnings are errors or not reported.
    lints: Lints,
    /// `None` if nothing came of the folder.
    book: Option<LoadedBook>,
    /// The pages, once they are set.
    pages: BTreeMap<PageSet, Pages>,
    /// The texts that findings point into if there is no book.
    book_file: SourceMap,
    diagnostics: Diagnostics,
}

/// A book that was built.
#[derive(Debug)]
pub struct BuiltBook {
    /// The short name for its files.
    pub slug: String,
    /// The files, in the order they were asked for.
    pub files: Vec<BuiltFile>,
    /// How much of everything, and how long it took.
    pub stats: Stats,
}

/// One file of a book.
#[derive(Debug)]
pub struct BuiltFile {
    /// What it is.
    pub output: Output,
    /// What is to be in it.
    pub bytes: Vec<u8>,
}

/// What [`Project::dump`] can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dump {
    /// The document model.
    Model,
    /// The pages.
    Pages,
    /// What the page breaker weighed.
    Breaks,
}

/// How [`Project::read_with`] reads.
#[derive(Clone, Copy)]
pub struct ReadOptions<'a> {
    /// Whether warnings are errors, as if the book's `[lints]` said so.
    pub deny_warnings: bool,
    /// Told of each step of reading and of all that is done after it.
    pub on_step: OnStep<'a>,
}

impl Default for ReadOptions<'_> {
    fn default() -> Self {
        ReadOptions { deny_warnings: false, on_step: &|_| {} }
    }
}

impl Project<'static> {
    /// Reads the book in a folder.
    pub fn read(root: &Path) -> Project<'static> {
        Project::read_with(root, ReadOptions::default())
    }
}

impl<'a> Project<'a> {
    /// Reads the book in a folder, with options.
    pub fn read_with(root: &Path, options: ReadOptions<'a>) -> Project<'a> {
        let mut timer = StepTimer::new(options.on_step);
        let mut found = Diagnostics::default();
        let book = LoadedBook::load(root, &mut timer, &mut found);
        let book_file = if book.is_some() { SourceMap::default() } else { book_file_alone(root) };
        let mut lints = book.as_ref().map(|book| book.manuscript.lints.clone()).unwrap_or_default();
        if options.deny_warnings {
            lints.deny_warnings();
        }
        let (pages, diagnostics) = (BTreeMap::new(), Diagnostics::default());
        let mut project = Project { timer, lints, book, pages, book_file, diagnostics };
        project.report(found);
        project
    }

    /// The texts that the findings point into.
    pub fn sources(&self) -> &SourceMap {
        self.book.as_ref().map_or(&self.book_file, |book| &book.manuscript.sources)
    }

    /// Everything that was found so far, sorted by place.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// The pages that the last build, check or dump set; `None` if none were.
    pub fn pages(&self) -> Option<&Pages> {
        self.pages.values().next()
    }

    /// Makes the outputs, side by side: none needs another. `None` if the book
    /// has errors.
    pub fn build(&mut self, outputs: &[Output]) -> Option<BuiltBook> {
        let page_sets: Vec<PageSet> = outputs.iter().filter_map(|o| o.page_set()).collect();
        let book = self.book.as_mut()?;
        book.find_fallback_fonts(!page_sets.is_empty());
        page_sets.into_iter().for_each(|set| self.typeset(set));
        let files = self.write(outputs)?;
        let book = self.book.as_ref()?;
        let stats = Stats {
            pages: self.pages().map(|pages| pages.pages.len()),
            timings: self.timer.timings.clone(),
            missing_pictures: book.assets.placeholders(),
            ..Stats::of(&book.manuscript.book)
        };
        Some(BuiltBook { slug: book.manuscript.book.meta.slug.clone(), files, stats })
    }

    /// Finds everything that can be found wrong without making a file.
    pub fn check(&mut self) {
        if let Some(book) = &mut self.book {
            book.find_fallback_fonts(true);
            self.typeset(PageSet::WithCover);
        }
    }

    /// Checks the book, makes the EPUB and the PDF in memory and compares their
    /// words with the manuscript's. `None` if the book has errors; the faults of
    /// a proof are among the findings.
    pub fn proof(&mut self) -> Option<Proof> {
        self.check();
        let files = self.write(&PROOF_OUTPUTS)?;
        let [epub, pdf] = files.as_slice() else { return None };
        let manuscript = &self.book.as_ref()?.manuscript;
        let removed: Vec<_> =
            manuscript.removed.iter().map(|(span, why)| (*span, left_out_for(*why))).collect();
        let input = ProofInput {
            sources: &manuscript.sources,
            book: &manuscript.book,
            omitted: &manuscript.omitted,
            replaced: &manuscript.replaced,
            removed: &removed,
            linked_pictures: &manuscript.linked_pictures,
            other_tool: manuscript.is_mdbook,
            epub: &epub.bytes,
            pdf: &pdf.bytes,
        };
        let proof = self.timer.run(Step::Proof, || check::proof(&input));
        self.report(proof.faults.clone());
        Some(proof)
    }

    /// Says what the book has become, for people and for tests. A book with
    /// errors is shown as far as it was understood; there is no text if it
    /// could not be read at all.
    pub fn dump(&mut self, what: Dump) -> Option<String> {
        match what {
            Dump::Model => Some(model::dump(&self.book.as_ref()?.manuscript.book)),
            Dump::Pages => {
                self.check();
                self.pages().map(page::dump)
            }
            Dump::Breaks => {
                self.check();
                Some(self.book.as_ref()?.dump_breaks())
            }
        }
    }

    /// Draws the pages as SVG, with the grid of baselines if it is wanted; `None`
    /// if the book could not be read at all.
    pub fn svg_pages(&mut self, grid: bool) -> Option<SvgRenderer<'_>> {
        self.check();
        let book = self.book.as_ref()?;
        let theme = &book.theme;
        let baselines =
            BaselineGrid { first: theme.top, leading: theme.leading, lines: theme.lines };
        let options = SvgOptions { grid: grid.then_some(baselines) };
        let pages = self.pages.values().next()?;
        Some(SvgRenderer { pages, assets: &book.assets, fonts: &book.fonts, options })
    }

    /// Sets the pages, if they aren't yet.
    fn typeset(&mut self, page_set: PageSet) {
        if let Some(book) = &self.book
            && !self.pages.contains_key(&page_set)
        {
            let mut found = Diagnostics::default();
            let pages = book.typeset(page_set, &mut self.timer, &mut found);
            self.pages.insert(page_set, pages);
            self.report(found);
        }
    }

    /// Writes the outputs, whose pages are set; `None` if there are errors.
    fn write(&mut self, outputs: &[Output]) -> Option<Vec<BuiltFile>> {
        let book = self.book.as_ref().filter(|_| !self.diagnostics.has_errors())?;
        let on_step = self.timer.on_step();
        let write = |output: &Output| {
            let pages = output.page_set().and_then(|set| self.pages.get(&set));
            (*output, timed(on_step, output.step(), || output.write(book, pages)))
        };
        let written: Vec<_> = outputs.par_iter().map(write).collect();
        let mut files = Vec::new();
        let mut found = Diagnostics::default();
        for (output, (bytes, timing)) in written {
            self.timer.timings.push(timing);
            match bytes {
                Ok(bytes) => files.push(BuiltFile { output, bytes }),
                Err(why) => {
                    let message = format!("no {} was made: {why}", output.name());
                    found.push(Diagnostic::new(Code::NoOutput, message));
                }
            }
        }
        self.report(found);
        (!self.diagnostics.has_errors()).then_some(files)
    }

    /// Takes findings in. The one place where they are turned to the places
    /// that the writer knows and given the severity that the book wants.
    fn report(&mut self, mut found: Diagnostics) {
        if let Some(book) = &self.book {
            found.move_spans(|span| book.manuscript.sources.origin(span));
        }
        found.apply(&self.lints);
        self.diagnostics.append(found);
        self.diagnostics.sort();
    }
}

/// What a proof compares.
const PROOF_OUTPUTS: [Output; 2] =
    [Output::Epub { page_list: true }, Output::Pdf { profile: PdfProfile::Screen }];

/// The steps of a build, in order, for those who watch it.
pub fn build_steps(outputs: &[Output]) -> Vec<Step> {
    let mut steps = vec![Step::Read, Step::Resolve, Step::Pictures];
    steps.extend(outputs.iter().any(|o| o.page_set().is_some()).then_some(Step::Typeset));
    steps.extend(outputs.iter().map(|output| output.step()));
    steps
}

/// The steps of a check, in order, with or without a proof.
pub fn check_steps(proof: bool) -> Vec<Step> {
    if proof {
        [build_steps(&PROOF_OUTPUTS), vec![Step::Proof]].concat()
    } else {
        vec![Step::Read, Step::Resolve, Step::Pictures, Step::Typeset]
    }
}

/// The one text that findings can point into when no manuscript came of a
/// folder: `book.toml`, which is read first.
fn book_file_alone(root: &Path) -> SourceMap {
    let mut sources = SourceMap::default();
    let path = root.join("book.toml");
    if path.is_file()
        && let Ok(bytes) = fs::read(path)
    {
        sources.add("book.toml", String::from_utf8_lossy(&bytes).as_ref());
    }
    sources
}

/// What a proof calls the reason why something was taken out.
fn left_out_for(reason: RemovedReason) -> Reason {
    match reason {
        RemovedReason::Comment => Reason::Comment,
        RemovedReason::Directive => Reason::Directive,
        RemovedReason::LeftOver => Reason::LeftOver,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epub_without_a_page_list_sets_no_pages() {
        let sets_pages = |outputs: &[Output]| build_steps(outputs).contains(&Step::Typeset);
        let pdf = Output::Pdf { profile: PdfProfile::Screen };
        assert!(!sets_pages(&[Output::Epub { page_list: false }]));
        assert!(sets_pages(&[Output::Epub { page_list: true }]));
        assert!(sets_pages(&[Output::Epub { page_list: false }, pdf]));
    }
}
