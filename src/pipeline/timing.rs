//! The steps of a run and how long each took. The figures go into the summary
//! only, never into a book.

use std::fmt;
use std::time::{Duration, Instant};

/// A step of the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Reading `book.toml`, the chapters and the fonts.
    Read,
    /// Numbering, links, notes.
    Resolve,
    /// Reading and checking the pictures, drawing the cover.
    Pictures,
    /// Setting the pages.
    Typeset,
    /// Writing the EPUB.
    Epub,
    /// Writing the PDF.
    Pdf,
    /// Comparing the words of manuscript, EPUB and PDF.
    Proof,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Step::Read => "reading the manuscript",
            Step::Resolve => "following links and notes",
            Step::Pictures => "reading the pictures",
            Step::Typeset => "setting the pages",
            Step::Epub => "writing the EPUB",
            Step::Pdf => "writing the PDF",
            Step::Proof => "comparing the words",
        })
    }
}

/// A step and how long it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// The step.
    pub step: Step,
    /// From its beginning to its end.
    pub took: Duration,
}

/// Told of each step as it begins; called from several threads.
pub type OnStep<'a> = &'a (dyn Fn(Step) + Sync);

/// Announces steps and notes how long each takes.
pub(super) struct StepTimer<'a> {
    on_step: OnStep<'a>,
    /// The steps in the order they ended.
    pub timings: Vec<Timing>,
}

impl<'a> StepTimer<'a> {
    /// A timer that announces each step to `on_step`.
    pub fn new(on_step: OnStep<'a>) -> Self {
        Self { on_step, timings: Vec::new() }
    }

    /// Does the work of a step on this thread.
    pub fn run<T>(&mut self, step: Step, work: impl FnOnce() -> T) -> T {
        let (result, timing) = timed(self.on_step, step, work);
        self.timings.push(timing);
        result
    }

    /// What steps that run side by side announce themselves to.
    pub fn on_step(&self) -> OnStep<'a> {
        self.on_step
    }
}

/// Does the work of a step, for steps that run side by side.
pub(super) fn timed<T>(on_step: OnStep<'_>, step: Step, work: impl FnOnce() -> T) -> (T, Timing) {
    on_step(step);
    let start = Instant::now();
    let result = work();
    (result, Timing { step, took: start.elapsed() })
}
