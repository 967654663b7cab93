//! Formulas: whether they can be read, told where they stand.

use super::Lower;
use crate::diag::{Code, Diagnostic};
use crate::manuscript::markdown::Origin;
use crate::math::{self, ParseError};
use crate::source::Span;

impl Lower<'_> {
    /// Tells the writer of a formula that can't be read.
    pub(super) fn check_formula(&mut self, tex: &str, span: Span) {
        let Err(fault) = math::parse(tex) else { return };
        let place = self.place_in(tex, &fault, span).unwrap_or(span);
        let message = format!("this formula can't be read: {fault}");
        self.diagnostics.push(
            Diagnostic::at(Code::BadFormula, place, message)
                .hint("Until it is fixed, it is shown as written.")
                .hint("To write a dollar sign that doesn't begin a formula, use `\\$`."),
        );
    }

    /// Where in the manuscript the fault is.
    fn place_in(&self, tex: &str, fault: &ParseError, span: Span) -> Option<Span> {
        let at = fault.at.clone()?;
        let Origin::Part(file, base) = self.origin else { return None };
        let start = (span.start as usize).checked_sub(base)?;
        let written = self.text.get(start..(span.end as usize).checked_sub(base)?)?;
        let begin = span.start as usize + written.find(tex)?;
        Some(Span::new(file, begin + at.start, begin + at.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;
    use crate::manuscript::markdown::parse;
    use crate::model::{BlockKind, Lang};
    use crate::source::FileId;

    fn found(text: &str) -> (Vec<Code>, Vec<String>) {
        let mut diagnostics = Diagnostics::default();
        let origin = Origin::Part(FileId(0), 0);
        parse(text, origin, &Lang::default(), &mut diagnostics);
        let place = |span: Span| text.get(span.start as usize..span.end as usize);
        let places =
            diagnostics.iter().filter_map(|d| d.span).filter_map(place).map(String::from).collect();
        (diagnostics.iter().map(|d| d.code).collect(), places)
    }

    #[test]
    fn what_cannot_be_read_is_told_where_it_stands() {
        let (codes, places) = found("Words and $a + \\nosuch{b}$ and more.\n");
        assert_eq!(codes, [Code::BadFormula]);
        assert!(places[0].contains("\\nosuch") && !places[0].contains('$'), "{places:?}");
        let (codes, places) = found("> quoted\n>\n> $$\n> x^a^b\n> $$\n");
        assert_eq!(codes, [Code::BadFormula]);
        assert!(places[0].contains("x^a^b"), "{places:?}");
        let (codes, _) = found("```math\n\\frac{a}\n```\n");
        assert_eq!(codes, [Code::BadFormula]);
        assert_eq!(found("$x^2$ and $$y$$\n\n```math\nz\n```\n").0, []);
    }

    #[test]
    fn a_formula_nested_sixty_deep_ends_and_keeps_its_text() {
        let tex = format!("{}x{}", r"\sqrt{".repeat(60), "}".repeat(60));
        let mut diagnostics = Diagnostics::default();
        let origin = Origin::Part(FileId(0), 0);
        let draft = parse(&format!("$${tex}$$\n"), origin, &Lang::default(), &mut diagnostics);
        assert_eq!(diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::BadFormula]);
        let [block] = draft.blocks.as_slice() else { panic!("{:?}", draft.blocks) };
        assert_eq!(block.kind, BlockKind::Math(tex));
    }

    #[test]
    fn a_listing_of_mathematics_is_a_formula() {
        let mut diagnostics = Diagnostics::default();
        let origin = Origin::Part(FileId(0), 0);
        let text = "```math\nx = 1\n```\n\n```latex\nx\n```\n";
        let parsed = parse(text, origin, &Lang::default(), &mut diagnostics);
        let [formula, listing] = parsed.blocks.as_slice() else { panic!("{:?}", parsed.blocks) };
        assert_eq!(formula.kind, BlockKind::Math("x = 1".into()));
        assert!(matches!(listing.kind, BlockKind::Code { .. }));
    }
}
