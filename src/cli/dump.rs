//! `dump`: what a book has become, as text.

use super::args::{DumpArgs, DumpWhat};
use super::report::Reporter;
use super::terminal::Terminal;
use crate::diag::{Code, Diagnostic};
use crate::pipeline::{self, Dump};

/// Prints the dump and says what was found; whether all is well.
pub fn run(args: &DumpArgs, terminal: &Terminal) -> bool {
    let root = super::book_folder(&args.book);
    let what = match args.what {
        DumpWhat::Model => Dump::Model,
        DumpWhat::Pages => Dump::Pages,
    };
    let (text, mut outcome) = pipeline::dump(&root, what);
    if let Err(e) = terminal.print(&text.unwrap_or_default()) {
        let message = format!("the dump can't be written: {e}");
        outcome.diagnostics.push(Diagnostic::new(Code::NoOutput, message));
    }
    let reporter = Reporter::of(&outcome, &root, terminal);
    terminal.say(&reporter.render(&outcome.diagnostics, terminal.quiet));
    !outcome.diagnostics.has_errors()
}
