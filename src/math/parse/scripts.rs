//! Primes and accents, which the parser gives as scripts.

use crate::math::{Class, Node, Row, ScriptPlace};

/// Adds a node to a row; a prime belongs to what it stands after.
pub(super) fn push(row: &mut Row, node: Node) {
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

/// The mark of an accent, if a script is one.
pub(super) fn mark_of(script: &[Node], stretches: bool) -> Option<char> {
    let [Node::Symbol(symbol)] = script else { return None };
    let mut chars = symbol.text.chars();
    let (Some(mark), None) = (chars.next(), chars.next()) else { return None };
    let accent = matches!(mark, '´' | '‾' | '˘' | 'ˇ' | '˙' | '¨' | '`' | '^' | '~' | '→' | '˚');
    (symbol.class == Class::Ord && (stretches || accent)).then_some(mark)
}
