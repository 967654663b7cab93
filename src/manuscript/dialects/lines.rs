//! The lines of a text, and which of them are code.

use std::ops::Range;

/// A line of a text.
#[derive(Debug, Clone)]
pub(super) struct Line<'t> {
    /// Where it is, without its line end.
    pub range: Range<usize>,
    /// One past its line end.
    pub next: usize,
    /// The white space and marks of quotations before its words.
    pub prefix: &'t str,
    /// What follows them.
    pub words: &'t str,
    /// Whether it is of a listing, a formula or a comment, its marks included.
    pub code: bool,
    /// Whether it is of a listing that is only indented.
    pub indented: bool,
}

impl Line<'_> {
    /// Where its words begin.
    pub fn start(&self) -> usize {
        self.range.start + self.prefix.len()
    }

    /// Whether nothing is on it.
    pub fn is_blank(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether marks on it are what they look like.
    pub fn is_text(&self) -> bool {
        !self.code && !self.indented && !self.words.is_empty()
    }

    /// How far its words are indented, in columns.
    pub fn indent(&self) -> usize {
        columns(self.prefix)
    }
}

/// The width of white space, a tab going to the next multiple of four.
fn columns(space: &str) -> usize {
    space.chars().fold(0, |at, c| if c == '\t' { (at / 4 + 1) * 4 } else { at + 1 })
}

/// What ends the code that is open.
enum Open {
    Fence(char, usize),
    Until(&'static str),
}

/// All lines of a text.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut out: Vec<Line<'_>> = Vec::new();
    let mut open: Option<Open> = None;
    let mut at = 0;
    let (mut after_blank, mut in_list, mut was_indented) = (true, false, false);
    for whole in text.split_inclusive('\n') {
        let bare = whole.trim_end_matches(['\n', '\r']);
        let words = bare.trim_start_matches([' ', '\t', '>']);
        let prefix = bare.get(..bare.len() - words.len()).unwrap_or("");
        let mut code = true;
        match &open {
            Some(Open::Fence(mark, count)) => {
                if fence(words)
                    .is_some_and(|(m, c, rest)| m == *mark && c >= *count && rest.is_empty())
                {
                    open = None;
                }
            }
            Some(Open::Until(end)) => {
                if words.contains(end) {
                    open = None;
                }
            }
            None => {
                open = opens(words);
                code = open.is_some() || one_line_code(words);
            }
        }
        let words = words.trim_end();
        let quoted = prefix.contains('>');
        let deep = columns(prefix) >= 4 && !quoted;
        let indented =
            !code && deep && !in_list && !words.is_empty() && (after_blank || was_indented);
        if !words.is_empty() && !code {
            in_list = is_item(words) || (in_list && (columns(prefix) > 0 || !after_blank));
        }
        if words.is_empty() {
            after_blank = true;
        } else {
            (after_blank, was_indented) = (false, indented);
        }
        let range = at..at + bare.len();
        out.push(Line { range, next: at + whole.len(), prefix, words, code, indented });
        at += whole.len();
    }
    out
}

fn opens(words: &str) -> Option<Open> {
    // A fence may be the first thing in an item of a list.
    let words = item_text(words).unwrap_or(words);
    if let Some((mark, count, _)) = fence(words) {
        return Some(Open::Fence(mark, count));
    }
    let lower = words.get(..8.min(words.len())).unwrap_or("").to_ascii_lowercase();
    let until = [
        ("<!--", "-->"),
        ("<pre", "</pre>"),
        ("<script", "</script>"),
        ("<style", "</style>"),
        ("<svg", "</svg>"),
        ("$$", "$$"),
    ];
    let (start, end) = until.into_iter().find(|(start, _)| lower.starts_with(start))?;
    let rest = words.get(start.len()..).unwrap_or("");
    (!rest.contains(end)).then_some(Open::Until(end))
}

fn one_line_code(words: &str) -> bool {
    words.starts_with("<!--") && words.ends_with("-->")
}

/// The mark of a fence, how often it stands there, and what follows.
pub(super) fn fence(words: &str) -> Option<(char, usize, &str)> {
    let mark = words.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = words.trim_start_matches(mark);
    let count = words.len() - rest.len();
    let fences = count >= 3 && !(mark == '`' && rest.contains('`'));
    fences.then_some((mark, count, rest.trim()))
}

fn is_item(words: &str) -> bool {
    item_text(words).is_some()
}

/// What follows the mark of a list item.
pub(super) fn item_text(words: &str) -> Option<&str> {
    let rest = match words.chars().next()? {
        '-' | '*' | '+' => words.get(1..)?,
        c if c.is_ascii_digit() => {
            words.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(['.', ')'])?
        }
        _ => return None,
    };
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_code_are_told_from_text() {
        let text = "a\n\n    code\n\n- b\n\n    text\n\n```md\n::: x\n```\nc\n<!--\n%%\n-->\nd\n";
        let text_lines: Vec<&str> =
            lines(text).iter().filter(|line| line.is_text()).map(|line| line.words).collect();
        assert_eq!(text_lines, ["a", "- b", "text", "c", "d"]);
    }

    #[test]
    fn a_line_knows_its_quotation() {
        let all = lines("> > x y \n");
        assert_eq!((all[0].prefix, all[0].words, all[0].start()), ("> > ", "x y", 4));
    }
}
