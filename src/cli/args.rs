//! The command line: commands, options and their help texts.

use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{ArgAction, Args as ClapArgs, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::model::Lang;

/// Turns a folder of Markdown into a book: an EPUB and a typeset PDF.
#[derive(Debug, Parser)]
#[command(
    name = "bindery",
    version,
    arg_required_else_help = true,
    after_help = "Examples:
  bindery new my-book --from one.md two.md   create a book project from essays
  bindery build --book my-book               build its EPUB and PDF
  bindery pdf                                build the PDF of the book in book/

Exit code: 0 on success, 1 for an error in the manuscript or the output,
2 for incorrect usage.",
    after_long_help = "Examples:
  Create a book project from essays, then build both files:
      bindery new my-book --from one.md two.md --title \"My Book\"
      bindery build --book my-book
  Build the PDF of the book in book/:
      bindery pdf

Exit code: 0 on success, 1 for an error in the manuscript or the output,
2 for incorrect usage.

Colours are controlled by `--color`. By default, they are used on a terminal
unless the environment variable NO_COLOR is set."
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: GlobalArgs,
}

impl Args {
    /// Checks what clap can't.
    ///
    /// # Errors
    /// If crop marks are wanted in a file that isn't for the press, or a dump in a
    /// form that it doesn't have.
    pub fn checked(self) -> Result<Args, clap::Error> {
        match &self.command {
            Command::Pdf(pdf) if pdf.marks && pdf.profile != ProfileArg::Press => {
                let message = "--marks requires --profile press";
                Err(Args::command().error(ErrorKind::ArgumentConflict, message))
            }
            Command::Dump(dump) => dump
                .checked()
                .map(|()| self)
                .map_err(|(kind, message)| Args::command().error(kind, message)),
            _ => Ok(self),
        }
    }
}

/// How much is printed, and how.
#[derive(Debug, Clone, Copy, ClapArgs)]
pub struct GlobalArgs {
    /// Print errors only
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print more: every warning, and how long each step took
    #[arg(long, short, global = true, action = ArgAction::SetTrue)]
    pub verbose: bool,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = When::Auto)]
    pub color: When,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the EPUB
    #[command(after_help = "Examples:
  bindery epub                              book/ to dist/<name>.epub
  bindery epub --book essays --out e.epub   another book, another file
  bindery epub --no-page-list               faster, without typesetting the pages")]
    Epub(EpubArgs),
    /// Build the PDF
    #[command(after_help = "Examples:
  bindery pdf                               book/ to dist/<name>.pdf
  bindery pdf --book essays --out e.pdf     another book, another file
  bindery pdf --report                      and list compromises in the typesetting
  bindery pdf --profile press               for the printer: dist/<name>-press.pdf
  bindery pdf --profile press --marks       with crop marks")]
    Pdf(PdfArgs),
    /// Build both the EPUB and the PDF
    #[command(after_help = "Examples:
  bindery build                             dist/<name>.epub and dist/<name>.pdf
  bindery build my-texts                    a folder of Markdown, without book.toml
  bindery build essay.md                    a book of one file
  bindery build --out out/                  out/<name>.epub and out/<name>.pdf
  bindery build --out out/essays            out/essays.epub and out/essays.pdf")]
    Build(EpubArgs),
    /// Create a book project from Markdown files
    #[command(after_help = "Examples:
  bindery new my-book --from essay.md
  bindery new my-book --from texts/         all Markdown files in a folder
  bindery new my-book --from novel.docx     a Word document, a file per chapter
  bindery new my-book --from one.md two.md --title \"Two Essays\" --author \"A. Writer\"
  bindery new mein-buch --from eins.md --language de

Copies the files and their pictures and writes a commented book.toml.
The book is ready to build: bindery build --book my-book")]
    New(NewArgs),
    /// Report every problem in a book without writing any files
    #[command(after_help = "Examples:
  bindery check                             all errors and warnings
  bindery check --proof                     and verify that no word is lost
  bindery check --deny warnings             fail on any warning, as in CI")]
    Check(CheckArgs),
    /// Print the document model or the pages as text
    #[command(after_help = "Examples:
  bindery dump model | less
  bindery dump pages --book essays
  bindery dump pages --format svg --out pages/     a picture of each page
  bindery dump pages --format svg --page 12        one of them, to standard output
  bindery dump breaks                              why each page ends where it does")]
    Dump(DumpArgs),
}

/// The book, and where to write the output.
#[derive(Debug, Clone, ClapArgs)]
pub struct BuildArgs {
    #[command(flatten)]
    pub book: BookArgs,
    /// Where to write the output [default: dist/<name of the book>]
    ///
    /// For `epub` and `pdf`, a file. For `build`, the path of both files without
    /// `.epub` and `.pdf`. If it is an existing folder or ends in a slash, the
    /// files are written there under the book's name.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub findings: FindingArgs,
}

/// Which findings stop a build, and the form they are shown in.
#[derive(Debug, Clone, Copy, ClapArgs)]
pub struct FindingArgs {
    /// Treat all warnings as errors, so that no files are written
    ///
    /// Warnings that `[lints]` in book.toml allows are still allowed.
    #[arg(long, value_name = "WHAT", value_enum)]
    pub deny: Option<Deny>,
    /// The form of errors and warnings; all but `text` go to standard output
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = FindingFormat::Text)]
    pub format: FindingFormat,
}

impl FindingArgs {
    /// Whether every warning is an error.
    pub fn deny_warnings(self) -> bool {
        self.deny == Some(Deny::Warnings)
    }
}

/// Forms of errors and warnings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FindingFormat {
    /// For people, with the line and what to do
    Text,
    /// One JSON object per finding and line
    Json,
    /// Annotations in a pull request on GitHub
    Github,
    /// A SARIF log
    Sarif,
}

/// What `--deny` can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// All warnings
    Warnings,
}

/// Options of commands that build a PDF.
#[derive(Debug, Clone, ClapArgs)]
pub struct PdfArgs {
    #[command(flatten)]
    pub build: BuildArgs,
    /// List every compromise in the typesetting with its page and source line, and a summary
    #[arg(long)]
    pub report: bool,
    /// What the PDF is for
    #[arg(long, value_name = "PROFILE", value_enum, default_value_t = ProfileArg::Screen)]
    pub profile: ProfileArg,
    /// Add crop marks outside the bleed (requires --profile press)
    #[arg(long)]
    pub marks: bool,
}

/// What a PDF is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProfileArg {
    /// For reading: accessible, PDF/UA-1 and PDF/A-2a
    Screen,
    /// For printing: PDF/X-4 with bleed, without the cover
    Press,
}

/// Options of commands that build an EPUB.
#[derive(Debug, Clone, ClapArgs)]
pub struct EpubArgs {
    #[command(flatten)]
    pub build: BuildArgs,
    /// Omit the page list, which maps the printed pages to the EPUB
    #[arg(long)]
    pub no_page_list: bool,
}

/// Which book to read.
#[derive(Debug, Clone, ClapArgs)]
pub struct BookArgs {
    /// The book: a folder, or a single Markdown file [default: the current folder, or book]
    ///
    /// A folder needs no book.toml: without one, its Markdown files are the
    /// chapters. The default is the current folder if it has a book.toml,
    /// otherwise `book`.
    #[arg(value_name = "BOOK", conflicts_with = "book")]
    pub path: Option<PathBuf>,
    /// The same, as an option
    #[arg(long, short, value_name = "BOOK")]
    pub book: Option<PathBuf>,
}

impl BookArgs {
    /// The folder of the book, or the Markdown file that is all of it.
    pub fn folder(&self) -> PathBuf {
        const USUAL: &str = "book";
        match self.path.as_ref().or(self.book.as_ref()) {
            Some(path) => path.clone(),
            None if Path::new("book.toml").is_file() || !Path::new(USUAL).is_dir() => ".".into(),
            None => USUAL.into(),
        }
    }
}

/// Options of `new`.
#[derive(Debug, Clone, ClapArgs)]
pub struct NewArgs {
    /// The folder to create; it must not contain a book yet
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// The Markdown files in reading order, folders of them, or Word documents (.docx)
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    pub from: Vec<PathBuf>,
    /// The book's title [default: derived from the files]
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// The author [default: taken from the files]
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// The language of the text, such as en, de or pt-BR [default: en]
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub language: Option<Lang>,
}

/// Options of `check`.
#[derive(Debug, Clone, ClapArgs)]
pub struct CheckArgs {
    #[command(flatten)]
    pub book: BookArgs,
    /// Build both files in memory and compare their words with the manuscript's
    #[arg(long)]
    pub proof: bool,
    #[command(flatten)]
    pub findings: FindingArgs,
}

/// Options of `dump`.
#[derive(Debug, Clone, ClapArgs)]
pub struct DumpArgs {
    /// What to print
    #[arg(value_enum)]
    pub what: DumpWhat,
    #[command(flatten)]
    pub book: BookArgs,
    /// Text, or pages as SVG pictures
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = DumpFormat::Text)]
    pub format: DumpFormat,
    /// The page to draw, counted from 1 at the cover
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub page: Option<u32>,
    /// Write one picture per page to this folder
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Draw the baseline grid below each page
    #[arg(long)]
    pub grid: bool,
}

impl DumpArgs {
    /// Checks what clap can't.
    fn checked(&self) -> Result<(), (ErrorKind, &'static str)> {
        let for_svg = self.page.is_some() || self.out.is_some() || self.grid;
        match self.format {
            DumpFormat::Text if for_svg => {
                Err((ErrorKind::ArgumentConflict, "--page, --out and --grid go with --format svg"))
            }
            DumpFormat::Svg if self.what != DumpWhat::Pages => {
                Err((ErrorKind::ArgumentConflict, "--format svg is for pages"))
            }
            DumpFormat::Svg if self.page.is_none() && self.out.is_none() => {
                let message = "--format svg needs --page for one page, or --out for a folder";
                Err((ErrorKind::MissingRequiredArgument, message))
            }
            DumpFormat::Text | DumpFormat::Svg => Ok(()),
        }
    }
}

/// The form in which something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DumpFormat {
    /// As text, one line an item
    Text,
    /// Pages as pictures, in SVG
    Svg,
}

/// What `dump` can print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DumpWhat {
    /// The document model: chapters, blocks, text
    Model,
    /// The pages: every line with its position
    Pages,
    /// The page breaks: the costs of each page, and where else it could have ended
    Breaks,
}

fn language(tag: &str) -> Result<Lang, String> {
    Lang::new(tag).ok_or_else(|| "not a language tag such as en, de or pt-BR".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn switches_stand_before_and_after_the_command() {
        for line in [["bindery", "-q", "pdf"], ["bindery", "pdf", "-q"]] {
            assert!(Args::try_parse_from(line).is_ok_and(|a| a.global.quiet), "{line:?}");
        }
    }

    #[test]
    fn crop_marks_are_for_the_press() {
        let of = |line: &[&str]| Args::try_parse_from(line).map(Args::checked);
        assert!(matches!(of(&["bindery", "pdf", "--profile", "press", "--marks"]), Ok(Ok(_))));
        for line in [
            &["bindery", "pdf", "--marks"][..],
            &["bindery", "pdf", "--profile", "screen", "--marks"],
        ] {
            assert!(matches!(of(line), Ok(Err(_))), "{line:?}");
        }
    }

    #[test]
    fn pictures_of_pages_need_a_place() {
        let of = |line: &str| Args::try_parse_from(line.split(' ')).map(Args::checked);
        for line in ["--format svg --page 3", "--format svg --out x --grid", "--format text"] {
            let line = format!("bindery dump pages {line}");
            assert!(matches!(of(&line), Ok(Ok(_))), "{line}");
        }
        for line in ["pages --format svg", "pages --page 3", "model --format svg --page 3"] {
            let line = format!("bindery dump {line}");
            assert!(matches!(of(&line), Ok(Err(_))), "{line}");
        }
    }

    #[test]
    fn from_takes_several_files_in_order() {
        let line = ["bindery", "new", "x", "--from", "b.md", "a.md", "--title", "T"];
        let Ok(Args { command: Command::New(new), .. }) = Args::try_parse_from(line) else {
            panic!("{line:?} is not understood");
        };
        assert_eq!(new.from, [PathBuf::from("b.md"), PathBuf::from("a.md")]);
    }
}
