//! Reading the pictures of a book.
//!
//! Files are read and checked side by side; the findings are pushed in the
//! order of the book's images, so that two runs say the same.

use std::path::{Component, Path};
use std::sync::Arc;

use rayon::prelude::*;

use super::probe::{self, Format};
use super::{Asset, AssetKind, Assets, PictureError, svg};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Book, ImageSource};
use crate::units::Px;

/// Files of more bytes are not even read.
const MOST_BYTES: u64 = 512 << 20;

/// Reads and checks all pictures of a book, in parallel. What is wrong with
/// one is reported at its first use.
///
/// A file that does not exist is passed over in silence: whoever read the
/// manuscript has reported it. No file is read that lies outside `root`, be it
/// by its path or through a link.
pub fn load(book: &Book, root: &Path, diagnostics: &mut Diagnostics) -> Assets {
    // A root that can't be found holds no pictures; that too was reported.
    let Ok(root) = root.canonicalize() else {
        return Assets { images: book.images.iter().map(|_| None).collect() };
    };
    let results: Vec<_> = book.images.par_iter().map(|image| read(image, &root)).collect();
    let images = results
        .into_iter()
        .map(|result| {
            result.unwrap_or_else(|diagnostic| {
                diagnostics.push(*diagnostic);
                None
            })
        })
        .collect();
    Assets { images }
}

/// Reads one file; `None` if there is none.
fn read(image: &ImageSource, root: &Path) -> Result<Option<Asset>, Box<Diagnostic>> {
    let at = |code, what: String| Diagnostic::at(code, image.span, what);
    let outside = || {
        Box::new(
            at(Code::OutsideFolder, format!("the picture `{}` lies outside the book", image.path))
                .hint("Copy it into the book's folder."),
        )
    };
    let relative = Path::new(&image.path);
    if relative.components().any(|c| !matches!(c, Component::Normal(_) | Component::CurDir)) {
        return Err(outside());
    }
    let Ok(path) = root.join(relative).canonicalize() else { return Ok(None) };
    if !path.starts_with(root) {
        return Err(outside());
    }
    let bad = |what: &str| {
        let message = format!("the picture `{}` can't be used: {what}", image.path);
        Box::new(at(Code::BadPicture, message))
    };
    let info = path.metadata().map_err(|e| bad(&e.kind().to_string()))?;
    if !info.is_file() {
        return Err(bad("it is no file"));
    }
    if info.len() > MOST_BYTES {
        return Err(bad("it is larger than 512 MB"));
    }
    let bytes = std::fs::read(&path).map_err(|e| bad(&e.kind().to_string()))?;
    match Asset::read(&image.path, bytes.into()) {
        Ok(asset) => Ok(Some(asset)),
        Err(e) => Err(Box::new(bad(&e.0).hint(
            "JPEG, PNG, GIF, WebP and SVG are read; save it anew from the program that made it.",
        ))),
    }
}

impl Asset {
    /// Takes the bytes of a picture file, whatever its name.
    ///
    /// # Errors
    /// If it is of no kind that is read, not whole, or too large.
    pub fn read(path: &str, bytes: Arc<[u8]>) -> Result<Asset, PictureError> {
        let (kind, (width, height)) = match probe::format(&bytes)? {
            Format::Svg => {
                let tree = svg::parse(&bytes)?;
                let size = tree.size();
                let px = |n: f32| n.round().max(1.0) as u32;
                let drawing = svg::to_drawing(&tree).map(Arc::new);
                (AssetKind::Svg(drawing), (px(size.width()), px(size.height())))
            }
            Format::Jpeg | Format::Png | Format::Gif | Format::WebP => {
                let probe = probe::probe(&bytes)?;
                let kind = match probe.jpeg {
                    Some(header) if probe.is_upright() => AssetKind::Jpeg {
                        components: header.components,
                        inverted: header.components == 4 && header.adobe,
                    },
                    _ => AssetKind::Raster,
                };
                (kind, probe.size)
            }
        };
        let hash = hash(&bytes);
        Ok(Asset { path: path.to_owned(), bytes, hash, kind, size: (Px(width), Px(height)) })
    }
}

/// A hash of bytes that is the same everywhere and always: words of eight
/// bytes, folded by a 128-bit product (after W. Yi's wyhash).
fn hash(bytes: &[u8]) -> u64 {
    const ODD: [u64; 2] = [0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB];
    let fold = |a: u64, b: u64| {
        let wide = u128::from(a) * u128::from(b);
        (wide as u64) ^ ((wide >> 64) as u64)
    };
    let mut state = ODD[0] ^ bytes.len() as u64;
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        state = fold(state ^ u64::from_le_bytes(*word), ODD[1]).wrapping_add(ODD[0]);
    }
    let mut last = [0; 8];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    fold(state ^ u64::from_le_bytes(last), ODD[1]) ^ state
}
