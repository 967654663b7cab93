//! The library as another program uses it: the example, run.

mod support;

#[path = "../examples/build_book.rs"]
#[allow(dead_code, reason = "its `main` is for the command line")]
mod build_book;

use support::Folder;

#[test]
fn the_example_builds_both_files_and_says_what_it_found() {
    let folder = Folder::new()
        .with("book.toml", "title = \"T\"\nauthors = [\"A\"]\n[[chapter]]\nfile = \"one.md\"\n")
        .with("one.md", "# One\n\nWords and [a dead link](two.md).\n");
    let (findings, book) = build_book::build(folder.path());
    assert_eq!(findings, ["one.md:3:11: Warning: the book has no chapter `two.md`"]);
    let files = book.expect("a book").files;
    let kinds: Vec<&[u8]> = files.iter().filter_map(|file| file.bytes.get(..4)).collect();
    assert_eq!(kinds, [b"PK\x03\x04", b"%PDF"]);
}

#[test]
fn a_folder_without_a_book_is_one_with_errors() {
    let (findings, book) = build_book::build(Folder::new().path());
    assert!(book.is_none());
    assert!(findings.iter().any(|found| found.contains("Error: there is no book.toml")));
}
