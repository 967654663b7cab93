//! Directives in a text: `{{#include}}` and its kin, resolved before the text
//! is read as Markdown, as mdBook's preprocessor `links` does.
//!
//! The text that comes out knows of each stretch where it stands
//! ([`Piece`]), so that a fault in a file that was included is reported there.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Syntax;
use super::line_range::LineRange;
use super::project::project_of;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Piece, SourceMap, Span};

/// mdBook gives up at the same depth.
const DEEPEST: usize = 10;
/// How many includes a book may have. A few lines that include each other twice
/// ask for billions.
const MOST_INCLUDES: usize = 5_000;
/// How many bytes all includes may give together.
const MOST_BYTES: usize = 16 << 20;

/// A text with its place.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    /// Its file.
    pub file: FileId,
    /// The path of that, from the book's folder; it may begin with `..`.
    pub path: String,
    /// All of it.
    pub text: Arc<str>,
}

/// The files that were included so far, and from where they may come.
#[derive(Debug)]
pub(crate) struct IncludedFiles {
    root: PathBuf,
    project: PathBuf,
    texts: BTreeMap<String, Text>,
    /// How many includes were carried out.
    count: usize,
    /// How many bytes they gave.
    bytes: usize,
    /// Whether it was said that there are too many.
    stopped: bool,
}

impl IncludedFiles {
    /// Nothing yet, for the book in a folder.
    pub fn new(root: &Path) -> Self {
        let real = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        Self {
            root: root.to_path_buf(),
            project: project_of(&real),
            texts: BTreeMap::new(),
            count: 0,
            bytes: 0,
            stopped: false,
        }
    }

    /// The text of a file, or why it can't be had.
    fn get(&mut self, path: &str, sources: &mut SourceMap) -> Result<Text, String> {
        if let Some(text) = self.texts.get(path) {
            return Ok(text.clone());
        }
        let place = self.root.join(path).canonicalize();
        let place = place.map_err(|_| format!("there is no file `{path}`"))?;
        if !place.starts_with(&self.project) {
            return Err(format!("`{path}` is outside the project that the book is in"));
        }
        // A device or a pipe has no end.
        if !place.is_file() {
            return Err(format!("`{path}` is not a file"));
        }
        let bytes = std::fs::read(place).map_err(|error| format!("`{path}`: {error}"))?;
        let text = String::from_utf8(bytes).map_err(|_| format!("`{path}` is not in UTF-8"))?;
        let file = sources.add(path, text.as_str());
        let text = Text { file, path: path.to_owned(), text: text.into() };
        self.texts.insert(path.to_owned(), text.clone());
        Ok(text)
    }
}

/// The work on one text.
pub(crate) struct Includer<'a> {
    /// Which directives the book uses.
    pub syntax: &'a Syntax,
    /// The files that were included.
    pub included: &'a mut IncludedFiles,
    /// All texts.
    pub sources: &'a mut SourceMap,
    /// The findings.
    pub diagnostics: &'a mut Diagnostics,
}

/// What has come out so far.
#[derive(Default)]
struct Out {
    text: String,
    pieces: Vec<Piece>,
    /// The paths of the files at hand, the outermost first.
    open: Vec<String>,
    changed: bool,
}

impl Includer<'_> {
    /// The text with its directives resolved; itself if it has none.
    pub fn resolve(&mut self, text: Text) -> Text {
        let mut out = Out { open: vec![text.path.clone()], ..Out::default() };
        self.part(&text, 0..text.text.len(), &mut out);
        if !out.changed {
            return text;
        }
        let whole: Arc<str> = out.text.into();
        let file = self.sources.compose(text.path.as_str(), whole.clone(), out.pieces);
        Text { file, path: text.path, text: whole }
    }

    fn part(&mut self, text: &Text, range: Range<usize>, out: &mut Out) {
        let mut at = range.start;
        while let Some(found) = next(&text.text, at..range.end) {
            let span = Span::new(text.file, found.range.start, found.range.end);
            let known = match found.name.as_str() {
                "" => {
                    out.verbatim(text, at..found.range.start);
                    out.verbatim(text, found.range.start + 1..found.range.end);
                    true
                }
                "include" | "rustdoc_include" | "playground" | "playpen" | "title" => {
                    out.verbatim(text, at..found.range.start);
                    if found.name != "title" {
                        self.include(text, &found, span, out);
                    }
                    true
                }
                "tabs" | "endtabs" | "endtab" | "tab" if self.syntax.tabs => {
                    out.verbatim(text, at..found.range.start);
                    if let Some(name) = quoted(&found.arguments) {
                        out.made(&format!("**{name}**"), span);
                    }
                    true
                }
                _ => {
                    out.verbatim(text, at..found.range.end);
                    false
                }
            };
            out.changed |= known;
            at = found.range.end;
        }
        out.verbatim(text, at..range.end);
    }

    fn include(&mut self, text: &Text, found: &Directive, span: Span, out: &mut Out) {
        let mut words = found.arguments.split_whitespace();
        let target = words.next().unwrap_or("");
        let (path, part) = match target.split_once(':') {
            Some((path, part)) => (path, Some(part)),
            None => (target, None),
        };
        let listing = matches!(found.name.as_str(), "playground" | "playpen");
        let Some(path) = resolve_path(&text.path, path) else {
            self.fault(span, format!("`{path}` can't be included"), RELATIVE);
            return;
        };
        if out.open.contains(&path) {
            let chain = out.open.join("` includes `");
            let message = format!("`{chain}` includes `{path}` again, endlessly");
            self.fault(span, message, "Remove one of the includes.");
            return;
        }
        if out.open.len() > DEEPEST {
            let message = format!("includes are nested more than {DEEPEST} levels deep");
            self.fault(span, message, "Include the file at a higher level.");
            return;
        }
        let file = match self.included.get(&path, self.sources) {
            Ok(file) => file,
            Err(message) => {
                self.fault(span, message, "Nothing stands in its place.");
                return;
            }
        };
        let ranges = LineRange::parse(part).of(&file.text);
        if ranges.is_empty() && part.is_some() {
            let part = part.unwrap_or("");
            let message = format!("`{path}` has no part `{part}`");
            let hint =
                "Use existing line numbers, or add an anchor to the file: `// ANCHOR: name`.";
            self.fault(span, message, hint);
            return;
        }
        if !self.within_limits(&ranges, span) {
            return;
        }
        if listing {
            let attributes: Vec<&str> = words.collect();
            out.made(&format!("```rust,{}\n", attributes.join(",")), span);
        }
        out.open.push(path);
        for range in ranges {
            self.part(&file, range, out);
        }
        out.open.pop();
        if listing {
            out.made("\n```\n", span);
        }
    }

    /// Counts an include; says once that there are too many.
    fn within_limits(&mut self, ranges: &[Range<usize>], span: Span) -> bool {
        let included = &mut *self.included;
        included.count += 1;
        included.bytes += ranges.iter().map(ExactSizeIterator::len).sum::<usize>();
        if included.count <= MOST_INCLUDES && included.bytes <= MOST_BYTES {
            return true;
        }
        if !std::mem::replace(&mut included.stopped, true) {
            let message = format!(
                "a book can't have more than {MOST_INCLUDES} includes or {} MB of them",
                MOST_BYTES >> 20
            );
            self.fault(span, message, "This one and those after it are left out.");
        }
        false
    }

    fn fault(&mut self, span: Span, message: String, hint: &str) {
        self.diagnostics.push(Diagnostic::at(Code::BadInclude, span, message).hint(hint));
    }
}

const RELATIVE: &str = "Name a file relative to the one that includes it.";

impl Out {
    fn verbatim(&mut self, text: &Text, range: Range<usize>) {
        let words = text.text.get(range.clone()).unwrap_or("");
        if !words.is_empty() {
            let from = Span::new(text.file, range.start, range.end);
            self.add(words, from, true);
        }
    }

    fn made(&mut self, words: &str, from: Span) {
        self.changed = true;
        self.add(words, from, false);
    }

    fn add(&mut self, words: &str, from: Span, verbatim: bool) {
        let at = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.pieces.push(Piece { at, from, verbatim });
        self.text.push_str(words);
    }
}

/// A path seen from a file, where it may lead out of the book's folder; `None`
/// for an absolute one.
fn resolve_path(file: &str, path: &str) -> Option<String> {
    if path.is_empty() || path.starts_with(['/', '\\']) || path.contains('\0') {
        return None;
    }
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// A directive.
#[derive(Debug, PartialEq, Eq)]
struct Directive {
    /// Where it stands.
    range: Range<usize>,
    /// Its name; empty for one that is escaped.
    name: String,
    /// What stands after its name.
    arguments: String,
}

/// The first directive in a range.
fn next(text: &str, range: Range<usize>) -> Option<Directive> {
    let mut from = range.start;
    loop {
        let open = from + text.get(from..range.end)?.find("{{")?;
        if let Some(found) = directive(text, open, &range) {
            return Some(found);
        }
        from = open + 1;
    }
}

/// The directive whose braces open at a byte.
fn directive(text: &str, open: usize, range: &Range<usize>) -> Option<Directive> {
    let inner = text.get(open + 2..range.end)?;
    let close = inner.find('}')?;
    let end = open + 2 + close + 2;
    let (inner, after) = (inner.get(..close)?, inner.get(close..)?);
    if !after.starts_with("}}") {
        return None;
    }
    let words = inner.trim_start().strip_prefix('#')?;
    let escaped = open > range.start && text.get(..open)?.ends_with('\\');
    if escaped {
        return Some(Directive {
            range: open - 1..end,
            name: String::new(),
            arguments: String::new(),
        });
    }
    let name_end = words.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let (name, arguments) = words.split_at(name_end.unwrap_or(words.len()));
    let shaped =
        !name.is_empty() && (arguments.is_empty() || arguments.starts_with(char::is_whitespace));
    shaped.then(|| Directive {
        range: open..end,
        name: name.to_owned(),
        arguments: arguments.trim().to_owned(),
    })
}

/// The first value in quotation marks.
fn quoted(arguments: &str) -> Option<&str> {
    arguments.split('"').nth(1).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(directive) = next(text, at..text.len()) {
            at = directive.range.end;
            out.push(format!("{}({})", directive.name, directive.arguments));
        }
        out
    }

    #[test]
    fn directives_are_told_from_braces() {
        assert_eq!(
            found("a {{#include b.md:3:}} {{ #title X y }}"),
            ["include(b.md:3:)", "title(X y)"]
        );
        assert_eq!(found("{{ x }} {{#}} {{#a} {{#if-not b}} {{"), Vec::<String>::new());
        assert_eq!(found("\\{{#include x}}{{#tabs}}"), ["()", "tabs()"]);
        assert_eq!(found("{{{#include x}}"), ["include(x)"]);
    }

    #[test]
    fn paths_may_climb_but_not_be_absolute() {
        assert_eq!(resolve_path("src/a/b.md", "../c.rs").as_deref(), Some("src/c.rs"));
        assert_eq!(resolve_path("src/b.md", "../../x/c.rs").as_deref(), Some("../x/c.rs"));
        assert_eq!(resolve_path("../x/c.rs", "../../y.rs").as_deref(), Some("../../y.rs"));
        assert_eq!(resolve_path("src/b.md", "/etc/passwd"), None);
    }
}
