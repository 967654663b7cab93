//! A value together with its place in the sources.

use crate::source::Span;

/// A value read from a file of the manuscript, with its place there, so that
/// whatever is found out about the value later can be reported at that place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Located<T> {
    /// The value.
    pub value: T,
    /// Its place, with quotation marks and brackets.
    pub span: Span,
}

impl<T> Located<T> {
    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Located<U> {
        Located { value: change(self.value), span: self.span }
    }
}
