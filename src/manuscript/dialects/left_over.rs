//! Marks of other tools that no step has understood.

use std::collections::BTreeMap;

use super::draft::{Draft, Edits};
use super::scan::Scan;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceMap, Span};

/// What marks of other tools look like: the kind to name, how it begins and how
/// it ends on the same line.
const KINDS: [(&str, &str, &str); 6] = [
    ("`{{ … }}`", "{{", "}}"),
    ("`{% … %}`", "{%", "%}"),
    ("`:::`", ":::", ""),
    ("`[[ … ]]`", "[[", "]]"),
    ("`{: … }`", "{:", "}"),
    ("`--8<--`", "--8<--", ""),
];

/// How many places a finding names.
const MOST_PLACES: usize = 8;

/// Notes what is left of other tools' marks in a text. It stays in the text.
pub(super) fn find(draft: &mut Draft, math: bool) {
    if !KINDS.iter().any(|(_, start, _)| draft.text.contains(start)) {
        return;
    }
    let scan = Scan::new(&draft.text, math);
    let mut edits = Edits::default();
    for (kind, start, end) in KINDS {
        let mut after = 0;
        for at in scan.marks(start) {
            let line = draft.text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or("");
            let Some(length) = line.find(end).filter(|_| at >= after) else { continue };
            after = at + length.max(start.len()) + end.len();
            edits.left_over(kind, at..after);
        }
    }
    draft.apply(edits);
}

/// One finding for each kind, with its places.
pub(super) fn report(
    found: Vec<(&'static str, Span)>,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) {
    let mut kinds: BTreeMap<&'static str, Vec<Span>> = BTreeMap::new();
    for (kind, span) in found {
        kinds.entry(kind).or_default().push(span);
    }
    for (kind, spans) in kinds {
        let Some(first) = spans.first() else { continue };
        let message = format!("{kind} is left over from another dialect");
        let mut diagnostic = Diagnostic::at(Code::LeftOver, *first, message);
        if spans.len() > 1 {
            let others = spans.iter().skip(1).take(MOST_PLACES).map(|span| sources.place(*span));
            let mut places = others.collect::<Vec<_>>().join(", ");
            if let Some(more) = spans.len().checked_sub(MOST_PLACES + 1).filter(|more| *more > 0) {
                places.push_str(&format!(" and {more} more"));
            }
            diagnostic = diagnostic.hint(format!("Also at {places}."));
        }
        let hint =
            "Write it in Markdown or HTML, or put it into backticks if it is meant as it is.";
        diagnostics.push(diagnostic.hint(hint));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_reported_once_with_all_its_places() {
        let mut sources = SourceMap::default();
        let text = "{{ a }}\n`{{ b }}` {{c}}\n{% d %}\n";
        let file = sources.add("a.md", text);
        let mut draft = Draft::new(text, file, 0);
        find(&mut draft, true);
        let mut diagnostics = Diagnostics::default();
        report(draft.left_over, &sources, &mut diagnostics);
        let found: Vec<_> = diagnostics.iter().map(|d| (d.code, d.hints.len())).collect();
        assert_eq!(found, [(Code::LeftOver, 1), (Code::LeftOver, 2)]);
        let also = diagnostics.iter().flat_map(|d| d.hints.first().cloned()).nth(1);
        assert_eq!(also.as_deref(), Some("Also at a.md:2:11."));
    }
}
