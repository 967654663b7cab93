//! HTML in a manuscript: blocks of it, and tags within a line.

use std::ops::Range;

use super::mathml::MathMl;
use super::reader::Reader;
use crate::check::readers::html::{self, Piece, Tag};
use crate::check::streams::Reason;
use crate::check::words::At;
use crate::source::Span;

impl Reader<'_> {
    /// HTML, with the byte of the file that each of its parts begins at.
    pub(super) fn html(&mut self, html: &str, starts: &[(usize, usize)]) {
        let place = |at: usize| {
            let index = starts.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            starts.get(index).map_or(0, |(start, source)| source + at - start)
        };
        for (piece, range) in html::pieces(html) {
            let (start, end) = (place(range.start), place(range.end.saturating_sub(1)) + 1);
            if start < self.hidden_until {
                continue;
            }
            match piece {
                Piece::Comment => self.leave_out(start..end, Reason::Comment),
                Piece::Open(tag) => self.open(&tag, start..end),
                Piece::Close(name) => self.close(&name),
                Piece::Text => {
                    let text = html.get(range.clone()).unwrap_or("");
                    self.html_text(text, range.start, &place);
                }
            }
        }
    }

    fn html_text(&mut self, text: &str, from: usize, place: &dyn Fn(usize) -> usize) {
        let mut at = from;
        for line in text.split_inclusive('\n') {
            let (start, end) = (place(at), place(at + line.len().saturating_sub(1)) + 1);
            let decoded = html::decode(line);
            if decoded == line {
                self.words(line, start..end);
            } else {
                if !decoded.trim().is_empty() {
                    self.see_words();
                }
                let span = Span::new(self.file, start, end);
                self.to().text(&decoded, At::Within(span));
            }
            at += line.len();
        }
    }

    fn open(&mut self, tag: &Tag, range: Range<usize>) {
        let name = tag.name.as_str();
        if html::separates_words(name) {
            self.to().boundary();
        }
        let end = if tag.self_closing { None } else { self.ends.of(range.start) };
        if html::is_left_out(name) {
            // Of a film the tool may show the address.
            if matches!(name, "audio" | "embed" | "iframe" | "object" | "video") {
                self.to().gap();
            }
            if let Some(end) = end {
                self.hidden_until = end;
                // Brackets for readers that don't know ruby.
                if name != "rp" {
                    self.leave_out(range.start..end, Reason::Html(name.to_owned()));
                }
            }
            return;
        }
        match name {
            "img" => self.picture(tag, range),
            "math" if end.is_some() => self.mathml = Some(MathMl::default()),
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
        self.pictured = true;
        let title = tag.get("title").filter(|title| !title.trim().is_empty());
        self.titles.extend(title.map(|title| (title.to_owned(), span)));
    }

    fn close(&mut self, name: &str) {
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
}
