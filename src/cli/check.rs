//! `check`: what is wrong with a book, and whether its files lose words.

use std::fmt::Write;

use anyhow::Context;

use super::args::{CheckArgs, FindingFormat};
use super::findings;
use super::progress::Progress;
use super::report::Reporter;
use super::summary::count;
use super::terminal::Terminal;
use crate::check::Proof;
use crate::diag::Severity;
use crate::manuscript::book_folder;
use crate::pipeline::{Project, ReadOptions, check_steps};

/// Looks at a book and says what was found; whether all is well.
///
/// # Errors
/// If what was found can't be written to the end.
pub fn run(args: &CheckArgs, terminal: &Terminal) -> anyhow::Result<bool> {
    let root = args.book.folder();
    let progress = Progress::start(!terminal.quiet, check_steps(args.proof).len());
    let on_step = |step| progress.step(step);
    let options = ReadOptions { deny_warnings: args.findings.deny_warnings(), on_step: &on_step };
    let mut project = Project::read_with(&root, options);
    let proof = if args.proof {
        project.proof()
    } else {
        project.check();
        None
    };
    progress.finish();
    let folder = book_folder(&root);
    let reporter = Reporter::new(project.sources(), &folder, terminal);
    let format = args.findings.format;
    findings::show(&reporter, project.diagnostics(), format, terminal)?;
    if !terminal.quiet {
        let text = closing_lines(proof.as_ref(), &project);
        match format {
            FindingFormat::Text => terminal.print(&text).context("the result can't be written")?,
            // Standard output has the findings and nothing else.
            _ => terminal.say(&text),
        }
    }
    Ok(!project.diagnostics().has_errors())
}

/// What is left out on purpose, a line each, and a line that closes.
fn closing_lines(proof: Option<&Proof>, project: &Project<'_>) -> String {
    let mut out = String::new();
    let errors = project.diagnostics().count(Severity::Error);
    let warnings = project.diagnostics().count(Severity::Warning);
    let mut found = Vec::new();
    found.extend((errors > 0).then(|| count(errors, "error")));
    found.extend((warnings > 0).then(|| count(warnings, "warning")));
    let found = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
    let Some(proof) = proof else {
        let _ = writeln!(out, "check: {found}");
        return out;
    };
    let mut left_out = 0;
    for left in proof.left_out.iter().filter(|left| left.words > 0) {
        left_out += left.words;
        let place = project.sources().place(left.span);
        let _ = writeln!(out, "left out: {place}: {}, {}", left.reason, count(left.words, "word"));
    }
    let words = count(proof.words, "word");
    let _ = match proof.faults.has_errors() {
        true => writeln!(out, "proof: {words} in the manuscript; {found}"),
        false => writeln!(
            out,
            "proof: {words} in the manuscript, the EPUB and the PDF, in order; {left_out} left \
             out on purpose"
        ),
    };
    out
}
