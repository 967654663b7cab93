//! The frame that is shown where a picture can't be, in both files.

mod support;

use std::io::{Cursor, Read};

use bindery::pipeline::{self, Dump, Output};
use support::{Folder, golden};

const TEXT: &str = "\
# One

Before the picture.

![A tower on a hill, seen from the sea](images/tower.svg)

A ![sign](images/sign.png) in a line, and a picture that is broken:

![](images/broken.png)
";

fn folder() -> Folder {
    Folder::new()
        .with(
            "book.toml",
            "title = \"T\"\nfront-matter = \"listed\"\n[[chapter]]\nfile = \"one.md\"\n",
        )
        .with("one.md", TEXT)
        .with("images/broken.png", b"\x89PNG\r\n\x1a\nnothing more")
}

#[test]
fn the_epub_shows_a_frame_with_the_alternative_text() {
    let folder = folder();
    let built = pipeline::Project::read(folder.path()).build(&[Output::Epub { page_list: false }]);
    let built = built.expect("an EPUB");
    assert_eq!((built.stats.pictures, built.stats.missing_pictures), (3, 3));
    let epub = built.files.into_iter().next().expect("a file").bytes;
    let mut archive = zip::ZipArchive::new(Cursor::new(epub)).expect("an archive");
    let mut text = |name: &str| {
        let mut text = String::new();
        let mut file = archive.by_name(name).unwrap_or_else(|e| panic!("{name}: {e}"));
        file.read_to_string(&mut text).expect("text");
        text
    };
    golden("placeholders/one.xhtml", &text("OEBPS/one.xhtml"));
    golden("placeholders/tower.svg", &text("OEBPS/images/tower.svg"));
    golden("placeholders/sign.svg", &text("OEBPS/images/sign.svg"));
}

#[test]
fn the_pages_show_a_frame_with_the_alternative_text() {
    let dump = pipeline::Project::read(folder().path()).dump(Dump::Pages).expect("pages");
    golden("placeholders/pages.txt", &dump);
}
