//! From Markdown to pages: every `tests/goldens/pages/*.md` is a book of one
//! chapter, and the file beside it where everything on its pages stands.

mod support;

use std::path::PathBuf;

use bindery::assets::Assets;
use bindery::diag::Diagnostics;
use bindery::page::{self, Item, Pages, Side, StructId, StructKind, Tag};
use bindery::text::FontBook;
use bindery::theme::Theme;
use bindery::typeset::{TypesetInput, dump_breaks, typeset};
use support::{Folder, golden};

/// A drawing of 300 by 200 in which there is something to see.
const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 300 200\" \
    width=\"300\" height=\"200\"><path d=\"M0 0h300v200z\"/></svg>";

/// A small page, so that a page is soon full.
const BOOK: &str = "title = \"Golden\"\nfront-matter = \"listed\"\n\
    [page]\ntrim = \"5x7in\"\nmeasure = \"252pt\"\nlines = 24\n\
    [[chapter]]\nfile = \"text.md\"\n";

fn set(text: &str) -> (Pages, Diagnostics) {
    with_input(text, typeset)
}

/// Reads a book of one chapter and makes something of it.
fn with_input<T>(
    text: &str,
    make: impl FnOnce(&TypesetInput<'_>, &mut Diagnostics) -> T,
) -> (T, Diagnostics) {
    let folder =
        Folder::new().with("book.toml", BOOK).with("text.md", text).with("picture.svg", PICTURE);
    let mut outcome = folder.read();
    let mut manuscript = outcome.manuscript.take().expect("a manuscript");
    bindery::highlight::highlight(&mut manuscript.book);
    let theme = Theme::with(&manuscript.overrides);
    let fonts = FontBook::shipped();
    let found = &mut outcome.diagnostics;
    let assets: Assets =
        bindery::assets::load(&manuscript.book, folder.path(), &theme, &fonts, found);
    let input = TypesetInput {
        book: &manuscript.book,
        assets: &assets,
        theme: &theme,
        fonts: &fonts,
        cover: None,
        hyphenation: &manuscript.hyphenation,
    };
    let made = make(&input, &mut outcome.diagnostics);
    (made, outcome.diagnostics)
}

#[test]
fn pages_are_what_their_goldens_say() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/pages");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the goldens")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    assert!(files.len() >= 6, "the goldens are there");
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a golden's manuscript");
        let (pages, _) = set(&text);
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        golden(&format!("pages/{name}.txt"), &page::dump(&pages));
    }
}

/// The words of a page in the order they are read.
fn words(pages: &Pages, page: usize) -> String {
    let runs = pages.pages[page].items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(run.text.to_string()),
        Item::Picture(_) | Item::Rule(_) | Item::Link(_) => None,
    });
    runs.collect()
}

/// Paragraphs of different lengths without a word that could be a heading.
fn prose(paragraphs: usize) -> String {
    let sentence = "The water came up to the third step and stayed there until the \
        evening, when somebody opened the gate and let it out into the meadow.";
    let mut text = String::from("# Long\n\n");
    for i in 0..paragraphs {
        for _ in 0..1 + i % 5 {
            text.push_str(sentence);
            text.push(' ');
        }
        text.push_str("\n\n");
    }
    text
}

#[test]
fn a_dump_of_breaks_says_what_the_page_breaker_weighed() {
    let mut text = String::from("# Long\n\n");
    for (number, paragraph) in prose(27).split("\n\n").skip(1).enumerate() {
        match number {
            12 => text.push_str("## A section\n\n"),
            21 => text.push_str("![A drawing](picture.svg \"What it shows\")\n\n"),
            _ => {}
        }
        if !paragraph.is_empty() {
            text.push_str(&format!("Paragraph {}: {paragraph}\n\n", number + 1));
        }
    }
    let (breaks, _) = with_input(&text, dump_breaks);
    let (again, _) = with_input(&text, dump_breaks);
    assert_eq!(breaks, again);
    golden("breaks.txt", &breaks);
}

#[test]
fn full_pages_end_on_the_last_grid_line_and_facing_pages_are_level() {
    let (pages, diagnostics) = set(&prose(60));
    assert_eq!(diagnostics.iter().count(), 0);
    assert!(pages.pages.len() > 6);
    let feet: Vec<f64> = pages
        .pages
        .iter()
        .map(|page| {
            let size = |item: &Item| match item {
                Item::Glyphs(run) if run.size.0 == 11.0 => Some(run.origin.y.0),
                _ => None,
            };
            page.items.iter().filter_map(size).fold(0.0, f64::max)
        })
        .collect();
    let (_, full) = feet.split_last().expect("pages");
    for (i, foot) in full.iter().enumerate() {
        assert!(
            (foot - full[0]).abs() < 0.01,
            "page {} ends at {foot}, the first at {}",
            i + 1,
            full[0]
        );
    }
}

#[test]
fn chapters_begin_on_a_right_hand_page_without_a_head() {
    let (pages, _) = set(&prose(30));
    assert_eq!(pages.pages[0].side, Side::Recto);
    assert!(!words(&pages, 0).contains("golden"), "no running head on an opening");
    assert!(words(&pages, 1).to_lowercase().contains("golden"), "the book's title on the left");
}

#[test]
fn a_word_at_the_foot_of_a_page_is_never_broken() {
    let (pages, _) = set(&prose(80));
    for page in 0..pages.pages.len() - 1 {
        let last = pages.pages[page].items.iter().rev().find_map(|item| match item {
            Item::Glyphs(run) if run.size.0 == 11.0 && run.text.trim() != "" => Some(run),
            _ => None,
        });
        assert!(last.is_some_and(|run| run.actual_text.is_none()), "page {}", page + 1);
    }
}

#[test]
fn setting_is_repeatable() {
    let (one, _) = set(&prose(20));
    let (two, _) = set(&prose(20));
    assert_eq!(page::dump(&one), page::dump(&two));
}

#[test]
fn a_line_wider_than_the_measure_is_reported() {
    let long = "x".repeat(200);
    let (_, diagnostics) = set(&format!("# Wide\n\nA word: {long}.\n"));
    let found = diagnostics.iter().find(|d| d.code == bindery::diag::Code::OverfullLine);
    assert!(found.is_some_and(|d| d.message.contains("wider than its place")), "{diagnostics:?}");
}

#[test]
fn a_character_without_a_glyph_is_reported_once_with_its_code() {
    let (_, diagnostics) = set("# Glyphs\n\nOne \u{1F9FF} and another \u{1F9FF}.\n");
    let found: Vec<_> =
        diagnostics.iter().filter(|d| d.code == bindery::diag::Code::MissingGlyph).collect();
    assert_eq!(found.len(), 1);
    assert!(found[0].message.contains("U+1F9FF"));
}

#[test]
fn an_opening_is_copied_as_it_is_written() {
    let opening = "Here is the first line of a chapter, and it goes on, ";
    let (pages, _) = set(&format!("# Title\n\n{}and ends.\n", opening.repeat(6)));
    let mut copied = String::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Glyphs(run) = item {
            copied.push_str(run.actual_text.as_deref().unwrap_or(&run.text));
        }
    }
    // The line may end anywhere, with or without a hyphen.
    let copied: String = copied.chars().filter(|c| c.is_alphanumeric()).collect();
    let opening: String = opening.chars().filter(|c| c.is_alphanumeric()).collect();
    assert!(copied.contains(&format!("Title{}andends", opening.repeat(6))), "{copied}");
}

/// Cells that say nothing once vanished from the structure, and their rows had
/// fewer cells than the others (veraPDF, PDF/UA-1 rule 7.2-43).
#[test]
fn empty_cells_are_cells_of_their_rows() {
    let (pages, _) = set(
        "# T\n\n| | head | |\n|---|---|---|\n| | | |\n| a | <img src=\"picture.svg\" alt=\"\"> | |\n\n\
        <table><tr><td colspan=\"2\">wide</td><td></td></tr></table>\n",
    );
    let mut filled: Vec<StructId> = Vec::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Glyphs(run) = item
            && let Tag::Node(id) = run.tag
        {
            filled.push(id);
        }
    }
    let rows = pages.structure.iter().filter(|(_, node)| node.kind == StructKind::TableRow);
    let cells: Vec<usize> = rows
        .map(|(_, row)| row.children.iter().filter(|cell| filled.contains(cell)).count())
        .collect();
    assert_eq!(cells, [3, 3, 3, 3]);
}

#[test]
fn a_letter_that_is_a_word_keeps_its_space_when_it_is_an_initial() {
    let (pages, _) = set(&format!("# Title\n\n{}\n", "I am going to the river. ".repeat(14)));
    let copied: String = pages.pages[0]
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Glyphs(run) => Some(run.actual_text.clone().unwrap_or(run.text.to_string())),
            Item::Picture(_) | Item::Rule(_) | Item::Link(_) => None,
        })
        .collect();
    assert!(copied.contains("I am going"), "{copied}");
    assert!(!copied.contains("I  am"), "{copied}");
}

#[test]
fn hebrew_runs_to_the_left_and_its_block_begins_at_the_right() {
    let (pages, _) = set("# Hebrew\n\n<div lang=\"he\" dir=\"rtl\">\n\nשלום עולם\n\n</div>\n");
    let runs: Vec<_> = pages.pages[0]
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Glyphs(run) if run.text.contains(['ש', 'ע']) => Some(run),
            _ => None,
        })
        .collect();
    assert_eq!(runs.len(), 2, "in the order they are read");
    assert!(runs[0].text.starts_with('ש') && runs[1].text.starts_with('ע'));
    assert!(runs[0].origin.x > runs[1].origin.x, "the first word stands further right");
    let right = runs[0].origin.x + runs[0].width();
    assert!((right.0 - 298.3).abs() < 1.0, "the line begins at the right edge: {right}");
    assert!(runs[0].glyphs[0].text.start > 0, "the glyph drawn first is the last letter");
}

#[test]
fn a_table_breaks_between_rows_and_repeats_its_head() {
    let mut text = String::from("# Table\n\n| Name | Number |\n|---|---:|\n");
    for row in 1..=60 {
        text.push_str(&format!("| row {row} | {row} |\n"));
    }
    let (pages, _) = set(&text);
    assert!(pages.pages.len() >= 3);
    for page in 0..3 {
        assert!(words(&pages, page).contains("Number"), "page {}", page + 1);
    }
    let rows: usize =
        (0..pages.pages.len()).map(|page| words(&pages, page).matches("row ").count()).sum();
    assert_eq!(rows, 60, "every row once");
}

#[test]
fn an_ornament_stays_at_the_edge_of_a_page() {
    for lines in 15..30 {
        let mut text = String::from("# Scenes\n\n");
        for _ in 0..lines {
            text.push_str("A line.\n\n");
        }
        text.push_str("* * *\n\nAfter it.\n\nAnd more.\n");
        let (pages, _) = set(&text);
        let all: String = (0..pages.pages.len()).map(|page| words(&pages, page)).collect();
        assert_eq!(all.matches('❧').count(), 1, "after {lines} lines");
    }
}

/// All words of the pages, page by page.
fn all_words(pages: &Pages) -> Vec<String> {
    (0..pages.pages.len()).map(|page| words(pages, page)).collect()
}

#[test]
fn a_note_on_a_title_stands_below_it() {
    let (pages, _) = set("# Title[^t]\n\nText.\n\n[^t]: Said of the title.\n");
    assert!(all_words(&pages)[0].contains("Said of the title."), "{:?}", all_words(&pages));
}

#[test]
fn a_note_marked_within_a_note_follows_it() {
    let (pages, _) = set("# T\n\nText.[^a]\n\n[^a]: Outer.[^b]\n[^b]: Inner.\n");
    let all = all_words(&pages)[0].clone();
    let at = |word: &str| all.find(word).unwrap_or_else(|| panic!("no {word} in {all}"));
    assert!(at("Outer") < at("Inner"));
    let named = |d: &page::Destination| matches!(d.target, page::Target::Named(_));
    // Both notes and the marks of both.
    assert_eq!(pages.destinations.iter().filter(|d| named(d)).count(), 4);
}

/// What was left of a note after a second page piled up over the head of it.
#[test]
fn a_note_of_many_pages_stands_line_below_line_to_its_end() {
    let words: Vec<String> = (0..4000).map(|n| format!("word{n}")).collect();
    let second: Vec<String> = (0..900).map(|n| format!("more{n}")).collect();
    let text = format!(
        "# T\n\nText.[^a] More text.[^b]\n\n{}\n\n[^a]: {}\n\n[^b]: {}\n",
        "Words of the text. ".repeat(60),
        words.join(" "),
        second.join(" ")
    );
    let (pages, _) = set(&text);
    for page in &pages.pages {
        let mut baselines: Vec<f64> = Vec::new();
        for item in &page.items {
            if let Item::Glyphs(run) = item {
                let y = run.origin.y.0;
                assert!(y > 0.0 && y < page.size.1.0, "{:?} at {y}", run.text);
                baselines.push(y);
            }
        }
        baselines.sort_by(f64::total_cmp);
        for pair in baselines.windows(2) {
            let apart = pair[1] - pair[0];
            assert!(!(6.0..=8.0).contains(&apart), "lines are {apart} apart");
        }
    }
    let all = all_words(&pages).concat();
    let mut at = 0;
    for word in words.iter().chain(&second) {
        at += all[at..].find(word.as_str()).unwrap_or_else(|| panic!("{word} is not in its place"));
    }
}

#[test]
fn a_note_marked_twice_stands_once() {
    let (pages, _) = set("# T\n\nOne[^a] and two.[^a]\n\nThree.[^a]\n\n[^a]: Below.\n");
    assert_eq!(all_words(&pages).concat().matches("Below.").count(), 1);
}

#[test]
fn a_pull_quote_keeps_its_source_and_whatever_is_in_it() {
    let quote = "<blockquote class=\"pullquote\"><p>One</p><footer>Who said</footer></blockquote>";
    let (pages, _) = set(&format!("# T\n\n{quote}\n"));
    assert!(all_words(&pages).concat().to_lowercase().contains("who said"));
    let (pages, _) = set("# T\n\n<aside class=\"pullquote\">\n\nOne\n\n- a list\n\n</aside>\n");
    assert!(all_words(&pages).concat().contains("a list"));
}

/// The kinds of a tree's head cells with their words.
fn heads(pages: &Pages) -> Vec<(bindery::page::HeaderScope, String)> {
    let mut heads: Vec<(StructId, bindery::page::HeaderScope, String)> = Vec::new();
    for (id, node) in pages.structure.iter() {
        if let StructKind::TableHeader(scope) = node.kind {
            heads.push((id, scope, String::new()));
        }
    }
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Glyphs(run) = item
            && let Tag::Node(node) = run.tag
            && let Some(head) = heads.iter_mut().find(|(id, ..)| *id == node)
        {
            head.2.push_str(&run.text);
        }
    }
    heads.into_iter().map(|(_, scope, words)| (scope, words.trim().to_owned())).collect()
}

#[test]
fn heads_of_rows_and_columns_are_told_apart() {
    use bindery::page::HeaderScope::{Column, Row};
    let (pages, _) = set("# T\n\n| | High |\n|-|-|\n| Monday | 3 |\n| | 4 |\n");
    let found = heads(&pages);
    let found: Vec<_> = found.iter().map(|(s, w)| (*s, w.as_str())).collect();
    assert_eq!(found, [(Column, "High"), (Row, "Monday")]);
    let html = "<table><tr><th>Day</th><th>High</th></tr>\
        <tr><th scope=\"row\">Monday</th><td>3</td></tr></table>";
    let (pages, _) = set(&format!("# T\n\n{html}\n"));
    let found = heads(&pages);
    let found: Vec<_> = found.iter().map(|(s, w)| (*s, w.as_str())).collect();
    assert_eq!(found, [(Column, "Day"), (Column, "High"), (Row, "Monday")]);
}

/// A table of so many columns and rows.
fn table(columns: usize, rows: usize, cell: impl Fn(usize, usize) -> String) -> String {
    let line = |row: usize| {
        let cells: Vec<String> = (0..columns).map(|column| cell(column, row)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule = format!("|{}\n", "---|".repeat(columns));
    let rows: String = (1..=rows).map(line).collect();
    format!("# T\n\n{}{rule}{rows}", line(0))
}

/// Every run of text is between the edges of the measure, and no two on a
/// line are on top of each other.
fn assert_in_place(pages: &Pages, measure: f64) {
    for page in &pages.pages {
        let inner = if page.side == Side::Recto { 46.286 } else { 61.714 };
        let mut runs: Vec<(f64, f64, f64)> = Vec::new();
        for item in &page.items {
            if let Item::Glyphs(run) = item {
                let (x, y) = (run.origin.x.0, run.origin.y.0);
                let end = x + run.width().0;
                if !run.text.trim().is_empty() {
                    assert!(x > inner - 1.0, "{:?} begins at {x}", run.text);
                    assert!(end < inner + measure + 1.0, "{:?} ends at {end}", run.text);
                    runs.push((y, x, end));
                }
            }
        }
        runs.sort_by(|a, b| a.partial_cmp(b).expect("numbers"));
        for pair in runs.windows(2) {
            let apart = pair[0].0 != pair[1].0 || pair[1].1 >= pair[0].2 - 0.5;
            assert!(apart, "{pair:?} are on top of each other");
        }
    }
}

#[test]
fn wide_tables_stay_within_the_measure_and_cells_apart() {
    let long = |column: usize, row: usize| match row {
        0 => format!("Head{column}"),
        _ => ["intercontinental", "misunderstanding", "responsibilities"][column % 3].to_owned(),
    };
    for columns in [2, 4, 5, 6, 8, 12, 15, 24] {
        let (pages, diagnostics) = set(&table(columns, 3, long));
        assert_in_place(&pages, 252.0);
        let report: Vec<_> = diagnostics.iter().map(|d| d.message.clone()).collect();
        assert!(report.is_empty(), "{columns} columns: {report:?}");
    }
}

#[test]
fn a_table_of_too_many_columns_is_set_as_a_list_and_remarked_on() {
    let (pages, _) = set(&table(15, 3, |column, row| match row {
        0 => format!("Head{column}"),
        _ => format!("cell{column}x{row}"),
    }));
    let compromises = &pages.quality.compromises;
    assert!(
        compromises.iter().any(|r| r.kind == bindery::page::CompromiseKind::StackedTable(15)),
        "{compromises:?}"
    );
    assert_eq!(heads(&pages).len(), 15, "each head is a head once");
    let text: String = (0..pages.pages.len()).map(|page| words(&pages, page)).collect();
    assert_eq!(text.matches("Head7").count(), 3, "and seen beside every row");
    let first = text.find("cell14x1").expect("the first row");
    assert!(first < text.find("cell0x2").expect("the second"));
}

#[test]
fn only_a_row_taller_than_half_a_page_is_broken() {
    let sentence = "One of the keepers walks to the gate and counts the boards. ";
    let row = |times: usize| {
        table(2, 3, move |column, row| match (column, row) {
            (1, 1..) => sentence.repeat(times),
            _ => String::from("x"),
        })
    };
    let pages_of = |pages: &Pages| {
        let mut cells: Vec<(StructId, usize)> = Vec::new();
        for (number, page) in pages.pages.iter().enumerate() {
            for item in &page.items {
                if let Item::Glyphs(run) = item
                    && let Tag::Node(node) = run.tag
                    && run.text.contains("keepers")
                    && !cells.contains(&(node, number))
                {
                    cells.push((node, number));
                }
            }
        }
        cells.len()
    };
    assert_eq!(pages_of(&set(&row(8)).0), 3, "three cells, each on one page");
    assert!(pages_of(&set(&row(30)).0) > 3);
}

#[test]
fn a_class_of_the_writer_changes_no_page() {
    let dump = |[block, line, link]: [&str; 3]| {
        let long = "The water came up to the third step and stayed there until the evening, \
            when somebody opened the gate and let it out into the meadow.";
        let text = format!(
            "# One\n\n## There {{#there}}\n\n<p class=\"{block}\">{long}</p>\n\n{long} \
             <span class=\"{line}\">words</span> <code class=\"{line}\">code</code> \
             <a class=\"{link}\" href=\"#there\">there</a>.\n"
        );
        page::dump(&set(&text).0)
    };
    let plain = dump(["own", "own", "own"]);
    assert_eq!(dump(["hanging", "kbd", "citation"]), plain);
    for line in ["small", "u", "ins", "mark", "samp"] {
        assert_eq!(dump(["own", line, "own"]), plain, "{line}");
    }
    assert!(plain.contains("words"), "{plain}");
}
