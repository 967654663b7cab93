//! Books that run from right to left, from Markdown to both files.

mod support;

use std::io::{Cursor, Read};
use std::path::Path;

use support::{Project, golden};

fn fixture(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/manuscripts").join(name);
    folder.display().to_string()
}

fn entry(epub: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(epub)).expect("a ZIP file");
    let mut text = String::new();
    let mut file = archive.by_name(name).unwrap_or_else(|e| panic!("{name}: {e}"));
    file.read_to_string(&mut text).expect("text");
    text
}

#[test]
fn pages_are_mirrored_and_everything_stands_at_the_other_side() {
    for name in ["hebrew", "arabic"] {
        let run = Project::new().run(["dump", "pages", "--book", &fixture(name)]).success();
        golden(&format!("right-to-left/{name}.txt"), &run.stdout());
    }
}

#[test]
fn both_files_say_that_they_run_to_the_left() {
    let project = Project::new();
    project.run(["build", "--book", &fixture("hebrew"), "--out", "b"]).success();
    let epub = project.read("b.epub");
    let package = entry(&epub, "OEBPS/content.opf");
    assert!(package.contains("page-progression-direction=\"rtl\""), "{package}");
    let page = entry(&epub, "OEBPS/two.xhtml");
    golden("right-to-left/two.xhtml", &page);
    assert!(page.contains("xml:lang=\"he\" dir=\"rtl\">"), "{page}");
    assert!(page.contains("<body epub:type=\"bodymatter\" dir=\"rtl\">"), "{page}");
    assert!(page.contains("<code dir=\"ltr\">less</code>"), "{page}");
    assert!(page.contains("<pre dir=\"ltr\">"), "{page}");
    let nav = entry(&epub, "OEBPS/nav.xhtml");
    assert!(nav.contains("<body dir=\"rtl\">"), "{nav}");
    let document = lopdf::Document::load_mem(&project.read("b.pdf")).expect("a PDF");
    let catalog = document.catalog().expect("a catalog");
    let preferences = catalog.get(b"ViewerPreferences").and_then(|p| document.dereference(p));
    let preferences = preferences.and_then(|(_, p)| p.as_dict()).expect("preferences");
    let direction = preferences.get(b"Direction").and_then(lopdf::Object::as_name);
    assert_eq!(direction.ok(), Some(&b"R2L"[..]));
}

#[test]
fn a_book_runs_as_it_is_told_to() {
    let book = |direction: &str| {
        let toml = format!("title = \"T\"\nlanguage = \"yi-Latn\"\n{direction}");
        let project = Project::new().file("book/book.toml", &toml).file("book/a.md", "# A\n\nB.\n");
        project.run(["epub", "--out", "b.epub"]).success();
        entry(&project.read("b.epub"), "OEBPS/content.opf")
    };
    assert!(book("").contains("page-progression-direction=\"rtl\""));
    assert!(!book("direction = \"ltr\"\n").contains("page-progression-direction"));
}
