//! Listings: line by line, nothing lost, in a leading of their own.
//!
//! Code is not broken like text: its lines, its blanks and its columns are
//! what the writer made them. So a line is shaped as it is, part by part, and
//! only what doesn't fit is turned over, with a hanging indent and a mark that
//! is no part of the text.
//!
//! The leading is tighter than that of the text. Four lines stand on three of
//! the grid; a row of the page breaker holds the lines that are nearest to its
//! grid line, so that a listing takes whole grid lines, can break at any of
//! them, and is off the grid by a quarter of a line at most where it breaks.

use std::collections::BTreeMap;

use unicode_bidi::{BidiClass, bidi_class};

use crate::model::{Token, TokenKind};
use crate::page::{
    Artifact, Color, Glyph, GlyphRun, Item, Point, Rect, Rule, StructId, StructKind, Tag,
};
use crate::text::{FaceId, Weight};
use crate::theme::{CodeHues, Theme};
use crate::typeset::chunk::{Chunk, Cost, Gap, NEVER, Row};
use crate::typeset::context::{Context, Output};
use crate::typeset::page_costs::{
    AT_BLANK_LINE, OFF_GRID, WITHIN_CODE_LINE, WITHIN_LISTING, WITHIN_SHORT_LISTING,
};
use crate::typeset::scope::Scope;
use crate::typeset::style::{Family, TextStyle};
use crate::units::Pt;

/// Sets a listing.
pub fn listing(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    text: &str,
    tokens: &[Token],
) -> Chunk {
    let node = output.structure.add(scope.node, StructKind::Code);
    let air = cx.theme.indent * cx.theme.listing.rule_gap;
    let inner = scope.inset(air, Pt::ZERO);
    let mut writer = Writer::new(cx, output, inner, node);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        writer.line(line.trim_end(), at, tokens);
        at += line.len();
    }
    let lines = writer.lines;
    Chunk::of_rows(rows(cx.theme, lines, scope.left), Gap::LINE, scope.span)
}

/// A line as it is printed, from x = 0 at the measure's left edge.
#[derive(Default)]
struct Printed {
    runs: Vec<GlyphRun>,
    mark: Vec<Rule>,
    blank: bool,
    turned_over: bool,
}

/// The lines in rows of the grid, with the rule at their side.
fn rows(theme: &Theme, lines: Vec<Printed>, left: Pt) -> Vec<Row> {
    let (grid, leading) = (theme.leading, theme.code_leading);
    let down = |line: usize| leading * line as f64;
    let row_of = |line: usize| (down(line) / grid + 0.5 + 1e-9).floor() as usize;
    let total = lines.len();
    // As much space below as above. A long listing breaks, and stays where its
    // lines are nearest to the grid.
    let last = total.saturating_sub(1);
    let lowered = (grid * row_of(last) as f64 - down(last)) / 2.0;
    let lowered = if total <= theme.listing.short { lowered } else { Pt::ZERO };
    let count = total.checked_sub(1).map_or(0, |last| row_of(last) + 1);
    let costs: Vec<Cost> = (0..count)
        .map(|row| {
            let next = (0..total).find(|&line| row_of(line) > row).unwrap_or(total);
            let up = grid * (row + 1) as f64 - down(next);
            break_cost(&lines, next, up > grid * 0.3, theme.listing.short)
        })
        .collect();
    let mut rows: Vec<Row> = costs
        .into_iter()
        .enumerate()
        .map(|(row, cost)| {
            let top = if row == 0 { lowered - theme.code_size * 0.85 } else { -grid * 0.7 };
            let foot = down(last) - grid * row as f64 + lowered + theme.code_size * 0.3;
            let foot = if row + 1 == count { foot } else { grid * 0.3 };
            let rule = Rule {
                rect: Rect { x: left, y: top, width: theme.listing.rule, height: foot - top },
                color: Color::Gray(theme.listing.rule_ink),
                tag: Tag::Artifact(Artifact::Layout),
            };
            Row { break_after: cost, ..Row::items(1, vec![Item::Rule(rule)]) }
        })
        .collect();
    for (index, line) in lines.into_iter().enumerate() {
        let row = row_of(index);
        let shift = down(index) - grid * row as f64 + lowered;
        if let Some(row) = rows.get_mut(row)
            && let crate::typeset::chunk::RowContent::Items(items) = &mut row.content
        {
            items.extend(line.mark.into_iter().map(|mut rule| {
                rule.rect.y += shift;
                Item::Rule(rule)
            }));
            items.extend(line.runs.into_iter().map(|mut run| {
                run.origin.y += shift;
                Item::Glyphs(run)
            }));
        }
    }
    rows
}

/// What it costs to end a page before a line.
fn break_cost(lines: &[Printed], next: usize, off_grid: bool, short: usize) -> Cost {
    let blank = |at: usize| lines.get(at).is_some_and(|line| line.blank);
    if next < 2 || next + 2 > lines.len() {
        return NEVER;
    }
    let here = match lines.get(next) {
        Some(line) if line.turned_over => WITHIN_CODE_LINE,
        Some(_) if blank(next) || blank(next - 1) => AT_BLANK_LINE,
        Some(_) | None => WITHIN_LISTING,
    };
    let short = if lines.len() <= short { WITHIN_SHORT_LISTING } else { Cost::ZERO };
    let off_grid = if off_grid { OFF_GRID } else { Cost::ZERO };
    (here + off_grid).max(short)
}

/// A character with its look and its width.
#[derive(Clone, Copy)]
struct Cell {
    c: char,
    kind: Option<TokenKind>,
    face: FaceId,
    width: Pt,
}

/// Sets lines one after the other.
struct Writer<'s, 'a> {
    cx: &'s Context<'a>,
    output: &'s mut Output,
    node: StructId,
    scope: Scope<'s>,
    /// The width of a column.
    column: Pt,
    /// The widths of characters that are not ASCII.
    known: BTreeMap<(FaceId, char), Pt>,
    /// Tokens before this one end before the line at hand.
    token: usize,
    lines: Vec<Printed>,
}

impl<'s, 'a> Writer<'s, 'a> {
    fn new(cx: &'s Context<'a>, output: &'s mut Output, scope: Scope<'s>, node: StructId) -> Self {
        let style = style_of(cx.theme, None);
        let face = cx.faces.get(style.family, style.style);
        let mut writer = Writer {
            cx,
            output,
            node,
            scope,
            column: Pt(1.0),
            known: BTreeMap::new(),
            token: 0,
            lines: Vec::new(),
        };
        writer.column = writer.measured(face, '0').max(Pt(1.0));
        writer
    }

    /// A line that begins at a byte of the listing.
    fn line(&mut self, line: &str, start: usize, tokens: &[Token]) {
        let cells = self.cells(line, start, tokens);
        let own = cells.iter().take_while(|cell| cell.c == ' ').count();
        let width = self.scope.width.max(self.column * 8.0);
        let hang = (self.column * (own + self.cx.theme.listing.turnover) as f64).min(width / 2.0);
        let mut rest = cells.as_slice();
        let mut turned_over = false;
        loop {
            let indent = if turned_over { hang } else { Pt::ZERO };
            let cut = cut(rest, width - indent);
            let (head, tail) = rest.split_at(cut.min(rest.len()));
            let mut printed =
                Printed { blank: cells.is_empty(), turned_over, ..Printed::default() };
            if turned_over {
                printed.mark = self.mark(indent);
            }
            self.set(&mut printed, head, indent, tail.is_empty());
            self.lines.push(printed);
            rest = tail;
            turned_over = true;
            if rest.is_empty() {
                return;
            }
        }
    }

    /// The characters of a line; tabs become spaces, controls nothing.
    fn cells(&mut self, line: &str, start: usize, tokens: &[Token]) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(line.len());
        for (at, c) in line.char_indices() {
            let byte = start + at;
            while tokens.get(self.token).is_some_and(|t| t.range.end <= byte) {
                self.token += 1;
            }
            let within = tokens.get(self.token).filter(|t| t.range.contains(&byte));
            let kind = within.map(|t| t.kind);
            let style = style_of(self.cx.theme, kind);
            let base = self.cx.faces.get(style.family, style.style);
            let column = self.column;
            let mut push = |c: char, face: FaceId, width: Pt| {
                cells.push(Cell { c, kind, face, width });
            };
            match c {
                '\t' => {
                    let columns: Pt = cells.iter().map(|cell| cell.width).sum();
                    let at = (columns / column).round() as usize;
                    let tab = self.cx.theme.listing.tab.max(1);
                    let blanks = tab - at % tab;
                    let blank = Cell { c: ' ', kind, face: base, width: column };
                    cells.extend(std::iter::repeat_n(blank, blanks));
                }
                c if c.is_control() => {}
                ' '..='~' => push(c, base, column),
                _ => {
                    let mut buffer = [0; 4];
                    let character = &*c.encode_utf8(&mut buffer);
                    let Scope { lang, span, .. } = self.scope;
                    let face = self.cx.face_for(self.output, character, style, lang, span);
                    let width = self.measured(face, c);
                    cells.push(Cell { c, kind, face, width });
                }
            }
        }
        cells
    }

    fn measured(&mut self, face: FaceId, c: char) -> Pt {
        if let Some(width) = self.known.get(&(face, c)) {
            return *width;
        }
        let style = style_of(self.cx.theme, None);
        let shaper = self.cx.shaper;
        let shaped = shaper.shape(face, style.features, false, c.encode_utf8(&mut [0; 4]));
        let upem = shaper.fonts().face(face).metrics.units_per_em;
        let width = style.size * (f64::from(shaped.width) / upem);
        self.known.insert((face, c), width);
        width
    }

    /// The mark of a line that goes on, in the indent before it: a hook, drawn,
    /// since few fonts have one.
    fn mark(&self, indent: Pt) -> Vec<Rule> {
        let size = self.cx.theme.code_size;
        let tokens = &self.cx.theme.listing;
        let rule = tokens.rule;
        let x = self.scope.left + indent - self.column * 1.75;
        let hook = |y: Pt, width: Pt, height: Pt| Rule {
            rect: Rect { x, y, width, height },
            color: Color::Gray(tokens.rule_ink),
            tag: Tag::Artifact(Artifact::Layout),
        };
        vec![
            hook(-size * 0.62, rule, size * 0.4),
            hook(-size * 0.22 - rule, self.column * 0.85, rule),
        ]
    }

    /// Sets characters from an indent on. The end of a line of code is a blank
    /// for those who read the text without seeing it.
    fn set(&mut self, printed: &mut Printed, cells: &[Cell], indent: Pt, ends: bool) {
        let mut x = self.scope.left + indent;
        let mut rest = cells;
        while let Some(first) = rest.first() {
            let rtl = runs_left(first.c);
            let same = |cell: &Cell| {
                cell.face == first.face
                    && cell.kind == first.kind
                    && (runs_left(cell.c) == rtl || (rtl && cell.c == ' '))
            };
            let mut end = rest.iter().take_while(|cell| same(cell)).count().max(1);
            while rtl && end > 1 && rest.get(end - 1).is_some_and(|cell| cell.c == ' ') {
                end -= 1;
            }
            let (part, tail) = rest.split_at(end);
            let text: String = part.iter().map(|cell| cell.c).collect();
            let style = style_of(self.cx.theme, first.kind);
            let run = self.run(first.face, style, &text, rtl, x);
            x += run.width();
            printed.runs.push(run);
            rest = tail;
        }
        if ends && !cells.is_empty() {
            let style = style_of(self.cx.theme, None);
            let face = self.cx.faces.get(style.family, style.style);
            let run = self.run(face, style, " ", false, x);
            match printed.runs.last_mut() {
                Some(last)
                    if last.face == run.face && last.color == run.color && !runs_left_any(last) =>
                {
                    join(last, &run);
                }
                Some(_) | None => printed.runs.push(run),
            }
        }
    }

    fn run(&self, face: FaceId, style: TextStyle, text: &str, rtl: bool, x: Pt) -> GlyphRun {
        let shaper = self.cx.shaper;
        let shaped = shaper.shape(face, style.features, rtl, text);
        let em = style.size / shaper.fonts().face(face).metrics.units_per_em;
        let mut starts: Vec<u32> = shaped.glyphs.iter().map(|g| g.cluster).collect();
        starts.sort_unstable();
        starts.dedup();
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let mut told = None;
        let glyphs = shaped.glyphs.iter().map(|glyph| {
            let from = glyph.cluster;
            let next = starts.iter().copied().find(|&s| s > from).unwrap_or(end);
            // The first glyph of a cluster has all of its text, the others none.
            let to = if told == Some(from) { from } else { next };
            told = Some(from);
            Glyph {
                id: glyph.id,
                advance: em * f64::from(glyph.advance),
                dx: em * f64::from(glyph.dx),
                dy: em * f64::from(glyph.dy),
                text: from..to,
            }
        });
        GlyphRun {
            face,
            size: style.size,
            stretch: 1.0,
            origin: Point { x, y: Pt::ZERO },
            color: style.color,
            glyphs: glyphs.collect(),
            text: text.into(),
            actual_text: None,
            lang: None,
            tag: Tag::Node(self.node),
            source: None,
        }
    }
}

/// Adds a run right after another of the same look.
fn join(run: &mut GlyphRun, after: &GlyphRun) {
    let offset = u32::try_from(run.text.len()).unwrap_or(u32::MAX);
    run.text = [&*run.text, &*after.text].concat().into();
    run.glyphs.extend(after.glyphs.iter().cloned().map(|mut glyph| {
        glyph.text = glyph.text.start + offset..glyph.text.end + offset;
        glyph
    }));
}

fn runs_left(c: char) -> bool {
    matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

fn runs_left_any(run: &GlyphRun) -> bool {
    run.text.chars().any(runs_left)
}

/// How many characters go on a line of a width: all, or up to a blank or a mark
/// in the last third, or as many as fit, one at least.
fn cut(cells: &[Cell], width: Pt) -> usize {
    let mut used = Pt::ZERO;
    let fitting = cells.iter().take_while(|cell| {
        used += cell.width;
        used <= width + Pt(0.01)
    });
    let fitting = fitting.count();
    if fitting >= cells.len() {
        return cells.len();
    }
    let good = (fitting * 2 / 3..fitting).rev().find(|&i| {
        let at = |i: usize| cells.get(i).map_or(' ', |cell| cell.c);
        matches!(at(i), ' ' | ',' | ';') || (at(i + 1) == ' ')
    });
    let fair = || {
        (fitting * 2 / 3..fitting).rev().find(|&i| {
            let c = cells.get(i).map_or(' ', |cell| cell.c);
            matches!(c, '/' | '.' | '(' | ')' | '=' | '&' | '|' | '-' | '_' | ':')
        })
    };
    good.or_else(fair).map_or(fitting, |i| i + 1).max(1)
}

/// The look of a part of a listing. Weight and slope carry it, so that it is
/// told apart in black alone; a hue comes on top, on the screen.
fn style_of(theme: &Theme, kind: Option<TokenKind>) -> TextStyle {
    let plain = TextStyle::text(theme.code_size).family(Family::Mono);
    let hues = &theme.code_hues;
    let tinted = |style: TextStyle, hue| style.color(Color::Ink(CodeHues::on_paper(hue)));
    match kind {
        None => plain,
        Some(TokenKind::Keyword) => plain.weight(Weight::Bold),
        Some(TokenKind::Comment) => tinted(plain.italic(), hues.comments),
        Some(TokenKind::Type) => tinted(plain, hues.types),
        Some(TokenKind::Function) => tinted(plain, hues.functions),
        Some(TokenKind::String) => tinted(plain, hues.strings),
        Some(TokenKind::Constant) => tinted(plain, hues.constants),
        Some(TokenKind::Meta) => tinted(plain, hues.meta),
        Some(TokenKind::Inserted) => tinted(plain.weight(Weight::Bold), hues.inserted),
        Some(TokenKind::Deleted) => tinted(plain.italic(), hues.deleted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Cell> {
        let cell = |c| Cell { c, kind: None, face: FaceId(0), width: Pt(1.0) };
        text.chars().map(cell).collect()
    }

    #[test]
    fn long_lines_are_cut_where_it_is_good_and_lose_nothing() {
        let line = "let total = first_part_of_the_sum + second_part(of, the, sum) + third;";
        let cut_text = |n: usize| line.chars().take(n).collect::<String>();
        assert_eq!(cut_text(cut(&cells(line), Pt(38.0))), "let total = first_part_of_the_sum + ");
        assert_eq!(cut(&cells(line), Pt(1_000.0)), line.len());
        assert_eq!(cut(&cells("abcdefghij"), Pt(4.0)), 4, "anywhere if need be");
        assert_eq!(cut(&cells("abc"), Pt(0.1)), 1, "never nothing");
        assert_eq!(cut(&[], Pt(4.0)), 0);
    }

    fn printed(count: usize) -> Vec<Printed> {
        (0..count).map(|_| Printed::default()).collect()
    }

    #[test]
    fn four_lines_stand_on_three_of_the_grid() {
        let theme = Theme::default();
        let heights = |n: usize| rows(&theme, printed(n), Pt::ZERO).len();
        assert_eq!([0, 1, 2, 5, 9, 41].map(heights), [0, 1, 2, 4, 7, 31]);
    }

    #[test]
    fn no_line_of_code_is_alone_on_a_page() {
        let theme = Theme::default();
        let long = rows(&theme, printed(41), Pt::ZERO);
        let never: Vec<usize> = (0..long.len()).filter(|&i| long[i].break_after >= NEVER).collect();
        assert_eq!(never, [0, long.len() - 2, long.len() - 1]);
        let off_grid = long.iter().filter(|r| r.break_after > OFF_GRID).count();
        assert!(off_grid >= 8, "breaks that would start off the grid are dear");
        let mut lines = printed(40);
        lines[8].blank = true;
        assert!(rows(&theme, lines, Pt::ZERO)[5].break_after < WITHIN_LISTING);
        assert!(rows(&theme, printed(9), Pt::ZERO)[3].break_after >= WITHIN_SHORT_LISTING);
    }
}
