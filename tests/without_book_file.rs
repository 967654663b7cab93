//! Books of Markdown that nobody has written a `book.toml` for.

mod support;

use support::{Folder, Project};

#[test]
fn a_folder_of_markdown_is_a_book() {
    let folder = Folder::new()
        .with("chapter-10.md", "# Ten\n\nThe last words.\n")
        .with("chapter-2.md", "---\nauthor: A. Lee\n---\n\n# Two\n\nThe first words.\n")
        .with("sea/tides.md", "# Tides\n\nWords of the part.\n")
        .with("README.md", "# How to contribute\n")
        .with("empty.md", "\n");
    let read = folder.read();
    let report = read.report();
    assert!(report.contains("1 not taken as chapters: `README.md`"), "{report}");
    assert!(report.contains("`empty.md` is empty"), "{report}");
    assert!(!read.diagnostics.has_errors(), "{report}");
    let book = read.manuscript.expect("a book").book;
    let roles: Vec<(&str, String)> = book
        .chapters
        .iter()
        .filter(|chapter| !chapter.role.is_generated())
        .map(|chapter| (chapter.role.name(), bindery::model::plain_text(&chapter.title)))
        .collect();
    let expected = [("chapter", "Two"), ("chapter", "Ten"), ("part", "Sea"), ("chapter", "Tides")];
    assert_eq!(roles, expected.map(|(role, title)| (role, title.to_owned())));
    assert_eq!(book.meta.authors().next().map(|a| a.name.as_str()), Some("A. Lee"));
}

#[test]
fn a_folder_or_a_file_is_named_without_an_option() {
    let project = Project::new()
        .file("texts/one.md", "# The Ferry\n\nIt crosses at noon.\n")
        .file("texts/two.md", "# The Bridge\n\nIt stands.\n");
    project.run(["build", "texts", "--out", "out/"]).success();
    assert_eq!(project.list("out"), ["texts.epub", "texts.pdf"]);
    project.run(["pdf", "texts/one.md", "--out", "one.pdf"]).success();
    assert!(project.path("one.pdf").is_file());
    project.run(["check", "--proof", "texts/two.md"]).success();
}

#[test]
fn a_late_heading_is_no_title_of_what_stands_above_it() {
    let text = "Opening words.\n\n## Part A\n\nWords.\n\n# Late heading\n\nMore.\n";
    let read = Folder::new().with("book.toml", "title = \"T\"\n").with("b.md", text).read();
    let book = read.manuscript.expect("a book").book;
    let dump = bindery::model::dump(&book);
    let order = ["Opening words", "Part A", "Late heading", "More."];
    let places: Vec<usize> = order.iter().map(|words| dump.find(words).expect(words)).collect();
    assert!(places.is_sorted(), "{dump}");
}
