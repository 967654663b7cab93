//! Where words go: standard error for what is said, standard output for what
//! was asked for.

use std::env;
use std::io::{self, IsTerminal, Write};

use super::args::{GlobalArgs, When};

/// What is known about who reads, and how much they want to.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// Nothing but errors.
    pub quiet: bool,
    /// Everything.
    pub verbose: bool,
    /// Whether standard error gets colours.
    pub color: bool,
}

impl Terminal {
    /// Takes what was said on the command line, then NO_COLOR, then what
    /// standard error is.
    pub fn new(global: GlobalArgs) -> Terminal {
        let color = match global.color {
            When::Always => true,
            When::Never => false,
            When::Auto => {
                // https://no-color.org: set and not empty.
                let forbidden = env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
                let dumb = env::var_os("TERM").is_some_and(|v| v == "dumb");
                !forbidden && !dumb && io::stderr().is_terminal()
            }
        };
        Terminal { quiet: global.quiet, verbose: global.verbose, color }
    }

    /// Says something. If nobody listens any more, that is no fault.
    pub fn say(&self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Gives out what was asked for. A reader who has seen enough (`| head`)
    /// is no fault.
    ///
    /// # Errors
    /// If it can't be written for another reason, such as a full disk.
    pub fn print(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => result,
        }
    }
}
