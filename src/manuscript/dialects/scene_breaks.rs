//! Scene breaks as writers type them: `#`, `⁂`, `~`, `\*\*\*`,
//! `<center>***</center>`, a paragraph of `&nbsp;` or `<br>`.

use super::draft::{Draft, Edits, made};
use super::lines::lines;

/// Makes thematic breaks of them.
pub(super) fn scene_breaks(draft: &mut Draft) {
    let mut edits = Edits::default();
    let all = lines(&draft.text);
    let mut after_break = true;
    for (index, line) in all.iter().enumerate() {
        if line.is_blank() {
            continue;
        }
        let blank = |at: Option<usize>| at.and_then(|at| all.get(at)).is_none_or(|l| l.is_blank());
        let alone = index > 0 && blank(index.checked_sub(1)) && blank(Some(index + 1));
        if line.is_text() && alone && line.prefix.is_empty() && is_break(line.words) {
            // Two in a row, or one above the first words, are only space.
            let with = if after_break { "" } else { "***" };
            edits.replace(line.range.clone(), vec![made(with)]);
            after_break = true;
        } else {
            after_break = false;
        }
    }
    draft.apply(edits);
}

fn is_break(words: &str) -> bool {
    let lower = words.to_ascii_lowercase();
    let mut inner = lower.as_str();
    for (start, end) in [
        ("<center>", "</center>"),
        ("<p align=\"center\">", "</p>"),
        ("<p style=\"text-align:center\">", "</p>"),
        ("<p>", "</p>"),
    ] {
        if let Some(within) = inner.strip_prefix(start).and_then(|w| w.strip_suffix(end)) {
            inner = within.trim();
        }
    }
    let wrapped = inner.len() < lower.len();
    let signs = inner.replace(['\\', ' '], "");
    match signs.as_str() {
        "#" | "⁂" | "~" | "~~~" | "&nbsp;" | "\u{A0}" | "<br>" | "<br/>" => true,
        "***" | "*" | "**" | "###" | "•••" | "⁂⁂⁂" => {
            wrapped || inner.contains('\\') || !inner.contains('*')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn signs_alone_between_paragraphs_are_breaks() {
        let signs =
            ["#", "⁂", "~", "\\*\\*\\*", "\\* \\* \\*", "<center>***</center>", "&nbsp;", "<br>"];
        for sign in signs {
            let mut draft = Draft::new(&format!("a\n\n{sign}\n\nb\n"), FileId(0), 0);
            scene_breaks(&mut draft);
            assert_eq!(draft.text, "a\n\n***\n\nb\n", "{sign}");
        }
    }

    #[test]
    fn space_typed_twice_is_one_break() {
        let mut draft = Draft::new("<br>\n\na\n\n<br>\n\n<br>\n\nb # c\n#\n", FileId(0), 0);
        scene_breaks(&mut draft);
        assert_eq!(draft.text, "<br>\n\na\n\n***\n\n\n\nb # c\n#\n");
    }
}
