use proptest::prelude::*;

use super::*;
use crate::model::{BlockKind, TokenKind};
use crate::source::{FileId, Span};

/// A listing with its tokens marked: `{Keyword fn}`.
fn marked(lang: &str, text: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for token in parse::tokens(lang, text) {
        out += &text[at..token.range.start];
        out += &format!("{{{:?} {}}}", token.kind, &text[token.range.clone()]);
        at = token.range.end;
    }
    out + &text[at..]
}

#[test]
fn rust_is_told_apart() {
    let code = "// Half.\npub fn half(n: u32) -> Option<u32> {\n    \"a\\n\";\n    n / 2\n}\n";
    assert_eq!(
        marked("rust", code),
        "{Comment // Half.}\n{Keyword pub fn} {Function half}(n: {Keyword u32}) -> {Type Option}<{Keyword u32}> {\n    \
         {String \"a\\n\"};\n    n / {Constant 2}\n}\n"
    );
}

#[test]
fn python_and_sql_have_words_for_operators() {
    let python = marked("python", "def f(x):\n    return x and not None\n");
    assert_eq!(
        python,
        "{Keyword def} {Function f}(x):\n    {Keyword return} x {Keyword and not} {Constant None}\n"
    );
    assert!(marked("sql", "SELECT a FROM t;").starts_with("{Keyword SELECT} a {Keyword FROM} t"));
}

#[test]
fn a_comparison_has_lines_that_came_and_went() {
    let diff = "--- a\n+++ b\n@@ -1 +1 @@\n-old line\n+new line\n same\n";
    let found = marked("diff", diff);
    assert!(found.contains("{Deleted -old line}\n{Inserted +new line}\n same\n"), "{found}");
}

#[test]
fn a_remark_over_lines_is_one_token() {
    let found = marked("c", "/* one\n   two */ int x;\n");
    assert!(found.starts_with("{Comment /* one\n   two */}"), "{found}");
}

#[test]
fn what_is_too_long_or_unknown_stays_plain() {
    assert_eq!(parse::tokens("klingon", "fn"), []);
    let line = format!("let a = \"{}\";\nlet b = 1;\n", "x".repeat(2_000));
    let found = parse::tokens("rust", &line);
    assert!(!found.is_empty() && found.iter().all(|t| t.range.start > 2_000), "{found:?}");
    assert_eq!(parse::tokens("rust", &"let a = 1;\n".repeat(20_000)), []);
}

#[test]
fn the_last_line_needs_no_end() {
    assert_eq!(marked("rust", "let x"), "{Keyword let} x");
    assert_eq!(marked("bash", "# end"), "{Comment # end}");
}

#[test]
fn listings_are_filled_wherever_they_stand() {
    let span = Span::new(FileId(0), 0, 0);
    let code = |lang: Option<&str>, text: &str| {
        let lang = lang.map(String::from);
        Block::new(BlockKind::Code { lang, text: text.into(), tokens: Vec::new() }, span)
    };
    let quote = BlockKind::Div(vec![code(Some("rust"), "fn"), code(None, "fn")]);
    let mut blocks =
        vec![code(Some("python"), "if"), Block::new(quote, span), code(Some("rust"), "fn")];
    let mut found = Found::default();
    found.blocks(&blocks);
    assert_eq!(found.order, [0, 1, 1]);
    Fill::from(found).blocks(&mut blocks);
    let mut kinds = Vec::new();
    struct Kinds<'a>(&'a mut Vec<Vec<TokenKind>>);
    impl Visitor for Kinds<'_> {
        fn block(&mut self, block: &Block) {
            if let BlockKind::Code { tokens, .. } = &block.kind {
                self.0.push(tokens.iter().map(|t| t.kind).collect());
            }
            walk_block(self, block);
        }
    }
    Kinds(&mut kinds).blocks(&blocks);
    let keyword = vec![TokenKind::Keyword];
    assert_eq!(kinds, [keyword.clone(), keyword.clone(), vec![], keyword]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn tokens_are_in_order_and_within_the_text(
        lang in prop::sample::select(vec!["rust", "py", "html", "js", "diff", "md", "sh", "yaml", "cpp", "tex"]),
        text in "([a-z(){}<>\"'`#/*=;:.,$\\\\é\u{5d0}\t -]{0,30}\n?){0,6}",
    ) {
        let mut at = 0;
        for token in parse::tokens(lang, &text) {
            prop_assert!(token.range.start >= at && token.range.start < token.range.end);
            prop_assert!(text.get(token.range.clone()).is_some_and(|t| t.trim() == t));
            at = token.range.end;
        }
    }
}
