//! The PDF: pages, fonts, pictures, structure and metadata, as PDF/A-2a and,
//! where every picture has its alternative text, as PDF/UA-1 in the same file.
//! Or, with [`OutputProfile::Press`], the same pages for a printer as PDF/X-4.
//!
//! # Why printpdf and a finish
//!
//! printpdf makes the frame: document, page tree, font objects, XObjects. What
//! it doesn't know (structure, links that say what they are, page labels,
//! nested bookmarks, XMP) or knows too coarsely (text positions, widths, the
//! way from glyphs to text) is put in on the object graph it hands over; no
//! bytes are patched.
//!
//! # The flow
//!
//! ```text
//! Pages ─► fonts     what is used of each face, as a subset     ┐ in parallel
//!       ─► images    each picture once, as it will be stored    ┘
//!       ─► content   a stream for each page, marked               in parallel
//!       ─► tags      what hangs where in the structure
//!       ─► printpdf  the frame
//!       ─► finish    annotations, structure, outline, labels, metadata; saved
//! ```

mod annotations;
mod clusters;
mod color;
mod content;
mod crop_marks;
mod drawing;
mod finish;
mod fonts;
mod icc;
mod icc_press;
mod images;
mod input;
mod labels;
mod marks;
mod metadata;
mod outline;
mod output_profile;
mod press;
mod read;
mod roles;
mod samples;
mod save;
mod segments;
mod separation;
mod structure;
mod syntax;
mod tags;
mod text;

pub use input::{PdfError, PdfInput};
pub use output_profile::OutputProfile;
pub use read::{Element, Kid, LINE_END, read};

use lopdf::Dictionary;
use printpdf::{Mm, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, TextItem, XObjectMap};
use rayon::prelude::*;

use crate::model::Alt;
use crate::page::{Pages, StructKind};
use content::PageContent;
use fonts::Fonts;
use images::Pictures;
use metadata::Claims;
use tags::Tagging;

/// Makes the PDF's bytes; the same input gives the same bytes.
///
/// # Errors
/// If a font can't be subset or a picture can't be decoded.
pub fn write(input: &PdfInput<'_>) -> Result<Vec<u8>, PdfError> {
    let (fonts, pictures) = rayon::join(
        || Fonts::collect(input.pages, input.fonts),
        || Pictures::collect(input.pages, input.assets, input.profile.inks()),
    );
    let (fonts, pictures) = (fonts?, pictures?);
    let contents: Vec<_> = (input.pages.pages.par_iter())
        .map(|page| {
            let structure = &input.pages.structure;
            let content = content::encode(page, structure, &fonts, &pictures, input.profile);
            let stream = syntax::stream(Dictionary::new(), &content.stream);
            (PageContent { stream, clear: content.clear }, content.events)
        })
        .collect();
    let (contents, events): (Vec<_>, Vec<_>) = contents.into_iter().unzip();
    let tagging = Tagging::assemble(input.pages, &events);
    let titled = !input.meta.title.trim().is_empty();
    let claims = Claims { accessible: titled && !lacks_alt_text(input.pages, &tagging) };
    let frame = frame(input, &fonts, pictures)?;
    finish::finish(frame, input, &tagging, &fonts, contents, claims)
}

/// Whether a picture that is shown has no alternative text.
fn lacks_alt_text(pages: &Pages, tagging: &Tagging<'_>) -> bool {
    tagging.nodes.iter().any(|id| {
        let kind = pages.structure.get(*id).map(|node| &node.kind);
        matches!(kind, Some(StructKind::Figure { alt: Alt::Missing, .. }))
    })
}

/// The document as printpdf makes it: pages without content, fonts, pictures.
fn frame(
    input: &PdfInput<'_>,
    fonts: &Fonts,
    pictures: Pictures<'_>,
) -> Result<lopdf::Document, PdfError> {
    let mut document = PdfDocument::new(&input.meta.title);
    let mut ops = Vec::new();
    for (id, font, cids) in fonts.for_printpdf()? {
        // printpdf embeds what its operators show; the real content comes later.
        let size = printpdf::Pt(1.0);
        ops.push(Op::SetFont { font: PdfFontHandle::External(id.clone()), size });
        let glyphs = cids.into_iter().map(|cid| printpdf::Codepoint::new(cid, 0.0)).collect();
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] });
        document.resources.fonts.map.insert(id, font);
    }
    document.resources.xobjects = XObjectMap { map: pictures.into_objects().collect() };
    document.pages = input
        .pages
        .pages
        .iter()
        .map(|_| PdfPage::new(Mm(1.0), Mm(1.0), std::mem::take(&mut ops)))
        .collect();
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    Ok(document.to_lopdf_document(&options, &mut Vec::new()))
}
