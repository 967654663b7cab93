//! Who may use whom, held against what the sources say.
//!
//! The road of a book has one direction: what reads a manuscript knows nothing
//! of pages, what draws pages knows nothing of Markdown. The table is in
//! ARCHITECTURE.md, and only there. Code for tests may know more and is passed
//! over.

mod graph;
#[path = "../support/rust_files.rs"]
mod rust_files;
mod sources;
mod table;

use std::collections::BTreeSet;

use graph::{cycles, folder, root};
use sources::Sources;
use table::Table;

/// More lines of code than this, and a file has more than one duty.
const LONGEST: usize = 600;

#[test]
fn every_module_has_its_row_in_the_table() {
    let table = Table::read();
    let sources = Sources::read();
    let modules: BTreeSet<&str> =
        sources.children(&[]).into_iter().filter(|name| *name != "main").collect();
    let rows: BTreeSet<&str> = table.modules().collect();
    let missing: Vec<_> = modules.difference(&rows).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md has no row for {missing:?}");
    let named: BTreeSet<&str> = table.named().collect();
    let gone: Vec<_> = named.difference(&modules).collect();
    assert!(gone.is_empty(), "ARCHITECTURE.md names {gone:?}, which src/ doesn't have");
}

#[test]
fn modules_use_only_whom_the_table_allows() {
    let table = Table::read();
    let graph = root(&Sources::read());
    assert!(graph.len() > 20, "the sources are not read: {graph:?}");
    let wrong: Vec<String> = graph
        .iter()
        .filter(|((from, to), _)| !table.allows(from, to))
        .map(|((from, to), place)| format!("{place}: {from} must not use {to}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_module_uses_itself_by_way_of_others() {
    let graph = root(&Sources::read());
    let found = cycles(&graph);
    assert!(found.is_empty(), "cycles: {found:?}");
}

#[test]
fn nothing_in_a_folder_uses_itself_by_way_of_its_neighbours() {
    let sources = Sources::read();
    let folders: Vec<_> = sources.folders().filter(|module| module.len() == 1).collect();
    assert!(folders.len() > 5, "the sources are not read: {folders:?}");
    let mut report = String::new();
    for module in folders {
        let name = module.join("/");
        let graph = folder(&sources, module);
        for group in cycles(&graph) {
            report += &format!("src/{name}: {group:?} use each other\n");
            for ((from, to), place) in &graph {
                if group.contains(from.as_str()) && group.contains(to.as_str()) {
                    report += &format!("    {from} uses {to}: {place}\n");
                }
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn only_pdf_knows_the_pdf_libraries_and_only_cli_prints() {
    let rules: [(&str, &[&str]); 2] = [
        ("pdf", &["printpdf", "lopdf"]),
        ("cli", &["println", "eprintln", "print", "eprint", "dbg"]),
    ];
    let mut wrong = Vec::new();
    for file in Sources::read().files() {
        let module = file.module.first().map_or("lib", String::as_str);
        for (number, line) in file.code.lines().enumerate() {
            let words = line.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '!');
            for word in words {
                for (owner, names) in rules {
                    let name = if owner == "cli" { word.strip_suffix('!') } else { Some(word) };
                    if module != owner && name.is_some_and(|n| names.contains(&n)) {
                        wrong.push(format!(
                            "{}:{}: only {owner} may use {word}",
                            file.path,
                            number + 1
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = Sources::read()
        .files()
        .iter()
        .map(|file| (&file.path, file.code.lines().filter(|l| !l.trim().is_empty()).count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(path, lines)| format!("{path}: {lines} lines of code"))
        .collect();
    assert!(long.is_empty(), "\n{}", long.join("\n"));
}

#[test]
fn the_reader_of_sources_sees_paths_and_passes_over_what_is_no_code() {
    let code = "\
// crate::comment
/* crate::block */
use crate::{diag::Code, model::{self, Book}};
const A: &str = \"crate::string\";
fn f<'a>(c: char) { let _ = ('\"', '\\'', c); crate::units::f() }
#[cfg(test)]
mod tests {
    use crate::epub;
}
use super::super::theme;
";
    let sources = read(&[
        ("pdf/x.rs", code),
        ("diag.rs", ""),
        ("model/mod.rs", ""),
        ("units.rs", ""),
        ("theme.rs", ""),
        ("epub.rs", ""),
    ]);
    let graph = root(&sources);
    let seen: Vec<&str> = graph.keys().map(|(_, to)| to.as_str()).collect();
    assert_eq!(seen, ["diag", "model", "theme", "units"]);
}

#[test]
fn a_cycle_is_seen_through_what_a_folder_passes_on() {
    let sources = read(&[
        ("a/mod.rs", "mod one; mod two; pub use one::One; use two::Two;"),
        ("a/one.rs", "use super::{Two};"),
        ("a/two.rs", "use crate::a::{One as Other};"),
    ]);
    let graph = folder(&sources, &["a".to_owned()]);
    assert_eq!(cycles(&graph), [BTreeSet::from(["one", "two"])]);
}

#[test]
fn a_cycle_is_seen_below_a_folder_and_between_a_folder_and_its_face() {
    let sources = read(&[
        ("a/mod.rs", "mod one; mod two; pub fn start() { two::go() } pub struct Shared;"),
        ("a/one/mod.rs", "mod deep;"),
        ("a/one/deep.rs", "use super::super::two; use super::super::Shared;"),
        ("a/two.rs", "use super::Shared; pub fn go() { super::start() }"),
    ]);
    let graph = folder(&sources, &["a".to_owned()]);
    assert_eq!(cycles(&graph), [BTreeSet::from(["mod.rs", "two"])]);
}

#[test]
fn the_table_is_read_with_its_remarks() {
    let table = Table::parse(
        "# A\n\n## Who may know whom\n\n| M | u |\n| --- | --- |\n| `a`, `b` | nothing |\n| `c` | \
         `a`, and the reading of `b` |\n| `d` | all but `c` |\n| `e` | all |\n",
    );
    assert!(table.allows("c", "a") && table.allows("c", "b") && !table.allows("c", "d"));
    assert!(table.allows("d", "a") && !table.allows("d", "c") && table.allows("e", "d"));
    assert!(!table.allows("a", "b"));
    assert_eq!(table.modules().collect::<Vec<_>>(), ["a", "b", "c", "d", "e"]);
}

#[test]
#[should_panic(expected = "no table")]
fn a_table_that_is_gone_is_a_fault() {
    Table::parse("# A\n\n## Another heading\n");
}

#[test]
fn documents_name_files_and_folders_that_exist() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = [
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "docs/dev/adding.md",
        "docs/dev/debugging.md",
        "docs/dev/testing.md",
    ];
    let mut seen = 0;
    for page in pages {
        let text = std::fs::read_to_string(root.join(page)).expect("a page");
        for quoted in text.split('`').skip(1).step_by(2) {
            let plain = quoted.chars().all(|c| c.is_ascii_alphanumeric() || "_/.-".contains(c));
            if plain && ["src/", "tests/", "docs/"].iter().any(|top| quoted.starts_with(top)) {
                seen += 1;
                assert!(root.join(quoted).exists(), "{page} names {quoted}, which is not there");
            }
        }
    }
    assert!(seen > 50, "the pages are not read: {seen}");
}

/// Files of `src/` with these texts.
fn read(files: &[(&str, &str)]) -> Sources {
    let texts = files.iter().map(|(path, text)| (format!("src/{path}"), (*text).to_owned()));
    Sources::from_texts(texts)
}
