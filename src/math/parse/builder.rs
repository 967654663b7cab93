//! The parser's events, a flat stream of prefixes, into the tree.

use pulldown_latex::event::{
    ArrayColumn, Content, Event, Grouping, ScriptPosition, ScriptType, Visual,
};

use super::error::ParseError;
use super::lengths::em;
use super::scripts::{mark_of, push};
use super::symbols::{leaf, negated, state};
use crate::math::{Alphabet, Node, Row, ScriptPlace, TableKind};

/// Elements may be nested so deep; what reads the tree goes down as deep.
const DEEPEST: usize = 120;

/// The tree as it grows.
pub(super) struct Builder<'a> {
    /// The events that are still to be read.
    pub(super) events: std::iter::Peekable<std::vec::IntoIter<Event<'a>>>,
    /// How many elements are open.
    depth: usize,
}

impl<'a> Builder<'a> {
    /// Of all events of a formula.
    pub(super) fn new(events: Vec<Event<'a>>) -> Builder<'a> {
        Builder { events: events.into_iter().peekable(), depth: 0 }
    }

    /// Nodes up to the end of the group at hand.
    ///
    /// # Errors
    /// If elements are nested too deeply.
    pub(super) fn row(&mut self, alphabet: Alphabet) -> Result<Row, ParseError> {
        let mut row = Row::new();
        let mut alphabet = alphabet;
        while let Some(event) = self.events.peek() {
            match event {
                Event::End | Event::EnvironmentFlow(_) => break,
                Event::StateChange(_) => {
                    if let Some(Event::StateChange(change)) = self.events.next() {
                        row.extend(state(change, &mut alphabet));
                    }
                }
                _ => {
                    if let Some(node) = self.element(alphabet)? {
                        push(&mut row, node);
                    }
                }
            }
        }
        Ok(row)
    }

    /// The next element; nothing for what can't be seen.
    fn element(&mut self, alphabet: Alphabet) -> Result<Option<Node>, ParseError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(ParseError::too_deep());
        }
        let node = self.element_within(alphabet)?;
        self.depth -= 1;
        Ok(node)
    }

    fn element_within(&mut self, alphabet: Alphabet) -> Result<Option<Node>, ParseError> {
        let Some(event) = self.events.next() else { return Ok(None) };
        Ok(Some(match event {
            Event::Content(content) => leaf(&content, alphabet),
            Event::Begin(grouping) => self.group(grouping, alphabet)?,
            Event::Visual(visual) => return self.visual(visual, alphabet),
            Event::Script { ty, position } => self.scripts(ty, position, alphabet)?,
            Event::Space { width, .. } => Node::Space(width.map_or(0.0, em)),
            Event::StateChange(_) | Event::End | Event::EnvironmentFlow(_) => return Ok(None),
        }))
    }

    /// An element as a row: the content of its group, if it is one.
    fn argument(&mut self, alphabet: Alphabet) -> Result<Row, ParseError> {
        Ok(match self.element(alphabet)? {
            Some(Node::Group(row)) => row,
            Some(node) => vec![node],
            None => Row::new(),
        })
    }

    fn visual(&mut self, visual: Visual, alphabet: Alphabet) -> Result<Option<Node>, ParseError> {
        Ok(Some(match visual {
            Visual::SquareRoot => Node::Root { of: self.argument(alphabet)?, degree: None },
            Visual::Root => {
                let of = self.argument(alphabet)?;
                Node::Root { of, degree: Some(self.argument(alphabet)?) }
            }
            Visual::Fraction(bar) => {
                let over = self.argument(alphabet)?;
                Node::Fraction { over, under: self.argument(alphabet)?, bar: bar.map(em) }
            }
            Visual::Negation => return Ok(self.element(alphabet)?.map(negated)),
        }))
    }

    fn scripts(
        &mut self,
        ty: ScriptType,
        position: ScriptPosition,
        alphabet: Alphabet,
    ) -> Result<Node, ParseError> {
        let base = self.element(alphabet)?.unwrap_or(Node::Group(Row::new()));
        let place = match position {
            ScriptPosition::Right => ScriptPlace::Corners,
            ScriptPosition::AboveBelow => ScriptPlace::Limits,
            ScriptPosition::Movable => ScriptPlace::Movable,
        };
        let stretches = matches!(
            self.events.peek(),
            Some(Event::Content(Content::Ordinary { stretchy: true, .. }))
        );
        let (sub, sup) = match ty {
            ScriptType::Subscript => (Some(self.argument(alphabet)?), None),
            ScriptType::Superscript => (None, Some(self.argument(alphabet)?)),
            ScriptType::SubSuperscript => {
                let sub = self.argument(alphabet)?;
                (Some(sub), Some(self.argument(alphabet)?))
            }
        };
        if place == ScriptPlace::Limits
            && let (Some(only), None) | (None, Some(only)) = (&sub, &sup)
            && let Some(mark) = mark_of(only, stretches)
        {
            let base = match base {
                Node::Group(row) => row,
                node => vec![node],
            };
            return Ok(Node::Accent { base, mark, wide: stretches, below: sub.is_some() });
        }
        Ok(Node::Scripts { base: Box::new(base), sub, sup, place })
    }

    fn group(&mut self, grouping: Grouping, alphabet: Alphabet) -> Result<Node, ParseError> {
        let kind = match grouping {
            Grouping::Normal => {
                let row = self.row(alphabet)?;
                self.end();
                return Ok(Node::Group(row));
            }
            Grouping::LeftRight(open, close) => {
                let body = self.row(alphabet)?;
                self.end();
                return Ok(Node::Fenced { open, close, body });
            }
            Grouping::Array(columns) => return self.table(TableKind::Array, &columns),
            Grouping::Matrix { alignment } => {
                return self.table(TableKind::Matrix, &[ArrayColumn::Column(alignment)]);
            }
            Grouping::SubArray { alignment } => {
                return self.table(TableKind::Substack, &[ArrayColumn::Column(alignment)]);
            }
            Grouping::Cases { left } => TableKind::Cases(left),
            Grouping::Align { .. }
            | Grouping::Aligned
            | Grouping::Alignat { .. }
            | Grouping::Alignedat { .. }
            | Grouping::Split => TableKind::Aligned,
            Grouping::Equation { .. }
            | Grouping::Gather { .. }
            | Grouping::Gathered
            | Grouping::Multline => TableKind::Gathered,
        };
        self.table(kind, &[])
    }

    /// Reads the end of a group.
    fn end(&mut self) {
        if matches!(self.events.peek(), Some(Event::End)) {
            self.events.next();
        }
    }
}
