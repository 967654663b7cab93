//! What holds for every EPUB.

use std::io::Cursor;

use bindery::model::*;
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::builder::*;

fn simple(blocks: Vec<Block>) -> Case {
    Case::new(vec![chapter(Role::Preface, "a", "A", blocks)])
}

/// The text of a document, read by another parser than wrote it.
fn words_of(document: &str) -> String {
    let mut reader = Reader::from_str(document);
    let mut words = String::new();
    loop {
        match reader.read_event().expect("well formed") {
            Event::Text(text) => words.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => {
                let entity = format!("&{};", &*name);
                words.push_str(&quick_xml::escape::unescape(&entity).expect("known"));
            }
            Event::Eof => return words,
            _ => {}
        }
    }
}

#[test]
fn two_builds_are_the_same() {
    let mut case = simple(vec![para("Text."), figure(0, "Alt", "")]);
    case.jpeg("a.jpg", "");
    case.embed_fonts = true;
    let case = case.resolved();
    assert_eq!(case.bytes(), case.bytes());
}

#[test]
fn the_archive_is_in_order_and_without_a_clock() {
    let mut case = simple(vec![figure(0, "Alt", ""), figure(1, "Alt", "")]);
    case.jpeg("a.jpg", "");
    case.svg("b.svg");
    let opened = case.resolved().open();
    assert_eq!(
        opened.names,
        [
            "mimetype",
            "META-INF/container.xml",
            "META-INF/com.apple.ibooks.display-options.xml",
            "OEBPS/content.opf",
            "OEBPS/nav.xhtml",
            "OEBPS/toc.ncx",
            "OEBPS/stylesheet.css",
            "OEBPS/a.xhtml",
            "OEBPS/images/a.jpg",
            "OEBPS/images/b.png",
            "OEBPS/images/b.svg",
        ]
    );
    assert_eq!(&opened.bytes[30..58], b"mimetypeapplication/epub+zip");
    let mut archive = zip::ZipArchive::new(Cursor::new(&opened.bytes)).expect("a ZIP file");
    for n in 0..archive.len() {
        let file = archive.by_index(n).expect("a file");
        let stored = file.compression() == zip::CompressionMethod::Stored;
        let picture = file.name().contains("/images/") && !file.name().ends_with(".svg");
        let packed = picture || file.name() == "mimetype";
        assert_eq!(stored, packed, "{}", file.name());
        assert_eq!(file.last_modified(), Some(zip::DateTime::default()), "{}", file.name());
        assert!(file.extra_data().is_none_or(<[u8]>::is_empty), "{}", file.name());
    }
}

#[test]
fn one_missing_description_takes_the_claim_away() {
    let package = |alt| {
        let figure = BlockKind::Figure { images: vec![image(0, alt)], caption: vec![] };
        let mut case = simple(vec![block(figure)]);
        case.jpeg("a.jpg", "");
        case.resolved().open().text("content.opf")
    };
    let described = package(Alt::Text("A field".into()));
    assert!(described.contains(">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>"));
    assert!(described.contains(">alternativeText</meta>"));
    let missing = package(Alt::Missing);
    assert!(!missing.contains("conformsTo"));
    assert!(!missing.contains("alternativeText"));
    let decorative = package(Alt::Decorative);
    assert!(decorative.contains("conformsTo"));
    assert!(!decorative.contains("visual"));
}

/// A picture that is decoration was once the head of a row (Ace,
/// `empty-table-header`).
#[test]
fn a_cell_without_words_is_no_head() {
    let cell = |content| Cell { content, head: false, span: span() };
    let decoration = inline(InlineKind::Image(image(0, Alt::Decorative)));
    let table = Table {
        columns: vec![Align::Start, Align::Start],
        head: vec![Row { cells: vec![cell(vec![]), cell(vec![text("Head")])] }],
        rows: vec![
            Row { cells: vec![cell(vec![decoration]), cell(vec![text("one")])] },
            Row { cells: vec![cell(vec![text("said")]), cell(vec![text("two")])] },
        ],
        caption: vec![],
    };
    let mut case = simple(vec![block(BlockKind::Table(table))]);
    case.jpeg("a.jpg", "");
    let page = case.resolved().open().text("a.xhtml");
    assert!(page.contains("<tr><td></td><th scope=\"col\">Head</th></tr>"), "{page}");
    assert!(page.contains("<tr><td><img "), "{page}");
    assert!(page.contains("<tr><th scope=\"row\">said</th>"), "{page}");
}

#[test]
fn an_exemption_is_said_where_it_is_declared() {
    let package = |exemption| {
        let mut case = simple(vec![para("Text.")]);
        case.book.meta.exemption = exemption;
        case.resolved().open().text("content.opf")
    };
    assert!(!package(None).contains("exemption"));
    for exemption in Exemption::ALL {
        let wanted = format!("<meta property=\"a11y:exemption\">{}</meta>", exemption.name());
        assert!(package(Some(exemption)).contains(&wanted));
    }
}

#[test]
fn every_footnote_leads_back_to_each_of_its_marks() {
    let mut case = simple(vec![paragraph(vec![note(0), note(1), note(0)])]);
    case.book.notes = vec![
        foot(0, 1, vec![paragraph(vec![text("See "), note(2)])]),
        foot(0, 2, vec![para("Two")]),
        foot(0, 3, vec![para("Called for by a note")]),
    ];
    let page = case.resolved().open().text("a.xhtml");
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|s| s.split('"').next()).collect();
    for href in page.split("href=\"#").skip(1).filter_map(|s| s.split('"').next()) {
        assert!(ids.contains(&href), "#{href} leads nowhere");
    }
    let marks: Vec<_> = ids.iter().filter(|id| id.contains("-ref")).collect();
    assert_eq!(marks.len(), 4);
    for mark in marks {
        assert!(page.contains(&format!("href=\"#{mark}\"")), "no way back to {mark}");
    }
}

#[test]
fn page_marks_stand_at_their_word() {
    let nested = emph(vec![text("In emphasis "), strong(vec![text("bold pager ends")])]);
    let mut case =
        simple(vec![heading(2, "A heading"), paragraph(vec![text("Start. "), nested])]).resolved();
    case.mark("xii", "A heading");
    case.mark("13", "pager");
    case.mark("14", "ends");
    let opened = case.open();
    let page = opened.text("a.xhtml");
    let mark = |tag: &str, label: &str| {
        format!(
            "<{tag} epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page-{label}\" \
             aria-label=\"{label}\"></{tag}>"
        )
    };
    assert!(page.contains(&format!("{}\n<h2", mark("div", "xii"))), "{page}");
    let strong =
        format!("<strong>bold {}pager {}ends</strong>", mark("span", "13"), mark("span", "14"));
    assert!(page.contains(&strong), "{page}");
    let package = opened.text("content.opf");
    assert!(package.contains(">pageBreakMarkers</meta>"));
    assert!(package.contains("<meta property=\"pageBreakSource\">The Book, print edition (PDF)"));
}

#[test]
fn a_page_mark_within_a_character_falls_before_it() {
    let mut case = simple(vec![para("été")]).resolved();
    case.mark("1", "été");
    case.page_marks[0].byte = 1;
    assert!(case.open().text("a.xhtml").contains("></span>été"));
}

#[test]
fn no_page_marks_no_page_list() {
    let opened = simple(vec![para("Text")]).resolved().open();
    assert!(!opened.text("nav.xhtml").contains("page-list"));
    assert!(!opened.text("toc.ncx").contains("pageList"));
    let package = opened.text("content.opf");
    assert!(!package.contains("pageBreak") && !package.contains("pageNavigation"));
}

#[test]
fn links_lead_to_chapters_and_sections() {
    let mut case = Case::new(vec![
        chapter(Role::Chapter, "a", "A", vec![para("here")]),
        chapter(Role::Chapter, "b", "B", vec![heading(2, "Section")]),
    ])
    .resolved();
    case.book.chapters[1].number = Some(2.into());
    for anchor in case.book.anchors.iter_mut().filter(|a| a.id == "ch-b") {
        anchor.number = Some(2.into());
    }
    let link = |target| inline(InlineKind::link(target, vec![text("x")]));
    let reference = |target, form| inline(InlineKind::Ref { target, form });
    let (a, b, section) = (case.anchor("ch-a"), case.anchor("ch-b"), case.anchor("section"));
    case.book.chapters[0].blocks.push(paragraph(vec![
        link(a),
        link(b.clone()),
        link(section.clone()),
        reference(b, RefForm::Number),
        reference(section, RefForm::Page),
    ]));
    let page = case.open().text("a.xhtml");
    assert!(page.contains("<a href=\"#ch-a\">x</a><a href=\"b.xhtml\">x</a>"));
    assert!(page.contains("<a href=\"b.xhtml#section\">x</a>"));
    assert!(
        page.contains(
            "<a href=\"b.xhtml\">Chapter\u{a0}2</a><a href=\"b.xhtml#section\">Section</a>"
        )
    );
}

#[test]
fn the_same_picture_is_stored_once_under_safe_names() {
    let mut case = simple(vec![figure(0, "a", ""), figure(1, "b", ""), figure(2, "c", "")]);
    case.jpeg("one/Bild Ä.jpg", "same");
    case.jpeg("two/bild.jpg", "same");
    case.jpeg("three/bild.jpg", "other");
    let opened = case.resolved().open();
    let images: Vec<_> = opened.names.iter().filter(|n| n.contains("images/")).collect();
    assert_eq!(images, ["OEBPS/images/bild.jpg", "OEBPS/images/bild-2.jpg"]);
}

#[test]
fn forbidden_characters_are_dropped_everywhere() {
    let mut case = simple(vec![para("a\u{0}b\u{8}c\u{fffe}"), heading(2, "x\u{1}y")]);
    case.book.meta.title = "T\u{b}itle".into();
    case.book.meta.description = Some("d\u{1f}d".into());
    let opened = case.resolved().open();
    assert!(opened.text("a.xhtml").contains("<p class=\"first\">abc</p>"));
    assert!(opened.text("nav.xhtml").contains(">xy</a>"));
    let package = opened.text("content.opf");
    assert!(package.contains(">Title</dc:title>") && package.contains(">dd</dc:description>"));
}

#[test]
fn an_empty_book_is_still_a_book() {
    let opened = Case::new(vec![]).open();
    words_of(&opened.text("nav.xhtml"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_words_come_out_as_they_went_in(
        words in proptest::collection::vec("[^\\p{C}\\r]{0,12}|[<>&\"'\\]]{1,4}", 0..6),
        byte in 0u32..40,
    ) {
        let inlines: Vec<Inline> = words.iter().map(|w| emph(vec![text(w)])).collect();
        let mut case = simple(vec![paragraph(inlines)]).resolved();
        case.page_marks = (0..12)
            .map(|n| bindery::epub::PageMark { label: n.to_string(), node: NodeId(n), byte })
            .collect();
        let read = words_of(&case.open().text("a.xhtml"));
        let whole = words.concat();
        prop_assert!(read.contains(&whole), "{read:?} lacks {whole:?}");
    }
}
