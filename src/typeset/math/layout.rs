//! Rows of a formula as boxes, after *The TeXbook*, appendix G, with the
//! distances of the font's MATH table in the place of TeX's own, as *MathML
//! Core*, chapter 3, has it.

use crate::math::{Class, Level, Node, Row, Symbol, classes};
use crate::page::Color;

use super::boxes::{Mark, MathBox};
use super::font::MathFont;
use super::words::TextFaces;

/// What a break after a relation costs, and after a binary operator
/// (`\relpenalty`, `\binoppenalty`).
const AFTER_RELATION: f64 = 500.0;
const AFTER_OPERATOR: f64 = 700.0;

/// Scripts, and scripts of scripts, as shares of the size: those of LaTeX at
/// 11 pt. The font's own 80 and 60 % make fractions in a line so tall that the
/// lines of the grid would have to part for them.
const SCRIPT: (f64, f64) = (0.73, 0.55);

/// How a part of a formula is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// How large.
    pub level: Level,
    /// Exponents are raised less: under bars and roots.
    pub cramped: bool,
    /// Its colour.
    pub color: Color,
}

impl Style {
    /// The style of a superscript.
    pub fn sup(self) -> Style {
        let level = match self.level {
            Level::Display | Level::Text => Level::Script,
            Level::Script | Level::ScriptScript => Level::ScriptScript,
        };
        Style { level, ..self }
    }

    /// The style of a subscript.
    pub fn sub(self) -> Style {
        self.sup().cramped()
    }

    /// The same, cramped.
    pub fn cramped(self) -> Style {
        Style { cramped: true, ..self }
    }

    /// The style of a numerator.
    pub fn part(self) -> Style {
        match self.level {
            Level::Display => Style { level: Level::Text, ..self },
            Level::Text | Level::Script | Level::ScriptScript => self.sup(),
        }
    }
}

/// A part of a row, with the space after it and what a break there costs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Piece {
    /// What is in it.
    pub content: MathBox,
    /// The space between it and the next.
    pub space: f64,
    /// What it costs to break the line after it.
    pub penalty: f64,
}

/// Sets formulas at one size.
pub struct Layouter<'a> {
    /// The face.
    pub font: MathFont<'a>,
    /// The faces of words among them.
    pub text: TextFaces<'a>,
    /// The size of the text around.
    pub size: f64,
}

impl Layouter<'_> {
    /// The size of a style.
    pub fn size_of(&self, style: Style) -> f64 {
        match style.level {
            Level::Display | Level::Text => self.size,
            Level::Script => self.size * SCRIPT.0,
            Level::ScriptScript => self.size * SCRIPT.1,
        }
    }

    /// Font units at a style's size in points.
    pub fn at(&self, units: f64, style: Style) -> f64 {
        units / self.font.units * self.size_of(style)
    }

    /// The height of the line on which fractions and signs are centred.
    pub fn axis(&self, style: Style) -> f64 {
        self.at(self.font.constants().axis_height, style)
    }

    /// A row as one box.
    pub fn row(&self, row: &[Node], style: Style) -> MathBox {
        let mut out = MathBox::default();
        for piece in self.pieces(row, style, false) {
            out.append(piece.content);
        }
        out
    }

    /// A row as a box; a row of one letter keeps what is known of the letter.
    pub fn part(&self, row: &Row, style: Style) -> MathBox {
        match row.as_slice() {
            [Node::Group(inner)] => self.part(inner, style),
            [node @ (Node::Symbol(_) | Node::Number(..))] => self.node(node, None, style),
            row => self.row(row, style),
        }
    }

    /// A row in the pieces that a line may be broken between.
    pub fn pieces(&self, row: &[Node], style: Style, breaking: bool) -> Vec<Piece> {
        let mut style = style;
        let mut pieces: Vec<Piece> = Vec::new();
        let mut at_hand = MathBox::default();
        let mut before: Option<Class> = None;
        for (node, class) in row.iter().zip(classes(row)) {
            match (node, class) {
                (Node::Level(level), _) => style.level = *level,
                (Node::Color([r, g, b]), _) => style.color = Color::Rgb([*r, *g, *b]),
                (Node::Space(em), _) => {
                    settle(&mut at_hand, None);
                    at_hand.append(MathBox::space(em * self.size_of(style)));
                }
                (node, class) => {
                    let class = class.unwrap_or(Class::Ord);
                    let set = self.node(node, Some(class), style);
                    settle(&mut at_hand, Some(&set));
                    if let Some(left) = before {
                        let space = spacing(left, class, style.level) / 18.0 * self.size_of(style);
                        match breakable(left, class).filter(|_| breaking) {
                            Some(penalty) => {
                                let content = std::mem::take(&mut at_hand);
                                pieces.push(Piece { content, space, penalty });
                            }
                            None => at_hand.append(MathBox::space(space)),
                        }
                    }
                    let (letter, attachment) = (set.letter, set.attachment);
                    at_hand.append(set);
                    (at_hand.letter, at_hand.attachment) = (letter, attachment);
                    before = Some(class);
                }
            }
        }
        settle(&mut at_hand, None);
        at_hand.letter = false;
        at_hand.attachment = None;
        pieces.push(Piece { content: at_hand, ..Piece::default() });
        pieces
    }

    /// One node.
    pub fn node(&self, node: &Node, class: Option<Class>, style: Style) -> MathBox {
        match node {
            Node::Symbol(symbol) => self.symbol(symbol, style),
            Node::Number(number, alphabet) => {
                let styled = number.chars().map(|c| crate::math::styled(c, *alphabet));
                self.characters(styled, style)
            }
            Node::Words(words, alphabet) => {
                let size = self.size_of(style);
                self.text.words(words, *alphabet, size, style.color)
            }
            Node::Function(name) => self.characters(name.chars(), style),
            Node::Large { sign, small } => self.large(*sign, *small, style),
            Node::Delimiter { sign, size: None, .. } => self.character(*sign, style),
            Node::Delimiter { sign, size: Some(em), .. } => {
                self.delimiter(*sign, em * self.size_of(style), style)
            }
            Node::Group(row) => self.part(row, style),
            Node::Fenced { open, close, body } => {
                let body = self.row(body, style);
                self.fenced(*open, body, *close, style)
            }
            Node::Fraction { over, under, bar } => self.fraction(over, under, *bar, style),
            Node::Root { of, degree } => self.root(of, degree.as_ref(), style),
            Node::Scripts { base, sub, sup, place } => {
                self.scripts(base, sub.as_ref(), sup.as_ref(), *place, class, style)
            }
            Node::Accent { base, mark, wide, below } => {
                self.accent(base, *mark, *wide, *below, style)
            }
            Node::Negated(node) => self.negated(node, style),
            Node::Space(em) => MathBox::space(em * self.size_of(style)),
            Node::Level(_) | Node::Color(_) => MathBox::default(),
            Node::Table(table) => self.table(table, style),
        }
    }

    fn symbol(&self, symbol: &Symbol, style: Style) -> MathBox {
        self.characters(symbol.shown().chars(), style)
    }

    /// Characters beside each other.
    fn characters(&self, chars: impl Iterator<Item = char>, style: Style) -> MathBox {
        let mut boxes: Vec<MathBox> = chars.map(|c| self.character(c, style)).collect();
        if boxes.len() == 1 {
            return boxes.pop().unwrap_or_default();
        }
        let mut out = MathBox::default();
        for one in boxes {
            settle(&mut out, Some(&one));
            out.append(one);
        }
        out
    }

    /// A character, from another face where this one doesn't have it.
    pub fn character(&self, c: char, style: Style) -> MathBox {
        if c == ' ' || c == '\u{a0}' {
            return MathBox::space(self.size_of(style) * 0.25);
        }
        match self.font.glyph(c) {
            Some(glyph) => self.glyph(glyph, &c.to_string(), style),
            None => self.text.stray(c, self.size_of(style), style.color),
        }
    }

    /// A glyph that stands for a text.
    pub fn glyph(&self, glyph: u16, text: &str, style: Style) -> MathBox {
        let edges = self.font.glyph_box(glyph);
        let mark = Mark::Glyph {
            face: self.font.id,
            id: glyph,
            size: self.size_of(style),
            x: 0.0,
            y: 0.0,
            advance: self.at(edges.advance, style),
            text: text.to_owned(),
            color: style.color,
        };
        MathBox {
            width: self.at(edges.advance, style),
            height: self.at(edges.top.max(0.0), style),
            depth: self.at((-edges.bottom).max(0.0), style),
            italic: self.at(self.font.italic(glyph), style),
            attachment: self.font.attachment(glyph).map(|a| self.at(a, style)),
            letter: true,
            marks: vec![mark],
        }
    }
}

/// Between two letters that lean, the first has so much of the room it would
/// have before one that doesn't: they are no word, but lean together.
const LEANING: f64 = 0.5;

/// Ends what is at hand before what follows: a letter that leans gets room.
fn settle(at_hand: &mut MathBox, next: Option<&MathBox>) {
    let leans = next.is_some_and(|next| next.letter && next.italic > 0.0);
    at_hand.width += at_hand.italic * if leans { LEANING } else { 1.0 };
    at_hand.italic = 0.0;
}

/// What a break between two classes costs, where one is allowed.
fn breakable(left: Class, right: Class) -> Option<f64> {
    match (left, right) {
        (Class::Rel, Class::Rel) => None,
        (Class::Rel, _) => Some(AFTER_RELATION),
        (Class::Bin, _) => Some(AFTER_OPERATOR),
        _ => None,
    }
}

/// The space between two classes in eighteenths of an em (*The TeXbook*,
/// chapter 18).
fn spacing(left: Class, right: Class, level: Level) -> f64 {
    use Class::{Bin, Close, Inner, Op, Open, Ord, Punct, Rel};
    let small = level >= Level::Script;
    let (thin, medium, thick) = (3.0, 4.0, 5.0);
    let in_text = |space: f64| if small { 0.0 } else { space };
    match (left, right) {
        (Ord | Op | Close, Op) | (Op, Ord) | (Inner, Op) => thin,
        (Bin, Ord | Op | Open | Inner) | (Ord | Close | Inner, Bin) => in_text(medium),
        (Rel, Rel) => 0.0,
        (Rel, Ord | Op | Open | Inner) | (Ord | Op | Close | Inner, Rel) => in_text(thick),
        (Punct, Bin) => 0.0,
        (Punct, _) => in_text(thin),
        (Ord | Op | Close | Inner, Inner) => in_text(thin),
        (Inner, Ord | Open | Punct) => in_text(thin),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_those_of_tex() {
        use Class::{Bin, Close, Inner, Op, Open, Ord, Punct, Rel};
        let all = [Ord, Op, Bin, Rel, Open, Close, Punct, Inner];
        let row = |left| all.map(|right| spacing(left, right, Level::Text) as u8);
        assert_eq!(row(Ord), [0, 3, 4, 5, 0, 0, 0, 3]);
        assert_eq!(row(Op), [3, 3, 0, 5, 0, 0, 0, 3]);
        assert_eq!(row(Bin), [4, 4, 0, 0, 4, 0, 0, 4]);
        assert_eq!(row(Rel), [5, 5, 0, 0, 5, 0, 0, 5]);
        assert_eq!(row(Open), [0; 8]);
        assert_eq!(row(Close), [0, 3, 4, 5, 0, 0, 0, 3]);
        assert_eq!(row(Punct), [3, 3, 0, 3, 3, 3, 3, 3]);
        assert_eq!(row(Inner), [3, 3, 4, 5, 3, 0, 3, 3]);
        assert_eq!(spacing(Ord, Rel, Level::Script), 0.0);
        assert_eq!(spacing(Ord, Op, Level::Script), 3.0);
    }
}
