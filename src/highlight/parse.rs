//! One listing into its tokens.

use std::ops::Range;

use syntect::parsing::{ParseState, ScopeStack, SyntaxReference};

use super::grammars;
use super::scopes::Marks;
use crate::model::Token;

/// Longer lines are no code to be read, but data; they stay plain.
const LONGEST_LINE: usize = 1_000;
/// Longer listings stay plain.
const LONGEST_LISTING: usize = 200_000;

/// The tokens of a listing; none if its language is not known or it is too long.
pub(super) fn tokens(fence: &str, text: &str) -> Vec<Token> {
    if text.len() > LONGEST_LISTING {
        return Vec::new();
    }
    grammars::named(fence).and_then(|grammar| parsed(grammar, text)).unwrap_or_default()
}

/// Walks the lines through the grammar; nothing if the grammar fails on the way.
fn parsed(grammar: &SyntaxReference, text: &str) -> Option<Vec<Token>> {
    let mut state = ParseState::new(grammar);
    let mut stack = ScopeStack::new();
    let mut marks = Marks::default();
    let mut tokens = Tokens { text, out: Vec::new() };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let begin = at;
        at += line.len();
        if line.len() > LONGEST_LINE {
            continue;
        }
        let ended;
        let whole = if line.ends_with('\n') {
            line
        } else {
            // The grammars rely on a line's end being there.
            ended = format!("{line}\n");
            &ended
        };
        let mut from = 0;
        for (to, change) in state.parse_line(whole, grammars::all()).ok()? {
            let to = to.min(line.len());
            tokens.add(&mut marks, &stack, begin + from..begin + to);
            from = to.max(from);
            stack.apply(&change).ok()?;
        }
        tokens.add(&mut marks, &stack, begin + from..begin + line.len());
    }
    Some(tokens.out)
}

struct Tokens<'a> {
    text: &'a str,
    out: Vec<Token>,
}

impl Tokens<'_> {
    /// Adds a part of the text, without white space around it; it becomes one
    /// with the part before if they are of a kind and only white space is
    /// between them.
    fn add(&mut self, marks: &mut Marks, stack: &ScopeStack, range: Range<usize>) {
        let Some(part) = self.text.get(range.clone()) else { return };
        let trimmed = part.trim();
        if trimmed.is_empty() {
            return;
        }
        let Some(kind) = marks.kind(stack.as_slice(), trimmed) else { return };
        let start = range.start + (part.len() - part.trim_start().len());
        let end = start + trimmed.len();
        let text = self.text;
        let blank = |from, to| text.get(from..to).is_some_and(|t: &str| t.trim().is_empty());
        match self.out.last_mut() {
            Some(last) if last.kind == kind && blank(last.range.end, start) => {
                last.range.end = end;
            }
            Some(_) | None => self.out.push(Token { range: start..end, kind }),
        }
    }
}
