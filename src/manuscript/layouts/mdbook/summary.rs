//! `SUMMARY.md`: the chapters, in their order and depth.
//!
//! The rules are mdBook's (its guide, "SUMMARY.md"): links before the first list
//! are prefix chapters, items of lists are numbered ones, links after the last
//! list are suffix chapters; headings of the first level between them begin
//! parts, rules are passed over, and a link to nothing is a draft.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::files::percent_decode;
use crate::manuscript::located::Located;
use crate::source::{FileId, Span};

/// What `SUMMARY.md` says.
#[derive(Debug, Default)]
pub(super) struct Summary {
    /// Its heading, as Markdown.
    pub title: Option<Located<String>>,
    /// What it lists.
    pub items: Vec<Item>,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The beginning of a part.
    Part,
    /// A chapter before the numbered ones.
    Prefix,
    /// A numbered chapter.
    Numbered,
    /// A chapter after them.
    Suffix,
}

/// A chapter or part.
#[derive(Debug)]
pub(super) struct Item {
    /// What it is.
    pub kind: Kind,
    /// How many chapters it is under.
    pub depth: u8,
    /// Its title as Markdown, where it stands.
    pub title: Located<String>,
    /// Its file, from the folder of `SUMMARY.md`; `None` for a draft or part.
    pub file: Option<Located<String>>,
    /// Whether it names a place within that file, as GitBook lists sections.
    pub section: bool,
}

/// Reads the text of a `SUMMARY.md`. What can be read is, whatever else is wrong.
pub(super) fn read(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Summary {
    let mut reader = Reader {
        text,
        file,
        diagnostics,
        summary: Summary::default(),
        lists: Vec::new(),
        words: None,
        dest: String::new(),
        section: false,
        numbered: false,
        suffix: false,
    };
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        reader.event(event, range);
    }
    reader.summary
}

type Range = std::ops::Range<usize>;

struct Reader<'a> {
    text: &'a str,
    file: FileId,
    diagnostics: &'a mut Diagnostics,
    summary: Summary,
    /// For each open list, whether the item at hand has had its link.
    lists: Vec<bool>,
    /// The words of the link or heading that is open: where they begin and end.
    words: Option<Range>,
    /// Where that link leads, without a fragment.
    dest: String,
    /// Whether it has one.
    section: bool,
    /// Whether a numbered chapter was seen.
    numbered: bool,
    /// Whether a suffix chapter was.
    suffix: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => self.words = Some(0..0),
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.words = Some(0..0);
                let (dest, place) = dest_url.split_once('#').unwrap_or((&dest_url, ""));
                self.dest = percent_decode(dest).trim().to_owned();
                self.section = !place.is_empty();
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => self.heading(range),
            Event::End(TagEnd::Heading(_)) => {}
            Event::End(TagEnd::Link) => self.link(range),
            Event::Start(Tag::List(_)) => {
                if self.suffix && self.lists.is_empty() {
                    self.fault(&range, "a list can't follow suffix chapters", AFTER_SUFFIX);
                }
                self.lists.push(false);
            }
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
            }
            Event::Start(Tag::Item) => {
                if let Some(linked) = self.lists.last_mut() {
                    *linked = false;
                }
            }
            Event::End(TagEnd::Item) => {
                if self.lists.last() == Some(&false) {
                    let line = self.text.get(range.clone()).unwrap_or("").lines().next();
                    let end = range.start + line.map_or(0, str::len);
                    self.fault(&(range.start..end), "this item is no link", NO_LINK);
                }
            }
            _ => {
                if let Some(words) = &mut self.words {
                    let start = if words.start == words.end { range.start } else { words.start };
                    *words = start..range.end.max(words.end);
                }
            }
        }
    }

    fn fault(&mut self, range: &Range, message: &str, hint: &str) {
        let span = Span::new(self.file, range.start, range.end);
        self.diagnostics.push(Diagnostic::at(Code::BadSummary, span, message).hint(hint));
    }

    /// The words that were open, as they stand in the file.
    fn take_words(&mut self, otherwise: &Range) -> Located<String> {
        let range = self.words.take().filter(|w| w.start < w.end);
        let range = range.unwrap_or(otherwise.start..otherwise.start);
        let value = self.text.get(range.clone()).unwrap_or("").trim().to_owned();
        Located { value, span: Span::new(self.file, range.start, range.end) }
    }

    fn heading(&mut self, range: Range) {
        let title = self.take_words(&range);
        if title.value.is_empty() {
            return;
        }
        if self.summary.title.is_none() && self.summary.items.is_empty() {
            self.summary.title = Some(title);
        } else if self.lists.is_empty() {
            self.summary.items.push(Item {
                kind: Kind::Part,
                depth: 0,
                title,
                file: None,
                section: false,
            });
        }
    }

    fn link(&mut self, range: Range) {
        let title = self.take_words(&range);
        let dest = std::mem::take(&mut self.dest);
        let kind = match self.lists.last_mut() {
            // Only the first link of an item names a chapter.
            Some(true) => return,
            Some(linked) => {
                *linked = true;
                self.numbered = true;
                Kind::Numbered
            }
            None if self.numbered => {
                self.suffix = true;
                Kind::Suffix
            }
            None => Kind::Prefix,
        };
        let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let span = title.span;
        let file = (!dest.is_empty()).then_some(Located { value: dest, span });
        if title.value.is_empty() && file.is_none() {
            self.fault(&range, "this link has neither words nor a file", EMPTY);
            return;
        }
        self.summary.items.push(Item { kind, depth, title, file, section: self.section });
    }
}

const AFTER_SUFFIX: &str = "mdBook refuses it: put the links before it into the list, or the list \
                            under a part, `# Title`, before them.";
const NO_LINK: &str = "mdBook refuses it: write `[Title](file.md)`, or `[Title]()` for a draft.";
const EMPTY: &str = "Write `[Title](file.md)`.";
