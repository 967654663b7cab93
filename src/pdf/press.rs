//! What a printer's file has that a reader's has not: PDF/X-4 (ISO 15930-7),
//! which is PDF 1.6 with everything in it that printing needs and nothing that
//! only a reader could use.
//!
//! There is no structure, no link and no outline. The pages' operators are those
//! of the reader's file, moved to where the trimmed page lies on the sheet, with
//! other colours.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::content::PageContent;
use super::icc_press::CONDITION;
use super::metadata::{self, describe, info, property};
use super::output_profile::Sheet;
use super::syntax::{stream, text};
use super::{icc, icc_press};
use crate::hash::uuid;
use crate::model::Metadata;
use crate::page::Page;

/// The version of PDF that PDF/X-4 is based on (ISO 15930-7, 6.1).
pub(super) const VERSION: &str = "1.6";

/// Books without a date get one: the dates are required (6.6.2), and a clock
/// would make every file another.
const NO_DATE: &str = "2000-01-01";

const NAMESPACES: [(&str, &str); 5] = [
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("pdfxid", "http://www.npes.org/pdfx/ns/id/"),
];

/// Puts in a page's boxes and, where something shows through, the space in
/// which its colours are mixed.
pub(super) fn complete_page(
    dict: &mut Dictionary,
    page: &Page,
    content: &PageContent,
    sheet: Sheet,
) {
    // printpdf gives every page these.
    for key in ["CropBox", "ArtBox", "Annots"] {
        dict.remove(key.as_bytes());
    }
    let boxes = [
        ("MediaBox", sheet.media(page.size)),
        ("BleedBox", sheet.bled(page.size)),
        ("TrimBox", sheet.trim(page.size)),
    ];
    for (key, corners) in boxes {
        dict.set(key, corners.map(super::syntax::real).to_vec());
    }
    if content.clear {
        dict.set("Group", dictionary! { "S" => "Transparency", "CS" => "DeviceCMYK", "I" => true });
    }
}

/// Says of every coloured image which red, green and blue it means.
///
/// They stay what they are: a JPEG goes in as it came, and the printer, who
/// knows the paper, separates better than this could.
pub(super) fn calibrate_images(document: &mut Document) {
    let is_rgb = |space: &Object| space.as_name().is_ok_and(|name| name == b"DeviceRGB");
    let images: Vec<ObjectId> = (document.objects.iter())
        .filter(|(_, object)| {
            let kind = object.as_stream().and_then(|s| s.dict.get(b"Subtype")?.as_name());
            kind.is_ok_and(|kind| kind == b"Image")
        })
        .map(|(id, _)| *id)
        .collect();
    let mut srgb = None;
    for id in images {
        let space = document.get_object(id).and_then(|o| o.as_stream()?.dict.get(b"ColorSpace"));
        let wanted = match space {
            Ok(Object::Array(parts)) => parts.iter().any(is_rgb),
            Ok(space) => is_rgb(space),
            Err(_) => false,
        };
        if !wanted {
            continue;
        }
        let profile = *srgb.get_or_insert_with(|| {
            document.add_object(stream(dictionary! { "N" => 3 }, &icc::srgb()))
        });
        let calibrated = Object::Array(vec!["ICCBased".into(), profile.into()]);
        let Ok(image) = document.get_object_mut(id).and_then(Object::as_stream_mut) else {
            continue;
        };
        match image.dict.get_mut(b"ColorSpace") {
            Ok(Object::Array(parts)) => {
                for part in parts.iter_mut().filter(|part| is_rgb(part)) {
                    *part = calibrated.clone();
                }
            }
            Ok(space) => *space = calibrated,
            Err(_) => {}
        }
    }
}

/// The output intent (6.2.2). The condition is in no registry, so it is custom
/// and says in words what it is.
pub(super) fn output_intent(document: &mut Document) -> Dictionary {
    let profile = stream(dictionary! { "N" => 4 }, &icc_press::profile());
    let profile = document.add_object(profile);
    dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => text("Custom"),
        "OutputCondition" => text(CONDITION),
        "Info" => text(CONDITION),
        "DestOutputProfile" => profile,
    }
}

/// The XMP packet (6.6.2): what the book is, that it is PDF/X-4, and whether it
/// was trapped.
pub(super) fn xmp(meta: &Metadata) -> String {
    let mut out = metadata::begin(&NAMESPACES);
    let meta = &titled(meta);
    describe(&mut out, meta);
    property(&mut out, "pdfxid:GTS_PDFXVersion", "PDF/X-4");
    property(&mut out, "pdf:Trapped", "False");
    let date = format!("{}T00:00:00Z", full_date(meta));
    for name in ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"] {
        property(&mut out, name, &date);
    }
    property(&mut out, "xmpMM:DocumentID", &document_id(meta));
    property(&mut out, "xmpMM:VersionID", "1");
    property(&mut out, "xmpMM:RenditionClass", "default");
    out.push_str(metadata::END);
    out
}

/// The document information dictionary, which must say the same.
pub(super) fn information(meta: &Metadata) -> Dictionary {
    let meta = &titled(meta);
    let mut dict = info(meta);
    let date = text(&format!("D:{}000000Z", full_date(meta).replace('-', "")));
    dict.set("CreationDate", date.clone());
    dict.set("ModDate", date);
    dict.set("Trapped", super::syntax::name("False"));
    dict
}

/// A title is required (6.6.2).
fn titled(meta: &Metadata) -> Metadata {
    let mut meta = meta.clone();
    if meta.title.trim().is_empty() {
        meta.title = String::from("Untitled");
    }
    meta
}

/// The book's date to the day.
fn full_date(meta: &Metadata) -> String {
    let date = meta.date.as_deref().unwrap_or(NO_DATE);
    let sound = date.bytes().enumerate().all(|(at, b)| match at {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    match date.len() {
        4 if sound => format!("{date}-01-01"),
        7 if sound => format!("{date}-01"),
        10 if sound => date.to_owned(),
        _ => NO_DATE.to_owned(),
    }
}

/// An identifier of the book's own, the same in every run.
fn document_id(meta: &Metadata) -> String {
    format!("uuid:{}", uuid(&[meta.identifier.as_bytes(), meta.title.as_bytes()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_always_whole() {
        let date = |date: Option<&str>| {
            full_date(&Metadata { date: date.map(String::from), ..Metadata::default() })
        };
        assert_eq!(date(Some("2026")), "2026-01-01");
        assert_eq!(date(Some("2026-11")), "2026-11-01");
        assert_eq!(date(Some("2026-11-22")), "2026-11-22");
        assert_eq!(date(Some("soon")), NO_DATE);
        assert_eq!(date(None), NO_DATE);
    }

    #[test]
    fn a_book_without_a_title_has_one_for_the_printer() {
        assert!(xmp(&Metadata::default()).contains(">Untitled<"));
    }
}
