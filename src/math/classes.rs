//! What the nodes of a row are among their neighbours.

use super::tree::{Class, Node};

/// The class of each node of a row, `None` for what has none (spaces, changes
/// of size). A binary operator without something on both sides is a letter: the
/// sign of a number (*The TeXbook*, appendix G, rules 5 and 6).
pub fn classes(row: &[Node]) -> Vec<Option<Class>> {
    let mut classes: Vec<Option<Class>> = row.iter().map(class).collect();
    let mut before: Option<usize> = None;
    for i in 0..classes.len() {
        let Some(own) = classes.get(i).copied().flatten() else { continue };
        let left = before.and_then(|b| classes.get(b).copied().flatten());
        let no_left = matches!(
            left,
            None | Some(Class::Bin | Class::Op | Class::Rel | Class::Open | Class::Punct)
        );
        if own == Class::Bin && no_left {
            if let Some(class) = classes.get_mut(i) {
                *class = Some(Class::Ord);
            }
        } else if matches!(own, Class::Rel | Class::Close | Class::Punct)
            && left == Some(Class::Bin)
        {
            demote(&mut classes, before);
        }
        before = Some(i);
    }
    if before.and_then(|b| classes.get(b).copied().flatten()) == Some(Class::Bin) {
        demote(&mut classes, before);
    }
    classes
}

fn demote(classes: &mut [Option<Class>], at: Option<usize>) {
    if let Some(class) = at.and_then(|at| classes.get_mut(at)) {
        *class = Some(Class::Ord);
    }
}

fn class(node: &Node) -> Option<Class> {
    Some(match node {
        Node::Symbol(symbol) => symbol.class,
        Node::Number(..) | Node::Words(..) | Node::Group(_) => Class::Ord,
        Node::Fraction { .. } | Node::Root { .. } | Node::Accent { .. } => Class::Ord,
        Node::Function(_) | Node::Large { .. } => Class::Op,
        Node::Delimiter { class, .. } => *class,
        Node::Fenced { .. } => Class::Inner,
        Node::Scripts { base, .. } => return class(base).or(Some(Class::Ord)),
        Node::Negated(node) => return class(node),
        Node::Table(_) => Class::Inner,
        Node::Space(_) | Node::Level(_) | Node::Color(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn an_operator_with_one_side_is_a_sign() {
        let of = |tex: &str| -> Vec<Class> {
            let row = parse(tex).unwrap_or_default();
            classes(&row).into_iter().flatten().collect()
        };
        use Class::{Bin, Close, Open, Ord, Rel};
        assert_eq!(of("a-b"), [Ord, Bin, Ord]);
        assert_eq!(of("-b"), [Ord, Ord]);
        assert_eq!(of("a=-b"), [Ord, Rel, Ord, Ord]);
        assert_eq!(of("(-a+)"), [Open, Ord, Ord, Ord, Close]);
        assert_eq!(of("a+"), [Ord, Ord]);
    }
}
