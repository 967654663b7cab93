//! Listings as XHTML: one `code` in a `pre`, its tokens in spans.
//!
//! A span says by its class what it is and nothing else, so that a screen
//! reader reads the listing as the plain text it is. How it looks is the style
//! sheet's: weight and slope first, so that it is told apart in any colour.

use super::writer::PageWriter;
use crate::epub::font_usage::Typeface;
use crate::epub::xml::Tag;
use crate::model::{Block, Direction, Token, TokenKind};
use crate::text::{Generic, Weight};

/// Of code.
const CODE: Typeface = Typeface::upright(Generic::Mono, Weight::Regular);

impl PageWriter<'_> {
    /// A listing. Code runs to the right in every language.
    pub(super) fn listing(
        &mut self,
        block: &Block,
        lang: Option<&str>,
        text: &str,
        tokens: &[Token],
    ) {
        let first = lang.and_then(|l| l.split([',', ' ']).next()).filter(|l| !l.is_empty());
        let class = first.map(|l| format!("language-{l}"));
        let code = Tag::new("code").with_some("class", class.as_deref());
        let turned = self.dir == Direction::Rtl && block.attrs.dir().is_none();
        let pre = Tag::new("pre").with_some("dir", turned.then_some("ltr"));
        let text = text.trim_end_matches('\n');
        self.node(pre, &block.attrs, "", |p, tag| {
            p.line(tag, |p| p.in_typeface(CODE, |p| p.element(code, |p| p.tokens(text, tokens))));
        });
    }

    fn tokens(&mut self, text: &str, tokens: &[Token]) {
        let mut at = 0;
        for token in tokens {
            let (Some(before), Some(part)) =
                (text.get(at..token.range.start), text.get(token.range.clone()))
            else {
                continue;
            };
            self.say(before);
            let tag = Tag::classed("span", class_of(token.kind));
            self.in_typeface(typeface_of(token.kind), |p| p.element(tag, |p| p.say(part)));
            at = token.range.end;
        }
        self.say(text.get(at..).unwrap_or(""));
    }
}

/// The face the style sheet sets a token in.
fn typeface_of(kind: TokenKind) -> Typeface {
    match kind {
        TokenKind::Keyword | TokenKind::Inserted => CODE.bold(),
        TokenKind::Comment | TokenKind::Deleted => CODE.italic(),
        TokenKind::Type
        | TokenKind::Function
        | TokenKind::String
        | TokenKind::Constant
        | TokenKind::Meta => CODE,
    }
}

fn class_of(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Keyword => "tok-keyword",
        TokenKind::Type => "tok-type",
        TokenKind::Function => "tok-function",
        TokenKind::String => "tok-string",
        TokenKind::Constant => "tok-constant",
        TokenKind::Comment => "tok-comment",
        TokenKind::Meta => "tok-meta",
        TokenKind::Inserted => "tok-inserted",
        TokenKind::Deleted => "tok-deleted",
    }
}
