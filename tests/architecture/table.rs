//! The table of ARCHITECTURE.md that says who may use whom.

use std::collections::{BTreeMap, BTreeSet};

/// The heading above the table.
const HEADING: &str = "## Who may know whom";

/// Who may use whom.
#[derive(Debug)]
pub struct Table {
    rows: BTreeMap<String, Allowed>,
}

#[derive(Debug, Clone)]
enum Allowed {
    Only(BTreeSet<String>),
    AllBut(BTreeSet<String>),
}

impl Table {
    /// Reads the table.
    ///
    /// # Panics
    ///
    /// If it isn't there, or a row can't be read.
    pub fn read() -> Table {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ARCHITECTURE.md");
        Table::parse(&std::fs::read_to_string(path).expect("ARCHITECTURE.md"))
    }

    /// The same from the text.
    pub fn parse(markdown: &str) -> Table {
        let lines = markdown.lines().skip_while(|line| line.trim() != HEADING).skip(1);
        let lines = lines.skip_while(|line| !line.starts_with('|'));
        let mut rows = BTreeMap::new();
        for line in lines.take_while(|line| line.starts_with('|')).skip(2) {
            let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
            let [modules, uses] = cells[..] else { panic!("two cells in {line:?}") };
            let names: BTreeSet<String> = names(uses).map(str::to_owned).collect();
            let allowed = match uses.trim() {
                "nothing" => Allowed::Only(BTreeSet::new()),
                uses if uses.starts_with("all") => Allowed::AllBut(names),
                _ if names.is_empty() => panic!("no module in {line:?}"),
                _ => Allowed::Only(names),
            };
            for module in self::names(modules) {
                let before = rows.insert(module.to_owned(), allowed.clone());
                assert!(before.is_none(), "{module} has two rows");
            }
        }
        assert!(!rows.is_empty(), "ARCHITECTURE.md has no table under {HEADING:?}");
        Table { rows }
    }

    /// The modules that have a row.
    pub fn modules(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }

    /// All modules that the table names, on either side.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        let used = self.rows.values().flat_map(|row| match row {
            Allowed::Only(names) | Allowed::AllBut(names) => names,
        });
        self.rows.keys().chain(used).map(String::as_str)
    }

    /// Whether one may use the other.
    pub fn allows(&self, from: &str, to: &str) -> bool {
        match self.rows.get(from) {
            Some(Allowed::Only(names)) => names.contains(to),
            Some(Allowed::AllBut(names)) => !names.contains(to),
            None => false,
        }
    }
}

/// What stands in backticks.
fn names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}
