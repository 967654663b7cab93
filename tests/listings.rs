//! Listings from the manuscript to both files: the fixture of listings, built
//! by the program and read again.

mod support;

use std::io::Read;
use std::path::Path;

use support::Project;

const FIXTURE: &str = "tests/manuscripts/listings";

fn fixture() -> Project {
    let mut project = Project::new();
    for name in ["book.toml", "languages.md", "long.md"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FIXTURE).join(name);
        let text = std::fs::read_to_string(path).expect("the fixture");
        project = project.file(&format!("book/{name}"), &text);
    }
    project
}

/// The files of an archive by name, as text.
fn unzipped(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    (0..archive.len())
        .map(|i| {
            let mut file = archive.by_index(i).expect("a file");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("its bytes");
            (file.name().to_owned(), String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect()
}

/// What stands between tags.
fn bare(xhtml: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in xhtml.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn a_listing_in_the_epub_is_its_text_with_spans_and_nothing_else() {
    let project = fixture();
    project.run(["epub", "--no-page-list", "--book", "book", "--out", "out/"]).success();
    let files = unzipped(project.read("out/listings.epub"));
    let page = files.iter().find(|(name, _)| name.ends_with("languages.xhtml"));
    let page = &page.expect("the chapter").1;
    let manuscript = String::from_utf8(project.read("book/languages.md")).expect("text");
    let listings: Vec<&str> = page.split("<pre").skip(1).collect();
    assert!(listings.len() >= 15, "the fixture has its listings");
    for fence in ["rust,ignore", "python", "js", "html", "diff"] {
        let from = manuscript.split(&format!("```{fence}\n")).nth(1).expect("a listing");
        let text = from.split("\n```").next().expect("its end");
        let found = listings.iter().map(|l| bare(&format!("<pre{}", l)));
        assert!(found.into_iter().any(|l| l.starts_with(&format!("{text}\n"))), "{fence}");
    }
    for kind in ["keyword", "type", "function", "string", "constant", "comment", "meta"] {
        assert!(page.contains(&format!("<span class=\"tok-{kind}\">")), "{kind}");
    }
    assert!(page.contains("<span class=\"tok-deleted\">-lines = 36</span>"));
    assert!(page.contains("<span class=\"tok-inserted\">+lines = 37</span>"));
    let fonts = |style: &str| files.iter().any(|(name, _)| name.contains(style));
    assert!(fonts("CodePro-Bold") && fonts("CodePro-It"), "the faces of tokens are carried");
}

#[test]
fn listings_without_a_language_are_plain_and_say_nothing() {
    let project = Project::new()
        .file("book/book.toml", "title = \"Plain\"\n[[chapter]]\nfile = \"a.md\"\n")
        .file("book/a.md", "# A\n\n```\nfn main() {}\n```\n\n```klingon\nif\n```\n");
    let run = project.run(["epub", "--book", "book", "--out", "out/"]).success();
    run.stderr_has_not("warning");
    let files = unzipped(project.read("out/plain.epub"));
    assert!(files.iter().all(|(_, text)| !text.contains("<span class=\"tok-")));
}
