//! A page as a picture: what is drawn, and that it is the page.

mod support;

use bindery::pipeline;
use support::{Folder, Project, golden};

/// A page that is small enough to be read as SVG.
const BOOK: &str = "title = \"T\"\nfront-matter = \"listed\"\n\
    [page]\ntrim = \"3x4in\"\nmeasure = \"144pt\"\nlines = 14\ninner = \"36pt\"\ntop = \"36pt\"\n\
    [text]\nlead = \"plain\"\n[[chapter]]\nfile = \"one.md\"\n";

const TEXT: &str = "# A\n\nTo be *or* not, aa.\n\n![A sign](sign.svg)\n";

const SIGN: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\">\
    <path d=\"M0 0h40v20z\" fill=\"#c84\"/></svg>";

fn folder() -> Folder {
    Folder::new().with("book.toml", BOOK).with("one.md", TEXT).with("sign.svg", SIGN)
}

/// The picture of the first page.
fn first_page(folder: &Folder, grid: bool) -> String {
    let mut project = pipeline::Project::read(folder.path());
    let svg = project.svg_pages(grid).and_then(|renderer| renderer.page(0));
    svg.expect("a page")
}

#[test]
fn a_page_is_what_its_golden_says() {
    golden("preview/page.svg", &first_page(&folder(), false));
}

#[test]
fn each_glyph_of_a_page_is_defined_once() {
    let svg = first_page(&folder(), false);
    let mut ids: Vec<&str> =
        svg.split("<path id=\"").skip(1).filter_map(|s| s.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
    let used = svg.matches("<use ").count();
    assert!(used > all, "{used} uses of {all} glyphs");
}

#[test]
fn a_page_is_drawn_as_other_programs_draw_svg() {
    let tree = usvg::Tree::from_str(&first_page(&folder(), true), &usvg::Options::default());
    let tree = tree.expect("it is SVG");
    let size = tree.size();
    assert_eq!((size.width(), size.height()), (288.0, 384.0), "points as CSS pixels");
    assert!(!tree.root().children().is_empty());
}

#[test]
fn pages_are_drawn_into_a_folder_or_to_standard_output() {
    let project = Project::book();
    project.run(["dump", "pages", "--format", "svg", "--out", "drawn"]).success();
    let files = project.list("drawn");
    let first = files.first().expect("a file");
    assert!(first.starts_with("page-") && first.ends_with("1.svg"), "{files:?}");
    let one = project.run(["dump", "pages", "--format", "svg", "--page", "1"]).success();
    assert!(one.stdout().as_bytes() == project.read(&format!("drawn/{first}")));
    let beyond = ["dump", "pages", "--format", "svg", "--page", "999"];
    project.run(beyond).code(1).stderr_has("there is no page 999");
}
