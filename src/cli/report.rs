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
use crate::source::{SourceMap, Span};

/// How many columns of a line are shown, about.
const WIDTH: usize = 100;
/// How many characters are marked at most, so that a mark always fits.
const MARKED: usize = 60;
/// How many warnings of one kind are shown unless all are asked for. Errors
/// are always all shown: each must be mended.
const MOST_OF_ONE_CODE: usize = 12;

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
        let mut out = self.findings(diagnostics, errors_only);
        self.close(&mut out, diagnostics, errors_only);
        out
    }

    /// The same without the closing line.
    pub fn findings(&self, diagnostics: &Diagnostics, errors_only: bool) -> String {
        let mut out = String::new();
        let mut by_code: BTreeMap<Code, usize> = BTreeMap::new();
        for diagnostic in diagnostics {
            if diagnostic.severity() == Severity::Warning {
                let seen = by_code.entry(diagnostic.code).or_default();
                *seen += 1;
                if errors_only || (*seen > MOST_OF_ONE_CODE && !self.verbose) {
                    continue;
                }
            }
            out.push_str(&self.one(diagnostic));
            out.push_str("\n\n");
        }
        if errors_only {
            by_code.clear();
        }
        if !self.verbose {
            for (code, seen) in by_code.iter().filter(|(_, seen)| **seen > MOST_OF_ONE_CODE) {
                let more = format!(
                    "{} more of {} (see all with -v)",
                    seen - MOST_OF_ONE_CODE,
                    code.slug()
                );
                out.push_str(&line(self.color, Level::NOTE, &more));
            }
        }
        out
    }

    /// Counts, if nothing was written; a summary counts the warnings itself.
    fn close(&self, out: &mut String, diagnostics: &Diagnostics, errors_only: bool) {
        if !diagnostics.has_errors() {
            return;
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
        out.push_str(&line(self.color, Level::ERROR, &text));
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
        let file = self.sources.get(span.file)?;
        let at = file.line_col(span.start);
        let line = file.line(at.line);
        let start = char_start(line, at.column - 1);
        let length = span.end.saturating_sub(span.start) as usize;
        let end = floor_char(line, start.saturating_add(length)).max(start);
        let longest = line.get(start..).map_or(start, |rest| start + char_start(rest, MARKED));
        let mark = AnnotationKind::Primary.span(start..end.min(longest));
        let path = if self.root == Path::new(".") {
            file.path().to_owned()
        } else {
            self.root.join(file.path()).display().to_string()
        };
        Some(Snippet::source(line).line_start(at.line).path(path).annotation(mark))
    }
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

    #[test]
    fn warnings_of_one_kind_do_not_flood() {
        let mut sources = SourceMap::default();
        let file = sources.add("a.md", "x\n".repeat(100));
        let mut found = Diagnostics::default();
        for i in 0..40 {
            let span = Span::new(file, i * 2, i * 2 + 1);
            found.push(Diagnostic::at(Code::NoAltText, span, "no alternative text"));
        }
        let text = reporter(&sources).render(&found, false);
        assert_eq!(text.matches("warning[no-alt-text]").count(), MOST_OF_ONE_CODE);
        assert!(text.contains("note: 28 more of no-alt-text"), "{text}");
        let all = Reporter { verbose: true, ..reporter(&sources) }.render(&found, false);
        assert_eq!(all.matches("warning[no-alt-text]").count(), 40);
        assert_eq!(reporter(&sources).render(&found, true), "", "quiet");
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
