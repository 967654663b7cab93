//! Captions: of tables, by how their paragraph begins, and of pictures, by the
//! title of one that stands alone.

use pulldown_cmark::{Event, Options, Parser};

use super::reader::{Reader, options};
use crate::check::streams::Reason;
use crate::check::words::At;
use crate::source::Span;

impl Reader<'_> {
    /// The title that mdbook-admonish takes from a fence.
    pub(super) fn title_of_note(&mut self, info: &str, range: std::ops::Range<usize>) {
        if self.other_tool
            && info.trim_start().starts_with("admonish")
            && let Some(title) = info.split('"').nth(1)
        {
            let span = Span::new(self.file, range.start, range.start + info.len() + 3);
            self.to().text(title, At::Within(span));
            self.to().boundary();
        }
    }

    /// A paragraph beside a table that begins as captions do: `Table: …`, `: …`.
    pub(super) fn caption_of_table(&mut self, range: std::ops::Range<usize>) {
        let text = self.text.get(range.clone()).unwrap_or("");
        let Some(opener) = ["Table: ", ": "].into_iter().find(|o| text.starts_with(o)) else {
            return;
        };
        let between = self.text.get(self.table_end..range.start).unwrap_or("x");
        let after = self.text.get(range.end..).unwrap_or("").trim_start();
        let above = after.lines().next().is_some_and(|line| line.contains('|'));
        if above || (self.table_end > 0 && between.trim().is_empty()) {
            self.block_ends();
            self.captions += 1;
            self.tabled = true;
            let opener = range.start..range.start + opener.len();
            let at = self.rewritten.partition_point(|part| part.start < opener.start);
            self.rewritten.insert(at, opener);
        }
    }

    /// A line in italics right below a picture that has no words beside it.
    pub(super) fn caption_in_italics(&mut self, range: std::ops::Range<usize>) {
        let after = self.text.get(range.end..).unwrap_or("").lines().next().unwrap_or("");
        let alone = after
            .split("[^")
            .all(|part| part.split_once(']').map_or(part, |(_, rest)| rest).trim().is_empty());
        let picture = self.pictured && self.pictures == 0 && !self.has_words;
        if picture && alone && self.caption_end.is_none() && !self.titles_in_line {
            self.to().boundary();
            self.captions += 1;
            self.caption_end = Some(range.end);
        }
    }

    /// A caption that begins with a label in bold, `**Figure 1.**`, right below a
    /// picture: it goes on to the end of the paragraph.
    pub(super) fn labelled_caption(&mut self, range: std::ops::Range<usize>) {
        let label = self.text.get(range).unwrap_or("");
        let picture = self.pictured && self.pictures == 0 && !self.has_words;
        if picture && label.contains(|c: char| c.is_ascii_digit()) && !self.titles_in_line {
            self.to().boundary();
            self.captions += 1;
            self.tabled = true;
        }
    }

    /// Cells that a row has beyond the last column: the parser passes over them.
    pub(super) fn cells_beyond(&mut self, row: std::ops::Range<usize>) {
        let rest = self.text.get(self.cell_end..row.end).unwrap_or("");
        let cells = rest.trim_matches(|c: char| c.is_whitespace() || c == '|');
        if cells.is_empty() {
            return;
        }
        let start = self.cell_end + rest.find(cells).unwrap_or(0);
        let cells = cells.to_owned();
        self.to().boundary();
        self.markdown(&cells, start, Options::empty());
    }

    /// Words are read beside pictures.
    pub(super) fn see_words(&mut self) {
        self.has_words = true;
        self.line_has_words = true;
    }

    /// A line of a paragraph ends. Pictures on lines of their own before its words
    /// are figures, so that their titles are captions; those between words are not.
    pub(super) fn line_ends(&mut self) {
        if !self.has_words && !self.titles_in_line && self.pictures == 0 {
            for (title, span) in std::mem::take(&mut self.titles) {
                self.caption(&title, span);
            }
        }
        self.titles_before_line = self.titles.len();
        self.line_has_words = false;
    }

    /// A block ends or begins: titles of pictures that stood alone, or alone on
    /// its last line, are captions.
    pub(super) fn block_ends(&mut self) {
        self.to().boundary();
        let has_words = std::mem::take(&mut self.has_words);
        let line_has_words = std::mem::take(&mut self.line_has_words);
        let before_line = std::mem::take(&mut self.titles_before_line);
        let in_line = std::mem::take(&mut self.titles_in_line);
        self.pictured = false;
        for (nth, (title, span)) in std::mem::take(&mut self.titles).into_iter().enumerate() {
            if in_line {
                self.to().boundary();
                self.to().text(&without_marks(&title), At::Within(span));
                self.to().boundary();
                continue;
            }
            if has_words && (line_has_words || nth < before_line) {
                self.leave_out_words(&title, span, Reason::PictureTitle);
                continue;
            }
            self.caption(&title, span);
        }
    }

    /// The words of a title that is a caption.
    fn caption(&mut self, title: &str, span: Span) {
        let streams = &mut self.out.streams;
        let to = match self.note.last().and_then(|at| streams.notes.get_mut(*at)) {
            Some(note) => &mut note.words,
            None => &mut streams.captions,
        };
        to.boundary();
        for event in Parser::new_ext(&without_marks(title), options()) {
            match event {
                Event::Text(text)
                | Event::Code(text)
                | Event::InlineMath(text)
                | Event::DisplayMath(text) => to.text(&text, At::Within(span)),
                Event::SoftBreak | Event::HardBreak => to.boundary(),
                _ => {}
            }
        }
        to.boundary();
    }
}

/// A title without the marks of notes and of the index in it: a title by itself
/// has no notes for them, so that they would be read as words.
fn without_marks(title: &str) -> String {
    let mut title = title.to_owned();
    while let Some(start) = title.find("{index")
        && let Some(length) = title.get(start..).and_then(|rest| rest.find('}'))
    {
        title.replace_range(start..=start + length, "");
    }
    let title = title.as_str();
    let mut out = String::with_capacity(title.len());
    let mut rest = title;
    while let Some((before, mark)) = rest.split_once("[^") {
        out.push_str(before);
        rest = mark.split_once(']').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}
