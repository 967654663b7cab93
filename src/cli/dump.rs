//! `dump`: what a book has become, as text or as pictures of its pages.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::args::{DumpArgs, DumpFormat, DumpWhat};
use super::report::Reporter;
use super::terminal::Terminal;
use super::write;
use crate::diag::Diagnostics;
use crate::manuscript::book_folder;
use crate::pipeline::{Dump, Project};
use crate::preview::SvgRenderer;

/// Prints the dump and says what was found; whether all is well.
///
/// # Errors
/// If there is no such page, or the dump can't be written to the end.
pub fn run(args: &DumpArgs, terminal: &Terminal) -> anyhow::Result<bool> {
    let root = args.book.folder();
    let mut project = Project::read(&root);
    let mut faults = Diagnostics::default();
    match args.format {
        DumpFormat::Text => {
            let text = project.dump(match args.what {
                DumpWhat::Model => Dump::Model,
                DumpWhat::Pages => Dump::Pages,
                DumpWhat::Breaks => Dump::Breaks,
            });
            terminal.print(&text.unwrap_or_default()).context("the dump can't be written")?;
        }
        DumpFormat::Svg => {
            if let Some(renderer) = project.svg_pages(args.grid) {
                draw(&renderer, args, terminal, &mut faults)?;
            }
        }
    }
    faults.append(project.diagnostics().clone());
    let folder = book_folder(&root);
    let reporter = Reporter::new(project.sources(), &folder, terminal);
    terminal.say(&reporter.render(&faults, terminal.quiet));
    Ok(!faults.has_errors())
}

/// Draws one page to standard output, or one or all of them into a folder.
fn draw(
    renderer: &SvgRenderer<'_>,
    args: &DumpArgs,
    terminal: &Terminal,
    faults: &mut Diagnostics,
) -> anyhow::Result<()> {
    let count = renderer.pages.pages.len();
    let wanted = match args.page {
        None => 0..count,
        Some(number) => {
            let index = usize::try_from(number)?.saturating_sub(1);
            if index >= count {
                bail!("there is no page {number}: the book has {count}");
            }
            index..index + 1
        }
    };
    let mut drawn = wanted.filter_map(|index| Some((index, renderer.page(index)?)));
    match &args.out {
        None => drawn.try_for_each(|(_, svg)| terminal.print(&svg))?,
        Some(folder) => {
            let files: Vec<(PathBuf, String)> =
                drawn.map(|(index, svg)| (file(folder, index, count), svg)).collect();
            let files: Vec<(PathBuf, &[u8])> =
                files.iter().map(|(path, svg)| (path.clone(), svg.as_bytes())).collect();
            if let Err(fault) = write::write_all(&files) {
                faults.push(fault);
            }
        }
    }
    Ok(())
}

/// The file of a page: its number with as many digits as that of the last.
fn file(folder: &Path, index: usize, count: usize) -> PathBuf {
    let digits = count.to_string().len();
    folder.join(format!("page-{:0digits$}.svg", index + 1))
}
