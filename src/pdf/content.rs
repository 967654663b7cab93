//! A page's content stream: marked sequences of text, pictures and rules.
//!
//! Streams are written straight from the page model, which is faster and more
//! exact than printpdf's operators (whose numbers are `f32` and whose text
//! starts anew with every run).

use super::fonts::Fonts;
use super::images::{Pictures, Placed};
use super::syntax::number;
use super::tags::{Mark, Sequence};
use super::text::TextWriter;
use crate::page::{Artifact, Item, Page, Picture, Rect, Rule};
use crate::units::Pt;

/// Decimals of positions on the page.
const POSITION: u32 = 3;

/// Decimals of the factor a picture is scaled by.
const FACTOR: u32 = 6;

/// The content stream of a page, not yet pressed.
pub(super) fn encode(
    page: &Page,
    sequences: &[Sequence],
    fonts: &Fonts,
    pictures: &Pictures<'_>,
) -> Vec<u8> {
    let mut writer =
        PageWriter { height: page.size.1, pictures, text: TextWriter::new(fonts), out: Vec::new() };
    for sequence in sequences {
        writer.begin(sequence.mark);
        for item in page.items.get(sequence.items.clone()).unwrap_or(&[]) {
            writer.item(item);
        }
        writer.end();
    }
    writer.out
}

struct PageWriter<'a> {
    height: Pt,
    pictures: &'a Pictures<'a>,
    text: TextWriter<'a>,
    out: Vec<u8>,
}

impl PageWriter<'_> {
    fn begin(&mut self, mark: Mark) {
        match mark {
            Mark::Content { id, role } => {
                self.out.extend(format!("/{role}<</MCID {id}>>BDC\n").as_bytes());
            }
            Mark::Artifact(kind) => {
                // ISO 32000-1, table 330; a folio is pagination wherever it stands.
                self.out.extend(match kind {
                    Artifact::Header => {
                        b"/Artifact<</Type/Pagination/Subtype/Header>>BDC\n".as_slice()
                    }
                    Artifact::Footer => b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
                    Artifact::Layout => b"/Artifact<</Type/Layout>>BDC\n",
                    Artifact::Background => b"/Artifact<</Type/Background>>BDC\n",
                });
            }
        }
    }

    fn end(&mut self) {
        self.text.end(&mut self.out);
        self.out.extend(*b"EMC\n");
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Glyphs(run) => {
                let baseline = self.height - run.origin.y;
                self.text.run(&mut self.out, run, baseline);
            }
            Item::Picture(picture) => self.picture(picture),
            Item::Rule(rule) => self.rule(rule),
            // Links are annotations, beside the stream.
            Item::Link(_) => {}
        }
    }

    fn rule(&mut self, rule: &Rule) {
        self.text.end(&mut self.out);
        self.text.color(&mut self.out, rule.color);
        let Rect { x, y, width, height } = rule.rect;
        self.numbers([x.0, (self.height - y - height).0, width.0, height.0], POSITION);
        self.out.extend(*b"re f\n");
    }

    fn picture(&mut self, picture: &Picture) {
        let Some(placed) = self.pictures.get(&picture.what) else { return };
        self.text.end(&mut self.out);
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
