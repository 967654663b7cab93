//! Paragraphs, headings and scene breaks.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::model::{Inline, InlineKind, Number, plain_text};
use crate::page::{Artifact, Item, StructId, StructKind, Tag};
use crate::text::{Features, Weight};
use crate::typeset::chapter::Setter;
use crate::typeset::chunk::{
    Chunk, ChunkKind, Cost, Gap, NEVER, Para, Range, Row, RowContent, Variant,
};
use crate::typeset::inline::{ParaText, flatten};
use crate::typeset::lines::measure::{Measuring, measure_paragraph};
use crate::typeset::lines::rivers::break_without_rivers;
use crate::typeset::lines::{Alignment, BreakKind, Breaking, Breakings, LineShape};
use crate::typeset::page_costs::AFTER_SCENE_BREAK;
use crate::typeset::style::{Family, TextStyle};
use crate::typeset::tall_lines::extra_lines;
use crate::typeset::widows::{Line, cost_of_page_break};
use crate::units::{Em, Pt};

use super::Place;

/// A paragraph that costs this much more than the best is not offered.
const DEAREST_VARIANT: f64 = 6_000.0;
/// A variant with a line whose spaces are this much too wide is not offered.
const LOOSEST_VARIANT: f64 = 0.6;

/// A paragraph is set by at most so many lines longer or shorter than is best.
const MOST_LINES_MORE: usize = 2;

/// How a paragraph is to be set.
#[derive(Debug, Clone)]
pub struct ParaSpec {
    /// The node it goes below.
    pub node: StructId,
    /// Its type.
    pub style: TextStyle,
    /// The left edge of its lines.
    pub left: Pt,
    /// The widths of its lines.
    pub shape: LineShape,
    /// How it fills them.
    pub alignment: Alignment,
    /// Where ragged lines are ranged.
    pub range: Range,
    /// Whether words may be broken.
    pub hyphenate: bool,
    /// Grid lines to a line of text.
    pub grid: usize,
    /// The space before and after.
    pub gaps: (Gap, Gap),
}

impl ParaSpec {
    /// A paragraph of running text at a place.
    pub fn body(setter: &Setter<'_>, place: Place) -> ParaSpec {
        let indent = if place.flush { 0.0 } else { setter.theme.indent.0 };
        ParaSpec {
            node: place.node,
            style: place.style,
            left: place.left,
            shape: LineShape { measure: place.width.0, indent, ..LineShape::default() },
            alignment: if place.ragged { Alignment::Ragged } else { Alignment::Justified },
            range: Range::Left,
            hyphenate: !place.ragged,
            grid: 1,
            gaps: (Gap::NONE, Gap::NONE),
        }
    }

    /// A paragraph whose first line begins at the edge, the others an indent in.
    pub fn hanging(setter: &Setter<'_>, place: Place) -> ParaSpec {
        let by = setter.theme.indent * 1.5;
        let mut spec = ParaSpec::body(setter, place.inset(setter.direction, by, Pt::ZERO));
        spec.shape.indent = -by.0;
        spec
    }
}

/// Sets a run of inlines as a paragraph of a kind.
pub fn paragraph(
    setter: &mut Setter<'_>,
    content: &[Inline],
    kind: StructKind,
    spec: &ParaSpec,
) -> Chunk {
    let node = setter.structure.add(spec.node, kind);
    let text = flatten(setter, content, spec.style, node);
    let para = fitted(setter, text, node, spec, Vec::new());
    chunk_of(setter, &Arc::new(para), spec)
}

/// Measures and fits a paragraph's characters.
pub fn fitted(
    setter: &mut Setter<'_>,
    text: ParaText,
    node: StructId,
    spec: &ParaSpec,
    beside: Vec<Item>,
) -> Para {
    let items = {
        let measuring = Measuring {
            shaper: setter.shaper,
            hyphenator: spec.hyphenate.then_some(setter.hyphenator),
            lang: &setter.lang,
        };
        measure_paragraph(&text, &measuring)
    };
    let breakings = break_without_rivers(&items, &spec.shape, spec.alignment);
    report_overfull(setter, &breakings);
    Para {
        text,
        items,
        breakings,
        shape: spec.shape,
        alignment: spec.alignment,
        direction: setter.direction,
        leading: setter.leading,
        left: spec.left,
        range: spec.range,
        beside,
        node,
        opening_word: None,
    }
}

/// Tells the writer of lines that stick out of the measure.
fn report_overfull(setter: &mut Setter<'_>, breakings: &Breakings) {
    let best = breakings.by_line_count.get(breakings.best);
    let over = best.map_or(0.0, |f| f.lines.iter().map(|l| l.over).fold(0.0, f64::max));
    if over > 0.5 {
        setter.diagnostics.push(
            Diagnostic::at(
                Code::OverfullLine,
                setter.span,
                format!("a line of this block is {over:.1} pt wider than its place on the page"),
            )
            .hint("Put a soft hyphen (U+00AD) where a long word may be broken, or reword it."),
        );
    }
}

/// The chunk of a fitted paragraph, with a line more and a line less where
/// that costs little.
pub fn chunk_of(setter: &Setter<'_>, para: &Arc<Para>, spec: &ParaSpec) -> Chunk {
    let breakings = &para.breakings.by_line_count;
    let best = para.breakings.best;
    let least = breakings.get(best).map_or(0.0, |b| b.demerits);
    let mut variants = vec![variant(para, best, Cost::ZERO, spec.grid)];
    let near = |i: usize| i != best && i.abs_diff(best) <= MOST_LINES_MORE;
    for (index, other) in breakings.iter().enumerate().filter(|(i, _)| near(*i)) {
        let cost = other.demerits - least;
        let loosest = other.lines.iter().map(|l| l.space).fold(0.0, f64::max);
        if cost < DEAREST_VARIANT
            && loosest < LOOSEST_VARIANT
            && spec.alignment == Alignment::Justified
        {
            variants.push(variant(para, index, Cost(cost), spec.grid));
        }
    }
    Chunk {
        variants,
        before: spec.gaps.0,
        after: spec.gaps.1,
        keep_next: false,
        kind: ChunkKind::Flow,
        repeat: 0,
        remark: None,
        span: setter.span,
    }
}

fn variant(para: &Arc<Para>, index: usize, cost: Cost, grid: usize) -> Variant {
    let rows = match para.breakings.by_line_count.get(index) {
        Some(breaking) => rows_of(para, index, breaking, grid),
        None => Vec::new(),
    };
    Variant { rows, cost }
}

/// One row for each line, with what it costs to break the page after it.
pub fn rows_of(para: &Arc<Para>, index: usize, breaking: &Breaking, grid: usize) -> Vec<Row> {
    let count = breaking.breaks.len();
    let extra_lines = extra_lines(para, index, para.leading * grid as f64);
    let mut from = 0;
    let mut rows = Vec::with_capacity(count);
    for (line, &to) in breaking.breaks.iter().enumerate() {
        let (begin, end) = match (para.items.breakpoints.get(from), para.items.breakpoints.get(to))
        {
            (Some(a), Some(b)) => (a.next, b),
            _ => break,
        };
        let last = line + 1 == count;
        let break_after = cost_of_page_break(&Line {
            index: line,
            count,
            hyphenated: end.kind == BreakKind::Hyphen,
            beside_initial: line < para.shape.dropped.max(1) - 1,
        });
        let within = |byte: &usize| (begin..end.next).contains(byte) || (last && *byte >= begin);
        let notes =
            para.text.notes.iter().filter(|(byte, _)| within(byte)).map(|(_, id)| *id).collect();
        let extra = extra_lines.get(line).copied().unwrap_or_default();
        let mut content = RowContent::Line { para: Arc::clone(para), breaking: index, line };
        if extra.above > 0 {
            let down = para.leading * (extra.above * grid) as f64;
            content = RowContent::Offset { down, content: Box::new(content) };
        }
        rows.push(Row {
            lines: grid * (1 + extra.above + extra.below),
            break_after,
            notes,
            content,
            anchors: Vec::new(),
            bookmark: None,
            remark: None,
        });
        from = to;
    }
    rows
}

/// The type of a heading of a level.
pub fn heading_style(setter: &Setter<'_>, level: u8) -> TextStyle {
    let theme = setter.theme;
    let sans = |size| TextStyle::text(size).family(Family::Sans).weight(Weight::Semibold);
    match level {
        0..=2 => sans(theme.section_size),
        3 => sans(theme.size),
        _ => TextStyle::text(theme.size).italic(),
    }
}

/// A section heading: more space above than below, and never last on a page.
pub fn heading(
    setter: &mut Setter<'_>,
    level: u8,
    number: Option<&Number>,
    content: &[Inline],
    place: Place,
) -> Chunk {
    let before = match level {
        0..=2 => Gap { min: 1, ideal: 2, max: 3 },
        _ => Gap { min: 1, ideal: 1, max: 2 },
    };
    let after = if level <= 2 { Gap::LINE } else { Gap::NONE };
    let spec = ParaSpec {
        node: place.node,
        style: heading_style(setter, level),
        left: place.left,
        shape: LineShape::block(place.width.0),
        alignment: Alignment::Balanced,
        range: Range::Left,
        hyphenate: false,
        grid: 1,
        gaps: (before, after),
    };
    let mut words = Vec::new();
    let mut bookmark = plain_text(content);
    if let Some(number) = number {
        words.push(Inline::text(format!("{number}\u{a0}\u{a0}"), setter.span));
        bookmark = format!("{number} {bookmark}");
    }
    words.extend_from_slice(content);
    let mut chunk = paragraph(setter, &words, StructKind::Heading(level.clamp(1, 6)), &spec);
    chunk.keep_next = true;
    for variant in &mut chunk.variants {
        for row in &mut variant.rows {
            row.break_after = NEVER;
        }
        if let Some(row) = variant.rows.first_mut() {
            row.bookmark = Some((level, bookmark.clone()));
        }
    }
    chunk
}

/// A caption with its label before it.
pub fn labelled(setter: &Setter<'_>, label: Option<String>, caption: &[Inline]) -> Vec<Inline> {
    let mut words = Vec::with_capacity(caption.len() + 2);
    if let Some(label) = label {
        let label = vec![Inline::text(label, setter.span)];
        words.push(Inline::new(InlineKind::Strong(label), setter.span));
        words.push(Inline::text("\u{a0} ", setter.span));
    }
    words.extend_from_slice(caption);
    words
}

/// An ornament in an otherwise empty space of three lines.
pub fn scene_break(setter: &mut Setter<'_>, place: Place) -> Chunk {
    let mut style = TextStyle::text(setter.theme.size);
    style.features = Features::NONE;
    let ornament = setter.theme.ornament.clone();
    let items = centred_line(setter, &ornament, style, place, Tag::Artifact(Artifact::Layout));
    let mut row = Row::items(1, items);
    row.break_after = AFTER_SCENE_BREAK;
    Chunk::of_rows(vec![row], Gap::LINE, setter.span)
}

/// A few words of the tool's own in the middle of the measure.
pub fn centred_line(
    setter: &mut Setter<'_>,
    words: &str,
    style: TextStyle,
    place: Place,
    tag: Tag,
) -> Vec<Item> {
    let mut runs = label(setter, words, style, tag);
    let width: Pt = runs.iter().map(|r| r.width()).sum();
    let shift = place.left + (place.width - width) / 2.0;
    for run in &mut runs {
        run.origin.x += shift;
    }
    runs.into_iter().map(Item::Glyphs).collect()
}

/// Words of the tool's own on one line, from 0 to the right.
pub fn label(
    setter: &mut Setter<'_>,
    words: &str,
    style: TextStyle,
    tag: Tag,
) -> Vec<crate::page::GlyphRun> {
    let inline = Inline::text(words, setter.span);
    let node = match tag {
        Tag::Node(node) => node,
        Tag::Artifact(_) => StructId(u32::MAX),
    };
    let mut runs = line_of(setter, std::slice::from_ref(&inline), style, node);
    for run in &mut runs {
        run.tag = tag;
        run.source = None;
    }
    // Letterspacing belongs between letters, not after the last.
    if let Some(glyph) = runs.last_mut().and_then(|r| r.glyphs.last_mut()) {
        glyph.advance -= style.tracking.at(style.size);
    }
    runs
}

/// Inlines on one line, from 0 to the right: their words alone.
pub fn line_of(
    setter: &mut Setter<'_>,
    content: &[Inline],
    style: TextStyle,
    node: StructId,
) -> Vec<crate::page::GlyphRun> {
    let text = flatten(setter, content, style, node);
    let spec = ParaSpec {
        node,
        style,
        left: Pt::ZERO,
        shape: LineShape::block(100_000.0),
        alignment: Alignment::Ragged,
        range: Range::Left,
        hyphenate: false,
        grid: 1,
        gaps: (Gap::NONE, Gap::NONE),
    };
    let para = fitted(setter, text, node, &spec, Vec::new());
    let line = super::super::pages::emit::plain_line(setter.shaper, &para, 0, 0);
    let glyphs = |item| match item {
        Item::Glyphs(run) => Some(run),
        Item::Picture(_) | Item::Rule(_) | Item::Link(_) => None,
    };
    line.items.into_iter().filter_map(glyphs).collect()
}

/// Small capitals for heads and labels: all letters small, spaced.
pub fn spaced_caps(size: Pt, tracking: Em) -> TextStyle {
    let mut style = TextStyle::text(size).small_caps(tracking);
    style.features = style.features.and(Features::CAPS_TO_SMALL).and(Features::NO_LIGATURES);
    style
}
