//! The printer's file: its keys, boxes and colours, and that its pages are those
//! of the reader's file. No validator of PDF/X-4 is free, so this is structural.

use bindery::assets::AssetKind;
use bindery::model::Alt;
use bindery::page::{Artifact, Folio, Item, StructKind, Structure};
use bindery::pdf::OutputProfile;
use bindery::units::Pt;
use lopdf::content::{Content, Operation};
use lopdf::{Document, Object};

use crate::replay::{glyphs, number, page};
use crate::support::{Maker, dict, rect, string};
use crate::{dump, sample};

const PRESS: OutputProfile = OutputProfile::Press { bleed: Pt(9.0), marks: false };
const MARKED: OutputProfile = OutputProfile::Press { bleed: Pt(9.0), marks: true };

fn press(maker: &Maker, profile: OutputProfile) -> Document {
    Document::load_mem(&maker.bytes_for(profile)).expect("a PDF that can be read")
}

fn keep(name: &str, profile: OutputProfile) {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(path, sample::book().bytes_for(profile)).expect("a file");
}

fn operations(document: &Document, page: u32) -> Vec<Operation> {
    let content = document.get_page_content(document.get_pages()[&page]);
    Content::decode(&content).expect("operators").operations
}

/// The operators of all pages and of all drawings.
fn all_operations(document: &Document) -> Vec<Operation> {
    let mut all: Vec<_> =
        document.get_pages().keys().flat_map(|page| operations(document, *page)).collect();
    for stream in document.objects.values().filter_map(|o| o.as_stream().ok()) {
        if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Form") {
            let content = stream.decompressed_content().expect("a form");
            all.extend(Content::decode(&content).expect("operators").operations);
        }
    }
    all
}

fn corners(document: &Document, page_number: u32, key: &str) -> Vec<f64> {
    let value = page(document, page_number).get(key.as_bytes()).and_then(Object::as_array);
    value.expect(key).iter().map(number).collect()
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    for profile in [PRESS, MARKED] {
        assert!(sample::book().bytes_for(profile) == sample::book().bytes_for(profile));
    }
    keep("press.pdf", PRESS);
    keep("press-marks.pdf", MARKED);
}

#[test]
fn the_sheet_is_the_page_with_its_bleed() {
    let document = press(&sample::book(), PRESS);
    for number in 1..=document.get_pages().len() as u32 {
        assert_eq!(corners(&document, number, "TrimBox"), [9.0, 9.0, 369.0, 549.0]);
        assert_eq!(corners(&document, number, "BleedBox"), [0.0, 0.0, 378.0, 558.0]);
        assert_eq!(corners(&document, number, "MediaBox"), [0.0, 0.0, 378.0, 558.0]);
        for key in ["CropBox", "ArtBox", "StructParents"] {
            assert!(!page(&document, number).has(key.as_bytes()), "{key}");
        }
    }
    let document = press(&sample::book(), MARKED);
    assert_eq!(corners(&document, 1, "TrimBox"), [33.0, 33.0, 393.0, 573.0]);
    assert_eq!(corners(&document, 1, "BleedBox"), [24.0, 24.0, 402.0, 582.0]);
    assert_eq!(corners(&document, 1, "MediaBox"), [0.0, 0.0, 426.0, 606.0]);
}

#[test]
fn every_glyph_stands_where_it_stands_on_the_screen() {
    let maker = sample::book();
    let screen = maker.document();
    for profile in [PRESS, MARKED] {
        let printed = press(&maker, profile);
        assert_eq!(printed.get_pages().len(), screen.get_pages().len());
        let mut count = 0;
        for number in 1..=screen.get_pages().len() as u32 {
            assert_eq!(glyphs(&printed, number), glyphs(&screen, number), "page {number}");
            count += glyphs(&screen, number).len();
        }
        assert!(count > 100, "there is text");
    }
}

#[test]
fn pages_are_moved_by_their_margin() {
    for (profile, margin) in [(PRESS, 9.0), (MARKED, 33.0)] {
        let document = press(&sample::book(), profile);
        let operations = operations(&document, 1);
        let first = operations.iter().find(|o| o.operator == "cm").expect("a move");
        let operands: Vec<f64> = first.operands.iter().map(number).collect();
        assert_eq!(operands, [1.0, 0.0, 0.0, 1.0, margin, margin]);
    }
}

#[test]
fn all_colours_are_inks() {
    let maker = sample::book();
    let of_light = ["g", "G", "rg", "RG", "cs", "CS", "sc", "SC", "scn", "SCN", "sh"];
    let is_light = |o: &Operation| of_light.contains(&o.operator.as_str());
    assert!(all_operations(&maker.document()).iter().any(is_light), "the test sees colours");
    let operations = all_operations(&press(&maker, PRESS));
    assert!(!operations.iter().any(is_light));
    let inks = operations.iter().filter(|o| matches!(o.operator.as_str(), "k" | "K"));
    let colored = inks.filter(|o| o.operands.iter().take(3).any(|ink| number(ink) > 0.0));
    assert!(colored.count() > 0, "the triangle is red");
}

#[test]
fn text_is_black_alone() {
    let mut m = Maker::new();
    m.page(Folio::Roman(1));
    let paragraph = m.node(Structure::ROOT, StructKind::P);
    m.text(paragraph, 40.0, 100.0, "Black");
    let document = press(&m, PRESS);
    let operations = operations(&document, 1);
    let text = operations.iter().position(|o| o.operator == "TJ").expect("text");
    let color = operations[..text].iter().rfind(|o| o.operator == "k").expect("a colour");
    assert_eq!(color.operands.iter().map(number).collect::<Vec<_>>(), [0.0, 0.0, 0.0, 1.0]);
}

#[test]
fn nothing_is_for_readers_only() {
    let maker = sample::book();
    let has = |document: &Document, key: &str| {
        let found = |dict: &lopdf::Dictionary| dict.has(key.as_bytes());
        document.objects.values().any(|object| match object {
            Object::Dictionary(dict) => found(dict),
            Object::Stream(stream) => found(&stream.dict),
            _ => false,
        })
    };
    let (screen, printed) = (maker.document(), press(&maker, PRESS));
    for key in ["Annots", "StructTreeRoot", "Outlines", "StructParents", "MarkInfo"] {
        assert!(has(&screen, key), "the test sees {key}");
        assert!(!has(&printed, key), "{key}");
    }
    for key in ["AA", "OpenAction", "JavaScript", "AcroForm", "TR", "HT", "Encrypt"] {
        assert!(!has(&printed, key), "{key}");
    }
    let marked = |o: &Operation| matches!(o.operator.as_str(), "BDC" | "BMC" | "EMC");
    assert!(!all_operations(&printed).iter().any(marked));
}

#[test]
fn the_output_intent_has_a_profile_of_four_inks() {
    let document = press(&sample::book(), PRESS);
    assert_eq!(document.version, "1.6");
    let intents = document.catalog().and_then(|c| c.get(b"OutputIntents")?.as_array());
    let [intent] = intents.expect("intents").as_slice() else { panic!("one intent") };
    let (_, intent) = document.dereference(intent).expect("an intent");
    let intent = intent.as_dict().expect("an intent");
    assert_eq!(intent.get(b"S").and_then(Object::as_name).expect("a kind"), b"GTS_PDFX");
    let words = |key: &[u8]| string(intent.get(key).expect("words"));
    assert_eq!(words(b"OutputConditionIdentifier"), "Custom");
    assert!(words(b"Info").contains("ISO 12647-2"));
    assert!(!intent.has(b"RegistryName"), "it is in no registry");
    let profile = intent.get(b"DestOutputProfile").and_then(Object::as_reference);
    let profile = document.get_object(profile.expect("a profile")).and_then(Object::as_stream);
    let profile = profile.expect("a profile");
    assert_eq!(profile.dict.get(b"N").and_then(Object::as_i64).expect("a number"), 4);
    let bytes = profile.decompressed_content().expect("a profile");
    assert_eq!(&bytes[12..24], b"prtrCMYKLab ");
    assert_eq!(&bytes[36..40], b"acsp");
}

#[test]
fn the_file_says_what_it_is() {
    let document = press(&sample::book(), PRESS);
    let id = document.catalog().and_then(|c| c.get(b"Metadata")?.as_reference()).expect("XMP");
    let xmp = document.get_object(id).and_then(Object::as_stream).expect("XMP").content.clone();
    let xmp = String::from_utf8(xmp).expect("UTF-8");
    for part in [
        "xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\"",
        "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
        "<pdf:Trapped>False</pdf:Trapped>",
        "<xmp:CreateDate>2026-11-22T00:00:00Z</xmp:CreateDate>",
        "<xmp:ModifyDate>2026-11-22T00:00:00Z</xmp:ModifyDate>",
        "<xmp:MetadataDate>2026-11-22T00:00:00Z</xmp:MetadataDate>",
        "<xmpMM:DocumentID>uuid:",
        "<xmpMM:VersionID>1</xmpMM:VersionID>",
        "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
        "Bread &amp; Roses",
    ] {
        assert!(xmp.contains(part), "{part} in {xmp}");
    }
    assert!(!xmp.contains("pdfaid") && !xmp.contains("pdfuaid"));
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).expect("information");
    let info = document.get_dictionary(info).expect("information");
    assert_eq!(info.get(b"Trapped").and_then(Object::as_name).expect("Trapped"), b"False");
    for key in [b"CreationDate".as_slice(), b"ModDate"] {
        assert_eq!(string(info.get(key).expect("a date")), "D:20261122000000Z");
    }
    assert!(document.trailer.has(b"ID"));
    assert!(!document.trailer.has(b"Encrypt"));
}

#[test]
fn pictures_say_which_red_green_and_blue_they_mean() {
    let mut m = Maker::new();
    m.page(Folio::Roman(1));
    let (bytes, size) = sample::jpeg(90);
    let jpeg = m.asset(AssetKind::Jpeg { components: 3, inverted: false }, bytes.clone(), size);
    let kind = StructKind::Figure {
        alt: Alt::Text("A ramp".into()),
        image: None,
        bbox: rect(0.0, 0.0, 1.0, 1.0),
    };
    let figure = m.node(Structure::ROOT, kind);
    m.picture(figure, jpeg, rect(-9.0, -9.0, 378.0, 200.0));
    let document = press(&m, PRESS);
    let images = document.objects.values().filter_map(|o| o.as_stream().ok());
    let mut images = images.filter(|s| s.dict.has(b"BitsPerComponent"));
    let image = images.next().expect("an image");
    assert_eq!(image.content, bytes, "the JPEG is as it was");
    let space = image.dict.get(b"ColorSpace").and_then(Object::as_array).expect("a space");
    assert_eq!(space[0].as_name().expect("a name"), b"ICCBased");
    let (_, profile) = document.dereference(&space[1]).expect("a profile");
    let profile = &profile.as_stream().expect("a profile").dict;
    assert_eq!(profile.get(b"N").and_then(Object::as_i64).expect("a number"), 3);
}

#[test]
fn colours_are_mixed_as_inks() {
    let document = press(&sample::book(), PRESS);
    let groups: Vec<bool> =
        (1..=document.get_pages().len() as u32).map(|n| page(&document, n).has(b"Group")).collect();
    assert!(groups.contains(&true) && groups.contains(&false), "{groups:?}");
    let clear = groups.iter().position(|has| *has).expect("a page") as u32 + 1;
    let group = dict(&document, page(&document, clear), "Group");
    assert_eq!(dump::shown(group.get(b"CS").expect("a space")), "/DeviceCMYK");
}

#[test]
fn crop_marks_stand_between_the_bleed_and_the_edge() {
    let mut m = Maker::new();
    m.page(Folio::Roman(1));
    m.text(Artifact::Layout, 40.0, 100.0, "A page");
    assert!(!operations(&press(&m, PRESS), 1).iter().any(|o| o.operator == "l"));
    let document = press(&m, MARKED);
    let (bleed, media) = (corners(&document, 1, "BleedBox"), corners(&document, 1, "MediaBox"));
    let operations = operations(&document, 1);
    assert_eq!(operations[0].operator, "BDC");
    assert_eq!(operations[0].operands[0].as_name().expect("a name"), b"Artifact");
    let points: Vec<(f64, f64)> = (operations.iter())
        .filter(|o| matches!(o.operator.as_str(), "m" | "l"))
        .map(|o| (number(&o.operands[0]), number(&o.operands[1])))
        .collect();
    assert_eq!(points.len(), 16, "eight lines");
    for (x, y) in points {
        assert!(media[0] < x && x < media[2] && media[1] < y && y < media[3], "{x} {y}");
        let inside = bleed[0] <= x && x <= bleed[2] && bleed[1] <= y && y <= bleed[3];
        assert!(!inside, "{x} {y}");
    }
    let clip = operations.iter().position(|o| o.operator == "W").expect("a clip");
    let text = operations.iter().position(|o| o.operator == "BT").expect("text");
    assert!(clip < text);
}

#[test]
fn links_leave_no_trace() {
    let maker = sample::book();
    let is_link = |item: &Item| matches!(item, Item::Link(_));
    assert!(maker.pages.pages.iter().flat_map(|p| &p.items).any(is_link));
    let bytes = maker.bytes_for(PRESS);
    assert!(
        !Document::load_mem(&bytes)
            .expect("a PDF")
            .objects
            .values()
            .any(|o| { o.as_dict().is_ok_and(|d| d.has(b"URI") || d.has(b"Dest")) })
    );
}
