//! Projects of mdBook: the fixture as a whole, and each thing that can be wrong.

mod support;

use bindery::diag::{Code, Diagnostics, Severity};
use bindery::manuscript;
use bindery::model;
use bindery::resolve::resolve;
use support::{Folder, Project, golden};

const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/manuscripts/mdbook");

#[test]
fn the_fixture_is_read_as_mdbook_means_it() {
    let mut diagnostics = Diagnostics::default();
    let root = std::path::Path::new(FIXTURE);
    let mut manuscript = manuscript::read(root, &mut diagnostics).expect("a book");
    resolve(&mut manuscript.book, &mut diagnostics);
    let outcome = support::Outcome { manuscript: Some(manuscript), diagnostics };
    golden("mdbook/findings.txt", &outcome.report());
    let manuscript = outcome.manuscript.expect("a book");
    golden("mdbook/model.txt", &model::dump(&manuscript.book));
    assert!(manuscript.is_mdbook);
}

#[test]
fn the_fixture_builds_to_both_formats_with_warnings_alone() {
    let project = Project::new();
    let run = project.run(["build", "--book", FIXTURE, "--out", "out/"]);
    let run = run.code(0).stderr_has("warning[unknown-preprocessor]");
    run.stderr_has("warning[dead-link]");
    let names = project.list("out");
    assert!(names.contains(&"a-field-guide-to-tides.epub".to_owned()), "{names:?}");
    assert!(names.contains(&"a-field-guide-to-tides.pdf".to_owned()), "{names:?}");
}

/// A project of one chapter, with its summary and text given.
fn project(summary: &str, text: &str) -> Folder {
    Folder::new()
        .with("book.toml", "[book]\ntitle = \"T\"\n")
        .with("src/SUMMARY.md", summary)
        .with("src/one.md", text)
}

const ONE: &str = "- [One](one.md)\n";

#[track_caller]
fn reports(folder: &Folder, wanted: &str) {
    assert_eq!(folder.read().report().trim(), wanted.trim());
}

/// The model of the last chapter, from its second line on.
fn last_chapter(folder: &Folder) -> String {
    let manuscript = folder.read().manuscript.expect("a book");
    let dump = model::dump(&manuscript.book);
    let at = dump.rfind("\n  chapter ").map_or(0, |at| at + 1);
    dump[at..].lines().skip(1).map(|line| format!("{}\n", line.trim_start())).collect()
}

#[test]
fn a_folder_with_a_summary_alone_is_a_project() {
    let folder = Folder::new()
        .with("SUMMARY.md", "# The Well\n\n- [One](one.md)\n")
        .with("one.md", "# One\n\nText.\n");
    let outcome = folder.read();
    assert_eq!(outcome.report(), "");
    assert_eq!(outcome.manuscript.expect("a book").book.meta.title, "The Well");
}

#[test]
fn a_book_of_binderys_own_stays_one() {
    let folder = Folder::new()
        .with("book.toml", "title = \"T\"\n[[chapter]]\nfile = \"one.md\"\n")
        .with("one.md", "# One\n\nText.\n")
        .with("src/SUMMARY.md", ONE);
    assert!(!folder.read().manuscript.expect("a book").is_mdbook);
}

#[test]
fn no_summary() {
    let folder = Folder::new().with("book.toml", "[book]\ntitle = \"T\"\nsrc = \"text\"\n");
    assert_eq!(
        folder.read().report(),
        "no-chapter: there is no `text/SUMMARY.md`, which lists the chapters of an mdBook\n  \
         Create it, or set `src` under `[book]` to the folder it is in.\n"
    );
}

#[test]
fn bad_summary() {
    let summary = "- [One](one.md)\n- words\n- []()\n\n[Two](two.md)\n\n- [Three](three.md)\n";
    let folder =
        project(summary, "Text.\n").with("src/two.md", "Text.").with("src/three.md", "Text.");
    reports(
        &folder,
        "src/SUMMARY.md:2:1: bad-summary: this item is no link
  mdBook refuses it: write `[Title](file.md)`, or `[Title]()` for a draft.
src/SUMMARY.md:3:3: bad-summary: this link has neither words nor a file
  Write `[Title](file.md)`.
src/SUMMARY.md:7:1: bad-summary: a list can't follow suffix chapters
  mdBook refuses it: put the links before it into the list, or the list under a part, \
         `# Title`, before them.",
    );
}

#[test]
fn a_file_that_is_missing_is_an_error_in_the_summary() {
    let outcome = project("- [One](one.md)\n- [Two](tow.md)\n", "Text.\n")
        .with("src/two.md", "Text.\n")
        .read();
    assert_eq!(
        outcome.report(),
        "src/SUMMARY.md:2:4: no-chapter: there is no chapter `src/tow.md`\n  \
         Did you mean `src/two.md`?\n"
    );
    assert!(outcome.diagnostics.has_errors());
}

#[test]
fn no_title() {
    let folder = Folder::new()
        .with("the-well/docs/book.toml", "[book]\n")
        .with("the-well/docs/src/SUMMARY.md", ONE)
        .with("the-well/docs/src/one.md", "Text.\n");
    let mut diagnostics = Diagnostics::default();
    let root = folder.path().join("the-well/docs");
    let manuscript = manuscript::read(&root, &mut diagnostics).expect("a book");
    assert_eq!(manuscript.book.meta.title, "The well");
    let codes: Vec<Code> = diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::NoTitle]);
}

#[test]
fn chapter_left_out() {
    reports(
        &project(
            "- [One](one.md)\n- [Later]()\n- [Again](one.md)\n- [Section](one.md#two)\n\
             - [Far](https://example.org/far.md)\n",
            "Text.\n",
        ),
        "src/SUMMARY.md:2:4: chapter-left-out: the chapter `Later` is a draft and was skipped
  Give it a file: `[Title](file.md)`.
src/SUMMARY.md:3:4: chapter-left-out: `one.md` is listed twice; only the first entry is used
  List each file once.
src/SUMMARY.md:5:4: chapter-left-out: the chapter `Far` is a remote file and was skipped
  Save a copy in the book's folder and list that.",
    );
}

#[test]
fn unknown_preprocessor() {
    let toml = "[book]\ntitle = \"T\"\n[preprocessor.index]\n[preprocessor.b]\n[preprocessor.a]\n";
    reports(
        &project(ONE, "Text.\n").with("book.toml", toml),
        "book.toml:4:15: unknown-preprocessor: the preprocessors `b`, `a` were not run
  bindery doesn't run preprocessors: their output is missing, and their directives stay in the text.",
    );
}

#[test]
fn bad_include() {
    let text = "{{#include no.md}}\n\n{{#include /etc/passwd}}\n\n{{#include two.md:here}}\n\n\
                {{#include two.md:9:}}\n\n{{#include ring.md}}\n";
    let folder = project(ONE, text)
        .with("src/two.md", "Words.\n")
        .with("src/ring.md", "Round {{#include ring.md}} and round.\n");
    let report = folder.read().report();
    for wanted in [
        "src/one.md:1:1: bad-include: there is no file `src/no.md`",
        "src/one.md:3:1: bad-include: `/etc/passwd` can't be included",
        "src/one.md:5:1: bad-include: `src/two.md` has no part `here`",
        "src/one.md:7:1: bad-include: `src/two.md` has no part `9:`",
        "src/ring.md:1:7: bad-include: `src/one.md` includes `src/ring.md` includes `src/ring.md` again, endlessly",
    ] {
        assert!(report.contains(wanted), "{wanted}\n---\n{report}");
    }
    assert_eq!(report.matches("bad-include").count(), 5, "{report}");
}

#[test]
fn includes_end_at_a_depth() {
    let mut folder = project(ONE, "{{#include f0.md}}\n");
    for n in 0..12 {
        folder =
            folder.with(&format!("src/f{n}.md"), format!("{n} {{{{#include f{}.md}}}}\n", n + 1));
    }
    let report = folder.read().report();
    let wanted = "src/f9.md:1:3: bad-include: includes are nested more than 10 levels deep";
    assert!(report.starts_with(wanted), "{report}");
}

#[test]
fn includes_that_multiply_end_at_a_number() {
    let twice = |n: usize| format!("{{{{#include f{n}.md}}}}{{{{#include f{n}.md}}}}");
    let mut folder = project(ONE, "{{#include f0.md}}\n").with("src/f9.md", "x");
    for n in 0..9 {
        folder = folder.with(&format!("src/f{n}.md"), twice(n + 1).repeat(4));
    }
    let report = folder.read().report();
    assert!(report.contains("bad-include: a book can't have more than 5000 includes"), "{report}");
    assert_eq!(report.matches("bad-include").count(), 1, "{report}");
}

#[test]
fn files_of_the_project_are_included_and_no_others() {
    let folder = Folder::new()
        .with(".git/index", "DIRC\0\0\0\u{2}  guide/book.toml\0")
        .with("examples/a.rs", "fn a() {}\n")
        .with("guide/book.toml", "[book]\ntitle = \"T\"\n")
        .with("guide/src/SUMMARY.md", ONE)
        .with("guide/src/one.md", "```rust\n{{#include ../../examples/a.rs}}\n```\n");
    let mut diagnostics = Diagnostics::default();
    let root = folder.path().join("guide");
    let read = manuscript::read(&root, &mut diagnostics).expect("a book");
    assert!(model::dump(&read.book).contains("fn a() {}"));
    assert_eq!(diagnostics.count(Severity::Warning), 0);
    std::fs::write(folder.path().join(".git/index"), "DIRC").expect("it was there");
    manuscript::read(&root, &mut diagnostics).expect("a book");
    let found = diagnostics.iter().next().expect("a finding");
    assert_eq!(found.message, "`../examples/a.rs` is outside the project that the book is in");
}

#[test]
fn a_fault_in_an_included_file_is_told_there() {
    let folder =
        project(ONE, "One.\n\n{{#include two.md:2:}}\n").with("src/two.md", "x\n\n[a](gone.md)\n");
    let report = folder.read().report();
    assert!(report.starts_with("src/two.md:3:1: dead-link: the book has no chapter"), "{report}");
}

#[test]
fn faults_that_leave_a_book_are_warnings() {
    let text = "# One\n\n[a](gone.md) ![b](gone.png) ![c](https://example.org/c.png)[^d]\n\n\
                [e](one.md#gone)\n\n<a id=\"f\"></a>f\n\n<a id=\"f\"></a>f\n";
    let project = Project::new()
        .file("book/book.toml", "[book]\ntitle = \"T\"\n")
        .file("book/src/SUMMARY.md", ONE)
        .file("book/src/one.md", text);
    let run = project.run(["build"]).code(0);
    let run = run.stderr_has("warning[dead-link]").stderr_has("warning[no-picture]");
    let run = run.stderr_has("warning[remote-picture]").stderr_has("warning[no-note]");
    run.stderr_has("warning[duplicate-id]");
}

#[test]
fn titles_of_the_summary_name_chapters_without_a_heading() {
    let heading = last_chapter(&project(ONE, "# A *longer* one\n\nText.\n\n# More\n"));
    assert!(
        heading.starts_with("title \"A \" emph(\"longer\") \" one\"\nlisted \"One\"\n"),
        "{heading}"
    );
    let none = last_chapter(&project(ONE, "Text.\n\n# More\n\nText.\n"));
    assert!(
        none.starts_with("title \"One\"\ncontents depth=0 \"One\"\nparagraph \"Text.\"\nheading 2"),
        "{none}"
    );
}

#[test]
fn formulas_are_read_where_the_book_has_them() {
    let text = "# One\n\nIn $a$ here.\n";
    assert!(last_chapter(&project(ONE, text)).contains("In $a$ here."));
    let toml = "[book]\ntitle = \"T\"\n[output.html]\nmathjax-support = true\n";
    let formula = last_chapter(&project(ONE, text).with("book.toml", toml));
    assert!(formula.contains("math"), "{formula}");
}

#[test]
fn what_book_toml_says_of_a_chapter_that_is_not_listed_is_an_error() {
    let toml = "[book]\ntitle = \"T\"\n[[output.bindery.chapter]]\nfile = \"two.md\"\n";
    reports(
        &project(ONE, "Text.\n").with("book.toml", toml),
        "book.toml:4:8: bad-value: SUMMARY.md lists no chapter `two.md`
  Settings here apply only to chapters listed there.",
    );
}
