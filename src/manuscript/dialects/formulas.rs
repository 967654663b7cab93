//! Formulas outside dollars: MathJax's `\\( … \\)` and `\\[ … \\]` as mdBook
//! escapes them, `\begin{align}` on a line of its own; and prices, which are
//! none.

use pulldown_cmark::{Event, Options, Parser};

use super::draft::{Draft, Edits, made};
use super::lines::lines;
use super::scan::Scan;

/// Puts formulas between dollars.
pub(super) fn delimiters(draft: &mut Draft) {
    let scan = Scan::new(&draft.text, true);
    let mut edits = Edits::default();
    for (open, close, dollars) in [("\\\\(", "\\\\)", "$"), ("\\\\[", "\\\\]", "$$")] {
        let mut end = 0;
        for (at, _) in draft.text.match_indices(open) {
            if at < end || scan.protected_to(at).is_some() {
                continue;
            }
            let inner = at + open.len();
            let rest = draft.text.get(inner..).unwrap_or("");
            let paragraph = rest.find("\n\n").unwrap_or(rest.len());
            let Some(length) = rest.get(..paragraph).and_then(|rest| rest.find(close)) else {
                continue;
            };
            let tex = rest.get(..length).unwrap_or("");
            if tex.trim().is_empty() {
                continue;
            }
            let space = tex.len() - tex.trim_start().len();
            let words_end = inner + tex.trim_end().len();
            end = inner + length + close.len();
            edits.replace(at..inner + space, vec![made(dollars)]);
            edits.replace(words_end..end, vec![made(dollars)]);
        }
    }
    let mut open: Option<String> = None;
    for line in lines(&draft.text) {
        if let Some(end) = &open {
            if line.words.ends_with(end.as_str()) {
                edits.insert(line.range.end, "\n$$");
                open = None;
            }
        } else if line.is_text()
            && let Some(name) = environment(line.words)
        {
            let end = format!("\\end{{{name}}}");
            if draft.text.get(line.range.end..).is_some_and(|rest| rest.contains(&end)) {
                edits.insert(line.start(), format!("$$\n{}", line.prefix));
                open = Some(end);
            }
        }
    }
    draft.apply(edits);
}

/// The environment of mathematics that a line begins.
fn environment(words: &str) -> Option<&str> {
    let (name, _) = words.strip_prefix("\\begin{")?.split_once('}')?;
    let bare = name.trim_end_matches('*');
    matches!(
        bare,
        "align" | "aligned" | "equation" | "gather" | "multline" | "eqnarray" | "alignat"
    )
    .then_some(name)
}

/// Escapes dollars before prices between which other marks open and close, so
/// that they make no formula of `**$5** and **$10**`.
pub(super) fn prices(draft: &mut Draft) {
    // Each round may set the next dollar free.
    for _ in 0..64 {
        let mut edits = Edits::default();
        let options = Options::ENABLE_TABLES | Options::ENABLE_MATH;
        for (event, range) in Parser::new_ext(&draft.text, options).into_offset_iter() {
            let Event::InlineMath(tex) = event else { continue };
            let after = draft.text.get(range.end..).unwrap_or("");
            let price = after.starts_with(|c: char| c.is_ascii_digit());
            if price && tex.contains(['*', '_', '[', ']', '`']) {
                edits.insert(range.start, "\\");
            }
        }
        if edits.is_empty() {
            return;
        }
        draft.apply(edits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn brought(text: &str, step: fn(&mut Draft)) -> String {
        let mut draft = Draft::new(text, FileId(0), 0);
        step(&mut draft);
        draft.text
    }

    #[test]
    fn formulas_come_between_dollars() {
        assert_eq!(brought("a \\\\( x_1 \\\\) b", delimiters), "a $x_1$ b");
        assert_eq!(brought("\\\\[\nx\n\\\\]\n", delimiters), "$$x$$\n");
        let align = "\\begin{align}\na &= b\n\\end{align}\n";
        let set = "$$\n\\begin{align}\na &= b\n\\end{align}\n$$\n";
        assert_eq!(brought(align, delimiters), set);
        assert_eq!(brought(set, delimiters), set);
        assert_eq!(brought("`\\\\(a\\\\)`", delimiters), "`\\\\(a\\\\)`");
    }

    #[test]
    fn prices_in_other_marks_are_no_formulas() {
        assert_eq!(brought("**$5** and **$10**", prices), "**\\$5** and **$10**");
        assert_eq!(brought("[$5](u) or [$6](u)", prices), "[\\$5](u) or [$6](u)");
        assert_eq!(brought("$a*b$ and $5", prices), "$a*b$ and $5");
    }
}
