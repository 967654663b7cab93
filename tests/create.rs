//! `bindery new`: a project out of existing files builds as it is.

mod support;

use std::path::PathBuf;

use bindery::manuscript::{CreateError, NewBook, create};
use bindery::model::dump;
use support::{Folder, Outcome};

const PICTURE: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

/// Two essays of a blog, each in a folder with a picture of the same name.
fn blog() -> Folder {
    let series = "### **Read the series**\n\n\
                  1. [**The town: the well**](https://example.org/well-1)\n   _Water._\n\n\
                  2. [**The town: the bridge**](https://example.org/bridge-2)\n   _Crossing._\n";
    let essay = |title: &str, link: &str| {
        format!(
            "![](assets/thumbnail.svg)\n\n# **{title}**\n\n_About it_\n\nFirst.\n\n---\n\n\
             {series}\n---\n\n## Part\n\nSee [the other]({link}).\n\n---\n\n{series}"
        )
    };
    Folder::new()
        .with("blog/well/text.md", essay("The well", "../bridge/text.md"))
        .with("blog/well/assets/thumbnail.svg", [PICTURE, b"<!-- well -->"].concat())
        .with("blog/bridge/text.md", essay("The bridge", "https://example.org/well-1/"))
        .with("blog/bridge/assets/thumbnail.svg", [PICTURE, b"<!-- bridge -->"].concat())
}

fn request(folder: &Folder, from: &[&str]) -> NewBook {
    NewBook {
        folder: folder.path().join("new book"),
        from: from.iter().map(|path| folder.path().join(path)).collect(),
        author: Some("A. \"B\" Lee".into()),
        ..NewBook::default()
    }
}

/// Reads the book that was made.
fn read(folder: PathBuf) -> Outcome {
    let mut diagnostics = bindery::diag::Diagnostics::default();
    let mut manuscript = bindery::manuscript::read(&folder, &mut diagnostics);
    if let Some(manuscript) = &mut manuscript {
        bindery::resolve::resolve(&mut manuscript.book, &mut diagnostics);
    }
    Outcome { manuscript, diagnostics }
}

#[test]
fn two_essays_become_a_book_that_builds() {
    let folder = blog();
    let request = request(&folder, &["blog/well/text.md", "blog/bridge/text.md"]);
    let created = create(&request).expect("a project");
    assert_eq!(created.title, "New book");
    assert_eq!(created.missing, []);
    assert_eq!(
        created.files,
        [
            "well/text.md",
            "well/assets/thumbnail.svg",
            "bridge/text.md",
            "bridge/assets/thumbnail.svg",
            "book.toml",
        ]
    );
    let copy = std::fs::read_to_string(request.folder.join("well/text.md")).expect("a copy");
    let original = std::fs::read_to_string(&request.from[0]).expect("the original");
    assert_eq!(copy, original, "files are not edited");

    let outcome = read(request.folder);
    assert!(!outcome.diagnostics.has_errors(), "{}", outcome.report());
    let dump = dump(&outcome.manuscript.expect("a book").book);
    assert!(dump.contains("aut \"A. “B” Lee\""), "{dump}");
    assert!(dump.contains("opener image well/assets/thumbnail.svg no alt"), "{dump}");
    assert!(dump.contains("opener image bridge/assets/thumbnail.svg no alt"), "{dump}");
    assert!(dump.contains("Read the series"), "nothing is left out unasked: {dump}");
    // The one by its file, the other by the address found in the series' list.
    assert!(dump.contains("link #text-2(\"the other\")"), "{dump}");
    assert!(dump.contains("link #text(\"the other\")"), "{dump}");
}

#[test]
fn the_book_toml_is_commented() {
    let folder = blog();
    let request = request(&folder, &["blog/well/text.md", "blog/bridge/text.md"]);
    create(&request).expect("a project");
    let toml = std::fs::read_to_string(request.folder.join("book.toml")).expect("book.toml");
    support::golden("create/book.toml", &toml);
}

#[test]
fn a_single_file_gives_its_title_and_what_is_missing_is_said() {
    let folder = Folder::new().with(
        "essay.md",
        "---\nauthor: A. Lee\nlang: de\n---\n\n# Größe\n\n![a](gone.jpg)\n\n![b](https://x.org/b.png)\n",
    );
    let mut request = request(&folder, &["essay.md"]);
    request.author = None;
    let created = create(&request).expect("a project");
    assert_eq!(created.title, "Größe");
    let missing: Vec<(usize, &str)> =
        created.missing.iter().map(|m| (m.line, m.address.as_str())).collect();
    assert_eq!(missing, [(8, "gone.jpg"), (10, "https://x.org/b.png")]);
    let toml = std::fs::read_to_string(request.folder.join("book.toml")).expect("book.toml");
    assert!(toml.contains("authors = [\"A. Lee\"]\nlanguage = \"de\"\n"), "{toml}");
    assert_eq!(read(request.folder).diagnostics.count(bindery::diag::Severity::Warning), 2);
}

#[test]
fn files_far_apart_get_a_folder_each() {
    let folder = Folder::new()
        .with("a/b/c/d/e/f/one.md", "# 一\n\n![x](p.svg)\n")
        .with("a/b/c/d/e/f/p.svg", PICTURE)
        .with("z/two.md", "# Zwei!\n\n![x](../y/p.svg)\n")
        .with("y/p.svg", PICTURE);
    let request = request(&folder, &["a/b/c/d/e/f/one.md", "z/two.md"]);
    let created = create(&request).expect("a project");
    assert_eq!(
        created.files,
        [
            "01-chapter/one.md",
            "01-chapter/p.svg",
            "02-zwei/z/two.md",
            "02-zwei/y/p.svg",
            "book.toml",
        ]
    );
    assert_eq!(read(request.folder).report(), "");
}

#[test]
fn nothing_is_overwritten() {
    let folder = Folder::new().with("one.md", "# One\n").with("new book/x", "x");
    let refused = |request: &NewBook| match create(request) {
        Err(error) => error,
        Ok(created) => panic!("{created:?}"),
    };
    let mut request = request(&folder, &["one.md"]);
    assert!(matches!(refused(&request), CreateError::NotEmpty(_)));
    request.folder = folder.path().join("one.md");
    assert!(matches!(refused(&request), CreateError::NotAFolder(_)));
    request.folder = folder.path().join("other");
    request.from.push(folder.path().join("one.md"));
    assert!(matches!(refused(&request), CreateError::Twice(_)));
    request.from = vec![folder.path().join("gone.md")];
    assert!(matches!(refused(&request), CreateError::Read(..)));
    request.from.clear();
    assert!(matches!(refused(&request), CreateError::NoFiles));
    assert!(!request.folder.exists(), "nothing is written where something is wrong");
}
