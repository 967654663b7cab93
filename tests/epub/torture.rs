//! One book with every kind of block and inline, three languages, notes in
//! odd places and real pictures. It is written to the test folder of the
//! target directory, where the validators pick it up.

use std::io::Write;
use std::path::Path;

use bindery::assets::{Cover, CoverArt, load};
use bindery::diag::Diagnostics;
use bindery::epub::{EpubInput, write};
use bindery::model::*;

use crate::builder::*;

const PICTURES: [&str; 4] = [
    "images/guide-opener.svg",
    "images/guide-stairs.png",
    "images/after-school.jpg",
    "images/mark.svg",
];

fn languages() -> Vec<Block> {
    let in_lang = |tag, block: Block| {
        let mut block = block;
        block.attrs.set_lang(lang(tag));
        block
    };
    let mut french = inline(InlineKind::group(vec![text("raison d’être")]));
    french.attrs.set_lang(lang("fr"));
    vec![
        heading(2, "Languages"),
        paragraph(vec![text("A book needs a "), french, text(", and says so.")]),
        in_lang("de", quote(QuoteRole::Plain, vec![para("Wer vielerlei liest, merkt wenig.")], "")),
        in_lang("he", quote(QuoteRole::Plain, vec![para("בְּרֵאשִׁית, “in the beginning”, 1:1")], "")),
    ]
}

fn lists() -> Vec<Block> {
    let nested = list(
        Some(4),
        true,
        vec![
            item(None, vec![para("the fourth")]),
            item(
                None,
                vec![para("the fifth"), list(None, true, vec![item(None, vec![para("deep")])])],
            ),
        ],
    );
    vec![
        heading(2, "Lists"),
        list(
            None,
            true,
            vec![
                item(None, vec![paragraph(vec![text("with a note"), note(1)])]),
                item(None, vec![para("with a list"), nested]),
            ],
        ),
        list(
            Some(1),
            false,
            vec![
                item(None, vec![para("A loose item."), para("Its second paragraph.")]),
                item(None, vec![para("Another.")]),
            ],
        ),
        list(
            None,
            true,
            vec![item(Some(true), vec![para("written")]), item(Some(false), vec![para("bound")])],
        ),
        block(BlockKind::DefinitionList(vec![Definition {
            terms: vec![vec![text("Recto")], vec![text("Right-hand page")]],
            meanings: vec![vec![para("Where a chapter opens.")], vec![para("Odd folios.")]],
        }])),
    ]
}

fn tables_and_figures() -> Vec<Block> {
    let cell = |content| Cell { content, head: false, span: span() };
    let table = Table {
        columns: vec![Align::Start, Align::Center, Align::End],
        head: vec![row(&["", "Kind", "Price"])],
        rows: vec![
            row(&["Ink", "black", "12.50"]),
            Row {
                cells: vec![
                    cell(vec![text("Paper")]),
                    cell(vec![text("laid"), note(1)]),
                    cell(vec![strong(vec![text("140.00")])]),
                ],
            },
        ],
        caption: vec![text("What a book is made of")],
    };
    let many = Table {
        columns: vec![Align::Start; 6],
        head: vec![row(&["One", "Two", "Three", "Four", "Five", "Six"])],
        rows: vec![row(&["Incomprehensibility", "is", "a", "long", "word", "here"])],
        caption: vec![],
    };
    let pair = BlockKind::Figure {
        images: vec![
            image(2, Alt::Text("A school from above".into())),
            image(1, Alt::Text("Stairs that fold over themselves".into())),
        ],
        caption: vec![text("Two pictures under one caption")],
    };
    vec![
        heading(2, "Tables and figures"),
        paragraph(vec![text("Right before a table"), note(2), text(".")]),
        block(BlockKind::Table(table)),
        para("Between the two."),
        block(BlockKind::Table(many)),
        figure(
            1,
            "Stairs that fold over themselves",
            "Stairs, with a caption that is long enough to need a second line on a telephone.",
        ),
        para("After a figure with a caption."),
        figure(2, "A school from above", ""),
        block(pair),
        block(BlockKind::Figure { images: vec![image(3, Alt::Decorative)], caption: vec![] }),
    ]
}

fn text_blocks() -> Vec<Block> {
    let long = "Long paragraphs are what a book consists of; whoever sets one looks at them first, \
                and at how their words are spaced, broken and indented, before at anything else. ";
    vec![
        heading(2, "Text"),
        paragraph(vec![
            text(long),
            emph(vec![text("Emphasis, "), emph(vec![text("turned")]), text(", and ")]),
            strong(vec![text("strength")]),
            text("; "),
            inline(InlineKind::Strike(vec![text("gone")])),
            text(", "),
            inline(InlineKind::SmallCaps(vec![text("nasa")])),
            text(", H"),
            inline(InlineKind::Sub(vec![text("2")])),
            text("O, 21"),
            inline(InlineKind::Sup(vec![text("st")])),
            text(", "),
            inline(InlineKind::code("cargo run")),
            text(", "),
            inline(InlineKind::link(
LinkTarget::External(address("https://example.org/a?b=c&d")),
vec![text("a link")],
)),
            text(", "),
            inline(InlineKind::Math("e^{i\\pi} = -1".into())),
            text(" and a picture "),
            inline(InlineKind::Image(image(3, Alt::Text("the press’s mark".into())))),
            text(" in 1234567890 lines."),
            note(0),
        ]),
        paragraph(vec![text(long), text("The same note again."), note(0)]),
        block(BlockKind::SceneBreak),
        para(long),
        quote(QuoteRole::Pull, vec![para("What is left is what you notice.")], ""),
        para(long),
        quote(QuoteRole::Plain, vec![para(long), para("A second paragraph.")], "Somebody, Somewhere"),
        heading(3, "Deeper"),
        heading(4, "And deeper"),
        block(BlockKind::Admonition { kind: AdmonitionKind::Tip, blocks: vec![para(long)] }),
        block(BlockKind::Admonition { kind: AdmonitionKind::Warning, blocks: vec![para("Hot.")] }),
        block(BlockKind::Code { tokens: vec![],
            lang: Some("rust".into()),
            text: "fn main() {\n    println!(\"a line that is longer than most telephones are wide: {}\", 1 < 2);\n}\n".into(),
        }),
        block(BlockKind::Verse(vec![
            vec![
                VerseLine { indent: 0, content: vec![text("A line of verse that is set as one")] },
                VerseLine { indent: 1, content: vec![text("And one set in.")] },
            ],
            vec![VerseLine { indent: 0, content: vec![text("Another stanza.")] }],
        ])),
        block(BlockKind::Math("\\int_0^1 x^2\\,dx = \\frac13".into())),
        block(BlockKind::Div(vec![para("Within a group.")])),
        block(BlockKind::PageBreak),
        para("After a page break."),
    ]
}

/// The torture book.
pub fn book() -> Case {
    let made = |role, stem: &str| Chapter { file: None, ..chapter(role, stem, "", vec![]) };
    let opening = || {
        vec![
            quote(QuoteRole::Epigraph, vec![para("Festina lente.")], "Aldus Manutius"),
            para("In the beginning there was a press, and somebody who fed it."),
            para("A second paragraph, indented."),
        ]
    };
    let mut one = chapter(Role::Chapter, "01-one", "A guide to everything", opening());
    one.blocks.extend(text_blocks());
    one.blocks.extend(lists());
    one.number = Some(1.into());
    one.subtitle = vec![text("What a book can hold, and how it looks")];
    one.opener = Some(image(0, Alt::Text("A boat on a rising sea".into())));
    let mut two = chapter(Role::Chapter, "02-two", "Without a picture", opening());
    two.blocks.extend(tables_and_figures());
    two.blocks.extend(languages());
    two.number = Some(2.into());
    let mut case = Case::new(vec![
        made(Role::HalfTitle, "half-title"),
        made(Role::TitlePage, "title-page"),
        made(Role::Copyright, "copyright"),
        chapter(Role::Dedication, "dedication", "", vec![para("For the compositor")]),
        chapter(
            Role::Epigraph,
            "epigraph",
            "",
            vec![quote(QuoteRole::Epigraph, vec![para("Read me.")], "A book")],
        ),
        made(Role::Contents, "contents"),
        chapter(Role::Preface, "preface", "Preface", vec![para("Before it all.")]),
        chapter(Role::Part, "part", "The First Part", vec![]),
        one,
        two,
        chapter(Role::Notes, "notes", "Sources", vec![para("From life.")]),
        chapter(Role::Colophon, "colophon", "Colophon", vec![para("Set in Libertinus Serif.")]),
    ]);
    let meta = &mut case.book.meta;
    meta.title = "The Torture Book".into();
    meta.subtitle = Some("Everything at Once".into());
    meta.publisher = Some("The Press".into());
    meta.date = Some("2026-11-22".into());
    meta.rights = Some("© 2026 Ann Author".into());
    meta.isbn = Some("9783161484100".into());
    meta.description = Some("Every kind of block & inline.".into());
    meta.subjects = vec!["Books".into()];
    meta.series = Some(Series { name: "Proofs".into(), position: Some("1".into()) });
    meta.certified_by = Some("Ann Author".into());
    case.theme.chapter_label = "Essay".into();
    case.book.notes = vec![
        foot(8, 1, vec![para("Called for twice; with a second paragraph."), para("This one.")]),
        foot(8, 2, vec![list(None, true, vec![item(None, vec![para("A list in a note.")])])]),
        foot(9, 1, vec![para("Beside a table.")]),
    ];
    for path in PICTURES {
        case.book.images.push(ImageSource {
            path: path.into(),
            span: span(),
            width: None,
            content: ImageContent::File,
            alt: None,
            placement: Placement::Block,
        });
    }
    let mut case = case.resolved();
    for (label, words) in [
        ("vii", "Before it all"),
        ("3", "In the beginning"),
        ("4", "turned"),
        ("5", "Right before"),
    ] {
        case.mark(label, words);
    }
    case.embed_fonts = true;
    case
}

#[test]
fn everything_at_once() {
    let mut case = book();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("book");
    let mut diagnostics = Diagnostics::default();
    case.assets = load(&case.book, &root, &case.theme, &case.fonts, &mut diagnostics);
    let art = CoverArt::Shipped("tap".into());
    let mut cover =
        Cover::compose(&art, &case.book.meta, &case.theme, &case.fonts).expect("a cover");
    cover.alt = Alt::Text("A tap from which letters run".into());
    bindery::finalize::make_pages(&mut case.book);
    bindery::finalize::finalize(&mut case.book, &case.theme);
    let input = EpubInput {
        book: &case.book,
        assets: &case.assets,
        theme: &case.theme,
        fonts: &case.fonts,
        cover: Some(&cover),
        embed_fonts: true,
        extra_css: None,
        page_marks: &case.page_marks,
    };
    let bytes = write(&input).expect("an EPUB");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("torture.epub");
    std::fs::File::create(path).and_then(|mut f| f.write_all(&bytes)).expect("written");
    let opened = Opened::new(bytes);
    let page = opened.text("02-two.xhtml");
    assert_eq!(page.matches("<img ").count(), 5);
    assert!(opened.text("content.opf").contains("conformsTo"));
    assert!(opened.names.iter().any(|n| n == "OEBPS/fonts/BinderSans3-Semibold.otf"));
    assert!(opened.names.iter().any(|n| n == "OEBPS/fonts/SourceSans3-licence.txt"));
}
