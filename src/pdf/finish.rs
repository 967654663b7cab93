//! The finish: what printpdf leaves out, on the object graph it hands over.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::content::PageContent;
use super::fonts::Fonts;
use super::input::{PdfError, PdfInput};
use super::metadata::{Claims, info, xmp};
use super::output_profile::OutputProfile;
use super::save::save;
use super::syntax::{name, real, stream, text};
use super::tags::Tagging;
use super::{annotations, icc, labels, outline, press, structure};
use crate::model::Direction;
use crate::page::Side;

/// Completes the document and writes it.
///
/// # Errors
/// If printpdf's document has not the shape this relies on.
pub(super) fn finish(
    mut document: Document,
    input: &PdfInput<'_>,
    tagging: &Tagging<'_>,
    fonts: &Fonts,
    contents: Vec<PageContent>,
    claims: Claims,
) -> Result<Vec<u8>, PdfError> {
    let pages: Vec<ObjectId> = document.page_iter().collect();
    if pages.len() != input.pages.pages.len() {
        return Err(broken("pages"));
    }
    let resources = share_resources(&mut document, &pages).ok_or_else(|| broken("resources"))?;
    fonts.finish(&mut document, &resources);
    complete_pages(&mut document, input, &pages, contents);
    let information = if input.profile.is_press() {
        document.version = press::VERSION.into();
        press::calibrate_images(&mut document);
        press_catalog(&mut document, input)?;
        press::information(input.meta)
    } else {
        document.version = "1.7".into();
        let links = annotations::add(&mut document, input.pages, tagging, &pages);
        let tree = structure::add(&mut document, input.pages, tagging, &pages, &links);
        complete_catalog(&mut document, input, &pages, tree, claims)?;
        info(input.meta)
    };
    let old = document.trailer.get(b"Info").and_then(Object::as_reference);
    document.set_object(old.map_err(|_| broken("information"))?, information);
    Ok(save(&document))
}

fn broken(what: &str) -> PdfError {
    PdfError(format!("the PDF has lost its {what}"))
}

/// Gives all pages the same resources; those of printpdf differ in nothing.
/// Returns the fonts among them.
fn share_resources(document: &mut Document, pages: &[ObjectId]) -> Option<Dictionary> {
    let Some(first) = pages.first() else { return Some(Dictionary::new()) };
    let of = |document: &Document, page: ObjectId| {
        document.get_dictionary(page).and_then(|p| p.get(b"Resources")?.as_reference()).ok()
    };
    let shared = of(document, *first)?;
    for page in pages.iter().skip(1) {
        if let Some(own) = of(document, *page) {
            document.objects.remove(&own);
        }
        document.get_dictionary_mut(*page).ok()?.set("Resources", shared);
    }
    let mut resources = document.get_dictionary(shared).ok()?.clone();
    let mut fonts = Dictionary::new();
    for key in ["Font", "XObject", "ExtGState", "Shading"] {
        let id = resources.get(key.as_bytes()).and_then(Object::as_reference).ok()?;
        let content = document.get_dictionary(id).ok()?.clone();
        if content.is_empty() {
            resources.remove(key.as_bytes());
            document.objects.remove(&id);
        }
        if key == "Font" {
            fonts = content;
        }
    }
    document.set_object(shared, resources);
    Some(fonts)
}

/// Puts in each page's content, its boxes and its key in the parent tree.
fn complete_pages(
    document: &mut Document,
    input: &PdfInput<'_>,
    pages: &[ObjectId],
    contents: Vec<PageContent>,
) {
    for (index, ((id, page), content)) in
        pages.iter().zip(&input.pages.pages).zip(contents).enumerate()
    {
        let Ok(dict) = document.get_dictionary_mut(*id) else { continue };
        match input.profile {
            OutputProfile::Screen => {
                let size = [0.0, 0.0, page.size.0.0, page.size.1.0].map(real).to_vec();
                for key in ["MediaBox", "CropBox", "TrimBox"] {
                    dict.set(key, size.clone());
                }
                dict.set("StructParents", index as i64);
            }
            OutputProfile::Press { .. } => {
                press::complete_page(dict, page, &content, input.profile.sheet());
            }
        }
        if let Ok(stream) = dict.get(b"Contents").and_then(Object::as_reference) {
            document.set_object(stream, content.stream);
        }
    }
}

/// The metadata, to be read without a PDF library.
fn add_packet(document: &mut Document, xmp: String) -> ObjectId {
    let dict = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    document.add_object(lopdf::Stream::new(dict, xmp.into_bytes()).with_compression(false))
}

/// How the pages are shown.
fn layout(input: &PdfInput<'_>) -> &'static str {
    match input.pages.pages.as_slice() {
        [] | [_] => "SinglePage",
        [first, ..] => match first.side {
            Side::Recto => "TwoPageRight",
            Side::Verso => "TwoPageLeft",
        },
    }
}

/// On which side the book is bound, where that is the right (ISO 32000-1, table
/// 150): spreads are shown with the first page at the right then.
fn binding(input: &PdfInput<'_>) -> Dictionary {
    match input.meta.direction() {
        Direction::Ltr => Dictionary::new(),
        Direction::Rtl => dictionary! { "Direction" => name("R2L") },
    }
}

fn press_catalog(document: &mut Document, input: &PdfInput<'_>) -> Result<(), PdfError> {
    let packet = add_packet(document, press::xmp(input.meta));
    let intent = press::output_intent(document);
    let catalog = document.catalog_mut().map_err(|_| broken("catalog"))?;
    catalog.set("Lang", text(input.meta.language.tag()));
    catalog.set("Metadata", packet);
    catalog.set("OutputIntents", vec![intent.into()]);
    let preferences = binding(input);
    if !preferences.is_empty() {
        catalog.set("ViewerPreferences", preferences);
    }
    catalog.set("PageLabels", labels::page_labels(&input.pages.pages));
    catalog.set("PageLayout", name(layout(input)));
    catalog.set("PageMode", name("UseNone"));
    Ok(())
}

fn complete_catalog(
    document: &mut Document,
    input: &PdfInput<'_>,
    pages: &[ObjectId],
    tree: ObjectId,
    claims: Claims,
) -> Result<(), PdfError> {
    let outline = outline::add(document, input.pages, pages);
    let packet = add_packet(document, xmp(input.meta, claims));
    let profile = document.add_object(stream(dictionary! { "N" => 3 }, &icc::srgb()));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => text("sRGB"),
        "Info" => text("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    let catalog = document.catalog_mut().map_err(|_| broken("catalog"))?;
    catalog.set("Lang", text(input.meta.language.tag()));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", tree);
    catalog.set("Metadata", packet);
    catalog.set("OutputIntents", vec![intent.into()]);
    let mut preferences = dictionary! { "DisplayDocTitle" => true };
    preferences.extend(&binding(input));
    catalog.set("ViewerPreferences", preferences);
    catalog.set("PageLabels", labels::page_labels(&input.pages.pages));
    catalog.set("PageLayout", name(layout(input)));
    match outline {
        Some(outline) => {
            catalog.set("Outlines", outline);
            catalog.set("PageMode", name("UseOutlines"));
        }
        None => catalog.set("PageMode", name("UseNone")),
    }
    Ok(())
}
