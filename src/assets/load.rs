//! Reading the pictures of a book.
//!
//! Files are read and checked side by side; the findings are pushed in the
//! order of the book's images, so that two runs say the same. A picture that
//! can't be shown is replaced by a frame, so that nothing goes in silence.

use std::path::{Component, Path};
use std::sync::Arc;

use rayon::prelude::*;

use super::asset::{Asset, AssetKind, Assets};
use super::drawing::Drawing;
use super::error::PictureError;
use super::placeholder;
use super::probe::{self, Format};
use super::svg;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::hash::hash64;
use crate::model::{Book, ImageContent, ImageSource};
use crate::text::FontBook;
use crate::theme::Theme;
use crate::units::Px;

/// Files of more bytes are not even read.
const MOST_BYTES: u64 = 512 << 20;

/// Reads and checks all pictures of a book, in parallel. What is wrong with
/// one is reported at its first use, and a frame is shown instead, set in the
/// fonts of the theme.
///
/// A picture that is missing gets its frame in silence: whoever read the
/// manuscript has reported it. No file is read that lies outside `root`, be it
/// by its path or through a link.
pub fn load(
    book: &Book,
    root: &Path,
    theme: &Theme,
    fonts: &FontBook,
    diagnostics: &mut Diagnostics,
) -> Assets {
    // A root that can't be found holds no pictures; that too was reported.
    let root = root.canonicalize().ok();
    let read = |image: &ImageSource| match &root {
        Some(root) => read(image, root),
        None => Ok(None),
    };
    let results: Vec<_> = book.images.par_iter().map(read).collect();
    let images = book
        .images
        .iter()
        .zip(results)
        .map(|(image, result)| {
            let asset = result.unwrap_or_else(|diagnostic| {
                diagnostics.push(*diagnostic);
                None
            });
            asset.or_else(|| Some(framed(image, placeholder::frame(image, theme, fonts)?)))
        })
        .collect();
    Assets { images }
}

/// The frame for a picture that is missing or broken, as a picture.
fn framed(image: &ImageSource, drawing: Drawing) -> Asset {
    let bytes: Arc<[u8]> = drawing.svg().into_bytes().into();
    Asset {
        path: image.path.clone(),
        hash: hash64(&bytes),
        // Its sides are whole numbers.
        size: (Px(drawing.width as u32), Px(drawing.height as u32)),
        kind: AssetKind::Svg(Some(Arc::new(drawing))),
        bytes,
        is_placeholder: true,
    }
}

/// Reads one picture; `None` if there is none.
fn read(image: &ImageSource, root: &Path) -> Result<Option<Asset>, Box<Diagnostic>> {
    let at = |code, what: String| Diagnostic::at(code, image.span, what);
    let bad = |what: &str| {
        let message = format!("the picture `{}` can't be used: {what}", image.path);
        Box::new(at(Code::BadPicture, message))
    };
    let taken = |bytes: Arc<[u8]>| {
        match Asset::read(&image.path, bytes) {
        Ok(asset) => Ok(Some(asset)),
        Err(e) => Err(Box::new(bad(&e.0).hint(
            "bindery reads JPEG, PNG, GIF, WebP and SVG. Export the picture again from the program that made it.",
        ))),
    }
    };
    match &image.content {
        ImageContent::Embedded(bytes) => return taken(Arc::clone(bytes)),
        ImageContent::Missing => return Ok(None),
        ImageContent::File => {}
    }
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
    let info = path.metadata().map_err(|e| bad(&e.kind().to_string()))?;
    if !info.is_file() {
        return Err(bad("it is no file"));
    }
    if info.len() > MOST_BYTES {
        return Err(bad("it is larger than 512 MB"));
    }
    let bytes = std::fs::read(&path).map_err(|e| bad(&e.kind().to_string()))?;
    taken(bytes.into())
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
        let hash = hash64(&bytes);
        let size = (Px(width), Px(height));
        Ok(Asset { path: path.to_owned(), bytes, hash, kind, size, is_placeholder: false })
    }
}

impl Format {
    /// Its media type.
    fn media_type(self) -> &'static str {
        match self {
            Format::Jpeg => "image/jpeg",
            Format::Png => "image/png",
            Format::Gif => "image/gif",
            Format::WebP => "image/webp",
            Format::Svg => "image/svg+xml",
        }
    }
}

impl Asset {
    /// The media type of its bytes.
    pub fn media_type(&self) -> &'static str {
        probe::format(&self.bytes).map_or("application/octet-stream", Format::media_type)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use image::ImageFormat;

    use super::*;
    use crate::assets::containers::tests::{chunk, written};
    use crate::assets::jpeg::tests::cmyk;
    use crate::model::{ImageId, Placement};
    use crate::source::{FileId, Span};

    fn book(paths: &[&str]) -> Book {
        let image = |(i, path): (usize, &&str)| ImageSource {
            path: (*path).to_owned(),
            span: Span::new(FileId(0), i, i + 1),
            width: None,
            content: ImageContent::File,
            alt: None,
            placement: Placement::Block,
        };
        Book { images: paths.iter().enumerate().map(image).collect(), ..Book::default() }
    }

    fn load_all(book: &Book, root: &Path, diagnostics: &mut Diagnostics) -> Assets {
        load(book, root, &Theme::default(), &FontBook::shipped(), diagnostics)
    }

    fn findings(diagnostics: &Diagnostics) -> Vec<(Code, u32, String)> {
        let start = |d: &Diagnostic| d.span.map_or(u32::MAX, |s| s.start);
        diagnostics.iter().map(|d| (d.code, start(d), d.message.clone())).collect()
    }

    #[test]
    fn all_faults_are_reported_at_their_place_and_the_rest_is_read() {
        let root = tempfile::tempdir().expect("a folder");
        let at = |name: &str| root.path().join(name);
        fs::write(at("good.dat"), written(ImageFormat::Png, 8, 6)).expect("written");
        fs::write(at("cut.jpg"), &written(ImageFormat::Jpeg, 8, 8)[..300]).expect("written");
        fs::write(at("page.png"), "<!doctype html><p>Not found</p>").expect("written");
        fs::create_dir(at("dir.png")).expect("made");
        let book = book(&["good.dat", "cut.jpg", "absent.png", "page.png", "dir.png", "../up.png"]);
        let mut diagnostics = Diagnostics::default();
        let assets = load_all(&book, root.path(), &mut diagnostics);
        assert_eq!(assets.get(ImageId(0)).map(|a| a.size), Some((Px(8), Px(6))));
        let framed = |asset: &Option<Asset>| asset.as_ref().is_some_and(|a| a.is_placeholder);
        assert!(assets.images.iter().skip(1).all(framed));
        assert_eq!(assets.images.len(), 6);
        let bad = Code::BadPicture;
        assert_eq!(
            findings(&diagnostics),
            [
                (
                    bad,
                    1,
                    "the picture `cut.jpg` can't be used: the JPEG is broken: it breaks off in \
                     its header"
                        .into()
                ),
                (
                    bad,
                    3,
                    "the picture `page.png` can't be used: it is a page or other mark-up, not a \
                     picture"
                        .into()
                ),
                (bad, 4, "the picture `dir.png` can't be used: it is no file".into()),
                (Code::OutsideFolder, 5, "the picture `../up.png` lies outside the book".into()),
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_of_the_folder_is_not_followed() {
        let (root, other) = (tempfile::tempdir(), tempfile::tempdir());
        let (root, other) = (root.expect("a folder"), other.expect("a folder"));
        let picture = other.path().join("x.png");
        fs::write(&picture, written(ImageFormat::Png, 8, 6)).expect("written");
        std::os::unix::fs::symlink(&picture, root.path().join("file.png")).expect("linked");
        std::os::unix::fs::symlink(other.path(), root.path().join("dir")).expect("linked");
        let mut diagnostics = Diagnostics::default();
        load_all(&book(&["file.png", "dir/x.png"]), root.path(), &mut diagnostics);
        let codes: Vec<Code> = diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(codes, [Code::OutsideFolder; 2]);
    }

    #[test]
    fn each_kind_is_known_by_its_bytes() {
        let read = |bytes: Vec<u8>| Asset::read("x", bytes.into()).expect("it is whole").kind;
        assert!(matches!(
            read(written(ImageFormat::Jpeg, 8, 8)),
            AssetKind::Jpeg { components: 3, inverted: false }
        ));
        assert!(matches!(read(cmyk(true)), AssetKind::Jpeg { components: 4, inverted: true }));
        assert!(matches!(read(cmyk(false)), AssetKind::Jpeg { components: 4, inverted: false }));
        for format in [ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP] {
            assert!(matches!(read(written(format, 8, 8)), AssetKind::Raster), "{format:?}");
        }
        let svg = b"\xEF\xBB\xBF<?xml version='1.0'?><!-- a --><svg \
            xmlns='http://www.w3.org/2000/svg' width='10.4' height='5'><rect width='3' height='3'/>\
            </svg>";
        let asset = Asset::read("x", svg.as_slice().into()).expect("it is SVG");
        assert!(matches!(asset.kind, AssetKind::Svg(Some(_))));
        assert_eq!(asset.size, (Px(10), Px(5)));
        assert_eq!(asset.sharp_width(), None);
    }

    #[test]
    fn what_else_comes_along_is_called_by_its_name() {
        for (bytes, word) in [
            (&b""[..], "empty"),
            (b"BM\0\0", "BMP"),
            (b"II*\0", "TIFF"),
            (b"%PDF-1.7", "PDF"),
            (b"\0\0\0\x20ftypavif", "AVIF"),
            (b"version https://git-lfs.github.com/spec/v1", "git lfs pull"),
            (b"\x1F\x8B\x08", "svgz"),
            (b"hello", "no picture"),
        ] {
            let error = Asset::read("x", bytes.into()).expect_err("it is refused");
            assert!(error.0.contains(word), "{error}");
        }
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        let mut header = 20_000u32.to_be_bytes().to_vec();
        header.extend(20_000u32.to_be_bytes());
        header.extend([8, 2, 0, 0, 0]);
        let parts = [chunk(b"IHDR", &header), chunk(b"IDAT", &[0x78, 0x9C]), chunk(b"IEND", &[])];
        let bytes = [&b"\x89PNG\r\n\x1A\n"[..], &parts.concat()].concat();
        let error = Asset::read("x", bytes.into()).expect_err("it is refused");
        assert!(error.0.contains("20000 × 20000"), "{error}");
    }

    #[test]
    fn print_wants_three_hundred_elements_to_the_inch() {
        let asset = Asset::read("x", written(ImageFormat::Png, 600, 3).into()).expect("whole");
        assert_eq!(asset.sharp_width().map(|w| w.0), Some(144.0));
    }
}
