//! Formulas as MathML Core, in the attributes that MathML 3 and its schema in
//! EPUBCheck know as well.
//!
//! pulldown-latex has a writer of its own; what it writes is HTML and not XML
//! (`&nbsp;`, a bare `<`, attributes without a space between), so that one
//! formula could make a chapter unreadable.

use crate::epub::xml::{Tag, Xml};
use crate::math::{
    Alphabet, Class, Column, Level, Node, ScriptPlace, Symbol, Table, TableKind, classes,
    rough_width, styled,
};

/// A telephone's screen of 320 pixels, in type of 26 pixels, in em.
const NARROWEST_EM: f64 = 12.0;

/// U+2061: the function before it is applied to what follows.
const APPLIED: &str = "\u{2061}";

/// Writes a formula with its TeX as what is read instead of it.
pub(super) fn math(x: &mut Xml, tex: &str, row: &[Node], display: bool) {
    let tag = Tag::new("math")
        .with("xmlns", "http://www.w3.org/1998/Math/MathML")
        .with("display", if display { "block" } else { "inline" })
        .with("alttext", tex.trim());
    let mut writer = MathWriter { x, display };
    let name = writer.x.start(tag);
    writer.row(row);
    writer.x.end(name);
}

/// Whether a formula set off from the text may be wider than a narrow screen in
/// large type.
pub(super) fn is_wide(tex: &str) -> bool {
    crate::math::parse(tex).is_ok_and(|row| rough_width(&row) > NARROWEST_EM)
}

struct MathWriter<'x> {
    x: &'x mut Xml,
    /// Limits stand above and below.
    display: bool,
}

impl MathWriter<'_> {
    /// Nodes as one element, whatever their number.
    fn row(&mut self, row: &[Node]) {
        let name = self.x.start(Tag::new("mrow"));
        self.nodes(row, &classes(row));
        self.x.end(name);
    }

    fn nodes(&mut self, row: &[Node], classes: &[Option<Class>]) {
        for (i, node) in row.iter().enumerate() {
            let rest = row.get(i + 1..).unwrap_or(&[]);
            let rest_classes = classes.get(i + 1..).unwrap_or(&[]);
            let within = match node {
                Node::Level(level) => Some(level_tag(*level)),
                Node::Color([r, g, b]) => {
                    let color = format!("#{r:02x}{g:02x}{b:02x}");
                    Some(Tag::new("mstyle").with("mathcolor", &color))
                }
                _ => None,
            };
            if let Some(tag) = within {
                let before = self.display;
                if let Node::Level(level) = node {
                    self.display = *level == Level::Display;
                }
                let name = self.x.start(tag);
                self.nodes(rest, rest_classes);
                self.x.end(name);
                self.display = before;
                return;
            }
            self.node(node, classes.get(i).copied().flatten());
            if is_function(node) && rest_classes.iter().flatten().next().is_some_and(applies) {
                self.leaf(Tag::new("mo"), APPLIED);
            }
        }
    }

    fn leaf(&mut self, tag: Tag, text: &str) {
        let name = self.x.start(tag);
        self.x.text(text);
        self.x.end(name);
    }

    fn group(&mut self, tag: Tag, parts: &[&[Node]]) {
        let name = self.x.start(tag);
        for part in parts {
            self.row(part);
        }
        self.x.end(name);
    }

    fn node(&mut self, node: &Node, class: Option<Class>) {
        match node {
            Node::Symbol(symbol) => self.symbol(symbol, class.unwrap_or(symbol.class)),
            Node::Number(number, alphabet) => {
                let text: String = number.chars().map(|c| styled(c, *alphabet)).collect();
                self.leaf(Tag::new("mn"), &text);
            }
            Node::Words(words, alphabet) => {
                let alphabet = match alphabet {
                    Alphabet::Default => Alphabet::Upright,
                    other => *other,
                };
                let text: String = words.chars().map(|c| styled(c, alphabet)).collect();
                // Spaces at the ends would be dropped.
                let ends = |c: char| if c == ' ' { '\u{a0}' } else { c };
                let inner = text.trim_matches(' ');
                let lead = text.len() - text.trim_start_matches(' ').len();
                let tail = text.len() - text.trim_end_matches(' ').len();
                let kept: String = if inner.is_empty() {
                    text.chars().map(ends).collect()
                } else {
                    "\u{a0}".repeat(lead) + inner + &"\u{a0}".repeat(tail)
                };
                self.leaf(Tag::new("mtext"), &kept);
            }
            Node::Function(name) => self.function(name),
            Node::Large { sign, small } => {
                let tag = Tag::new("mo").with("movablelimits", "false");
                let tag = if *small { tag.with("largeop", "false") } else { tag };
                self.leaf(tag, sign.encode_utf8(&mut [0; 4]));
            }
            Node::Delimiter { sign, size, class } => self.delimiter(*sign, *size, *class),
            Node::Group(row) => self.row(row),
            Node::Fenced { open, close, body } => {
                let name = self.x.start(Tag::new("mrow"));
                self.fence(*open, "prefix");
                self.row(body);
                self.fence(*close, "postfix");
                self.x.end(name);
            }
            Node::Fraction { over, under, bar } => {
                let width = bar.map(|em| format!("{em}em"));
                let before = std::mem::replace(&mut self.display, false);
                let tag = Tag::new("mfrac").with_some("linethickness", width.as_deref());
                self.group(tag, &[over, under]);
                self.display = before;
            }
            Node::Root { of, degree: None } => self.group(Tag::new("msqrt"), &[of]),
            Node::Root { of, degree: Some(degree) } => {
                self.group(Tag::new("mroot"), &[of, degree]);
            }
            Node::Scripts { base, sub, sup, place } => {
                self.scripts(base, sub.as_deref(), sup.as_deref(), *place);
            }
            Node::Accent { base, mark, wide, below } => {
                let tag = if *below {
                    Tag::new("munder").with("accentunder", "true")
                } else {
                    Tag::new("mover").with("accent", "true")
                };
                // A line over several letters is as wide as they are.
                let wide = *wide || (matches!(mark, '‾' | '_') && base.len() > 1);
                let name = self.x.start(tag);
                self.row(base);
                let stretchy = if wide { "true" } else { "false" };
                let mark = mark.encode_utf8(&mut [0; 4]).to_owned();
                self.leaf(Tag::new("mo").with("stretchy", stretchy), &mark);
                self.x.end(name);
            }
            Node::Negated(node) => {
                let Node::Symbol(symbol) = &**node else {
                    let tag = Tag::new("menclose").with("notation", "updiagonalstrike");
                    let name = self.x.start(tag);
                    self.node(node, class);
                    self.x.end(name);
                    return;
                };
                let text = format!("{}\u{338}", symbol.shown());
                self.leaf(Tag::new("mo"), &text);
            }
            Node::Space(width) => {
                self.x.empty(Tag::new("mspace").with("width", &format!("{width:.4}em")));
            }
            // Taken up by the row.
            Node::Level(_) | Node::Color(_) => {}
            Node::Table(table) => self.table(table),
        }
    }

    fn symbol(&mut self, symbol: &Symbol, class: Class) {
        let shown = symbol.shown();
        let prime = matches!(symbol.text.as_str(), "′" | "″" | "‴" | "⁗");
        match class {
            _ if prime => self.leaf(Tag::new("mo"), &shown),
            // An operator that has lost a side to its neighbours.
            Class::Ord if symbol.class == Class::Bin => {
                self.leaf(Tag::new("mo").with("form", "prefix"), &shown);
            }
            Class::Ord => self.letter(symbol),
            Class::Punct => self.leaf(Tag::new("mo").with("separator", "true"), &shown),
            Class::Op | Class::Bin | Class::Rel | Class::Open | Class::Close | Class::Inner => {
                self.leaf(Tag::new("mo").with("stretchy", "false"), &shown);
            }
        }
    }

    /// A letter: one alone is italic unless told otherwise, so that the default
    /// alphabet needs no letters of its own.
    fn letter(&mut self, symbol: &Symbol) {
        let mut chars = symbol.text.chars();
        let single = (chars.next(), chars.next());
        let (Some(c), None) = single else {
            return self.leaf(Tag::new("mi"), &symbol.text);
        };
        let shown = styled(c, symbol.alphabet);
        if shown == c {
            let tag = Tag::new("mi");
            let upright = c.is_alphabetic() && c != '∂';
            let tag = if upright { tag.with("mathvariant", "normal") } else { tag };
            self.leaf(tag, c.encode_utf8(&mut [0; 4]));
        } else if symbol.alphabet == Alphabet::Default {
            let c = if c == 'µ' { 'μ' } else { c };
            self.leaf(Tag::new("mi"), c.encode_utf8(&mut [0; 4]));
        } else {
            self.leaf(Tag::new("mi"), shown.encode_utf8(&mut [0; 4]));
        }
    }

    fn function(&mut self, name: &str) {
        let tag = Tag::new("mi");
        let single = name.chars().count() == 1;
        self.leaf(if single { tag.with("mathvariant", "normal") } else { tag }, name);
    }

    fn delimiter(&mut self, sign: char, size: Option<f64>, class: Class) {
        let tag = match class {
            Class::Open => Tag::new("mo").with("form", "prefix"),
            Class::Close => Tag::new("mo").with("form", "postfix"),
            _ => Tag::new("mo"),
        };
        let tag = match size {
            Some(size) => {
                let size = format!("{size}em");
                tag.with("stretchy", "true").with("minsize", &size).with("maxsize", &size)
            }
            None => tag.with("stretchy", "false"),
        };
        self.leaf(tag, sign.encode_utf8(&mut [0; 4]));
    }

    fn fence(&mut self, sign: Option<char>, form: &str) {
        let Some(sign) = sign else { return };
        let tag = Tag::new("mo").with("form", form).with("stretchy", "true");
        self.leaf(tag.with("fence", "true"), sign.encode_utf8(&mut [0; 4]));
    }

    fn scripts(
        &mut self,
        base: &Node,
        sub: Option<&[Node]>,
        sup: Option<&[Node]>,
        place: ScriptPlace,
    ) {
        let limits = match place {
            ScriptPlace::Corners => false,
            ScriptPlace::Limits => true,
            ScriptPlace::Movable => self.display,
        };
        let name = match (sub.is_some(), sup.is_some(), limits) {
            (true, false, false) => "msub",
            (false, true, false) => "msup",
            (true, true, false) => "msubsup",
            (true, false, true) => "munder",
            (false, true, true) => "mover",
            (true, true, true) => "munderover",
            (false, false, _) => "mrow",
        };
        let name = self.x.start(Tag::new(name));
        match base {
            Node::Level(_) | Node::Color(_) => self.row(&[]),
            base => self.node(base, None),
        }
        let before = std::mem::replace(&mut self.display, false);
        for script in [sub, sup].into_iter().flatten() {
            self.row(script);
        }
        self.display = before;
        self.x.end(name);
    }

    fn table(&mut self, table: &Table) {
        let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let aligns: Vec<&str> = (0..columns).map(|i| align(table.column(i))).collect();
        let display = match table.level {
            Some(level) => level == Level::Display,
            None => matches!(table.kind, TableKind::Aligned | TableKind::Gathered),
        };
        let brace = |kind| matches!((table.kind, kind), (TableKind::Cases(l), k) if l == k);
        let outer = self.x.start(Tag::new("mrow"));
        self.fence(brace(true).then_some('{'), "prefix");
        let mut tag = Tag::new("mtable")
            .with("displaystyle", if display { "true" } else { "false" })
            .with("columnalign", &aligns.join(" "));
        if table.kind == TableKind::Aligned {
            // Within a pair no space, between pairs a wide one.
            let spaces: Vec<&str> =
                (1..columns).map(|i| if i % 2 == 1 { "0em" } else { "2em" }).collect();
            tag = tag.with_some(
                "columnspacing",
                (!spaces.is_empty()).then(|| spaces.join(" ")).as_deref(),
            );
        }
        if !table.rules.is_empty() && columns > 1 {
            let lines: Vec<&str> = (1..columns)
                .map(|i| if table.rules.contains(&i) { "solid" } else { "none" })
                .collect();
            tag = tag.with("columnlines", &lines.join(" "));
        }
        if table.rows.iter().skip(1).any(|row| row.rules_above > 0) {
            let lines: Vec<&str> = table
                .rows
                .iter()
                .skip(1)
                .map(|row| if row.rules_above > 0 { "solid" } else { "none" })
                .collect();
            tag = tag.with("rowlines", &lines.join(" "));
        }
        let before = std::mem::replace(&mut self.display, display);
        let name = self.x.start(tag);
        for row in &table.rows {
            let name = self.x.start(Tag::new("mtr"));
            for (i, cell) in row.cells.iter().enumerate() {
                let class = match table.column(i) {
                    Column::Left => Some("math-left"),
                    Column::Right => Some("math-right"),
                    Column::Center => None,
                };
                let name = self.x.start(Tag::new("mtd").with_some("class", class));
                self.row(cell);
                self.x.end(name);
            }
            self.x.end(name);
        }
        self.x.end(name);
        self.display = before;
        self.fence(brace(false).then_some('}'), "postfix");
        self.x.end(outer);
    }
}

fn align(column: Column) -> &'static str {
    match column {
        Column::Left => "left",
        Column::Center => "center",
        Column::Right => "right",
    }
}

fn level_tag(level: Level) -> Tag {
    let (display, script) = match level {
        Level::Display => ("true", "0"),
        Level::Text => ("false", "0"),
        Level::Script => ("false", "1"),
        Level::ScriptScript => ("false", "2"),
    };
    Tag::new("mstyle").with("displaystyle", display).with("scriptlevel", script)
}

/// Whether a node is the name of a function, with scripts or without.
fn is_function(node: &Node) -> bool {
    match node {
        Node::Function(_) => true,
        Node::Scripts { base, .. } => is_function(base),
        _ => false,
    }
}

/// Whether a function is applied to what has this class.
fn applies(class: &Class) -> bool {
    match class {
        Class::Ord | Class::Op | Class::Open | Class::Inner => true,
        Class::Bin | Class::Rel | Class::Close | Class::Punct => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(tex: &str, display: bool) -> String {
        let mut x = Xml::fragment();
        let row = crate::math::parse(tex).unwrap_or_default();
        math(&mut x, tex, &row, display);
        let text = String::from_utf8_lossy(&x.into_bytes()).into_owned();
        let inner = text.split_once("\">").map_or("", |(_, rest)| rest);
        inner.strip_suffix("</math>").unwrap_or(inner).to_owned()
    }

    #[test]
    fn formulas_are_written_as_mathml() {
        let cases = [
            ("x < 1", "<mrow><mi>x</mi><mo stretchy=\"false\">&lt;</mo><mn>1</mn></mrow>"),
            (
                r"\frac{a}{\mathbb{R}}",
                "<mrow><mfrac><mrow><mi>a</mi></mrow><mrow><mrow><mi>ℝ</mi></mrow></mrow></mfrac></mrow>",
            ),
            (
                r"-\sin x'",
                "<mrow><mo form=\"prefix\">−</mo><mi>sin</mi><mo>\u{2061}</mo>\
                 <msup><mi>x</mi><mrow><mo>′</mo></mrow></msup></mrow>",
            ),
            (
                r"\sqrt[3]{\Gamma}",
                "<mrow><mroot><mrow><mi mathvariant=\"normal\">Γ</mi></mrow>\
                 <mrow><mn>3</mn></mrow></mroot></mrow>",
            ),
            (
                r"\hat{x}\text{ if }",
                "<mrow><mover accent=\"true\"><mrow><mi>x</mi></mrow>\
                 <mo stretchy=\"false\">^</mo></mover><mtext>\u{a0}if\u{a0}</mtext></mrow>",
            ),
        ];
        for (tex, wanted) in cases {
            assert_eq!(written(tex, false), wanted, "{tex}");
        }
        assert!(written(r"\sum_i x", true).contains("<munder>"));
        assert!(written(r"\sum_i x", false).contains("<msub>"));
        let matrix = written(r"\begin{aligned}a&=b\end{aligned}", true);
        assert!(matrix.contains("<mtd class=\"math-right\">"), "{matrix}");
        assert!(matrix.contains("columnalign=\"right left\""), "{matrix}");
    }
}
