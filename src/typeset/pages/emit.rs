//! Everything in its place: decisions become items on draft pages.

use crate::model::{AnchorId, Direction, NodeId, NoteId};
use crate::page::{
    Compromise, CompromiseKind, GlyphRun, Item, Link, PageQuality, Rect, StructKind, Structure,
    Tag, Target,
};
use crate::source::{FileId, Span};
use crate::text::WordShaper;
use crate::theme::Theme;
use crate::typeset::chunk::{Chunk, Cost, NEVER, Row, RowContent};
use crate::typeset::lines::{Alignment, BreakKind, Para, Range};
use crate::typeset::margins::{baseline, left_margin};
use crate::units::Pt;

use super::breaker::{Event, PageSpec};
use super::notes::NoteSets;

/// A page of a chapter before it has a number.
#[derive(Debug, Clone, Default)]
pub struct ChapterPage {
    /// What is on it.
    pub items: Vec<Item>,
    /// The first word that begins on it.
    pub first_word: Option<(NodeId, u32)>,
    /// What can be linked to, with its height.
    pub destinations: Vec<(Target, Pt)>,
    /// Bookmarks: level, words, height.
    pub bookmarks: Vec<(u8, String, Pt)>,
    /// It carries a running head.
    pub head: bool,
    /// It carries a folio.
    pub folio: bool,
}

/// Puts rows on pages.
pub struct Emitter<'a, 'f> {
    /// Shapes the chosen lines.
    pub shaper: &'a WordShaper<'f>,
    /// The look.
    pub theme: &'a Theme,
    /// Learns where figures are.
    pub structure: &'a mut Structure,
    /// Whether the first page is a right-hand one.
    pub starts_recto: bool,
    /// Which way the book runs.
    pub direction: Direction,
    /// The pages made so far.
    pub pages: Vec<ChapterPage>,
    /// How well they came out.
    pub quality: PageQuality,
    /// The block at hand, for the report.
    span: Span,
    /// Lines in a row that ended within a word.
    hyphens: usize,
}

/// Spaces this many times as wide as they should be are reported.
const LOOSE: f64 = 1.5;
/// And those this many times as wide.
const TIGHT: f64 = 0.75;
/// A break within a block that costs more than this is reported.
const WORTH_REPORTING: Cost = Cost(1_000.0);

impl<'a, 'f> Emitter<'a, 'f> {
    /// Begins with no pages.
    pub fn new(
        shaper: &'a WordShaper<'f>,
        theme: &'a Theme,
        structure: &'a mut Structure,
        starts_recto: bool,
        direction: Direction,
    ) -> Emitter<'a, 'f> {
        Emitter {
            shaper,
            theme,
            structure,
            starts_recto,
            direction,
            pages: Vec::new(),
            quality: PageQuality::default(),
            span: Span::new(FileId(0), 0, 0),
            hyphens: 0,
        }
    }
    /// Makes the pages that were decided on.
    pub fn run(
        &mut self,
        chunks: &[Chunk],
        events: &[Event],
        notes: &NoteSets,
        spec: &PageSpec<'_>,
    ) {
        self.pages.push(ChapterPage::default());
        let mut at_foot: Vec<(NoteId, usize, usize)> = Vec::new();
        let mut figure: Option<(usize, usize)> = None;
        // Grid lines that the page at hand is filled to.
        let mut filled = 0;
        for event in events {
            match *event {
                Event::NewPage => {
                    let notes_below: usize = at_foot.iter().map(|(_, from, to)| to - from).sum();
                    let full = spec.lines.saturating_sub(spec.note_area(notes_below));
                    if filled < full && figure.is_none() {
                        self.compromise(CompromiseKind::ShortPage(full - filled));
                    }
                    filled = 0;
                    self.foot(chunks, &mut at_foot, &mut figure, notes, spec);
                    self.pages.push(ChapterPage::default());
                }
                Event::Rows { chunk, variant, from, to, at, repeat } => {
                    let Some(v) = chunks.get(chunk).and_then(|c| c.variants.get(variant)) else {
                        continue;
                    };
                    self.span = chunks.get(chunk).map_or(self.span, |c| c.span);
                    if let Some(kind) =
                        chunks.get(chunk).and_then(|c| c.compromise).filter(|_| from == 0)
                    {
                        self.compromise(kind);
                    }
                    let mut line = at;
                    for row in v.rows.iter().take(repeat) {
                        self.repeated(row, line);
                        line += row.lines;
                    }
                    for row in v.rows.iter().take(to).skip(from) {
                        self.row(row, self.grid(line));
                        line += row.lines;
                    }
                    if to < v.rows.len() {
                        self.compromise_at_break(v.rows.get(to - 1));
                    }
                    filled = filled.max(line);
                }
                Event::FigureAtFoot { chunk, variant } => figure = Some((chunk, variant)),
                Event::NoteLines { note, from, to } => {
                    if to < notes.lines(note) {
                        self.compromise(CompromiseKind::SplitNote);
                    }
                    at_foot.push((note, from, to));
                }
            }
        }
        self.foot(chunks, &mut at_foot, &mut figure, notes, spec);
    }

    fn compromise(&mut self, kind: CompromiseKind) {
        let page = self.pages.len().saturating_sub(1);
        self.quality.compromises.push(Compromise { page, span: self.span, kind });
    }

    /// What is wrong with ending a page after a row.
    fn compromise_at_break(&mut self, row: Option<&Row>) {
        let Some(row) = row else { return };
        if row.break_after >= NEVER {
            self.compromise(CompromiseKind::LoneLine);
        } else if row.break_after > WORTH_REPORTING {
            self.compromise(CompromiseKind::BrokenAcrossPages);
        }
    }

    /// Counts a line for the report, with what is wrong with it.
    fn measure_line(&mut self, para: &Para, breaking: usize, line: usize) {
        let Some(chosen) = para.breakings.by_line_count.get(breaking) else { return };
        let Some(strain) = chosen.lines.get(line) else { return };
        let end = chosen.breaks.get(line).and_then(|&b| para.items.breakpoints.get(b));
        let Some(kind) = end.map(|c| c.kind) else { return };
        if strain.over > 0.5 {
            self.compromise(CompromiseKind::OverfullLine(Pt(strain.over)));
        }
        if para.alignment != Alignment::Justified
            || matches!(kind, BreakKind::End | BreakKind::Forced)
        {
            self.hyphens = 0;
            return;
        }
        self.quality.lines += 1;
        self.quality.space_squares += strain.space * strain.space;
        let times = 1.0 + strain.space;
        if kind == BreakKind::FullWidth {
            // Between full-width characters there are no spaces that could be too wide.
        } else if times > LOOSE {
            self.compromise(CompromiseKind::LooseLine(times));
        } else if times < TIGHT - 1e-6 {
            self.compromise(CompromiseKind::TightLine(times));
        }
        if kind == BreakKind::Hyphen {
            self.quality.hyphenated += 1;
            self.hyphens += 1;
            if self.hyphens >= 3 {
                self.compromise(CompromiseKind::Ladder);
            }
        } else {
            self.hyphens = 0;
        }
    }

    /// The baseline of a grid line.
    fn grid(&self, line: usize) -> Pt {
        baseline(self.theme, line)
    }

    /// The left edge of the measure on the page at hand.
    fn left(&self) -> Pt {
        let recto = (self.pages.len() % 2 == 1) == self.starts_recto;
        left_margin(self.theme, recto, self.direction)
    }

    fn page(&mut self) -> &mut ChapterPage {
        if self.pages.is_empty() {
            self.pages.push(ChapterPage::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// What stands at the foot: a figure, and below it the notes.
    fn foot(
        &mut self,
        chunks: &[Chunk],
        at_foot: &mut Vec<(NoteId, usize, usize)>,
        figure: &mut Option<(usize, usize)>,
        notes: &NoteSets,
        spec: &PageSpec<'_>,
    ) {
        let lines: usize = at_foot.iter().map(|(_, from, to)| to - from).sum();
        if let Some((chunk, variant)) = figure.take()
            && let Some(v) = chunks.get(chunk).and_then(|c| c.variants.get(variant))
        {
            let height: usize = v.rows.iter().map(|r| r.lines).sum();
            let mut line = spec.lines.saturating_sub(spec.note_area(lines) + height);
            for row in &v.rows {
                self.row(row, self.grid(line));
                line += row.lines;
            }
        }
        if lines == 0 {
            at_foot.clear();
            return;
        }
        let last = self.theme.last_baseline();
        let first = last - self.theme.note_leading * (lines as f64 - 1.0);
        let rule = super::notes::rule(self.theme, self.left(), self.direction, first);
        self.page().items.push(rule);
        let mut y = first;
        for (note, from, to) in at_foot.drain(..) {
            if from == 0 {
                let target = Target::note(note);
                let up = self.theme.note_leading;
                self.page().destinations.push((target, y - up));
            }
            for row in notes.rows_between(note, from, to) {
                for inner in &row.notes {
                    let target = Target::note(*inner);
                    let up = self.theme.note_leading;
                    self.page().destinations.push((target, y - up));
                }
                self.row(row, y);
                y += self.theme.note_leading * row.lines as f64;
            }
        }
    }

    fn row(&mut self, row: &Row, y: Pt) {
        let leading = self.theme.leading;
        for anchor in &row.anchors {
            self.page().destinations.push((Target::Anchor(*anchor), y - leading));
        }
        if let Some((level, words)) = &row.bookmark {
            self.page().bookmarks.push((*level, words.clone(), y - leading));
        }
        if let Some(kind) = &row.compromise {
            self.compromise(*kind);
        }
        self.content(&row.content, y);
    }

    /// A row of a table's head on a page where the table goes on: furniture.
    fn repeated(&mut self, row: &Row, line: usize) {
        let before = self.pages.last().map_or(0, |p| p.items.len());
        let first_word = self.pages.last().and_then(|p| p.first_word);
        let y = self.grid(line);
        self.content(&row.content, y);
        let page = self.page();
        page.first_word = first_word;
        for item in page.items.iter_mut().skip(before) {
            let artifact = Tag::Artifact(crate::page::Artifact::Header);
            match item {
                Item::Glyphs(run) => run.tag = artifact,
                Item::Picture(picture) => picture.tag = artifact,
                Item::Rule(rule) => rule.tag = artifact,
                Item::Link(_) => {}
            }
        }
    }

    fn content(&mut self, content: &RowContent, y: Pt) {
        match content {
            RowContent::Items(items) => {
                let x = self.left();
                for item in items {
                    self.item(item.clone(), x, y);
                }
            }
            RowContent::Group(parts) => {
                for part in parts {
                    self.content(part, y);
                }
            }
            RowContent::Offset { down, content } => self.content(content, y + *down),
            RowContent::Line { para, breaking, line } => self.line(para, *breaking, *line, y),
        }
    }

    fn line(&mut self, para: &Para, breaking: usize, line: usize, y: Pt) {
        self.measure_line(para, breaking, line);
        let left = self.left();
        let mut set = para.set_line(self.shaper, breaking, line);
        if line == 0
            && let (Some(word), Some(Item::Glyphs(run))) =
                (&para.opening_word, set.items.first_mut())
        {
            let rest = after_first_word(run);
            run.actual_text = Some(word.clone());
            set.items.splice(1..1, rest.map(Item::Glyphs));
        }
        let room = para.shape.width(line);
        let slack = Pt(room) - set.width;
        let start = Pt(para.shape.start(line));
        // What runs to the left begins at the right: its indent is there.
        let shift = match (para.direction, para.alignment, para.range) {
            (_, Alignment::Ragged | Alignment::Balanced, Range::Center) => start + slack / 2.0,
            (Direction::Ltr, Alignment::Justified, _) | (Direction::Ltr, _, Range::Left) => start,
            (Direction::Ltr, _, Range::Right) => start + slack,
            (Direction::Rtl, Alignment::Justified, _) | (Direction::Rtl, _, Range::Left) => slack,
            (Direction::Rtl, _, Range::Right) => Pt::ZERO,
        };
        let x = left + para.left + shift;
        let mut first_word = set.first_word;
        if line == 0 {
            for item in &para.beside {
                if let Item::Glyphs(run) = item {
                    first_word = run.source.or(first_word);
                }
                self.item(item.clone(), left + para.left, y);
            }
        }
        // A caption may have moved with its picture: the page begins with its text.
        let kind = self.structure.get(para.node).map(|node| &node.kind);
        if kind == Some(&StructKind::Caption) {
            first_word = None;
        }
        let page = self.page();
        page.first_word = page.first_word.or(first_word);
        for anchor in &set.anchors {
            page.destinations.push((Target::Anchor(*anchor), y - Pt(12.0)));
        }
        for note in &set.notes {
            page.destinations.push((Target::note_mark(*note), y - Pt(12.0)));
        }
        for item in set.items {
            self.item(item, x, y);
        }
        for (link, from, to) in set.links {
            let Some(span) = para.text.links.get(link) else { continue };
            let size = para.text.runs.first().map_or(Pt(11.0), |s| s.style.size);
            let rect =
                Rect { x: x + from, y: y - size * 0.8, width: to - from, height: size * 1.05 };
            self.page().items.push(Item::Link(Link {
                rect,
                target: span.target.clone(),
                contents: span.contents.clone(),
                tag: Tag::Node(span.node),
            }));
        }
    }

    /// Puts an item on the page, moved by a distance.
    fn item(&mut self, mut item: Item, x: Pt, y: Pt) {
        item.shift(x, y);
        if let Item::Picture(picture) = &item
            && let Tag::Node(node) = picture.tag
            && let Some(node) = self.structure.get_mut(node)
            && let StructKind::Figure { bbox, .. } = &mut node.kind
        {
            *bbox = picture.rect;
        }
        self.page().items.push(item);
    }
}

/// The anchors of a list of targets.
pub fn anchors_of(destinations: &[(Target, Pt)]) -> impl Iterator<Item = AnchorId> + '_ {
    destinations.iter().filter_map(|(target, _)| match target {
        Target::Anchor(id) => Some(*id),
        Target::Uri(_) | Target::Named(_) => None,
    })
}

/// Parts a run after its first word and returns what is left of it, if anything.
fn after_first_word(run: &mut GlyphRun) -> Option<GlyphRun> {
    let at = run.text.find(char::is_whitespace)?;
    let byte = u32::try_from(at).ok()?;
    let first = run.glyphs.iter().position(|glyph| glyph.text.start >= byte)?;
    let mut rest = run.clone();
    rest.glyphs = run.glyphs.split_off(first);
    for glyph in &mut rest.glyphs {
        glyph.text = glyph.text.start.saturating_sub(byte)..glyph.text.end.saturating_sub(byte);
    }
    rest.origin.x += run.width();
    rest.source = run.source.map(|(node, start)| (node, start.saturating_add(byte)));
    let text = run.text.clone();
    rest.text = text.get(at..)?.into();
    run.text = text.get(..at)?.into();
    Some(rest)
}
