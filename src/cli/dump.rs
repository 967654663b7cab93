//! `dump`: what a book has become, as text.

use anyhow::Context;

use super::args::{DumpArgs, DumpWhat};
use super::report::Reporter;
use super::terminal::Terminal;
use crate::pipeline::{Dump, Project};

/// Prints the dump and says what was found; whether all is well.
///
/// # Errors
/// If the dump can't be written to the end.
pub fn run(args: &DumpArgs, terminal: &Terminal) -> anyhow::Result<bool> {
    let root = super::book_folder(&args.book);
    let what = match args.what {
        DumpWhat::Model => Dump::Model,
        DumpWhat::Pages => Dump::Pages,
    };
    let mut project = Project::read(&root);
    let text = project.dump(what);
    terminal.print(&text.unwrap_or_default()).context("the dump can't be written")?;
    let reporter = Reporter::new(project.sources(), &root, terminal);
    terminal.say(&reporter.render(project.diagnostics(), terminal.quiet));
    Ok(!project.diagnostics().has_errors())
}
