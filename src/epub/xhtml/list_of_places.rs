//! Lists of figures and of tables.

use super::writer::PageWriter;
use crate::epub::xml::Tag;
use crate::model::{Block, TocEntry};

impl PageWriter<'_> {
    /// Figures or tables as links.
    pub(super) fn list_of_places(&mut self, block: &Block, entries: &[TocEntry]) {
        if entries.is_empty() {
            return;
        }
        self.node(Tag::new("ol"), &block.attrs, "places", |p, tag| {
            p.block(tag, |p| {
                for entry in entries {
                    p.line(Tag::new("li"), |p| {
                        let href = p.plan.anchor_href(p.href, entry.anchor);
                        let tag = match &href {
                            Some(href) => Tag::new("a").with("href", href),
                            None => Tag::new("span"),
                        };
                        p.element(tag, |p| {
                            if !entry.label.is_empty() {
                                p.label_before("place-number", &entry.label);
                            }
                            p.inlines(&entry.content);
                        });
                    });
                }
            });
        });
    }
}
