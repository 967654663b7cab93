//! The archive: epub-builder assembles it, [`complete`] writes what it has no words for.
//!
//! epub-builder (0.8) writes the container, the documents and a manifest; it
//! has no words for most metadata, for page lists or for roles, gives random
//! identifiers, and stores the time of the build. So the finish opens its
//! archive again, keeps the documents as they are packed, replaces the package
//! document, the navigation document and the NCX, and stores everything in a
//! fixed order with a fixed time. Pictures and fonts are only announced to
//! epub-builder: their bytes go straight into the final archive, stored where
//! they are packed already.

use std::io::{Cursor, Read, Write};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rayon::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::input::EpubError;
use super::package::ManifestItem;
use super::resource::Resource;
use super::xhtml::Page;

/// The folder of the book in the archive, as epub-builder names it.
const FOLDER: &str = "OEBPS/";
const PACKAGE_FILE: &str = "OEBPS/content.opf";
const NCX_FILE: &str = "OEBPS/toc.ncx";
const NAV_PATH: &str = "OEBPS/nav.xhtml";

/// The parts of an EPUB that epub-builder assembles.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    /// The documents in reading order.
    pub pages: &'a [Page],
    /// The style sheet.
    pub css: &'a str,
    /// Pictures, fonts and whatever else isn't a document.
    pub resources: &'a [Resource],
    /// The cover.
    pub cover: Option<&'a Resource>,
}

impl From<epub_builder::Error> for EpubError {
    fn from(error: epub_builder::Error) -> Self {
        EpubError(format!("the EPUB can't be assembled: {error}"))
    }
}

impl From<zip::result::ZipError> for EpubError {
    fn from(error: zip::result::ZipError) -> Self {
        EpubError(format!("the archive can't be written: {error}"))
    }
}

impl From<std::io::Error> for EpubError {
    fn from(error: std::io::Error) -> Self {
        EpubError(format!("the archive can't be written: {error}"))
    }
}

/// Assembles the archive, without the bytes of pictures and fonts.
pub(super) fn assemble(parts: &Parts<'_>) -> Result<AssembledArchive, EpubError> {
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    builder.stylesheet(parts.css.as_bytes())?;
    if let Some(cover) = parts.cover {
        builder.add_cover_image(&cover.href, std::io::empty(), cover.media_type)?;
    }
    for resource in parts.resources {
        builder.add_resource(&resource.href, std::io::empty(), resource.media_type)?;
    }
    for page in parts.pages {
        builder.add_content(EpubContent::new(&page.href, page.bytes.as_slice()))?;
    }
    let mut bytes = Vec::new();
    builder.generate(&mut bytes)?;
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut package = String::new();
    archive.by_name(PACKAGE_FILE)?.read_to_string(&mut package)?;
    let mut assembled = AssembledArchive { archive, manifest: read_manifest(&package)? };
    for page in parts.pages.iter().filter(|page| page.math) {
        let own = assembled.manifest.iter_mut().find(|item| item.href == page.href);
        own.into_iter().for_each(|item| item.properties = Some("mathml".into()));
    }
    for resource in parts.resources {
        if let Some(fallback) = resource.fallback.as_ref().and_then(|href| assembled.id(href)) {
            let own = assembled.manifest.iter_mut().find(|item| item.href == resource.href);
            own.into_iter().for_each(|item| item.fallback = Some(fallback.clone()));
        }
    }
    Ok(assembled)
}

/// An archive that epub-builder has assembled.
#[derive(Debug)]
pub(super) struct AssembledArchive {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    /// Its files.
    pub manifest: Vec<ManifestItem>,
}

impl AssembledArchive {
    /// The id of a file in the manifest.
    pub fn id(&self, href: &str) -> Option<String> {
        self.manifest.iter().find(|item| item.href == href).map(|item| item.id.clone())
    }
}

/// The documents that the finish writes itself.
#[derive(Debug)]
pub(super) struct Documents {
    /// The package document.
    pub package: Vec<u8>,
    /// The navigation document.
    pub nav: Vec<u8>,
    /// The NCX.
    pub ncx: Vec<u8>,
}

/// Writes the final archive: `mimetype` first and stored, then the container
/// files, the package, the documents and the resources.
pub(super) fn complete<'a>(
    mut assembled: AssembledArchive,
    documents: &Documents,
    resources: impl Iterator<Item = &'a Resource>,
) -> Result<Vec<u8>, EpubError> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let resources: Vec<(String, &Resource)> =
        resources.map(|r| (format!("{FOLDER}{}", r.href), r)).collect();
    let names: Vec<String> = assembled.archive.file_names().map(str::to_owned).collect();
    let replaced = [PACKAGE_FILE, NAV_PATH, NCX_FILE];
    let kept =
        |name: &str| !replaced.contains(&name) && !resources.iter().any(|(path, _)| path == name);
    let (front, text): (Vec<&String>, Vec<&String>) =
        names.iter().filter(|n| kept(n)).partition(|n| !n.starts_with(FOLDER));
    for name in front {
        copy(&mut assembled.archive, &mut out, name)?;
    }
    let written = [&documents.package, &documents.nav, &documents.ncx];
    for (name, bytes) in replaced.iter().zip(written) {
        out.start_file(*name, options(CompressionMethod::Deflated))?;
        out.write_all(bytes)?;
    }
    for name in text {
        copy(&mut assembled.archive, &mut out, name)?;
    }
    // Packing is most of the work left: each file on its own, then together.
    let packed: Vec<Option<Vec<u8>>> = resources
        .par_iter()
        .map(|(path, resource)| match resource.media_type {
            "image/jpeg" | "image/png" | "image/webp" => Ok(None),
            _ => packed(path, &resource.bytes).map(Some),
        })
        .collect::<Result<_, EpubError>>()?;
    for ((path, resource), packed) in resources.iter().zip(packed) {
        match packed {
            Some(bytes) => copy(&mut ZipArchive::new(Cursor::new(bytes))?, &mut out, path)?,
            None => {
                out.start_file(path.as_str(), options(CompressionMethod::Stored))?;
                out.write_all(&resource.bytes)?;
            }
        }
    }
    Ok(out.finish()?.into_inner())
}

/// An archive of one packed file.
fn packed(path: &str, bytes: &[u8]) -> Result<Vec<u8>, EpubError> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    out.start_file(path, options(CompressionMethod::Deflated))?;
    out.write_all(bytes)?;
    Ok(out.finish()?.into_inner())
}

fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}

/// Copies a file as it is packed, with a fixed time.
fn copy(
    from: &mut ZipArchive<Cursor<Vec<u8>>>,
    to: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
) -> Result<(), EpubError> {
    let file = from.by_name(name)?;
    to.raw_copy_file_touch(file, DateTime::default(), Some(0o644))?;
    Ok(())
}

fn read_manifest(package: &str) -> Result<Vec<ManifestItem>, EpubError> {
    let fault = |e: &dyn std::fmt::Display| EpubError(format!("the package can't be read: {e}"));
    let mut reader = Reader::from_str(package);
    let mut items = Vec::new();
    loop {
        match reader.read_event().map_err(|e| fault(&e))? {
            Event::Empty(tag) | Event::Start(tag) if tag.name().as_ref() == "item" => {
                items.push(manifest_item(&tag).map_err(|e| fault(&e))?);
            }
            Event::Eof => return Ok(items),
            _ => {}
        }
    }
}

fn manifest_item(tag: &BytesStart<'_>) -> Result<ManifestItem, quick_xml::Error> {
    let value = |name: &str| -> Result<Option<String>, quick_xml::Error> {
        let Some(attribute) = tag.try_get_attribute(name)? else { return Ok(None) };
        Ok(Some(quick_xml::escape::unescape(&attribute.value)?.into_owned()))
    };
    Ok(ManifestItem {
        id: value("id")?.unwrap_or_default(),
        href: value("href")?.unwrap_or_default(),
        media_type: value("media-type")?.unwrap_or_default(),
        properties: value("properties")?.filter(|p| !p.is_empty()),
        fallback: None,
    })
}
