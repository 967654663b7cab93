//! Findings as a writer sees them: what is wrong, the place, the line, and
//! what to do about it.
//!
//! The renderer gets the one line a finding begins on, and a mark that lies
//! within it: a paragraph of Markdown is often one line of a thousand
//! characters, of which only those around the fault are of use, and a span that
//! fits its text badly is put right before anything is drawn.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Renderer, Snippet, normalize_untrusted_str,
};

use super::summary::count;
use super::terminal::Terminal;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::page::Pages;
use crate::source::{LineCol, SourceFile, SourceMap, Span};

/// How many columns of a line are shown, about.
const WIDTH: usize = 100;
/// How many characters are marked at most, so that a mark always fits.
const MARKED: usize = 60;
/// How many warnings of one code are shown with their lines; of more, the first
/// is, and the others are listed below it. Errors are always shown with their
/// lines: each must be corrected.
const MOST_OF_ONE_CODE: usize = 3;
/// How many characters of each are shown there.
const LISTED_WIDTH: usize = 120;
/// How many lines such a list has at most.
const MOST_LISTED: usize = 40;

/// Draws findings.
#[derive(Debug)]
pub struct Reporter<'a> {
    /// The texts they point into.
    pub sources: &'a SourceMap,
    /// The book's folder as the writer named it, to make paths that lead there.
    pub root: &'a Path,
    /// Whether to use colours.
    pub color: bool,
    /// Whether to show every warning.
    pub verbose: bool,
}

impl<'a> Reporter<'a> {
    /// A reporter for a terminal.
    pub fn new(sources: &'a SourceMap, root: &'a Path, terminal: &Terminal) -> Reporter<'a> {
        let Terminal { color, verbose, .. } = *terminal;
        Reporter { sources, root, color, verbose }
    }

    /// Where the setting fell short, one line a place, and a summary.
    pub fn setting(&self, pages: &Pages) -> String {
        let setting = &pages.quality;
        let mut out = String::new();
        for compromise in &setting.compromises {
            let folio = pages.pages.get(compromise.page).map(|page| page.folio.to_string());
            let folio = folio.unwrap_or_default();
            let place = self.sources.place(compromise.span);
            let _ = writeln!(out, "page {folio:<5} {place:<28} {}", compromise.kind);
        }
        let share = 100.0 * setting.hyphenated as f64 / setting.lines.max(1) as f64;
        let _ = writeln!(
            out,
            "{} compromises; {} justified lines, {share:.1} % end in a hyphen, word spaces deviate by \
             {:.3} of their natural width",
            setting.compromises.len(),
            setting.lines,
            setting.space_deviation(),
        );
        out
    }

    /// One line that says that something went wrong.
    pub fn error(color: bool, text: &str) -> String {
        line(color, Level::ERROR, text)
    }

    /// One line that says that something is not as it might be.
    pub fn warning(color: bool, text: &str) -> String {
        line(color, Level::WARNING, text)
    }

    /// All findings, and a closing line that counts them if there are errors;
    /// empty if there is nothing to say. With `errors_only`, warnings are passed
    /// over.
    pub fn render(&self, diagnostics: &Diagnostics, errors_only: bool) -> String {
        self.findings(diagnostics, errors_only) + &self.nothing_written(diagnostics, errors_only)
    }

    /// The same without the closing line: warnings, grouped by code in the order
    /// in which the codes come up, then errors.
    pub fn findings(&self, diagnostics: &Diagnostics, errors_only: bool) -> String {
        let mut out = String::new();
        if !errors_only {
            for group in warnings_by_code(diagnostics) {
                self.group(&mut out, &group);
            }
        }
        for error in diagnostics.iter().filter(|d| d.severity() == Severity::Error) {
            self.in_full(&mut out, error);
        }
        out
    }

    /// Warnings of one code: each in full if they are few or all are asked for.
    fn group(&self, out: &mut String, warnings: &[&Diagnostic]) {
        let few = warnings.len() <= MOST_OF_ONE_CODE || self.verbose;
        let (in_full, listed) = warnings.split_at(if few { warnings.len() } else { 1 });
        for warning in in_full {
            self.in_full(out, warning);
        }
        let Some(first) = listed.first() else { return };
        let title = format!("{} more of {}:", listed.len(), first.code.slug());
        out.push_str(&line(self.color, Level::NOTE, &title));
        for entry in listed.iter().take(MOST_LISTED) {
            let _ = writeln!(out, "  {}", self.in_a_line(entry));
        }
        let rest = listed.len().saturating_sub(MOST_LISTED);
        if rest > 0 {
            let _ = writeln!(out, "  and {rest} more; -v shows all");
        }
        out.push('\n');
    }

    fn in_full(&self, out: &mut String, diagnostic: &Diagnostic) {
        out.push_str(&self.one(diagnostic));
        out.push_str("\n\n");
    }

    /// The place and the message.
    fn in_a_line(&self, diagnostic: &Diagnostic) -> String {
        let message = normalize_untrusted_str(&diagnostic.message).replace('\n', " ");
        let text = match diagnostic.span.and_then(|span| self.position(span)) {
            Some((path, at, _)) => format!("{path}:{}:{}: {message}", at.line, at.column),
            None => message,
        };
        let end = char_start(&text, LISTED_WIDTH);
        match text.get(..end) {
            Some(start) if end < text.len() => format!("{}…", start.trim_end()),
            _ => text,
        }
    }

    /// Why nothing was written, with counts; empty if there are no errors, since
    /// then a summary counts the warnings.
    pub fn nothing_written(&self, diagnostics: &Diagnostics, errors_only: bool) -> String {
        if !diagnostics.has_errors() {
            return String::new();
        }
        let denied = diagnostics.iter().filter(|d| d.denied).count();
        let mut counts = Vec::new();
        let errors = diagnostics.count(Severity::Error) - denied;
        counts.extend((errors > 0).then(|| count(errors, "error")));
        counts.extend((denied > 0).then(|| count(denied, "denied warning")));
        let warnings = diagnostics.count(Severity::Warning);
        if warnings > 0 && !errors_only {
            counts.push(count(warnings, "warning"));
        }
        let text = format!("nothing was written: {}", counts.join(", "));
        line(self.color, Level::ERROR, &text)
    }

    fn one(&self, diagnostic: &Diagnostic) -> String {
        let level = match diagnostic.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(&diagnostic.message).id(diagnostic.code.slug());
        let mut elements: Vec<Element<'_>> = Vec::new();
        let place = diagnostic.span.and_then(|span| self.place(span));
        elements.extend(place.map(Element::from));
        let hints = diagnostic.hints.iter();
        elements.extend(hints.map(|h| Level::HELP.message(normalize_untrusted_str(h)).into()));
        renderer(self.color).render(&[Group::with_title(title).elements(elements)])
    }

    fn place(&self, span: Span) -> Option<Snippet<'_, Annotation<'_>>> {
        let (path, at, file) = self.position(span)?;
        let line = file.line(at.line);
        let start = char_start(line, at.column - 1);
        let length = span.end.saturating_sub(span.start) as usize;
        let end = floor_char(line, start.saturating_add(length)).max(start);
        let longest = line.get(start..).map_or(start, |rest| start + char_start(rest, MARKED));
        let mark = AnnotationKind::Primary.span(start..end.min(longest));
        Some(Snippet::source(line).line_start(at.line).path(path).annotation(mark))
    }

    /// The path that leads to a file from here, and the line and column in it.
    fn position(&self, span: Span) -> Option<(String, LineCol, &SourceFile)> {
        let file = self.sources.get(span.file)?;
        Some((path_from_here(self.root, file.path()), file.line_col(span.start), file))
    }
}

/// The path of a file of the book, from the folder that the program runs in.
pub fn path_from_here(root: &Path, path: &str) -> String {
    if root == Path::new(".") { path.to_owned() } else { root.join(path).display().to_string() }
}

/// The warnings, those of a code together.
fn warnings_by_code(diagnostics: &Diagnostics) -> Vec<Vec<&Diagnostic>> {
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    let mut group_of: BTreeMap<Code, usize> = BTreeMap::new();
    for warning in diagnostics.iter().filter(|d| d.severity() == Severity::Warning) {
        let index = *group_of.entry(warning.code).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(group) => group.push(warning),
            None => groups.push(vec![warning]),
        }
    }
    groups
}

fn line(color: bool, level: Level<'_>, text: &str) -> String {
    let group = Group::with_title(level.primary_title(text));
    format!("{}\n", renderer(color).render(&[group]))
}

fn renderer(color: bool) -> Renderer {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(WIDTH)
}

/// The byte at which the character with this number begins, or the end.
fn char_start(line: &str, number: usize) -> usize {
    line.char_indices().nth(number).map_or(line.len(), |(at, _)| at)
}

/// The last character boundary that is not past `at`.
fn floor_char(line: &str, at: usize) -> usize {
    let mut at = at.min(line.len());
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::FileId;

    fn render(text: &str, span: (usize, usize), hint: &str) -> String {
        let mut sources = SourceMap::default();
        let file = sources.add("a.md", text);
        let mut found = Diagnostics::default();
        let span = Span::new(file, span.0, span.1);
        found.push(Diagnostic::at(Code::NoChapter, span, "there is no chapter").hint(hint));
        reporter(&sources).render(&found, false)
    }

    fn reporter(sources: &SourceMap) -> Reporter<'_> {
        Reporter { sources, root: Path::new("book"), color: false, verbose: false }
    }

    #[test]
    fn a_finding_shows_place_line_and_help() {
        let text = render("eins\r\nzwei über ![](x.png)\r\n", (17, 27), "Draw one.");
        assert_eq!(
            text,
            "\
error[no-chapter]: there is no chapter
 --> book/a.md:2:11
  |
2 | zwei über ![](x.png)
  |           ^^^^^^^^^^
  |
  = help: Draw one.

error: nothing was written: 1 error
"
        );
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let text = format!("{} FAULT {}", "ä ".repeat(400), "ö ".repeat(400));
        let start = text.find("FAULT").unwrap_or(0);
        let shown = render(&text, (start, start + 5), "Mend it.");
        assert!(shown.contains("a.md:1:802"), "{shown}");
        assert!(shown.lines().all(|l| l.chars().count() < WIDTH + 12), "{shown}");
        let lines: Vec<&str> = shown.lines().collect();
        let column = |needle: &str| {
            lines.iter().find_map(|l| Some(l.get(..l.find(needle)?)?.chars().count()))
        };
        assert_eq!(column("FAULT"), column("^^^^^"), "{shown}");
    }

    fn fifty_warnings() -> (SourceMap, Diagnostics) {
        let mut sources = SourceMap::default();
        let file = sources.add("a.md", "x\n".repeat(100));
        let mut found = Diagnostics::default();
        for i in 0..50 {
            let span = Span::new(file, i * 2, i * 2 + 1);
            found.push(Diagnostic::at(Code::NoAltText, span, "no alternative text"));
        }
        (sources, found)
    }

    #[test]
    fn many_warnings_of_one_code_are_one_group() {
        let (sources, mut found) = fifty_warnings();
        found.push(Diagnostic::new(Code::DeadLink, "leads nowhere"));
        let text = reporter(&sources).render(&found, false);
        assert_eq!(text.matches("warning[no-alt-text]").count(), 1, "{text}");
        assert!(text.contains("note: 49 more of no-alt-text:\n  book/a.md:2:1: no alt"), "{text}");
        assert!(text.contains("  book/a.md:41:1: no alternative text\n  and 9 more;"), "{text}");
        assert!(text.ends_with("warning[dead-link]: leads nowhere\n\n"), "{text}");
    }

    #[test]
    fn all_warnings_are_shown_in_full_when_asked_for_and_none_when_quiet() {
        let (sources, found) = fifty_warnings();
        let all = Reporter { verbose: true, ..reporter(&sources) }.render(&found, false);
        assert_eq!(all.matches("warning[no-alt-text]").count(), 50);
        assert_eq!(reporter(&sources).render(&found, true), "", "quiet");
    }

    #[test]
    fn errors_come_last() {
        let sources = SourceMap::default();
        let mut found = Diagnostics::default();
        found.push(Diagnostic::new(Code::NoChapter, "no chapter"));
        found.push(Diagnostic::new(Code::DeadLink, "leads nowhere"));
        let text = reporter(&sources).render(&found, false);
        assert!(text.find("error[no-chapter]") > text.find("warning[dead-link]"), "{text}");
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        let shown = render("a \u{1b}[31m red\n", (2, 3), "No \u{1b}[0m escapes.");
        assert!(!shown.contains('\u{1b}'), "{shown:?}");
    }

    proptest! {
        #[test]
        fn no_span_and_no_text_can_break_it(
            text in "(\\PC|\r|\n|\t|\u{0}|ä|漢|👩‍🚀){0,300}",
            start in 0u32..400,
            end in 0u32..400,
            file in 0u32..2,
        ) {
            let mut sources = SourceMap::default();
            sources.add("a.md", text);
            let mut found = Diagnostics::default();
            let span = Span { file: FileId(file), start, end };
            found.push(Diagnostic::at(Code::DeadLink, span, "dead\nlink"));
            let shown = reporter(&sources).render(&found, false);
            prop_assert!(shown.contains("warning[dead-link]"));
        }
    }
}
