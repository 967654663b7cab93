//! The commands; the only code that prints.
//!
//! Findings, summaries and the bar go to standard error; standard output has
//! what was asked for to be read: dumps and help. So a dump can be piped while
//! the findings are seen.

mod args;
mod build;
mod check;
mod dump;
mod findings;
mod machine_formats;
mod new;
mod output;
mod progress;
mod report;
mod summary;
mod terminal;
mod write;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use report::Reporter;
use terminal::Terminal;

/// A fault in the manuscript or the output.
const FAULT: u8 = 1;
/// The process was asked to stop, as shells have it.
const INTERRUPTED: i32 = 130;

/// Runs the command line. Exit code 0 if all is well, 1 for a fault in the
/// manuscript or the output, 2 for wrong usage.
pub fn main() -> ExitCode {
    let args = match Args::try_parse().and_then(Args::checked) {
        Ok(args) => args,
        Err(error) => {
            // Help and usage go where nobody may be reading any more.
            let _ = error.print();
            return u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from);
        }
    };
    // Without a handler the process ends all the same, and the next run removes
    // what it leaves.
    let _ = ctrlc::set_handler(|| write::remove_temporary_files_and_exit(INTERRUPTED));
    let terminal = Terminal::new(args.global);
    let done = match &args.command {
        Command::Epub(args) => Ok(build::epub(args, &terminal)),
        Command::Pdf(args) => Ok(build::pdf(args, &terminal)),
        Command::Build(args) => Ok(build::both(args, &terminal)),
        Command::New(args) => new::run(args, &terminal),
        Command::Check(args) => check::run(args, &terminal),
        Command::Dump(args) => dump::run(args, &terminal),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(FAULT),
        Err(error) => {
            // With what caused it.
            terminal.say(&Reporter::error(terminal.color, &format!("{error:#}")));
            ExitCode::from(FAULT)
        }
    }
}
