//! A paragraph measured: its words, its spaces, and every place it may break.
//!
//! Boxes, glue and penalties as Knuth and Plass have them (*Breaking
//! Paragraphs into Lines*, 1981), laid out as running sums, so that the width
//! of any line is a difference of two [`Sums`]. Hyphenated ends are measured
//! reshaped: kerning and ligatures change there.

use std::ops::Range;
use std::sync::Arc;

use crate::model::{Direction, Lang};
use crate::text::{HanStyle, Hyphenator, Shaped, WordShaper, is_cjk, is_hangul};
use crate::typeset::bidi::is_joined;
use crate::typeset::inline::{LINE_END, OBJECT, ParaText, TextRun};
use crate::units::Pt;

use super::full_width::{self, Neighbour};
use super::no_break::no_break_penalty;
use super::opportunities::{
    FixedSpace, IDEOGRAPH, LONGEST_WORD, ascii_breaks, fingerprint, fixed_space, segmenter,
    stood_in,
};
use super::protrusion;

/// Glyphs may be made this much wider or narrower; less than the eye sees.
pub const MAX_STRETCH: f64 = 0.02;
/// Letters may be set this much further apart or closer, in em.
pub const MAX_TRACKING: f64 = 0.005;

/// What a line is made of.
#[derive(Debug, Clone)]
pub enum Element {
    /// Letters of one text run without a space.
    Word {
        /// The text run they are of.
        run: usize,
        /// Their bytes.
        range: Range<usize>,
        /// Their glyphs.
        shaped: Arc<Shaped>,
        /// Their width.
        width: Pt,
    },
    /// A space between words that gives and takes.
    Space {
        /// The text run it is of.
        run: usize,
        /// Its bytes.
        range: Range<usize>,
        /// Its natural width.
        width: Pt,
    },
    /// A space of a fixed width.
    Fixed {
        /// The text run it is of.
        run: usize,
        /// Its bytes.
        range: Range<usize>,
        /// Its width.
        width: Pt,
    },
    /// What stands between two squares of East Asian text, without a character.
    Gap {
        /// The byte of the second.
        byte: usize,
        /// Its natural width; below zero where squares overlap.
        width: Pt,
        /// What it gives for every unit of strain.
        elastic: Pt,
    },
    /// Something that is no word.
    Object {
        /// The text run that holds it.
        run: usize,
        /// Its width.
        width: Pt,
    },
}

/// Running sums from the beginning of the paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sums {
    /// Everything but spaces.
    pub width: f64,
    /// Spaces at their natural width.
    pub space: f64,
    /// What the glyphs can give or take by scaling and tracking together.
    pub flex: f64,
}

/// Why a line may end at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakKind {
    /// At a space, which vanishes.
    Space,
    /// Within a word, with a hyphen that isn't in the text.
    Hyphen,
    /// After a hyphen or dash of the text, or between ideographs.
    Plain,
    /// Within a formula, at a space that vanishes and stands for nothing.
    Formula,
    /// Between two squares of East Asian text, where the gap vanishes.
    Square,
    /// Because the text says so.
    Forced,
    /// At the end of the paragraph.
    End,
}

/// A place where a line may end and the next begin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Breakpoint {
    /// Why.
    pub kind: BreakKind,
    /// The first element after the line, or the one that is broken within.
    pub element: usize,
    /// The byte where the line's text ends.
    pub byte: usize,
    /// The byte where the next line's text begins.
    pub next: usize,
    /// Sums of all that stands before.
    pub end: Sums,
    /// Sums where the next line begins.
    pub start: Sums,
    /// What the line gains in width by ending here: hyphen, reshaping, less
    /// what hangs over the edge.
    pub end_extra: f64,
    /// What the next line gains in width by beginning here.
    pub start_extra: f64,
    /// What it costs to break here.
    pub penalty: f64,
    /// Stands for the word before, to see the same word above itself.
    pub word_before: u64,
    /// Stands for the word after.
    pub word_after: u64,
}

/// A measured paragraph.
#[derive(Debug, Clone, Default)]
pub struct Items {
    /// What the lines are made of.
    pub elements: Vec<Element>,
    /// Where it may break; the first stands for its beginning, the last for
    /// its end.
    pub breakpoints: Vec<Breakpoint>,
}

/// What a paragraph needs to be measured.
pub struct Measuring<'a, 'f> {
    /// Shapes its words.
    pub shaper: &'a WordShaper<'f>,
    /// Breaks its words; `None` where none may be broken.
    pub hyphenator: Option<&'a Hyphenator>,
    /// The language of what has none of its own.
    pub lang: &'a Lang,
}

/// Costs of breaks that are possible but not welcome, in the units of
/// [`super::line_breaker`], where a line with spaces a quarter too wide costs about 100.
mod cost {
    /// A hyphen.
    pub const HYPHEN: f64 = 200.0;
    /// A hyphen that leaves only two letters behind.
    pub const HYPHEN_SHORT: f64 = 60.0;
    /// A hyphen in a name.
    pub const HYPHEN_NAME: f64 = 80.0;
    /// After a dash or hyphen of the text.
    pub const PLAIN: f64 = 25.0;
    /// Between two syllables of a Korean word, where no hyphen is set.
    pub const SYLLABLE: f64 = 180.0;
}

impl Items {
    /// Measures a paragraph.
    pub fn new(text: &ParaText, measuring: &Measuring<'_, '_>) -> Items {
        let mut builder = Builder {
            text,
            measuring,
            items: Items::default(),
            sums: Sums::default(),
            run: 0,
            after_hyphen: false,
            before: None,
        };
        builder.begin();
        builder.segments();
        builder.items
    }
}

struct Builder<'a, 'f> {
    text: &'a ParaText,
    measuring: &'a Measuring<'a, 'f>,
    items: Items,
    sums: Sums,
    /// The text run at hand; text is walked once, from left to right.
    run: usize,
    /// The segment before ended in a hyphen: this one is half of a compound.
    after_hyphen: bool,
    /// The character that was set last, where nothing stands after it yet.
    before: Option<Neighbour>,
}

impl Builder<'_, '_> {
    fn begin(&mut self) {
        let start_extra = self.hang_left(0);
        self.items.breakpoints.push(Breakpoint {
            kind: BreakKind::Forced,
            element: 0,
            byte: 0,
            next: 0,
            end: Sums::default(),
            start: Sums::default(),
            end_extra: 0.0,
            start_extra,
            penalty: 0.0,
            word_before: 0,
            word_after: self.word_after(0),
        });
    }

    fn segments(&mut self) {
        let text = &self.text.text;
        let mut begin = 0;
        if text.is_ascii() {
            // Without dashes or other scripts, spaces and hyphens are all there is.
            for end in ascii_breaks(text) {
                self.segment(begin..end);
                begin = end;
            }
        } else {
            let segmenter = segmenter(text);
            let text = &stood_in(self.text);
            for end in segmenter.segment_str(text).filter(|&end| end > 0) {
                let dash_next = text[end..].starts_with(['—', '–', '…', '/']);
                if end < text.len() && dash_next && !text[..end].ends_with([' ', LINE_END]) {
                    continue;
                }
                self.segment(begin..end);
                begin = end;
            }
        }
        if begin < text.len() {
            self.segment(begin..text.len());
        }
        let byte = text.trim_end_matches([' ', LINE_END]).len();
        if self.items.breakpoints.last().is_none_or(|c| c.kind != BreakKind::End) {
            self.candidate(BreakKind::End, self.items.elements.len(), byte, text.len(), 0.0);
        }
    }

    /// One unbreakable piece of text with the spaces that follow it.
    fn segment(&mut self, range: Range<usize>) {
        let text = &self.text.text;
        let piece = &text[range.clone()];
        let word = piece.trim_end_matches([' ', '\t', '\n', LINE_END, '\u{200b}', '\u{3000}']);
        let word_range = range.start..range.start + word.len();
        let first = self.items.elements.len();
        let breaks = self.items.breakpoints.len();
        self.word(word_range.clone());
        let hyphenated_compound = word.ends_with(['-', '‐']) || self.after_hyphen;
        self.after_hyphen = word.ends_with(['-', '‐']) && word.len() == piece.len();
        // Breaks stand in their order: none before those of a formula.
        if !hyphenated_compound && self.items.breakpoints.len() == breaks {
            self.hyphens(first);
        }
        let last = range.end == text.len();
        let forced = piece.contains(LINE_END);
        let at = self.items.elements.len();
        if forced && !last {
            self.before = None;
            self.candidate(BreakKind::Forced, at, word_range.end, range.end, 0.0);
        } else if last {
            self.candidate(BreakKind::End, at, word_range.end, range.end, 0.0);
        } else if word.len() < piece.len() && piece[word.len()..].chars().all(|c| c == '\u{200b}') {
            // A break without a space: nothing to set.
            self.candidate(BreakKind::Plain, at, word_range.end, range.end, 0.0);
        } else if word.len() < piece.len() {
            self.space(word_range.end..range.end);
        } else if !word.is_empty() {
            let penalty = self.plain_cost(range.end);
            self.candidate(BreakKind::Plain, at, range.end, range.end, penalty);
        }
    }

    /// A space with the break it allows.
    fn space(&mut self, range: Range<usize>) {
        let run = self.run_at(range.start);
        let s = &self.text.runs[run];
        let width = self.space_width(s);
        let element = self.items.elements.len();
        let index = self.items.breakpoints.len();
        let penalty = self.space_penalty(range.clone());
        self.before = None;
        self.candidate(BreakKind::Space, element, range.start, range.end, penalty);
        self.items.elements.push(Element::Space { run, range, width });
        self.sums.space += width.0;
        if let Some(candidate) = self.items.breakpoints.get_mut(index) {
            candidate.element = element + 1;
            candidate.start = self.sums;
        }
    }

    fn space_width(&self, run: &TextRun) -> Pt {
        let shaped = self.measuring.shaper.shape(run.face, crate::text::Features::NONE, false, " ");
        self.scaled(run, shaped.width) + run.style.tracking.at(run.style.size)
    }

    fn scaled(&self, run: &TextRun, units: i32) -> Pt {
        let metrics = &self.measuring.shaper.fonts().face(run.face).metrics;
        run.style.size * (f64::from(units) / metrics.units_per_em)
    }

    /// Letters up to the next break: cut at runs and at fixed spaces.
    fn word(&mut self, range: Range<usize>) {
        let text = &self.text.text;
        let mut at = range.start;
        while at < range.end {
            let run = self.run_at(at);
            let end = self.text.runs[run].range.end.min(range.end);
            let mut begin = at;
            for (i, c) in text[at..end].char_indices() {
                let i = at + i;
                let after = i + c.len_utf8();
                match fixed_space(c) {
                    Some(kind) => {
                        self.letters(run, begin..i);
                        self.special_space(run, i..after, kind);
                        begin = after;
                    }
                    None if c == OBJECT => {
                        self.letters(run, begin..i);
                        self.object(run);
                        begin = after;
                    }
                    None => {}
                }
            }
            self.letters(run, begin..end);
            at = end;
        }
    }

    /// Letters of one text run: whole, but East Asian squares one by one with
    /// what stands between them.
    fn letters(&mut self, run: usize, range: Range<usize>) {
        let Some(word) = self.text.text.get(range.clone()) else { return };
        let Some(first) = word.chars().next() else { return };
        let beside = self.before.is_some_and(|n| n.square);
        if !beside && (word.is_ascii() || !word.chars().any(full_width::may_be_square)) {
            self.before = word.chars().next_back().map(|c| self.neighbour(run, c));
            return self.glyphs(run, range);
        }
        let (mut begin, mut last) = (0, self.neighbour(run, first));
        self.gap(run, range.start, last);
        for (i, c) in word.char_indices().skip(1).filter(|(_, c)| !full_width::goes_with(*c)) {
            let next = self.neighbour(run, c);
            if last.square || next.square {
                self.glyphs(run, range.start + begin..range.start + i);
                self.before = Some(last);
                self.gap(run, range.start + i, next);
                begin = i;
            }
            last = next;
        }
        self.glyphs(run, range.start + begin..range.end);
        self.before = Some(last);
    }

    /// A character as its neighbours see it.
    fn neighbour(&self, run: usize, c: char) -> Neighbour {
        let s = &self.text.runs[run];
        let lang = s.lang.as_ref().unwrap_or(self.measuring.lang);
        let han = || HanStyle::of(lang);
        // A dash of the Latin font may be as wide, but is not a square.
        let square = full_width::may_be_square(c)
            && (is_cjk(c) || matches!(han(), Some(h) if h != HanStyle::Korean))
            && self.char_width(s, c) >= s.style.size * 0.9;
        Neighbour { c, square, centred: square && han() == Some(HanStyle::Traditional) }
    }

    /// What stands between the last character and the next. A break between
    /// them is one between squares.
    fn gap(&mut self, run: usize, byte: usize, next: Neighbour) {
        let Some(gap) = self.before.and_then(|before| full_width::gap(before, next)) else {
            return;
        };
        let size = self.text.runs[run].style.size;
        let (width, elastic) = (size * gap.natural, size * gap.elastic);
        let element = self.items.elements.len();
        self.items.elements.push(Element::Gap { byte, width, elastic });
        self.sums.width += width.0 - elastic.0;
        self.sums.space += elastic.0;
        if let Some(candidate) = self.items.breakpoints.last_mut()
            && candidate.kind == BreakKind::Plain
            && (candidate.next, candidate.element) == (byte, element)
        {
            candidate.kind = BreakKind::Square;
            candidate.penalty = 0.0;
            candidate.element = element + 1;
            candidate.start = self.sums;
        }
    }

    /// What a break costs that adds nothing.
    fn plain_cost(&self, byte: usize) -> f64 {
        let (before, after) = self.text.text.split_at(byte);
        let hangul = |c: Option<char>| c.is_some_and(is_hangul);
        if hangul(before.chars().next_back()) && hangul(after.chars().next()) {
            cost::SYLLABLE
        } else {
            cost::PLAIN
        }
    }

    /// Glyphs of one text run without a break.
    fn glyphs(&mut self, run: usize, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let s = &self.text.runs[run];
        let word = &self.text.text[range.clone()];
        let rtl = s.level % 2 == 1;
        let shaped = self.measuring.shaper.shape(s.face, s.style.features, rtl, word);
        let glyphs = shaped.glyphs.len() as f64;
        // Nothing can be put between letters that are joined.
        let gaps = if is_joined(word) { 0.0 } else { glyphs };
        let width = self.scaled(s, shaped.width) + s.style.tracking.at(s.style.size) * gaps;
        self.sums.width += width.0;
        if s.style.family != crate::typeset::style::Family::Mono {
            self.sums.flex += width.0 * MAX_STRETCH + s.style.size.0 * MAX_TRACKING * gaps;
        }
        self.items.elements.push(Element::Word { run, range, shaped, width });
    }

    fn special_space(&mut self, run: usize, range: Range<usize>, kind: FixedSpace) {
        self.before = None;
        let s = &self.text.runs[run];
        match kind {
            FixedSpace::Elastic => {
                let width = self.space_width(s);
                self.sums.space += width.0;
                self.items.elements.push(Element::Space { run, range, width });
            }
            FixedSpace::Em(share) => {
                let width = s.style.size * share;
                self.sums.width += width.0;
                self.items.elements.push(Element::Fixed { run, range, width });
            }
        }
    }

    fn object(&mut self, run: usize) {
        let s = &self.text.runs[run];
        let Some(object) = &s.object else { return };
        let width = object.width();
        let ideographic = object.stand_in() == IDEOGRAPH;
        let square = Neighbour { c: IDEOGRAPH, square: true, centred: false };
        if ideographic {
            self.gap(run, s.range.start, square);
        }
        self.before = ideographic.then_some(square);
        self.sums.width += width.0;
        self.items.elements.push(Element::Object { run, width });
        let Some(then) = object.break_after() else { return };
        let byte = s.range.end;
        let index = self.items.breakpoints.len();
        if let Some(penalty) = then.penalty {
            let element = self.items.elements.len();
            self.candidate(BreakKind::Formula, element, byte, byte, penalty);
        }
        self.items.elements.push(Element::Fixed { run, range: byte..byte, width: then.space });
        self.sums.width += then.space.0;
        if let Some(candidate) = self.items.breakpoints.get_mut(index) {
            candidate.element += 1;
            candidate.start = self.sums;
        }
    }

    /// Breaks within the words of a segment: more than one where they are tied
    /// by spaces that don't break. A word whose letters are of several styles
    /// is left whole.
    fn hyphens(&mut self, first: usize) {
        let Some(hyphenator) = self.measuring.hyphenator else { return };
        let text = &self.text.text;
        let elements = self.items.elements.get(first..).unwrap_or(&[]);
        let mut words: Vec<usize> = Vec::new();
        let mut lettered: Vec<usize> = Vec::new();
        for (i, element) in elements.iter().enumerate() {
            match element {
                Element::Word { range, .. } => {
                    if text[range.clone()].chars().any(char::is_alphabetic) {
                        lettered.push(first + i);
                    }
                }
                Element::Space { .. } => words.extend(alone(&mut lettered)),
                Element::Fixed { .. } | Element::Object { .. } | Element::Gap { .. } => {}
            }
        }
        words.extend(alone(&mut lettered));
        for index in words {
            self.hyphens_of(hyphenator, index);
        }
    }

    fn hyphens_of(&mut self, hyphenator: &Hyphenator, index: usize) {
        let Some(Element::Word { run, range, shaped, width }) =
            self.items.elements.get(index).cloned()
        else {
            return;
        };
        let s = &self.text.runs[run];
        if s.level % 2 == 1 {
            return;
        }
        let left_whole = range.len() < 5 || s.style.family == crate::typeset::style::Family::Mono;
        if left_whole && !hyphenator.breaks_all() {
            return;
        }
        let word = &self.text.text[range.clone()];
        let lang = s.lang.as_ref().unwrap_or(self.measuring.lang);
        let breaks = hyphenator.breaks(word, lang);
        if breaks.is_empty() {
            return;
        }
        let before = self.sums_before(index);
        for at in breaks {
            self.hyphen(index, before, (run, range.start), word, at, &shaped, width);
        }
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "one place calls it, once for each break of a word"
    )]
    fn hyphen(
        &mut self,
        index: usize,
        before: Sums,
        (run, start): (usize, usize),
        word: &str,
        at: usize,
        shaped: &Shaped,
        width: Pt,
    ) {
        let s = &self.text.runs[run];
        let shaper = self.measuring.shaper;
        let length = u32::try_from(word.len()).unwrap_or(u32::MAX);
        let whole = f64::from(shaped.width.max(1));
        let share = f64::from(shaped.width_before(u32::try_from(at).unwrap_or(0), length)) / whole;
        let track = s.style.tracking.at(s.style.size).0;
        let measure = |text: &str| {
            let shaped = shaper.shape(s.face, s.style.features, false, text);
            self.scaled(s, shaped.width).0 + track * shaped.glyphs.len() as f64
        };
        let head = measure(&format!("{}-", word[..at].trim_end_matches('\u{ad}')));
        let tail = measure(&word[at..]);
        let flex =
            width.0 * MAX_STRETCH + s.style.size.0 * MAX_TRACKING * shaped.glyphs.len() as f64;
        let mut sums = before;
        sums.width += width.0 * share;
        sums.flex += flex * share;
        let hyphen_width = measure("-");
        let hang = protrusion::right('-', Pt(hyphen_width), s.style.size).0;
        let letters = word[..at].chars().filter(|c| c.is_alphabetic()).count();
        let name = word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
        self.items.breakpoints.push(Breakpoint {
            kind: BreakKind::Hyphen,
            element: index,
            byte: start + at,
            next: start + at,
            end: sums,
            start: sums,
            end_extra: head - width.0 * share - hang,
            start_extra: tail - width.0 * (1.0 - share),
            penalty: cost::HYPHEN
                + if letters < 3 { cost::HYPHEN_SHORT } else { 0.0 }
                + if name { cost::HYPHEN_NAME } else { 0.0 },
            word_before: 0,
            word_after: 0,
        });
    }

    /// The sums before an element that has just been added.
    fn sums_before(&self, index: usize) -> Sums {
        let mut sums = self.sums;
        for element in self.items.elements.iter().skip(index) {
            match element {
                Element::Word { run, shaped, width, .. } => {
                    let s = &self.text.runs[*run];
                    sums.width -= width.0;
                    if s.style.family != crate::typeset::style::Family::Mono {
                        let glyphs = shaped.glyphs.len() as f64;
                        sums.flex -= width.0 * MAX_STRETCH + s.style.size.0 * MAX_TRACKING * glyphs;
                    }
                }
                Element::Space { width, .. } => sums.space -= width.0,
                Element::Gap { width, elastic, .. } => {
                    sums.width -= width.0 - elastic.0;
                    sums.space -= elastic.0;
                }
                Element::Fixed { width, .. } | Element::Object { width, .. } => {
                    sums.width -= width.0
                }
            }
        }
        sums
    }

    fn candidate(
        &mut self,
        kind: BreakKind,
        element: usize,
        byte: usize,
        next: usize,
        penalty: f64,
    ) {
        let end_extra = -self.hang_right(byte);
        let start_extra = self.hang_left(next);
        self.items.breakpoints.push(Breakpoint {
            kind,
            element,
            byte,
            next,
            end: self.sums,
            start: self.sums,
            end_extra,
            start_extra,
            penalty,
            word_before: self.word_before(byte),
            word_after: self.word_after(next),
        });
    }

    /// Whether marks hang over the edges: in text that runs to the left they don't.
    fn hangs(&self) -> bool {
        self.text.direction == Direction::Ltr
    }

    /// What the character before a byte hangs over the right edge.
    fn hang_right(&mut self, byte: usize) -> f64 {
        let Some(c) = self.text.text[..byte].chars().next_back().filter(|_| self.hangs()) else {
            return 0.0;
        };
        let index = self.find_run(byte - c.len_utf8());
        let s = &self.text.runs[index];
        let half = full_width::empty_right(self.neighbour(index, c));
        (s.style.size * half).0.max(protrusion::right(c, self.char_width(s, c), s.style.size).0)
    }

    /// What the character at a byte hangs over the left edge, below zero.
    fn hang_left(&mut self, byte: usize) -> f64 {
        let Some(c) = self.text.text[byte..].chars().next().filter(|_| self.hangs()) else {
            return 0.0;
        };
        let s = &self.text.runs[self.find_run(byte)];
        -protrusion::left(c, self.char_width(s, c), s.style.size).0
    }

    fn char_width(&self, run: &TextRun, c: char) -> Pt {
        let mut buffer = [0; 4];
        let text = c.encode_utf8(&mut buffer);
        let shaped = self.measuring.shaper.shape(run.face, run.style.features, false, text);
        self.scaled(run, shaped.width)
    }

    fn find_run(&self, byte: usize) -> usize {
        self.text
            .runs
            .partition_point(|s| s.range.end <= byte)
            .min(self.text.runs.len().saturating_sub(1))
    }

    fn run_at(&mut self, byte: usize) -> usize {
        while self.text.runs.get(self.run).is_some_and(|s| s.range.end <= byte)
            && self.run + 1 < self.text.runs.len()
        {
            self.run += 1;
        }
        self.run
    }

    fn word_before(&self, byte: usize) -> u64 {
        let text = &self.text.text[..byte];
        if text.chars().next_back().is_some_and(is_cjk) {
            return 0;
        }
        let from = byte.saturating_sub(LONGEST_WORD);
        let from = (from..byte).find(|at| text.is_char_boundary(*at)).unwrap_or(byte);
        let text = &text[from..];
        let begin = text.rfind([' ', LINE_END]).map_or(0, |i| i + 1);
        fingerprint(text.get(begin..).unwrap_or(""))
    }

    fn word_after(&self, byte: usize) -> u64 {
        let text = &self.text.text[byte..];
        if text.starts_with(is_cjk) {
            return 0;
        }
        let to = LONGEST_WORD.min(text.len());
        let to = (0..=to).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let text = &text[..to];
        fingerprint(text.split([' ', LINE_END]).next().unwrap_or(""))
    }

    fn space_penalty(&self, range: Range<usize>) -> f64 {
        let text = &self.text.text;
        let before = text[..range.start].rsplit([' ', '\u{a0}', LINE_END]).next().unwrap_or("");
        let after = text[range.end..].split([' ', '\u{a0}', LINE_END]).next().unwrap_or("");
        no_break_penalty(before, after)
    }
}

/// The one element that holds all letters of a word; empties the list.
fn alone(lettered: &mut Vec<usize>) -> Option<usize> {
    let only = match lettered[..] {
        [index] => Some(index),
        _ => None,
    };
    lettered.clear();
    only
}
