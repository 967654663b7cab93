//! Builds the book in a folder from another program. The library prints nothing
//! and writes no file: what it found and what it made are values.
//!
//! ```text
//! cargo run --example build_book -- book
//! ```

use std::path::Path;
use std::process::ExitCode;

use bindery::{BuiltBook, Output, PdfProfile, Project};

fn main() -> ExitCode {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "book".into());
    let (findings, book) = build(Path::new(&folder));
    findings.iter().for_each(|finding| eprintln!("{finding}"));
    let Some(book) = book else { return ExitCode::FAILURE };
    for file in &book.files {
        let name = format!("{}.{}", book.slug, file.output.extension());
        if let Err(error) = std::fs::write(&name, &file.bytes) {
            eprintln!("{name}: {error}");
            return ExitCode::FAILURE;
        }
        println!("{name}  {} bytes", file.bytes.len());
    }
    ExitCode::SUCCESS
}

/// What is wrong with the book in a folder, a line each; and its EPUB and PDF,
/// unless it has errors.
pub fn build(folder: &Path) -> (Vec<String>, Option<BuiltBook>) {
    let mut project = Project::read(folder);
    let outputs = [Output::Epub { page_list: true }, Output::Pdf { profile: PdfProfile::Screen }];
    let book = project.build(&outputs);
    let line = |found: &bindery::diag::Diagnostic| {
        let place = found.span.map(|span| project.sources().place(span));
        let place = place.unwrap_or_else(|| folder.display().to_string());
        format!("{place}: {:?}: {}", found.severity(), found.message)
    };
    (project.diagnostics().iter().map(line).collect(), book)
}
