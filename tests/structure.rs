//! The structure of a book from end to end: numbers, references, lists and the
//! index of `tests/manuscripts/structure`, and what changes with the language.

mod support;

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use bindery::assets;
use bindery::model::{BlockKind, dump, plain_text};
use bindery::page::{Folio, Item, Page, Pages};
use bindery::text::FontBook;
use bindery::theme::Theme;
use bindery::typeset::{TypesetInput, typeset};
use support::{Folder, golden};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/manuscripts/structure")
}

/// The fixture in a folder of its own.
fn folder() -> Folder {
    let mut folder = Folder::new();
    for place in ["", "images"] {
        let entries = std::fs::read_dir(fixture().join(place)).expect("the fixture");
        for entry in entries.filter_map(Result::ok).filter(|e| e.path().is_file()) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if place.is_empty() { name } else { format!("{place}/{name}") };
            folder = folder.with(&path, std::fs::read(entry.path()).expect("a file"));
        }
    }
    folder
}

fn pages(folder: &Folder) -> Pages {
    let mut outcome = folder.read();
    let manuscript = outcome.manuscript.take().expect("a manuscript");
    let (theme, fonts) = (Theme::with(&manuscript.overrides), FontBook::shipped());
    let found = &mut outcome.diagnostics;
    let input = TypesetInput {
        book: &manuscript.book,
        assets: &assets::load(&manuscript.book, folder.path(), &theme, &fonts, found),
        theme: &theme,
        fonts: &fonts,
        cover: None,
        hyphenation: &manuscript.hyphenation,
    };
    let pages = typeset(&input, &mut outcome.diagnostics);
    assert_eq!(outcome.diagnostics.iter().count(), 0, "{:?}", outcome.diagnostics);
    pages
}

/// The lines of a page from the top, without the dots of leaders.
fn lines(page: &Page) -> Vec<String> {
    let mut lines: Vec<(i64, String)> = Vec::new();
    for item in &page.items {
        let Item::Glyphs(run) = item else { continue };
        let y = (run.origin.y.0 * 10.0).round() as i64;
        match lines.iter_mut().find(|(at, _)| *at == y) {
            Some((_, line)) => line.push_str(&run.text),
            None => lines.push((y, run.text.to_string())),
        }
    }
    lines.sort_by_key(|(y, _)| *y);
    lines.into_iter().map(|(_, line)| without_leader(&line)).collect()
}

fn without_leader(line: &str) -> String {
    match line.split_once("......") {
        Some((words, page)) => format!("{words} … {}", page.trim_start_matches('.')),
        None => line.to_owned(),
    }
}

#[test]
fn the_model_is_numbered_listed_and_indexed() {
    let outcome = folder().read();
    assert_eq!(outcome.report(), "");
    let manuscript = outcome.manuscript.as_ref().expect("a manuscript");
    golden("structure/model.txt", dump(&manuscript.book).trim_end());
}

#[test]
fn the_pages_say_numbers_and_pages() {
    let mut out = String::new();
    for page in pages(&folder()).pages.iter().filter(|page| page.folio != Folio::None) {
        let lines = lines(page);
        if !lines.is_empty() {
            out.push_str(&format!("[{}]\n{}\n", page.folio, lines.join("\n")));
        }
    }
    golden("structure/pages.txt", out.trim_end());
}

#[test]
fn marks_of_the_index_do_not_move_a_letter() {
    let marked = folder();
    let mut bare = folder();
    for name in ["preface", "walls", "lights", "tides", "interlude", "soundings", "signals"] {
        let file = fixture().join(format!("{name}.md"));
        let text = std::fs::read_to_string(file).expect("a chapter");
        let mut kept = String::new();
        let mut rest = text.as_str();
        while let Some((before, mark)) = rest.split_once("{index") {
            kept.push_str(before);
            rest = mark.split_once('}').map_or("", |(_, after)| after);
        }
        kept.push_str(rest);
        bare = bare.with(&format!("{name}.md"), kept);
    }
    // Every glyph before the index with its place, to a thousandth of a point:
    // what differs is only where runs of them are cut.
    let glyphs = |pages: &Pages| -> Vec<(u16, i64, i64)> {
        let last = pages.pages.iter().position(|p| p.folio == Folio::Arabic(17)).expect("an index");
        let mut out = Vec::new();
        for item in pages.pages.iter().take(last).flat_map(|page| &page.items) {
            let Item::Glyphs(run) = item else { continue };
            let mut x = run.origin.x;
            for glyph in &run.glyphs {
                let place = |at: f64| (at * 1000.0).round() as i64;
                out.push((glyph.id, place(x.0), place(run.origin.y.0)));
                x += glyph.advance;
            }
        }
        out
    };
    let (marked, bare) = (glyphs(&pages(&marked)), glyphs(&pages(&bare)));
    assert!(marked.len() > 4000, "{}", marked.len());
    let moved = marked
        .iter()
        .zip(&bare)
        .position(|((a, ax, ay), (b, bx, by))| a != b || ay != by || (ax - bx).abs() > 2);
    assert_eq!(moved, None);
    assert_eq!(marked.len(), bare.len());
}

#[test]
fn the_epub_links_what_paper_numbers() {
    let folder = folder();
    let out = folder.path().join("book.epub");
    let made = Command::new(env!("CARGO_BIN_EXE_bindery"))
        .args(["epub", "--quiet", "--book"])
        .arg(folder.path())
        .arg("--out")
        .arg(&out)
        .status();
    assert!(made.is_ok_and(|status| status.success()));
    let file = std::fs::File::open(&out).expect("an EPUB");
    let mut archive = zip::ZipArchive::new(file).expect("an archive");
    for name in ["index", "list-of-figures", "lights", "part-stone", "signals", "nav"] {
        let mut text = String::new();
        let mut entry = archive.by_name(&format!("OEBPS/{name}.xhtml")).expect("a document");
        entry.read_to_string(&mut text).expect("text");
        golden(&format!("structure/{name}.xhtml"), text.trim_end());
    }
}

/// A book of two chapters and an index in a language.
fn book(lang: &str, toml: &str, one: &str) -> Folder {
    let toml = format!(
        "title = \"T\"\nlanguage = \"{lang}\"\nfront-matter = \"listed\"\n{toml}\n\
         [[chapter]]\nfile = \"one.md\"\n[[chapter]]\nfile = \"two.md\"\n\
         [[chapter]]\nrole = \"index\"\n"
    );
    Folder::new().with("book.toml", toml).with("one.md", one).with("two.md", "# B {#b}\n\nText.\n")
}

#[test]
fn the_tool_speaks_the_language_of_the_book() {
    let text = "# A\n\nText{index: Wort}, {ref two.md number}, {ref two.md page}.\n";
    let said = |lang: &str| {
        let pages = pages(&book(lang, "", text));
        let all: Vec<String> = pages.pages.iter().flat_map(lines).collect();
        all.join("\n").replace('\u{a0}', " ")
    };
    let german = said("de");
    assert!(german.contains("eins\nA\n") && german.contains("zwei\nB\n"), "{german}");
    assert!(german.contains("Text, Kapitel 2, Seite 3."), "{german}");
    assert!(german.contains("Register\n") && german.contains("Wort, 1"), "{german}");
    let french = said("fr");
    assert!(french.contains("chapitre 2, page 3."), "{french}");
    let russian = said("ru");
    assert!(russian.contains("1\nA\n") && russian.contains("глава 2, страница 3."), "{russian}");
}

#[test]
fn pages_of_a_term_come_together() {
    let mut text =
        String::from("# A\n\nA{index: pond}{index: pond}{index-begin: marsh}{index: elm}.\n");
    for _ in 0..3 {
        text.push_str("\n<hr class=\"page-break\">\n\nB{index: pond}.\n");
    }
    text.push_str("\n<hr class=\"page-break\">\n\nC{index-end: marsh}.\n");
    text.push_str("\n<hr class=\"page-break\">\n\nD{index: pond}{index: elm}.\n");
    let pages = pages(&book("en", "", &text));
    let index = lines(pages.pages.last().expect("an index")).join("\n").replace('\u{2060}', "");
    for entry in ["elm, 1, 6", "marsh, 1–5", "pond, 1–4, 6"] {
        assert!(index.contains(entry), "{index}");
    }
}

#[test]
fn numbers_are_given_where_they_are_asked_for() {
    let text = "# A\n\n## B\n\n### C\n\n## D {.unnumbered}\n\n### E\n\n## F\n\n### G\n";
    let numbers = |toml: &str| -> Vec<String> {
        let read = book("en", toml, text).read().manuscript.expect("a manuscript");
        let blocks = read.book.chapters.into_iter().take(1).flat_map(|c| c.blocks);
        let headings = blocks.filter_map(|block| match &block.kind {
            BlockKind::Heading { content, .. } => {
                let number = block.attrs.number().map(ToString::to_string).unwrap_or_default();
                Some(format!("{number}{}", plain_text(content)))
            }
            _ => None,
        });
        headings.collect()
    };
    assert_eq!(numbers(""), ["B", "C", "D", "E", "F", "G"]);
    assert_eq!(numbers("[numbering]\nsections = 1"), ["1.1B", "C", "D", "E", "1.2F", "G"]);
    assert_eq!(
        numbers("[numbering]\nsections = 2"),
        ["1.1B", "1.1.1C", "D", "E", "1.2F", "1.2.1G"]
    );
    assert_eq!(
        numbers("[numbering]\nsections = 2\nchapters = false"),
        ["1B", "1.1C", "D", "E", "2F", "2.1G"]
    );
}
