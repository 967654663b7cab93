//! A chosen line, reshaped at its ends and with every glyph in its place.

use std::ops::Range;
use std::sync::Arc;

use crate::model::{AnchorId, Direction, NodeId, NoteId};
use crate::page::{Glyph, GlyphRun, Item, Point, Tag};
use crate::text::{Shaped, ShapedGlyph, WordShaper};
use crate::typeset::bidi::is_joined;
use crate::typeset::styled_text::{ParaText, TextRun};
use crate::units::Pt;

use super::demerits::Adjustment;
use super::items::{BreakKind, Element, Items};
use super::line_shape::Alignment;
use super::sums::{MAX_STRETCH, MAX_TRACKING};
use super::{decorations, protrusion, visual_order};

/// A line ready for a page; positions are from its own beginning, the baseline at 0.
#[derive(Debug, Clone, Default)]
pub struct SetLine {
    /// Glyphs, and what stands among them, in the order they are read.
    pub items: Vec<Item>,
    /// The runs of links: which, from where, to where.
    pub links: Vec<(usize, Pt, Pt)>,
    /// The notes whose marks stand in it.
    pub notes: Vec<NoteId>,
    /// The anchors that stand in it.
    pub anchors: Vec<AnchorId>,
    /// How far it goes, hanging marks included.
    pub width: Pt,
    /// The first byte of a word that begins in it.
    pub first_word: Option<(NodeId, u32)>,
}

/// Which line of which paragraph.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The paragraph's characters.
    pub text: &'a ParaText,
    /// The paragraph measured.
    pub items: &'a Items,
    /// The candidate where it begins.
    pub from: usize,
    /// The candidate where it ends.
    pub to: usize,
    /// How it comes out.
    pub adjustment: Adjustment,
    /// Whether it fills the measure.
    pub alignment: Alignment,
    /// Which way the paragraph runs.
    pub direction: Direction,
}

/// Sets one line.
pub fn set_line(shaper: &WordShaper<'_>, line: &Line<'_>) -> SetLine {
    let Some(from) = line.items.breakpoints.get(line.from) else { return SetLine::default() };
    let Some(to) = line.items.breakpoints.get(line.to) else { return SetLine::default() };
    let mut setter = LineSetter {
        shaper,
        line,
        x: Pt::ZERO,
        out: SetLine::default(),
        stretch: 1.0 + MAX_STRETCH * line.adjustment.glyphs,
        tracking: MAX_TRACKING * line.adjustment.glyphs,
        space: 1.0 + line.adjustment.space.clamp(-0.9, 50.0),
        continued: from.kind == BreakKind::Hyphen,
        starts: Vec::new(),
        decorated: Vec::new(),
    };
    if line.alignment == Alignment::Justified && line.direction == Direction::Ltr {
        setter.x = setter.left_protrusion(from.next);
    }
    let last = if to.kind == BreakKind::Hyphen { to.element + 1 } else { to.element };
    let last = if matches!(to.kind, BreakKind::Space | BreakKind::Formula | BreakKind::FullWidth) {
        last.saturating_sub(1)
    } else {
        last
    };
    let places = visual_order::visual_order(line.items, &line.text.runs, from.element..last);
    if let Some(places) = &places {
        setter.x = Pt::ZERO;
        setter.measure_in(places, from.next..to.byte);
    }
    for index in from.element..last {
        let Some(element) = line.items.elements.get(index) else { break };
        if let Some(x) = setter.starts.get(index - from.element) {
            setter.x = *x;
        }
        setter.element(
            element,
            from.next..to.byte,
            to.kind == BreakKind::Hyphen && index + 1 == last,
        );
    }
    if matches!(to.kind, BreakKind::Space | BreakKind::Forced) {
        if places.is_some() {
            setter.x = match line.direction {
                Direction::Ltr => setter.out.width,
                Direction::Rtl => Pt::ZERO,
            };
        }
        setter.closing_space(to.byte);
    }
    decorations::draw(&setter.decorated, &mut setter.out.items);
    let range = from.next..to.next;
    let within =
        |byte: usize| range.contains(&byte) || (byte == range.end && to.kind == BreakKind::End);
    setter.out.notes = line.text.notes.iter().filter(|n| within(n.0)).map(|n| n.1).collect();
    setter.out.anchors = line.text.anchors.iter().filter(|a| within(a.0)).map(|a| a.1).collect();
    setter.out
}

struct LineSetter<'a, 'f> {
    shaper: &'a WordShaper<'f>,
    line: &'a Line<'a>,
    x: Pt,
    out: SetLine,
    stretch: f64,
    tracking: f64,
    space: f64,
    /// The line begins within a word.
    continued: bool,
    /// Where each element begins, in a line that doesn't simply run to the right.
    starts: Vec<Pt>,
    /// The parts that carry lines or grounds.
    decorated: Vec<decorations::DecoratedSpan>,
}

impl LineSetter<'_, '_> {
    fn element(&mut self, element: &Element, bytes: Range<usize>, hyphen: bool) {
        match element {
            Element::Word { run, range, .. } => {
                let begin = range.start.max(bytes.start);
                let end = range.end.min(bytes.end);
                self.word(*run, begin..end, hyphen);
            }
            Element::Space { run, range, width } => {
                let width = *width * self.space;
                self.blank(*run, range.clone(), width);
                self.continued = false;
            }
            Element::Fixed { run, range, width } => {
                if range.is_empty() {
                    self.advance(&self.line.text.runs[*run], *width);
                } else if width.0 > 0.0 {
                    self.blank(*run, range.clone(), *width);
                }
            }
            Element::Gap { width, elastic, .. } => {
                self.gap(*width + *elastic * (self.space - 1.0));
            }
            Element::Object { run, width } => {
                let s = &self.line.text.runs[*run];
                if self.out.first_word.is_none() {
                    self.out.first_word = source_at(s, s.range.start);
                }
                self.continued = false;
                for mut item in s.object.iter().flat_map(|o| o.items(s.node)) {
                    item.shift(self.x, Pt::ZERO);
                    self.out.items.push(item);
                }
                self.advance(s, *width);
            }
        }
    }

    /// Places a line's elements in the order they are seen, to learn where each
    /// begins; they are then set in the order they are read.
    fn measure_in(&mut self, order: &[usize], bytes: Range<usize>) {
        let Some(first) = order.iter().min().copied() else { return };
        let mut starts = vec![Pt::ZERO; order.len()];
        let continued = self.continued;
        for &index in order {
            if let Some(start) = starts.get_mut(index - first) {
                *start = self.x;
            }
            if let Some(element) = self.line.items.elements.get(index) {
                self.element(element, bytes.clone(), false);
            }
        }
        self.out = SetLine::default();
        self.decorated.clear();
        self.continued = continued;
        self.starts = starts;
    }

    fn word(&mut self, run: usize, range: Range<usize>, hyphen: bool) {
        if range.is_empty() {
            return;
        }
        let text = self.line.text;
        let s = &text.runs[run];
        let letters = text.text[range.clone()].trim_end_matches('\u{ad}');
        if !self.continued && self.out.first_word.is_none() {
            self.out.first_word = source_at(s, range.start);
        }
        self.continued = false;
        if hyphen {
            // Shaped together, so that the hyphen is kerned, and then parted:
            // what is copied out has a soft hyphen here and not a hard one.
            let together = format!("{letters}-");
            let runs = self.shaped_run(s, &together, Some(letters.len()), range.start);
            for run in runs {
                self.push(s, run);
            }
        } else {
            let runs = self.shaped_run(s, letters, None, range.start);
            for run in runs {
                self.push(s, run);
            }
        }
    }

    /// Shapes a piece of text; with `hyphen_at` the glyphs from that byte on are
    /// a run of their own.
    fn shaped_run(
        &self,
        s: &TextRun,
        text: &str,
        hyphen_at: Option<usize>,
        start: usize,
    ) -> Vec<GlyphRun> {
        let rtl = s.level % 2 == 1;
        let shaped = self.shaper.shape(s.face, s.style.features, rtl, text);
        let upem = self.shaper.fonts().face(s.face).metrics.units_per_em;
        let mono = s.style.family == crate::typeset::style::Family::Mono;
        let (stretch, tracking) = if mono { (1.0, 0.0) } else { (self.stretch, self.tracking) };
        // Letters that are joined stay so.
        let letterspace = match is_joined(text) {
            true => Pt::ZERO,
            false => s.style.size * (s.style.tracking.0 + tracking),
        };
        let em = s.style.size / upem;
        let mut runs: Vec<GlyphRun> = Vec::new();
        let mut x = self.x;
        let total = text.len();
        for (i, glyph) in shaped.glyphs.iter().enumerate() {
            let cluster = glyph.cluster as usize;
            let next = cluster_end(&shaped, i, total);
            let hyphen = hyphen_at.is_some_and(|at| cluster >= at);
            if runs.is_empty() || (hyphen && runs.len() == 1) {
                let piece = match (hyphen, hyphen_at) {
                    (true, _) => "-",
                    (false, Some(at)) => &text[..at],
                    (false, None) => text,
                };
                let mut run = self.empty_run(s, piece, x, start);
                run.stretch = stretch;
                if hyphen {
                    run.actual_text = Some(String::from("\u{ad}"));
                    run.source = None;
                }
                runs.push(run);
            }
            let offset = if hyphen { hyphen_at.unwrap_or(0) } else { 0 };
            let bytes = |n: usize| u32::try_from(n.saturating_sub(offset)).unwrap_or(u32::MAX);
            let limit = if hyphen { total } else { hyphen_at.unwrap_or(total) };
            let advance = em * f64::from(glyph.advance) * stretch + letterspace;
            if let Some(run) = runs.last_mut() {
                run.glyphs.push(Glyph {
                    id: glyph.id,
                    advance,
                    dx: em * f64::from(glyph.dx) * stretch,
                    dy: em * f64::from(glyph.dy),
                    text: bytes(cluster)..bytes(next.max(cluster).min(limit)),
                });
            }
            x += advance;
        }
        runs
    }

    fn empty_run(&self, s: &TextRun, text: &str, x: Pt, start: usize) -> GlyphRun {
        GlyphRun {
            face: s.face,
            size: s.style.size,
            stretch: 1.0,
            origin: Point { x, y: -s.style.rise },
            color: s.style.color,
            glyphs: Vec::new(),
            text: Arc::from(text),
            actual_text: None,
            lang: s.lang.clone(),
            tag: Tag::Node(s.node),
            source: source_at(s, start),
        }
    }

    /// Space that is no character: the glyph before it is that much wider.
    fn gap(&mut self, width: Pt) {
        if let Some(Item::Glyphs(last)) = self.out.items.last_mut()
            && (last.origin.x + last.width() - self.x).abs() < Pt(0.001)
            && let Some(glyph) = last.glyphs.last_mut()
        {
            glyph.advance += width;
        }
        self.x += width;
    }

    /// A space as a glyph of the width wanted, so that words are found in the text.
    fn blank(&mut self, run: usize, range: Range<usize>, width: Pt) {
        let s = &self.line.text.runs[run];
        let text: String = match self.line.text.text.get(range.clone()) {
            Some("\u{a0}") => "\u{a0}".into(),
            _ => " ".into(),
        };
        let glyph = self.space_glyph(s, width, &text);
        let mut run = self.empty_run(s, &text, self.x, range.start);
        run.glyphs.push(glyph);
        self.push(s, run);
    }

    fn space_glyph(&self, s: &TextRun, width: Pt, text: &str) -> Glyph {
        let shaped = self.shaper.shape(s.face, crate::text::Features::NONE, false, " ");
        let id = shaped.glyphs.first().map_or(0, |g| g.id);
        let end = u32::try_from(text.len()).unwrap_or(1);
        Glyph { id, advance: width, dx: Pt::ZERO, dy: Pt::ZERO, text: 0..end }
    }

    /// The space at which a line is broken: nothing to see, but the words on
    /// both sides stay two words for whoever reads the text.
    fn closing_space(&mut self, byte: usize) {
        let index = self.line.text.runs.partition_point(|s| s.range.end <= byte);
        let Some(s) = self.line.text.runs.get(index) else { return };
        let width = self.out.width;
        let decorated = self.decorated.clone();
        let x = self.x;
        let own = s.style.size * 0.25;
        let glyph = self.space_glyph(s, own, " ");
        // What runs to the left ends at the left.
        let at = match self.line.direction {
            Direction::Ltr => x,
            Direction::Rtl => x - own,
        };
        let mut run = self.empty_run(s, " ", at, byte);
        run.source = None;
        run.glyphs.push(glyph);
        self.push(s, run);
        self.out.width = width;
        self.decorated = decorated;
        self.x = x;
    }

    /// Adds a run, joined to the one before where nothing tells them apart.
    fn push(&mut self, s: &TextRun, run: GlyphRun) {
        let width = run.width();
        let joined = match self.out.items.last_mut() {
            Some(Item::Glyphs(last)) if joins(last, &run) => {
                let offset = u32::try_from(last.text.len()).unwrap_or(u32::MAX);
                let mut text = String::with_capacity(last.text.len() + run.text.len());
                text.push_str(&last.text);
                text.push_str(&run.text);
                last.text = Arc::from(text);
                last.glyphs.extend(run.glyphs.iter().cloned().map(|mut g| {
                    g.text = g.text.start + offset..g.text.end + offset;
                    g
                }));
                true
            }
            _ => false,
        };
        if !joined {
            self.out.items.push(Item::Glyphs(run));
        }
        self.advance(s, width);
    }

    fn advance(&mut self, s: &TextRun, width: Pt) {
        let begin = self.x;
        self.x += width;
        decorations::record(&mut self.decorated, s, begin, self.x);
        self.out.width = self.out.width.max(self.x);
        if let Some(link) = s.link {
            match self.out.links.last_mut() {
                Some((last, _, end)) if *last == link => *end = self.x,
                _ => self.out.links.push((link, begin, self.x)),
            }
        }
    }

    fn left_protrusion(&self, byte: usize) -> Pt {
        let text = self.line.text;
        let Some(c) = text.text.get(byte..).and_then(|t| t.chars().next()) else { return Pt::ZERO };
        let index = text.runs.partition_point(|s| s.range.end <= byte);
        let Some(s) = text.runs.get(index) else { return Pt::ZERO };
        let mut buffer = [0; 4];
        let shaped = self.shaper.shape(s.face, s.style.features, false, c.encode_utf8(&mut buffer));
        let upem = self.shaper.fonts().face(s.face).metrics.units_per_em;
        let width = s.style.size * (f64::from(shaped.width) / upem);
        -protrusion::left(c, width, s.style.size)
    }
}

/// The end of the text that a glyph stands for: the beginning of the next
/// cluster in the text. The first glyph of a cluster has all of its text, the
/// others none.
fn cluster_end(shaped: &Shaped, index: usize, total: usize) -> usize {
    let Some(glyph) = shaped.glyphs.get(index) else { return total };
    let same = |g: &ShapedGlyph| g.cluster == glyph.cluster;
    if shaped.glyphs.iter().take(index).any(same) {
        return glyph.cluster as usize;
    }
    let later = shaped.glyphs.iter().map(|g| g.cluster).filter(|&c| c > glyph.cluster).min();
    later.map_or(total, |c| c as usize)
}

/// Where in the manuscript a byte of a run comes from.
fn source_at(s: &TextRun, byte: usize) -> Option<(NodeId, u32)> {
    let (node, start) = s.source?;
    let offset = u32::try_from(byte.saturating_sub(s.range.start)).unwrap_or(u32::MAX);
    Some((node, start.saturating_add(offset)))
}

fn joins(a: &GlyphRun, b: &GlyphRun) -> bool {
    let continues = match (a.source, b.source) {
        (Some((n, at)), Some((m, bt))) => n == m && at as usize + a.text.len() == bt as usize,
        (_, None) => true,
        (None, Some(_)) => false,
    };
    let beside = (a.origin.x + a.width() - b.origin.x).abs() < Pt(0.001);
    continues
        && beside
        && !visual_order::is_rtl(&a.text)
        && !visual_order::is_rtl(&b.text)
        && a.face == b.face
        && a.size == b.size
        && (a.stretch == b.stretch
            || b.glyphs.iter().all(|g| g.text.len() == 1 && b.text.as_ref() == " "))
        && a.origin.y == b.origin.y
        && a.color == b.color
        && a.actual_text.is_none()
        && b.actual_text.is_none()
        && a.tag == b.tag
        && a.lang == b.lang
}
