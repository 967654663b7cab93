//! The sources of the library, read as far as the rules need it: without
//! comments, strings and tests, and with the paths that each file names.
//!
//! Not a parser of Rust, but enough for sources in rustfmt's style.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::rust_files::rust_files;

/// A module as a list of names: `["typeset", "lines"]` for
/// `src/typeset/lines/mod.rs`. The root of the library is the empty list.
pub type Module = Vec<String>;

/// A file of `src/`.
#[derive(Debug)]
pub struct Source {
    /// Its path from the project's folder, with `/`.
    pub path: String,
    /// The module that it holds.
    pub module: Module,
    /// Its text, with blanks for what isn't code; lines stay where they are.
    pub code: String,
}

/// All files of the library, by path.
#[derive(Debug)]
pub struct Sources {
    files: Vec<Source>,
    modules: BTreeSet<Module>,
    /// By module and name: the path for which the name stands there, because of
    /// a `use`.
    imports: BTreeMap<(Module, String), Vec<String>>,
}

/// That a file names something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The module that is named, or that holds what is named.
    pub module: Module,
    /// What is named in it; `None` for the module itself.
    pub item: Option<String>,
    /// The line, from 1.
    pub line: usize,
    /// Whether it only passes the name on, by `pub use`.
    pub reexport: bool,
}

impl Sources {
    /// Reads the files of `src/`; those of tests are left out.
    pub fn read() -> Sources {
        let files = rust_files("src").into_iter();
        let slashes = |path: PathBuf| path.to_string_lossy().replace('\\', "/");
        Sources::from_texts(files.map(|(path, text)| (slashes(path), text)))
    }

    /// The same from paths and texts.
    pub fn from_texts(texts: impl IntoIterator<Item = (String, String)>) -> Sources {
        let files: Vec<Source> = texts
            .into_iter()
            .filter(|(path, _)| !path.ends_with("/tests.rs") && !path.contains("/tests/"))
            .map(|(path, text)| Source { module: module_of(&path), code: bare(&text), path })
            .collect();
        let modules = files.iter().map(|file| file.module.clone()).collect();
        let mut sources = Sources { files, modules, imports: BTreeMap::new() };
        let mut imports = BTreeMap::new();
        for file in &sources.files {
            for named in sources.paths(file) {
                if let Some(local) = named.local {
                    imports.insert((file.module.clone(), local), named.path);
                }
            }
        }
        sources.imports = imports;
        sources
    }

    /// The files, by path.
    pub fn files(&self) -> &[Source] {
        &self.files
    }

    /// The modules directly below one.
    pub fn children(&self, module: &[String]) -> BTreeSet<&str> {
        let below = self.modules.iter().filter(|m| m.starts_with(module));
        below.filter_map(|m| m.get(module.len()).map(String::as_str)).collect()
    }

    /// All modules that have others below them.
    pub fn folders(&self) -> impl Iterator<Item = &Module> {
        self.modules.iter().filter(|module| !self.children(module).is_empty())
    }

    /// What a file names, wherever a name is first defined: a name that a module
    /// only passes on counts as its origin's.
    pub fn references(&self, file: &Source) -> Vec<Reference> {
        let paths = self.paths(file).into_iter();
        paths
            .map(|named| {
                let (module, item) = self.origin(named.path);
                Reference { module, item, line: named.line, reexport: named.reexport }
            })
            .collect()
    }

    /// The module and the item that an absolute path ends at.
    fn origin(&self, mut path: Vec<String>) -> (Module, Option<String>) {
        // Imports can lead in a circle only in code that doesn't compile.
        for _ in 0..16 {
            let module = (0..=path.len())
                .rev()
                .map(|end| path[..end].to_vec())
                .find(|module| module.is_empty() || self.modules.contains(module))
                .unwrap_or_default();
            let rest = &path[module.len()..];
            let Some(item) = rest.first() else { return (module, None) };
            match self.imports.get(&(module.clone(), item.clone())) {
                Some(target) => path = target.iter().chain(&rest[1..]).cloned().collect(),
                None => return (module, Some(item.clone())),
            }
        }
        (path, None)
    }

    /// The paths in a file that begin at `crate`, `super`, `self` or a module
    /// below it, made absolute.
    fn paths(&self, file: &Source) -> Vec<Named> {
        let mut found = Vec::new();
        let children = self.children(&file.module);
        let mut before = ' ';
        let mut at = 0;
        while let Some(c) = file.code[at..].chars().next() {
            let word = ident(&file.code[at..]);
            let begins = !word.is_empty() && before != ':' && !is_word(before);
            if begins && file.code[at + word.len()..].starts_with("::") {
                let base: Option<Module> = match word {
                    "crate" => Some(Vec::new()),
                    "self" => Some(file.module.clone()),
                    "super" => Some(file.module[..file.module.len().saturating_sub(1)].to_vec()),
                    child => children
                        .contains(child)
                        .then(|| file.module.iter().cloned().chain([child.to_owned()]).collect()),
                };
                if let Some(base) = base {
                    let (import, reexport) = statement(&file.code[..at]);
                    let line = file.code[..at].matches('\n').count() + 1;
                    let rest = &file.code[at + word.len() + "::".len()..];
                    for (path, local) in tree(&base, rest).0 {
                        let local = local.filter(|_| import);
                        found.push(Named { path, local, line, reexport });
                    }
                }
            }
            let step = word.len().max(c.len_utf8());
            before = file.code[at..at + step].chars().next_back().unwrap_or(' ');
            at += step;
        }
        found
    }
}

/// A path in a file.
struct Named {
    path: Vec<String>,
    /// The name that a `use` gives it in the file.
    local: Option<String>,
    line: usize,
    reexport: bool,
}

/// Whether a path that begins after this code stands in a `use`, and whether
/// that is a `pub use`.
fn statement(before: &str) -> (bool, bool) {
    let start = before.rfind([';', '}', '{']).map_or(0, |at| at + 1);
    let words: Vec<&str> = before[start..].split_whitespace().collect();
    let import = words.last() == Some(&"use");
    (import, import && words.iter().any(|word| word.starts_with("pub")))
}

/// A path, and the name that a `use` gives to what is at its end.
type Leaf = (Vec<String>, Option<String>);

/// The paths of a tree such as `a::{self, b::C as D}` after a module, and how
/// many bytes the tree has.
fn tree(base: &[String], text: &str) -> (Vec<Leaf>, usize) {
    if let Some(group) = text.strip_prefix('{') {
        let mut found = Vec::new();
        let mut at = 0;
        loop {
            at += group[at..].len() - group[at..].trim_start_matches([' ', '\n', ',']).len();
            if group[at..].starts_with('}') || group[at..].is_empty() {
                return (found, at + 2);
            }
            let (paths, length) = tree(base, &group[at..]);
            found.extend(paths);
            at += length.max(1);
        }
    }
    let word = ident(text);
    let mut path = base.to_vec();
    match word {
        "super" => drop(path.pop()),
        "self" | "" => {}
        _ => path.push(word.to_owned()),
    }
    let mut at = word.len();
    if text[at..].starts_with("::") {
        let (paths, length) = tree(&path, &text[at + 2..]);
        return (paths, at + 2 + length);
    }
    let mut local = path.last().cloned();
    if let Some(renamed) = text[at..].strip_prefix(" as ") {
        local = Some(ident(renamed).to_owned());
        at += " as ".len() + ident(renamed).len();
    }
    (vec![(path, local)], at)
}

fn ident(text: &str) -> &str {
    let end = text.find(|c: char| !is_word(c)).unwrap_or(text.len());
    &text[..end]
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn module_of(path: &str) -> Module {
    let inner = path.strip_prefix("src/").unwrap_or(path);
    let inner = inner.strip_suffix(".rs").unwrap_or(inner);
    let inner = inner.strip_suffix("/mod").unwrap_or(inner);
    let root = inner == "lib";
    inner.split('/').filter(|_| !root).map(str::to_owned).collect()
}

/// Rust without comments, strings, character literals and modules for tests,
/// each blanked out.
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
