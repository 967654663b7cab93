//! The alternative text of a formula: one line of plain text in the linear
//! notation of Unicode Technical Note 28, in its simplest form.

use super::tree::{Class, Node, Row, Table, TableKind};

/// A formula in plain text: `x^2 + 1/(a + b) = √(y)`.
pub fn alt_text(row: &[Node]) -> String {
    let mut out = String::new();
    write_row(row, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write_row(row: &[Node], out: &mut String) {
    for node in row {
        write_node(node, out);
    }
}

fn write_node(node: &Node, out: &mut String) {
    match node {
        Node::Symbol(symbol) => match symbol.class {
            Class::Bin | Class::Rel => {
                out.push(' ');
                out.push_str(&symbol.text);
                out.push(' ');
            }
            Class::Punct => {
                out.push_str(&symbol.text);
                out.push(' ');
            }
            Class::Ord | Class::Op | Class::Open | Class::Close | Class::Inner => {
                out.push_str(&symbol.text);
            }
        },
        Node::Number(number, _) => out.push_str(number),
        Node::Words(words, _) => {
            out.push(' ');
            out.push_str(words);
            out.push(' ');
        }
        Node::Function(name) => {
            out.push(' ');
            out.push_str(name);
            out.push(' ');
        }
        Node::Large { sign, .. } => {
            out.push(' ');
            out.push(*sign);
        }
        Node::Delimiter { sign, .. } => out.push(*sign),
        Node::Group(row) => write_row(row, out),
        Node::Fenced { open, close, body } => {
            out.extend(open);
            write_row(body, out);
            out.extend(close);
        }
        Node::Fraction { over, under, bar } => {
            write_part(over, out);
            out.push_str(if *bar == Some(0.0) { " over " } else { "/" });
            write_part(under, out);
        }
        Node::Root { of, degree } => {
            if let Some(degree) = degree {
                write_part(degree, out);
            }
            out.push('√');
            write_part(of, out);
        }
        Node::Scripts { base, sub, sup, .. } => {
            write_node(base, out);
            while out.ends_with(' ') {
                out.pop();
            }
            for (mark, script) in [('_', sub), ('^', sup)] {
                if let Some(script) = script {
                    if !is_prime(script) {
                        out.push(mark);
                    }
                    write_part(script, out);
                }
            }
            // What follows is not part of the last script.
            if matches!(**base, Node::Large { .. } | Node::Function(_)) {
                out.push(' ');
            }
        }
        Node::Accent { base, mark, .. } => {
            write_part(base, out);
            out.push(*mark);
        }
        Node::Negated(node) => {
            out.push_str(" not ");
            write_node(node, out);
        }
        Node::Space(width) => {
            if *width > 0.2 {
                out.push(' ');
            }
        }
        Node::Level(_) | Node::Color(_) => {}
        Node::Table(table) => write_table(table, out),
    }
}

fn is_prime(row: &Row) -> bool {
    let prime = |node: &Node| matches!(node, Node::Symbol(s) if "′″‴⁗".contains(s.text.as_str()));
    !row.is_empty() && row.iter().all(prime)
}

/// A part, in parentheses unless it can't be misread.
fn write_part(row: &Row, out: &mut String) {
    let mut inner = String::new();
    write_row(row, &mut inner);
    let inner = inner.trim();
    if inner.chars().all(|c| c.is_alphanumeric() || "′″‴⁗*∗".contains(c)) {
        out.push_str(inner);
    } else {
        out.push('(');
        out.push_str(inner);
        out.push(')');
    }
}

fn write_table(table: &Table, out: &mut String) {
    if table.kind == TableKind::Cases(true) {
        out.push_str(" {");
    }
    for (i, row) in table.rows.iter().enumerate() {
        if i > 0 {
            out.push_str("; ");
        }
        for (j, cell) in row.cells.iter().enumerate() {
            let apart = match table.kind {
                TableKind::Matrix | TableKind::Array | TableKind::Cases(_) => ", ",
                TableKind::Aligned | TableKind::Gathered | TableKind::Substack => " ",
            };
            if j > 0 {
                out.push_str(apart);
            }
            write_row(cell, out);
        }
    }
    if table.kind == TableKind::Cases(false) {
        out.push_str(" }");
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn alt(tex: &str) -> String {
        parse(tex).map_or_else(|e| e.to_string(), |row| alt_text(&row))
    }

    #[test]
    fn a_formula_is_one_line_of_text() {
        assert_eq!(alt("x^2+y_1=z"), "x^2 + y_1 = z");
        assert_eq!(alt(r"\frac{a+b}{c}"), "(a + b)/c");
        assert_eq!(alt(r"\sqrt[3]{x}"), "3√x");
        assert_eq!(alt(r"\sum_{i=1}^n f'(i)"), "∑_(i = 1)^n f′(i)");
        assert_eq!(alt(r"\begin{pmatrix}1&2\\3&4\end{pmatrix}"), "(1, 2; 3, 4)");
        assert_eq!(alt(r"\lim_{x\to 0}\sin x"), "lim_(x → 0) sin x");
    }
}
