//! Whether the pictures have enough picture elements for where they stand.
//!
//! Only the finished pages know how large a picture is set; only the files know
//! what they have. Both come together here.

use std::collections::BTreeMap;

use crate::assets::{Asset, AssetKind, Assets};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Book, Chapter, ImageId};
use crate::page::{Item, Pages, PictureSource};
use crate::units::Pt;

/// Below so many picture elements to the inch, edges are seen as steps on
/// paper; 300 is what print asks for.
const COARSE: f64 = 150.0;
const SHARP: f64 = 300.0;

/// Warns of each picture that is too small for the largest size it is set at.
/// Drawings are sharp at any size.
pub fn check(book: &Book, assets: &Assets, pages: &Pages, diagnostics: &mut Diagnostics) {
    for (id, width) in widest(pages) {
        let (Some(source), Some(asset)) = (book.image(id), assets.get(id)) else { continue };
        let Some(dpi) = resolution(asset, width).filter(|dpi| *dpi < COARSE) else { continue };
        let message = format!("{} has only {dpi:.0} dpi at its printed size", source.path);
        let needed = (width.0 / 72.0 * SHARP).ceil();
        let mut found = Diagnostic::at(Code::CoarsePicture, source.span, message)
            .hint(format!("Use a picture at least {needed:.0} px wide."));
        let opens = |c: &Chapter| c.opener.as_ref().is_some_and(|image| image.source == id);
        if !book.chapters.iter().any(opens) {
            let entry = format!("`[images.\"{}\"]`", source.path);
            found =
                found.hint(format!("Or show it smaller: set `width` under {entry} in book.toml."));
        }
        diagnostics.push(found);
    }
}

/// The greatest width at which each picture of the book is set.
fn widest(pages: &Pages) -> BTreeMap<ImageId, Pt> {
    let mut widths = BTreeMap::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Picture(picture) = item
            && let PictureSource::Image(id) = picture.what
        {
            let width: &mut Pt = widths.entry(id).or_default();
            *width = width.max(picture.rect.width);
        }
    }
    widths
}

/// Picture elements to the inch at a width; `None` for drawings.
fn resolution(asset: &Asset, width: Pt) -> Option<f64> {
    match asset.kind {
        AssetKind::Svg(_) => None,
        AssetKind::Jpeg { .. } | AssetKind::Raster => {
            (width.0 > 0.0).then(|| f64::from(asset.size.0.0) / (width.0 / 72.0))
        }
    }
}
