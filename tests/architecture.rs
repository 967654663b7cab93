//! Who may know whom, held against what is written in the sources.
//!
//! The road of a book has one direction: what reads a manuscript knows nothing
//! of pages, what draws pages knows nothing of Markdown. A module that reaches
//! across that is found here, before anyone relies on it. Code for tests may
//! know more and is passed over.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What each module of the library may use. `pipeline` may use all but `cli`,
/// `cli` all.
const MAY_USE: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("units", &[]),
    ("names", &[]),
    ("hash", &[]),
    ("math", &[]),
    ("diag", &["source"]),
    ("model", &["source"]),
    ("words", &["model"]),
    ("text", &["units", "model"]),
    ("theme", &["units", "text"]),
    ("assets", &["hash", "model", "theme", "text", "diag", "source", "units"]),
    (
        "manuscript",
        &["hash", "source", "model", "diag", "theme", "assets", "units", "names", "words", "math"],
    ),
    ("citations", &["source", "model", "words", "diag", "names"]),
    ("resolve", &["source", "model", "diag", "names"]),
    ("highlight", &["model"]),
    ("page", &["model", "text", "assets", "units", "source"]),
    (
        "typeset",
        &[
            "hash", "model", "words", "theme", "text", "assets", "page", "diag", "units", "source",
            "math",
        ],
    ),
    ("epub", &["model", "words", "theme", "assets", "text", "units", "math"]),
    ("preview", &["page", "text", "assets", "units"]),
    ("pdf", &["hash", "page", "text", "assets", "model", "units"]),
    ("check", &["hash", "model", "source", "diag", "pdf"]),
];

/// More lines of code than this, and a file has more than one duty.
const LONGEST: usize = 600;

#[test]
fn modules_know_only_whom_they_may() {
    let mut wrong = Vec::new();
    for ((from, to), place) in edges() {
        let allowed = match from.as_str() {
            "cli" => true,
            "pipeline" => to != "cli",
            _ => {
                let row = MAY_USE.iter().find(|(name, _)| *name == from);
                row.is_some_and(|(_, allowed)| allowed.contains(&to.as_str()))
            }
        };
        if !allowed {
            wrong.push(format!("{place}: {from} must not use {to}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_module_knows_itself_through_others() {
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for ((from, to), _) in edges() {
        uses.entry(from).or_default().insert(to);
    }
    for module in uses.keys() {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&String> = uses[module].iter().collect();
        while let Some(to) = next.pop() {
            assert_ne!(to, module, "{module} uses itself by way of {seen:?}");
            if seen.insert(to) {
                next.extend(uses.get(to).into_iter().flatten());
            }
        }
    }
}

#[test]
fn only_pdf_knows_the_pdf_libraries_and_only_cli_prints() {
    let rules: [(&str, &[&str]); 2] = [
        ("pdf", &["printpdf", "lopdf"]),
        ("cli", &["println", "eprintln", "print", "eprint", "dbg"]),
    ];
    let mut wrong = Vec::new();
    for (path, code) in sources() {
        let module = module_of(&path);
        for (number, line) in code.lines().enumerate() {
            let words = line.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '!');
            for word in words {
                for (owner, names) in rules {
                    let name = if owner == "cli" { word.strip_suffix('!') } else { Some(word) };
                    if module != owner && name.is_some_and(|n| names.contains(&n)) {
                        wrong.push(format!("{path}:{}: {word} is for {owner} alone", number + 1));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = sources()
        .into_iter()
        .map(|(path, code)| (path, code.lines().filter(|l| !l.trim().is_empty()).count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(path, lines)| format!("{path}: {lines} lines of code"))
        .collect();
    assert!(long.is_empty(), "\n{}", long.join("\n"));
}

#[test]
fn the_reader_of_sources_sees_what_it_should() {
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
    let seen: BTreeSet<String> =
        used_modules("src/pdf/x.rs", &bare(code)).into_iter().map(|(module, _)| module).collect();
    let expected = ["diag", "model", "theme", "units"].map(String::from);
    assert_eq!(seen, BTreeSet::from(expected));
}

/// Which module uses which, with one place for each.
fn edges() -> BTreeMap<(String, String), String> {
    let mut edges = BTreeMap::new();
    for (path, code) in sources() {
        let from = module_of(&path).to_owned();
        if from == "lib" || from == "main" {
            continue;
        }
        for (to, line) in used_modules(&path, &code) {
            if to != from {
                edges.entry((from.clone(), to)).or_insert(format!("{path}:{line}"));
            }
        }
    }
    assert!(edges.len() > 20, "the sources are not read: {edges:?}");
    edges
}

/// The sources without comments, strings and tests; lines stay where they are.
fn sources() -> Vec<(String, String)> {
    let files = support::rust_files("src").into_iter();
    files
        .map(|(path, text)| (path.to_string_lossy().replace('\\', "/"), text))
        .filter(|(path, _)| !path.ends_with("tests.rs") && !path.contains("/tests/"))
        .map(|(path, text)| (path, bare(&text)))
        .collect()
}

/// The module at the root of the library that a file belongs to.
fn module_of(path: &str) -> &str {
    let inner = path.strip_prefix("src/").unwrap_or(path);
    inner.split(['/', '.']).next().unwrap_or(inner)
}

/// The modules at the root that a file names, with the line.
fn used_modules(path: &str, code: &str) -> Vec<(String, usize)> {
    let above = "super::".repeat(depth(path));
    let mut found = Vec::new();
    for root in ["crate::", above.as_str()] {
        for (at, _) in code.match_indices(root) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let line = code[..at].matches('\n').count() + 1;
            for name in heads(&code[at + root.len()..]) {
                found.push((name, line));
            }
        }
    }
    found.retain(|(name, _)| name.starts_with(|c: char| c.is_lowercase()) && name != "self");
    found
}

/// How many times `super` leads from a file to the root of the library.
fn depth(path: &str) -> usize {
    let parts = Path::new(path).components().count() - 1;
    if path.ends_with("/mod.rs") { parts - 1 } else { parts }
}

/// The first names of a path or of a group of paths: `a::b` or `{a::b, c}`.
fn heads(rest: &str) -> Vec<String> {
    let name = |s: &str| -> String {
        s.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(group) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let mut heads = vec![name(group)];
    let mut level = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => level += 1,
            '}' if level == 0 => break,
            '}' => level -= 1,
            ',' if level == 0 => heads.push(name(&group[at + 1..])),
            _ => {}
        }
    }
    heads
}

/// Rust without comments, strings, character literals and modules for tests,
/// each blanked out. Not a parser, but enough for sources in rustfmt's style.
fn bare(text: &str) -> String {
    without_tests(&without_literals(text))
}

fn without_literals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(hashes) = raw_string(rest) {
            let close = format!("\"{}", "#".repeat(hashes));
            let open = hashes + 2;
            rest[open..].find(&close).map_or(rest.len(), |end| open + end + close.len())
        } else if c == '"' {
            quoted(rest, '"')
        } else if c == '\'' && is_char_literal(rest) {
            quoted(rest, '\'')
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        out.extend(rest[..skip].chars().filter(|c| *c == '\n'));
        out.push(' ');
        rest = &rest[skip..];
    }
    out
}

/// For `r#"`: how many hashes.
fn raw_string(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.chars().take_while(|c| *c == '#').count();
    after[hashes..].starts_with('"').then_some(hashes)
}

/// Whether a quote begins a character and not a lifetime.
fn is_char_literal(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    match chars.next() {
        Some('\\') => true,
        Some(_) => chars.next() == Some('\''),
        None => false,
    }
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Leaves out every item after `#[cfg(test)]` that has a body in braces.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = String::new();
    let mut rest = code;
    while let Some(at) = rest.find(MARK) {
        out.push_str(&rest[..at]);
        let mut level = 0usize;
        let end = rest[at..].char_indices().find_map(|(i, c)| {
            match c {
                '{' => level += 1,
                '}' => level = level.saturating_sub(1),
                ';' if level == 0 => return Some(i + 1),
                _ => return None,
            }
            (c == '}' && level == 0).then_some(i + 1)
        });
        let end = at + end.unwrap_or(rest.len() - at);
        out.extend(rest[at..end].chars().filter(|c| *c == '\n'));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}
