//! The proof of text holds for every book of the project, and fails when a word
//! is lost, swapped, doubled, torn or glued anywhere on the road.

mod support;

use std::io::{Cursor, Read, Write};
use std::path::Path;

use bindery::check::{Proof, ProofInput, Reason, proof};
use bindery::diag::Code;
use bindery::manuscript::Manuscript;
use bindery::model::{BlockKind, Inline, InlineKind, VisitorMut, walk_inline_mut};
use bindery::pipeline::{self, Output, PdfProfile};
use lopdf::content::{Content, Operation};
use support::{Folder, Project};

/// Proves a book in a folder of the project.
fn prove(folder: &Path) {
    let mut project = pipeline::Project::read(folder);
    let proof = project.proof();
    let errors: Vec<String> = (project.diagnostics().iter())
        .filter(|d| d.severity() == bindery::diag::Severity::Error)
        .map(|d| {
            let place = d.span.map_or(String::new(), |span| project.sources().place(span));
            format!("{place}: {}: {}", d.code.slug(), d.message)
        })
        .collect();
    assert!(errors.is_empty(), "{}:\n{}", folder.display(), errors.join("\n"));
    let words = proof.map_or(0, |proof| proof.words);
    assert!(words > 10, "{}: {words} words are no proof", folder.display());
}

#[test]
fn the_book_says_the_same_everywhere() {
    prove(&Path::new(env!("CARGO_MANIFEST_DIR")).join("book"));
}

#[test]
fn titles_of_pictures_on_lines_of_their_own_are_captions_to_the_proof() {
    let picture = "![A box](box.svg \"A caption\")";
    let text = format!(
        "# One\n\nSome words before.\n\n{picture}\nWords below it.\n\nWords above it.\n{picture}\n\n\
         Words\n{picture}\non both sides of it.\n"
    );
    let folder = Folder::new()
        .with("book.toml", "title = \"T\"\n")
        .with("one.md", text)
        .with("box.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>");
    prove(folder.path());
}

/// Line ends in figures and tables, spaces at the beginning of a last inline, and
/// control characters were lost, and the words on both sides glued together.
#[test]
fn words_that_are_parted_in_the_manuscript_are_parted_everywhere() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/goldens/model/words-parted.md");
    let text = std::fs::read_to_string(path).expect("a manuscript");
    let folder = Folder::new().with("book.toml", "title = \"T\"\n").with("one.md", text);
    prove(folder.path());
}

/// Emphasis deeper than the reader follows put spaces into the word it was in.
#[test]
fn a_word_stays_whole_however_deep_its_emphasis_is() {
    let text =
        format!("# One\n\nBefore {}end{} after it all.\n", "*a ".repeat(120), "a*".repeat(120));
    let folder = Folder::new().with("book.toml", "title = \"T\"\n").with("one.md", text);
    prove(folder.path());
}

#[test]
fn every_manuscript_says_the_same_everywhere() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/manuscripts");
    let entries = std::fs::read_dir(folder).expect("a folder of manuscripts");
    let mut books: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    books.retain(|path| path.join("book.toml").is_file());
    books.sort();
    assert!(!books.is_empty());
    books.iter().for_each(|book| prove(book));
}

const TEXT: &str = "\
# The *Title*

The first paragraph has some words, and it is long enough for several lines on
paper, because a proof that looks at one line alone would be no proof at all, or
would it? Its author doesn’t think so[^n]; and an unbreakable word stands here.

![A square](square.svg \"The caption of the square\")

1. An item of a list.
2. Another, see [the other chapter](two.md).

| Head | Another |
|------|---------|
| cell | last    |

> [!NOTE]
> Worth knowing.

[^n]: A note to *that*.
";

const SQUARE: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>"#;

/// A book with its files.
struct Bound {
    manuscript: Manuscript,
    epub: Vec<u8>,
    pdf: Vec<u8>,
}

impl Bound {
    fn new(text: &str) -> Bound {
        let toml = "title = \"T\"\nauthors = [\"A\"]\n[[chapter]]\nfile = \"one.md\"\n\
                    [[chapter]]\nfile = \"two.md\"\ntitle = \"Another title\"\n";
        let folder = Folder::new()
            .with("book.toml", toml)
            .with("one.md", text)
            .with("two.md", "# The *old* title\n\nOther words.\n")
            .with("square.svg", SQUARE);
        let read = folder.read();
        assert!(!read.diagnostics.has_errors(), "{}", read.report());
        let outputs =
            [Output::Epub { page_list: true }, Output::Pdf { profile: PdfProfile::Screen }];
        let built = pipeline::Project::read(folder.path()).build(&outputs).expect("it is built");
        let mut files = built.files.into_iter().map(|file| file.bytes);
        Bound {
            manuscript: read.manuscript.expect("it is read"),
            epub: files.next().expect("an EPUB"),
            pdf: files.next().expect("a PDF"),
        }
    }

    fn proof(&self) -> Proof {
        proof(&ProofInput {
            sources: &self.manuscript.sources,
            book: &self.manuscript.book,
            omitted: &self.manuscript.omitted,
            replaced: &self.manuscript.replaced,
            linked_pictures: &self.manuscript.linked_pictures,
            removed: &[],
            other_tool: false,
            epub: &self.epub,
            pdf: &self.pdf,
        })
    }

    /// The findings, a line each.
    fn findings(&self) -> Vec<String> {
        let proof = self.proof();
        let line = |d: &bindery::diag::Diagnostic| {
            let place = d.span.map_or("?".into(), |s| self.manuscript.sources.place(s));
            format!("{place} {} {}", d.code.slug(), d.message)
        };
        proof.faults.iter().map(line).collect()
    }

    /// The same with other words in a document of the EPUB.
    fn with_epub(mut self, from: &str, to: &str) -> Bound {
        let mut archive = zip::ZipArchive::new(Cursor::new(&self.epub)).expect("an archive");
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let mut done = false;
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).expect("a file");
            let name = file.name().to_owned();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("its bytes");
            if name == "OEBPS/one.xhtml" {
                let text = String::from_utf8(bytes).expect("text");
                assert!(text.contains(from), "no {from:?} in {text}");
                done = true;
                bytes = text.replace(from, to).into_bytes();
            }
            let options = zip::write::SimpleFileOptions::default();
            out.start_file(name, options).expect("a new file");
            out.write_all(&bytes).expect("its bytes");
        }
        assert!(done, "there is no such document");
        self.epub = out.finish().expect("an archive").into_inner();
        self
    }

    /// The same with the text operators of a page changed: the one that has
    /// the chapter's first paragraph.
    fn with_pdf(mut self, change: impl FnOnce(&mut Vec<Operation>)) -> Bound {
        let mut document = lopdf::Document::load_mem(&self.pdf).expect("a PDF");
        let longest =
            document.page_iter().max_by_key(|page| document.get_page_content(*page).len());
        let page = longest.expect("a page");
        let mut content = Content::decode(&document.get_page_content(page)).expect("operators");
        change(&mut content.operations);
        let bytes = content.encode().expect("operators");
        document.change_page_content(page, bytes).expect("a page");
        self.pdf = Vec::new();
        document.save_to(&mut self.pdf).expect("a PDF");
        self
    }
}

#[test]
fn an_untouched_book_holds_and_says_what_it_leaves_out() {
    let bound = Bound::new(TEXT);
    assert_eq!(bound.findings(), [""; 0]);
    let proof = bound.proof();
    assert!(proof.words > 60, "{}", proof.words);
    let [left] = proof.left_out.as_slice() else { panic!("{:?}", proof.left_out) };
    assert_eq!((left.words, &left.reason), (3, &Reason::Replaced));
    assert_eq!(bound.manuscript.sources.place(left.span), "two.md:1:1");
}

#[test]
fn a_word_that_the_epub_loses_is_told_with_its_place() {
    let lost = Bound::new(TEXT).with_epub("unbreakable ", "").findings();
    assert_eq!(
        lost,
        ["one.md:5:51 lost-word the word `unbreakable` is not in its place in the EPUB"]
    );
}

#[test]
fn words_that_the_epub_swaps_doubles_or_adds_are_told() {
    let swapped = Bound::new(TEXT).with_epub("unbreakable word", "word unbreakable").findings();
    assert_eq!(swapped.len(), 2, "{swapped:#?}");
    assert!(swapped.iter().all(|line| line.starts_with("one.md:5:")), "{swapped:#?}");
    let added = Bound::new(TEXT).with_epub("some words", "some some words").findings();
    assert_eq!(added, ["one.md:3:21 added-word the EPUB has words here that nobody wrote: `some`"]);
}

#[test]
fn words_glued_or_torn_in_the_epub_are_told() {
    let glued = Bound::new(TEXT).with_epub("some words", "somewords").findings();
    assert_eq!(glued, ["one.md:3:25 broken-word `some words` has become `somewords` in the EPUB"]);
    let torn = Bound::new(TEXT).with_epub("unbreakable", "unbreak<br/>able").findings();
    assert_eq!(
        torn,
        ["one.md:5:51 broken-word `unbreakable` has become `unbreak able` in the EPUB"]
    );
}

#[test]
fn losses_in_notes_captions_titles_cells_and_alternatives_are_told() {
    let one = |from: &str, to: &str| {
        let found = Bound::new(TEXT).with_epub(from, to).findings();
        let [found] = found.as_slice() else { panic!("{from}: {found:#?}") };
        found.clone()
    };
    assert!(one("A note to", "A to").starts_with("one.md:19:9 lost-word the word `note`"));
    assert!(one("caption of", "of").contains("lost-word the word `caption`"));
    assert!(one("<em>Title</em></h1>", "</h1>").starts_with("one.md:1:8 lost-word"));
    assert!(one(">cell<", "><").starts_with("one.md:14:3 lost-word the word `cell`"));
    assert!(one("alt=\"A square\"", "alt=\"A\"").contains("the word `square`"));
    assert!(one("An item", "An").starts_with("one.md:9:7 lost-word the word `item`"));
}

#[test]
fn what_the_tool_adds_hides_no_loss() {
    // The word before a link with a page, and the item after its number.
    let lost = Bound::new(TEXT).with_epub("Worth ", "").findings();
    assert_eq!(lost.len(), 1, "{lost:#?}");
    let label = Bound::new(TEXT).with_epub(">Note<", ">A Note Of The Tool<").findings();
    assert_eq!(label, [""; 0]);
}

/// The places of the operators that show text.
fn shows(operations: &[Operation]) -> Vec<usize> {
    (0..operations.len()).filter(|at| operations[*at].operator == "TJ").collect()
}

#[test]
fn a_line_that_the_pdf_loses_is_told_with_its_place() {
    let lost = Bound::new(TEXT)
        .with_pdf(|operations| {
            let third = shows(operations)[6];
            operations.remove(third);
        })
        .findings();
    assert!(!lost.is_empty());
    assert!(lost.iter().all(|line| line.starts_with("one.md:")), "{lost:#?}");
    assert!(lost.iter().any(|line| line.contains("lost-word")), "{lost:#?}");
    assert!(lost.iter().all(|line| line.ends_with('`') || line.contains("the PDF")), "{lost:#?}");
}

#[test]
fn lines_that_the_pdf_swaps_are_told() {
    let swapped = Bound::new(TEXT)
        .with_pdf(|operations| {
            let shows = shows(operations);
            operations.swap(shows[5], shows[6]);
        })
        .findings();
    assert!(swapped.iter().any(|line| line.contains("lost-word")), "{swapped:#?}");
}

#[test]
fn a_file_that_can_not_be_read_back_is_no_proof() {
    let mut bound = Bound::new(TEXT);
    bound.pdf.truncate(100);
    bound.epub.truncate(100);
    let faults = bound.proof().faults;
    assert_eq!(faults.iter().filter(|d| d.code == Code::NoProof).count(), 2);
}

#[test]
fn a_word_that_the_reader_loses_is_told_with_its_place() {
    /// A reader that drops a word.
    struct Drop;
    impl VisitorMut for Drop {
        fn inline(&mut self, inline: &mut Inline) {
            if let InlineKind::Text(text) = &mut inline.kind {
                *text = text.replace("Worth ", "");
            }
            walk_inline_mut(self, inline);
        }
    }
    let mut bound = Bound::new(TEXT);
    let chapters = &mut bound.manuscript.book.chapters;
    chapters.iter_mut().for_each(|chapter| Drop.blocks(&mut chapter.blocks));
    let lost = bound.findings();
    let expected =
        "one.md:17:3 lost-word the word `Worth` is not in its place in the book as it was read";
    assert!(lost.iter().any(|line| line == expected), "{lost:#?}");
}

#[test]
fn a_block_that_the_reader_loses_is_told() {
    let mut bound = Bound::new(TEXT);
    for chapter in &mut bound.manuscript.book.chapters {
        chapter.blocks.retain(|block| !matches!(block.kind, BlockKind::Table(_)));
    }
    let lost = bound.findings();
    assert!(
        lost.iter()
            .any(|line| line.contains("4 words") && line.contains("`Head Another cell last`")),
        "{lost:#?}"
    );
}

#[test]
fn check_says_what_it_found() {
    let project = Project::book();
    project.run(["check"]).success().stdout_has("check: nothing found");
    project
        .run(["check", "--proof"])
        .success()
        .stdout_has("words in the manuscript, the EPUB and the PDF, in order; 0 left out");
    let broken = project.edit("book/one.md", "See [two](two.md)", "See [two](three.md)");
    broken.run(["check", "--proof"]).success().stderr_has("warning[dead-link]");
    let denied = ["check", "--proof", "--deny", "warnings"];
    broken.run(denied).code(1).stderr_has("error[dead-link]");
    assert!(broken.list("dist").is_empty(), "nothing is written");
}

#[test]
fn what_is_left_out_on_purpose_is_listed_with_its_place() {
    let project = Project::book().edit(
        "book/two.md",
        "Back to",
        "<!-- a remark to the printer -->\n\n<script>let x = 1;</script>\n\nBack to",
    );
    project
        .run(["check", "--proof"])
        .success()
        .stdout_has("left out: two.md:3:1: a comment, 5 words")
        .stdout_has("left out: two.md:5:1: <script>, ");
}
