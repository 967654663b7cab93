//! `new`: a book project out of files that are there already.

use super::args::NewArgs;
use super::report::Reporter;
use super::summary::count;
use super::terminal::Terminal;
use crate::manuscript::{self, Created, NewBook};

/// Makes the project and says what came of it.
///
/// # Errors
/// If it can't be made, with what is in the way.
pub fn run(args: &NewArgs, terminal: &Terminal) -> anyhow::Result<bool> {
    let request = NewBook {
        folder: args.dir.clone(),
        from: args.from.clone(),
        title: args.title.clone(),
        subtitle: None,
        author: args.author.clone(),
        language: args.language.as_ref().map(ToString::to_string),
    };
    let created = manuscript::create(&request)?;
    if !terminal.quiet {
        terminal.say(&missing(&created, terminal));
        for remark in &created.remarks {
            terminal.say(&Reporter::warning(terminal.color, remark));
        }
        terminal.say(&summary(&created));
    }
    Ok(true)
}

/// The pictures that have to be found before the book can be built.
fn missing(created: &Created, terminal: &Terminal) -> String {
    let mut out = String::new();
    for picture in &created.missing {
        let place = format!("{}:{}", picture.file.display(), picture.line);
        let text = format!("{place}: the picture {} could not be copied", picture.address);
        out.push_str(&Reporter::warning(terminal.color, &text));
    }
    out
}

fn summary(created: &Created) -> String {
    let folder = created.folder.display();
    let files = count(created.files.len(), "file");
    format!(
        "{folder}  \u{201c}{}\u{201d}, {files}\n\
         Look through {folder}/book.toml, then: bindery build --book {folder}\n",
        created.title
    )
}
