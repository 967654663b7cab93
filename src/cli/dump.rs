//! `dump`: what a book has become, as text.

use anyhow::Context;

use super::args::{DumpArgs, DumpWhat};
use super::report::Reporter;
use super::terminal::Terminal;
use crate::pipeline::{self, Dump};

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
    let (text, outcome) = pipeline::dump(&root, what);
    terminal.print(&text.unwrap_or_default()).context("the dump can't be written")?;
    let reporter = Reporter::of(&outcome, &root, terminal);
    terminal.say(&reporter.render(&outcome.diagnostics, terminal.quiet));
    Ok(!outcome.diagnostics.has_errors())
}
