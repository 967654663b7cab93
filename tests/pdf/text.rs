//! Text: where glyphs stand and what they say.

use bindery::model::{Lang, Metadata};
use bindery::page::{Artifact, Folio, GlyphRun, Item, StructKind, Structure};
use bindery::text::FontFace;
use bindery::units::Pt;
use proptest::prelude::*;

use crate::replay::{self, Drawn};
use crate::support::{Maker, shape};
use crate::{dump, truetype};

/// A page with one paragraph; the run is laid at (40, 100).
fn one_run(change: impl FnOnce(&mut GlyphRun)) -> (Maker, GlyphRun) {
    let mut m = Maker::new();
    m.page(Folio::Arabic(1));
    let p = m.node(Structure::ROOT, StructKind::P);
    let run = m.text(p, 40.0, 100.0, "Two fine offices, a waffle & Ünïcode: AVAVA To.");
    change(run);
    let run = run.clone();
    (m, run)
}

/// How far the glyphs in the file are from where they should stand.
fn worst_error(m: &Maker, run: &GlyphRun) -> f64 {
    let drawn = replay::glyphs(&m.document(), 1);
    assert_eq!(drawn.len(), run.glyphs.len());
    let height = 540.0;
    let mut pen = run.origin.x.0;
    let mut worst = 0.0f64;
    for (glyph, Drawn { x, y, .. }) in run.glyphs.iter().zip(&drawn) {
        worst = worst.max((x - (pen + glyph.dx.0)).abs());
        worst = worst.max((y - (height - run.origin.y.0 + glyph.dy.0)).abs());
        pen += glyph.advance.0;
    }
    worst
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_glyph_is_a_hundredth_of_a_point_off(
        size in 5.0f64..40.0,
        stretch in 0.97f64..1.03,
        extra in prop::collection::vec(-0.4f64..2.0, 60),
        shift in prop::collection::vec((-1.0f64..1.0, -1.0f64..1.0), 60),
        origin in 0.0f64..300.0,
    ) {
        let (m, run) = one_run(|run| {
            let scale = size / run.size.0 * stretch;
            run.size = Pt(size);
            run.stretch = stretch;
            run.origin.x = Pt(origin);
            for (glyph, (extra, (dx, dy))) in run.glyphs.iter_mut().zip(extra.iter().zip(&shift)) {
                glyph.advance = glyph.advance * scale + Pt(*extra);
                (glyph.dx, glyph.dy) = (Pt(*dx), Pt(*dy));
            }
        });
        prop_assert!(worst_error(&m, &run) < 0.01, "{}", worst_error(&m, &run));
    }
}

#[test]
fn an_unkerned_line_is_one_string() {
    let mut m = Maker::new();
    m.page(Folio::Arabic(1));
    let p = m.node(Structure::ROOT, StructKind::P);
    m.text(p, 40.0, 100.0, "minimum");
    let content = dump::content(&m.document(), 1);
    assert!(content.contains("40 440 Td\n<02 01 03 01 02 04 02> TJ\n"), "{content}");
}

#[test]
fn ligatures_say_all_their_letters() {
    let (m, _) = one_run(|_| {});
    let text: String = replay::glyphs(&m.document(), 1).into_iter().map(|g| g.text).collect();
    assert_eq!(text, "Two fine offices, a waffle & Ünïcode: AVAVA To.");
}

#[test]
fn a_glyph_of_two_meanings_says_the_commoner_itself() {
    let mut m = Maker::new();
    m.page(Folio::Arabic(1));
    let p = m.node(Structure::ROOT, StructKind::P);
    let serif = m.serif();
    for (x, text) in [(40.0, "small small"), (120.0, "SMALL")] {
        let run = shape(m.fonts.face(serif), serif, text, 10.0, &["smcp", "c2sc"]);
        m.run(p, x, 100.0, run);
    }
    let content = dump::content(&m.document(), 1);
    assert!(content.contains("/Span <</MCID 1 /ActualText \"SMALL\">> BDC"), "{content}");
    let text: String = replay::glyphs(&m.document(), 1).into_iter().map(|g| g.text).collect();
    assert_eq!(text, "small smallsmall");
}

#[test]
fn a_letter_of_two_glyphs_is_said_if_its_glyphs_dont_say_it() {
    // Libertinus has no glyph for it: a q and the mark above it.
    let (m, run) = {
        let mut m = Maker::new();
        m.page(Folio::Arabic(1));
        let p = m.node(Structure::ROOT, StructKind::P);
        let run = m.text(p, 40.0, 100.0, "aq\u{30a}a").clone();
        (m, run)
    };
    assert_eq!(run.glyphs.len(), 4);
    let text: String = replay::glyphs(&m.document(), 1).into_iter().map(|g| g.text).collect();
    assert_eq!(text, "aq\u{30a}a");
    assert!(!dump::content(&m.document(), 1).contains("ActualText"));
}

/// What a page says, mark by mark.
fn said(m: &Maker) -> String {
    let content = dump::content(&m.document(), 1);
    let lines = content.lines().filter(|l| l.ends_with("BDC"));
    lines.map(|l| l.trim_end_matches(" BDC").to_owned()).collect::<Vec<_>>().join("\n")
}

/// "ahead unbreak-able word" in three runs, the third as the caller likes.
fn broken(after: impl FnOnce(&mut Maker, bindery::page::StructId)) -> Maker {
    let mut m = Maker::new();
    m.page(Folio::Arabic(1));
    let p = m.node(Structure::ROOT, StructKind::P);
    m.text(p, 40.0, 100.0, "ahead unbreak");
    m.text(p, 100.0, 100.0, "-").actual_text = Some("\u{ad}".into());
    after(&mut m, p);
    m
}

#[test]
fn the_first_half_of_a_broken_word_says_it_whole() {
    let m = broken(|m, p| {
        m.text(p, 40.0, 114.0, "able word");
    });
    assert_eq!(
        said(&m),
        "/P <</MCID 0>>\n/Span <</MCID 1 /ActualText \"unbreakable\">>\n\
         /Span <</MCID 2 /ActualText \"\">>\n/P <</MCID 3>>"
    );
}

#[test]
fn a_broken_word_may_end_its_paragraph() {
    let m = broken(|m, p| {
        m.text(p, 40.0, 114.0, "able.");
        m.text(Artifact::Footer, 40.0, 500.0, "1");
    });
    assert!(said(&m).contains("\"unbreakable.\""), "{}", said(&m));
}

#[test]
fn a_half_that_is_something_else_leaves_a_soft_hyphen() {
    let kept = "/P <</MCID 0>>\n/Span <</MCID 1 /ActualText \"\u{ad}\">>\n";
    let other_node = broken(|m, _| {
        let p = m.node(Structure::ROOT, StructKind::P);
        m.text(p, 40.0, 114.0, "able word");
    });
    let other_language = broken(|m, p| {
        m.text(p, 40.0, 114.0, "able word").lang = Lang::new("fr");
    });
    let goes_on = broken(|m, p| {
        m.text(p, 40.0, 114.0, "ab");
        m.text(p, 60.0, 114.0, "le word");
    });
    let nothing_after = broken(|_, _| {});
    for m in [other_node, other_language, goes_on, nothing_after] {
        let said = said(&m).replace("\\u{ad}", "\u{ad}") + "\n";
        assert!(said.starts_with(kept), "{said}");
    }
}

#[test]
fn words_from_the_right_come_in_the_order_they_are_read() {
    let mut m = Maker::new();
    m.page(Folio::Arabic(1));
    let p = m.node(Structure::ROOT, StructKind::P);
    m.text(p, 40.0, 100.0, "\u{5d0}\u{5d1} \u{5d2}\u{5d3}");
    let drawn = replay::glyphs(&m.document(), 1);
    let text: String = drawn.iter().map(|g| g.text.as_str()).collect();
    // Word after word, the letters of each from the left.
    assert_eq!(text, "\u{5d1}\u{5d0} \u{5d3}\u{5d2}");
    assert!(drawn[0].x > drawn[3].x, "the first word is on the right");
    assert_eq!(said(&m), "/ReversedChars <</MCID 0>>");
}

#[test]
fn a_missing_glyph_is_not_drawn() {
    let (m, run) = one_run(|run| run.glyphs[1].id = 0);
    let drawn = replay::glyphs(&m.document(), 1);
    assert_eq!(drawn.len(), run.glyphs.len() - 1);
    assert!(drawn.iter().all(|g| g.cid != 0));
    let beyond = (run.glyphs[0].advance + run.glyphs[1].advance).0;
    assert!((drawn[1].x - 40.0 - beyond).abs() < 0.01, "its room is kept");
}

#[test]
fn a_truetype_face_is_embedded_as_one() {
    let mut m = Maker::new();
    let face = FontFace::parse(truetype::font().into()).expect("a face");
    let id = m.fonts.add(face);
    m.page(Folio::Arabic(1));
    let p = m.node(Structure::ROOT, StructKind::P);
    let run = shape(m.fonts.face(id), id, "ABA", 10.0, &[]);
    m.run(p, 40.0, 100.0, run);
    let document = m.document();
    let text: String = replay::glyphs(&document, 1).into_iter().map(|g| g.text).collect();
    assert_eq!(text, "ABA");
    let font = &document.get_page_fonts(document.get_pages()[&1]).expect("fonts")[&b"F13"[..]];
    let font = dump::shown(font.get(b"DescendantFonts").expect("a font"));
    assert!(font.contains("/Subtype /CIDFontType2") && font.contains("/CIDToGIDMap /Identity"));
    m.keep("truetype.pdf");
    // Of 2048 units to the em, and not cut to whole thousandths.
    assert!(font.contains("/W [0 [244.141 562.988 600.098]]"), "{font}");
}

#[test]
fn colours_are_said_when_they_change() {
    use bindery::page::Color;
    let mut m = Maker::new();
    m.page(Folio::Arabic(1));
    let p = m.node(Structure::ROOT, StructKind::P);
    let colors = [
        Color::Black,
        Color::Gray(0.25),
        Color::Gray(0.25),
        Color::Rgb([255, 0, 51]),
        Color::Rgb([51, 51, 51]),
    ];
    for (i, color) in colors.into_iter().enumerate() {
        m.text(p, 40.0 + 20.0 * i as f64, 100.0, "a").color = color;
    }
    let content = dump::content(&m.document(), 1);
    let set: Vec<&str> =
        content.lines().filter(|l| l.ends_with(" g") || l.ends_with(" rg")).collect();
    assert_eq!(set, ["0.75 g", "1 0 0.2 rg", "0.2 g"]);
}

#[test]
fn odd_input_is_no_reason_to_panic() {
    let mut m =
        Maker { meta: Metadata { title: "\u{0}".into(), ..Metadata::default() }, ..Maker::new() };
    assert!(m.bytes().starts_with(b"%PDF-1.7"), "no pages");
    m.page(Folio::Arabic(0));
    let p = m.node(Structure::ROOT, StructKind::P);
    let run = m.text(p, f64::NAN, f64::INFINITY, "odd");
    run.size = Pt(0.0);
    run.stretch = f64::NAN;
    run.glyphs[0].text = 7..99;
    run.glyphs[1].id = u16::MAX;
    run.glyphs[2].advance = Pt(f64::NEG_INFINITY);
    let run = m.text(bindery::page::StructId(99), 0.0, 0.0, "nowhere").clone();
    m.item(Item::Glyphs(GlyphRun { face: bindery::text::FaceId(999), ..run }));
    assert_eq!(m.document().get_pages().len(), 1);
}
