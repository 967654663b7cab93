//! Which stretches of a text are words, and which are code, formulas, tags and
//! addresses, that no step may touch.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// A text with its stretches.
#[derive(Debug)]
pub(super) struct Scan<'t> {
    /// All of it.
    pub text: &'t str,
    /// What is not to be touched, in order.
    protected: Vec<Range<usize>>,
    /// Links with their words and addresses, in order.
    links: Vec<Range<usize>>,
}

impl<'t> Scan<'t> {
    /// Looks a text through. With `math`, `$…$` is a formula.
    pub fn new(text: &'t str, math: bool) -> Self {
        let mut options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_GFM
            | Options::ENABLE_DEFINITION_LIST;
        if math {
            options |= Options::ENABLE_MATH;
        }
        let mut out = Self { text, protected: Vec::new(), links: Vec::new() };
        let parser = Parser::new_ext(text, options);
        let definitions = parser.reference_definitions().iter();
        out.protected.extend(definitions.map(|(_, definition)| definition.span.clone()));
        let mut open: Vec<(Range<usize>, usize)> = Vec::new();
        for (event, range) in parser.into_offset_iter() {
            if let Some((_, end)) = open.last_mut() {
                *end = range.end.max(*end);
            }
            match event {
                Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)
                | Event::Code(_)
                | Event::DisplayMath(_)
                | Event::InlineHtml(_)
                | Event::Html(_)
                | Event::FootnoteReference(_) => out.protected.push(range),
                Event::InlineMath(_) => {
                    let after = text.get(range.end..).unwrap_or("");
                    if !after.starts_with(|c: char| c.is_ascii_digit()) {
                        out.protected.push(range);
                    }
                }
                Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                    if matches!(link_type, LinkType::Autolink | LinkType::Email) {
                        out.protected.push(range.clone());
                    }
                    out.links.push(range.clone());
                    let words = range.start + 1;
                    open.push((range, words));
                }
                Event::End(TagEnd::Link | TagEnd::Image) => {
                    if let Some((range, end)) = open.pop() {
                        out.protected.push(end.min(range.end)..range.end);
                        if let Some((_, outer)) = open.last_mut() {
                            *outer = range.end.max(*outer);
                        }
                    }
                }
                _ => {}
            }
        }
        out.protected.sort_by_key(|range| range.start);
        out.links.sort_by_key(|range| range.start);
        out
    }

    /// The end of what must not be touched at a byte.
    pub fn protected_to(&self, at: usize) -> Option<usize> {
        covering(&self.protected, at)
    }

    /// Whether a byte is of a link.
    pub fn in_link(&self, at: usize) -> bool {
        covering(&self.links, at).is_some()
    }

    /// The innermost link that a byte is of.
    pub fn link_at(&self, at: usize) -> Option<Range<usize>> {
        let after = self.links.partition_point(|range| range.start <= at);
        let before = self.links.get(..after)?.iter().rev().take(8);
        before.into_iter().find(|range| at < range.end).cloned()
    }

    /// Whether a byte may be a mark: it is no code and not escaped.
    pub fn is_mark(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or("");
        let slashes = before.len() - before.trim_end_matches('\\').len();
        slashes % 2 == 0 && self.protected_to(at).is_none()
    }

    /// All places of a mark.
    pub fn marks<'s>(&'s self, mark: &'s str) -> impl Iterator<Item = usize> + 's {
        let found = self.text.match_indices(mark).map(|(at, _)| at);
        found.filter(|at| self.is_mark(*at))
    }

    /// The first place of a mark within the paragraph from a byte on.
    pub fn next_in_paragraph(&self, from: usize, mark: &str) -> Option<usize> {
        let rest = self.text.get(from..)?;
        let end = rest.find("\n\n").unwrap_or(rest.len());
        let found = rest.get(..end)?.match_indices(mark).map(|(at, _)| from + at);
        found.into_iter().find(|at| self.is_mark(*at))
    }

    /// The bracket that closes the one at a byte, within its paragraph.
    pub fn closing_bracket(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (at, c) in self.text.get(open..)?.char_indices() {
            let at = open + at;
            match c {
                '\n' if self.text.get(at..)?.starts_with("\n\n") => return None,
                '[' if self.is_mark(at) => depth += 1,
                ']' if self.is_mark(at) || self.in_link(at) => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Some(at);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

/// The end of the furthest range that holds a byte.
fn covering(ranges: &[Range<usize>], at: usize) -> Option<usize> {
    let after = ranges.partition_point(|range| range.start <= at);
    let before = ranges.get(..after)?.iter().rev().take(8);
    before.filter(|range| at < range.end).map(|range| range.end).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_formulas_tags_and_addresses_are_no_marks() {
        let text = "=a `=` $=$ <b c=d> [= x](u=v) <http://=> \\= =";
        let marks: Vec<usize> = Scan::new(text, true).marks("=").collect();
        assert_eq!(marks, [0, 20, 26, text.len() - 1]);
    }
}
