//! What the documents look like, kind by kind.

use bindery::model::*;

use crate::builder::*;
use crate::golden::golden;

fn page(blocks: Vec<Block>) -> Case {
    Case::new(vec![chapter(Role::Preface, "text", "Text", blocks)])
}

fn xhtml_golden(name: &str, case: Case) {
    golden(&format!("xhtml/{name}"), &case.resolved().open().text("text.xhtml"));
}

#[test]
fn inlines() {
    let mut span_el = inline(InlineKind::group(vec![text("עברית")]));
    span_el.attrs.set_lang(lang("he"));
    let mut case = page(vec![paragraph(vec![
        text("Plain, "),
        emph(vec![text("emphasis with "), strong(vec![text("strong")])]),
        inline(InlineKind::SoftBreak),
        inline(InlineKind::Strike(vec![text("gone")])),
        inline(InlineKind::SmallCaps(vec![text("NASA")])),
        inline(InlineKind::Sub(vec![text("2")])),
        inline(InlineKind::Sup(vec![text("th")])),
        inline(InlineKind::code("a < b && c")),
        inline(InlineKind::HardBreak),
        inline(InlineKind::link(
            LinkTarget::External(address("https://example.org/?a=1&b=2")),
            vec![text("out")],
        )),
        // What is left of a link to `javascript:`, which is no external address.
        inline(InlineKind::group(vec![text("nowhere")])),
        span_el,
        inline(InlineKind::Math("x^2 < y".into())),
        inline(InlineKind::Image(image(0, Alt::Decorative))),
    ])]);
    case.png("mark.png");
    xhtml_golden("inlines.xhtml", case);
}

#[test]
fn blocks() {
    let mut div = block(BlockKind::Div(vec![para("Bonjour.")]));
    div.attrs.set_lang(lang("fr"));
    div.attrs.add_class("letter");
    let mut named = para("A paragraph with an id.");
    named.attrs.set_id("named");
    xhtml_golden(
        "blocks.xhtml",
        page(vec![
            para("First."),
            para("Second."),
            heading(2, "Section"),
            para("Under a heading."),
            block(BlockKind::SceneBreak),
            para("After a break."),
            heading(3, "Subsection"),
            quote(QuoteRole::Plain, vec![para("Quoted.")], "Somebody"),
            quote(
                QuoteRole::Pull,
                vec![paragraph(vec![text("Pulled "), emph(vec![text("out")])])],
                "",
            ),
            block(BlockKind::Admonition { kind: AdmonitionKind::Tip, blocks: vec![para("Do.")] }),
            block(BlockKind::Admonition {
                kind: AdmonitionKind::Warning,
                blocks: vec![para("Don’t.")],
            }),
            block(BlockKind::Code {
                tokens: vec![],
                lang: Some("rust,ignore".into()),
                text: "fn main() {\n    a(&b);\n}\n".into(),
            }),
            block(BlockKind::Verse(vec![vec![
                VerseLine { indent: 0, content: vec![text("One line,")] },
                VerseLine { indent: 2, content: vec![text("and another.")] },
            ]])),
            div,
            named,
            block(BlockKind::PageBreak),
            block(BlockKind::Math("\\sum_i x_i".into())),
        ]),
    );
}

/// Keys could not move a formula that is wider than the screen.
#[test]
fn wide_formulas_can_be_moved_by_keys_and_others_are_no_stop() {
    let formula = |tex: &str| block(BlockKind::Math(tex.into()));
    let wide = "(x + y)^3 = x^3 + 3 x^2 y + 3 x y^2 + y^3";
    let text =
        page(vec![formula("p^2 = 2q^2"), formula(wide)]).resolved().open().text("text.xhtml");
    let formulas: Vec<&str> = text.lines().filter(|line| line.contains("<math")).collect();
    let stops: Vec<bool> = formulas.iter().map(|line| line.contains("tabindex=\"0\"")).collect();
    assert_eq!(stops, [false, true], "{text}");
}

#[test]
fn lists() {
    xhtml_golden(
        "lists.xhtml",
        page(vec![
            list(
                None,
                true,
                vec![
                    item(
                        None,
                        vec![
                            para("one"),
                            list(Some(3), true, vec![item(None, vec![para("deep")])]),
                        ],
                    ),
                    item(None, vec![para("two")]),
                ],
            ),
            list(Some(1), false, vec![item(None, vec![para("loose"), para("with more")])]),
            list(
                None,
                true,
                vec![item(Some(true), vec![para("done")]), item(Some(false), vec![para("open")])],
            ),
            block(BlockKind::DefinitionList(vec![Definition {
                terms: vec![vec![text("Term")]],
                meanings: vec![vec![para("What it means.")]],
            }])),
        ]),
    );
}

#[test]
fn tables() {
    let table = Table {
        columns: vec![Align::Start, Align::Center, Align::End],
        head: vec![row(&["Name", "Kind", "Sum"])],
        rows: vec![row(&["a", "b", "1"]), row(&["c", "", "2"])],
        caption: vec![text("What things cost")],
    };
    let with_row_heads = Table {
        columns: vec![Align::Start; 2],
        head: vec![row(&["", "Now"])],
        rows: vec![row(&["Before", "x"])],
        caption: vec![],
    };
    xhtml_golden(
        "tables.xhtml",
        page(vec![block(BlockKind::Table(table)), block(BlockKind::Table(with_row_heads))]),
    );
}

#[test]
fn figures() {
    let mut case = page(vec![
        figure(0, "A tower on its top", "The tower"),
        figure(1, "A field", ""),
        block(BlockKind::Figure {
            images: vec![image(0, Alt::Missing), image(1, Alt::Decorative)],
            caption: vec![emph(vec![text("Two")])],
        }),
    ]);
    case.svg("images/Tower 1.svg");
    case.jpeg("images/field.jpg", "");
    case.book.images[1].width = Some(60);
    xhtml_golden("figures.xhtml", case);
}

#[test]
fn notes() {
    let mut case = page(vec![
        paragraph(vec![text("Once"), note(0), text(" and again"), note(0), text(".")]),
        paragraph(vec![text("Another"), note(1), text(".")]),
    ]);
    case.book.notes = vec![
        foot(0, 1, vec![para("Twice called."), para("With a second paragraph.")]),
        foot(0, 2, vec![list(None, true, vec![item(None, vec![para("A list")])])]),
        foot(0, 3, vec![para("Never called.")]),
    ];
    xhtml_golden("notes.xhtml", case);
}

#[test]
fn opening() {
    let epigraph = quote(QuoteRole::Epigraph, vec![para("Know thyself.")], "Delphi");
    let first = paragraph(vec![
        text("When the "),
        emph(vec![text("tower fell")]),
        text(", nobody looked up."),
    ]);
    let mut essay = chapter(Role::Chapter, "01-tower", "The Tower", vec![epigraph, first]);
    essay.number = Some(1.into());
    essay.subtitle = vec![text("On falling")];
    essay.opener = Some(image(0, Alt::Text("A tower".into())));
    let next = chapter(Role::Chapter, "02-ruin", "The Ruin", vec![para("Text.")]);
    let mut case = Case::new(vec![essay, next]);
    case.theme.chapter_label = "Essay".into();
    case.svg("tower.svg");
    golden("xhtml/opening.xhtml", &case.resolved().open().text("01-tower.xhtml"));
}

#[test]
fn generated_pages() {
    let made = |role, stem: &str| Chapter { file: None, ..chapter(role, stem, "", vec![]) };
    let mut case = Case::new(vec![
        made(Role::HalfTitle, "half-title"),
        made(Role::TitlePage, "title-page"),
        made(Role::Copyright, "copyright"),
        chapter(Role::Chapter, "a", "A", vec![para("Text.")]),
    ]);
    case.book.meta.subtitle = Some("And More".into());
    case.book.meta.publisher = Some("The Press".into());
    case.book.meta.date = Some("2026-11".into());
    case.book.meta.rights = Some("© 2026 Ann Author".into());
    case.book.meta.isbn = Some("9780000000002".into());
    let opened = case.resolved().open();
    golden("xhtml/title-page.xhtml", &opened.text("title-page.xhtml"));
    golden("xhtml/copyright.xhtml", &opened.text("copyright.xhtml"));
    assert!(!opened.names.iter().any(|n| n.contains("half-title")));
}

fn navigable() -> Case {
    let mut guide = chapter(
        Role::Chapter,
        "guide",
        "A Guide",
        vec![
            heading(2, "One"),
            para("First page. Second page."),
            heading(3, "One A"),
            heading(4, "Too deep"),
            heading(2, "Two"),
        ],
    );
    guide.subtitle = vec![text("To everything")];
    let contents = Chapter { file: None, ..chapter(Role::Contents, "contents", "", vec![]) };
    let mut case = Case::new(vec![
        contents,
        chapter(Role::Preface, "preface", "Preface", vec![para("Before.")]),
        chapter(Role::Part, "part", "Part One", vec![]),
        guide,
        chapter(Role::Appendix, "appendix", "What if?", vec![para("After.")]),
    ])
    .resolved();
    case.mark("v", "Before");
    case.mark("1", "First page");
    case.mark("2", "Second page");
    case
}

#[test]
fn navigation() {
    let opened = navigable().open();
    golden("nav/nav.xhtml", &opened.text("nav.xhtml"));
    golden("nav/toc.ncx", &opened.text("toc.ncx"));
    golden("nav/guide.xhtml", &opened.text("guide.xhtml"));
    golden("nav/contents.xhtml", &opened.text("contents.xhtml"));
}

#[test]
fn package() {
    let mut case = navigable();
    let person = |name: &str, role| Contributor { name: name.into(), sort: None, role };
    let meta = &mut case.book.meta;
    meta.contributors.push(person("Ed Itor", ContributorRole::Editor));
    meta.subtitle = Some("And <More>".into());
    meta.publisher = Some("Press & Co".into());
    meta.date = Some("2026-11-22".into());
    meta.isbn = Some("9780000000002".into());
    meta.description = Some("About it.".into());
    meta.subjects = vec!["One".into(), "Two".into()];
    meta.rights = Some("CC BY 4.0".into());
    meta.series = Some(Series { name: "A Series".into(), position: Some("2".into()) });
    meta.certified_by = Some("Ann Author".into());
    case.extra_css = Some("p { margin: 0 }".into());
    let package = case.open().text("content.opf");
    let version = concat!("bindery ", env!("CARGO_PKG_VERSION"));
    golden("package/content.opf", &package.replace(version, "bindery VERSION"));
}

#[test]
fn right_to_left() {
    let mut case = Case::new(vec![chapter(Role::Chapter, "a", "א", vec![para("טקסט")])]);
    case.book.meta.language = lang("he");
    let opened = case.resolved().open();
    assert!(opened.text("content.opf").contains("page-progression-direction=\"rtl\""));
    assert!(opened.text("a.xhtml").contains("lang=\"he\" xml:lang=\"he\" dir=\"rtl\""));
}
