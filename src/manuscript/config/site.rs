//! The web site that another tool makes of the same texts.

use crate::manuscript::files::normalize;

/// A manuscript that was written for a site generator.
///
/// Its addresses are those of the site.
#[derive(Debug, Clone, Default)]
pub(crate) struct Site {
    /// The folder of the texts, from the book's folder; empty where that is the
    /// same. An address that begins with `/` is seen from there.
    pub root: String,
}

impl Site {
    /// A path from the root of the site as one from the book's folder; `None` if
    /// it leads above that.
    pub fn path(&self, path: &str) -> Option<String> {
        normalize(&format!("{}/{path}", if self.root.is_empty() { "." } else { &self.root }))
    }
}
