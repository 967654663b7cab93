//! Goldens: outputs kept as plain files under `tests/goldens/`.
//!
//! ```sh
//! UPDATE_GOLDENS=1 cargo test                          # renews all
//! UPDATE_GOLDENS=pages/tables.txt cargo test           # renews one
//! UPDATE_GOLDENS=pages/,nav.xhtml cargo test           # all whose path has one of these in it
//! ```
//!
//! This file uses nothing else of the tests, so that every test binary can
//! include it.

// Each test binary uses only some of this.
#![allow(dead_code)]

use std::fmt::Write as _;
use std::path::Path;

/// Compares a text with the golden at a path below `tests/goldens/`, or
/// writes the golden if `UPDATE_GOLDENS` asks for it.
///
/// # Panics
///
/// If the golden is missing or differs; the message says how to renew it.
#[track_caller]
pub fn golden(path: &str, actual: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens").join(path);
    if std::env::var("UPDATE_GOLDENS").is_ok_and(|filter| is_renewed(path, &filter)) {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("folders are made");
        std::fs::write(&file, actual).expect("the golden is written");
        return;
    }
    let wanted = std::fs::read_to_string(&file).ok();
    if let Some(difference) = difference(path, wanted.as_deref(), actual) {
        panic!("{difference}");
    }
}

/// Whether a value of `UPDATE_GOLDENS` means this golden: `1` means all,
/// anything else is a list of parts of paths, separated by commas.
pub fn is_renewed(path: &str, filter: &str) -> bool {
    let mut parts = filter.split(',').map(str::trim).filter(|part| !part.is_empty());
    filter == "1" || parts.any(|part| path.contains(part))
}

/// The report of a golden that is missing or differs: the first line that
/// differs with the lines around it, and how to renew the golden.
pub fn difference(path: &str, wanted: Option<&str>, actual: &str) -> Option<String> {
    const BEFORE: usize = 3;
    const AFTER: usize = 10;
    let renew = format!("UPDATE_GOLDENS={path} cargo test");
    let Some(wanted) = wanted else {
        return Some(format!(
            "tests/goldens/{path} is missing. If the test is new, write it with\n    {renew}\n\
             and read it before you commit it. It would be:\n{actual}"
        ));
    };
    if wanted == actual {
        return None;
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (wanted.lines().collect(), actual.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let mut out = format!("tests/goldens/{path} differs from line {} on:\n", same + 1);
    for line in &new[same.saturating_sub(BEFORE)..same] {
        let _ = writeln!(out, "  {line}");
    }
    for (sign, lines) in [('-', &old), ('+', &new)] {
        for line in lines.iter().skip(same).take(AFTER) {
            let _ = writeln!(out, "{sign} {line}");
        }
    }
    if same == old.len() && same == new.len() {
        out.push_str("only in the line end of the last line\n");
    }
    let _ = write!(out, "If that is meant, renew it and read the difference:\n    {renew}");
    Some(out)
}
