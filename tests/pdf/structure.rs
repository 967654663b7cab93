//! What the marks mean: the tree, the way back to it, links.

use crate::support::golden;
use crate::{dump, sample};

#[test]
fn every_kind_is_in_the_tree() {
    golden("structure.txt", &dump::structure(&sample::book().document()));
}

#[test]
fn content_is_marked() {
    let document = sample::book().document();
    let pages: String =
        (1..=4).map(|n| format!("page {n}\n{}", dump::content(&document, n))).collect();
    golden("content.txt", &pages);
}
