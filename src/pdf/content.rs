//! A page's content stream: marked sequences of text, pictures and rules.
//!
//! Streams are written straight from the page model, which is faster and more
//! exact than printpdf's operators (whose numbers are `f32` and whose text
//! starts anew with every run).

use super::crop_marks;
use super::fonts::Fonts;
use super::images::{Pictures, Placed};
use super::marks::{Event, Mark, Marks};
use super::output_profile::OutputProfile;
use super::segments::{Segment, TextSource, segments};
use super::syntax::number;
use super::text::TextWriter;
use crate::page::{Item, Page, Picture, Rect, Rule, Structure};
use crate::units::Pt;

/// Decimals of positions on the page.
const POSITION: u32 = 3;

/// Decimals of the factor a picture is scaled by.
const FACTOR: u32 = 6;

/// A page's content.
#[derive(Debug)]
pub(super) struct Content {
    /// The stream, not yet pressed.
    pub(super) stream: Vec<u8>,
    /// What the structure must know of it.
    pub(super) events: Vec<Event>,
    /// Whether a picture is on it that something shows through.
    pub(super) clear: bool,
}

/// A page's content as the finish takes it.
#[derive(Debug)]
pub(super) struct PageContent {
    /// The stream, compressed.
    pub(super) stream: lopdf::Stream,
    /// Whether a picture on it is partly transparent.
    pub(super) clear: bool,
}

/// Writes a page's content.
pub(super) fn encode(
    page: &Page,
    structure: &Structure,
    fonts: &Fonts,
    pictures: &Pictures<'_>,
    profile: OutputProfile,
) -> Content {
    let segments = segments(page, fonts);
    let mut writer = PageWriter {
        height: page.size.1,
        pictures,
        text: TextWriter::new(fonts, profile.inks()),
        marks: Marks::new(structure, !profile.is_press()),
        out: crop_marks::opening(page.size, profile),
        clear: false,
    };
    let mut rest = segments.iter().peekable();
    for (at, item) in page.items.iter().enumerate() {
        match item {
            Item::Glyphs(_) => {
                while let Some(segment) = rest.next_if(|segment| segment.item == at) {
                    writer.segment(segment);
                }
            }
            Item::Picture(picture) => writer.picture(picture),
            Item::Rule(rule) => writer.rule(rule),
            Item::Link(_) if profile.is_press() => {}
            Item::Link(_) => writer.marks.events.push(Event::Link(at)),
        }
    }
    writer.end_text();
    writer.marks.close(&mut writer.out);
    Content { stream: writer.out, events: writer.marks.events, clear: writer.clear }
}

struct PageWriter<'a> {
    height: Pt,
    pictures: &'a Pictures<'a>,
    text: TextWriter<'a>,
    marks: Marks<'a>,
    out: Vec<u8>,
    clear: bool,
}

impl<'a> PageWriter<'a> {
    /// Ends the text object and, first, the sequence inside it: the two must nest.
    fn end_text(&mut self) {
        if self.text.is_open() {
            self.text.flush(&mut self.out);
            self.marks.close(&mut self.out);
            self.text.end(&mut self.out);
        }
    }

    /// Goes on with or begins a sequence outside text.
    fn mark(&mut self, mark: Mark<'a>) {
        self.end_text();
        if !self.marks.continues(&mark) {
            self.marks.open(&mut self.out, mark);
        }
    }

    fn segment(&mut self, segment: &'a Segment<'a>) {
        let Segment { run, glyphs, source, reversed, .. } = segment;
        let mark = |text| Mark {
            tag: run.tag,
            lang: run.lang.as_ref().map(|lang| lang.tag()),
            text,
            reversed: *reversed,
        };
        let mark = match source {
            TextSource::PreviousSegment => None,
            TextSource::Glyphs => Some(mark(None)),
            TextSource::ActualText(text) => Some(mark(Some(text.as_ref()))),
        };
        if let Some(mark) = mark {
            let continues = self.text.is_open() && self.marks.continues(&mark);
            if !continues {
                self.text.flush(&mut self.out);
                self.marks.close(&mut self.out);
                self.text.begin(&mut self.out);
                self.marks.open(&mut self.out, mark);
            }
        }
        let baseline = self.height - run.origin.y;
        self.text.glyphs(&mut self.out, run, glyphs.clone(), baseline);
    }

    fn rule(&mut self, rule: &Rule) {
        self.mark(Mark::of(rule.tag));
        self.text.color(&mut self.out, rule.color);
        let Rect { x, y, width, height } = rule.rect;
        self.numbers([x.0, (self.height - y - height).0, width.0, height.0], POSITION);
        self.out.extend(*b"re f\n");
    }

    fn picture(&mut self, picture: &'a Picture) {
        let Some(placed) = self.pictures.get(&picture.what) else { return };
        self.clear |= placed.is_clear();
        self.mark(Mark::of(picture.tag));
        let Rect { x, y, width, height } = picture.rect;
        let foot = (self.height - y - height).0;
        self.out.extend(*b"q ");
        match placed {
            // An image fills the unit square; a form has its own measure, y down.
            Placed::Image { .. } => {
                self.numbers([width.0, 0.0, 0.0, height.0, x.0, foot], POSITION);
            }
            Placed::Form { size, .. } => {
                let factor = |length: Pt, own: f64| if own > 0.0 { length.0 / own } else { 0.0 };
                let (across, down) = (factor(width, size.0), factor(height, size.1));
                self.numbers([across, 0.0, 0.0, -down], FACTOR);
                self.numbers([x.0, (self.height - y).0], POSITION);
            }
        }
        self.out.extend(format!("cm /{} Do Q\n", placed.resource()).as_bytes());
    }

    fn numbers<const N: usize>(&mut self, values: [f64; N], decimals: u32) {
        for value in values {
            number(&mut self.out, value, decimals);
            self.out.push(b' ');
        }
    }
}
