//! A book looked at without being written: everything that can be found wrong
//! with it, and on request whether both files say what the manuscript says.

use std::path::Path;

use super::{Clock, Draft, OnStep, Outcome, PdfProfile, Step, book_file_alone, page_marks};
use crate::check::{self, Proof, ProofInput};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::{epub, pdf};

/// What is to be looked at.
#[derive(Debug, Clone, Copy)]
pub struct Check<'a> {
    /// The book's folder.
    pub root: &'a Path,
    /// Whether both files are made in memory and their words compared with the
    /// manuscript's.
    pub proof: bool,
}

impl Check<'_> {
    /// Which steps it has, in order.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = vec![Step::Read, Step::Resolve, Step::Pictures, Step::Typeset];
        if self.proof {
            steps.extend([Step::Epub, Step::Pdf, Step::Proof]);
        }
        steps
    }

    /// Looks at the book. There is a proof if one was wanted and the book has no
    /// other errors; its faults are among the findings.
    pub fn run(&self, on_step: OnStep<'_>) -> (Option<Proof>, Outcome) {
        let mut outcome = Outcome::default();
        let mut clock = Clock::new(on_step);
        let Some(mut draft) = Draft::read(self.root, &mut clock, &mut outcome.diagnostics) else {
            outcome.sources = book_file_alone(self.root);
            outcome.diagnostics.sort();
            return (None, outcome);
        };
        draft.stand_ins(true);
        let proof = self.prove(&draft, &mut clock, &mut outcome.diagnostics);
        if let Some(proof) = &proof {
            outcome.diagnostics.append(proof.faults.clone());
        }
        draft.settle(&mut outcome.diagnostics);
        outcome.sources = draft.manuscript.sources;
        outcome.diagnostics.sort();
        (proof, outcome)
    }

    fn prove(
        &self,
        draft: &Draft,
        clock: &mut Clock<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Proof> {
        let pages = draft.typeset(PdfProfile::Screen, clock, diagnostics);
        draft.settle(diagnostics);
        if !self.proof || diagnostics.has_errors() {
            return None;
        }
        let marks = page_marks(&pages);
        let epub = clock.step(Step::Epub, || epub::write(&draft.epub(&marks)));
        let pdf = clock.step(Step::Pdf, || pdf::write(&draft.pdf(&pages, PdfProfile::Screen)));
        let mut failed = |what: &str, why: String| {
            diagnostics.push(Diagnostic::new(Code::NoOutput, format!("no {what} was made: {why}")));
        };
        let epub = epub.map_err(|e| failed("EPUB", e.to_string())).ok();
        let pdf = pdf.map_err(|e| failed("PDF", e.to_string())).ok();
        let (epub, pdf) = (epub?, pdf?);
        let input = ProofInput {
            sources: &draft.manuscript.sources,
            book: draft.book(),
            omitted: &draft.manuscript.omitted,
            replaced: &draft.manuscript.replaced,
            other_tool: draft.manuscript.forgiving,
            epub: &epub,
            pdf: &pdf,
        };
        Some(clock.step(Step::Proof, || check::proof(&input)))
    }
}
