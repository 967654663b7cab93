//! A style sheet of the writer's for the EPUB: what in it an e-book can hold.
//!
//! EPUB allows no reference out of the file and refuses a style sheet that is not
//! well formed (EPUB 3.3, sections 3.6 and 6.3); a sheet from somebody else must not
//! fetch anything either. Rules that are sound are kept as they are written.

use cssparser::{
    AtRuleParser, BasicParseError, CowRcStr, ParseError, Parser, ParserState, QualifiedRuleParser,
    StyleSheetParser, Token,
};

/// A rule that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DroppedRule {
    /// Its line, from one.
    pub line: usize,
    /// Why it is left out.
    pub why: &'static str,
}

const BROKEN: &str = "it is not well formed";
const REFERENCE: &str = "it refers to another file, which the EPUB doesn't have";
const AT_RULE: &str = "e-books don't know this kind of rule";
const DIRECTION: &str = "EPUB gives the direction of text in the documents only";

/// The rules that an e-book can hold, and those that are left out.
pub(crate) fn safe_rules(css: &str) -> (String, Vec<DroppedRule>) {
    let mut parser = Parser::new(css);
    let mut sheet = Sheet;
    let mut kept = String::new();
    let mut dropped = Vec::new();
    let mut at = 0;
    let mut rules = StyleSheetParser::new(&mut parser, &mut sheet);
    while let Some(rule) = rules.next() {
        let end = rules.input.position().byte_index();
        let written = css.get(at..end).unwrap_or("");
        match rule {
            Ok(()) => kept.push_str(written),
            Err((fault, ..)) => {
                let space = written.len() - written.trim_start().len();
                let before = css.get(..at + space).unwrap_or("");
                let why = match fault.kind {
                    cssparser::ParseErrorKind::Custom(why) => why,
                    cssparser::ParseErrorKind::Basic(_) => BROKEN,
                };
                dropped.push(DroppedRule { line: before.matches('\n').count() + 1, why });
            }
        }
        at = end;
    }
    (kept, dropped)
}

type Fault = ParseError<&'static str>;

/// Reads rules without making anything of them.
struct Sheet;

impl<'i> QualifiedRuleParser<'i> for Sheet {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = &'static str;

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Result<(), Fault> {
        tokens(input)
    }

    fn parse_block(
        &mut self,
        (): (),
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), Fault> {
        declarations(input)
    }
}

impl<'i> AtRuleParser<'i> for Sheet {
    type Prelude = CowRcStr<'i>;
    type AtRule = ();
    type Error = &'static str;

    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
    ) -> Result<CowRcStr<'i>, Fault> {
        let known = ["media", "supports", "page", "font-face", "namespace", "keyframes"];
        if name.eq_ignore_ascii_case("import") {
            return Err(ParseError::custom(REFERENCE));
        }
        if !known.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            return Err(ParseError::custom(AT_RULE));
        }
        tokens(input)?;
        Ok(name)
    }

    fn rule_without_block(&mut self, name: CowRcStr<'i>, _: &ParserState) -> Result<(), ()> {
        if name.eq_ignore_ascii_case("namespace") { Ok(()) } else { Err(()) }
    }

    fn parse_block(
        &mut self,
        name: CowRcStr<'i>,
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), Fault> {
        if ["font-face", "page"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
            return declarations(input);
        }
        for rule in StyleSheetParser::new(input, self) {
            rule.map_err(|(fault, ..)| fault)?;
        }
        Ok(())
    }
}

/// `name: value;` again and again.
fn declarations(input: &mut Parser<'_>) -> Result<(), Fault> {
    while !input.is_exhausted() {
        if input.try_parse(Parser::expect_semicolon).is_ok() {
            continue;
        }
        let name = input.expect_ident_cloned()?;
        if name.eq_ignore_ascii_case("direction") || name.eq_ignore_ascii_case("unicode-bidi") {
            return Err(ParseError::custom(DIRECTION));
        }
        input.expect_colon()?;
        input.parse_until_after(cssparser::Delimiter::Semicolon, |value| {
            if value.is_exhausted() {
                return Err(ParseError::custom(BROKEN));
            }
            tokens(value)
        })?;
    }
    Ok(())
}

/// Any tokens, as long as they are whole and refer to nothing outside.
fn tokens(input: &mut Parser<'_>) -> Result<(), Fault> {
    loop {
        let token = match input.next() {
            Ok(token) => token.clone(),
            Err(BasicParseError { .. }) => return Ok(()),
        };
        match token {
            Token::UnquotedUrl(address) if !is_inside(&address) => {
                return Err(ParseError::custom(REFERENCE));
            }
            Token::Function(name) if name.eq_ignore_ascii_case("url") => {
                input.parse_nested_block(|inner| {
                    let address = inner.expect_string_cloned()?;
                    if is_inside(&address) { Ok(()) } else { Err(ParseError::custom(REFERENCE)) }
                })?;
            }
            Token::Function(name) if name.eq_ignore_ascii_case("image-set") => {
                return Err(ParseError::custom(REFERENCE));
            }
            Token::Function(_)
            | Token::ParenthesisBlock
            | Token::SquareBracketBlock
            | Token::CurlyBracketBlock => input.parse_nested_block(tokens)?,
            Token::BadUrl(_)
            | Token::BadString(_)
            | Token::CloseParenthesis
            | Token::CloseSquareBracket
            | Token::CloseCurlyBracket => return Err(ParseError::custom(BROKEN)),
            _ => {}
        }
    }
}

/// Whether an address leads nowhere: to data in the sheet itself, or a fragment.
fn is_inside(address: &str) -> bool {
    let address = address.trim().to_ascii_lowercase();
    address.starts_with("data:") || address.starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dropped(css: &str) -> Vec<(usize, &'static str)> {
        safe_rules(css).1.into_iter().map(|rule| (rule.line, rule.why)).collect()
    }

    #[test]
    fn sound_rules_stay_as_they_are_written() {
        let css = "/* a */\np > em { color : #123; margin: 0 calc(1em + 2px) }\n\
                   @media (min-width: 30em) {\n  p { text-indent: 0 }\n}\n\
                   q { background: url(data:image/png;base64,AAAA) }\n";
        assert_eq!(safe_rules(css), (css.trim_end().to_owned(), vec![]));
    }

    #[test]
    fn references_out_of_the_file_are_left_out() {
        for rule in [
            "@import url(file:///etc/passwd);",
            "@import \"other.css\";",
            "p { background: url(http://example.org/x) }",
            "p { background: url(\"../x.png\") }",
            "@font-face { font-family: X; src: url(x.woff) }",
            "@media print { p { list-style: url(x.svg) } }",
            "p { background: u\\72l(http://example.org/x) }",
        ] {
            let css = format!("a {{ color: red }}\n{rule}\nb {{ color: blue }}");
            assert_eq!(dropped(&css), [(2, REFERENCE)], "{rule}");
            let kept = safe_rules(&css).0;
            assert!(kept.contains("color: red") && kept.contains("color: blue"), "{kept}");
            assert!(!kept.contains("url") && !kept.contains("import"), "{kept}");
        }
    }

    #[test]
    fn broken_rules_are_left_out() {
        for rule in ["p { color }", "p { color: }", "p { a: \"b\n }", "} p {}", "p { : red }"] {
            let css = format!("a {{ color: red }}\n{rule}\n");
            let (kept, rules) = safe_rules(&css);
            assert!(!rules.is_empty(), "{rule}: {kept}");
        }
        assert_eq!(dropped("p { direction: rtl }"), [(1, DIRECTION)]);
        assert_eq!(dropped("@layer x { p { color: red } }"), [(1, AT_RULE)]);
    }
}
