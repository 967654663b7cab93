//! What a book means is the same on paper and on a reader: indents, labels, the
//! lead-in, the contents, the copyright page.

mod support;

use std::io::{Cursor, Read};

use bindery::assets;
use bindery::epub::{self, EpubInput};
use bindery::page::{GlyphRun, Item, Page, Pages, Side};
use bindery::text::FontBook;
use bindery::theme::Theme;
use bindery::typeset::{TypesetInput, typeset};
use support::Folder;

const BOOK: &str = "title = \"Tides\"\nsubtitle = \"A Guide\"\npublisher = \"Quay\"\n\
    date = \"2026\"\n[theme]\nchapter-label = \"Essay\"\nlead = \"small-caps\"\n\
    [[chapter]]\nfile = \"ebb.md\"\n[[chapter]]\nfile = \"flow.md\"\n\
    [[chapter]]\nfile = \"notes.md\"\nrole = \"notes\"\n";

/// Every paragraph begins with a word of its own.
const EBB: &str = "# Ebb\n\n<div class=\"epigraph\">\n\nWater wears stone.\n\n</div>\n\n\
    Alpha the history of the world is long.\n\nBravo goes on.\n\n![A buoy](buoy.svg)\n\n\
    Charlie is after a figure.\n\n- one\n- two\n\nDelta is after a list.\n\n\
    > Echo is quoted.\n>\n> Foxtrot is too.\n\nGolf is after a quotation.\n\n\
    ```\ncode\n```\n\nHotel is after code.\n\nIndia goes on.\n\n***\n\nJuliett begins anew.\n\n\
    | a | b |\n|---|---|\n| c | d |\n\nKilo is after a table.\n\n## Neap\n\n![A buoy](buoy.svg)\n\n\
    Lima is after a heading.\n\nMike goes on.\n";

const WORDS: [(&str, bool); 12] = [
    ("Bravo", true),
    ("Charlie", true),
    ("Delta", false),
    ("Echo", false),
    ("Foxtrot", true),
    ("Golf", false),
    ("Hotel", false),
    ("India", true),
    ("Juliett", false),
    ("Kilo", false),
    ("Lima", false),
    ("Mike", true),
];

const BUOY: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" height=\"100\">\
    <rect width=\"300\" height=\"100\"/></svg>";

struct Outputs {
    pages: Pages,
    epub: Vec<u8>,
    theme: Theme,
}

fn outputs(book: &str) -> Outputs {
    let folder = Folder::new()
        .with("book.toml", book)
        .with("ebb.md", EBB)
        .with("flow.md", "# Flow\n\nIt rained. The streets were wet.\n")
        .with("notes.md", "# Notes\n\nNone.\n")
        .with("buoy.svg", BUOY);
    let mut outcome = folder.read();
    let manuscript = outcome.manuscript.take().expect("a manuscript");
    let (theme, fonts) = (Theme::with(&manuscript.overrides), FontBook::shipped());
    let (book, found) = (&manuscript.book, &mut outcome.diagnostics);
    let assets = assets::load(book, folder.path(), &theme, &fonts, found);
    let (book, theme_ref, cover) = (&manuscript.book, &theme, None);
    let hyphenation: &[String] = &manuscript.hyphenation;
    let input =
        TypesetInput { book, assets: &assets, theme: theme_ref, fonts: &fonts, cover, hyphenation };
    let pages = typeset(&input, &mut outcome.diagnostics);
    let input = EpubInput {
        book,
        assets: &assets,
        theme: theme_ref,
        fonts: &fonts,
        cover,
        embed_fonts: false,
        extra_css: None,
        page_marks: &[],
    };
    let epub = epub::write(&input).expect("an EPUB");
    Outputs { pages, epub, theme }
}

impl Outputs {
    fn document(&self, name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(&self.epub)).expect("a ZIP file");
        let mut text = String::new();
        let mut file = archive.by_name(&format!("OEBPS/{name}")).expect("a document");
        file.read_to_string(&mut text).expect("text");
        text
    }

    fn has_document(&self, name: &str) -> bool {
        let archive = zip::ZipArchive::new(Cursor::new(&self.epub)).expect("a ZIP file");
        archive.file_names().any(|file| file == format!("OEBPS/{name}"))
    }

    /// The first run of a line that begins with some words, and its page.
    fn line_and_page(&self, words: &str) -> (&GlyphRun, &Page) {
        for page in &self.pages.pages {
            for item in &page.items {
                if let Item::Glyphs(run) = item
                    && run.text.starts_with(words)
                {
                    return (run, page);
                }
            }
        }
        panic!("no line begins with {words}")
    }

    fn line(&self, words: &str) -> &GlyphRun {
        self.line_and_page(words).0
    }

    /// How far in from the measure a line begins that begins with a word.
    fn line_begins_at(&self, word: &str) -> f64 {
        let (run, page) = self.line_and_page(word);
        let measure = match page.side {
            Side::Recto => self.theme.inner,
            Side::Verso => self.theme.outer(),
        };
        (run.origin.x - measure).0
    }

    /// The text of each page, its runs one after the other.
    fn pages(&self) -> Vec<String> {
        let text = |page: &Page| {
            let runs = page.items.iter().filter_map(|item| match item {
                Item::Glyphs(run) => Some(run.text.to_string()),
                _ => None,
            });
            runs.collect::<String>()
        };
        self.pages.pages.iter().map(text).collect()
    }

    fn paper_says(&self, words: &str) -> bool {
        self.pages().iter().any(|page| page.contains(words))
    }
}

#[test]
fn a_paragraph_is_indented_in_both_or_in_neither() {
    let outputs = outputs(BOOK);
    let document = outputs.document("ebb.xhtml");
    let indent = outputs.theme.indent.0;
    for (word, indented) in WORDS {
        let class = if indented { "<p>" } else { "<p class=\"first\">" };
        assert!(document.contains(&format!("{class}{word}")), "{word} in\n{document}");
        // A quotation is moved in as a whole.
        let quoted = if matches!(word, "Echo" | "Foxtrot") { indent } else { 0.0 };
        let wanted = quoted + if indented { indent } else { 0.0 };
        let begins = outputs.line_begins_at(word);
        assert!((begins - wanted).abs() < 1.0, "{word} begins at {begins} and not {wanted}");
    }
}

#[test]
fn labels_and_lead_ins_are_the_same_words() {
    let outputs = outputs(BOOK);
    let document = outputs.document("ebb.xhtml");
    assert!(document.contains("<p class=\"number\">Essay one</p>"), "{document}");
    assert!(outputs.paper_says("essay one"), "{:?}", outputs.pages());
    assert!(document.contains("<span class=\"lead-in\">Alpha the history</span>"), "{document}");
    // Letters in small capitals are other glyphs than the same letters after them.
    let line = outputs.line("Alpha the history of the world");
    let glyph = |byte: u32| line.glyphs.iter().find(|g| g.text.start == byte).map(|g| g.id);
    let letter = |at: u32| line.text.get(at as usize..).and_then(|rest| rest.chars().next());
    let (t_in_lead, t_after) = ("Alpha ".len() as u32, "Alpha the history of ".len() as u32);
    assert_eq!((letter(t_in_lead), letter(t_after)), (Some('t'), Some('t')));
    assert!(glyph(t_in_lead).is_some() && glyph(t_in_lead) != glyph(t_after), "{line:?}");
    assert!(outputs.document("flow.xhtml").contains("<span class=\"lead-in\">It rained.</span>"));
}

#[test]
fn contents_and_copyright_page_say_the_same() {
    let outputs = outputs(BOOK);
    let contents = outputs.document("contents.xhtml");
    for title in ["Ebb", "Flow", "Notes"] {
        assert!(contents.contains(&format!(">{title}</a>")), "{contents}");
        assert!(outputs.paper_says(title));
    }
    let copyright = outputs.document("copyright.xhtml");
    for line in ["Tides: A Guide", "Quay, 2026"] {
        assert!(copyright.contains(&format!("<p class=\"first\">{line}</p>")), "{copyright}");
        assert!(outputs.paper_says(line), "{:?}", outputs.pages());
    }
}

#[test]
fn a_book_without_a_contents_page_has_no_landmark_that_is_not_read() {
    let book = BOOK.replacen("date =", "front-matter = \"listed\"\ndate =", 1);
    let outputs = outputs(&book);
    assert!(!outputs.has_document("contents.xhtml"));
    let nav = outputs.document("nav.xhtml");
    assert!(nav.contains("epub:type=\"bodymatter\""), "{nav}");
    assert!(!nav.contains("nav.xhtml#toc"), "{nav}");
}
