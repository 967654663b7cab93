//! Completing the model: ids, numbers, links, notes, node identities.

use crate::diag::Diagnostics;
use crate::model::Book;

/// Numbers the nodes and chapters, collects the anchors and turns every name
/// into an [`AnchorId`](crate::model::AnchorId). What leads nowhere is reported.
pub fn resolve(_book: &mut Book, _diagnostics: &mut Diagnostics) {
    todo!()
}
