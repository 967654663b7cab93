//! The index.
//!
//! A reader has no pages, so that the places of a term go by the titles of the
//! sections that speak of it, each named once.

use super::writer::PageWriter;
use crate::epub::font_usage::Typeface;
use crate::epub::xml::{Meaning, Tag};
use crate::model::{AnchorId, Block, IndexEntry};

impl PageWriter<'_> {
    /// The index: groups under their letters, each a list of terms.
    pub(super) fn index(&mut self, block: &Block, entries: &[IndexEntry]) {
        self.node(Tag::new("div"), &block.attrs, "index-groups", |p, tag| {
            p.block(tag, |p| {
                for group in entries.chunk_by(|a, b| a.letter == b.letter) {
                    let letter = group.first().map_or("", |entry| entry.letter.as_str());
                    let section =
                        Tag::classed("section", "index-group").means(Meaning::term("index-group"));
                    p.block(section, |p| {
                        if !letter.is_empty() {
                            p.line(Tag::new("h2"), |p| {
                                p.in_typeface(super::blocks::HEADING, |p| p.say(letter));
                            });
                        }
                        p.index_entries(group);
                    });
                }
            });
        });
    }

    fn index_entries(&mut self, entries: &[IndexEntry]) {
        let tag = Tag::new("ul").means(Meaning::term("index-entry-list"));
        self.block(tag, |p| {
            for entry in entries {
                let item = Tag::new("li").means(Meaning::term("index-entry"));
                p.line(item, |p| p.index_entry(entry));
            }
        });
    }

    fn index_entry(&mut self, entry: &IndexEntry) {
        let term = Tag::new("span").means(Meaning::term("index-term"));
        self.element(term, |p| p.say(&entry.term));
        let mut seen: Vec<(String, String)> = Vec::new();
        for place in &entry.places {
            if let Some(link) = self.place(place.from)
                && !seen.iter().any(|(title, _)| *title == link.0)
            {
                seen.push(link);
            }
        }
        for (title, href) in &seen {
            self.say(", ");
            let tag = Tag::new("a").means(Meaning::term("index-locator")).with("href", href);
            self.element(tag, |p| p.say(title));
        }
        let locale = self.plan.locale;
        let alone = entry.places.is_empty() && entry.children.is_empty();
        for see in &entry.see {
            let (lead, term) = match alone {
                true => (&locale.see, "index-xref-preferred"),
                false => (&locale.see_also, "index-xref-related"),
            };
            self.say("; ");
            self.element(Tag::new("span").means(Meaning::term(term)), |p| {
                let typeface = Typeface::TEXT.italic();
                p.element(Tag::new("em"), |p| p.in_typeface(typeface, |p| p.say(lead)));
                p.say(" ");
                p.say(see);
            });
        }
        if !entry.children.is_empty() {
            self.x.newline();
            self.index_entries(&entry.children);
        }
    }

    /// What a place is called, and its address.
    fn place(&self, anchor: AnchorId) -> Option<(String, String)> {
        let href = self.plan.anchor_href(self.href, anchor)?;
        let book = self.plan.input.book;
        let place = book.anchor(anchor)?;
        let chapter = book.chapter(place.chapter);
        let title = match place.title.trim() {
            "" => chapter.map_or_else(String::new, |c| self.plan.chapter_name(c)),
            title => title.to_owned(),
        };
        Some((title, href))
    }
}
