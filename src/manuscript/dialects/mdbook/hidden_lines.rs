//! Lines of listings that mdBook hides until they are asked for.
//!
//! They make an example compile and are no part of what it shows. Paper has
//! nothing to ask with, so they are left out.

use std::sync::Arc;

use super::Syntax;
use crate::model::{Block, BlockKind, VisitorMut, walk_block_mut};
use crate::source::Span;

/// Takes the hidden lines out of all listings in the blocks, which stand in a
/// text that their spans count in.
pub(crate) fn hide_lines(blocks: &mut [Block], text: &Arc<str>, syntax: &Syntax) {
    Hide { text, syntax }.blocks(blocks);
}

struct Hide<'a> {
    text: &'a str,
    syntax: &'a Syntax,
}

impl VisitorMut for Hide<'_> {
    fn block(&mut self, block: &mut Block) {
        let BlockKind::Code { lang: Some(lang), text, .. } = &mut block.kind else {
            return walk_block_mut(self, block);
        };
        if lang == "rust" {
            *text = without_boring(text);
            return;
        }
        let prefix = own_prefix(self.text, block.span)
            .or_else(|| self.syntax.hidden_line_prefixes.get(lang.as_str()).cloned());
        if let Some(prefix) = prefix.filter(|prefix| !prefix.is_empty()) {
            *text = without_prefixed(text, &prefix);
        }
    }
}

/// What the fence of a listing says that hidden lines begin with:
/// ```` ```python,hidelines=!!! ````.
fn own_prefix(text: &str, span: Span) -> Option<String> {
    let fence = text.get(span.start as usize..span.end as usize)?.lines().next()?;
    let (_, value) = fence.split_once("hidelines=")?;
    value.split([' ', '\t', ',']).next().map(str::to_owned)
}

/// A listing of Rust without the lines that begin with `# `; `##` stands for `#`
/// (the rustdoc book, "Hiding portions of the example").
fn without_boring(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        let indent = line.len() - start.len();
        match start.trim_end().strip_prefix('#') {
            Some(rest) if rest.is_empty() || rest.starts_with(' ') => {}
            Some(rest) if rest.starts_with('#') => {
                out.push_str(line.get(..indent).unwrap_or(""));
                out.push_str(start.get(1..).unwrap_or(""));
            }
            Some(_) | None => out.push_str(line),
        }
    }
    ended_as(text, out)
}

fn without_prefixed(text: &str, prefix: &str) -> String {
    let shown = |line: &&str| !line.trim_start().starts_with(prefix);
    ended_as(text, text.split_inclusive('\n').filter(shown).collect())
}

/// A listing ends with a line end if it did before.
fn ended_as(before: &str, mut out: String) -> String {
    if !before.ends_with('\n') {
        out.truncate(out.trim_end_matches('\n').len());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_rust_are_hidden_as_rustdoc_hides_them() {
        let text = "# use x;\n#\n#[test]\nfn a() {\n    # b();\n    ## c\n#!d\n}\n# e";
        assert_eq!(without_boring(text), "#[test]\nfn a() {\n    # c\n#!d\n}");
    }

    #[test]
    fn other_languages_hide_by_their_prefix() {
        assert_eq!(without_prefixed("~a\n  ~b\nc ~d\n", "~"), "c ~d\n");
    }
}
