//! TeX into the tree: the parser's events, a flat stream of prefixes, find their
//! shape.
//!
//! ```text
//! pulldown-latex ─► events ─► builder ─┬─ symbols   letters, signs, their alphabet
//!                                      ├─ scripts   primes and accents
//!                                      └─ tables    rows and columns
//! ```

mod builder;
mod error;
mod lengths;
mod scripts;
mod symbols;
mod tables;

pub use error::ParseError;

use pulldown_latex::{Parser, Storage};

use super::alphabet::Alphabet;
use super::tree::Row;
use builder::Builder;

/// Formulas longer than this, in bytes, are not read: nobody wrote them by hand.
const LONGEST: usize = 20_000;
/// Braces and environments may be nested so deep: the parser goes down as deep.
const DEEPEST: usize = 60;
/// A formula has so many parts at most, macros expanded.
const MOST_EVENTS: usize = 50_000;

/// Reads a formula in TeX.
///
/// # Errors
/// What can't be read, or is too long or too deeply nested to be meant.
pub fn parse(tex: &str) -> Result<Row, ParseError> {
    if tex.len() > LONGEST {
        return Err(ParseError::too_long());
    }
    if depth(tex) > DEEPEST {
        return Err(ParseError::too_deep());
    }
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(tex, &storage) {
        match event {
            Ok(event) => events.push(event),
            Err(error) => return Err(ParseError::of_parser(&error.to_string(), tex)),
        }
        if events.len() > MOST_EVENTS {
            return Err(ParseError::too_long());
        }
    }
    Builder::new(events).row(Alphabet::Default)
}

/// How deep braces and environments are nested, at most.
fn depth(tex: &str) -> usize {
    let mut deep = 0usize;
    let mut deepest = 0;
    let mut rest = tex;
    while let Some(c) = rest.chars().next() {
        let opens = c == '{' || rest.starts_with("\\left") || rest.starts_with("\\begin");
        let closes = c == '}' || rest.starts_with("\\right") || rest.starts_with("\\end");
        if opens {
            deep += 1;
            deepest = deepest.max(deep);
        } else if closes {
            deep = deep.saturating_sub(1);
        }
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::{Class, Column, Node, ScriptPlace, Symbol, TableKind, alt_text};
    use proptest::prelude::*;

    fn row(tex: &str) -> Row {
        parse(tex).unwrap_or_else(|fault| panic!("{tex}: {fault}"))
    }

    fn ord(text: &str) -> Node {
        let (text, class) = (text.to_owned(), Class::Ord);
        Node::Symbol(Symbol { text, class, alphabet: Alphabet::Default })
    }

    #[test]
    fn primes_are_superscripts() {
        let scripts = |base: &str, sub: Option<Row>, sup: Row| Node::Scripts {
            base: Box::new(ord(base)),
            sub,
            sup: Some(sup),
            place: ScriptPlace::Corners,
        };
        assert_eq!(row("f'"), [scripts("f", None, vec![ord("′")])]);
        assert_eq!(row("f''"), [scripts("f", None, vec![ord("′"), ord("′")])]);
        assert_eq!(row("f'_1"), row("f_1'"));
    }

    #[test]
    fn marks_over_and_under_are_accents() {
        let accent = |base: Row, mark, wide, below| Node::Accent { base, mark, wide, below };
        assert_eq!(row(r"\hat{x}"), [accent(row("x"), '^', false, false)]);
        assert_eq!(row(r"\overline{ab}"), [accent(row("ab"), '‾', false, false)]);
        assert_eq!(row(r"\underline{x}"), [accent(row("x"), '_', true, true)]);
        assert!(matches!(row(r"\overset{!}{=}").as_slice(), [Node::Scripts { .. }]));
    }

    #[test]
    fn what_is_struck_through_has_a_sign_of_its_own_where_there_is_one() {
        assert_eq!(row(r"\not="), row(r"\neq"));
        assert!(matches!(row(r"\not x").as_slice(), [Node::Negated(_)]));
    }

    #[test]
    fn a_table_has_its_rows_and_cells() {
        let tables = row(r"\begin{aligned}a&=b\\&=c\\\end{aligned}");
        let [Node::Table(table)] = tables.as_slice() else { panic!("{tables:?}") };
        assert_eq!(table.kind, TableKind::Aligned);
        assert_eq!(table.rows.iter().map(|r| r.cells.len()).collect::<Vec<_>>(), [2, 2]);
        let tables = row(r"\begin{array}{l|r}\hline a&b\\\hline c&d\\\hline\end{array}");
        let [Node::Table(table)] = tables.as_slice() else { panic!("{tables:?}") };
        assert_eq!(table.columns, [Column::Left, Column::Right]);
        assert_eq!((table.rules.as_slice(), table.rules_below), ([1].as_slice(), 1));
        assert_eq!(table.rows.iter().map(|r| r.rules_above).collect::<Vec<_>>(), [1, 1]);
    }

    #[test]
    fn faults_say_what_and_where() {
        let fault = |tex| parse(tex).map_err(|f| (f.message.clone(), f.at)).err();
        let (message, at) = fault(r"a + \nosuchthing b").unwrap_or_default();
        assert_eq!(message, "it contains an unknown command");
        assert!(at.is_some());
        let messages: Vec<String> =
            [r"\frac{a}", "{a", "a}", "x^a^b", "a&b", r"\begin{nope}x\end{nope}"]
                .into_iter()
                .map(|tex| fault(tex).map_or(String::from("nothing"), |f| f.0))
                .collect();
        assert_eq!(
            messages,
            [
                "a command has no argument",
                "a group or environment is not closed",
                "it closes a group or environment that was not opened",
                "it has two superscripts in a row",
                "`&` stands where no columns are",
                "it contains an unknown environment",
            ]
        );
        assert!(parse(&"{".repeat(200)).is_err());
        assert!(parse(&"x".repeat(LONGEST + 1)).is_err());
    }

    #[test]
    fn a_formula_nested_too_deeply_is_refused() {
        for open in [r"\sqrt{", r"\frac{1}{", "x^{", "x_{", "{"] {
            for times in [60, 61, 200, 1_000] {
                let read = parse(&format!("{}x{}", open.repeat(times), "}".repeat(times)));
                match read {
                    Ok(row) => assert!(times == 60 && !row.is_empty(), "{times} {open}"),
                    Err(error) => assert!(error.message.contains("too deep"), "{times} {open}"),
                }
            }
        }
        // Without braces only the tree is deep.
        for open in [r"\sqrt ", r"\not ", r"\hat", r"\left("] {
            assert!(parse(&(open.repeat(1_000) + "x")).is_err(), "{open}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(tex in r"([a-z0-9{}^_&$#~ ∑é+='|().\\]|\\(frac|sqrt|left|right|begin\{cases\}|end\{cases\}|hat|text|sum|limits|not|def|over|color|big|mathbb|\\|,)){0,40}") {
            let _ = parse(&tex).map(|row| alt_text(&row));
        }

        #[test]
        fn nor_does_any_text(tex in r"\PC{0,60}") {
            let _ = parse(&tex);
        }
    }
}
