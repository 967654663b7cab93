//! A reader of the e-book and a reader of the paper book open the same page:
//! every target of the page list stands before the word with which that page
//! begins.
//!
//! The words of the pages are read off where their glyphs stand, without
//! asking the setter what it believes a page to begin with.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::PathBuf;

use bindery::assets;
use bindery::diag::Diagnostics;
use bindery::manuscript;
use bindery::page::{GlyphRun, Item, Page, Pages, StructKind, Structure, Tag};
use bindery::pipeline::{Output, Project};
use bindery::resolve::resolve;
use bindery::text::FontBook;
use bindery::theme::Theme;
use bindery::typeset::{TypesetInput, typeset};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// How many targets are looked at, and where the sequence begins that chooses
/// them.
const TARGETS: usize = 10;
const SEED: u64 = 20_261_123;

/// Of this many points, lines of one height may differ.
const SAME_LINE: f64 = 3.0;
/// A letter this many points high is a drop cap.
const DROP_CAP: f64 = 30.0;

fn book() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("book")
}

/// The documents of the EPUB by their names.
fn documents() -> BTreeMap<String, String> {
    let built = Project::read(&book()).build(&[Output::Epub { page_list: true }]);
    let epub = built.and_then(|b| b.files.into_iter().next()).expect("the book is built").bytes;
    let mut archive = zip::ZipArchive::new(Cursor::new(epub)).expect("a ZIP file");
    let mut documents = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a file");
        if let Some(name) = file.name().strip_prefix("OEBPS/").map(str::to_owned)
            && name.ends_with(".xhtml")
        {
            let mut text = String::new();
            file.read_to_string(&mut text).expect("text");
            documents.insert(name, text);
        }
    }
    documents
}

fn pages() -> Pages {
    let root = book();
    let mut diagnostics = Diagnostics::default();
    let mut manuscript = manuscript::read(&root, &mut diagnostics).expect("a manuscript");
    bindery::finalize::make_pages(&mut manuscript.book);
    resolve(&mut manuscript.book, &mut diagnostics);
    let theme = Theme::with(&manuscript.overrides);
    bindery::finalize::finalize(&mut manuscript.book, &theme);
    let fonts = FontBook::shipped();
    let assets = assets::load(&manuscript.book, &root, &theme, &fonts, &mut diagnostics);
    let input = TypesetInput {
        book: &manuscript.book,
        assets: &assets,
        theme: &theme,
        fonts: &fonts,
        cover: None,
        hyphenation: &manuscript.hyphenation,
    };
    typeset(&input, &mut diagnostics)
}

/// The page list: label, document, id.
fn targets(nav: &str) -> Vec<(String, String, String)> {
    let list = nav.split("role=\"doc-pagelist\"").nth(1).and_then(|n| n.split("</nav>").next());
    let entry = |item: &str| {
        let (href, rest) = item.split_once('"')?;
        let (document, id) = href.split_once('#')?;
        let label = rest.strip_prefix('>')?.split('<').next()?;
        Some((label.to_owned(), document.to_owned(), id.to_owned()))
    };
    list.expect("a page list").split("href=\"").skip(1).filter_map(entry).collect()
}

/// The first word after the element with an id.
fn word_after(document: &str, id: &str) -> String {
    let mut reader = Reader::from_str(document);
    let mut found = false;
    let mut word = String::new();
    loop {
        match reader.read_event().expect("well formed") {
            Event::Start(tag) | Event::Empty(tag) => {
                found |= has_id(&tag, id);
                if is_block(tag.name().as_ref()) {
                    word.push(' ');
                }
            }
            Event::End(tag) if is_block(tag.name().as_ref()) => word.push(' '),
            Event::Text(text) if found => word.push_str(&text.xml10_content()),
            Event::GeneralRef(name) if found => {
                let entity = format!("&{};", &*name);
                word.push_str(&quick_xml::escape::unescape(&entity).expect("known"));
            }
            Event::Eof => break,
            _ => {}
        }
        if word.trim_start().contains(char::is_whitespace) {
            break;
        }
    }
    first_word(&word)
}

fn has_id(tag: &BytesStart<'_>, id: &str) -> bool {
    let given = tag.try_get_attribute("id").expect("well formed");
    given.is_some_and(|a| &*a.value == id)
}

fn is_block(name: &str) -> bool {
    !matches!(name, "span" | "em" | "strong" | "a" | "sup" | "sub" | "code" | "del")
}

/// The first word of a text, without what is not seen in it.
fn first_word(text: &str) -> String {
    let word = text.split_whitespace().next().unwrap_or("");
    word.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{2060}')).collect()
}

/// Whether a run is words of the running text: no furniture, no note at the
/// foot, no caption of a picture that has been moved there.
fn is_running(run: &GlyphRun, structure: &Structure) -> bool {
    let Tag::Node(id) = run.tag else { return false };
    let mut next = structure.get(id);
    while let Some(node) = next {
        if matches!(node.kind, StructKind::Note | StructKind::Caption | StructKind::Figure { .. }) {
            return false;
        }
        next = node.parent.and_then(|parent| structure.get(parent));
    }
    true
}

/// The first word that is seen on a page, from above and from the left.
fn word_of(page: &Page, structure: &Structure) -> String {
    let mut runs: Vec<(f64, &GlyphRun)> = Vec::new();
    for item in &page.items {
        if let Item::Glyphs(run) = item
            && is_running(run, structure)
        {
            // Where its capitals end above: a drop cap begins with the first line.
            runs.push((run.origin.y.0 - 0.65 * run.size.0, run));
        }
    }
    runs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut text = String::new();
    while let Some(top) = runs.first().map(|run| run.0) {
        let end = runs.partition_point(|run| run.0 < top + SAME_LINE);
        let mut line: Vec<&GlyphRun> = runs.drain(..end).map(|run| run.1).collect();
        line.sort_by(|a, b| a.origin.x.0.total_cmp(&b.origin.x.0));
        for run in &line {
            let hyphen = run.actual_text.as_deref() == Some("\u{ad}");
            text.push_str(if hyphen { "" } else { &run.text });
        }
        if text.trim_start().contains(char::is_whitespace) {
            break;
        }
    }
    first_word(&text)
}

fn has_drop_cap(page: &Page) -> bool {
    page.items.iter().any(|item| match item {
        Item::Glyphs(run) => {
            run.size.0 > DROP_CAP && run.text.chars().filter(|c| c.is_alphanumeric()).count() == 1
        }
        Item::Picture(_) | Item::Rule(_) | Item::Link(_) => false,
    })
}

#[test]
fn ten_targets_of_the_page_list_lead_to_the_first_words_of_their_pages() {
    let documents = documents();
    let pages = pages();
    let targets = targets(&documents["nav.xhtml"]);
    let page_of = |label: &str| {
        let page = pages.pages.iter().find(|page| page.folio.to_string() == label);
        page.unwrap_or_else(|| panic!("no page {label}"))
    };
    // A linear congruential sequence (Knuth's MMIX).
    let mut state = SEED;
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < TARGETS {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = usize::try_from(state >> 33).expect("31 bits") % targets.len();
        if !chosen.contains(&at) {
            chosen.push(at);
        }
    }
    let drop_caps: Vec<usize> =
        (0..targets.len()).filter(|&at| has_drop_cap(page_of(&targets[at].0))).collect();
    assert!(drop_caps.len() >= 4, "each essay begins with a drop cap");
    for at in chosen.into_iter().chain(drop_caps) {
        let (label, document, id) = &targets[at];
        let printed = word_of(page_of(label), &pages.structure);
        assert!(!printed.is_empty(), "page {label} begins with a word");
        // The label of a chapter is printed in small capitals, all of it.
        let marked = word_after(&documents[document], id);
        assert_eq!(marked.to_lowercase(), printed.to_lowercase(), "page {label}");
    }
}
