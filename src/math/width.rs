//! How wide a formula is, roughly, for an output that has no font to measure it
//! with.

use super::tree::{Class, Node, Row, Table};

/// Scripts are set at about seven tenths of the size.
const SCRIPT: f64 = 0.7;

/// The width of a formula in em: too large or too small by a third at most for
/// the fonts that e-readers set mathematics in. Letters, figures and signs count
/// half an em, relations and operators as much again for their spaces.
pub fn rough_width(row: &[Node]) -> f64 {
    row.iter().map(node_width).sum()
}

fn node_width(node: &Node) -> f64 {
    match node {
        Node::Symbol(symbol) => {
            let spaces = match symbol.class {
                Class::Bin | Class::Rel => 0.5,
                Class::Punct => 0.2,
                Class::Ord | Class::Op | Class::Open | Class::Close | Class::Inner => 0.0,
            };
            text_width(&symbol.text) + spaces
        }
        Node::Number(text, _) | Node::Words(text, _) => text_width(text),
        Node::Function(name) => text_width(name) + 0.2,
        Node::Large { .. } => 1.2,
        Node::Delimiter { .. } => 0.5,
        Node::Group(row) => rough_width(row),
        Node::Fenced { open, close, body } => {
            let fences = [open, close].into_iter().flatten().count();
            rough_width(body) + 0.5 * fences as f64
        }
        Node::Fraction { over, under, .. } => widest([over, under]) + 0.2,
        Node::Root { of, degree } => {
            rough_width(of) + 0.9 + degree.as_deref().map_or(0.0, rough_width) * SCRIPT * SCRIPT
        }
        Node::Scripts { base, sub, sup, .. } => {
            node_width(base) + widest([sub, sup].into_iter().flatten()) * SCRIPT
        }
        Node::Accent { base, .. } => rough_width(base),
        Node::Negated(inner) => node_width(inner),
        Node::Space(em) => *em,
        Node::Level(_) | Node::Color(_) => 0.0,
        Node::Table(table) => table_width(table),
    }
}

fn text_width(text: &str) -> f64 {
    0.5 * text.chars().count() as f64
}

fn widest<'r>(rows: impl IntoIterator<Item = &'r Row>) -> f64 {
    rows.into_iter().map(|row| rough_width(row)).fold(0.0, f64::max)
}

/// Each column is as wide as its widest cell, with an em between two.
fn table_width(table: &Table) -> f64 {
    let mut columns: Vec<f64> = Vec::new();
    for row in &table.rows {
        for (index, cell) in row.cells.iter().enumerate() {
            let width = rough_width(cell);
            match columns.get_mut(index) {
                Some(column) => *column = column.max(width),
                None => columns.push(width),
            }
        }
    }
    columns.iter().sum::<f64>() + columns.len().saturating_sub(1) as f64
}

#[cfg(test)]
mod tests {
    use super::rough_width;

    fn width(tex: &str) -> f64 {
        rough_width(&crate::math::parse(tex).unwrap_or_default())
    }

    #[test]
    fn more_side_by_side_is_wider_and_one_above_the_other_is_not() {
        assert!(width("a + b") > width("a b"));
        assert!(width(r"\frac{a}{b}") < width("a b"));
        assert!(width(r"\sum_{i=1}^{n} x_i") < width(r"\sum_{i=1}^{n} x_i + y"));
        assert!((width(r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}") - 3.0).abs() < 0.01);
    }

    #[test]
    fn a_line_of_thirty_signs_is_wider_than_a_telephone() {
        let wide = width("(x + y)^3 = x^3 + 3 x^2 y + 3 x y^2 + y^3");
        assert!(wide > 12.0, "{wide}");
        assert!(width("p^2 = 2q^2") < 8.0);
    }
}
