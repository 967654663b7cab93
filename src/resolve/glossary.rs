//! Terms of a glossary, named so that links find them.

use std::collections::BTreeSet;

use crate::model::{BlockKind, Book, Inline, InlineKind, Role, plain_text};
use crate::names::slug;

/// Gives each term of a glossary an id made of its words, if it has none: a
/// link to `#term` leads to it from any chapter that has no such id itself.
pub(super) fn name_terms(book: &mut Book) {
    for chapter in book.chapters.iter_mut().filter(|c| c.role == Role::Glossary) {
        let mut seen = BTreeSet::new();
        for block in &mut chapter.blocks {
            let BlockKind::DefinitionList(definitions) = &mut block.kind else { continue };
            for term in definitions.iter_mut().flat_map(|d| d.terms.iter_mut()) {
                let id = slug(&plain_text(term));
                let Some(span) = term.first().map(|first| first.span) else { continue };
                let named = term.iter().any(|inline| inline.attrs.id().is_some());
                if !named && !id.is_empty() && seen.insert(id.clone()) {
                    let mut whole = Inline::new(InlineKind::group(std::mem::take(term)), span);
                    whole.attrs.set_id(id);
                    term.push(whole);
                }
            }
        }
    }
}
