//! From the scopes of a grammar to the kinds of the model.
//!
//! Scopes are dotted names, the general part first (`keyword.operator.rust`;
//! <https://www.sublimetext.com/docs/scope_naming.html>). A part of a text has
//! a stack of them. The innermost that a rule speaks of decides; of the rules
//! that fit it, the longest.

use std::collections::HashMap;
use std::sync::OnceLock;

use syntect::parsing::Scope;

use crate::model::TokenKind;

/// What a rule says of a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// It is plain.
    Plain,
    /// An operator: a keyword where it is a word, else plain.
    Operator,
    /// It is of a kind.
    Is(TokenKind),
}

use Mark::{Is, Operator, Plain};

const RULES: &[(&str, Mark)] = &[
    ("comment", Is(TokenKind::Comment)),
    ("string", Is(TokenKind::String)),
    ("constant.character.escape", Is(TokenKind::String)),
    ("meta.interpolation", Plain),
    ("meta.embedded", Plain),
    ("keyword", Is(TokenKind::Keyword)),
    ("keyword.operator", Operator),
    ("keyword.other.unit", Is(TokenKind::Constant)),
    ("keyword.control.import.include", Is(TokenKind::Meta)),
    ("storage", Is(TokenKind::Keyword)),
    ("storage.type.numeric", Is(TokenKind::Type)),
    ("storage.type.primitive", Is(TokenKind::Type)),
    ("storage.type.built-in", Is(TokenKind::Type)),
    ("variable.language", Is(TokenKind::Keyword)),
    ("variable.function", Is(TokenKind::Function)),
    ("entity.name", Is(TokenKind::Type)),
    ("entity.name.function", Is(TokenKind::Function)),
    ("entity.name.macro", Is(TokenKind::Function)),
    ("entity.name.constant", Is(TokenKind::Constant)),
    ("entity.name.label", Plain),
    ("entity.name.tag", Is(TokenKind::Keyword)),
    ("entity.name.tag.yaml", Is(TokenKind::Type)),
    ("entity.other.inherited-class", Is(TokenKind::Type)),
    ("entity.other.attribute-name", Is(TokenKind::Meta)),
    ("support.function", Is(TokenKind::Function)),
    ("support.macro", Is(TokenKind::Function)),
    ("support.type", Is(TokenKind::Type)),
    ("support.class", Is(TokenKind::Type)),
    ("support.constant", Is(TokenKind::Constant)),
    ("constant", Is(TokenKind::Constant)),
    ("variable.annotation", Is(TokenKind::Meta)),
    ("meta.annotation", Is(TokenKind::Meta)),
    ("meta.attribute", Is(TokenKind::Meta)),
    ("meta.preprocessor", Is(TokenKind::Meta)),
    ("meta.diff.header", Is(TokenKind::Meta)),
    ("meta.diff.range", Is(TokenKind::Meta)),
    ("markup.inserted", Is(TokenKind::Inserted)),
    ("markup.deleted", Is(TokenKind::Deleted)),
    ("markup.heading", Is(TokenKind::Keyword)),
    ("markup.bold", Is(TokenKind::Keyword)),
    ("markup.italic", Is(TokenKind::Comment)),
    ("markup.raw", Is(TokenKind::String)),
    ("markup.underline.link", Is(TokenKind::String)),
];

/// The rules with the longest first.
fn rules() -> &'static [(Scope, Mark)] {
    static RULES_BY_LENGTH: OnceLock<Vec<(Scope, Mark)>> = OnceLock::new();
    RULES_BY_LENGTH.get_or_init(|| {
        let mut rules: Vec<(Scope, Mark)> =
            RULES.iter().filter_map(|(name, mark)| Some((Scope::new(name).ok()?, *mark))).collect();
        rules.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
        rules
    })
}

/// Knows the scopes that were looked up before: a listing has few of them.
#[derive(Debug, Default)]
pub(super) struct Marks(HashMap<Scope, Option<Mark>>);

impl Marks {
    /// The kind of a part of a text by its scopes, the outermost first.
    pub fn kind(&mut self, scopes: &[Scope], part: &str) -> Option<TokenKind> {
        let mark = scopes.iter().rev().find_map(|scope| {
            let rule = || rules().iter().find(|(rule, _)| rule.is_prefix_of(*scope)).map(|r| r.1);
            *self.0.entry(*scope).or_insert_with(rule)
        })?;
        match mark {
            Plain => None,
            Operator => part.starts_with(char::is_alphabetic).then_some(TokenKind::Keyword),
            Is(kind) => Some(kind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(scopes: &str, part: &str) -> Option<TokenKind> {
        let scopes: Vec<Scope> = scopes.split(' ').filter_map(|s| Scope::new(s).ok()).collect();
        Marks::default().kind(&scopes, part)
    }

    #[test]
    fn the_innermost_scope_and_the_longest_rule_decide() {
        assert_eq!(kind("source.rust storage.type.function.rust", "fn"), Some(TokenKind::Keyword));
        assert_eq!(kind("source.rust storage.type.numeric.rust", "u8"), Some(TokenKind::Type));
        assert_eq!(kind("source.x string.quoted meta.interpolation.x", "a"), None);
        assert_eq!(
            kind("source.x string.quoted punctuation.definition.string.x", "\""),
            Some(TokenKind::String)
        );
        assert_eq!(kind("source.x", "a"), None);
    }

    #[test]
    fn operators_that_are_words_are_keywords() {
        assert_eq!(kind("keyword.operator.logical.python", "and"), Some(TokenKind::Keyword));
        assert_eq!(kind("keyword.operator.assignment", "="), None);
    }

    #[test]
    fn every_rule_is_a_scope() {
        assert_eq!(rules().len(), RULES.len());
    }
}
