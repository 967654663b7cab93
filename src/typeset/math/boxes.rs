//! Boxes: a part of a formula that has been set.

use std::sync::Arc;

use crate::page::{Artifact, Color, Glyph, GlyphRun, Item, Point, Rect, Rule, StructId, Tag};
use crate::text::FaceId;
use crate::units::Pt;

/// A part of a formula, set: positions from its origin on the baseline, in
/// points, y downwards.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MathBox {
    /// To the origin of what follows.
    pub width: f64,
    /// Above the baseline.
    pub height: f64,
    /// Below the baseline.
    pub depth: f64,
    /// How far its end leans over what follows.
    pub italic: f64,
    /// Where an accent is centred, if not in the middle.
    pub attachment: Option<f64>,
    /// It is one glyph, whose scripts stand by the letter and not by its box.
    pub letter: bool,
    /// What there is to see.
    pub marks: Vec<Mark>,
}

/// Something to see.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A glyph.
    Glyph {
        /// Its face.
        face: FaceId,
        /// Its number in the face.
        id: u16,
        /// Its size.
        size: f64,
        /// Its origin.
        x: f64,
        /// Its baseline.
        y: f64,
        /// To the next glyph, where nothing else says so.
        advance: f64,
        /// What it stands for; empty for the later parts of a built sign.
        text: String,
        /// Its colour.
        color: Color,
    },
    /// A bar.
    Bar {
        /// Its left edge.
        x: f64,
        /// Its upper edge.
        y: f64,
        /// Its width.
        width: f64,
        /// Its height.
        height: f64,
        /// Its colour.
        color: Color,
    },
}

impl MathBox {
    /// An empty box of a width.
    pub fn space(width: f64) -> MathBox {
        MathBox { width, ..MathBox::default() }
    }

    /// Puts another box into this one, to the right and down, and grows around it.
    pub fn place(&mut self, other: MathBox, x: f64, y: f64) {
        self.height = self.height.max(other.height - y);
        self.depth = self.depth.max(other.depth + y);
        self.marks.extend(other.marks.into_iter().map(|mark| mark.moved(x, y)));
    }

    /// Puts another box after this one.
    pub fn append(&mut self, other: MathBox) {
        let (width, italic) = (other.width, other.italic);
        self.place(other, self.width, 0.0);
        self.width += width;
        self.italic = italic;
    }

    /// Adds a bar.
    pub fn bar(&mut self, x: f64, y: f64, width: f64, height: f64, color: Color) {
        self.height = self.height.max(-y);
        self.depth = self.depth.max(y + height);
        self.marks.push(Mark::Bar { x, y, width, height, color });
    }

    /// All of it larger or smaller.
    #[must_use]
    pub fn scaled(mut self, by: f64) -> MathBox {
        for value in [&mut self.width, &mut self.height, &mut self.depth, &mut self.italic] {
            *value *= by;
        }
        for mark in &mut self.marks {
            match mark {
                Mark::Glyph { size, x, y, advance, .. } => {
                    for value in [size, x, y, advance] {
                        *value *= by;
                    }
                }
                Mark::Bar { x, y, width, height, .. } => {
                    for value in [x, y, width, height] {
                        *value *= by;
                    }
                }
            }
        }
        self
    }

    /// It as items, part of `node`; glyphs beside each other are joined.
    pub fn items(&self, node: StructId) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for mark in &self.marks {
            match mark {
                Mark::Glyph { .. } => push_glyph(&mut items, mark, node),
                Mark::Bar { x, y, width, height, color } => items.push(Item::Rule(Rule {
                    rect: Rect { x: Pt(*x), y: Pt(*y), width: Pt(*width), height: Pt(*height) },
                    color: *color,
                    tag: Tag::Artifact(Artifact::Layout),
                })),
            }
        }
        items
    }
}

impl Mark {
    fn moved(mut self, dx: f64, dy: f64) -> Mark {
        let (Mark::Glyph { x, y, .. } | Mark::Bar { x, y, .. }) = &mut self;
        *x += dx;
        *y += dy;
        self
    }
}

/// Adds a glyph to the last run, if it stands beside it, or begins a run.
fn push_glyph(items: &mut Vec<Item>, mark: &Mark, node: StructId) {
    let Mark::Glyph { face, id, size, x, y, advance, text, color } = mark else { return };
    let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
    if let Some(Item::Glyphs(run)) = items.last_mut()
        && run.face == *face
        && run.size == Pt(*size)
        && run.origin.y == Pt(*y)
        && run.color == *color
    {
        let before: Pt = run.glyphs.iter().rev().skip(1).map(|g| g.advance).sum();
        if let Some(last) = run.glyphs.last_mut() {
            let gap = Pt(*x) - run.origin.x - before;
            if gap.0 > -0.5 * size {
                last.advance = gap;
                let start = length(&run.text);
                let joined = format!("{}{text}", run.text);
                run.glyphs.push(Glyph {
                    id: *id,
                    advance: Pt(*advance),
                    dx: Pt::ZERO,
                    dy: Pt::ZERO,
                    text: start..length(&joined),
                });
                run.text = Arc::from(joined);
                return;
            }
        }
    }
    items.push(Item::Glyphs(GlyphRun {
        face: *face,
        size: Pt(*size),
        stretch: 1.0,
        origin: Point { x: Pt(*x), y: Pt(*y) },
        color: *color,
        glyphs: vec![Glyph {
            id: *id,
            advance: Pt(*advance),
            dx: Pt::ZERO,
            dy: Pt::ZERO,
            text: 0..length(text),
        }],
        text: Arc::from(text.as_str()),
        actual_text: None,
        lang: None,
        tag: Tag::Node(node),
        source: None,
    }));
}
