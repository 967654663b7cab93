//! Pictures in the form an e-book carries them.
//!
//! What an e-reader can show and is small enough goes in as it is. The rest is
//! scaled to four megapixels (shops refuse more) and written anew: drawings in
//! few colours as PNG, photographs as JPEG. Drawings stay drawings, as safe
//! SVG, with a picture of few colours for readers that can't draw.

use std::sync::Arc;

use super::{Asset, AssetKind, PictureError, Raster, encode, paint, palette, probe, svg};
use crate::units::Px;

/// Picture elements at most; Kobo and Apple refuse more than four million.
const MOST_ELEMENTS: f64 = 4_000_000.0;
/// A file of fewer bytes is not worth writing anew.
const SMALL: usize = 1 << 20;
/// The quality of JPEGs that are made here.
const QUALITY: u8 = 85;
/// The longer side of the picture that stands for a drawing.
const FALLBACK_SIDE: f64 = 1000.0;
/// Its colours: four bits an element.
const FALLBACK_COLOURS: usize = 16;

/// A picture as it goes into an EPUB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpubPicture {
    /// The file.
    pub bytes: Arc<[u8]>,
    /// One of the core media types of EPUB 3.3, section 3.2.
    pub media_type: &'static str,
    /// For the file's name, without the dot.
    pub extension: &'static str,
    /// Its width and height.
    pub size: (Px, Px),
    /// The same for readers that can't show this type.
    pub fallback: Option<Box<EpubPicture>>,
}

/// The picture in the form an e-book carries it. Pure: may run in parallel.
///
/// # Errors
/// If the picture has to be written anew and can't be decoded.
pub fn epub_form(asset: &Asset) -> Result<EpubPicture, PictureError> {
    let elements = f64::from(asset.size.0.0) * f64::from(asset.size.1.0);
    let fits = elements <= MOST_ELEMENTS;
    let as_it_is = |media_type, extension| EpubPicture {
        bytes: Arc::clone(&asset.bytes),
        media_type,
        extension,
        size: asset.size,
        fallback: None,
    };
    let small = asset.bytes.len() <= SMALL;
    match &asset.kind {
        AssetKind::Svg(_) => drawing(asset),
        AssetKind::Jpeg { components: 1 | 3, .. } if fits => {
            let own = as_it_is("image/jpeg", "jpg");
            if small { Ok(own) } else { Ok(smaller(own, photograph(&asset.raster(None)?)?)) }
        }
        AssetKind::Jpeg { .. } => photograph(&scaled(asset, elements)?),
        AssetKind::Raster => {
            let probe = probe::probe(&asset.bytes)?;
            let own = match probe.format {
                probe::Format::Png => Some(as_it_is("image/png", "png")),
                probe::Format::Gif => Some(as_it_is("image/gif", "gif")),
                // WebP came into EPUB with 3.3, in 2023; most readers are older.
                probe::Format::WebP | probe::Format::Jpeg | probe::Format::Svg => None,
            };
            match own.filter(|_| fits && probe.is_upright()) {
                Some(own) if small => Ok(own),
                Some(own) => Ok(smaller(own, raster(&asset.raster(None)?)?)),
                None => raster(&scaled(asset, elements)?),
            }
        }
    }
}

/// The one that is clearly smaller; the original where it is much the same.
fn smaller(own: EpubPicture, new: EpubPicture) -> EpubPicture {
    if new.bytes.len() * 5 < own.bytes.len() * 4 { new } else { own }
}

/// The pixels, no more than an e-book may have.
fn scaled(asset: &Asset, elements: f64) -> Result<Raster, PictureError> {
    let shrink = (MOST_ELEMENTS / elements).sqrt().min(1.0);
    // Rounding the height up could step over the bound by one row.
    let width = (f64::from(asset.size.0.0) * shrink - 1.0).floor().max(1.0) as u32;
    asset.raster((shrink < 1.0).then_some(Px(width)))
}

/// Few colours or see-through as PNG, all else as JPEG.
fn raster(raster: &Raster) -> Result<EpubPicture, PictureError> {
    if raster.alpha.is_some() {
        return picture(encode::png(raster)?, "image/png", "png", raster);
    }
    if let Some(indexed) = palette::exact(raster).filter(|_| raster.channels == 3) {
        return picture(encode::indexed_png(&indexed)?, "image/png", "png", raster);
    }
    if is_line_art(raster) {
        let indexed = palette::reduced(raster, 64);
        return picture(encode::indexed_png(&indexed)?, "image/png", "png", raster);
    }
    photograph(raster)
}

/// Whether most elements are of a few colours: ink, paper, an accent.
fn is_line_art(raster: &Raster) -> bool {
    palette::share_of_commonest(raster, 8) > 0.8
}

fn photograph(raster: &Raster) -> Result<EpubPicture, PictureError> {
    picture(encode::jpeg(raster, QUALITY)?, "image/jpeg", "jpg", raster)
}

fn picture(
    bytes: Vec<u8>,
    media_type: &'static str,
    extension: &'static str,
    raster: &Raster,
) -> Result<EpubPicture, PictureError> {
    let size = (raster.width, raster.height);
    Ok(EpubPicture { bytes: bytes.into(), media_type, extension, size, fallback: None })
}

/// A drawing as SVG that can do no harm, with a picture beside it.
fn drawing(asset: &Asset) -> Result<EpubPicture, PictureError> {
    let width = fallback_width(asset);
    let (text, pixels) = match &asset.kind {
        AssetKind::Svg(Some(drawing)) => (drawing.to_svg(), drawing.pixels(width)?),
        AssetKind::Svg(None) | AssetKind::Jpeg { .. } | AssetKind::Raster => {
            let tree = svg::parse(&asset.bytes)?;
            (svg::rewritten(&tree), paint::tree_pixels(&tree, width)?)
        }
    };
    let raster = paint::to_raster(pixels).on([255; 3]);
    let indexed = palette::reduced(&raster, FALLBACK_COLOURS);
    let fallback = picture(encode::indexed_png(&indexed)?, "image/png", "png", &raster)?;
    Ok(EpubPicture {
        bytes: text.into_bytes().into(),
        media_type: "image/svg+xml",
        extension: "svg",
        size: asset.size,
        fallback: Some(Box::new(fallback)),
    })
}

/// Full size for pictures, three times their own for marks and ornaments.
fn fallback_width(asset: &Asset) -> u32 {
    let (w, h) = (f64::from(asset.size.0.0), f64::from(asset.size.1.0));
    let shrink = (FALLBACK_SIDE / w.max(h).max(1.0)).min(3.0);
    (w * shrink).round().max(1.0) as u32
}
