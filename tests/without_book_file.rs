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

const NOVEL: &str = "# The Long Book\n\nA novel.\n\n# Preface\n\nSee [two](#two) and [a file](a.md#two).[^a]\n\n\
     # Chapter One {#one}\n\nText[^b] and more.[^c]\n\n## A section\n\nMore words.\n\n\
     # The End {#two}\n\nWords with a [link][x].[^d]\n\n[x]: https://example.org/\n\n\
     [^a]: Note of the preface.\n[^b]: One with a mark.[^e]\n[^c]: Third.\n[^d]: Fourth.\n[^e]: Fifth.\n";

#[test]
fn one_file_with_several_first_headings_is_a_book_of_chapters() {
    let folder = Folder::new().with("a.md", NOVEL);
    let read = folder.read();
    assert_eq!(read.report(), "");
    let book = read.manuscript.expect("a book").book;
    let dump = bindery::model::dump(&book);
    for line in [
        "  preface a-2 Front",
        "  chapter a-3 Main number=1 id=\"one\"",
        "    heading 2 #a-section \"A section\"",
        "  chapter a-4 Main number=2 id=\"two\"",
        "See \" link #a-4(\"two\") \" and \" link #a-4(\"a file\")",
    ] {
        assert!(dump.contains(line), "{line}\n{dump}");
    }
    let notes: Vec<(Option<&str>, u32)> =
        book.notes.iter().map(|note| (note.label.as_deref(), note.number)).collect();
    let numbers = [("a", 1), ("b", 1), ("c", 2), ("d", 1), ("e", 3)];
    let numbers = numbers.map(|(label, number)| (Some(label), number));
    assert_eq!(notes.iter().copied().filter(|n| numbers.contains(n)).count(), 5, "{notes:?}");
    let project = Project::new().file("novel/a.md", NOVEL);
    let proof = project.run(["check", "--proof", "novel"]).success();
    proof.stdout_has("words in the manuscript, the EPUB and the PDF, in order");
}

#[test]
fn the_title_of_a_book_in_one_file_is_no_chapter() {
    let text = "---\ntitle: My Novel\n---\n\n# One\n\nText one.\n\n# Two\n\nText two.\n";
    let project = Project::new().file("n/n.md", text);
    project.run(["check", "--proof", "n"]).success();
    let book = Folder::new().with("n.md", text).read().manuscript.expect("a book").book;
    let titles = |book: &bindery::model::Book| -> Vec<String> {
        let own = book.chapters.iter().filter(|chapter| !chapter.role.is_generated());
        own.map(|chapter| bindery::model::plain_text(&chapter.title)).collect()
    };
    assert_eq!(titles(&book), ["One", "Two"]);
    assert!(book.chapters.iter().all(|chapter| chapter.opening.label.is_none()));
}

#[test]
fn sections_of_an_essay_are_no_chapters_unless_its_writer_says_so() {
    let words = "Many words of an essay. ".repeat(10);
    let text = format!("# The Ferry\n\n{words}\n\n# Why\n\n{words}\n\n# How\n\n{words}\n");
    let chapters = |folder: Folder| {
        let book = folder.read().manuscript.expect("a book").book;
        book.chapters.iter().filter(|chapter| chapter.file.is_some()).count()
    };
    assert_eq!(chapters(Folder::new().with("a.md", &text)), 1);
    let asked = "title = \"T\"\n[[chapter]]\nfile = \"a.md\"\nsplit = true\n";
    assert_eq!(chapters(Folder::new().with("a.md", &text).with("book.toml", asked)), 3);
    let listed = "title = \"T\"\n[[chapter]]\nfile = \"a.md\"\n";
    assert_eq!(chapters(Folder::new().with("a.md", NOVEL).with("book.toml", listed)), 1);
}

#[test]
fn a_novel_that_begins_with_chapter_1_is_called_like_its_file() {
    let project = Project::new().file("the-mill.md", "# Chapter 1\n\nA.\n\n# Chapter 2\n\nB.\n");
    project.run(["build", "the-mill.md", "--out", "out/"]).success();
    assert_eq!(project.list("out"), ["the-mill.epub", "the-mill.pdf"]);
    project.run(["new", "mill", "--from", "the-mill.md"]).success();
    let toml = String::from_utf8(project.read("mill/book.toml")).expect("text");
    assert!(toml.contains("title = \"The mill\"") && toml.contains("split = true"), "{toml}");
}
