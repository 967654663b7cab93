//! `epub`, `pdf` and `build`: make the files, put them in their places, say
//! what came of it.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::args::{BuildArgs, EpubArgs, PdfArgs, ProfileArg};
use super::findings;
use super::output;
use super::progress::Progress;
use super::report::Reporter;
use super::summary;
use super::terminal::Terminal;
use super::write;
use crate::diag::{Diagnostic, Severity};
use crate::manuscript::book_folder;
use crate::pipeline::{BuiltBook, Output, PdfProfile, Project, ReadOptions, build_steps};

/// Makes the EPUB; whether all is well.
pub fn epub(args: &EpubArgs, terminal: &Terminal) -> bool {
    run(&args.build, &[Output::Epub { page_list: !args.no_page_list }], false, terminal)
}

/// Makes the PDF; whether all is well.
pub fn pdf(args: &PdfArgs, terminal: &Terminal) -> bool {
    let profile = match args.profile {
        ProfileArg::Screen => PdfProfile::Screen,
        ProfileArg::Press => PdfProfile::Press { marks: args.marks },
    };
    run(&args.build, &[Output::Pdf { profile }], args.report, terminal)
}

/// Makes both; whether all is well.
pub fn both(args: &EpubArgs, terminal: &Terminal) -> bool {
    let epub = Output::Epub { page_list: !args.no_page_list };
    let pdf = Output::Pdf { profile: PdfProfile::Screen };
    run(&args.build, &[epub, pdf], false, terminal)
}

fn run(args: &BuildArgs, outputs: &[Output], report: bool, terminal: &Terminal) -> bool {
    let start = Instant::now();
    let root = args.book.folder();
    let progress = Progress::start(!terminal.quiet, build_steps(outputs).len());
    let on_step = |step| progress.step(step);
    let options = ReadOptions { deny_warnings: args.findings.deny_warnings(), on_step: &on_step };
    let mut project = Project::read_with(&root, options);
    let built = project.build(outputs);

    let mut diagnostics = project.diagnostics().clone();
    let files = built.as_ref().map(|built| places(built, args.out.as_deref()));
    if let Some(files) = &files
        && let Err(fault) = write_files(files, args.out.is_none())
    {
        diagnostics.push(fault);
    }
    progress.finish();
    let folder = book_folder(&root);
    let reporter = Reporter::new(project.sources(), &folder, terminal);
    if let Err(error) = findings::show(&reporter, &diagnostics, args.findings.format, terminal) {
        terminal.say(&Reporter::error(terminal.color, &format!("{error:#}")));
        return false;
    }
    terminal.say(&reporter.nothing_written(&diagnostics, terminal.quiet));
    let (Some(built), Some(files)) = (&built, &files) else { return false };
    if diagnostics.has_errors() {
        return false;
    }
    if let (Some(pages), true) = (project.pages(), report)
        && let Err(error) = terminal.print(&reporter.setting(pages))
    {
        terminal.say(&Reporter::error(terminal.color, &format!("the report: {error}")));
        return false;
    }
    if !terminal.quiet {
        let files: Vec<_> = files.iter().map(|(path, b)| (path.as_path(), b.len())).collect();
        let warnings = diagnostics.count(Severity::Warning);
        let took = start.elapsed();
        terminal.say(&summary::render(&files, &built.stats, warnings, took, terminal.verbose));
    }
    true
}

fn write_files(files: &[(PathBuf, &[u8])], default_folder: bool) -> Result<(), Diagnostic> {
    if default_folder {
        output::check_default_folder()?;
    }
    write::write_all(files)
}

/// Which bytes go where: `out` names the one file, or the stem of several.
fn places<'a>(built: &'a BuiltBook, out: Option<&Path>) -> Vec<(PathBuf, &'a [u8])> {
    let several = built.files.len() > 1;
    let place = |output: Output| match output {
        _ if several => output::stem_path(out, &built.slug, output.extension()),
        Output::Pdf { profile: PdfProfile::Press { .. } } => {
            output::file_path(out, &format!("{}-press", built.slug), output.extension())
        }
        Output::Epub { .. } | Output::Pdf { profile: PdfProfile::Screen } => {
            output::file_path(out, &built.slug, output.extension())
        }
    };
    built.files.iter().map(|file| (place(file.output), file.bytes.as_slice())).collect()
}
