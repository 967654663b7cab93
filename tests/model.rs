//! From Markdown to the resolved model: every `tests/goldens/model/*.md` is a
//! book of one chapter, and the file beside it what is made of it.

mod support;

use std::path::PathBuf;

use bindery::model::dump;
use support::golden::{difference, is_renewed};
use support::{Folder, golden};

/// The least that is a picture's file: it is only asked whether it is there.
const PICTURE: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

fn manuscripts() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/model");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the goldens")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    files
}

/// Whatever a manuscript asks of its book stands in its first lines as a
/// comment: `<!-- book: omit = ["Series"] -->`.
fn book_toml(text: &str) -> String {
    let mut toml = String::from("title = \"Golden\"\nfront-matter = \"listed\"\n");
    for line in text.lines() {
        if let Some(line) = line.strip_prefix("<!-- book: ").and_then(|l| l.strip_suffix(" -->")) {
            toml.push_str(line);
            toml.push('\n');
        }
    }
    // A chapter that is listed is one, however many first headings it has.
    toml.push_str("[[chapter]]\nfile = \"text.md\"\n");
    toml
}

#[test]
fn manuscripts_become_what_their_goldens_say() {
    let files = manuscripts();
    assert!(files.len() > 10, "goldens are there");
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a manuscript");
        let name = file.file_stem().and_then(|s| s.to_str()).expect("a name");
        let folder = Folder::new()
            .with("book.toml", book_toml(&text))
            .with("images/a.svg", PICTURE)
            .with("images/b c.svg", PICTURE)
            .with("text.md", &text);
        let outcome = folder.read();
        let manuscript = outcome.manuscript.as_ref().expect("a manuscript");
        let actual = format!("{}\n{}", dump(&manuscript.book), outcome.report());
        golden(&format!("model/{name}.txt"), actual.trim_end());
    }
}

/// The roles of a book's chapters in order.
fn roles(folder: &Folder) -> String {
    let manuscript = folder.read().manuscript.expect("a manuscript");
    let names: Vec<&str> = manuscript.book.chapters.iter().map(|c| c.role.name()).collect();
    names.join(" ")
}

#[test]
fn front_matter_is_made_unless_it_is_listed() {
    let with = |toml: &str| {
        Folder::new()
            .with("book.toml", format!("title = \"T\"\n{toml}"))
            .with("one.md", "# One\n")
            .with("d.md", "For you.\n")
    };
    let chapters =
        "[[chapter]]\nfile = \"one.md\"\n[[chapter]]\nfile = \"d.md\"\nrole = \"dedication\"\n";
    assert_eq!(
        roles(&with(chapters)),
        "half-title title-page copyright dedication contents chapter"
    );
    let listed = format!("front-matter = \"listed\"\n{chapters}");
    assert_eq!(roles(&with(&listed)), "chapter dedication");
    let own = format!("{chapters}[[chapter]]\nrole = \"contents\"\n");
    let made = "half-title title-page copyright dedication";
    assert_eq!(roles(&with(&own)), format!("{made} chapter contents"));
}

#[test]
fn a_page_that_is_given_replaces_that_page_and_no_other() {
    let folder = Folder::new()
        .with("book.toml", "title = \"T\"\n")
        .with("copyright.md", "All wrongs reserved.\n")
        .with("one.md", "# One\n")
        .with("preface.md", "Before.\n");
    assert_eq!(roles(&folder), "half-title title-page copyright contents preface chapter");
    let book = folder.read().manuscript.expect("a manuscript").book;
    assert!(dump(&book).contains("All wrongs reserved."));
    let back = "[[chapter]]\nfile = \"one.md\"\n\
        [[chapter]]\nrole = \"copyright\"\nmatter = \"back\"\n";
    let folder = folder.with("book.toml", format!("title = \"T\"\n{back}"));
    assert_eq!(roles(&folder), "half-title title-page contents chapter copyright");
}

#[test]
fn files_that_are_not_listed_are_chapters_by_name() {
    let folder = Folder::new()
        .with("book.toml", "title = \"T\"\nfront-matter = \"listed\"\n")
        .with("README.md", "Not part of it.\n")
        .with("colophon.md", "Set in type.\n")
        .with("b.md", "# B\n")
        .with("a.md", "# A\n")
        .with("preface.md", "Before.\n");
    assert_eq!(roles(&folder), "preface chapter chapter colophon");
    let book = folder.read().manuscript.expect("a manuscript").book;
    let numbers: Vec<_> = book.chapters.iter().map(|c| c.number.clone()).collect();
    assert_eq!(numbers, [None, Some(1.into()), Some(2.into()), None]);
}

#[test]
fn a_golden_is_renewed_by_its_name_and_all_are_by_one() {
    assert!(is_renewed("pages/tables.txt", "1"));
    assert!(is_renewed("pages/tables.txt", "tables"));
    assert!(is_renewed("pages/tables.txt", "nav, pages/tables.txt"));
    for filter in ["", "0", "lists", ","] {
        assert!(!is_renewed("pages/tables.txt", filter), "{filter:?}");
    }
}

#[test]
fn a_golden_that_is_missing_or_differs_says_how_to_renew_it() {
    let renew = "UPDATE_GOLDENS=a/b.txt cargo test";
    let missing = difference("a/b.txt", None, "one\n").expect("a report");
    assert!(missing.contains("is missing") && missing.contains(renew), "{missing}");
    let differs = difference("a/b.txt", Some("one\ntwo\n"), "one\n2\n").expect("a report");
    assert!(differs.contains("line 2") && differs.contains("- two\n+ 2\n"), "{differs}");
    assert!(differs.contains(renew), "{differs}");
    let shorter = difference("a/b.txt", Some("one\ntwo\n"), "one\n").expect("a report");
    assert!(shorter.contains("- two"), "{shorter}");
    let line_end = difference("a/b.txt", Some("one\n"), "one").expect("a report");
    assert!(line_end.contains("line end"), "{line_end}");
    assert_eq!(difference("a/b.txt", Some("one\n"), "one\n"), None);
}
