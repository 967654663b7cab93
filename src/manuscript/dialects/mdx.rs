//! MDX: imports, exports and comments, none of which are text.

use super::draft::{Draft, Edits, RemovedReason};
use super::lines::lines;

/// Takes out imports, exports and comments.
pub(super) fn scripts(draft: &mut Draft) {
    let mut edits = Edits::default();
    // The byte where the statement that goes on began.
    let mut open: Option<(usize, usize)> = None;
    let mut comment: Option<usize> = None;
    let mut starts = true;
    for line in lines(&draft.text) {
        if let Some(start) = comment {
            if let Some(at) = line.words.find("*/}") {
                edits.remove(start..line.start() + at + 3, RemovedReason::Comment);
                comment = None;
            }
            continue;
        }
        if let Some((start, end)) = open {
            if !line.is_blank() {
                open = Some((start, line.range.end));
                continue;
            }
            edits.remove(start..end, RemovedReason::Directive);
            open = None;
        }
        if line.is_text() && starts && line.prefix.is_empty() && is_statement(line.words) {
            open = Some((line.range.start, line.range.end));
            continue;
        }
        starts = line.is_blank();
        if line.is_text() && line.words.starts_with("{/*") {
            match line.words.find("*/}") {
                Some(at) => {
                    edits.remove(line.start()..line.start() + at + 3, RemovedReason::Comment)
                }
                None => comment = Some(line.start()),
            }
        }
    }
    if let Some((start, end)) = open {
        edits.remove(start..end, RemovedReason::Directive);
    }
    draft.apply(edits);
}

fn is_statement(words: &str) -> bool {
    let quoted = |text: &str| text.contains('\'') || text.contains('"');
    if let Some(rest) = words.strip_prefix("import ") {
        let whole = rest.contains(" from ") || rest.starts_with(['\'', '"']);
        let ends = rest.trim_end_matches(';').ends_with(['\'', '"']);
        return whole && quoted(rest) && ends || rest == "{";
    }
    ["export const ", "export default ", "export function ", "export let "]
        .iter()
        .any(|start| words.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn statements_and_comments_are_taken_out() {
        let text = "import A from '@theme/A';\nimport B from \"b\"\n\n# T\n\nexport const x = {\n  \
                    a: 1\n};\n\n{/* c */}\nimport it from the shop\n";
        let mut draft = Draft::new(text, FileId(0), 0);
        scripts(&mut draft);
        assert_eq!(draft.text, "\n\n# T\n\n\n\n\nimport it from the shop\n");
        assert_eq!(draft.removed.len(), 3);
    }

    #[test]
    fn sentences_and_listings_stay() {
        for text in ["import duties rose \"from\" the start\n", "```js\nimport a from 'b'\n```\n"] {
            let mut draft = Draft::new(text, FileId(0), 0);
            scripts(&mut draft);
            assert_eq!(draft.text, text);
        }
    }
}
