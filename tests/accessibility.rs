//! What both files tell those who can't see the pages, from Markdown to the
//! finished files.

mod support;

use std::io::{Cursor, Read};

use bindery::model::Exemption;
use lopdf::{Document, Object};
use support::Project;

/// A file of a finished EPUB.
fn entry(epub: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(epub)).expect("a ZIP file");
    let mut text = String::new();
    let mut file = archive.by_name(name).unwrap_or_else(|e| panic!("{name}: {e}"));
    file.read_to_string(&mut text).expect("text");
    text
}

/// All elements of a PDF's structure with a key, as type and value.
fn elements_with(pdf: &[u8], key: &[u8]) -> Vec<(String, String)> {
    let document = Document::load_mem(pdf).expect("a PDF");
    let dicts = document.objects.values().filter_map(|object| object.as_dict().ok());
    let mut found: Vec<(String, String)> = dicts
        .filter(|dict| dict.get(b"Type").and_then(Object::as_name).ok() == Some(b"StructElem"))
        .filter_map(|dict| {
            let value = lopdf::decode_text_string(dict.get(key).ok()?).ok()?;
            let kind = dict.get(b"S").and_then(Object::as_name).ok()?;
            Some((String::from_utf8_lossy(kind).into_owned(), value))
        })
        .collect();
    found.sort();
    found
}

fn book(text: &str) -> Project {
    Project::new()
        .file("book/book.toml", "title = \"T\"\nlanguage = \"en\"\n[text]\nlead = \"plain\"\n")
        .file("book/text.md", text)
}

#[test]
fn each_exemption_is_passed_on_as_the_note_on_the_property_has_it() {
    let named =
        ["eaa-microenterprise", "eaa-disproportionate-burden", "eaa-fundamental-alteration"];
    assert_eq!(Exemption::ALL.map(Exemption::name), named);
    for name in named {
        let key = format!("title = \"T\"\naccessibility-exemption = \"{name}\"");
        let project = Project::book().edit("book/book.toml", "title = \"", &format!("{key}\n# \""));
        project.run(["epub", "--out", "b.epub"]).success();
        let package = entry(&project.read("b.epub"), "OEBPS/content.opf");
        // Of the publication as a whole: the property must not refine another.
        let wanted = format!("<meta property=\"a11y:exemption\">{name}</meta>");
        assert_eq!(package.matches("a11y:exemption").count(), 1, "{package}");
        assert!(package.contains(&wanted), "{package}");
    }
}

#[test]
fn both_files_say_what_an_abbreviation_stands_for() {
    let text = "# One\n\nA <abbr title=\"Portable &amp; Document\">PDF</abbr> and HTML.\n\n\
                *[HTML]: Hyper Text\n";
    let project = book(text);
    project.run(["build", "--out", "b"]).success();
    let page = entry(&project.read("b.epub"), "OEBPS/text.xhtml");
    assert!(page.contains("<abbr title=\"Portable &amp; Document\">PDF</abbr>"), "{page}");
    assert!(page.contains("<abbr title=\"Hyper Text\">HTML</abbr>"), "{page}");
    assert!(!page.contains("*["), "{page}");
    let expansions = elements_with(&project.read("b.pdf"), b"E");
    let span = |words: &str| (String::from("Span"), String::from(words));
    assert_eq!(expansions, [span("Hyper Text"), span("Portable & Document")]);
}

#[test]
fn both_files_say_where_the_language_changes() {
    let text = "# One\n\nA <span lang=\"fr\">mot</span>.\n\n<blockquote lang=\"de\">\n\nEin Satz.\n\n\
                </blockquote>\n";
    let project = book(text);
    project.run(["build", "--out", "b"]).success();
    let page = entry(&project.read("b.epub"), "OEBPS/text.xhtml");
    assert!(page.contains("<span lang=\"fr\" xml:lang=\"fr\">mot</span>"), "{page}");
    assert!(page.contains("<blockquote lang=\"de\" xml:lang=\"de\">"), "{page}");
    let languages = elements_with(&project.read("b.pdf"), b"Lang");
    let wanted = [("BlockQuote", "de"), ("Span", "fr")];
    let found: Vec<(&str, &str)> = languages.iter().map(|(k, l)| (&**k, &**l)).collect();
    assert_eq!(found, wanted);
}

#[test]
fn levels_of_headings_never_skip_one() {
    let text = "# One\n\nA.\n\n#### Deep\n\nB.\n\n## Two\n\nC.\n\n###### Deepest\n\nD.\n";
    let project = book(text);
    project.run(["epub", "--out", "b.epub"]).success();
    let page = entry(&project.read("b.epub"), "OEBPS/text.xhtml");
    let levels: Vec<u32> =
        page.split("<h").skip(1).filter_map(|after| after.chars().next()?.to_digit(10)).collect();
    assert_eq!(levels.first(), Some(&1), "{page}");
    assert!(levels.len() == 4 && levels.windows(2).all(|two| two[1] <= two[0] + 1), "{levels:?}");
}

#[test]
fn old_readers_find_the_printed_pages_and_notes_open_as_notes() {
    let project = Project::book();
    project.run(["epub", "--out", "b.epub"]).success();
    let epub = project.read("b.epub");
    let ncx = entry(&epub, "OEBPS/toc.ncx");
    let targets = ncx.matches("<pageTarget ").count();
    let nav = entry(&epub, "OEBPS/nav.xhtml");
    let list = nav.split("epub:type=\"page-list\"").nth(1).expect("a page list");
    let listed = list.split("</nav>").next().unwrap_or("").matches("<li>").count();
    assert!(targets > 1 && targets == listed, "{targets} of {listed}\n{ncx}");
    // A reader shows a note on the spot if it knows mark and note for what they are.
    let page = entry(&epub, "OEBPS/one.xhtml");
    let mark = page.split("epub:type=\"noteref\"").nth(1).expect("a mark");
    let to = mark.split("href=\"#").nth(1).and_then(|h| h.split('"').next()).expect("a target");
    let note = format!("<aside epub:type=\"footnote\" role=\"doc-footnote\" id=\"{to}\">");
    assert!(page.contains(&note), "{page}");
}
