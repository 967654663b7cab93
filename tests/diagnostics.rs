//! What a writer is told: for each kind of fault a book that has it, and the
//! place and the words that the program says.

mod support;

use bindery::diag::{Code, Severity};
use support::{Project, Run};

/// Builds the PDF of the small book after a change to one of its files, and
/// expects this finding at this place.
#[track_caller]
fn found(code: Code, place: &str, file: &str, from: &str, to: &str) -> Run {
    finds(code, place, &Project::book().edit(file, from, to))
}

#[track_caller]
fn finds(code: Code, place: &str, project: &Project) -> Run {
    let (name, exit) = match code.severity() {
        Severity::Error => ("error", 1),
        Severity::Warning => ("warning", 0),
    };
    let run = project.run(["pdf"]).code(exit).stderr_has(&format!("{name}[{}]: ", code.slug()));
    match place {
        "" => run,
        place => run.stderr_has(&format!("--> book/{place}")),
    }
}

const TOML: &str = "book/book.toml";
const ONE: &str = "book/one.md";
const TWO: &str = "book/two.md";

#[test]
fn no_book() {
    finds(Code::NoBook, "", &Project::new()).stderr_has("= help: ");
}

#[test]
fn bad_toml() {
    found(Code::BadToml, "book.toml:1:", TOML, "\"A Small Book\"", "A Small Book");
    found(Code::BadToml, "book.toml:1:", TOML, "\"A Small Book\"", "3");
}

#[test]
fn unknown_key() {
    found(Code::UnknownKey, "book.toml:3:1", TOML, "language", "langauge").stderr_has("`language`");
    found(Code::UnknownKey, "book.toml:6:1", TOML, "file = \"one", "flie = \"one");
}

#[test]
fn bad_value() {
    found(Code::BadValue, "book.toml:3:12", TOML, "\"en\"", "\"english!\"");
}

#[test]
fn no_chapter() {
    found(Code::NoChapter, "book.toml:6:8", TOML, "one.md", "on.md").stderr_has("one.md");
}

#[test]
fn not_utf8() {
    let project = Project::book().bytes(TWO, b"# Two\n\nCaf\xe9.\n");
    finds(Code::NotUtf8, "two.md:3:4", &project);
    let project = Project::book().bytes(TOML, b"title = \"Caf\xe9\"\n");
    finds(Code::NotUtf8, "book.toml:1:13", &project);
}

#[test]
fn bad_front_matter() {
    found(Code::BadFrontMatter, "one.md:2:", ONE, "# One", "+++\ntitle = One\n+++\n\n# One");
}

#[test]
fn no_picture() {
    found(Code::NoPicture, "one.md:5:", ONE, "square.svg", "sqare.svg").stderr_has("square.svg");
}

#[test]
fn bad_picture() {
    let project = Project::book().bytes("book/pictures/square.svg", b"<svg><g></svg>");
    finds(Code::BadPicture, "one.md:5:", &project);
    let project = Project::book()
        .edit(ONE, "square.svg", "square.png")
        .bytes("book/pictures/square.png", b"\x89PNG\r\n\x1a\nnothing more");
    finds(Code::BadPicture, "one.md:5:", &project);
}

#[test]
fn outside_folder() {
    let project = Project::book().edit(ONE, "pictures/", "../../").file("square.svg", "<svg/>");
    finds(Code::OutsideFolder, "one.md:5:", &project);
}

#[test]
fn remote_picture() {
    found(Code::RemotePicture, "one.md:5:", ONE, "pictures/", "https://example.org/");
}

#[test]
fn dead_link() {
    found(Code::DeadLink, "two.md:3:9", TWO, "(one.md)", "(one.md#nowhere)");
    found(Code::DeadLink, "two.md:3:9", TWO, "(one.md)", "(three.md)");
}

#[test]
fn no_note() {
    found(Code::NoNote, "one.md:3:", ONE, "[^n]:", "[^m]:");
}

#[test]
fn duplicate_id() {
    let twice = "## A {#twice}\n\n## B {#twice}\n\nBack to";
    found(Code::DuplicateId, "two.md:5:", TWO, "Back to", twice);
}

#[test]
fn duplicate_note() {
    let twice = "[^n]: A note.\n\n[^n]: Another.";
    found(Code::DuplicateNote, "one.md:13:", ONE, "[^n]: A note.", twice);
}

#[test]
fn missing_glyph() {
    found(Code::MissingGlyph, "two.md:5:", TWO, "The last words", "The \u{10FFFD} last words")
        .stderr_has("U+10FFFD");
}

#[test]
fn bad_font() {
    finds(Code::BadFont, "", &Project::book().bytes("book/fonts/own.otf", b"OTTO"))
        .stderr_has("fonts/own.otf");
}

#[test]
fn no_output() {
    finds(Code::NoOutput, "", &Project::book().file("dist", "in the way"));
}

#[test]
fn unused_note() {
    found(Code::UnusedNote, "two.md:7:", TWO, "of the book.", "of the book.\n\n[^x]: Unused.");
}

#[test]
fn skipped_level() {
    found(Code::SkippedLevel, "one.md:7:", ONE, "## A section", "#### A section");
}

#[test]
fn no_alt_text() {
    found(Code::NoAltText, "one.md:5:", ONE, "![A square]", "![]");
}

#[test]
fn dropped_html() {
    found(Code::DroppedHtml, "two.md:5:", TWO, "The last", "<script>alert(1)</script>\n\nThe last");
}

#[test]
fn nothing_omitted() {
    found(Code::NothingOmitted, "book.toml:1:", TOML, "title", "omit = [\"Nothing\"]\ntitle");
}

#[test]
fn overfull_line() {
    let wide = "m".repeat(200);
    found(Code::OverfullLine, "two.md:5:", TWO, "The last", &format!("`{wide}` the last"));
}

#[test]
fn coarse_picture() {
    let mut png = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(40, 30)
        .write_to(&mut png, image::ImageFormat::Png)
        .expect("a PNG can be written to memory");
    let project = Project::book()
        .edit(ONE, "square.svg", "small.png")
        .bytes("book/pictures/small.png", png.get_ref())
        .edit(
            TOML,
            "\n\n[[chapter]]\nfile = \"two",
            "\n\n[images.\"pictures/small.png\"]\nwidth = 100\n\n[[chapter]]\nfile = \"two",
        );
    finds(Code::CoarsePicture, "one.md:5:", &project).stderr_has("pictures/small.png has only ");
}

/// The small book with faults of several kinds that leave a book.
fn with_warnings() -> Project {
    Project::book()
        .edit(ONE, "pictures/square.svg", "pictures/gone.svg")
        .edit(ONE, "# One\n", "---\ntitle: One\nthis is nothing\n---\n\n# One\n")
        .edit(TWO, "(one.md)", "(three.md)")
        .edit(TWO, "The last", "![A wave](https://example.org/wave.png)\n\nThe last")
}

#[test]
fn a_book_comes_with_dead_links_missing_pictures_and_broken_front_matter() {
    let project = with_warnings();
    let run = project.run(["build"]).success().stderr_has("1 picture (1 missing)");
    let codes = ["no-picture", "bad-front-matter", "dead-link", "remote-picture"];
    codes.iter().fold(run, |run, code| run.stderr_has(&format!("warning[{code}]")));
    assert_eq!(project.list("dist"), ["a-small-book.epub", "a-small-book.pdf"]);
    project.run(["check", "--proof"]).success();
}

#[test]
fn deny_warnings_stops_every_command_that_writes_or_checks() {
    let project = with_warnings();
    for command in ["build", "epub", "pdf", "check"] {
        let run = project.run([command, "--deny", "warnings"]).code(1);
        run.stderr_has("error[dead-link]").stderr_has("error[no-picture]");
    }
    assert!(project.list("dist").is_empty(), "nothing is written");
    let run = project.run(["build", "--deny", "warnings"]).code(1);
    run.stderr_has("error: nothing was written: ").stderr_has(" denied warnings");
    Project::book().run(["build", "--deny", "warnings"]).success();
}

#[test]
fn lints_say_which_warnings_stop_a_book() {
    let lints = |table: &str| {
        with_warnings().edit(
            TOML,
            "\n\n[[chapter]]\nfile = \"one",
            &format!("{table}\n\n[[chapter]]\nfile = \"one"),
        )
    };
    let run =
        lints("\n\n[lints]\ndead-link = \"deny\"\nno-picture = \"allow\"").run(["build"]).code(1);
    run.stderr_has("error[dead-link]").stderr_has_not("no-picture").stderr_has("warning[remote");
    let run = lints("\n\n[lints]\nwarnings = \"deny\"\ndead-link = \"allow\"").run(["pdf"]).code(1);
    run.stderr_has("error[no-picture]").stderr_has_not("dead-link");
    let run = lints("\n\n[lints]\nno-chapter = \"allow\"").run(["pdf"]).code(1);
    run.stderr_has("error[unknown-key]: unknown key `no-chapter` in `lints`");
}

#[test]
fn the_keys_that_lints_replace_still_say_the_same() {
    let keys = |keys: &str| with_warnings().edit(TOML, "language", &format!("{keys}\nlanguage"));
    keys("dead-links = \"error\"").run(["pdf"]).code(1).stderr_has("error[dead-link]");
    keys("remote-images = \"error\"").run(["pdf"]).code(1).stderr_has("error[remote-picture]");
    let run = keys("dead-links = \"text\"\nremote-images = \"link\"").run(["pdf"]).success();
    run.stderr_has("warning[dead-link]").stderr_has_not("remote-picture");
}

#[test]
fn table_cell() {
    let table = "| a | b |\n|---|---|\n| 1 | 2 | three |\n\nThe last words";
    found(Code::TableCell, "two.md:7:", TWO, "The last words", table);
}

#[test]
fn findings_for_programs_go_to_standard_output_and_nothing_else_does() {
    let project = with_warnings();
    let json = project.run(["check", "--format", "json"]).success();
    let text = json.stdout();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.iter().all(|line| line.starts_with('{') && line.ends_with('}')), "{lines:?}");
    json.stdout_has("\"code\":\"dead-link\"").stdout_has("\"file\":\"book/").stderr_has("check: ");
    project.run(["build", "--format", "github"]).success().stdout_has("::warning file=book/");
    project.run(["pdf", "--format", "sarif"]).success().stdout_has("\"version\": \"2.1.0\"");
    let stopped = ["epub", "--deny", "warnings", "--format", "github"];
    project.run(stopped).code(1).stdout_has("::error file=book/").stderr_has("nothing was written");
}

/// What was higher than a page was in the file and not on paper, and nothing was said.
#[test]
fn off_page() {
    let words = "<aside class=\"pullquote\">\n\n".to_owned() + &"Many words more. ".repeat(500);
    let quote = words + "\n\n</aside>\n\nThe last words";
    let run = found(Code::OffPage, "", TWO, "The last words", &quote);
    run.stderr_has("words lie off the paper, from `");
}

#[test]
fn notes_longer_than_pages_go_on_to_their_ends_on_paper() {
    let note = "The gate was shut and the water stood. ".repeat(700);
    let text =
        format!("A long note.[^n] And[^m] more.\n\n[^n]: {note}\n\n[^m]: {note}\n\nThe last words");
    let project = Project::book().edit(TWO, "The last words", &text);
    let run = project.run(["build"]).success().stderr_has(" pages, ");
    run.stderr_has_not("off-page");
    project.run(["check", "--proof"]).success();
}
