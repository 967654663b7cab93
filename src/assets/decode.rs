//! Pictures decoded or drawn on demand.

use image::{DynamicImage, ImageDecoder};

use super::asset::{Asset, AssetKind};
use super::error::PictureError;
use super::paint::{self, Ground};
use super::raster::Raster;
use super::{probe, svg};
use crate::units::Px;

impl Asset {
    /// The picture as picture elements; a drawing is drawn at `width`, any
    /// other picture that is wider is scaled down to it.
    ///
    /// # Errors
    /// If the bytes can't be decoded.
    pub fn raster(&self, width: Option<Px>) -> Result<Raster, PictureError> {
        let raster = match &self.kind {
            AssetKind::Svg(Some(drawing)) => {
                let width = width.unwrap_or(self.size.0);
                return Ok(paint::to_raster(drawing.pixels(width.0, Ground::Clear)?));
            }
            AssetKind::Svg(None) => {
                let width = width.unwrap_or(self.size.0);
                let tree = svg::parse(&self.bytes)?;
                return Ok(paint::to_raster(paint::tree_pixels(&tree, width.0, Ground::Clear)?));
            }
            AssetKind::Jpeg { .. } | AssetKind::Raster => decode(&self.bytes)?,
        };
        match width {
            Some(width) if width < raster.width => Ok(raster.scaled(width)),
            _ => Ok(raster),
        }
    }
}

fn decode(bytes: &[u8]) -> Result<Raster, PictureError> {
    let mut decoder = probe::decoder(bytes, probe::format(bytes)?)?;
    let orientation = decoder.orientation().map_err(PictureError::decoding)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(PictureError::decoding)?;
    image.apply_orientation(orientation);
    let (width, height) = (Px(image.width()), Px(image.height()));
    Ok(match image {
        image if !image.color().has_color() && !image.color().has_alpha() => {
            let samples = image.into_luma8().into_raw();
            Raster { width, height, channels: 1, samples, alpha: None }
        }
        image if !image.color().has_alpha() => {
            let samples = image.into_rgb8().into_raw();
            Raster { width, height, channels: 3, samples, alpha: None }.without_idle_colour()
        }
        image => Raster::from_rgba(width, height, &image.into_rgba8().into_raw()),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageBuffer, ImageFormat, Luma, LumaA, Rgb, Rgba};

    use super::*;
    use crate::assets::raster::tests::noise;
    use crate::assets::{encode, jpeg};

    fn read(image: impl Into<DynamicImage>, format: ImageFormat) -> Raster {
        let mut bytes = Cursor::new(Vec::new());
        image.into().write_to(&mut bytes, format).expect("it is written");
        let asset = Asset::read("x", bytes.into_inner().into()).expect("it is whole");
        asset.raster(None).expect("it is decoded")
    }

    #[test]
    fn colour_comes_through_lossless_formats_unchanged() {
        let raster = noise(13, 7, 3);
        let image = || ImageBuffer::<Rgb<u8>, _>::from_raw(13, 7, raster.samples.clone());
        for format in [ImageFormat::Png, ImageFormat::WebP] {
            assert_eq!(read(image().expect("it has its size"), format), raster, "{format:?}");
        }
    }

    #[test]
    fn colour_that_is_gray_takes_one_channel() {
        let image = ImageBuffer::from_fn(4, 4, |x, y| Rgb([(x * 16 + y) as u8; 3]));
        assert_eq!(read(image, ImageFormat::Png).channels, 1);
        let image = ImageBuffer::from_fn(4, 4, |x, _| Rgb([x as u8, x as u8, 1]));
        assert_eq!(read(image, ImageFormat::Png).channels, 3);
    }

    #[test]
    fn alpha_is_kept_where_something_shows_through() {
        let opaque = ImageBuffer::from_fn(4, 4, |_, _| Rgba([9u8, 8, 7, 255]));
        assert_eq!(read(opaque, ImageFormat::Png).alpha, None);
        let clear = ImageBuffer::from_fn(2, 1, |x, _| LumaA([9u8, 255 - x as u8]));
        let raster = read(clear, ImageFormat::Png);
        assert_eq!((raster.channels, raster.alpha), (1, Some(vec![255, 254])));
    }

    #[test]
    fn sixteen_bits_become_eight() {
        let image = ImageBuffer::from_fn(2, 1, |x, _| Luma([x as u16 * 0xFFFF]));
        let raster = read(image, ImageFormat::Png);
        assert_eq!((raster.channels, raster.samples), (1, vec![0, 255]));
    }

    #[test]
    fn a_turned_jpeg_is_set_upright() {
        let plain = encode::jpeg(&noise(32, 16, 3), 90).expect("it is encoded");
        let turned = jpeg::tests::with_segment(&plain, 0xE1, &jpeg::tests::exif(6));
        let asset = Asset::read("x.jpg", turned.into()).expect("it is whole");
        assert!(matches!(asset.kind, AssetKind::Raster));
        assert_eq!(asset.size, (Px(16), Px(32)));
        let raster = asset.raster(None).expect("it is decoded");
        assert_eq!((raster.width, raster.height), (Px(16), Px(32)));
        let upright = Asset::read("x.jpg", plain.into()).expect("it is whole");
        let upright = upright.raster(None).expect("it is decoded");
        // A quarter to the right: the top left was at the bottom left.
        assert_eq!(raster.samples[..3], upright.samples[15 * 32 * 3..][..3]);
    }

    #[test]
    fn a_picture_is_scaled_down_and_never_up() {
        let bytes = encode::png(&noise(40, 20, 3)).expect("it is encoded");
        let asset = Asset::read("x.png", bytes.into()).expect("it is whole");
        let size = |width| asset.raster(Some(Px(width))).map(|r| (r.width, r.height));
        assert_eq!(size(10), Ok((Px(10), Px(5))));
        assert_eq!(size(400), Ok((Px(40), Px(20))));
    }
}
