//! The tree of a formula.

use super::alphabet::{Alphabet, styled};

/// Nodes side by side.
pub type Row = Vec<Node>;

/// A part of a formula.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A letter or sign.
    Symbol(Symbol),
    /// A number in an alphabet.
    Number(String, Alphabet),
    /// Words set as text.
    Words(String, Alphabet),
    /// The name of a function: `sin`.
    Function(String),
    /// A sign that is larger in displays: a sum, an integral.
    Large {
        /// The sign.
        sign: char,
        /// It stays small.
        small: bool,
    },
    /// A delimiter of a given size, or its own.
    Delimiter {
        /// The delimiter.
        sign: char,
        /// Its height in em, if one is asked for.
        size: Option<f64>,
        /// Which side it stands on.
        class: Class,
    },
    /// Nodes that count as one.
    Group(Row),
    /// Nodes between delimiters as tall as they are.
    Fenced {
        /// The delimiter before; none for `\left.`.
        open: Option<char>,
        /// The delimiter after.
        close: Option<char>,
        /// What is between.
        body: Row,
    },
    /// One above the other.
    Fraction {
        /// What is above.
        over: Row,
        /// What is below.
        under: Row,
        /// The thickness of the bar in em, 0 for none; `None` for the font's.
        bar: Option<f64>,
    },
    /// A root.
    Root {
        /// What it is of.
        of: Row,
        /// Its degree, if it isn't the square root.
        degree: Option<Row>,
    },
    /// Something with what stands at its corners or above and below.
    Scripts {
        /// What has them.
        base: Box<Node>,
        /// The lower one.
        sub: Option<Row>,
        /// The upper one.
        sup: Option<Row>,
        /// Where they stand.
        place: ScriptPlace,
    },
    /// Something under or over a mark: a hat, a brace.
    Accent {
        /// What is marked.
        base: Row,
        /// The mark as it stands alone.
        mark: char,
        /// It is as wide as what is marked.
        wide: bool,
        /// It stands below.
        below: bool,
    },
    /// Something struck through.
    Negated(Box<Node>),
    /// A space in em; may be below zero.
    Space(f64),
    /// The size of what follows in the row.
    Level(Level),
    /// The colour of what follows in the row.
    Color([u8; 3]),
    /// Rows and columns.
    Table(Table),
}

/// A letter or sign.
#[derive(Debug, Clone, PartialEq)]
pub struct Symbol {
    /// The characters, one as a rule, as they are written.
    pub text: String,
    /// What it is among its neighbours.
    pub class: Class,
    /// The alphabet of its letters.
    pub alphabet: Alphabet,
}

impl Symbol {
    /// Its characters in its alphabet, a default one made italic as TeX does.
    pub fn shown(&self) -> String {
        self.text.chars().map(|c| styled(c, self.alphabet)).collect()
    }
}

/// What a node is among its neighbours (*The TeXbook*, chapter 17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Letters.
    Ord,
    /// Large operators and names of functions.
    Op,
    /// Binary operators.
    Bin,
    /// Relations.
    Rel,
    /// Opening delimiters.
    Open,
    /// Closing delimiters.
    Close,
    /// Punctuation.
    Punct,
    /// What stands between delimiters.
    Inner,
}

/// Where scripts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScriptPlace {
    /// At the corners.
    Corners,
    /// Above and below.
    Limits,
    /// Above and below in displays, at the corners elsewhere.
    Movable,
}

/// The sizes of formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Set off.
    Display,
    /// In a line.
    Text,
    /// Scripts.
    Script,
    /// Scripts of scripts.
    ScriptScript,
}

/// Rows and columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What kind it is.
    pub kind: TableKind,
    /// Its cells, row by row.
    pub rows: Vec<TableRow>,
    /// How the columns are ranged; a column beyond is ranged as the kind has it.
    pub columns: Vec<Column>,
    /// Lines between columns: before which column, and at the end.
    pub rules: Vec<usize>,
    /// How many lines stand under the last row.
    pub rules_below: usize,
    /// The size of what is in it, where it was asked for.
    pub level: Option<Level>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableRow {
    /// Its cells.
    pub cells: Vec<Row>,
    /// How many lines stand above it.
    pub rules_above: usize,
    /// Space below it in em, beside the usual.
    pub space_below: f64,
}

/// Kinds of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    /// A matrix without delimiters.
    Matrix,
    /// Columns as they are given.
    Array,
    /// A brace and what holds in each case; `true` if the brace is at the left.
    Cases(bool),
    /// Equations ranged in pairs of columns.
    Aligned,
    /// Equations below each other.
    Gathered,
    /// Lines of a limit.
    Substack,
}

/// How a column is ranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Left.
    Left,
    /// In the middle.
    Center,
    /// Right.
    Right,
}

impl Table {
    /// How a column is ranged.
    pub fn column(&self, index: usize) -> Column {
        let usual = match self.kind {
            TableKind::Matrix | TableKind::Array | TableKind::Gathered => Column::Center,
            TableKind::Cases(_) => Column::Left,
            TableKind::Substack => Column::Center,
            TableKind::Aligned if index.is_multiple_of(2) => Column::Right,
            TableKind::Aligned => Column::Left,
        };
        let given = match self.kind {
            TableKind::Matrix | TableKind::Substack => self.columns.first(),
            TableKind::Array => self.columns.get(index),
            TableKind::Cases(_) | TableKind::Aligned | TableKind::Gathered => None,
        };
        given.copied().unwrap_or(usual)
    }
}
