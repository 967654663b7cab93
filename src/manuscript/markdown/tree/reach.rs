//! How far elements reach whose content a book doesn't show.
//!
//! What is in a script, a drawing or a film is no text, so an element of this
//! kind that is never closed would take the rest of the file with it. Its end
//! is looked for before anything is left out. It is its own end tag if that
//! stands in the same section and in the same list item, quotation or cell, be
//! it in a later paragraph. Without such an end tag only the tag itself is left out.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::html::{self, TokenKind};
use super::tags::HtmlBlock;

/// Elements whose content is not read as text.
const HIDING: [&str; 11] = [
    "audio", "iframe", "math", "object", "rp", "script", "style", "svg", "template", "title",
    "video",
];

/// Whether the content of an element is not read as text.
pub(super) fn hides_content(name: &str) -> bool {
    HIDING.contains(&name)
}

/// Where elements end whose content is not read as text: for the byte where a
/// start tag begins, the byte after its end tag. Tags without an end are not in it.
#[derive(Debug, Default)]
pub(super) struct Reach {
    ends: BTreeMap<usize, usize>,
}

impl Reach {
    /// Looks for the ends in a text.
    pub fn of(text: &str, options: Options) -> Reach {
        let mut search = Search::default();
        if may_hide(text) {
            for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
                search.event(event, range.start);
            }
        }
        Reach { ends: search.ends }
    }

    /// The byte after the end tag of the element whose start tag begins here.
    pub fn end_of(&self, start: usize) -> Option<usize> {
        self.ends.get(&start).copied()
    }
}

/// Whether a text has what may be a tag of such an element.
fn may_hide(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let name = text.as_bytes().get(at + 1..).unwrap_or(&[]);
        HIDING.iter().any(|hiding| {
            name.get(..hiding.len()).is_some_and(|n| n.eq_ignore_ascii_case(hiding.as_bytes()))
        })
    })
}

/// A start tag whose end has not been found yet.
struct Open {
    /// Where it begins.
    start: usize,
    /// How many containers were open, and the number of the innermost.
    depth: usize,
    container: usize,
}

/// The search for ends, event by event.
#[derive(Default)]
struct Search {
    ends: BTreeMap<usize, usize>,
    /// The numbers of the containers that are open.
    containers: Vec<usize>,
    /// How many containers there have been.
    count: usize,
    /// The start tags of each name, the innermost last.
    open: BTreeMap<String, Vec<Open>>,
    /// The block of HTML at hand.
    block: HtmlBlock,
    /// Whether nothing has been read yet of the paragraph at hand: what begins
    /// it may end in a later one.
    paragraph_begins: bool,
}

impl Search {
    fn event(&mut self, event: Event<'_>, at: usize) {
        let begins = std::mem::take(&mut self.paragraph_begins);
        match event {
            Event::Start(Tag::HtmlBlock) => self.block = HtmlBlock::default(),
            Event::Html(line) => self.block.push(&line, at),
            Event::End(TagEnd::HtmlBlock) => {
                let block = std::mem::take(&mut self.block);
                self.html(&block, false);
            }
            Event::InlineHtml(tag) => {
                let mut block = HtmlBlock::default();
                block.push(&tag, at);
                self.html(&block, begins);
            }
            Event::Start(tag) => {
                if matches!(tag, Tag::Heading { .. }) {
                    self.open.clear();
                }
                self.paragraph_begins = matches!(tag, Tag::Paragraph);
                self.count += 1;
                self.containers.push(self.count);
            }
            Event::End(_) => {
                self.containers.pop();
            }
            _ => {}
        }
    }

    /// The tags of a block or within a line.
    fn html(&mut self, block: &HtmlBlock, begins_paragraph: bool) {
        for token in html::tokens(&block.text) {
            let range = block.place(&token.range);
            match token.kind {
                TokenKind::Open(tag) if is_heading(&tag.name) => self.open.clear(),
                TokenKind::Open(tag) if hides_content(&tag.name) && !tag.closed => {
                    let depth = self.containers.len() - usize::from(begins_paragraph);
                    let open = Open { start: range.start, depth, container: self.innermost(depth) };
                    self.open.entry(tag.name).or_default().push(open);
                }
                TokenKind::Close(name) => self.close(&name, range.end),
                _ => {}
            }
        }
    }

    fn close(&mut self, name: &str, end: usize) {
        while let Some(open) = self.open.get_mut(name).and_then(Vec::pop) {
            if self.innermost(open.depth) == open.container {
                self.ends.insert(open.start, end);
                return;
            }
        }
    }

    /// The number of the container at a depth; zero is the text itself.
    fn innermost(&self, depth: usize) -> usize {
        depth.checked_sub(1).and_then(|at| self.containers.get(at)).copied().unwrap_or(0)
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of the elements that end.
    fn reached(text: &str) -> Vec<&str> {
        let reach = Reach::of(text, Options::ENABLE_TABLES);
        reach.ends.iter().map(|(start, end)| &text[*start..*end]).collect()
    }

    #[test]
    fn an_element_may_end_in_a_later_paragraph() {
        let text = "<video src=a>\n\nb\n\n</video> after\n";
        assert_eq!(reached(text), ["<video src=a>\n\nb\n\n</video>"]);
        let text = "<svg><g>\n\n<rect/></g></svg>\n";
        assert_eq!(reached(text), ["<svg><g>\n\n<rect/></g></svg>"]);
    }

    #[test]
    fn an_element_ends_in_its_own_section_and_item() {
        assert_eq!(reached("<video>\n\n## Title\n\n</video>\n"), [""; 0]);
        assert_eq!(reached("<svg>\n\n<h2>Title</h2>\n\n</svg>\n"), [""; 0]);
        assert_eq!(reached("- a\n\n  <audio>\n\n- b\n\n  </audio>\n"), [""; 0]);
        assert_eq!(reached("words <video> words\n\n</video>\n"), [""; 0]);
    }

    #[test]
    fn tags_pair_from_within() {
        assert_eq!(
            reached("<object>\n<object>\n</object>\n</object>\n"),
            ["<object>\n<object>\n</object>\n</object>", "<object>\n</object>"]
        );
        assert_eq!(reached("<video>\n<video>\n</video>\n"), ["<video>\n</video>"]);
    }
}
