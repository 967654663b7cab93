//! A small book by hand that uses every kind of item and of structure.

use std::sync::Arc;

use bindery::assets::{AssetKind, DrawPath, Drawing, Fill, PathSegment, Stroke};
use bindery::model::{Alt, AnchorId, Lang};
use bindery::page::{
    Artifact, Color, Destination, Folio, HeaderScope, Item, ListNumbering, OutlineEntry,
    PictureSource, Rule, StructId, StructKind, Structure, Target,
};
use bindery::units::Pt;

use crate::support::{Maker, Where, rect, shape};

/// A drawing of a triangle, filled, stroked and half clear.
pub fn triangle() -> Drawing {
    use PathSegment::{Close, Cubic, Line, Move};
    let segments = vec![Move(0.0, 0.0), Line(50.0, 0.0), Cubic(50.0, 20.0, 30.0, 50.0, 25.0, 50.0)];
    let fill = Fill { rgb: [200, 30, 30], opacity: 0.5, even_odd: true };
    let stroke = Stroke {
        rgb: [0, 0, 0],
        opacity: 1.0,
        width: 2.0,
        cap: 1,
        join: 1,
        miter_limit: 4.0,
        dash: vec![4.0, 2.0],
        dash_offset: 0.0,
    };
    let ground =
        vec![Move(0.0, 0.0), Line(100.0, 0.0), Line(100.0, 100.0), Line(0.0, 100.0), Close];
    let ground_fill = Fill { rgb: [240, 240, 240], opacity: 1.0, even_odd: false };
    let paths = vec![
        DrawPath { segments: ground, fill: Some(ground_fill), stroke: None },
        DrawPath { segments, fill: Some(fill), stroke: Some(stroke) },
    ];
    Drawing { width: 100.0, height: 100.0, paths }
}

/// A JPEG and its size.
pub fn jpeg(shade: u8) -> (Vec<u8>, (u32, u32)) {
    let image =
        image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([(x * 6) as u8, (y * 8) as u8, shade]));
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut bytes).encode_image(&image).expect("a JPEG");
    (bytes, (40, 30))
}

/// A PNG and its size.
pub fn png() -> (Vec<u8>, (u32, u32)) {
    let image = image::GrayImage::from_fn(32, 32, |x, y| image::Luma([(x * y / 4) as u8]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).expect("a PNG");
    (bytes.into_inner(), (32, 32))
}

/// The whole book.
pub fn book() -> Maker {
    let mut m = Maker::new();
    cover(&mut m);
    contents(&mut m);
    let chapter = m.node(Structure::ROOT, StructKind::Part);
    let chapter = m.node(chapter, StructKind::Sect);
    let (paragraph, note) = opening(&mut m, chapter);
    second_page(&mut m, chapter, paragraph, note);
    let place = |target, page, y| Destination { target, page, y: Pt(y) };
    m.pages.destinations = vec![
        place(Target::Anchor(AnchorId(0)), 2, 40.0),
        place(Target::Named("note-1".into()), 3, 480.0),
    ];
    let entry =
        |level, title: &str, page, y| OutlineEntry { level, title: title.into(), page, y: Pt(y) };
    m.pages.outline = vec![
        entry(1, "Contents", 1, 0.0),
        entry(1, "Öffice", 2, 40.0),
        entry(2, "A table", 3, 60.0),
        entry(2, "More", 3, 200.0),
    ];
    m
}

fn cover(m: &mut Maker) {
    m.page(Folio::None);
    let bbox = rect(0.0, 0.0, 360.0, 540.0);
    let alt = Alt::Text("The cover: a triangle".into());
    let figure = m.node(Structure::ROOT, StructKind::Figure { alt, image: None, bbox });
    m.picture(figure, PictureSource::Drawing(Arc::new(triangle())), bbox);
}

fn contents(m: &mut Maker) {
    m.page(Folio::Roman(1));
    let toc = m.node(Structure::ROOT, StructKind::Toc);
    let item = m.node(toc, StructKind::TocItem);
    let link = m.node(item, StructKind::Link);
    m.text(link, 40.0, 60.0, "Office");
    m.text(Artifact::Layout, 80.0, 60.0, ". . . . . .");
    m.text(link, 300.0, 60.0, "1");
    m.link(link, rect(40.0, 50.0, 280.0, 12.0), Target::Anchor(AnchorId(0)), "Office");
}

fn opening(m: &mut Maker, chapter: StructId) -> (StructId, StructId) {
    m.page(Folio::Arabic(1));
    let heading = m.node(chapter, StructKind::Heading(1));
    let bold = m.face("Source Sans 3", false);
    let run = shape(m.fonts.face(bold), bold, "Office", 24.0, &[]);
    m.run(heading, 40.0, 60.0, run).color = Color::Rgb([180, 40, 30]);
    let p = m.node(chapter, StructKind::P);
    m.text(p, 40.0, 90.0, "The office, e\u{301}t\u{e9} and the affine first ");
    m.text(p, 40.0, 104.0, "lines of an unbreak");
    let x = 40.0 + m.text(p, 0.0, 104.0, "lines of an unbreak").width().0;
    m.pages.pages.last_mut().expect("a page").items.pop();
    m.text(p, x, 104.0, "-").actual_text = Some("\u{ad}".into());
    m.text(p, 40.0, 118.0, "able word, with a ");
    let link = m.node(p, StructKind::Link);
    m.text(link, 130.0, 118.0, "link over two");
    m.link(link, rect(130.0, 108.0, 60.0, 12.0), Target::Uri("https://a.b/é?x=1&y".into()), "A");
    m.text(link, 40.0, 132.0, "lines");
    m.link(link, rect(40.0, 122.0, 30.0, 12.0), Target::Uri("https://a.b/é?x=1&y".into()), "A");
    let serif = m.serif();
    let caps = shape(m.fonts.face(serif), serif, " small caps", 10.0, &["smcp"]);
    m.run(p, 70.0, 132.0, caps);
    let mark = m.node(p, StructKind::Reference);
    m.text(mark, 130.0, 128.0, "1");
    m.link(mark, rect(130.0, 120.0, 6.0, 10.0), Target::Named("note-1".into()), "Note 1");
    let span = m.node(p, StructKind::Span);
    m.pages.structure.get_mut(span).expect("a node").lang = Lang::new("de");
    m.text(span, 140.0, 132.0, " Stra\u{df}e").lang = Lang::new("de");
    lists(m, chapter);
    pictures(m, chapter);
    m.text(Artifact::Footer, 180.0, 520.0, "1");
    let note = m.node(chapter, StructKind::Note);
    (p, note)
}

fn lists(m: &mut Maker, chapter: StructId) {
    for (numbering, label, y) in
        [(ListNumbering::Decimal, "1.", 160.0), (ListNumbering::Disc, "\u{2022}", 190.0)]
    {
        let list = m.node(chapter, StructKind::List(numbering));
        let item = m.node(list, StructKind::ListItem);
        let lbl = m.node(item, StructKind::Label);
        m.text(lbl, 40.0, y, label);
        let body = m.node(item, StructKind::ListBody);
        let p = m.node(body, StructKind::P);
        m.text(p, 56.0, y, "An item of it");
    }
    let quote = m.node(chapter, StructKind::BlockQuote);
    m.pages.structure.get_mut(quote).expect("a node").lang = Lang::new("he");
    let p = m.node(quote, StructKind::P);
    // Two words, read from the right.
    let text = m.text(p, 60.0, 220.0, "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{5e2}\u{5d5}\u{5dc}\u{5dd}");
    text.lang = Lang::new("he");
}

fn pictures(m: &mut Maker, chapter: StructId) {
    let (bytes, size) = jpeg(90);
    let photo = m.asset(AssetKind::Jpeg { components: 3, inverted: false }, bytes.clone(), size);
    let same = m.asset(AssetKind::Jpeg { components: 3, inverted: false }, bytes, size);
    let bbox = rect(60.0, 240.0, 120.0, 90.0);
    let alt = Alt::Text("A gradient (red & green)".into());
    let figure = m.node(chapter, StructKind::Figure { alt, image: None, bbox });
    m.picture(figure, photo, bbox);
    let caption = m.node(figure, StructKind::Caption);
    m.text(caption, 60.0, 345.0, "Its caption");
    let kind = StructKind::Figure { alt: Alt::Decorative, image: None, bbox };
    let ornament = m.node(chapter, kind);
    m.picture(ornament, same, rect(60.0, 360.0, 40.0, 30.0));
    let (bytes, size) = png();
    let gray = m.asset(AssetKind::Raster, bytes, size);
    m.picture(Artifact::Background, gray, rect(120.0, 360.0, 30.0, 30.0));
    let drawing =
        m.asset(AssetKind::Svg(Some(Arc::new(triangle()))), b"<svg/>".to_vec(), (100, 100));
    m.picture(Artifact::Layout, drawing, rect(160.0, 360.0, 30.0, 30.0));
}

fn second_page(m: &mut Maker, chapter: StructId, paragraph: StructId, note: StructId) {
    m.page(Folio::Arabic(2));
    m.text(Artifact::Header, 40.0, 24.0, "Bread & Roses");
    // The paragraph goes on here.
    m.text(paragraph, 40.0, 48.0, "and it ends on the next page.");
    let heading = m.node(chapter, StructKind::Heading(2));
    m.text(heading, 40.0, 70.0, "A table");
    let table = m.node(chapter, StructKind::Table);
    let caption = m.node(table, StructKind::Caption);
    m.text(caption, 40.0, 90.0, "What it says");
    let head = m.node(table, StructKind::TableHead);
    let row = m.node(head, StructKind::TableRow);
    for (x, text) in [(40.0, "Word"), (140.0, "Number")] {
        let cell = m.node(row, StructKind::TableHeader(HeaderScope::Column));
        m.text(cell, x, 110.0, text);
    }
    rule(m, Artifact::Layout, 113.0);
    let body = m.node(table, StructKind::TableBody);
    let row = m.node(body, StructKind::TableRow);
    let cell = m.node(row, StructKind::TableHeader(HeaderScope::Row));
    m.text(cell, 40.0, 125.0, "One");
    let cell = m.node(row, StructKind::TableData);
    m.text(cell, 140.0, 125.0, "1");
    let p = m.node(chapter, StructKind::P);
    let code = m.node(p, StructKind::Code);
    let mono = m.face("Source Code Pro", false);
    let run = shape(m.fonts.face(mono), mono, "let x = \"\\()\";", 9.0, &[]);
    m.run(code, 40.0, 160.0, run);
    let formula = m.node(p, StructKind::Formula("E equals m c squared".into()));
    let italic = m.face("Libertinus Serif", true);
    let run = shape(m.fonts.face(italic), italic, "E = mc\u{b2}", 10.0, &[]);
    m.run(formula, 180.0, 160.0, run);
    let div = m.node(chapter, StructKind::Div);
    let p = m.node(div, StructKind::P);
    m.text(p, 40.0, 210.0, "More in a box.").color = Color::Gray(0.6);
    // Nothing on it: left out of the tree.
    m.node(chapter, StructKind::Div);
    let label = m.node(note, StructKind::Label);
    m.text(label, 40.0, 490.0, "1");
    let p = m.node(note, StructKind::P);
    m.text(p, 50.0, 490.0, "What was to be noted.");
    m.text(Artifact::Footer, 180.0, 520.0, "2");
}

fn rule(m: &mut Maker, tag: impl Into<Where>, y: f64) {
    let Where(tag) = tag.into();
    m.item(Item::Rule(Rule { rect: rect(40.0, y, 200.0, 0.5), color: Color::Black, tag }));
}
