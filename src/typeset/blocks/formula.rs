//! Formulas that are set off: in the middle of the measure, on whole lines of
//! the grid, with the same white above as below.

use std::sync::Arc;

use crate::math::Level;
use crate::model::{Inline, Number};
use crate::page::{CompromiseKind, Item, StructKind, Tag};
use crate::theme::FormulaTokens;
use crate::typeset::chunk::{Chunk, Gap, NEVER, Row, RowContent};
use crate::typeset::context::{Context, Output};
use crate::typeset::inline::formula;
use crate::typeset::inline::{flatten, label};
use crate::typeset::lines::{Alignment, Range};
use crate::typeset::math::{MathBox, Piece};
use crate::typeset::paragraph::{ParaSpec, break_lines};
use crate::typeset::scope::Scope;
use crate::typeset::style::{Family, TextStyle};
use crate::units::Pt;

/// Sets a formula; one that can't be read as its TeX.
pub fn formula(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    tex: &str,
    number: Option<&Number>,
) -> Chunk {
    let parsed = crate::math::parse(tex).ok();
    let set = parsed.as_deref().and_then(|row| {
        Some((crate::math::alt_text(row), formula::pieces(cx, output, scope, row, Level::Display)?))
    });
    let Some((said, pieces)) = set else { return as_source(cx, output, scope, tex) };
    let node = output.structure.add(scope.node, StructKind::Formula(said));
    let tokens = &cx.theme.formula;
    let room = scope.width.0 - number.map_or(0.0, |_| scope.style.size.0 * tokens.number_room);
    let (whole, compromise) = fitted(pieces, room, scope.style.size.0, tokens);
    let leading = scope.leading;
    let size = scope.style.size;
    // From the baseline above to the baseline below, in whole lines.
    let content = Pt(whole.height + whole.depth);
    let needed = content
        + size * (tokens.letters_below + tokens.letters_above)
        + leading * (2.0 * tokens.air);
    let lines = (needed / leading - 0.01).ceil().clamp(2.0, 1000.0);
    let white =
        (leading * lines - content - size * (tokens.letters_below + tokens.letters_above)) / 2.0;
    let y = size * tokens.letters_below + white + Pt(whole.height) - leading;
    let x = scope.left + Pt((scope.width.0 - whole.width) / 2.0).max(Pt::ZERO);
    let mut items = whole.items(node);
    for item in &mut items {
        item.shift(x, y);
    }
    if let Some(number) = number {
        items.extend(numbered(cx, output, scope, number, node, y));
    }
    let mut row = Row::items(lines as usize - 1, items);
    row.compromise = compromise;
    Chunk::of_rows(vec![row], Gap::NONE, scope.span)
}

/// A formula that can't be read, set legibly as it was written.
fn as_source(cx: &Context<'_>, output: &mut Output, scope: Scope<'_>, tex: &str) -> Chunk {
    let theme = cx.theme;
    let style = TextStyle::text(theme.code_size).family(Family::Mono);
    let node = output.structure.add(scope.node, StructKind::Formula(tex.trim().to_owned()));
    let words = tex.split_whitespace().collect::<Vec<_>>().join(" ");
    let inline = Inline::text(words, scope.span);
    let text = flatten(cx, output, Scope { style, node, ..scope }, std::slice::from_ref(&inline));
    let inner = scope.inset(theme.indent, theme.indent);
    let spec = ParaSpec {
        range: Range::Center,
        gaps: (Gap::LINE, Gap::LINE),
        ..ParaSpec::block(Scope { node, style, ..inner }, Alignment::Ragged)
    };
    let para = Arc::new(break_lines(cx, output, text, node, &spec, Vec::new()));
    let count = para.breakings.by_line_count.get(para.breakings.best).map_or(0, |f| f.breaks.len());
    let rows = (0..count)
        .map(|line| {
            let mut row = Row::items(1, Vec::new());
            row.content =
                RowContent::Line { para: Arc::clone(&para), breaking: para.breakings.best, line };
            row.break_after = NEVER;
            row
        })
        .collect();
    Chunk::of_rows(rows, Gap::LINE, scope.span)
}

/// The number of an equation, at the right.
fn numbered(
    cx: &Context<'_>,
    output: &mut Output,
    scope: Scope<'_>,
    number: &Number,
    node: crate::page::StructId,
    y: Pt,
) -> Vec<Item> {
    let mut runs = label(cx, output, scope, &format!("({number})"), Tag::Node(node));
    let width: Pt = runs.iter().map(|run| run.width()).sum();
    for run in &mut runs {
        run.origin.x += scope.left + scope.width - width;
        run.origin.y += y;
    }
    runs.into_iter().map(Item::Glyphs).collect()
}

/// A formula as wide as the measure at most: broken, or made smaller.
fn fitted(
    pieces: Vec<Piece>,
    room: f64,
    size: f64,
    tokens: &FormulaTokens,
) -> (MathBox, Option<CompromiseKind>) {
    let spaces: f64 = pieces.iter().map(|p| p.space).sum();
    let width = pieces.iter().map(|p| p.content.width).sum::<f64>() + spaces;
    if width <= room + 0.01 {
        return (joined(pieces), None);
    }
    let widest = pieces.iter().map(|p| p.content.width).fold(0.0, f64::max);
    if pieces.len() > 1 && widest <= room - tokens.turnover * size {
        return (broken(pieces, room, size, tokens), Some(CompromiseKind::BrokenFormula));
    }
    let scale = (room / width).max(tokens.smallest);
    (joined(pieces).scaled(scale), Some(CompromiseKind::SmallFormula(scale)))
}

fn joined(pieces: Vec<Piece>) -> MathBox {
    let mut out = MathBox::default();
    for piece in pieces {
        out.append(piece.content);
        out.append(MathBox::space(piece.space));
    }
    out
}

/// Lines as full as they can be, the later ones moved to the right.
fn broken(pieces: Vec<Piece>, room: f64, size: f64, tokens: &FormulaTokens) -> MathBox {
    let mut lines: Vec<MathBox> = Vec::new();
    let mut space = 0.0;
    for piece in pieces {
        let turned = if lines.len() > 1 { tokens.turnover * size } else { 0.0 };
        match lines.last_mut() {
            Some(line) if turned + line.width + space + piece.content.width <= room => {
                line.append(MathBox::space(space));
                line.append(piece.content);
            }
            _ => lines.push(piece.content),
        }
        space = piece.space;
    }
    let mut out = MathBox { width: room, ..MathBox::default() };
    let mut y = 0.0;
    let mut below = 0.0;
    for (i, line) in lines.into_iter().enumerate() {
        if i > 0 {
            y += below + tokens.between_lines * size + line.height;
        }
        below = line.depth;
        out.place(line, if i == 0 { 0.0 } else { tokens.turnover * size }, y);
    }
    out
}
