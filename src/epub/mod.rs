//! The EPUB: XHTML, style sheet, navigation and package, from the model.
//!
//! # Why a finish
//!
//! The crate epub-builder assembles the files, but what makes a book
//! accessible and the same on every build it has no words for. So the work is
//! shared: it packs documents and keeps the manifest, and the finish writes
//! the package metadata, the navigation and the NCX, and stores the archive.
//!
//! # The flow
//!
//! ```text
//! pictures ─┐
//! plan ─────┴► xhtml (chapters in parallel) ─► fonts ─► css ─► finish
//!                    │                                          ▲
//!                    └─► nav, accessibility ─► package ─────────┘
//! ```
//!
//! The [`plan`] decides all file names and ids before anything is written, so
//! that chapters know each other without waiting for each other. Everything
//! that is XML goes through [`xml`].

mod accessibility;
mod archive;
mod contents;
mod font_usage;
mod fonts;
mod ids;
mod input;
mod nav;
mod package;
mod pictures;
mod plan;
mod resource;
mod svg_background;
mod xhtml;
mod xml;

pub use input::{EpubError, EpubInput, PageMark};

use rayon::prelude::*;

use crate::model::Alt;
use crate::theme::style_sheet;
use crate::units::Px;

use accessibility::{Accessibility, PictureCount};
use archive::{AssembledArchive, Documents, Parts};
use font_usage::FontUsage;
use nav::Navigation;
use package::Package;
use pictures::Pictures;
use plan::Plan;
use resource::Resource;
use xhtml::{COVER_FILE, Page};

/// The cover's picture.
const COVER_IMAGE: &str = "images/cover-page.jpg";
/// The size of the cover's picture, 5:8.
const COVER_SIZE: (Px, Px) = (Px(1600), Px(2560));

/// Makes the EPUB's bytes; the same input gives the same bytes.
///
/// # Errors
/// If a picture can't be encoded or the archive can't be put together.
pub fn write(input: &EpubInput<'_>) -> Result<Vec<u8>, EpubError> {
    let (cover, rest) = rayon::join(|| cover_resource(input), || contents(input));
    let (cover, content) = (cover?, rest?);
    let parts = Parts {
        pages: &content.pages,
        css: &content.css,
        resources: &content.resources,
        cover: cover.as_ref(),
    };
    let assembled = archive::assemble(&parts)?;
    let documents = content.documents(input, &assembled);
    archive::complete(assembled, &documents, cover.iter().chain(&content.resources))
}

fn cover_resource(input: &EpubInput<'_>) -> Result<Option<Resource>, EpubError> {
    let Some(cover) = input.cover else { return Ok(None) };
    let jpeg = cover.jpeg(COVER_SIZE).map_err(|e| EpubError(format!("the cover: {e}")))?;
    Ok(Some(Resource::new(COVER_IMAGE, "image/jpeg", jpeg)))
}

/// Everything but the cover's picture and the package.
struct Content {
    pages: Vec<Page>,
    css: String,
    resources: Vec<Resource>,
    navigation: Navigation,
    nav: Vec<u8>,
    ncx: Vec<u8>,
    spine: Vec<String>,
    moving: bool,
}

fn contents(input: &EpubInput<'_>) -> Result<Content, EpubError> {
    let mut pictures = Pictures::prepare(input.assets)?;
    let plan = Plan::new(input, &pictures);
    let (pages, spine) = pages(&plan);
    let navigation = Navigation::new(&plan, &pages);
    let nav = navigation.document(&plan);
    let ncx = navigation.ncx(&plan, &package::identifier(&input.book.meta));
    let mut usage = FontUsage::default();
    pages.iter().for_each(|page| usage.merge(page.usage.clone()));
    let fonts =
        if input.embed_fonts { fonts::embed(input, &usage) } else { fonts::Embedded::none() };
    let css = style_sheet(input.theme, &fonts.faces);
    let mut resources = std::mem::take(&mut pictures.files);
    let moving = resources.iter().any(may_move);
    resources.extend(fonts.files);
    if let Some(extra) = input.extra_css {
        resources.push(Resource::new("extra.css", "text/css", extra.as_bytes()));
    }
    Ok(Content { pages, css, resources, navigation, nav, ncx, spine, moving })
}

/// The documents and the reading order.
fn pages(plan: &Plan<'_>) -> (Vec<Page>, Vec<String>) {
    let cover = plan.input.cover.map(|c| xhtml::cover(plan, COVER_FILE, COVER_IMAGE, &c.alt));
    let chapters: Vec<_> = plan.chapters().collect();
    let mut spine: Vec<String> = cover.iter().map(|page| page.href.clone()).collect();
    spine.extend(chapters.iter().map(|(.., file)| (*file).to_owned()));
    let written = chapters.par_iter().filter_map(|(id, _, file)| xhtml::chapter(plan, *id, file));
    let pages = cover.into_iter().chain(written.collect::<Vec<_>>()).collect();
    (pages, spine)
}

/// Whether a picture may be animated, which makes its hazards unknown.
fn may_move(resource: &Resource) -> bool {
    let text = || std::str::from_utf8(&resource.bytes).unwrap_or("");
    match resource.media_type {
        "image/gif" => true,
        "image/svg+xml" => ["<animate", "@keyframes", "<set "].iter().any(|t| text().contains(t)),
        _ => false,
    }
}

impl Content {
    fn documents(&self, input: &EpubInput<'_>, assembled: &AssembledArchive) -> Documents {
        let alt: Option<&Alt> = input.cover.map(|c| &c.alt);
        let printed_pages = self.navigation.has_pages();
        let pictures = PictureCount::of(input.book, alt);
        let pages = &self.pages;
        let math = pages.iter().any(|p| p.math) && !pages.iter().any(|p| p.raw_math);
        let accessibility = Accessibility::of(pictures, printed_pages, math, self.moving);
        let spine: Vec<String> = self.spine.iter().filter_map(|href| assembled.id(href)).collect();
        let package = Package {
            meta: &input.book.meta,
            accessibility: &accessibility,
            printed_pages,
            manifest: &assembled.manifest,
            spine: &spine,
        };
        Documents { package: package.document(), nav: self.nav.clone(), ncx: self.ncx.clone() }
    }
}
