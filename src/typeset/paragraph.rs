//! How a paragraph is to be set, and its measuring and breaking into lines.

use crate::diag::{Code, Diagnostic};
use crate::model::Indent;
use crate::page::{Item, StructId};
use crate::text::Hyphenator;
use crate::units::Pt;

use super::chunk::Gap;
use super::context::{Context, Output};
use super::lines::measure::{Measuring, measure_paragraph};
use super::lines::rivers::break_without_rivers;
use super::lines::{Alignment, Breakings, LineShape, Para, Range};
use super::scope::Scope;
use super::styled_text::ParaText;

/// How a paragraph is to be set.
#[derive(Debug, Clone)]
pub struct ParaSpec<'a> {
    /// Where it stands: its node is the one the paragraph goes below.
    pub scope: Scope<'a>,
    /// The widths of its lines.
    pub shape: LineShape,
    /// How it fills them.
    pub alignment: Alignment,
    /// Where ragged lines are ranged.
    pub range: Range,
    /// Where its words may be broken.
    pub hyphenation: Hyphenation,
    /// The space before and after.
    pub gaps: (Gap, Gap),
}

/// Where the words of a paragraph may be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hyphenation {
    /// Nowhere: they are left whole.
    Off,
    /// As their language has it.
    Language,
    /// After any letter, where nothing else is left.
    Anywhere,
}

impl<'a> ParaSpec<'a> {
    /// Lines as wide as the scope, all beginning at its edge, of whole words and
    /// with no space around them.
    pub fn block(scope: Scope<'a>, alignment: Alignment) -> ParaSpec<'a> {
        ParaSpec {
            scope,
            shape: LineShape::block(scope.width.0),
            alignment,
            range: Range::Left,
            hyphenation: Hyphenation::Off,
            gaps: (Gap::NONE, Gap::NONE),
        }
    }

    /// A paragraph of running text: justified and hyphenated, unless the scope
    /// says otherwise, its first line at the edge.
    pub fn body(scope: Scope<'a>) -> ParaSpec<'a> {
        let (alignment, hyphenation) = match scope.ragged {
            true => (Alignment::Ragged, Hyphenation::Off),
            false => (Alignment::Justified, Hyphenation::Language),
        };
        ParaSpec {
            shape: LineShape { measure: scope.width.0, ..LineShape::default() },
            hyphenation,
            ..ParaSpec::block(scope, alignment)
        }
    }

    /// The same with its first line where the model says.
    #[must_use]
    pub fn indented(mut self, cx: &Context<'_>, indent: Indent) -> ParaSpec<'a> {
        self.shape.indent = match indent {
            Indent::None => 0.0,
            Indent::FirstLine => cx.theme.indent.0,
        };
        self
    }

    /// A paragraph whose first line begins at the edge, the others an indent in.
    pub fn hanging(cx: &Context<'_>, scope: Scope<'a>) -> ParaSpec<'a> {
        let by = cx.theme.indent * cx.theme.list.hanging_indent;
        let mut spec = ParaSpec::body(scope.inset(by, Pt::ZERO));
        spec.shape.indent = -by.0;
        spec
    }
}

/// Measures and fits a paragraph's characters.
pub fn break_lines(
    cx: &Context<'_>,
    output: &mut Output,
    text: ParaText,
    node: StructId,
    spec: &ParaSpec<'_>,
    beside: Vec<Item>,
) -> Para {
    let scope = spec.scope;
    let items = {
        let measuring = Measuring {
            shaper: cx.shaper,
            hyphenator: match spec.hyphenation {
                Hyphenation::Off => None,
                Hyphenation::Language => Some(cx.hyphenator),
                Hyphenation::Anywhere => Some(Hyphenator::anywhere()),
            },
            lang: scope.lang,
        };
        measure_paragraph(&text, &measuring)
    };
    let breakings = break_without_rivers(&items, &spec.shape, spec.alignment);
    report_overfull(output, scope, &breakings);
    Para {
        text,
        items,
        breakings,
        shape: spec.shape,
        alignment: spec.alignment,
        direction: scope.direction,
        leading: scope.leading,
        left: scope.left,
        range: spec.range,
        beside,
        node,
        opening_word: None,
    }
}

/// Tells the writer of lines that stick out of the measure.
fn report_overfull(output: &mut Output, scope: Scope<'_>, breakings: &Breakings) {
    let best = breakings.by_line_count.get(breakings.best);
    let over = best.map_or(0.0, |f| f.lines.iter().map(|l| l.over).fold(0.0, f64::max));
    if over > 0.5 {
        output.diagnostics.push(
            Diagnostic::at(
                Code::OverfullLine,
                scope.span,
                format!("a line of this block is {over:.1} pt wider than its place on the page"),
            )
            .hint("Put a soft hyphen (U+00AD) where a long word may be hyphenated, or reword the line."),
        );
    }
}
