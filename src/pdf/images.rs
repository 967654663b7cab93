//! Pictures as XObjects, each once, however often and under however many names
//! it is used.
//!
//! - JPEG goes in byte for byte; CMYK, which a file with an RGB output intent
//!   must not have (ISO 19005-2, 6.2.4.3), is turned into RGB.
//! - PNG data goes in as it is where PDF can read it and it is not far too
//!   large: the filters of both are the same (ISO 32000-1, 7.4.4.4). Everything
//!   else becomes pixels, at most [`DPI`] where it is placed largest.
//! - A drawing becomes a form of path operators.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject, XObjectId};
use rayon::prelude::*;

use super::color::Inks;
use super::input::PdfError;
use super::{drawing, samples, syntax};
use crate::assets::{Asset, AssetKind, Assets, Drawing, PngStream, Raster};
use crate::page::{Item, Pages, PictureSource};
use crate::units::{Pt, Px};

/// Picture elements to the inch of what must be turned into them.
const DPI: f64 = 300.0;

/// A picture is made smaller only if it is so many times too large: below that
/// it would lose more than the file gains.
const SPARE: f64 = 1.5;

/// The pictures in use.
#[derive(Debug)]
pub(super) struct Pictures<'a> {
    by_source: HashMap<Key, usize>,
    objects: Vec<Placed>,
    assets: &'a Assets,
}

/// A picture as it is used in a content stream.
#[derive(Debug)]
pub(super) enum Placed {
    /// An image of the unit square.
    Image { resource: String, object: XObject },
    /// A form of its own size, y downwards; `clear` if something shows through.
    Form { resource: String, object: XObject, size: (f64, f64), clear: bool },
}

impl Placed {
    /// Its name in content streams.
    pub(super) fn resource(&self) -> &str {
        match self {
            Placed::Image { resource, .. } | Placed::Form { resource, .. } => resource,
        }
    }

    /// Whether something shows through it.
    pub(super) fn is_clear(&self) -> bool {
        match self {
            Placed::Form { clear, .. } => *clear,
            Placed::Image { object: XObject::External(object), .. } => {
                object.stream.dict.contains_key("SMask")
            }
            Placed::Image { .. } => false,
        }
    }
}

/// What makes two pictures the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    /// The hash and the length of a file's bytes.
    File(u64, usize),
    /// Where a drawing lies in memory.
    Drawing(usize),
}

/// A picture with the largest size it is placed at.
struct Request<'a> {
    what: Source<'a>,
    size: (Pt, Pt),
}

enum Source<'a> {
    File(&'a Asset),
    Drawing(&'a Drawing),
}

impl<'a> Pictures<'a> {
    /// Encodes the pictures that the pages use, in parallel.
    ///
    /// # Errors
    /// If a picture can't be decoded.
    pub(super) fn collect(
        pages: &'a Pages,
        assets: &'a Assets,
        inks: Inks,
    ) -> Result<Self, PdfError> {
        let mut requests: Vec<Request<'_>> = Vec::new();
        let mut by_source = HashMap::new();
        for picture in pages.pages.iter().flat_map(|p| &p.items).filter_map(as_picture) {
            let Some((key, what)) = identify(&picture.what, assets) else { continue };
            let at = *by_source.entry(key).or_insert_with(|| {
                requests.push(Request { what, size: (Pt::ZERO, Pt::ZERO) });
                requests.len() - 1
            });
            if let Some(request) = requests.get_mut(at) {
                request.size.0 = request.size.0.max(picture.rect.width);
                request.size.1 = request.size.1.max(picture.rect.height);
            }
        }
        let objects = requests
            .par_iter()
            .enumerate()
            .map(|(at, request)| request.encode(format!("X{at}"), inks))
            .collect::<Result<_, _>>()?;
        Ok(Pictures { by_source, objects, assets })
    }

    /// How a picture is drawn; `None` if it could not be read, which was reported.
    pub(super) fn get(&self, source: &'a PictureSource) -> Option<&Placed> {
        let (key, _) = identify(source, self.assets)?;
        self.objects.get(*self.by_source.get(&key)?)
    }

    /// The objects as printpdf takes them.
    pub(super) fn into_objects(self) -> impl Iterator<Item = (XObjectId, XObject)> {
        self.objects.into_iter().map(|placed| match placed {
            Placed::Image { resource, object } | Placed::Form { resource, object, .. } => {
                (XObjectId(resource), object)
            }
        })
    }
}

fn as_picture(item: &Item) -> Option<&crate::page::Picture> {
    match item {
        Item::Picture(picture) => Some(picture),
        Item::Glyphs(_) | Item::Rule(_) | Item::Link(_) => None,
    }
}

fn identify<'a>(source: &'a PictureSource, assets: &'a Assets) -> Option<(Key, Source<'a>)> {
    match source {
        PictureSource::Image(id) => {
            let asset = assets.get(*id)?;
            Some((Key::File(asset.hash, asset.bytes.len()), Source::File(asset)))
        }
        PictureSource::Drawing(drawing) => {
            Some((Key::Drawing(Arc::as_ptr(drawing) as usize), Source::Drawing(drawing)))
        }
    }
}

impl Request<'_> {
    fn encode(&self, resource: String, inks: Inks) -> Result<Placed, PdfError> {
        let asset = match self.what {
            Source::Drawing(drawing) => return Ok(self.form(resource, drawing, inks)),
            Source::File(asset) => asset,
        };
        let object = match &asset.kind {
            AssetKind::Svg(Some(drawing)) => return Ok(self.form(resource, drawing, inks)),
            AssetKind::Jpeg { components: components @ (1 | 3), .. } => jpeg(asset, *components),
            AssetKind::Jpeg { .. } | AssetKind::Svg(None) => self.pixels(asset)?,
            AssetKind::Raster => {
                let as_it_is = asset.png_stream().filter(|png| {
                    !self.is_wasteful(asset) || png.data.len() <= self.fair_price(asset)
                });
                as_it_is.map_or_else(|| self.pixels(asset), |png| Ok(png_image(png)))?
            }
        };
        Ok(Placed::Image { resource, object })
    }

    fn form(&self, resource: String, drawing: &Drawing, inks: Inks) -> Placed {
        let across = self.size.0.0 / drawing.width.max(f64::MIN_POSITIVE);
        let down = self.size.1.0 / drawing.height.max(f64::MIN_POSITIVE);
        let form = drawing::encode(drawing, across.max(down), inks);
        let states = form.opacities.iter().map(|((fill, line), id)| {
            let opacity = |thousandths: i64| DictItem::Real((thousandths as f64 / 1000.0) as f32);
            let state = [("ca", opacity(*fill)), ("CA", opacity(*line))];
            (format!("G{id}"), dict(state))
        });
        let resources = DictItem::Dict { map: states.collect() };
        let bbox = [0.0, 0.0, drawing.width, drawing.height].map(|v| DictItem::Real(v as f32));
        let entries = [
            ("Type", named("XObject")),
            ("Subtype", named("Form")),
            ("BBox", DictItem::Array(bbox.to_vec())),
            ("Resources", dict([("ExtGState", resources)])),
            ("Filter", named("FlateDecode")),
        ];
        let object = external(entries, syntax::deflate(&form.content));
        let size = (drawing.width, drawing.height);
        Placed::Form { resource, object, size, clear: !form.opacities.is_empty() }
    }

    /// The width in picture elements that is enough.
    fn enough(&self) -> u32 {
        // `as` saturates.
        (self.size.0.0 / 72.0 * DPI).ceil().max(1.0) as u32
    }

    fn is_wasteful(&self, asset: &Asset) -> bool {
        f64::from(asset.size.0.0) > SPARE * f64::from(self.enough())
    }

    /// So many bytes a picture may have without being made smaller: one for each
    /// element that is enough. A drawing of few colours has less, and would gain
    /// shades and bytes if it were scaled.
    fn fair_price(&self, asset: &Asset) -> usize {
        let columns = f64::from(self.enough());
        let rows = columns * f64::from(asset.size.1.0) / f64::from(asset.size.0.0.max(1));
        (columns * rows) as usize
    }

    fn pixels(&self, asset: &Asset) -> Result<XObject, PdfError> {
        let width = match asset.kind {
            AssetKind::Svg(_) => Some(Px(self.enough())),
            AssetKind::Jpeg { .. } | AssetKind::Raster => {
                self.is_wasteful(asset).then(|| Px(self.enough()))
            }
        };
        let failed = |why: String| PdfError(format!("{}: {why}", asset.path));
        let raster = asset.raster(width).map_err(|e| failed(e.to_string()))?;
        raster_image(&raster).ok_or_else(|| failed(String::from("it can't be encoded")))
    }
}

/// The data of a PNG as it is.
fn png_image(png: PngStream) -> XObject {
    let form = SampleForm {
        size: (png.width, png.height),
        bits: png.bits,
        channels: png.colors,
        palette: png.palette,
    };
    image(form.entries(), png.data)
}

/// Pixels, with their transparency in a mask.
fn raster_image(raster: &Raster) -> Option<XObject> {
    let form = |channels| SampleForm {
        size: (raster.width.0, raster.height.0),
        bits: 8,
        channels,
        palette: None,
    };
    let width = raster.width.0;
    let mut entries = form(raster.channels).entries();
    if let Some(alpha) = &raster.alpha {
        let alpha = samples::press(alpha, width, 1)?;
        let stream = external_stream(image_entries(form(1).entries()), alpha);
        entries.push(("SMask", DictItem::Stream { stream }));
    }
    Some(image(entries, samples::press(&raster.samples, width, raster.channels)?))
}

/// How samples are laid out that are pressed with PNG's filters.
struct SampleForm {
    size: (u32, u32),
    bits: u8,
    channels: u8,
    palette: Option<Vec<u8>>,
}

impl SampleForm {
    fn entries(self) -> Entries {
        let int = |n: i64| DictItem::Int(n);
        let space = match (self.palette, self.channels) {
            (Some(colors), _) => {
                let last = i64::try_from(colors.len() / 3).unwrap_or(1) - 1;
                let table = DictItem::Bytes(colors);
                DictItem::Array(vec![named("Indexed"), named("DeviceRGB"), int(last), table])
            }
            (None, 1) => named("DeviceGray"),
            (None, _) => named("DeviceRGB"),
        };
        let parameters = dict([
            ("Predictor", int(15)),
            ("Colors", int(self.channels.into())),
            ("BitsPerComponent", int(self.bits.into())),
            ("Columns", int(self.size.0.into())),
        ]);
        vec![
            ("Width", int(self.size.0.into())),
            ("Height", int(self.size.1.into())),
            ("ColorSpace", space),
            ("BitsPerComponent", int(self.bits.into())),
            ("Filter", named("FlateDecode")),
            ("DecodeParms", parameters),
        ]
    }
}

fn jpeg(asset: &Asset, components: u8) -> XObject {
    let space = if components == 1 { "DeviceGray" } else { "DeviceRGB" };
    let entries = vec![
        ("Width", DictItem::Int(asset.size.0.0.into())),
        ("Height", DictItem::Int(asset.size.1.0.into())),
        ("ColorSpace", named(space)),
        ("BitsPerComponent", DictItem::Int(8)),
        ("Filter", named("DCTDecode")),
    ];
    image(entries, asset.bytes.to_vec())
}

/// Entries of a dictionary before they have become one.
type Entries = Vec<(&'static str, DictItem)>;

/// A name as printpdf takes it.
fn named(name: &str) -> DictItem {
    DictItem::Name(name.as_bytes().to_vec())
}

/// A dictionary as printpdf takes it.
fn dict(entries: impl IntoIterator<Item = (&'static str, DictItem)>) -> DictItem {
    DictItem::Dict { map: entries.into_iter().map(|(k, v)| (k.to_owned(), v)).collect() }
}

fn image_entries(entries: Entries) -> Entries {
    let mut all = vec![("Type", named("XObject")), ("Subtype", named("Image"))];
    all.extend(entries);
    all
}

fn image(entries: Entries, content: Vec<u8>) -> XObject {
    external(image_entries(entries), content)
}

fn external(
    entries: impl IntoIterator<Item = (&'static str, DictItem)>,
    content: Vec<u8>,
) -> XObject {
    let stream = external_stream(entries, content);
    XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
}

fn external_stream(
    entries: impl IntoIterator<Item = (&'static str, DictItem)>,
    content: Vec<u8>,
) -> ExternalStream {
    let dict: BTreeMap<_, _> = entries.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
    ExternalStream { dict, content, compress: false }
}
