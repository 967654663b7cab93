//! Findings for programs: an object a line (JSON), annotations in a pull request
//! (GitHub), and SARIF 2.1.0 for whatever collects results of checks.

use std::fmt::Write;
use std::path::Path;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::args::FindingFormat;
use super::report::path_from_here;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::{LineCol, SourceMap, Span};

/// What stays as it is in the path of a URI (RFC 3986, section 3.3), and slashes.
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'\\');

/// All findings in a form for programs; none for [`FindingFormat::Text`].
pub fn render(
    format: FindingFormat,
    diagnostics: &Diagnostics,
    sources: &SourceMap,
    root: &Path,
) -> Option<String> {
    let findings = diagnostics.iter().map(|diagnostic| Finding::new(diagnostic, sources, root));
    match format {
        FindingFormat::Text => None,
        FindingFormat::Json => Some(findings.map(|f| format!("{}\n", f.json())).collect()),
        FindingFormat::Github => Some(findings.map(|f| f.github()).collect()),
        FindingFormat::Sarif => Some(sarif(&findings.collect::<Vec<_>>())),
    }
}

/// A finding with its place looked up.
struct Finding<'a> {
    diagnostic: &'a Diagnostic,
    place: Option<Place>,
}

struct Place {
    path: String,
    span: Span,
    start: LineCol,
    end: LineCol,
}

impl<'a> Finding<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &SourceMap, root: &Path) -> Finding<'a> {
        let place = diagnostic.span.and_then(|span| {
            let file = sources.get(span.file)?;
            Some(Place {
                path: path_from_here(root, file.path()),
                span,
                start: file.line_col(span.start),
                end: file.line_col(span.end.max(span.start)),
            })
        });
        Finding { diagnostic, place }
    }

    fn level(&self) -> &'static str {
        match self.diagnostic.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }

    /// Lines and columns count from 1, columns in characters; `start` and `end` are
    /// bytes from the beginning of the file, `end` exclusive.
    fn json(&self) -> Value {
        let mut object = json!({
            "code": self.diagnostic.code.slug(),
            "level": self.level(),
            "message": self.diagnostic.message,
            "hints": self.diagnostic.hints,
        });
        if let (Some(place), Some(fields)) = (&self.place, object.as_object_mut()) {
            let more = [
                ("file", json!(place.path)),
                ("line", json!(place.start.line)),
                ("column", json!(place.start.column)),
                ("end_line", json!(place.end.line)),
                ("end_column", json!(place.end.column)),
                ("start", json!(place.span.start)),
                ("end", json!(place.span.end)),
            ];
            fields.extend(more.map(|(key, value)| (key.to_owned(), value)));
        }
        object
    }

    /// A command of GitHub's workflows ("Setting a warning message").
    fn github(&self) -> String {
        let mut out = format!("::{} ", self.level());
        if let Some(Place { path, start, end, .. }) = &self.place {
            let (line, last, column) = (start.line, end.line, start.column);
            let path = escaped_property(path);
            let _ = write!(out, "file={path},line={line},endLine={last},col={column},");
        }
        let text = self.with_hints("\n");
        let _ =
            writeln!(out, "title={}::{}", self.diagnostic.code.slug(), escaped_command_data(&text));
        out
    }

    fn sarif(&self) -> Value {
        let locations: Vec<Value> = self.place.iter().map(Place::sarif).collect();
        json!({
            "ruleId": self.diagnostic.code.slug(),
            "level": self.level(),
            "message": { "text": self.with_hints(" ") },
            "locations": locations,
        })
    }

    fn with_hints(&self, between: &str) -> String {
        let mut parts = vec![self.diagnostic.message.as_str()];
        parts.extend(self.diagnostic.hints.iter().map(String::as_str));
        parts.join(between)
    }
}

impl Place {
    fn sarif(&self) -> Value {
        let uri = utf8_percent_encode(&self.path.replace('\\', "/"), PATH).to_string();
        json!({ "physicalLocation": {
            "artifactLocation": { "uri": uri },
            "region": {
                "startLine": self.start.line,
                "startColumn": self.start.column,
                "endLine": self.end.line,
                "endColumn": self.end.column,
            },
        }})
    }
}

fn sarif(findings: &[Finding<'_>]) -> String {
    let mut codes: Vec<Code> = findings.iter().map(|f| f.diagnostic.code).collect();
    codes.sort();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| json!({ "id": code.slug() })).collect();
    let results: Vec<Value> = findings.iter().map(Finding::sarif).collect();
    let log = json!({
        "version": "2.1.0",
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// A message of a workflow command: one line.
fn escaped_command_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command, which ends at a comma or colon.
fn escaped_property(text: &str) -> String {
    escaped_command_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(format: FindingFormat) -> String {
        let mut sources = SourceMap::default();
        let file = sources.add("a, b.md", "eins\nzwei über ![](x.png)\n");
        let mut found = Diagnostics::default();
        let dead = Diagnostic::at(Code::DeadLink, Span::new(file, 16, 26), "100 % dead");
        found.push(dead.hint("Draw\none."));
        found.push(Diagnostic::new(Code::NoBook, "no book"));
        render(format, &found, &sources, Path::new("my book")).unwrap_or_default()
    }

    #[test]
    fn json_is_an_object_a_line_with_lines_and_bytes() {
        let text = rendered(FindingFormat::Json);
        let objects: Vec<Value> =
            text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let wanted = json!({
            "code": "dead-link", "level": "warning", "message": "100 % dead",
            "hints": ["Draw\none."], "file": "my book/a, b.md",
            "line": 2, "column": 11, "end_line": 2, "end_column": 21, "start": 16, "end": 26,
        });
        let without_place =
            json!({ "code": "no-book", "level": "error", "message": "no book", "hints": [] });
        assert_eq!(objects, [wanted, without_place]);
    }

    #[test]
    fn github_gets_commands_with_what_ends_a_property_escaped() {
        assert_eq!(
            rendered(FindingFormat::Github),
            "::warning file=my book/a%2C b.md,line=2,endLine=2,col=11,title=dead-link::\
             100 %25 dead%0ADraw%0Aone.\n::error title=no-book::no book\n"
        );
    }

    #[test]
    fn sarif_is_one_log_with_a_result_for_each_finding() {
        let log: Value = serde_json::from_str(&rendered(FindingFormat::Sarif)).unwrap_or_default();
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(2));
        let place = &run["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "my%20book/a,%20b.md");
        assert_eq!(place["region"]["startColumn"], 11);
        assert_eq!(run["results"][1]["locations"], json!([]));
    }

    #[test]
    fn a_form_for_people_is_not_drawn_here() {
        assert_eq!(rendered(FindingFormat::Text), "");
    }
}
