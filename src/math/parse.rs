//! The parser's events into the tree.

use std::ops::Range;

use pulldown_latex::event::{
    ArrayColumn, ColorTarget, ColumnAlignment, Content, DelimiterSize, DelimiterType, Dimension,
    DimensionUnit, EnvironmentFlow, Event, Font, Grouping, ScriptPosition, ScriptType, StateChange,
    Style, Visual,
};
use pulldown_latex::{Parser, Storage};

use super::{
    Alphabet, Class, Column, Level, Node, Row, ScriptPlace, Symbol, Table, TableKind, TableRow,
};

/// Formulas longer than this are not read: nobody wrote them by hand.
const LONGEST: usize = 20_000;
/// Groups may be nested so deep.
const DEEPEST: usize = 60;
/// A formula has so many parts at most, macros expanded.
const MOST_EVENTS: usize = 50_000;

/// Why a formula can't be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// What is wrong, in a clause without a full stop.
    pub message: String,
    /// The bytes of the formula where it was noticed, if that is known.
    pub at: Option<Range<usize>>,
}

impl Fault {
    fn new(message: &str) -> Fault {
        Fault { message: message.to_owned(), at: None }
    }
}

/// Reads a formula in TeX.
///
/// # Errors
/// What can't be read, or is too long or too deeply nested to be meant.
pub fn parse(tex: &str) -> Result<Row, Fault> {
    if tex.len() > LONGEST {
        return Err(Fault::new("the formula is too long"));
    }
    if depth(tex) > DEEPEST {
        return Err(Fault::new("the formula is nested too deeply"));
    }
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(tex, &storage) {
        match event {
            Ok(event) => events.push(event),
            Err(error) => return Err(fault(&error.to_string(), tex)),
        }
        if events.len() > MOST_EVENTS {
            return Err(Fault::new("the formula is too long"));
        }
    }
    let mut builder = Builder { events: events.into_iter().peekable(), depth: 0 };
    let row = builder.row(Alphabet::Default);
    if builder.depth > DEEPEST {
        return Err(Fault::new("the formula is nested too deeply"));
    }
    Ok(row)
}

/// How deep braces and environments are nested, at most.
fn depth(tex: &str) -> usize {
    let mut deep = 0usize;
    let mut deepest = 0;
    let mut rest = tex;
    while let Some(c) = rest.chars().next() {
        let opens = c == '{' || rest.starts_with("\\left") || rest.starts_with("\\begin");
        let closes = c == '}' || rest.starts_with("\\right") || rest.starts_with("\\end");
        if opens {
            deep += 1;
            deepest = deepest.max(deep);
        } else if closes {
            deep = deep.saturating_sub(1);
        }
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
    deepest
}

/// The parser's error in a clause, with its place: it says that only by
/// quoting what stands around it.
fn fault(said: &str, tex: &str) -> Fault {
    let mut lines = said.lines();
    let first = lines.next().unwrap_or("").trim_start_matches("parsing error: ");
    let message = match first {
        "unknown primitive command found" => "it holds a command that is not known",
        "unkown mathematical environment found" => "it holds an environment that is not known",
        "expected an argument" | "expected a token" => "a command lacks what it is to act on",
        first if first.starts_with("unbalanced group found, expected") => {
            "a group or environment is not closed"
        }
        first if first.starts_with("unbalanced group") => {
            "it closes a group or environment that was not opened"
        }
        "trying to add a subscript twice to the same element" => "it has two subscripts in a row",
        "trying to add a superscript twice to the same element" => {
            "it has two superscripts in a row"
        }
        "alignment not allowed in current environment" => "`&` stands where no columns are",
        "new line command not allowed in current environment" => "`\\\\` stands where no rows are",
        first if first.starts_with("unexpected math `$`") => "`$` stands within it",
        "expected a delimiter token" => {
            "a delimiter is missing after `\\left`, `\\right` or the like"
        }
        first => first,
    };
    let quoted: Vec<&str> = said
        .lines()
        .filter_map(|line| line.strip_prefix('│'))
        .filter(|line| !line.trim().is_empty() && !line.trim().chars().all(|c| c == '^'))
        .collect();
    let at = quoted.last().and_then(|line| {
        let cut = line.starts_with('…');
        let text = line.trim_start_matches('…').strip_prefix(' ').filter(|_| !cut);
        let text = text.unwrap_or(line.trim_start_matches('…'));
        let begin = tex.find(text)?;
        let unique = tex.rfind(text) == Some(begin);
        (unique && !text.is_empty()).then_some(begin..begin + text.len())
    });
    Fault { message: message.to_owned(), at }
}

struct Builder<'a> {
    events: std::iter::Peekable<std::vec::IntoIter<Event<'a>>>,
    depth: usize,
}

impl<'a> Builder<'a> {
    /// Nodes up to the end of the group at hand.
    fn row(&mut self, alphabet: Alphabet) -> Row {
        let mut row = Row::new();
        let mut alphabet = alphabet;
        while let Some(event) = self.events.peek() {
            match event {
                Event::End | Event::EnvironmentFlow(_) => break,
                Event::StateChange(_) => {
                    if let Some(Event::StateChange(change)) = self.events.next() {
                        row.extend(state(change, &mut alphabet));
                    }
                }
                _ => {
                    if let Some(node) = self.element(alphabet) {
                        push(&mut row, node);
                    }
                }
            }
        }
        row
    }

    /// The next element; nothing for what can't be seen.
    fn element(&mut self, alphabet: Alphabet) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEEPEST * 2 {
            return None;
        }
        let node = self.element_within(alphabet);
        self.depth -= 1;
        node
    }

    fn element_within(&mut self, alphabet: Alphabet) -> Option<Node> {
        Some(match self.events.next()? {
            Event::Content(content) => leaf(&content, alphabet),
            Event::Begin(grouping) => self.group(grouping, alphabet),
            Event::Visual(visual) => self.visual(visual, alphabet)?,
            Event::Script { ty, position } => self.scripts(ty, position, alphabet),
            Event::Space { width, .. } => Node::Space(width.map_or(0.0, em)),
            Event::StateChange(_) | Event::End | Event::EnvironmentFlow(_) => return None,
        })
    }

    /// An element as a row: the content of its group, if it is one.
    fn argument(&mut self, alphabet: Alphabet) -> Row {
        match self.element(alphabet) {
            Some(Node::Group(row)) => row,
            Some(node) => vec![node],
            None => Row::new(),
        }
    }

    fn visual(&mut self, visual: Visual, alphabet: Alphabet) -> Option<Node> {
        Some(match visual {
            Visual::SquareRoot => Node::Root { of: self.argument(alphabet), degree: None },
            Visual::Root => {
                let of = self.argument(alphabet);
                Node::Root { of, degree: Some(self.argument(alphabet)) }
            }
            Visual::Fraction(bar) => {
                let over = self.argument(alphabet);
                Node::Fraction { over, under: self.argument(alphabet), bar: bar.map(em) }
            }
            Visual::Negation => negated(self.element(alphabet)?),
        })
    }

    fn scripts(&mut self, ty: ScriptType, position: ScriptPosition, alphabet: Alphabet) -> Node {
        let base = self.element(alphabet).unwrap_or(Node::Group(Row::new()));
        let place = match position {
            ScriptPosition::Right => ScriptPlace::Corners,
            ScriptPosition::AboveBelow => ScriptPlace::Limits,
            ScriptPosition::Movable => ScriptPlace::Movable,
        };
        let stretches = matches!(
            self.events.peek(),
            Some(Event::Content(Content::Ordinary { stretchy: true, .. }))
        );
        let (sub, sup) = match ty {
            ScriptType::Subscript => (Some(self.argument(alphabet)), None),
            ScriptType::Superscript => (None, Some(self.argument(alphabet))),
            ScriptType::SubSuperscript => {
                let sub = self.argument(alphabet);
                (Some(sub), Some(self.argument(alphabet)))
            }
        };
        if place == ScriptPlace::Limits
            && let (Some(only), None) | (None, Some(only)) = (&sub, &sup)
            && let Some(mark) = mark_of(only, stretches)
        {
            let base = match base {
                Node::Group(row) => row,
                node => vec![node],
            };
            return Node::Accent { base, mark, wide: stretches, below: sub.is_some() };
        }
        Node::Scripts { base: Box::new(base), sub, sup, place }
    }

    fn group(&mut self, grouping: Grouping, alphabet: Alphabet) -> Node {
        let kind = match grouping {
            Grouping::Normal => {
                let row = self.row(alphabet);
                self.end();
                return Node::Group(row);
            }
            Grouping::LeftRight(open, close) => {
                let body = self.row(alphabet);
                self.end();
                return Node::Fenced { open, close, body };
            }
            Grouping::Array(columns) => return self.table(TableKind::Array, &columns),
            Grouping::Matrix { alignment } => {
                return self.table(TableKind::Matrix, &[ArrayColumn::Column(alignment)]);
            }
            Grouping::SubArray { alignment } => {
                return self.table(TableKind::Substack, &[ArrayColumn::Column(alignment)]);
            }
            Grouping::Cases { left } => TableKind::Cases(left),
            Grouping::Align { .. }
            | Grouping::Aligned
            | Grouping::Alignat { .. }
            | Grouping::Alignedat { .. }
            | Grouping::Split => TableKind::Aligned,
            Grouping::Equation { .. }
            | Grouping::Gather { .. }
            | Grouping::Gathered
            | Grouping::Multline => TableKind::Gathered,
        };
        self.table(kind, &[])
    }

    fn table(&mut self, kind: TableKind, spec: &[ArrayColumn]) -> Node {
        let mut columns = Vec::new();
        let mut rules = Vec::new();
        for column in spec {
            match column {
                ArrayColumn::Column(ColumnAlignment::Left) => columns.push(Column::Left),
                ArrayColumn::Column(ColumnAlignment::Center) => columns.push(Column::Center),
                ArrayColumn::Column(ColumnAlignment::Right) => columns.push(Column::Right),
                ArrayColumn::Separator(_) => rules.push(columns.len()),
            }
        }
        let mut level = None;
        if let Some(Event::StateChange(StateChange::Style(style))) = self.events.peek() {
            // The parser asks for text size where it means a small matrix.
            level = Some(match (kind, style) {
                (TableKind::Matrix, Style::Text) => Level::Script,
                (_, style) => level_of(*style),
            });
            self.events.next();
        }
        let mut rows = vec![TableRow::default()];
        loop {
            let cell = self.row(Alphabet::Default);
            if let Some(row) = rows.last_mut() {
                row.cells.push(cell);
            }
            match self.events.next() {
                None | Some(Event::End) => break,
                Some(Event::EnvironmentFlow(EnvironmentFlow::StartLines { lines })) => {
                    if let Some(row) = rows.last_mut() {
                        row.rules_above = lines.len();
                        row.cells.pop();
                    }
                }
                Some(Event::EnvironmentFlow(EnvironmentFlow::NewLine {
                    spacing,
                    horizontal_lines,
                })) => {
                    if let Some(row) = rows.last_mut() {
                        row.space_below = spacing.map_or(0.0, em);
                    }
                    rows.push(TableRow {
                        rules_above: horizontal_lines.len(),
                        ..TableRow::default()
                    });
                }
                // Everything else has been read as part of the cell.
                Some(_) => {}
            }
        }
        // A row end after the last row begins none.
        let empty = |row: &TableRow| row.cells.iter().all(Vec::is_empty);
        let mut rules_below = 0;
        if rows.len() > 1 && rows.last().is_some_and(empty) {
            rules_below = rows.pop().map_or(0, |row| row.rules_above);
        }
        Node::Table(Table { kind, rows, columns, rules, rules_below, level })
    }

    /// Reads the end of a group.
    fn end(&mut self) {
        if matches!(self.events.peek(), Some(Event::End)) {
            self.events.next();
        }
    }
}

/// Adds a node to a row; a prime belongs to what it stands after.
fn push(row: &mut Row, node: Node) {
    let prime = |node: &Node| match node {
        Node::Symbol(symbol) => matches!(symbol.text.as_str(), "′" | "″" | "‴" | "⁗"),
        _ => false,
    };
    let (mark, sub, sup) = match node {
        node if prime(&node) => (node, None, None),
        Node::Scripts { base, sub, sup, .. } if prime(&base) => (*base, sub, sup),
        node => return row.push(node),
    };
    let mut marks = vec![mark];
    marks.extend(sup.unwrap_or_default());
    let scripted = match row.pop() {
        // A second prime joins the first.
        Some(Node::Scripts { base, sub: None, sup: Some(mut sup), place })
            if sup.iter().all(prime) =>
        {
            sup.extend(marks);
            Node::Scripts { base, sub, sup: Some(sup), place }
        }
        Some(Node::Scripts { base, sub: lower @ Some(_), sup: None, place }) if sub.is_none() => {
            Node::Scripts { base, sub: lower, sup: Some(marks), place }
        }
        base => {
            let base = Box::new(base.unwrap_or(Node::Group(Row::new())));
            Node::Scripts { base, sub, sup: Some(marks), place: ScriptPlace::Corners }
        }
    };
    row.push(scripted);
}

fn leaf(content: &Content<'_>, alphabet: Alphabet) -> Node {
    let symbol = |text: String, class| Node::Symbol(Symbol { text, class, alphabet });
    match *content {
        Content::Text(text) => Node::Words(text.replace("&nbsp;", "\u{a0}"), alphabet),
        Content::Number(number) => Node::Number(number.to_owned(), alphabet),
        Content::Function(name) => Node::Function(name.to_owned()),
        // What `\colon` gives; a colon that is written is a relation.
        Content::Ordinary { content: ':', .. } => symbol(":".into(), Class::Punct),
        Content::Ordinary { content, .. } => symbol(content.into(), Class::Ord),
        Content::LargeOp { content, small } => Node::Large { sign: content, small },
        // TeX sets a slash without spaces (*The TeXbook*, chapter 17).
        Content::BinaryOp { content: '/', .. } => symbol("/".into(), Class::Ord),
        Content::BinaryOp { content, .. } => symbol(content.into(), Class::Bin),
        Content::Relation { content, .. } => {
            let mut buffer = [0; 8];
            let text = String::from_utf8_lossy(content.encode_utf8_to_buf(&mut buffer));
            symbol(text.into_owned(), Class::Rel)
        }
        Content::Delimiter { content, size, ty } => {
            let class = match ty {
                DelimiterType::Open => Class::Open,
                DelimiterType::Fence => Class::Ord,
                DelimiterType::Close => Class::Close,
            };
            // Sizes as amsmath has them, in em.
            let size = size.map(|size| match size {
                DelimiterSize::Big => 1.2,
                DelimiterSize::BIG => 1.8,
                DelimiterSize::Bigg => 2.4,
                DelimiterSize::BIGG => 3.0,
            });
            Node::Delimiter { sign: content, size, class }
        }
        Content::Punctuation(c) => symbol(c.into(), Class::Punct),
    }
}

/// What a change of state leaves in the row; an alphabet is kept for what follows.
fn state(change: StateChange, alphabet: &mut Alphabet) -> Option<Node> {
    match change {
        StateChange::Font(font) => {
            *alphabet = font.map_or(Alphabet::Default, alphabet_of);
            None
        }
        StateChange::Style(style) => Some(Node::Level(level_of(style))),
        StateChange::Color(change) => match change.target {
            ColorTarget::Text => {
                let (r, g, b) = change.color;
                Some(Node::Color([r, g, b]))
            }
            // A ground behind a formula would have to be seen on any page colour.
            ColorTarget::Background | ColorTarget::Border => None,
        },
    }
}

fn level_of(style: Style) -> Level {
    match style {
        Style::Display => Level::Display,
        Style::Text => Level::Text,
        Style::Script => Level::Script,
        Style::ScriptScript => Level::ScriptScript,
    }
}

fn alphabet_of(font: Font) -> Alphabet {
    match font {
        Font::BoldScript => Alphabet::BoldScript,
        Font::BoldItalic => Alphabet::BoldItalic,
        Font::Bold => Alphabet::Bold,
        Font::BoldSymbol => Alphabet::BoldSymbol,
        Font::Fraktur => Alphabet::Fraktur,
        Font::Script => Alphabet::Script,
        Font::Monospace => Alphabet::Monospace,
        Font::SansSerif => Alphabet::Sans,
        Font::DoubleStruck | Font::DoubleStruckItalic => Alphabet::DoubleStruck,
        Font::Italic => Alphabet::Italic,
        Font::BoldFraktur => Alphabet::BoldFraktur,
        Font::SansSerifBoldItalic => Alphabet::SansBoldItalic,
        Font::SansSerifItalic => Alphabet::SansItalic,
        Font::BoldSansSerif => Alphabet::SansBold,
        Font::UpRight => Alphabet::Upright,
    }
}

/// A length in em of a text of ten points, the size TeX's lengths are meant for.
fn em(length: Dimension) -> f64 {
    let value = f64::from(length.value);
    let points = match length.unit {
        DimensionUnit::Em => return value.clamp(-100.0, 100.0),
        DimensionUnit::Mu => return (value / 18.0).clamp(-100.0, 100.0),
        DimensionUnit::Ex => return (value * 0.43).clamp(-100.0, 100.0),
        DimensionUnit::Pt => 1.0,
        DimensionUnit::Pc => 12.0,
        DimensionUnit::In => 72.27,
        DimensionUnit::Bp => 72.27 / 72.0,
        DimensionUnit::Cm => 72.27 / 2.54,
        DimensionUnit::Mm => 72.27 / 25.4,
        DimensionUnit::Dd => 1238.0 / 1157.0,
        DimensionUnit::Cc => 14856.0 / 1157.0,
        DimensionUnit::Sp => 1.0 / 65536.0,
    };
    (value * points / 10.0).clamp(-100.0, 100.0)
}

/// The mark of an accent, if a script is one.
fn mark_of(script: &[Node], stretches: bool) -> Option<char> {
    let [Node::Symbol(symbol)] = script else { return None };
    let mut chars = symbol.text.chars();
    let (Some(mark), None) = (chars.next(), chars.next()) else { return None };
    let accent = matches!(mark, '´' | '‾' | '˘' | 'ˇ' | '˙' | '¨' | '`' | '^' | '~' | '→' | '˚');
    (symbol.class == Class::Ord && (stretches || accent)).then_some(mark)
}

/// A node struck through: as one character where there is one.
fn negated(node: Node) -> Node {
    let node = match node {
        Node::Group(mut row) if row.len() == 1 => match row.pop() {
            Some(node) => node,
            None => Node::Group(row),
        },
        node => node,
    };
    let Node::Symbol(symbol) = &node else { return Node::Negated(Box::new(node)) };
    let mut chars = symbol.text.chars();
    let struck = match (chars.next(), chars.next()) {
        (Some(c), None) => struck(c),
        _ => None,
    };
    match struck {
        Some(c) => Node::Symbol(Symbol { text: c.into(), ..symbol.clone() }),
        None => Node::Negated(Box::new(node)),
    }
}

fn struck(c: char) -> Option<char> {
    const PAIRS: &str = "=≠∈∉∋∌<≮>≯≤≰≥≱∼≁≈≉≡≢⊂⊄⊃⊅⊆⊈⊇⊉∣∤∥∦→↛←↚∃∄⇒⇏⇐⇍≅≇≃≄⊢⊬⊨⊭";
    let mut pairs = PAIRS.chars();
    while let (Some(plain), Some(struck)) = (pairs.next(), pairs.next()) {
        if plain == c {
            return Some(struck);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(tex: &str) -> Row {
        parse(tex).unwrap_or_else(|fault| panic!("{tex}: {fault}"))
    }

    fn ord(text: &str) -> Node {
        let (text, class) = (text.to_owned(), Class::Ord);
        Node::Symbol(Symbol { text, class, alphabet: Alphabet::Default })
    }

    #[test]
    fn primes_are_superscripts() {
        let scripts = |base: &str, sub: Option<Row>, sup: Row| Node::Scripts {
            base: Box::new(ord(base)),
            sub,
            sup: Some(sup),
            place: ScriptPlace::Corners,
        };
        assert_eq!(row("f'"), [scripts("f", None, vec![ord("′")])]);
        assert_eq!(row("f''"), [scripts("f", None, vec![ord("′"), ord("′")])]);
        assert_eq!(row("f'_1"), row("f_1'"));
    }

    #[test]
    fn marks_over_and_under_are_accents() {
        let accent = |base: Row, mark, wide, below| Node::Accent { base, mark, wide, below };
        assert_eq!(row(r"\hat{x}"), [accent(row("x"), '^', false, false)]);
        assert_eq!(row(r"\overline{ab}"), [accent(row("ab"), '‾', false, false)]);
        assert_eq!(row(r"\underline{x}"), [accent(row("x"), '_', true, true)]);
        assert!(matches!(row(r"\overset{!}{=}").as_slice(), [Node::Scripts { .. }]));
    }

    #[test]
    fn what_is_struck_through_has_a_sign_of_its_own_where_there_is_one() {
        assert_eq!(row(r"\not="), row(r"\neq"));
        assert!(matches!(row(r"\not x").as_slice(), [Node::Negated(_)]));
    }

    #[test]
    fn a_table_has_its_rows_and_cells() {
        let tables = row(r"\begin{aligned}a&=b\\&=c\\\end{aligned}");
        let [Node::Table(table)] = tables.as_slice() else { panic!("{tables:?}") };
        assert_eq!(table.kind, TableKind::Aligned);
        assert_eq!(table.rows.iter().map(|r| r.cells.len()).collect::<Vec<_>>(), [2, 2]);
        let tables = row(r"\begin{array}{l|r}\hline a&b\\\hline c&d\\\hline\end{array}");
        let [Node::Table(table)] = tables.as_slice() else { panic!("{tables:?}") };
        assert_eq!(table.columns, [Column::Left, Column::Right]);
        assert_eq!((table.rules.as_slice(), table.rules_below), ([1].as_slice(), 1));
        assert_eq!(table.rows.iter().map(|r| r.rules_above).collect::<Vec<_>>(), [1, 1]);
    }

    #[test]
    fn faults_say_what_and_where() {
        let fault = |tex| parse(tex).map_err(|f| (f.message.clone(), f.at)).err();
        let (message, at) = fault(r"a + \nosuchthing b").unwrap_or_default();
        assert_eq!(message, "it holds a command that is not known");
        assert!(at.is_some());
        let messages: Vec<String> =
            [r"\frac{a}", "{a", "a}", "x^a^b", "a&b", r"\begin{nope}x\end{nope}"]
                .into_iter()
                .map(|tex| fault(tex).map_or(String::from("nothing"), |f| f.0))
                .collect();
        assert_eq!(
            messages,
            [
                "a command lacks what it is to act on",
                "a group or environment is not closed",
                "it closes a group or environment that was not opened",
                "it has two superscripts in a row",
                "`&` stands where no columns are",
                "it holds an environment that is not known",
            ]
        );
        assert!(parse(&"{".repeat(200)).is_err());
        assert!(parse(&"x".repeat(LONGEST + 1)).is_err());
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(tex in r"([a-z0-9{}^_&$#~ ∑é+='|().\\]|\\(frac|sqrt|left|right|begin\{cases\}|end\{cases\}|hat|text|sum|limits|not|def|over|color|big|mathbb|\\|,)){0,40}") {
            let _ = parse(&tex).map(|row| super::super::reading(&row));
        }

        #[test]
        fn nor_does_any_text(tex in r"\PC{0,60}") {
            let _ = parse(&tex);
        }
    }
}
