//! Citations of works, their notes and the bibliography, and what can be wrong
//! with them.

mod support;

use bindery::diag::Code;
use bindery::model::{self, InlineKind, Role, Visitor};
use support::Folder;

const BIB: &str = "@book{pell1921, author = {Pell, Agnes}, title = {The Reading Room}, \
                   publisher = {Larch}, year = {1921}}\n\
                   @article{okoro2003, author = {Okoro, Daniel and Lind, Maja}, \
                   title = {How Long Is a Line?}, journal = {The Page}, volume = {12}, \
                   pages = {201--219}, year = {2003}}\n\
                   @book{hale2019, author = {Hale, Rosa}, title = {A Census}, year = {2019}}\n";

fn book(keys: &str, text: &str) -> Folder {
    let toml = format!(
        "title = \"T\"\n[bibliography]\nfiles = [\"works.bib\"]\n{keys}\n\
         [[chapter]]\nfile = \"one.md\"\n"
    );
    Folder::new().with("book.toml", toml).with("one.md", text).with("works.bib", BIB)
}

/// The words of the chapter and of the bibliography, a paragraph a line; notes last.
fn words(folder: &Folder) -> Vec<String> {
    let read = folder.read();
    assert_eq!(read.report(), "");
    let book = read.manuscript.expect("a manuscript").book;
    let mut lines = Vec::new();
    let told = book.chapters.iter().filter(|c| !c.role.is_generated());
    let blocks = told.flat_map(|c| &c.blocks).chain(book.notes.iter().flat_map(|n| &n.blocks));
    for block in blocks {
        if let model::BlockKind::Paragraph(content) = &block.kind {
            lines.push(model::plain_text(content));
        }
    }
    lines
}

#[test]
fn citations_are_set_in_the_style_of_the_book() {
    let folder = book(
        "",
        "# One\n\nA fact [@pell1921, p. 12]. @okoro2003 [pp. 3-4] deny it\n\
         [see @okoro2003, ch. 2;\nalso @pell1921] and it falls [-@okoro2003].\n",
    );
    assert_eq!(
        words(&folder),
        [
            "A fact (Pell 1921, 12). Okoro and Lind (2003, 3–4) deny it (see Okoro and Lind \
             2003, chap. 2; also Pell 1921) and it falls (2003).",
            "Okoro, Daniel, and Maja Lind. 2003. “How Long Is a Line?” The Page 12: 201–19.",
            "Pell, Agnes. 1921. The Reading Room. Larch.",
        ]
    );
}

#[test]
fn a_style_of_notes_puts_citations_into_notes_after_the_stop() {
    let folder = book(
        "style = \"chicago-notes\"",
        "# One\n\nA fact[^own], and a claim [@pell1921, 12]. @hale2019 counted.\n\n[^own]: Mine.\n",
    );
    let words = words(&folder);
    assert_eq!(words[0], "A fact, and a claim. Hale counted.");
    assert_eq!(words[words.len() - 3], "Mine.");
    assert_eq!(words[words.len() - 2], "Agnes Pell, The Reading Room (Larch, 1921), 12.");
    let book = folder.read().manuscript.expect("a manuscript").book;
    let numbers: Vec<u32> = book.notes.iter().map(|n| n.number).collect();
    assert_eq!(numbers, [1, 2, 3]);
}

#[test]
fn every_citation_leads_to_its_entry() {
    struct Links(Vec<String>, model::Book);
    impl Visitor for Links {
        fn inline(&mut self, inline: &model::Inline) {
            if let InlineKind::Link { target: model::LinkTarget::Anchor(id), .. } = &inline.kind {
                self.0.extend(self.1.anchor(*id).map(|a| a.id.clone()));
            }
            model::walk_inline(self, inline);
        }
    }
    let folder = book("", "# One\n\nSo [@pell1921; @hale2019].\n");
    let book = folder.read().manuscript.expect("a manuscript").book;
    let mut links = Links(Vec::new(), book.clone());
    links.blocks(&book.chapters.iter().find(|c| c.role == Role::Chapter).expect("it").blocks);
    assert_eq!(links.0, ["ref-pell1921", "ref-hale2019"]);
}

#[test]
fn the_bibliography_goes_into_its_chapter_and_has_all_works_if_asked() {
    let toml = "title = \"T\"\n[bibliography]\nfiles = [\"works.bib\"]\nall = true\n\
                [[chapter]]\nfile = \"one.md\"\n\
                [[chapter]]\nfile = \"works.md\"\nrole = \"bibliography\"\n";
    let folder = Folder::new()
        .with("book.toml", toml)
        .with("one.md", "# One\n\nNothing is cited; mail me@pell1921.org, @nobody.\n")
        .with("works.md", "# Works\n\nRead these.\n")
        .with("works.bib", BIB);
    let words = words(&folder);
    assert_eq!(words[0], "Nothing is cited; mail me@pell1921.org, @nobody.");
    assert_eq!(words[1], "Read these.");
    assert_eq!(words.len(), 5, "{words:?}");
}

#[test]
fn without_a_bibliography_nothing_is_a_citation() {
    let folder = Folder::new()
        .with("book.toml", "title = \"T\"\n[[chapter]]\nfile = \"one.md\"\n")
        .with("one.md", "# One\n\nWrite [@pell1921].\n");
    assert_eq!(words(&folder), ["Write [@pell1921]."]);
}

#[test]
fn terms_of_a_glossary_are_places_for_links() {
    let toml = "title = \"T\"\n[[chapter]]\nfile = \"one.md\"\n\
                [[chapter]]\nfile = \"words.md\"\nrole = \"glossary\"\n";
    let folder = Folder::new()
        .with("book.toml", toml)
        .with("one.md", "# One\n\nThe [measure](#line-measure) matters.\n")
        .with("words.md", "# Words\n\nLine measure\n: How long a line is.\n");
    assert_eq!(folder.read().report(), "");
}

#[test]
fn no_work_with_the_key_that_is_meant() {
    let report = book("", "# One\n\nA fact [@pell1912].\n").read().report();
    assert_eq!(
        report.trim_end(),
        "one.md:3:9: no-work: no bibliography file contains `pell1912`\n  Did you mean `@pell1921`?"
    );
}

#[test]
fn bad_bibliography_is_said_with_its_place() {
    let broken = book("", "# One\n\nText.\n").with("works.bib", "@book{a, title = {T}\n@book{");
    let read = broken.read();
    let found = read.diagnostics.iter().next().expect("a finding");
    assert_eq!(found.code, Code::BadBibliography);
    assert!(read.report().starts_with("works.bib:"), "{}", read.report());
    let report = book("style = \"chicgo-notes\"", "# One\n\nText.\n").read().report();
    assert_eq!(
        report.trim_end(),
        "book.toml:4:9: bad-bibliography: there is no citation style `chicgo-notes`\n  \
         Did you mean `chicago-notes`?"
    );
}

#[test]
fn a_citation_of_an_unknown_work_is_reported_and_stays_as_it_is_written() {
    for style in ["", "style = \"chicago-notes\""] {
        let folder = book(style, "# One\n\nA fact [@pell1921] and [see @gone, 3; @pell1921].\n");
        let read = folder.read();
        let report = read.report();
        assert!(report.contains("no bibliography file contains `gone`"), "{report}");
        assert_eq!(report.matches("no-work").count(), 1, "{report}");
        let book = read.manuscript.expect("a manuscript").book;
        let chapter = book.chapters.iter().find(|c| c.role == Role::Chapter).expect("it");
        let model::BlockKind::Paragraph(content) = &chapter.blocks[0].kind else {
            panic!("{chapter:?}")
        };
        let fact = model::plain_text(content);
        assert!(fact.ends_with("and [see @gone, 3; @pell1921]."), "{fact}");
    }
}
