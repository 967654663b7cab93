//! Colons that begin a line without being the mark of a definition: `:smile:`,
//! `:)`. A definition has a space after its colon.

use super::draft::{Draft, Edits};
use super::lines::{item_text, lines};

/// Escapes colons that are no marks.
pub(super) fn escape_colons(draft: &mut Draft) {
    let mut edits = Edits::default();
    for line in lines(&draft.text).into_iter().filter(|line| line.is_text()) {
        let words = item_text(line.words).unwrap_or(line.words);
        let at = line.start() + line.words.len() - words.len();
        if words.strip_prefix(':').is_some_and(|rest| !rest.starts_with([' ', '\t']))
            && words.len() > 1
        {
            edits.insert(at, "\\");
        }
    }
    draft.apply(edits);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn a_colon_needs_a_space_to_define() {
        let mut draft =
            Draft::new("a\n:)\n\n> :b:\n- :c\n\nd\n: e\n\n```\n:f\n```\n", FileId(0), 0);
        escape_colons(&mut draft);
        assert_eq!(draft.text, "a\n\\:)\n\n> \\:b:\n- \\:c\n\nd\n: e\n\n```\n:f\n```\n");
    }
}
