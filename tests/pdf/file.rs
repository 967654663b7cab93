//! The file as a whole: pages, pictures, labels, outline, metadata.

use bindery::assets::AssetKind;
use bindery::model::Alt;
use bindery::page::{Folio, PictureSource, StructKind, Structure};
use lopdf::{Document, Object};

use crate::replay::{catalog, page};
use crate::support::{Maker, dict, rect, string};
use crate::{dump, sample};

#[test]
fn the_same_pages_give_the_same_bytes() {
    assert!(sample::book().bytes() == sample::book().bytes());
    sample::book().keep("sample.pdf");
}

#[test]
fn other_pages_have_another_identifier() {
    let identifier = |m: &Maker| {
        let id = m.document().trailer.get(b"ID").and_then(Object::as_array).cloned();
        let id = id.expect("an identifier");
        assert_eq!(id[0], id[1]);
        id[0].clone()
    };
    let mut other = sample::book();
    other.meta.title.push('!');
    assert_ne!(identifier(&sample::book()), identifier(&other));
}

#[test]
fn boxes_are_those_of_the_trimmed_page() {
    let document = sample::book().document();
    for key in ["MediaBox", "CropBox", "TrimBox"] {
        let value = page(&document, 1).get(key.as_bytes()).expect(key);
        assert_eq!(dump::shown(value), "[0 0 360 540]");
    }
}

#[test]
fn page_labels_are_the_printed_numbers() {
    let mut m = Maker::new();
    let folios = [
        Folio::None,
        Folio::None,
        Folio::Roman(1),
        Folio::Roman(2),
        Folio::Arabic(1),
        Folio::Arabic(2),
        Folio::Arabic(7),
    ];
    folios.into_iter().for_each(|folio| {
        m.page(folio);
    });
    let document = m.document();
    let labels = dump::shown(catalog(&document, "PageLabels").get(b"Nums").expect("labels"));
    assert_eq!(
        labels,
        "[0 <</P \"Cover\">> 1 <<>> 2 <</S /r /St 1>> 4 <</S /D /St 1>> 6 <</S /D /St 7>>]"
    );
}

/// The outline, an entry to a line, deeper ones further in.
fn outline(document: &Document, first: &Object, depth: usize) -> String {
    let mut out = String::new();
    let mut next = first.as_reference().ok();
    while let Some(id) = next {
        let entry = document.get_dictionary(id).expect("an entry");
        let title = string(entry.get(b"Title").expect("a title"));
        let place = entry.get(b"Dest").and_then(Object::as_array).expect("a place");
        let pages = document.get_pages();
        let number = pages.iter().find(|(_, id)| place[0].as_reference().ok() == Some(**id));
        let count = entry.get(b"Count").map_or(String::new(), |c| format!(" ({})", dump::shown(c)));
        let (number, top) = (number.map_or(0, |(n, _)| *n), dump::shown(&place[3]));
        out += &format!("{:1$}{title} {number} {top}{count}\n", "", depth * 2);
        if let Ok(first) = entry.get(b"First") {
            out += &outline(document, first, depth + 1);
        }
        next = entry.get(b"Next").and_then(Object::as_reference).ok();
    }
    out
}

#[test]
fn the_outline_is_nested() {
    let document = sample::book().document();
    let first = catalog(&document, "Outlines").get(b"First").expect("an entry");
    assert_eq!(
        outline(&document, first, 0),
        "Contents 2 540\nÖffice 3 500 (-2)\n  A table 4 480\n  More 4 340\n"
    );
    let catalog = document.catalog().expect("a catalog");
    assert_eq!(dump::shown(catalog.get(b"PageMode").expect("a mode")), "/UseOutlines");
    let mut m = sample::book();
    m.pages.outline.clear();
    assert!(!m.document().catalog().expect("a catalog").has(b"Outlines"));
}

#[test]
fn the_catalog_says_how_the_book_is_read() {
    let document = sample::book().document();
    let entry =
        |key: &str| dump::shown(document.catalog().and_then(|c| c.get(key.as_bytes())).expect(key));
    assert_eq!(entry("Lang"), "\"en\"");
    assert_eq!(entry("MarkInfo"), "<</Marked true>>");
    assert_eq!(entry("ViewerPreferences"), "<</DisplayDocTitle true>>");
    assert_eq!(entry("PageLayout"), "/TwoPageRight");
    assert!(entry("OutputIntents").contains("/S /GTS_PDFA1"));
    assert!(document.version == "1.7");
}

#[test]
fn metadata_are_the_books() {
    let document = sample::book().document();
    let id = document.catalog().and_then(|c| c.get(b"Metadata")?.as_reference()).expect("XMP");
    let xmp = document.get_object(id).and_then(Object::as_stream).expect("XMP");
    assert!(!xmp.dict.has(b"Filter"), "to be read without a PDF library");
    let xmp = String::from_utf8(xmp.content.clone()).expect("UTF-8");
    for part in [
        "<rdf:li xml:lang=\"x-default\">Bread &amp; Roses &lt;i&gt;</rdf:li>",
        "<rdf:Seq><rdf:li>A. Writer</rdf:li><rdf:li>Žofie Č.</rdf:li></rdf:Seq>",
        "<dc:date><rdf:Seq><rdf:li>2026-11-22</rdf:li></rdf:Seq></dc:date>",
        "<dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language>",
    ] {
        assert!(xmp.contains(part), "{part}\n{xmp}");
    }
    let info = dict(&document, &document.trailer, "Info");
    assert_eq!(string(info.get(b"Title").expect("a title")), "Bread & Roses <i>");
    assert_eq!(string(info.get(b"Author").expect("authors")), "A. Writer; Žofie Č.");
    assert_eq!(string(info.get(b"CreationDate").expect("a date")), "D:20261122");
}

/// The images of a document: their dictionaries as text, and their bytes.
fn images(document: &Document) -> Vec<(String, Vec<u8>)> {
    let is_image = |stream: &&lopdf::Stream| {
        stream.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(&b"Image"[..])
    };
    let streams = document.objects.values().filter_map(|o| o.as_stream().ok());
    streams
        .filter(is_image)
        .map(|s| (dump::shown(&Object::Dictionary(s.dict.clone())), s.content.clone()))
        .collect()
}

#[test]
fn a_jpeg_is_passed_through_and_stored_once() {
    let document = sample::book().document();
    let (jpeg, _) = sample::jpeg(90);
    let images = images(&document);
    let jpegs: Vec<_> = images.iter().filter(|(dict, _)| dict.contains("DCTDecode")).collect();
    assert_eq!(jpegs.len(), 1, "two names, one picture");
    assert!(jpegs[0].1 == jpeg);
    assert!(jpegs[0].0.contains("/ColorSpace /DeviceRGB"));
}

fn with_picture(m: &mut Maker, what: PictureSource, width: f64) {
    let bbox = rect(0.0, 0.0, width, width);
    let alt = Alt::Text("A picture".into());
    let figure = m.node(Structure::ROOT, StructKind::Figure { alt, image: None, bbox });
    m.picture(figure, what, bbox);
}

#[test]
fn a_transparent_picture_has_a_mask_and_no_more_pixels_than_print_needs() {
    let image = image::RgbaImage::from_fn(300, 300, |x, y| {
        image::Rgba([x as u8, y as u8, 0, (x / 2) as u8])
    });
    let mut png = std::io::Cursor::new(Vec::new());
    image.write_to(&mut png, image::ImageFormat::Png).expect("a PNG");
    let mut m = Maker::new();
    m.page(Folio::Arabic(1));
    let what = m.asset(AssetKind::Raster, png.into_inner(), (300, 300));
    with_picture(&mut m, what, 24.0);
    let images = images(&m.document());
    assert_eq!(images.len(), 2);
    assert!(images.iter().all(|(dict, _)| dict.contains("/Width 100 ")), "{}", images[0].0);
    assert!(images.iter().any(|(dict, _)| dict.contains("/SMask ref")));
}

#[test]
fn a_plain_png_is_passed_through() {
    let (png, size) = sample::png();
    let mut m = Maker::new();
    m.page(Folio::Arabic(1));
    let what = m.asset(AssetKind::Raster, png.clone(), size);
    with_picture(&mut m, what, 24.0);
    let images = images(&m.document());
    let (dict, data) = &images[0];
    assert!(dict.contains("/Predictor 15") && dict.contains("/ColorSpace /DeviceGray"), "{dict}");
    assert!(png.windows(data.len()).any(|w| w == data), "the very data");
}

#[test]
fn a_drawing_is_a_form_that_is_drawn_upside_up() {
    let document = sample::book().document();
    let forms: Vec<_> = document
        .objects
        .values()
        .filter_map(|o| o.as_stream().ok())
        .filter(|s| s.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Form"))
        .collect();
    assert_eq!(forms.len(), 2, "the cover's and the chapter's");
    let content = forms[0].decompressed_content().expect("operators");
    let content = String::from_utf8(content).expect("ASCII");
    assert_eq!(
        content,
        ".941 g\n0 0 m\n100 0 l\n100 100 l\n0 100 l\nh\nf\n\
         .784 .118 .118 rg\n/G0 gs\n0 0 m\n50 0 l\n50 20 30 50 25 50 c\nf*\n\
         0 G\n2 w\n1 J\n1 j\n[4 2 ]0 d\n/G1 gs\n0 0 m\n50 0 l\n50 20 30 50 25 50 c\nS\n"
    );
    let states = dump::shown(forms[0].dict.get(b"Resources").expect("resources"));
    assert_eq!(states, "<</ExtGState <</G0 <</CA 1 /ca 0.5>> /G1 <</CA 1 /ca 1>>>>>>");
    assert!(dump::content(&document, 1).contains("3.6 0 0 -5.4 0 540 cm\n/X0 Do\n"));
}
