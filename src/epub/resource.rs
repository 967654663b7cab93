//! Files of the archive that aren't XHTML: pictures, fonts, style sheets, licences.

use std::sync::Arc;

/// A file of the archive that isn't XHTML.
#[derive(Debug, Clone)]
pub(super) struct Resource {
    /// Its place in the archive, relative to the package document.
    pub href: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// The file for reading systems that can't show this one.
    pub fallback: Option<String>,
}

impl Resource {
    /// A file that needs no other.
    pub fn new(href: &str, media_type: &'static str, bytes: impl Into<Arc<[u8]>>) -> Resource {
        Resource { href: href.to_owned(), media_type, bytes: bytes.into(), fallback: None }
    }
}
