//! What the parts of listings are: keywords, strings, remarks.
//!
//! # Why a step of its own
//!
//! The e-book and the pages must agree on what a keyword is, and neither may
//! know a grammar. So the model gets the meaning ([`Token`]) and the exporters
//! decide how it looks. A listing in no known language stays as it is, silently:
//! plain code is no fault.
//!
//! # The flow
//!
//! Every listing that names a language is found, each text and language once;
//! they are parsed side by side ([`parse`]) with Sublime Text's grammars, whose
//! scopes are brought down to the few kinds of the model ([`scopes`]). The
//! grammars ([`grammars`]) are read when the first listing wants one: a book
//! without listings pays nothing.
//!
//! Grammars are made of patterns that can be slow on lines nobody writes by
//! hand, so very long lines and listings are left plain, by their length alone,
//! that the same text may always come out the same.

mod grammars;
mod parse;
mod scopes;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::{
    Block, BlockKind, Book, Inline, Token, Visitor, VisitorMut, walk_block, walk_block_mut,
};

/// Finds the tokens of every listing of a book, in its chapters and notes.
pub fn highlight(book: &mut Book) {
    let mut found = Found::default();
    found.book(book);
    if found.distinct.is_empty() {
        return;
    }
    Fill::from(found).book(book);
}

/// The listings that name a language: each once with its number, and the
/// numbers in reading order.
#[derive(Default)]
struct Found {
    distinct: BTreeMap<(String, String), usize>,
    order: Vec<usize>,
}

impl Visitor for Found {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Code { lang: Some(lang), text, .. } = &block.kind {
            let next = self.distinct.len();
            let index = self.distinct.entry((lang.clone(), text.clone())).or_insert(next);
            self.order.push(*index);
        }
        walk_block(self, block);
    }

    /// Listings are no inlines.
    fn inlines(&mut self, _: &[Inline]) {}
}

/// Puts the tokens into the listings, in the order they were found.
struct Fill {
    order: std::vec::IntoIter<usize>,
    parsed: Vec<(usize, Vec<Token>)>,
}

impl From<Found> for Fill {
    /// Parses the listings, several at a time.
    fn from(found: Found) -> Fill {
        let listings: Vec<((String, String), usize)> = found.distinct.into_iter().collect();
        let mut parsed: Vec<(usize, Vec<Token>)> = listings
            .into_par_iter()
            .map(|((lang, text), index)| (index, parse::tokens(&lang, &text)))
            .collect();
        parsed.sort_by_key(|(index, _)| *index);
        Fill { order: found.order.into_iter(), parsed }
    }
}

impl VisitorMut for Fill {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Code { lang: Some(_), tokens, .. } = &mut block.kind {
            let found = self.order.next().and_then(|index| self.parsed.get(index));
            *tokens = found.map(|(_, tokens)| tokens.clone()).unwrap_or_default();
        }
        walk_block_mut(self, block);
    }

    fn inlines(&mut self, _: &mut [Inline]) {}
}

#[cfg(test)]
mod tests;
