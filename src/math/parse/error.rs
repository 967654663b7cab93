//! What is wrong with a formula, in a writer's words.

use std::ops::Range;

/// Why a formula can't be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ParseError {
    /// What is wrong, in a clause without a full stop.
    pub message: String,
    /// The bytes of the formula where it was noticed, if that is known.
    pub at: Option<Range<usize>>,
}

impl ParseError {
    /// A formula that nobody wrote by hand.
    pub(super) fn too_long() -> ParseError {
        ParseError { message: String::from("the formula is too long"), at: None }
    }

    /// Groups in groups in groups.
    pub(super) fn too_deep() -> ParseError {
        ParseError { message: String::from("the formula is nested too deeply"), at: None }
    }

    /// From the message of `pulldown-latex`, which gives the place only by quoting
    /// the text around it.
    pub(super) fn of_parser(said: &str, tex: &str) -> ParseError {
        let mut lines = said.lines();
        let first = lines.next().unwrap_or("").trim_start_matches("parsing error: ");
        let message = match first {
            "unknown primitive command found" => "it contains an unknown command",
            "unkown mathematical environment found" => "it contains an unknown environment",
            "expected an argument" | "expected a token" => "a command has no argument",
            first if first.starts_with("unbalanced group found, expected") => {
                "a group or environment is not closed"
            }
            first if first.starts_with("unbalanced group") => {
                "it closes a group or environment that was not opened"
            }
            "trying to add a subscript twice to the same element" => {
                "it has two subscripts in a row"
            }
            "trying to add a superscript twice to the same element" => {
                "it has two superscripts in a row"
            }
            "alignment not allowed in current environment" => "`&` stands where no columns are",
            "new line command not allowed in current environment" => {
                "`\\\\` stands where no rows are"
            }
            first if first.starts_with("unexpected math `$`") => "`$` stands within it",
            "expected a delimiter token" => {
                "a delimiter is missing after `\\left`, `\\right` or the like"
            }
            first => first,
        };
        let quoted: Vec<&str> = said
            .lines()
            .filter_map(|line| line.strip_prefix('│'))
            .filter(|line| !line.trim().is_empty() && !line.trim().chars().all(|c| c == '^'))
            .collect();
        let at = quoted.last().and_then(|line| {
            let cut = line.starts_with('…');
            let text = line.trim_start_matches('…').strip_prefix(' ').filter(|_| !cut);
            let text = text.unwrap_or(line.trim_start_matches('…'));
            let begin = tex.find(text)?;
            let unique = tex.rfind(text) == Some(begin);
            (unique && !text.is_empty()).then_some(begin..begin + text.len())
        });
        ParseError { message: message.to_owned(), at }
    }
}
