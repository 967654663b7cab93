//! HTML in a manuscript: blocks of it, and tags within a line.

use std::ops::Range;

use super::mathml::MathMl;
use super::reader::Reader;
use crate::check::readers::html::{self, Piece, Tag};
use crate::check::streams::Reason;
use crate::check::words::At;
use crate::source::Span;

/// An element that is left out.
pub(super) struct Skipped {
    /// Its name in lower case.
    pub(super) name: String,
    /// How many of the name are open, it included.
    pub(super) nested: usize,
    /// How many elements of Markdown were open where it began.
    pub(super) depth: usize,
    /// Where it begins, in bytes of the file.
    pub(super) start: usize,
}

impl Reader<'_> {
    /// HTML, with the byte of the file that each of its parts begins at.
    pub(super) fn html(&mut self, html: &str, starts: &[(usize, usize)]) {
        let place = |at: usize| {
            let index = starts.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            starts.get(index).map_or(0, |(start, source)| source + at - start)
        };
        for (piece, range) in html::pieces(html) {
            let (start, end) = (place(range.start), place(range.end.saturating_sub(1)) + 1);
            match piece {
                Piece::Comment => {
                    if self.skipped.is_none() {
                        self.leave_out(start..end, Reason::Comment);
                    }
                }
                Piece::Open(tag) => self.open(&tag, start..end),
                Piece::Close(name) => self.close(&name, end),
                Piece::Text => {
                    let text = html.get(range.clone()).unwrap_or("");
                    self.html_text(text, range.start, &place);
                }
            }
        }
    }

    fn html_text(&mut self, text: &str, from: usize, place: &dyn Fn(usize) -> usize) {
        if self.skipped.is_some() {
            return;
        }
        let mut at = from;
        for line in text.split_inclusive('\n') {
            let (start, end) = (place(at), place(at + line.len().saturating_sub(1)) + 1);
            let decoded = html::decode(line);
            if decoded == line {
                self.words(line, start..end);
            } else {
                self.has_words |= !decoded.trim().is_empty();
                let span = Span::new(self.file, start, end);
                self.to().text(&decoded, At::Within(span));
            }
            at += line.len();
        }
    }

    fn open(&mut self, tag: &Tag, range: Range<usize>) {
        let name = tag.name.as_str();
        let has_content = !tag.self_closing && !html::is_void(name);
        if let Some(skipped) = &mut self.skipped {
            if skipped.name == name && has_content {
                skipped.nested += 1;
            }
            return;
        }
        if html::separates_words(name) {
            self.to().boundary();
        }
        if html::is_left_out(name) {
            if has_content {
                let (name, depth, start) = (name.to_owned(), self.depth, range.start);
                self.skipped = Some(Skipped { name, nested: 1, depth, start });
            }
            return;
        }
        match name {
            "img" => self.picture(tag, range),
            "math" if has_content => self.mathml = Some(MathMl::default()),
            "annotation" => self.annotation_opens(tag),
            "figcaption" | "caption" if self.captioned > 0 => {
                self.captions += 1;
                self.to().boundary();
            }
            "br" => {}
            name if html::separates_words(name) => self.block_ends(),
            _ => {}
        }
        if matches!(name, "figure" | "table") {
            self.captioned += 1;
        }
    }

    fn picture(&mut self, tag: &Tag, range: Range<usize>) {
        let span = Span::new(self.file, range.start, range.end);
        if let Some(alt) = tag.get("alt") {
            let pictures = &mut self.out.streams.pictures;
            pictures.text(alt, At::Within(span));
            pictures.boundary();
        }
        let title = tag.get("title").filter(|title| !title.trim().is_empty());
        self.titles.extend(title.map(|title| (title.to_owned(), span)));
    }

    fn close(&mut self, name: &str, end: usize) {
        if let Some(skipped) = &mut self.skipped {
            if skipped.name == name {
                skipped.nested -= 1;
                if skipped.nested == 0 {
                    self.skip_ends(end);
                }
            }
            return;
        }
        if html::separates_words(name) {
            self.to().boundary();
        }
        match name {
            "math" => self.formula_closes(),
            "annotation" => self.annotation_closes(),
            "figcaption" | "caption" if self.captioned > 0 => {
                self.captions = self.captions.saturating_sub(1);
            }
            "figure" => {
                self.has_words = false;
                self.block_ends();
            }
            "br" => {}
            name if html::separates_words(name) => self.block_ends(),
            _ => {}
        }
        if matches!(name, "figure" | "table") {
            self.captioned = self.captioned.saturating_sub(1);
        }
    }

    pub(super) fn skip_ends(&mut self, end: usize) {
        if let Some(skipped) = self.skipped.take() {
            // Brackets for readers that don't know ruby.
            if skipped.name != "rp" {
                self.leave_out(skipped.start..end, Reason::Html(skipped.name));
            }
        }
    }
}
