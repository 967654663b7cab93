//! Pictures in the form an e-book carries them.
//!
//! What an e-reader can show and is small enough goes in as it is. The rest is
//! scaled to 5.6 megapixels (shops refuse more) and written anew: drawings in
//! few colours as PNG, photographs as JPEG. Drawings stay drawings, as safe
//! SVG, with a picture of few colours for readers that can't draw.

use std::sync::Arc;

use super::asset::{Asset, AssetKind};
use super::error::PictureError;
use super::paint::{self, Ground};
use super::raster::Raster;
use super::{encode, palette, probe, svg};
use crate::units::Px;

/// Picture elements at most: Apple refuses more than 5.6 million.
const MOST_ELEMENTS: f64 = 5_600_000.0;
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
        AssetKind::Svg(Some(drawing)) => (drawing.to_svg(), drawing.pixels(width, Ground::White)?),
        AssetKind::Svg(None) | AssetKind::Jpeg { .. } | AssetKind::Raster => {
            let tree = svg::parse(&asset.bytes)?;
            (svg::rewritten(&tree), paint::tree_pixels(&tree, width, Ground::White)?)
        }
    };
    let raster = paint::to_raster(pixels);
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

#[cfg(test)]
mod tests {
    use image::ImageFormat;

    use super::*;
    use crate::assets::containers::tests::written;
    use crate::assets::jpeg::tests::{exif, with_segment};
    use crate::assets::raster::tests::noise;

    fn form(bytes: impl Into<Arc<[u8]>>) -> EpubPicture {
        let asset = Asset::read("x", bytes.into()).expect("it is whole");
        let form = epub_form(&asset).expect("it has a form");
        assert_eq!(epub_form(&asset).as_ref(), Ok(&form), "twice the same");
        let elements = u64::from(form.size.0.0) * u64::from(form.size.1.0);
        assert!(elements <= 5_600_000);
        form
    }

    #[test]
    fn small_files_of_core_types_go_in_as_they_are() {
        for (format, media_type, extension) in [
            (ImageFormat::Jpeg, "image/jpeg", "jpg"),
            (ImageFormat::Png, "image/png", "png"),
            (ImageFormat::Gif, "image/gif", "gif"),
        ] {
            let bytes = written(format, 30, 20);
            let form = form(bytes.clone());
            assert_eq!((form.media_type, form.extension), (media_type, extension));
            assert_eq!(*form.bytes, bytes);
            assert_eq!(form.size, (Px(30), Px(20)));
        }
    }

    #[test]
    fn webp_is_changed_into_what_old_readers_know() {
        let form = form(written(ImageFormat::WebP, 30, 20));
        assert_eq!((form.media_type, form.size), ("image/jpeg", (Px(30), Px(20))));
    }

    #[test]
    fn a_turned_photograph_is_written_upright() {
        let plain = encode::jpeg(&noise(40, 20, 3), 90).expect("it is encoded");
        let form = form(with_segment(&plain, 0xE1, &exif(8)));
        assert_eq!((form.media_type, form.size), ("image/jpeg", (Px(20), Px(40))));
        let asset = Asset::read("x", form.bytes).expect("it is whole");
        assert!(matches!(asset.kind, AssetKind::Jpeg { .. }));
    }

    #[test]
    fn what_is_too_large_is_made_smaller() {
        let large = Raster { samples: vec![90; 3000 * 2000 * 3], ..noise(3000, 2000, 0) };
        let bytes = encode::jpeg(&Raster { channels: 3, ..large }, 60).expect("it is encoded");
        let form = form(bytes);
        assert_eq!(form.media_type, "image/jpeg");
        assert!(form.size.0.0 > 2850 && form.size.0.0 < 2900, "{:?}", form.size);
    }

    #[test]
    fn line_art_becomes_a_png_in_few_colours_and_noise_a_jpeg() {
        let mut art = noise(100, 100, 3);
        for (i, v) in art.samples.iter_mut().enumerate() {
            if !(i / 3).is_multiple_of(20) {
                *v = if i / 3 % 100 < 50 { 17 } else { 240 };
            }
        }
        assert_eq!(raster(&art).map(|p| p.media_type), Ok("image/png"));
        assert_eq!(raster(&noise(100, 100, 3)).map(|p| p.media_type), Ok("image/jpeg"));
        let clear = Raster { alpha: Some(vec![100; 10_000]), ..noise(100, 100, 3) };
        assert_eq!(raster(&clear).map(|p| p.media_type), Ok("image/png"));
    }

    #[test]
    fn a_drawing_goes_in_as_safe_svg_with_a_picture_of_few_colours() {
        for shapes in [
            "<rect width='300' height='200' fill='#f4eee2'/><circle r='90' fill='#c8452b'/>",
            "<linearGradient id='g'><stop stop-color='red'/><stop offset='1'/></linearGradient>\
             <rect width='300' height='200' fill='url(#g)'/>",
        ] {
            let svg = format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='300' height='200' \
                 onload='alert(1)'><script>alert(2)</script>{shapes}</svg>"
            );
            let form = form(svg.into_bytes());
            assert_eq!((form.media_type, form.extension), ("image/svg+xml", "svg"));
            let text = String::from_utf8(form.bytes.to_vec()).expect("it is text");
            assert!(!text.contains("script") && !text.contains("alert"), "{text}");
            let fallback = form.fallback.expect("it has one");
            assert_eq!((fallback.media_type, fallback.size), ("image/png", (Px(900), Px(600))));
            let asset = Asset::read("x", fallback.bytes).expect("it is whole");
            let pixels = asset.raster(None).expect("it is decoded");
            assert_eq!(pixels.alpha, None);
        }
    }
}
