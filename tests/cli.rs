//! The program as a person meets it: run in a folder, watched from outside.

mod support;

use std::io::Read;
use std::process::Stdio;

use support::{Project, Run};

#[test]
fn without_a_command_it_helps() {
    Project::new().run::<&str>([]).code(2).stderr_has("Examples:").stderr_has("bindery new");
    Project::new().run(["--help"]).success().stdout_has("Exit code: 0 on success");
    for command in ["epub", "pdf", "build", "new", "dump"] {
        Project::new().run([command, "--help"]).success().stdout_has("Examples:");
    }
    Project::new().run(["--version"]).success().stdout_has(env!("CARGO_PKG_VERSION"));
}

#[test]
fn wrong_usage_is_code_2() {
    let lines: [&[&str]; 10] = [
        &["print"],
        &["pdf", "--bok", "x"],
        &["pdf", "--marks"],
        &["pdf", "--profile", "web"],
        &["build", "--profile", "press"],
        &["new", "x"],
        &["new", "x", "--from"],
        &["new", "x", "--from", "a.md", "--language", "english!"],
        &["dump", "soul"],
        &["pdf", "-q", "-v"],
    ];
    for line in lines {
        Project::book().run(line).code(2).stderr_has("error:").stderr_has("--help");
    }
}

#[test]
fn both_formats_are_built_and_summed_up() {
    let project = Project::book();
    project.run(["epub"]).success().stderr_has("dist/a-small-book.epub  ");
    project
        .run(["pdf"])
        .success()
        .stderr_has("dist/a-small-book.pdf  ")
        .stderr_has(" pages, ")
        .stderr_has(" words, 1 picture, ");
    assert!(project.read("dist/a-small-book.epub").starts_with(b"PK\x03\x04"));
    assert!(project.read("dist/a-small-book.pdf").starts_with(b"%PDF-1."));
    assert_eq!(project.list("dist"), ["a-small-book.epub", "a-small-book.pdf"]);
}

#[test]
fn two_builds_give_the_same_bytes() {
    let project = Project::book();
    project.run(["build", "--out", "one"]).success();
    project.run(["build", "--out", "two"]).success();
    for ending in ["epub", "pdf"] {
        let both = ["one", "two"].map(|stem| project.read(&format!("{stem}.{ending}")));
        assert!(both[0] == both[1], "two {ending} files differ");
    }
    // Neither the commands nor the folder make a difference.
    let elsewhere = Project::book();
    elsewhere.run(["epub", "--out", "a.epub"]).success();
    elsewhere.run(["pdf", "--out", "a.pdf"]).success();
    assert!(elsewhere.read("a.epub") == project.read("one.epub"));
    assert!(elsewhere.read("a.pdf") == project.read("one.pdf"));
}

#[test]
fn the_printers_file_has_its_own_name() {
    let project = Project::book();
    project
        .run(["pdf", "--profile", "press"])
        .success()
        .stderr_has("dist/a-small-book-press.pdf  ");
    project.run(["pdf", "--profile", "press", "--marks", "--out", "marked.pdf"]).success();
    assert!(project.read("marked.pdf") != project.read("dist/a-small-book-press.pdf"));
    assert_eq!(project.list("dist"), ["a-small-book-press.pdf"]);
}

#[test]
fn the_book_is_found_where_people_keep_it() {
    let inside = Project::new()
        .file("book.toml", "title = \"Here\"\n[[chapter]]\nfile = \"a.md\"\n")
        .file("a.md", "# A\n\nWords.\n");
    inside.run(["epub"]).success().stderr_has("dist/here.epub");
    let elsewhere = Project::new()
        .file("my/essays/book.toml", "title = \"There\"\n[[chapter]]\nfile = \"a.md\"\n")
        .file("my/essays/a.md", "# A\n\nWords.\n");
    elsewhere.run(["pdf", "--book", "my/essays", "--out", "out/"]).success();
    assert_eq!(elsewhere.list("out"), ["there.pdf"]);
}

#[test]
fn a_missing_book_is_a_fault() {
    let empty = Project::new();
    empty.run(["pdf"]).code(1).stderr_has("error[no-book]").stderr_has("= help:");
    empty.run(["epub", "--book", "nowhere"]).code(1).stderr_has("error[no-book]");
    assert!(empty.list("dist").is_empty());
}

#[test]
fn one_run_shows_all_faults_and_where_they_are() {
    Project::book()
        .edit("book/book.toml", "language", "langauge")
        .edit("book/one.md", "pictures/square.svg", "pictures/sqare.svg")
        .edit("book/two.md", "(one.md)", "(three.md)")
        .run(["build"])
        .code(1)
        .stderr_has("error[unknown-key]")
        .stderr_has("--> book/book.toml:3:1")
        .stderr_has("language")
        .stderr_has("warning[no-picture]")
        .stderr_has("--> book/one.md:5:")
        .stderr_has("5 | ![A square](pictures/sqare.svg)")
        .stderr_has("warning[dead-link]")
        .stderr_has("--> book/two.md:3:")
        .stderr_has("error: nothing was written: 1 error, 2 warnings");
}

#[test]
fn an_earlier_book_stays_when_the_manuscript_breaks() {
    let project = Project::book();
    project.run(["build"]).success();
    let earlier = project.read("dist/a-small-book.pdf");
    let project = project.edit("book/book.toml", "two.md", "none.md");
    project.run(["build"]).code(1).stderr_has("error[no-chapter]");
    assert!(project.read("dist/a-small-book.pdf") == earlier);
    assert_eq!(project.list("dist"), ["a-small-book.epub", "a-small-book.pdf"]);
}

#[test]
fn what_can_not_be_written_is_said() {
    let project = Project::book().file("dist", "a file where a folder should be");
    project.run(["pdf"]).code(1).stderr_has("error[no-output]").stderr_has("--out");
    let project = Project::book().file("out/b.pdf/in-the-way", "");
    project.run(["build", "--out", "out/b"]).code(1).stderr_has("error[no-output]");
    assert_eq!(project.list("out"), ["b.pdf"], "neither file nor anything temporary");
}

#[test]
fn a_broken_font_is_named() {
    Project::book()
        .bytes("book/fonts/own.otf", b"OTTO")
        .run(["pdf"])
        .success()
        .stderr_has("warning[bad-font]: fonts/own.otf");
    Project::book()
        .edit(
            "book/book.toml",
            "\n\n[[chapter]]\nfile = \"one",
            "\nfonts.serif = \"Papyrus\"\n\n[[chapter]]\nfile = \"one",
        )
        .run(["pdf"])
        .success()
        .stderr_has("warning[bad-font]")
        .stderr_has("book/book.toml:4:15")
        .stderr_has("Libertinus Serif");
}

#[test]
fn warnings_do_not_stop_a_book_and_quiet_hides_them() {
    let project = Project::book().edit("book/one.md", "![A square]", "![]");
    project
        .run(["epub"])
        .success()
        .stderr_has("warning[no-alt-text]")
        .stderr_has("--> book/one.md:5:")
        .stderr_has(", 1 warning, ");
    assert_eq!(project.run(["epub", "--quiet"]).success().stderr(), "");
    let broken = project.edit("book/book.toml", "one.md", "none.md");
    broken.run(["epub", "-q"]).code(1).stderr_has("error[no-chapter]");
}

/// The package document of a finished EPUB.
fn package(epub: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(epub)).expect("a ZIP file");
    let mut file = archive.by_name("OEBPS/content.opf").expect("a package document");
    let mut text = String::new();
    file.read_to_string(&mut text).expect("text");
    text
}

/// The metadata of a finished PDF; they are not compressed.
fn pdf_metadata(pdf: &[u8]) -> String {
    let text = String::from_utf8_lossy(pdf);
    let after = text.split("<?xpacket begin").nth(1).expect("metadata");
    after.split("<?xpacket end").next().unwrap_or("").to_owned()
}

#[test]
fn one_picture_without_alt_text_takes_both_claims_of_conformance_away() {
    let built = |project: &Project| {
        let run = project.run(["build", "--out", "b"]).success();
        (run, package(project.read("b.epub")), pdf_metadata(&project.read("b.pdf")))
    };
    let (run, epub, pdf) = built(&Project::book());
    assert!(!run.stderr().contains("no-alt-text"));
    assert!(epub.contains("conformsTo"));
    assert!(epub.contains(">alternativeText<"));
    assert!(pdf.contains("<pdfuaid:part>"));
    let (run, epub, pdf) = built(&Project::book().edit("book/one.md", "![A square]", "![]"));
    run.stderr_has("warning[no-alt-text]");
    assert!(!epub.contains("conformsTo"));
    assert!(!epub.contains(">alternativeText<"));
    assert!(!pdf.contains("pdfuaid"));
}

#[test]
fn nobody_in_a_pipe_gets_colours_or_a_bar() {
    let project = Project::book().edit("book/two.md", "(one.md)", "(three.md)");
    let plain = project.run(["pdf"]).success();
    assert!(!plain.stderr().contains(['\u{1b}', '\r']), "{:?}", plain.stderr());
    project.run(["pdf", "--color", "always"]).success().stderr_has("\u{1b}[");
    project.run(["pdf", "--color", "never"]).success().stderr_has_not("\u{1b}");
    let mut asked = project.command(["pdf"]);
    asked.env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1");
    Run::of(asked).success().stderr_has_not("\u{1b}");
}

#[test]
fn verbose_says_how_long_each_step_took() {
    Project::book()
        .run(["build", "-v"])
        .success()
        .stderr_has("setting the pages")
        .stderr_has("writing the EPUB")
        .stderr_has("writing the PDF");
    Project::book()
        .run(["epub", "-v", "--no-page-list"])
        .success()
        .stderr_has_not("setting the pages")
        .stderr_has_not(" pages, ");
}

#[test]
fn a_dump_goes_to_standard_output() {
    let project = Project::book();
    let model = project.run(["dump", "model"]).success().stdout_has("\"A section\"");
    assert!(model.stdout().starts_with("book \"A Small Book\" lang=en\n"));
    assert_eq!(model.stderr(), "");
    project.run(["dump", "pages"]).success().stdout_has("page 1 [");
    project.run(["dump", "breaks"]).success().stdout_has("page 1 ends with the chapter");
    let broken = project.edit("book/book.toml", "two.md", "three.md");
    broken
        .run(["dump", "model"])
        .code(1)
        .stdout_has("\"A section\"")
        .stderr_has("error[no-chapter]");
}

#[test]
fn a_reader_who_has_seen_enough_is_no_fault() {
    let project = Project::book()
        .file("book/two.md", &format!("# Two\n\n{}", "A paragraph of words.\n\n".repeat(20_000)));
    let mut command = project.command(["dump", "model"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn files_with_windows_line_ends_are_shown_whole() {
    Project::book()
        .file("book/two.md", "# Two\r\n\r\nBack to [one](three.md).\r\n")
        .run(["epub"])
        .success()
        .stderr_has("3 | Back to [one](three.md).\n");
}

#[test]
fn a_new_book_builds_at_once() {
    let project = Project::new()
        .file("blog/one/essay.md", "![](assets/thumbnail.svg)\n\n# **First things**\n\n_What comes before._\n\nWords of the first.\n")
        .file("blog/one/assets/thumbnail.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"4\"/></svg>")
        .file("blog/two/essay.md", "# Second things\n\n![Half](assets/thumbnail.svg)\n\nWords of the second.\n")
        .file("blog/two/assets/thumbnail.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"4\" height=\"9\"/></svg>");
    let line = ["new", "mine", "--from", "blog/one/essay.md", "blog/two/essay.md"];
    project
        .run(line.into_iter().chain(["--title", "Things", "--author", "Ann Author"]))
        .success()
        .stderr_has("bindery build --book mine");
    project.run(["build", "--book", "mine"]).success().stderr_has(", 2 pictures, ");
    assert_eq!(project.list("dist"), ["things.epub", "things.pdf"]);
    project
        .run(["dump", "model", "--book", "mine"])
        .success()
        .stdout_has("book \"Things\" lang=en")
        .stdout_has("aut \"Ann Author\"")
        .stdout_has("title \"First things\"")
        .stdout_has("subtitle \"What comes before.\"");
    // Nothing is ever overwritten.
    project.run(line).code(1).stderr_has("error: ");
    project.run(["new", "other", "--from", "none.md"]).code(1).stderr_has("none.md");
    assert!(!project.path("other").exists(), "nothing is left of it");
}

#[test]
fn the_report_says_where_the_setting_fell_short() {
    let narrow = "[page]\nmeasure = \"120pt\"\n";
    let book = Project::book();
    let toml = String::from_utf8(book.read("book/book.toml")).expect("text");
    let at = toml.find("[[chapter]]").unwrap_or(toml.len());
    let toml = format!("{}{narrow}{}", &toml[..at], &toml[at..]);
    let words = "Incomprehensibilities notwithstanding, counterrevolutionaries ".repeat(12);
    let run = book
        .file("book/book.toml", &toml)
        .file(
            "book/two.md",
            &format!("# Two\n\nBack to [one](one.md).\n\n{words}\n\nThe last words of the book.\n"),
        )
        .run(["pdf", "--report"])
        .success();
    assert!(run.stdout().contains("two.md:5:1"), "{}", run.stdout());
    assert!(run.stdout().contains("loose line, spaces"), "{}", run.stdout());
    assert!(run.stdout().contains("justified lines"), "{}", run.stdout());
}
