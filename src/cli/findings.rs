//! Shows findings in the form that was asked for.

use anyhow::Context;

use super::args::FindingFormat;
use super::machine_formats;
use super::report::Reporter;
use super::terminal::Terminal;
use crate::diag::Diagnostics;

/// Shows findings: for people on standard error, for programs on standard output.
///
/// # Errors
/// If findings for programs can't be written to the end.
pub fn show(
    reporter: &Reporter<'_>,
    diagnostics: &Diagnostics,
    format: FindingFormat,
    terminal: &Terminal,
) -> anyhow::Result<()> {
    match machine_formats::render(format, diagnostics, reporter.sources, reporter.root) {
        None => terminal.say(&reporter.findings(diagnostics, terminal.quiet)),
        Some(text) => terminal.print(&text).context("the findings can't be written")?,
    }
    Ok(())
}
