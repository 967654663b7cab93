//! Words with their look, as Markdown.

use super::styles::{Look, Script};

/// A piece of a line.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// Words as the document has them.
    Words(String, Look),
    /// Something that is Markdown already: a link, a picture, the mark of a note.
    Markdown(String),
    /// The end of a line within a paragraph.
    Break,
}

/// A line of Markdown that says the same.
pub(super) fn markdown(pieces: &[Piece]) -> String {
    let pieces = merged(pieces);
    let mut out = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Words(words, look) => {
                let next = pieces.get(index + 1).and_then(first_character);
                styled(&mut out, words, look, next);
            }
            Piece::Markdown(text) => out.push_str(text),
            Piece::Break => {
                let end = out.trim_end_matches(' ').len();
                out.truncate(end);
                if !out.is_empty() && index + 1 < pieces.len() {
                    out.push_str("\\\n");
                }
            }
        }
    }
    out.trim().to_owned()
}

/// Word cuts words into runs at its own discretion: those that look alike are one.
fn merged(pieces: &[Piece]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (out.last_mut(), piece) {
            (Some(Piece::Words(words, look)), Piece::Words(more, other))
                if look == other || more.trim().is_empty() =>
            {
                words.push_str(more);
            }
            _ => out.push(piece.clone()),
        }
    }
    out
}

fn first_character(piece: &Piece) -> Option<char> {
    match piece {
        Piece::Words(words, _) => words.chars().next(),
        Piece::Markdown(text) => text.chars().next(),
        Piece::Break => None,
    }
}

fn styled(out: &mut String, words: &str, look: &Look, next: Option<char>) {
    let inner = words.trim_matches([' ', '\t', '\n']);
    if inner.is_empty() {
        out.push_str(words);
        return;
    }
    let start = words.len() - words.trim_start_matches([' ', '\t', '\n']).len();
    let (before, rest) = words.split_at(start);
    let after = rest.get(inner.len()..).unwrap_or("");
    out.push_str(before);
    if look.code {
        out.push_str(&code(inner));
    } else {
        let next = after.chars().next().or(next);
        let [open, close] = marks(look, inner, out.chars().next_back(), next);
        let at_start = out.is_empty() || out.ends_with('\n');
        out.push_str(&open);
        out.push_str(&escaped(inner, at_start && open.is_empty()));
        out.push_str(&close);
    }
    out.push_str(after);
}

/// What stands around words of a look. Asterisks work only where the characters
/// beside them allow it (CommonMark, section 6.2); tags work everywhere.
fn marks(look: &Look, inner: &str, before: Option<char>, next: Option<char>) -> [String; 2] {
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let outside = |c: Option<char>| is_space(c) || c.is_some_and(|c| ",.;:!?)".contains(c));
    let plain = (is_space(before) || before == Some('(')) && outside(next);
    let simple = plain && is_word(inner.chars().next()) && !inner.ends_with(['\\', '*', '_']);
    let tag = |name: &str| [format!("<{name}>"), format!("</{name}>")];
    let emphasis = |mark: &str, name: &str| {
        if simple { [mark.to_owned(), mark.to_owned()] } else { tag(name) }
    };
    let mut around: Vec<[String; 2]> = Vec::new();
    if look.bold && look.italic && simple {
        around.push(["***".to_owned(), "***".to_owned()]);
    } else {
        around.extend(look.bold.then(|| emphasis("**", "strong")));
        around.extend(look.italic.then(|| emphasis("*", "em")));
    }
    around.extend(look.strike.then(|| tag("s")));
    if look.small_caps {
        around.push(["<span class=\"small-caps\">".to_owned(), "</span>".to_owned()]);
    }
    around.extend(look.script.map(|script| match script {
        Script::Above => tag("sup"),
        Script::Below => tag("sub"),
    }));
    let open = around.iter().map(|[open, _]| open.as_str()).collect();
    let close = around.iter().rev().map(|[_, close]| close.as_str()).collect();
    [open, close]
}

/// Words of code, between as many backticks as they need.
fn code(words: &str) -> String {
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{words}{space}{fence}")
}

/// Words in which nothing is a mark of Markdown, or of the dialects that are read
/// with it.
pub(super) fn escaped(words: &str, at_start: bool) -> String {
    let mut out = String::with_capacity(words.len());
    let mut chars = words.chars().peekable();
    let mut line_start = at_start;
    // The digits that a line begins with, which a `.` would make an item's number.
    let mut number = at_start;
    while let Some(c) = chars.next() {
        let doubled = chars.peek() == Some(&c);
        let escape = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '<' | '>' | '|' | '~' | '^' | '$'
            | '&' => true,
            '=' | '%' | ':' => doubled || line_start,
            '#' | '+' | '-' => line_start,
            '.' | ')' => number && !line_start,
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        out.push(if c == '\n' || c == '\t' { ' ' } else { c });
        number &= c.is_ascii_digit();
        line_start = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, look: &Look) -> Piece {
        Piece::Words(text.to_owned(), look.clone())
    }

    #[test]
    fn what_looks_like_markdown_stays_words() {
        assert_eq!(
            escaped("a*b_c [x](y) {z} <b> 5|6", true),
            "a\\*b\\_c \\[x\\](y) \\{z\\} \\<b\\> 5\\|6"
        );
        assert_eq!(escaped("1. no item", true), "1\\. no item");
        assert_eq!(escaped("- no item", true), "\\- no item");
        assert_eq!(escaped("well-known 3.5", false), "well-known 3.5");
        assert_eq!(escaped("==no mark== a = b", false), "\\==no mark\\== a = b");
    }

    #[test]
    fn emphasis_is_in_tags_where_asterisks_would_not_work() {
        let (plain, bold) = (Look::default(), Look { bold: true, ..Look::default() });
        let line = |pieces: &[Piece]| markdown(pieces);
        assert_eq!(
            line(&[words("a ", &plain), words("b ", &bold), words("c", &plain)]),
            "a **b** c"
        );
        assert_eq!(
            line(&[words("un", &plain), words("believ", &bold), words("able", &plain)]),
            "un<strong>believ</strong>able"
        );
        assert_eq!(line(&[words("“a”", &bold), words("b", &plain)]), "<strong>“a”</strong>b");
    }

    #[test]
    fn runs_that_look_alike_are_one() {
        let italic = Look { italic: true, ..Look::default() };
        let cut = [words("One", &italic), words(" ", &Look::default()), words("two", &italic)];
        assert_eq!(markdown(&cut), "*One two*");
    }
}
