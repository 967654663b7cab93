//! Alternative text of pictures in XHTML.

use crate::epub::xml::Tag;
use crate::model::Alt;

/// An `img` with its alternative text.
///
/// A decorative picture has an empty `alt` and the role `presentation`; one
/// whose alternative text is missing has no `alt`, so that checkers report it.
/// `role` is that of a picture that is described.
pub(super) fn alt_text(img: Tag, alt: &Alt, role: Option<&str>) -> Tag {
    match alt {
        Alt::Text(alt) => img.with("alt", alt).with_some("role", role),
        Alt::Decorative => img.with("alt", "").with("role", "presentation"),
        Alt::Missing => img,
    }
}
