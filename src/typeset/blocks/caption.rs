//! Captions of figures and tables.

use crate::model::{Inline, InlineKind};
use crate::typeset::scope::Scope;

/// A caption with its label before it.
pub fn labelled(scope: Scope<'_>, label: Option<String>, caption: &[Inline]) -> Vec<Inline> {
    let mut words = Vec::with_capacity(caption.len() + 2);
    if let Some(label) = label {
        let label = vec![Inline::text(label, scope.span)];
        words.push(Inline::new(InlineKind::Strong(label), scope.span));
        words.push(Inline::text("\u{a0} ", scope.span));
    }
    words.extend_from_slice(caption);
    words
}
