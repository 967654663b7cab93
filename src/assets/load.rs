//! Reading the pictures of a book.

use std::path::Path;

use super::Assets;
use crate::diag::Diagnostics;
use crate::model::Book;

/// Reads and checks all pictures of a book, in parallel. What is wrong with
/// one is reported at its first use.
pub fn load(_book: &Book, _root: &Path, _diagnostics: &mut Diagnostics) -> Assets {
    todo!()
}
