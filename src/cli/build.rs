//! `epub`, `pdf` and `build`: walk the road, put the files in their places,
//! say what came of it.

use std::path::PathBuf;
use std::time::Instant;

use super::args::{BuildArgs, EpubArgs, PdfArgs, ProfileArg};
use super::output;
use super::progress::Progress;
use super::report::Reporter;
use super::summary;
use super::terminal::Terminal;
use crate::diag::Severity;
use crate::pipeline::{Build, Built, PdfProfile};

/// Makes the EPUB; whether all is well.
pub fn epub(args: &EpubArgs, terminal: &Terminal) -> bool {
    run(&args.build, Formats::Epub { page_list: !args.no_page_list }, false, terminal)
}

/// Makes the PDF; whether all is well.
pub fn pdf(args: &PdfArgs, terminal: &Terminal) -> bool {
    let profile = match args.profile {
        ProfileArg::Screen => PdfProfile::Screen,
        ProfileArg::Press => PdfProfile::Press { marks: args.marks },
    };
    run(&args.build, Formats::Pdf(profile), args.report, terminal)
}

/// Makes both; whether all is well.
pub fn both(args: &EpubArgs, terminal: &Terminal) -> bool {
    run(&args.build, Formats::Both { page_list: !args.no_page_list }, false, terminal)
}

/// What is wanted.
#[derive(Debug, Clone, Copy)]
enum Formats {
    Epub { page_list: bool },
    Pdf(PdfProfile),
    Both { page_list: bool },
}

fn run(args: &BuildArgs, formats: Formats, report: bool, terminal: &Terminal) -> bool {
    let start = Instant::now();
    let root = super::book_folder(&args.book);
    let screen = PdfProfile::Screen;
    let (want_epub, want_pdf, page_list, profile) = match formats {
        Formats::Epub { page_list } => (true, false, page_list, screen),
        Formats::Pdf(profile) => (false, true, false, profile),
        Formats::Both { page_list } => (true, true, page_list, screen),
    };
    let build = Build { root: &root, want_epub, want_pdf, profile, page_list };
    let progress = Progress::start(!terminal.quiet, build.steps().len());
    let mut outcome = build.run(&|step| progress.step(step));
    drop(progress);

    let files = outcome.built.as_ref().map(|built| places(built, args, formats));
    if let Some(files) = &files
        && let Err(fault) = output::write_all(files)
    {
        outcome.diagnostics.push(fault);
    }
    let reporter = Reporter::of(&outcome, &root, terminal);
    terminal.say(&reporter.render(&outcome.diagnostics, terminal.quiet));
    if outcome.diagnostics.has_errors() {
        return false;
    }
    if let (Some(built), Some(files)) = (&outcome.built, &files) {
        let files: Vec<_> = files.iter().map(|(path, b)| (path.as_path(), b.len())).collect();
        let warnings = outcome.diagnostics.count(Severity::Warning);
        let took = start.elapsed();
        if let (Some((setting, folios)), true) = (&built.setting, report)
            && let Err(error) = terminal.print(&reporter.setting(setting, folios))
        {
            terminal.say(&Reporter::error(terminal.color, &format!("the report: {error}")));
            return false;
        }
        if !terminal.quiet {
            terminal.say(&summary::render(&files, &built.stats, warnings, took, terminal.verbose));
        }
    }
    true
}

/// Which bytes go where.
fn places<'a>(built: &'a Built, args: &BuildArgs, formats: Formats) -> Vec<(PathBuf, &'a [u8])> {
    let out = args.out.as_deref();
    let place = |extension: &str| match formats {
        Formats::Both { .. } => output::stem_path(out, &built.slug, extension),
        Formats::Pdf(PdfProfile::Press { .. }) => {
            output::file_path(out, &format!("{}-press", built.slug), extension)
        }
        Formats::Epub { .. } | Formats::Pdf(PdfProfile::Screen) => {
            output::file_path(out, &built.slug, extension)
        }
    };
    let epub = built.epub.as_deref().map(|bytes| (place("epub"), bytes));
    let pdf = built.pdf.as_deref().map(|bytes| (place("pdf"), bytes));
    epub.into_iter().chain(pdf).collect()
}
